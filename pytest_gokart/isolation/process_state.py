"""What a task may change in the process that runs it, put back when it is done: Python's side of it; luigi_state.py has luigi's."""

from __future__ import annotations

import logging
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

_PYTESTS_OWN = 'PYTEST_CURRENT_TEST'  # pytest writes it at each phase and removes it at the end


@contextmanager
def undone(*, warning_filters: bool) -> Iterator[None]:
    """However the inside ends, the process is afterwards as it was. In a test pytest itself looks after the warning filters."""
    parts = (_environment, _import_path, _logging, _random, _signals, _working_directory)
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(part())
        if warning_filters:
            stack.enter_context(warnings.catch_warnings())
        yield


@contextmanager
def _environment() -> Iterator[None]:
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys() - {_PYTESTS_OWN}:
            del os.environ[name]
        for name, value in before.items():
            if name != _PYTESTS_OWN and os.environ.get(name) != value:
                os.environ[name] = value


@contextmanager
def _import_path() -> Iterator[None]:
    path, entries = sys.path, list(sys.path)
    try:
        yield
    finally:
        sys.path = path
        sys.path[:] = entries


@contextmanager
def _working_directory() -> Iterator[None]:
    try:
        before = os.getcwd()
    except FileNotFoundError:  # it was deleted: there is nothing to come back to
        yield
        return
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            os.chdir(before)


@contextmanager
def _random() -> Iterator[None]:
    before = random.getstate()
    numpy = sys.modules.get('numpy.random')
    numpy_before = numpy.get_state() if numpy is not None else None
    try:
        yield
    finally:
        random.setstate(before)
        if numpy is not None:
            numpy.set_state(numpy_before)


@contextmanager
def _signals() -> Iterator[None]:
    """luigi.worker.Worker (3.8.1) takes SIGUSR1 for its own."""
    number = getattr(signal, 'SIGUSR1', None)
    if number is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(number)
    try:
        yield
    finally:
        if before is not None and signal.getsignal(number) is not before:
            signal.signal(number, before)


@contextmanager
def _logging() -> Iterator[None]:
    """`gokart.build` (1.12.2) leaves `logging.disable(-10)`, a handler and a level; a logging.ini disables other loggers."""
    before = [
        (logger, _settings(logger))
        for logger in (logging.root, *logging.root.manager.loggerDict.values())
        if isinstance(logger, logging.Logger)
    ]
    disabled = logging.root.manager.disable
    try:
        yield
    finally:
        logging.disable(disabled)
        for logger, settings in before:
            if _settings(logger) != settings:
                level, logger.propagate, logger.disabled, handlers, filters = settings
                logger.setLevel(level)
                logger.handlers[:] = handlers
                logger.filters[:] = filters


def _settings(logger: logging.Logger) -> tuple[int, bool, bool, list[logging.Handler], list[Any]]:
    return logger.level, logger.propagate, logger.disabled, list(logger.handlers), list(logger.filters)
