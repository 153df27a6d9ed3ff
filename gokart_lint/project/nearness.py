"""Which right name was probably meant by a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

_SHORT = 8


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """The most alike of some names, for a hint beside what is wrong anyway."""
    from difflib import get_close_matches

    folded = {_folded(name): name for name in reversed([*right])}
    close = get_close_matches(_folded(wrong), folded, n=1, cutoff=0.7)
    return folded[close[0]] if close else None


def misspelt(wrong: str, right: Iterable[str]) -> str | None:
    """The name that is one slip away, or two if it is long: near enough to say that the wrong one is no name of its own."""
    most = 1 if len(wrong) < _SHORT else 2
    return min(
        (name for name in right if _slips(_folded(wrong), _folded(name)) <= most), key=lambda name: _slips(wrong, name), default=None
    )


def _folded(name: str) -> str:
    return name.lower().replace('-', '_')


def _slips(one: str, other: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour (Damerau and Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
