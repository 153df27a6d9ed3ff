"""Moments: which values of a function are readings of a clock, and which expressions only tell how long something took."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from gokart_lint import facts, world
from gokart_lint.bodies.code import Code
from gokart_lint.facts import Expression
from gokart_lint.project.module import names_in
from gokart_lint.walking import statements

_KEEPING = frozenset({'builtins.int', 'builtins.float', 'builtins.round', 'builtins.str'})
_EARLIER = re.compile(r'(^|_)(start|started|begin|began|since|t0|tic)(_|$)', re.IGNORECASE)
"""Names for a moment that a function is given, of which the text shows no more."""


class Moments:
    """The moments in one function. `given` are formal parameters that are known to hold one."""

    def __init__(self, code: Code, assigned: dict[str, list[Expression | None]], given: frozenset[str] = frozenset()) -> None:
        self.code = code
        self.assigned = assigned
        self.names = self._names() | given

    def _names(self) -> set[str]:
        """The names that only ever hold a moment."""
        found: set[str] = set()
        while True:
            new = {
                name
                for name, values in self.assigned.items()
                if name not in found and all(value is not None and self.includes(value, found) for value in values)
            }
            if not new:
                return found
            found |= new

    def includes(self, node: Expression, names: Collection[str] | None = None) -> bool:
        """Whether a value is a moment."""
        known = self.names if names is None else names
        if isinstance(node, (facts.Name, facts.Attribute)) and key(self.code, node) in known:
            return True
        if isinstance(node, facts.Attribute):
            return self.includes(node.value, names)
        if isinstance(node, facts.Call):
            name = self.code.library_name(node.function)
            if name in world.CLOCKS:
                return True
            if name in _KEEPING:
                return any(self.includes(argument.value, names) for argument in node.arguments)
            return isinstance(node.function, facts.Attribute) and self.includes(node.function.value, names)
        if isinstance(node, facts.Operation) and node.kind == 'arithmetic':
            return sum(self.includes(each, names) for each in node.operands) == 1
        return False

    def is_span(self, node: Expression) -> bool:
        """Whether two moments are compared or taken from each other."""
        if not isinstance(node, facts.Operation) or len(node.operands) != 2:
            return False
        if node.kind != 'comparison' and node.operators != ('-',):
            return False
        left, right = node.operands
        if self.includes(left):
            return self.includes(right) or self._is_earlier(right)
        return self.includes(right) and self._is_earlier(left)

    def _is_earlier(self, node: Expression) -> bool:
        name = node.name if isinstance(node, (facts.Name, facts.Attribute)) else ''
        return key(self.code, node) not in self.assigned and _EARLIER.search(name) is not None


def assigned(code: Code) -> Iterator[tuple[str, list[Expression | None]]]:
    """The names that a function assigns, with their values, and `self.x` likewise; None for a value that is no plain expression."""
    if not code.is_function:
        return
    plain = [each for each in statements(code.body) if isinstance(each, facts.Assign)]
    names = {name for each in plain for target in each.targets for name in names_in(target)}
    moved = [name for each in plain if each.operator in ('+', '-') for target in each.targets for name in names_in(target)]
    for name in names:
        values = list(code.scope.assigned[name])
        for _ in range(moved.count(name)):
            values.remove(None)  # `deadline += 10` leaves it a moment
        yield name, values
    own: dict[str, list[Expression | None]] = {}
    for each in statements(code.body):
        if isinstance(each, facts.Assign) and each.value is not None:
            for target in each.targets:
                if code.own(target) is not None:
                    own.setdefault(key(code, target), []).append(each.value if not each.operator else None)
    yield from own.items()


def key(code: Code, node: Expression) -> str:
    if isinstance(node, facts.Name):
        return node.name
    own = code.own(node)
    return '' if own is None else f'self.{own}'
