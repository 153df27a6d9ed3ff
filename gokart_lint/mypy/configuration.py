"""Which parameters the project's luigi configuration files give, as far as a type checker may rely on it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mypy.nodes import TypeInfo, Var

from gokart_lint.mypy import names

if TYPE_CHECKING:
    from gokart_lint.mypy.project_model import ProjectModel
    from gokart_lint.mypy.settings import PluginSettings
    from gokart_lint.project.configuration.lookup import Configuration

_INSTALLED = frozenset({'site-packages', 'dist-packages'})


class GivenByConfiguration:
    """Asks the linter's model of the project, which finds the files by the text of the project's code."""

    def __init__(self, settings: PluginSettings, model: ProjectModel) -> None:
        self._settings = settings
        self._model = model

    def may_give(self, task: TypeInfo, parameter: str) -> bool:
        """Whether a task may get a parameter without being handed it."""
        if self._settings.missing_parameters != 'config-aware':
            return self._settings.missing_parameters == 'never'
        found = self._configuration
        return found.is_open or bool(found.keys(self._sections(task), parameter)) or found.gives(self._sections(task), parameter) is True

    def report(self) -> Any:
        """What the files say, for mypy's cache: an edited value may change what is missing."""
        if self._settings.missing_parameters != 'config-aware':
            return None
        given = {f'{section.name}.{key.name}' for file in self._configuration.files for section in file.sections for key in section.keys}
        given |= {f'{each.section}.{each.key}' for each in self._configuration.set_in_code}
        return [self._configuration.is_open, *sorted(given)]

    def _sections(self, task: TypeInfo) -> frozenset[str]:
        """The sections that may mean a task: its class name alone or behind any namespace (luigi.task.Task.get_task_family)."""
        symbol = task.get('task_namespace')
        is_set = symbol is not None and isinstance(symbol.node, Var) and not names.of_library(symbol.node.info)
        ending = f'.{task.name}'
        return frozenset({name for name in self._written if name.endswith(ending) or (name == task.name and not is_set)} | {task.name})

    @cached_property
    def _written(self) -> frozenset[str]:
        files = {section.name for file in self._configuration.files for section in file.sections}
        return frozenset(files | {each.section for each in self._configuration.set_in_code})

    @property
    def _configuration(self) -> Configuration:
        return self._model.configuration


def may_hold_tasks(path: str) -> bool:
    """Whether the results of a module may depend on the configuration: mypy checks it anew when that changes."""
    parts = frozenset(path.replace(os.sep, '/').split('/'))
    if 'typeshed' in parts:
        return False
    if parts.isdisjoint(_INSTALLED):
        return True
    if not parts.isdisjoint(names.LIBRARIES):
        return False
    try:
        text = Path(path).read_bytes()
    except OSError:
        return False
    return b'gokart' in text or b'luigi' in text
