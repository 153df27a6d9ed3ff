"""Identity: families, and tasks that luigi takes for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_gokart.isolation.isolating import isolated
from pytest_gokart.resolution.resolving import resolve
from pytest_gokart.values import Row
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, imported, resolved

WRONG = {
    'two classes of one family, equal keys': Wrong(
        'family',
        'two classes have the task family Load: ',
        """
        def load(text):
            class Load(gokart.TaskOnKart):  # HERE
                def output(self):
                    return self.make_target(f'{text}.csv')
            return Load
        One, Two = load('one'), load('two')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [One(), Two()]
        """,
    ),
    'two classes of one family, other parameters': Wrong(
        'family',
        'once their parameters are equal only one of them runs',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
        One = Load
        class Load(gokart.TaskOnKart):  # HERE
            name = luigi.Parameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [One(n=1), Load(name='x')]
        """,
    ),
    'a derived class of one name': Wrong(
        'family',
        'Tasks of both have one key, so only one of them runs.',
        """
        class Load(gokart.TaskOnKart):
            pass
        Base = Load
        class Load(Base):  # HERE
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Base(), Load()]
        """,
    ),
    'insignificant twins': Wrong(
        'twins',
        "), with other values of 'verbose' (True and False): luigi takes the two for one",
        """
        class Load(gokart.TaskOnKart):
            verbose = luigi.BoolParameter(significant=False)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [
                    Load(verbose=True),
                    Load(),  # HERE
                ]
        """,
    ),
    'twins in other branches of the tree': Wrong(
        'twins',
        "Load(name='x') is built twice (also at ",
        """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter()
            source = luigi.Parameter(significant=False)
        class A(gokart.TaskOnKart):
            def requires(self):
                return Load(name='x', source='new')
        class B(gokart.TaskOnKart):
            def requires(self):
                return {'x': Load(name='x', source='old')}  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [A(), B()]
        """,
    ),
    'twins behind task parameters': Wrong(
        'twins',
        "with other values of 'source' ('new' and 'old'): luigi takes the two for one",
        """
        class Load(gokart.TaskOnKart):
            source = luigi.Parameter(significant=False)
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [
                    Train(data=Load(source='new')),
                    Train(data=Load(source='old')),  # HERE
                ]
        """,
    ),
    'twins in lists of tasks': Wrong(
        'twins',
        'Load(n=2) is built twice (also at ',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            source = luigi.Parameter(significant=False, default='')
        class Train(gokart.TaskOnKart):
            data = gokart.ListTaskInstanceParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [
                    Train(data=[Load(n=1), Load(n=2, source='new')]),
                    Train(data=[Load(n=1), Load(n=2)]),  # HERE
                ]
        """,
    ),
    'hidden twins': Wrong(
        'twins',
        "Load is built twice, with other values of 'token' ('a' and 'b')",
        """
        class Load(gokart.TaskOnKart):
            token = luigi.Parameter(visibility=luigi.parameter.ParameterVisibility.PRIVATE)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(token='a'), Load(token='b')]  # HERE
        """,
    ),
    'twins that differ in a task': Wrong(
        'twins',
        "Load is built twice, with other values of 'source' (the task Source(n=1) and the task Source(n=2)): luigi takes",
        """
        class Source(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def __repr__(self):
                return 'never shown'
        class Load(gokart.TaskOnKart):
            source = gokart.TaskInstanceParameter(significant=False)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(source=Source(n=n)) for n in (1, 2)]  # HERE
        """,
    ),
    'twins whose values look alike': Wrong(
        'twins',
        "Load is built twice, with other values of 'names' and 'n' (1 and 2): luigi takes",
        """
        class Load(gokart.TaskOnKart):
            names = luigi.ListParameter(significant=False)
            n = luigi.IntParameter(significant=False)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(names=[n], n=n) for n in (1, 2)]  # HERE
        """,
    ),
}


@pytest.mark.parametrize('name', WRONG)
def test_wrong(name: str, tmp_path: Path) -> None:
    check_wrong(WRONG[name], resolved(tmp_path, WRONG[name].text), tmp_path)


RIGHT = {
    'one family name in two namespaces': """
        def load(name):
            class Load(gokart.TaskOnKart):
                task_namespace = name
                def output(self):
                    return self.make_target(f'{name}.csv')
            return Load
        One, Two = load('one'), load('two')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [One(), Two()]
        """,
    'insignificant parameters that do not differ': """
        class Load(gokart.TaskOnKart):
            verbose = luigi.BoolParameter(significant=False)
        class Pipeline(gokart.TaskOnKart):
            verbose = luigi.BoolParameter(significant=False, default=True)
            def requires(self):
                return [Load(verbose=self.verbose), self.clone(Load)]
        """,
    'insignificant parameters of different tasks': """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            verbose = luigi.BoolParameter(significant=False)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=1, verbose=True), Load(n=2, verbose=False)]
        """,
    'a task built at import': """
        class Load(gokart.TaskOnKart):
            source = luigi.Parameter(default='a')
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter(default=Load())
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Train(), Train(data=Load()), Load()]
        """,
}


@pytest.mark.parametrize('name', RIGHT)
def test_right(name: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, RIGHT[name])
    assert (resolution.problems, resolution.notes) == ((), ())


def test_one_file_under_two_names(tmp_path: Path) -> None:
    (tmp_path / 'shop').mkdir()
    (tmp_path / 'shop' / 'tasks_made.py').write_text('import gokart\n\nclass Load(gokart.TaskOnKart):\n    pass\n')
    text = """
        import sys
        sys.path[:0] = [__file__.rpartition('/')[0], __file__.rpartition('/')[0] + '/shop']
        import tasks_made, shop.tasks_made
        del sys.path[:2]
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [tasks_made.Load(), shop.tasks_made.Load()]
        """
    with imported(tmp_path, text) as module, isolated():
        (problem,) = resolve(module.Pipeline, Row({})).problems
    assert problem.kind == 'family'
    assert 'It is one file, imported under two names: import it as tasks_made or as shop.tasks_made everywhere.' in problem.message


def test_paths_and_unique_ids_are_the_real_ones_if_asked(tmp_path: Path) -> None:
    text = """
        class Link(gokart.TaskOnKart):
            n = luigi.IntParameter()
            below = gokart.ListTaskInstanceParameter(default=[])
            one = gokart.TaskInstanceParameter()
        class Leaf(gokart.TaskOnKart):
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                task = Leaf()
                for n in range(4):
                    task = Link(n=n, below=[task], one=task)
                return task
        """
    with imported(tmp_path, text) as module, isolated():
        exact = [task.make_unique_id() for task in resolve(module.Pipeline, Row({}), exact=True).tasks]
        short = [task.make_unique_id() for task in resolve(module.Pipeline, Row({})).tasks]
        real = module.Pipeline()
        expected = [real.make_unique_id()]
        task = real.requires()
        for _ in range(5):
            expected.append(task.make_unique_id())
            task = getattr(task, 'one', None)
    assert exact == expected[::-1]
    assert short != exact
    assert len(set(short)) == len(set(exact)) == 6
