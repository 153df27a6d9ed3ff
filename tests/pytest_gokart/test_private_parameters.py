"""`__secret = luigi.IntParameter()`: no code outside of its class can give it a value, so one without a default is always missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_gokart.isolation.isolating import isolated, nothing_runs
from pytest_gokart.parameters.rows import Rows, rows_for
from pytest_gokart.parameters.sources import Sources
from pytest_gokart.resolution.labels import written_name
from pytest_gokart.values import Place
from tests.pytest_gokart.resolving_cases import HEAD, imported, resolved

_LOAD = 'class Load(gokart.TaskOnKart):\n    __secret = luigi.IntParameter()\n\n\n'
_LINE = HEAD.count('\n') + 2
_PIPELINE = 'class Pipeline(gokart.TaskOnKart):\n    data = gokart.TaskInstanceParameter(expected_type=Load)\n'
_SAID = 'Load.__secret is a private parameter without a default, and nothing outside of the class can give it a value'


def _rows(folder: Path, text: str, config: str = '') -> Rows:
    (folder / 'made.ini').write_text(config)
    with imported(folder, text, name='made_private') as module, isolated([str(folder / 'made.ini')], str(folder)), nothing_runs():
        return rows_for(module.Pipeline, Sources(str(folder)), 16)


@pytest.mark.parametrize('built', ['Load()', 'Clean(data=Load())', "{'a': [Load()]}"])
def test_a_task_that_is_built(built: str, tmp_path: Path) -> None:
    text = f"""{_LOAD}class Clean(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter()


class Pipeline(gokart.TaskOnKart):
    def requires(self):
        return {built}
"""
    [problem] = resolved(tmp_path, text).problems
    assert problem.message == (
        "Load is built without its private parameter '__secret', which has no default\n"
        'Nothing outside of the class can pass __secret: give it a default '
        '(or set _Load__secret in section [Load] of the luigi configuration).'
    )


def test_the_pipeline_itself(tmp_path: Path) -> None:
    [problem] = _rows(tmp_path, _LOAD.replace('Load', 'Pipeline')).problems
    assert problem.message.startswith(
        _SAID.replace('Load', 'Pipeline') + '\nGive it a default (or set _Pipeline__secret in section [Pipeline]'
    )
    assert problem.at == Place(str(tmp_path / 'made_private.py'), _LINE)


def test_a_task_that_is_handed_over(tmp_path: Path) -> None:
    [problem] = _rows(tmp_path, _LOAD + _PIPELINE).problems
    assert problem.message.startswith(f'Pipeline.data (TaskInstanceParameter) has no value, and none can be made up: {_SAID}. ')


def test_what_can_be_built(tmp_path: Path) -> None:
    rows = _rows(tmp_path, _LOAD + _PIPELINE, '[Load]\n_Load__secret = 3\n')
    assert rows.problems == ()
    assert _rows(tmp_path, _LOAD.replace('IntParameter()', 'IntParameter(default=1)') + _PIPELINE).problems == ()
    inherited = _LOAD.replace('IntParameter()', 'IntParameter(default=1)') + 'class More(Load):\n    n = luigi.IntParameter()\n\n\n'
    assert _rows(tmp_path, inherited + _PIPELINE.replace('=Load', '=More')).problems == ()


def test_written_name() -> None:
    class _Base:
        pass

    class Load(_Base):
        pass

    assert written_name(Load, '_Load__version') == '__version'
    assert written_name(Load, '_Base__version') == '__version'
    assert written_name(Load, '_Other__version') == ''
    assert written_name(Load, '_load') == ''
    assert written_name(Load, 'name') == ''
