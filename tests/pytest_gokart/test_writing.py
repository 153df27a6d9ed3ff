"""Nothing appears on disk while a pipeline resolves, and whoever tries is named; reading, logs and imports go on."""

from __future__ import annotations

import builtins
import io
import os
import threading
from pathlib import Path

import pytest

from pytest_gokart.isolation.isolating import isolated, nothing_runs
from pytest_gokart.resolution.resolving import Resolution, resolve
from pytest_gokart.values import Row
from tests.pytest_gokart.resolving_cases import HEAD, imported

_IMPORTS = 'import io, logging, logging.handlers, os, pathlib, shutil, sqlite3, tempfile, threading\n'
_WRITES = {
    "open('new', 'w').close()": 'writes new',
    "open(mode='ab', file='new').close()": 'writes new',
    "open('there', 'r+').close()": 'writes there',
    "io.open('new', 'x').close()": 'writes new',
    "pathlib.Path('new').write_text('a')": 'writes new',
    "pathlib.Path('new').write_bytes(b'a')": 'writes new',
    "pathlib.Path('new').touch()": 'writes new',
    "pathlib.Path('new/below').mkdir(parents=True)": 'makes the folder new/below',
    "pathlib.Path('there').unlink()": 'removes there',
    "pathlib.Path('there').rename('new')": 'moves there',
    "os.makedirs('new/below', exist_ok=True)": 'makes the folder new',
    "os.mkdir('new')": 'makes the folder new',
    "os.close(os.open('new', os.O_CREAT | os.O_WRONLY))": 'writes new',
    "os.remove('there')": 'removes there',
    "os.replace('there', 'new')": 'moves there',
    "os.symlink('there', 'new')": 'makes new',
    "shutil.copy('there', 'new')": 'writes new',
    "shutil.move('there', 'new')": 'moves there',
    'tempfile.mkdtemp()': 'makes a temporary file or folder',
    'tempfile.NamedTemporaryFile()': 'makes a temporary file or folder',
    "sqlite3.connect('new.db')": 'makes new.db',
    "logging.FileHandler('new.log')": 'writes {folder}/new.log',
    "helper('new')": 'writes new',
}
_HARMLESS = [
    "open('there').read()",
    "pathlib.Path('there').read_text()",
    "open(os.devnull, 'w').write('a')",
    "os.close(os.open('there', os.O_RDONLY))",
    "os.listdir('.')",
    "io.StringIO().write('a')",
    "sqlite3.connect(':memory:')",
    "logging.getLogger('kept').warning('said')",
    'import imported_late',
]


def _resolved(folder: Path, statement: str, form: str) -> Resolution:
    text = _IMPORTS + "\n\ndef helper(path):\n    with open(path, 'w'):\n        pass\n\n\n" + form.replace('DO', statement)
    with imported(folder, text, head=HEAD) as module, isolated([], str(folder)), nothing_runs():
        return resolve(module.Pipeline, Row({}))


_REQUIRES = 'class Pipeline(gokart.TaskOnKart):\n    def requires(self):\n        DO\n        return []\n'
_FORMS = {
    'requires': 'class Load(gokart.TaskOnKart):\n    def requires(self):\n        DO\n        return []\n',
    '__init__': (
        'class Load(gokart.TaskOnKart):\n    def __init__(self, *args, **kwargs):\n        super().__init__(*args, **kwargs)\n        DO\n'
    ),
    'output': "class Load(gokart.TaskOnKart):\n    def output(self):\n        DO\n        return self.make_target('a.pkl')\n",
}
_ABOVE = '\n\nclass Pipeline(gokart.TaskOnKart):\n    def requires(self):\n        return Load()\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / 'there').write_text('kept')
    return tmp_path


def _files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob('*') if not each.name.startswith(('made_', '__pycache__')))


@pytest.mark.parametrize('statement', _WRITES)
def test_a_task_that_writes_is_named(statement: str, folder: Path) -> None:
    [problem] = _resolved(folder, statement, _REQUIRES).problems
    said = _WRITES[statement].replace('{folder}', str(folder))
    assert problem.message == f'Pipeline.requires {said}: a pipeline must resolve without writing'
    assert problem.at is not None
    assert _files(folder) == ['there']
    assert (folder / 'there').read_text() == 'kept'


@pytest.mark.parametrize('method', _FORMS)
def test_wherever_it_writes(method: str, folder: Path) -> None:
    [problem] = _resolved(folder, "open('new', 'w').close()", _FORMS[method] + _ABOVE).problems
    assert problem.message == f'Load.{method} writes new: a pipeline must resolve without writing'
    assert [step.task for step in problem.chain][-1] == 'Load'
    assert _files(folder) == ['there']


@pytest.mark.parametrize('statement', _HARMLESS)
def test_what_writes_nothing_or_is_no_work_of_a_task(statement: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    (folder / 'imported_late.py').write_text("open('cache', 'w').close()\n")
    monkeypatch.syspath_prepend(folder)
    handler = logging.FileHandler(folder / 'late.log', delay=True)
    logging.getLogger('kept').addHandler(handler)
    try:
        assert _resolved(folder, statement, _REQUIRES).problems == ()
    finally:
        logging.getLogger('kept').removeHandler(handler)
        handler.close()
    assert (folder / 'late.log').exists() == ('logging' in statement)


def test_another_thread_writes_as_it_likes(folder: Path) -> None:
    statement = f'thread = threading.Thread(target=helper, args=({str(folder / "new")!r},)); thread.start(); thread.join()'
    assert _resolved(folder, statement, _REQUIRES).problems == ()
    assert threading.active_count() >= 1
    assert _files(folder) == ['new', 'there']


def test_all_is_as_before() -> None:
    def state() -> list[object]:
        return [builtins.open, io.open, os.open, os.mkdir, os.replace, os.unlink, os.symlink]

    before = state()
    with nothing_runs():
        inside = state()
        kept = builtins.open
    assert state() == before
    assert not any(one is other for one, other in zip(inside, before, strict=True))
    with kept(os.devnull, 'w') as file:  # somebody may have taken it along
        assert file.write('a') == 1
