"""The rules over the modules of a project, a few files at a time."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gokart_lint.facts import Comment
from gokart_lint.findings import Finding, shown_path
from gokart_lint.project.discovery import Files
from gokart_lint.project.enclosing import within
from gokart_lint.project.ignoring import Ignored
from gokart_lint.settings import Settings

if TYPE_CHECKING:
    from gokart_lint.judgements import Found
    from gokart_lint.project.ledger import Ledger
    from gokart_lint.project.module import Module
    from gokart_lint.project.project import Project
    from gokart_lint.rules.registry import Report, Rule

_TOGETHER, _MOST_TOGETHER = 8, 24  # files that are judged before the project forgets: those of a folder share what they ask
_COLLECT_AFTER = 200  # modules that were forgotten, but not taken apart: some twenty megabytes of what was known of them

File = tuple[str, Sequence['Rule']]
"""The path of a file, and the rules that judge it."""
Broken = Mapping[str, Sequence[str]]
"""By the codes of rules that broke, what to say of it, once for each file."""


def by_folder(files: Iterable[File]) -> Iterator[list[File]]:
    """Some files in groups that end where a folder does, unless it is large."""
    together: list[File] = []
    for file in files:
        new_folder = bool(together) and os.path.dirname(file[0]) != os.path.dirname(together[-1][0])
        if len(together) >= (_TOGETHER if new_folder else _MOST_TOGETHER):
            yield together
            together = []
        together.append(file)
    if together:
        yield together


class Judged(NamedTuple):
    """What was found in some files that were judged together, what it rests on, and which rules broke on them."""

    found: Found
    rests_on: Ledger
    broken: Broken


class Judge:
    """Judges files of a project. It forgets its modules between two groups of files, so that little is held in memory."""

    def __init__(self, project: Project, run: Run) -> None:
        self._project = project
        self._run = run
        self._forgotten = 0
        project.forget()

    def judge(self, together: Sequence[File]) -> Judged:
        """Judge some files."""
        found: Found = {}
        for path, rules in together:
            module = self._project.module(path)
            found[path] = () if module is None else tuple(self._run.judged(module, rules))
        self._forgotten += self._project.linked
        rests_on = self._project.forget(wholly=not self._run.remembers)
        if self._run.remembers and self._forgotten > _COLLECT_AFTER:
            gc.collect()  # what rules worked out refers to itself in circles
            self._forgotten = 0
        return Judged(found, rests_on, self._run.taken_blame())


class Run:
    """What the rules of one run found, and which of them broke where."""

    def __init__(self, settings: Settings, rules: Sequence[Rule], own_codes: Sequence[str]) -> None:
        self._settings = settings
        self._own_codes = own_codes
        self.remembers = any(rule.provider for rule in rules)
        """Whether a rule may hold what it was shown of one file when it judges the next one: only own rules may."""
        self._broken: dict[str, list[str]] = {}

    def taken_blame(self) -> Broken:
        """Which rules broke since this was last asked."""
        taken, self._broken = self._broken, {}
        return taken

    def blame(self, broken: Broken) -> None:
        """Add what `taken_blame` told, of this run or of one in another process."""
        for code, told in broken.items():
            self._broken.setdefault(code, []).extend(told)

    @property
    def failures(self) -> tuple[str, ...]:
        """A message for each rule that broke, with the first file."""
        return tuple(found[0] + _elsewhere(len(found) - 1) for _, found in sorted(self._broken.items()))

    def judged(self, module: Module, rules: Sequence[Rule]) -> list[Finding]:
        """What some rules find in a module."""
        shown = shown_path(module.path)
        found: list[Finding] = []
        unbroken = []
        for rule in rules:
            reports = self._reports(rule, shown, partial(rule.check, module, self._settings))
            if reports is not None:
                unbroken.append(rule)
                found += [_finding(shown, rule, each, module) for each in reports]
        return self._unsuppressed(found, module.facts.comments, shown, unbroken)

    def of_configuration(self, project: Project, rules: Sequence[Rule], files: Files) -> list[Finding]:
        """What the rules for luigi's configuration files find in those below the folders that were named.

        Such a file concerns all tasks of the project: a run on some Python files alone says nothing about it.
        """
        rules = [rule for rule in rules if rule.check_configuration is not None]
        if not rules or not files.folders:
            return []
        found: list[Finding] = []
        settings, excluded = self._settings, Ignored(self._settings.extend_exclude)
        for file in {file.path: file for file in project.configuration.files}.values():
            shown, ignored = shown_path(file.path), settings.ignored_in(Path(file.path))
            below_root = os.path.relpath(file.path, settings.root).replace(os.sep, '/')
            if not file.path.startswith(tuple(f'{folder.rstrip("/")}/' for folder in files.folders)) or excluded.covers(below_root):
                continue
            for rule in rules:
                check = rule.check_configuration
                if check is None or any(rule.code.startswith(code) or code == 'ALL' for code in ignored):
                    continue
                reports = self._reports(rule, shown, partial(check, file, project, settings)) or ()
                above = [Finding(shown, each.at, rule.code, rule.name, each.message, None, each.at.line - 1) for each in reports]
                found += self._unsuppressed(above, file.comments, shown, ())
        return found

    def _reports(self, rule: Rule, shown: str, check: Callable[[], Iterable[Report]]) -> list[Report] | None:
        """What a rule says of a file; None if it broke."""
        try:
            reports = check()
            if reports is None:
                raise TypeError('it returned None; a check yields its Reports')
            return list(dict.fromkeys(map(_sound, reports) if rule.provider else reports))
        except (Exception, SystemExit) as error:
            self._broken.setdefault(rule.code, []).append(f'{shown}: the rule {_blamed(rule, error)}')
            return None

    def _unsuppressed(self, found: Sequence[Finding], comments: Sequence[Comment], shown: str, rules: Sequence[Rule]) -> list[Finding]:
        if not comments:
            return list(found)
        from gokart_lint.suppressions import apply

        kept, unused = apply(found, comments, shown, [rule.code for rule in rules], self._own_codes)
        return [*kept, *unused]


def _finding(shown: str, rule: Rule, report: Report, module: Module) -> Finding:
    place = within(module.facts, report.at)
    return Finding(shown, report.at, rule.code, rule.name, report.message, report.fix, report.at.line, place)


def _sound(report: Report) -> Report:
    """What an own rule yielded, if it is what a rule must yield, down to the last edit."""
    from gokart_lint.rules.registry import Report

    if not isinstance(report, Report):
        raise TypeError(f'it yielded {report!r}, which is no Report')
    sound = msgspec.convert(msgspec.to_builtins(report), Report)
    if min(sound.at.line, sound.at.column) < 1:
        raise ValueError(f'it yielded {report!r}; lines and columns count from 1')
    return sound


def _blamed(rule: Rule, error: BaseException) -> str:
    from gokart_lint.own_rules.blame import place_in

    why = f'{type(error).__name__}: {error}'
    if rule.provider:
        return f'{rule.code} of {rule.module.__name__}, from {rule.provider}, broke: {why}{place_in(error)}'
    return f'{rule.code} broke ({why}); please report it with the file'


def _elsewhere(number: int) -> str:
    return f' (and it broke on {number} other file{"s" if number > 1 else ""})' if number else ''
