"""Which lines only log, so that no result depends on them: what `bodies.logs` calls logging, unless it does something on the way.

`self.task_log['report'] = model.fit(data)` logs, and trains the model.
"""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.bodies.logs import Body, Logs
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.symbols import Library
from gokart_lint.walking import everything, own_expressions, statements, walk

_ACTS = frozenset({
    'add', 'append', 'backward', 'clear', 'commit', 'compile', 'delete', 'discard', 'drop', 'dump', 'execute', 'extend', 'fill', 'fit',
    'fit_generator', 'fit_predict', 'fit_resample', 'fit_transform', 'insert', 'learn', 'load_state_dict', 'optimize', 'partial_fit', 'pop',
    'popitem', 'push', 'put', 'read', 'remove', 'reverse', 'run', 'save', 'seed', 'send', 'set_params', 'setdefault', 'shuffle', 'sort',
    'sort_values', 'step', 'submit', 'train', 'update', 'upload', 'write',
})  # fmt: skip
"""Methods that change what they are called on, or the world, as their names say."""

_READS = frozenset({
    'agg', 'all', 'any', 'astype', 'copy', 'count', 'describe', 'difference', 'format', 'get', 'groupby', 'head', 'info', 'isna', 'isnull',
    'isoformat', 'items', 'join', 'keys', 'lower', 'max', 'mean', 'median', 'memory_usage', 'min', 'nunique', 'predict', 'quantile',
    'round', 'score', 'size', 'split', 'std', 'strftime', 'strip', 'sum', 'tail', 'to_dict', 'to_string', 'tolist', 'total_seconds',
    'unique', 'upper', 'value_counts', 'values', 'var',
})  # fmt: skip
"""Methods that only look."""


class LogLines:
    """Tells the lines of one function that only log."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._logs = Logs(body)
        self._reads_task_log = any(body.own(node) == 'task_log' for node in self._read(body.scope.function.body))

    def only(self, statement: Statement) -> bool:
        """Whether a statement does nothing but log, or work out what is only logged."""
        if not self._logs.only(statement):
            return False
        named = isinstance(statement, facts.Assign) and all(isinstance(target, facts.Name) for target in statement.targets)
        calls = [node for node in everything([statement]) if isinstance(node, facts.Call) and not self._logs.is_log(node)]
        if named:
            return all(map(self._only_looks, calls))
        if self._reads_task_log and any(self._body.own(node) == 'task_log' for node in everything([statement])):
            return False
        return not any(isinstance(call.function, facts.Attribute) and call.function.name in _ACTS for call in calls)

    def _only_looks(self, call: facts.Call) -> bool:
        """Whether a call changes nothing, as far as its name says: a function of a library, or a method that looks."""
        symbol = self._body.resolve(call.function)
        if isinstance(symbol, Library):
            return symbol.name not in ('builtins.next', 'builtins.setattr', 'builtins.delattr', 'builtins.exec', 'builtins.open')
        return isinstance(call.function, facts.Attribute) and call.function.name in _READS

    @staticmethod
    def _read(block: tuple[Statement, ...]) -> Iterator[Expression]:
        """The expressions of a function, without what is assigned to."""
        for statement in statements(block):
            targets = statement.targets if isinstance(statement, facts.Assign) else ()
            for expression in own_expressions(statement):
                if expression not in targets:
                    yield from walk(expression)
