"""Expressions of libcst to expressions of facts."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import libcst as cst
import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression, Span
from gokart_lint.reading.definitions import unquoted
from gokart_lint.reading.from_libcst.positions import Positions
from gokart_lint.reading.syntax import LONG_CHAIN

ARITHMETIC = {
    cst.Add: '+', cst.Subtract: '-', cst.Multiply: '*', cst.Divide: '/', cst.FloorDivide: '//', cst.Modulo: '%', cst.Power: '**',
    cst.MatrixMultiply: '@', cst.LeftShift: '<<', cst.RightShift: '>>', cst.BitAnd: '&', cst.BitOr: '|', cst.BitXor: '^',
}  # fmt: skip
_COMPARISON = {
    cst.LessThan: '<', cst.LessThanEqual: '<=', cst.GreaterThan: '>', cst.GreaterThanEqual: '>=', cst.Equal: '==', cst.NotEqual: '!=',
    cst.Is: 'is', cst.IsNot: 'is not', cst.In: 'in', cst.NotIn: 'not in',
}  # fmt: skip
_UNARY = {cst.Minus: '-', cst.Plus: '+', cst.Not: 'not', cst.BitInvert: '~'}
_CONSTANTS: dict[str, bool | None] = {'None': None, 'True': True, 'False': False}
_MAX_INT = 2**63 - 1
_ESCAPE = re.compile(r"""\\(?:\r\n|[\n\r\\'"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^{}]+\})""")


class Expressions:
    """Converts the expressions of one module, and notes the last name of everything that is called."""

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self.span = positions.span
        self.called: set[str] = set()

    def convert(self, node: cst.BaseExpression) -> Expression:
        """The facts of an expression; one of a kind that facts do not know becomes Opaque."""
        made = _CONVERTERS.get(type(node))
        if made is None:
            return facts.Opaque(self.span(node), _OPAQUE.get(type(node), type(node).__name__))
        return made(self, node)

    def optional(self, node: cst.BaseExpression | None) -> Expression | None:
        return None if node is None else self.convert(node)

    def annotation(self, node: cst.Annotation | None) -> Expression | None:
        """An annotation, read even where it stands in a string."""
        return None if node is None else unquoted(self.convert(node.annotation), _parse_annotation)

    def arguments(self, nodes: Sequence[cst.Arg]) -> tuple[facts.Argument, ...]:
        return tuple(map(self._argument, nodes))

    def _argument(self, node: cst.Arg) -> facts.Argument:
        value = self.convert(node.value)
        plain = node.keyword is None and not node.star
        return facts.Argument(value.at if plain else self.span(node), value, node.keyword.value if node.keyword else None, node.star)

    # --- atoms ---

    def name(self, node: cst.Name) -> Expression:
        if node.value in _CONSTANTS:
            return facts.Constant(self.span(node), _CONSTANTS[node.value])
        return facts.Name(self.span(node), node.value)

    def number(self, node: cst.Integer | cst.Float) -> Expression:
        value = ast.literal_eval(node.value)
        if isinstance(value, int) and value > _MAX_INT:
            return facts.Opaque(self.span(node), 'int')
        return facts.Constant(self.span(node), value)

    def string(self, node: cst.SimpleString) -> Expression:
        return self._constant_text(node, _string_value(node))

    def concatenated(self, node: cst.ConcatenatedString) -> Expression:
        parts: list[cst.BaseExpression] = []
        pending: cst.BaseExpression = node
        while isinstance(pending, cst.ConcatenatedString):
            parts.append(pending.left)
            pending = pending.right
        parts.append(pending)
        plain = [part for part in parts if isinstance(part, cst.SimpleString)]
        if len(plain) < len(parts):
            return self._text(parts, self.span(node))
        values = [_string_value(part) for part in plain]
        return self._constant_text(node, None if None in values else ''.join(map(str, values)))

    def _constant_text(self, node: cst.BaseExpression, value: str | None) -> Expression:
        if value is None:
            return facts.Opaque(self.span(node), 'bytes' if isinstance(first_string(node).evaluated_value, bytes) else 'str')
        return facts.Constant(self.span(node), value)

    def text(self, node: cst.FormattedString | cst.TemplatedString) -> Expression:
        return self._text([node], self.span(node))

    def _text(self, nodes: Sequence[Any], at: Span) -> facts.Text:
        """Neighbouring strings of whatever kind. All literal pieces stand where the whole text stands, as for Python's `ast`."""
        pieces: list[Expression | str] = []
        for node in nodes:
            if isinstance(node, cst.SimpleString):
                pieces.append(str(node.evaluated_value))
            else:
                pieces += self._pieces(node.parts, at, is_raw='r' in node.prefix)
        return facts.Text(at, _joined(pieces, at))

    def _pieces(self, parts: Sequence[Any], at: Span, *, is_raw: bool) -> list[Expression | str]:
        found: list[Expression | str] = []
        for part in parts:
            if isinstance(part, (cst.FormattedStringText, cst.TemplatedStringText)):
                found.append(_piece_value(part.value, is_raw=is_raw))
                continue
            if part.equal is not None:
                shown = (part.whitespace_before_expression, part.expression, part.equal)
                found.append(''.join(map(cst.Module([]).code_for_node, shown)))
            found.append(self.convert(part.expression))
            found += _joined(self._pieces(part.format_spec or (), at, is_raw=is_raw), at)
        return found

    # --- compounds ---

    def attribute(self, node: cst.Attribute) -> Expression:
        return facts.Attribute(self.span(node), self.convert(node.value), node.attr.value)

    def call(self, node: cst.Call) -> Expression:
        function = self.convert(node.func)
        if isinstance(function, (facts.Name, facts.Attribute)):
            self.called.add(function.name)
        arguments = self.arguments(node.args)
        if len(arguments) == 1 and isinstance(node.args[0].value, cst.GeneratorExp) and not node.args[0].value.lpar:
            arguments = (self._in_the_call(node, arguments[0]),)
        return facts.Call(self.span(node), function, arguments)

    def _in_the_call(self, node: cst.Call, argument: facts.Argument) -> facts.Argument:
        """A generator that is the only argument has the call's own parentheses."""
        if argument.star or argument.keyword:
            return argument
        end = self.span(node)
        line, column = self.positions.behind(node.func, '(')
        at = Span(line, column, end.end_line, end.end_column)
        return msgspec.structs.replace(argument, at=at, value=msgspec.structs.replace(argument.value, at=at))

    def subscript(self, node: cst.Subscript) -> Expression:
        indices = tuple(map(self._index, node.slice))
        is_tuple = len(indices) != 1 or node.slice[0].comma is not cst.MaybeSentinel.DEFAULT or isinstance(indices[0], facts.Star)
        if not is_tuple:
            return facts.Subscript(self.span(node), self.convert(node.value), indices[0])
        at = Span(indices[0].at.line, indices[0].at.column, indices[-1].at.end_line, indices[-1].at.end_column)
        if node.slice[-1].comma is not cst.MaybeSentinel.DEFAULT:
            line, column = self.positions.behind(node.slice[-1], ',')
            at = Span(at.line, at.column, line, column + 1)
        return facts.Subscript(self.span(node), self.convert(node.value), facts.Collection(at, 'tuple', indices))

    def _index(self, node: cst.SubscriptElement) -> Expression:
        if isinstance(node.slice, cst.Index):
            value = self.convert(node.slice.value)
            return facts.Star(self.span(node), value) if node.slice.star else value
        assert isinstance(node.slice, cst.Slice)
        bounds = (node.slice.lower, node.slice.upper, node.slice.step)
        return facts.Slice(self.span(node), tuple(self.convert(bound) for bound in bounds if bound is not None))

    def collection(self, node: cst.Tuple | cst.List | cst.Set) -> Expression:
        at = self.positions.with_parentheses(node) if isinstance(node, cst.Tuple) else self.span(node)
        return facts.Collection(at, type(node).__name__.lower(), tuple(map(self._element, node.elements)))

    def _element(self, node: cst.BaseElement) -> Expression:
        value = self.convert(node.value)
        return facts.Star(self.span(node), value) if isinstance(node, cst.StarredElement) else value

    def starred(self, node: cst.StarredElement) -> Expression:
        return facts.Star(self.span(node), self.convert(node.value))

    def mapping(self, node: cst.Dict) -> Expression:
        keys = tuple(self.convert(element.key) if isinstance(element, cst.DictElement) else None for element in node.elements)
        return facts.Mapping(self.span(node), keys, tuple(self.convert(element.value) for element in node.elements))

    def binary(self, node: cst.BinaryOperation) -> Expression:
        signs: list[str] = []
        operands: list[cst.BaseExpression] = []
        left: cst.BaseExpression = node
        while isinstance(left, cst.BinaryOperation):
            signs.append(ARITHMETIC.get(type(left.operator), '?'))
            operands.append(left.right)
            left = left.left
        if len(operands) < LONG_CHAIN:
            signs, operands, left = signs[:1], operands[:1], node.left
        return facts.Operation(self.span(node), 'arithmetic', tuple(reversed(signs)), tuple(map(self.convert, [left, *reversed(operands)])))

    def boolean(self, node: cst.BooleanOperation) -> Expression:
        sign = 'and' if isinstance(node.operator, cst.And) else 'or'
        operands = [node.right]
        left = node.left
        while isinstance(left, cst.BooleanOperation) and type(left.operator) is type(node.operator) and not left.lpar:
            operands.append(left.right)
            left = left.left
        return facts.Operation(self.span(node), 'boolean', (sign,), tuple(map(self.convert, [left, *reversed(operands)])))

    def unary(self, node: cst.UnaryOperation) -> Expression:
        operand = self.convert(node.expression)
        if isinstance(node.operator, cst.Minus) and isinstance(operand, facts.Constant) and type(operand.value) in (int, float):
            return facts.Constant(self.span(node), -operand.value)  # type: ignore[operator]
        return facts.Operation(self.span(node), 'unary', (_UNARY.get(type(node.operator), '?'),), (operand,))

    def comparison(self, node: cst.Comparison) -> Expression:
        signs = tuple(_COMPARISON.get(type(target.operator), '?') for target in node.comparisons)
        operands = (self.convert(node.left), *(self.convert(target.comparator) for target in node.comparisons))
        return facts.Operation(self.span(node), 'comparison', signs, operands)

    def conditional(self, node: cst.IfExp) -> Expression:
        return facts.Conditional(self.span(node), self.convert(node.test), self.convert(node.body), self.convert(node.orelse))

    def comprehension(self, node: cst.BaseSimpleComp | cst.DictComp) -> Expression:
        elements = (node.key, node.value) if isinstance(node, cst.DictComp) else (node.elt,)
        at = self.positions.with_parentheses(node) if isinstance(node, cst.GeneratorExp) else self.span(node)
        return facts.Comprehension(at, _COMPREHENSIONS[type(node)], tuple(map(self.convert, elements)), self._clauses(node.for_in))

    def starred_comprehension(self, node: cst.StarredDictComp) -> Expression:
        return facts.Comprehension(self.span(node), 'dict', (self.convert(node.value),), self._clauses(node.for_in))

    def _clauses(self, node: cst.CompFor) -> tuple[facts.Clause, ...]:
        found = []
        pending: cst.CompFor | None = node
        while pending is not None:
            conditions = tuple(self.convert(condition.test) for condition in pending.ifs)
            found.append(facts.Clause(self.convert(pending.target), self.convert(pending.iter), conditions))
            pending = pending.inner_for_in
        return tuple(found)

    def lambda_(self, node: cst.Lambda) -> Expression:
        return facts.Lambda(self.span(node), tuple(param.name.value for _, param in parameters(node.params)), self.convert(node.body))

    def walrus(self, node: cst.NamedExpr) -> Expression:
        return facts.Walrus(self.span(node), self.convert(node.target), self.convert(node.value))

    def yield_(self, node: cst.Yield) -> Expression:
        if isinstance(node.value, cst.From):
            return facts.Yield(self.span(node), self.convert(node.value.item), delegates=True)
        return facts.Yield(self.span(node), self.optional(node.value))

    def await_(self, node: cst.Await) -> Expression:
        return facts.Await(self.span(node), self.convert(node.expression))


def parameters(node: cst.Parameters) -> list[tuple[str, cst.Param]]:
    """The formal parameters in order, each with its kind as `facts.Formal` names it."""
    found = [('/', param) for param in node.posonly_params] + [('', param) for param in node.params]
    if isinstance(node.star_arg, cst.Param):
        found.append(('*', node.star_arg))
    found += [('keyword', param) for param in node.kwonly_params]
    if node.star_kwarg is not None:
        found.append(('**', node.star_kwarg))
    return found


def _joined(pieces: Sequence[Expression | str], at: Span) -> tuple[Expression, ...]:
    """Expressions and literal pieces, with neighbouring pieces as one."""
    found: list[Expression] = []
    for is_literal, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if not is_literal:
            found += [piece for piece in group if not isinstance(piece, str)]
        elif text := ''.join(map(str, group)):
            found.append(facts.Constant(at, text.encode('utf-8', 'replace').decode('utf-8')))
    return tuple(found)


def _piece_value(value: str, *, is_raw: bool) -> str:
    """What a literal piece of an f-string says."""
    text = value.replace('{{', '{').replace('}}', '}')
    if not is_raw:
        text = _ESCAPE.sub(lambda found: str(ast.literal_eval(f"'{found[0]}'")), text)
    return text


def _string_value(node: cst.SimpleString) -> str | None:
    """The text of a literal; None for bytes and for text with lone surrogates, which no UTF-8 message can carry."""
    value = node.evaluated_value
    if not isinstance(value, str):
        return None
    try:
        value.encode('utf-8')
    except UnicodeEncodeError:
        return None
    return value


def first_string(node: cst.BaseExpression) -> cst.SimpleString:
    """The first of adjacent string literals."""
    while isinstance(node, cst.ConcatenatedString):
        node = node.left
    assert isinstance(node, cst.SimpleString)
    return node


class _Everywhere:
    """Positions of an expression inside a string: all of it stands where the string stands."""

    def __init__(self, at: Span) -> None:
        self.span: Callable[[cst.CSTNode], Span] = lambda node: at
        self.with_parentheses = self.span


def _parse_annotation(text: str, at: Span) -> Expression | None:
    try:
        parsed = cst.parse_expression(text.strip())
    except Exception:  # libcst raises several kinds for text that is no expression, such as Literal['a b']
        return None
    return Expressions(_Everywhere(at)).convert(parsed)  # type: ignore[arg-type]


_OPAQUE: dict[type[cst.CSTNode], str] = {cst.Ellipsis: 'ellipsis', cst.Imaginary: 'complex'}
_COMPREHENSIONS = {cst.ListComp: 'list', cst.SetComp: 'set', cst.GeneratorExp: 'generator', cst.DictComp: 'dict'}
_CONVERTERS: dict[type[cst.CSTNode], Callable[[Expressions, Any], Expression]] = {
    cst.Name: Expressions.name,
    cst.Integer: Expressions.number,
    cst.Float: Expressions.number,
    cst.SimpleString: Expressions.string,
    cst.ConcatenatedString: Expressions.concatenated,
    cst.FormattedString: Expressions.text,
    cst.Attribute: Expressions.attribute,
    cst.Call: Expressions.call,
    cst.Subscript: Expressions.subscript,
    cst.Tuple: Expressions.collection,
    cst.List: Expressions.collection,
    cst.Set: Expressions.collection,
    cst.StarredElement: Expressions.starred,
    cst.Dict: Expressions.mapping,
    cst.BinaryOperation: Expressions.binary,
    cst.BooleanOperation: Expressions.boolean,
    cst.UnaryOperation: Expressions.unary,
    cst.Comparison: Expressions.comparison,
    cst.IfExp: Expressions.conditional,
    cst.ListComp: Expressions.comprehension,
    cst.SetComp: Expressions.comprehension,
    cst.GeneratorExp: Expressions.comprehension,
    cst.DictComp: Expressions.comprehension,
    cst.Lambda: Expressions.lambda_,
    cst.NamedExpr: Expressions.walrus,
    cst.Yield: Expressions.yield_,
    cst.Await: Expressions.await_,
}
for _name, _made in (('TemplatedString', Expressions.text), ('StarredDictComp', Expressions.starred_comprehension)):
    if hasattr(cst, _name):  # newer than the oldest libcst that we support
        _CONVERTERS[getattr(cst, _name)] = _made
