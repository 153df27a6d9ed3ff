"""Samples: values for parameters that nobody gives one, each checked with the parameter itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from pytest_gokart.parameters import declared, origins
from pytest_gokart.parameters.sampling.acceptance import Refused, is_stable, taken
from pytest_gokart.parameters.sampling.annotations import NoValue
from pytest_gokart.parameters.sampling.hints import from_hint, hinted_task
from pytest_gokart.parameters.sampling.kinds import Wanted, library_class, proposals
from pytest_gokart.parameters.sampling.tasks import classes_for
from pytest_gokart.parameters.sampling.texts import read_values, reads_its_own
from pytest_gokart.parameters.sources import KIND, Given, Sources
from pytest_gokart.parameters.tables import KEY, TABLE
from pytest_gokart.resolution import places
from pytest_gokart.resolution.labels import described, text_of, written_name
from pytest_gokart.values import Problem

_MOST = 200  # proposals for a parameter, and tasks built for samples: a search without end helps nobody
_TASK = 'gokart.parameter.TaskInstanceParameter'
_TASKS = 'gokart.parameter.ListTaskInstanceParameter'
_CLASS = 'luigi.parameter.TaskParameter'
_OF_TASKS = frozenset({_TASK, _TASKS, _CLASS})


class Unsampled(Exception):
    """Why no value can be made up."""


class Sampler:
    """Makes samples for one pipeline. A task that is needed twice is built once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._tasks: dict[type, object] = {}
        self._making: list[type] = []
        self._built = 0

    def complete(self, task_class: Any) -> Given:
        """What is given for a class, and samples for what is missing, with a problem for each parameter that there can be none for."""
        given = self._sources.given(task_class)
        values, told, problems = dict(given.values), dict(given.origins), list(given.problems)
        wrong = bool(problems)
        for name, parameter in declared.missing(task_class, values).items():
            if written := written_name(task_class, name):
                problems.append(_unnamed(task_class, name, written))
                continue
            try:
                values[name] = self.sample(task_class, name, parameter)
                told[name] = origins.sampled(task_class, name, self._sources)
            except Unsampled as error:
                if not wrong:
                    problems.append(_unsampled(task_class, name, parameter, error))
        return Given(values, told, tuple(problems))

    def sample(self, owner: type, name: str, parameter: Any) -> object:
        """A value that the parameter takes, and reads back from its own text if there is any such value. Raises Unsampled."""
        wanted = Wanted(parameter, name, owner)
        accepted, refused = [], None
        try:
            for proposal in islice(self._proposals(wanted), _MOST):
                try:
                    value = taken(parameter, name, proposal)
                except Refused as error:
                    refused = refused or f'it does not take {described(proposal)}: {error}'
                    continue
                if is_stable(parameter, value):
                    return value
                accepted.append(value)
        except NoValue as error:
            refused = refused or str(error)
        if accepted:  # many a project's own class writes what it does not read; luigi builds the task all the same
            return accepted[0]
        raise Unsampled(refused or 'nothing that it reads was found')

    def _proposals(self, wanted: Wanted) -> Iterator[object]:
        kind = library_class(wanted.parameter, _OF_TASKS)
        own: Iterable[object] = self._task_values(wanted, kind) if kind else chain(from_hint(wanted), proposals(wanted))
        if reads_its_own(wanted.parameter) and not kind:
            likely = list(_quietly(own))
            return chain(read_values(wanted.parameter, wanted.name, likely), likely)
        return iter(own)

    # --- tasks ---

    def _task_values(self, wanted: Wanted, kind: str) -> Iterator[object]:
        parameter = wanted.parameter
        if kind == _CLASS:
            import luigi

            yield from classes_for(_task_on_kart() or luigi.Task)
        elif kind == _TASK:
            yield self.task(hinted_task(wanted, parameter.expected_type))
        else:
            yield [self.task(hinted_task(wanted, parameter.expected_elements_type))]

    def task(self, expected: type) -> object:
        """A task of a type, with samples of its own. Raises NoValue."""
        if expected not in self._tasks:
            self._tasks[expected] = self._some_task(expected)
        return self._tasks[expected]

    def _some_task(self, expected: type) -> object:
        reasons = []
        for task_class in classes_for(expected):
            if task_class in self._making:
                reasons.append(f'{" needs ".join(_named(each) for each in (*self._making, task_class))}, and so on without end')
                continue
            try:
                return self._build(task_class)
            except NoValue as error:
                reasons.append(str(error))
        raise NoValue(reasons[0] if reasons else f'no concrete task class derives from {_named(expected)}')

    def _build(self, task_class: type) -> object:
        self._built += 1
        if self._built > _MOST:
            raise NoValue(f'over {_MOST} tasks would be needed')
        self._making.append(task_class)
        try:
            made = self.complete(task_class)
            if made.problems:
                raise NoValue(made.problems[0].message.partition('\n')[0])
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                return task_class(**made.values)
        except NoValue:
            raise
        except Exception as error:
            raise NoValue(f'{_named(task_class)} cannot be built: {text_of(error)}') from error
        finally:
            self._making.pop()


def sample(owner: type, name: str, parameter: Any) -> object:
    """A sample for one parameter, a luigi.Parameter, of a task class; nobody is asked for a value. Raises Unsampled."""
    return Sampler(Sources('')).sample(owner, name, parameter)


def _quietly(values: Iterable[object]) -> Iterator[object]:
    try:
        yield from values
    except NoValue:  # what the library's class cannot hold, the project's own may
        return


def _task_on_kart() -> type | None:
    import sys

    found = getattr(sys.modules.get('gokart'), 'TaskOnKart', None)
    return found if isinstance(found, type) else None


def _named(task_class: type) -> str:
    return task_class.__qualname__.rpartition('.')[2]


def _unnamed(task_class: Any, name: str, written: str) -> Problem:
    """A sample would hide that no code can build the task: Python writes the name another way outside of the class."""
    what = f'{_named(task_class)}.{written} is a private parameter without a default, and nothing outside of the class can give it a value'
    hint = f'Give it a default (or set {name} in section [{task_class.get_task_family()}] of the luigi configuration).'
    return Problem(KIND, f'{what}\n{hint}', at=places.of_attribute(task_class, name))


def _unsampled(task_class: Any, name: str, parameter: Any, error: Unsampled) -> Problem:
    """Why a parameter has no value, and every way to give it one, ready to be copied."""
    family, kind = task_class.get_task_family(), library_class(parameter, _OF_TASKS)
    value = {_TASK: 'a task', _TASKS: '[a task, ...]', _CLASS: 'a task class'}.get(kind, '...')
    ways = [f'in conftest.py, `def pytest_gokart_parameters(task_class): return {{{name!r}: {value}}}` (for this class alone)']
    if not kind:
        ways.append(f'in pyproject.toml, `[{TABLE}.{KEY}."{task_class.__module__}.{task_class.__qualname__}"]` with `{name} = ...`')
        ways.append(f'in a luigi configuration file, `[{family}]` with `{name} = ...`')
    what = f'{_named(task_class)}.{name} ({type(parameter).__name__}) has no value, and none can be made up: {error}'
    return Problem(KIND, f'{what}. Give it one: ' + '; or '.join(ways))
