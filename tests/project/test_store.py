"""The cache: what is kept comes back, what is broken is as if it were not there, and nothing about it is ever an error."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from gokart_lint import facts
from gokart_lint.facts import Span, Unreadable
from gokart_lint.project.sealing import digest
from gokart_lint.project.store import Entry, Index, Store
from gokart_lint.reading.module import read

CONTENT = digest(b'some file')
ENTRY = Entry(1, 2, CONTENT, True, False, (('a', None, 0), ('b', '*', 2)), ('A',), Unreadable(Span(1, 2, 3, 4), 'why'), (0, 3))
WEEKS_AGO = time.time() - 30 * 24 * 3600


def module() -> facts.Module:
    made = read(b'import gokart\n\n\nclass A(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n')
    assert isinstance(made, facts.Module)
    return made


def filled(folder: Path) -> Store:
    store = Store(folder)
    store.save_index(Index(b'names', {'/a.py': ENTRY}))
    assert store.save_facts({CONTENT: facts.encode(module())}) == {CONTENT}
    store.save_result(CONTENT, b'a result')
    return store


def content(store: Store) -> tuple[object, ...]:
    return store.index(), store.facts(CONTENT), store.result(CONTENT)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob('*') if path.is_file() and path.name != '.gitignore')


def age(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (WEEKS_AGO, WEEKS_AGO))


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    filled(tmp_path)
    store = Store(tmp_path)
    assert content(store) == (Index(b'names', {'/a.py': ENTRY}), module(), b'a result')
    assert store.has_facts(CONTENT)
    assert not store.has_facts(digest(b'another'))
    assert (tmp_path / '.gitignore').read_text() == '# made by gokart-lint\n*\n'


def test_nothing_is_kept_without_a_folder() -> None:
    store = Store(None)
    store.save_index(Index(b'', {}))
    assert not store.save_facts({CONTENT: b''})
    store.save_result(CONTENT, b'')
    store.keep([CONTENT])
    store.tidy()
    assert content(store) == (None, None, None)
    assert not store.has_facts(CONTENT)


@pytest.mark.parametrize(
    'damage', [b'', b'x', bytes(16), bytes(4000), random.Random(1).randbytes(300), None, 'cut', 'longer', 'flipped', 'another', 'folder']
)
def test_what_is_broken_is_not_there(damage: bytes | str | None, tmp_path: Path) -> None:
    filled(tmp_path)
    for path in files(tmp_path):
        data = path.read_bytes()
        path.unlink()
        if damage == 'folder':
            path.mkdir()
        elif damage == 'another':  # whole, but the bytes of something else
            path.write_bytes(digest(b'\x93\x01\x02\x03') + b'\x93\x01\x02\x03')
        elif damage is not None:
            broken = {'cut': data[:-1], 'longer': data + b'\0', 'flipped': data[:20] + bytes([data[20] ^ 1]) + data[21:]}
            path.write_bytes(broken[damage] if isinstance(damage, str) else damage)
    assert content(Store(tmp_path))[:2] == (None, None)
    store = filled(tmp_path) if damage != 'folder' else Store(tmp_path)
    assert damage == 'folder' or content(store) == (Index(b'names', {'/a.py': ENTRY}), module(), b'a result')


@pytest.mark.parametrize('form', ['file', 'below a file', 'link to nowhere', 'facts is a file'])
def test_a_folder_that_cannot_be_written(form: str, tmp_path: Path) -> None:
    folder = tmp_path / 'cache'
    if form == 'link to nowhere':
        folder.symlink_to(tmp_path / 'nowhere' / 'deep')
    elif form == 'facts is a file':
        filled(folder)
        inner = next(folder.glob('*/facts'))
        for path in inner.iterdir():
            path.unlink()
        inner.rmdir()
        inner.touch()
    else:
        folder.touch()
    store = Store(folder / 'deeper' if form == 'below a file' else folder)
    store.save_index(Index(b'', {}))
    assert not store.save_facts({CONTENT: facts.encode(module())}) or form == 'link to nowhere'
    store.save_result(CONTENT, b'')
    store.keep([CONTENT])
    store.tidy()
    assert not store.has_facts(CONTENT) or form == 'link to nowhere'


def test_tidy_removes_what_no_run_needed_for_a_week(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.save_facts({digest(b'old'): b''})
    home = next(tmp_path.glob('*/index')).parent
    (other := tmp_path / '0123456789ab').mkdir()
    (left := home / 'index.7-0.tmp').touch()
    (home / 'facts' / 'strange').mkdir()  # nobody knows how it came there
    age(*files(tmp_path), other, left, home / 'facts' / 'strange', home / 'index')
    store.keep([CONTENT])
    store.tidy()
    assert [path.relative_to(home).as_posix() for path in files(tmp_path)] == [f'facts/{CONTENT.hex()}', 'index', 'tidied']
    assert not other.exists()
    store.save_facts({digest(b'later'): b''})
    age(home / 'facts' / digest(b'later').hex())
    store.tidy()  # once a day is enough
    assert (home / 'facts' / digest(b'later').hex()).exists()


def test_tidy_removes_what_killed_runs_left_an_hour_ago(tmp_path: Path) -> None:
    store = filled(tmp_path)
    home = next(tmp_path.glob('*/index')).parent
    old, new = ([home / name for name in (f'facts/x.{number}.tmp', f'index.{number}.tmp', f'results/x.{number}.tmp')] for number in (1, 2))
    for path in (*old, *new):
        path.touch()
    for path in old:
        os.utime(path, (time.time() - 2 * 3600,) * 2)
    store.tidy()
    assert [path for path in files(tmp_path) if path.suffix == '.tmp'] == new


@pytest.mark.parametrize('half', [None, '', '# ma'])
def test_a_run_that_is_killed_at_first_hides_the_cache_from_git_all_the_same(tmp_path: Path, half: str | None) -> None:
    if half is not None:
        (tmp_path / '.gitignore').write_text(half)
    Store(tmp_path).save_index(Index(b'', {}))
    assert (tmp_path / '.gitignore').read_text() == '# made by gokart-lint\n*\n'


def test_a_digest_tells_parts_apart() -> None:
    assert len({digest(b'ab', b'c'), digest(b'a', b'bc'), digest(b'abc'), digest(b'abc', b''), digest(), digest(b'')}) == 6
