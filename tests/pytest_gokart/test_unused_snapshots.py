"""Snapshots that no test uses any more: told when all tests of the file ran, removed with `--gokart-update`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pytest_gokart.sessions import run

_TASKS = 'import gokart\n\n\nclass Load(gokart.TaskOnKart):\n    pass\n'
_TESTS = """\
from tasks import Load


def test_one(gokart_snapshot):
    gokart_snapshot(Load())


def test_two(gokart_snapshot):
    gokart_snapshot(Load())
    gokart_snapshot(Load(), name='again')


def test_plain():
    pass
"""
_GONE = ['test_two-again.txt', 'test_two.txt']


@pytest.fixture(scope='module')
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three snapshots."""
    folder = tmp_path_factory.mktemp('written') / 'project'
    folder.mkdir()
    (folder / 'tasks.py').write_text(_TASKS)
    (folder / 'pytest.ini').write_text('[pytest]\npythonpath = .\n')
    (folder / 'test_a.py').write_text(_TESTS)
    first = run(folder, '--gokart-update', '-p', 'no:cacheprovider')
    assert (first.status, 'gokart snapshots' in first.output) == (0, False), first.output
    assert len(_kept(folder)) == 3
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """The same project, whose second test has lost its snapshots: one is compared, two files are left over."""
    folder = tmp_path / 'project'
    shutil.copytree(written, folder, ignore=shutil.ignore_patterns('__pycache__'))
    (folder / 'test_a.py').write_text(
        'from tasks import Load\n\n\ndef test_one(gokart_snapshot):\n    gokart_snapshot(Load())\n\n\ndef test_plain():\n    pass\n'
    )
    return folder


def _kept(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.glob('__gokart_snapshots__/test_a/*'))


@pytest.mark.parametrize('arguments', [(), ('test_a.py',), ('-n', '2')])
def test_all_tests_of_the_file_ran(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(folder, '-p', 'no:cacheprovider', *arguments)
    assert done.status == 0
    for name in _GONE:
        assert f'__gokart_snapshots__/test_a/{name}: no test compares with it' in done.output
    assert 'test_one.txt' not in done.output
    assert '`pytest --gokart-update` removes what is no longer used' in done.output
    assert len(_kept(folder)) == 3


@pytest.mark.parametrize(
    'arguments', [('-k', 'one'), ('test_a.py::test_one', 'test_a.py::test_plain'), ('--deselect', 'test_a.py::test_plain')]
)
def test_only_some_tests_ran(folder: Path, arguments: tuple[str, ...]) -> None:
    for update in ((), ('--gokart-update',)):
        done = run(folder, '-p', 'no:cacheprovider', *arguments, *update)
        assert (done.status, 'gokart snapshots' in done.output) == (0, False), done.output
    assert len(_kept(folder)) == 3


@pytest.mark.parametrize('body', ['assert False', "import pytest; pytest.skip('not here')"])
def test_a_test_that_did_not_come_to_its_end_may_need_them(folder: Path, body: str) -> None:
    text = (folder / 'test_a.py').read_text()
    (folder / 'test_a.py').write_text(text.replace('    pass', f'    {body}'))
    assert 'gokart snapshots' not in run(folder, '-p', 'no:cacheprovider', '--gokart-update').output
    assert len(_kept(folder)) == 3


@pytest.mark.parametrize('arguments', [(), ('-n', '2')])
def test_an_update_removes_them(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(folder, '-p', 'no:cacheprovider', '--gokart-update', *arguments)
    assert '__gokart_snapshots__/test_a/test_two.txt: removed' in done.output
    assert _kept(folder) == ['test_one.txt']
    assert 'gokart snapshots' not in run(folder, '-p', 'no:cacheprovider').output


def test_the_last_one_takes_its_folder_along(folder: Path) -> None:
    (folder / 'test_a.py').write_text('def test_plain():\n    pass\n')
    run(folder, '-p', 'no:cacheprovider', '--gokart-update')
    assert not (folder / '__gokart_snapshots__').exists()
