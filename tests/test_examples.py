"""The two examples do what the README says of them: both run, and the first one's own tests pass."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / 'examples'


def python(*arguments: str, cwd: Path) -> str:
    """What Python says in a process of its own: luigi's registry of task classes is global."""
    environment = {**os.environ, 'PYTHONDONTWRITEBYTECODE': '1'}
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def example(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the example that the test names, so that its results do not land in the repository."""
    copied: Path = tmp_path / request.param
    return shutil.copytree(EXAMPLES / request.param, copied, ignore=shutil.ignore_patterns('resources', '__pycache__', '.*_cache'))


@pytest.mark.parametrize('example', ['wine'], indirect=True)
def test_wine_runs_from_the_command_line_with_its_configuration(example: Path) -> None:
    python('main.py', 'WinePipeline', '--local-scheduler', cwd=example)
    [metrics] = example.glob('resources/wine/metrics_*.csv')
    [row] = csv.DictReader(metrics.read_text().splitlines())
    assert 0.9 < float(row['accuracy']) <= 1
    assert f'{float(row["accuracy"]):.3f}' in (example / 'README.md').read_text()


@pytest.mark.parametrize('example', ['wine'], indirect=True)
def test_the_tests_of_wine_pass(example: Path) -> None:
    assert '3 passed' in python('-m', 'pytest', '-p', 'no:cacheprovider', cwd=example)


@pytest.mark.parametrize('example', ['wine_before'], indirect=True)
def test_wine_before_runs_and_shows_what_its_faults_do(example: Path) -> None:
    python('main.py', 'ClassificationPipeline', '--local-scheduler', cwd=example)
    assert (example / 'v2/wine/data.csv').exists(), 'GK403: the positional version lands in workspace_directory'
    assert list(example.glob('resources/wine_before/model/EvaluateClassifier_*.pkl'))
    assert not list(example.glob('resources/**/pipeline/*')), 'GK207: the run of the pipeline is skipped'
