"""Right programs that look wrong, and a few that are: each class is of a form seen in real code."""

import abc
import contextlib
import datetime
import enum
import functools
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple, Optional, Protocol, TypeAlias, TypeVar, Union, overload

import gokart
import gokart as gk
import luigi
import luigi as lg
import luigi.parameter as lp
from gokart.parameter import TaskInstanceParameter as Dep
from gokart.task import TaskOnKart as Base
from luigi.parameter import ParameterVisibility
from luigi.util import inherits, requires

T = TypeVar('T')
TaskT = TypeVar('TaskT', bound=gokart.TaskOnKart[Any])
Frame: TypeAlias = 'dict[str, list[float]]'


class Mode(str, enum.Enum):
    FAST = 'fast'
    SLOW = 'slow'


class Source(Base[int]):
    n: int = lg.IntParameter(default=1)


class Aliased(gk.TaskOnKart[str]):
    day: datetime.date = lp.DateParameter()
    mode: Mode = lp.EnumParameter(enum=Mode, default=Mode.FAST)
    dep: Source = Dep()
    hidden: str = lp.Parameter(default='', visibility=ParameterVisibility.PRIVATE)
    batch: int = lg.IntParameter(default=0, batch_method=max)


Aliased(day=datetime.date(2020, 1, 1), dep=Source())
Aliased(day=datetime.date(2020, 1, 1), dep=Source(), mode=Mode('fast'), hidden='x', batch=3)
Aliased(day='x', dep=Source())  # E: arg-type
Aliased(day=datetime.date(2020, 1, 1), dep=Source(), mode='fast')  # E: arg-type


class Renamed(Base[int]):
    n: int = lg.IntParameter(default=1)

    def requires(this):
        return Aliased(day=datetime.date.today(), dep=Source(n=this.n))

    @classmethod
    def make(klass, n: int) -> 'Renamed':
        return klass(n=n)

    @staticmethod
    def build(n: int) -> 'Renamed':
        return Renamed(n=n)

    @property
    def twice(self) -> int:
        return self.n * 2

    @functools.cached_property
    def thrice(self) -> int:
        return self.n * 3

    def instance(self) -> 'Renamed':
        return self.__class__(n=self.n + 1)

    def typed(self) -> 'Renamed':
        return type(self)(n=self.n + 1)

    def copy(self):
        return type(self)(n='a')  # E: arg-type

    def nested(self):
        def inner(n: int) -> Source:
            return Source(n=n)

        return [inner(each) for each in range(self.twice + self.thrice)]


class Choices(Base[int]):
    a: str = lg.ChoiceParameter(choices=['x', 'y'], default='x')
    b: Literal['x', 'y'] = lg.ChoiceParameter(choices=['x', 'y'], default='x')
    c = lg.ChoiceParameter(choices=[1, 2], var_type=int, default=1)
    d: str = lg.ChoiceParameter(choices=[each.value for each in Mode], default='fast')
    e: str = lg.ChoiceParameter(choices=list('abc'), default='a', var_type=str)
    f: int = lg.ChoiceParameter(var_type=int, choices=(1, 2), default=1)
    g: list[str] = lg.ChoiceListParameter(choices=['x', 'y'], default=['x'])
    h: tuple[str, ...] = lg.ChoiceListParameter(choices=['x', 'y'], default=())
    i: tuple[int, ...] = lg.ChoiceListParameter(choices=[1, 2], var_type=int, default=(1,))
    j = lg.ChoiceListParameter(choices=['x', 'y'], default=('x',))


def choose(text: str, letter: Literal['x', 'y']) -> None:
    Choices(a=text, b=letter, c=2, d=text, e='b', f=2, g=['x'], h=['x'], i=[1, 2], j=('x', 'y'))
    Choices(a='z')  # E: arg-type
    Choices(b='z')  # E: arg-type
    Choices(c='1')  # E: arg-type
    Choices(f='1')  # E: arg-type
    Choices(g='x')  # E: arg-type
    Choices(i=['a'])  # E: list-item


class Containers(Base[int]):
    a: list[dict[str, int]] = lg.ListParameter(default=[])
    b: list[tuple[str, int]] = lg.ListParameter(default=[('a', 1)])
    c: dict[str, list[int]] = lg.DictParameter(default={})
    d: Mapping[str, float] = lg.DictParameter(default={})
    e: Sequence[int] = lg.ListParameter(default=())
    f: tuple[int, ...] = lg.TupleParameter(default=(1, 2))
    g: tuple[int, int] = lg.TupleParameter(default=(1, 2))
    h: 'list[str]' = lg.ListParameter(default=['a'], significant=False)
    i: Optional[list[str]] = lg.ListParameter(default=None)
    j: Optional[list[str]] = lg.OptionalListParameter(default=None)
    k: Frame = lg.DictParameter(default={})
    l: list = lg.ListParameter(default=[])
    m: dict = lg.DictParameter(default={})
    o: Any = lg.ListParameter(default=[])
    p: object = lg.Parameter(default=None)
    q: list[Path] = lg.ListParameter(default=[])
    r: set[int] = lg.Parameter(default=set())
    s: list[Any] = lg.ListParameter(default=[1, 'a'])
    t: dict[str, Any] = lg.DictParameter(default={'a': [1], 'b': {'c': None}})
    u: list[list[str]] = lg.ListParameter(default=[['a'], ['b']])
    v: Union[str, list[str]] = lg.Parameter(default='a')
    w: 'Union[int, None]' = lg.IntParameter(default=None)
    x: 'int | str' = lg.IntParameter(default=1)
    y: 'Callable[[int], int] | None' = lg.Parameter(default=None)

    def run(self) -> None:
        first, second = self.g
        reveal_type(first)  # R: int
        for row in self.a:
            print(row['a'] + 1)
        for name, value in self.b:
            print(name.upper(), value + 1)
        print(self.c['a'][0] + 1, self.d['a'] + 1, self.e[0] + 1, ','.join(self.h), sorted(self.c), len(self.f))
        if self.i is not None:
            print(','.join(self.i))
        rows: list[dict[str, int]] = self.a
        print([*self.h, 'b'], {**self.c, 'b': [1]}, rows, list(self.f) + [1], self.e[1:], dict(self.t), self.w, self.v)


def contain(texts: tuple[str, ...], numbers: dict[str, list[int]], words: Sequence[str]) -> None:
    Containers(a=[{'a': 1}], b=[('a', 1)], c=numbers, d={'a': 1}, e=[1], f=[1, 2], g=(1, 2), h=texts, i=['a'], j=['a'], k={'a': [1.0]})
    Containers(h=['a'], i=None, j=None, l=[1, 'a'], m={1: 2}, o=[3], p=object(), q=[Path('a')], s=(1, 2), t={}, u=[['a']], v=['a'], w=None, x='a')
    Containers(a=({'a': 1},), e=range(3), f=(1,), d={}, h=[], b=(('a', 1),), w=3, i=('a',), u=(('a',),))  # E: arg-type
    Containers(a=[{'a': 'b'}])  # E: dict-item
    Containers(c={'a': [1], 'b': ['c']})  # E: list-item
    Containers(e=['a'])  # E: list-item
    Containers(f=3)  # E: arg-type
    Containers(h='abc')  # E: arg-type
    Containers(h=[1])  # E: list-item
    Containers(g=(1, 'a'))  # E: arg-type
    Containers(d=[1])  # E: arg-type


class Version(Base[int]):
    __version = lg.IntParameter(default=1)
    __date: datetime.date = lg.DateParameter(default=datetime.date.today())
    task_namespace = 'x'
    priority = 10
    resources = {'gpu': 1}
    max_batch_size = 3


Version()
Version(priority=3)  # E: call-arg
Version(rerun=True, workspace_directory='./a', fail_on_empty_dump=True, significant=False)
Version(rerun='yes')  # E: arg-type
Version(strict_chek=True)  # E: call-arg


class Loop(Base[int]):
    previous: 'Optional[Loop]' = Dep(default=None)  # E: arg-type
    items: 'list[Loop]' = gk.ListTaskInstanceParameter(default=[])
    n = lg.IntParameter(default=0)

    def requires(self):
        task: Base[int] = Source()
        for number in range(3):
            task = Loop(previous=self, n=number)
        current = Source()
        for number in range(3):
            current = Loop(n=number)
        return {'a': task, 'b': current}


Loop(previous=None)  # E: arg-type
Loop(previous=Loop())
Loop(previous=Source())  # E: arg-type
Loop(items=[Loop(), Loop(n=2)])
Loop(items=[Source()])  # E: list-item


@requires(Source)
class Decorated(Base[int]):
    m: int = lg.IntParameter(default=1)


@inherits(Source, Aliased)
class Inheriting(Base[int]):
    pass


Decorated(n=1, m=2)
Decorated(n='1')  # E: arg-type
Inheriting(n=1, day=datetime.date.today(), dep=Source())
Inheriting(n=1, day=datetime.date.today(), dep=3)  # E: arg-type


class Runner(Generic[TaskT]):
    def __init__(self, cls: type[TaskT], **kwargs: Any) -> None:
        self.task = cls(**kwargs)

    def again(self) -> TaskT:
        return self.task


reveal_type(Runner(Source, n=1).again())  # R: classes.odd.Source


def build(cls: type[TaskT], **kwargs: Any) -> TaskT:
    return cls(**kwargs)


reveal_type(build(Source, n=1).n)  # R: int


@dataclass
class Config:
    n: int
    tasks: list[Source]

    def task(self) -> Source:
        return Source(n=self.n)


class Pair(NamedTuple):
    n: int
    day: datetime.date


class FromPair(Base[int]):
    n: int = lg.IntParameter()
    day: datetime.date = lg.DateParameter()


FromPair(**Pair(1, datetime.date.today())._asdict())
FromPair(n=Pair(1, datetime.date.today()).n, day=Pair(1, datetime.date.today()).day)


@contextlib.contextmanager
def built() -> Iterator[Source]:
    yield Source(n=3)


async def later() -> Source:
    return Source(n=3)


async def awaited() -> FromPair:
    return FromPair(n=(await later()).n, day=datetime.date.today())


def match(task: Base[int]) -> int:
    match task:
        case Source(n=n):
            return n
        case _:
            return 0


if sys.version_info >= (3, 8):

    class Versioned(Base[int]):
        n: int = lg.IntParameter()

else:

    class Versioned(Base[int]):
        n: str = lg.Parameter()


Versioned(n=1)
Versioned(n='a')  # E: arg-type

try:
    import ujson as json
except ImportError:
    import json  # type: ignore[no-redef]


class Empty(Base[int]): ...


class WithDocs(Base[int]):
    """Documentation."""

    n: int = lg.IntParameter()
    """What n is."""
    m: int = lg.IntParameter(default=1)  # with a comment
    'another'


WithDocs(n=1)
Empty()
Empty(n=1)  # E: call-arg


class Shadow(WithDocs):
    n: int  # narrowing again, without a value
    m: Any


Shadow(n=1, m=2)


class Tagged(Base[int]):
    tags: dict[str, str] = lg.DictParameter(default=dict())
    date: datetime.date = lg.DateParameter(default=datetime.date.today() - datetime.timedelta(days=1))
    span: datetime.timedelta = lg.TimeDeltaParameter(default=datetime.timedelta(hours=1))
    moment: datetime.datetime = lg.DateSecondParameter(default=datetime.datetime(2020, 1, 1))
    month: datetime.date = lg.MonthParameter(default=datetime.date(2020, 1, 1))
    interval: luigi.date_interval.DateInterval = lg.DateIntervalParameter(default=luigi.date_interval.Year(2020))
    path: Path = lg.PathParameter(default='./a')
    other: Path = lg.PathParameter(default=Path('a'), exists=False, absolute=True)
    text: str = lg.PathParameter(default='./a')  # E: assignment


Tagged(path='b', other=Path('c'), month=luigi.date_interval.Month(2020, 1))
