"""The walk: all problems of a tree at once, where they are, refusals of branches, and nothing that lasts."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pytest_gokart.isolation.isolating import isolated
from pytest_gokart.resolution.problems import PipelineFailure, render
from pytest_gokart.resolution.resolving import resolve, resolve_task
from pytest_gokart.values import Row
from tests.pytest_gokart.resolving_cases import HEAD, imported, resolved

MANY = """
class Load(gokart.TaskOnKart):
    name = luigi.Parameter()
class Clean(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter(expected_type=Load)
class Train(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter(expected_type=Clean)
    def requires(self):
        return {'data': self.data, 'other': self.data.nothing}
class Report(gokart.TaskOnKart):
    def requires(self):
        return {'a': Load(nam='x'), 'b': None, 'c': Cycle()}
    def output(self):
        return self.make_target('report.foo')
class Cycle(gokart.TaskOnKart):
    def requires(self):
        return Cycle()
class Pipeline(gokart.TaskOnKart):
    def requires(self):
        return dict(
            report=Report(),
            load=Load(),
            clean=Clean(data=Report()),
            train=Train(data=Clean(data=Load(name='x'))),
        )
"""


def test_all_problems_of_a_tree_at_once(tmp_path: Path) -> None:
    resolution = resolved(tmp_path, MANY)
    first = HEAD.count('\n')
    found = [(problem.kind, problem.at.line - first if problem.at else 0) for problem in resolution.problems]
    assert sorted(found) == sorted([
        ('missing', 21),
        ('type', 22),
        ('exception', 8),
        ('unknown', 11),
        ('shape', 10),
        ('cycle', 16),
        ('output', 13),
    ])  # fmt: skip
    chains = {problem.kind: [step.task for step in problem.chain] for problem in resolution.problems}
    assert chains == {
        'missing': ['Pipeline', 'Load'],
        'type': ['Pipeline', 'Clean'],
        'exception': ['Pipeline', 'Train'],
        'unknown': ['Pipeline', 'Report', 'Load'],
        'shape': ['Pipeline', 'Report'],
        'cycle': ['Pipeline', 'Report', 'Cycle', 'Cycle'],
        'output': ['Pipeline', 'Report'],
    }


def test_each_step_says_where_it_was_built(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            def requires(self):
                return {}['x']
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter()
        def make():
            return Load()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Train(
                    data=make(),
                )
        """
    (problem,) = resolved(tmp_path, text).problems
    first = HEAD.count('\n')
    assert [(step.task, step.at.line - first if step.at else 0) for step in problem.chain] == [('Pipeline', 8), ('Train', 10), ('Load', 7)]
    assert render([problem], []).splitlines()[1:] == [
        '    the way there:',
        *[f'      {step.task:<8}  {step.at}' for step in problem.chain],
    ]


def test_one_fault_that_is_met_often_is_said_once(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            name = luigi.Parameter()
        class Middle(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def requires(self):
                return [Load(n=self.n + k) for k in range(5)]
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Middle(n=n) for n in range(50)]
        """
    assert [problem.kind for problem in resolved(tmp_path, text).problems] == ['missing']


def test_what_holds_a_broken_task_is_not_blamed(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            path = luigi.Parameter()
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter(expected_type=Load)
            def requires(self):
                return [self.data, self.data.path.upper()]
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                train = Train(data=Load())
                return {'train': train, 'again': Train(data=train.data), 'many': [train.clone(), Load(path='x')]}
        """
    resolution = resolved(tmp_path, text)
    assert [problem.message.splitlines()[0] for problem in resolution.problems] == ["Load is built without its parameter 'path'"]


REFUSING = {
    'in requires': """
        class Pipeline(gokart.TaskOnKart):
            fast = luigi.BoolParameter()
            def requires(self):
                if self.fast:
                    raise ValueError('fast and full exclude each other')
                return []
        """,
    'in a helper': """
        def check(pipeline):
            assert not pipeline.fast, 'fast and full exclude each other'
        class Pipeline(gokart.TaskOnKart):
            fast = luigi.BoolParameter()
            def requires(self):
                check(self)
                return []
        """,
    'in init': """
        class Pipeline(gokart.TaskOnKart):
            fast = luigi.BoolParameter()
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                if self.fast:
                    raise ValueError('fast and full exclude each other')
        """,
}


@pytest.mark.parametrize('name', REFUSING)
def test_a_branch_that_the_pipeline_refuses_itself(name: str, tmp_path: Path) -> None:
    beyond = resolved(tmp_path, REFUSING[name], row=Row({'fast': True}, label='fast=True', beyond=True))
    assert beyond.problems == ()
    assert 'fast and full exclude each other' in beyond.notes[0]
    (problem,) = resolved(tmp_path, REFUSING[name], row=Row({'fast': True})).problems
    assert 'fast and full exclude each other' in problem.message
    default = resolved(tmp_path, REFUSING[name])
    assert (default.problems, default.notes) == ((), ())


BROKEN = {
    'an exception that nobody wrote': ("return {'a': 1}[self.metric]", 'exception'),
    'a library that refuses': ('return [int(self.metric)]', 'exception'),
    'a child that refuses': ('return Child(metric=self.metric)', 'construction'),
    'a child that does not know the value': ('return Choosing(metric=self.metric)', 'value'),
}


@pytest.mark.parametrize('name', BROKEN)
def test_a_branch_that_is_broken(name: str, tmp_path: Path) -> None:
    body, kind = BROKEN[name]
    text = f"""
        class Child(gokart.TaskOnKart):
            metric = luigi.Parameter()
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                raise ValueError(self.metric)
        class Choosing(gokart.TaskOnKart):
            metric = luigi.ChoiceParameter(choices=['mse'])
        class Pipeline(gokart.TaskOnKart):
            metric = luigi.ChoiceParameter(choices=['mse', 'mae'], default='mse')
            def requires(self):
                {body}
        """
    resolution = resolved(tmp_path, text, row=Row({'metric': 'mae'}, label="metric='mae'", beyond=True))
    assert [problem.kind for problem in resolution.problems] == [kind]


def test_nothing_runs(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            def run(self):
                self.dump(1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                load = Load()
                return [] if load.complete() else load
        """
    (problem,) = resolved(tmp_path, text).problems
    assert problem.kind == 'run'
    assert problem.message.startswith('Pipeline.requires calls Load.complete()')


def test_what_is_swallowed_has_the_way_there(tmp_path: Path) -> None:
    text = """
        import contextlib, socket
        class Load(gokart.TaskOnKart):
            pass
        class Asks(gokart.TaskOnKart):
            def requires(self):
                try:
                    socket.create_connection(('127.0.0.1', 9))
                except Exception:
                    pass
                with contextlib.suppress(Exception):
                    gokart.build(Load())
                return Load()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return {'a': Asks()}
        """
    problems = resolved(tmp_path, text).problems
    assert [each.message.partition(':')[0] for each in problems] == ['Asks.requires connects to 127.0.0.1', 'Asks.requires starts a build']
    assert [each.at and each.at.line for each in problems] == [14, 18]
    assert [[step.task for step in each.chain] for each in problems] == [['Pipeline', 'Asks']] * 2


def test_a_task_that_is_built_already(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
        class Pipeline(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter(default=Load())
            def requires(self):
                return [self.data, Load(n=2)]
        """
    with imported(tmp_path, text) as module, isolated():
        task = module.Pipeline()
        resolution = resolve_task(task)
    assert resolution.problems == ()
    assert resolution.tasks[-1] is task
    assert len(resolution.tasks) == 3


def test_a_repr_of_the_projects_own_is_never_asked_for(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def __str__(self):
                raise RuntimeError('asked')
            __repr__ = __str__
            def requires(self):
                raise KeyError(self)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=1), Load(n=2), Load]
        """
    resolution = resolved(tmp_path, text)
    assert [problem.kind for problem in resolution.problems] == ['shape', 'exception', 'exception']
    assert 'raises KeyError: Load(n=1)' in str(PipelineFailure(resolution.problems, resolution.notes))


def test_warnings_are_no_errors(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            name = luigi.Parameter(default=None)
            size = luigi.OptionalIntParameter(default='x')
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Load(name=3)
        """
    with imported(tmp_path, text) as module:
        resolve(module.Pipeline, Row({}))


UNCHANGED = """
import gc, random, sys, warnings
import gokart, gokart.object_storage, luigi
from luigi.task_register import Register
sys.path.insert(0, {folder!r})
import made_project

def state():
    owners = [luigi.Task, luigi.Parameter, gokart.TaskOnKart, gokart.TaskInstanceParameter, gokart.object_storage.ObjectStorage, Register]
    names = [{{name: id(value) for name, value in vars(owner).items()}} for owner in owners]
    cache = dict(Register._Register__instance_cache)
    config = luigi.configuration.get_config()
    sections = {{section: dict(config[section]) for section in config}}
    return names, cache, list(Register._reg), sections, gc.isenabled(), random.getstate(), warnings.filters[:]

def private():
    return [name for name in vars(made_project.Pipeline) if 'unconsumed' in name]

kept = made_project.Load(n=1)
text = repr(kept)
before = state()
from pytest_gokart.resolution.resolving import resolve
from pytest_gokart.values import Row
resolution = resolve(made_project.Pipeline, Row({{}}))
assert {count} == len(resolution.problems), resolution.problems
after = state()
for one, other in zip(before, after):
    assert one == other, [(name, value) for name, value in zip(one, other) if name != value]
assert made_project.Load(n=1) is kept
assert repr(kept) == text
print('the same')
"""


@pytest.mark.parametrize(('child', 'count'), [('Load(n=1)', 0), ('Load(m=1)', 2), ('Pipeline()', 1)])
def test_luigi_and_gokart_are_the_same_afterwards(child: str, count: int, tmp_path: Path) -> None:
    text = f"""
        import gokart, luigi
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return {child}
        """
    (tmp_path / 'made_project.py').write_text(textwrap.dedent(text))
    program = UNCHANGED.format(folder=str(tmp_path), count=count)
    done = subprocess.run([sys.executable, '-c', program], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert (done.stdout, done.returncode) == ('the same\n', 0), done.stderr


def test_many_alike_at_one_line_are_counted(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def requires(self):
                return {}[self.n]
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Load(n=n) for n in range(100)]
        """
    resolution = resolved(tmp_path, text)
    assert len(resolution.problems) == 10
    assert resolution.notes[0].startswith('90 more like those at ')
