"""Runs that do nothing, and runs that never come to their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.bodies.holding import Values
from gokart_lint.bodies.logs import Logs
from gokart_lint.facts import Statement
from gokart_lint.walking import flattened

if TYPE_CHECKING:
    from gokart_lint.project.classes import Method


def does_nothing(method: Method) -> bool:
    """Whether a method only passes, logs or returns at once."""
    logs = Logs(Values(method.owner, method))
    return all(_is_idle(statement) or logs.only(statement) for statement in method.function.body)


def always_raises(method: Method) -> bool:
    """Whether no path through a method ends but in an exception."""
    body = method.function.body
    return _ends_in_raise(body) and not any(isinstance(each, facts.Return) for each in flattened(body))


def _is_idle(statement: Statement) -> bool:
    if isinstance(statement, facts.Evaluate):
        return isinstance(statement.value, (facts.Constant, facts.Opaque))
    if isinstance(statement, facts.Return):
        return statement.value is None or isinstance(statement.value, facts.Constant)
    return isinstance(statement, (facts.Plain, facts.Import))


def _ends_in_raise(block: tuple[Statement, ...]) -> bool:
    last = block[-1] if block else None
    if isinstance(last, facts.Branch):
        return _ends_in_raise(last.then) and _ends_in_raise(last.otherwise)
    if isinstance(last, facts.With):
        return _ends_in_raise(last.body)
    return isinstance(last, facts.Raise)
