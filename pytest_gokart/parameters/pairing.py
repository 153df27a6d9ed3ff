"""Pairwise choice: few rows that still try every two values of two parameters together.

Most faults of branches hang on one value or on two at once, while all combinations of ten flags are 1,024 items. The rows hang on the
numbers of values alone, so that every xdist worker makes the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

Choice: TypeAlias = tuple[int, int]
"""A parameter and one of its values, both by their place."""


class Cover(NamedTuple):
    """Rows of places of values. `untried` counts the pairs of values (single values, if there is one parameter) that no row holds."""

    rows: tuple[tuple[int, ...], ...]
    untried: int


def cover(sizes: Sequence[int], limit: int) -> Cover:
    """At most `limit` rows, the first of them all zeros; if the limit allows, they hold every pair of values of two parameters.

    `sizes` are the numbers of values, none 0. There is one row at least, and no row beyond those that the pairs need.
    """
    limit = max(limit, 1)
    if len(sizes) < 2:
        count = sizes[0] if sizes else 0
        return Cover(tuple((place,) for place in range(min(count, limit))) or ((),), max(count - limit, 0))
    left = _Left([min(size, limit) for size in sizes])  # no more values than rows can be tried
    all_pairs = sum(one * other for one, other in combinations(sizes, 2))
    seen = len(left.pairs)
    rows = [(0,) * len(sizes)]
    left.strike(rows[0])
    while left.pairs and len(rows) < limit:
        rows.append(_next_row(left))
        left.strike(rows[-1])
    return Cover(tuple(rows), all_pairs - seen + len(left.pairs))


class _Left:
    """The pairs that no row holds yet, and for each value how many of them hold it."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.values = [[(parameter, value) for value in range(size)] for parameter, size in enumerate(sizes)]
        self.pairs = {(a, b) for one, other in combinations(self.values, 2) for a in one for b in other}
        self.open = {choice: sum(sizes) - sizes[choice[0]] for choices in self.values for choice in choices}

    def strike(self, row: Sequence[int]) -> None:
        """Note that a row is tried."""
        for pair in combinations(enumerate(row), 2):
            if pair in self.pairs:
                self.pairs.remove(pair)
                for choice in pair:
                    self.open[choice] -= 1

    def has(self, one: Choice, other: Choice) -> bool:
        return (min(one, other), max(one, other)) in self.pairs


def _next_row(left: _Left) -> tuple[int, ...]:
    """A row around the value with most pairs left: again and again the value is added that makes most new pairs with those there.

    Among equals it is the one with fewest pairs left, which has fewer rows to come: so the rows are fewer than with the opposite choice.
    """
    gains = {choice: 0 for choices in left.values for choice in choices}
    chosen = {}
    newest: Choice | None = max(left.open, key=lambda choice: (left.open[choice], -choice[0], -choice[1]))
    while newest is not None:
        parameter, value = newest
        chosen[parameter] = value
        for choice in left.values[parameter]:
            del gains[choice]
        for choice in gains:
            gains[choice] += left.has(choice, newest)
        newest = max(gains, key=lambda choice: (gains[choice], -left.open[choice], -choice[0], -choice[1]), default=None)
    return tuple(chosen[parameter] for parameter in range(len(left.values)))
