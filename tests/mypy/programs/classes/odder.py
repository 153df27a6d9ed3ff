"""More forms of declarations and classes, right unless marked."""

from __future__ import annotations

import datetime
import functools
import operator
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Final, Generic, NoReturn, TypeVar, no_type_check

import gokart
import luigi
import luigi.parameter
import unseen_library  # type: ignore[import-not-found]
from typing_extensions import Self, override
from unseen_library import SpecialParameter, decorate  # type: ignore[import-not-found]

T = TypeVar('T')
S = TypeVar('S')
N = TypeVar('N', bound=gokart.TaskOnKart[Any])

_shared = luigi.IntParameter(default=3)
_required = luigi.parameter.StrParameter()


class Source(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Words(gokart.TaskOnKart[str]):
    pass


class Shared(gokart.TaskOnKart[int]):
    n = _shared
    s = _required


Shared(n=1, s='a')
Shared(n='a', s='a')  # E: arg-type


class Special(gokart.TaskOnKart[int]):
    a = SpecialParameter()
    b: int = SpecialParameter(default=1)
    c = unseen_library.make(3)
    d: luigi.Parameter[int] = unseen_library.make(3)
    n = luigi.IntParameter()


Special(a=1, b='x', c=3, n=1)
Special(n=1, whatever=1)
Special(n='a')  # E: arg-type


class Annotations(gokart.TaskOnKart[int]):
    a: Annotated[int, 'words'] = luigi.IntParameter()
    b: ClassVar[luigi.IntParameter] = luigi.IntParameter(default=1)
    c = luigi.IntParameter(default=1)  # type: int
    d: int
    d = luigi.IntParameter(default=1)
    e: Self = gokart.TaskInstanceParameter(default=None)  # E: arg-type
    f: 'int' = luigi.IntParameter(default=1)
    g: 'gokart.TaskOnKart[int] | None' = gokart.TaskInstanceParameter(default=Source())
    h: datetime.date | None = luigi.DateParameter(default=None)
    i: 'list["Source"]' = gokart.ListTaskInstanceParameter(default=[])
    j: luigi.Parameter = luigi.IntParameter(default=1)
    k: luigi.Parameter[int] = luigi.IntParameter(default=1)

    def read(self) -> None:
        reveal_type(self.a)  # R: int
        reveal_type(self.c)  # R: int
        reveal_type(self.d)  # R: int
        reveal_type(self.f)  # R: int
        reveal_type(self.j)  # R: int
        reveal_type(self.k)  # R: int


Annotations(a=1, b=2, c=3, d=4, f=5, h=datetime.date.today(), i=[Source()], j=1, k=2)
Annotations(a='1')  # E: arg-type
Annotations(a=1, b='2')  # E: arg-type
Annotations(a=1, c='2')  # E: arg-type
Annotations(a=1, d='2')  # E: arg-type
Annotations(a=1, g=Words())  # E: arg-type


class Holder(gokart.TaskOnKart[T]):
    item: T = luigi.Parameter()
    source: gokart.TaskOnKart[T] = gokart.TaskInstanceParameter()
    sources: list[gokart.TaskOnKart[T]] = gokart.ListTaskInstanceParameter(default=[])

    def run(self):
        self.dump(self.item)


class Texts(Holder[str]):
    pass


class Pairs(Generic[T, S], gokart.TaskOnKart[tuple[T, S]]):
    left: gokart.TaskOnKart[T] = gokart.TaskInstanceParameter()
    right: gokart.TaskOnKart[S] = gokart.TaskInstanceParameter()


Holder(item=1, source=Source())
Texts(item='a', source=Words(), sources=[Words()])
Texts(item=1, source=Words())  # E: arg-type
Texts(item='a', source=Source())  # E: arg-type
Texts(item='a', source=Words(), sources=[Source()])  # E: list-item
reveal_type(Texts(item='a', source=Words()).item)  # R: str
Pairs(left=Source(), right=Words())
Pairs[int, str](left=Source(), right=Words())
Pairs[int, str](left=Words(), right=Words())  # E: arg-type
Holder[str](item='a', source=Words())
Holder[str](item=1, source=Words())  # E: arg-type


class Plain(luigi.Task):
    a = luigi.IntParameter(default=1)
    b = luigi.StrParameter()
    c: datetime.date = luigi.DateParameter(default=datetime.date(2020, 1, 1))

    def output(self) -> luigi.LocalTarget:
        return luigi.LocalTarget('a')


class Wrapping(luigi.WrapperTask):
    date = luigi.DateParameter()

    def requires(self) -> Iterable[Plain]:
        yield Plain(1, 'a', self.date)
        yield Plain(b='a')
        yield Plain(1)  # E: call-arg
        yield Plain('a', 'b')  # E: arg-type
        yield Plain(1, 'a', self.date, 4)  # E: call-arg


class Outside(luigi.ExternalTask):
    path = luigi.Parameter()


Wrapping(datetime.date.today())
Outside('a')
Outside(path='a')
Outside()  # E: call-arg


def factory(size: int) -> type[Source]:
    class Local(Source):
        m: int = luigi.IntParameter(default=size)

    Local(m=3)
    Local(m='a')  # E: arg-type
    return Local


factory(3)(n=1)
factory(3)(n='a')  # E: arg-type

Dynamic = type('Dynamic', (Source,), {})
Dynamic(n=1)
Loose: Any = Source
Loose(whatever=1)


@decorate
class Decorated(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter()


Decorated(n=1, whatever=2)


@functools.total_ordering
class Ordered(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter()

    def __lt__(self, other: Any) -> bool:
        return False


Ordered(n=1)
Ordered(n='1')  # E: arg-type


class Assigning(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter(default=1)
    m = luigi.IntParameter(default=1)
    cache: dict[str, int] = {}
    _private: list[int] = []

    def run(self) -> None:
        self.n = 3
        self.result = self.m + self.n
        self.cache['a'] = 1
        self._private.append(1)
        Assigning.cache.clear()
        print(Assigning.n, type(self).m, self.param_kwargs, self.task_id, self.to_str_params())


class Looped(gokart.TaskOnKart[int]):
    for _name in ('a', 'b'):
        locals()[_name] = luigi.IntParameter(default=1)


Looped()


class Mixin:
    n: int

    def twice(self) -> int:
        return self.n * 2


class Uses(Mixin, gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter()


Uses(n=1)
Uses(n='a')  # E: arg-type
Uses()  # E: call-arg


class Nothing(gokart.TaskOnKart[None]):
    n: int = luigi.IntParameter(default=1)

    @classmethod
    def default(cls) -> Self:
        return cls(n=3)

    def next(self) -> Self:
        return type(self)(n=self.n + 1)

    @classmethod
    def wrong(cls) -> Self:
        return cls(n='a')  # E: arg-type

    @staticmethod
    def of(value: int) -> Nothing:
        return Nothing(n=value)


Nothing(**dict(n=1))
Nothing(**dict(n='a'))  # E: arg-type
Nothing(**dict([('n', 1)]))
Nothing(**{}, n=1)
Nothing(**{'n': 1}, rerun=True)
Nothing(**(dict(n=1) if Loose else {}))
Nothing(*[])
Nothing(*(), n=1)
[Nothing(n=number) for number in range(3)]
{str(number): Nothing(n=number) for number in range(3)}
{str(number): Nothing(n=str(number)) for number in range(3)}  # E: arg-type
sorted([Nothing(n=2)], key=lambda task: task.n)
[lambda: Nothing(n='a')]  # E: arg-type


@no_type_check
def unchecked() -> None:
    Nothing(n='a')


def raises() -> NoReturn:
    raise ValueError(Nothing(n=1))


def defaulted(task: Nothing = Nothing(n=3), other: Nothing = Nothing(m=3)) -> None:  # E: call-arg
    print(task, other)


class Config(luigi.Config):
    use_cmdline_section = False
    host: str = luigi.Parameter(default='a')
    port = luigi.IntParameter()
    flags: list[str] = luigi.ListParameter(default=[])


reveal_type(Config().host)  # R: str
Config(host='b', port=1, flags=('a',))
Config(host=1)  # E: arg-type
Config('b')  # E: call-arg


class FromConfig(gokart.TaskOnKart[int]):
    host: str = luigi.Parameter(default=Config().host)
    port: int = luigi.IntParameter(default=Config().port, description='The port')
    debug: bool = luigi.BoolParameter(default=False, parsing='explicit')
    when: datetime.date = luigi.DateParameter(default=datetime.date.today(), interval=1)
    batch: int = luigi.IntParameter(default=0, batch_method=max, always_in_help=True, positional=False)
    fromto = luigi.IntParameter(default=1, config_path=dict(section='a', name='b'))
    schema = luigi.DictParameter(default={}, schema={'type': 'object'})
    letters = luigi.ListParameter(default=['a'], schema={'type': 'array'})
    time = luigi.DateMinuteParameter(interval=5, start=datetime.datetime(2020, 1, 1))
    low = luigi.NumericalParameter(var_type=int, min_value=0, max_value=2, left_op=operator.lt)


FromConfig(time=datetime.datetime.now(), low=1)
