"""A `run()` that brings nothing about but that its task is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.bodies.holding import Values
from gokart_lint.bodies.logs import Logs
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.constants import constant
from gokart_lint.walking import own_attribute

if TYPE_CHECKING:
    from gokart_lint.project.classes import Method


def dumps_constant_only(run: Method) -> bool:
    """Whether a `run()` does nothing but dump literals and log."""
    logs = Logs(Values(run.owner, run))
    place = Place(run.owner.module, run.scope, run.owner, run)
    return all(_is_idle(statement) or logs.only(statement) or _dumps_constant(statement, run, place) for statement in run.function.body)


def _is_idle(statement: Statement) -> bool:
    if isinstance(statement, facts.Evaluate):
        return isinstance(statement.value, (facts.Constant, facts.Opaque))
    if isinstance(statement, facts.Assign):
        return statement.value is None or _is_literal(statement.value, None)
    return isinstance(statement, (facts.Plain, facts.Import)) or (isinstance(statement, facts.Return) and statement.value is None)


def _dumps_constant(statement: Statement, run: Method, place: Place) -> bool:
    call = statement.value if isinstance(statement, (facts.Evaluate, facts.Return)) else None
    if not isinstance(call, facts.Call) or own_attribute(call.function, run.self_name) != 'dump' or call.unpacks:
        return False
    return all(_is_literal(argument.value, place) for argument in call.arguments)


def _is_literal(node: Expression, place: Place | None) -> bool:
    if isinstance(node, facts.Collection):
        return all(_is_literal(item, place) for item in node.items)
    if isinstance(node, facts.Mapping):
        return all(_is_literal(value, place) for value in (*node.values, *(key for key in node.keys if key is not None)))
    return isinstance(node, (facts.Constant, facts.Opaque)) or (place is not None and constant(node, place) is not None)
