"""Whether a `run` only hands over what is there: it loads, dumps a constant or what it loaded, and logs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.holding import Role, Values, is_super
from gokart_lint.bodies.idling import does_nothing
from gokart_lint.bodies.logs import Logs
from gokart_lint.bodies.work import Left
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import FunctionSymbol, Library
from gokart_lint.walking import children, dotted

_OF_TARGETS = frozenset({'input', 'output', 'load', 'get', 'keys', 'values', 'items', 'path', 'exists'})
_KEEPING = frozenset({f'builtins.{name}' for name in ('dict', 'list', 'set', 'str', 'tuple', 'frozenset')} | {'typing.cast'})
_CLOCKS = frozenset({'datetime.datetime.now', 'datetime.datetime.utcnow', 'datetime.date.today', 'time.time', 'time.perf_counter'})
_NAMES = {
    facts.Loop: 'a loop',
    facts.With: 'a with statement',
    facts.Try: 'a try statement',
    facts.Match: 'a match statement',
    facts.Define: 'a nested function',
    facts.DefineClass: 'a nested class',
    facts.Delete: 'a deletion',
    facts.Assert: 'an assertion',
}
_NAMES_OF_VALUES: dict[type, str] = {
    facts.Yield: 'a yield',
    facts.Subscript: 'a subscript',
    facts.Lambda: 'a lambda',
    facts.Await: 'an await',
    facts.Slice: 'a slice',
}


def more_than_handing_over(owner: Class, method: Method) -> Left | None:
    """The first thing that a method does beside loading, dumping and logging."""
    return next(_Reader(owner, method).block(method.function.body), None)


class _Reader:
    def __init__(self, owner: Class, method: Method) -> None:
        self.owner = owner
        self.values = Values(owner, method)
        self.logs = Logs(self.values)

    def block(self, block: Iterable[Statement]) -> Iterator[Left]:
        for statement in block:
            if not self.logs.only(statement):
                yield from self.statement(statement)

    def statement(self, statement: Statement) -> Iterator[Left]:
        if type(statement) in _NAMES:
            yield Left(_NAMES[type(statement)], statement.at)
        elif isinstance(statement, facts.Branch):
            yield from self.branch(statement)
        elif isinstance(statement, facts.Assign):
            yield from self.assign(statement)
        elif isinstance(statement, (facts.Evaluate, facts.Return)) and statement.value is not None:
            yield from self.expression(statement.value)

    def branch(self, statement: facts.Branch) -> Iterator[Left]:
        """A branch on parameters alone chooses between two ways of handing over."""
        if self.values.of(statement.test).loaded:
            yield Left('a branch on data', statement.test.at)
        for block in (statement.then, statement.otherwise):
            yield from self.block(block)

    def assign(self, statement: facts.Assign) -> Iterator[Left]:
        if statement.operator:
            yield Left('arithmetic', statement.at)
        elif statement.value is not None:
            yield from self.expression(statement.value)
            for target in statement.targets:
                self.values.bind(target, self.values.of(statement.value))
                if isinstance(target, facts.Subscript) and self.values.own(target.value) is None:
                    yield from self.expression(target)

    def expression(self, node: Expression) -> Iterator[Left]:
        if isinstance(node, facts.Call):
            yield from self.call(node)
        elif isinstance(node, facts.Operation):
            if self.values.of(node).loaded or node.kind == 'arithmetic':
                yield Left('a comparison' if node.kind == 'comparison' else 'arithmetic', node.at)
        elif isinstance(node, facts.Attribute):
            if self.values.own(node) is None:
                yield from self.expression(node.value)
        elif isinstance(node, facts.Subscript) and self.is_target(node):
            return
        elif isinstance(node, facts.Comprehension):
            yield from self.comprehension(node)
        elif type(node) in _NAMES_OF_VALUES:
            yield Left(_NAMES_OF_VALUES[type(node)], node.at)
        else:
            for each in children(node):
                yield from self.expression(each)

    def comprehension(self, node: facts.Comprehension) -> Iterator[Left]:
        """One over keys or targets loads each of them; one over what was loaded makes something else of it."""
        for clause in node.clauses:
            held = self.values.of(clause.iterable)
            if held.role is Role.DATA:
                yield Left('a comprehension', node.at)
                return
            self.values.bind(clause.target, held)
        for each in children(node):
            yield from self.expression(each)

    def call(self, node: facts.Call) -> Iterator[Left]:
        if self.logs.is_log(node):
            return
        if not self.is_plain(node):
            yield Left(f'a call of {dotted(node.function) or "what it made"}', node.at)
            return
        for argument in node.arguments:
            yield from self.expression(argument.value)

    def is_plain(self, node: facts.Call) -> bool:
        """Whether a call only hands over: `self.load()`, `self.dump(x)`, `super().run()`, reading a target, or making a constant."""
        function = node.function
        name = self.values.own(function)
        if name in vocabulary.READERS or name in ('dump', 'output'):
            return True
        if isinstance(function, facts.Attribute) and is_super(function.value):
            return function.name in (*vocabulary.LOADS, 'dump', 'run', 'input', 'output')
        if name is not None:
            method = self.owner.project_method(name)
            return method is not None and does_nothing(method)
        if isinstance(function, facts.Attribute) and function.name in _OF_TARGETS:
            return self.is_target(function.value)
        return self.is_of_parameter(node) or self.makes_constant(node)

    def is_of_parameter(self, node: facts.Call) -> bool:
        """Whether a call asks a parameter or a literal for something: `self.day.isoformat()`, `'{}'.format(self.day)`."""
        if not isinstance(node.function, facts.Attribute) or self.values.of(node.function).loaded or self.values.given(node):
            return False
        of = node.function.value
        return isinstance(of, (facts.Constant, facts.Text)) or self.values.own(of) in self.owner.parameters

    def is_target(self, node: Expression) -> bool:
        """Whether an expression is a target or a part of `self.input()`."""
        while True:
            if isinstance(node, facts.Subscript):
                node = node.value
            elif isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute) and self.values.own(node.function) is None:
                node = node.function.value
            else:
                break
        if isinstance(node, facts.Call):
            return self.values.own(node.function) in ('input', 'output')
        held = self.values.of(node)
        return held.role is Role.TARGET or (self.values.own(node) is not None and not held.loaded)

    def makes_constant(self, node: facts.Call) -> bool:
        """Whether a call of a library makes a value from literals: `dict()`, `pd.DataFrame()`, `datetime.now()`."""
        symbol = self.values.resolve(node.function)
        if isinstance(symbol, FunctionSymbol) or not isinstance(symbol, Library):
            return False
        if symbol.name in _KEEPING or symbol.name in _CLOCKS:
            return True
        given = any(self.values.of(argument.value).loaded for argument in node.arguments)
        return symbol.name.rpartition('.')[2][:1].isupper() and not given
