"""Whether the files beside the Python ones, which an earlier answer rested on, still say the same."""

from __future__ import annotations

import os
from collections.abc import Iterable

from gokart_lint.project.sealing import digest


def stamp(paths: Iterable[str]) -> bytes:
    """A short name for what some files hold now. A file that is not there, or cannot be read, counts as well: it may come."""
    return digest(*(b'-' if (data := contents(path)) is None else b'+' + data for path in paths))


def contents(path: str) -> bytes | None:
    """The bytes of a regular file, None where there is none to read. A pipe or device is never opened: it could wait for ever."""
    try:
        if not os.path.isfile(path):
            return None
        with open(path, 'rb') as file:
            return file.read()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
