"""Where the values of parameters come from: a hook, pyproject.toml, luigi's configuration files, the default; last of all, samples.

Only the first two give values here. What the configuration files say is luigi's business: `config_files` are those to load before
anything is asked of a task class, and what they say is read again for its lines alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_gokart.parameters import tables
from pytest_gokart.parameters.tables import SettingsError, Table, nearest
from pytest_gokart.parameters.unclear import told
from pytest_gokart.values import Problem

if TYPE_CHECKING:
    from gokart_lint.project.configuration.lookup import Configuration

Hook = Callable[[type], Iterable[object]]
"""Asks every conftest.py near a task class (`pytest_gokart_parameters`) for answers, the nearest first; an Answer says whose it is."""

HOOK = 'pytest_gokart_parameters in conftest.py'
OPTION = 'gokart_luigi_config'
KIND = 'parameter'
"""The kind of every problem that is found before a task is built."""


class Answer(NamedTuple):
    """What one hook said, and whose hook that is."""

    value: object
    origin: str


@dataclass(frozen=True)
class Given:
    """Values for a class, where each is from, and what is wrong with what was given."""

    values: Mapping[str, object] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def _no_hook(task_class: type) -> Iterable[object]:
    return ()


@dataclass(frozen=True)
class Sources:
    """What gives values in one session; made by `gather`.

    `config_files` are the absolute paths of the luigi configuration files, in the order to load them. `configuration` is what they say,
    for the lines. `unclear` are places where the code names more of them than its text shows.
    """

    root: str
    hook: Hook = _no_hook
    tables: Mapping[str, Table] = field(default_factory=dict)
    configuration: Configuration | None = None
    config_files: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    def given(self, task_class: type) -> Given:
        """What the hook and pyproject.toml say for a class, name by name; the hook comes first."""
        from pytest_gokart.parameters.giving import Giving

        giving = Giving(task_class)
        giving.take_answers(self.hook, HOOK)
        if (table := self.tables.get(f'{task_class.__module__}.{task_class.__qualname__}')) is not None:
            giving.take_table(table)
        return giving.result()

    def misnamed(self, classes: Iterable[str]) -> tuple[Problem, ...]:
        """The tables of pyproject.toml that name no class: `classes` are the full names of all task classes of the project."""
        known = set(classes)
        return tuple(
            Problem(KIND, f'[{tables.TABLE}.{tables.KEY}."{name}"] names no task class{nearest(name, sorted(known))}', at=table.at)
            for name, table in sorted(self.tables.items())
            if name not in known
        )

    def shown(self, path: str) -> str:
        """A path as it is told: below the root, relative to it."""
        relative = os.path.relpath(path, self.root)
        return path if relative.startswith(os.pardir) else relative.replace(os.sep, '/')


def gather(root: str, *, hook: Hook = _no_hook, configuration: Configuration | None = None, luigi_config: Sequence[str] = ()) -> Sources:
    """The sources of a project in a folder. Raises SettingsError for a setting that is wrong.

    `configuration` is that of the static Project (`project.configuration`). `luigi_config`, the ini option, stands in its place.
    """
    unclear: tuple[str, ...] = ()
    if luigi_config:
        configuration = _only(root, luigi_config)
        paths = [file.path for file in configuration.files]
    else:
        paths = [file.path for file in configuration.files] if configuration is not None else []
        by_hand = os.path.abspath(os.path.join(root, os.environ.get('LUIGI_CONFIG_PATH', '')))
        paths = [by_hand, *paths] if os.path.isfile(by_hand) and by_hand not in paths else paths
        unclear = tuple(told(each, root) for each in _unclear(configuration))
    return Sources(root, hook, tables.read(root), configuration, tuple(dict.fromkeys(paths)), unclear)


def _only(root: str, luigi_config: Sequence[str]) -> Configuration:
    """The configuration that some files give, by their paths from the root."""
    from gokart_lint.project.configuration.file import kind_of, parse
    from gokart_lint.project.configuration.lookup import Configuration

    files = []
    for given in luigi_config:
        path = os.path.normpath(os.path.join(root, given))
        try:
            with open(path, 'rb') as file:
                files.append(parse(path, kind_of(path), file.read()))
        except OSError as error:
            raise SettingsError(f'{OPTION}: {given}: it cannot be read: {error.strerror or error}') from None
    return Configuration(tuple(files))


def _unclear(configuration: Configuration | None) -> Sequence[Any]:
    return () if configuration is None else configuration.unclear
