"""Problems as text."""

from __future__ import annotations

import datetime
from pathlib import Path

import gokart
import luigi.date_interval
import pytest

from gokart_lint.project.nearness import misspelt, nearest
from pytest_gokart.resolution.labels import described, plain, shown, text_of
from pytest_gokart.resolution.problems import PipelineFailure, render
from pytest_gokart.values import Place, Problem, Step


class Load(gokart.TaskOnKart[int]):
    task_namespace = __name__


def test_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    at = Place(str(tmp_path / 'shop' / 'tasks.py'), 3)
    problem = Problem('missing', 'no date\nPass one.', (Step('Pipeline', Place('/elsewhere/main.py', 9)), Step('Load(n=1)', at)), at)
    expected = """\
shop/tasks.py:3: no date
    Pass one.
    the way there:
      Pipeline   /elsewhere/main.py:9
      Load(n=1)  shop/tasks.py:3

note: a note"""
    assert render([problem], ['a note']) == expected
    assert str(PipelineFailure([problem], ['a note'])) == expected


def test_many_problems() -> None:
    text = render([Problem('shape', f'wrong {number}') for number in range(60)], [])
    assert text.startswith('60 problems\n\n1. wrong 0\n\n2. wrong 1\n')
    assert text.endswith('50. wrong 49\n\n... and 10 more')


def test_a_long_chain_is_cut() -> None:
    chain = tuple(Step(f'T{number}') for number in range(10_000))
    lines = render([Problem('exception', 'wrong', chain)], []).splitlines()
    assert len(lines) == 15
    assert lines[8] == '      ... 9988 more'
    assert lines[-1].strip() == 'T9999'


def test_nothing() -> None:
    assert render([], []) == ''


@pytest.mark.parametrize(
    ('value', 'words'),
    [
        (None, 'None'),
        (3, '3'),
        (2**4000, 'a number of 4001 bits'),
        ('a' * 99, f"the text '{'a' * 32}'..."),
        ([], 'an empty list'),
        ((1,), 'a tuple'),
        (int, 'the class int'),
        (object(), 'an object'),
        ((letter for letter in 'a'), 'a generator'),
        (len, 'a builtin_function_or_method'),
    ],
)
def test_described(value: object, words: str) -> None:
    assert described(value) == words


@pytest.mark.parametrize(
    ('value', 'words'),
    [
        ('a', "'a'"),
        ((1, 'a'), "(1, 'a')"),
        ((1,), '(1,)'),
        ((), '()'),
        ([{'a': (True, None)}, {}], "[{'a': (True, None)}, {}]"),
        (datetime.timedelta(days=1), '1 day, 0:00:00'),
        (luigi.date_interval.Month(2020, 1), '2020-01'),  # type: ignore[no-untyped-call]
        (Load(), 'the task Load'),
        ([Load()], '[Load]'),
        ((object(),), 'a tuple'),
        ({'a': object()}, 'a dict'),
        (['x' * 32] * 3, 'a list'),
    ],
)
def test_shown(value: object, words: str) -> None:
    assert shown(value) == words


def test_an_exception_without_a_text() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert text_of(Mute()) == 'Mute'
    assert text_of(ValueError('a\n  b')) == 'ValueError: a b'
    assert len(text_of(ValueError('x' * 10_000))) < 500
    assert plain(object()) == ''


@pytest.mark.parametrize(
    ('wrong', 'right', 'meant'),
    [
        ('Laod', ['Load'], 'Load'),
        ('load', ['Load'], 'Load'),
        ('Reload', ['Load'], None),
        ('TrainModels', ['TrainModel', 'TestModel'], 'TrainModel'),
        ('source-pth', ['source_path'], 'source_path'),
        ('x', ['abc'], None),
        ('abc', [], None),
    ],
)
def test_misspelt(wrong: str, right: list[str], meant: str | None) -> None:
    assert misspelt(wrong, right) == meant


def test_nearest() -> None:
    assert nearest('treshold', ['n', 'threshold']) == 'threshold'
    assert nearest('whatever', ['n', 'threshold']) is None
