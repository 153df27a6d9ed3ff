"""What in a method of a task is logging: it says what happens and changes no result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.symbols import Library, Symbol, Value, is_library
from gokart_lint.walking import blocks, children, everything, own_expressions, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.scopes import Scope

_METHODS = frozenset({
    'debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal', 'log', 'trace', 'success',
    'addFilter', 'addHandler', 'basicConfig', 'captureWarnings', 'disable', 'removeHandler', 'setLevel',
})  # fmt: skip
"""What a logger does, and what it is set up with."""
_NAMES = frozenset({'logger', 'log', 'logging', 'loguru'})
_MAKERS = frozenset({'getLogger', 'get_logger', 'getChild'})


class Body(Protocol):
    """A function or method, and what the names in it mean."""

    @property
    def scope(self) -> Scope: ...

    def resolve(self, node: Expression) -> Symbol:
        """What an expression means there."""
        ...

    def own(self, node: Expression) -> str | None:
        """`x` for `self.x`, else None."""
        ...


class Logs:
    """Tells the logging in one function or method."""

    def __init__(self, values: Body) -> None:
        self.values = values

    def only(self, statement: Statement) -> bool:
        """Whether a statement does nothing but log, or work out what is only logged, whatever it depends on."""
        if isinstance(statement, facts.Assign) and all(isinstance(target, facts.Name) for target in statement.targets):
            names = {target.name for target in statement.targets if isinstance(target, facts.Name)}
            return names <= self._only_logged
        return self._logs(statement)

    def _logs(self, statement: Statement) -> bool:
        if isinstance(statement, facts.Evaluate):
            return isinstance(statement.value, facts.Call) and self.is_log(statement.value)
        if isinstance(statement, facts.Assign):
            return any(isinstance(target, facts.Subscript) and self._is_task_log(target.value) for target in statement.targets)
        if not isinstance(statement, (facts.Branch, facts.Loop, facts.Match)):
            return False
        inner = [each for block in blocks(statement) for each in block if not isinstance(each, facts.Plain)]
        return bool(inner) and all(self._logs(each) for each in inner)

    @cached_property
    def _only_logged(self) -> frozenset[str]:
        """The names that the method reads only where it logs: the time that something took, the number of rows."""
        body = self.values.scope.function.body
        elsewhere = set(self._read_elsewhere(body))
        return frozenset(self._read_in_logs(body)) - elsewhere

    def _read_in_logs(self, block: Iterable[Statement]) -> Iterator[str]:
        for statement in statements(block):
            whole = isinstance(statement, facts.Assign) and self._logs(statement)
            for node in (inner for each in own_expressions(statement) for inner in walk(each)):
                if whole or (isinstance(node, facts.Call) and self.is_log(node)):
                    yield from (each.name for each in walk(node) if isinstance(each, facts.Name))

    def _read_elsewhere(self, block: Iterable[Statement]) -> Iterator[str]:
        for statement in block:
            if self._logs(statement):
                continue
            targets = statement.targets if isinstance(statement, facts.Assign) else ()
            pending = [each for each in own_expressions(statement) if not (each in targets and isinstance(each, facts.Name))]
            if isinstance(statement, facts.Define):
                pending += everything(statement.function.body)
            while pending:
                node = pending.pop()
                if isinstance(node, facts.Name):
                    yield node.name
                if not (isinstance(node, facts.Call) and self.is_log(node)):
                    pending += children(node)
            for inner in blocks(statement):
                yield from self._read_elsewhere(inner)

    def is_log(self, call: facts.Call) -> bool:
        """Whether a call logs."""
        function = call.function
        if isinstance(function, facts.Name):
            symbol = self.values.resolve(function)
            is_logging = isinstance(symbol, Library) and symbol.name.startswith('logging.') and function.name in _METHODS
            return is_logging or is_library(symbol, 'builtins.print')
        if not isinstance(function, facts.Attribute):
            return False
        if self._is_task_log(function.value):
            return True
        return function.name in _METHODS and any(self._is_logger(part) for part in _chain(function.value))

    def _is_task_log(self, node: Expression) -> bool:
        return self.values.own(node) == 'task_log' or (isinstance(node, facts.Subscript) and self._is_task_log(node.value))

    def _is_logger(self, node: Expression) -> bool:
        if _makes_logger(node):
            return True
        if not isinstance(node, (facts.Name, facts.Attribute)):
            return False
        if node.name.strip('_').lower() in _NAMES:
            return True
        if not isinstance(node, facts.Name):
            return False
        symbol = self.values.resolve(node)
        if isinstance(symbol, Value):
            return _makes_logger(symbol.expression)
        local = self.values.scope.single_value(node.name)
        return (local is not None and _makes_logger(local)) or (isinstance(symbol, Library) and symbol.name.partition('.')[0] in _NAMES)


def _makes_logger(node: Expression) -> bool:
    return isinstance(node, facts.Call) and isinstance(node.function, (facts.Name, facts.Attribute)) and node.function.name in _MAKERS


def _chain(node: Expression) -> Iterator[Expression]:
    """A chain of calls and attributes from its end to its root."""
    while True:
        yield node
        if isinstance(node, (facts.Attribute, facts.Subscript)):
            node = node.value
        elif isinstance(node, facts.Call):
            node = node.function
        else:
            return
