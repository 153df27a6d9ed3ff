"""What a rule is, and where rules come from.

A rule is one module of this package named after its code: its docstring is its page, `BAD` and `GOOD` are whole small programs that
the tests run through the real command, and one function, decorated with `rule(...)`, reads a module and yields what it found.
A file that stands here is a rule that runs; there is no list to keep. The rules of a project's own are made with the same decorators
(docs/own-rules.md); `own_rules` finds those.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

import gokart_lint.rules
from gokart_lint.facts import Span
from gokart_lint.findings import Fix

if TYPE_CHECKING:
    from gokart_lint.project.configuration.file import File
    from gokart_lint.project.module import Module
    from gokart_lint.project.project import Project
    from gokart_lint.settings import Settings


class Report(msgspec.Struct, frozen=True):
    """What a rule yields: a place in the module that it was given, a message, and perhaps a fix."""

    at: Span
    message: str
    fix: Fix | None = None


Check = Callable[['Module', 'Settings'], Iterable[Report]]
ConfigurationCheck = Callable[['File', 'Project', 'Settings'], Iterable[Report]]


class Rule(msgspec.Struct, frozen=True):
    """One rule. `fixable` says whether a fix may come with it: '', 'safe', 'unsafe' or 'safe and unsafe'.

    `command` is the one that finds it, where `check` does not.
    """

    code: str
    name: str
    summary: str
    check: Check
    module: ModuleType
    opt_in: bool = False
    fixable: str = ''
    check_configuration: ConfigurationCheck | None = None
    """What judges luigi's configuration files, in place of `check`."""
    command: str = 'check'
    url: str = ''
    """The page of an own rule, if it has one."""
    provider: str = ''
    """Who brings an own rule; '' for ours."""
    text: str = ''
    """The documentation of an own rule."""

    @property
    def documentation(self) -> str:
        """The rule's page without its heading: for ours, the docstring of its module."""
        return self.text or (self.module.__doc__ or '').strip()

    @property
    def bad(self) -> str:
        """A program that the rule reports once or more; an own rule may have none."""
        return _text(getattr(self.module, 'BAD', ''))

    @property
    def good(self) -> str:
        """The same program as it should be."""
        return _text(getattr(self.module, 'GOOD', ''))

    @property
    def bad_files(self) -> dict[str, str]:
        """The files of the program that is reported, by name."""
        return _files(self.module.BAD)

    @property
    def good_files(self) -> dict[str, str]:
        """The files of the program as it should be, by name."""
        return _files(self.module.GOOD)


def _files(program: str | dict[str, str]) -> dict[str, str]:
    return {'tasks.py': program} if isinstance(program, str) else program


def _text(program: str | dict[str, str]) -> str:
    """A program as one text, its files one below the other if it has several."""
    if isinstance(program, str):
        return program
    return '\n\n'.join(f'# {name}\n{text}' for name, text in program.items())


class Declared(msgspec.Struct, frozen=True):
    """A rule as its decorator states it, before its module is known."""

    code: str
    name: str
    check: Check
    opt_in: bool
    fixable: str
    check_configuration: ConfigurationCheck | None = None
    command: str = 'check'
    url: str = ''


def rule(code: str, name: str, *, opt_in: bool = False, fixable: str = '', url: str = '') -> Callable[[Check], Declared]:
    """Make the decorated function the check of the rule that its module describes. `url` is the page of an own rule."""
    return lambda check: Declared(code, name, check, opt_in, fixable, url=url)


def configuration_rule(code: str, name: str, *, opt_in: bool = False, url: str = '') -> Callable[[ConfigurationCheck], Declared]:
    """Make the decorated function, which judges one of luigi's configuration files, the check of the rule that its module describes."""
    return lambda check: Declared(code, name, lambda module, settings: (), opt_in, '', check_configuration=check, url=url)


def rule_of(command: str, code: str, name: str, *, fixable: str = '') -> Declared:
    """A rule whose module is its page, and which another command finds: it takes more than one state of the code."""
    return Declared(code, name, lambda module, settings: (), False, fixable, command=command)


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes. Raises ImportError, naming the file, for a rule module that is incomplete."""
    names = [found.name for found in pkgutil.iter_modules(gokart_lint.rules.__path__) if re.fullmatch(r'gk\d{3}_\w+', found.name)]
    return tuple(sorted((_load(name) for name in names), key=lambda found: found.code))


def rules_of_check() -> tuple[Rule, ...]:
    """Every rule that `gokart-lint check` may run."""
    return tuple(rule for rule in all_rules() if rule.command == 'check')


def _load(name: str) -> Rule:
    module = importlib.import_module(f'gokart_lint.rules.{name}')
    declared = [value for value in vars(module).values() if isinstance(value, Declared)]
    if len(declared) != 1 or not module.__doc__ or not hasattr(module, 'BAD') or not hasattr(module, 'GOOD'):
        raise ImportError(f'{module.__file__}: a rule module needs a docstring, BAD, GOOD and one function decorated with rule(...)')
    found = declared[0]
    home = f'{found.code}_{found.name}'.lower().replace('-', '_')
    if name != home:
        raise ImportError(f'{module.__file__}: the rule {found.code} {found.name} must stand in {home}.py')
    summary = module.__doc__.strip().splitlines()[0].rstrip('.')
    return Rule(**msgspec.structs.asdict(found), summary=summary, module=module)
