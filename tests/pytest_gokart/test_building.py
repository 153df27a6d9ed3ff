"""`gokart_build`: a whole pipeline for real."""

# the tasks are as people write them: without gokart.mypy, and luigi has few annotations
# mypy: disable-error-code="arg-type,call-arg,call-overload,dict-item,import-untyped,index,name-defined,no-untyped-call,union-attr"

from __future__ import annotations

import logging
import random
from pathlib import Path
from typing import Any

import gokart
import luigi
import pandas as pd
import pytest
from gokart.build import GokartBuildError
from luigi.task_register import Register

from pytest_gokart.fixtures.building import build_task


class Numbers(gokart.TaskOnKart[pd.DataFrame]):
    count = luigi.IntParameter(default=3)
    seed = luigi.FloatParameter(default=0)

    def output(self) -> Any:
        return self.make_target('numbers.csv')

    def run(self) -> None:
        self.dump(pd.DataFrame({'code': [f'0{number}' for number in range(self.count)]}))


class Sum(gokart.TaskOnKart[int]):
    numbers: Any = gokart.TaskInstanceParameter(expected_type=Numbers)

    def run(self) -> None:
        self.dump(self.load('numbers')['code'].sum())


class Whole(gokart.TaskOnKart[Any]):
    count = luigi.IntParameter()

    def requires(self) -> Any:
        numbers = Numbers(count=self.count)
        return {'sum': Sum(numbers=numbers), 'numbers': numbers}

    def output(self) -> Any:
        return {'sum': self.make_target('sum.pkl'), 'rows': self.make_target('rows.txt')}

    def run(self) -> None:
        self.dump(self.load('sum'), 'sum')
        self.dump([len(self.load('numbers'))], 'rows')


class Fails(gokart.TaskOnKart[int]):
    def run(self) -> None:
        raise ValueError('no wine left')


class After(gokart.TaskOnKart[int]):
    def requires(self) -> Any:
        return Fails()


class Broken(gokart.TaskOnKart[int]):
    def requires(self) -> Any:
        raise KeyError('wien')


class AfterBroken(gokart.TaskOnKart[int]):
    def requires(self) -> Any:
        return Broken()


class Never(gokart.TaskOnKart[int]):
    def requires(self) -> Any:
        return Numbers(seed=random.Random().random())


class Yields(gokart.TaskOnKart[int]):
    def run(self) -> Any:
        fetched = yield {'small': Numbers(count=1), 'large': [Numbers(count=2)]}
        self.dump(len(fetched['large'][0].load()))


def test_tasks_that_run_yields(tmp_path: Path) -> None:
    class Never(gokart.TaskOnKart[int]):  # one more of this name confuses nobody
        pass

    assert build_task(Yields(), {}, None) == 2
    assert build_task(Yields(), {}, tmp_path) == 2
    assert Register.get_task_cls('Yields') is Yields


def test_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert build_task(Whole(count=3), {}, None) == {'sum': '000102', 'rows': [3]}
    assert list(tmp_path.iterdir()) == []


def test_in_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / 'workspace'
    assert build_task(Whole, {'count': 3}, folder) == {'sum': 3, 'rows': ['3']}  # as csv and txt have it
    assert {path.parent.parent.name for path in folder.rglob('numbers_*.csv')} == {'workspace'}
    assert [path.name for path in tmp_path.iterdir()] == ['workspace']


def test_a_build_leaves_nothing_behind(caplog: pytest.LogCaptureFixture) -> None:
    build_task(Whole(count=2), {}, None)
    assert logging.root.manager.disable == 0
    with caplog.at_level(logging.INFO):
        logging.getLogger('gokart').info('heard')
    assert caplog.messages == ['heard']
    assert build_task(Whole(count=4), {}, None)['rows'] == [4]


@pytest.mark.parametrize(
    ('task', 'told', 'cause'),
    [
        (After(), 'After was not built: Fails.run raised ValueError: no wine left', ValueError),
        (AfterBroken(), "AfterBroken was not built: Broken.requires raised KeyError: 'wien'", KeyError),
    ],
)
def test_what_the_inner_task_raised(task: Any, told: str, cause: type[Exception]) -> None:
    with pytest.raises(GokartBuildError) as caught:
        build_task(task, {}, None)
    assert str(caught.value) == told
    assert isinstance(caught.value.__cause__, cause)


def test_a_build_that_would_go_on_for_ever() -> None:
    with pytest.raises(GokartBuildError, match='requires\\(\\) gives other tasks at each call'):
        build_task(Never(), {}, None)


def test_parameters_beside_a_task() -> None:
    with pytest.raises(TypeError, match='Whole is built already: give count where it is built'):
        build_task(Whole(count=1), {'count': 2}, None)
