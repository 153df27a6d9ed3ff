"""Nothing runs while a pipeline resolves: whoever tries is told so, with the task that tried."""

from __future__ import annotations

import functools
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from pytest_gokart.isolation.callers import calling
from pytest_gokart.isolation.files import WRITING, block_writing
from pytest_gokart.isolation.luigi_state import subclasses

_RUNNING = 'running a task'
_LOOKING = 'looking at storage'
_READING = 'reading what tasks wrote'
_OPENING = 'reading or writing'
_NETWORK = 'the network'

_TASK_METHODS = {'run': _RUNNING, 'complete': _LOOKING}
_GOKART_METHODS = {'dump': WRITING, 'load': _READING, 'load_generator': _READING, 'load_data_frame': _READING}
_TARGET_METHODS = {
    'exists': _LOOKING,
    'last_modification_time': _LOOKING,
    'load': _READING,
    'open': _OPENING,
    'dump': WRITING,
    'remove': WRITING,
    'move': WRITING,
    'copy': WRITING,
    'makedirs': WRITING,
    'put': WRITING,
    'get': _READING,
}
_FILE_SYSTEM_METHODS = {
    'exists': _LOOKING,
    'isdir': _LOOKING,
    'listdir': _LOOKING,
    'remove': WRITING,
    'mkdir': WRITING,
    'move': WRITING,
    'rename_dont_move': WRITING,
    'copy': WRITING,
}


class BlockedError(RuntimeError):
    """A task did more than to say what it requires. `caller` is the task's method that tried, such as `Train.requires`, if one did."""

    def __init__(self, caller: str | None, attempt: str, without: str) -> None:
        super().__init__(f'{caller or "code outside of any task"} {attempt}: a pipeline must resolve without {without}')
        self.caller = caller
        self.attempt = attempt


class Blocker:
    """Replaces methods and puts them back; remembers what was tried, because the code that tried may swallow the error."""

    def __init__(self) -> None:
        self.active = True  # a task that was built inside keeps bound methods of ours
        self.attempts: list[BlockedError] = []
        self._replaced: list[tuple[Any, str, object]] = []
        self._others = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}

    def replace(self, holder: Any, name: str, value: object) -> None:
        self._replaced.append((holder, name, vars(holder).get(name, self)))
        setattr(holder, name, value)

    def restore(self) -> None:
        self.active = False
        for holder, name, value in reversed(self._replaced):
            if value is self:
                delattr(holder, name)
            else:
                setattr(holder, name, value)

    def refuse(self, attempt: str, without: str) -> BlockedError:
        caller = calling(sys._getframe(2))
        error = BlockedError(caller, attempt if caller is None else attempt.replace(f'calls {caller.split(".")[0]}.', 'calls '), without)
        self.attempts.append(error)
        return error

    def method(self, holder: type, name: str, without: str) -> None:
        """`functools.wraps`, because gokart hashes a task's source for its unique id (serialized_task_definition_check)."""
        kept = vars(holder).get(name, None) or getattr(holder, name)
        function = getattr(kept, '__func__', kept)
        if not isinstance(function, FunctionType):
            return

        @functools.wraps(function)
        def refuse(*args: Any, **kwargs: Any) -> Any:
            if not self.active:
                return function(*args, **kwargs)
            raise self.refuse(f'calls {_called(args, holder)}{name}(){_of(args)}', without)

        self.replace(holder, name, type(kept)(refuse) if isinstance(kept, classmethod | staticmethod) else refuse)

    def network(self, holder: Any, name: str, address: Callable[..., object]) -> None:
        """Threads that were there before (a debugger, telemetry) go on."""
        function = getattr(holder, name)

        @functools.wraps(function)
        def refuse(*args: Any, **kwargs: Any) -> Any:
            if not self.active or threading.get_ident() in self._others:
                return function(*args, **kwargs)
            raise self.refuse(f'connects to {address(*args, **kwargs)}', _NETWORK)

        self.replace(holder, name, refuse)


@contextmanager
def nothing_runs() -> Iterator[list[BlockedError]]:
    """Blocks what a task does beyond saying what it requires; gives the list of what was tried, also where the project swallowed the error.

    Blocked are run(), complete(), dump() and load() of every task class, what targets and their file systems do, the start of a worker
    (luigi.interface._schedule_and_run of luigi 3.8.1, where gokart.build, gokart.run, luigi.build and luigi.run meet), sockets, and what
    changes files.
    """
    blocker = Blocker()
    try:
        _block_tasks(blocker)
        _block_targets(blocker)
        _block_network(blocker)
        block_writing(blocker)
        yield blocker.attempts
    finally:
        blocker.restore()


def _block_tasks(blocker: Blocker) -> None:
    import gokart
    import luigi
    import luigi.interface

    for cls in subclasses(luigi.Task):
        if issubclass(cls, luigi.Config):  # a load() of its own reads settings, not targets
            continue
        methods = {**_TASK_METHODS, **_GOKART_METHODS} if issubclass(cls, gokart.TaskOnKart) else _TASK_METHODS
        for name, without in methods.items():
            if _defines(cls, name, luigi.Task):
                blocker.method(cls, name, without)

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise blocker.refuse('starts a build', _RUNNING)

    blocker.replace(luigi.interface, '_schedule_and_run', refuse)
    _name_run_itself(blocker)


def _name_run_itself(blocker: Blocker) -> None:
    """gokart asks complete() before run(), in a wrapper of each instance (gokart.task_complete_check, 1.12.2): the task tried to run."""
    import gokart.task

    wrap = vars(gokart.task).get('task_complete_check_wrapper')
    if wrap is None:
        return

    def wrap_later(run_func: Callable[..., Any], complete_check_func: Callable[..., Any]) -> Callable[..., Any]:
        checked = wrap(run_func, complete_check_func)

        @functools.wraps(run_func)
        def run(*args: Any, **kwargs: Any) -> Any:
            return (run_func if blocker.active else checked)(*args, **kwargs)

        return run

    blocker.replace(gokart.task, 'task_complete_check_wrapper', wrap_later)


def _defines(cls: type, name: str, root: type) -> bool:
    """Also through a mixin that is no task itself, which cannot be replaced there."""
    definer = next((base for base in cls.__mro__ if name in vars(base)), None)
    return definer is cls or (definer is not None and not issubclass(definer, root))


def _block_targets(blocker: Blocker) -> None:
    import gokart.target  # noqa: F401 (so that its classes are there)
    import luigi
    from luigi.target import FileSystem

    for root, methods in ((luigi.Target, _TARGET_METHODS), (FileSystem, _FILE_SYSTEM_METHODS)):
        for cls in subclasses(root):
            for name, without in methods.items():
                if name in vars(cls):
                    blocker.method(cls, name, without)


def _block_network(blocker: Blocker) -> None:
    blocker.network(socket.socket, 'connect', lambda _, address: _written(address))
    blocker.network(socket.socket, 'connect_ex', lambda _, address: _written(address))
    blocker.network(socket, 'create_connection', lambda address, *_, **__: _written(address))
    blocker.network(socket, 'getaddrinfo', lambda host, port, *_, **__: _written((host, port)))


def _written(address: object) -> str:
    return ':'.join(map(str, address[:2])) if isinstance(address, tuple) else str(address)


def _called(args: tuple[Any, ...], holder: type) -> str:
    """The task whose method is called; a target is named by its path instead."""
    import luigi

    if not issubclass(holder, luigi.Task) or not args:
        return ''
    cls = args[0] if isinstance(args[0], type) else type(args[0])
    return f'{cls.__name__}.'


def _of(args: tuple[Any, ...]) -> str:
    import luigi

    if not args or not isinstance(args[0], luigi.Target):
        return ''
    path = getattr(args[0], 'path', None)
    return f' of {path() if callable(path) else path}' if path else ''
