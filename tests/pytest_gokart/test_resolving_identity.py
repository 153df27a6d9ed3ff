"""Identity: families, tasks that luigi takes for one, output paths."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from pytest_gokart.isolation import isolated
from pytest_gokart.resolving import resolve
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
        "only in 'verbose' (True and False)",
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
        "differs from Load(name='x')",
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
        "only in 'source' (the text 'new' and the text 'old')",
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
        "only in 'source'",
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
        "only in 'token'",
        """
        class Load(gokart.TaskOnKart):
            token = luigi.Parameter(visibility=luigi.parameter.ParameterVisibility.PRIVATE)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(token='a'), Load(token='b')]  # HERE
        """,
    ),
    'one path without a unique id': Wrong(
        'path',
        '2 tasks write to one path, resources/load.csv: Load(n=1), Load(n=2)',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def output(self):  # HERE
                return self.make_target('load.csv', use_unique_id=False)
            def run(self):
                self.dump(self.n)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=1), Load(n=2)]
        """,
    ),
    'one path, parent and child': Wrong(
        'path',
        '2 tasks write to one path, resources/x.pkl: Load, Pipeline',
        """
        class Load(gokart.TaskOnKart):
            def output(self):
                return {'x': self.make_target('x.pkl', use_unique_id=False), 'y': self.make_target('y.pkl')}
            def run(self):
                self.dump(1, 'x')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
            def output(self):  # HERE
                return self.make_target('../resources/x.pkl', use_unique_id=False)
            def run(self):
                self.dump(self.load('x'))
        """,
    ),
    'one path in the cloud': Wrong(
        'path',
        '3 tasks write to one path, s3://bucket/load.csv: ',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def output(self):  # HERE
                return self.make_target('load.csv', use_unique_id=False)
            def run(self):
                self.dump(self.n)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=n, workspace_directory='s3://bucket') for n in range(3)]
        """,
    ),
    'one path of models': Wrong(
        'path',
        '2 tasks write to one path, resources/model.zip: ',
        """
        class Train(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def output(self):  # HERE
                return self.make_model_target('model.zip', print, print, use_unique_id=False)
            def run(self):
                self.dump(self.n)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Train(n=1), Train(n=2)]
        """,
    ),
    'one path of tasks of luigi': Wrong(
        'path',
        '2 tasks write to one path, x.txt: ',
        """
        class Load(luigi.Task):
            n = luigi.IntParameter()
            def output(self):  # HERE
                return luigi.LocalTarget('x.txt')
            def run(self):
                self.output().open('w').close()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=1), Load(n=2)]
        """,
    ),
    'an extension that gokart does not know': Wrong(
        'output',
        'gokart refuses the output of Load: AssertionError: .foo is not supported',
        """
        class Load(gokart.TaskOnKart):
            def output(self):
                return self.make_target('load.foo')  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    ),
    'a model that is no zip': Wrong(
        'output',
        'gokart refuses the output of Load: AssertionError: extension must be zip',
        """
        class Load(gokart.TaskOnKart):
            def output(self):
                return self.make_model_target('load.pkl', print, print)  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    ),
    'an output that raises': Wrong(
        'output',
        "Load.output() raises AttributeError: 'Load' object has no attribute 'nam'",
        """
        class Load(gokart.TaskOnKart):
            def output(self):
                return self.make_target(f'{self.nam}.csv')  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
    ),
    'an output that is a path': Wrong(
        'output',
        "Load.output() gives the text 'load.csv', and no target",
        """
        class Load(gokart.TaskOnKart):
            def output(self):  # HERE
                return 'load.csv'
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
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
    'an alias task': """
        class Load(gokart.TaskOnKart):
            def run(self):
                self.dump(1)
        class Alias(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter()
            def output(self):
                return self.input()['data']
            def run(self):
                print('nothing')
        class Second(gokart.TaskOnKart):
            def requires(self):
                return Alias(data=Load())
            def output(self):
                return self.input()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Alias(data=Load()), Second()]
            def output(self):
                return [self.make_target('own.pkl'), *self.input()]
            def run(self):
                self.dump(1)
        """,
    'an alias of a task of luigi': """
        class Load(luigi.ExternalTask):
            def output(self):
                return luigi.LocalTarget('x.txt')
        class Make(luigi.Task):
            def output(self):
                return luigi.LocalTarget('y.txt')
            def run(self):
                self.output().open('w')
        class Alias(luigi.Task):
            def requires(self):
                return [Load(), Make()]
            def output(self):
                return self.input()
            def run(self):
                print('nothing')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Alias()
            def output(self):
                return self.input()
        """,
    'tasks that stand for one file': """
        class Raw(gokart.TaskOnKart):
            table = luigi.Parameter()
            def output(self):
                return self.make_target('raw.csv', use_unique_id=False)
        class Again(gokart.TaskOnKart):
            def output(self):
                return self.make_target('raw.csv', use_unique_id=False)
            def run(self):
                pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Raw(table='a'), Raw(table='b'), Again()]
        """,
    'one relative path with unique ids': """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def output(self):
                return {'a': self.make_target('load.csv'), 'b': self.make_target('load.pkl')}
            def run(self):
                self.dump(self.n)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=1), Load(n=2)]
        """,
    'the cloud without extras': """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def output(self):
                return [
                    self.make_target('s3://bucket/load.csv'),
                    self.make_target('gs://bucket/load.csv'),
                    self.make_model_target('load.zip', print, print),
                    self.make_large_data_frame_target('large.zip'),
                ]
            def run(self):
                self.dump(self.n)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=n, workspace_directory='gs://bucket') for n in range(3)]
        """,
    'no outputs': """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [luigi.WrapperTask()]
            def output(self):
                return []
        """,
    'unique ids that hang on the source, and none that is kept': """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=n, serialized_task_definition_check=True, cache_unique_id=False) for n in range(3)]
        """,
    'a task without significance': """
        class Load(gokart.TaskOnKart):
            significant = luigi.BoolParameter(default=False, significant=False)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """,
}


@pytest.mark.parametrize('name', RIGHT)
def test_right(name: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, RIGHT[name])
    assert (resolution.problems, resolution.notes) == ((), ())


def test_a_client_that_output_makes_itself_without_the_extra(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            def output(self):
                import gokart.object_storage, sys
                sys.modules['boto3'] = None
                try:
                    import gokart.s3_config
                    return gokart.s3_config.S3Config().get_s3_client()
                finally:
                    del sys.modules['boto3']
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load()
        """
    resolution = resolved(tmp_path, text)
    assert resolution.problems == ()
    assert resolution.notes[0].startswith('the output of Load is not looked at, as an extra is not installed: ')


def test_one_name_in_two_modules(tmp_path: Path) -> None:
    load = """
        class Load(gokart.TaskOnKart):
            def output(self):
                return self.make_target('data/load.csv')
            def run(self):
                self.dump(1)
        """
    text = """
        import first_made, second_made
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [first_made.Load(), second_made.Load()]
        """
    with imported(tmp_path, load, name='first_made'), imported(tmp_path, load, name='second_made'), imported(tmp_path, text) as module:
        with isolated():
            problems = resolve(module.Pipeline, Row({})).problems
        spaced = [load.replace('def output', f"task_namespace = '{name}'\n            def output") for name in ('a', 'b')]
    assert [problem.kind for problem in problems] == ['path', 'family']
    assert '2 tasks write to one path, ' in problems[0].message
    assert 'first_made.Load, second_made.Load' in problems[0].message
    assert 'holds the bare name of the class' in problems[0].message
    first, second = (textwrap.dedent(each) for each in spaced)
    with imported(tmp_path, first, name='first_made'), imported(tmp_path, second, name='second_made'), imported(tmp_path, text) as module:
        with isolated():
            problems = resolve(module.Pipeline, Row({})).problems
    assert [problem.kind for problem in problems] == ['path']  # the unique id knows no namespaces


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
