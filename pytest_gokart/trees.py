"""The tree of a pipeline in a test: resolved, and as text that two runs, two machines and two people can compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_gokart import isolation
from pytest_gokart.shapes import name_of

if TYPE_CHECKING:
    from pytest_gokart.resolving import Resolution

_LONGEST = 80


def resolved(task: Any, parameters: Mapping[str, Any]) -> Resolution:
    """All that a task requires, with the keys of a real run; nothing runs. Raises PipelineFailure for what is wrong with it."""
    __tracebackhide__ = True
    from pytest_gokart import resolving
    from pytest_gokart.problems import PipelineFailure
    from pytest_gokart.values import Row

    if parameters and not isinstance(task, type):
        raise TypeError(f'{name_of(task)} is built already: give {", ".join(parameters)} where it is built, or hand over its class')
    with isolation.undone(), isolation.nothing_runs():
        if isinstance(task, type):
            resolution = resolving.resolve(task, Row(parameters), exact=True)
        else:
            resolution = resolving.resolve_task(task, exact=True)
    if resolution.problems:
        raise PipelineFailure(resolution.problems, resolution.notes)
    return resolution


def text_of(task: Any, parameters: Mapping[str, Any]) -> str:
    """The tree as `written` has it, once it is known to be sound."""
    __tracebackhide__ = True
    from pytest_gokart.births import Births
    from pytest_gokart.guards import guarded
    from pytest_gokart.identities import Identities

    tasks = resolved(task, parameters).tasks
    with isolation.undone(), isolation.nothing_runs(), guarded(Births(), Identities(), exact=True):
        for each in tasks:  # from below, so that no unique id waits for a long row of others
            _unique_id(each)
        return written(tasks[-1])


def written(root: Any) -> str:
    """One line a task: its key in requires(), class, unique id and parameters. What was written before is only named again."""
    lines: list[str] = []
    seen: set[tuple[type, str]] = set()
    left = [(root, '', 0)]
    while left:
        task, key, level = left.pop()
        identity = (type(task), task.task_id)
        line = f'{"  " * level}{f"{key}: " if key else ""}{name_of(task)} {_unique_id(task)}'
        if identity in seen:
            lines.append(f'{line} (see above)\n')
            continue
        seen.add(identity)
        lines.append(f'{line}{"".join(f" {name}={value}" for name, value in _parameters(task))}\n')
        left.extend((child, name, level + 1) for name, child in reversed(list(_children(task.requires()))))
    return ''.join(lines)


def _unique_id(task: Any) -> str:
    make = getattr(task, 'make_unique_id', None)
    return str(make() if make is not None else task.task_id)


def _children(required: Any, key: str = '') -> Iterator[tuple[str, Any]]:
    if required is None:
        return
    if isinstance(required, Mapping):
        for name, value in required.items():
            yield from _children(value, f'{key}.{name}' if key else str(name))
    elif hasattr(required, 'task_id'):
        yield key, required
    else:
        items = sorted(required, key=_unique_id) if isinstance(required, set | frozenset) else required
        for index, value in enumerate(items):
            yield from _children(value, f'{key}[{index}]')


def _parameters(task: Any) -> Iterator[tuple[str, str]]:
    """What goes into the key and may be shown: no tasks, which have lines of their own, and nothing private."""
    import gokart
    from luigi.parameter import ParameterVisibility

    for name, parameter in task.get_params():
        if not parameter.significant or parameter.visibility != ParameterVisibility.PUBLIC:
            continue
        if isinstance(parameter, gokart.TaskInstanceParameter | gokart.ListTaskInstanceParameter):
            continue
        text = str(parameter.serialize(getattr(task, name)))
        plain = text if text and text.isprintable() and ' ' not in text else repr(text)
        yield name, plain if len(plain) <= _LONGEST else f'{plain[:_LONGEST]}…'
