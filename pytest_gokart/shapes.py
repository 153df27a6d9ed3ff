"""Which given value stands in for which dependency: the shapes are those of `load`, what does not fit is said before anything runs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NOT_GIVEN: Any = object()


class WrongInputs(Exception):
    """The inputs of `gokart_run` are not what the task requires."""


@dataclass(frozen=True)
class Given:
    """A dependency and the value that it would have dumped; `where` is how the test wrote it: `inputs['wine']`."""

    where: str
    task: Any
    value: Any


def matched(task: Any, required: Any, inputs: Any) -> tuple[Given, ...]:
    """Each dependency with its value, or WrongInputs with all that does not fit and with what is wanted."""
    matching = _Matching(task)
    given = tuple(matching.match(required, inputs, 'inputs'))
    problems = matching.problems or list(_contradictions(given))
    if problems:
        raise WrongInputs(message(task, problems, required))
    return given


def message(task: Any, problems: Iterable[str], required: Any) -> str:
    return '\n'.join((f'{name_of(task)} cannot run on these inputs:', *(f'  {problem}' for problem in problems), f'  {_wanted(required)}'))


def name_of(task: Any) -> str:
    """Never a task's own repr, which asks requires() of everything above."""
    return (task if isinstance(task, type) else type(task)).__name__


class _Matching:
    def __init__(self, task: Any) -> None:
        self.problems: list[str] = []
        self._by_parameter = {name: getattr(task, name) for name, _ in task.get_params() if _holds_tasks(getattr(task, name, None))}

    def match(self, required: Any, value: Any, where: str) -> Iterator[Given]:
        if not _is_something(required):
            if value is not NOT_GIVEN and _is_something(value):
                self.problems.append(f'{where} is given, but nothing is required')
        elif value is NOT_GIVEN:
            self.problems.append(f'{where} is missing')
        elif isinstance(required, Mapping):
            yield from self._match_keys(required, value, where)
        elif where == 'inputs' and (pairs := self._named(required, value)):
            for name, task in pairs:
                yield from self.match(task, value[name], f'{where}[{name!r}]')
        elif _is_task(required):
            yield Given(where, required, value)
        else:
            yield from self._match_positions(list(required), value, where)

    def _match_keys(self, required: Mapping[Any, Any], value: Any, where: str) -> Iterator[Given]:
        if not isinstance(value, Mapping):
            self.problems.append(f'{where} is a {type(value).__name__}, not a dict by key')
            return
        keys = {key: key if key in value else self._parameter_of(task, value) for key, task in required.items()}
        for key in value:
            if key not in keys.values():
                near = difflib.get_close_matches(str(key), map(str, required), n=1)
                self.problems.append(f'{where}[{key!r}] is not required' + (f': is it {near[0]!r}?' if near else ''))
        for key, task in required.items():
            found = value[keys[key]] if keys[key] is not NOT_GIVEN else NOT_GIVEN
            yield from self.match(task, found, f'{where}[{keys[key] if keys[key] is not NOT_GIVEN else key!r}]')

    def _match_positions(self, required: list[Any], value: Any, where: str) -> Iterator[Given]:
        if not isinstance(value, list | tuple):
            self.problems.append(f'{where} is a {type(value).__name__}, not a list')
        elif len(value) != len(required):
            self.problems.append(f'{where} has {len(value)} values for {len(required)} tasks')
        else:
            for index, (task, one) in enumerate(zip(required, value, strict=True)):
                yield from self.match(task, one, f'{where}[{index}]')

    def _parameter_of(self, task: Any, value: Mapping[Any, Any]) -> Any:
        return next((name for name, held in self._by_parameter.items() if name in value and _same(held, task)), NOT_GIVEN)

    def _named(self, required: Any, value: Any) -> list[tuple[str, Any]]:
        """Values by the names of the task parameters that requires() gives back, where it gives no dict."""
        if not isinstance(value, Mapping) or not value or not value.keys() <= self._by_parameter.keys():
            return []
        parts = [required] if _is_task(required) or self._parameter_of(required, value) is not NOT_GIVEN else list(required)
        names = [self._parameter_of(part, value) for part in parts]
        return list(zip(names, parts, strict=True)) if set(names) == set(value) else []


def _contradictions(given: tuple[Given, ...]) -> Iterator[str]:
    first: dict[Any, Given] = {}
    for one in given:
        other = first.setdefault(one.task, one)
        if not is_one(other.value, one.value):
            yield (
                f'{other.where} and {one.where} are one and the same task {name_of(one.task)}, which dumps one value: '
                'hand gokart_run the class instead of a task, and each parameter gets a stand-in of its own'
            )


def is_one(value: Any, other: Any) -> bool:
    """The same object; tables have no plain answer to ==, so that only small values are compared."""
    return value is other or (type(value) is type(other) and isinstance(value, int | float | str | bytes) and value == other)


def outputs(given: Given) -> Iterator[tuple[Any, Any]]:
    """The targets of a dependency, each with its part of the value; WrongInputs if they do not fit."""
    yield from _spread(given, given.task.output(), given.value, given.where)


def _spread(given: Given, output: Any, value: Any, where: str) -> Iterator[tuple[Any, Any]]:
    if isinstance(output, Mapping):
        if not isinstance(value, Mapping) or set(value) != set(output):
            got = f'has {_keys(value)}' if isinstance(value, Mapping) else f'is a {type(value).__name__}'
            raise WrongInputs(f'{where} {got}, but {name_of(given.task)} has the outputs {_keys(output)}')
        for key, target in output.items():
            yield from _spread(given, target, value[key], f'{where}[{key!r}]')
    elif isinstance(output, list | tuple):
        if not isinstance(value, list | tuple) or len(value) != len(output):
            got = f'{len(value)} values' if isinstance(value, list | tuple) else f'a {type(value).__name__}'
            raise WrongInputs(f'{where} gives {got}, but {name_of(given.task)} has {len(output)} outputs')
        for index, (target, one) in enumerate(zip(output, value, strict=True)):
            yield from _spread(given, target, one, f'{where}[{index}]')
    else:
        yield output, value


def _keys(value: Mapping[Any, Any]) -> str:
    return ', '.join(map(repr, value)) or 'nothing'


def _wanted(required: Any) -> str:
    return f'wanted: inputs={_shape(required)}' if _is_something(required) else 'wanted: no inputs'


def _shape(required: Any) -> str:
    if _is_task(required):
        return f'<{name_of(required)}>'
    if isinstance(required, Mapping):
        return '{' + ', '.join(f'{key!r}: {_shape(value)}' for key, value in required.items()) + '}'
    if isinstance(required, list | tuple):
        return '[' + ', '.join(map(_shape, required)) + ']'
    return f'<{name_of(required)}, which is no task>'


def _is_something(value: Any) -> bool:
    """An empty list, an empty dict and None require nothing, and give nothing."""
    return value is not None and not (isinstance(value, Mapping | list | tuple) and not value)


def _is_task(value: object) -> bool:
    import luigi

    return isinstance(value, luigi.Task)


def _holds_tasks(value: object) -> bool:
    return _is_task(value) or (isinstance(value, tuple) and bool(value) and all(map(_is_task, value)))


def _same(held: Any, required: Any) -> bool:
    return (
        held is required or (type(held) is type(required) and held == required) or (isinstance(required, list) and list(held) == required)
    )
