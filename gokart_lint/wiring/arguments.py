"""What a construction is given, by the names of the parameters: keywords, and what the text shows of `**options`."""

from __future__ import annotations

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression, Span
from gokart_lint.wiring.alternatives import Alternatives, Row, Table
from gokart_lint.wiring.constructions import Construction
from gokart_lint.wiring.values import evaluate


class Given(msgspec.Struct, frozen=True):
    """One parameter that is given, where that stands, and what it may be.

    `at` is where the call says its name: inside of `**{'name': ...}`, if that is a display.
    """

    name: str
    argument: facts.Argument
    value: Alternatives
    at: Span


class Arguments(msgspec.Struct, frozen=True):
    """All that a construction is given. `is_open`: more than that may be given; `positional` counts what has no name."""

    named: tuple[Given, ...]
    positional: tuple[facts.Argument, ...]
    is_open: bool

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.named)


def arguments_of(made: Construction) -> Arguments:
    """What a construction is given; the class that `task.clone(Train, ...)` is told is no argument of Train."""
    named: list[Given] = []
    positional: list[facts.Argument] = []
    is_open = False
    for argument in made.call.arguments:
        if argument.keyword is not None:
            if not (made.is_clone and argument.keyword == 'cls'):
                named.append(Given(argument.keyword, argument, evaluate(argument.value, made.view), argument.at))
        elif argument.star == '**':
            entries = _entries(evaluate(argument.value, made.view))
            is_open = is_open or entries is None
            places = _places(argument.value)
            named += [Given(name, argument, value, places.get(name, argument.at)) for name, value in entries or ()]
        else:
            positional.append(argument)
            is_open = is_open or (argument.star == '*' and _length(evaluate(argument.value, made.view)) != 0)
    return Arguments(tuple(named), tuple(positional), is_open)


def _entries(options: Alternatives) -> list[tuple[str, Alternatives]] | None:
    table = options[0] if len(options) == 1 else None
    if not isinstance(table, Table) or table.rest:
        return None
    return [(name, value) for name, value in table.entries if isinstance(name, str)]


def _places(options: Expression) -> dict[str, Span]:
    """Where a display, or a call like `dict(name=...)`, says each of its names."""
    if isinstance(options, facts.Mapping):
        return {key.value: key.at for key in options.keys if isinstance(key, facts.Constant) and isinstance(key.value, str)}
    if isinstance(options, facts.Call):
        return {each.keyword: each.at for each in options.arguments if each.keyword is not None}
    return {}


def _length(items: Alternatives) -> int | None:
    row = items[0] if len(items) == 1 else None
    return len(row.items) if isinstance(row, Row) else None
