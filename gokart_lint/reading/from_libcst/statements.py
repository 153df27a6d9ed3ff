"""Statements and definitions of libcst to those of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import libcst as cst

from gokart_lint import facts
from gokart_lint.facts import Statement
from gokart_lint.reading.definitions import Definitions, bindings, is_type_checking
from gokart_lint.reading.from_libcst.expressions import ARITHMETIC, Expressions, parameters

_PLAIN = {cst.Pass: 'pass', cst.Break: 'break', cst.Continue: 'continue'}
Nodes = Sequence[cst.BaseStatement | cst.BaseSmallStatement]


class Statements:
    """Converts the statements of one module. Classes are collected in `classes`, wherever they stand."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.span = expressions.span
        self.definitions = Definitions()
        self._typing_only = False

    def block(self, nodes: Nodes) -> tuple[Statement, ...]:
        """The facts of some statements, in order."""
        return tuple(made for node in nodes for made in self.statement(node))

    def suite(self, node: cst.BaseSuite) -> tuple[Statement, ...]:
        return self.block(node.body)

    def statement(self, node: cst.CSTNode) -> Iterator[Statement]:
        """The facts of one statement: several for a line with semicolons or an import of several names."""
        if isinstance(node, cst.SimpleStatementLine):
            for small in node.body:
                yield from self.statement(small)
        elif isinstance(node, (cst.Import, cst.ImportFrom)):
            yield from self._imports(node)
        elif isinstance(node, cst.FunctionDef):
            yield facts.Define(self.span(node), self.function(node))
        elif isinstance(node, cst.ClassDef):
            yield facts.DefineClass(self.span(node), self.class_(node))
        else:
            yield _CONVERTERS[type(node)](self, node)

    # --- definitions ---

    def function(self, node: cst.FunctionDef) -> facts.Function:
        """A function, with its body encoded."""
        convert = self.expressions
        qualname = self.definitions.qualname(node.name.value)
        decorators = tuple(convert.convert(decorator.decorator) for decorator in node.decorators)
        formals = tuple(
            facts.Formal(
                self.span(param.name), param.name.value, kind, convert.annotation(param.annotation), convert.optional(param.default)
            )
            for kind, param in parameters(node.params)
        )
        with self.definitions.inside(f'{qualname}.<locals>'):
            body = self.block(_without_docstring(node.body.body))
        return facts.Function(
            self.span(node),
            self.span(node.name),
            node.name.value,
            qualname,
            decorators,
            formals,
            convert.annotation(node.returns),
            node.asynchronous is not None,
            facts.encode_body(body),
        )

    def class_(self, node: cst.ClassDef) -> str:
        """Collect a class. Returns its qualified name."""
        convert, definitions = self.expressions, self.definitions
        place = len(definitions.classes)
        decorators = tuple(convert.convert(decorator.decorator) for decorator in node.decorators)
        bases = convert.arguments([*node.bases, *node.keywords])
        with definitions.inside(definitions.qualname(node.name.value)):
            body = self.block(_without_docstring(node.body.body))
        return definitions.add_class(place, self.span(node), self.span(node.name), node.name.value, decorators, bases, body)

    # --- imports ---

    def _imports(self, node: cst.Import | cst.ImportFrom) -> Iterator[Statement]:
        at = self.span(node)
        if isinstance(node, cst.Import):
            for alias in node.names:
                name = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else None
                for module, bound in bindings(_dotted(alias.name), name):
                    yield facts.Import(at, module, None, bound, 0, self._typing_only)
            return
        module, level = (_dotted(node.module) if node.module else ''), len(node.relative)
        if isinstance(node.names, cst.ImportStar):
            yield facts.Import(at, module, '*', '*', level, self._typing_only)
            return
        for alias in node.names:
            name = _dotted(alias.name)
            bound = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else name
            yield facts.Import(at, module, name, bound, level, self._typing_only)

    # --- simple statements ---

    def evaluate(self, node: cst.Expr) -> Statement:
        return facts.Evaluate(self.span(node), self.expressions.convert(node.value))

    def assign(self, node: cst.Assign) -> Statement:
        targets = tuple(self.expressions.convert(target.target) for target in node.targets)
        return facts.Assign(self.span(node), targets, self.expressions.convert(node.value))

    def annotated(self, node: cst.AnnAssign) -> Statement:
        convert = self.expressions
        return facts.Assign(
            self.span(node), (convert.convert(node.target),), convert.optional(node.value), convert.annotation(node.annotation)
        )

    def augmented(self, node: cst.AugAssign) -> Statement:
        convert = self.expressions
        sign = ARITHMETIC.get(getattr(cst, type(node.operator).__name__.removesuffix('Assign')), '?')
        return facts.Assign(self.span(node), (convert.convert(node.target),), convert.convert(node.value), None, sign)

    def return_(self, node: cst.Return) -> Statement:
        return facts.Return(self.span(node), self.expressions.optional(node.value))

    def raise_(self, node: cst.Raise) -> Statement:
        cause = node.cause.item if node.cause else None
        return facts.Raise(self.span(node), self.expressions.optional(node.exc), self.expressions.optional(cause))

    def delete(self, node: cst.Del) -> Statement:
        convert = self.expressions.convert
        if isinstance(node.target, cst.Tuple) and not node.target.lpar:
            return facts.Delete(self.span(node), tuple(convert(element.value) for element in node.target.elements))
        return facts.Delete(self.span(node), (convert(node.target),))

    def assert_(self, node: cst.Assert) -> Statement:
        return facts.Assert(self.span(node), self.expressions.convert(node.test), self.expressions.optional(node.msg))

    def plain(self, node: cst.Pass | cst.Break | cst.Continue) -> Statement:
        return facts.Plain(self.span(node), _PLAIN[type(node)])

    def scope_names(self, node: cst.Global | cst.Nonlocal) -> Statement:
        return facts.Plain(self.span(node), type(node).__name__.lower(), tuple(item.name.value for item in node.names))

    def alias(self, node: Any) -> Statement:
        return facts.Alias(self.span(node), node.name.value, self.expressions.convert(node.value))

    # --- compound statements ---

    def branch(self, node: cst.If) -> Statement:
        test = self.expressions.convert(node.test)
        outer = self._typing_only
        self._typing_only = outer or is_type_checking(test)
        then = self.suite(node.body)
        self._typing_only = outer
        if node.orelse is None:
            otherwise: tuple[Statement, ...] = ()
        elif isinstance(node.orelse, cst.If):
            otherwise = (self.branch(node.orelse),)
        else:
            otherwise = self.suite(node.orelse.body)
        return facts.Branch(self.span(node), test, then, otherwise)

    def for_(self, node: cst.For) -> Statement:
        target, subject = self.expressions.convert(node.target), self.expressions.convert(node.iter)
        return facts.Loop(self.span(node), target, subject, self.suite(node.body), self._otherwise(node.orelse))

    def while_(self, node: cst.While) -> Statement:
        return facts.Loop(self.span(node), None, self.expressions.convert(node.test), self.suite(node.body), self._otherwise(node.orelse))

    def with_(self, node: cst.With) -> Statement:
        convert = self.expressions
        contexts = tuple(
            facts.Context(convert.convert(item.item), convert.optional(item.asname.name if item.asname else None)) for item in node.items
        )
        return facts.With(self.span(node), contexts, self.suite(node.body))

    def try_(self, node: cst.Try | cst.TryStar) -> Statement:
        handlers = tuple(
            facts.Handler(
                self.expressions.optional(handler.type),
                handler.name.name.value if handler.name and isinstance(handler.name.name, cst.Name) else None,
                self.suite(handler.body),
            )
            for handler in node.handlers
        )
        return facts.Try(
            self.span(node),
            self.suite(node.body),
            handlers,
            self._otherwise(node.orelse),
            self.suite(node.finalbody.body) if node.finalbody else (),
        )

    def match(self, node: cst.Match) -> Statement:
        cases = []
        for case in node.cases:
            names: list[str] = []
            values: list[cst.BaseExpression] = []
            _collect_pattern(case.pattern, names, values)
            cases.append(
                facts.Case(
                    tuple(names), tuple(map(self.expressions.convert, values)), self.expressions.optional(case.guard), self.suite(case.body)
                )
            )
        return facts.Match(self.span(node), self.expressions.convert(node.subject), tuple(cases))

    def _otherwise(self, node: cst.Else | None) -> tuple[Statement, ...]:
        return self.suite(node.body) if node else ()


def _without_docstring(nodes: Nodes) -> Nodes:
    if not nodes:
        return nodes
    first = nodes[0].body[0] if isinstance(nodes[0], cst.SimpleStatementLine) else nodes[0]
    if not isinstance(first, cst.Expr) or not _is_plain_text(first.value):
        return nodes
    behind = nodes[0].body[1:] if isinstance(nodes[0], cst.SimpleStatementLine) else ()
    return [*behind, *nodes[1:]]


def _is_plain_text(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.ConcatenatedString):
        return _is_plain_text(node.left) and _is_plain_text(node.right)
    return isinstance(node, cst.SimpleString) and 'b' not in node.prefix


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f'{_dotted(node.value)}.{node.attr.value}'
    return node.value if isinstance(node, cst.Name) else ''


def _collect_pattern(node: Any, names: list[str], values: list[cst.BaseExpression]) -> None:
    """The names that a pattern binds and the values and classes that it compares with, in order."""
    if isinstance(node, cst.MatchValue):
        values.append(node.value)
    elif isinstance(node, cst.MatchClass):
        values.append(node.cls)
    elif isinstance(node, cst.MatchMapping):
        values += [element.key for element in node.elements]
    for inner in _inner_patterns(node):
        _collect_pattern(inner, names, values)
    bound = getattr(node, 'rest' if isinstance(node, cst.MatchMapping) else 'name', None)
    if bound is not None:
        names.append(bound.value)


def _inner_patterns(node: Any) -> list[Any]:
    if isinstance(node, cst.MatchClass):
        return [*(element.value for element in node.patterns), *(element.pattern for element in node.kwds)]
    if isinstance(node, cst.MatchMapping):
        return [element.pattern for element in node.elements]
    if isinstance(node, (cst.MatchList, cst.MatchTuple)):
        return [element.value if isinstance(element, cst.MatchSequenceElement) else element for element in node.patterns]
    if isinstance(node, cst.MatchOr):
        return [element.pattern for element in node.patterns]
    return [node.pattern] if isinstance(node, cst.MatchAs) and node.pattern is not None else []


_CONVERTERS: dict[type[cst.CSTNode], Callable[[Statements, Any], Statement]] = {
    cst.Expr: Statements.evaluate,
    cst.Assign: Statements.assign,
    cst.AnnAssign: Statements.annotated,
    cst.AugAssign: Statements.augmented,
    cst.Return: Statements.return_,
    cst.Raise: Statements.raise_,
    cst.Del: Statements.delete,
    cst.Assert: Statements.assert_,
    cst.Pass: Statements.plain,
    cst.Break: Statements.plain,
    cst.Continue: Statements.plain,
    cst.Global: Statements.scope_names,
    cst.Nonlocal: Statements.scope_names,
    cst.If: Statements.branch,
    cst.For: Statements.for_,
    cst.While: Statements.while_,
    cst.With: Statements.with_,
    cst.Try: Statements.try_,
    cst.TryStar: Statements.try_,
    cst.Match: Statements.match,
    cst.TypeAlias: Statements.alias,
}
