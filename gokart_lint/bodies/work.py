"""What a method of a task does itself, once loading, dumping, logging and calls of others are taken away."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gokart_lint import facts
from gokart_lint.bodies.holding import DATA, PLAIN, Held, Role, Values
from gokart_lint.bodies.logs import Logs
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.parameters import pairs
from gokart_lint.project.symbols import Library
from gokart_lint.walking import blocks, children, own_expressions, walk

_FILLING = frozenset({'append', 'extend', 'update', 'setdefault', 'add', 'insert'})
_JOINING = frozenset({'+', '%', '/'})
"""Operators that put texts or paths together."""


class Left(msgspec.Struct, frozen=True):
    """One piece of work: what it is, as a message says it, and where it stands."""

    kind: str
    at: Span


def work_left(owner: Class, method: Method, *, given: bool = False) -> tuple[Left, ...]:
    """The work that stands in the method itself, in source order. With `given` its arguments are data too."""
    reader = _Reader(owner, method)
    if given:
        reader.values.names.update((formal.name, DATA) for formal in method.function.formals[1:])
    reader.block(method.function.body)
    return tuple(sorted(reader.left, key=lambda left: (left.at.line, left.at.column)))


class _Reader:
    """Goes through the statements of one method in order."""

    def __init__(self, owner: Class, method: Method) -> None:
        self.values = Values(owner, method)
        self.logs = Logs(self.values)
        self.left: list[Left] = []

    def add(self, kind: str, at: Span) -> None:
        self.left.append(Left(kind, at))

    # --- statements ---

    def block(self, block: Iterable[Statement]) -> None:
        for statement in block:
            if not self.logs.only(statement):
                self.statement(statement)

    def statement(self, statement: Statement) -> None:
        if isinstance(statement, facts.Assign):
            self.assign(statement)
        elif isinstance(statement, facts.Branch):
            self.branch(statement)
        elif isinstance(statement, facts.Match):
            self.match(statement)
        elif isinstance(statement, facts.Loop):
            self.loop(statement)
        elif isinstance(statement, facts.With):
            self.add('a with statement', statement.at)
            for context in statement.contexts:
                self.expression(context.value)
                if context.target is not None:
                    self.values.bind(context.target, self.values.of(context.value))
            self.block(statement.body)
        elif isinstance(statement, facts.Define):
            self.add('a nested function', statement.function.name_at)
        elif isinstance(statement, facts.DefineClass):
            self.add('a nested class', statement.at)
        elif isinstance(statement, facts.Delete):
            for target in statement.targets:
                self.target(target, PLAIN)
        elif isinstance(statement, facts.Assert):
            self.assertion(statement)
        else:
            for expression in own_expressions(statement):
                self.expression(expression)
            for block in blocks(statement):
                self.block(block)

    def assign(self, statement: facts.Assign) -> None:
        if statement.value is None:
            return
        if statement.operator:
            self.add('arithmetic', statement.at)
        self.expression(statement.value)
        for target in statement.targets:
            if isinstance(target, facts.Name) and isinstance(statement.value, facts.Name) and statement.value.name in self.values.selves:
                self.values.selves.add(target.name)
            held = self.values.of(statement.value)
            self.target(target, Held(Role.DATA, held.loaded) if statement.operator else held)
            if isinstance(target, facts.Collection):
                each = [(facts.Name(target.at, name), self.values.of(value)) for name, value in pairs(target, statement.value)]
                for name, one in each:
                    self.values.bind(name, one)

    def target(self, target: Expression, held: Held) -> None:
        """What is assigned to, or deleted."""
        if isinstance(target, facts.Subscript) or (isinstance(target, facts.Attribute) and self.values.own(target) is None):
            if self.values.of(target.value).role is Role.DATA:
                self.add('a write into data', target.at)
            else:
                self.values.fill(target.value, held)
            if isinstance(target, facts.Subscript):
                self.expression(target.index)
        elif isinstance(target, facts.Collection):
            self.values.bind(target, held)
            for item in target.items:
                if not isinstance(item, facts.Name):
                    self.target(item, held)
        else:
            self.values.bind(target, held)

    def branch(self, statement: facts.Branch) -> None:
        self.test(statement.test)
        self.sides(statement.then, statement.otherwise)

    def sides(self, *sides: tuple[Statement, ...]) -> None:
        before = self.values.names
        ends = []
        for side in sides:
            self.values.names = dict(before)
            self.block(side)
            ends.append(self.values.names)
        for end in ends:
            self.values.join(end)

    def match(self, statement: facts.Match) -> None:
        self.test(statement.subject)
        subject = self.values.of(statement.subject)
        for case in statement.cases:
            for name in case.names:
                self.values.names[name] = DATA if subject.loaded else PLAIN
            if case.guard is not None:
                self.test(case.guard)
        self.sides(*(case.body for case in statement.cases), ())

    def loop(self, statement: facts.Loop) -> None:
        self.add('a loop', statement.at)
        self.expression(statement.subject, in_test=statement.target is None)
        if statement.target is not None:
            subject = self.values.of(statement.subject)
            self.values.bind(statement.target, subject if subject.role is Role.TARGET else DATA if subject.loaded else PLAIN)
        self.block(statement.body)
        self.block(statement.otherwise)

    def assertion(self, statement: facts.Assert) -> None:
        """An assertion that something is not None tells a type checker what is known; it does nothing else."""
        test = statement.test
        narrows = isinstance(test, facts.Operation) and test.operators in (('is',), ('is not',))
        self.expression(test, in_test=narrows or not self.values.of(test).loaded)
        if statement.message is not None:
            self.expression(statement.message)

    # --- expressions ---

    def test(self, node: Expression) -> None:
        """What a branch depends on: free if it is parameters alone."""
        if not self.values.of(node).loaded:
            self.expression(node, in_test=True)
            return
        self.add('a branch on data', node.at)
        for each in walk(node):
            if isinstance(each, facts.Walrus):
                self.values.bind(each.target, self.values.of(each.value))

    def expression(self, node: Expression, *, in_test: bool = False) -> None:
        if isinstance(node, facts.Comprehension):
            self.add('a comprehension', node.at)
        elif isinstance(node, facts.Conditional):
            self.test(node.test)
            self.expression(node.then)
            self.expression(node.otherwise)
        elif isinstance(node, facts.Lambda):
            self.lambda_(node)
        elif isinstance(node, facts.Call):
            self.call(node, in_test)
        else:
            self.look_at(node, in_test)
            for each in children(node):
                self.expression(each, in_test=in_test)
            if isinstance(node, facts.Walrus):
                self.values.bind(node.target, self.values.of(node.value))

    def look_at(self, node: Expression, in_test: bool) -> None:
        if isinstance(node, facts.Operation) and not in_test:
            if node.kind == 'comparison':
                self.add('a comparison', node.at)
            elif (node.kind == 'arithmetic' and not self.is_plain_text_or_type(node)) or (
                node.kind == 'unary' and node.operators != ('not',) and self.values.of(node).loaded
            ):
                self.add('arithmetic', node.at)
        elif isinstance(node, facts.Subscript) and self.values.of(node.value).role is Role.DATA:
            self.add('a subscript of data', node.at)

    def lambda_(self, node: facts.Lambda) -> None:
        before = self.values.names
        self.values.names = {**before, **dict.fromkeys(node.parameters, DATA)}
        self.expression(node.value)
        self.values.names = before

    def call(self, node: facts.Call, in_test: bool) -> None:
        if self.logs.is_log(node):
            return
        function = node.function
        if isinstance(function, facts.Attribute):
            if self.is_method_call_on_data(function, node):
                self.add('a method call', function.name_at)
            if function.name in _FILLING:
                self.values.fill(function.value, Held(loaded=self.values.given(node)))
            self.expression(function.value, in_test=in_test)
        elif isinstance(function, facts.Name):
            if self.values.of(function).role is Role.DATA:
                self.add('a call of data', node.at)
        else:
            self.expression(function, in_test=in_test)
        for argument in node.arguments:
            self.expression(argument.value, in_test=in_test)

    def is_method_call_on_data(self, function: facts.Attribute, call: facts.Call) -> bool:
        held = self.values.of(function.value)
        if held.role is Role.DATA:
            return not self.is_fluent(function.value)
        if held.role is Role.DISPLAY:
            return held.loaded and function.name not in _FILLING
        return held.role is Role.LIBRARY and self.values.given(call)

    def is_fluent(self, node: Expression) -> bool:
        """Whether an expression is a chain of calls on an object of the project: `Trainer().fit(data)`, which may return itself."""
        receivers = []
        while isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute):
            node = node.function.value
            receivers.append(node)
        roles = (self.values.of(receiver).role for receiver in reversed(receivers))
        return next((role for role in roles if role in (Role.PROJECT, Role.DATA)), Role.DATA) is Role.PROJECT

    def is_plain_text_or_type(self, node: facts.Operation) -> bool:
        """Whether an operation joins literal text or paths with plain things, counts with literals alone, or means a union of types."""
        if self.values.of(node).loaded:
            return False
        parts = list(_operands(node))
        if all(isinstance(part, facts.Constant) for part in parts):
            return True
        if node.operators == ('|',):
            return all((isinstance(part, facts.Constant) and part.value is None) or self.is_type(part) for part in parts)
        texts = any(isinstance(part, facts.Text) or (isinstance(part, facts.Constant) and isinstance(part.value, str)) for part in parts)
        return texts and node.operators[0] in _JOINING

    def is_type(self, node: Expression) -> bool:
        symbol = self.values.resolve(node)
        return isinstance(symbol, (Class, Library)) and self.values.of(node) == PLAIN


def _operands(node: Expression) -> Iterable[Expression]:
    if isinstance(node, facts.Operation) and node.kind == 'arithmetic':
        for operand in node.operands:
            yield from _operands(operand)
    else:
        yield node
