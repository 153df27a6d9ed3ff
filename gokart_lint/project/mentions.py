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

_CLASS_NAME = re.compile(r'_*[^\W\d_a-z]\w*')


class Mentions:
    """The names in the files of a project. A body holds its names as they are, so none is decoded."""

    def __init__(self, project: Project) -> None:
        self._files: dict[str, list[str]] = defaultdict(list)
        self._decorated: dict[str, list[str]] = defaultdict(list)
        self._other_names: dict[str, set[str]] = defaultdict(set)
        for module in project.all_modules():
            for name in set(_said(module.facts)):
                self._files[intern(name)].append(module.path)
            for name in set(_decorating(module.facts)):
                self._decorated[name].append(module.path)
            for old, new in _renamed(module.facts):
                self._other_names[old].add(new)

    def files(self, names: Iterable[str]) -> list[str]:
        """The files that may build tasks of classes with some names, under whatever other name."""
        return self._of(self._files, names)

    def files_decorating(self, names: Iterable[str]) -> list[str]:
        """The files with a class that is decorated with something that is given a class of one of some names."""
        return self._of(self._decorated, names)

    def _of(self, found: dict[str, list[str]], names: Iterable[str]) -> list[str]:
        known = set(names)
        pending = list(known)
        while pending:
            new = self._other_names.get(pending.pop(), set()) - known
            known |= new
            pending += new
        return sorted({path for name in known for path in found.get(name, ())})


def _said(said: facts.Module) -> Iterator[str]:
    yield from said.called
    codes = [said.code, *(each.code for each in said.functions)]
    for found in said.classes:
        codes += [found.code, *(method.code for method in found.methods)]
    for code in codes:
        yield from _CLASS_NAME.findall(code.decode('utf-8', 'replace'))


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
