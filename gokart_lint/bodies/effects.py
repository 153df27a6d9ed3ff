"""Which expressions of a function can change what it gives: not those that only reach a log, an error, or the time that something took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gokart_lint import facts, world
from gokart_lint.bodies.code import Code, of_function
from gokart_lint.bodies.literal_paths import is_passing
from gokart_lint.bodies.logs import Logs
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import FunctionSymbol
from gokart_lint.walking import blocks, children, everything, own_expressions, statements

_SAYING = frozenset({'warnings.warn', 'sys.stdout.write', 'sys.stderr.write', 'click.echo', 'builtins.print'})
_TRACKING = ('mlflow.log_', 'wandb.log')
_KEEPING = frozenset({'builtins.int', 'builtins.float', 'builtins.round', 'builtins.str'})
_DISPLAYS = frozenset({'builtins.dict', 'builtins.list', 'builtins.set', 'collections.defaultdict'})
_FILLING = frozenset({'append', 'add', 'extend', 'insert', 'update', 'setdefault'})
_EARLIER = re.compile(r'(^|_)(start|started|begin|began|since|t0|tic)(_|$)', re.IGNORECASE)
"""Names for a moment that a function is given, of which the text shows no more."""


Gate = frozenset[str] | None
"""When the value of an expression matters: if one of these names does; None is always, an empty set never."""

_NEVER: frozenset[str] = frozenset()


class Seen(NamedTuple):
    """An expression, the function that it stands in, and whether its value can change a result."""

    node: Expression
    code: Code
    matters: bool


def seen(code: Code) -> list[Seen]:
    """Every expression of a function that is read, those of the functions inside it too, and whether its value matters."""
    return _Effects(code).seen()


def read_in(code: Code) -> Iterator[tuple[Expression, Code]]:
    """The same expressions, without asking what they matter for."""
    for statement in statements(code.body):
        pending = [node for node, _ in _read_by(statement)][::-1]
        while pending:
            current = pending.pop()
            yield current, code
            pending += _inside(current)[::-1]
        if isinstance(statement, facts.Define):
            yield from read_in(code.inside(statement.function))


def _read_by(statement: Statement) -> Iterator[tuple[Expression, bool]]:
    """The expressions of a statement that it reads, and whether they go into what it does; what it assigns to is not read."""
    if isinstance(statement, (facts.Assign, facts.Delete)):
        yield from ((part, False) for target in statement.targets for part in children(target))
        if isinstance(statement, facts.Assign) and statement.value is not None:
            yield statement.value, True
    else:
        yield from ((node, True) for node in own_expressions(statement))


def _inside(node: Expression) -> tuple[Expression, ...]:
    return children(node)[1:] if isinstance(node, facts.Walrus) else children(node)


class _Effects:
    """Goes through one function. Names of attributes stand as `self.x`.

    `moments` are formal parameters that are known to hold a moment; with them given, calls are not followed any further.
    """

    def __init__(self, code: Code, moments: frozenset[str] | None = None) -> None:
        self.code = code
        self.follows = moments is None
        self.logs = Logs(code) if code.is_function else None
        self.assigned = dict(_assigned(code))
        self.clocks = self._clock_names() | (moments or frozenset())
        self.local = self._local_names()

    def seen(self) -> list[Seen]:
        gated = list(self.block(self.code.body))
        live = self._live(gated)
        return [Seen(node, code, gate is None or not live.isdisjoint(gate)) for node, code, gate in gated]

    # --- names ---

    def _live(self, gated: Iterable[tuple[Expression, Code, Gate]]) -> set[str]:
        """The names whose values matter: those that are read where it matters, again and again."""
        live: set[str] = set()
        waiting: dict[str, set[str]] = {}
        pending: list[str] = []
        for node, code, gate in gated:
            key = _key(code, node)
            if key and gate is None:
                pending.append(key)
            elif key and gate:
                for name in gate:
                    waiting.setdefault(name, set()).add(key)
        while pending:
            name = pending.pop()
            if name not in live:
                live.add(name)
                pending += waiting.get(name, ())
        return live

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

    def _local_names(self) -> frozenset[str]:
        """The names that the function assigns and that nothing else can read."""
        shared = {name for each in statements(self.code.body) if isinstance(each, facts.Plain) for name in each.names}
        return frozenset(name for name in self.assigned if name not in shared and not self._is_used_elsewhere(name))

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
        return any(_uses_beside_timing(own, each.function.body) for each in others)

    # --- clocks ---

    def is_clock(self, node: Expression, names: Iterable[str] | None = None) -> bool:
        """Whether a value is a moment."""
        known = self.clocks if names is None else names
        if isinstance(node, (facts.Name, facts.Attribute)) and _key(self.code, node) in known:
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
        return _key(self.code, node) not in self.assigned and _EARLIER.search(name) is not None

    # --- statements ---

    def block(self, block: Iterable[Statement]) -> Iterator[tuple[Expression, Code, Gate]]:
        for statement in statements(block):
            yield from self.statement(statement)

    def statement(self, statement: Statement) -> Iterator[tuple[Expression, Code, Gate]]:
        gate = self.gate(statement)
        for node, goes_in in _read_by(statement):
            yield from self.expression(node, gate if goes_in or self._fills(statement) else None)
        if isinstance(statement, facts.Define):
            yield from ((node, code, None if matters else _NEVER) for node, code, matters in seen(self.code.inside(statement.function)))

    def gate(self, statement: Statement) -> Gate:
        """When the expressions that stand directly in a statement matter."""
        if isinstance(statement, (facts.Raise, facts.Assert)) or self._is_log(statement):
            return _NEVER
        if isinstance(statement, facts.Assign):
            return _any_of(self._taken_by(target) for target in statement.targets)
        if isinstance(statement, facts.Evaluate) and (filled := self._fills(statement)):
            return frozenset({filled})
        if isinstance(statement, (facts.Branch, facts.Match)):
            inner = [each for block in blocks(statement) for each in block]
            return _any_of(self._in_branch(each) for each in inner) if inner else None
        return None

    def _taken_by(self, target: Expression) -> Gate:
        """What a value that is assigned matters for."""
        if isinstance(target, facts.Subscript) and self.code.library_name(target.value) in world.ENVIRONMENTS:
            return _NEVER
        if isinstance(target, facts.Collection):
            return _any_of(self._taken_by(item) for item in target.items)
        key = self._container(target.value) if isinstance(target, facts.Subscript) else _key(self.code, target)
        return frozenset({key}) if key in self.local else None

    def _fills(self, statement: Statement) -> str:
        """The name of the list or dict that a statement puts something into, and does no more."""
        if isinstance(statement, facts.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            return self._container(target.value) if isinstance(target, facts.Subscript) else ''
        call = statement.value if isinstance(statement, facts.Evaluate) else None
        function = call.function if isinstance(call, facts.Call) else None
        is_filling = isinstance(function, facts.Attribute) and function.name in _FILLING
        return self._container(function.value) if is_filling and isinstance(function, facts.Attribute) else ''

    def _container(self, node: Expression) -> str:
        """The name of a local list, dict or set that the function made itself."""
        name = node.name if isinstance(node, facts.Name) else ''
        return name if name in self.local and all(_is_fresh(value, self.code) for value in self.assigned[name]) else ''

    def _in_branch(self, statement: Statement) -> Gate:
        """What the test matters for that leads to a statement."""
        if isinstance(statement, facts.Evaluate) and isinstance(statement.value, (facts.Constant, facts.Opaque)):
            return _NEVER
        if isinstance(statement, facts.Plain):
            return None if statement.word in ('break', 'continue') else _NEVER
        return self.gate(statement)

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

    def expression(self, node: Expression, gate: Gate) -> Iterator[tuple[Expression, Code, Gate]]:
        """An expression and all inside it, in the order of the text."""
        pending: list[tuple[Expression, Gate]] = [(node, gate)]
        while pending:
            current, gate = pending.pop()
            yield current, self.code, gate
            if gate != _NEVER and self._goes_nowhere(current):
                gate = _NEVER
            for each in reversed(_inside(current)):
                is_timed = gate != _NEVER and isinstance(current, facts.Call) and self.is_clock(each) and self._only_times(current, each)
                pending.append((each, _NEVER if is_timed else gate))

    def _goes_nowhere(self, node: Expression) -> bool:
        """Whether no part of an expression changes a result: two moments, a log, the name of a file that holds nothing for long."""
        return self._is_span(node) or (isinstance(node, facts.Call) and self._logs(node)) or is_passing(node, self.code)

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
        live = {_key(each.code, each.node) for each in inside.seen() if each.matters}
        return bool(names) and live.isdisjoint(names)


def _uses_beside_timing(name: str, block: Iterable[Statement]) -> bool:
    """Whether a block reads an attribute otherwise than to take it from another value, as one does with the time that work began."""
    nodes = list(everything(block))
    taken = {id(each) for node in nodes if isinstance(node, facts.Operation) and node.operators == ('-',) for each in node.operands}
    return any(isinstance(node, facts.Attribute) and node.name == name and id(node) not in taken for node in nodes)


def _is_fresh(value: Expression | None, code: Code) -> bool:
    """Whether a value is a list, dict or set that nobody else holds."""
    if isinstance(value, facts.Call):
        return code.library_name(value.function) in _DISPLAYS
    return isinstance(value, (facts.Collection, facts.Mapping, facts.Comprehension))


def _any_of(gates: Iterable[Gate]) -> Gate:
    found: set[str] = set()
    for gate in gates:
        if gate is None:
            return None
        found |= gate
    return frozenset(found)


def _assigned(code: Code) -> Iterator[tuple[str, list[Expression | None]]]:
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
                    own.setdefault(_key(code, target), []).append(each.value if not each.operator else None)
    yield from own.items()


def _key(code: Code, node: Expression) -> str:
    if isinstance(node, facts.Name):
        return node.name
    own = code.own(node)
    return '' if own is None else f'self.{own}'
