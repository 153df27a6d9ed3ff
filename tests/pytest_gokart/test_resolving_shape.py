"""The shape of `requires()`: no method, no tasks, dropped tasks, other tasks each time, exceptions."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.pytest_gokart.newer import needs
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, resolved

LOADS = """
class Load(gokart.TaskOnKart):
    n = luigi.IntParameter(default=1)
class Other(gokart.TaskOnKart):
    pass
"""
RETURNS = """
class Pipeline(gokart.TaskOnKart):
    def requires(self):  # HERE
        return %s
"""
DUMPS = """
    def run(self):
        self.dump(1)
"""

WRONG_VALUES = {
    'Load': 'Pipeline.requires() gives the class Load, and no task\nBuild it: Load(...).',
    "{'a': Load}": "Pipeline.requires() gives the class Load under the key 'a', and no task",
    '[Load(), Other]': 'Pipeline.requires() gives the class Other as element 1, and no task',
    "'load'": "Pipeline.requires() gives the text 'load', and no task",
    'Load().output()': 'Pipeline.requires() gives a target, and no task\nGive the task that makes it',
    "{'a': [Load(), Load().output()]}": "Pipeline.requires() gives a target as element 1 under the key 'a'",
    '{Load(), Other()}': 'Pipeline.requires() gives a set\nIts order and so the unique id differ',
    "{'a': None}": "Pipeline.requires() gives None under the key 'a', which gokart drops without a word",
    '[Load(), None]': 'Pipeline.requires() gives None as element 1, which gokart drops without a word',
    '[Load(), (None,)]': 'Pipeline.requires() gives None as element 0 as element 1',
    '3': 'Pipeline.requires() gives 3, and no task',
    'lambda: Load()': 'Pipeline.requires() gives the function <lambda>, and no task',
    'luigi.IntParameter()': 'Pipeline.requires() gives a IntParameter itself',
}


@pytest.mark.parametrize('value', WRONG_VALUES)
def test_wrong_value(value: str, tmp_path: Path) -> None:
    check_wrong(Wrong('shape', WRONG_VALUES[value], ''), resolved(tmp_path, LOADS + RETURNS % value), tmp_path)


LAZY = [
    '(Load(n=n) for n in range(2))',
    'map(lambda n: Load(n=n), range(2))',
    'dict(a=Load(), b=Other()).values()',
    '{"a": (Load(n=n) for n in range(2))}',
    'reversed([Load(), Other()])',
]


@pytest.mark.parametrize('value', LAZY)
def test_an_iterable_is_right_where_nothing_dumps(value: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, LOADS + RETURNS % value)
    assert (resolution.problems, len(resolution.tasks)) == ((), 3)


@needs('a dump() that asks for requires()')
@pytest.mark.parametrize('value', LAZY)
def test_an_iterable_is_wrong_where_something_dumps(value: str, tmp_path: Path) -> None:
    (problem,) = resolved(tmp_path, LOADS + RETURNS % value + DUMPS).problems
    assert problem.kind == 'shape'
    assert 'and Pipeline dumps' in problem.message


RIGHT_VALUES = {
    'Load()': 2,
    '[Load(), Other()]': 3,
    '(Load(), Other())': 3,
    "{'a': Load(), 'b': [Other(), {'c': Load(n=2)}]}": 4,
    '[]': 1,
    '{}': 1,
    '[Load(), Load()]': 2,
    '[self.clone(Load), Load(n=2)]': 3,
    '[Load(), luigi.Task()]': 3,
}


@pytest.mark.parametrize('value', RIGHT_VALUES)
def test_right_value(value: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, LOADS + RETURNS % value + DUMPS)
    assert (resolution.problems, resolution.notes, len(resolution.tasks)) == ((), (), RIGHT_VALUES[value])


WRONG = {
    'forgotten return': Wrong(
        'shape',
        'Pipeline.requires() gives None\nIt builds tasks and does not give them back',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):  # HERE
                dict(a=Load())
        """,
    ),
    'None where the run loads': Wrong(
        'shape',
        'load() and dump() fail at the run',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):  # HERE
                pass
            def run(self):
                self.load('a')
        """,
    ),
    'a list': Wrong(
        'shape',
        'Pipeline.requires is a list, and gokart calls it',
        """
        class Pipeline(gokart.TaskOnKart):
            requires = [Load()]  # HERE
        """,
    ),
    'a property': Wrong(
        'shape',
        'Pipeline.requires is a property, and gokart calls it',
        """
        class Pipeline(gokart.TaskOnKart):
            @property  # HERE
            def requires(self):
                return [Load()]
        """,
    ),
    'a static method with self': Wrong(
        'shape',
        'Take @staticmethod away.',
        """
        class Pipeline(gokart.TaskOnKart):
            @staticmethod  # HERE
            def requires(self):
                return [Load()]
        """,
    ),
    'a parameter': Wrong(
        'shape',
        'Pipeline.requires is a IntParameter itself, and gokart calls it',
        """
        class Pipeline(gokart.TaskOnKart):
            requires = luigi.IntParameter(default=1)  # HERE
        """,
    ),
    'async': Wrong(
        'shape',
        'write `def`, not `async def`',
        """
        class Pipeline(gokart.TaskOnKart):
            async def requires(self):  # HERE
                return [Load()]
        """,
    ),
    'a key that there is not': Wrong(
        'exception',
        "Pipeline.requires() raises KeyError: 'b'",
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                tasks = {'a': Load()}
                return tasks['b']  # HERE
        """,
    ),
    'an attribute that there is not': Wrong(
        'exception',
        "Pipeline.requires() raises AttributeError: 'Pipeline' object has no attribute 'dat'",
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(n=self.dat)  # HERE
        """,
    ),
    'an exception in a helper': Wrong(
        'exception',
        'Pipeline.requires() raises ZeroDivisionError: division by zero',
        """
        def half(n):
            return n / 0  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(n=half(3))
        """,
    ),
    'an exception in a library': Wrong(
        'exception',
        'Pipeline.requires() raises ValueError',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                datetime.datetime.strptime('x', '%Y')  # HERE
        """,
    ),
    'exit': Wrong(
        'exception',
        'Pipeline.requires() raises SystemExit: 3',
        """
        import sys
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                sys.exit(3)  # HERE
        """,
    ),
    'an exception behind another one that was expected': Wrong(
        'exception',
        "Pipeline.requires() raises KeyError: 'x'",
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                try:
                    return Load(m=1)
                except luigi.parameter.UnknownParameterException:
                    return {}['x']  # HERE
        """,
    ),
    'a generator that raises': Wrong(
        'exception',
        'Pipeline.requires() raises NameError',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                yield Load()
                yield Loda()  # HERE
        """,
    ),
    'abstract': Wrong(
        'abstract',
        'Base is abstract and cannot be built: name() is missing',
        """
        import abc
        class Base(gokart.TaskOnKart):
            @abc.abstractmethod
            def name(self): ...
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Base()  # HERE
        """,
    ),
    'abstract by convention': Wrong(
        'abstract',
        'Child is built, and Base.requires() is not implemented',
        """
        class Base(gokart.TaskOnKart):
            def requires(self):
                raise NotImplementedError  # HERE
        class Child(Base):
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Child()
        """,
    ),
    'random': Wrong(
        'unstable',
        'Pipeline.requires() gives other tasks at each call: first Load(n=',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):  # HERE
                return Load(n=random.randint(0, 10**9))
        """,
    ),
    'one of two, by dice': Wrong(
        'unstable',
        'Pipeline.requires() gives other tasks at each call',
        """
        def pick(values):
            return random.choice(values)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):  # HERE
                return [Load(n=pick([1, 2])) for _ in range(4)]
        """,
    ),
    'now': Wrong(
        'unstable',
        "(other 'at')",
        """
        class At(gokart.TaskOnKart):
            at = luigi.Parameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):  # HERE
                return At(at=str(datetime.datetime.now()))
        """,
    ),
    'now, to the second': Wrong(
        'unstable',
        'Middle.requires() gives other tasks at each call: first At(at=',
        """
        class At(gokart.TaskOnKart):
            at = luigi.DateSecondParameter()
        class Middle(gokart.TaskOnKart):
            def _now(self):
                return datetime.datetime.now()
            def requires(self):  # HERE
                return At(at=self._now())
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Middle()
        """,
    ),
    'an iterator that is used up': Wrong(
        'unstable',
        'gives other tasks at each call: first Load(n=0) and Load(n=1), then fewer',
        """
        class Pipeline(gokart.TaskOnKart):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self._tasks = iter([Load(n=n) for n in range(3)])
            def requires(self):  # HERE
                return self._tasks
        """,
    ),
    'raises at the second call': Wrong(
        'unstable',
        'gives tasks at the first call, and raises at the second: IndexError',
        """
        class Pipeline(gokart.TaskOnKart):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self._tasks = [Load()]
            def requires(self):
                return self._tasks.pop()  # HERE
        """,
    ),
}


@pytest.mark.parametrize('name', WRONG)
def test_wrong(name: str, tmp_path: Path) -> None:
    check_wrong(WRONG[name], resolved(tmp_path, LOADS + textwrap.dedent(WRONG[name].text)), tmp_path)


RIGHT = {
    'a static method': """
        class Pipeline(gokart.TaskOnKart):
            @staticmethod
            def requires():
                return Load()
        """,
    'an assigned function': """
        def both(self):
            return [Load(), Other()]
        class Pipeline(gokart.TaskOnKart):
            requires = both
        """,
    'None for no tasks where nothing loads or dumps': """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                pass
        """,
    'a wrapper with a generator': """
        class All(luigi.WrapperTask):
            def requires(self):
                for n in range(3):
                    yield Load(n=n)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                yield All()
                yield Other()
        """,
    'an external copy': """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return luigi.task.externalize(Load(n=3))
        """,
    'a wrapper with a generator that dumps json': """
        import json
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                yield Load()
            def run(self):
                json.dump({}, open('x.json', 'w'))
        """,
    'a template whose children implement it': """
        class Base(gokart.TaskOnKart):
            def requires(self):
                raise NotImplementedError
        class Child(Base):
            def requires(self):
                return Load()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Child()
        """,
    'dice with a seed, and the clock rounded to years': """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                dice = random.Random(1)
                return [Load(n=dice.randint(0, 10**9)), Load(n=datetime.datetime.now().year)]
        """,
    'task parameters as gokart gives them itself': """
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter()
            parts = gokart.ListTaskInstanceParameter()
            def run(self):
                self.dump(self.load('data'))
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Train(data=Load(), parts=[Load(n=2), Other()])
        """,
    'files of configuration': """
        import json, pathlib
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                path = pathlib.Path(__file__)
                return [Load(n=n) for n in json.loads('[1, 2]') if path.read_text()]
        """,
}


@pytest.mark.parametrize('name', RIGHT)
def test_right(name: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, LOADS + textwrap.dedent(RIGHT[name]))
    assert (resolution.problems, resolution.notes) == ((), ())
