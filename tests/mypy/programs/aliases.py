"""Classes under another name: as a base, in an annotation, as what is called."""

from __future__ import annotations

from typing import Generic, TypeAlias, TypeVar, Union

import gokart
import luigi

from inherited.bases import Aliased, AliasedWhole

T = TypeVar('T')
IntTask = gokart.TaskOnKart[int]
Task = gokart.TaskOnKart
Explicit: TypeAlias = gokart.TaskOnKart[int]
Made = gokart.TaskOnKart[T]
Int = luigi.IntParameter
TaskOf = gokart.TaskInstanceParameter
Config = luigi.Config


class Count(IntTask):
    n = Int()

    def requires(self):
        return {'below': Text()}

    def run(self):
        self.load('blow')  # E: gokart-load-key
        self.dump('x')  # E: call-overload


class Text(Task[str]):
    a = Int(default=1)

    def run(self):
        self.dump(1)  # E: call-overload


class Named(Explicit):
    dep = TaskOf(expected_type=Count)

    def run(self):
        self.dump(self.load(self.dep))
        self.dump(f'{self.load(self.dep)}')  # E: call-overload


class Filled(Made[int]):
    a = Int()

    def run(self):
        self.dump('x')  # E: call-overload


class Whole(Task):
    a = Int()

    def run(self):
        self.loa()  # E: attr-defined


class Generic2(Made[T], Generic[T]):
    dep: Made[T] = TaskOf()

    def run(self):
        self.dump(self.load(self.dep))


class Below(Count):
    b = Int()


class Elsewhere(Aliased):
    a = Int()

    def run(self):
        self.dump('x')  # E: call-overload


class Elsewhere2(AliasedWhole):
    a = Int()


class Settings(Config):
    size = Int(default=3)


Either = Union[Count, Text]
Called = Count


class Annotated(IntTask):
    a: IntTask = TaskOf()
    b: Either = TaskOf()
    c: 'IntTask | None' = TaskOf(default=Count(n=1))


def right(count: Count, text: Text) -> None:
    Annotated(a=count, b=text)
    Annotated(a=Filled(a=1), b=count, c=count)
    Called(n=1)
    Generic2(dep=count)
    Settings(size=2)
    Settings()


def wrong(count: Count, text: Text) -> None:
    Count()  # E: call-arg
    Called(3)  # E: call-arg
    Text(a='x')  # E: arg-type
    Named(dep=text)  # E: arg-type
    Filled()  # E: call-arg
    Whole(a=1, b=2)  # E: call-arg
    Below(b=1)  # E: call-arg
    Elsewhere()  # E: call-arg
    Elsewhere2()  # E: call-arg
    Settings(siz=2)  # E: call-arg
    Annotated(a=text, b=text)  # E: arg-type
    Annotated(a=count, b=Filled(a=1))  # E: arg-type
    Annotated(a=count, b=text, c=text)  # E: arg-type
