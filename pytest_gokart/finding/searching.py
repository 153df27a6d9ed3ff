"""Whether a project says gokart at all: a session of one that does not pays for a look at the bytes of its files, and for nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

_SKIPPED = frozenset({'__pycache__', '__pypackages__', 'buck-out', 'build', 'dist', 'node_modules', 'site-packages', 'venv'})
"""Folders that hold other people's code or build results; the search for pipelines itself leaves out more (gokart_lint)."""

_WORD = b'gokart'


def names_gokart(root: str, is_skipped: Callable[[str], bool] = lambda folder: False) -> bool:
    """Whether a Python file below a folder has the word gokart in it, be it in an import, a text or a comment.

    A class that derives from a base of the project's own need not say it, but that base does. `is_skipped` is asked of the name of
    each folder.
    """
    return any(_says(path) for path in _python_files(root, is_skipped))


def _python_files(root: str, is_skipped: Callable[[str], bool]) -> Iterator[str]:
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        folders: list[str] = []
        for entry in entries:
            name = entry.name
            if name.endswith('.py'):
                if entry.is_file():  # a pipe would be read for ever
                    yield entry.path
            elif name == 'pyvenv.cfg':  # other people's code, whatever the folder is called
                folders.clear()
                break
            elif name[0] != '.' and name not in _SKIPPED and entry.is_dir(follow_symlinks=False) and not is_skipped(name):
                folders.append(entry.path)
        pending += folders


def _says(path: str) -> bool:
    try:
        with open(path, 'rb', buffering=0) as file:
            return _WORD in file.read()
    except OSError:
        return False
