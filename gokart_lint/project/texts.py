"""The texts that an expression may give, as far as the code shows it: paths, above all."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import Library, Value
from gokart_lint.walking import statements

if TYPE_CHECKING:
    from gokart_lint.project.module import Module

_MOST = 50  # texts for one expression: more are as good as unknown
_DEEPEST = 20  # names behind names

_JOINS = frozenset({'os.path.join', 'posixpath.join', 'pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'pathlib.PurePosixPath'})
_KEEPS = frozenset({'builtins.str', 'os.fspath', 'os.path.abspath', 'os.path.realpath', 'os.path.normpath'})
_HERE = frozenset({'os.getcwd', 'pathlib.Path.cwd'})
_READS_ENVIRONMENT = frozenset({'os.environ.get', 'os.getenv'})
_NAMED = {'os.sep': '/', 'os.path.sep': '/', 'os.pardir': '..', 'os.path.pardir': '..', 'os.curdir': '.', 'os.path.curdir': '.'}
_KEEPING_METHODS = frozenset({'absolute', 'as_posix', 'resolve', '__str__', '__fspath__'})


class Texts(msgspec.Struct, frozen=True):
    """What an expression may give. `complete` means that it gives nothing else."""

    values: tuple[str, ...] = ()
    complete: bool = False

    def map(self, change: Callable[[str], str]) -> Texts:
        return Texts(tuple(dict.fromkeys(map(change, self.values))), self.complete)


_NOTHING = Texts()


def texts(node: Expression, place: Place, depth: int = 0) -> Texts:
    """The texts of an expression: literals, f-strings, names, `os.path` and `pathlib` over them. `Path.cwd()` counts as '.'."""
    if depth > _DEEPEST:
        return _NOTHING
    if isinstance(node, facts.Constant):
        return Texts((node.value,), True) if isinstance(node.value, str) else _NOTHING
    if isinstance(node, facts.Text):
        return _combined([texts(part, place, depth + 1) for part in node.parts], ''.join)
    if isinstance(node, facts.Conditional):
        return _any([texts(node.then, place, depth + 1), texts(node.otherwise, place, depth + 1)])
    if isinstance(node, facts.Walrus):
        return texts(node.value, place, depth + 1)
    if isinstance(node, facts.Operation) and node.operators in (('+',), ('/',), ('or',)):
        sides = [texts(operand, place, depth + 1) for operand in node.operands]
        if node.operators == ('or',):
            return _any(sides)
        return _combined(sides, ''.join if node.operators == ('+',) else _joined)
    if isinstance(node, facts.Call):
        return _called(node, place, depth + 1)
    if isinstance(node, facts.Subscript):
        return _parents(node, place, depth + 1)
    if isinstance(node, facts.Attribute) and node.name == 'parent':
        return texts(node.value, place, depth + 1).map(_parent)
    return _named(node, place, depth + 1)


def _any(found: Iterable[Texts]) -> Texts:
    found = list(found)
    return Texts(tuple(dict.fromkeys(value for each in found for value in each.values)), all(each.complete for each in found))


def _combined(parts: list[Texts], combine: Callable[[list[str]], str]) -> Texts:
    ways = itertools.product(*(part.values for part in parts))
    made = tuple(dict.fromkeys(combine(list(way)) for way in itertools.islice(ways, _MOST)))
    return Texts(made, all(part.complete for part in parts) and len(made) < _MOST)


def _joined(parts: list[str]) -> str:
    return posixpath.join(*parts) if parts else '.'


def _parent(path: str) -> str:
    return posixpath.dirname(path.rstrip('/')) or '.'


def _called(node: facts.Call, place: Place, depth: int) -> Texts:
    symbol = place.resolve(node.function)
    name = symbol.name if isinstance(symbol, Library) else ''
    if name in _HERE:
        return Texts(('.',), True)
    if name in _READS_ENVIRONMENT:
        default = node.positional(1) or node.keyword('default')
        return _NOTHING if default is None else Texts(texts(default.value, place, depth).values, False)
    plain = [argument.value for argument in node.arguments if not argument.star and argument.keyword is None]
    if len(plain) != len(node.arguments):
        return _NOTHING
    given = [texts(argument, place, depth) for argument in plain]
    if name in _JOINS:
        return _combined(given, _joined)
    if len(given) == 1 and name in _KEEPS:
        return given[0]
    if len(given) == 1 and name == 'os.path.dirname':
        return given[0].map(posixpath.dirname)
    if isinstance(node.function, facts.Attribute) and not name:
        receiver = texts(node.function.value, place, depth)
        if node.function.name == 'joinpath':
            return _combined([receiver, *given], _joined)
        if node.function.name == 'with_name' and len(given) == 1:
            return _combined([receiver.map(_parent), *given], _joined)
        if node.function.name in _KEEPING_METHODS and not given:
            return receiver
    return _NOTHING


def _parents(node: facts.Subscript, place: Place, depth: int) -> Texts:
    """`path.parents[1]`."""
    value, index = node.value, node.index
    if not (isinstance(value, facts.Attribute) and value.name == 'parents' and isinstance(index, facts.Constant)):
        return _NOTHING
    found = texts(value.value, place, depth)
    if not isinstance(index.value, int) or not 0 <= index.value < _DEEPEST:
        return _NOTHING
    for _ in range(index.value + 1):
        found = found.map(_parent)
    return found


# --- names ---


def _named(node: Expression, place: Place, depth: int) -> Texts:
    if isinstance(node, facts.Name):
        if place.is_local(node.name):
            return _local(node.name, place, depth)
        if node.name == '__file__':
            return Texts((place.module.path,), True)
        if place.owner is not None and place.scope is None and node.name in place.owner.own_attributes:
            value = place.owner.own_attributes[node.name].value
            return _NOTHING if value is None or value == node else texts(value, place, depth)
        if found := list(_bound(place.module.facts.body, node.name)):
            return _of_all(found, Place(place.module), depth, _rebinds_globals(place.module))
    elif not isinstance(node, facts.Attribute):
        return _NOTHING
    symbol = place.resolve(node)
    if isinstance(symbol, Library):
        return Texts((_NAMED[symbol.name],), True) if symbol.name in _NAMED else _NOTHING
    if not isinstance(symbol, Value):
        return _NOTHING
    given = texts(symbol.expression, Place(symbol.module), depth)
    return Texts(given.values, given.complete and not _rebinds_globals(symbol.module))


def _local(name: str, place: Place, depth: int) -> Texts:
    scope = place.scope
    while scope is not None and name not in scope.assigned:
        scope = scope.outer
    if scope is None:
        return _NOTHING
    found = list(_bound(scope.function.body, name))
    inside = Place(place.module, scope, place.owner, place.method)
    defaults = [formal.default for formal in scope.function.formals if formal.name == name]
    given = [texts(default, Place(place.module), depth) for default in defaults if default is not None]
    hidden = bool(defaults) or len(scope.assigned[name]) > len(found)
    return _any([_of_all(found, inside, depth, hidden), *given])


def _of_all(found: list[tuple[Expression | None, ...]], place: Place, depth: int, hidden: bool) -> Texts:
    made = _any(_NOTHING if value is None else texts(value, place, depth) for values in found for value in values)
    return Texts(made.values, made.complete and not hidden)


def _bound(block: Iterable[Statement], name: str) -> Iterator[tuple[Expression | None, ...]]:
    """What a name is bound to in a block, binding by binding: a value, the items of a loop over a display, None for what is not shown."""
    for statement in statements(block):
        if isinstance(statement, facts.Assign) and statement.value is not None:
            for target in statement.targets:
                if isinstance(target, facts.Name) and target.name == name:
                    yield (None if statement.operator else statement.value,)
                elif name in names_in(target):
                    yield (None,)
        elif isinstance(statement, facts.Loop) and statement.target is not None and name in names_in(statement.target):
            if isinstance(statement.target, facts.Name) and isinstance(statement.subject, facts.Collection):
                yield statement.subject.items
            else:
                yield (None,)


def _rebinds_globals(module: Module) -> bool:
    """Whether a function of a module may give a new value to a name of the module."""
    functions = (*module.facts.functions, *(method for each in module.facts.classes for method in each.methods))
    mentioning = (function for function in functions if b'global' in function.code)  # most bodies need no decoding
    return any(isinstance(each, facts.Plain) and each.word == 'global' for function in mentioning for each in statements(function.body))
