"""Rules over a project: what was found, minus what comments and settings take away."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gokart_lint.facts import Unreadable
from gokart_lint.findings import Finding, shown_path
from gokart_lint.own_rules import OwnRules, own_rules
from gokart_lint.project.discovery import DiscoveryError, Files, discover
from gokart_lint.project.loading import Loaded, Loader
from gokart_lint.project.sealing import digest
from gokart_lint.project.stamps import stamp
from gokart_lint.project.store import Store, code_version
from gokart_lint.selection import covers
from gokart_lint.settings import Settings

if TYPE_CHECKING:
    from gokart_lint.judging import File
    from gokart_lint.rules.registry import Rule

__all__ = ['Checked', 'DiscoveryError', 'check']

_RECURSION = 20_000  # frames: facts may be nested as deep as reading.syntax.MAX_DEPTH lets them be
_ALONE = 24  # files, as many as are judged together at most: so few are judged one by one, so that the next change concerns fewer
_WORTH_KEEPING = 20  # files
_UNREADABLE = 'GK900'


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
    remembers nothing. `progress(done, total)` is told of files as they are read, and then as they are judged. Raises DiscoveryError for
    a path that does not exist, and SettingsError for own rules that cannot be loaded.
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
        checked = _judge(loaded, files, settings, own, store, jobs=jobs, progress=progress)
        store.tidy()  # before the results: the next run is answered from them, and would not remove what one leaves that is killed here
        if not checked.warnings and not checked.failures:
            results.save(checked, loaded.project.consulted)
        if not own.rules:  # they may hold what they were shown
            loaded.project.take_apart()
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
    content = [(os.fsencode(path), entry.digest) for path, entry in loader.entries.items()]
    named = [os.fsencode(path) for path in files.judged], [os.fsencode(path) for path in files.folders]
    return digest(_key_of_rules(settings, own), msgspec.msgpack.encode((content, named)))


def _key_of_rules(settings: Settings, own: OwnRules) -> bytes:
    """A name for all beside the files that the findings depend on, and for the folder that paths are shown from."""
    code = code_version('rules', 'bodies', 'wiring', 'project', 'project/configuration', '.')
    return digest(settings.encode(), own.stamp, code.encode(), os.getcwd().encode('utf-8', 'surrogateescape'))


def _judge(
    loaded: Loaded,
    files: Files,
    settings: Settings,
    own: OwnRules,
    store: Store,
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    from gokart_lint.judgements import Judgements
    from gokart_lint.judging import Run
    from gokart_lint.rules.registry import rules_of_check  # a run whose result is stored needs no rule
    from gokart_lint.sharing import shared_out

    rules = settings.selected((*rules_of_check(), *own.rules))
    run = Run(settings, rules, [rule.code for rule in own.rules])
    gc.freeze()  # what is there before the first file stays to the end: `collect` need not go through it
    readable, found, unjudged = _sorted_out(loaded, files, settings, rules)
    keeps = len(readable) >= _WORTH_KEEPING and not run.remembers
    judgements = Judgements(store, _key_of_rules(settings, own), loaded) if keeps else None
    known = judgements.found if judgements is not None else {}
    pending = [(path, rules) for path, rules in readable if path not in known]
    found += (each for path, _ in readable for each in known.get(path, ()))
    for judged in shared_out(loaded.project, run, _groups(pending), jobs=jobs, progress=progress):
        found += (each for some in judged.found.values() for each in some)
        run.blame(judged.broken)
        if judgements is not None:
            judgements.add(judged.found, judged.rests_on)
    found += run.of_configuration(loaded.project, rules, files)
    if judgements is not None and not run.failures:
        judgements.save(loaded.project.configuration.consulted)
    found.sort(key=lambda each: (each.path, each.at, each.code, each.message))
    paths = tuple(shown_path(path) for path in files.judged if path in loaded.entries)
    return Checked(tuple(found), paths, (*files.warnings, *loaded.warnings, *unjudged), run.failures)


def _sorted_out(loaded: Loaded, files: Files, settings: Settings, rules: Sequence[Rule]) -> tuple[list[File], list[Finding], list[str]]:
    """The files that can be read, each with its rules; what is found in the others, and warnings of them."""
    readable: list[File] = []
    found: list[Finding] = []
    unjudged: list[str] = []
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
    return readable, found, unjudged


def _groups(files: Sequence[File]) -> Sequence[Sequence[File]]:
    """Few files are judged one by one, so that the next change concerns fewer."""
    from gokart_lint.judging import by_folder

    return list(by_folder(files)) if len(files) > _ALONE else [[each] for each in files]


def _without(ignored: Sequence[str], rules: Sequence[Rule]) -> Sequence[Rule]:
    """Some rules but for those that are ignored."""
    if not ignored:
        return rules
    return tuple(rule for rule in rules if not any(rule.code.startswith(code) or code == 'ALL' for code in ignored))


def _unreadable(path: str, why: Unreadable, rules: Sequence[Rule]) -> list[Finding]:
    return [
        Finding(shown_path(path), why.at, rule.code, rule.name, why.reason, None, why.at.line) for rule in rules if rule.code == _UNREADABLE
    ]


def _unjudged(path: str, why: Unreadable, rules: Sequence[Rule], ignored: Iterable[str]) -> list[str]:
    """A warning for a file that a run which selects other rules would pass over in silence; whoever ignores GK900 wants none."""
    if any(rule.code == _UNREADABLE for rule in rules) or any(covers(code, _UNREADABLE) for code in ignored):
        return []
    return [f'{shown_path(path)}:{why.at.line}: not judged, since it cannot be read: {why.reason} ({_UNREADABLE} is not selected)']


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
