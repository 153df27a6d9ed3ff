"""What `requires()` gave: tasks in dicts, lists and tuples, or something that gokart takes for tasks, drops, or stumbles over later.

`gokart.utils.flatten` takes any iterable and drops None; `map_flattenable_items`, which every dump() uses on `requires()`, knows dict,
list and tuple alone, and the rest it takes for a task (gokart.task.TaskOnKart.dump, gokart 1.12.2).
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pytest_gokart.resolution import places
from pytest_gokart.resolution.bodies import uses
from pytest_gokart.resolution.labels import described
from pytest_gokart.resolution.problems import Finding

_MOST = 200_000


class Read(NamedTuple):
    """The tasks of a value, in order, and what is wrong with its shape."""

    tasks: list[Any]
    findings: list[Finding]


def read(task: Any, value: Any, *, built_some: bool) -> Read:
    """What `requires()` of a task gave; `built_some` says that it built tasks meanwhile."""
    result = Read([], [])
    cls = type(task)
    if value is None:
        result.findings.extend(_nothing(cls, built_some))
    else:
        for kind, message in _walk(value, '', result.tasks, cls):
            result.findings.append(Finding(kind, f'{cls.__name__}.requires() gives {message}', places.of_requires(cls)))
    return result


def no_method(task: Any, found: Any) -> Finding:
    """`requires` is there, and cannot be called."""
    cls = type(task)
    written = inspect.getattr_static(cls, 'requires', found)
    what = 'a property' if isinstance(written, property) else described(written)
    at = places.of_function(written.fget) if isinstance(written, property) else places.of_attribute(cls, 'requires')
    return Finding(
        'shape', f'{cls.__name__}.requires is {what}, and gokart calls it\nWrite it as a method: def requires(self): return ...', at
    )


def _nothing(cls: Any, built_some: bool) -> Iterator[Finding]:
    """None for no tasks is right for a task that neither loads nor dumps."""
    if built_some:
        hint = 'It builds tasks and does not give them back: is a `return` missing?'
    elif uses(cls, {'load', 'dump', 'input', 'load_generator'}):
        hint = 'gokart finds no tasks and no error, but load() and dump() fail at the run: return the tasks, or [] for none.'
    else:
        return
    yield Finding('shape', f'{cls.__name__}.requires() gives None\n{hint}', places.of_requires(cls))


def _walk(value: Any, where: str, tasks: list[Any], cls: Any) -> Iterator[tuple[str, str]]:
    import luigi

    if isinstance(value, luigi.Task):
        tasks.append(value)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(each, f'under the key {key!r}' if isinstance(key, (str, int)) else 'in a dict', tasks, cls)
    elif isinstance(value, (list, tuple)):
        for number, each in enumerate(value):
            yield from _walk(each, f'as element {number}{f" {where}" if where else ""}', tasks, cls)
    elif isinstance(value, (set, frozenset)):
        yield (
            'shape',
            f'{_at("a set", where)}\nIts order and so the unique id differ in every process, and dump() fails on it. Use a list or dict.',
        )
        tasks += [each for each in value if isinstance(each, luigi.Task)]
    elif _is_lazy(value):
        yield from _lazy(value, where, tasks, cls)
    else:
        yield 'shape', _wrong(value, where)


def _is_lazy(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, type)) and not hasattr(value, 'items')


def _lazy(value: Any, where: str, tasks: list[Any], cls: Any) -> Iterator[tuple[str, str]]:
    """An iterable that is no list: gokart takes the tasks out of it, but dump() cannot."""
    for number, each in enumerate(value):
        if number >= _MOST:
            yield 'endless', f'{_at(described(value), where)} with more than {_MOST} tasks\nDoes it end?'
            break
        yield from _walk(each, f'as element {number}', tasks, cls)
    if _dump_asks() and uses(cls, {'dump'}):
        what = 'a generator' if isinstance(value, types.GeneratorType) else described(value)
        hint = 'dump() fails on it at the run, as it knows dict, list and tuple alone. Return a list, or a dict of tasks.'
        yield 'shape', f'{_at(what, where)}, and {cls.__name__} dumps\n{hint}'


def _dump_asks() -> bool:
    """Whether dump() looks at what is required, which it does not in old versions (gokart 1.4)."""
    import gokart.task

    return hasattr(gokart.task, 'map_flattenable_items')


def _wrong(value: Any, where: str) -> str:
    import luigi

    if value is None:
        return (
            f'{_at("None", where)}, which gokart drops without a word\nIs a `return` missing where it is made? If not, leave the entry out.'
        )
    if isinstance(value, type):
        hint = f'\nBuild it: {value.__name__}(...).' if issubclass(value, luigi.Task) else ''
        return f'{_at(described(value), where)}, and no task{hint}'
    if isinstance(value, luigi.Target):
        return f'{_at("a target", where)}, and no task\nGive the task that makes it, not its output().'
    if inspect.iscoroutine(value):
        value.close()
        return f'{_at("a coroutine", where)}, and no task\ngokart does not await: write `def`, not `async def`.'
    return f'{_at(described(value), where)}, and no task'


def _at(what: str, where: str) -> str:
    return f'{what} {where}' if where else what
