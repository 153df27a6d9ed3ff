"""Attributes that a task gives another value after it was built: its parameter then says nothing about what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import own_attribute, statements

if TYPE_CHECKING:
    from gokart_lint.facts import Expression, Statement
    from gokart_lint.project.classes import Method


@remembered
def is_rewritten(task: Class, name: str) -> bool:
    """Whether a method of a class, of its bases or of a class below assigns `self.name`."""
    classes = [each for each in (*task.ancestors, *task.subclasses) if isinstance(each, Class)]
    return any(_assigns(method, name) for each in classes for method in each.own_methods.values())


def _assigns(method: Method, name: str) -> bool:
    if not method.self_name or name.encode() not in method.function.code:
        return False
    if b'setattr' in method.function.code:  # which may name anything
        return True
    return any(own_attribute(target, method.self_name) == name for each in statements(method.function.body) for target in targets(each))


def targets(statement: Statement) -> Iterator[Expression]:
    """What a statement gives a value to."""
    found: tuple[Expression | None, ...] = ()
    if isinstance(statement, facts.Assign):
        found = statement.targets
    elif isinstance(statement, facts.Loop):
        found = (statement.target,)
    elif isinstance(statement, facts.With):
        found = tuple(context.target for context in statement.contexts)
    for target in found:
        if isinstance(target, facts.Collection):
            yield from target.items
        elif target is not None:
            yield target
