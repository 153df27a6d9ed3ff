"""What the methods of a task class mention, read off their byte code: whether one dumps, loads, looks at the clock, throws dice.

A mention is enough: a task that hands `self` to a helper which dumps is taken for one that does not, so it is let off too easily.
"""

from __future__ import annotations

import dis
import inspect
import time
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from pytest_gokart.resolution.places import is_library

CLOCK = frozenset({'now', 'utcnow', 'time', 'time_ns', 'perf_counter', 'monotonic'})
_ATTRIBUTES = frozenset({'LOAD_ATTR', 'LOAD_METHOD', 'LOAD_SUPER_ATTR', 'LOAD_SUPER_METHOD'})
DICE = frozenset({
    'random', 'randint', 'randrange', 'choice', 'choices', 'sample', 'shuffle', 'uniform', 'getrandbits', 'token_hex', 'uuid1', 'uuid4',
    'permutation', 'rand', 'randn', 'integers',
})  # fmt: skip


def uses(cls: Any, names: set[str]) -> bool:
    """Whether any method that the project wrote for a class takes one of these names of no global: `self.dump`, no `json.dump`."""
    return any(not names.isdisjoint(_taken(function.__code__)) for function in _methods(cls))


def asks(cls: Any, names: frozenset[str]) -> bool:
    """Whether `requires()` of a class, or a method or function of its module that it names, mentions one of these names."""
    return not names.isdisjoint(_asked(cls))


@lru_cache(maxsize=1024)
def _asked(cls: Any) -> frozenset[str]:
    function = _plain(inspect.getattr_static(cls, 'requires', None))
    if function is None or is_library(function.__code__.co_filename):
        return frozenset()
    names = set(mentioned(function.__code__))
    for name in list(names):
        helper = _plain(inspect.getattr_static(cls, name, None)) or _plain(function.__globals__.get(name))
        if helper is not None and not is_library(helper.__code__.co_filename):
            names |= mentioned(helper.__code__)
    if not any(function.__globals__.get(name) is each for name in names for each in (time, time.time)):
        names.discard('time')  # a parameter is often called so
    return frozenset(names)


def _methods(cls: Any) -> Iterator[FunctionType]:
    for base in cls.__mro__:
        for value in vars(base).values():
            function = _plain(value)
            if function is not None and not is_library(function.__code__.co_filename):
                yield function


def _plain(value: Any) -> FunctionType | None:
    if isinstance(value, property):
        value = value.fget
    value = getattr(value, '__func__', value)
    value = inspect.unwrap(value) if isinstance(value, FunctionType) else value
    return value if isinstance(value, FunctionType) else None


@lru_cache(maxsize=4096)
def mentioned(code: CodeType) -> frozenset[str]:
    """All global names and attributes that a piece of code uses, with the functions inside it."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= mentioned(constant)
    return frozenset(names)


@lru_cache(maxsize=4096)
def _taken(code: CodeType) -> frozenset[str]:
    """The attributes that a piece of code takes, but for those of global names."""
    taken = {constant for each in code.co_consts if isinstance(each, CodeType) for constant in _taken(each)}
    before = ''
    for instruction in dis.get_instructions(code):
        if instruction.opname in _ATTRIBUTES and before not in ('LOAD_GLOBAL', 'LOAD_NAME'):
            taken.add(str(instruction.argval))
        before = instruction.opname
    return frozenset(taken)


def works(cls: Any) -> bool:
    """Whether `run()` is written by the project and does anything, so that the outputs of the task are its own work."""
    run = _plain(inspect.getattr_static(cls, 'run', None))
    return run is not None and not is_library(run.__code__.co_filename) and bool(mentioned(run.__code__))
