"""Where each task was built, and which ones could not be.

luigi forgets both: a task does not know who built it, and an exception at its construction names neither the parent nor the parameter.
Its metaclass sees every construction (luigi.task_register.Register.__call__, luigi 3.8.1), so that is where one looks over its shoulder.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, NamedTuple

from pytest_gokart.resolution.places import caller
from pytest_gokart.values import Place


class Birth(NamedTuple):
    """A task, the line that built it (none if no code of the project did), and what it was given. It keeps the task and so its id."""

    task: Any
    place: tuple[str, int] | None
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]

    @property
    def at(self) -> Place | None:
        return Place(*self.place) if self.place else None


class Failure(NamedTuple):
    """A construction that raised."""

    task_class: Any
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    error: Exception
    at: Place | None


@dataclass
class Births:
    """All constructions of a walk. `here` are those since `begin()`, `swapped` are tasks that were given and another, equal one was kept.

    While `mending`, a construction that fails gives an unfinished task instead of its exception, so that the ones behind it are reached;
    what holds an unfinished task is `doubtful` itself, and its own exceptions prove nothing. `misplaced` are those whose gokart parameters
    hold what was meant for others.
    """

    known: dict[int, Birth] = field(default_factory=dict)
    here: dict[int, Birth] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    swapped: list[tuple[Any, Any]] = field(default_factory=list)
    unfinished: dict[int, Any] = field(default_factory=dict)
    doubtful: dict[int, Any] = field(default_factory=dict)
    misplaced: set[int] = field(default_factory=set)
    mending: bool = False

    def begin(self, *, mending: bool = False) -> None:
        self.here = {}
        self.failures = []
        self.mending = mending

    def watching(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Register.__call__, and a note of what came of it."""

        def build(cls: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                task = original(cls, *args, **kwargs)
            except Exception as error:
                return self._failed(cls, args, kwargs, error, sys._getframe(1))
            self._built(task, args, kwargs, sys._getframe(1))
            return task

        return build

    def _built(self, task: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], frame: FrameType) -> None:
        identity = id(task)
        if identity not in self.here:
            birth = Birth(task, caller(frame), args, kwargs)
            self.here[identity] = birth
            self.known.setdefault(identity, birth)
        for name, value in kwargs.items():
            if hasattr(value, 'task_id') or (type(value) in (list, tuple) and value and hasattr(value[0], 'task_id')):
                self._given(task, name, value)

    def _given(self, task: Any, name: str, value: Any) -> None:
        """luigi looks a task up by equal arguments, and tasks that differ in insignificant parameters are equal."""
        kept = getattr(task, 'param_kwargs', {}).get(name)
        given, kept = (value, kept) if type(value) in (list, tuple) else ((value,), (kept,))
        for one, other in zip(given, kept or (), strict=False):
            if one is not other and type(one) is type(other):
                self.swapped.append((one, other))
            if id(one) in self.doubtful:
                self.doubtful[id(task)] = task

    def _failed(self, cls: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], error: Exception, frame: FrameType) -> Any:
        if not any(failure.error is error for failure in self.failures[-1:]):
            place = caller(frame)
            self.failures.append(Failure(cls, args, kwargs, error, Place(*place) if place else None))
        if not self.mending:
            raise error
        return self._mended(cls, args, kwargs)

    def _mended(self, cls: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        from pytest_gokart.resolution.mending import unfinished, without_unknown

        known = without_unknown(cls, kwargs)
        if known is not None:
            before = self.failures[:]
            task = cls(*args, **known)
            self.failures = before  # what is missing too has been said with what is unknown
            return task
        task = unfinished(cls, args, kwargs, len(self.unfinished))
        self.unfinished[id(task)] = self.doubtful[id(task)] = task
        return task
