"""The call of a parameter class in a class body: its arguments against the annotation, and what it counts as when it is assigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.expandtype import expand_type
from mypy.meet import is_overlapping_types
from mypy.nodes import CallExpr, Context, TypeInfo
from mypy.plugin import FunctionContext, FunctionSigContext
from mypy.subtypes import is_subtype
from mypy.types import CallableType, Type, TypeVarType, get_proper_type

from gokart_lint.mypy import compat, names, parameters
from gokart_lint.mypy.types import Types, element, is_unknown, union, unknown

if TYPE_CHECKING:
    from mypy.plugin import CheckerPluginInterface

    from gokart_lint.mypy.classes import TaskClasses
    from gokart_lint.mypy.collecting import Collector
    from gokart_lint.mypy.declarations import Declared


class Declaring:
    """Judges declarations. A parameter that is made outside a class body is left to mypy."""

    def __init__(self, collector: Collector, classes: TaskClasses, types: Types) -> None:
        self._collector = collector
        self._classes = classes
        self._types = types

    def _declared(self, api: CheckerPluginInterface, call: Context) -> Declared | None:
        owner = compat.enclosing_class(api)
        if not isinstance(owner, TypeInfo) or not isinstance(call, CallExpr):
            return None
        own = self._collector.own(owner)
        found = next((name for name, each in own.calls.items() if each is call), None)
        return None if found is None else own.declared[found]

    def signature(self, context: FunctionSigContext) -> CallableType:
        """The constructor of a parameter class with the types that one declaration means."""
        signature = context.default_signature
        found = self._declared(context.api, context.context)
        if found is None:
            return signature
        filled = _filled(signature, found, self._types)
        if 'default' not in filled.arg_names:
            return filled
        place = filled.arg_names.index('default')
        types = list(filled.arg_types)
        accepts = found.accepts if self._agrees(found) else parameters.accepted(found.info, found.natural, self._types)
        types[place] = union([accepts, self._types.instance(names.NO_VALUE)])
        return filled.copy_modified(arg_types=types)

    def result(self, context: FunctionContext) -> Type:
        """What is assigned: Any where the annotation agrees, and what the declaration says where it does not, so that mypy words it."""
        found = self._declared(context.api, context.context)
        if found is None:
            return context.default_return_type
        if not found.annotated:
            return self._classes.attribute(found)
        return unknown() if self._agrees(found) else found.natural

    def _agrees(self, found: Declared) -> bool:
        natural, value = get_proper_type(found.natural), get_proper_type(found.value)
        if is_unknown(natural) or is_unknown(value) or _overlap(natural, value):
            return True
        if found.kind in parameters.SEVERAL:
            inner, outer = element(natural, self._types), element(value, self._types)
            return inner is not None and outer is not None and _overlap(inner, outer)
        return found.kind == 'dict' and _overlap(parameters.accepted(found.info, natural, self._types), value)


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
    assert isinstance(filled, CallableType)
    return filled.copy_modified(variables=())
