"""Rules over a project: what was found, minus what comments and settings take away."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gokart_lint.facts import Comment, Unreadable
from gokart_lint.findings import Finding
from gokart_lint.own_rules import OwnRules, own_rules
from gokart_lint.project.discovery import DiscoveryError, Files, discover
from gokart_lint.project.enclosing import within
from gokart_lint.project.ignoring import Ignored
from gokart_lint.project.loading import Loaded, Loader
from gokart_lint.project.sealing import digest
from gokart_lint.project.stamps import stamp
from gokart_lint.project.store import Store, code_version
from gokart_lint.selection import covers
from gokart_lint.settings import Settings

if TYPE_CHECKING:
    from gokart_lint.judgements import Judgements
    from gokart_lint.project.module import Module
    from gokart_lint.project.project import Project
    from gokart_lint.rules.registry import Report, Rule

__all__ = ['Checked', 'DiscoveryError', 'check']

_RECURSION = 20_000  # frames: facts may be nested as deep as reading.syntax.MAX_DEPTH lets them be
_TOGETHER, _MOST_TOGETHER = 16, 48  # files that are judged before the project forgets: those of a folder share what they ask
_ALONE = 100  # files: so few are judged one by one, so that the next change concerns fewer
_COLLECT_AFTER = 200  # modules that were forgotten, but not taken apart: some twenty megabytes of what was known of them
_WORTH_KEEPING = 20  # files
_UNREADABLE = 'GK900'

File = tuple[str, Sequence['Rule']]
"""The path of a file, and the rules that judge it."""


class Checked(msgspec.Struct, frozen=True):
    """What a run found: its findings in the order of path, place and code, the files that it judged, and what to say beside it.

    `failures` name the rules that broke: a fault of theirs, never of the code that is judged, and what they would have found is unknown.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


_checked_decoder = msgspec.msgpack.Decoder(Checked)
_paths_decoder = msgspec.msgpack.Decoder(tuple[str, ...])


def check(
    paths: Sequence[Path],
    settings: Settings,
    *,
    overlay: Mapping[Path, bytes] | None = None,
    cache_dir: Path | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """Judge the Python files below some paths.

    `overlay` gives the bytes of files in place of the disk's: standard input, and fixes that are not written yet. `cache_dir` None
    remembers nothing. `progress(done, total)` is told of files as they are read. Raises DiscoveryError for a path that does not exist,
    and SettingsError for own rules that cannot be loaded.
    """
    own = own_rules(settings)
    laid = {_absolute(path): data for path, data in (overlay or {}).items()}
    root = _absolute(settings.root)
    with at_ease():
        files = discover([_absolute(path) for path in paths], root, settings.extend_exclude, laid)
        store = Store(cache_dir)
        loader = Loader(files, _roots(root, settings), store, overlay=laid, jobs=jobs, progress=progress)
        results = _Results(store, _key(settings, own, files, loader))
        stored = results.load()
        if stored is not None:
            return msgspec.structs.replace(stored, warnings=(*files.warnings, *loader.warnings))
        loaded = loader.load(root, settings.luigi_config)
        checked = _judge(loaded, files, settings, own, store)
        store.tidy()  # before the results: the next run is answered from them, and would not remove what one leaves that is killed here
        if not checked.warnings and not checked.failures:
            results.save(checked, loaded.project.consulted)
        return checked


class _Results:
    """The results of earlier runs. One holds while the Python files say the same, and the other files that it rested on."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        self._key = key

    def load(self) -> Checked | None:
        """What the same run found before."""
        consulted = self._store.result(self._key)
        if consulted is None:
            return None
        data = self._store.result(digest(self._key, stamp(_paths_decoder.decode(consulted))))
        return None if data is None else _checked_decoder.decode(data)

    def save(self, checked: Checked, consulted: Sequence[str]) -> None:
        """Keep what a run found, and the paths beside the Python files that it looked at."""
        self._store.save_result(self._key, msgspec.msgpack.encode(consulted))
        self._store.save_result(digest(self._key, stamp(consulted)), msgspec.msgpack.encode(checked))


def _absolute(path: Path) -> str:
    return os.path.abspath(path).replace(os.sep, '/')


def _roots(root: str, settings: Settings) -> list[str]:
    return [_absolute(Path(root) / folder) for folder in settings.src]


def _key(settings: Settings, own: OwnRules, files: Files, loader: Loader) -> bytes:
    """A name for all Python files and settings that the findings depend on."""
    content = (part for path, entry in loader.entries.items() for part in (path.encode('utf-8', 'surrogateescape'), entry.digest))
    judged = (path.encode('utf-8', 'surrogateescape') for path in files.judged)
    folders = (folder.encode('utf-8', 'surrogateescape') for folder in files.folders)
    return digest(_key_of_rules(settings, own), *judged, b'', *folders, b'', *content)


def _key_of_rules(settings: Settings, own: OwnRules) -> bytes:
    """A name for all beside the files that the findings depend on, and for the folder that paths are shown from."""
    code = code_version('rules', 'bodies', 'wiring', 'project', 'project/configuration', '.')
    return digest(settings.encode(), own.stamp, code.encode(), os.getcwd().encode('utf-8', 'surrogateescape'))


def _judge(loaded: Loaded, files: Files, settings: Settings, own: OwnRules, store: Store) -> Checked:
    from gokart_lint.judgements import Judgements
    from gokart_lint.rules.registry import rules_of_check  # a run whose result is stored needs no rule

    rules = settings.selected((*rules_of_check(), *own.rules))
    run = _Run(settings, rules, [rule.code for rule in own.rules])
    gc.freeze()  # what is there before the first file stays to the end: `collect` need not go through it
    found: list[Finding] = []
    unjudged: list[str] = []
    readable: list[File] = []
    for path in files.judged:
        if path not in loaded.entries:
            continue
        ignored = settings.ignored_in(Path(path))
        chosen = _without(ignored, rules)
        if path in loaded.unreadable:
            found += _unreadable(path, loaded.unreadable[path], chosen)
            unjudged += _unjudged(path, loaded.unreadable[path], chosen, (*settings.ignore, *ignored))
        else:
            readable.append((path, chosen))
    keeps = len(readable) >= _WORTH_KEEPING and not run.remembers
    judgements = Judgements(store, _key_of_rules(settings, own), loaded) if keeps else None
    found += _judged(loaded.project, readable, run, judgements)
    found += run.of_configuration(loaded.project, rules, files)
    if judgements is not None and not run.failures:
        judgements.save(loaded.project.configuration.consulted)
    found.sort(key=lambda each: (each.path, each.at, each.code, each.message))
    judged = tuple(_shown(path) for path in files.judged if path in loaded.entries)
    return Checked(tuple(found), judged, (*files.warnings, *loaded.warnings, *unjudged), run.failures)


def _without(ignored: Sequence[str], rules: Sequence[Rule]) -> Sequence[Rule]:
    """Some rules but for those that are ignored."""
    if not ignored:
        return rules
    return tuple(rule for rule in rules if not any(rule.code.startswith(code) or code == 'ALL' for code in ignored))


def _judged(project: Project, files: Sequence[File], run: _Run, judgements: Judgements | None) -> Iterator[Finding]:
    """What is found in some files by their rules: what earlier runs found where that still holds, and the rest is judged."""
    known = judgements.found if judgements is not None else {}
    project.forget()
    pending = [(path, rules) for path, rules in files if path not in known]
    yield from (each for path, _ in files for each in known.get(path, ()))
    forgotten = 0
    for together in _by_folder(pending) if len(pending) > _ALONE else ([each] for each in pending):
        found = {}
        for path, rules in together:
            module = project.module(path)
            found[path] = () if module is None else tuple(run.judged(module, rules))
            yield from found[path]
        forgotten += project.linked
        rested_on = project.forget(wholly=not run.remembers)
        if judgements is not None:
            judgements.add(found, rested_on)
        if run.remembers and forgotten > _COLLECT_AFTER:
            gc.collect()  # what rules worked out refers to itself in circles
            forgotten = 0


def _by_folder(files: Iterable[File]) -> Iterator[list[File]]:
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


class _Run:
    """What the rules of one run found, and which of them broke where."""

    def __init__(self, settings: Settings, rules: Sequence[Rule], own_codes: Sequence[str]) -> None:
        self._settings = settings
        self._own_codes = own_codes
        self.remembers = any(rule.provider for rule in rules)
        """Whether a rule may hold what it was shown of one file when it judges the next one: only own rules may."""
        self._broken: dict[str, list[str]] = {}

    @property
    def failures(self) -> tuple[str, ...]:
        """A message for each rule that broke, with the first file."""
        return tuple(found[0] + _elsewhere(len(found) - 1) for _, found in sorted(self._broken.items()))

    def judged(self, module: Module, rules: Sequence[Rule]) -> list[Finding]:
        """What some rules find in a module."""
        shown = _shown(module.path)
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
            shown, ignored = _shown(file.path), settings.ignored_in(Path(file.path))
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


def _unreadable(path: str, why: Unreadable, rules: Sequence[Rule]) -> list[Finding]:
    return [
        Finding(_shown(path), why.at, rule.code, rule.name, why.reason, None, why.at.line) for rule in rules if rule.code == _UNREADABLE
    ]


def _unjudged(path: str, why: Unreadable, rules: Sequence[Rule], ignored: Iterable[str]) -> list[str]:
    """A warning for a file that a run which selects other rules would pass over in silence; whoever ignores GK900 wants none."""
    if any(rule.code == _UNREADABLE for rule in rules) or any(covers(code, _UNREADABLE) for code in ignored):
        return []
    return [f'{_shown(path)}:{why.at.line}: not judged, since it cannot be read: {why.reason} ({_UNREADABLE} is not selected)']


def _shown(path: str) -> str:
    """A path as the user would type it."""
    return path.removeprefix(f'{os.getcwd().replace(os.sep, "/").rstrip("/")}/')


@contextmanager
def at_ease() -> Iterator[None]:
    """No garbage collection among millions of values that all live to the end, and room for deeply nested code."""
    was_enabled, limit = gc.isenabled(), sys.getrecursionlimit()
    gc.disable()
    sys.setrecursionlimit(max(limit, _RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        gc.unfreeze()  # a run of --fix judges several times
        if was_enabled:
            gc.enable()
