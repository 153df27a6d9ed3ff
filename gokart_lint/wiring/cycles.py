"""Task classes that require each other, or themselves, whatever their parameters are: chains of dependencies that never end."""

from __future__ import annotations

from gokart_lint.project.classes import Class
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Unknown
from gokart_lint.wiring.alternatives import Alternatives, Instance, Known, Row, Table
from gokart_lint.wiring.requirements import requirement


@remembered
def always_required(concrete: Class) -> tuple[Class, ...]:
    """The classes of the tasks that `requires()` of a class builds on every way through it, in the order of its text."""
    return tuple(each for each in _always(requirement(concrete)) if each.is_task and not each.is_abstract)


def _always(alternatives: Alternatives) -> list[Class]:
    """The classes that all alternatives hold a new task of."""
    if not alternatives:
        return []
    first, *others = (_held(each) for each in alternatives)
    return [each for each in first if all(each in other for other in others)]


def _held(value: Known | Unknown) -> list[Class]:
    if isinstance(value, Instance):
        return [value.cls] if value.exact and isinstance(value.cls, Class) else []
    if isinstance(value, (Row, Table)):
        parts = value.items if isinstance(value, Row) else tuple(part for _, part in value.entries)
        return list(dict.fromkeys(each for part in parts for each in _always(part)))
    return []


def cycles_from(first: Class) -> list[tuple[Class, ...]]:
    """The shortest cycle through each class that `first` always requires, of classes that do not stand before `first` in the files."""
    found = (_way(start, first) for start in always_required(first) if _place(start) >= _place(first))
    return [(first, *way[:-1]) for way in found if way]


def _way(start: Class, end: Class) -> tuple[Class, ...]:
    """The shortest way from a class to another one; empty without one."""
    ways: list[tuple[Class, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] is end:
            return way
        new = [each for each in always_required(way[-1]) if each not in seen and _place(each) >= _place(end)]
        seen.update(new)
        ways += [(*way, each) for each in new]
    return ()


def _place(each: Class) -> tuple[str, int, int]:
    return each.module.path, each.facts.at.line, each.facts.at.column
