"""Faults of luigi's configuration: values that a parameter cannot read, and sections and keys that name nothing but are near something.

The values are those that luigi holds; the files that it read them from are read again for the line alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gokart_lint.project.nearness import misspelt
from pytest_gokart.resolution.labels import text_of
from pytest_gokart.resolution.problems import Finding
from pytest_gokart.resolution.text_values import refusal
from pytest_gokart.values import Place
from pytest_gokart.wording import with_article

_TASK_ON_KART = 'TaskOnKart'
_DEFAULT = 'DEFAULT'
_LONGEST = 80
_ENVIRONMENT = re.compile(r'nonexisting environment variable (\w+)')  # luigi.configuration.cfg_parser.InterpolationMissingEnvvarError


def refused_by_configuration(cls: Any, given: Mapping[str, Any], error: BaseException) -> Iterator[Finding]:
    """The keys of the configuration that a class reads and that its parameters, or luigi itself, cannot parse."""
    found = [*_unparsed(cls, given)]
    yield from found
    said = {each.at for each in found if each.at}
    yield from (each for each in _unreadable(cls.get_task_family(), error) if each.at not in said)


def _unparsed(cls: Any, given: Mapping[str, Any]) -> Iterator[Finding]:
    family = cls.get_task_family()
    for name, parameter in cls.get_params():
        if name in given:
            continue
        yield from _unread(family, name, parameter)
        if parameter._config_path:
            yield from _unread(parameter._config_path['section'], parameter._config_path['name'], parameter)
    yield from _refused_for_all(cls, given)


def _unread(section: str, name: str, parameter: Any) -> Iterator[Finding]:
    try:
        parameter._get_value_from_config(section, name)
    except Exception as error:
        yield _refused(section, name, parameter, error)


def _refused_for_all(cls: Any, given: Mapping[str, Any]) -> Iterator[Finding]:
    """[TaskOnKart], which gokart parses itself (gokart.task.TaskOnKart._add_configuration, gokart 1.12.2)."""
    import gokart

    if not issubclass(cls, gokart.TaskOnKart):
        return
    known = {**vars(gokart.TaskOnKart), **vars(cls)}
    for name in _keys(_TASK_ON_KART):
        if name in known and name not in given:
            try:
                known[name].parse(_value(_TASK_ON_KART, name))
            except Exception as error:
                yield _refused(_TASK_ON_KART, name, known[name], error)


def _refused(section: str, name: str, parameter: Any, error: Exception) -> Finding:
    try:
        value = repr(_value(section, name))
        what = (
            f'{value if len(value) <= _LONGEST else value[:_LONGEST] + "..."}, which {with_article(type(parameter).__name__)} cannot read'
        )
    except Exception:
        what = 'a value that luigi cannot read'
    return _finding(f'the configuration gives [{section}] {name} {what}', error, section, name, refusal(parameter, error))


def _finding(message: str, error: BaseException, section: str, name: str, why: str = '') -> Finding:
    """With what to do where the environment lacks what a file takes from it, as it does on the machine of a newcomer or in CI."""
    said = f'{message} ({why or text_of(error)})'
    variable = _ENVIRONMENT.search(str(error))
    if variable:
        default = f'os.environ.setdefault({variable[1]!r}, ...)'
        said = (
            f"{said}\nSet it where pytest runs, with {default} in conftest.py, or name other files in pytest's setting gokart_luigi_config."
        )
    return Finding('configuration', said, place_of(section, name))


def _unreadable(family: str, error: BaseException) -> Iterator[Finding]:
    """luigi reads all keys of a task's section, also those that are no parameters (luigi.Task.get_param_values)."""
    import configparser

    if isinstance(error, configparser.Error):
        for section in (family, _TASK_ON_KART):
            for name in _keys(section):
                try:
                    _value(section, name)
                except Exception as fault:
                    yield _finding(f'luigi cannot read [{section}] {name}', fault, section, name)


def near_misses(classes: Iterable[Any]) -> Iterator[Finding]:
    """Sections and keys that name nothing and are near a task of the tree, or near one of its parameters."""
    families = {cls.get_task_family(): cls for cls in classes}
    for section in _sections() if families else ():
        if section == _TASK_ON_KART:
            yield from _near_keys_for_all()
        elif section in families:
            names = [name for name, _ in families[section].get_params()]
            yield from _near_keys(section, names, getattr(families[section], 'ignore_unconsumed', ()))
        else:
            yield from _near_section(section, families)


def _near_keys_for_all() -> Iterator[Finding]:
    """Of [TaskOnKart] each class takes what gokart.TaskOnKart or its own body declares, so also a key that is no parameter of gokart."""
    import gokart

    from pytest_gokart.resolution.known_classes import imported

    names = [name for name, _ in gokart.TaskOnKart.get_params()]  # type: ignore[no-untyped-call]
    elsewhere = {key for key in _keys(_TASK_ON_KART) if key not in names and any(key in vars(cls) for cls in imported())}
    yield from _near_keys(_TASK_ON_KART, names, elsewhere)


def _near_keys(section: str, names: list[str], ignored: Iterable[str]) -> Iterator[Finding]:
    keys = _keys(section)
    free = [name for name in names if name not in {key.replace('-', '_') for key in keys}]
    for key in keys:
        name = key.replace('-', '_')
        meant = misspelt(name, free) if name not in names and name not in ignored else None
        if meant:
            message = f'the configuration sets [{section}] {key}, which is no parameter of {section} and has no effect'
            yield Finding('configuration', f'{message}\nDid you mean {meant!r}?', place_of(section, key))


def _near_section(section: str, families: Mapping[str, Any]) -> Iterator[Finding]:
    from pytest_gokart.resolution.known_classes import is_known

    meant = misspelt(section, [*families, _TASK_ON_KART])
    if meant and not is_known(section, families.values()):
        message = f'the configuration has a section [{section}], which names no task and has no effect\nDid you mean [{meant}]?'
        yield Finding('configuration', message, place_of(section))


def _parser() -> Any:
    from luigi import configuration

    return configuration.get_config()  # type: ignore[no-untyped-call]


def _sections() -> list[str]:
    parser = _parser()
    return list(parser.data) if hasattr(parser, 'data') else list(parser.sections())


def _keys(section: str) -> list[str]:
    """The keys of a section without those that it has from [DEFAULT]."""
    parser = _parser()
    sections = parser.data if hasattr(parser, 'data') else parser._sections
    return list(sections.get(section, ()))


def _value(section: str, name: str) -> Any:
    parser = _parser()
    return parser.data[section][name] if hasattr(parser, 'data') else parser.get(section, name)


def place_of(section: str, name: str = '') -> Place | None:
    """The line of a section or key in the last of the files that luigi read and that has it."""
    from gokart_lint.project.configuration.file import kind_of, parse

    for path in reversed(type(_parser())._config_paths):
        if os.path.isfile(path):
            with open(path, 'rb') as file:
                text = parse(path, kind_of(path), file.read())
            for part in reversed([each for each in text.sections if each.name in (section, _DEFAULT)]):
                lines = [key.line for key in part.keys if name.replace('-', '_') == key.name.replace('-', '_')]
                if name and lines:
                    return Place(os.path.abspath(path), lines[-1])
                if not name and part.name == section:
                    return Place(os.path.abspath(path), part.line)
    return None
