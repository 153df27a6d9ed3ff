"""Expressions as a message shows them: short, and close to what is written."""

from __future__ import annotations

from gokart_lint import facts
from gokart_lint.facts import Expression

_LONGEST = 40  # characters of a literal


def shown(node: Expression) -> str:
    """`Path('x.csv').read_text` for an attribute of a call, `(...)` for what is no name."""
    if isinstance(node, facts.Name):
        return node.name
    if isinstance(node, facts.Attribute):
        return f'{shown(node.value)}.{node.name}'
    if isinstance(node, facts.Subscript):
        return f'{shown(node.value)}[{argument(node.index)}]'
    if not isinstance(node, facts.Call):
        return '(...)'
    given = node.arguments[0] if len(node.arguments) == 1 else None
    is_literal = given is not None and not given.keyword and isinstance(given.value, facts.Constant)
    return f'{shown(node.function)}({first_argument(node) if is_literal else ""})'


def argument(node: Expression) -> str:
    """A literal or a name, `...` for all else."""
    if isinstance(node, facts.Constant):
        text = repr(node.value)
        return text if len(text) <= _LONGEST else f'{text[: _LONGEST - 4]}...{text[-1]}'
    return shown(node) if isinstance(node, (facts.Name, facts.Attribute)) else '...'


def first_argument(node: facts.Call) -> str:
    """The first positional argument of a call, '' if there is none."""
    first = node.positional(0)
    return '' if first is None else argument(first.value)
