"""Tasks in place of those that could not be built, so that one look at a `requires()` shows all that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gokart_lint.project.nearness import nearest


def without_unknown(cls: Any, kwargs: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments with misspelt names put right and unknown ones left out; None if all names are known."""
    names = [name for name, _ in cls.get_params()]
    unknown = [name for name in kwargs if name not in names]
    if not unknown:
        return None
    known = {name: value for name, value in kwargs.items() if name in names}
    for name in unknown:
        meant = meant_by(name, names, known)
        if meant is not None:
            known[meant] = kwargs[name]
    return known


def meant_by(wrong: str, names: list[str], given: Mapping[str, Any]) -> str | None:
    """The parameter that a wrong name was meant for: near it, and not given under its own name."""
    return nearest(wrong, [name for name in names if name not in given])


def unfinished(cls: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], number: int) -> Any:
    """A task that no constructor has seen: of its class, with the values that were given, and defaults as they are written.

    It has what luigi.Task.__init__ and gokart.TaskOnKart.__init__ of luigi 3.8.1 and gokart 1.12.2 set, so that it can be compared, put
    into a dict and handed on.
    """
    abstract = cls.__abstractmethods__
    cls.__abstractmethods__ = frozenset()
    try:
        task = cls.__new__(cls)
    finally:
        cls.__abstractmethods__ = abstract
    values = {name: _default(parameter) for name, parameter in cls.get_params()}
    positional = [name for name, parameter in cls.get_params() if parameter.positional]
    values |= dict(zip(positional, args, strict=False)) | {name: value for name, value in kwargs.items() if name in values}
    vars(task).update(values)
    vars(task).update(
        param_kwargs=values,
        task_id=f'{cls.get_task_family()}_unfinished_{number}',
        _Task__hash=hash((cls, number)),
        task_log={},
        task_unique_id=f'unfinished{number}',
        _rerun_state=False,
        _lock_at_dump=True,
    )
    return task


def _default(parameter: Any) -> Any:
    from luigi.parameter import _no_value

    return None if parameter._default == _no_value else parameter._default
