"""The luigi configuration of a project: which files its code and settings name, and what they give.

What a task reads, in gokart 1.12.2 and luigi 3.8.1: a parameter that is not given takes the value of its name in the section that is
named like the task's family (luigi.parameter.Parameter._get_value_from_config). Sections and keys keep their case. A key of an .ini file
may be written with a dash for every underscore (LuigiConfigParser._get_with_default). The keys of [DEFAULT] are in every section that
exists, and only there. Section [TaskOnKart] gives a value to any attribute of TaskOnKart or of the task's very class, but only over a
default: luigi's metaclass demands the parameters without one before gokart.task.TaskOnKart._add_configuration is reached. It is read as a
mapping, so that no dashes are understood, and from .ini files alone.

Which files a run really reads depends on its working directory, on the order of its calls and on which main module it starts. All files
that may be meant are taken together: a value that one of them gives counts as given. What the text does not show makes the configuration
open, and then nothing is certain to be missing.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from gokart_lint.facts import Span
from gokart_lint.project.configuration.calls import IMPLICIT, Named, Setting, Unclear
from gokart_lint.project.configuration.file import DEFAULT, File, Key, Problem, Section, kind_of, parse
from gokart_lint.project.configuration.naming import all_said
from gokart_lint.project.stamps import contents

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

__all__ = ['Configuration', 'File', 'Key', 'Problem', 'Section', 'Setting', 'Unclear', 'configuration_of']

GOKART_SECTION = 'TaskOnKart'
_TOP = Span(1, 1, 1, 1)


class Configuration(msgspec.Struct, frozen=True, dict=True):
    """What all configuration files together say.

    `files` stand in the order in which luigi would read them: its own ones, those of the settings, those of the code by module.
    `set_in_code` is what code sets by itself. `unclear` is why the configuration is open. `consulted` are all absolute paths that were
    looked at, there or not: the answers hold as long as these files stay as they are.
    """

    files: tuple[File, ...] = ()
    set_in_code: tuple[Setting, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    consulted: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether there may be values that nobody can see from here."""
        return bool(self.unclear)

    @cached_property
    def section_names(self) -> frozenset[str]:
        """The sections that files and code name: what they do not give, no task has, whatever its family is."""
        in_files = {section.name for file in self.files for section in file.sections}
        return frozenset(in_files | {setting.section for setting in self.set_in_code})

    def gives(self, sections: str | Collection[str] | None, parameter: str) -> bool | None:
        """Whether a parameter has a value in one of some sections: None if it may have one that is not seen.

        `sections` is a task's family (`families.family`), or several names; for a family of None, which is not known, the answer is None.
        A private parameter is asked for by its mangled name.
        """
        if sections is None:
            return None
        names = {sections} if isinstance(sections, str) else set(sections)
        if any(setting.section in names and _is_key(setting.key, parameter, setting.section) for setting in self.set_in_code):
            return True
        if self.keys(names, parameter):
            return True
        return None if self.is_open else False

    def keys(self, sections: Iterable[str], parameter: str) -> tuple[tuple[File, Key], ...]:
        """Every place that gives a parameter, in the order of the files: for luigi the last one that it reads counts."""
        names = frozenset(sections)
        found = []
        for file in self.files:
            for section in file.sections:
                if section.name in names and not (file.kind == 'toml' and section.name == GOKART_SECTION):
                    found += [(file, key) for key in section.keys_for(parameter, dashes=_takes_dashes(file, section.name))]
                elif section.name == DEFAULT and file.kind == 'ini' and (here := names & self._ini_sections):
                    dashes = any(name != GOKART_SECTION for name in here)
                    found += [(file, key) for key in section.keys_for(parameter, dashes=dashes)]
        return tuple(found)

    @cached_property
    def _ini_sections(self) -> frozenset[str]:
        written = {section.name for file in self.files if file.kind == 'ini' for section in file.sections}
        return frozenset(written | {setting.section for setting in self.set_in_code})


def _takes_dashes(file: File, section: str) -> bool:
    return file.kind == 'ini' and section != GOKART_SECTION


def _is_key(key: str, parameter: str, section: str) -> bool:
    return key == parameter or (section != GOKART_SECTION and key == parameter.replace('_', '-'))


def configuration_of(project: Project, root: str | None, luigi_config: Sequence[str] = ()) -> Configuration:
    """The configuration of a project below an absolute folder. `luigi_config` are the files that the settings name."""
    if root is None:
        return Configuration(unclear=(Unclear('', _TOP, 'the folder of the project is not known'),))
    return _Gathering(root.rstrip('/')).gather(project, luigi_config)


class _Gathering:
    def __init__(self, root: str) -> None:
        self._root = root
        self._files: dict[tuple[str, str], File] = {}
        self._unclear: list[Unclear] = []
        self._consulted: dict[str, None] = {}

    def gather(self, project: Project, luigi_config: Sequence[str]) -> Configuration:
        for path in IMPLICIT:
            self._add(path, kind_of(path), self._root)
        for path in luigi_config:
            if not self._add(path, kind_of(path), self._root):
                self._miss(path, '', _TOP)
        sayings = all_said(project.configuring_modules())
        for each in sayings:
            if isinstance(each, Named):
                found = self._add(each.path, each.kind, posixpath.dirname(each.module))
                if not found and not each.optional:
                    self._miss(each.path, each.module, each.at)
            elif isinstance(each, Unclear):
                self._unclear.append(each)
        settings = tuple(each for each in sayings if isinstance(each, Setting))
        return Configuration(tuple(self._files.values()), settings, tuple(self._unclear), tuple(sorted(self._consulted)))

    def _miss(self, path: str, module: str, at: Span) -> None:
        self._unclear.append(Unclear(module, at, f'{path} is no file of the project'))

    def _add(self, path: str, kind: str, folder: str) -> bool:
        """Take in every file that a path may mean in the code of a folder."""
        found = False
        for candidate in self._candidates(path, folder):
            found = self._load(candidate, kind) or found
        return found

    def _candidates(self, path: str, folder: str) -> list[str]:
        """The places for a path. None lies outside the root and the folder: what is there is the machine's business."""
        path = path.replace(os.sep, '/')
        is_below = f'{folder}/'.startswith(f'{self._root}/')
        bases = [self._root, folder]
        while is_below and len(folder) > len(self._root):
            folder = posixpath.dirname(folder)
            bases.append(folder)
        allowed = (f'{self._root}/', f'{bases[1]}/')
        places = dict.fromkeys(posixpath.normpath(posixpath.join(base or '/', path)) for base in bases)
        return [place for place in places if place.startswith(allowed)]

    def _load(self, path: str, kind: str) -> bool:
        self._consulted[path] = None
        if (path, kind) not in self._files:
            data = contents(path)
            if data is None:
                return False
            file = self._files[path, kind] = parse(path, kind, data)
            self._unclear += [Unclear(path, Span(each.line, 1, each.line, 1), each.reason) for each in file.problems]
        return True
