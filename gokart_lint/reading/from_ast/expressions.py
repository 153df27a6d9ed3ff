"""Expressions of `ast` to expressions of facts."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Sequence
from typing import Any

from gokart_lint import facts
from gokart_lint.facts import Expression, Span
from gokart_lint.reading.definitions import unquoted
from gokart_lint.reading.from_ast.columns import Columns, Unsure
from gokart_lint.reading.syntax import chain

ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: '+', ast.Sub: '-', ast.Mult: '*', ast.Div: '/', ast.FloorDiv: '//', ast.Mod: '%', ast.Pow: '**', ast.MatMult: '@',
    ast.LShift: '<<', ast.RShift: '>>', ast.BitAnd: '&', ast.BitOr: '|', ast.BitXor: '^',
}  # fmt: skip
_COMPARISON: dict[type[ast.cmpop], str] = {
    ast.Lt: '<', ast.LtE: '<=', ast.Gt: '>', ast.GtE: '>=', ast.Eq: '==', ast.NotEq: '!=', ast.Is: 'is', ast.IsNot: 'is not',
    ast.In: 'in', ast.NotIn: 'not in',
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], str] = {ast.USub: '-', ast.UAdd: '+', ast.Not: 'not', ast.Invert: '~'}
_MAX_INT = 2**63 - 1
_MISPLACES = sys.version_info < (3, 12)


class Expressions:
    """Converts the expressions of one module, and notes the last name of everything that is called."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.span: Callable[[Any], Span] = columns.span
        self.called: set[str] = set()

    def convert(self, node: ast.expr) -> Expression:
        """The facts of an expression. Raises Unsure for one whose place is not known."""
        return _CONVERTERS[type(node)](self, node)

    def optional(self, node: ast.expr | None) -> Expression | None:
        return None if node is None else self.convert(node)

    def several(self, nodes: Sequence[ast.expr]) -> tuple[Expression, ...]:
        return tuple([self.convert(node) for node in nodes])

    def annotation(self, node: ast.expr | None) -> Expression | None:
        """An annotation, read even where it stands in a string."""
        return None if node is None else unquoted(self.convert(node), _parse_annotation)

    def arguments(self, positional: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> tuple[facts.Argument, ...]:
        """Arguments in the order of the text: `f(a=1, *b)` is legal."""
        found = []
        for node in positional:
            if isinstance(node, ast.Starred):
                found.append(facts.Argument(self.span(node), self.convert(node.value), None, '*'))
            else:
                found.append(facts.Argument(self.span(node), self.convert(node)))
        ordered = not keywords or not found
        for keyword in keywords:
            star = '**' if keyword.arg is None else ''
            found.append(facts.Argument(self.span(keyword), self.convert(keyword.value), keyword.arg, star))
        if not ordered:
            found.sort(key=lambda argument: argument.at)
        return tuple(found)

    # --- atoms ---

    def name(self, node: ast.Name) -> Expression:
        return facts.Name(self.span(node), node.id)

    def constant(self, node: ast.Constant) -> Expression:
        at, value = self.span(node), node.value
        if value is None or isinstance(value, (bool, float)):
            return facts.Constant(at, value)
        if isinstance(value, int):
            return facts.Constant(at, value) if value <= _MAX_INT else facts.Opaque(at, 'int')
        if not isinstance(value, str):
            return facts.Opaque(at, type(value).__name__)
        if not value.isascii():
            try:
                value.encode('utf-8')
            except UnicodeEncodeError:  # lone surrogates, which no UTF-8 message can carry
                return facts.Opaque(at, 'str')
        return facts.Constant(at, value)

    def text(self, node: ast.JoinedStr) -> Expression:
        at = self.span(node)
        parts: list[Expression] = []
        self._collect_pieces(node, at, parts)
        if _MISPLACES and not all(self._is_in_place(part) for part in parts):
            raise Unsure
        return facts.Text(at, tuple(parts))

    def _collect_pieces(self, node: Any, at: Span, parts: list[Expression]) -> None:
        for piece in node.values:
            if isinstance(piece, ast.Constant):
                if piece.value:  # Python 3.12.1 ends a format that is a name with an empty text
                    parts.append(facts.Constant(at, str(piece.value).encode('utf-8', 'replace').decode('utf-8')))
            else:
                parts.append(self.convert(piece.value))
                if piece.format_spec is not None:
                    self._collect_pieces(piece.format_spec, at, parts)

    def _is_in_place(self, part: Expression) -> bool:
        if isinstance(part, facts.Constant):
            return True
        names: list[Expression] = [part]
        while names:
            node = names.pop()
            if isinstance(node, facts.Name) and not self.columns.holds(node.at, node.name):
                return False
            if isinstance(node, facts.Attribute):
                if not self.columns.holds(node.name_at, node.name):
                    return False
                names.append(node.value)
            elif isinstance(node, facts.Call):
                names.append(node.function)
                names += [argument.value for argument in node.arguments]
            elif isinstance(node, facts.Subscript):
                names += [node.value, node.index]
        return True

    # --- compounds ---

    def attribute(self, node: ast.Attribute) -> Expression:
        return facts.Attribute(self.span(node), self.convert(node.value), node.attr)

    def call(self, node: ast.Call) -> Expression:
        function = self.convert(node.func)
        if isinstance(function, (facts.Name, facts.Attribute)):
            self.called.add(function.name)
        return facts.Call(self.span(node), function, self.arguments(node.args, node.keywords))

    def subscript(self, node: ast.Subscript) -> Expression:
        return facts.Subscript(self.span(node), self.convert(node.value), self.convert(node.slice))

    def slice(self, node: ast.Slice) -> Expression:
        bounds = (node.lower, node.upper, node.step)
        return facts.Slice(self.span(node), self.several([bound for bound in bounds if bound is not None]))

    def collection(self, node: ast.Tuple | ast.List | ast.Set) -> Expression:
        return facts.Collection(self.span(node), _KINDS[type(node)], self.several(node.elts))

    def starred(self, node: ast.Starred) -> Expression:
        return facts.Star(self.span(node), self.convert(node.value))

    def mapping(self, node: ast.Dict) -> Expression:
        return facts.Mapping(self.span(node), tuple([self.optional(key) for key in node.keys]), self.several(node.values))

    def binary(self, node: ast.BinOp) -> Expression:
        if operands := chain(node):
            return facts.Operation(self.span(node), 'arithmetic', signs(node), self.several(operands))
        return facts.Operation(
            self.span(node), 'arithmetic', (ARITHMETIC[type(node.op)],), (self.convert(node.left), self.convert(node.right))
        )

    def boolean(self, node: ast.BoolOp) -> Expression:
        sign = 'and' if isinstance(node.op, ast.And) else 'or'
        return facts.Operation(self.span(node), 'boolean', (sign,), self.several(node.values))

    def unary(self, node: ast.UnaryOp) -> Expression:
        operand = self.convert(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(operand, facts.Constant) and type(operand.value) in (int, float):
            return facts.Constant(self.span(node), -operand.value)  # type: ignore[operator]
        return facts.Operation(self.span(node), 'unary', (_UNARY[type(node.op)],), (operand,))

    def comparison(self, node: ast.Compare) -> Expression:
        signs = tuple([_COMPARISON[type(sign)] for sign in node.ops])
        return facts.Operation(self.span(node), 'comparison', signs, (self.convert(node.left), *self.several(node.comparators)))

    def conditional(self, node: ast.IfExp) -> Expression:
        return facts.Conditional(self.span(node), self.convert(node.test), self.convert(node.body), self.convert(node.orelse))

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Expression:
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        clauses = tuple(
            [facts.Clause(self.convert(each.target), self.convert(each.iter), self.several(each.ifs)) for each in node.generators]
        )
        return facts.Comprehension(self.span(node), _KINDS[type(node)], self.several(elements), clauses)

    def lambda_(self, node: ast.Lambda) -> Expression:
        return facts.Lambda(self.span(node), tuple([argument.arg for _, argument in arguments(node.args)]), self.convert(node.body))

    def walrus(self, node: ast.NamedExpr) -> Expression:
        return facts.Walrus(self.span(node), self.convert(node.target), self.convert(node.value))

    def yield_(self, node: ast.Yield) -> Expression:
        return facts.Yield(self.span(node), self.optional(node.value))

    def yield_from(self, node: ast.YieldFrom) -> Expression:
        return facts.Yield(self.span(node), self.convert(node.value), delegates=True)

    def await_(self, node: ast.Await) -> Expression:
        return facts.Await(self.span(node), self.convert(node.value))


def signs(node: ast.expr) -> tuple[str, ...]:
    """The operators of a chain, in the order of the text."""
    found = []
    while isinstance(node, ast.BinOp):
        found.append(ARITHMETIC[type(node.op)])
        node = node.left
    return tuple(reversed(found))


def arguments(node: ast.arguments) -> list[tuple[str, ast.arg]]:
    """The formal parameters in order, each with its kind as `facts.Formal` names it."""
    found = [('/', argument) for argument in node.posonlyargs] + [('', argument) for argument in node.args]
    if node.vararg is not None:
        found.append(('*', node.vararg))
    found += [('keyword', argument) for argument in node.kwonlyargs]
    if node.kwarg is not None:
        found.append(('**', node.kwarg))
    return found


class _Everywhere(Columns):
    """Places of an expression inside a string: all of it stands where the string stands."""

    def __init__(self, at: Span) -> None:
        super().__init__('')
        self._at = at

    def span(self, node: Any) -> Span:
        return self._at

    def holds(self, at: Span, text: str) -> bool:
        return True


def _parse_annotation(text: str, at: Span) -> Expression | None:
    try:
        parsed = ast.parse(text.strip(), mode='eval')
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a text that is no expression, such as Literal['a b']
        return None
    return Expressions(_Everywhere(at)).convert(parsed.body)


_KINDS: dict[type[ast.expr], str] = {
    ast.Tuple: 'tuple',
    ast.List: 'list',
    ast.Set: 'set',
    ast.ListComp: 'list',
    ast.SetComp: 'set',
    ast.GeneratorExp: 'generator',
    ast.DictComp: 'dict',
}
_CONVERTERS: dict[type[ast.expr], Callable[[Expressions, Any], Expression]] = {
    ast.Name: Expressions.name,
    ast.Constant: Expressions.constant,
    ast.JoinedStr: Expressions.text,
    ast.Attribute: Expressions.attribute,
    ast.Call: Expressions.call,
    ast.Subscript: Expressions.subscript,
    ast.Slice: Expressions.slice,
    ast.Tuple: Expressions.collection,
    ast.List: Expressions.collection,
    ast.Set: Expressions.collection,
    ast.Starred: Expressions.starred,
    ast.Dict: Expressions.mapping,
    ast.BinOp: Expressions.binary,
    ast.BoolOp: Expressions.boolean,
    ast.UnaryOp: Expressions.unary,
    ast.Compare: Expressions.comparison,
    ast.IfExp: Expressions.conditional,
    ast.ListComp: Expressions.comprehension,
    ast.SetComp: Expressions.comprehension,
    ast.GeneratorExp: Expressions.comprehension,
    ast.DictComp: Expressions.comprehension,
    ast.Lambda: Expressions.lambda_,
    ast.NamedExpr: Expressions.walrus,
    ast.Yield: Expressions.yield_,
    ast.YieldFrom: Expressions.yield_from,
    ast.Await: Expressions.await_,
}
if sys.version_info >= (3, 14):
    _CONVERTERS[ast.TemplateStr] = Expressions.text
