"""GK108: a task that is loaded without being required."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked

LIBRARY = """
import datetime

import gokart
import luigi
from gokart import TaskOnKart as Base
from luigi.util import inherits, requires as needs


class A(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)

    def run(self):
        self.dump(1)


class SubA(A):
    pass


class B(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(1)


"""


def test_loads_of_what_requires_does_not_give(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        LIBRARY
        + """
class Other(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return {'a': self.a}

    def run(self):
        self.load(self.b)  # expect GK108@19
        self.load([self.a, self.b])  # expect GK108@28
        for row in self.load_generator(target=self.b):  # expect GK108@47
            print(row)


class Built(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(this):
        return A(n=2)

    def run(this):
        this.dump(this._count(this.load(this.b)))  # expect GK108@41


class Listed(Base):
    bs = gokart.ListTaskInstanceParameter(expected_elements_type=B)
    others = gokart.ListTaskInstanceParameter(expected_elements_type=A)

    def requires(self):
        return [each for each in self.others] + [A(n=i) for i in range(3)]

    def run(self):
        self.load(self.bs)  # expect GK108@19
        for task in self.bs:
            self.load(task)  # expect GK108@23
        self.dump([self.load(each) for each in self.bs])  # expect GK108@30


class Renamed(Base):
    a = gokart.TaskInstanceParameter(expected_type=A)
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        return self.a

    def run(self):
        source = self.b
        self.load(source)  # expect GK108@19
        first: A = self.a
        self.load([first, source])  # expect GK108@27


class Nothing(Base):
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return []

    def run(self):
        self.load(self.b)  # expect GK108@19


class Helped(Base):
    day = luigi.DateParameter()
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        tasks = dict(a=self.a)
        tasks.update(self._more())
        if self.day > datetime.date(2020, 1, 1):
            tasks['c'] = self._one(3)
        return tasks

    def _more(self):
        return {'y': A()}

    def _one(self, n):
        return A(n=n)

    def run(self):
        self._work()

    def _work(self):
        self.load(self.b)  # expect GK108@19


class Yielding(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        yield A()

    def run(self):
        self.load(self.b)  # expect GK108@19


@needs(A)
class Decorated(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def run(self):
        self.load(self.b)  # expect GK108@19


class Cloning(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        return self.clone(A)

    def run(self):
        self.load(self.b)  # expect GK108@19


class Passed(Base):
    x = gokart.TaskInstanceParameter()

    def requires(self):
        return A()

    def run(self):
        self.load(self.x)  # expect GK108@19


def build():
    return Passed(x=B())


class Template(Base):
    x = gokart.TaskInstanceParameter(expected_type=B)

    def run(self):
        self.load(self.x)  # expect GK108@19


class Bad(Template):
    a = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a


class Above(Other):
    c = gokart.TaskInstanceParameter()

    def requires(self):
        return {**super().requires(), 'x': A()}

    def run(self):
        self.load(self.c)  # expect GK108@19


class Properties(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    @property
    def tasks(self):
        return [self.a]

    def requires(self):
        return self.tasks

    def run(self):
        self.load(self.b)  # expect GK108@19
""",
        'GK108',
    )
    assert (
        found[0].message == 'Other.run loads self.b, which requires() does not give: add self.b to requires(), or gokart refuses to load it'
    )
    assert [each.message for each in found if 'Template' in each.message] == [
        'Template.run of Bad loads self.x, which requires() does not give: add self.x to requires(), or gokart refuses to load it'
    ]
