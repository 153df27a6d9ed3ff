"""What calls of Python's own types and functions give, as far as tasks go: `dict(...)`, `list(...)`, `zip(...)`."""

from __future__ import annotations

from collections.abc import Callable

from gokart_lint import facts
from gokart_lint.wiring.alternatives import (
    NOTHING_KNOWN,
    Alternatives,
    Row,
    Several,
    Table,
    elements,
    entered,
    kinds_of,
    merged,
)
from gokart_lint.wiring.values import View, evaluate, first_argument, in_order


def called(name: str, node: facts.Call, view: View) -> Alternatives:
    """What a call of a builtin gives."""
    made = _BUILTINS.get(name)
    return NOTHING_KNOWN if made is None else made(node, view)


def _listed(node: facts.Call, view: View) -> Alternatives:
    return in_order(first_argument(node, view)) if node.arguments else (Row(()),)


def _in_any_order(node: facts.Call, view: View) -> Alternatives:
    return (Several(elements(first_argument(node, view))),)


def _dict(node: facts.Call, view: View) -> Alternatives:
    found: Alternatives = (Table(()),)
    for argument in node.arguments:
        given = NOTHING_KNOWN if argument.star == '*' else evaluate(argument.value, view)
        if argument.keyword is None:
            found = merged(found, given)
        else:
            found = tuple(entered(each, argument.keyword, given) for each in found)
    return found


def _enumerated(node: facts.Call, view: View) -> Alternatives:
    return (Several((Row((NOTHING_KNOWN, elements(first_argument(node, view)))),)),)


def _zipped(node: facts.Call, view: View) -> Alternatives:
    if node.unpacks:
        return NOTHING_KNOWN
    return (Several((Row(tuple(elements(evaluate(each.value, view)) for each in node.arguments if each.keyword is None)),)),)


def _type(node: facts.Call, view: View) -> Alternatives:
    return kinds_of(first_argument(node, view)) if len(node.arguments) == 1 else NOTHING_KNOWN


_BUILTINS: dict[str, Callable[[facts.Call, View], Alternatives]] = {
    'builtins.dict': _dict,
    'builtins.list': _listed,
    'builtins.tuple': _listed,
    'builtins.set': _in_any_order,
    'builtins.frozenset': _in_any_order,
    'builtins.sorted': _in_any_order,
    'builtins.reversed': _in_any_order,
    'builtins.enumerate': _enumerated,
    'builtins.zip': _zipped,
    'builtins.type': _type,
}
