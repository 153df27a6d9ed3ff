"""Loading: which files are read in full, and a cache that changes nothing, whoever else uses it and however a run ends."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import gokart_lint
from gokart_lint.project import loading, store
from gokart_lint.project.discovery import discover
from gokart_lint.project.loading import Loaded, Loader
from gokart_lint.project.store import Store
from tests.project.building import write

FILES = {
    'base.py': 'import gokart\nclass Base(gokart.TaskOnKart): ...\n',
    'plain.py': 'from base import Base\nclass Plain(Base): ...\n',
    'deep/__init__.py': 'from plain import *\n',
    'deep/far.py': 'def f():\n    from . import Plain\n    class Far(Plain): ...\n',
    'other.py': 'import numpy\nclass Other: ...\n',
    'uses_other.py': 'from other import Other\n',
    'broken.py': 'import gokart\nclass (\n',
    'noted.py': 'x = 1  # noqa: GK101\n',
}
OLD = time.time() - 1000
RUN = """
import json, sys
from pathlib import Path
from gokart_lint.checking import check
from gokart_lint.settings import Settings
checked = check([Path(sys.argv[1])], Settings(root=Path(sys.argv[1])), cache_dir=Path(sys.argv[2]), jobs=int(sys.argv[3]))
print('\\n'.join(map(repr, checked.findings)))
"""


def loaded(folder: Path, cache: Path | None = None, overlay: Mapping[str, bytes] | None = None, jobs: int = 1) -> Loaded:
    files = discover([str(folder)], str(folder), (), overlay or ())
    return Loader(files, [str(folder)], Store(cache), overlay=overlay or {}, jobs=jobs).load(str(folder))


def read(found: Loaded, folder: Path) -> set[str]:
    """The files that were read in full."""
    return {os.path.relpath(each.path, folder) for each in found.project.all_modules()}


def names(found: Loaded) -> list[str]:
    return sorted(f'{module.name}.{each.qualname}:{each.is_task}' for module in found.project.all_modules() for each in module.classes)


def written(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """A project whose files did not change just now."""
    write(folder, files)
    for path in folder.rglob('*.py'):
        os.utime(path, (OLD, OLD))
    return folder


def test_only_what_can_concern_a_task_is_read_in_full(tmp_path: Path) -> None:
    found = loaded(written(tmp_path))
    assert read(found, tmp_path) == {'base.py', 'plain.py', 'deep/__init__.py', 'deep/far.py', 'noted.py'}
    assert {os.path.relpath(path, tmp_path): why.at.line for path, why in found.unreadable.items()} == {'broken.py': 2}
    assert names(found) == ['base.Base:True', 'deep.far.f.<locals>.Far:True', 'plain.Plain:True']


def test_a_warm_run_reads_no_file_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    first = loaded(folder, cache)
    expected = names(first), first.unreadable, first.entries
    monkeypatch.setattr(Loader, '_bytes', lambda self, path: pytest.fail(f'{path} was read'))
    again = loaded(folder, cache)
    assert (names(again), again.unreadable, again.entries) == expected


def test_a_touched_file_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    expected = names(loaded(folder, cache))
    for path in folder.rglob('*.py'):
        os.utime(path, (OLD + 1, OLD + 1))
    monkeypatch.setattr(Loader, '_survey_here', lambda self, wanted: iter([pytest.fail(f'{each} was parsed') for each in wanted]))
    assert names(loaded(folder, cache)) == expected


@pytest.mark.parametrize('changed', ['base.py', 'plain.py', 'other.py', 'deep/__init__.py'])
def test_a_changed_file_changes_what_rests_on_it(changed: str, tmp_path: Path) -> None:
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    loaded(folder, cache)
    (folder / changed).write_text('from numpy import *\nclass Base: ...\nclass Plain: ...\n')
    warm, cold = loaded(folder, cache), loaded(folder)
    assert (names(warm), read(warm, folder), warm.unreadable) == (names(cold), read(cold, folder), cold.unreadable)


def test_files_that_come_and_go(tmp_path: Path) -> None:
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    loaded(folder, cache)
    (folder / 'base.py').rename(folder / 'other_base.py')
    assert (
        names(loaded(folder, cache))
        == names(loaded(folder))
        == ['deep.far.f.<locals>.Far:False', 'other_base.Base:True', 'plain.Plain:False'][1:2]
    )
    (folder / 'other_base.py').rename(folder / 'base.py')
    assert len(names(loaded(folder, cache))) == 3
    (folder / 'base').mkdir()
    (folder / 'base/__init__.py').write_text('# gokart\nclass Base: ...\n')  # hides the module beside it
    assert names(loaded(folder, cache)) == names(loaded(folder))
    assert 'plain.Plain:False' in names(loaded(folder, cache))


def test_a_file_that_changes_within_one_tick_of_the_clock(tmp_path: Path) -> None:
    """Same size, same time: a fast editor, or a file system with a coarse clock."""
    folder, cache = tmp_path / 'p', tmp_path / 'cache'
    write(folder, {'a.py': 'import gokart\nclass A(gokart.TaskOnKart): ...\n'})
    status = (folder / 'a.py').stat()
    assert names(loaded(folder, cache)) == ['a.A:True']
    (folder / 'a.py').write_text('import gokart\nclass B(gokart.TaskOnKart): ...\n')
    os.utime(folder / 'a.py', ns=(status.st_atime_ns, status.st_mtime_ns))
    assert names(loaded(folder, cache)) == ['a.B:True']


@pytest.mark.parametrize('what', ['changed', 'gone', 'unreadable'])
def test_a_file_that_changes_between_two_looks(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    changing = folder / 'plain.py'  # does not name gokart, so it is looked at twice
    real = Loader._read_missing

    def change(self: Loader, concerned: set[str]) -> None:
        changing.unlink()
        if what == 'changed':
            changing.write_text('class Quite: ...\nclass New: ...\n')
        elif what == 'unreadable':
            changing.mkdir()
        real(self, concerned)

    monkeypatch.setattr(Loader, '_read_missing', change)
    found = loaded(folder, cache)
    assert ('plain.New:False' in names(found)) is (what == 'changed')
    assert (str(changing) in found.unreadable) is (what != 'changed')
    assert found.warnings or what == 'unreadable'
    monkeypatch.undo()
    if what == 'unreadable':
        changing.rmdir()
    written(folder)
    assert names(loaded(folder, cache)) == names(loaded(folder))


@pytest.mark.parametrize('together', [1, 1000])
def test_facts_that_are_lost_while_a_run_needs_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(store, '_WORTH_PACKING', together)
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    loaded(folder, cache)
    found = loaded(folder, cache)
    for path in cache.rglob('facts/*'):
        path.unlink()
    assert len(names(found)) == 3


def test_an_overlay_stands_in_for_files(tmp_path: Path) -> None:
    folder, cache = written(tmp_path / 'p'), tmp_path / 'cache'
    before = names(loaded(folder, cache))
    overlay = {
        f'{folder}/plain.py': b'from base import Base\nclass Laid(Base): ...\n',
        f'{folder}/new.py': b'from plain import Laid\nclass New(Laid): ...\n',
    }
    for _ in range(2):
        assert 'new.New:True' in names(loaded(folder, cache, overlay))
        assert names(loaded(folder, cache)) == before


def test_several_processes_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, '_PARALLEL_FROM', 1)
    folder = written(tmp_path / 'p')
    expected = loaded(folder)
    for cache in (None, tmp_path / 'cache', tmp_path / 'cache'):
        found = loaded(folder, cache, jobs=2)
        assert (names(found), found.entries) == (names(expected), expected.entries)


# --- processes that meet, and processes that die -----------------------------------------------------------------------


def many(folder: Path) -> Path:
    """A project with some findings in each of its files."""
    task = 'class B(A):\n    rerun = True\n    def run(self):\n        x = [i for i in self.load()]\n'
    files = {f'm{number}.py': f'from m{number + 1} import A\n{task * 3}' for number in range(60)}
    return written(folder, {**files, 'm60.py': 'import gokart\nclass A(gokart.TaskOnKart): ...\n'})


def start(folder: Path, cache: Path, jobs: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, '-c', RUN, str(folder), str(cache), str(jobs)]
    environment = {**os.environ, 'PYTHONPATH': str(Path(gokart_lint.__file__).parent.parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, env=environment)


def finished(process: subprocess.Popen[str]) -> str:
    out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (0, ''), error
    return out


def test_a_killed_run_leaves_a_cache_that_holds(tmp_path: Path) -> None:
    folder, cache = many(tmp_path / 'p'), tmp_path / 'cache'
    began = time.monotonic()
    expected = finished(start(folder, tmp_path / 'fresh'))
    took = time.monotonic() - began
    assert 'GK301' in expected
    chance = random.Random(0)
    for _ in range(6):
        process = start(folder, cache)
        time.sleep(took * chance.uniform(0.3, 1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for left in cache.rglob('*.tmp'):
            assert left.stat().st_size >= 0  # it may be there, and harms nobody
    assert finished(start(folder, cache)) == expected
    assert finished(start(folder, cache)) == expected


def test_runs_that_meet_in_one_cache(tmp_path: Path) -> None:
    folder, cache = many(tmp_path / 'p'), tmp_path / 'cache'
    expected = finished(start(folder, tmp_path / 'fresh'))
    processes = [start(folder, cache) for _ in range(3)]
    assert [finished(each) for each in processes] == [expected] * 3
    assert finished(start(folder, cache)) == expected
