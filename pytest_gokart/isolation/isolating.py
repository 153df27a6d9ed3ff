"""What is done to a task in a test stays there: luigi, gokart and the process are afterwards as they were, also when it raises."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pytest_gokart.isolation import luigi_state, process_state
from pytest_gokart.isolation.blocking import BlockedError, nothing_runs

__all__ = ['BlockedError', 'isolated', 'nothing_runs', 'undone']


@contextmanager
def isolated(config_files: Sequence[str] = (), cwd: str | None = None) -> Iterator[None]:
    """A place of its own for one pipeline: the configuration is what these files say (relative to `cwd`), whatever tests did to it before.

    `sys.modules` is left alone: classes of a module that is imported meanwhile stay registered as long as the module stays.
    """
    _import_gokart()
    with process_state.undone(warning_filters=True):
        if cwd is not None:
            os.chdir(cwd)
        with luigi_state.undone(), luigi_state.configuration(config_files):
            yield


@contextmanager
def undone() -> Iterator[None]:
    """For the inside of a test: begins with the configuration as the test made it, and undoes what is changed."""
    _import_gokart()
    with process_state.undone(warning_filters=False), luigi_state.undone(), luigi_state.configuration(None):
        yield


def _import_gokart() -> None:
    """Both warn when they are imported (luigi 3.8.1: autoload_range), which is an error in a project with `filterwarnings = error`."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        import gokart  # noqa: F401
