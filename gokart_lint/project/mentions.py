"""Which files may build or copy a task class, by the names that they say: one look at every file, kept as plain names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts
from gokart_lint.project.sealing import digest
from gokart_lint.walking import dotted, walk

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

_FEW = 20  # questions
_CLASS_NAME = re.compile(rb'[A-Z]\w*')


class Said(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The names that one file says, each list in one text: what it calls or what may be a class, what it hands to the decorators of
    classes, `old=new` for each name that it gives another one, and its own classes outside functions."""

    names: str
    decorating: str
    renamed: str
    defining: str


def files_with(project: Project, name: str) -> tuple[str, ...]:
    """The files whose code holds a name, as a name or in a text, in the order of their paths. No body is decoded."""
    return project.standing(_files_with, name)


def _files_with(project: Project, name: str) -> tuple[str, ...]:
    wanted = name.encode()
    return tuple(path for path, by in project.all_facts() if any(wanted in code for code in _codes(by)))


def said(by: facts.Module) -> Said:
    """The names that a file says. A body holds its names as they are, so none is decoded."""
    renamed = {f'{old}={new}' for old, new in _renamed(by)}
    defining = (each.name for each in by.classes if '<locals>' not in each.qualname)
    return Said(*(' '.join(sorted(set(names))) for names in (_said(by), _decorating(by), renamed, defining)))


class _Words:
    """The files that say a word. A run on one file asks so little that an index would cost more than it saves."""

    def __init__(self, said_by: Iterable[tuple[str, str]]) -> None:
        self._said_by = [(path, f' {words} ') for path, words in said_by]
        self._asked = 0

    def files(self, word: str) -> list[str]:
        self._asked += 1
        if self._asked > _FEW:
            return self._index.get(word, [])
        return [path for path, words in self._said_by if f' {word} ' in words]

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path, words in self._said_by:
            for word in words.split():
                found[word].append(path)
        return dict(found)


class Mentions:
    """The names in the files of a project."""

    def __init__(self, project: Project, said_by: Iterable[tuple[str, Said]]) -> None:
        said_by = list(said_by)
        self._project = project
        self._said_by = said_by
        self._names = _Words((path, by_file.names) for path, by_file in said_by)
        self._defining = _Words((path, by_file.defining) for path, by_file in said_by)
        self._decorated: dict[str, list[str]] = defaultdict(list)
        self._other_names: dict[str, set[str]] = defaultdict(set)
        for path, by_file in said_by:
            for name in by_file.decorating.split():
                self._decorated[name].append(path)
            for pair in by_file.renamed.split():
                old, _, new = pair.partition('=')
                self._other_names[old].add(new)

    def files(self, names: Iterable[str]) -> list[str]:
        """The files that may build tasks of classes with some names, under whatever other name."""
        return sorted(self._answered('saying', names))

    def files_decorating(self, names: Iterable[str]) -> list[str]:
        """The files with a class that is decorated with something that is given a class of one of some names."""
        return sorted(self._answered('decorating', names))

    def files_defining(self, name: str) -> list[str]:
        """The files with a class of a name outside functions."""
        return sorted(self._answered('defining', [name]))

    def ask(self, kind: str, names: Iterable[str]) -> Iterable[str]:
        """The answer to a question that an earlier run wrote down, in no order."""
        return {'saying': self._saying_one_of, 'decorating': self._decorating, 'defining': self._defining_one_of}[kind](names)

    def state(self, kind: str) -> bytes:
        """A short name for all that the questions of a kind are answered from."""
        field = {'saying': 'names', 'decorating': 'decorating', 'defining': 'defining'}[kind]
        text = '\0'.join(f'{path}\1{getattr(said, field)}\1{said.renamed}' for path, said in self._said_by)
        return digest(text.encode('utf-8', 'surrogateescape'))

    def _answered(self, kind: str, names: Iterable[str]) -> Iterable[str]:
        names = tuple(names)
        found = self.ask(kind, names)
        self._project.ledger.asked(kind, names, found)
        return found

    def _saying_one_of(self, names: Iterable[str]) -> set[str]:
        known = self._all_names(names)
        found = {path for name in known for each in {name, name.lstrip('_')} for path in self._names.files(each)}
        other = [name.encode() for name in known if not name.isascii()]
        if other:
            codes = ((path, b'\0'.join(_codes(facts_of))) for path, facts_of in self._project.all_facts())
            found.update(path for path, code in codes if any(name in code for name in other))
        return found

    def _decorating(self, names: Iterable[str]) -> set[str]:
        return {path for name in self._all_names(names) for path in self._decorated.get(name, ())}

    def _defining_one_of(self, names: Iterable[str]) -> list[str]:
        return [path for name in names for path in self._defining.files(name)]

    def _all_names(self, names: Iterable[str]) -> set[str]:
        known = set(names)
        pending = list(known)
        while pending:
            new = self._other_names.get(pending.pop(), set()) - known
            known |= new
            pending += new
        return known


def _said(by: facts.Module) -> Iterator[str]:
    """The names of what is called, and all ASCII names that look like those of classes, without the underscores before them."""
    yield from by.called
    for assignment in (each for found in by.classes for each in found.assignments):
        for value in (assignment.value, assignment.annotation):
            nodes = () if value is None else walk(value)
            yield from (node.name.lstrip('_') for node in nodes if isinstance(node, (facts.Name, facts.Attribute)))
    yield from (name.decode() for name in set(_CLASS_NAME.findall(b'\0'.join(_codes(by)))))


def _codes(by: facts.Module) -> Iterator[bytes]:
    yield by.code
    yield from (each.code for each in by.functions)
    for found in by.classes:
        yield found.code
        yield from (method.code for method in found.methods)


def _decorating(by: facts.Module) -> Iterator[str]:
    for found in by.classes:
        for decorator in found.decorators:
            if isinstance(decorator, facts.Call):
                for argument in decorator.arguments:
                    if (name := dotted(argument.value)) is not None:
                        yield name.rpartition('.')[2]


def _renamed(by: facts.Module) -> Iterator[tuple[str, str]]:
    """Each name with another one that the module gives it."""
    for each in by.imports:
        if each.name is not None and each.name != each.bound:
            yield each.name, each.bound
    for assignment in by.assignments:
        name = None if assignment.value is None else dotted(assignment.value)
        if name is not None:
            for target in assignment.targets:
                if isinstance(target, facts.Name) and target.name != name:
                    yield name.rpartition('.')[2], target.name
