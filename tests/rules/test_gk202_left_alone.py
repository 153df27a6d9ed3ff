"""GK202: methods that are no static ones, though they may look like it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.rules.harness import assert_marked

HEADER = """
import abc
import functools
import json
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from typing import final, override

import gokart
import luigi
from somewhere import Mixin, descriptor, timer

logger = getLogger(__name__)


def outside(task):
    return task


class Root(gokart.TaskOnKart):
    dep = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)
    n = luigi.IntParameter(default=1)
    LIMIT = 3
    func = outside
    loads = json.loads
    shaped = descriptor()
    made = property(lambda self: 1)
    low = lambda self: 1

    def run(self):
        self.dump(self._run(self.load()))


"""
RIGHT = {
    'static': """
        class T(Root):
            @staticmethod
            def _run(df):
                return df + 1
        """,
    'class method': """
        class T(Root):
            @classmethod
            def _run(cls, df):
                return df + 1
        """,
    'loads': """
        class T(Root):
            def _run(self, df):
                return self.load('x') + df
        """,
    'dumps': """
        class T(Root):
            def _run(self, df):
                self.dump(df + self.n, 'x')
        """,
    'loads a dependency': """
        class T(Root):
            def _run(self, df):
                return self.dep.output().load() + df
        """,
    'loads a target': """
        class T(Root):
            def run(self):
                self.dump(self._run(self.input()))

            def _run(self, target):
                return target.load() + self.n
        """,
    'uses another instance method': """
        class T(Root):
            def _run(self, df):
                return self._more(df)

            def _more(self, df):
                return self._state + df
        """,
    'recursive': """
        class T(Root):
            def _run(self, n):
                return 1 if n == 0 else n * self._run(n - 1)
        """,
    'an attribute of gokart': """
        class T(Root):
            def _run(self, df):
                return df + self.task_unique_id
        """,
    'an unknown attribute': """
        class T(Root):
            def _run(self, df):
                return df + self.unknown
        """,
    'an attribute that run sets': """
        class T(Root):
            state = None

            def run(self):
                self.state = 3
                self.dump(self._run(self.load()))

            def _run(self, df):
                return df + self.state
        """,
    'an attribute that a subclass sets': """
        class T(Root):
            state = None

            def _run(self, df):
                return df + self.state


        class U(T):
            def run(self):
                self.state, x = self.load()
                self.dump(self._run(x))
        """,
    'sets an attribute': """
        class T(Root):
            def _run(self, df):
                self.LIMIT = df
                return df + 1
        """,
    'sets an attribute in a loop': """
        class T(Root):
            def _run(self, df):
                for self.LIMIT in df:
                    pass
                return df
        """,
    'deletes an attribute': """
        class T(Root):
            def _run(self, df):
                del self.LIMIT
                return df + 1
        """,
    'adds to an attribute': """
        class T(Root):
            def _run(self, df):
                self.LIMIT += 1
                return df
        """,
    'hands self on': """
        class T(Root):
            def _run(self, df):
                return outside(self) + df
        """,
    'hands self on in a closure': """
        class T(Root):
            def _run(self, df):
                def inner():
                    return outside(self)

                return inner()
        """,
    'returns self': """
        class T(Root):
            def _run(self, df):
                outside(df)
                return self
        """,
    'getattr': """
        class T(Root):
            def _run(self, df):
                return getattr(self, df) + 1
        """,
    'super': """
        class T(Root):
            def _run(self, df):
                return super().__hash__() + df
        """,
    'a class in it': """
        class T(Root):
            def _run(self, df):
                class Inner:
                    value = self

                return Inner().value
        """,
    'locals': """
        class T(Root):
            def _run(self, df):
                return outside(locals())
        """,
    'self is shadowed': """
        class T(Root):
            def _run(self, df):
                return [(lambda self: self.n)(x) for x in df]
        """,
    'a property': """
        class T(Root):
            def run(self):
                self.dump(self.frame)

            @property
            def frame(self):
                return outside(self.n)
        """,
    'decorated': """
        class T(Root):
            @timer
            def _run(self, df):
                return df + 1
        """,
    'final': """
        class T(Root):
            @final
            def _run(self, df):
                return df + 1
        """,
    'cached': """
        class T(Root):
            @functools.lru_cache
            def _run(self, df):
                return df + 1
        """,
    'abstract': """
        class T(Root):
            @abc.abstractmethod
            def _run(self, df):
                return df + 1
        """,
    'raises': """
        class T(Root):
            def _run(self, df):
                raise NotImplementedError(f'{outside(self.n)}')
        """,
    'overridden below': """
        class T(Root):
            def _run(self, df):
                return df + 1


        class U(T):
            def _run(self, df):
                return self.load() + df
        """,
    'overridden by an attribute': """
        class T(Root):
            def _run(self, df):
                return df + 1


        class U(T):
            _run = outside
        """,
    'overrides another one': """
        class Base(Root):
            def _run(self, df):
                return outside(self, df)


        class T(Base):
            def _run(self, df):
                return df + 1
        """,
    'fills in what a template leaves open, with self': """
        class Base(Root):
            def _run(self, df):
                raise NotImplementedError


        class T(Base):
            def _run(self, df):
                return outside(self, df)
        """,
    'overrides what an unknown base may have': """
        class T(Mixin, Root):
            def _run(self, df):
                return df + 1
        """,
    'overrides gokart': """
        class T(Root):
            def run(self):
                self.dump(self.requires())
                self.dump(self.on_success())

            def requires(self):
                return outside(self.dep)

            def on_success(self):
                return outside(self.n)
        """,
    'a dunder method': """
        class T(Root):
            def run(self):
                self.dump(self.__call__(3))

            def __call__(self, x):
                return x + self.n
        """,
    'not called': """
        class T(Root):
            def run(self):
                self.dump(1)

            def _run(self, df):
                return df + 1

            def output(self):
                return self.make_target(self._run('x'))
        """,
    'called by a test alone': """
        class T(Root):
            def run(self):
                self.dump(1)

            def _help(self, df):
                return df + 1


        def test_it():
            assert T()._help(1) == 2
        """,
    'no task': """
        class T:
            def run(self):
                self.dump(self._run(1))

            def _run(self, df):
                return df + 1
        """,
    'passed on': """
        class T(Root):
            def run(self):
                self.dump(self.load().apply(self._run))

            def _run(self, x):
                return x + self.n
        """,
    'passed on and called': """
        class T(Root):
            def run(self):
                with ThreadPoolExecutor() as pool:
                    self.dump(self._run(1) + sum(pool.map(self._run, self.load())))

            def _run(self, x):
                return x + self.n
        """,
    'passed on by another function': """
        class T(Root):
            def run(self):
                self.dump(self._run(1))

            def _run(self, x):
                return x + self.n


        def use(task):
            return map(task._run, [1])
        """,
    'asked for by name': """
        class T(Root):
            def run(self):
                self.dump(self._run(1) + getattr(self, '_run')(2))

            def _run(self, x):
                return x + self.n
        """,
    'kept under another name': """
        class T(Root):
            def run(self):
                work = self._run
                self.dump(work(1))

            def _run(self, x):
                return x + self.n
        """,
    'a function of the class': """
        class T(Root):
            def _run(self, df):
                return self.func() + df
        """,
    'a library function of the class': """
        class T(Root):
            def _run(self, df):
                return self.loads(df)
        """,
    'a descriptor': """
        class T(Root):
            def _run(self, df):
                return self.shaped + df
        """,
    'a property of the class': """
        class T(Root):
            def _run(self, df):
                return self.made + df
        """,
    'a lambda of the class': """
        class T(Root):
            def _run(self, df):
                return self.low() + df
        """,
    'nothing to hand over': """
        class T(Root):
            def _run(self, df):
                pass
        """,
    'a value alone': """
        class T(Root):
            def _run(self, df):
                return {'path': f'{self.n}.csv', 'n': (self.n, 1)}
        """,
    'logging alone': """
        class T(Root):
            def _run(self, df):
                logger.info('rows: %s', len(df) + self.n)
        """,
    'without formals': """
        class T(Root):
            def _run(*args):
                return args[0] + 1
        """,
}


@pytest.mark.parametrize('text', RIGHT.values(), ids=RIGHT.keys())
def test_right(text: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, {'tasks.py': HEADER + dedent(text)}, 'GK202')
