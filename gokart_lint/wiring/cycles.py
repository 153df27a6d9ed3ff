"""Task classes that require each other, or themselves, whatever their parameters are: chains of dependencies that never end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gokart_lint import facts
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Unknown
from gokart_lint.walking import blocks, children, own_expressions, statements
from gokart_lint.wiring.alternatives import NOTHING_KNOWN, Alternatives, Instance, Known, Row, Table
from gokart_lint.wiring.constructions import Construction, constructions
from gokart_lint.wiring.requirements import giver, requirement


@remembered
def always_required(concrete: Class) -> tuple[Class, ...]:
    """The classes of the tasks that `requires()` of a class builds on every way through it, in the order of its text.

    Those that it hands to another task are among them: the key of that one, which is made at once, holds theirs.
    """
    found = requirement(concrete)
    handed_on = () if found == NOTHING_KNOWN else _handed_on(concrete)
    return tuple(each for each in dict.fromkeys((*_always(found), *handed_on)) if each.is_task and not each.is_abstract)


def _handed_on(concrete: Class) -> Iterator[Class]:
    """The classes of the new tasks that `requires()` gives to a task parameter of another one, whatever happens."""
    source, method = giver(concrete), concrete.method('requires')
    if source is None or not isinstance(method, Method) or method.owner is not source or method.kind != 'instance':
        return
    certain = set(_certain_calls(method.function.body))
    for made in constructions(source.module.project).in_method(method):
        if made.call.at in certain and made.exact and made.alone:
            yield from _given_tasks(made)


def _given_tasks(made: Construction) -> Iterator[Class]:
    parameters = made.cls.parameters.values() if isinstance(made.cls, Class) else ()
    for each in parameters:
        if each.holds_tasks and each.custom is None and each.significant is True:
            yield from _always(made.given(each.name) or ())


def _certain_calls(block: Sequence[Statement]) -> Iterator[Span]:
    """The calls that every run through a block comes to."""
    for statement in block:
        if isinstance(statement, facts.With):
            yield from _certain_calls(blocks(statement)[0])
        elif not blocks(statement):
            for node in own_expressions(statement):
                yield from _certainly_called(node)
        if any(isinstance(each, (facts.Return, facts.Raise)) for each in statements([statement])):
            return


def _certainly_called(node: Expression) -> Iterator[Span]:
    if isinstance(node, (facts.Conditional, facts.Comprehension, facts.Lambda)) or getattr(node, 'kind', '') == 'boolean':
        return
    if isinstance(node, facts.Call):
        yield node.at
    for part in children(node):
        yield from _certainly_called(part)


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
