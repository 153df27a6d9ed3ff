"""Values that a person gave for the parameters of a class, judged: a wrong one must be said, not handed on to luigi, which takes much."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any

from pytest_gokart.parameters.declared import own_parameters, parameters
from pytest_gokart.parameters.sampling.acceptance import Refused, is_same, read_back, taken
from pytest_gokart.parameters.sampling.kinds import library_class
from pytest_gokart.parameters.sampling.texts import reads_its_own
from pytest_gokart.parameters.sources import KIND, Answer, Given
from pytest_gokart.parameters.tables import Table, nearest
from pytest_gokart.resolution.labels import described, text_of
from pytest_gokart.resolution.text_values import refusal
from pytest_gokart.values import Place, Problem
from pytest_gokart.wording import with_article

_NUMBERS = frozenset(f'luigi.parameter.{name}' for name in ('IntParameter', 'FloatParameter', 'NumericalParameter'))
_FROM_TABLES = frozenset(
    f'gokart.parameter.{name}' for name in ('TaskInstanceParameter', 'ListTaskInstanceParameter', 'SerializableParameter')
)


class Giving:
    """Collects what is given for one class. What is taken first stays."""

    def __init__(self, task_class: type) -> None:
        self._class = task_class
        self._parameters = parameters(task_class)
        self._values: dict[str, object] = {}
        self._origins: dict[str, str] = {}
        self._problems: list[Problem] = []

    def result(self) -> Given:
        return Given(self._values, self._origins, tuple(self._problems))

    def take_answers(self, ask: Callable[[type], Iterable[object]], origin: str) -> None:
        """Take what a hook answers for the class."""
        try:
            answers = [answer for answer in ask(self._class) if answer is not None]
        except Exception as error:
            self._problems.append(Problem(KIND, f'{origin} raised {text_of(error)}', at=_raised_at(error)))
            return
        for given in answers:
            answer, origin = given if isinstance(given, Answer) else (given, origin)
            if not isinstance(answer, Mapping):
                self._problems.append(Problem(KIND, f'{origin} must give a dict from names to values, or None, not {described(answer)}'))
                continue
            for name, value in answer.items():
                self._take(name, value, origin, None, _from_code)

    def take_table(self, table: Table) -> None:
        """Take what pyproject.toml says of the class."""
        for name, value in table.values.items():
            at = table.place(name)
            self._take(name, value, str(at), at, _from_toml)

    def _take(self, name: Any, value: Any, origin: str, at: Place | None, made: Callable[[Any, str, Any], object]) -> None:
        if name in self._values:
            return
        said_by = '' if at else f'{origin}: '
        parameter = self._parameters.get(name)
        if parameter is None:
            hint = nearest(str(name), own_parameters(self._class)) or nearest(str(name), self._parameters)
            self._problems.append(Problem(KIND, f'{said_by}{self._class.__name__} has no parameter {str(name)!r}{hint}', at=at))
            return
        try:
            self._values[name] = made(parameter, name, value)
            self._origins[name] = origin
        except Refused as error:
            holder = f'{self._class.__name__}.{name}, {with_article(type(parameter).__name__)},'
            what = f'{holder} does not take {described(value)}: {error}'
            self._problems.append(Problem(KIND, f'{said_by}{what}', at=at))


def _from_code(parameter: Any, name: str, value: object) -> object:
    normal = taken(parameter, name, value)
    if library_class(parameter, _NUMBERS) and value is not None:
        _number(parameter, normal)
    return normal


def _number(parameter: Any, value: object) -> object:
    """The value as luigi reads it from a text: luigi.IntParameter and its like judge nothing else (luigi 3.8.1)."""
    back = read_back(parameter, value)
    if not is_same(back, value):
        raise Refused(f'luigi would read it as {back!r}')
    return back


def _from_toml(parameter: Any, name: str, value: Any) -> object:
    """Text as the parameter reads it, as luigi's own files give it; other values of TOML as they are."""
    if isinstance(value, str):
        return taken(parameter, name, _parsed(parameter, value))
    ways: list[Callable[[], object]] = [lambda: value]
    if isinstance(value, (dict, list)) and (library_class(parameter, _FROM_TABLES) or reads_its_own(parameter)):
        ways += [lambda: _parsed(parameter, deepcopy(value)), lambda: _parsed(parameter, json.dumps(value, default=str))]
    refusals = []
    for way in ways:
        try:
            normal = taken(parameter, name, way())
            return _number(parameter, normal) if library_class(parameter, _NUMBERS) else normal
        except Refused as error:
            refusals.append(error)
    raise refusals[0]


def _parsed(parameter: Any, value: object) -> object:
    try:
        return parameter.parse(value)
    except Exception as error:
        raise Refused(refusal(parameter, error)) from error


def _raised_at(error: Exception) -> Place | None:
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    return Place(frames[-1].filename, frames[-1].lineno or 1) if frames else None
