"""Which expressions of a function can change what it gives: not those that only reach a log, an error, or the time that something took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gokart_lint import facts, world
from gokart_lint.bodies.code import Code, of_function
from gokart_lint.bodies.literal_paths import is_passing
from gokart_lint.bodies.logs import Logs
from gokart_lint.bodies.moments import Moments, assigned, key
from gokart_lint.bodies.timers import only_times
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.symbols import FunctionSymbol
from gokart_lint.walking import blocks, children, own_expressions, statements

_SAYING = frozenset({'warnings.warn', 'sys.stdout.write', 'sys.stderr.write', 'click.echo', 'builtins.print'})
_TRACKING = ('mlflow.log_', 'wandb.log')
_DISPLAYS = frozenset({'builtins.dict', 'builtins.list', 'builtins.set', 'collections.defaultdict'})
_FILLING = frozenset({'append', 'add', 'extend', 'insert', 'update', 'setdefault'})
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
        self.assigned = dict(assigned(code))
        self.moments = Moments(code, self.assigned, moments or frozenset())
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
            read = key(code, node)
            if read and gate is None:
                pending.append(read)
            elif read and gate:
                for name in gate:
                    waiting.setdefault(name, set()).add(read)
        while pending:
            name = pending.pop()
            if name not in live:
                live.add(name)
                pending += waiting.get(name, ())
        return live

    def _local_names(self) -> frozenset[str]:
        """The names that the function assigns and that nothing else can read."""
        shared = {name for each in statements(self.code.body) if isinstance(each, facts.Plain) for name in each.names}
        return frozenset(name for name in self.assigned if name not in shared and not self._is_used_elsewhere(name))

    def _is_used_elsewhere(self, name: str) -> bool:
        """Whether another method may read `self.x`."""
        method = self.code.place.method
        if not name.startswith('self.'):
            return False
        if method is None or not (method.owner.is_luigi_task or name in self.moments.names):
            return True
        return not only_times(name.removeprefix('self.'), method)

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
        name = self._container(target.value) if isinstance(target, facts.Subscript) else key(self.code, target)
        return frozenset({name}) if name in self.local else None

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
                is_timed = (
                    gate != _NEVER and isinstance(current, facts.Call) and self.moments.includes(each) and self._only_times(current, each)
                )
                pending.append((each, _NEVER if is_timed else gate))

    def _goes_nowhere(self, node: Expression) -> bool:
        """Whether no part of an expression changes a result: two moments, a log, the name of a file that holds nothing for long."""
        return self.moments.is_span(node) or (isinstance(node, facts.Call) and self._logs(node)) or is_passing(node, self.code)

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
        live = {key(each.code, each.node) for each in inside.seen() if each.matters}
        return bool(names) and live.isdisjoint(names)


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
