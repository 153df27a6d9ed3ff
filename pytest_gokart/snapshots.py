"""`gokart_snapshot`: the tree of a pipeline with its unique ids in a file, so that a review sees which tasks a change makes run again."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = '__gokart_snapshots__'
_HEAD = '# Tasks and unique ids: a key that changes here is a task that runs again. Written by `pytest --gokart-update`.\n'
_LINE = re.compile(r'(?P<indent> *)(?:(?P<key>.+?): )?(?P<name>\S+) (?P<id>[0-9A-Za-z_]+)(?: (?P<rest>.*))?$')


class SnapshotMismatch(AssertionError):
    """The tree is no longer what the file says, or there is no file yet."""


@dataclass(frozen=True)
class _Node:
    """A line of a snapshot; `path` is how the tree leads there: `model/wine`."""

    path: str
    name: str
    id: str
    rest: str


def file_for(test_file: Path, test: str, label: str) -> Path:
    """`tests/__gokart_snapshots__/test_wine/test_tree.txt`; what no file name may hold is replaced, a few letters tell those apart."""
    name = f'{test}-{label}' if label else test
    safe = re.sub(r'[^\w.\-]+', '_', name)
    if safe != name or len(safe) > 120:
        safe = f'{safe[:110].strip("_")}-{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:6]}'
    return test_file.parent / FOLDER / test_file.stem / f'{safe}.txt'


def compare(text: str, file: Path, *, update: bool) -> None:
    """Raises SnapshotMismatch unless the file says the same; with `update` the file is written instead."""
    __tracebackhide__ = True
    saved = _read(file)
    if saved == text:
        return
    if update:
        from gokart_lint import atomic

        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, (_HEAD + text).encode())
        return
    shown = os.path.relpath(file)
    if saved is None:
        raise SnapshotMismatch(f'there is no {shown} yet: `pytest --gokart-update` writes it\n\n{text}')
    raise SnapshotMismatch('\n'.join(_told(saved, text, shown)))


def _read(file: Path) -> str | None:
    try:
        lines = file.read_text(encoding='utf-8').splitlines(keepends=True)
    except FileNotFoundError:
        return None
    return ''.join(line for line in lines if not line.startswith('#'))


def _told(saved: str, text: str, shown: str) -> Iterator[str]:
    before, now = list(_nodes(saved)), list(_nodes(text))
    known, left = {node.id for node in before}, {node.id for node in now}
    there = {node.path: node for node in before}
    again = [node for node in now if node.id not in known]
    moved = [node for node in again if node.path in there and there[node.path].name == node.name]
    yield f'{now[0].name if now else "the tree"} is no longer what {shown} says'
    if moved:
        yield f'{_count(len({node.id for node in moved}), "key")} moved, so these tasks run again: {_names(moved)}'
    for node in moved:
        if not any(other.path.startswith(f'{node.path}/') for other in again) and node.rest != there[node.path].rest:
            yield f'  it begins at {node.name}: {_changes(there[node.path].rest, node.rest)}'
    if new := [node for node in again if node not in moved]:
        yield f'new, so these tasks run: {_names(new)}'
    if gone := [node for node in before if node.id not in left and node.path not in {one.path for one in moved}]:
        yield f'no longer required: {_names(gone)}'
    if kept := [node for node in now if node.id in known]:
        yield f'as before: {_names(kept)}'
    yield ''
    yield from difflib.unified_diff(saved.splitlines(), text.splitlines(), 'saved', 'now', lineterm='', n=2)
    yield ''
    yield 'if that is meant: pytest --gokart-update'


def _nodes(text: str) -> Iterator[_Node]:
    above: list[str] = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:  # a file that somebody edited; the diff shows it
            continue
        level = len(match['indent']) // 2
        above[level:] = [match['key'] or match['name']]
        yield _Node('/'.join(above), match['name'], match['id'], match['rest'] or '')


def _changes(before: str, now: str) -> str:
    old, new = before.split(' '), now.split(' ')
    was, became = ([part for part in one if part not in other] for one, other in ((old, new), (new, old)))
    return f'{" ".join(was) or "nothing"} became {" ".join(became) or "nothing"}'


def _names(nodes: list[_Node]) -> str:
    return ', '.join(dict.fromkeys(node.name for node in nodes))


def _count(number: int, word: str) -> str:
    return f'{number} {word}' if number == 1 else f'{number} {word}s'
