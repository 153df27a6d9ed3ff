"""Write the comment that takes a finding away to where it stands, for every finding, as if that were its fix."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import fixing
from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.reading.line_ends import line_ends
from gokart_lint.reading.text import Lines, Undecodable, decode
from gokart_lint.suppressions import count, suppressing

if TYPE_CHECKING:
    from gokart_lint.checking import Checked

NEVER = frozenset({'GK900', 'GK901'})
"""A file that cannot be read takes no comment, and one comment too many is no reason for another one."""

Check = Callable[[Mapping[Path, bytes]], 'Checked']


def complaint(reason: str) -> str:
    """What is wrong with a reason, or ''."""
    words = _words(reason)
    if not words:
        return '--add-ignores needs a --reason: whoever reads the comment must know why the finding may stay'
    if count(suppressing('', ['GK101'], words)) > 1:
        return '--reason must not hold a suppression of its own, such as "# noqa"'
    return ''


def add_ignores(check: Check, folder: Path, *, reason: str, overlay: Mapping[Path, bytes] | None = None) -> fixing.Fixed:
    """The files with a comment for each finding that can have one; what can have none is said."""
    writer = _Writer(check, folder, _words(reason))
    fixed = fixing.fix(writer.check, folder, unsafe=False, parses=lambda data: True, overlay=overlay)
    return msgspec.structs.replace(fixed, checked=writer.checked, messages=(*fixed.messages, *writer.refused()))


def _words(reason: str) -> str:
    return ' '.join(reason.split())


class _Writer:
    """Gives each finding the edit that suppresses it in place of its fix."""

    def __init__(self, check: Check, folder: Path, reason: str) -> None:
        self._check = check
        self._folder = folder
        self._reason = reason
        self.checked: Checked
        self._without_place: list[Finding] = []
        self._configuration: set[Path] = set()

    def check(self, overlay: Mapping[Path, bytes]) -> Checked:
        """The findings, each with its comment as its fix. Only a comment behind or above code changes, so that each result parses."""
        done = self._configuration & overlay.keys()  # luigi's files are read from the disk; one round gives each finding its comment
        checked = self._check({path: data for path, data in overlay.items() if path not in done})
        left = tuple(each for each in checked.findings if self._path(each) not in done)
        self.checked = msgspec.structs.replace(checked, findings=left)
        self._configuration.update(self._path(each) for each in left if _is_above(each))
        self._without_place = []
        by_path: dict[str, list[Finding]] = defaultdict(list)
        for finding in left:
            if finding.code not in NEVER:
                by_path[finding.path].append(finding)
        found = [each for findings in by_path.values() for each in self._commented(findings, overlay)]
        return msgspec.structs.replace(checked, findings=tuple(found))

    def _path(self, finding: Finding) -> Path:
        return Path(os.path.abspath(self._folder / finding.path))

    def refused(self) -> Iterator[str]:
        """Which findings of the last round no comment can suppress."""
        for each in self._without_place:
            yield (
                f'{each.path}:{each.at.line}: {each.code} was not ignored: its line can take no comment; '
                f'ignore the rule in the file (`# gokart-lint: ignore-file[{each.code}] ...`), or write the line in another way'
            )

    def _commented(self, findings: Sequence[Finding], overlay: Mapping[Path, bytes]) -> list[Finding]:
        file = self._path(findings[0])
        try:
            text = decode(overlay[file] if file in overlay else file.read_bytes()).text
        except (OSError, Undecodable):
            return []
        places = _Places(text)
        wanted: dict[_Place, set[str]] = defaultdict(set)
        chosen: list[tuple[Finding, _Place]] = []
        for finding in findings:
            if (place := places.of(finding)) is None:
                self._without_place.append(finding)
            else:
                wanted[place].add(finding.code)
                chosen.append((finding, place))
        fixes = {place: place.fix(suppressing(place.comment, sorted(codes), self._reason)) for place, codes in wanted.items()}
        return [msgspec.structs.replace(finding, fix=fixes[place]) for finding, place in chosen]


class _Place(msgspec.Struct, frozen=True):
    """Where the comment for a finding stands, or would be put, and what parts it from what is around it."""

    at: Span
    comment: str
    before: str
    behind: str

    def fix(self, comment: str) -> Fix:
        """The edit that writes the comment."""
        return Fix('Ignore it', (Edit(self.at, f'{self.before}{comment}{self.behind}'),), safe=True)


class _Places:
    """The places for comments in one file."""

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)
        self._ends = line_ends(text)

    def of(self, finding: Finding) -> _Place | None:
        """The place for a finding, if one can be."""
        if _is_above(finding):
            return self._above(finding.at.line)
        for line in (finding.noqa_line, finding.at.line, finding.at.end_line):
            if (end := self._ends.get(line)) is not None:
                return _Place(end.at, end.comment, '' if end.comment else '  ', '')
        return None

    def _above(self, number: int) -> _Place:
        """In a configuration file, where a comment behind a value would be a part of it."""
        above = self._lines.line(number - 1) if number > 1 else ''
        words = above.strip()
        if words.startswith(('#', ';')) and count(f'#{words[1:]}'):
            return _Place(Span(number - 1, 1, number - 1, len(above) + 1), f'#{words[1:]}', _indent(above), '')
        return _Place(Span(number, 1, number, 1), '', _indent(self._lines.line(number)), '\n')


def _is_above(finding: Finding) -> bool:
    """Whether the comment for a finding stands on the line before."""
    return finding.noqa_line < finding.at.line


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
