"""A short name for all that a task's result depends on: the same for the same meaning, whatever the revision."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from gokart_lint.project.classes import Class
from gokart_lint.project.store import digest
from gokart_lint.staleness.comparing import ROOTS, Reach, reach, roots
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.targets import External, Target, Task

_LENGTH = 12


def fingerprint(side: Side, task: Class, root: str) -> str:
    """The name of a task's code and of the files that it opens, comments and other names left out."""
    found = roots(task, (*ROOTS, 'requires'))
    reached = reach(side, [piece for pieces in found.values() for piece in pieces])
    places = {target.key: place for place, target in enumerate(reached.pieces)}
    parts = [repr(sorted(found)).encode()]
    for target in reached.pieces:
        form = side.form(target, reached.attributes)
        behind = [_named(reference.target, places) for reference in form.references]
        parts.append(repr(([line.shape for line in form.lines], behind)).encode('utf-8', 'backslashreplace'))
    return digest(*parts, *_files(side, reached, root)).hex()[:_LENGTH]


def _named(target: Target, places: dict[tuple[object, ...], int]) -> object:
    if isinstance(target, External):
        return target.name
    return f'task {target.cls.name}' if isinstance(target, Task) else places[target.key]


def _files(side: Side, reached: Reach, root: str) -> Iterator[bytes]:
    """What the files hold that the code opens by a literal path, seen from its folder or one above."""
    for text in sorted(reached.texts):
        if '.' not in posixpath.basename(text) or len(text) > 200 or any(char in text for char in '\n\0'):
            continue
        target = reached.texts[text].target
        folder = root if isinstance(target, External) else posixpath.dirname(target.module.path)
        while folder.startswith(root):
            data = side.revision.data(posixpath.normpath(posixpath.join(folder, text)))
            if data is not None:
                yield data.replace(b'\r\n', b'\n')
                break
            folder = posixpath.dirname(folder)
