"""The parameters of a task class: those of its own body, of its bases, and what decorators add.

mypy frees the trees of modules that it is done with, so what a class body says is kept in the `metadata` of the class, as plain data
with serialised types; mypy's cache and its daemon hold it from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mypy.nodes import (
    AssignmentStmt,
    Block,
    CallExpr,
    ClassDef,
    Decorator,
    DictExpr,
    Expression,
    ForStmt,
    FuncDef,
    IfStmt,
    MatchStmt,
    NameExpr,
    OverloadedFuncDef,
    RefExpr,
    Statement,
    StrExpr,
    TryStmt,
    TupleExpr,
    TypeInfo,
    Var,
    WhileStmt,
    WithStmt,
)
from mypy.typeops import map_type_from_supertype
from mypy.types import UnboundType

from gokart_lint import vocabulary
from gokart_lint.mypy import compat, names
from gokart_lint.mypy.declarations import Declared, declared, is_unknown_call, is_untold, maker, unread
from gokart_lint.mypy.types import Types

if TYPE_CHECKING:
    from mypy.plugin import Plugin
    from mypy.types import Type

TAG = 'gokart-lint'
_INHERITS = frozenset({*vocabulary.INHERITING_DECORATORS, 'luigi.util.copies'})


@dataclass
class Own:
    """What one class body says. `hides` are its names that are no parameters, `is_open` whether it may have more parameters than seen.

    `copies` are the classes that `@requires` and `@inherits` name, lowest first; `parents` those of the uppermost by
    name or place, which `clone_parent(s)` clone, `required` those of the uppermost `@requires`;
    `configured` are those of `@inherits_config_params` with the names that they rename.
    """

    declared: dict[str, Declared] = field(default_factory=dict)
    hides: list[str] = field(default_factory=list)
    is_open: bool = False
    copies: list[str] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    required: dict[str, str] = field(default_factory=dict)
    configured: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    calls: dict[str, CallExpr] = field(default_factory=dict)


@dataclass
class Parameters:
    """All parameters of a class by attribute name, and whether there may be more of them."""

    by_name: dict[str, Declared]
    is_open: bool


class Collector:
    """Reads class bodies, each once, and puts them together along the bases."""

    def __init__(self, plugin: Plugin, types: Types) -> None:
        self._plugin = plugin
        self._types = types
        self._read: dict[int, tuple[ClassDef | list[Any], Own]] = {}
        self._composed: dict[str, tuple[list[object], list[Own], Parameters]] = {}

    def own(self, info: TypeInfo) -> Own:
        """What the body of a class says."""
        body = info.defn.defs.body
        kept = info.metadata.get(TAG, {}).get('own') if not body else None
        source: ClassDef | list[Any] = info.defn if kept is None else kept
        known = self._read.get(id(source))
        if known is None or known[0] is not source:
            known = source, (self._from_body(info) if kept is None else self._from_metadata(kept))
            self._read[id(source)] = known
        return known[1]

    def find(self, fullname: str) -> TypeInfo | None:
        """The class of a full name."""
        return self._types.info(fullname)

    def forget(self, info: TypeInfo) -> None:
        """Read a body again: mypy has analysed it anew."""
        self._read.pop(id(info.defn), None)

    def parameters(self, info: TypeInfo) -> Parameters:
        """The parameters of a class, in luigi's order: bases first (`Task.get_params` sorts by where they were made)."""
        owns = [self.own(base) for base in info.mro]
        known = self._composed.get(info.fullname)
        if known is not None and known[0] == [info, *map(id, owns)]:
            return known[2]
        made = self._compose(info, owns)
        if not any(own.copies or own.configured for own in owns):  # what rests on other classes, too
            self._composed[info.fullname] = [info, *map(id, owns)], owns, made
        return made

    def _compose(self, info: TypeInfo, owns: list[Own]) -> Parameters:
        found: dict[str, Declared] = {}
        is_open = info.fallback_to_any
        for base, own in zip(reversed(info.mro), reversed(owns), strict=True):
            for name in own.hides:
                found.pop(names.mangled(name, base), None)
            for name, each in own.declared.items():
                found.pop(name, None)
                found[name] = self._seen_from(info, base, each)
            for name, each in self.copied(base, own).items():
                found.setdefault(name, each)
            is_open = is_open or (own.is_open and not names.of_library(base))
            self._configure(own, found)
        return Parameters(found, is_open)

    def _seen_from(self, info: TypeInfo, base: TypeInfo, each: Declared) -> Declared:
        if base is info or not base.type_vars or names.of_library(base):  # no parameter of TaskOnKart[T] holds a T
            return each
        mapped = (map_type_from_supertype(found, info, base) for found in (each.natural, each.value, each.accepts))
        natural, value, accepts = mapped
        return replace(each, natural=natural, value=value, accepts=accepts)

    def copied(self, info: TypeInfo, own: Own) -> dict[str, Declared]:
        """What `@requires` and `@inherits` add to a class: parameters under names that it does not have (luigi.util.inherits.__call__)."""
        found: dict[str, Declared] = {}
        for fullname in own.copies:
            source = self._types.info(fullname)
            if source is None or source is info:
                continue
            for name, each in self.parameters(source).by_name.items():
                symbol = info.get(name)
                if symbol is None or symbol.plugin_generated:
                    found.setdefault(name, each)
        return found

    def _configure(self, own: Own, found: dict[str, Declared]) -> None:
        """`@inherits_config_params` gives every parameter that the config class has too (gokart.config_params of gokart 1.12.2)."""
        for fullname, renamed in own.configured:
            config = self._types.info(fullname)
            known = list(found) if config is None else [renamed.get(name, name) for name in self.parameters(config).by_name]
            for name in known:
                if name in found:
                    found[name] = replace(found[name], required=False)

    # --- from and to metadata ---

    def keep(self, info: TypeInfo) -> None:
        """Write what a class body says into the metadata of the class."""
        own = self.own(info)
        info.metadata.setdefault(TAG, {})['own'] = [
            [_to_data(name, each) for name, each in own.declared.items()],
            list(own.hides),
            own.is_open,
            list(own.copies),
            dict(own.parents),
            dict(own.required),
            [[name, dict(renamed)] for name, renamed in own.configured],
        ]

    def _from_metadata(self, data: list[Any]) -> Own:
        said, hides, is_open, copies, parents, required, configured = data
        read = dict(self._from_data(each) for each in said)
        return Own(
            read, list(hides), is_open, list(copies), dict(parents), dict(required), [(name, renamed) for name, renamed in configured]
        )

    def _from_data(self, data: dict[str, Any]) -> tuple[str, Declared]:
        info = self._types.info(data['class']) or self._types.info(names.PARAMETER)
        assert info is not None
        natural, value, accepts = (self._revived(data[key]) for key in ('natural', 'value', 'accepts'))
        choices = tuple(data['choices'])
        return data['attribute'], Declared(
            data['name'], info, natural, value, accepts, data['required'], annotated=data['annotated'], choices=choices
        )

    def _revived(self, data: Any) -> Type:
        return compat.revived(data, self._plugin._modules or {})

    # --- from the tree ---

    def _from_body(self, info: TypeInfo) -> Own:
        own = Own()
        for statement, is_conditional in statements(info.defn.defs):
            if isinstance(statement, AssignmentStmt):
                self._assigned(info, statement, is_conditional, own)
            elif isinstance(statement, FuncDef | Decorator | OverloadedFuncDef | ClassDef):
                symbol = info.names.get(statement.name)
                if symbol is None or not symbol.plugin_generated:
                    self._hidden(own, statement.name, info)
        for decorator in reversed(info.defn.decorators):
            _decorated(decorator, own)
        return own

    def _assigned(self, info: TypeInfo, statement: AssignmentStmt, is_conditional: bool, own: Own) -> None:
        for target in statement.lvalues:
            for lvalue, value in _pairs(target, statement.rvalue):
                if not isinstance(lvalue, NameExpr) or not isinstance(lvalue.node, Var):
                    continue
                name = lvalue.name
                found = self._parameter(name, lvalue.node, value, statement)
                if found is not None:
                    attribute = names.mangled(name, info)
                    own.declared.pop(attribute, None)
                    own.declared[attribute] = replace(found, required=False) if is_conditional else found
                    if isinstance(value, CallExpr):
                        own.calls[attribute] = value
                elif _has_value(statement):
                    own.is_open = own.is_open or is_unknown_call(self._shown(value) or value)
                    if not is_conditional:
                        self._hidden(own, name, info)

    def _parameter(self, name: str, node: Var, value: Expression, statement: AssignmentStmt) -> Declared | None:
        if isinstance(value, CallExpr) and (called := maker(value.callee)) is not None:
            annotation = statement.type or _explicit(node)
            return declared(name, called, value, annotation, self._types, is_bare=_is_bare(statement))
        if isinstance(value, RefExpr) and isinstance(value.node, Var):
            shown = self._shown(value)
            if isinstance(shown, CallExpr) and (called := maker(shown.callee)) is not None:
                return declared(name, called, shown, statement.type or _explicit(node), self._types)
            return unread(name, value.node.type, self._types)
        return None

    def _shown(self, value: Expression) -> Expression | None:
        """What a name of a module is assigned, where mypy does not know its type yet."""
        if not isinstance(value, RefExpr) or not isinstance(value.node, Var) or value.node.type is not None:
            return None
        module = (self._plugin._modules or {}).get(value.node.fullname.rpartition('.')[0])
        for statement in module.defs if module is not None else ():
            if isinstance(statement, AssignmentStmt):
                for target in statement.lvalues:
                    if isinstance(target, NameExpr) and target.node is value.node:
                        return statement.rvalue
        return None

    @staticmethod
    def _hidden(own: Own, name: str, info: TypeInfo) -> None:
        own.declared.pop(names.mangled(name, info), None)
        own.hides.append(name)


def statements(block: Block, is_conditional: bool = False) -> Iterator[tuple[Statement, bool]]:
    """The statements of a body with those under `if`, `try`, `with` and loops, and whether each may be passed by."""
    for statement in block.body:
        yield statement, is_conditional
        for inner, is_certain in _inner(statement):
            yield from statements(inner, is_conditional or not is_certain)


def _inner(statement: Statement) -> Iterator[tuple[Block, bool]]:
    if isinstance(statement, Block):
        yield statement, True
    elif isinstance(statement, IfStmt):
        for each in (*statement.body, *([statement.else_body] if statement.else_body else [])):
            if not each.is_unreachable:
                yield each, False
    elif isinstance(statement, TryStmt):
        blocks = (statement.body, *statement.handlers, statement.else_body, statement.finally_body)
        yield from ((each, each is statement.finally_body) for each in blocks if each is not None)
    elif isinstance(statement, WithStmt):
        yield statement.body, True
    elif isinstance(statement, ForStmt | WhileStmt):
        yield from ((each, False) for each in (statement.body, statement.else_body) if each is not None)
    elif isinstance(statement, MatchStmt):
        yield from ((each, False) for each in statement.bodies)


def _pairs(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(target, TupleExpr) and isinstance(value, TupleExpr) and len(target.items) == len(value.items):
        for left, right in zip(target.items, value.items, strict=True):
            yield from _pairs(left, right)
    elif not isinstance(target, TupleExpr):
        yield target, value


def _has_value(statement: AssignmentStmt) -> bool:
    from mypy.nodes import TempNode

    return not (isinstance(statement.rvalue, TempNode) and statement.rvalue.no_rhs)


def _is_bare(statement: AssignmentStmt) -> bool:
    """Whether an annotation is a name without type arguments: luigi's type variables then are texts, whatever the parameter holds."""
    return isinstance(statement.unanalyzed_type, UnboundType) and not statement.unanalyzed_type.args


def _explicit(node: Var) -> Type | None:
    """The annotation of a name, be it on a line of its own."""
    return None if node.is_inferred else node.type


def _decorated(decorator: Expression, own: Own) -> None:
    callee = decorator.callee if isinstance(decorator, CallExpr) else decorator
    name = callee.fullname if isinstance(callee, RefExpr) else ''
    if not isinstance(decorator, CallExpr) or name not in vocabulary.KEEPING_DECORATORS:
        if not isinstance(callee, RefExpr) or is_untold(callee.node):
            own.is_open = True
            own.configured.append(('', {}))
        return
    named = [each.fullname for each in decorator.args if isinstance(each, RefExpr)]
    if name in _INHERITS:
        own.copies += named
        own.parents = _parents(decorator)
        if name != 'luigi.util.inherits':
            own.required = own.parents
        own.is_open = own.is_open or len(named) != len(decorator.args)
    elif name in vocabulary.CONFIG_DECORATORS:
        renamed = next((each for each in decorator.args if isinstance(each, DictExpr)), None)
        pairs = renamed.items if renamed else []
        known = {key.value: value.value for key, value in pairs if isinstance(key, StrExpr) and isinstance(value, StrExpr)}
        own.configured.append((named[0] if named else '', known))


def _parents(decorator: CallExpr) -> dict[str, str]:
    """The classes that a decorator clones by keyword, or by place; what is no name of a class is ''."""
    keys = [name or str(place) for place, name in enumerate(decorator.arg_names)]
    return {key: each.fullname if isinstance(each, RefExpr) else '' for key, each in zip(keys, decorator.args, strict=True)}


def _to_data(attribute: str, each: Declared) -> dict[str, Any]:
    return {
        'attribute': attribute,
        'name': each.name,
        'class': each.info.fullname,
        'natural': each.natural.serialize(),
        'value': each.value.serialize(),
        'accepts': each.accepts.serialize(),
        'required': each.required,
        'annotated': each.annotated,
        'choices': list(each.choices),
    }
