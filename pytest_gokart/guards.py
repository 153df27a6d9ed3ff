"""What is changed in gokart and luigi while a tree is walked, and changed back after it.

gokart asks every task for its repr, its unique id and with them for `requires()` of all below, many times over: a ladder of 16 levels
takes it a minute, and a chain of 200 its last stack frame. None of these guards changes what a construction checks or refuses.
Measured with gokart 1.12.2 and luigi 3.8.1 (benchmarks/resolve.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pytest_gokart.births import Births
from pytest_gokart.identities import Identities

_LONGEST = 512
_ABSENT = object()


@contextmanager
def guarded(births: Births, identities: Identities, *, exact: bool = False) -> Iterator[None]:
    """The guards are on inside, and all is as before outside.

    Texts of long task parameters are replaced by digests, which changes keys, unique ids and paths (those that were equal stay equal):
    `exact` keeps them, at the cost of texts that grow with every level.
    """
    import gokart
    import luigi
    from gokart.object_storage import ObjectStorage
    from luigi.task_register import Register

    task, parameter, register = vars(luigi.Task), vars(luigi.Parameter), vars(Register)
    with ExitStack() as stack:

        def replace(owner: Any, name: str, value: Any) -> None:
            stack.enter_context(_replaced(owner, name, value))

        replace(Register, '_Register__instance_cache', {})
        for owner in (luigi.Task, gokart.TaskOnKart):
            replace(owner, '__repr__', _short)
            replace(owner, '__str__', _short)
        replace(luigi.Task, 'get_params', classmethod(_once_a_class(task['get_params'].__func__)))
        replace(luigi.Parameter, '_get_value_from_config', _if_section(parameter['_get_value_from_config']))
        replace(gokart.TaskInstanceParameter, 'serialize', _once_a_task(gokart.TaskInstanceParameter.serialize, births, exact))
        replace(gokart.TaskOnKart, 'make_unique_id', identities.remembering(gokart.TaskOnKart.make_unique_id))
        for name in ('make_target', 'make_model_target', 'make_large_data_frame_target'):
            replace(gokart.TaskOnKart, name, identities.noting_maker(vars(gokart.TaskOnKart)[name]))
        replace(ObjectStorage, 'get_object_storage_target', staticmethod(_path_only))
        replace(ObjectStorage, 'get_zip_client', staticmethod(_zip_path_only))
        replace(Register, '__call__', births.watching(register['__call__']))
        yield


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


def _if_section(original: Callable[..., Any]) -> Callable[..., Any]:
    """luigi.Parameter._get_value_from_config raises and catches an exception for each parameter of a task without a section."""
    from luigi import configuration
    from luigi.parameter import _no_value

    def get(parameter: Any, section: str, name: str) -> Any:
        parser = configuration.get_config()
        sections = getattr(parser, 'data', None)  # luigi.configuration.LuigiTomlParser
        if sections is None:
            sections = getattr(parser, '_sections', None)  # configparser.ConfigParser
        if sections is not None and section not in sections and section != 'DEFAULT':
            return _no_value
        return original(parameter, section, name)

    return get


def _once_a_task(original: Callable[..., str], births: Births, exact: bool) -> Callable[..., str]:
    """gokart.TaskInstanceParameter.serialize compresses the text of all below, for each task that is handed the same one."""
    known: dict[int, tuple[Any, str]] = {}

    def serialize(parameter: Any, task: Any) -> str:
        entry = known.get(id(task))
        if entry is not None:
            return entry[1]
        if id(task) in births.unfinished:
            return str(task.task_id)
        text = original(parameter, task)
        if len(text) > _LONGEST and not exact:
            text = hashlib.sha256(text.encode()).hexdigest()
        known[id(task)] = (task, text)
        return text

    return serialize


def _path_only(path: str, format: Any) -> Any:
    """In place of a client for s3:// and gs://, which wants gokart's extras, credentials and a network to say what the path is."""
    import luigi

    return luigi.LocalTarget(path, format=format)


def _zip_path_only(file_path: str, temporary_directory: str) -> Any:
    from gokart.zip_client import LocalZipClient

    return LocalZipClient(file_path=file_path, temporary_directory=temporary_directory)
