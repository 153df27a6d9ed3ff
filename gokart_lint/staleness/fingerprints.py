"""A short name for all that a task's result depends on: the same for the same meaning, whatever the revision."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint.project.classes import Class
from gokart_lint.project.sealing import digest
from gokart_lint.staleness.reach import ROOTS, Reach, reach_of
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.targets import External, Target, Task

_LENGTH = 12


def fingerprint(side: Side, task: Class) -> str:
    """The name of a task's code and of the files that it opens, comments and other names left out."""
    reached = reach_of(side, task, (*ROOTS, 'requires'))
    places = {target.key: place for place, target in enumerate(reached.pieces)}
    parts = [repr(sorted(reached.roots)).encode()]
    for target in reached.pieces:
        form = side.form(target, reached.attributes)
        behind = [_named(reference.target, places) for reference in form.references]
        parts.append(repr(([line.shape for line in form.lines], behind)).encode('utf-8', 'backslashreplace'))
    return digest(*parts, *_files(side, reached)).hex()[:_LENGTH]


def _named(target: Target, places: dict[tuple[object, ...], int]) -> object:
    if isinstance(target, External):
        return target.name
    return f'task {target.cls.name}' if isinstance(target, Task) else places[target.key]


def _files(side: Side, reached: Reach) -> Iterator[bytes]:
    """What the files hold that the code opens by a literal path."""
    for text, target in sorted(reached.texts.items(), key=lambda pair: pair[0]):
        path = None if isinstance(target, External) else side.opened(text, target.module.path)
        data = None if path is None else side.revision.data(path)
        if data is not None:
            yield data.replace(b'\r\n', b'\n')
