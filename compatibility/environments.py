"""The environments of the cells: made once under .venv-compat, and again when what they hold is to be something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from compatibility.cells import TEST_REQUIREMENTS, Cell

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / '.venv-compat'


class Unavailable(Exception):
    """This machine lacks the Python of a cell."""


class NotInstalled(Exception):
    """pip could not install what a cell pins."""


def environment(cell: Cell) -> Path:
    """The Python of the cell's environment, made if it is not there yet."""
    folder = FOLDER / cell.name
    python = folder / 'bin' / 'python'
    wanted = '\n'.join([cell.python, *_requirements(cell), (ROOT / 'pyproject.toml').read_text(encoding='utf-8')])
    stamp = folder / 'made-of.txt'
    if not stamp.is_file() or stamp.read_text(encoding='utf-8') != wanted:
        interpreter = _interpreter(cell.python)
        shutil.rmtree(folder, ignore_errors=True)
        _run(interpreter, '-m', 'venv', str(folder))
        _run(str(python), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *_requirements(cell))
        stamp.write_text(wanted, encoding='utf-8')
    return python


def _requirements(cell: Cell) -> list[str]:
    return ['--editable', f'{ROOT}[pytest]', *TEST_REQUIREMENTS, *cell.pins]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotInstalled('\n'.join(done.stderr.strip().splitlines()[-5:]))


def _interpreter(version: str) -> str:
    for path in _candidates(version):
        told = subprocess.run(
            [path, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], capture_output=True, text=True, check=False
        )
        if told.stdout.strip() == version:  # a shim of pyenv stands on PATH also for a Python that is not chosen, and fails
            return path
    raise Unavailable(f'no python{version} on PATH')


def _candidates(version: str) -> Iterator[str]:
    yield sys.executable
    for folder in os.get_exec_path():
        found = shutil.which(f'python{version}', path=folder)
        if found:
            yield found
    pyenv = Path(os.environ.get('PYENV_ROOT', Path.home() / '.pyenv'))
    yield from (str(path) for path in sorted(pyenv.glob(f'versions/{version}.*/bin/python')))
