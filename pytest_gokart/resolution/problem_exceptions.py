"""Exceptions out of the project's own `requires()` and `output()`."""

from __future__ import annotations

import dis
import inspect
from typing import Any

from pytest_gokart.isolation.isolating import BlockedError
from pytest_gokart.resolution import places
from pytest_gokart.resolution.labels import text_of
from pytest_gokart.resolution.problems import Finding

_RAISE = dis.opmap['RAISE_VARARGS']


def in_requires(task: Any, error: BaseException) -> Finding:
    """What `requires()` raised, at the innermost line of the project."""
    cls = type(task)
    at = places.raised_at(error) or places.of_requires(cls)
    if isinstance(error, NotImplementedError):
        base = next((base for base in cls.__mro__ if 'requires' in vars(base)), cls)
        whose = f'{base.__name__}.requires()' if base is not cls else 'its requires()'
        message = f'{cls.__name__} is built, and {whose} is not implemented: {text_of(error)}'
        return Finding('abstract', f'{message}\nBuild a class that derives from it and implements requires().', at)
    if isinstance(error, BlockedError):
        return Finding('run', str(error), at)
    if isinstance(error, RecursionError):
        return Finding('endless', f'{cls.__name__}.requires() calls itself without end, or too deep: {text_of(error)}', at)
    if isinstance(inspect.getattr_static(cls, 'requires', None), staticmethod) and isinstance(error, TypeError):
        return Finding(
            'shape', f'{cls.__name__}.requires is a static method: {text_of(error)}\nTake @staticmethod away.', places.of_requires(cls)
        )
    return Finding('exception', f'{cls.__name__}.requires() raises {text_of(error)}', at)


def in_output(task: Any, error: BaseException) -> Finding:
    """What `output()` raised: an extension that gokart has no processor for, or anything else."""
    cls = type(task)
    at = places.raised_at(error) or places.of_method(cls, 'output')
    if isinstance(error, BlockedError):
        return Finding('run', str(error), at)
    verb = 'gokart refuses the output of' if is_refused_path(error) else f'{cls.__name__}.output() raises {text_of(error)}'
    return Finding('output', f'{verb} {cls.__name__}: {text_of(error)}' if is_refused_path(error) else verb, at)


def is_refused_path(error: BaseException) -> bool:
    """gokart.file_processor.make_file_processor and gokart.task.TaskOnKart.make_model_target assert an extension (gokart 1.12.2)."""
    innermost = [frame.f_code.co_filename for frame, _ in places.frames(error)][-1:]
    return isinstance(error, AssertionError) and bool(innermost) and places.is_library(innermost[0])


def is_missing_extra(error: BaseException) -> bool:
    """An import that gokart or luigi tried for s3:// or gs://, and that is no fault of the pipeline."""
    files = [frame.f_code.co_filename for frame, _ in places.frames(error)]
    own = [number for number, path in enumerate(files) if places.is_projects_own(path)]
    return isinstance(error, ImportError) and any(places.is_library(path) for path in files[(own[-1] + 1 if own else 0) :])


def is_refusal(error: BaseException) -> bool:
    """Whether a `raise` or `assert` of the project's own code is where an exception came from."""
    passed = list(places.frames(error))
    if not passed or not isinstance(error, Exception):
        return False
    frame, trace = passed[-1]
    return places.is_projects_own(frame.f_code.co_filename) and frame.f_code.co_code[trace.tb_lasti] == _RAISE
