"""The luigi configuration of a project without the rest of its model: reads no more than the files that bring configuration in.

For who asks nothing else and cannot wait for the facts of all files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gokart_lint import facts
from gokart_lint.project.configuration import naming
from gokart_lint.project.configuration.calls import IMPLICIT
from gokart_lint.project.configuration.lookup import Configuration, configuration_of
from gokart_lint.project.derivations import Derivations
from gokart_lint.project.names import Modules
from gokart_lint.project.project import Project


def configuration_alone(paths: Iterable[str], root: str, roots: Sequence[str], luigi_config: Sequence[str]) -> Configuration:
    """The same as `Project.configuration` of a project with these files; `roots` are those of Modules."""
    paths = tuple(paths)
    project = Project(Modules(paths, roots), _facts, paths, Derivations({}), configuring=list(_configuring(paths, root)))
    return configuration_of(project, root, luigi_config)


def _configuring(paths: Iterable[str], root: str) -> Iterator[str]:
    """The files that `naming.may_configure` means, without those that could only start a run where luigi finds nothing by itself."""
    own_files: dict[str, bool] = {}
    brings, sets = [], []
    for path in paths:
        data = _bytes(path)
        if naming.may_bring(data) or (_has_own_files(os.path.dirname(path), root, own_files) and naming.may_configure(data)):
            brings.append(path)
        elif naming.may_set(data):
            sets.append(path)
    yield from brings
    if brings:  # else nobody has the parser object
        yield from sets


def _has_own_files(folder: str, root: str, known: dict[str, bool]) -> bool:
    """Whether luigi finds configuration by itself in a folder below the root, or in one on the way to it; that of the root is known."""
    if not folder.startswith(f'{root}/'):
        return False
    if folder not in known:
        here = any(os.path.exists(f'{folder}/{name}') for name in IMPLICIT)
        known[folder] = here or _has_own_files(os.path.dirname(folder), root, known)
    return known[folder]


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b''


def _facts(path: str) -> facts.Module | None:
    from gokart_lint.reading.module import read  # most projects name no file

    found = read(_bytes(path))
    return found if isinstance(found, facts.Module) else None
