"""All files of one run, linked: every question that a rule asks across files goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.project.derivations import Derivations
from gokart_lint.project.module import Module
from gokart_lint.project.names import Modules
from gokart_lint.project.remembering import KEPT
from gokart_lint.project.symbols import UNKNOWN, Library, ModuleSymbol, Symbol, Unknown, Unread
from gokart_lint.vocabulary import canonical

if TYPE_CHECKING:
    from gokart_lint.project.configuration.lookup import Configuration
    from gokart_lint.project.mentions import Mentions, Said

_MOST_BEYOND = 200  # modules
_MOST_HOPS = 20  # re-exports between a name and what it means


class Project:
    """The modules of a set of files. `read` gives the facts of a file, or None for one that cannot concern a task; `said_by` gives the
    names that each file says.

    `root` is the absolute folder that relative paths of luigi configuration files start in, `luigi_config` those that the settings name.
    `configuring` are the files whose text may name more of them (`configuration.naming.may_configure`); None stands for all.
    `unreadable` are the files that may say anything at all. `read_beyond` gives the facts of any file of the project.
    """

    def __init__(
        self,
        modules: Modules,
        read: Callable[[str], facts.Module | None],
        readable: Iterable[str],
        derivations: Derivations,
        said_by: Callable[[], Iterable[tuple[str, Said]]] = tuple,
        *,
        root: str | None = None,
        luigi_config: Sequence[str] = (),
        configuring: Iterable[str] | None = None,
        unreadable: Iterable[str] = (),
        read_beyond: Callable[[str], facts.Module | None] = lambda path: None,
    ) -> None:
        self.modules = modules
        self._read = read
        self._readable = tuple(sorted(readable))
        self._modules: dict[str, Module | None] = {}
        self._subclasses: dict[Class, tuple[Class, ...]] = {}
        self._derivations = derivations
        self._said_by = said_by
        self._root = root
        self._luigi_config = tuple(luigi_config)
        self._configuring = None if configuring is None else frozenset(configuring)
        self._unreadable = frozenset(unreadable)
        self._read_beyond = read_beyond
        self._beyond: dict[str, Module | None] = {}

    def module(self, path: str) -> Module | None:
        """The module of a file; None if its facts were not read."""
        if path not in self._modules:
            said = self._read(path)
            self._modules[path] = None if said is None else Module(self, path, self.modules.name(path), said)
        return self._modules[path]

    def beyond(self, symbol: Symbol) -> Symbol:
        """What a name means that comes from a file which cannot concern a task: the function there, for who follows what tasks call.

        Such files are read when they are asked for, and never judged.
        """
        for _ in range(_MOST_HOPS):
            if not isinstance(symbol, Unread) or not symbol.file:
                return symbol
            if symbol.file not in self._beyond:
                said = self._read_beyond(symbol.file)
                name = self.modules.name(symbol.file)
                self._beyond[symbol.file] = None if said is None else Module(self, symbol.file, name, said)
            module = self._beyond[symbol.file]
            symbol = UNKNOWN if module is None else module.own_member(symbol.member)
        return UNKNOWN

    @property
    def linked(self) -> int:
        """How many modules are held in memory now."""
        return len(self._modules)

    def all_modules(self) -> Iterable[Module]:
        """Every module that was read, in the order of their paths."""
        return (module for path in self._readable if (module := self.module(path)) is not None)

    def all_facts(self) -> Iterator[tuple[str, facts.Module]]:
        """What every file that was read says, by path. Nothing is linked or kept, so that a look at all files costs no memory."""
        for path in self._readable:
            known = self._modules.get(path)
            said = self._read(path) if known is None else known.facts
            if said is not None:
                yield path, said

    def below_root(self, path: str) -> str:
        """The path of a file from the project's root, if it stands there."""
        return path.removeprefix(f'{self._root}/')

    def module_symbol(self, file: str) -> ModuleSymbol | Unknown:
        return UNKNOWN if file in self._unreadable else ModuleSymbol(file, self.module(file))

    def member(self, symbol: Symbol, names: list[str]) -> Symbol:
        """What `symbol.a.b` means."""
        for name in names:
            symbol = self._attribute(symbol, name)
        return symbol

    def _attribute(self, symbol: Symbol, name: str) -> Symbol:
        if isinstance(symbol, Library):
            return Library(canonical(f'{symbol.name}.{name}'))
        if isinstance(symbol, ModuleSymbol):
            found: Symbol = UNKNOWN if symbol.module is None else symbol.module.own_member(name)
            if found is not UNKNOWN:
                return found
            below = self.modules.find_relative(name, 1, symbol.file) if symbol.file.endswith('/__init__.py') else None
            if below is not None:
                return self.module_symbol(below)
            return Unread(f'{self.modules.name(symbol.file)}.{name}', symbol.file, name) if symbol.module is None else UNKNOWN
        if isinstance(symbol, Class):
            return symbol.module.class_named(f'{symbol.qualname}.{name}') or UNKNOWN
        return UNKNOWN

    def subclasses(self, base: Class) -> tuple[Class, ...]:
        """All classes below one, in the order of their files."""
        if base not in self._subclasses:
            self._subclasses[base] = self._found_below(base)
        return self._subclasses[base]

    def _found_below(self, base: Class) -> tuple[Class, ...]:
        found: set[Class] = set()
        pending, names, seen = [base.name], {base.name}, set[str]()
        while pending:
            for path in self._derivations.files_below(pending.pop()) - seen:
                seen.add(path)
                module = self.module(path)
                below = [each for each in module.classes if base in each.ancestors[1:]] if module is not None else []
                found.update(below)
                new = {each.name for each in below} - names
                names |= new
                pending += sorted(new)
        return tuple(sorted(found, key=lambda each: (each.module.path, each.facts.at)))

    def forget(self) -> None:
        """Let go of all modules; they are linked again when they are asked for. So the memory that a project needs stays bounded."""
        self._modules.clear()
        if len(self._beyond) > _MOST_BEYOND:  # they import none of the modules that are let go of
            self._beyond.clear()
        self._subclasses.clear()
        self.__dict__.pop(KEPT, None)

    @cached_property
    def mentions(self) -> Mentions:
        """Which files name a class. Files do not change while they are judged, so it is kept when modules are forgotten."""
        from gokart_lint.project.mentions import Mentions

        return Mentions(self, self._said_by())

    @cached_property
    def configuration(self) -> Configuration:
        """What luigi's configuration files give; nothing is looked for before somebody asks."""
        from gokart_lint.project.configuration.lookup import configuration_of

        return configuration_of(self, self._root, self._luigi_config)

    def configuring_modules(self) -> Iterable[Module]:
        """The modules that may bring luigi configuration in, or change the names of task families, in the order of their paths."""
        if self._configuring is None:
            return self.all_modules()
        return (module for path in self._readable if path in self._configuring and (module := self.module(path)) is not None)

    @property
    def consulted(self) -> tuple[str, ...]:
        """The absolute paths beside those of the modules that answers have rested on so far, there or not (see `stamps`)."""
        asked: Configuration | None = self.__dict__.get('configuration')
        return () if asked is None else asked.consulted
