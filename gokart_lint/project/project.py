"""All files of one run, linked: every question that a rule asks across files goes through here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.project.module import Module
from gokart_lint.project.names import Modules
from gokart_lint.project.symbols import UNKNOWN, Library, ModuleSymbol, Symbol, Unread
from gokart_lint.vocabulary import canonical


class Project:
    """The modules of a set of files. `read` gives the facts of a file, or None for one that cannot concern a task."""

    def __init__(self, modules: Modules, read: Callable[[str], facts.Module | None], readable: Iterable[str]) -> None:
        self.modules = modules
        self._read = read
        self._readable = tuple(sorted(readable))
        self._modules: dict[str, Module | None] = {}

    def module(self, path: str) -> Module | None:
        """The module of a file; None if its facts were not read."""
        if path not in self._modules:
            said = self._read(path)
            self._modules[path] = None if said is None else Module(self, path, self.modules.name(path), said)
        return self._modules[path]

    def all_modules(self) -> Iterable[Module]:
        """Every module that was read, in the order of their paths."""
        return (module for path in self._readable if (module := self.module(path)) is not None)

    def module_symbol(self, file: str) -> ModuleSymbol:
        return ModuleSymbol(file, self.module(file))

    def member(self, symbol: Symbol, names: list[str]) -> Symbol:
        """What `symbol.a.b` means."""
        for name in names:
            symbol = self._attribute(symbol, name)
        return symbol

    def _attribute(self, symbol: Symbol, name: str) -> Symbol:
        if isinstance(symbol, Library):
            return Library(canonical(f'{symbol.name}.{name}'))
        if isinstance(symbol, ModuleSymbol):
            if symbol.module is None:
                return Unread(f'{self.modules.name(symbol.file)}.{name}')
            found = symbol.module.own_member(name)
            if found is not UNKNOWN:
                return found
            below = self.modules.find_relative(name, 1, symbol.file) if symbol.file.endswith('/__init__.py') else None
            return UNKNOWN if below is None else self.module_symbol(below)
        if isinstance(symbol, Class):
            return symbol.module.class_named(f'{symbol.qualname}.{name}') or UNKNOWN
        return UNKNOWN

    def subclasses(self, base: Class) -> tuple[Class, ...]:
        """All classes below one, in the order of their files."""
        return tuple(self._subclasses.get(base, ()))

    @cached_property
    def _subclasses(self) -> dict[Class, list[Class]]:
        found: dict[Class, list[Class]] = defaultdict(list)
        for module in self.all_modules():
            for each in module.classes:
                for ancestor in each.ancestors[1:]:
                    if isinstance(ancestor, Class):
                        found[ancestor].append(each)
        return found
