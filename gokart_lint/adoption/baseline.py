"""The findings that a project knows of, in a file that is made to be committed: a line each, in an order that merges well.

A finding is known by its rule, the class and member that it stands in, and its content, in a file. Where that file is gone, or says it
no longer, the same finding in another file is the one that was known: the code has moved. The same twice is known twice.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from gokart_lint import atomic
from gokart_lint.adoption import AdoptionError

VERSION = 1
T = TypeVar('T')


class Entry(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True, rename={'within': 'in'}):
    """One finding that is known. `path` is relative to the folder of the baseline, `within` is as `Train.requires`."""

    path: str
    code: str
    within: str
    content: str

    @property
    def wherever(self) -> tuple[str, str, str]:
        """The finding, in whichever file."""
        return self.code, self.within, self.content


class _Version(msgspec.Struct):
    version: int


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    findings: list[Entry]


class Compared(msgspec.Struct, frozen=True):
    """The numbers of the findings that are new, and the entries that no finding is left for. `gone` ones were looked for."""

    new: tuple[int, ...]
    gone: tuple[Entry, ...]
    unasked: tuple[Entry, ...]


def load(file: Path, *, may_be_missing: bool = False) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises AdoptionError."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        if may_be_missing:
            return ()
        raise AdoptionError(f'{file}: there is no such baseline; write it with --update-baseline') from None
    except OSError as error:
        raise AdoptionError(f'{file}: the baseline cannot be read: {error.strerror or error}') from None
    try:
        version = msgspec.json.decode(data, type=_Version).version
        if version > VERSION:
            raise AdoptionError(
                f'{file}: this baseline is of a newer gokart-lint (its version is {version}, not {VERSION}); update gokart-lint'
            )
        return tuple(msgspec.json.decode(data, type=_File).findings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # a ValidationError is one too
        raise AdoptionError(
            f'{file}: it is no baseline of gokart-lint ({error}); remove it and write a new one with --update-baseline'
        ) from None


def save(file: Path, entries: Iterable[Entry]) -> None:
    """Write a baseline, at one stroke. Raises AdoptionError."""
    lines = ',\n'.join(msgspec.json.encode(entry).decode() for entry in sorted(entries))
    text = f'{{\n"version": {VERSION},\n"findings": [\n{lines}\n]\n}}\n' if lines else f'{{\n"version": {VERSION},\n"findings": []\n}}\n'
    try:
        if not file.exists() or file.read_bytes() != text.encode():
            atomic.write(file, text.encode())
    except OSError as error:
        raise AdoptionError(f'{file}: the baseline could not be written: {error.strerror or error}') from None


def compare(found: Sequence[Entry], known: Iterable[Entry], *, asked: Callable[[Entry], bool], is_file: Callable[[str], bool]) -> Compared:
    """Findings against what is known. `asked` says whether the run would have found an entry if it still occurred."""
    left = Counter(known)
    strange = [number for number, entry in enumerate(found) if not _taken(left, entry)]
    idle = Counter[tuple[str, str, str]]()
    homeless: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in sorted(left.elements()):
        if asked(entry) or not is_file(entry.path):
            idle[entry.wherever] += 1
            homeless.setdefault(entry.wherever, []).append(entry)
    new = []
    for number in strange:
        if _taken(idle, found[number].wherever):
            left[homeless[found[number].wherever].pop(0)] -= 1
        else:
            new.append(number)
    rest = sorted((+left).elements())
    return Compared(tuple(new), tuple(each for each in rest if asked(each)), tuple(each for each in rest if not asked(each)))


def _taken(counts: Counter[T], key: T) -> bool:
    """Take one away, if there is one."""
    if not counts[key]:
        return False
    counts[key] -= 1
    return True


def relative(path: str, folder: Path) -> str:
    """A path as a baseline in that folder names it."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, '/')
    except ValueError:  # another drive of Windows
        return path.replace(os.sep, '/')
