"""No file appears, moves or goes while a pipeline resolves, whatever a `requires()`, `__init__()` or `output()` does by Python's own means.

An audit hook would see more, but can never be taken away again; these functions are put back. Reading goes on, and so does what is no
work of a task: other threads (a debugger, a test runner), log records on their way to a file, imports, finalizers, hooks.
"""

from __future__ import annotations

import builtins
import functools
import io
import os
import pathlib
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any

from pytest_gokart.isolation.callers import calling

if TYPE_CHECKING:
    from pytest_gokart.isolation.blocking import Blocker

WRITING = 'writing'
_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MODES = frozenset('wax+')
_BY_FIRST = {
    'mkdir': 'makes the folder',
    'mkfifo': 'makes',
    'mknod': 'makes',
    'remove': 'removes',
    'rename': 'moves',
    'replace': 'moves',
    'rmdir': 'removes the folder',
    'truncate': 'writes',
    'unlink': 'removes',
}
_BY_SECOND = {'link': 'makes', 'symlink': 'makes'}
_OWN_NAMES = (('bz2', '_builtin_open'), ('tarfile', 'bltn_open'))  # modules of Python that keep builtins.open under a name of theirs


def block_writing(blocker: Blocker) -> None:
    """Refuse what changes files, in this thread alone."""
    tempfile.gettempdir()  # tries folders out by writing, once a process
    thread = threading.get_ident()

    def refuse(holder: Any, name: str, attempt: Callable[..., str]) -> None:
        function = getattr(holder, name)

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            if blocker.active and threading.get_ident() == thread:
                frame = sys._getframe(1)
                what = _tried(attempt, args, kwargs)
                if what and _is_work_of_a_task(frame):
                    is_temporary = frame.f_globals.get('__name__') == 'tempfile'  # whose names are other ones in each run
                    raise blocker.refuse('makes a temporary file or folder' if is_temporary else what, WRITING)
            return function(*args, **kwargs)

        blocker.replace(holder, name, call)

    for holder, name, attempt in _functions():
        refuse(holder, name, attempt)


def _functions() -> Iterator[tuple[Any, str, Callable[..., str]]]:
    yield builtins, 'open', _opening
    yield io, 'open', _opening
    yield os, 'open', _opening_low
    for module, name in _OWN_NAMES:
        if module in sys.modules:
            yield sys.modules[module], name, _opening
    if 'sqlite3' in sys.modules:
        yield sys.modules['sqlite3'], 'connect', _connecting
    keeper = getattr(pathlib, '_normal_accessor', None)  # of Python 3.10, which keeps the functions of os
    for words, taken in ((_BY_FIRST, _first), (_BY_SECOND, _second)):
        for name, word in words.items():
            attempt = functools.partial(taken, word)
            if hasattr(os, name):
                yield os, name, attempt
            if hasattr(keeper, name):
                yield keeper, name, attempt
    if keeper is not None:
        yield keeper, 'open', _opening


def _tried(attempt: Callable[..., str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    try:
        return attempt(*args, **kwargs)
    except (TypeError, ValueError):  # wrong arguments, which the function itself will say
        return ''


def _opening(file: Any, mode: str = 'r', *_: object, **__: object) -> str:
    return '' if isinstance(file, int) or _MODES.isdisjoint(mode) else _told('writes', file)


def _opening_low(path: Any, flags: int, *_: object, **__: object) -> str:
    return _told('writes', path) if flags & _FLAGS else ''


def _connecting(database: Any, *_: object, **__: object) -> str:
    """A database that is not there is made when it is opened."""
    path = os.fsdecode(database)
    in_memory = path in ('', ':memory:') or path.startswith('file:')
    return '' if in_memory or os.path.exists(path) else _told('makes', path)


def _first(word: str, path: Any, *_: object, **__: object) -> str:
    return '' if isinstance(path, int) else _told(word, path)


def _second(word: str, _: object, path: Any, **__: object) -> str:
    return _told(word, path)


def _told(word: str, path: Any) -> str:
    shown = os.fsdecode(path)
    return '' if shown == os.devnull or shown.startswith('/dev/') else f'{word} {shown}'


def _is_work_of_a_task(frame: FrameType) -> bool:
    """Whether a task asked for it, with nothing between that does as it likes whenever it is its turn."""
    return calling(frame) is not None and not _comes_of_itself(frame)


def _comes_of_itself(frame: FrameType | None) -> bool:
    while frame is not None:
        module = str(frame.f_globals.get('__name__', ''))
        if module.partition('.')[0] == 'pytest_gokart':
            return False
        name, path = frame.f_code.co_name, frame.f_code.co_filename
        if path.startswith('<frozen importlib') or module == 'weakref' or (module, name) == ('logging', 'handle'):
            return True
        frame = frame.f_back
    return False
