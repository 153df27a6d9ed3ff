"""Which names of which files a change can reach, by text and imports alone: a first sieve, so that few tasks need a thorough look.

It may let through too much, never too little: a name is touched if its text is another one, or if its text says a touched name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import Module, names_in
from gokart_lint.staleness.registries import registered
from gokart_lint.staleness.side import Side
from gokart_lint.walking import statements

Names: TypeAlias = dict[str, set[str]]
"""Touched names by file."""

_LETTER = re.compile(rb'\w')
_LONG = 31  # bytes: longer names are stored behind a byte that may look like a letter


def touched(before: Side, after: Side, changed: Iterable[str], opened: Iterable[str]) -> Names:
    """The touched names on either side. `opened` are the base names of changed files that are not Python."""
    start: Names = {}
    for path in changed:
        old, new = (_texts(side, side.project.module(path)) for side in (before, after))
        start[path] = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    found: Names = {}
    files = [name.encode('utf-8', 'surrogateescape') for name in opened]
    for side in (before, after):
        own = {path: set(names) for path, names in start.items()}
        for path in _naming(side, files):
            module = side.project.module(path)
            units = () if module is None else _units(module)
            own.setdefault(path, set()).update(name for name, text in units if any(file in text for file in files))
        for path, names in _spread(side, own).items():
            found.setdefault(path, set()).update(names)
    return found


# --- what changed itself ---


def _texts(side: Side, module: Module | None) -> dict[str, list[str]]:
    """The text of everything that a module gives a name, by name."""
    found: dict[str, list[str]] = {}
    if module is None:
        return found
    said, path = module.facts, module.path
    definitions: list[facts.Function | facts.Class] = [*said.functions, *said.classes]
    for each in definitions:
        parts = [*(side.text(path, decorator.at) for decorator in each.decorators), side.text(path, each.at)]
        for name in (_head(each), *(_globals(each) if isinstance(each, facts.Function) else ())):
            found.setdefault(name, []).extend(parts)
    for statement in said.body:
        for name in _given_by(statement):
            found.setdefault(name, []).append(side.text(path, statement.at))
    for imported in said.imports:
        found.setdefault(imported.bound, []).append(f'{"." * imported.level}{imported.module} {imported.name}')
    return found


def _given_by(statement: Statement) -> set[str]:
    """The names that a statement of a module gives a value, or whose value it changes."""
    found: set[str] = set()
    for each in statements([statement]):
        if isinstance(each, facts.Assign):
            found.update(name for target in each.targets for name in names_in(_root(target)))
        elif isinstance(each, facts.Loop) and each.target is not None:
            found.update(names_in(each.target))
        elif isinstance(each, facts.With):
            found.update(name for context in each.contexts if context.target is not None for name in names_in(context.target))
        elif isinstance(each, facts.Evaluate) and isinstance(each.value, facts.Call) and isinstance(each.value.function, facts.Attribute):
            found.update(names_in(_root(each.value.function)))
    return found


def _globals(function: facts.Function) -> Iterator[str]:
    """The names of the module that a function may give another value."""
    if b'global' in function.code:
        yield from (
            name for each in statements(function.body) if isinstance(each, facts.Plain) and each.word == 'global' for name in each.names
        )


def _root(target: Expression) -> Expression:
    while isinstance(target, (facts.Subscript, facts.Attribute)):
        target = target.value
    return target


def _head(each: facts.Function | facts.Class) -> str:
    return each.qualname.partition('.')[0]


# --- what says it ---


def _spread(side: Side, start: Names) -> Names:
    """The names that say a touched name, in their own file or in one that imports it."""
    found: Names = {}
    pending = [(path, names) for path, names in start.items() if names]
    while pending:
        path, names = pending.pop()
        known = found.setdefault(path, set())
        new = names - known
        if not new:
            continue
        module = side.project.module(path)
        known |= _closed(module, new) if module is not None else new
        for importer in side.importers(path):
            reached = _reached(side, importer, path, known)
            if reached - found.get(importer, set()):
                pending.append((importer, reached))
    return found


def _closed(module: Module, names: set[str]) -> set[str]:
    """Some names of a module and all that say one of them, through each other."""
    found, new = set(names), set(names)
    while new:
        new = _saying(module, new) - found
        found |= new
    return found


def _reached(side: Side, importer: str, path: str, names: set[str]) -> set[str]:
    """The names of a file that touched names of another one, which it imports, reach. A module that is imported whole hands them all on."""
    own = posixpath.basename(path.removesuffix('/__init__.py').removesuffix('.py'))
    references = side.revision.entries[importer].imports
    whole = any(own in module.split('.') if name is None else name in ('*', own) for module, name, _ in references)
    found = side.project.module(importer) if whole or any(name in names for _, name, _ in references) else None
    if found is None:
        return set()
    bound = {each.bound for each in found.facts.imports if each.name in names}
    return _saying(found, names | bound) | bound | (names if whole else set())


def _saying(module: Module, names: Iterable[str]) -> set[str]:
    """The names of a module whose text says one of some names."""
    wanted = [name.encode() for name in names]
    return {name for name, text in _units(module) if _says(text, wanted)}


def _units(module: Module) -> Iterator[tuple[str, bytes]]:
    """What a module gives a name, each with the bytes of all that stands behind the name."""
    said = module.facts
    for function in said.functions:
        text = _bytes([*_of_signature(function)], [function.code])
        yield from ((name, text) for name in (function.name, *_globals(function)))
    for each in said.classes:
        values = [*each.decorators, *(base.value for base in each.bases)]
        values += [value for assignment in each.assignments for value in (assignment.value, assignment.annotation) if value is not None]
        values += [value for method in each.methods for value in _of_signature(method)]
        yield _head(each), _bytes(values, [each.code, *(method.code for method in each.methods)])
    for statement in said.body:
        for name in _given_by(statement):
            yield name, facts.encode_body((statement,))
    for entry in registered(module):
        yield entry.registry, _bytes([entry.value, entry.decorator], ())


def _of_signature(function: facts.Function) -> Iterator[Expression]:
    yield from function.decorators
    yield from (formal.default for formal in function.formals if formal.default is not None)


def _bytes(values: Iterable[Expression], codes: Iterable[bytes]) -> bytes:
    return b'\0'.join([*codes, *(facts.encode_body((facts.Evaluate(value.at, value),)) for value in values)])


def _says(text: bytes, names: Iterable[bytes]) -> bool:
    """Whether encoded facts say one of some names as a whole: a byte that is no letter stands before and behind it."""
    for name in names:
        place = text.find(name)
        while place >= 0:
            end = place + len(name)
            before = text[place - 1 : place] if len(name) <= _LONG else b''
            if not _LETTER.match(before) and not _LETTER.match(text[end : end + 1]):
                return True
            place = text.find(name, end)
    return False


def _naming(side: Side, files: list[bytes]) -> Iterator[str]:
    """The Python files that name one of some files."""
    if not files:
        return
    pattern = re.compile(b'|'.join(map(re.escape, files)))
    for path in side.revision.entries:
        data = side.revision.data(path)
        if data is not None and pattern.search(data):
            yield path
