"""The real command: its reports, its exit status, and what it says when it cannot judge."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, commit, git, write

BEFORE = (
    HEAD
    + """
LIMIT = 3


class Train(gokart.TaskOnKart):
    version = luigi.IntParameter(default=1)

    def run(self):
        self.dump(LIMIT)


class Report(gokart.TaskOnKart):
    def requires(self):
        return Train()

    def run(self):
        self.dump('a|b')


class Load(gokart.TaskOnKart):
    version = luigi.IntParameter(default=1)

    def run(self):
        self.dump(1)
"""
)
AFTER = BEFORE.replace('LIMIT = 3', 'LIMIT = 5').replace('self.dump(1)', 'self.dump(2)')
AFTER = AFTER.replace(
    'class Load(gokart.TaskOnKart):\n    version = luigi.IntParameter(default=1)',
    'class Load(gokart.TaskOnKart):\n    version = luigi.IntParameter(default=2)',
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    commit(tmp_path, {'app/__init__.py': '', 'app/tasks.py': BEFORE}, 'first')
    write(tmp_path, {'app/tasks.py': AFTER})
    return tmp_path


def stale(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, '-m', 'gokart_lint', 'stale', *options], cwd=folder, capture_output=True, text=True, check=False)


def test_the_report_for_people(repository: Path) -> None:
    done = stale(repository)
    assert (done.returncode, done.stderr) == (1, '')
    short = git(repository, 'rev-parse', '--short', 'HEAD')
    assert (
        done.stdout
        == f"""\
app/tasks.py:7:7: GK306 Train is stale: its code changed and its key did not, so the old result is served
  Train.run -> LIMIT  3 -> 5
    - app/tasks.py:4  LIMIT = 3
    + app/tasks.py:4  LIMIT = 5
  = 1 task downstream: Report
  = next: bump its version parameter (--fix), or say that the result is the same (--accept Train --reason '...')
  = help: gokart-lint explain GK306

app/tasks.py:14 Report is served stale input: it stands on the old result of Train
app/tasks.py:22 Load is recomputed: the default of version  1 -> 2; Load.run  1 -> 2

The working tree against {short} first (1 changed file): 1 stale, 1 served stale input, 1 recomputed.
"""
    )


def test_json_has_the_stale_tasks_alone(repository: Path) -> None:
    done = stale(repository, '--output-format', 'json')
    [found] = json.loads(done.stdout)
    assert {key: found[key] for key in ('code', 'name', 'verdict', 'task', 'downstream', 'location', 'noqa_row')} == {
        'code': 'GK306',
        'name': 'stale-cache',
        'verdict': 'stale',
        'task': 'app.tasks.Train',
        'downstream': ['app.tasks.Report'],
        'location': {'row': 7, 'column': 7},
        'noqa_row': 7,
    }
    place = {'filename': str(repository / 'app/tasks.py'), 'row': 4}
    assert found['reasons'] == [{'text': 'Train.run -> LIMIT  3 -> 5', 'before': place, 'after': place}]
    assert found['fix']['edits'][0]['content'] == '2'


def test_json_of_all_verdicts(repository: Path) -> None:
    found = json.loads(stale(repository, '--output-format', 'json', '--all').stdout)
    assert [(each['task'], each['verdict'], each['code']) for each in found] == [
        ('app.tasks.Train', 'stale', 'GK306'),
        ('app.tasks.Report', 'served stale input', None),
        ('app.tasks.Load', 'recomputed', None),
    ]


def test_no_stale_task_is_an_empty_list(repository: Path) -> None:
    done = stale(repository, '--base', 'HEAD', '--head', 'HEAD', '--output-format', 'json')
    assert (done.returncode, done.stdout) == (0, '[]\n')


def test_annotations_for_github(repository: Path) -> None:
    [line] = stale(repository, '--output-format', 'github').stdout.splitlines()
    assert line.startswith(
        '::error title=gokart-lint (GK306),file=app/tasks.py,line=7,endLine=7,col=7,endColumn=12::Train: its code changed'
    )
    assert stale(repository / 'app', '--output-format', 'github').stdout == f'{line}\n'
    levels = [line.partition(' ')[0] for line in stale(repository, '--output-format', 'github', '--all').stdout.splitlines()]
    assert levels == ['::error', '::notice', '::notice']


def test_a_comment_for_a_pull_request(repository: Path) -> None:
    text = stale(repository, '--output-format', 'markdown').stdout
    assert text.startswith('<!-- gokart-lint stale -->\n\n### 1 stale result would be served\n')
    assert '| `app.tasks.Train` app/tasks.py:7 | **stale** | Train.run → LIMIT  3 → 5 (app/tasks.py:4) | 1 |' in text
    assert '<details><summary>1 served stale input</summary>' in text


def test_paths_restrict_what_is_told(repository: Path) -> None:
    assert stale(repository, 'app').returncode == 1
    assert stale(repository, 'app/__init__.py').returncode == 0


def test_exit_zero(repository: Path) -> None:
    assert stale(repository, '--exit-zero').returncode == 0


def test_fix_and_what_it_did(repository: Path) -> None:
    done = stale(repository, '--fix')
    assert (done.returncode, done.stderr) == (0, 'app/tasks.py:7: Bump version of Train\n')
    assert 'Train is recomputed' in done.stdout


@pytest.mark.parametrize(
    ('options', 'message'),
    [
        (['--base', 'nowhere'], "unknown revision 'nowhere'"),
        (['nothing.py'], 'nothing.py: no such file or folder, in neither revision'),
        (['--accept', 'Train'], '--accept needs a --reason'),
        (['--config', 'nothing.toml'], 'nothing.toml: it cannot be read'),
    ],
)
def test_trouble_is_two(options: list[str], message: str, repository: Path) -> None:
    done = stale(repository, *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_outside_of_a_repository(tmp_path: Path) -> None:
    done = stale(tmp_path)
    assert (done.returncode, done.stdout) == (2, '')
    assert 'not in a git repository' in done.stderr


def test_the_rule_has_its_page(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, '-m', 'gokart_lint', 'explain', 'GK306'], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert 'Found by `gokart-lint stale`, not by `gokart-lint check`.' in done.stdout


def test_check_does_not_judge_it_nor_calls_its_suppression_idle(tmp_path: Path) -> None:
    write(tmp_path, {'tasks.py': BEFORE.replace('class Train(gokart.TaskOnKart):', 'class Train(gokart.TaskOnKart):  # noqa: GK306')})
    command = [sys.executable, '-m', 'gokart_lint', 'check', '--select', 'GK306,GK901', '--no-cache']
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, 'All clear: 1 file.\n')


def test_inside_a_hook_of_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('GIT_DIR', '.git')
    assert stale(repository / 'app').returncode == 1
