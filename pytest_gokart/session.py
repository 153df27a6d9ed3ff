"""What one session knows of the pipelines of its project: searched for when first asked, by the controller alone under xdist."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_gokart.finding.discovery import Found
    from pytest_gokart.parameters.sources import Sources
    from pytest_gokart.values import BrokenFile, LeftOut, Pipeline

_TEST_FILES = ('test_*.py', '*_test.py')
_ANY_NAMES = ('__init__.py', 'tasks.py')
_TEST_FOLDERS = frozenset({'test', 'tests'})
_WORKER_KEY = 'pytest_gokart'
_HOOK = 'pytest_gokart_parameters'


class Session:
    """The settings of a session, and what a search found. `contents` is what becomes items of each file, by its absolute path."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.root = str(config.rootpath).replace(os.sep, '/')
        self.asked: bool | None = config.getoption('gokart')
        self.limit = _whole_number(config, 'gokart_max_branches')

    @property
    def takes_all(self) -> bool:
        """Whether the pipelines of the project belong to the run although no argument names their files."""
        return bool(self.asked) or self.config.args_source is not pytest.Config.ArgsSource.ARGS

    @cached_property
    def found(self) -> Found | None:
        """What a search found; None if the project says nothing of gokart, which costs no more than a look at its files."""
        sent = getattr(self.config, 'workerinput', {}).get(_WORKER_KEY)
        if sent is not None:
            from pytest_gokart.finding.discovery import decode

            return decode(sent) if sent else None
        return self._search()

    @property
    def has_searched(self) -> bool:
        return 'found' in vars(self)

    def send(self, workerinput: dict[str, object]) -> None:
        """Give a worker of xdist what was found, so that all have the same and none searches."""
        if self.takes_all:
            from pytest_gokart.finding.discovery import encode

            workerinput[_WORKER_KEY] = b'' if self.found is None else encode(self.found)

    def _search(self) -> Found | None:
        from pytest_gokart.finding.searching import names_gokart

        skipped = self.config.getini('norecursedirs')
        if importlib.util.find_spec('gokart') is None:
            return None
        if not names_gokart(self.root, lambda name: any(fnmatch(name, pattern) for pattern in skipped)):
            return None
        from pytest_gokart.finding.discovery import search

        try:
            return search(self.root, self.patterns, roots=self._roots(), is_test=self.is_test, cache=_cache(self.config))
        except Exception as error:  # a fault of ours, which must not keep anybody from the tests
            what = f'the search for pipelines broke ({type(error).__name__}: {error}); please report it'
            raise pytest.UsageError(f'pytest-gokart: {what}. `--no-gokart` runs the tests without it.') from error

    def _roots(self) -> list[str]:
        """The folders of the project on sys.path: those of pytest's `pythonpath`, of editable installs, and of whoever set PYTHONPATH."""
        entries = (each.replace(os.sep, '/') for each in sys.path)
        return [each for each in entries if f'{each}/'.startswith(f'{self.root}/') and '/site-packages' not in each]

    @property
    def patterns(self) -> Sequence[str]:
        """The names of pipelines."""
        from pytest_gokart.values import PATTERNS

        return self.config.getini('gokart_pipelines') or PATTERNS

    # --- files ---

    @cached_property
    def contents(self) -> dict[str, list[Pipeline | BrokenFile]]:
        by_path: dict[str, list[Pipeline | BrokenFile]] = {}
        found: list[Pipeline | BrokenFile] = [] if self.found is None else [*self.found.pipelines, *self.found.broken]
        for each in found:
            path = each.at.path
            if self._is_looked_at(path):
                by_path.setdefault(path, []).append(each)
        return dict(sorted(by_path.items()))

    def in_file(self, path: Path) -> list[Pipeline | BrokenFile]:
        """What becomes items of a file that is visited. Nothing is searched for because of files that hold tests."""
        absolute = _with_slashes(path)
        if path.suffix != '.py' or self.is_test(os.path.relpath(absolute, self.root).replace(os.sep, '/')):
            return []
        return self.contents.get(absolute, [])

    def left_out(self, below: Sequence[str] | None = None) -> list[LeftOut]:
        """The task classes that are no pipelines, of those that are looked at; below some files and folders."""
        found = () if self.found is None else self.found.left_out
        return [each for each in found if self._is_looked_at(each.path) and (below is None or _is_below_one(each.path, below))]

    def has_contents(self, below: Sequence[str] | None = None) -> bool:
        """Whether there are pipelines, below some files and folders."""
        return any(below is None or _is_below_one(path, below) for path in self.contents)

    @property
    def arguments(self) -> list[str]:
        """The files and folders that pytest was told of."""
        called_in = self.config.invocation_params.dir
        return [os.path.normpath(_with_slashes(called_in / arg.partition('::')[0])) for arg in self.config.args]

    @property
    def has_paths(self) -> bool:
        return bool(self._paths)

    def _is_looked_at(self, path: str) -> bool:
        return not self._paths or _is_below_one(path, self._paths)

    def is_test(self, path: str) -> bool:
        """Whether a file, given relative to the root, holds tests or helps them; `gokart_paths` may name a folder among tests."""
        absolute = f'{self.root}/{path}'
        named = next((each for each in self._paths if _is_below(absolute, each)), None)
        if named is None and any(_is_below(absolute, folder) for folder in self._test_folders):
            return True
        *folders, name = (path if named is None else absolute[len(named) + 1 :]).split('/')
        if not _TEST_FOLDERS.isdisjoint(folders):
            return True
        return name == 'conftest.py' or any(fnmatch(absolute if '/' in each else name, each) for each in self._test_files)

    @cached_property
    def _paths(self) -> list[str]:
        beside = self.config.inipath.parent if self.config.inipath is not None else self.config.invocation_params.dir
        return [_with_slashes(beside / path) for path in self.config.getini('gokart_paths')]  # pytest 8.0 gives no paths without a file

    @cached_property
    def _test_files(self) -> list[str]:
        """As `python_files` has them; `*.py` lets tests stand anywhere and does not say which files are tests."""
        given = self.config.getini('python_files')
        telling = [each for each in given if not all(fnmatch(name, each) for name in _ANY_NAMES)]
        patterns = telling if len(telling) == len(given) else [*telling, *_TEST_FILES]
        return [f'*/{each}' if '/' in each else each for each in patterns]

    @cached_property
    def _test_folders(self) -> list[str]:
        """The folders of `testpaths` that are called so; there may be others, where tests stand beside the code."""
        paths = (os.path.normpath(f'{self.root}/{each}').replace(os.sep, '/') for each in self.config.getini('testpaths'))
        return [each for each in paths if any(word in os.path.basename(each) for word in ('test', 'spec'))]

    # --- values ---

    @cached_property
    def sources(self) -> Sources:
        """What gives values for parameters."""
        from pytest_gokart.parameters.sources import gather
        from pytest_gokart.parameters.tables import SettingsError

        found = self.found
        try:
            sources = gather(
                self.root,
                hook=self._answers,
                configuration=None if found is None else found.configuration,
                luigi_config=[str(path) for path in self.config.getini('gokart_luigi_config')],
            )
            classes = () if found is None else found.classes
            problems = () if found is not None and found.broken else sources.misnamed(classes)  # nobody knows what those files name
        except SettingsError as error:
            raise pytest.UsageError(str(error)) from None
        if problems:
            raise pytest.UsageError('\n'.join(f'{each.at}: {each.message}' for each in problems))
        return sources

    def _answers(self, task_class: type) -> Iterable[object]:
        """What conftest.py files and plugins say for a class, without the conftest.py files that stand with other pipelines."""
        from pytest_gokart.parameters.sources import Answer

        manager = self.config.pluginmanager
        everybody = manager.get_plugins()
        asked = dict.fromkeys(each.plugin for each in reversed(manager.hook.pytest_gokart_parameters.get_hookimpls()))
        for plugin in asked:
            if not self._is_for_others(plugin, task_class):
                for value in manager.subset_hook_caller(_HOOK, everybody - {plugin})(task_class=task_class):
                    yield Answer(value, f'{_HOOK} in {self._named(plugin)}')

    def _named(self, plugin: object) -> str:
        """The file of a hook, below the root relative to it."""
        file = getattr(plugin, '__file__', None)
        return self.sources.shown(file) if file else self.config.pluginmanager.get_name(plugin) or type(plugin).__name__

    def _is_for_others(self, plugin: object, task_class: type) -> bool:
        file = _with_slashes(getattr(plugin, '__file__', None) or '')
        folder, _, name = file.rpartition('/')
        if name != 'conftest.py':
            return False
        own = _with_slashes(getattr(sys.modules.get(task_class.__module__), '__file__', None) or '')
        return not _is_below(own, folder) and any(_is_below(path, folder) for path in self.contents)


KEY = pytest.StashKey[Session]()


def of(config: pytest.Config) -> Session | None:
    """The session's, None if it is switched off."""
    return config.stash.get(KEY, None)


def known(config: pytest.Config) -> Session:
    """The session's, where it is on."""
    return config.stash[KEY]


def _whole_number(config: pytest.Config, name: str) -> int:
    given = config.getini(name)
    if not str(given).isdecimal() or int(given) < 1:
        raise pytest.UsageError(f'{name}: {given!r} is no whole number above 0')
    return int(given)


def _cache(config: pytest.Config) -> Path | None:
    """A folder in pytest's own cache, if there is one (`-p no:cacheprovider`)."""
    cache = getattr(config, 'cache', None)
    return None if cache is None else Path(cache.mkdir('gokart'))


def _with_slashes(path: Path | str) -> str:
    return str(path).replace(os.sep, '/')


def _is_below_one(path: str, folders: Iterable[str]) -> bool:
    return any(_is_below(path, each) for each in folders)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f'{folder}/')
