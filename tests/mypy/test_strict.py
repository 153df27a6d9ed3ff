"""The programs again, with other options: what mypy adds is its own, and nothing of what the texts mark is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from mypy.version import __version__

from tests.mypy.harness import Lines, output, reported
from tests.mypy.library_cache import PYPROJECT

PROGRAMS = Path(__file__).parent / 'programs'
OF_STRICT = frozenset({
    'attr-defined', 'comparison-overlap', 'misc', 'name-defined', 'no-any-return', 'no-untyped-call', 'no-untyped-def', 'type-arg',
    'unused-ignore', 'untyped-decorator',
})  # fmt: skip
"""What --strict asks of the programs themselves: annotations, type arguments, explicit exports, names of an unknown module."""
HAS_WORKERS = int(__version__.partition('.')[0]) >= 2
"""`mypy -n` of 1.20 is an experiment, and ends in a crash of its own."""


@pytest.fixture(scope='module')
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('strict') / 'project'
    shutil.copytree(PROGRAMS, folder)
    (folder / 'pyproject.toml').write_text(PYPROJECT)
    return folder


def _counted(errors: Lines) -> Counter[tuple[str, int, str]]:
    return Counter((path, line, code) for path, lines in errors.items() for line, codes in lines.items() for code in codes)


def test_workers_a_second_run_and_strict_find_what_a_first_run_finds(project: Path) -> None:
    first = _counted(reported(output(project))[0])
    assert first
    assert _counted(reported(output(project))[0]) == first
    strict = _counted(reported(output(project, '--strict', '.'))[0])
    assert not first - strict
    assert {code for _, _, code in strict - first} <= OF_STRICT, [each for each in strict - first if each[2] not in OF_STRICT]
    if HAS_WORKERS:
        command = [sys.executable, '-m', 'mypy', '--cache-dir', '.parallel', '-n', '2', '.']  # a process of its own: workers end it hard
        parallel = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert _counted(reported(parallel.stdout)[0]) == first, parallel.stderr
