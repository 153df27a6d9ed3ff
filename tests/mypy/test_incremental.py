"""Warm runs and the daemon after edits: they say what a cold run says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mypy.harness import output, write
from tests.mypy.library_cache import PYPROJECT

FILES = {
    'load.py': """\
        import gokart
        import luigi


        class Mixin:
            size: int = luigi.IntParameter(default=1)


        class Helping:
            def helped(self):
                pass


        class Load(gokart.TaskOnKart[int]):
            n: int = luigi.IntParameter(default=3)


        class Other(gokart.TaskOnKart[str]):
            m = luigi.IntParameter(default=3)

            def requires(self):
                return {'load': Load()}
    """,
    'train.py': """\
        import gokart
        import load


        class Template(gokart.TaskOnKart[int]):
            def run(self):
                print(self.only_below)
                self.helped()


        class Loading(gokart.TaskOnKart[int]):
            def run(self):
                self.load('only_below')


        class Train(load.Mixin, gokart.TaskOnKart[int]):
            data = gokart.TaskInstanceParameter(expected_type=load.Load)

            def requires(self):
                return {'data': self.data, 'other': load.Other()}

            def run(self):
                self.dump(self.load('data'))
                self.load('other').upper()
    """,
    'part.py': """\
        import gokart
        import luigi
        from load import Helping
        from train import Loading, Template


        class Part(Helping, Template):
            only_below = luigi.IntParameter(default=1)


        class LoadingPart(Loading):
            only_below = gokart.TaskInstanceParameter()
    """,
    'use.py': """\
        import load
        import train


        class Eval(load.Other):
            def run(self):
                self.load('load').bit_length()


        train.Train(data=load.Load(n=3), size=3)
    """,
    'pyproject.toml': PYPROJECT,
}
EDITS = [
    ('the expected type', 'train.py', 'expected_type=load.Load', 'expected_type=load.Other'),
    ('the type of a parameter', 'load.py', 'n: int = luigi.IntParameter(default=3)', "n: str = luigi.Parameter(default='a')"),
    ('a default', 'load.py', "n: str = luigi.Parameter(default='a')", 'n: str = luigi.Parameter()'),
    ('a parameter of a mixin', 'load.py', 'size: int = luigi.IntParameter(default=1)', "size: str = luigi.Parameter(default='a')"),
    ('the result of a task', 'load.py', 'TaskOnKart[str]', 'TaskOnKart[int]'),
    ('a key of requires()', 'load.py', "{'load': Load()}", "{'lead': Load()}"),
    ('a new parameter', 'load.py', 'm = luigi.IntParameter(default=3)', 'm = luigi.IntParameter(default=3)\n    k = luigi.IntParameter()'),
    ('what only subclasses have', 'part.py', 'only_below', 'something_else'),
    ('what only a mixin of a subclass has', 'load.py', 'helped', 'something_else'),
    ('the user', 'use.py', 'size=3', 'size=luigi'),
]
"""What is edited, in which file, and from what to what: each on top of the ones before."""


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding='utf-8')
    assert old in text
    before = path.stat().st_mtime
    path.write_text(text.replace(old, new), encoding='utf-8')
    later = max(time.time(), before + 5)  # mypy believes the time of a file that keeps its size
    os.utime(path, (later, later))


def errors(printed: str) -> list[str]:
    return sorted(line for line in printed.splitlines() if ': error: ' in line)


@pytest.fixture(scope='module')
def cold(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What runs that know nothing of the project say: of it, and of it after each edit."""
    folder = tmp_path_factory.mktemp('cold')
    write(folder, FILES)
    said = [errors(output(folder))]
    for what, *how in EDITS:
        edit(folder, *how)
        shutil.rmtree(folder / '.mypy_cache')
        said.append(errors(output(folder)))
        assert said[-1] != said[-2], f'{what}: nothing to see'
    return said


def test_a_warm_run_after_each_edit_says_what_a_cold_one_says(tmp_path: Path, cold: list[list[str]]) -> None:
    write(tmp_path, FILES)
    assert errors(output(tmp_path)) == cold[0] == []
    for (what, *how), said in zip(EDITS, cold[1:], strict=True):
        edit(tmp_path, *how)
        assert errors(output(tmp_path)) == said, what


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[list[str]]:
    """The command of a daemon of its own, which is stopped at the end."""
    command = [sys.executable, '-m', 'mypy.dmypy', '--status-file', str(tmp_path / 'daemon.json')]
    yield command
    subprocess.run([*command, 'stop'], cwd=tmp_path, capture_output=True, check=False, timeout=60)


def test_the_daemon_after_each_edit_says_what_a_cold_run_says(tmp_path: Path, daemon: list[str], cold: list[list[str]]) -> None:
    write(tmp_path, FILES)

    def checked() -> list[str]:
        command = [*daemon, 'run', '--timeout', '120', '--', '--cache-dir', os.devnull, '.']
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return errors(done.stdout)

    assert checked() == cold[0]
    for (what, *how), said in zip(EDITS, cold[1:], strict=True):
        edit(tmp_path, *how)
        assert checked() == said, what


def test_mypy_without_local_partial_types_says_the_same(tmp_path: Path, cold: list[list[str]]) -> None:
    write(tmp_path, FILES)
    for _, *how in EDITS:
        edit(tmp_path, *how)
    assert errors(output(tmp_path, '--no-local-partial-types', '.')) == cold[-1]
