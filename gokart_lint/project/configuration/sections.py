"""What the sections and keys of luigi's configuration files name: tasks of the project and their parameters, or nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.calls import calls
from gokart_lint.project.classes import Class
from gokart_lint.project.configuration.lookup import GOKART_SECTION
from gokart_lint.project.families import family
from gokart_lint.project.nearness import misspelt, nearest
from gokart_lint.project.remembering import remembered
from gokart_lint.project.stamps import contents
from gokart_lint.project.symbols import Library, is_library

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

_NAMED_BY = frozenset({'get_task_family', 'task_family', 'get_task_namespace', '__name__'})
_PLAIN = frozenset({
    vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK, vocabulary.CONFIG, 'luigi.WrapperTask', 'luigi.ExternalTask', *vocabulary.INERT_BASES,
})  # fmt: skip
"""Ancestors outside the project all of whose parameters are known."""


@remembered
def sections(project: Project) -> Sections:
    """What the sections of a project's configuration files name."""
    return Sections(project)


def is_luigis_own(section: str) -> bool:
    """Whether a section is one that luigi, or Python's logging, reads for itself."""
    return section in vocabulary.LUIGI_SECTIONS or section.startswith(vocabulary.LUIGI_SECTION_STARTS)


class Sections:
    """All classes of the project by name. One look at every file, and only in a project that has a configuration file."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._files: dict[str, list[str]] = defaultdict(list)
        self._imported: set[str] = set()
        self._makes_families = False
        for path, said in project.all_facts():
            self._imported.update(found.name for found in said.imports if found.name is not None)
            for each in said.classes:
                if path not in self._files[each.name]:
                    self._files[each.name].append(path)
                members = (*(method.name for method in each.methods), *_assigned(each))
                self._makes_families = self._makes_families or not _NAMED_BY.isdisjoint(members)

    def named_by(self, section: str) -> list[Class] | None:
        """The tasks and luigi.Config classes that a section names: none, some, or None if it may name one that is not seen."""
        candidates = self._classes(section.rpartition('.')[2])
        families = {each: family(each) for each in candidates}
        found = [each for each, name in families.items() if name == section]
        if found:
            return found
        if any(name is None for name in families.values()) or any(_may_be_task(each) is None for each in candidates):
            return None
        return None if self._may_stand_elsewhere(section, bool(candidates)) else []

    def _classes(self, name: str) -> list[Class]:
        """The classes of a name that are tasks or luigi.Config classes, or may be."""
        modules = (self._project.module(path) for path in self._files.get(name, ()))
        found = (each for module in modules if module is not None for each in module.classes if each.name == name)
        return [each for each in found if _may_be_task(each) is not False]

    def _may_stand_elsewhere(self, section: str, has_class: bool) -> bool:
        """Whether a section may name a class of a library, one that is made as the program runs, or something that the code reads."""
        name = section.rpartition('.')[2]
        if self._makes_families or self._makes_classes or self._is_quoted(section):
            return True
        if name in self._imported and name not in self._files:
            return True
        return not has_class and self._is_said(name)

    @cached_property
    def _makes_classes(self) -> bool:
        """Whether some code makes classes by calling `type(name, bases, members)`."""
        modules = (self._project.module(path) for path, said in self._project.all_facts() if 'type' in said.called)
        sites = (site for module in modules if module is not None for site in calls(module))
        return any(len(site.call.arguments) > 1 and is_library(site.place.resolve(site.call.function), 'builtins.type') for site in sites)

    def _is_quoted(self, text: str) -> bool:
        """Whether a text stands in quotes somewhere in the project: code may read the section, or a key, by itself."""
        return any(f'{quote}{text}{quote}'.encode() in self._code for quote in '\'"')

    def _is_said(self, name: str) -> bool:
        return re.search(rf'\b{re.escape(name)}\b'.encode(), self._code) is not None

    @cached_property
    def _code(self) -> bytes:
        """The text of all Python files of the project; only asked for where something seems to be wrong."""
        return b'\n'.join(data for path in sorted(self._project.modules.files) if (data := contents(path)) is not None)

    def meant(self, section: str) -> str | None:
        """The family of a task that a wrong section seems to mean."""
        close = nearest(section.rpartition('.')[2], self._files)
        names = {name for each in self._classes(close or '') if _may_be_task(each) and (name := family(each)) is not None}
        return names.pop() if len(names) == 1 else None

    def is_misspelt(self, section: str) -> bool:
        """Whether a section is a slip away from the name of a class that is a task."""
        close = misspelt(section.rpartition('.')[2], self._files)
        return close is not None and any(_may_be_task(each) for each in self._classes(close))

    # --- keys ---

    def keys_of(self, section: str, tasks: list[Class]) -> frozenset[str] | None:
        """The parameters that a section's tasks take; None if the text does not show all of them, or code reads the section by itself."""
        if section != GOKART_SECTION:
            given = [_parameters(each) for each in tasks]
            known = [names for names in given if names is not None]
            return None if len(known) < len(given) or self._is_quoted(section) else frozenset().union(*known)
        return vocabulary.TASK_ON_KART_PARAMETERS

    def takes(self, section: str, key: str) -> bool:
        """Whether a key that is no parameter may still have a use: for the attributes of any task in [TaskOnKart]."""
        if section == GOKART_SECTION:
            return any(key in map(each.mangled, _assigned(each)) for _, said in self._project.all_facts() for each in said.classes)
        return False


def _assigned(each: facts.Class) -> Iterator[str]:
    return (target.name for found in each.assignments for target in found.targets if isinstance(target, facts.Name))


def _may_be_task(each: Class) -> bool | None:
    """Whether luigi knows a class: None where a base that is not known may make it one."""
    if each.is_luigi_task or vocabulary.CONFIG in each.library_names:
        return True
    outside = [base for base in each.ancestors if not isinstance(base, Class)]
    inert = all(
        isinstance(base, Library) and (base.name in vocabulary.INERT_BASES or base.name.startswith('builtins.')) for base in outside
    )
    return False if inert else None


def _parameters(task: Class) -> frozenset[str] | None:
    found = set(vocabulary.TASK_ON_KART_PARAMETERS) if task.is_task else set()
    for each in task.ancestors:
        if not isinstance(each, Class):
            if not (isinstance(each, Library) and each.name in _PLAIN):
                return None
            continue
        if not _is_clear(each) or 'ignore_unconsumed' in each.own_attributes:
            return None
        unclear = each.own_attributes.keys() - each.own_parameters.keys()
        found |= {name for name in unclear if not isinstance(each.own_attributes[name].value, facts.Constant)}
    return frozenset(found | {parameter.attribute for parameter in task.parameters.values()})


def _is_clear(each: Class) -> bool:
    """Whether all that decorators and metaclasses add to a class is known."""
    if any(base.keyword or base.star for base in each.facts.bases):
        return False
    for node in each.facts.decorators:
        symbol = each.resolve_header(node.function if isinstance(node, facts.Call) else node)
        if not isinstance(symbol, Library) or symbol.name not in vocabulary.KEEPING_DECORATORS:
            return False
        if symbol.name in vocabulary.INHERITING_DECORATORS and isinstance(node, facts.Call):
            sources = [each.resolve_header(argument.value) for argument in node.arguments]
            if not all(isinstance(source, Class) and source is not each and _parameters(source) is not None for source in sources):
                return False
    return True
