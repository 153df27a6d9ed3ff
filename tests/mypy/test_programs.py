"""Every program under `programs/`: the errors and types that its text marks, and nothing else, plain and under --strict."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.mypy.harness import assert_program, output
from tests.mypy.library_cache import PYPROJECT

PROGRAMS = Path(__file__).parent / 'programs'
NAMES = sorted(path.relative_to(PROGRAMS).as_posix() for path in PROGRAMS.rglob('*.py'))


@pytest.fixture(scope='module')
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What mypy says of all programs in one run."""
    folder = tmp_path_factory.mktemp('programs') / 'project'
    shutil.copytree(PROGRAMS, folder)
    (folder / 'pyproject.toml').write_text(PYPROJECT)
    return output(folder, '--cache-dir', os.devnull, '.')  # the libraries are read here too


@pytest.mark.parametrize('name', NAMES)
def test_a_program(name: str, printed: str) -> None:
    assert_program(name, (PROGRAMS / name).read_text(encoding='utf-8'), printed)
