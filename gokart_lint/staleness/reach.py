"""Everything that a task's result can depend on: the pieces behind its methods, found through what each of them names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from gokart_lint import facts
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.surroundings import all_named, of_class
from gokart_lint.staleness.targets import Code, Default, Key, Target, Whole
from gokart_lint.vocabulary import TARGET_MAKERS

DECORATORS = 'its decorators'
ROOTS = ('run', 'output', 'load', 'load_generator', 'load_data_frame', 'dump', '__init__', DECORATORS, *TARGET_MAKERS)
"""The methods of a task that decide what its output holds, beside `requires`, which the key is asked about first."""

Roots: TypeAlias = dict[str, tuple[Target, ...]]


class Reach(msgspec.Struct, frozen=True):
    """What some methods of a task reach, with the attributes and the texts that are named on the way, each text with a piece that holds it.

    `roots` are where the way starts: the methods by name, and what others may use of the task once it is handed to them.
    """

    roots: Roots
    pieces: tuple[Target, ...]
    attributes: frozenset[str]
    texts: dict[str, Target]
    hands_on: bool = False


def reach_of(side: Side, task: Class, names: Iterable[str] = ROOTS) -> Reach:
    """Everything behind some methods of a task."""
    found = _roots(task, tuple(names))
    while True:
        reached = reach(side, [piece for pieces in found.values() for piece in pieces])
        more: Roots = {}
        if reached.hands_on:  # `fit_model(self)`, which calls `task.create_model()`
            new = (name for name in sorted(reached.attributes) if name not in found and name not in ROOTS and name != 'requires')
            more = {name: pieces for name in new if (pieces := _handed_on(task, name))}
        if not more:
            return Reach(found, reached.pieces, reached.attributes, reached.texts)
        found.update(more)


def _roots(task: Class, names: tuple[str, ...]) -> Roots:
    found: Roots = {}
    for name in names:
        method = task.method(name)
        if isinstance(method, Method) and sum(each.name == name for each in method.owner.facts.methods) == 1:
            found[name] = (Code(method.owner.module, method.function, method, task),)
        elif method is UNKNOWN or isinstance(method, Method):
            found[name] = all_named(task, name)
    if DECORATORS in names:
        found[DECORATORS] = tuple(_decorators(task))
    return {name: pieces for name, pieces in found.items() if pieces}


def _handed_on(task: Class, name: str) -> tuple[Target, ...]:
    """What somebody uses who has the task and names an attribute of it."""
    parameter = task.parameters.get(name)
    if parameter is not None:
        default = Default(parameter)
        return (default,) if parameter.significant is False and default.value is not None else ()
    found = of_class(task, name)
    return () if found is None else (found,)


def _decorators(task: Class) -> Iterator[Target]:
    """The project's own decorators of a task's class and of its bases."""
    for each in (found for found in task.ancestors if isinstance(found, Class)):
        for decorator in each.facts.decorators:
            symbol = each.resolve_header(decorator.function if isinstance(decorator, facts.Call) else decorator)
            if isinstance(symbol, FunctionSymbol):
                yield Code(symbol.module, symbol.function)
            elif isinstance(symbol, Class):
                yield Whole(symbol)


def reach(side: Side, start: Iterable[Target]) -> Reach:
    """Everything behind some pieces. The methods of a class count once something names them, so it goes on until nothing new comes."""
    first = tuple(start)
    live: frozenset[str] = frozenset()
    while True:
        attributes: set[str] = set()
        texts: dict[str, Target] = {}
        seen: dict[Key, Target] = {}
        hands_on = False
        pending = list(first)
        while pending:
            target = pending.pop()
            if target.key in seen:
                continue
            seen[target.key] = target
            form = side.form(target, live)
            attributes |= form.attributes
            hands_on = hands_on or (form.hands_on and isinstance(target, Code) and target.of_task)
            for text in form.texts:
                texts.setdefault(text, target)
            pending += [reference.target for reference in reversed(form.references)]
        if attributes <= live:
            return Reach({}, tuple(seen.values()), live, texts, hands_on)
        live |= attributes
