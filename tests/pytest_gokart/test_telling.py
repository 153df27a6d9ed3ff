"""How failures are told: once, in the order of the files, with the first problem in the short summary, for JUnit and through xdist."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.pytest_gokart.sessions import run

_FLOW = """\
import os

import gokart
import luigi

gokart.add_config(os.environ.get('NO_SUCH', 'param.ini'))


class Load(gokart.TaskOnKart):
    name = luigi.Parameter()


class Clean(gokart.TaskOnKart):
    def requires(self):
        return Load(nam='x')


class ManyPipeline(gokart.TaskOnKart):
    flag = luigi.BoolParameter()

    def requires(self):
        return {'last': Load() if self.flag else None, 'first': Clean()}


class EndlessPipeline(gokart.TaskOnKart):
    level = luigi.IntParameter(default=0)

    def requires(self):
        return EndlessPipeline(level=self.level + 1)


gokart.build(Clean())
"""
_MESSAGE = "Load has no parameter 'nam' (and 1 more problem)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / 'flow.py').write_text(_FLOW)
    (tmp_path / 'param.ini').write_text('')
    return tmp_path


@pytest.mark.parametrize('arguments', [(), ('-n', '2')])
def test_the_short_summary_says_the_first_problem(folder: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('COLUMNS', '200')
    done = run(folder, '-p', 'no:cacheprovider', '-k', 'Many', *arguments)
    assert f'FAILED flow.py::ManyPipeline::requires - {_MESSAGE}\n' in done.output
    assert 'FAILED flow.py::ManyPipeline::requires[flag=True] - Load has no parameter' in done.output


def test_junit_has_the_message_and_the_whole_text(folder: Path) -> None:
    run(folder, '-p', 'no:cacheprovider', '-k', 'Many', '--junitxml=junit.xml')
    failure = ElementTree.parse(folder / 'junit.xml').findall('.//failure')[0]
    assert failure.get('message') == _MESSAGE
    assert (failure.text or '').startswith('2 problems\n\n1. flow.py:15: ')
    assert 'GK209' in (failure.text or '')


def test_problems_stand_in_the_order_of_the_file_and_notes_once(folder: Path) -> None:
    output = run(folder, '-p', 'no:cacheprovider', '-k', 'Many').output
    first = output.partition('ManyPipeline.requires _')[2].partition('ManyPipeline.requires[')[0]
    assert re.findall(r'^\d\. (\S+): ', first, re.MULTILINE) == ['flow.py:15', 'flow.py:21']
    assert output.count('GK209') == 1
    assert 'note: flow.py:32: GK209' in first
    assert 'gokart: notes' not in output


def test_a_tree_without_end_is_not_called_deep_as_well(folder: Path) -> None:
    output = run(folder, '-p', 'no:cacheprovider', '-k', 'Endless').output
    assert 'EndlessPipeline requires itself without end' in output
    assert 'tasks deep' not in output


def test_a_computed_path_is_said_with_its_call_and_the_next_step(folder: Path) -> None:
    output = run(folder, '-p', 'no:cacheprovider', '-k', 'Many').output
    call = "`gokart.add_config(os.environ.get('NO_SUCH', 'param.ini'))`"
    assert f'(flow.py:6: {call} loads a luigi configuration file whose path is computed: what it gives is unknown here; ' in output
    assert "name the files in pytest's setting gokart_luigi_config)" in output
    (folder / 'pytest.ini').write_text('[pytest]\ngokart_luigi_config = param.ini\n')
    assert 'is computed' not in run(folder, '-p', 'no:cacheprovider', '-k', 'Many').output


def test_which_conftest_answered(tmp_path: Path) -> None:
    hook = 'def pytest_gokart_parameters(task_class):\n    return {!r}\n'
    (tmp_path / 'conftest.py').write_text(hook.format({'n': 1, 'm': 2}))
    (tmp_path / 'flows').mkdir()
    (tmp_path / 'flows' / 'conftest.py').write_text(hook.format({'n': 3}))
    (tmp_path / 'flows' / 'flow.py').write_text(
        'import gokart\nimport luigi\n\n\nclass APipeline(gokart.TaskOnKart):\n    n = luigi.IntParameter()\n    m = luigi.IntParameter()\n'
    )
    output = run(tmp_path, '-p', 'no:cacheprovider', '-rP').output
    assert 'n = 3: pytest_gokart_parameters in flows/conftest.py\n' in output
    assert 'm = 2: pytest_gokart_parameters in conftest.py\n' in output
    (tmp_path / 'flows' / 'conftest.py').write_text(hook.format({'n': 3, 'mm': 3}))
    output = run(tmp_path, '-p', 'no:cacheprovider').output
    assert "pytest_gokart_parameters in flows/conftest.py: APipeline has no parameter 'mm'" in output


@pytest.mark.parametrize(
    ('name', 'arguments'),
    [
        *((name, ()) for name in ('a[1]', 'a b', '実験', 'a::b', "it's", 'a%20b', 'a]b[')),
        ('a[1]', ('flow.py',)),
        ('a::b', ('flow.py',)),
        ('a::b', ('-n', '2')),
        ('a]b[', ('-n', '2')),
    ],
    ids=str,
)
def test_names_of_folders(tmp_path: Path, name: str, arguments: tuple[str, ...]) -> None:
    """With `testpaths`: in a folder of brackets or colons pytest itself refuses to run without arguments."""
    root = tmp_path / name
    (root / 'src').mkdir(parents=True)
    flow = 'import gokart\n\n\nclass RightPipeline(gokart.TaskOnKart):\n    pass\n'
    (root / 'flow.py').write_text(flow)
    (root / 'pytest.ini').write_text('[pytest]\ntestpaths = src\n')
    (root / 'src' / 'more.py').write_text(flow)
    results = run(root, '-p', 'no:cacheprovider', '-v', *arguments).results
    right = {'flow.py': 'flow.py::RightPipeline::requires', 'src': 'src/more.py::RightPipeline::requires'}
    expected = {right[each] for each in arguments if each in right} or set(right.values())
    assert results == dict.fromkeys(expected, 'PASSED')


def test_names_of_folders_below(tmp_path: Path) -> None:
    """pytest visits them from above; it takes no argument that names one."""
    for name in ('a[1]', 'a b', '実験', 'a::b'):
        (tmp_path / name).mkdir()
        (tmp_path / name / 'flow.py').write_text('import gokart\n\n\nclass RightPipeline(gokart.TaskOnKart):\n    pass\n')
    done = run(tmp_path, '-p', 'no:cacheprovider', '-q')
    assert (done.status, '4 passed' in done.output) == (0, True), done.output


def test_notes_stand_together_and_wrong_inputs_show_the_line_of_the_test(tmp_path: Path) -> None:
    (tmp_path / 'tasks.py').write_text('import gokart\n\n\nclass Idle(gokart.TaskOnKart):\n    def run(self):\n        pass\n')
    (tmp_path / 'flow.py').write_text(
        'import gokart\n\n\nclass APipeline(gokart.TaskOnKart):\n    pass\n\n\ngokart.build(APipeline())\ngokart.run()\n'
    )
    (tmp_path / 'test_tasks.py').write_text(
        'from tasks import Idle\n\n\ndef test_inputs(gokart_run):\n    gokart_run(Idle(), inputs=3)\n\n\n'
        'def test_task(gokart_run):\n    gokart_run(3)\n\n\ndef test_dump(gokart_run):\n    gokart_run(Idle())\n'
    )
    (tmp_path / 'pytest.ini').write_text('[pytest]\npythonpath = .\n')
    output = run(tmp_path, '-p', 'no:cacheprovider').output
    unguarded = "runs at import, outside functions and `if __name__ == '__main__':`; it was not run here\n"
    notes = f'  flow.py:8: GK209 gokart.build() {unguarded}  flow.py:9: GK209 gokart.run() {unguarded}'
    assert f'\nflow.py::APipeline::requires\n{notes}=' in output
    assert re.findall(r'^\S+\.py:\d+: \w+$', output, re.MULTILINE) == [
        'test_tasks.py:5: WrongInputs',
        'test_tasks.py:9: TypeError',
        'test_tasks.py:13: NotRun',
    ]
