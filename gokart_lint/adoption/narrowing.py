"""From all findings to those that are new: not in the baseline, and at a place that changed since a revision."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gokart_lint.adoption import Adopting, AdoptionError, baseline
from gokart_lint.adoption.changes import Changes
from gokart_lint.adoption.content import Contents
from gokart_lint.findings import Finding
from gokart_lint.reports import counted, sound
from gokart_lint.repository import Repository, RepositoryError
from gokart_lint.settings import Settings

if TYPE_CHECKING:
    from gokart_lint.adoption.baseline import Entry
    from gokart_lint.checking import Checked

_UNREADABLE = 'GK900'
_LAST = 2**31


class Narrowing:
    """What a run says of its findings. `notes` tells what the last one left out."""

    def __init__(self, adopting: Adopting, settings: Settings, folder: Path, paths: Sequence[Path]) -> None:
        file = _baseline(adopting, settings, folder)
        if adopting.update_baseline and file is None:
            raise AdoptionError('--update-baseline needs a file: give --baseline, or `baseline = "..."` in the settings')
        self._known = _Known(file, settings, folder, paths, is_new=adopting.update_baseline) if file else None
        self._updates = adopting.update_baseline
        self._changed = None if adopting.base is None else _Changed(adopting.base, settings, folder)
        self.notes: tuple[str, ...] = ()

    def narrow(self, checked: Checked, overlay: Mapping[Path, bytes]) -> Checked:
        """The findings that are new."""
        findings, warnings, notes = checked.findings, checked.warnings, list[str]()
        if self._known:
            findings, said = self._known.without(findings, overlay, update=self._updates)
            notes += said
        if self._changed:
            kept, said = self._changed.among(findings, overlay)
            if len(kept) < len(findings):
                notes.append(f'{counted(len(findings) - len(kept), "finding")} where nothing changed since {self._changed.title}.')
            findings, warnings = kept, (*warnings, *said)
        self.notes = tuple(notes)
        return msgspec.structs.replace(checked, findings=findings, warnings=warnings)

    def finish(self) -> None:
        """Write the baseline, if it is to be another one now."""
        if self._known and self._updates:
            self._known.save()


def _baseline(adopting: Adopting, settings: Settings, folder: Path) -> Path | None:
    if adopting.no_baseline:
        return None
    if adopting.baseline:
        return Path(os.path.abspath(folder / adopting.baseline))
    return settings.root / settings.baseline if settings.baseline else None


class _Known:
    """The baseline of a run."""

    def __init__(self, file: Path, settings: Settings, folder: Path, paths: Sequence[Path], *, is_new: bool) -> None:
        self._file = file
        self._name = os.path.relpath(file, folder) if file.is_relative_to(folder) else str(file)
        self._settings = settings
        self._folder = folder
        self._paths = [os.path.abspath(folder / path) for path in paths]
        self._entries = baseline.load(file, may_be_missing=is_new)
        self._next: tuple[Entry, ...] = self._entries

    def without(
        self, findings: Sequence[Finding], overlay: Mapping[Path, bytes], *, update: bool
    ) -> tuple[tuple[Finding, ...], Sequence[str]]:
        """The findings that are not in the baseline, with an `update` none, and what to say of it."""
        contents = Contents(self._folder, overlay)
        found = [self._entry(each, contents) for each in findings]
        compared = baseline.compare(found, self._entries, asked=self._is_asked, is_file=lambda path: (self._file.parent / path).is_file())
        new, gone = len(compared.new), len(compared.gone)
        if update:
            self._next = (*found, *compared.unasked)
            return (), [f'{self._name} knows {counted(len(self._next), "finding")} now: {new} new, {gone} forgotten.']
        notes = []
        if known := len(found) - new:
            notes.append(f'{counted(known, "finding")} known in {self._name}.')
        if gone:
            notes.append(
                f'{gone} of {self._name} {"is" if gone == 1 else "are"} gone; --update-baseline forgets {"it" if gone == 1 else "them"}.'
            )
        return tuple(findings[number] for number in compared.new), notes

    def save(self) -> None:
        """Write what the last run found."""
        baseline.save(self._file, self._next)

    def _entry(self, finding: Finding, contents: Contents) -> Entry:
        path = baseline.relative(os.path.abspath(self._folder / finding.path), self._file.parent)
        return baseline.Entry(sound(path), finding.code, finding.within.name, contents.of(finding))

    def _is_asked(self, entry: Entry) -> bool:
        """Whether this run looked for a finding: its rule ran, and its file was to be judged if it is there."""
        path = os.path.abspath(self._file.parent / entry.path)
        if not any(path == named or path.startswith(f'{named.rstrip(os.sep)}{os.sep}') for named in self._paths):
            return False
        return entry.code in self._codes

    @cached_property
    def _codes(self) -> frozenset[str]:
        from gokart_lint.rules.registry import rules_of_check  # most runs are as long as the baseline, and need no rule

        known = rules_of_check()
        run = {rule.code for rule in self._settings.selected(known)}
        gone = {entry.code for entry in self._entries} - {rule.code for rule in known}  # a rule that no longer is finds nothing
        return frozenset(run | gone)


class _Changed:
    """What changed since a revision."""

    def __init__(self, base: str, settings: Settings, folder: Path) -> None:
        self._folder = folder
        try:
            repository = Repository(str(settings.root))
            commit = repository.merge_base(base)
            self._changes = Changes(repository, commit)
            self.title = base if repository.commit(base) == commit else f'{base} and HEAD parted'
        except RepositoryError as error:
            raise AdoptionError(f'--base {base}: {error}') from None

    def among(self, findings: Sequence[Finding], overlay: Mapping[Path, bytes]) -> tuple[tuple[Finding, ...], Sequence[str]]:
        """The findings at changed places, and those where that cannot be known, with a warning."""
        warnings: dict[str, None] = {}
        kept = []
        for finding in findings:
            path = Path(os.path.abspath(self._folder / finding.path))
            try:
                data = overlay[path] if path in overlay else path.read_bytes()
                is_new = self._changes.touched(path, data)(*_lines(finding))
            except OSError:
                is_new = True
            except RepositoryError as error:
                warnings[f'what changed there since {self.title} is not known, so all is shown: {error}'] = None
                is_new = True
            if is_new:
                kept.append(finding)
        return tuple(kept), tuple(warnings)


def _lines(finding: Finding) -> tuple[int, int]:
    """The lines that a finding speaks of: all of its class, since what one method does decides what is wrong in another one."""
    if finding.code == _UNREADABLE:
        return 1, _LAST
    if finding.within.line:
        return finding.within.line, finding.within.end_line
    return finding.at.line, finding.at.end_line
