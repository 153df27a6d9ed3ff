"""From the fixes of findings to new texts: first in memory, round by round until nothing is left to do, and only then onto the disk.

A file is only ever replaced as a whole, keeps its encoding, byte order mark and line ends, and is left alone if the result would no
longer parse.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gokart_lint import atomic
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.reading.text import Lines, Source, decode

if TYPE_CHECKING:
    from gokart_lint.checking import Checked

MAX_ROUNDS = 20
_BLANKS = ' \t\f'
_COMMENT = re.compile(
    r'''(?s:""".*?"""|\'{3}.*?\'{3})|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|(?P<comment>#[^\r\n]*(?:\r\n|\n|\r)[ \t\f]*)'''
)

# --- Edits to one text ------------------------------------------------------------------------------------------------


class _Change(NamedTuple):
    start: int
    end: int
    text: str


def apply(text: str, fixes: Sequence[Fix]) -> str:
    """The text after all fixes that do not meet: where two do, the one that stands further up is made, and the other one is not."""
    changes, _ = _chosen(text, fixes)
    return _changed(text, changes)


def _chosen(text: str, fixes: Sequence[Fix]) -> tuple[list[_Change], list[int]]:
    """The changes that can be made together, in order, and the numbers of their fixes. A fix is made whole or not at all."""
    source, lines = Source(text, 'utf-8'), Lines(text)
    wanted = [sorted(_change(edit, lines, source.newline) for edit in fix.edits) for fix in fixes]
    taken: list[_Change] = []
    numbers = []
    for number in sorted(range(len(fixes)), key=lambda number: (wanted[number], number)):
        new = [change for change in wanted[number] if not _holds(taken, change)]
        if any(_meets(taken, change) for change in new) or any(one.end > two.start for one, two in pairwise(new)):
            continue
        for change in new:
            insort(taken, change)
        numbers.append(number)
    return taken, sorted(numbers)


def _changed(text: str, changes: Sequence[_Change]) -> str:
    pieces, done = [], 0
    for change in changes:
        pieces += [text[done : change.start], change.text]
        done = change.end
    return ''.join([*pieces, text[done:]])


def _holds(taken: list[_Change], change: _Change) -> bool:
    """Whether the very same change is made already: two findings that need one import insert it once."""
    place = bisect_left(taken, change)
    return place < len(taken) and taken[place] == change


def _meets(taken: list[_Change], change: _Change) -> bool:
    """Whether a change overlaps or touches another one: what stands between two that touch is for the next round to see."""
    place = bisect_left(taken, change)
    return any(change.start <= other.end and other.start <= change.end for other in taken[max(place - 1, 0) : place + 1])


def _change(edit: Edit, lines: Lines, newline: str) -> _Change:
    start, end = _offset(lines, edit.at.line, edit.at.column), _offset(lines, edit.at.end_line, edit.at.end_column)
    new = _indented(edit.text.replace('\r\n', '\n'), lines.text[_offset(lines, edit.at.line, 1) : start])
    new = (_comments(lines.text[start:end]) if edit.at.line < edit.at.end_line else '') + new.replace('\n', newline)
    if not new and start < end:
        start, end = _without_leftovers(lines.text, start, end)
    return _Change(start, end, new)


def _indented(text: str, before: str) -> str:
    """Lines to be put in, indented like the one that they are put into: a rule knows columns, and not that these are tabs."""
    return text if before.strip(_BLANKS) else text.replace('\n' + ' ' * len(before), '\n' + before)


def _comments(replaced: str) -> str:
    """The comments in what is replaced, each with its line end and what follows up to the next text: no fix takes them away unsaid."""
    return ''.join(found.group('comment') or '' for found in _COMMENT.finditer(replaced))


def _offset(lines: Lines, line: int, column: int) -> int:
    if line > len(lines.starts):  # just behind a last line that has no line end
        return len(lines.text)
    return min(lines.offset(line, column), len(lines.text))


def _without_leftovers(text: str, start: int, end: int) -> tuple[int, int]:
    """A deletion up to the end of its line takes the blanks before it too, and the whole line if it held nothing else."""
    if end < len(text) and text[end] not in '\r\n':
        return start, end
    if text[end - 1] in '\r\n':
        return start, end
    while start and text[start - 1] in _BLANKS:
        start -= 1
    if start == 0 or text[start - 1] in '\r\n':
        end += 2 if text.startswith('\r\n', end) else min(1, len(text) - end)
    return start, end


# --- Files, round by round --------------------------------------------------------------------------------------------


class Fixed(msgspec.Struct, frozen=True):
    """What the fixes come to. `checked` is what is left to say about the files as they would be; nothing is written yet."""

    checked: Checked
    found: int
    """How many findings there were before."""
    before: Mapping[Path, bytes]
    after: Mapping[Path, bytes]
    """The files that change, by absolute path."""
    applied: Mapping[str, int]
    """How many findings were mended, by code."""
    messages: tuple[str, ...] = ()


class _Files:
    """The bytes of the files while they are being mended, and what must not be tried again."""

    def __init__(self, folder: Path, overlay: Mapping[Path, bytes], parses: Callable[[bytes], bool]) -> None:
        self.folder = folder
        self.given = overlay
        self.parses = parses
        self.before: dict[Path, bytes] = {}
        self.after: dict[Path, bytes] = {}
        self.refused: set[tuple[Path, str]] = set()
        self.applied: Counter[str] = Counter()
        self.messages: list[str] = []

    @property
    def overlay(self) -> dict[Path, bytes]:
        return {**self.given, **self.after}

    def path(self, finding: Finding) -> Path:
        return Path(os.path.abspath(self.folder / finding.path))

    def mend(self, path: Path, findings: Sequence[Finding]) -> bool:
        """Make what can be made at once in one file, which has been read as Python before; whether its text is another one now."""
        findings = [finding for finding in findings if (path, finding.code) not in self.refused]
        try:
            overlay = self.overlay
            data = overlay[path] if path in overlay else path.read_bytes()
            source = decode(data)
        except OSError as error:
            self._refuse(path, findings, error.strerror or str(error))
            return False
        for some in _ever_fewer(findings):
            if (new := self._attempt(path, source, some)) is not None:
                self.before.setdefault(path, data)
                self.after[path] = new
                return True
        return False

    def _attempt(self, path: Path, source: Source, findings: Sequence[Finding]) -> bytes | None:
        """The file after the fixes of these findings, if that is another text and can be read."""
        changes, numbers = _chosen(source.text, [finding.fix for finding in findings if finding.fix])
        text = _changed(source.text, changes)
        if text == source.text:
            return None
        try:
            data = source.encode(text)
            reason = '' if self.parses(data) else 'the file would no longer parse'
        except UnicodeEncodeError:
            reason = f'{source.encoding}, the encoding of the file, cannot hold the new text'
        if not reason:
            self.applied.update(findings[number].code for number in numbers)
            return data
        if len({finding.code for finding in findings}) == 1:
            self._refuse(path, findings, reason)
        return None

    def _refuse(self, path: Path, findings: Sequence[Finding], reason: str) -> None:
        for code in sorted({finding.code for finding in findings}):
            self.refused.add((path, code))
            self.messages.append(f'{findings[0].path}: the fix of {code} was not made: {reason}')


def _ever_fewer(findings: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    """All findings, and then those of one rule after the other, to find the rule whose fix does harm."""
    yield findings
    codes = sorted({finding.code for finding in findings})
    for code in codes if len(codes) > 1 else ():
        yield [finding for finding in findings if finding.code == code]


def fix(
    check: Callable[[Mapping[Path, bytes]], Checked],
    folder: Path,
    *,
    unsafe: bool,
    parses: Callable[[bytes], bool],
    overlay: Mapping[Path, bytes] | None = None,
) -> Fixed:
    """Apply the safe fixes, and with `unsafe` all of them, until a round changes nothing.

    `check` judges the files with other bytes in place of those on the disk, `folder` is what the paths of its findings are relative
    to, and `parses` says whether bytes can be read as Python.
    """
    files = _Files(folder, overlay or {}, parses)
    checked = check(files.overlay)
    found = len(checked.findings)
    for _ in range(MAX_ROUNDS):
        waiting = _by_file(files, checked.findings, unsafe)
        if not [path for path, findings in waiting.items() if files.mend(path, findings)]:
            break
        checked = check(files.overlay)
    else:
        restless = sorted({f.code for findings in _by_file(files, checked.findings, unsafe).values() for f in findings})
        if restless:
            files.messages.append(f'after {MAX_ROUNDS} rounds the fixes of {", ".join(restless)} still find something to change')
    after = {path: data for path, data in files.after.items() if data != files.before[path]}
    before = {path: files.before[path] for path in after}
    return Fixed(checked, found, before, after, dict(files.applied), tuple(files.messages))


def _by_file(files: _Files, findings: Sequence[Finding], unsafe: bool) -> dict[Path, list[Finding]]:
    waiting: dict[Path, list[Finding]] = {}
    for finding in findings:
        path = files.path(finding)
        if finding.fix and (finding.fix.safe or unsafe) and (path, finding.code) not in files.refused:
            waiting.setdefault(path, []).append(finding)
    return waiting


# --- Onto the disk, or onto the screen --------------------------------------------------------------------------------


def write(fixed: Fixed) -> tuple[str, ...]:
    """Write the changed files, each at one stroke. Says which could not be written, or were changed by somebody else meanwhile."""
    messages = []
    for path, data in fixed.after.items():
        try:
            if path.read_bytes() != fixed.before[path]:
                messages.append(f'{path}: it was changed by somebody else meanwhile and is left as it is')
            else:
                atomic.write(path, data)
        except OSError as error:
            messages.append(f'{path}: it could not be written: {error.strerror or error}')
    return tuple(messages)


def diff(fixed: Fixed, folder: Path) -> str:
    """The changes as a unified diff that `patch -p0` and `git apply -p0` take."""
    pieces: list[str] = []
    for path in sorted(fixed.after):
        name = os.path.relpath(path, folder) if path.is_relative_to(folder) else str(path)
        pieces += _diff_of_one(name, decode(fixed.before[path]).text, decode(fixed.after[path]).text)
    return ''.join(pieces)


def _diff_of_one(name: str, old: str, new: str) -> Iterator[str]:
    from difflib import unified_diff

    for line in unified_diff(_lines(old), _lines(new), name, name):
        yield line if line.endswith('\n') else f'{line}\n\\ No newline at end of file\n'


def _lines(text: str) -> list[str]:
    """The lines as `patch` counts them: only `\\n` ends one."""
    return [line + '\n' for line in text.split('\n')[:-1]] + [last for last in [text.rpartition('\n')[2]] if last]
