"""One declaration `name = SomeParameter(...)` of a class body, as mypy's tree and types show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    ARG_STAR,
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    IndexExpr,
    NameExpr,
    OverloadedFuncDef,
    RefExpr,
    TypeAlias,
    TypeApplication,
    TypeInfo,
    Var,
)
from mypy.subtypes import is_proper_subtype, is_subtype
from mypy.types import CallableType, Instance, TupleType, Type, get_proper_type
from mypy.typevars import fill_typevars_with_any

from gokart_lint.mypy import names, parameters
from gokart_lint.mypy.choices import KINDS, Choice, literals
from gokart_lint.mypy.types import Types, element, is_unknown, optional, without_none


@dataclass(frozen=True)
class Maker:
    """What is called for a parameter: its class, with type arguments if the call gives some. `hidden` is a function that returns one."""

    info: TypeInfo
    arguments: tuple[Type, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Declared:
    """A parameter. `natural` is the value that class and arguments say, `value` what `self.x` is, `accepts` what a construction takes."""

    name: str
    info: TypeInfo
    natural: Type
    value: Type
    accepts: Type
    required: bool
    annotated: bool
    choices: tuple[Choice, ...] = ()

    @property
    def kind(self) -> str:
        return names.KINDS.get(names.parameter_class(self.info) or '', 'any')


# --- What is called ---------------------------------------------------------------------------------------------------


def maker(callee: Expression) -> Maker | None:
    """The parameter class that an expression calls, or None if it is known to be none or not known at all."""
    if isinstance(callee, IndexExpr):
        inner = maker(callee.base)
        applied = callee.analyzed
        return Maker(inner.info, tuple(applied.types)) if inner and isinstance(applied, TypeApplication) else inner
    if not isinstance(callee, RefExpr):
        return None
    node = callee.node
    if isinstance(node, TypeAlias):
        target = get_proper_type(node.target)
        return Maker(target.type) if isinstance(target, Instance) and names.is_parameter(target.type) else None
    if isinstance(node, TypeInfo):
        return Maker(node) if names.is_parameter(node) else None
    returned = get_proper_type(_returned(node))
    if isinstance(returned, Instance) and names.is_parameter(returned.type):
        return Maker(returned.type, returned.args, hidden=True)
    return None


def _returned(node: object) -> Type | None:
    if isinstance(node, Decorator):
        node = node.var
    found = get_proper_type(node.type) if isinstance(node, FuncDef | OverloadedFuncDef | Var) else None
    return found.ret_type if isinstance(found, CallableType) else None


def is_unknown_call(value: Expression) -> bool:
    """Whether a class body may get a parameter from a call that nothing is known of."""
    if not isinstance(value, CallExpr):
        return False
    callee = value.callee.base if isinstance(value.callee, IndexExpr) else value.callee
    if not isinstance(callee, RefExpr) or callee.node is None:
        return True
    if isinstance(callee.node, TypeInfo):
        return callee.node.fallback_to_any
    return not isinstance(callee.node, TypeAlias) and is_untold(callee.node)


def is_untold(node: object) -> bool:
    """Whether nobody says what a function returns, be it called or a decorator."""
    if isinstance(node, TypeInfo):
        return node.fallback_to_any
    returned = _returned(node)
    return returned is None or is_unknown(returned)


# --- What it is called with -------------------------------------------------------------------------------------------


def arguments(call: CallExpr, made: TypeInfo) -> dict[str, Expression]:
    """The arguments of a declaration by their names; `*` and `**` stand for unpacked ones."""
    places = list(_places(made))
    found: dict[str, Expression] = {}
    for index, (kind, name, value) in enumerate(zip(call.arg_kinds, call.arg_names, call.args, strict=True)):
        if kind == ARG_NAMED and name is not None:
            found[name] = value
        elif kind == ARG_POS:
            if index < len(places):
                found[places[index]] = value
        else:
            found['*' if kind == ARG_STAR else '**'] = value
    return found


def _places(made: TypeInfo) -> Iterator[str]:
    """The names of the positional arguments of a parameter class; `*args` go on to the next constructor, down to luigi's own."""
    for base in made.mro:
        symbol = base.names.get('__init__')
        if symbol is None or not isinstance(symbol.node, FuncDef):
            continue
        function = symbol.node
        is_handed_on = False
        for name, kind in list(zip(function.arg_names, function.arg_kinds, strict=True))[1:]:
            if kind.is_positional():
                yield name or ''
            is_handed_on = is_handed_on or kind == ARG_STAR
        if not is_handed_on:
            return


def named_class(value: Expression | None) -> Type | None:
    """The instances of the class that an expression names."""
    if isinstance(value, IndexExpr) and isinstance(value.analyzed, TypeApplication):
        inner = get_proper_type(named_class(value.analyzed.expr))
        return inner.copy_modified(args=list(value.analyzed.types)) if isinstance(inner, Instance) else None
    if not isinstance(value, RefExpr):
        return None
    if isinstance(value.node, TypeInfo):
        return fill_typevars_with_any(value.node)
    if isinstance(value.node, TypeAlias):
        target = get_proper_type(value.node.target)
        return target if isinstance(target, Instance) else None
    return None


def is_none(value: Expression | None) -> bool:
    return isinstance(value, NameExpr) and value.fullname == 'builtins.None'


# --- The declaration --------------------------------------------------------------------------------------------------


def declared(name: str, called: Maker, call: CallExpr, annotation: Type | None, types: Types, *, is_bare: bool = False) -> Declared:
    """What a declaration says, with its annotation (analysed) if it has one. A `bare` annotation has no type arguments."""
    info = called.info
    given = {} if called.hidden else arguments(call, info)
    kind = names.KINDS.get(names.parameter_class(info) or '', 'any')
    choices = literals(given.get('choices')) if kind in KINDS else ()
    natural = _natural(called, given, kind, choices, types)
    if annotation is None and kind not in ('task', 'task list') and is_none(given.get('default')):
        natural = optional(natural)
    is_silent = annotation is None or (is_bare and _is_generic_parameter(annotation))
    value = natural if annotation is None or is_silent else _annotated_value(annotation, types)
    says = kind if called.arguments or parameters.TYPE_ARGUMENTS.get(kind, '') in given else ''
    accepts = natural if _says_more(natural, value, says, types) or _disagrees(natural, value, says) else value
    if kind in ('task', 'task list') and parameters.refuses_none(info):
        accepts = without_none(accepts)
    if _says_more(natural, value, says, types, proper=True):
        value = types.tuple_of(element(natural, types) or natural) if kind == 'task list' and _is_tuple(value) else natural
    return Declared(
        name,
        info,
        natural,
        value,
        parameters.accepted(info, accepts, types),
        required=not called.hidden and _is_required(info, given),
        annotated=annotation is not None,
        choices=choices,
    )


def _natural(called: Maker, given: dict[str, Expression], kind: str, choices: tuple[Choice, ...], types: Types) -> Type:
    if called.arguments:
        return parameters.descriptor_value(Instance(called.info, list(called.arguments)), types)
    named = named_class(given.get(parameters.TYPE_ARGUMENTS.get(kind, '')))
    if named is None and kind in KINDS and choices:
        named = types.instance('builtins.str')
    return parameters.natural(called.info, named, types)


def _is_generic_parameter(annotation: Type) -> bool:
    proper = get_proper_type(annotation)
    return isinstance(proper, Instance) and names.is_parameter(proper.type) and bool(proper.type.type_vars)


def _annotated_value(annotation: Type, types: Types) -> Type:
    proper = get_proper_type(annotation)
    if isinstance(proper, Instance) and names.is_parameter(proper.type):
        return parameters.descriptor_value(proper, types)
    return annotation


def _says_more(natural: Type, value: Type, kind: str, types: Types, *, proper: bool = False) -> bool:
    """Whether class and arguments say more than the annotation: `expected_type=A` for `TaskOnKart[Any]`.

    A task class without a type argument may produce anything: it is one of `TaskOnKart[int]`, but not in the `proper` sense.
    """
    if is_unknown(natural):
        return False
    if is_unknown(value):
        return True
    if kind not in ('task', 'task list', 'enum', 'serializable'):
        return False
    if kind == 'task list':
        inner, outer = element(natural, types), element(value, types)
        return inner is not None and outer is not None and _says_more(inner, outer, 'task', types, proper=proper)
    if proper and not _says_nothing(value):
        return is_proper_subtype(natural, value)
    return is_subtype(natural, value) and not (is_subtype(value, natural) and not _says_nothing(value))


def _is_tuple(value: Type) -> bool:
    proper = get_proper_type(value)
    return isinstance(proper, TupleType) or (isinstance(proper, Instance) and proper.type.fullname == 'builtins.tuple')


def _disagrees(natural: Type, value: Type, kind: str) -> bool:
    """Whether an annotation names an unrelated task: gokart refuses what is not of the expected type, whatever the annotation says."""
    return kind == 'task' and not is_unknown(natural) and not is_subtype(value, natural) and not is_subtype(natural, value)


def _says_nothing(value: Type) -> bool:
    """Whether an annotation leaves open what a task produces: `TaskOnKart` or `TaskOnKart[Any]`."""
    proper = get_proper_type(value)
    return isinstance(proper, Instance) and all(is_unknown(each) for each in proper.args)


def _is_required(info: TypeInfo, given: dict[str, Expression]) -> bool:
    if not {'default', 'config_path', '*', '**'}.isdisjoint(given) or parameters.has_implied_default(info):
        return False
    own = next((base for base in info.mro if '__init__' in base.names), None)
    return own is None or names.of_library(own)


def unread(name: str, value: Type | None, types: Types) -> Declared | None:
    """A parameter that is known only by the type of its attribute: one that another class or module made."""
    proper = get_proper_type(value) if value is not None else None
    if not isinstance(proper, Instance) or not names.is_parameter(proper.type):
        return None
    held = parameters.descriptor_value(proper, types)
    return Declared(name, proper.type, held, held, parameters.accepted(proper.type, held, types), required=False, annotated=True)
