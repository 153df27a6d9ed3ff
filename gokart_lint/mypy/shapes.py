"""What `requires()` or `output()` of a class returns, read off its tree: one task, a dict of them, a list or a tuple.

Shapes are plain data, since they outlive the tree in the metadata of the class:

    ['type', data]             an instance of a type (as `serialize()` gives it)
    ['self', 'dep']            the attribute of the task itself
    ['dict', {'a': shape}]     a dict whose keys are all known
    ['each', shape]            a list of any length, or a comprehension
    ['items', [shape, ...]]    a list or tuple of known length
    ['mapping', shape]         a dict whose keys are not known
    ['joined', [shape, ...]]   a dict of what several dicts hold, the last first
    ['target']                 one target of the task itself
    ['super']                  what the next class of the MRO returns
    ['parent'], ['parents']    what luigi.util.inherits clones
    ['unknown']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    AssignmentStmt,
    CallExpr,
    ConditionalExpr,
    DictExpr,
    DictionaryComprehension,
    Expression,
    ExpressionStmt,
    FuncDef,
    GeneratorExpr,
    IfStmt,
    IndexExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    OpExpr,
    RaiseStmt,
    RefExpr,
    ReturnStmt,
    StarExpr,
    StrExpr,
    SuperExpr,
    TupleExpr,
    TypeInfo,
    Var,
    YieldExpr,
    YieldFromExpr,
)

from gokart_lint.mypy import names
from gokart_lint.mypy.declarations import is_none, named_class
from gokart_lint.mypy.tree import Assigned, walk

Shape = list[Any]
UNKNOWN: Shape = ['unknown']
TARGET_MAKERS = frozenset({'make_target', 'make_model_target', 'make_large_data_frame_target'})


def returned(function: FuncDef, info: TypeInfo) -> Shape:
    """The shape of what a method returns, if all its returns agree."""
    body = function.body
    if any(isinstance(node, YieldExpr | YieldFromExpr) for node in walk(body)):
        return UNKNOWN
    reader = ShapeReader(function, info)
    returns = [node.expr for node in walk(body) if isinstance(node, ReturnStmt) and node.expr is not None]
    shapes = [reader.shape(each) for each in returns if not is_none(each)]  # nothing is loaded from None
    only_raises = not shapes and any(isinstance(node, RaiseStmt) for node in walk(body))
    if not shapes or only_raises:
        return UNKNOWN
    return merged(shapes)


def merged(shapes: list[Shape]) -> Shape:
    """One shape for several branches: what is known in all of them. A dict has the keys of all."""
    first = shapes[0]
    if all(shape == first for shape in shapes):
        return first
    if all(shape[0] == 'dict' for shape in shapes):
        keys = dict.fromkeys(key for shape in shapes for key in shape[1])
        return ['dict', {key: merged([shape[1][key] for shape in shapes if key in shape[1]]) for key in keys}]
    return UNKNOWN


class ShapeReader:
    """Reads expressions of one method; names of the method are followed where they are assigned once."""

    def __init__(self, function: FuncDef, info: TypeInfo) -> None:
        self._info = info
        self._function = function
        self._self = function.arguments[0].variable if function.arguments and not function.is_static else None
        self._assigned = Assigned(function.body)
        self._following: list[Var] = []

    def shape(self, value: Expression) -> Shape:
        """The shape of an expression."""
        reader = _READERS.get(type(value))
        return reader(self, value) if reader is not None else UNKNOWN

    def _call(self, value: CallExpr) -> Shape:
        callee = value.callee
        if isinstance(callee, RefExpr) and isinstance(callee.node, TypeInfo):
            if callee.node.fullname == 'builtins.dict':
                return self._dict_call(value)
            if callee.node.fullname in ('builtins.list', 'builtins.tuple') and len(value.args) == 1:
                return self.shape(value.args[0])
        if isinstance(callee, MemberExpr) and callee.name in TARGET_MAKERS and self._is_self(callee.expr):
            return ['target']
        if isinstance(callee, SuperExpr) and callee.name == self._function.name:
            return ['super']
        if isinstance(callee, MemberExpr) and callee.name in ('clone_parent', 'clone_parents') and self._is_self(callee.expr):
            return [callee.name.removeprefix('clone_')]
        if isinstance(callee, MemberExpr) and callee.name == 'clone' and self._is_self(callee.expr):
            target = value.args[0] if value.args and value.arg_kinds[0] == ARG_POS else None
            if target is None and 'cls' in value.arg_names:
                target = value.args[value.arg_names.index('cls')]
            return self._instance(target) if target is not None else ['type', _own(self._info)]
        return self._instance(callee)

    def _instance(self, named: Expression) -> Shape:
        found = named_class(named)
        info = getattr(found, 'type', None)
        if found is None or not isinstance(info, TypeInfo) or not names.is_task(info):
            return UNKNOWN
        return ['type', found.serialize()]

    def _dict_call(self, value: CallExpr) -> Shape:
        parts: list[Shape] = []
        for kind, name, each in zip(value.arg_kinds, value.arg_names, value.args, strict=True):
            parts.append(['dict', {name: self.shape(each)}] if kind == ARG_NAMED and name is not None else self.shape(each))
        return joined(parts)

    def _dict(self, value: DictExpr) -> Shape:
        parts: list[Shape] = []
        for key, each in value.items:
            if key is not None and not isinstance(key, StrExpr):
                return self._keyless(value)
            parts.append(self.shape(each) if key is None else ['dict', {key.value: self.shape(each)}])
        return joined(parts)

    def _keyless(self, value: DictExpr) -> Shape:
        held = [self.shape(each) for key, each in value.items if key is not None]
        return ['mapping', merged(held)] if len(held) == len(value.items) else UNKNOWN

    def _dict_comprehension(self, value: DictionaryComprehension) -> Shape:
        return ['mapping', self.shape(value.value)]

    def _items(self, value: ListExpr | TupleExpr) -> Shape:
        if any(isinstance(each, StarExpr) for each in value.items):
            return ['each', UNKNOWN]
        return ['items', [self.shape(each) for each in value.items]]

    def _comprehension(self, value: ListComprehension) -> Shape:
        return self._generator(value.generator)

    def _generator(self, value: GeneratorExpr) -> Shape:
        return ['each', self.shape(value.left_expr)]

    def _conditional(self, value: ConditionalExpr) -> Shape:
        return merged([self.shape(value.if_expr), self.shape(value.else_expr)])

    def _operation(self, value: OpExpr) -> Shape:
        left, right = self.shape(value.left), self.shape(value.right)
        if value.op == '|':
            return joined([left, right])
        if value.op == '+' and left[0] == right[0] == 'items':
            return ['items', [*left[1], *right[1]]]
        return UNKNOWN

    def _member(self, value: MemberExpr) -> Shape:
        return ['self', value.name] if self._is_self(value.expr) else UNKNOWN

    def _is_self(self, value: Expression) -> bool:
        return isinstance(value, NameExpr) and value.node is not None and value.node is self._self

    # --- names ---

    def _name(self, value: NameExpr) -> Shape:
        node = value.node
        if not isinstance(node, Var) or node in self._following:
            return UNKNOWN
        assigned = self._assigned.single(value)
        if assigned is None:
            return UNKNOWN
        self._following.append(node)
        found = self.shape(assigned)
        if found[0] in _FILLED:
            found = self._with_additions(value, node, found)
        self._following.pop()
        return found

    def _with_additions(self, read: NameExpr, node: Var, found: Shape) -> Shape:
        """A dict that gets further literal keys; anything else that is done with it makes it unknown."""
        explained = {read}
        added: dict[str, list[Shape]] = {}
        for statement in walk(self._function.body):
            explained.update(_only_read(statement, node))
            if isinstance(statement, AssignmentStmt) and (item := _item_of(statement, node)) is not None:
                added.setdefault(item[0], []).append(self.shape(statement.rvalue))
                explained.add(item[1])
            elif isinstance(statement, ExpressionStmt) and (update := _update_of(statement, node)) is not None:
                more = self._dict_call(update[0])
                if more[0] != 'dict':
                    return UNKNOWN
                for key, each in more[1].items():
                    added.setdefault(key, []).append(each)
                explained.add(update[1])
        if not explained.issuperset(self._assigned.uses.get(node, ())):
            return UNKNOWN
        if not added:
            return found
        if found[0] == 'dict':
            return [
                'dict',
                {**found[1], **{key: merged([*([found[1][key]] if key in found[1] else []), *each]) for key, each in added.items()}},
            ]
        return joined([found, ['dict', {key: merged(each) for key, each in added.items()}]])


def joined(parts: list[Shape]) -> Shape:
    """A dict that is put together from parts, of which the last wins."""
    found: dict[str, Shape] = {}
    for part in parts:
        if part[0] != 'dict':
            return ['joined', parts] if all(each[0] in _JOINABLE for each in parts) else UNKNOWN
        found.update(part[1])
    return ['dict', found]


_FILLED = frozenset({'dict', 'items', 'each', 'mapping', 'joined', 'super'})
_JOINABLE = frozenset({'dict', 'joined', 'super'})


def _only_read(node: Node, variable: Var) -> Iterator[NameExpr]:
    """Where a name is returned, unpacked, asked for its length or its truth: nothing is put into what it holds."""
    read: list[Expression | None] = []
    if isinstance(node, ReturnStmt | StarExpr):
        read = [node.expr]
    elif isinstance(node, DictExpr):
        read = [each for key, each in node.items if key is None]
    elif isinstance(node, OpExpr):
        read = [node.left, node.right]
    elif isinstance(node, IfStmt):
        read = list(node.expr)
    elif isinstance(node, CallExpr) and isinstance(node.callee, RefExpr) and node.callee.fullname in _READING:
        read = list(node.args)
    yield from (each for each in read if isinstance(each, NameExpr) and each.node is variable)


_READING = frozenset({'builtins.dict', 'builtins.list', 'builtins.tuple', 'builtins.len', 'builtins.print'})


def _item_of(statement: AssignmentStmt, node: Var) -> tuple[str, NameExpr] | None:
    """The literal key of `name['key'] = ...`, and the name."""
    target = statement.lvalues[0]
    if len(statement.lvalues) != 1 or not isinstance(target, IndexExpr) or not isinstance(target.index, StrExpr):
        return None
    base = target.base
    return (target.index.value, base) if isinstance(base, NameExpr) and base.node is node else None


def _update_of(statement: ExpressionStmt, node: Var) -> tuple[CallExpr, NameExpr] | None:
    call = statement.expr
    if not isinstance(call, CallExpr) or not isinstance(call.callee, MemberExpr) or call.callee.name != 'update':
        return None
    base = call.callee.expr
    return (call, base) if isinstance(base, NameExpr) and base.node is node else None


def _own(info: TypeInfo) -> Any:
    from mypy.typevars import fill_typevars_with_any

    return fill_typevars_with_any(info).serialize()


_READERS: dict[type, Callable[[ShapeReader, Any], Shape]] = {
    CallExpr: ShapeReader._call,
    ConditionalExpr: ShapeReader._conditional,
    DictExpr: ShapeReader._dict,
    DictionaryComprehension: ShapeReader._dict_comprehension,
    GeneratorExpr: ShapeReader._generator,
    ListComprehension: ShapeReader._comprehension,
    ListExpr: ShapeReader._items,
    MemberExpr: ShapeReader._member,
    NameExpr: ShapeReader._name,
    OpExpr: ShapeReader._operation,
    TupleExpr: ShapeReader._items,
}


def leaves(shape: Shape) -> Iterator[Shape]:
    """The tasks of a shape: 'type', 'self' and 'unknown'."""
    if shape[0] == 'dict':
        for each in shape[1].values():
            yield from leaves(each)
    elif shape[0] == 'items':
        for each in shape[1]:
            yield from leaves(each)
    elif shape[0] in ('each', 'mapping'):
        yield from leaves(shape[1])
    else:
        yield shape
