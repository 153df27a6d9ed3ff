"""The graph: cycles, recursion without end, and deep trees that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_gokart.resolution import problem_graph
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, resolved

WRONG = {
    'a task that requires itself': Wrong(
        'cycle',
        'Pipeline requires itself\nIt can never run, and gokart ends in a RecursionError: build another task there, or none.',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Pipeline()  # HERE
        """,
    ),
    'two tasks': Wrong(
        'cycle',
        'a cycle of 2 tasks: A(n=1) -> B -> A(n=1)',
        """
        class A(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
            def requires(self):
                return B()
        class B(gokart.TaskOnKart):
            def requires(self):
                return A()  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return A()  # HERE
        """,
    ),
    'below and beside other tasks': Wrong(
        'cycle',
        'a cycle of 3 tasks: A -> B -> C -> A',
        """
        class Leaf(gokart.TaskOnKart):
            pass
        class A(gokart.TaskOnKart):
            def requires(self):
                return [Leaf(), B()]
        class B(gokart.TaskOnKart):
            def requires(self):
                return {'leaf': Leaf(), 'c': C()}
        class C(gokart.TaskOnKart):
            def requires(self):
                return A()  # HERE
        class Middle(gokart.TaskOnKart):
            def requires(self):
                return [Leaf(), A()]  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Leaf(), Middle(), B()]
        """,
    ),
    'endless recursion': Wrong(
        'endless',
        'Again requires itself without end: ',
        """
        class Again(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
            def requires(self):
                return Again(n=self.n + 1)  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Again()
        """,
    ),
    'endless, by turns and in two branches': Wrong(
        'endless',
        'requires itself without end: ',
        """
        class One(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
            def requires(self):
                return [Two(n=2 * self.n), Two(n=2 * self.n + 1)]  # HERE
        class Two(gokart.TaskOnKart):
            n = luigi.IntParameter()
            def requires(self):
                return One(n=self.n)  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return One()
        """,
    ),
    'endless, with a value that grows': Wrong(
        'endless',
        'Again requires itself without end: ',
        """
        class Again(gokart.TaskOnKart):
            history = luigi.ListParameter(default=[])
            def requires(self):
                return Again(history=[*self.history, len(self.history)])  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Again()
        """,
    ),
    'a construction that builds itself': Wrong(
        'endless',
        'building Again does not end',
        """
        class Again(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.next = Again(n=self.n + 1)  # HERE
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Again()  # HERE
        """,
    ),
    'a requires that calls itself': Wrong(
        'endless',
        'Pipeline.requires() calls itself without end',
        """
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return self.requires()  # HERE
        """,
    ),
    'a generator without end': Wrong(
        'endless',
        'gives a generator with more than',
        """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter()
        LOAD = Load(n=1)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):  # HERE
                while True:
                    yield LOAD
        """,
    ),
}


@pytest.mark.parametrize('name', WRONG)
def test_wrong(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem_graph, 'MOST_LEVELS', 2_000)
    monkeypatch.setattr(problem_graph, 'MOST_CHARACTERS', 200_000)
    check_wrong(WRONG[name], resolved(tmp_path, WRONG[name].text), tmp_path)


def test_the_limits_are_far_away() -> None:
    assert problem_graph.MOST_LEVELS >= 20_000
    assert problem_graph.MOST_TASKS >= 200_000


CYCLE = """
    class A(gokart.TaskOnKart):
        def requires(self):
            return B()
    class B(gokart.TaskOnKart):
        def requires(self):
            return C()
    class C(gokart.TaskOnKart):
        def requires(self):
            return A()
    class Pipeline(gokart.TaskOnKart):
        def requires(self):
            return A()
    """


def test_the_chain_of_a_cycle_goes_round(tmp_path: Path) -> None:
    (problem,) = resolved(tmp_path, CYCLE).problems
    assert [step.task for step in problem.chain] == ['Pipeline', 'A', 'B', 'C', 'A']
    assert all(step.at is not None for step in problem.chain)


def test_two_cycles_and_what_hangs_on_them(tmp_path: Path) -> None:
    text = """
        class A(gokart.TaskOnKart):
            def requires(self):
                return [B(), C()]
        class B(gokart.TaskOnKart):
            def requires(self):
                return A()
        class C(gokart.TaskOnKart):
            def requires(self):
                return [D(), Load(m=1)]
        class D(gokart.TaskOnKart):
            def requires(self):
                return C()
            def output(self):
                return self.make_target('d.foo')
        class Load(gokart.TaskOnKart):
            pass
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return A()
        """
    found = [(problem.kind, problem.message.partition('. ')[0].splitlines()[0]) for problem in resolved(tmp_path, text).problems]
    assert sorted(found) == [
        ('cycle', 'a cycle of 2 tasks: A -> B -> A'),
        ('cycle', 'a cycle of 2 tasks: C -> D -> C'),
        ('output', 'gokart refuses the output of D: AssertionError: .foo is not supported'),
        ('unknown', "Load has no parameter 'm'"),
    ]


DEEP = {
    'hundreds of levels of one class': (
        """
        class Day(gokart.TaskOnKart):
            date = luigi.DateParameter()
            def requires(self):
                return Day(date=self.date - datetime.timedelta(days=1)) if self.date.year > 2018 else []
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Day(date=datetime.date(2020, 12, 31))
        """,
        733,
    ),
    'a value that grows, with an end': (
        """
        class Part(gokart.TaskOnKart):
            path = luigi.ListParameter(default=[])
            def requires(self):
                return Part(path=[*self.path, len(self.path)]) if len(self.path) < 600 else []
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Part()
        """,
        602,
    ),
    'a ladder': (
        """
        class Rung(gokart.TaskOnKart):
            n = luigi.IntParameter()
            side = luigi.Parameter()
            def requires(self):
                return [Rung(n=self.n - 1, side=side) for side in 'ab'] if self.n else []
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return [Rung(n=150, side='a')]
        """,
        302,
    ),
    'task parameters, one in another': (
        """
        class Link(gokart.TaskOnKart):
            n = luigi.IntParameter()
            below = gokart.ListTaskInstanceParameter(default=[])
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                task = Link(n=0)
                for n in range(1, 300):
                    task = Link(n=n, below=[task])
                return task
        """,
        301,
    ),
}


@pytest.mark.parametrize('name', DEEP)
def test_deep_and_right(name: str, tmp_path: Path) -> None:
    text, count = DEEP[name]
    resolution = resolved(tmp_path, text)
    assert (resolution.problems, len(resolution.tasks)) == ((), count)
    assert all('tasks deep' in note for note in resolution.notes)


def test_the_graph(tmp_path: Path) -> None:
    text = """
        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter()
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return {'train': Train(data=Load()), 'load': Load()}
        """
    resolution = resolved(tmp_path, text)
    assert [type(task).__name__ for task in resolution.tasks] == ['Load', 'Train', 'Pipeline']
    load, train, pipeline = resolution.tasks
    assert list(resolution.graph.edges) == [(pipeline, train), (pipeline, load), (train, load)]
    assert resolution.graph is resolution.graph
