"""What classes inherit from other modules."""

from __future__ import annotations

import datetime
import functools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

import gokart
import luigi
import nothing_that_exists  # type: ignore[import-not-found]
from gokart import TaskOnKart as TOK
from luigi import *

from . import base
from .base import Abstract, Base, Crossed, HasRows, Middle, Mixin, Plain, Settings

T = TypeVar('T')


class Train(Base[str]):
    pass


class Lower(Middle):
    extra = luigi.FloatParameter(default=0.5)


class Mixed(Mixin, gokart.TaskOnKart[int]):
    own: int = luigi.IntParameter(default=1)

    def run(self) -> None:
        reveal_type(self.mixed)  # R: int
        reveal_type(self.bare)  # R: str
        reveal_type(self.shared)  # R: bool
        self.twice()


class After(gokart.TaskOnKart[int], base.Mixin):
    pass


class Here:
    n: int = luigi.IntParameter()
    text = luigi.StrParameter(default='a')
    dep = gokart.TaskInstanceParameter(expected_type=Train)


class HereMixed(Here, gokart.TaskOnKart[int]):
    pass


class Deep(HereMixed):
    pass


def inheritance(flag: bool) -> None:
    Train(size=1)
    Train(size=1, day=datetime.date.today())
    Lower(size=1, name='a')
    Lower(size=1, name='a', extra=1)
    Mixed(mixed=1, bare='a')
    After(mixed=1, bare='a', shared=flag)
    HereMixed(n=1, dep=Train(size=1))
    Deep(n=1, text='a', dep=Train(size=1))
    Crossed(value=1.0)
    Train(size='1')  # E: arg-type
    Train()  # E: call-arg
    Lower(size=1)  # E: call-arg
    Lower(size=1, name=2)  # E: arg-type
    Mixed(mixed='1', bare='a')  # E: arg-type
    Mixed(mixed=1)  # E: call-arg
    After(mixed=1, bare=3)  # E: arg-type
    HereMixed(n=1, dep=Lower(size=1, name='a'))  # E: arg-type
    Deep(n=1)  # E: call-arg
    Deep(n='1', dep=Train(size=1))  # E: arg-type
    reveal_type(Train(size=1).day)  # R: datetime.date
    reveal_type(Lower(size=1, name='a').size)  # R: int


class Overriding(Middle):
    size = 3
    name: str = 'fixed'

    @property
    def day(self) -> datetime.date:
        return datetime.date.today()


Overriding()
Overriding(size=3)  # E: call-arg
Overriding(name='a')  # E: call-arg


class Again(Overriding):
    size: int = luigi.IntParameter()


Again(size=3)
Again()  # E: call-arg


class Fixed(TOK[int]):
    a: int
    b: ClassVar[int] = 3
    c = 3
    d: str = 'x'
    n: int = luigi.IntParameter(default=1)
    e: dict[str, int] = {}


Fixed()
Fixed(a=3)  # E: call-arg
Fixed(b=3)  # E: call-arg
Fixed(c=3)  # E: call-arg
Fixed(d='x')  # E: call-arg
Fixed(n=3)


class Conditional(TOK[int]):
    if random.random() < 0.5:
        fast: int = luigi.IntParameter()
    else:
        slow: int = luigi.IntParameter()
    try:
        third: int = luigi.IntParameter()
    except Exception:
        third = 3
    first, second = luigi.IntParameter(), luigi.StrParameter(default='a')
    left = right = luigi.IntParameter(default=1)


Conditional(first=1)
Conditional(fast=1, slow=2, first=1, second='b', left=1, right=1)
Conditional(first='a')  # E: arg-type
Conditional(first=1, second=1)  # E: arg-type
Conditional(first=1, fast='a')  # E: arg-type
Conditional(second='a')  # E: call-arg


class OwnConstructor(TOK[int]):
    n: int = luigi.IntParameter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = 3


class TypedConstructor(TOK[int]):
    n: int = luigi.IntParameter()

    def __init__(self, n: int) -> None:
        super().__init__(n=n)


class Untyped(TOK[int]):
    n: int = luigi.IntParameter()
    dep: gokart.TaskOnKart[str] = gokart.TaskInstanceParameter()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = 3


class BelowOwn(Untyped):
    m: int = luigi.IntParameter()


class Stranger(nothing_that_exists.Base):
    n: int = luigi.IntParameter()


class HalfStranger(nothing_that_exists.Base, gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter()


def made_base() -> Any:
    return gokart.TaskOnKart


class Made(made_base()):  # type: ignore[misc]
    n: int = luigi.IntParameter()


OwnConstructor(n=1)
TypedConstructor(n=1)
TypedConstructor(1)  # E: call-arg
TypedConstructor(n='1')  # E: arg-type
Untyped(n=1, dep=Train(size=1))
BelowOwn(n=1, m=1, dep=Train(size=1))
OwnConstructor(n='a')  # E: arg-type
OwnConstructor(m=1)  # E: call-arg
OwnConstructor()  # E: call-arg
Untyped(n='a', dep=Train(size=1))  # E: arg-type
BelowOwn(n=1, m=1, dep=Mixed(mixed=1, bare='a'))  # E: arg-type
Stranger(n='a', whatever=1)
HalfStranger(whatever=1)
HalfStranger(n=1)
Made(n='a', whatever=1)


class Node(TOK[int]):
    parent: Node | None = gokart.TaskInstanceParameter(default=None)  # E: arg-type
    child: 'Node' = gokart.TaskInstanceParameter()
    depth: int = luigi.IntParameter(default=0)

    def requires(self):
        return Node(depth=self.depth - 1, child=self)

    def wrong(self):
        return Node(depth='a', child=self)  # E: arg-type


Node(child=Node(child=Node(child=cast(Node, None))))
Node(child=Train(size=1))  # E: arg-type


class Rows(Abstract):
    def rows(self) -> int:
        return 3


class NeedsRows(TOK[int]):
    a: Abstract = gokart.TaskInstanceParameter(expected_type=Abstract)
    b: HasRows = gokart.TaskInstanceParameter(default=Rows())
    c = gokart.TaskInstanceParameter(expected_type=Abstract, default=Rows())


NeedsRows(a=Rows(), b=Rows(), c=Rows())
NeedsRows(a=Train(size=1))  # E: arg-type
NeedsRows(a=Rows(), b=Train(size=1))  # E: arg-type
NeedsRows(a=Rows(), c=Train(size=1))  # E: arg-type


def variables(cls: type[Train], other: type[T], tasks: list[type[Base[str]]], any_: Any) -> None:
    cls(size=1)
    cls(size='a')  # E: arg-type
    other()
    [each(size=1) for each in tasks]
    functools.partial(Train, size=1)()
    functools.partial(Train, size='a')  # E: arg-type
    any_(size='a')
    {'train': Train}['train'](size=1)
    {'train': Train}['train'](size='a')  # E: arg-type
    (Train if any_ else Train)(size=1)
    maker: Any = Train
    maker(sze=1)
    list(map(lambda size: Train(size=size), (1, 2)))
    Train(**any_)
    Train(size=1, **any_)
    Train(*any_)
    kwargs = {'size': 1, 'day': datetime.date.today()}
    Train(**kwargs)
    options = dict(size=1)
    Train(**options)
    Train(**{'size': 'a'})  # E: arg-type
    Train(**{'sze': 1})  # E: call-arg
    Train(**{**options, 'size': 3})
    Train(**{each: 1 for each in ('size',)})


Plain(datetime.date.today())
Plain(datetime.date.today(), 3)
Plain(day=datetime.date.today(), n=4, flag=True)
Plain('2020-01-01')  # E: arg-type
Plain()  # E: call-arg
Settings()
Settings(port=3)
Settings(port='a')  # E: arg-type
Settings(prt=3)  # E: call-arg
reveal_type(Settings().port)  # R: int


class Starred(Task):
    n = IntParameter()


Starred(1)
Starred('a')  # E: arg-type


class Holder:
    def build(self):
        return Lower(size=1, name='a')

    def checked(self) -> Lower:
        return Lower(size='a', name='b')  # E: arg-type


class 学習(gokart.TaskOnKart[int]):
    件数: int = luigi.IntParameter()


学習(件数=1)
学習(件数='a')  # E: arg-type
学習(数=1)  # E: call-arg


class Outer(TOK[int]):
    class Inner(TOK[str]):
        n: int = luigi.IntParameter()

    dep: Outer.Inner = gokart.TaskInstanceParameter()


Outer(dep=Outer.Inner(n=1))
Outer(dep=Outer.Inner(n='a'))  # E: arg-type
Outer(dep=Train(size=1))  # E: arg-type


class Private(TOK[int]):
    __version: int = luigi.IntParameter(default=1)
    _hidden = luigi.IntParameter(default=1)

    @classmethod
    def make(cls) -> Private:
        return cls(_Private__version=2)

    @classmethod
    def unmangled(cls) -> Private:
        return cls(__version=2)  # E: call-arg

    @classmethod
    def bad(cls) -> Private:
        return cls(_Private__version='a')  # E: arg-type


Private(_Private__version=3, _hidden=2)
Private(_Private__version='a')  # E: arg-type


def aliased() -> None:
    Local = Train
    Local(size=1)
    Local(size='a')  # E: arg-type
    if (task := Train(size=1)).size > 3:
        print(task)


def outside(cls: type[Private]) -> None:
    cls(_Private__version=3)
    Private(__version=3)  # E: call-arg


class PrivateChild(Private):
    __version: str = luigi.StrParameter(default='a')

    def again(self):
        return PrivateChild(_PrivateChild__version='b', _Private__version=3)

    def wrong(self):
        return PrivateChild(_PrivateChild__version=3)  # E: arg-type
