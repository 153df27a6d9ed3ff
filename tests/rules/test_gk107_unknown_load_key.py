"""GK107: a key that no dependency stands under."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked

LIBRARY = """
import gokart
import luigi
from gokart import TaskOnKart as Base
from luigi.util import inherits, requires as needs


class A(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)

    def run(self):
        self.dump(1)


class Both(gokart.TaskOnKart[int]):
    def output(self):
        return {'train': self.make_target('train.pkl'), 'test': self.make_target('test.pkl')}

    def run(self):
        self.dump(1, 'train')
        self.dump(1, 'test')
"""


def test_keys_that_requires_does_not_give(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        LIBRARY
        + """

class Literal(Base):
    def requires(self):
        return {'model': A(), 'data': A()}

    def run(self):
        self.dump(self.load('modle'))  # expect GK107@29


class Call(Base):
    def requires(this):
        return dict(model=A(), **{'data': A()})

    def run(this):
        this.load(target='nothing')  # expect GK107@26
        for row in this.load_generator('rows'):  # expect GK107@40
            print(row)
        this.load_data_frame('frame')  # expect GK107@30


class Grown(Base):
    flag = luigi.BoolParameter()

    def requires(self):
        tasks = {'a': A()}
        tasks['b'] = A()
        tasks.update(c=A())
        tasks.update({'d': A()})
        tasks |= {'e': A()}
        if self.flag:
            tasks['f'] = A()
        return tasks | {'g': A()}

    def run(self):
        for key in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'):  # expect GK107@56
            self.load(key)
        return [self.load(key) for key in ['a', 'z']]  # expect GK107@49


class Comprehended(Base):
    def requires(self):
        return {name: A() for name in ('x', 'y')}

    def run(self):
        both = self.input()
        both['x'], both['z']  # expect GK107@25
        self.input()['w'].load()  # expect GK107@22


class Inheriting(Literal):
    def requires(self):
        more = super().requires()
        more['extra'] = A()
        return more

    def run(self):
        self.load('extra'), self.load('data'), self.load('extras')  # expect GK107@58


class Helped(Base):
    def requires(self):
        return {**self._tasks(), **common()}

    def _tasks(self):
        return {'own': A()}

    def run(self):
        self._load()

    def _load(self):
        return self.load('own'), self.load('common'), self.load('other')  # expect GK107@65


def common():
    return {'common': A()}


class Default(Base):
    dep = gokart.TaskInstanceParameter()
    deps = gokart.ListTaskInstanceParameter()
    n = luigi.IntParameter()

    def run(self):
        self.load('dep'), self.load('deps')
        self.load('n')  # expect GK107@19
        self.load('dpe')  # expect GK107@19


class Below(Default):
    def requires(self):
        return {**self.make_task_instance_dictionary(), 'more': A()}

    def run(self):
        self.load('more'), self.load('dep'), self.load('none')  # expect GK107@56


class One(Base):
    def requires(self):
        return A()

    def run(self):
        self.load('a')  # expect GK107@19


class Handed(Base):
    dep = gokart.TaskInstanceParameter(expected_type=Both)

    def requires(self):
        return self.dep

    def run(self):
        self.load('train'), self.load('valid')  # expect GK107@39


class Many(Base):
    def requires(self):
        return [A(), A(n=2)]

    def run(self):
        self.load('a')  # expect GK107@19


class Yielding(Base):
    def requires(self):
        yield A()
        yield A(n=2)

    def run(self):
        self.load('a')  # expect GK107@19


@needs(A)
class Decorated(Base):
    def run(self):
        self.load('A')  # expect GK107@19


@needs(first=A, second=A)
class Named(Base):
    def run(self):
        self.load('first'), self.load('third')  # expect GK107@39


@inherits(A)
class Cloned(Base):
    def requires(self):
        return {'parent': self.clone_parent(), 'other': self.clone(A, n=2)}

    def run(self):
        (lambda: self.load('parents'))()  # expect GK107@28


KEY = 'constant'


class Constant(Base):
    def requires(self):
        return {'other': A()}

    def run(self):
        name = 'local'

        def inner():
            return self.load(name)  # expect GK107@30

        self.load(KEY), inner()  # expect GK107@19


class Template(Base):
    def run(self):
        self.load('data')  # expect GK107@19


class Good(Template):
    def requires(self):
        return {'data': A()}


class Bad(Template):
    def requires(self):
        return {'date': A()}


class Branches(Base):
    n = luigi.IntParameter()

    def requires(self):
        if self.n:
            return {'a': A(), 'b': A()}
        elif self.n > 3:
            return {'c': A()}
        return dict(d=A())

    def run(self):
        if self.n > 1:
            self.load('e')  # expect GK107@23
        self.load('d' if self.n else 'x')  # expect GK107@38
""",
        'GK107',
    )
    messages = [each.message for each in found]
    assert messages[0] == "Literal.run asks for self.load('modle'), but requires() gives only 'model', 'data': did you mean 'model'?"
    assert messages[1] == (
        "Call.run asks for self.load('nothing'), but requires() gives only 'model', 'data': use one of them, or add 'nothing' to requires()"
    )
    assert (
        "One.run asks for self.load('a'), but requires() gives one task, A, and its output has no keys: "
        "call self.load() without a key, or let requires() return a dict with 'a'"
    ) in messages
    assert (
        "Handed.run asks for self.load('valid'), but the output of Both, the one task that it requires, gives only 'train', 'test': "
        "use one of them, or add 'valid' to Both.output()"
    ) in messages
    assert (
        "Many.run asks for self.load('a'), but requires() gives a list: let it return a dict with 'a', or take the item by its place"
    ) in messages
    assert "Template.run of Bad asks for self.load('data'), but requires() gives only 'date': did you mean 'date'?" in messages
    assert "Comprehended.run asks for self.input()['w']" in next(each for each in messages if "['w']" in each)


def test_right_code_of_classes_that_build_on_each_other(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        LIBRARY
        + """
from library import tasks


class Unused(Base):
    def requires(self):
        return {'a': A(), 'b': A()}

    def run(self):
        self.load('a')


class Overriding(Unused):
    def requires(self):
        return {'c': A()}

    def run(self):
        self.load('c')


class Helper(Base):
    def run(self):
        self.dump(1)

    def extra(self):
        return self.load('extra')


class Helped(Helper):
    def requires(self):
        return {'other': A()}


class 学習(Base):
    def requires(self):
        return {'データ': A()}

    def run(self):
        self.load('データ')


class Two(Base):
    if tasks:
        def requires(self):
            return {'a': A()}
    else:
        def requires(self):
            return {'b': A()}

    def run(self):
        self.load('a')


class Short(Base):
    def requires(self):
        return {'a': A()}

    def run(self):
        self.load('b')


class Full(Short):
    def requires(self):
        return {**super().requires(), 'b': A()}


class Unfinished(Base):
    def requires(self):
        return {'a': A()}

    def more(self):
        raise NotImplementedError

    def run(self):
        self.load('b')
""",
        'GK107',
    )


def test_across_modules(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'pipe/__init__.py': '',
            'pipe/base.py': """
                import gokart as gk


                class Root(gk.TaskOnKart):
                    def requires(self):
                        return {'root': Load()}


                class Load(gk.TaskOnKart):
                    pass
                """,
            'pipe/middle.py': """
                from pipe.base import *


                class Middle(Root):
                    def requires(self):
                        return {**super().requires(), **self.own()}

                    def own(self):
                        return {}

                    def run(self):
                        self.load('root')
                """,
            'pipe/leaf.py': """
                from .middle import Middle
                from . import base


                class Leaf(Middle):
                    def own(self):
                        return dict(leaf=base.Load())

                    def run(self):
                        self.load('root'), self.load('leaf'), self.load('leave')  # expect GK107@57


                class Mixin:
                    def run(self):
                        self.load('mixed')  # expect GK107@19


                class Mixed(Mixin, Leaf):
                    pass
                """,
        },
        'GK107',
    )
