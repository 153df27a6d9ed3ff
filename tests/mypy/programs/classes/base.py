"""Bases, mixins and parameters of other modules."""

import abc
import datetime
from typing import Generic, Protocol, TypeVar

import gokart
import luigi

T = TypeVar('T')
G = TypeVar('G')


class Base(gokart.TaskOnKart[T]):
    """A generic base."""

    size: int = luigi.IntParameter()
    day = luigi.DateParameter(default=datetime.date(2020, 1, 1))


class Crossed(Generic[G], gokart.TaskOnKart[G]):
    value = luigi.FloatParameter()


class Middle(Base[int]):
    name: luigi.StrParameter = luigi.StrParameter()
    __version = luigi.IntParameter(default=1)


class Mixin:
    """Gets no class hook: it has no base."""

    mixed: int = luigi.IntParameter()
    bare = luigi.StrParameter()
    shared: luigi.BoolParameter = luigi.BoolParameter()

    def twice(self) -> int:
        return self.mixed * 2


class Abstract(gokart.TaskOnKart[int], abc.ABC):
    @abc.abstractmethod
    def rows(self) -> int: ...


class HasRows(Protocol):
    def rows(self) -> int: ...


class Settings(luigi.Config):
    host = luigi.Parameter()
    port = luigi.IntParameter(default=3)


class Plain(luigi.Task):
    day = luigi.DateParameter()
    n: int = luigi.IntParameter(default=3)
    flag: bool = luigi.BoolParameter()


def listed(*classes: type) -> None:
    """Nothing."""
