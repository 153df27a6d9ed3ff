"""What an expression may come to, as far as tasks go, and what Python's containers do with it.

A value has one *alternative* for each way in which the program may have come to it: two for `A() if x else B()`. UNKNOWN among them
says that it may be anything else too.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import UNKNOWN, Library, Unknown

_MOST = 12  # alternatives: behind that, nothing is known


class Instance(msgspec.Struct, frozen=True):
    """A task of a class, or (`exact` false) of one below it."""

    cls: Class | Library
    exact: bool = True


class Kind(msgspec.Struct, frozen=True):
    """A task class itself, or (`exact` false) one below it."""

    cls: Class | Library
    exact: bool = True


class Plain(msgspec.Struct, frozen=True):
    """A literal that is no task and holds none. True and 1 are told apart by their text."""

    text: str
    value: bool | int | float | str | None = msgspec.field(default=None)

    @classmethod
    def of(cls, value: bool | int | float | str | None) -> Plain:
        return cls(repr(value), value)


class Row(msgspec.Struct, frozen=True):
    """A tuple or list of a known length."""

    items: tuple[Alternatives, ...]


class Several(msgspec.Struct, frozen=True):
    """Any number of values, each of which may be any of some alternatives."""

    element: Alternatives


class Table(msgspec.Struct, frozen=True):
    """A dict. `rest` is what may stand under keys that the text does not show; it is empty if it shows them all."""

    entries: tuple[tuple[str | int, Alternatives], ...]
    rest: Alternatives = ()


Known: TypeAlias = Instance | Kind | Plain | Row | Several | Table
Alternatives: TypeAlias = tuple[Known | Unknown, ...]

NOTHING_KNOWN: Alternatives = (UNKNOWN,)


def is_task_class(symbol: object) -> bool:
    """Whether a symbol is a task class, of the project or of a library, derived from luigi.Task directly or through gokart."""
    if isinstance(symbol, Class):
        return symbol.is_luigi_task or vocabulary.library_base(symbol.full_name) is not None
    return isinstance(symbol, Library) and vocabulary.library_base(symbol.name) is not None


def is_container(value: Known | Unknown) -> bool:
    return isinstance(value, (Row, Several, Table))


def united(*many: Alternatives) -> Alternatives:
    """All alternatives of several values, each once."""
    found = tuple(dict.fromkeys(each for some in many for each in some))
    return found if len(found) <= _MOST else NOTHING_KNOWN


def elements(alternatives: Alternatives) -> Alternatives:
    """What going through a value may give."""
    found: list[Alternatives] = []
    for each in alternatives:
        if isinstance(each, Row):
            found += each.items
        else:
            found.append(each.element if isinstance(each, Several) else NOTHING_KNOWN)
    return united(*found)


def held(table: Table) -> Alternatives:
    """All values of a dict."""
    return united(*(value for _, value in table.entries), table.rest)


def joined(one: Alternatives, other: Alternatives) -> Alternatives:
    """What `one + other` may be, if both are lists or tuples."""
    if len(one) == len(other) == 1 and isinstance(one[0], Row) and isinstance(other[0], Row):
        return (Row(one[0].items + other[0].items),)
    if all(isinstance(each, (Row, Several)) for each in (*one, *other)):
        return (Several(united(elements(one), elements(other))),)
    return NOTHING_KNOWN


def unpacked(target: Expression, alternatives: Alternatives) -> dict[str, Alternatives]:
    """What each name of an assignment target is bound to."""
    if isinstance(target, facts.Name):
        return {target.name: alternatives}
    if not isinstance(target, facts.Collection) or any(isinstance(item, facts.Star) for item in target.items):
        return dict.fromkeys(names_in(target), NOTHING_KNOWN)
    found: dict[str, Alternatives] = {}
    for index, item in enumerate(target.items):
        found.update(unpacked(item, united(*(_item(each, index, len(target.items)) for each in alternatives))))
    return found


def _item(of: Known | Unknown, index: int, length: int) -> Alternatives:
    if isinstance(of, Row) and len(of.items) == length:
        return of.items[index]
    return of.element if isinstance(of, Several) else NOTHING_KNOWN


def entered(table: Known | Unknown, key: object, value: Alternatives) -> Known | Unknown:
    """A dict after `table[key] = value`; a key of None is one that the text does not show."""
    if not isinstance(table, Table):
        return UNKNOWN
    if not isinstance(key, (str, int)):
        return Table(table.entries, united(table.rest, value))
    return Table(tuple({**dict(table.entries), key: value}.items()), table.rest)


def without(table: Known | Unknown, key: object) -> Known | Unknown:
    """A dict after `del table[key]`, a key of None is one that the text does not show."""
    if not isinstance(table, Table) or not isinstance(key, (str, int)):
        return UNKNOWN
    return Table(tuple((name, value) for name, value in table.entries if name != key), table.rest)


def merged(tables: Alternatives, others: Alternatives) -> Alternatives:
    """Dicts after `table.update(other)`."""
    found: list[Known | Unknown] = []
    for table in tables:
        for other in others:
            if isinstance(table, Table) and isinstance(other, Table):
                rest = united(table.rest, other.rest)
                found.append(Table(tuple({**dict(table.entries), **dict(other.entries)}.items()), rest))
            else:
                found.append(UNKNOWN)
    return united(tuple(found))


def literal(alternatives: Alternatives) -> bool | int | float | str | None:
    """The one literal that a value is; None if it is none, or the text does not show which."""
    only = alternatives[0] if len(alternatives) == 1 else UNKNOWN
    return only.value if isinstance(only, Plain) else None


def kinds_of(alternatives: Alternatives) -> Alternatives:
    """The classes of some tasks."""
    return tuple(Kind(each.cls, each.exact) if isinstance(each, Instance) else UNKNOWN for each in alternatives)


def instances_of(kinds: Alternatives) -> Alternatives:
    """What calling some classes gives."""
    return tuple(Instance(each.cls, each.exact) if isinstance(each, Kind) else UNKNOWN for each in kinds)


def picked(of: Known | Unknown, key: object) -> Alternatives:
    """What `value[key]` may be; a key of None is one that the text does not show."""
    if isinstance(of, Table):
        if key is None:
            return held(of)
        return united(*(value for name, value in of.entries if name == key), of.rest)
    if isinstance(of, Row) and isinstance(key, int):
        return of.items[key] if -len(of.items) <= key < len(of.items) else NOTHING_KNOWN
    return elements((of,))
