"""Parameter classes of a project: by type argument, by `parse`, with a constructor of their own, and without any hint."""

import datetime
from typing import Any, Generic, TypeVar

import gokart
import luigi

T = TypeVar('T')


class Money(luigi.Parameter[int]):
    def serialize(self, x):
        return str(x)


class Weekday(luigi.Parameter):
    def parse(self, s: str) -> datetime.date:
        return datetime.date.today()


class Untyped(luigi.Parameter):
    def parse(self, s):
        return s.split(',')


class Percent(luigi.FloatParameter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

    def parse(self, s):
        return float(s) / 100


class Words(luigi.ListParameter):
    """No body."""


class Level(luigi.IntParameter):
    def __init__(self, low: int, high: int, default: int = 3) -> None:
        super().__init__(default=default)


class Must(luigi.IntParameter):
    def __init__(self, unit: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)


class Box(luigi.Parameter[T], Generic[T]):
    pass


class Deeper(Money):
    pass


class Maybe(luigi.OptionalIntParameter):
    pass


class OneTask(gokart.TaskInstanceParameter[gokart.TaskOnKart[int]]):
    pass


class AnyTask(gokart.TaskInstanceParameter):
    pass


def version(n: int = 1) -> luigi.IntParameter:
    return luigi.IntParameter(default=n)


def untyped(n=1):
    return luigi.IntParameter(default=n)


Alias = luigi.IntParameter
