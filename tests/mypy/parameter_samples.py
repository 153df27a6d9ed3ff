"""How each parameter class is declared, and values of it: what the mypy plugin, real luigi and the linter must agree on."""

from __future__ import annotations

from dataclasses import dataclass

MODULE = 'declared'
"""The generated module that declares all of it: mypy reads it, Python imports it, and the linter links it."""

HEAD = """\
import datetime
import enum
import pathlib
from typing import Any

import gokart
import luigi
from luigi.date_interval import Date, DateInterval, Month, Year


class Size(enum.Enum):
    SMALL = 1
    LARGE = 2


class Point:
    def __init__(self, x: int) -> None:
        self.x = x

    def gokart_serialize(self) -> str:
        return str(self.x)

    @classmethod
    def gokart_deserialize(cls, s: str) -> 'Point':
        return cls(int(s))


class Load(gokart.TaskOnKart[int]):
    task_namespace = 'parameter_table'  # luigi finds a class by its name among those of all tests of this process
    n: luigi.IntParameter = luigi.IntParameter(default=1)


class Clean(gokart.TaskOnKart[int]):
    pass


DAY = datetime.date(2020, 1, 2)
HOUR = datetime.datetime(2020, 1, 2, 3)
ZONED = datetime.datetime(2020, 1, 2, 3, tzinfo=datetime.timezone.utc)
"""


@dataclass(frozen=True)
class Sample:
    """A parameter class in use.

    `type` is the type of the attribute, as a Python expression in the module; `bare` is that of an un-annotated one, where the declaration
    alone says less. `given` are expressions that a construction may be given, `wrong` ones that it may not, `texts` what a configuration
    file may say. `descriptor` and `value` are the two annotations, if they are not the class itself and `type`; `described` is the type in
    the descriptor style, where luigi's own words for it are others.
    """

    type: str
    given: tuple[str, ...]
    wrong: tuple[str, ...]
    texts: tuple[str, ...] = ()
    arguments: str = ''
    descriptor: str = ''
    value: str = ''
    bare: str = ''
    described: str = ''


SAMPLES = {
    'luigi.Parameter': Sample('str', ("'a'",), (), ('a',), descriptor='{}[str]', bare='Any'),
    'luigi.StrParameter': Sample('str', ("'a'",), ('1', 'None'), ('a',)),
    'luigi.IntParameter': Sample('int', ('1', 'True'), ("'1'", '1.5', 'None'), ('3',)),
    'luigi.FloatParameter': Sample('float', ('1', '1.5'), ("'1'", 'None'), ('1.5', '3')),
    'luigi.BoolParameter': Sample('bool', ('True',), ("'yes'", '3'), ('true', 'False')),
    'luigi.NumericalParameter': Sample(
        'int', ('1',), ("'1'", '1.5', 'None'), ('1',), 'var_type=int, min_value=0, max_value=3', descriptor='{}[int]'
    ),
    'luigi.DateParameter': Sample('datetime.date', ('DAY', 'HOUR'), ("'2020-01-02'", 'None', '3'), ('2020-01-02',)),
    'luigi.MonthParameter': Sample('datetime.date', ('DAY', 'HOUR', 'Month(2020, 1)'), ("'2020-01'", 'None', 'Year(2020)'), ('2020-01',)),
    'luigi.YearParameter': Sample('datetime.date', ('DAY', 'HOUR', 'Year(2020)'), ("'2020'", 'None', '2020'), ('2020',)),
    'luigi.DateHourParameter': Sample('datetime.datetime', ('HOUR', 'DAY'), ("'2020-01-02T03'", '3'), ('2020-01-02T03',)),
    'luigi.DateMinuteParameter': Sample('datetime.datetime', ('HOUR', 'DAY'), ("'2020-01-02T0304'", '3'), ('2020-01-02T0304',)),
    'luigi.DateSecondParameter': Sample('datetime.datetime', ('HOUR', 'DAY'), ("'2020-01-02T030405'", '3'), ('2020-01-02T030405',)),
    'luigi.DateIntervalParameter': Sample(
        'DateInterval', ('Date(2020, 1, 2)', 'Month(2020, 1)'), ("'2020-01'", 'DAY'), ('2020-01', '2020')
    ),
    'luigi.TimeDeltaParameter': Sample('datetime.timedelta', ('datetime.timedelta(1)',), ("'1d'", '3'), ('1d', '3 h')),
    'luigi.ListParameter': Sample(
        'tuple[Any, ...]', ("['a']", '(1, 2)', '[]'), ("'abc'", '3'), ('["a", 1]',), descriptor='{}[tuple[Any, ...]]', value='list[Any]'
    ),
    'luigi.TupleParameter': Sample(
        'tuple[Any, ...]', ("['a']", '(1, 2)', '()'), ("'abc'", '3'), ('(1, 2)', '[[1, 2]]'), descriptor='{}[tuple[Any, ...]]'
    ),
    'luigi.DictParameter': Sample(
        'dict[Any, Any]', ("{'a': 1}", '{}'), ('[1]', "'{}'"), ('{"a": [1]}',), descriptor='{}[dict[Any, Any]]', value='dict[str, Any]'
    ),
    'luigi.EnumParameter': Sample(
        'Size', ('Size.SMALL',), ("'SMALL'", '1', 'None', 'Size'), ('LARGE',), 'enum=Size', descriptor='{}[Size]'
    ),
    'luigi.EnumListParameter': Sample(
        'tuple[Size, ...]',
        ('[Size.SMALL]', '(Size.SMALL, Size.LARGE)', '()'),
        ("['SMALL']", 'Size.SMALL', "'SMALL'"),
        ('SMALL,LARGE', ''),
        'enum=Size',
        descriptor='{}[Size]',
        value='list[Size]',
    ),
    'luigi.ChoiceParameter': Sample('int', ('1',), ("'1'", '3', 'None'), ('2',), 'var_type=int, choices=[1, 2]', descriptor='{}[int]'),
    'luigi.ChoiceListParameter': Sample(
        'tuple[str, ...]',
        ("['a']", "('a', 'b')", '()'),
        ('[1]', '3'),
        ('a,b',),
        "choices=['a', 'b']",
        descriptor='{}[str]',
        value='list[str]',
    ),
    'luigi.PathParameter': Sample('pathlib.Path', ("'a.csv'", "pathlib.Path('a.csv')"), ('1', 'None'), ('a.csv',)),
    'luigi.TaskParameter': Sample(
        'type[luigi.Task]', ('Load', 'luigi.Task'), ("'Load'", 'Load()', 'int'), ('parameter_table.Load',), descriptor='{}[luigi.Task]'
    ),
    'luigi.OptionalParameter': Sample('str | None', ("'a'", 'None'), (), ('a', ''), bare='Any'),
    'luigi.OptionalStrParameter': Sample('str | None', ("'a'", 'None'), ('1',), ('a', '')),
    'luigi.OptionalIntParameter': Sample('int | None', ('1', 'None'), ("'1'", '1.5'), ('1', '')),
    'luigi.OptionalFloatParameter': Sample('float | None', ('1.5', 'None'), ("'1'",), ('1.5', '')),
    'luigi.OptionalBoolParameter': Sample('bool | None', ('True', 'None'), ("'maybe'", '3'), ('true', '')),
    'luigi.OptionalListParameter': Sample(
        'tuple[Any, ...] | None',
        ('[1]', "('a',)", 'None'),
        ("'abc'", '3'),
        ('[1]', ''),
        descriptor='{}[tuple[Any, ...]]',
        value='list[Any] | None',
    ),
    'luigi.OptionalTupleParameter': Sample(
        'tuple[Any, ...] | None', ('[1]', "('a',)", 'None'), ("'abc'", '3'), ('(1,)', ''), descriptor='{}[tuple[Any, ...]]'
    ),
    'luigi.OptionalDictParameter': Sample(
        'dict[Any, Any] | None',
        ("{'a': 1}", 'None'),
        ('[1]', "'{}'"),
        ('{"a": 1}', ''),
        described='luigi.freezing.FrozenOrderedDict | None',
    ),
    'luigi.OptionalPathParameter': Sample('pathlib.Path | None', ("'a.csv'", "pathlib.Path('a')", 'None'), ('1',), ('a.csv', '')),
    'luigi.OptionalChoiceParameter': Sample(
        'str | None', ("'a'", 'None'), ("'c'", '1'), ('b', ''), "choices=['a', 'b']", descriptor='{}[str]'
    ),
    'luigi.OptionalNumericalParameter': Sample(
        'int | None', ('1', 'None'), ("'1'",), ('1', ''), 'var_type=int, min_value=0, max_value=3', descriptor='{}[int]'
    ),
    'gokart.TaskInstanceParameter': Sample(
        'Load', ('Load()', 'Load(n=3)'), ('Clean()', 'Load', 'None', '[Load()]', '3'), (), 'expected_type=Load', descriptor='{}[Load]'
    ),
    'gokart.ListTaskInstanceParameter': Sample(
        'list[Load]',
        ('[Load()]', '(Load(), Load(n=2))', '[]'),
        ('[Clean()]', 'Load()', '[Load]', '3'),
        (),
        'expected_elements_type=Load',
        descriptor='{}[Load]',
    ),
    'gokart.ExplicitBoolParameter': Sample('bool', ('True',), ("'yes'", '3'), ('true', 'False')),
    'gokart.SerializableParameter': Sample(
        'Point', ('Point(1)',), ("'1'", 'Point', 'None'), ('3',), 'object_type=Point', descriptor='{}[Point]'
    ),
    'gokart.ZonedDateSecondParameter': Sample(
        'datetime.datetime', ('ZONED',), ("'2020-01-02T03:04:05+09:00'", 'DAY', '3', 'None'), ('2020-01-02T03:04:05+09:00',)
    ),
}
"""One for each of vocabulary.PARAMETERS, by the same name."""
