"""No pipeline runs while its module is imported: scripts that run theirs without `if __name__ == '__main__':` are read to their end."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from pytest_gokart.values import Place

_RUNNERS = {
    'gokart.build.build': ('gokart.build', None),
    'gokart.run.run': ('gokart.run', None),
    'luigi.interface.build': ('luigi.build', True),
    'luigi.interface.run': ('luigi.run', True),
    'luigi.cmdline.luigi_run': ('luigi.cmdline.luigi_run', None),
}
"""The functions that run tasks in gokart 1.12.2 and luigi 3.8.1: what people call each, and what it gives in place of an answer."""


@dataclass(frozen=True)
class Refusal:
    """A run that did not happen: the name of what was called, and where the call stands."""

    name: str
    at: Place


_noted: list[list[Refusal]] = []
"""The lists of the contexts that are open, the innermost last."""


@contextmanager
def no_runs() -> Iterator[list[Refusal]]:
    """While it is open, `gokart.run()` and its like do nothing but leave a note in the list that it gives.

    The functions get another body instead of being replaced, so that a name which a module imports meanwhile, or has imported before,
    means the real one again afterwards.
    """
    functions = [(_function(name), name) for name in _RUNNERS]
    bodies = [function.__code__ for function, _ in functions]
    _noted.append([])
    try:
        for function, name in functions:
            function.__code__ = _refuse.__code__.replace(co_name=name)
        yield _noted[-1]
    finally:
        for (function, _), body in zip(functions, bodies, strict=True):
            function.__code__ = body
        _noted.pop()


def _function(name: str) -> FunctionType:
    module, _, last = name.rpartition('.')
    found = getattr(importlib.import_module(module), last)  # the package shows the function `gokart.build` in place of the module
    assert isinstance(found, FunctionType)
    return found


def _refuse(*_: Any, **__: Any) -> Any:
    import sys  # this code stands in for that of functions of other modules, which have other global names

    return sys.modules['pytest_gokart.finding.refusing'].note_call()


def note_call() -> object:
    """Called by what stands in for a runner: its name is that of its code, and whoever called it is one frame further out."""
    frame = sys._getframe(1)
    name, answer = _RUNNERS[frame.f_code.co_name]
    if (caller := frame.f_back) is not None:
        _noted[-1].append(Refusal(name, Place(caller.f_code.co_filename, caller.f_lineno)))
    return answer
