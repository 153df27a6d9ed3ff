"""Which lines of a file are other ones than at a commit, whatever it was called then.

The lines are compared here and not by git: the text that is judged may be one that is not on the disk, and git counts lines otherwise
(only `\\n` ends one) and takes other line ends for other lines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from gokart_lint.reading.text import Lines, Undecodable, decode
from gokart_lint.repository import Repository, RepositoryError

Touched = Callable[[int, int], bool]
"""Whether something changed from one line to another one, both included."""


class Changes:
    """What changed since a commit in a repository and its submodules."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self._top = os.path.realpath(repository.top)
        self._changed = repository.changed_since(commit)
        self._tracked = repository.tracked()
        self._submodules: dict[str, Changes] = {}
        self._touched: dict[tuple[str, bytes], Touched] = {}

    def touched(self, path: Path, data: bytes) -> Touched:
        """What changed in a file that now holds these bytes. Raises RepositoryError if that cannot be known."""
        below = os.path.relpath(os.path.realpath(path), self._top).replace(os.sep, '/')
        if below.startswith('../') or os.path.isabs(below):
            raise RepositoryError(f'{path}: it is not in the git repository {self._repository.top}')
        key = below, data
        if key not in self._touched:
            self._touched[key] = self._compared(below, path, data)
        return self._touched[key]

    def _compared(self, below: str, path: Path, data: bytes) -> Touched:
        for outer in _folders(below):
            if outer in self._tracked:  # git tracks no folders but submodules
                return self._in_submodule(outer, path, data)
        change = self._changed.get(below)
        if change is None:
            return lines_touched(path.read_bytes(), data) if below in self._tracked else _anything
        if change.old is None or change.is_link or change.is_submodule:
            return _anything
        return lines_touched(self._repository.contents([change.old])[change.old], data)

    def _in_submodule(self, outer: str, path: Path, data: bytes) -> Touched:
        change = self._changed.get(outer)
        if change is None:
            return _nothing
        if change.old is None or not change.is_submodule:
            return _anything
        if outer not in self._submodules:
            self._submodules[outer] = Changes(Repository(f'{self._top}/{outer}'), change.old)
        return self._submodules[outer].touched(path, data)


def _folders(below: str) -> Iterator[str]:
    """The folders of a path, the outermost first."""
    parts = below.split('/')[:-1]
    return ('/'.join(parts[: count + 1]) for count in range(len(parts)))


def _nothing(first: int, last: int) -> bool:
    return False


def _anything(first: int, last: int) -> bool:
    return True


def lines_touched(old: bytes, new: bytes) -> Touched:
    """What changed from the one to the other, by the lines of the new one."""
    if old == new:
        return _nothing
    try:
        before, after = _lines(old), _lines(new)
    except Undecodable:
        return _anything
    ranges = list(_ranges(before, after))
    return lambda first, last: any(start <= last and first <= end for start, end in ranges)


def _lines(data: bytes) -> list[str]:
    lines = Lines(decode(data).text)
    return [lines.line(number) for number in range(1, len(lines.starts) + 1)]


def _ranges(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and last line of each change, and the line that something was taken away from."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == 'equal':
            continue
        first, last = start + new_start + 1, start + new_end
        yield first, last
        yield from _edges(old[old_start:old_end], after, first, last)


def _edges(gone: Sequence[str], after: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The neighbours of a change that lost something by it: the block above, if its last lines went, and what a decorator stood over."""
    lost = [line for line in gone if line.strip()]
    came = [line for line in after[first - 1 : last] if line.strip()]
    if not lost or (came and _is_indented(came[0])):
        return
    above = first - 1
    while above and not after[above - 1].strip():
        above -= 1
    if above and _is_indented(lost[0]):
        yield above, above
    if not came and gone[-1].startswith(('@', ')')) and last < len(after):
        yield last + 1, last + 1


def _is_indented(line: str) -> bool:
    return line[:1] in (' ', '\t')
