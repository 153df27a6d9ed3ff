"""Which files pytest visits beside those that it was told of: with `testpaths = tests` it never comes to the pipelines."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_gokart.session import Session


def unvisited(known: Session, session: pytest.Session) -> list[str]:
    """The files with pipelines that the arguments do not cover, below the folder that pytest was called in (with `--gokart` all).

    What `--ignore`, `norecursedirs` and `collect_ignore` leave out stays out: pytest would visit a file that is named all the same.
    """
    config = session.config
    called_in = config.invocation_params.dir
    covered = [called_in / arg.partition('::')[0] for arg in config.args]
    found = []
    for each in known.contents:
        path = Path(each)
        is_wanted = known.asked or path.is_relative_to(called_in)
        if not is_wanted or any(path.is_relative_to(one) for one in covered):
            continue
        if not any(_is_ignored(one, session) for one in _with_parents(path, config.rootpath)):
            found += _argument(path, called_in)
    return found


def _argument(path: Path, called_in: Path) -> list[str]:
    """As pytest takes it, which cuts an argument at `[` and `::`: those of the folders above do not matter to a relative path."""
    with suppress(ValueError):  # on another drive
        path = Path(os.path.relpath(path, called_in))
    return [] if '[' in str(path) or '::' in str(path) else [str(path)]


def _with_parents(path: Path, root: Path) -> list[Path]:
    return [*(parent for parent in path.parents if parent != root and parent.is_relative_to(root)), path]


def _is_ignored(path: Path, session: pytest.Session) -> bool:
    hook = session.gethookproxy(path.parent)
    return bool(hook.pytest_ignore_collect(collection_path=path, config=session.config))
