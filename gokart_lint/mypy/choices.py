"""The choices of a parameter against the literals that a construction gives: a type cannot say them without refusing every plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mypy import errorcodes
from mypy.nodes import ARG_NAMED, CallExpr, Expression, IntExpr, ListExpr, StrExpr, TupleExpr, TypeInfo
from mypy.plugin import CheckerPluginInterface
from mypy.types import LiteralType, Type, UnionType, get_proper_type

from gokart_lint.mypy import names
from gokart_lint.mypy.types import Types, element

if TYPE_CHECKING:
    from gokart_lint.mypy.declarations import Declared

Choice = str | int
KINDS = frozenset({'choice', 'choice list'})


def literals(value: Expression | None) -> tuple[Choice, ...]:
    """The texts or whole numbers of a list or tuple that holds nothing else, or nothing."""
    if not isinstance(value, ListExpr | TupleExpr):
        return ()
    found = [each.value for each in value.items if isinstance(each, StrExpr | IntExpr)]
    is_known = len(found) == len(value.items) and len({type(each) for each in found}) == 1
    return tuple(found) if is_known else ()


def judge(api: CheckerPluginInterface, call: CallExpr, task: TypeInfo, by_name: Mapping[str, Declared], types: Types) -> None:
    """Report each literal of a construction that is none of the choices of its parameter."""
    for kind, name, value in zip(call.arg_kinds, call.arg_names, call.args, strict=True):
        if kind != ARG_NAMED or not isinstance(value, StrExpr | IntExpr | ListExpr | TupleExpr):
            continue
        parameter = by_name.get(name or '')
        if parameter is None or not parameter.choices or parameter.kind not in KINDS or _normalizes(parameter.info):
            continue
        if _says_literals(parameter.accepts, types):
            continue  # mypy's own check sees it
        for given in _given(value, parameter.kind):
            if type(given.value) is type(parameter.choices[0]) and given.value not in parameter.choices:
                listed = ', '.join(repr(each) for each in parameter.choices)
                message = f'Argument "{name}" to "{task.name}" has incompatible type "Literal[{given.value!r}]"; its choices are {listed}'
                api.fail(message, given, code=errorcodes.ARG_TYPE)


def _given(value: Expression, kind: str) -> Iterator[StrExpr | IntExpr]:
    items = value.items if isinstance(value, ListExpr | TupleExpr) else []
    for each in items if kind == 'choice list' else [value]:
        if isinstance(each, StrExpr | IntExpr):
            yield each


def _normalizes(info: TypeInfo) -> bool:
    """Whether a project's own class may make another value of what it is given."""
    return any('normalize' in base.names for base in info.mro if not names.of_library(base))


def _says_literals(found: Type, types: Types) -> bool:
    proper = get_proper_type(found)
    for item in proper.items if isinstance(proper, UnionType) else [proper]:
        inner = get_proper_type(element(item, types) or item)
        if any(isinstance(get_proper_type(each), LiteralType) for each in (inner.items if isinstance(inner, UnionType) else [inner])):
            return True
    return False
