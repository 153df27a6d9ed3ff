"""Reports that go to files: which form each has, and that none is ever half-written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from gokart_lint import atomic
from gokart_lint.reports import FORMATS, Outcome, render

ENDINGS: Mapping[str, str] = {
    '.sarif': 'sarif',
    '.sarif.json': 'sarif',
    '.jsonl': 'jsonl',
    '.json': 'json',
    '.xml': 'junit',
    '.md': 'markdown',
}
_PREFIXED = re.compile(r'([\w.+-]{2,}):(.*)', re.DOTALL)
"""A single letter is a drive of Windows, and a slash makes a path of what stands before the colon."""


class Destination(msgspec.Struct, frozen=True):
    """A file, and the form of the report that it gets."""

    format: str
    path: Path


def destinations(texts: Sequence[str]) -> tuple[Destination, ...]:
    """What `PATH` or `FORMAT:PATH` means, for each. Raises ValueError for the first that means nothing or cannot be written."""
    found: dict[str, Destination] = {}
    for text in texts:
        destination = _destination(text)
        whole = os.path.realpath(destination.path)
        if whole in found:
            raise ValueError(f'{destination.path} is named twice: each report needs a file of its own.')
        if not os.path.isdir(os.path.dirname(whole)):
            raise ValueError(f'{destination.path}: there is no folder {destination.path.parent}; make it first.')
        found[whole] = destination
    return tuple(found.values())


def write(wanted: Sequence[Destination], outcome: Outcome) -> tuple[str, ...]:
    """Write each report, one without findings too. What could not be written is told, and keeps no other from being written."""
    return tuple(_failures(wanted, msgspec.structs.replace(outcome, colour=False)))


def _failures(wanted: Sequence[Destination], outcome: Outcome) -> Iterator[str]:
    for destination in wanted:
        text = render(destination.format, outcome)
        try:
            atomic.write(destination.path, (f'{text}\n' if text else '').encode('utf-8', 'backslashreplace'))
        except OSError as error:
            yield f'{destination.path}: the report could not be written: {error.strerror or error}'


def _destination(text: str) -> Destination:
    prefixed = _PREFIXED.fullmatch(text)
    if prefixed:
        name, path = prefixed.groups()
        if name not in FORMATS:
            raise ValueError(f'{text}: there is no format {name!r} ({", ".join(FORMATS)}); a path with a colon begins with "./".')
        return Destination(name, _file(path, text))
    for ending, name in ENDINGS.items():
        if text.lower().endswith(ending):
            return Destination(name, _file(text, text))
    endings = ', '.join(f'{ending} ({name})' for ending, name in ENDINGS.items() if ending.count('.') == 1)
    raise ValueError(
        f'{text}: its name does not tell the format. End it in {endings}, '
        f'or write FORMAT:PATH, such as "gitlab:{text}"; the formats are {", ".join(FORMATS)}.'
    )


def _file(path: str, text: str) -> Path:
    if path in ('', '-'):
        raise ValueError(f'{text} names no file; what is printed follows --output-format.')
    if os.path.isdir(path):
        raise ValueError(f'{path}: it is a folder; name a file in it.')
    return Path(path)
