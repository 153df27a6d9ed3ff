"""All files of one run, linked: every question that a rule asks across files goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.project.derivations import Derivations
from gokart_lint.project.ledger import Ledger, Question, seal
from gokart_lint.project.module import Module
from gokart_lint.project.names import Modules
from gokart_lint.project.remembering import KEPT
from gokart_lint.project.symbols import UNKNOWN, Library, ModuleSymbol, Symbol, Unknown, Unread
from gokart_lint.vocabulary import canonical

if TYPE_CHECKING:
    from gokart_lint.project.configuration.lookup import Configuration
    from gokart_lint.project.mentions import Mentions, Said

Rest = ParamSpec('Rest')
Answer = TypeVar('Answer')

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
        self._held = frozenset(self._readable)
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
        self._standing: dict[object, tuple[Any, Ledger]] = {}
        self.ledger = Ledger()
        """What the answers rest on that were given since the modules were last forgotten."""

    def module(self, path: str) -> Module | None:
        """The module of a file; None if its facts were not read."""
        self.ledger.files.add(path)
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
        self.ledger.everything = True
        return (module for path in self._readable if (module := self.module(path)) is not None)

    def all_facts(self) -> Iterator[tuple[str, facts.Module]]:
        """What every file that was read says, by path. Nothing is linked or kept, so that a look at all files costs no memory."""
        self.ledger.everything = True
        for path in self._readable:
            known = self._modules.get(path)
            said = self._read(path) if known is None else known.facts
            if said is not None:
                yield path, said

    def below_root(self, path: str) -> str:
        """The path of a file from the project's root, if it stands there."""
        return path.removeprefix(f'{self._root}/')

    def module_symbol(self, file: str) -> ModuleSymbol | Unknown:
        module = self.module(file)
        return UNKNOWN if file in self._unreadable else ModuleSymbol(file, module)

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
            for path in self.files_below(pending.pop()) - seen:
                seen.add(path)
                module = self.module(path)
                below = [each for each in module.classes if base in each.ancestors[1:]] if module is not None else []
                found.update(below)
                new = {each.name for each in below} - names
                names |= new
                pending += sorted(new)
        return tuple(sorted(found, key=lambda each: (each.module.path, each.facts.at)))

    def files_below(self, name: str) -> set[str]:
        """The files that may hold a class right below one of some name (`Derivations.files_below`)."""
        found = self._derivations.files_below(name)
        self.ledger.asked('below', [name], found)
        return found

    def forget(self, *, wholly: bool = False) -> Ledger:
        """Let go of all modules; they are linked again when they are asked for. So the memory that a project needs stays bounded.

        Returns what the answers rest on that were given since the last time. `wholly` says that nobody holds a module: what refers to
        itself in circles is taken apart then, so that no collector has to look for it.
        """
        for module in (*self._modules.values(), *self._beyond.values()) if wholly else ():
            if module is not None:
                module.take_apart()
        self._modules, self._beyond, self._subclasses = {}, {}, {}
        self.__dict__.pop(KEPT, None)
        rested_on, self.ledger = self.ledger, Ledger()
        return rested_on

    def take_apart(self) -> None:
        """Leave nothing of the project: it refers to itself in circles, and no collector runs between the checks of one process."""
        self.forget(wholly=True)
        self.__dict__.clear()

    def standing(self, work_out: Callable[Concatenate[Project, Rest], Answer], *rest: Rest.args, **named: Rest.kwargs) -> Answer:
        """What a function tells of the whole project, kept when modules are forgotten: it must hold none of them.

        It is worked out apart, so that all that it rests on is known, and is written down for each who asks.
        """
        key = (work_out, rest)
        if key not in self._standing:
            outside = self._modules, self._beyond, self._subclasses, self.__dict__.get(KEPT, {}), self.ledger
            self.forget()
            try:
                answer = work_out(self, *rest, **named)
            finally:
                rested_on = self.forget()
                self._modules, self._beyond, self._subclasses, self.__dict__[KEPT], self.ledger = outside
            self._standing[key] = answer, rested_on
        answer, rested_on = self._standing[key]
        self.ledger.add(rested_on)
        return answer

    def work_out(self) -> None:
        """Work out what nearly every run asks of all files."""
        _ = self.mentions, self.configuration

    def holds(self, path: str) -> bool:
        """Whether the facts of a file are part of the project."""
        return path in self._held

    def ask(self, question: Question) -> Iterable[str]:
        """The answer to a question of an earlier run, as it would be written down now."""
        kind, names = question
        if kind == 'below':
            return self._derivations.files_below(names[0])
        return (self._configuring or ()) if kind == 'configuring' else self.mentions.ask(kind, names)

    def state(self, kind: str) -> bytes:
        """A short name for all that the questions of a kind are answered from: while it stays, so do the answers."""
        if kind == 'below':
            return self._derivations.state
        return seal(self._configuring or ()) if kind == 'configuring' else self.mentions.state(kind)

    @cached_property
    def mentions(self) -> Mentions:
        """Which files name a class. Files do not change while they are judged, so it is kept when modules are forgotten."""
        from gokart_lint.project.mentions import Mentions

        return Mentions(self, self._said_by())

    @property
    def configuration(self) -> Configuration:
        """What luigi's configuration files give; nothing is looked for before somebody asks."""
        return self.standing(_configuration)

    def configuring_modules(self) -> Iterable[Module]:
        """The modules that may bring luigi configuration in, or change the names of task families, in the order of their paths."""
        if self._configuring is None:
            return self.all_modules()
        self.ledger.asked('configuring', (), self._configuring)
        return (module for path in sorted(self._configuring) if (module := self.module(path)) is not None)

    @property
    def consulted(self) -> tuple[str, ...]:
        """The absolute paths beside those of the modules that answers have rested on so far, there or not (see `stamps`)."""
        asked = self._standing.get((_configuration, ()))
        return () if asked is None else asked[0].consulted


def _configuration(project: Project) -> Configuration:
    from gokart_lint.project.configuration.lookup import configuration_of

    return configuration_of(project, project._root, project._luigi_config)
