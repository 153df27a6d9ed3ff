"""GK202: which instance methods could be static, and the fix that makes them so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import gokart
import pytest

from gokart_lint import vocabulary
from gokart_lint.fixing import apply
from tests.rules.harness import assert_marked, findings


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi


                class Root(gokart.TaskOnKart):
                    n: luigi.IntParameter = luigi.IntParameter(default=1)
                    RATE = 0.5


                class Template(Root):
                    def run(self):
                        self.dump(self._work(self.load()))


                class Middle(Template):
                    pass
                """,
            'tasks.py': """
                from abc import ABC

                import gokart
                import luigi
                from luigi.util import inherits, requires

                import base
                from base import Middle, Root


                class Open(gokart.TaskOnKart, ABC):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):
                        raise NotImplementedError


                class FillsIn(Open):
                    def _run(self, df):  # expect GK202@9
                        return df.dropna()


                class NeverUsesSelf(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return df.dropna()


                class UsesParameters(Root):
                    def run(self):
                        df = self.load()
                        self.dump(self._run(df))

                    def _run(self, df):  # expect GK202@9
                        return df.head(self.n) * self.workspace_directory


                class UsesConstants(Root):
                    COLUMNS = ['a', 'b']
                    Frame = dict

                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return self.Frame(df[self.COLUMNS] * self.RATE)


                class UsesStaticAndClassMethods(Root):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return self._scale(self._clean(df))

                    @staticmethod
                    def _scale(df):
                        return df * 2

                    @classmethod
                    def _clean(cls, df):
                        return df.dropna()


                class OnTheWay(Root):
                    def run(self):
                        self._all()

                    def _all(self):
                        self.dump(self._first(self.load()))

                    def _first(self, df):
                        return self._second(df)

                    def _second(self, df):  # expect GK202@9
                        return df + 1


                class ThroughProperty(Root):
                    def run(self):
                        self.dump(self.frame)

                    @property
                    def frame(self):
                        return self._clean(self.load())

                    def _clean(self, df):  # expect GK202@9
                        return df.dropna()


                class ThroughSuper(Middle):
                    def run(self):
                        super().run()

                    def _work(self, df):  # expect GK202@9
                        return df[0]


                class RunTwoUp(Middle):
                    def _work(self, df):  # expect GK202@9
                        return [x * self.n for x in df]


                class Inherited(base.Template, ABC):
                    def _work(this, df, /, *more, scale=1, **kwargs):  # expect GK202@9
                        def inner(x):
                            return x * this.n

                        return [inner(x) for x in df] + list(map(lambda x: x * this.n, more))


                class WithoutArguments(Root):
                    def run(self):
                        self.dump(self._make())

                    def _make(self):  # expect GK202@9
                        import pandas as pd

                        return pd.DataFrame({'n': [self.n]})


                class OnlyBelow(Root):
                    def _help(self, df):  # expect GK202@9
                        return df.head(self.n)


                class Below(OnlyBelow):
                    def run(self):
                        self.dump(self._help(self.load()))


                @requires(Root)
                class Copied(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return df * self.n


                @inherits(Root)
                class CopiedToo(gokart.TaskOnKart):
                    def run(self):
                        self.dump(self.__run(self.load()))

                    def __run(self, df):  # expect GK202@9
                        return df * self.n


                class 日本(Root):
                    値 = luigi.IntParameter(default=2)

                    def run(self):
                        self.dump(self._計算(self.load()))

                    def _計算(self, df):  # expect GK202@9
                        return df * self.値


                class Mixture(Root):
                    def run(self):
                        self.dump(self._async(self._generate(self.load())))

                    async def _async(self, df):  # expect GK202@15
                        return df + 1

                    def _generate(self, df):  # expect GK202@9
                        yield from df


                class UsedElsewhereToo(Root):
                    def run(self):
                        self.dump(self._run(self.load()))

                    def _run(self, df):  # expect GK202@9
                        return df.dropna()

                    def output(self):
                        return self.make_target(str(self._run(3)))


                class SameNameElsewhere(Root):
                    def run(self):
                        self.dump(self._only_here(self.load()))

                    def _only_here(self, df):  # expect GK202@9
                        return df.dropna()


                class Other:
                    def _only_here(self):
                        return self._only_here
                """,
        },
        'GK202',
    )


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


def test_all_members_of_a_task_are_known() -> None:
    members = {name for name in dir(gokart.TaskOnKart) if not name.startswith(('__', '_Task__'))}
    assert members <= vocabulary.TASK_MEMBERS


def test_messages(tmp_path: Path) -> None:
    text = """
        import gokart
        import luigi


        class Train(gokart.TaskOnKart):
            c = luigi.FloatParameter(default=1.0)
            n = luigi.IntParameter(default=1)
            m = luigi.IntParameter(default=1)
            LIMIT = 3

            def run(self):
                a, b, c = self._none(1), self._one(2), self._three(3)
                self.dump(self._constant(a), self._mixed(b, c))

            def _none(self, x):
                return x + 1

            def _one(self, x):
                return x * self.c + self.c

            def _three(self, x):
                return x * self.c + self.n - self.m

            def _constant(self, x):
                return x + self.LIMIT

            def _mixed(self, x, y):
                return self._static(x) + self.c + self.LIMIT

            @staticmethod
            def _static(x):
                return x
        """
    assert [each.message for each in findings(tmp_path, text, 'GK202')] == [
        'Train._none never uses self: make it a static method, so that a test needs no task',
        'Train._one uses self for nothing but the parameter c: '
        'make it a static method that takes it as an argument, so that a test needs no task',
        'Train._three uses self for nothing but the parameters c, n and m: '
        'make it a static method that takes them as arguments, so that a test needs no task',
        'Train._constant uses self for nothing but the constant LIMIT: '
        'make it a static method or a class method, so that a test needs no task',
        'Train._mixed uses self for nothing but the parameter c, the constant LIMIT and the method _static: '
        'make it a static method that takes c as an argument, so that a test needs no task',
    ]


# --- The fix ----------------------------------------------------------------------------------------------------------


def fixed(folder: Path, text: str, **others: str) -> str:
    """The text after the fixes, applied until there is none left."""
    files = {'tasks.py': text, **{f'{name}.py': other for name, other in others.items()}}
    while fixes := [each.fix for each in findings(folder, files, 'GK202') if each.fix is not None and each.path.endswith('tasks.py')]:
        files['tasks.py'] = apply((folder / 'tasks.py').read_text(), fixes)
    return files['tasks.py']


BEFORE = """\
import gokart
import luigi


class Numbers(gokart.TaskOnKart):
    count = luigi.IntParameter(default=4)

    def run(self):
        self.dump(list(range(self.count)))


class Work(gokart.TaskOnKart):
    numbers = gokart.TaskInstanceParameter(expected_type=Numbers, default=Numbers())
    n: luigi.IntParameter = luigi.IntParameter(default=3)
    name = luigi.Parameter(default='x')
    OFFSET = 10

    def run(self):
        numbers = self.load(self.numbers)
        first = self._no_self(numbers)
        second = self._one(numbers, 2)
        third = self._keyword(numbers, scale=2)
        fourth = self._typed(
            numbers,
            5,
        )
        fifth = self._variable(1, *numbers)
        sixth = self._constants(first)
        seventh = self._chain(numbers)
        eighth = [(lambda x: self._only())(x) for x in numbers]
        self.dump([first, second, third, fourth, fifth, sixth, seventh, eighth])

    def _no_self(self, numbers):
        return sum(numbers)

    def _one(self, numbers, times):
        return [number * self.n * times for number in numbers]

    def _keyword(self, numbers, *, scale):
        return f'{self.name}{self.n:03d}' + str(scale * len(numbers))

    def _typed(
        self,  # the task
        numbers: list[int],
        times: int = 1,
    ) -> int:
        def inner(x):
            return x * self.n

        return sum(map(inner, numbers)) * times + len(self.name)

    def _variable(self, first, *rest, last=0):
        return [first, *rest, last, (self.n) + 1]

    def _constants(self, x):
        return self._twice(x) + self.OFFSET

    def _chain(self, numbers):
        return self._link(numbers) + self._link([self.n])

    def _link(self, numbers):
        return max(numbers) + self.n

    def _only(self):
        return len(self.name * self.n)

    @staticmethod
    def _twice(x):
        return x * 2


if __name__ == '__main__':
    print(gokart.build(Work(n=7), log_level=50))
"""

AFTER = """\
import gokart
import luigi


class Numbers(gokart.TaskOnKart):
    count = luigi.IntParameter(default=4)

    def run(self):
        self.dump(list(range(self.count)))


class Work(gokart.TaskOnKart):
    numbers = gokart.TaskInstanceParameter(expected_type=Numbers, default=Numbers())
    n: luigi.IntParameter = luigi.IntParameter(default=3)
    name = luigi.Parameter(default='x')
    OFFSET = 10

    def run(self):
        numbers = self.load(self.numbers)
        first = self._no_self(numbers)
        second = self._one(numbers, 2, n=self.n)
        third = self._keyword(numbers, name=self.name, n=self.n, scale=2)
        fourth = self._typed(
            numbers,
            5, n=self.n, name=self.name,
        )
        fifth = self._variable(1, *numbers, n=self.n)
        sixth = self._constants(first)
        seventh = self._chain(numbers, n=self.n)
        eighth = [(lambda x: self._only(name=self.name, n=self.n))(x) for x in numbers]
        self.dump([first, second, third, fourth, fifth, sixth, seventh, eighth])

    @staticmethod
    def _no_self(numbers):
        return sum(numbers)

    @staticmethod
    def _one(numbers, times, *, n):
        return [number * n * times for number in numbers]

    @staticmethod
    def _keyword(numbers, *, name, n, scale):
        return f'{name}{n:03d}' + str(scale * len(numbers))

    @staticmethod
    def _typed(
        # the task
        numbers: list[int],
        times: int = 1, *, n: int, name,
    ) -> int:
        def inner(x):
            return x * n

        return sum(map(inner, numbers)) * times + len(name)

    @staticmethod
    def _variable(first, *rest, n, last=0):
        return [first, *rest, last, (n) + 1]

    @staticmethod
    def _constants(x):
        return Work._twice(x) + Work.OFFSET

    @staticmethod
    def _chain(numbers, *, n):
        return Work._link(numbers, n=n) + Work._link([n], n=n)

    @staticmethod
    def _link(numbers, *, n):
        return max(numbers) + n

    @staticmethod
    def _only(*, name, n):
        return len(name * n)

    @staticmethod
    def _twice(x):
        return x * 2


if __name__ == '__main__':
    print(gokart.build(Work(n=7), log_level=50))
"""


def test_the_fix(tmp_path: Path) -> None:
    assert fixed(tmp_path, BEFORE) == AFTER
    assert findings(tmp_path, AFTER, 'GK202') == []


def test_the_fixed_program_does_the_same(tmp_path: Path) -> None:
    outputs = []
    for name, text in (('before', BEFORE), ('after', AFTER)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / 'tasks.py').write_text(text)
        done = subprocess.run([sys.executable, 'tasks.py'], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert "[6, [0, 14, 28, 42], 'x0078', 211, [1, 0, 1, 2, 3, 0, 8], 22, 24, [7, 7, 7, 7]]" in outputs[0]


METHOD = """\
import gokart
import luigi


class Train(gokart.TaskOnKart):
    n = luigi.IntParameter(default=1)
    LIMIT = 3

    def run(self):
        self.dump({call})

{method}

    @classmethod
    def _made(cls, x):
        return x
"""


@pytest.mark.parametrize(
    ('call', 'method', 'new_call', 'new_method'),
    [
        ('self._f(1)', 'def _f(self, x): return x + self.n', 'self._f(1, n=self.n)', 'def _f(x, *, n): return x + n'),
        (
            'self._f(1, **{})',
            'def _f(self, x=(1, 2)): return x + self.n',
            'self._f(1, **{}, n=self.n)',
            'def _f(x=(1, 2), *, n): return x + n',
        ),
        ('self._f( )', 'def _f( self ): return 1 + self.n', 'self._f( n=self.n)', 'def _f( *, n ): return 1 + n'),
        ('self._f(x=1)', 'def _f(self: "Train", x): return x + self.n', 'self._f(n=self.n, x=1)', 'def _f(x, *, n): return x + n'),
        ('self._f(1)', 'def _f(self, *x): return x + self.n', 'self._f(1, n=self.n)', 'def _f(*x, n): return x + n'),
        ('self._f(a=1)', 'def _f(self, **x): return len(x)', 'self._f(a=1)', 'def _f(**x): return len(x)'),
        ('self._f(a=1)', 'def _f(self, *, a): return a + 1', 'self._f(a=1)', 'def _f(*, a): return a + 1'),
        ('self._f(1)', 'def _f(self, x): return self._made(x)', 'self._f(1)', 'def _f(x): return Train._made(x)'),
    ],
)
def test_forms_of_formals_and_calls(tmp_path: Path, call: str, method: str, new_call: str, new_method: str) -> None:
    before = METHOD.format(call=call, method=f'    {method}')
    assert fixed(tmp_path, before) == METHOD.format(call=new_call, method=f'    @staticmethod\n    {new_method}')


@pytest.mark.parametrize(
    ('call', 'method'),
    [
        ('self._f(1)', 'def _f(self, n): return n + self.n'),
        ('self._f(1)', 'def _f(self, x):\n        n = x\n        return n + self.n'),
        ('self._f(1)', 'def _f(self, x): return [n + self.n for n in x]'),
        ('self._f(1)', 'def _f(self, x): return map(lambda n: n + self.n, x)'),
        ('self._f(1)', 'def _f(self, x):\n        def n(): return 1\n        return n() + self.n'),
        ('self._f(1)', 'def _f(self, /, x): return x + self.n'),
        ('self._f(1)', 'def _f(self, x, **more): return x + self.n'),
        ('self._f(1)', 'def _f(self, *x: (int)): return x + self.n'),
        ('self._f(x for x in [1])', 'def _f(self, x): return sum(x) + self.n'),
        ('self._f(1)', "def _f(self, x): return f'{self.n=}' + x"),
        ('self._f(1)', 'def _f(self, x, Train=None): return x + self.LIMIT'),
        ('Train._f(self, 1) + self._f(1)', 'def _f(self, x): return x + self.n'),
        ('super()._f(1) + self._f(1)', 'def _f(self, x): return x + self.n'),
    ],
)
def test_no_fix_where_it_might_do_harm(tmp_path: Path, call: str, method: str) -> None:
    [found] = findings(tmp_path, METHOD.format(call=call, method=f'    {method}'), 'GK202')
    assert found.fix is None


OTHERS = {
    'another object': 'from tasks import Train\n\n\ndef use(task):\n    return Train()._f(1) + task._f(2)\n',
    'an unknown object': 'import gokart\n\n\ndef use(task: gokart.TaskOnKart):\n    return task._f(2)\n',
    'a subclass': 'from tasks import Train\n\n\nclass Below(Train):\n    def run(self):\n        self.dump(self._f(2))\n',
    'a subclass through super': 'from tasks import Train\n\n\nclass Below(Train):\n    def run(self):\n        self.dump(super()._f(2))\n',
    'a mixin': 'from tasks import Train\n\n\nclass Mixin:\n    def more(self):\n        return self._f(2)\n\n\n'
    'class Both(Mixin, Train):\n    pass\n',
}


@pytest.mark.parametrize('other', OTHERS.values(), ids=OTHERS.keys())
def test_no_fix_where_others_call_it(tmp_path: Path, other: str) -> None:
    text = METHOD.format(call='self._f(1)', method='    def _f(self, x): return x + self.n')
    [found] = findings(tmp_path, {'tasks.py': text, 'other.py': other}, 'GK202')
    assert found.fix is None


def test_a_method_of_the_same_name_elsewhere_is_no_hindrance(tmp_path: Path) -> None:
    text = METHOD.format(call='self._f(1)', method='    def _f(self, x): return x + self.n')
    other = """
        import gokart


        class Other(gokart.TaskOnKart):
            def run(self):
                self.dump(self._f(self.load()))

            @staticmethod
            def _f(x):
                return x
        """
    assert 'def _f(x, *, n)' in fixed(tmp_path, text, other=other)


def test_the_fix_of_what_a_template_in_another_file_calls(tmp_path: Path) -> None:
    base = """
        import gokart


        class Template(gokart.TaskOnKart):
            def run(self):
                self.dump(self._run(self.load()))

            def _run(self, data):
                raise NotImplementedError
        """
    text = """
        import luigi
        from base import Template


        class Count(Template):
            def _run(self, data):
                return len(data)


        class Scale(Template):
            n = luigi.IntParameter()

            def _run(self, data):
                return data * self.n
        """
    result = fixed(tmp_path, text, base=base)
    assert '    @staticmethod\n    def _run(data):\n        return len(data)' in result
    assert '    def _run(self, data):\n        return data * self.n' in result


@pytest.mark.parametrize(
    ('method', 'below'),
    [
        ('def _f(self, x): return x + self.LIMIT', 'LIMIT = 4'),
        ('def _f(self, x): return self._made(x)', 'OTHER = 4'),
    ],
)
def test_no_fix_where_a_subclass_gives_another_meaning(tmp_path: Path, method: str, below: str) -> None:
    text = METHOD.format(call='self._f(1)', method=f'    {method}') + f'\n\nclass Below(Train):\n    {below}\n'
    [found] = findings(tmp_path, text, 'GK202')
    assert found.fix is None


def test_no_fix_for_a_class_that_has_no_global_name(tmp_path: Path) -> None:
    text = """
        import gokart


        def make():
            class Local(gokart.TaskOnKart):
                LIMIT = 3

                def run(self):
                    self.dump(self._f(1))

                def _f(self, x):
                    return x + self.LIMIT

            return Local
        """
    [found] = findings(tmp_path, text, 'GK202')
    assert found.fix is None
