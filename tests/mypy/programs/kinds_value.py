"""Every parameter class of luigi and gokart, annotated with its value."""

import datetime
import enum
from pathlib import Path
from typing import Any

import gokart
import luigi
from luigi.date_interval import Date, Month, Year


class Size(enum.Enum):
    SMALL = 1


class Point:
    def gokart_serialize(self) -> str:
        return ''

    @classmethod
    def gokart_deserialize(cls, s: str) -> 'Point':
        return cls()


class A(gokart.TaskOnKart[int]):
    pass


class Required(gokart.TaskOnKart[int]):
    p_any: Any = luigi.Parameter()
    p_str: str = luigi.StrParameter()
    p_int: int = luigi.IntParameter()
    p_float: float = luigi.FloatParameter()
    p_number: int = luigi.NumericalParameter(var_type=int, min_value=0, max_value=3)
    p_date: datetime.date = luigi.DateParameter()
    p_month: datetime.date = luigi.MonthParameter()
    p_year: datetime.date = luigi.YearParameter()
    p_hour: datetime.datetime = luigi.DateHourParameter()
    p_minute: datetime.datetime = luigi.DateMinuteParameter()
    p_second: datetime.datetime = luigi.DateSecondParameter()
    p_interval: luigi.date_interval.DateInterval = luigi.DateIntervalParameter()
    p_delta: datetime.timedelta = luigi.TimeDeltaParameter()
    p_task: type[luigi.Task] = luigi.TaskParameter()
    p_enum: Size = luigi.EnumParameter(enum=Size)
    p_enums: tuple[Size, ...] = luigi.EnumListParameter(enum=Size)
    p_dict: dict[str, Any] = luigi.DictParameter()
    p_list: list[Any] = luigi.ListParameter()
    p_tuple: tuple[int, str] = luigi.TupleParameter()
    p_choice: int = luigi.ChoiceParameter(choices=[1, 2], var_type=int)
    p_choices: list[str] = luigi.ChoiceListParameter(choices=['a', 'b'])
    p_path: Path = luigi.PathParameter()
    p_explicit: bool = gokart.ExplicitBoolParameter()
    p_zoned: datetime.datetime = gokart.ZonedDateSecondParameter()
    p_point: Point = gokart.SerializableParameter(Point)
    p_dep: A = gokart.TaskInstanceParameter(expected_type=A)
    p_deps: list[A] = gokart.ListTaskInstanceParameter(expected_elements_type=A)

    def values(self) -> None:
        reveal_type(self.p_str)  # R: str
        reveal_type(self.p_int)  # R: int
        reveal_type(self.p_float)  # R: float
        reveal_type(self.p_number)  # R: int
        reveal_type(self.p_date)  # R: datetime.date
        reveal_type(self.p_month)  # R: datetime.date
        reveal_type(self.p_year)  # R: datetime.date
        reveal_type(self.p_hour)  # R: datetime.datetime
        reveal_type(self.p_minute)  # R: datetime.datetime
        reveal_type(self.p_second)  # R: datetime.datetime
        reveal_type(self.p_interval)  # R: luigi.date_interval.DateInterval
        reveal_type(self.p_delta)  # R: datetime.timedelta
        reveal_type(self.p_task)  # R: type[luigi.task.Task]
        reveal_type(self.p_enum)  # R: kinds_value.Size
        reveal_type(self.p_enums)  # R: tuple[kinds_value.Size, ...]
        reveal_type(self.p_list)  # R: list[Any]
        reveal_type(self.p_tuple)  # R: tuple[int, str]
        reveal_type(self.p_choice)  # R: int
        reveal_type(self.p_choices)  # R: list[str]
        reveal_type(self.p_path)  # R: pathlib.Path
        reveal_type(self.p_explicit)  # R: bool
        reveal_type(self.p_zoned)  # R: datetime.datetime
        reveal_type(self.p_point)  # R: kinds_value.Point
        reveal_type(self.p_dep)  # R: kinds_value.A
        self.p_list.append(1)  # E: attr-defined
        self.p_dict['a'] = 1  # E: index
        self.p_dict.get('a', 3)
        for key, value in self.p_dict.items():
            print(key, value)
        print(self.p_any.whatever, self.p_deps[0], len(self.p_list), self.p_list[0] + 1)
        self.p_dep.nothing  # E: attr-defined
        self.p_deps[0].nothing  # E: attr-defined


def good(day: datetime.date, moment: datetime.datetime, number: int) -> None:
    Required(
        p_any=object(), p_str='a', p_int=number, p_float=number, p_number=2, p_date=day, p_month=Month(2020, 1), p_year=Year(2020), p_hour=day,
        p_minute=moment, p_second=moment, p_interval=Date(2020, 1, 1), p_delta=datetime.timedelta(1), p_task=A, p_enum=Size.SMALL,
        p_enums=[Size.SMALL], p_dict={'a': [1]}, p_list=[1, 'a'], p_tuple=(1, 'a'), p_choice=1, p_choices=['a'], p_path='a', p_explicit=True,
        p_zoned=moment, p_point=Point(), p_dep=A(), p_deps=[A()],
    )
    Required(  # mixed forms of the same
        p_any='a', p_str='a', p_int=True, p_float=1.5, p_number=2, p_date=moment, p_month=day, p_year=day, p_hour=moment,
        p_minute=moment, p_second=day, p_interval=Year(2020), p_delta=datetime.timedelta(1), p_task=luigi.Task, p_enum=Size.SMALL,
        p_enums=(Size.SMALL,), p_dict={}, p_list=(), p_tuple=[], p_choice=1, p_choices=('a', 'b'), p_path=Path('a'), p_explicit=False,
        p_zoned=moment, p_point=Point(), p_dep=A(rerun=True), p_deps=(A(),),
    )


class Optional(gokart.TaskOnKart[int]):
    p_any: str | None = luigi.OptionalParameter()
    p_str: str | None = luigi.OptionalStrParameter(default='a')
    p_int: int | None = luigi.OptionalIntParameter()
    p_float: float | None = luigi.OptionalFloatParameter()
    p_bool: bool | None = luigi.OptionalBoolParameter()
    p_list: list[int] | None = luigi.OptionalListParameter()
    p_tuple: tuple[int, ...] | None = luigi.OptionalTupleParameter()
    p_dict: dict[str, int] | None = luigi.OptionalDictParameter()
    p_path: Path | None = luigi.OptionalPathParameter()
    p_choice: str | None = luigi.OptionalChoiceParameter(choices=['a', 'b'])
    p_number: float | None = luigi.OptionalNumericalParameter(var_type=float, min_value=0, max_value=1)
    p_flag: bool = luigi.BoolParameter()
    p_none: int | None = luigi.IntParameter(default=None)
    p_text: str = luigi.Parameter(default='a')
    p_days: list[str] = luigi.ListParameter(default=['a'])

    def values(self) -> None:
        reveal_type(self.p_str)  # R: str | None
        reveal_type(self.p_int)  # R: int | None
        reveal_type(self.p_float)  # R: float | None
        reveal_type(self.p_bool)  # R: bool | None
        reveal_type(self.p_path)  # R: pathlib.Path | None
        reveal_type(self.p_choice)  # R: str | None
        reveal_type(self.p_number)  # R: float | None
        reveal_type(self.p_flag)  # R: bool
        reveal_type(self.p_none)  # R: int | None
        self.p_int + 1  # E: operator
        if self.p_list:
            print(self.p_list[0])
        if self.p_dict is not None:
            print(self.p_dict['a'], self.p_dict.items())
        if self.p_path:
            print(self.p_path.name)


Optional()  # E: call-arg, call-arg
Optional(p_number=1, p_any=None, p_str=None, p_int=None, p_float=None, p_bool=None, p_list=None, p_tuple=None, p_dict=None, p_path=None, p_choice=None)
Optional(p_number=1, p_any='a', p_str='a', p_int=1, p_float=1.5, p_bool=True, p_list=[1], p_tuple=(1,), p_dict={'a': 1}, p_path='a', p_choice='b')
Optional(p_number=1, p_choice='a', p_int='a')  # E: arg-type
Optional(p_number=1, p_choice='a', p_float='a')  # E: arg-type
Optional(p_number=1, p_choice='a', p_bool='a')  # E: arg-type
Optional(p_number=1, p_choice='a', p_path=1)  # E: arg-type
Optional(p_number=1, p_choice='a', p_dict=[1])  # E: arg-type
Optional(p_number=1, p_choice='a', p_list=1)  # E: arg-type
Optional(p_choice='a', p_number='1')  # E: arg-type
Optional(p_number=1, p_choice='a', p_none='1')  # E: arg-type
Optional(p_number=1, p_choice='a', p_flag='1')  # E: arg-type
Optional(p_number=1, p_choice='c')  # E: arg-type
