"""The two examples do what the README says of them: both run, and the first one's own tests pass."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gokart_lint.rules.registry import rules_of_check

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / 'examples'


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
    assert '12 passed' in python('-m', 'pytest', '-p', 'no:cacheprovider', cwd=example)


@pytest.mark.parametrize('example', ['wine_before'], indirect=True)
def test_wine_before_runs_and_shows_what_its_faults_do(example: Path) -> None:
    python('main.py', 'ClassificationPipeline', '--local-scheduler', cwd=example)
    assert (example / 'v2/wine/data.csv').exists(), 'GK403: the positional version lands in workspace_directory'
    assert list(example.glob('resources/wine_before/model/EvaluateClassifier_*.pkl'))
    assert not list(example.glob('resources/**/pipeline/*')), 'GK207: the run of the pipeline is skipped'


def findings(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, '-m', 'gokart_lint', 'check', *arguments, '--no-cache', '--output-format', 'json']
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_wine_is_clean_under_every_rule() -> None:
    assert findings('examples/wine', '--select', 'ALL') == []


def test_wine_before_shows_every_rule_that_looks_at_code() -> None:
    found = findings('examples/wine_before')
    assert {each['code'] for each in found} == {rule.code for rule in rules_of_check() if not rule.code.startswith('GK9')}
    assert len(found) == 16


def test_the_readme_shows_what_is_printed() -> None:
    command = [sys.executable, '-m', 'gokart_lint', 'check', 'examples/wine_before', '--no-cache']
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    for name in ('README.md', 'README.ja.md'):
        shown = re.findall(r'```\n(examples/wine_before.+?)```', (ROOT / name).read_text(encoding='utf-8'), re.DOTALL)
        assert len(shown) == 1
        assert shown[0] in printed
