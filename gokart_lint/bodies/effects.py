"""Which expressions of a function can change what it gives: not those that only reach a log, an error, or the time that something took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gokart_lint import facts, world
from gokart_lint.bodies.code import Code, of_function
from gokart_lint.bodies.logs import Logs
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import FunctionSymbol
from gokart_lint.walking import blocks, children, everything, own_expressions, statements

_SAYING = frozenset({'warnings.warn', 'sys.stdout.write', 'sys.stderr.write', 'click.echo', 'builtins.print'})
_TRACKING = ('mlflow.log_', 'wandb.log')
_KEEPING = frozenset({'builtins.int', 'builtins.float', 'builtins.round', 'builtins.str'})
_EARLIER = re.compile(r'(^|_)(start|started|begin|began|since|t0|tic)(_|$)', re.IGNORECASE)
"""Names for a moment that a function is given, of which the text shows no more."""


class Seen(NamedTuple):
    """An expression, the function that it stands in, and whether its value can change a result."""

    node: Expression
    code: Code
    matters: bool


def seen(code: Code) -> Iterator[Seen]:
    """Every expression of a function, those of the functions inside it too."""
    yield from _Effects(code).block(code.body)


class _Effects:
    """Goes through one function. `idle` are the names whose values change nothing, a name of an attribute as `self.x`.

    `moments` are formal parameters that are known to hold a moment; with them given, calls are not followed any further.
    """

    def __init__(self, code: Code, moments: frozenset[str] | None = None) -> None:
        self.code = code
        self.follows = moments is None
        self.logs = Logs(code) if code.is_function else None
        self.assigned = dict(_assigned(code))
        self.clocks = self._clock_names() | (moments or frozenset())
        self.idle: frozenset[str] = frozenset()
        self._find_idle()

    # --- names ---

    def _clock_names(self) -> set[str]:
        """The names that only ever hold a moment."""
        found: set[str] = set()
        while True:
            new = {
                name
                for name, values in self.assigned.items()
                if name not in found and all(value is not None and self.is_clock(value, found) for value in values)
            }
            if not new:
                return found
            found |= new

    def _find_idle(self) -> None:
        shared = {name for each in statements(self.code.body) if isinstance(each, facts.Plain) for name in each.names}
        idle = frozenset(name for name in self.assigned if name not in shared and not self._is_used_elsewhere(name))
        while idle != self.idle:
            self.idle = idle
            idle -= {self._key(each.node) for each in self.block(self.code.body) if each.matters}

    def _is_used_elsewhere(self, name: str) -> bool:
        """Whether another method may read `self.x`."""
        method = self.code.place.method
        if not name.startswith('self.'):
            return False
        if method is None or not method.owner.is_luigi_task:
            return True
        own = name.removeprefix('self.')
        family = (method.owner, *method.owner.subclasses)
        others = (each for owner in family for each in owner.methods() if each.function is not method.function)
        return any(isinstance(node, facts.Attribute) and node.name == own for each in others for node in everything(each.function.body))

    def _key(self, node: Expression) -> str:
        return _key(self.code, node)

    # --- clocks ---

    def is_clock(self, node: Expression, names: Iterable[str] | None = None) -> bool:
        """Whether a value is a moment."""
        known = self.clocks if names is None else names
        if isinstance(node, (facts.Name, facts.Attribute)) and self._key(node) in known:
            return True
        if isinstance(node, facts.Attribute):
            return self.is_clock(node.value, names)
        if isinstance(node, facts.Call):
            name = self.code.library_name(node.function)
            if name in world.CLOCKS:
                return True
            if name in _KEEPING:
                return any(self.is_clock(argument.value, names) for argument in node.arguments)
            return isinstance(node.function, facts.Attribute) and self.is_clock(node.function.value, names)
        if isinstance(node, facts.Operation) and node.kind == 'arithmetic':
            return sum(self.is_clock(each, names) for each in node.operands) == 1
        return False

    def _is_span(self, node: Expression) -> bool:
        """Whether two moments are compared or taken from each other."""
        if not isinstance(node, facts.Operation) or len(node.operands) != 2:
            return False
        if node.kind != 'comparison' and node.operators != ('-',):
            return False
        left, right = node.operands
        if self.is_clock(left):
            return self.is_clock(right) or self._is_earlier(right)
        return self.is_clock(right) and self._is_earlier(left)

    def _is_earlier(self, node: Expression) -> bool:
        name = node.name if isinstance(node, (facts.Name, facts.Attribute)) else ''
        return self._key(node) not in self.assigned and _EARLIER.search(name) is not None

    # --- statements ---

    def block(self, block: Iterable[Statement]) -> Iterator[Seen]:
        for statement in block:
            yield from self.statement(statement)
            for inner in blocks(statement):
                yield from self.block(inner)

    def statement(self, statement: Statement) -> Iterator[Seen]:
        if isinstance(statement, facts.Assign):
            yield from self.assign(statement)
            return
        if isinstance(statement, facts.Delete):
            parts: list[Expression] = [part for target in statement.targets for part in children(target)]
        else:
            parts = list(own_expressions(statement))
        matters = not self.is_idle(statement)
        for node in parts:
            yield from self.expression(node, matters)
        if isinstance(statement, facts.Define):
            yield from seen(self.code.inside(statement.function))

    def assign(self, statement: facts.Assign) -> Iterator[Seen]:
        for target in statement.targets:
            for node in children(target):
                yield from self.expression(node, matters=True)
        if statement.value is not None:
            yield from self.expression(statement.value, not self.is_idle(statement))

    def is_idle(self, statement: Statement) -> bool:
        """Whether the expressions that stand directly in a statement change no result."""
        if isinstance(statement, (facts.Raise, facts.Assert)):
            return True
        if isinstance(statement, facts.Assign):
            return all(self._takes_nothing(target) for target in statement.targets) or self._is_log(statement)
        if isinstance(statement, (facts.Branch, facts.Match)):
            inner = [each for block in blocks(statement) for each in block]
            return bool(inner) and all(self._is_silent(each) for each in inner)
        return self._is_log(statement)

    def _takes_nothing(self, target: Expression) -> bool:
        if isinstance(target, facts.Subscript):
            return self.code.library_name(target.value) in world.ENVIRONMENTS
        if isinstance(target, facts.Collection):
            return all(self._takes_nothing(item) for item in target.items)
        return self._key(target) in self.idle

    def _is_silent(self, statement: Statement) -> bool:
        """Whether a statement that a branch leads to is no part of the work."""
        if isinstance(statement, facts.Evaluate):
            return isinstance(statement.value, (facts.Constant, facts.Opaque)) or self._is_log(statement)
        if isinstance(statement, (facts.Plain, facts.Raise)):
            return not (isinstance(statement, facts.Plain) and statement.word in ('break', 'continue'))
        return isinstance(statement, (facts.Assign, facts.Branch, facts.Match)) and self.is_idle(statement)

    def _is_log(self, statement: Statement) -> bool:
        if isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Call):
            return self._logs(statement.value)
        if isinstance(statement, facts.Assign) and any(isinstance(target, facts.Subscript) for target in statement.targets):
            return self.logs is not None and self.logs.only(statement)
        return False

    def _logs(self, call: facts.Call) -> bool:
        name = self.code.library_name(call.function)
        return name in _SAYING or name.startswith(_TRACKING) or (self.logs is not None and self.logs.is_log(call))

    # --- expressions ---

    def expression(self, node: Expression, matters: bool) -> Iterator[Seen]:
        yield Seen(node, self.code, matters)
        if matters and (self._is_span(node) or (isinstance(node, facts.Call) and self._logs(node))):
            matters = False
        inner = children(node)
        for each in inner[1:] if isinstance(node, facts.Walrus) else inner:
            is_timed = matters and isinstance(node, facts.Call) and self.is_clock(each) and self._only_times(node, each)
            yield from self.expression(each, matters and not is_timed)

    def _only_times(self, call: facts.Call, moment: Expression) -> bool:
        """Whether a function of the project takes a moment that it is given from another one, or logs it, and does no more with it."""
        symbol = self.code.resolve(call.function) if self.follows else None
        if not isinstance(symbol, FunctionSymbol) or call.unpacks:
            return False
        formals = [formal.name for formal in symbol.function.formals if formal.kind in ('/', '')]
        given = [argument for argument in call.arguments if argument.keyword is None]
        names = [argument.keyword for argument in call.arguments if argument.keyword and argument.value is moment]
        names += [name for name, argument in zip(formals, given, strict=False) if argument.value is moment]
        inside = _Effects(of_function(symbol.module, symbol.function), frozenset(filter(None, names)))
        live = {_key(each.code, each.node) for each in inside.block(inside.code.body) if each.matters}
        return bool(names) and live.isdisjoint(names)


def _assigned(code: Code) -> Iterator[tuple[str, list[Expression | None]]]:
    """The names that a function assigns, with their values, and `self.x` likewise; None for a value that is no plain expression."""
    if not code.is_function:
        return
    plain = {
        name for each in statements(code.body) if isinstance(each, facts.Assign) for target in each.targets for name in names_in(target)
    }
    yield from ((name, values) for name, values in code.scope.assigned.items() if name in plain)
    own: dict[str, list[Expression | None]] = {}
    for each in statements(code.body):
        if isinstance(each, facts.Assign) and each.value is not None:
            for target in each.targets:
                if code.own(target) is not None:
                    own.setdefault(_key(code, target), []).append(each.value if not each.operator else None)
    yield from own.items()


def _key(code: Code, node: Expression) -> str:
    if isinstance(node, facts.Name):
        return node.name
    own = code.own(node)
    return '' if own is None else f'self.{own}'
