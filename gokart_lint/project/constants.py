"""The literal behind a name, where the text leaves no doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.symbols import Value
from gokart_lint.walking import statements

if TYPE_CHECKING:
    from gokart_lint.project.calls import Place
    from gokart_lint.project.module import Module


def constant(node: Expression, place: Place) -> facts.Constant | None:
    """The literal that an expression is, or that a name assigned once stands for: in the function, the class body, or a module."""
    if isinstance(node, facts.Constant):
        return node
    if isinstance(node, facts.Name):
        if place.is_local(node.name):
            value = place.assigned(node.name)
            return None if value is None or value == node else _literal(value)
        if place.scope is None and place.owner is not None and node.name in place.owner.own_attributes:
            return _literal(place.owner.own_attributes[node.name].value)
    elif not isinstance(node, facts.Attribute):
        return None
    symbol = place.resolve(node)
    if not isinstance(symbol, Value) or _rebinds_globals(symbol.module):
        return None
    return _literal(symbol.expression)


def _literal(node: Expression | None) -> facts.Constant | None:
    return node if isinstance(node, facts.Constant) else None


def _rebinds_globals(module: Module) -> bool:
    """Whether a function of a module assigns to names of the module, so that their first value proves nothing."""
    functions = (*module.facts.functions, *(method for each in module.facts.classes for method in each.methods))
    return any(isinstance(each, facts.Plain) and each.word == 'global' for function in functions for each in statements(function.body))
