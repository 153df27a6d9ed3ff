"""`gokart_snapshot`, and the fixtures as a project uses them: real pytest on a small project."""

# the tasks are as people write them: without gokart.mypy, and luigi has few annotations
# mypy: disable-error-code="arg-type,call-arg,call-overload,dict-item,import-untyped,index,name-defined,no-untyped-call,union-attr"

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import gokart
import luigi
import pytest
from luigi.parameter import ParameterVisibility

from pytest_gokart.fixtures.snapshots import SnapshotMismatch, compare, file_for
from pytest_gokart.fixtures.trees import resolved, text_of
from pytest_gokart.resolution.problems import PipelineFailure

pytest_plugins = ['pytester']


class Load(gokart.TaskOnKart[Any]):
    day = luigi.DateParameter(default='2024-01-02')  # never built with it
    token = luigi.Parameter(default='secret', visibility=ParameterVisibility.PRIVATE)
    verbose = luigi.BoolParameter(default=False, significant=False)


class Train(gokart.TaskOnKart[Any]):
    rows: Any = gokart.TaskInstanceParameter()
    text = luigi.Parameter(default='a b')
    long = luigi.Parameter(default='x' * 100)


class Many(gokart.TaskOnKart[Any]):
    rate = luigi.FloatParameter(default=0.1)
    version = luigi.IntParameter(default=1)

    def requires(self) -> Any:
        import datetime

        rows = Load(day=datetime.date(2024, 1, 2))
        return {'train': Train(rows=rows, long=f'{self.rate}'), 'parts': [rows, (rows,)]}


class Ladder(gokart.TaskOnKart[Any]):
    level = luigi.IntParameter()

    def requires(self) -> Any:
        return [Ladder(level=self.level - 1), Ladder(level=self.level - 1)] if self.level else []


class Loop(gokart.TaskOnKart[Any]):
    number = luigi.IntParameter(default=0)

    def requires(self) -> Any:
        return Loop(number=1 - self.number)


class Looks(gokart.TaskOnKart[Any]):
    def requires(self) -> Any:
        return [] if self.complete() else Loop()


def test_the_text() -> None:
    def id_of(task: Any) -> str:
        return str(task.make_unique_id())

    root = Many()
    train, (rows, _) = root.requires()['train'], root.requires()['parts']
    assert text_of(root, {}).splitlines() == [
        f'Many {id_of(root)} rate=0.1 version=1',
        f"  train: Train {id_of(train)} text='a b' long=0.1",
        f'    rows: Load {id_of(rows)} day=2024-01-02',
        f'  parts[0]: Load {id_of(rows)} (see above)',
        f'  parts[1][0]: Load {id_of(rows)} (see above)',
    ]


def test_long_values_are_cut() -> None:
    import datetime

    line = text_of(Train(rows=Load(day=datetime.date(2024, 1, 2))), {}).splitlines()[0]
    assert line.endswith(f'long={"x" * 80}…')


def test_a_deep_ladder() -> None:
    assert len(text_of(Ladder, {'level': 400}).splitlines()) == 801


class Swallows(gokart.TaskOnKart[Any]):
    def requires(self) -> Any:
        with suppress(Exception):
            return Load() if self.complete() else []
        return []


def test_what_is_wrong_with_a_tree_is_told() -> None:
    for task in (Loop(), Looks, Swallows):
        with pytest.raises(PipelineFailure):
            text_of(task, {})
        with pytest.raises(PipelineFailure):
            resolved(task, {})


def test_the_graph_has_the_keys_of_a_real_run() -> None:
    graph = resolved(Many, {'rate': 0.5}).graph
    assert [type(task).__name__ for task in graph.successors(Many(rate=0.5))] == ['Train', 'Load']
    assert {task.make_unique_id() for task in graph} >= {Many(rate=0.5).make_unique_id()}


def test_a_file_for_each_test() -> None:
    tests = Path('tests/test_wine.py')
    assert file_for(tests, 'TestA.test_b', '') == Path('tests/__gokart_snapshots__/test_wine/TestA.test_b.txt')
    assert file_for(tests, 'test_b', 'small').name == 'test_b-small.txt'
    odd = [file_for(tests, name, '').name for name in ('test_b[a/b]', 'test_b[a:b]', 'test_b[a b]', 'test_日本', 'x' * 300)]
    assert len(set(odd)) == 5
    assert odd[3] == 'test_日本.txt'
    assert all('/' not in name and len(name) < 130 for name in odd)


class TestCompare:
    def test_first_there_is_none(self, tmp_path: Path) -> None:
        file = tmp_path / 'a' / 'b.txt'
        with pytest.raises(SnapshotMismatch, match=r'there is no .*b.txt yet: `pytest --gokart-update` writes it'):
            compare('A 1\n', file, update=False)
        assert not file.parent.exists()
        compare('A 1\n', file, update=True)
        compare('A 1\n', file, update=False)
        assert file.read_text().splitlines()[1:] == ['A 1']
        assert [path.name for path in file.parent.iterdir()] == ['b.txt']

    def test_line_ends_of_windows_are_the_same(self, tmp_path: Path) -> None:
        file = tmp_path / 'b.txt'
        compare('A 1\n  B 2\n', file, update=True)
        file.write_bytes(file.read_bytes().replace(b'\n', b'\r\n'))
        compare('A 1\n  B 2\n', file, update=False)

    def test_an_unchanged_file_is_not_written(self, tmp_path: Path) -> None:
        file = tmp_path / 'b.txt'
        file.write_text('# a comment of theirs\nA 1\n')
        compare('A 1\n', file, update=True)
        assert file.read_text().startswith('# a comment of theirs')

    def test_what_moved(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        file = tmp_path / 'b.txt'
        compare('Many 1 rate=0.1\n  train: Train 2 text=a version=1\n    rows: Load 3\n  old: Old 9\n', file, update=True)
        with pytest.raises(SnapshotMismatch) as caught:
            compare('Many 5 rate=0.1\n  train: Train 6 text=a version=2\n    rows: Load 3\n  new: New 7\n', file, update=False)
        assert str(caught.value).splitlines() == [
            'Many is no longer what b.txt says',
            '2 keys moved, so these tasks run again: Many, Train',
            '  it begins at Train: version=1 became version=2',
            'new, so these tasks run: New',
            'no longer required: Old',
            'as before: Load',
            '',
            '--- saved',
            '+++ now',
            '@@ -1,4 +1,4 @@',
            '-Many 1 rate=0.1',
            '-  train: Train 2 text=a version=1',
            '+Many 5 rate=0.1',
            '+  train: Train 6 text=a version=2',
            '     rows: Load 3',
            '-  old: Old 9',
            '+  new: New 7',
            '',
            'if that is meant: pytest --gokart-update',
        ]


PIPELINE = """
    import gokart, luigi
    import pandas as pd

    class Load(gokart.TaskOnKart[pd.DataFrame]):
        def run(self):
            self.dump(pd.DataFrame({'a': [1, 2, 3]}))

    class Train(gokart.TaskOnKart[float]):
        rows = gokart.TaskInstanceParameter(expected_type=Load)
        version = luigi.IntParameter(default=1)

        def run(self):
            self.dump(float(self.load('rows')['a'].mean()))

    class WinePipeline(gokart.TaskOnKart[float]):
        scale = luigi.FloatParameter()

        def requires(self):
            return Train(rows=Load())

        def run(self):
            self.dump(self.load() * self.scale)
"""

TESTS = """
    import os
    import gokart
    import pandas as pd
    import pytest
    from luigi.configuration import get_config
    from wine import Load, Train, WinePipeline

    def test_run(gokart_run):
        assert gokart_run(Train(rows=Load()), inputs={'rows': pd.DataFrame({'a': [4.0]})}) == 4.0
        assert gokart_run(WinePipeline, 3.0, scale=2.0) == 6.0
        assert gokart_run(Train, {'rows': pd.DataFrame({'a': [4.0]})}, files=True) == 4.0

    def test_build(gokart_build, gokart_workspace):
        assert gokart_build(WinePipeline, scale=2.0) == 4.0
        assert list(gokart_workspace.rglob('*.pkl')) == []
        assert gokart_build(WinePipeline(scale=2.0), files=True) == 4.0
        assert len(list((gokart_workspace / 'wine').glob('*.pkl'))) == 3

    def test_workspace(gokart_workspace):
        assert gokart.build(WinePipeline(scale=3.0)) == 6.0
        assert (gokart_workspace / 'wine').is_dir()

    def test_graph(gokart_graph):
        assert sorted(type(task).__name__ for task in gokart_graph(WinePipeline, scale=1.0)) == ['Load', 'Train', 'WinePipeline']

    def test_state(gokart_workspace):
        get_config().set('Train', 'version', '7')
        os.environ['GOKART_LEFT'] = '1'
        assert Train(rows=Load()).version == 7

    def test_state_is_gone():
        assert Train(rows=Load()).version == 1
        assert 'GOKART_LEFT' not in os.environ
        assert Load().workspace_directory == './resources/'

    @pytest.mark.parametrize('scale', [1.0, 2.0])
    def test_tree(gokart_snapshot, scale):
        gokart_snapshot(WinePipeline(scale=scale))
        gokart_snapshot(Train(rows=Load()))
        gokart_snapshot(Load, name='rows')
"""


def test_the_fixtures_in_a_project(pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\npythonpath = ['.']\nfilterwarnings = ['error', 'ignore::DeprecationWarning']\n")
    pytester.makepyfile(wine=PIPELINE, **{'tests/test_wine': TESTS})
    command = ('-q', 'tests/test_wine.py')

    result = pytester.runpytest_subprocess(*command)
    result.assert_outcomes(passed=6, failed=2)
    result.stdout.fnmatch_lines(
        ['E  *there is no tests/__gokart_snapshots__/test_wine/test_tree_1.0-*.txt yet: `pytest --gokart-update` writes it']
    )
    result.stdout.no_fnmatch_line('*def compare*')

    pytester.runpytest_subprocess(*command, '--gokart-update', '-n2').assert_outcomes(passed=8)
    pytester.runpytest_subprocess(*command, '-k', 'test_tree').assert_outcomes(passed=2, deselected=6)
    written = sorted(path.name for path in pytester.path.glob('tests/__gokart_snapshots__/test_wine/*'))
    assert len(written) == 6
    assert not (pytester.path / 'resources').exists()

    module = pytester.path / 'wine.py'
    module.write_text(module.read_text().replace('default=1', 'default=2'))
    result = pytester.runpytest_subprocess(*command, '-k', 'test_tree')
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            'E  *2 keys moved, so these tasks run again: WinePipeline, Train',
            'E  *it begins at Train: version=1 became version=2',
            'E  *as before: Load',
            'E  *if that is meant: pytest --gokart-update',
        ]
    )
