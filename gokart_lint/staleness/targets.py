"""The pieces of a project that a result can depend on: functions, values of modules and classes, whole classes, files."""

from __future__ import annotations

import posixpath
from typing import TypeAlias

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression, Span
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.parameters import Parameter
from gokart_lint.project.scopes import Scope

Key: TypeAlias = tuple[object, ...]
"""The same for the same piece of one revision."""


class Code(msgspec.Struct, frozen=True, eq=False):
    """A function, or a method as it runs for instances of `concrete` (None where that is not known)."""

    module: Module
    function: facts.Function
    method: Method | None = None
    concrete: Class | None = None

    @property
    def key(self) -> Key:
        return 'code', self.module.path, self.function.at, None if self.concrete is None else self.concrete.full_name

    @property
    def title(self) -> str:
        if self.method is not None:
            return f'{self.method.owner.name}.{self.function.name}()'
        return f'{_last(self.module)}.{self.function.name}()'

    @property
    def at(self) -> Span:
        return self.function.name_at

    @property
    def of_task(self) -> bool:
        """Whether it is a method that runs for a task."""
        return self.concrete is not None and self.concrete.is_luigi_task

    @property
    def scope(self) -> Scope:
        return self.method.scope if self.method is not None else Scope(self.module, self.function)


class Global(msgspec.Struct, frozen=True, eq=False):
    """A name of a module, with every statement of the module that gives it its value."""

    module: Module
    name: str

    @property
    def key(self) -> Key:
        return 'global', self.module.path, self.name

    @property
    def title(self) -> str:
        return self.name

    @property
    def owner(self) -> Class | None:
        return None

    @property
    def at(self) -> Span:
        found = (each for each in self.module.facts.assignments for target in each.targets if getattr(target, 'name', '') == self.name)
        return next((each.at for each in found), Span(1, 1, 1, 1))


class Member(msgspec.Struct, frozen=True, eq=False):
    """An attribute that a class body gives a value."""

    owner: Class
    name: str

    @property
    def key(self) -> Key:
        return 'member', self.owner.module.path, self.owner.facts.at, self.name

    @property
    def title(self) -> str:
        return f'{self.owner.name}.{self.name}'

    @property
    def module(self) -> Module:
        return self.owner.module

    @property
    def at(self) -> Span:
        return self.owner.own_attributes[self.name].at


class Default(msgspec.Struct, frozen=True, eq=False):
    """The default of a parameter. Where the parameter is no part of the key, it acts on the result unseen."""

    parameter: Parameter

    @property
    def owner(self) -> Class:
        return self.parameter.owner

    @property
    def value(self) -> Expression | None:
        """The expression; None if there is none, or it does not show."""
        call = self.parameter.call
        given = call.keyword('default') or call.positional(1 if self.parameter.holds_tasks else 0)
        return None if given is None else given.value

    @property
    def key(self) -> Key:
        return 'default', self.module.path, self.at

    @property
    def title(self) -> str:
        hidden = ' (significant=False)' if self.parameter.significant is False else ''
        return f'{self.parameter.owner.name}.{self.parameter.name}{hidden}'

    @property
    def module(self) -> Module:
        return self.parameter.owner.module

    @property
    def at(self) -> Span:
        return self.parameter.assignment.at


class Held(msgspec.Struct, frozen=True, eq=False):
    """A dict that the `__init__` of a class fills and its instances hold."""

    owner: Class
    name: str

    @property
    def key(self) -> Key:
        return 'held', self.owner.module.path, self.owner.facts.at, self.name

    @property
    def title(self) -> str:
        return f'{self.owner.name}.{self.name}'

    @property
    def module(self) -> Module:
        return self.owner.module

    @property
    def at(self) -> Span:
        return self.owner.own_methods['__init__'].function.name_at


class Entry(msgspec.Struct, frozen=True, eq=False):
    """One entry of a dict that is written out; `name` is its key as the code says it."""

    table: Global | Member | Held | Entry
    name: str
    value: Expression

    @property
    def key(self) -> Key:
        return 'entry', self.table.key, self.name

    @property
    def title(self) -> str:
        return f'{self.table.title}[{self.name}]'

    @property
    def module(self) -> Module:
        return self.table.module

    @property
    def owner(self) -> Class | None:
        return self.table.owner

    @property
    def made_in(self) -> Method | None:
        """The method whose names the value says; None for a value of a module or a class body."""
        if isinstance(self.table, Entry):
            return self.table.made_in
        return self.table.owner.own_methods['__init__'] if isinstance(self.table, Held) else None

    @property
    def at(self) -> Span:
        return self.value.at


class Lookup(msgspec.Struct, frozen=True, eq=False):
    """A dict that is written out, of which code takes the entry that some value names."""

    table: Global | Member | Held | Entry
    entries: tuple[Entry, ...]

    @property
    def key(self) -> Key:
        return 'lookup', self.table.key

    @property
    def title(self) -> str:
        return self.table.title

    @property
    def module(self) -> Module:
        return self.table.module

    @property
    def at(self) -> Span:
        return self.table.at


class Whole(msgspec.Struct, frozen=True, eq=False):
    """A class that is no task: its bases, attributes and methods, as far as anything may use them."""

    cls: Class

    @property
    def key(self) -> Key:
        return 'class', self.cls.module.path, self.cls.facts.at

    @property
    def title(self) -> str:
        return self.cls.name

    @property
    def module(self) -> Module:
        return self.cls.module

    @property
    def at(self) -> Span:
        return self.cls.facts.name_at


class Task(msgspec.Struct, frozen=True, eq=False):
    """A task class that code names. What its own result depends on is its own affair."""

    cls: Class

    @property
    def key(self) -> Key:
        return 'task', self.cls.module.path, self.cls.facts.at

    @property
    def title(self) -> str:
        return self.cls.name

    @property
    def module(self) -> Module:
        return self.cls.module

    @property
    def at(self) -> Span:
        return self.cls.facts.name_at


class External(msgspec.Struct, frozen=True):
    """What is known by its name alone: a name of an installed package, or one that the text does not explain."""

    name: str

    @property
    def key(self) -> Key:
        return 'external', self.name


Piece: TypeAlias = Code | Global | Member | Held | Default | Entry | Lookup | Whole | Task
Target: TypeAlias = Piece | External


def _last(module: Module) -> str:
    return module.name.rpartition('.')[2] or posixpath.basename(module.path)[: -len('.py')]
