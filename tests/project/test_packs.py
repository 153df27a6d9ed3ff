"""The facts of many files in one file of the cache: each comes back alone, and damage costs no more than what it hits."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from gokart_lint import facts
from gokart_lint.project.sealing import DIGEST, digest
from gokart_lint.project.store import Store
from gokart_lint.reading.module import read

MANY = 40
WEEKS_AGO = time.time() - 30 * 24 * 3600


def content(number: int) -> bytes:
    return digest(b'file', bytes([number]))


def module(number: int) -> facts.Module:
    made = read(f'import gokart\n\n\nclass A{number}(gokart.TaskOnKart):\n    x = {"1" * (3 * number + 1)}\n'.encode())
    assert isinstance(made, facts.Module)
    return made


def filled(folder: Path, numbers: range = range(MANY)) -> Store:
    store = Store(folder)
    assert store.save_facts({content(each): facts.encode(module(each)) for each in numbers}) == {content(each) for each in numbers}
    return store


def pack(folder: Path) -> Path:
    (found,) = folder.glob('*/facts/*')
    return found


def there(store: Store) -> list[int]:
    return [each for each in range(MANY) if store.facts(content(each)) == module(each)]


def test_many_stand_in_one_file_and_come_back_one_by_one(tmp_path: Path) -> None:
    store = filled(tmp_path)
    assert there(store) == there(Store(tmp_path)) == list(range(MANY))
    assert pack(tmp_path).name.endswith('.pack')
    assert Store(tmp_path).has_facts(content(3))
    assert not Store(tmp_path).has_facts(content(MANY))
    assert Store(tmp_path).facts(content(MANY)) is None


def test_few_have_files_of_their_own_beside_it(tmp_path: Path) -> None:
    filled(tmp_path, range(20))
    store = filled(tmp_path, range(20, 23))
    assert there(store) == there(Store(tmp_path)) == list(range(23))
    assert len(list(tmp_path.glob('*/facts/*'))) == 4


@pytest.mark.parametrize('data', [b'', b'x', bytes(24), bytes(4000), b'\xff' * 4000, random.Random(1).randbytes(3000)])
def test_what_is_no_pack_holds_nothing(tmp_path: Path, data: bytes) -> None:
    filled(tmp_path)
    pack(tmp_path).write_bytes(data)
    store = Store(tmp_path)
    assert there(store) == []
    assert not store.has_facts(content(3))
    assert there(filled(tmp_path)) == list(range(MANY))


def test_an_index_of_something_else_is_none(tmp_path: Path) -> None:
    filled(tmp_path)
    index = b'\x93\x01\x02\x03'
    pack(tmp_path).write_bytes(digest(index) + len(index).to_bytes(8, 'little') + index)
    assert there(Store(tmp_path)) == []


@pytest.mark.parametrize(('at', 'lost'), [(-1, [MANY - 1]), (DIGEST + 100, list(range(MANY))), (0, list(range(MANY)))])
def test_a_flipped_bit_costs_what_it_hits(tmp_path: Path, at: int, lost: list[int]) -> None:
    filled(tmp_path)
    data = bytearray(pack(tmp_path).read_bytes())
    data[at] ^= 1
    pack(tmp_path).write_bytes(data)
    assert there(Store(tmp_path)) == [each for each in range(MANY) if each not in lost]


def test_a_pack_that_is_cut_keeps_its_front(tmp_path: Path) -> None:
    filled(tmp_path)
    data = pack(tmp_path).read_bytes()
    pack(tmp_path).write_bytes(data[: len(data) // 2])
    kept = there(Store(tmp_path))
    assert kept == list(range(len(kept)))
    assert 0 < len(kept) < MANY


@pytest.mark.parametrize('form', ['gone', 'a folder'])
def test_a_pack_that_goes_while_a_run_needs_it(tmp_path: Path, form: str) -> None:
    store = filled(tmp_path)
    path = pack(tmp_path)
    path.unlink()
    if form == 'a folder':
        path.mkdir()
    assert there(store) == there(Store(tmp_path)) == []


@pytest.mark.parametrize('used', [[7], []])
def test_one_use_keeps_a_pack_and_none_removes_it(tmp_path: Path, used: list[int]) -> None:
    store = filled(tmp_path)
    os.utime(pack(tmp_path), (WEEKS_AGO, WEEKS_AGO))
    store.keep([content(each) for each in used])
    store.tidy()
    assert len(list(tmp_path.glob('*/facts/*'))) == len(used)


def test_nowhere_to_write_to(tmp_path: Path) -> None:
    (tmp_path / 'file').touch()
    for folder in (None, tmp_path / 'file'):
        store = Store(folder)
        assert store.save_facts({content(each): b'' for each in range(MANY)}) == set()
        assert not store.has_facts(content(3))
        assert store.facts(content(3)) is None
