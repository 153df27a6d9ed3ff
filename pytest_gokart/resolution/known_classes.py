"""Whether a name is that of a class of the project, imported or not.

A configuration file serves all pipelines of a project, and one item imports the modules of one. So before a section is said to name
nothing, the text of the project is looked through for a class of that name. That is only done for a name that is near another one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from pytest_gokart.resolution.places import is_projects_own

_SKIPPED = {'build', 'dist', 'node_modules', 'venv', '__pycache__', 'site-packages'}


def is_known(family: str, classes: Iterable[Any]) -> bool:
    """Whether a task or configuration class has a family, or a class of that name is written anywhere in the projects of `classes`."""
    if any(cls.get_task_family() == family for cls in imported()):
        return True
    words = f'class {family.rpartition(".")[2]}'.encode()
    return any(_has(path, words) for root in sorted(_roots(classes)) for path in _files(root))


def imported() -> Iterator[Any]:
    """All task classes that there are; luigi's register is emptied by gokart.build."""
    import luigi

    stack: list[Any] = [luigi.Task]
    seen: set[Any] = set()
    while stack:
        cls = stack.pop()
        if cls not in seen:
            seen.add(cls)
            stack += cls.__subclasses__()
            yield cls


def beside(cls: Any) -> Iterator[Any]:
    """The task classes that the module of a class knows: below a task that could not be built, those are the ones that may stand."""
    import luigi

    for value in list(vars(sys.modules.get(cls.__module__)).values()) if cls.__module__ in sys.modules else ():
        if isinstance(value, type) and issubclass(value, luigi.Task) and is_projects_own(_file_of(value)):
            yield value


def _file_of(cls: type) -> str:
    return getattr(sys.modules.get(cls.__module__), '__file__', None) or '<unknown>'


def _roots(classes: Iterable[Any]) -> set[str]:
    """The folders that the modules of classes are imported from."""
    roots = set()
    for cls in classes:
        path = _file_of(cls)
        if is_projects_own(path):
            folder = os.path.dirname(os.path.abspath(path))
            parts = cls.__module__.split('.')[:-1]
            while parts and os.path.basename(folder) == parts[-1]:
                folder = os.path.dirname(folder)
                parts.pop()
            roots.add(folder)
    return roots


def _files(root: str) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _SKIPPED and not name.startswith('.')]
        yield from (os.path.join(folder, name) for name in files if name.endswith('.py'))


def _has(path: str, words: bytes) -> bool:
    try:
        with open(path, 'rb') as file:
            text = file.read()
    except OSError:
        return False
    start = text.find(words)
    while start >= 0:
        if text[start + len(words) : start + len(words) + 1] in (b'(', b':', b'[', b' '):
            return True
        start = text.find(words, start + 1)
    return False
