"""What is changed in gokart and luigi while a tree is walked, and changed back after it.

gokart asks every task for its repr, its unique id and with them for `requires()` of all below, many times over: a ladder of 16 levels
takes it a minute, and a chain of 200 its last stack frame. None of these guards changes what a construction checks or refuses.
Measured with gokart 1.12.2 and luigi 3.8.1 (benchmarks/resolve.py).
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pytest_gokart.resolution.births import Births
from pytest_gokart.resolution.identities import Identities

_ABSENT = object()
_NO_TASKS = frozenset({str, int, float, bool, type(None), dict})


@contextmanager
def guarded(births: Births, identities: Identities, *, exact: bool = False) -> Iterator[None]:
    """The guards are on inside, and all is as before outside.

    Texts of task parameters are replaced by digests, which changes keys, unique ids and paths (those that were equal stay equal):
    `exact` keeps them, at the cost of texts that grow with every level.
    """
    import gokart
    import luigi
    from gokart.object_storage import ObjectStorage
    from luigi.task_register import Register

    task, register, defaults = vars(luigi.Task), vars(Register), _Defaults()
    with ExitStack() as stack:
        stack.enter_context(_no_collection())

        def replace(owner: Any, name: str, value: Any) -> None:
            stack.enter_context(_replaced(owner, name, value))

        replace(Register, '_Register__instance_cache', {})
        for owner in (luigi.Task, gokart.TaskOnKart):
            replace(owner, '__repr__', _short)
            replace(owner, '__str__', _short)
        replace(luigi.Task, 'get_params', classmethod(_once_a_class(task['get_params'].__func__)))
        replace(luigi.Parameter, 'has_task_value', defaults.has_task_value())
        replace(luigi.Parameter, 'task_value', defaults.task_value())
        replace(gokart.TaskOnKart, 'is_task_on_kart', staticmethod(_unless_plain(gokart.TaskOnKart.is_task_on_kart)))
        replace(gokart.TaskInstanceParameter, 'serialize', _once_a_task(gokart.TaskInstanceParameter.serialize, births, exact))
        replace(gokart.TaskOnKart, 'make_unique_id', identities.remembering(gokart.TaskOnKart.make_unique_id))
        for name in ('make_target', 'make_model_target', 'make_large_data_frame_target'):
            replace(gokart.TaskOnKart, name, identities.noting_maker(vars(gokart.TaskOnKart)[name]))
        replace(ObjectStorage, 'get_object_storage_target', staticmethod(_path_only))
        replace(ObjectStorage, 'get_zip_client', staticmethod(_zip_path_only))
        replace(Register, '__call__', births.watching(register['__call__']))
        yield


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that a walk makes can go before its end, and looking for it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = vars(owner).get(name, _ABSENT)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is _ABSENT:
            delattr(owner, name)
        else:
            setattr(owner, name, before)


def _short(task: Any) -> str:
    """In place of a repr that calls `requires()` (gokart.task.TaskOnKart._get_task_string) or serialises all (luigi.Task.__repr__)."""
    return f'{type(task).__name__}[{str(vars(task).get("task_id", "not built"))[-10:]}]'


def _once_a_class(original: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """luigi.Task.get_params walks dir() of the class, five times for each task that is built."""
    known: dict[type, list[Any]] = {}

    def get_params(cls: Any) -> list[Any]:
        params = known.get(cls)
        if params is None:
            params = known[cls] = original(cls)
        return params[:]

    return get_params


class _Defaults:
    """Defaults, normalised once, for tasks that the configuration has no section for.

    luigi looks each of twenty parameters up four times for each task (luigi.Parameter.has_task_value, task_value, both by
    `_value_iterator`: command line, section of the task, `config_path`, default), which takes two thirds of its construction.
    """

    def __init__(self) -> None:
        import luigi
        from luigi import configuration

        parser = configuration.get_config()  # type: ignore[no-untyped-call]
        self._sections = parser.data if hasattr(parser, 'data') else parser._sections  # LuigiTomlParser, or a ConfigParser
        self._known: dict[int, tuple[Any, Any]] = {}  # by object, as a parameter class of the project's own may not be hashable
        self._has, self._value = (vars(luigi.Parameter)[name] for name in ('has_task_value', 'task_value'))

    def has_task_value(self) -> Callable[..., bool]:
        known, sections, original = self._known, self._sections, self._has

        def has_task_value(parameter: Any, task_name: str, param_name: str) -> bool:
            return (id(parameter) in known and task_name not in sections) or original(parameter, task_name, param_name)

        return has_task_value

    def task_value(self) -> Callable[..., Any]:
        known, sections, original = self._known, self._sections, self._value

        def task_value(parameter: Any, task_name: str, param_name: str) -> Any:
            if id(parameter) in known and task_name not in sections:
                return known[id(parameter)][1]
            value = original(parameter, task_name, param_name)
            if task_name not in sections and _is_plain(parameter):
                known[id(parameter)] = parameter, value
            return value

        return task_value


def _is_plain(parameter: Any) -> bool:
    """Whether what a parameter gives without a section is its default, and always the same."""
    from luigi.cmdline_parser import CmdlineParser

    is_library = type(parameter).__module__.partition('.')[0] in ('luigi', 'gokart')
    return is_library and not parameter._config_path and CmdlineParser.get_instance() is None  # type: ignore[no-untyped-call]


def _unless_plain(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """gokart.TaskOnKart.is_task_on_kart is asked for each of thirty attributes of a task without a `requires()` of its own."""

    def is_task_on_kart(value: Any) -> bool:
        return type(value) not in _NO_TASKS and original(value)

    return is_task_on_kart


def _once_a_task(original: Callable[..., str], births: Births, exact: bool) -> Callable[..., str]:
    """gokart.TaskInstanceParameter.serialize compresses the text of all below, and again for each task that is handed the same one."""
    known: dict[int, tuple[Any, str]] = {}

    def serialize(parameter: Any, task: Any) -> str:
        entry = known.get(id(task))
        if entry is not None:
            return entry[1]
        if id(task) in births.unfinished:
            return str(task.task_id)
        text = original(parameter, task) if exact else _digest(task)
        known[id(task)] = (task, text)
        return text

    return serialize


def _digest(task: Any) -> str:
    """Of the same parts as the text itself (gokart.parameter.TaskInstanceParameter.serialize, gokart 1.12.2)."""
    text = json.dumps([task.get_task_family(), task.to_str_params(only_significant=True)])
    return hashlib.sha256(text.encode()).hexdigest()


def _path_only(path: str, format: Any) -> Any:
    """In place of a client for s3:// and gs://, which wants gokart's extras, credentials and a network to say what the path is."""
    import luigi

    return luigi.LocalTarget(path, format=format)  # type: ignore[no-untyped-call]


def _zip_path_only(file_path: str, temporary_directory: str) -> Any:
    from gokart.zip_client import LocalZipClient

    return LocalZipClient(file_path=file_path, temporary_directory=temporary_directory)
