"""Which files may build or copy a task class, by the names that they say: one look at every file, kept as plain names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from sys import intern
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.walking import dotted

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

_CLASS_NAME = re.compile(rb'[A-Z]\w*')


class Mentions:
    """The names in the files of a project. A body holds its names as they are, so none is decoded."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._files: dict[str, list[str]] = defaultdict(list)
        self._decorated: dict[str, list[str]] = defaultdict(list)
        self._other_names: dict[str, set[str]] = defaultdict(set)
        for path, said in project.all_facts():
            for name in set(_said(said)):
                self._files[intern(name)].append(path)
            for name in set(_decorating(said)):
                self._decorated[name].append(path)
            for old, new in _renamed(said):
                self._other_names[old].add(new)

    def files(self, names: Iterable[str]) -> list[str]:
        """The files that may build tasks of classes with some names, under whatever other name."""
        known = self._all_names(names)
        said = {path for name in known for path in (*self._files.get(name, ()), *self._files.get(name.lstrip('_'), ()))}
        other = [name.encode() for name in known if not name.isascii()]
        if other:
            codes = ((path, b'\0'.join(_codes(facts_of))) for path, facts_of in self._project.all_facts())
            said.update(path for path, code in codes if any(name in code for name in other))
        return sorted(said)

    def files_decorating(self, names: Iterable[str]) -> list[str]:
        """The files with a class that is decorated with something that is given a class of one of some names."""
        return sorted({path for name in self._all_names(names) for path in self._decorated.get(name, ())})

    def _all_names(self, names: Iterable[str]) -> set[str]:
        known = set(names)
        pending = list(known)
        while pending:
            new = self._other_names.get(pending.pop(), set()) - known
            known |= new
            pending += new
        return known


def _said(said: facts.Module) -> Iterator[str]:
    """The names of what is called, and all ASCII names that look like those of classes, without the underscores before them."""
    yield from said.called
    yield from (name.decode() for name in set(_CLASS_NAME.findall(b'\0'.join(_codes(said)))))


def _codes(said: facts.Module) -> Iterator[bytes]:
    yield said.code
    yield from (each.code for each in said.functions)
    for found in said.classes:
        yield found.code
        yield from (method.code for method in found.methods)


def _decorating(said: facts.Module) -> Iterator[str]:
    for found in said.classes:
        for decorator in found.decorators:
            if isinstance(decorator, facts.Call):
                for argument in decorator.arguments:
                    if (name := dotted(argument.value)) is not None:
                        yield name.rpartition('.')[2]


def _renamed(said: facts.Module) -> Iterator[tuple[str, str]]:
    """Each name with another one that the module gives it."""
    for each in said.imports:
        if each.name is not None and each.name != each.bound:
            yield each.name, each.bound
    for assignment in said.assignments:
        name = None if assignment.value is None else dotted(assignment.value)
        if name is not None:
            for target in assignment.targets:
                if isinstance(target, facts.Name) and target.name != name:
                    yield name.rpartition('.')[2], target.name
