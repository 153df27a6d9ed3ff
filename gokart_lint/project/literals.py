"""The Python value that an expression surely has, or at least its type: of literals, of arithmetic over them, and of names for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.constants import definition
from gokart_lint.project.symbols import Library

if TYPE_CHECKING:
    from gokart_lint.project.calls import Place

Scalar = bool | int | float | str | None

_DEEPEST = 20  # names and displays inside each other
_MADE_BY = {f'builtins.{name}': name for name in ('bool', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple')}
_COLLECTIONS = frozenset({'dict', 'list', 'set', 'tuple'})
NUMBERS = frozenset({'bool', 'int', 'float'})


class Literal(msgspec.Struct, frozen=True):
    """A value that the text shows. `kind` is the name of its type, 'NoneType' for None.

    `scalar` is the value itself where `exact` says so. `items` are those of a list, tuple or set, or the keys of a dict: None where not
    all of them are shown, and None among them for one that is not shown.
    """

    kind: str
    exact: bool = False
    scalar: Scalar = None
    items: tuple[Literal | None, ...] | None = None

    def __str__(self) -> str:
        """As it would be written."""
        if self.exact:
            return repr(self.scalar)
        return f'a {self.kind}' if self.items else {'dict': '{}', 'list': '[]', 'tuple': '()'}.get(self.kind, f'a {self.kind}')


def literal(node: Expression, place: Place, depth: int = 0) -> Literal | None:
    """What an expression surely is; None if the text does not show it."""
    if depth > _DEEPEST:
        return None
    if isinstance(node, (facts.Name, facts.Attribute)):
        found, home = definition(node, place)
        return None if found is None or isinstance(found, (facts.Name, facts.Attribute)) else literal(found, home, depth + 1)
    if isinstance(node, facts.Constant):
        return Literal(type(node.value).__name__, True, node.value)
    if isinstance(node, facts.Text):
        return Literal('str')
    if isinstance(node, facts.Opaque):
        return Literal(node.kind) if node.kind in ('bytes', 'complex', 'ellipsis', 'int', 'str') else None
    if isinstance(node, facts.Collection):
        return Literal(node.kind, items=_items(node.items, place, depth))
    if isinstance(node, facts.Mapping):
        keys = None if None in node.keys else tuple(literal(key, place, depth + 1) for key in node.keys if key is not None)
        return Literal('dict', items=keys)
    if isinstance(node, facts.Comprehension):
        return Literal(node.kind) if node.kind in _COLLECTIONS else None
    if isinstance(node, facts.Lambda):
        return Literal('function')
    if isinstance(node, facts.Operation):
        return _computed(node, place, depth)
    if isinstance(node, facts.Conditional):
        then, otherwise = (literal(side, place, depth + 1) for side in (node.then, node.otherwise))
        return then if then == otherwise else Literal(then.kind) if then and otherwise and then.kind == otherwise.kind else None
    return _made(node, place) if isinstance(node, facts.Call) else None


def _items(nodes: tuple[Expression, ...], place: Place, depth: int) -> tuple[Literal | None, ...] | None:
    if any(isinstance(node, facts.Star) for node in nodes):
        return None
    return tuple(literal(node, place, depth + 1) for node in nodes)


def _made(node: facts.Call, place: Place) -> Literal | None:
    """What a call of a built-in type gives: `list(...)` is a list, whatever it holds; an empty one if nothing is given."""
    symbol = place.resolve(node.function)
    kind = _MADE_BY.get(symbol.name) if isinstance(symbol, Library) else None
    if kind is None:
        return None
    return Literal(kind, items=None if node.arguments or kind not in _COLLECTIONS else ())


def _computed(node: facts.Operation, place: Place, depth: int) -> Literal | None:
    sides = [literal(operand, place, depth + 1) for operand in node.operands]
    known = [side for side in sides if side is not None]
    if len(known) != len(sides):
        return None
    kinds = {side.kind for side in known}
    if node.kind == 'unary':
        return _signed(node.operators[0], known[0])
    if node.kind != 'arithmetic' or len(node.operators) != 1:
        return None
    operator = node.operators[0]
    if kinds <= NUMBERS and operator in ('+', '-', '*', '/', '//', '%'):
        return Literal('float' if operator == '/' or 'float' in kinds else 'int')
    if operator in ('+', '%') and known[0].kind == 'str':
        return Literal('str')
    return Literal(known[0].kind) if operator == '+' and len(kinds) == 1 and kinds <= {'list', 'tuple'} else None


def _signed(operator: str, operand: Literal) -> Literal | None:
    if operator == 'not':
        return Literal('bool')
    if operand.kind not in NUMBERS or operator not in ('+', '-'):
        return None
    kind = 'float' if operand.kind == 'float' else 'int'
    if not operand.exact or not isinstance(operand.scalar, (int, float)):
        return Literal(kind)
    return Literal(kind, True, -operand.scalar if operator == '-' else +operand.scalar)
