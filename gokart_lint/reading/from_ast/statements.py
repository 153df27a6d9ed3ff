"""Statements and definitions of `ast` to those of facts."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gokart_lint import facts
from gokart_lint.facts import Statement
from gokart_lint.reading.definitions import Definitions, bindings, is_type_checking
from gokart_lint.reading.from_ast.expressions import ARITHMETIC, Expressions, arguments

_PLAIN: dict[type[ast.stmt], str] = {ast.Pass: 'pass', ast.Break: 'break', ast.Continue: 'continue'}


class Statements:
    """Converts the statements of one module."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.span = expressions.span
        self.definitions = Definitions()
        self._typing_only = False

    def block(self, nodes: Sequence[ast.stmt]) -> tuple[Statement, ...]:
        """The facts of some statements, in order."""
        return tuple([made for node in nodes for made in self._statement(node)])

    def _statement(self, node: ast.stmt) -> Iterator[Statement]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                for module, bound in bindings(alias.name, alias.asname):
                    yield facts.Import(self.span(node), module, None, bound, 0, self._typing_only)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                bound = alias.asname or alias.name
                yield facts.Import(self.span(node), node.module or '', alias.name, bound, node.level, self._typing_only)
        else:
            yield _CONVERTERS[type(node)](self, node)

    # --- definitions ---

    def define(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Statement:
        return facts.Define(self.span(node), self._function(node))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> facts.Function:
        convert = self.expressions
        qualname = self.definitions.qualname(node.name)
        decorators = convert.several(node.decorator_list)
        formals = tuple(self._formals(node.args))
        with self.definitions.inside(f'{qualname}.<locals>'):
            body = self.block(_without_docstring(node.body))
        return facts.Function(
            self.span(node),
            convert.columns.name(node),
            node.name,
            qualname,
            decorators,
            formals,
            convert.annotation(node.returns),
            isinstance(node, ast.AsyncFunctionDef),
            facts.encode_body(body),
        )

    def _formals(self, node: ast.arguments) -> Iterator[facts.Formal]:
        convert = self.expressions
        plain = [*node.posonlyargs, *node.args]
        defaults: dict[ast.arg, ast.expr | None] = dict(zip(plain[len(plain) - len(node.defaults) :], node.defaults, strict=True))
        defaults.update(zip(node.kwonlyargs, node.kw_defaults, strict=True))
        for kind, argument in arguments(node):
            whole = self.span(argument)
            at = facts.Span(whole.line, whole.column, whole.line, whole.column + len(argument.arg))
            yield facts.Formal(at, argument.arg, kind, convert.annotation(argument.annotation), convert.optional(defaults.get(argument)))

    def define_class(self, node: ast.ClassDef) -> Statement:
        convert, definitions = self.expressions, self.definitions
        place = len(definitions.classes)
        decorators = convert.several(node.decorator_list)
        bases = convert.arguments(node.bases, node.keywords)
        with definitions.inside(definitions.qualname(node.name)):
            body = self.block(_without_docstring(node.body))
        at = self.span(node)
        return facts.DefineClass(at, definitions.add_class(place, at, convert.columns.name(node), node.name, decorators, bases, body))

    # --- simple statements ---

    def evaluate(self, node: ast.Expr) -> Statement:
        return facts.Evaluate(self.span(node), self.expressions.convert(node.value))

    def assign(self, node: ast.Assign) -> Statement:
        targets = self.expressions.several(node.targets)
        return facts.Assign(self.span(node), targets, self.expressions.convert(node.value))

    def annotated(self, node: ast.AnnAssign) -> Statement:
        convert = self.expressions
        return facts.Assign(
            self.span(node), (convert.convert(node.target),), convert.optional(node.value), convert.annotation(node.annotation)
        )

    def augmented(self, node: ast.AugAssign) -> Statement:
        convert = self.expressions
        return facts.Assign(self.span(node), (convert.convert(node.target),), convert.convert(node.value), None, ARITHMETIC[type(node.op)])

    def return_(self, node: ast.Return) -> Statement:
        return facts.Return(self.span(node), self.expressions.optional(node.value))

    def raise_(self, node: ast.Raise) -> Statement:
        return facts.Raise(self.span(node), self.expressions.optional(node.exc), self.expressions.optional(node.cause))

    def delete(self, node: ast.Delete) -> Statement:
        return facts.Delete(self.span(node), self.expressions.several(node.targets))

    def assert_(self, node: ast.Assert) -> Statement:
        return facts.Assert(self.span(node), self.expressions.convert(node.test), self.expressions.optional(node.msg))

    def plain(self, node: ast.Pass | ast.Break | ast.Continue) -> Statement:
        return facts.Plain(self.span(node), _PLAIN[type(node)])

    def scope_names(self, node: ast.Global | ast.Nonlocal) -> Statement:
        return facts.Plain(self.span(node), type(node).__name__.lower(), tuple(node.names))

    def alias(self, node: Any) -> Statement:
        return facts.Alias(self.span(node), node.name.id, self.expressions.convert(node.value))

    # --- compound statements ---

    def branch(self, node: ast.If) -> Statement:
        test = self.expressions.convert(node.test)
        outer = self._typing_only
        self._typing_only = outer or is_type_checking(test)
        then = self.block(node.body)
        self._typing_only = outer
        return facts.Branch(self.span(node), test, then, self.block(node.orelse))

    def for_(self, node: ast.For | ast.AsyncFor) -> Statement:
        target, subject = self.expressions.convert(node.target), self.expressions.convert(node.iter)
        return facts.Loop(self.span(node), target, subject, self.block(node.body), self.block(node.orelse))

    def while_(self, node: ast.While) -> Statement:
        return facts.Loop(self.span(node), None, self.expressions.convert(node.test), self.block(node.body), self.block(node.orelse))

    def with_(self, node: ast.With | ast.AsyncWith) -> Statement:
        convert = self.expressions
        contexts = tuple([facts.Context(convert.convert(item.context_expr), convert.optional(item.optional_vars)) for item in node.items])
        return facts.With(self.span(node), contexts, self.block(node.body))

    def try_(self, node: Any) -> Statement:
        body = self.block(node.body)
        handlers = tuple([facts.Handler(self.expressions.optional(each.type), each.name, self.block(each.body)) for each in node.handlers])
        return facts.Try(self.span(node), body, handlers, self.block(node.orelse), self.block(node.finalbody))

    def match(self, node: ast.Match) -> Statement:
        subject = self.expressions.convert(node.subject)
        return facts.Match(self.span(node), subject, tuple([self._case(case) for case in node.cases]))

    def _case(self, case: ast.match_case) -> facts.Case:
        names: list[str] = []
        values: list[ast.expr] = []
        _collect_pattern(case.pattern, names, values)
        return facts.Case(tuple(names), self.expressions.several(values), self.expressions.optional(case.guard), self.block(case.body))


def _without_docstring(nodes: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    first = nodes[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return nodes[1:] if is_docstring else nodes


def _collect_pattern(node: ast.pattern, names: list[str], values: list[ast.expr]) -> None:
    """The names that a pattern binds and the values and classes that it compares with, in order."""
    if isinstance(node, ast.MatchValue):
        values.append(node.value)
    elif isinstance(node, ast.MatchClass):
        values.append(node.cls)
    elif isinstance(node, ast.MatchMapping):
        values += node.keys
    for inner in _inner_patterns(node):
        _collect_pattern(inner, names, values)
    bound = node.rest if isinstance(node, ast.MatchMapping) else getattr(node, 'name', None)
    if bound is not None:
        names.append(bound)


def _inner_patterns(node: ast.pattern) -> list[ast.pattern]:
    if isinstance(node, ast.MatchClass):
        return [*node.patterns, *node.kwd_patterns]
    if isinstance(node, ast.MatchAs):
        return [node.pattern] if node.pattern is not None else []
    return list(getattr(node, 'patterns', ()))


_CONVERTERS: dict[type[ast.stmt], Callable[[Statements, Any], Statement]] = {
    ast.FunctionDef: Statements.define,
    ast.AsyncFunctionDef: Statements.define,
    ast.ClassDef: Statements.define_class,
    ast.Expr: Statements.evaluate,
    ast.Assign: Statements.assign,
    ast.AnnAssign: Statements.annotated,
    ast.AugAssign: Statements.augmented,
    ast.Return: Statements.return_,
    ast.Raise: Statements.raise_,
    ast.Delete: Statements.delete,
    ast.Assert: Statements.assert_,
    ast.Pass: Statements.plain,
    ast.Break: Statements.plain,
    ast.Continue: Statements.plain,
    ast.Global: Statements.scope_names,
    ast.Nonlocal: Statements.scope_names,
    ast.If: Statements.branch,
    ast.For: Statements.for_,
    ast.AsyncFor: Statements.for_,
    ast.While: Statements.while_,
    ast.With: Statements.with_,
    ast.AsyncWith: Statements.with_,
    ast.Try: Statements.try_,
    ast.Match: Statements.match,
}
if sys.version_info >= (3, 11):
    _CONVERTERS[ast.TryStar] = Statements.try_
if sys.version_info >= (3, 12):
    _CONVERTERS[ast.TypeAlias] = Statements.alias
