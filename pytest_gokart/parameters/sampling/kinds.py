"""What suits each parameter class of luigi and gokart. A project's own class is answered like the nearest of them that it derives from.

Everything here is a proposal, the best first; `samples` asks the parameter itself which of them it takes.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from pytest_gokart.parameters.sampling.annotations import NoValue, instance_of
from pytest_gokart.parameters.sampling.names import is_later, kind_of, text_for, words

DAY = datetime.date(2020, 1, 1)
MOMENT = datetime.datetime(2020, 1, 1)


class Wanted(NamedTuple):
    """A parameter that needs a value: its object (luigi.Parameter), its name, and the task class that has it."""

    parameter: Any
    name: str
    owner: type


def _text(wanted: Wanted) -> Iterator[object]:
    yield from (text_for(wanted.name), 'sample', '1')


def _whole(wanted: Wanted) -> Iterator[object]:
    start = 2020 if kind_of(wanted.name) == 'year' else 1
    yield from (start + is_later(wanted.name), 1, 0)


def _float(wanted: Wanted) -> Iterator[object]:
    yield from (0.5, 1.0)


def _number(wanted: Wanted) -> Iterator[object]:
    """Plain numbers first, then those at the ends of the range and between them."""
    parameter = wanted.parameter
    low, high, made = parameter._min_value, parameter._max_value, parameter._var_type
    proposals: list[Callable[[], Any]] = [
        *(lambda number=number: number for number in (1, 0, 0.5)),
        lambda: low + 1,
        lambda: low,
        lambda: low + (high - low) / 2,
        lambda: math.ceil(low),
        lambda: math.floor(high),
        lambda: high,
        lambda: high - 1,
        lambda: math.nextafter(low, high),
        lambda: math.nextafter(high, low),
    ]
    found = False
    for propose in proposals:
        try:
            value = parameter.parse(str(made(propose())))
        except (ArithmeticError, TypeError, ValueError):
            continue
        found = True
        yield value
    if not found:
        raise NoValue(f'no value was found for {parameter._permitted_range}')


def _bool(wanted: Wanted) -> Iterator[object]:
    yield from (False, True)


def choices(parameter: Any) -> list[Any]:
    """The choices of a ChoiceParameter in an order that does not hang on the process, as that of its set of texts does."""
    try:
        return sorted(parameter._choices)
    except TypeError:
        return sorted(parameter._choices, key=str)


def _choice(wanted: Wanted) -> Iterator[object]:
    if not wanted.parameter._choices:
        raise NoValue('it has no choices')
    yield from choices(wanted.parameter)


def _choice_list(wanted: Wanted) -> Iterator[object]:
    yield from ((choice,) for choice in choices(wanted.parameter))
    yield ()


def _enum(wanted: Wanted) -> Iterator[object]:
    if not len(wanted.parameter._enum):
        raise NoValue(f'{wanted.parameter._enum.__name__} has no members')
    yield from wanted.parameter._enum


def _enum_list(wanted: Wanted) -> Iterator[object]:
    yield from ((member,) for member in wanted.parameter._enum)
    yield ()


def _list(wanted: Wanted) -> Iterator[object]:
    """One element, as code often takes it for granted that there is one."""
    yield from _by_schema(wanted)
    yield from ([text_for(wanted.name)], ['sample'], [1], [])


def _dict(wanted: Wanted) -> Iterator[object]:
    """Keyword arguments are best empty; what else is looked into has an entry."""
    yield from _by_schema(wanted)
    is_keywords = not {'kwarg', 'kwargs', 'param', 'parameter', 'option', 'arg', 'args', 'config', 'setting'}.isdisjoint(words(wanted.name))
    yield from ({}, {'sample': 'sample'}) if is_keywords else ({'sample': 'sample'}, {})


def _by_schema(wanted: Wanted) -> Iterator[object]:
    if getattr(wanted.parameter, 'schema', None) is not None:
        from pytest_gokart.parameters.sampling.schemas import values_for

        yield from values_for(wanted.parameter.schema)


def _day(wanted: Wanted) -> Iterator[object]:
    yield from _moved(wanted, DAY)


def _moment(wanted: Wanted) -> Iterator[object]:
    yield from _moved(wanted, MOMENT)


def _moved(wanted: Wanted, start: Any) -> Iterator[object]:
    """A date, or the next one that the parameter knows for the end of a range: an empty range would hide what it builds."""
    if is_later(wanted.name):
        with suppress(ArithmeticError, TypeError, ValueError):
            yield wanted.parameter.next_in_enumeration(wanted.parameter.normalize(start))
    yield from (start, wanted.parameter.start)


def _zoned(wanted: Wanted) -> Iterator[object]:
    yield datetime.datetime(2020, 1, 1 + is_later(wanted.name), tzinfo=datetime.timezone.utc)


def _interval(wanted: Wanted) -> Iterator[object]:
    from luigi import date_interval

    made: Any = date_interval
    yield from (made.Date(2020, 1, 1), made.Month(2020, 1))


def _duration(wanted: Wanted) -> Iterator[object]:
    yield datetime.timedelta(days=1)


def _path(wanted: Wanted) -> Iterator[object]:
    """Where the path must exist, the file that the class stands in, or its folder: they are there wherever the project is."""
    if getattr(wanted.parameter, 'exists', False):
        import sys

        source = getattr(sys.modules.get(wanted.owner.__module__), '__file__', None) or __file__
        yield from (Path(source).parent, Path(source)) if kind_of(wanted.name) == 'directory' else (Path(source), Path(source).parent)
    yield from (Path(text_for(wanted.name)), Path('sample'))


def _object(wanted: Wanted) -> Iterator[object]:
    yield instance_of(wanted.parameter._object_type)


_KINDS: dict[str, Callable[[Wanted], Iterator[object]]] = {
    'luigi.parameter.Parameter': _text,
    'luigi.parameter.IntParameter': _whole,
    'luigi.parameter.FloatParameter': _float,
    'luigi.parameter.NumericalParameter': _number,
    'luigi.parameter.BoolParameter': _bool,
    'luigi.parameter.ChoiceParameter': _choice,
    'luigi.parameter.ChoiceListParameter': _choice_list,
    'luigi.parameter.EnumParameter': _enum,
    'luigi.parameter.EnumListParameter': _enum_list,
    'luigi.parameter.ListParameter': _list,
    'luigi.parameter.DictParameter': _dict,
    'luigi.parameter._DateParameterBase': _day,
    'luigi.parameter._DatetimeParameterBase': _moment,
    'luigi.parameter.DateIntervalParameter': _interval,
    'luigi.parameter.TimeDeltaParameter': _duration,
    'luigi.parameter.PathParameter': _path,
    'gokart.parameter.SerializableParameter': _object,
    'gokart.parameter.ZonedDateSecondParameter': _zoned,
}


def library_class(parameter: Any, names: Container[str]) -> str:
    """The first of some full class names among the classes of a parameter, from its own upwards; '' if there is none."""
    return next((name for each in type(parameter).__mro__ if (name := f'{each.__module__}.{each.__qualname__}') in names), '')


def proposals(wanted: Wanted) -> Iterator[object]:
    """Values that suit the nearest class of luigi or gokart. Raises annotations.NoValue, with the reason, if there can be none."""
    kind = _KINDS.get(library_class(wanted.parameter, _KINDS))
    return iter(()) if kind is None else kind(wanted)
