"""Where the code of a project names luigi configuration files, and where it sets configuration values itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Method
from gokart_lint.project.configuration.calls import GETTERS, PATH_VARIABLE, READS, Saying, Speaker
from gokart_lint.project.module import names_in
from gokart_lint.walking import own_expressions, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.module import Module

_STRONG = frozenset({'add_config', 'add_config_path', *(name.rpartition('.')[2] for name in GETTERS)})
"""Names whose call brings configuration in, or gives the parser object."""

_RUNS = frozenset(name.rpartition('.')[2] for name in vocabulary.RUNNERS)
_TELLS = READS | {'set'}

_BRINGING = (b'add_config', b'get_config', b'LUIGI_CONFIG', b'ConfigParser', b'TomlParser')
_SETTING = (b'.set(', b'.read_dict(')
_BUILDS = re.compile(rb'(?:gokart|luigi)\s*\.\s*(?:run|build)\b')
_NAMES = tuple(map(re.compile, (rb'namespace\s*\(', rb'import\b[^\n]*\b(?:run|build)\b', rb'\n\s+(?:run|build),?\s*(?:\n|\Z)')))
_RUNS_SOMETHING = re.compile(rb'\.\s*(?:run|build)\b')


def may_configure(data: bytes) -> bool:
    """Whether the text of a file can concern the configuration or the families of tasks: what `said` and `families` look for, or more.

    Each pattern begins with letters that are looked for at once; as one pattern they take four times as long.
    """
    if may_bring(data) or may_set(data) or any(pattern.search(data) for pattern in _NAMES):
        return True
    return _RUNS_SOMETHING.search(data) is not None and _BUILDS.search(data) is not None


def may_bring(data: bytes) -> bool:
    """Whether the text of a file can name a configuration file, or get hold of luigi's parser object."""
    return any(word in data for word in _BRINGING)


def may_set(data: bytes) -> bool:
    """Whether the text of a file can put values into a parser object that it got from another file."""
    return any(word in data for word in _SETTING)


def all_said(modules: Iterable[Module]) -> list[Saying]:
    """What all modules say of luigi's configuration, in the order of the modules and of their lines."""
    looks = {module: _Look(module) for module in modules}
    shares_parser = any(look.shares_parser for look in looks.values())
    return [each for look in looks.values() for each in look.said(shares_parser)]


class _Look:
    """One module. Names stand in the encoded function bodies as they are, so that most bodies need no decoding."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._called = module.facts.called
        self._aliases = {each.bound for each in module.facts.imports if each.name in _STRONG and each.bound != each.name}

    @property
    def shares_parser(self) -> bool:
        """Whether another module may import the parser object from here."""
        if self._called.isdisjoint(_STRONG) and not self._aliases:
            return False
        speaker = Speaker(Place(self._module))
        return any(each.value is not None and speaker.is_parser(each.value) for each in self._module.facts.assignments)

    def said(self, shared_parser: bool) -> list[Saying]:
        words = {*(_STRONG & self._called), *self._aliases, PATH_VARIABLE}
        if any(each.module.partition('.')[0] in ('gokart', 'luigi') for each in self._module.facts.imports):
            words |= _RUNS & self._called
        knows_parser = shared_parser or not words.isdisjoint({'get_config', 'instance', *self._aliases})
        if knows_parser:  # the object may be anywhere
            words |= {'get_config', *(_TELLS & self._called)}
            words |= {name for each in self._module.facts.assignments for target in each.targets for name in names_in(target)}
        found: dict[Saying, None] = {}
        for statement, place in _statements(self._module, tuple(word.encode() for word in words)):
            speaker = Speaker(place, knows_parser)
            found.update(dict.fromkeys(speaker.of_statement(statement)))
            for expression in own_expressions(statement):
                for node in walk(expression):
                    found.update(dict.fromkeys(speaker.of(node)))
        return sorted(found, key=lambda each: each.at)


def _statements(module: Module, words: tuple[bytes, ...]) -> Iterator[tuple[Statement, Place]]:
    """The statements of the scopes in which one of some words stands."""

    def mentions(code: bytes) -> bool:
        return any(word in code for word in words)

    if mentions(module.facts.code):
        for each in statements(module.facts.body):
            yield each, Place(module)
    for function in module.facts.functions:
        if mentions(function.code):
            yield from _inside(Place(module, module.scope(function)))
    for found in module.classes:
        for each in (*found.facts.assignments, *(statements(found.facts.body) if mentions(found.facts.code) else ())):
            yield each, Place(module, None, found)
        for function in found.facts.methods:
            if mentions(function.code):
                method = Method(found, function)
                yield from _inside(Place(module, method.scope, found, method))


def _inside(place: Place) -> Iterator[tuple[Statement, Place]]:
    scope = place.scope
    for each in statements(scope.function.body) if scope is not None else ():
        yield each, place
        if isinstance(each, facts.Define):
            yield from _inside(Place(place.module, place.module.scope(each.function, scope), place.owner, place.method))
