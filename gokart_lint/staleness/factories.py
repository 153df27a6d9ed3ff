"""Dicts that the `__init__` of a plain class fills under constants, as factories do: `self._models['lgbm'] = LGBMClassifier`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.classes import Class
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import own_expressions, statements, walk

Pair = tuple[Expression | None, Expression]


class Filling(msgspec.Struct, frozen=True):
    """How `__init__` fills one dict: its keys and values, and the statements that do nothing else."""

    pairs: tuple[Pair, ...]
    statements: frozenset[Span]


@remembered
def fillings(cls: Class) -> Mapping[str, Filling]:
    """The private dicts that a class fills in `__init__` and nobody else can see, by name."""
    method = cls.own_methods.get('__init__')
    if cls.is_luigi_task or method is None or not method.is_defined_once or cls.subclasses:
        return {}
    frame, body = Frame(cls, method), method.function.body
    pairs: dict[str, list[Pair]] = {}
    places: dict[str, set[Span]] = {}
    for statement in body:
        start = _start(frame, statement)
        if start is not None and start[0] not in pairs:
            pairs[start[0]], places[start[0]] = start[1], {statement.at}
            continue
        adds = [_added(frame, each) for each in _steps(statement)]
        for name, pair in [each for each in adds if each is not None]:
            if name in pairs:
                pairs[name].append(pair)
                places[name].add(statement.at)
    found = {name: Filling(tuple(pairs[name]), frozenset(places[name])) for name in pairs}
    return {name: filling for name, filling in found.items() if _is_plain(frame, name, filling)}


def _start(frame: Frame, statement: Statement) -> tuple[str, list[Pair]] | None:
    """`self._x = {...}`."""
    if not isinstance(statement, facts.Assign) or len(statement.targets) != 1 or statement.operator:
        return None
    name, value = frame.own(statement.targets[0]), statement.value
    if name is None or not name.startswith('_'):
        return None
    if isinstance(value, facts.Mapping):
        return name, list(zip(value.keys, value.values, strict=True))
    is_empty = isinstance(value, facts.Call) and getattr(value.function, 'name', '') == 'dict' and not value.arguments
    return (name, []) if is_empty else None


def _added(frame: Frame, statement: Statement) -> tuple[str, Pair] | None:
    """`self._x[key] = value`."""
    if not isinstance(statement, facts.Assign) or len(statement.targets) != 1 or statement.operator or statement.value is None:
        return None
    target = statement.targets[0]
    name = frame.own(target.value) if isinstance(target, facts.Subscript) else None
    return None if name is None or not isinstance(target, facts.Subscript) else (name, (target.index, statement.value))


def _steps(statement: Statement) -> Iterable[Statement]:
    """The statements that may add entries: one, or those of a `try` that gives up without a word where a package is missing."""
    if not isinstance(statement, facts.Try):
        return (statement,)
    gives_up = all(isinstance(each, facts.Plain) and each.word == 'pass' for handler in statement.handlers for each in handler.body)
    if not gives_up or statement.otherwise or statement.cleanup:
        return ()
    return [each for each in statement.body if not isinstance(each, facts.Import)]


def _is_plain(frame: Frame, name: str, filling: Filling) -> bool:
    """Whether constants of their own name all entries, their values need no local value, and nothing else in `__init__` uses the dict."""
    keys = [repr(key.value) for key, _ in filling.pairs if isinstance(key, facts.Constant)]
    if len(set(keys)) != len(filling.pairs):
        return False
    if any(isinstance(node, facts.Name) and node.name in frame.scope.assigned for _, value in filling.pairs for node in walk(value)):
        return False
    for statement in frame.method.function.body:
        if statement.at not in filling.statements:
            if any(frame.own(node) == name for node in _nodes(statement)):
                return False
        elif _start(frame, statement) is None:
            adds = [_added(frame, each) for each in _steps(statement)]
            if any(each is None or each[0] != name for each in adds):
                return False
    return True


def _nodes(statement: Statement) -> Iterator[Expression]:
    for each in statements([statement]):
        inner = each.function.body if isinstance(each, facts.Define) else ()
        for expression in own_expressions(each):
            yield from walk(expression)
        for one in inner:
            yield from _nodes(one)
