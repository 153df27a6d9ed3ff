"""Bases that other modules derive from."""

import gokart
import luigi
from luigi.util import requires


class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Text(gokart.TaskOnKart[str]):
    n = luigi.IntParameter(default=1)


class TwoOutputs(gokart.TaskOnKart[str]):
    def output(self):
        return {'a': self.make_target('a.pkl'), 'b': self.make_target('b.pkl')}


class Base(gokart.TaskOnKart[str]):
    model = None
    size = 0

    def requires(self):
        return dict(number=Number(), text=Text())

    def helper(self, x):
        return x


class Middle(Base):
    dep = gokart.TaskInstanceParameter(expected_type=Number)

    def requires(self):
        return {**super().requires(), 'dep': self.dep}


class Defaulted(gokart.TaskOnKart[str]):
    dep = gokart.TaskInstanceParameter(expected_type=Number)


@requires(Number)
class Required(gokart.TaskOnKart[str]):
    pass


class Annotated(gokart.TaskOnKart[str]):
    def requires(self) -> dict[str, Number]:
        return {'a': Number()}


Aliased = gokart.TaskOnKart[int]
AliasedWhole = gokart.TaskOnKart
