"""Which definition a place stands in: what a person calls the place of a finding, however the lines move."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint.facts import Class, Function, Module, Name, Span
from gokart_lint.findings import Within


def within(module: Module, at: Span) -> Within:
    """The innermost class around a place, and the method, function or attribute that the place is a part of."""
    around = [each for each in module.classes if _first(each) <= at.line <= each.at.end_line]
    if not around:
        return Within(next((each.qualname for each in module.functions if _holds(each, at)), ''))
    innermost = max(around, key=_first)
    members = [innermost.qualname, *_members(innermost, at)]
    return Within('.'.join(members), _first(innermost), innermost.at.end_line)


def _first(definition: Class | Function) -> int:
    """The first line of a definition, with its decorators."""
    return min([definition.at.line, *(each.at.line for each in definition.decorators)])


def _holds(function: Function, at: Span) -> bool:
    return _first(function) <= at.line <= function.at.end_line


def _members(innermost: Class, at: Span) -> Iterator[str]:
    for method in innermost.methods:
        if _holds(method, at):
            yield method.name
            return
    for assignment in innermost.assignments:
        if assignment.at.line <= at.line <= assignment.at.end_line:
            yield from (target.name for target in assignment.targets if isinstance(target, Name))
            return
