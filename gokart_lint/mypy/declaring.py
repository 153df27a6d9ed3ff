"""The call of a parameter class in a class body: its arguments against the annotation, and what it counts as when it is assigned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mypy.expandtype import expand_type
from mypy.meet import is_overlapping_types
from mypy.nodes import ARG_NAMED_OPT, ARG_STAR2, CallExpr, Context, FuncDef, TypeInfo
from mypy.plugin import FunctionContext, FunctionSigContext
from mypy.subtypes import is_subtype
from mypy.types import CallableType, Instance, ProperType, Type, TypedDictType, TypeVarType, UnionType, get_proper_type

from gokart_lint.mypy import compat, daemon, expected, names, parameters
from gokart_lint.mypy.types import Types, element, is_unknown, union, unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.classes import TaskClasses
    from gokart_lint.mypy.collecting import Collector
    from gokart_lint.mypy.declarations import Declared

_OF_VALUES = frozenset({'builtins', 'collections', 'datetime', 'decimal', 'pathlib', 'typing', 'uuid'})


class Declaring:
    """Judges declarations. A parameter that is made outside a class body is left to mypy."""

    def __init__(self, collector: Collector, classes: TaskClasses, types: Types) -> None:
        self._collector = collector
        self._classes = classes
        self._types = types

    def _declared(self, owner: TypeInfo | None, call: Context, api: Any) -> Declared | None:
        if not isinstance(owner, TypeInfo) or not isinstance(call, CallExpr):
            return None
        own = self._collector.own(owner)
        if own.calls and not names.is_task(owner):  # a mixin, for which mypy asks no hook of classes
            self._collector.keep(owner)
            daemon.show(owner, api)
        found = next((name for name, each in own.calls.items() if each is call), None)
        return None if found is None else own.declared.get(found)

    def signature(self, context: FunctionSigContext) -> CallableType:
        """The constructor of a parameter class with the types that one declaration means."""
        signature = context.default_signature
        owner = compat.enclosing_class(context.api)
        found = self._declared(owner, context.context, context.api)
        if found is None:
            return signature
        if owner is not None and isinstance(context.context, CallExpr):
            expected.judge(context.api, owner, context.context, found)
        filled = _filled(signature, found, self._types)
        if 'default' in filled.arg_names:
            place = filled.arg_names.index('default')
            types = list(filled.arg_types)
            accepts = found.accepts if self._agrees(found) else parameters.accepted(found.info, found.natural, self._types)
            types[place] = union([accepts, self._types.instance(names.NO_VALUE)])
            filled = filled.copy_modified(arg_types=types)
        is_unpacked = isinstance(context.context, CallExpr) and ARG_STAR2 in context.context.arg_kinds
        return _unpacked(filled, context.context, context.api) if is_unpacked else filled

    def result(self, context: FunctionContext) -> Type:
        """What is assigned: Any where the annotation agrees, and what the declaration says where it does not, so that mypy words it."""
        found = self._declared(compat.enclosing_class(context.api), context.context, context.api)
        if found is None:
            return context.default_return_type
        if not found.annotated:
            return self._classes.attribute(found)
        return unknown() if self._agrees(found) else found.natural

    def _agrees(self, found: Declared) -> bool:
        value = get_proper_type(found.value)
        items = [get_proper_type(item) for item in value.items] if isinstance(value, UnionType) else [value]
        return any(self._agrees_with(found, item) for item in items)

    def _agrees_with(self, found: Declared, value: ProperType) -> bool:
        natural = get_proper_type(found.natural)
        if found.kind in ('task', 'task list') and _may_be_of_tasks(natural, value, self._types):
            return True
        if is_unknown(natural) or is_unknown(value) or _overlap(natural, value):
            return True
        if found.kind in parameters.SEVERAL:
            inner, outer = element(natural, self._types), element(value, self._types)
            return inner is not None and outer is not None and _overlap(inner, outer)
        return found.kind == 'dict' and _overlap(parameters.accepted(found.info, natural, self._types), value)


def _may_be_of_tasks(natural: Type, value: Type, types: Types) -> bool:
    """Whether an annotation may mean tasks although it names no task class: a protocol, or a class that a task may derive from too."""
    if isinstance(natural, Instance) and not names.is_task(natural.type):
        inner, outer = element(natural, types), element(value, types)
        return inner is not None and outer is not None and _may_be_of_tasks(get_proper_type(inner), get_proper_type(outer), types)
    if (
        not isinstance(natural, Instance)
        or natural.type.fullname not in (names.TASK_ON_KART, names.TASK)
        or not isinstance(value, Instance)
    ):
        return False
    return value.type.is_protocol or not (names.is_task(value.type) or names.is_parameter(value.type) or _is_value(value))


def _is_value(found: Instance) -> bool:
    """Whether a class of Python's own holds plain values."""
    return found.type.module_name in _OF_VALUES or found.type.is_enum


def _overlap(first: Type, second: Type) -> bool:
    return is_overlapping_types(first, second) or is_subtype(first, second) or is_subtype(second, first)


def _filled(signature: CallableType, found: Declared, types: Types) -> CallableType:
    """A generic constructor without its type variables, so that mypy has nothing to infer and asks for no annotation."""
    named = element(found.natural, types) if found.kind in parameters.SEVERAL else found.natural
    values: dict[object, Type] = {}
    for variable in signature.variables:
        is_value = isinstance(variable, TypeVarType) and variable.name not in ('ListT', 'DictT', 'T')
        values[variable.id] = named if is_value and named is not None else unknown()
    filled = expand_type(signature, values)  # type: ignore[arg-type]
    return _with_handed_on(filled.copy_modified(variables=()), found.info)


def _unpacked(signature: CallableType, call: Any, api: Any) -> CallableType:
    """`IntParameter(**options)`: mypy holds the one value type of a dict against every argument."""
    given = [value for kind, value in zip(call.arg_kinds, call.args, strict=True) if kind == ARG_STAR2]
    if any(isinstance(get_proper_type(api.get_expression_type(each)), TypedDictType) for each in given):
        return signature
    signature = signature.with_unpacked_kwargs()
    named = zip(signature.arg_names, signature.arg_types, strict=True)
    return signature.copy_modified(arg_types=[found if name in call.arg_names else unknown() for name, found in named])


def _with_handed_on(signature: CallableType, made: TypeInfo) -> CallableType:
    """A constructor with the keywords that its `**kwargs` hand on: luigi 3.8 names too few for OptionalNumericalParameter."""
    if ARG_STAR2 not in signature.arg_kinds:
        return signature
    known = {name for name in signature.arg_names if name}
    more = [name for name in _keywords(made) if name not in known]
    place = signature.arg_kinds.index(ARG_STAR2)
    kinds, handed, types = list(signature.arg_kinds), list(signature.arg_names), list(signature.arg_types)
    kinds[place:place] = [ARG_NAMED_OPT] * len(more)
    handed[place:place] = more
    types[place:place] = [unknown()] * len(more)
    return signature.copy_modified(arg_kinds=kinds, arg_names=handed, arg_types=types)


def _keywords(made: TypeInfo) -> Iterator[str]:
    """The arguments of every constructor of a parameter class below luigi.Parameter, whose own are in each `**kwargs`."""
    seen: set[str] = set()
    for base in made.mro:
        symbol = base.names.get('__init__')
        if base.fullname == names.PARAMETER or symbol is None or not isinstance(symbol.node, FuncDef):
            continue
        for name, kind in list(zip(symbol.node.arg_names, symbol.node.arg_kinds, strict=True))[1:]:
            if name is not None and not kind.is_star() and name not in seen:
                seen.add(name)
                yield name
