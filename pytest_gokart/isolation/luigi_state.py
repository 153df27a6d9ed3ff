"""What luigi and gokart keep in their classes and modules, put back as it was: one test must not see what another did to them.

The names were read in luigi 3.8.1 and gokart 1.12.2; whatever an older version does not have is left out.
"""

from __future__ import annotations

import copy
import importlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from configparser import SectionProxy
from contextlib import ExitStack, contextmanager, suppress
from types import FunctionType, ModuleType
from typing import Any

_ABSENT = object()

# the attributes that are replaced as a whole: module, object in it, names
_ATTRIBUTES = (
    ('luigi.cmdline_parser', 'CmdlineParser', ('_instance',)),
    ('luigi.parameter', 'BoolParameter', ('parsing',)),
    ('luigi.setup_logging', 'InterfaceLogging', ('_configured',)),
    ('luigi.setup_logging', 'DaemonLogging', ('_configured',)),
    ('luigi.configuration', 'core', ('parser',)),
    (
        'luigi.retcodes',  # gokart.run() writes plain numbers over the parameters
        'retcode',
        ('already_running', 'missing_data', 'not_run', 'scheduling_error', 'task_failed', 'unhandled_exception'),
    ),
)

# the dicts that are emptied for the time being and filled again
_STORES = (
    ('gokart.in_memory.repository', 'InMemoryCacheRepository', '_cache'),
    ('gokart.conflict_prevention_lock.task_lock', 'RedisClient', '_instances'),
)


@contextmanager
def undone() -> Iterator[None]:
    """All but the configuration: fresh where a task would meet what others left (instances, stores, warnings given once), else kept."""
    with ExitStack() as stack:
        for part in (_register, _event_callbacks, _unconsumed_parameters, _attributes, _stores):
            stack.enter_context(part())
        yield


@contextmanager
def configuration(files: Sequence[str] | None) -> Iterator[None]:
    """luigi's configuration, read anew from exactly these files, or with None as it is; what is set inside is gone afterwards."""
    from luigi.configuration import LuigiConfigParser, LuigiTomlParser

    kinds: tuple[Any, ...] = (LuigiConfigParser, LuigiTomlParser)
    before = [(kind, kind._instance, _contents(kind._instance), kind._config_paths, list(kind._config_paths)) for kind in kinds]
    try:
        if files is not None:
            _read_anew(kinds, [os.path.abspath(file) for file in files])
        yield
    finally:
        for kind, instance, contents, paths, entries in before:
            kind._instance, kind._config_paths = instance, paths
            paths[:] = entries
            _put_back(instance, contents)


def _read_anew(kinds: tuple[Any, ...], files: list[str]) -> None:
    """The parser of a file goes by its ending, as in luigi.configuration.core.add_config_path, without a warning about the other one."""
    config, toml = kinds
    toml._config_paths = [file for file in files if file.endswith('.toml')]
    config._config_paths = [file for file in files if not file.endswith('.toml')]
    if toml._config_paths and not config._config_paths:  # else luigi would read none of them
        os.environ.setdefault('LUIGI_CONFIG_PARSER', 'toml')
    for kind in kinds:
        kind._instance = None


def _contents(parser: Any) -> dict[str, Any]:
    return {
        name: copy.deepcopy(vars(parser)[name])
        for name in ('_sections', '_defaults', 'data')
        if parser is not None and name in vars(parser)
    }


def _put_back(parser: Any, contents: dict[str, Any]) -> None:
    """In place: modules keep the parser that they once asked for. Not through set(), which interpolates."""
    if parser is None:
        return
    vars(parser).update(contents)
    names = [parser.default_section, *contents['_sections']]
    parser._proxies = {name: SectionProxy(parser, name) for name in names}


@contextmanager
def _register() -> Iterator[None]:
    """The classes, the namespaces, and an instance cache of our own: the key of the real one leaves out what [TaskOnKart] says."""
    from luigi.task_register import Register

    register: Any = Register
    imported = dict(sys.modules)
    classes, kept = register._reg, list(register._reg)
    namespaces = dict(register._default_namespace_dict)
    instances = register._Register__instance_cache
    register._Register__instance_cache = {}
    try:
        yield
    finally:
        register._Register__instance_cache = instances
        came = [cls for cls in register._reg if _came_with_an_import(cls, imported)]
        register._reg = classes
        classes[:] = kept + [cls for cls in came if cls not in kept]
        for scope in register._default_namespace_dict.keys() - namespaces.keys():
            if sys.modules.get(scope) is imported.get(scope):
                del register._default_namespace_dict[scope]
        register._default_namespace_dict.update(namespaces)


def _came_with_an_import(thing: type | FunctionType, imported: dict[str, ModuleType]) -> bool:
    """A module that was imported meanwhile and stays will not be run again, so what it registered stays with it."""
    module = sys.modules.get(thing.__module__)
    return module is not None and module is not imported.get(thing.__module__) and '<locals>' not in thing.__qualname__


@contextmanager
def _event_callbacks() -> Iterator[None]:
    """`gokart.build` (1.12.2) adds a FAILURE handler at each call."""
    from luigi import Task

    callbacks = Task._event_callbacks
    imported = dict(sys.modules)
    before = {cls: {event: set(handlers) for event, handlers in events.items()} for cls, events in callbacks.items()}
    try:
        yield
    finally:
        for cls, events in callbacks.items():
            for event, handlers in events.items():
                came = {handler for handler in handlers if isinstance(handler, FunctionType) and _came_with_an_import(handler, imported)}
                if came:
                    before.setdefault(cls, {}).setdefault(event, set()).update(came)
        Task._event_callbacks = callbacks
        callbacks.clear()
        callbacks.update(before)


@contextmanager
def _unconsumed_parameters() -> Iterator[None]:
    """luigi warns of a key that no parameter takes once per class and process (luigi.task.Task.get_param_values, 3.8.1)."""
    from luigi import Task

    name = '_unconsumed_params'
    before = {cls: vars(cls)[name] for cls in subclasses(Task) if name in vars(cls)}
    for cls in before:
        delattr(cls, name)
    try:
        yield
    finally:
        for cls in subclasses(Task):
            if cls in before:
                setattr(cls, name, before[cls])
            elif name in vars(cls):
                delattr(cls, name)


@contextmanager
def _attributes() -> Iterator[None]:
    before = [
        (holder, name, vars(holder).get(name, _ABSENT))
        for module, path, names in _ATTRIBUTES
        for holder in _found(module, path)
        for name in names
    ]
    try:
        yield
    finally:
        for holder, name, value in before:
            if value is not _ABSENT:
                setattr(holder, name, value)
            elif name in vars(holder):
                delattr(holder, name)


@contextmanager
def _stores() -> Iterator[None]:
    before = [(vars(holder)[name], dict(vars(holder)[name])) for module, path, name in _STORES for holder in _found(module, path)]
    for store, _ in before:
        store.clear()
    try:
        yield
    finally:
        for store, content in before:
            store.clear()
            store.update(content)


def _found(module: str, path: str) -> Iterable[Any]:
    with suppress(ImportError, AttributeError):
        return [getattr(importlib.import_module(module), path)]
    return []


def subclasses(base: type) -> Iterator[type]:
    """A class and all that derive from it, each once. Not from luigi's register: gokart.build empties that."""
    seen: set[type] = set()
    left = [base]
    while left:
        cls = left.pop()
        if cls not in seen:
            seen.add(cls)
            yield cls
            left.extend(type.__subclasses__(cls))
