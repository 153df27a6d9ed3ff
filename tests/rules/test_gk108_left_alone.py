"""GK108 on right code that looks wrong."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked
from tests.rules.test_gk108_load_not_required import LIBRARY


def test_right_code_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        LIBRARY
        + """
from library import build, make_base

SHARED = [A(), B()]


class Default(Base):
    b = gokart.TaskInstanceParameter()

    def run(self):
        self.load(self.b)


class Given(Base):
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.b

    def run(self):
        self.load(self.b)


class ByAnotherName(Base):
    a = gokart.TaskInstanceParameter(expected_type=A)
    b = gokart.TaskInstanceParameter(expected_type=B)
    bs = gokart.ListTaskInstanceParameter(expected_elements_type=B)

    def requires(self):
        return self.a

    def run(self):
        source = self.b
        source = self.a
        self.load(source)
        renamed = self.b
        self.dump([self.load(renamed) for renamed in [self.a]])
        loads = lambda renamed: self.load(renamed)
        loads(self.a)
        for each in self.bs:
            if each in self.requires():
                self.load(each)
        self.dump([self.load(each) for each in self.bs if each in self.requires()])
        for each in self.bs:
            each = self.a
            self.load(each)
        try:
            self.load(renamed)
        except AssertionError:
            pass


class Above(Base):
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return {**super().requires(), 'a': A()}

    def run(self):
        self.load(self.b)


class Dictionary(Base):
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return {**self.make_task_instance_dictionary(), 'a': A()}

    def run(self):
        self.load(self.b)


class Among(Base):
    b = gokart.TaskInstanceParameter()
    all = gokart.ListTaskInstanceParameter()

    def requires(self):
        return self.all

    def run(self):
        self.load(self.b)


class Set(Base):
    b = gokart.TaskInstanceParameter()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.requires = lambda: [self.b]

    def requires(self):
        return []

    def run(self):
        self.load(self.b)


class SameClass(Base):
    a = gokart.TaskInstanceParameter(expected_type=A)

    def requires(self):
        return A(n=1)

    def run(self):
        self.load(self.a)


class Related(Base):
    a = gokart.TaskInstanceParameter(expected_type=A)

    def requires(self):
        return SubA()

    def run(self):
        self.load(self.a)


class Untyped(Base):
    a = gokart.TaskInstanceParameter()

    def requires(self):
        return A()

    def run(self):
        self.load(self.a)


def untyped(n):
    return Untyped(a=A(n=n))


class Shared(Base):
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return SHARED

    def run(self):
        self.load(self.b)


class Foreign(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        return build()

    def run(self):
        self.load(self.b)


class HandedOn(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        return helper(self)

    def run(self):
        self.load(self.b)


def helper(task):
    return task.b


class ByName(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def requires(self):
        return [getattr(self, name) for name in ('b',)]

    def run(self):
        self.load(self.b)


class Held(Base):
    b = gokart.TaskInstanceParameter(expected_type=B)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.all = [self.b]

    def requires(self):
        return self.all

    def run(self):
        self.load(self.b)


class OfAnother(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return [self.a.b, self.a]

    def run(self):
        self.load(self.b)


class Unknown(make_base(), Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a

    def run(self):
        self.load(self.b)


class OwnLoad(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a

    def load(self, target=None):
        return target.output().load()

    def run(self):
        self.load(self.b)


class Target(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a

    def run(self):
        self.b.output().load(), self.load(self.b.output()), self.load('a')


class NoTask(Base):
    a = gokart.TaskInstanceParameter()
    key = luigi.Parameter()

    def requires(self):
        return {'a': self.a}

    def run(self):
        self.load(self.key)


class Tried(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a

    def run(self):
        try:
            self.load(self.b)
        except AssertionError:
            pass


class Rewritten(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.b = self.a

    def requires(self):
        return self.a

    def run(self):
        self.load(self.b)


class Template(Base):
    b = gokart.TaskInstanceParameter()
    a = gokart.TaskInstanceParameter()

    def requires(self):
        return [self.a]

    def run(self):
        self.load(self.b)


class Good(Template):
    def requires(self):
        return [self.a, self.b]


class Abstract(Base):
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return A()

    def run(self):
        self.load(self.b), self.work()

    def work(self):
        raise NotImplementedError


class Iterated(Base):
    b = gokart.TaskInstanceParameter()

    def __iter__(self):
        yield self.b

    def requires(self):
        return list(self)

    def run(self):
        self.load(self.b)


@build
class Wrapped(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a

    def run(self):
        self.load(self.b)


class OfOthers(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        return self.a

    def run(self):
        Given(b=self.b).load(self.b)


class Inner(Base):
    a = gokart.TaskInstanceParameter()
    b = gokart.TaskInstanceParameter()

    def requires(self):
        def both():
            return [self.a, self.b]

        return both()

    def run(self):
        self.load(self.b)
""",
        'GK108',
    )
