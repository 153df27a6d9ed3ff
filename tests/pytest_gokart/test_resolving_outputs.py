"""Outputs: paths that two tasks write to, and those that gokart refuses."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from pytest_gokart.isolation.isolating import isolated
from pytest_gokart.resolution.resolving import resolve
from pytest_gokart.values import Problem, Row
from tests.pytest_gokart.newer import needs
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, imported, resolved

WRONG = {
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
    'targets made by a function of the project': """
        def target(path):
            import gokart.target
            return gokart.target.make_target(path)
        class Load(gokart.TaskOnKart):
            def output(self):
                return target('resources/x.pkl')
            def run(self):
                self.dump(1)
        class Alias(gokart.TaskOnKart):
            def requires(self):
                return Load()
            def output(self):
                return self.input()
            def run(self):
                print('nothing')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(), Alias()]
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


@needs('an error that asks for boto3')
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


LOAD = """
    class Load(gokart.TaskOnKart):
        def output(self):
            return self.make_target('data/load.csv')
        def run(self):
            self.dump(1)
    """
BOTH = """
    import first_made, second_made
    class Pipeline(gokart.TaskOnKart):
        def requires(self):
            return [first_made.Load(), second_made.Load()]
    """


def _problems_of(folder: Path, first: str, second: str) -> tuple[Problem, ...]:
    with ExitStack() as stack:
        for name, text in (('first_made', first), ('second_made', second)):
            stack.enter_context(imported(folder, text, name=name))
        module = stack.enter_context(imported(folder, BOTH))
        stack.enter_context(isolated())
        return resolve(module.Pipeline, Row({})).problems


def test_one_name_in_two_modules(tmp_path: Path) -> None:
    path, family = _problems_of(tmp_path, LOAD, LOAD)
    assert (path.kind, family.kind) == ('path', 'family')
    assert '2 tasks write to one path, ' in path.message
    assert 'first_made.Load, second_made.Load' in path.message
    assert 'holds the bare name of the class' in path.message


def test_one_name_in_two_namespaces(tmp_path: Path) -> None:
    first, second = (LOAD.replace('def output', f"task_namespace = '{name}'\n        def output") for name in 'ab')
    assert [problem.kind for problem in _problems_of(tmp_path, first, second)] == ['path']  # the unique id knows no namespaces
