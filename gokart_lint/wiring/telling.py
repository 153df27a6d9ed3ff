"""How messages call what builds a task, and lists of names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Library

if TYPE_CHECKING:
    from gokart_lint.project.calls import Place


def builder(place: Place) -> str:
    """`Train.requires` for the code of a method, the name of a function, that of a class for its body."""
    if place.method is not None and place.owner is not None:
        return f'{place.owner.name}.{place.method.function.name}'
    if place.owner is not None:
        return place.owner.name
    return 'The module' if place.scope is None else place.scope.function.name


def short(symbol: Class | Library) -> str:
    return symbol.name.rpartition('.')[2]


def listed(names: Iterable[str], word: str = 'and') -> str:
    """`'a', 'b' and 'c'`, without the quotes."""
    *front, last = names
    return f'{", ".join(front)} {word} {last}' if front else last
