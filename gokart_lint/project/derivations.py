"""Which files may hold subclasses of a class: one that derives from another class names it, or another name of it.

The names stand in the index, so that no facts are read for the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from gokart_lint.project.sealing import digest


class Derivations:
    """The derivations of all files by path, as `Survey.derivations` gives them."""

    def __init__(self, by_file: Mapping[str, Iterable[str]]) -> None:
        self._files: dict[str, set[str]] = defaultdict(set)
        self._other_names: dict[str, set[str]] = defaultdict(set)
        self._by_file = by_file
        for path, derivations in by_file.items():
            for each in derivations:
                new, is_alias, old = each.partition('=')
                if is_alias:
                    self._other_names[old].add(new)
                else:
                    self._files[each].add(path)

    @property
    def state(self) -> bytes:
        """A short name for all derivations of all files."""
        return digest(
            '\0'.join(f'{path}\1{" ".join(each)}' for path, each in sorted(self._by_file.items())).encode('utf-8', 'surrogateescape')
        )

    def files_below(self, name: str) -> set[str]:
        """The files with a class that may derive directly from a class of some name, and all whose base is no name."""
        names, pending = {name}, [name]
        while pending:
            new = self._other_names[pending.pop()] - names
            names |= new
            pending += new
        return set().union(*(self._files[each] for each in (*names, '*')))
