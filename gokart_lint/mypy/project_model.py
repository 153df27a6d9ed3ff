"""The linter's model of the project, for what one file of it does not show: configuration files, and what stands below a class."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gokart_lint.project.configuration.lookup import Configuration
    from gokart_lint.project.project import Project


class ProjectModel:
    """Reads the project's text when it is first asked; facts of files that did not change come from `cache`."""

    def __init__(self, root: str, cache: Path | None) -> None:
        self._root = os.path.abspath(root).replace(os.sep, '/')
        self._cache = cache

    @cached_property
    def configuration(self) -> Configuration:
        """What luigi's configuration files give: the one question of every run, so nothing more is read for it."""
        from gokart_lint.project.configuration.alone import configuration_alone
        from gokart_lint.project.discovery import discover

        excluded, sources, luigi_config = self._of_linter
        files = discover([self._root], self._root, excluded)
        return configuration_alone(files.known, self._root, self._folders(sources), luigi_config)

    @cached_property
    def project(self) -> Project:
        """All files below the root that concern a task."""
        from gokart_lint.project.discovery import discover
        from gokart_lint.project.loading import Loader
        from gokart_lint.project.store import Store

        excluded, sources, luigi_config = self._of_linter
        store = Store(self._cache)
        loader = Loader(discover([self._root], self._root, excluded), self._folders(sources), store, overlay={})
        loaded = loader.load(self._root, luigi_config)
        store.tidy()
        return loaded.project

    def forget(self) -> None:
        """Read the code anew when it is asked for again: a file has changed."""
        self.__dict__.pop('project', None)

    def defined_below(self, path: str, qualname: str, names: Collection[str]) -> frozenset[str]:
        """Those of some names that the project's subclasses of a class define, or may define: a base may use what each of them has."""
        from gokart_lint.project.attributes import defined_below

        module = self.project.module(os.path.abspath(path).replace(os.sep, '/'))
        found = module.class_named(qualname) if module is not None else None
        below = defined_below(found) if found is not None else frozenset()
        return frozenset(names) if below is None else below.intersection(names)

    @cached_property
    def _of_linter(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """What `[tool.gokart-lint]` excludes, its source folders, and the configuration files that it names."""
        from gokart_lint.settings import Settings, SettingsError, load_settings

        root = Path(self._root)
        try:
            settings = load_settings(root)
        except SettingsError:  # the linter's to complain of
            settings = Settings(root)
        return settings.extend_exclude, settings.src, settings.luigi_config

    def _folders(self, sources: Sequence[str]) -> list[str]:
        return [f'{self._root}/{each}' for each in sources]
