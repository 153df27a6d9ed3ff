"""The lines of a piece of code: its statements, without annotations, logging and what can never run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from gokart_lint import facts
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.symbols import Library
from gokart_lint.staleness.factories import fillings
from gokart_lint.staleness.forms import Former, Line, Shape
from gokart_lint.staleness.log_lines import LogLines
from gokart_lint.staleness.surroundings import of_symbol
from gokart_lint.walking import everything, own_expressions, statements, walk

_IDLE = (facts.Name, facts.Constant, facts.Opaque)
_ENDS = (facts.Return, facts.Raise)
_ACTS = (facts.Call, facts.Await, facts.Yield, facts.Walrus)
_READS_ALL = frozenset({'locals', 'vars', 'eval', 'exec'})
_QUERIED = re.compile(r'@(\w+)')
_KIND_DECORATORS = frozenset({'builtins.staticmethod', 'builtins.classmethod', 'builtins.property', 'functools.cached_property'})
_MARKS = frozenset({'typing.override', 'typing_extensions.override', 'typing.final', 'typing_extensions.final', 'abc.abstractmethod'})


class Lines:
    """Gathers the lines of one piece."""

    def __init__(self, former: Former) -> None:
        self.former = former
        self.lines: list[Line] = []
        self._logs: LogLines | None = None
        self._read: frozenset[str] | None = None
        self._told_elsewhere: frozenset[Span] = frozenset()

    def add(self, at: Span, *shape: object) -> None:
        self.lines.append(Line(shape, at))

    # --- functions ---

    def function(self, function: facts.Function, *, without_first: bool = False) -> None:
        """A whole function: its decorators, parameters and body. `without_first` leaves `self` out."""
        for decorator in function.decorators:
            symbol = self.former.around.resolve(decorator)
            name = symbol.name if isinstance(symbol, Library) else ''
            if name in _KIND_DECORATORS and name.endswith('property'):
                self.add(decorator.at, 'property')
            elif name not in _KIND_DECORATORS | _MARKS:
                self.add(decorator.at, 'decorator', self.former.shape(decorator))
        defaults = [(formal, self.former.shape(formal.default)) for formal in _in_order(function, without_first)]
        frame = self.former.around.frame
        if frame is not None and function.name == '__init__':
            found = fillings(frame.concrete).values()
            self._told_elsewhere = frozenset().union(*(each.statements for each in found))
        self._inner(function, defaults)

    def _inner(self, function: facts.Function, defaults: Sequence[tuple[facts.Formal, Shape]]) -> None:
        around = self.former.around
        for formal, default in defaults:
            kind = '' if formal.kind == '/' else formal.kind
            number = around.name(formal.name)
            self.add(formal.at, 'parameter', kind, number, default)
        if function.is_async:
            self.add(function.name_at, 'async')
        outer = self._logs, self._read
        self._logs, self._read = LogLines(_Body(self.former)), _read_names(function.body)
        self.block(function.body, is_whole=True)
        self._logs, self._read = outer

    def _nested(self, statement: facts.Define) -> None:
        function = statement.function
        around = self.former.around
        if self._read is not None and function.name not in self._read and not function.decorators:
            return
        self.add(function.name_at, 'def', around.name(function.name), self.former.shapes(function.decorators))
        defaults = [(formal, self.former.shape(formal.default)) for formal in _in_order(function, False)]
        with around.inside(function):
            self._inner(function, defaults)
        self.add(function.name_at, 'end')

    # --- statements ---

    def block(self, block: Iterable[Statement], *, is_whole: bool = False) -> None:
        """The statements of a block up to the first that ends it."""
        kept = list(block)
        while is_whole and kept and isinstance(kept[-1], facts.Return) and _is_nothing(kept[-1].value):
            kept.pop()
        for statement, following in zip_longest(kept, kept[1:]):
            if statement.at in self._told_elsewhere or (self._logs is not None and self._logs.only(statement)):
                continue
            if isinstance(statement, facts.Branch):
                self._branch(statement, fails_else=isinstance(following, facts.Raise) and not statement.otherwise)
            else:
                self._statement(statement)
            if isinstance(statement, _ENDS) or (isinstance(statement, facts.Plain) and statement.word in ('break', 'continue')):
                return

    def _statement(self, statement: Statement) -> None:
        shape = self.former.shape
        if isinstance(statement, facts.Evaluate):
            if not isinstance(statement.value, _IDLE):
                self.add(statement.at, 'do', shape(statement.value))
        elif isinstance(statement, facts.Assign):
            self._assign(statement)
        elif isinstance(statement, facts.Return):
            self.add(statement.at, 'return', () if _is_nothing(statement.value) else shape(statement.value))
        elif isinstance(statement, facts.Raise):
            self.add(statement.at, 'raise', self.former.error(statement.error))
        elif isinstance(statement, facts.Delete):
            self.add(statement.at, 'del', self.former.shapes(statement.targets))
        elif isinstance(statement, facts.Assert):
            self.add(statement.at, 'assert', self.former.refusal(statement.test))
        elif isinstance(statement, facts.Plain):
            if statement.word != 'pass':
                self.add(statement.at, statement.word, *sorted(statement.names))
        elif isinstance(statement, facts.Define):
            self._nested(statement)
        elif isinstance(statement, facts.Import):
            self._import(statement)
        else:
            self._compound(statement)

    def _assign(self, statement: facts.Assign) -> None:
        if statement.value is None or self._is_idle(statement):
            return
        value = self.former.shape(statement.value)
        self.add(statement.at, '=', statement.operator, value, tuple([self.former.assigned(each) for each in statement.targets]))

    def _is_idle(self, statement: facts.Assign) -> bool:
        """Whether a local name is assigned that nothing reads, by something that does nothing else."""
        if self._read is None or statement.value is None or not all(isinstance(each, facts.Name) for each in statement.targets):
            return False
        names = {each.name for each in statement.targets if isinstance(each, facts.Name)}
        return names.isdisjoint(self._read) and not any(isinstance(node, _ACTS) for node in walk(statement.value))

    def _import(self, statement: facts.Import) -> None:
        """Inside a function a name is followed from where it is used; in a module it may be one of several ways."""
        if self._logs is None and not statement.typing_only:
            module = self.former.around.module
            self.add(statement.at, 'import', self.former.refer(of_symbol(module.imported(statement), statement.bound), statement.at))

    def _compound(self, statement: Statement) -> None:
        shape = self.former.shape
        if isinstance(statement, facts.Loop):
            subject = shape(statement.subject)
            word = 'while' if statement.target is None else 'for'
            self._blocks(statement.at, (word, subject, shape(statement.target)), statement.body, statement.otherwise)
        elif isinstance(statement, facts.With):
            contexts = tuple([(shape(each.value), shape(each.target)) for each in statement.contexts])
            self._blocks(statement.at, ('with', contexts), statement.body)
        elif isinstance(statement, facts.Try):
            outer, self.former.catches = self.former.catches, self.former.catches or bool(statement.handlers)
            self._blocks(statement.at, ('try',), statement.body)
            self.former.catches = outer
            for handler in statement.handlers:
                self._blocks(statement.at, ('except', shape(handler.error), self._bound([handler.name or ''])), handler.body)
            self._blocks(statement.at, ('else',), statement.otherwise, statement.cleanup)
        elif isinstance(statement, facts.Match):
            self.add(statement.at, 'match', shape(statement.subject))
            for case in statement.cases:
                head = ('case', self.former.shapes(case.values), self._bound(case.names), shape(case.guard))
                self._blocks(statement.at, head, case.body)
            self.add(statement.at, 'end')

    def _bound(self, names: Iterable[str]) -> Shape:
        return tuple([self.former.around.name(name) for name in names if name])

    def _branch(self, statement: facts.Branch, *, fails_else: bool) -> None:
        truth = _truth(statement.test)
        if truth is not None:
            self.block(statement.then if truth else statement.otherwise)
            return
        refuses = all(isinstance(each, facts.Raise) for each in statement.then) or (fails_else and _asks_for(statement.test))
        test = self.former.refusal(statement.test) if refuses else self.former.shape(statement.test)
        self._blocks(statement.at, ('if', test), statement.then, statement.otherwise)

    def _blocks(self, at: Span, head: Shape, *blocks: tuple[Statement, ...]) -> None:
        self.add(at, *head)
        for block in blocks:
            self.block(block)
            self.add(at, 'end')


class _Body:
    """What `LogLines` asks of the function that is read."""

    def __init__(self, former: Former) -> None:
        scope = former.around.scope
        assert scope is not None
        self.scope = scope
        self.resolve = former.around.resolve
        self.own = former.around.own


def _in_order(function: facts.Function, without_first: bool) -> list[facts.Formal]:
    """The parameters, those by keyword alone in the order of their names."""
    formals = list(function.formals[1:] if without_first else function.formals)
    keywords = sorted((each for each in formals if each.kind == 'keyword'), key=lambda each: each.name)
    return [*(each for each in formals if each.kind != 'keyword'), *keywords]


def _is_nothing(value: Expression | None) -> bool:
    return value is None or (isinstance(value, facts.Constant) and value.value is None)


def _truth(test: Expression) -> bool | None:
    """What a test always comes to; None if that is not plain. Type checkers alone see what stands under TYPE_CHECKING."""
    if isinstance(test, facts.Constant):
        return bool(test.value)
    return False if getattr(test, 'name', '') == 'TYPE_CHECKING' else None


def _asks_for(test: Expression) -> bool:
    """Whether a test is `key in X` alone."""
    return isinstance(test, facts.Operation) and test.operators == ('in',)


def _read_names(body: Sequence[Statement]) -> frozenset[str] | None:
    """The names that a body reads, also those that `global` lends and `'a > @limit'` of pandas takes; None if it may read them all."""
    found: set[str] = set()
    for statement in statements(body):
        plain: set[Expression] = set()
        if isinstance(statement, facts.Assign) and not statement.operator:
            plain = {target for target in statement.targets if isinstance(target, facts.Name)}
        if isinstance(statement, facts.Plain):
            found.update(statement.names)
        inner = everything(statement.function.body) if isinstance(statement, facts.Define) else ()
        outer = (node for each in own_expressions(statement) if each not in plain for node in walk(each))
        for node in (*inner, *outer):
            if isinstance(node, facts.Name):
                found.add(node.name)
            elif isinstance(node, facts.Constant) and isinstance(node.value, str):
                found.update(_QUERIED.findall(node.value))
    return None if found & _READS_ALL else frozenset(found)
