"""Where the values are from that luigi finds by itself, for the report: the file and the line, or the default."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_gokart.parameters.sources import Sources

DEFAULT = 'its default'
SAMPLE = 'a sample'
BRANCH = 'a branch'
UNSEEN = "luigi's configuration, or the class itself"
_GOKART_SECTION = 'TaskOnKart'


def found_by_luigi(task_class: Any, name: str, parameter: Any, sources: Sources) -> str:
    """What gives a parameter that is not handed over: the last line that says it, as luigi lets the last file win."""
    place = _written(task_class, name, parameter, sources)
    if place:
        return place
    from luigi.parameter import _no_value

    return UNSEEN if parameter._default is _no_value else DEFAULT


def _written(task_class: Any, name: str, parameter: Any, sources: Sources) -> str:
    if sources.configuration is None:
        return ''
    read = 'toml' if os.environ.get('LUIGI_CONFIG_PARSER') == 'toml' else 'ini'  # luigi reads with one parser alone
    deprecated = getattr(parameter, '_config_path', None) or {}
    searched = [({deprecated.get('section', '')}, deprecated.get('name', '')), ({task_class.get_task_family()}, name)]
    if _may_be_in_gokarts_section(task_class, name):
        searched.append(({_GOKART_SECTION}, name))
    for sections, key in reversed(searched):
        found = [each for each in sources.configuration.keys(sections, key) if each[0].kind == read]
        if found:
            file, line = found[-1][0].path, found[-1][1].line
            return f'{sources.shown(file)}:{line}'
    return ''


def _may_be_in_gokarts_section(task_class: type, name: str) -> bool:
    """Whether [TaskOnKart] is looked at (gokart.task.TaskOnKart._add_configuration of gokart 1.12.2)."""
    base = next((each for each in task_class.__mro__ if each.__module__ == 'gokart.task' and each.__name__ == 'TaskOnKart'), None)
    return base is not None and (name in vars(base) or name in vars(task_class))


def sampled(task_class: Any, name: str, sources: Sources) -> str:
    """A sample, with the place where the project's code sets the value when it really runs."""
    for each in () if sources.configuration is None else sources.configuration.set_in_code:
        if each.section == task_class.get_task_family() and each.key.replace('-', '_') == name:
            return f'{SAMPLE}; {sources.shown(each.module)}:{each.at.line} sets it when the project runs'
    return SAMPLE
