"""The pipelines of a project, found by its text: nothing of it is imported or run.

Only the modules that hold a pipeline are imported later, by `importing`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_gokart.values import Pipeline, Place

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.loading import Loaded
    from gokart_lint.project.module import Module

PATTERNS = ('*Pipeline*',)
_TEST_FOLDERS = frozenset({'test', 'tests'})


def is_test(path: str) -> bool:
    """Whether a file below a project's root holds tests or helps them, as pytest names such files unasked.

    A folder of tests is no package inside another one: `app/test/train.py` is a part of `app`.
    """
    *folders, name = path.split('/')
    if name == 'conftest.py' or name.startswith('test_') or name.endswith('_test.py'):
        return True
    return bool(_TEST_FOLDERS.intersection(folders))


@dataclass(frozen=True)
class Found:
    """What a search found: the pipelines in the order of their files and lines, and the luigi configuration files of the project."""

    pipelines: tuple[Pipeline, ...]
    configuration: tuple[str, ...]


def find(root: str, files: Iterable[str] | None = None, patterns: Sequence[str] = PATTERNS) -> tuple[Pipeline, ...]:
    """The pipelines of the project below a folder, or those in some of its files."""
    return search(root, patterns, files=files).pipelines


def search(
    root: str,
    patterns: Sequence[str] = PATTERNS,
    *,
    files: Iterable[str] | None = None,
    roots: Sequence[str] = (),
    is_test: Callable[[str], bool] = is_test,
    cache: Path | None = None,
) -> Found:
    """The pipelines of the project below a folder, or those in some of its files, and its luigi configuration files.

    `roots` are folders on sys.path. `is_test` is asked of paths relative to `root`. `cache` is a folder to remember facts in.
    """
    from gokart_lint.checking import no_pauses
    from pytest_gokart.builders import Builders
    from pytest_gokart.homes import Homes

    root = _absolute(root)

    def is_a_test(path: str) -> bool:
        return is_test(os.path.relpath(path, root).replace(os.sep, '/'))

    with no_pauses():
        loaded, all_roots = _loaded(root, roots, cache)
        wanted = sorted(loaded.entries) if files is None else sorted({_absolute(path) for path in files})
        builders = Builders(loaded.project, is_a_test)
        homes = Homes(loaded.entries, all_roots, is_a_test)
        found: list[Pipeline] = []
        for path in wanted:
            module = None if is_a_test(path) else loaded.project.module(path)
            classes = [] if module is None else list(_pipelines(module, patterns, builders))
            if module is not None and classes:
                home = homes.of(path)
                runs = tuple(run for each in homes.reached(path) for run in _unguarded(loaded, each))
                found += [_pipeline(each, home.module, home.root, runs) for each in classes]
        return Found(tuple(found), tuple(file.path for file in loaded.project.configuration.files))
