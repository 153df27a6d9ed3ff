"""Code that builds a task to see it refused: a wrong construction is right there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeGuard

from gokart_lint import facts
from gokart_lint.walking import dotted, everything, own_expressions, statements, walk

if TYPE_CHECKING:
    from gokart_lint.facts import Expression, Span, Statement
    from gokart_lint.project.calls import Place

_DEMANDS = frozenset({'raises', 'assertRaises', 'assertRaisesRegex', 'assertRaisesRegexp', 'suppress', 'RaisesGroup', 'deprecated_call'})
_ERRORS = frozenset({
    'AttributeError', 'DuplicateParameterException', 'MissingParameterException', 'ParameterException', 'TypeError',
    'UnknownParameterException',
})  # fmt: skip


def is_expected_to_fail(at: Span, place: Place) -> bool:
    """Whether the code around a place demands or handles the error that a wrong construction raises."""
    if any(_holds(span, at) for span in _guarded(_block(place))):
        return True
    scope = place.scope
    while scope is not None:
        around = place.module.facts.body if scope.outer is None else scope.outer.function.body
        if any(_demands(node) and _is_given(node, scope.function.name) for node in everything(around)):
            return True
        scope = scope.outer
    return False


def _block(place: Place) -> tuple[Statement, ...]:
    if place.scope is not None:
        return place.scope.function.body
    return place.module.facts.body if place.owner is None else place.owner.facts.body


def _is_given(call: Expression, function: str) -> bool:
    """Whether a call is handed a function by name: `self.assertRaises(TypeError, build)`."""
    arguments = call.arguments if isinstance(call, facts.Call) else ()
    return any(isinstance(each.value, facts.Name) and each.value.name == function for each in arguments)


def _guarded(block: Iterable[Statement]) -> Iterator[Span]:
    for statement in statements(block):
        if _guards(statement):
            yield from (each.at for each in statement.body)
        for expression in own_expressions(statement):
            yield from (node.at for node in walk(expression) if _demands(node))


def _guards(statement: Statement) -> TypeGuard[facts.With | facts.Try]:
    if isinstance(statement, facts.With):
        return any(_demands(context.value) for context in statement.contexts)
    return isinstance(statement, facts.Try) and any(_handles(handler.error) for handler in statement.handlers)


def _demands(node: Expression) -> bool:
    name = dotted(node.function) if isinstance(node, facts.Call) else None
    return name is not None and name.rpartition('.')[2] in _DEMANDS


def _handles(error: Expression | None) -> bool:
    errors = error.items if isinstance(error, facts.Collection) else () if error is None else (error,)
    return any((dotted(each) or '').rpartition('.')[2] in _ERRORS for each in errors)


def _holds(outer: Span, inner: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )
