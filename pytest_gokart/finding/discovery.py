"""The pipelines of a project, found by its text: nothing of it is imported or run.

Only the modules that hold a pipeline are imported later, by `importing`.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_gokart.values import PATTERNS, BrokenFile, LeftOut, Pipeline, Place

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.configuration.lookup import Configuration
    from gokart_lint.project.loading import Loaded
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings
    from pytest_gokart.finding.builders import Builders
    from pytest_gokart.finding.homes import Home

_RECURSION = 20_000  # frames: facts may be nested deeply (gokart_lint.checking)


@dataclass(frozen=True)
class Found:
    """What a search found.

    The pipelines by file and line, luigi's configuration, the full names of all task classes, the files that cannot be read, and the
    task classes that are no pipelines (which workers of xdist do not need).
    """

    pipelines: tuple[Pipeline, ...] = ()
    configuration: Configuration | None = None
    classes: tuple[str, ...] = ()
    broken: tuple[BrokenFile, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def find(root: str, files: Iterable[str] | None = None, patterns: Sequence[str] = PATTERNS) -> tuple[Pipeline, ...]:
    """The pipelines of the project below a folder, or those in some of its files."""
    found = search(root, patterns).pipelines
    wanted = None if files is None else {_absolute(path) for path in files}
    return tuple(each for each in found if wanted is None or each.class_at.path in wanted)


def search(
    root: str,
    patterns: Sequence[str] = PATTERNS,
    *,
    roots: Sequence[str] = (),
    is_test: Callable[[str], bool] | None = None,
    cache: Path | None = None,
) -> Found:
    """The pipelines of the project below a folder, its luigi configuration and its task classes.

    `patterns` are names of pipelines, `roots` folders on sys.path, `is_test` is asked of paths relative to `root` (default:
    as `gokart_lint.project.testing` has it), and `cache` is a
    folder to remember facts in.
    """
    from pytest_gokart.finding.broken_files import broken_files, is_for_python_2
    from pytest_gokart.finding.builders import Builders
    from pytest_gokart.finding.homes import Homes

    judge = is_test or _is_test()
    root = _absolute(root)

    def tests(path: str) -> bool:
        return judge(os.path.relpath(path, root).replace(os.sep, '/'))

    with _no_pauses():
        loaded, all_roots = _loaded(root, roots, cache)
        builders, homes = Builders(loaded.project, tests), Homes(loaded.entries, all_roots, tests)
        found: list[Pipeline] = []
        names: list[str] = []
        left_out: list[LeftOut] = []
        for path in loaded.entries:
            module = None if tests(path) else loaded.project.module(path)
            if module is None or not any(each.is_luigi_task for each in module.classes):
                continue
            names += [f'{homes.name(path)}.{each.qualname}' for each in module.classes if each.is_luigi_task]
            classes, others = _judged(module, patterns, builders)
            left_out += others
            if classes and not is_for_python_2(path, loaded.entries[path].imports):
                home, runs = homes.of(path), _unguarded(loaded, homes.reached(path))
                found += [_pipeline(each, home, runs) for each in classes]
        broken = tuple(broken_files(loaded, homes, tests, names, patterns))
        return Found(tuple(found), loaded.project.configuration, tuple(names), broken, tuple(left_out))


def encode(found: Found) -> bytes:
    """The bytes that `decode` reads back, in another process."""
    import msgspec

    return msgspec.msgpack.encode((found.pipelines, found.configuration, found.classes, found.broken))


def decode(data: bytes) -> Found:
    """What was found, from the bytes of `encode`."""
    import msgspec

    from gokart_lint.project.configuration.lookup import Configuration

    fields = tuple[tuple[Pipeline, ...], Configuration | None, tuple[str, ...], tuple[BrokenFile, ...]]
    return Found(*msgspec.msgpack.decode(data, type=fields))


def _is_test() -> Callable[[str], bool]:
    from gokart_lint.project.testing import is_test  # a session without gokart pays for nothing of the linter

    return is_test


def _loaded(root: str, roots: Sequence[str], cache: Path | None) -> tuple[Loaded, list[str]]:
    """The project below a folder, read as far as it concerns tasks, and the folders that it is imported from."""
    from gokart_lint.project.discovery import discover
    from gokart_lint.project.loading import Loader
    from gokart_lint.project.store import Store

    settings = _settings(root)
    all_roots = list(dict.fromkeys([*map(_absolute, roots), *(_absolute(os.path.join(settings.root, each)) for each in settings.src)]))
    store = Store(cache)
    loader = Loader(discover([root], root, settings.extend_exclude), all_roots, store, overlay={})
    loaded = loader.load(root, settings.luigi_config)
    store.tidy()
    return loaded, [each for each in all_roots if os.path.isdir(each)]


def _settings(root: str) -> Settings:
    """What `[tool.gokart-lint]` says of the project; a table that is wrong is the linter's to complain of."""
    from gokart_lint.settings import Settings, SettingsError, load_settings

    try:
        return load_settings(Path(root))
    except SettingsError:
        return Settings(Path(root))


def _judged(module: Module, patterns: Sequence[str], builders: Builders) -> tuple[list[Class], list[LeftOut]]:
    """The pipelines of a module, and its other task classes."""
    from gokart_lint.project.importing import main_classes
    from pytest_gokart.finding.pipelines import reason_against

    hidden = main_classes(module)
    by_name = {each.qualname: each for each in module.classes if each.qualname not in hidden}  # of several with one name the last
    pipelines, others = [], []
    for task in by_name.values():
        if task.is_luigi_task and '<locals>' not in task.qualname:
            reason = reason_against(task, patterns, builders)
            if reason is None:
                pipelines.append(task)
            else:
                others.append(LeftOut(module.path, task.qualname, reason))
    return pipelines, others


def _unguarded(loaded: Loaded, paths: Iterable[str]) -> tuple[Place, ...]:
    from gokart_lint.project.importing import runs_at_import

    modules = (loaded.project.module(path) for path in paths)
    return tuple(Place(module.path, run.at.line) for module in modules if module is not None for run in runs_at_import(module))


def _pipeline(task: Class, home: Home, runs: tuple[Place, ...]) -> Pipeline:
    from gokart_lint.project.classes import Method

    at = Place(task.module.path, task.facts.name_at.line)
    method = task.method('requires')
    requires_at = Place(method.owner.module.path, method.function.name_at.line) if isinstance(method, Method) else at
    return Pipeline(home.module, task.qualname, home.root, at, requires_at, runs, home.folders)


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path).replace(os.sep, '/')


@contextmanager
def _no_pauses() -> Iterator[None]:
    """No garbage collection among values that all live to the end, and room for deeply nested code."""
    was_enabled, limit = gc.isenabled(), sys.getrecursionlimit()
    gc.disable()
    sys.setrecursionlimit(max(limit, _RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if was_enabled:
            gc.enable()
