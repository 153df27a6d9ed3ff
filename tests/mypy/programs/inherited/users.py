"""Tasks over bases of another module."""

import gokart as gk
import luigi

import inherited.bases as tasks
from inherited import Number, PublicBase
from inherited.bases import Annotated, Defaulted, Middle, Required, Text, TwoOutputs


class FromPublic(PublicBase):
    def run(self):
        reveal_type(self.load('number'))  # R: int
        reveal_type(self.load('text'))  # R: str
        self.load('x')  # E: gokart-load-key
        self.model = Number()
        self.model = {'a': 1}
        self.helper(3).upper()

    def helper(self, x, y=1):
        return y


class FromMiddle(Middle):
    def run(self):
        reveal_type(self.load('number'))  # R: int
        reveal_type(self.load('dep'))  # R: int
        self.load(self.dep)
        self.load('x')  # E: gokart-load-key


class Deeper(FromMiddle):
    def requires(self):
        tasks_ = super().requires()
        tasks_['more'] = Text()
        return tasks_

    def run(self):
        reveal_type(self.load('more'))  # R: str
        reveal_type(self.load('dep'))  # R: int
        self.load('x')  # E: gokart-load-key


class FromDefaulted(Defaulted):
    other = gk.TaskInstanceParameter(expected_type=Text)

    def run(self):
        reveal_type(self.load('dep'))  # R: int
        reveal_type(self.load('other'))  # R: str


class FromDefaultedSuper(Defaulted):
    def requires(self):
        return dict(super().requires(), more=Text())

    def run(self):
        reveal_type(self.load('dep'))  # R: int
        reveal_type(self.load('more'))  # R: str


class FromRequired(Required):
    def run(self):
        reveal_type(self.load())  # R: int
        self.n.bit_length()


class FromAnnotated(Annotated):
    def run(self) -> None:
        reveal_type(self.load('a'))  # R: int


class OfOutputs(gk.TaskOnKart):
    one = gk.TaskInstanceParameter(expected_type=TwoOutputs)

    def requires(self):
        return tasks.TwoOutputs()

    def run(self):
        self.load('a').upper()
        self.load('x')  # E: gokart-load-key
        self.input()['a'].path()


class BadQualified(gk.TaskOnKart[int]):
    def requires(self):
        return {'a': tasks.Number, 'b': tasks.Text()}  # E: gokart-requires

    def run(self):
        self.dump('a')  # E: call-overload


class Plain(luigi.Task):
    day = luigi.DateParameter()

    def requires(self):
        return [Number, Text()]  # E: gokart-requires

    def run(self):
        self.nothing  # E: attr-defined
