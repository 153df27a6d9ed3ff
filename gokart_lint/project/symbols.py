"""What a name means once it is followed through imports, aliases and re-exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from gokart_lint import facts

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module


class Library(msgspec.Struct, frozen=True):
    """A name of an installed package, canonical (`gokart.TaskOnKart`)."""

    name: str


class FunctionSymbol(msgspec.Struct, frozen=True):
    """A module-level function of the project."""

    module: Module
    function: facts.Function


class ModuleSymbol(msgspec.Struct, frozen=True):
    """A module of the project; `module` is None if its facts were not read, because nothing in it can concern a task."""

    file: str
    module: Module | None


class Value(msgspec.Struct, frozen=True):
    """A name that is assigned an expression which is no alias of a class, function or module."""

    module: Module
    expression: facts.Expression


class Unread(msgspec.Struct, frozen=True):
    """A name of a project module whose facts were not read: a class or function that cannot concern a task.

    `file` and `member` are the module and its name there, for who wants to look all the same (`Project.beyond`).
    """

    name: str
    file: str = ''
    member: str = ''


class Unknown(msgspec.Struct, frozen=True):
    """A name that the text does not explain. Rules are silent about it."""


UNKNOWN = Unknown()
Symbol: TypeAlias = 'Class | Library | FunctionSymbol | ModuleSymbol | Value | Unread | Unknown'


def is_library(symbol: object, *names: str) -> bool:
    """Whether a symbol is one of some canonical library names."""
    return isinstance(symbol, Library) and symbol.name in names
