"""Runs the functions of a marked program with the real gokart: what is reported must fail there, and what is not must work."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any

import luigi
import pytest
from luigi.task_register import Register

ERRORS = (TypeError, luigi.parameter.ParameterException)


@contextmanager
def _own_register() -> Iterator[None]:
    """No task class of a program stays behind for the tests of the plugin."""
    kept = list(Register._reg)
    try:
        yield
    finally:
        Register._reg[:] = kept


def assert_as_marked(path: Path) -> None:
    """Every function `wrong_...` of a program raises an error of luigi or a TypeError, and every `right_...` none."""
    named: dict[str, Any] = {'__name__': 'program', '__file__': os.fspath(path)}
    with _own_register(), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        exec(compile(path.read_text(encoding='utf-8'), path, 'exec'), named)
        functions = {name: value for name, value in named.items() if isinstance(value, FunctionType)}
        wrong = [value for name, value in functions.items() if name.startswith('wrong_')]
        right = [value for name, value in functions.items() if name.startswith('right_')]
        assert wrong
        assert right
        for function in wrong:
            try:
                function()
            except ERRORS:
                continue
            pytest.fail(f'{function.__name__} is marked, and gokart takes it')
        for function in right:
            function()
