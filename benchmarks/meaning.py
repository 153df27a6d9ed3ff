"""What the tasks of some files are and do, told by running them: a fix must not change it.

Each module is executed, each task class is built with plain values for its parameters, and its `run()` is heard out.
"""

from __future__ import annotations

import datetime
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import gokart
import luigi

from benchmarks.odd_modules import Files

VALUES: dict[str, Any] = {
    'IntParameter': 4, 'Parameter': 'text', 'ListParameter': (1, 2), 'DateParameter': datetime.date(2020, 2, 3), 'ChoiceParameter': 1,
}  # fmt: skip

ANY_TASK: Any = gokart.TaskOnKart

Told = dict[tuple[str, str], tuple[object, list[object]]]
Expected = dict[tuple[str, str, str], str]
"""The task class that a parameter expects, by module, class and parameter."""


def difference(before: Files, after: Files, *, renamed: bool) -> str:
    """What the tasks of some files are or do otherwise than before, '' if nothing. With `renamed`, they may run otherwise."""
    expected = expected_by(after)
    old, new = told(before, expected), told(after, expected)
    for name in old.keys() | new.keys():
        was, now = old.get(name), new.get(name)
        if was != now and not (renamed and was is not None and now is not None and was[0] == now[0]):
            return f'{".".join(name)} was {was} and is {now}'
    return ''


def told(files: Files, expected: Expected) -> Told:
    """What there is to say about each task class, and what each module ended with if that is an error."""
    found: Told = {}
    with _imported(files) as modules:
        for module, outcome in modules.items():
            found[module, ''] = (outcome if isinstance(outcome, str) else '', [])
            for each in _tasks(modules, module):
                found[module, each.__qualname__] = (_parameters(each), _run(each, modules, expected))
    return found


def expected_by(files: Files) -> Expected:
    """The task classes that the parameters of some files expect."""
    found: Expected = {}
    with _imported(files) as modules:
        for module in modules:
            for each in _tasks(modules, module):
                for name, parameter in _declared(each):
                    given = getattr(parameter, 'expected_type', getattr(parameter, 'expected_elements_type', None))
                    if given is not None and given is not gokart.TaskOnKart:
                        found[module, each.__qualname__, name] = f'{given.__module__}.{given.__qualname__}'
    return found


@contextmanager
def _imported(files: Files) -> Iterator[dict[str, ModuleType | str]]:
    """The modules, or what they failed with."""
    modules: dict[str, ModuleType | str] = {}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            for path, data in files.items():
                name = path.removesuffix('.py')
                modules[name] = module = ModuleType(name)
                sys.modules[name] = module
                try:
                    exec(compile(data, path, 'exec'), vars(module))
                except Exception as error:
                    modules[name] = f'{type(error).__name__}: {error}'
            yield modules
        finally:
            for name in modules:
                sys.modules.pop(name, None)


def _tasks(modules: Mapping[str, ModuleType | str], name: str) -> Iterator[type[luigi.Task]]:
    module = modules[name]
    values = [] if isinstance(module, str) else list(vars(module).values())
    for value in values:
        inner = vars(value).values() if isinstance(value, type) and value.__module__ == name else ()
        yield from (each for each in (value, *inner) if isinstance(each, type) and issubclass(each, luigi.Task) and each.__module__ == name)


def _declared(task: Any) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = task.get_params()  # luigi has no types for it
    return found


def _parameters(task: type[luigi.Task]) -> object:
    own = dict(_declared(gokart.TaskOnKart))
    return [(name, type(each).__name__, repr(each._default), each.significant) for name, each in _declared(task) if name not in own]


def _run(task: type[luigi.Task], modules: Mapping[str, ModuleType | str], expected: Expected) -> list[object]:
    heard: list[object] = []

    def dump(self: object, value: object, *more: object) -> None:
        heard.append(value)

    try:
        metaclass: Any = type(task)
        made = metaclass(task.__name__, (task,), {'dump': dump, '__module__': task.__module__, '__qualname__': task.__qualname__})
        made(**_values(task, modules, expected)).run()
    except Exception as error:
        heard.append(f'{type(error).__name__}: {error}')
    return heard


def _values(task: type[luigi.Task], modules: Mapping[str, ModuleType | str], expected: Expected) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, parameter in _declared(task):
        kind = type(parameter).__name__
        if kind.endswith('TaskInstanceParameter'):
            module, _, qualname = expected.get((task.__module__, task.__qualname__, name), '').partition('.')
            one = ANY_TASK() if not module else _built(modules[module], qualname, modules, expected)
            values[name] = (one,) if kind.startswith('List') else one
        elif kind in VALUES and repr(parameter._default) == repr(luigi.parameter._no_value):
            values[name] = VALUES[kind]
    return values


def _built(found: Any, qualname: str, modules: Mapping[str, ModuleType | str], expected: Expected) -> luigi.Task:
    for part in qualname.split('.'):
        found = getattr(found, part)
    made: luigi.Task = found(**_values(found, modules, expected))
    return made
