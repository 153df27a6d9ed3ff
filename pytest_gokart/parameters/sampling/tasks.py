"""Which task classes can stand for a type of task: itself if it can be built, else those that derive from it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import chain, islice
from types import CodeType, FunctionType
from typing import Any

from pytest_gokart.parameters.sampling.acceptance import is_library

_FEW = 20  # a base of hundreds of tasks is answered by its first ones


def classes_for(expected: type) -> Iterator[type]:
    """Concrete task classes of a type, that type first, the others by their names; those that miss a method of their own last."""
    import luigi

    unfinished = []
    for each in islice(chain([expected], _in_order(expected)), _FEW):
        if issubclass(each, luigi.Task) and not inspect.isabstract(each):
            if _is_unfinished(each):
                unfinished.append(each)
            else:
                yield each
    yield from unfinished


def _in_order(base: type) -> Iterator[type]:
    yield from sorted(_below(base), key=lambda each: (each.__module__, each.__qualname__))


def _below(base: type) -> set[type]:
    found: set[type] = set()
    pending = [base]
    while pending:
        below: list[type] = type.__subclasses__(pending.pop())
        new = [each for each in below if each not in found]
        found.update(new)
        pending += new
    return {each for each in found if vars(each).get('_visible_in_registry', True)}


def _is_unfinished(task_class: type) -> bool:
    """Whether a method of the project's does nothing but say that a subclass must have it."""
    for name in dir(task_class):
        method: Any = inspect.getattr_static(task_class, name, None)
        method = getattr(method, '__func__', method)
        if isinstance(method, FunctionType) and not is_library(method) and _only_refuses(method.__code__):
            return True
    return False


def _only_refuses(code: CodeType) -> bool:
    return code.co_names == ('NotImplementedError',)
