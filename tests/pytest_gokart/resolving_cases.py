"""Small modules of tasks, written to a folder, imported under a name of their own and resolved as an item of pytest does it."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from pytest_gokart.isolation.isolating import isolated, nothing_runs
from pytest_gokart.resolution.resolving import Resolution, resolve
from pytest_gokart.values import Place, Row

HEAD = 'import datetime, enum, random, time\nfrom typing import Any\n\nimport gokart\nimport gokart.config_params\nimport luigi\n\n'
MARK = '# HERE'
_numbers = itertools.count()


class Wrong(NamedTuple):
    """A program, the kind of the one problem that it has (at the line with the mark, if there is one), and words of the message."""

    kind: str
    words: str
    text: str


@contextmanager
def imported(folder: Path, text: str, *, head: str = HEAD, name: str | None = None) -> Iterator[ModuleType]:
    """A module from its text; the classes stay as long as anything knows them."""
    name = name or f'made_{next(_numbers)}'
    path = folder / f'{name}.py'
    path.write_text(head + textwrap.dedent(text).lstrip('\n'), encoding='utf-8')
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        del sys.modules[name]


def resolved(folder: Path, text: str, *, row: Row | None = None, root: str = 'Pipeline', config: str = '') -> Resolution:
    """The pipeline of a module, with a luigi configuration file if there is a text for one."""
    files = []
    if config:
        (folder / 'made.ini').write_text(textwrap.dedent(config).lstrip('\n'), encoding='utf-8')
        files = [str(folder / 'made.ini')]
    with imported(folder, text) as module, isolated(files, str(folder)), nothing_runs() as attempts:
        resolution = resolve(getattr(module, root), row or Row({}), attempts=attempts)
    assert [str(path) for path in folder.rglob('*') if path.is_dir() and path.name != '__pycache__'] == []
    assert not attempts or resolution.problems
    return resolution


def check_wrong(case: Wrong, resolution: Resolution, folder: Path) -> None:
    """One problem, of that kind, with these words, at the marked line, and the chain begins at the pipeline."""
    found = [(problem.kind, problem.message) for problem in resolution.problems]
    assert [kind for kind, _ in found] == [case.kind], found
    problem = resolution.problems[0]
    assert case.words in problem.message
    marked = list(_marked(folder))
    if marked:
        assert problem.at in marked, (problem.at, marked)
    assert problem.at is not None or problem.kind == 'configuration'


def _marked(folder: Path) -> Iterator[Place]:
    for path in folder.iterdir():
        if path.suffix in ('.py', '.ini'):
            for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), start=1):
                if MARK in line:
                    yield Place(str(path), number)
