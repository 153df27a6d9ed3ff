"""The literal behind a name, where the text leaves no doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import Value
from gokart_lint.walking import statements

if TYPE_CHECKING:
    from gokart_lint.project.calls import Place
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module


def constant(node: Expression, place: Place) -> facts.Constant | None:
    """The literal that an expression is, or that a name assigned once stands for: in the function, the class body, or a module."""
    found = definition(node, place)[0]
    return found if isinstance(found, facts.Constant) else None


def definition(node: Expression, place: Place) -> tuple[Expression | None, Place]:
    """The expression behind a name that is assigned once, and where it stands; another expression is its own. None if it is not known."""
    if isinstance(node, facts.Name):
        if place.is_local(node.name):
            value = place.assigned(node.name)
            return None if value == node else value, place
        if place.scope is None and place.owner is not None and node.name in place.owner.own_attributes:
            return _in_class_body(node.name, place.owner), place
    elif not isinstance(node, facts.Attribute):
        return node, place
    symbol = place.resolve(node)
    if not isinstance(symbol, Value) or _rebinds_globals(symbol.module):
        return None, place
    return symbol.expression, replace(place, module=symbol.module, scope=None, owner=None, method=None)


def _in_class_body(name: str, owner: Class) -> Expression | None:
    """The value that a class body gives to a name, if it does so once and as a whole."""
    found = [each for each in owner.facts.assignments if each.value is not None and any(name in names_in(one) for one in each.targets)]
    once = len(found) == 1 and not found[0].operator and any(getattr(target, 'name', '') == name for target in found[0].targets)
    return found[0].value if once else None


def _rebinds_globals(module: Module) -> bool:
    """Whether a function of a module assigns to names of the module, so that their first value proves nothing."""
    functions = (*module.facts.functions, *(method for each in module.facts.classes for method in each.methods))
    return any(isinstance(each, facts.Plain) and each.word == 'global' for function in functions for each in statements(function.body))
