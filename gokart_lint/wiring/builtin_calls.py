"""What calls of Python's own types and functions give, as far as tasks go: `dict(...)`, `list(...)`, `zip(...)`."""

from __future__ import annotations

from collections.abc import Callable

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.symbols import Library, Unknown
from gokart_lint.wiring.alternatives import (
    NOTHING_KNOWN,
    Alternatives,
    Known,
    Row,
    Several,
    Table,
    elements,
    entered,
    kinds_of,
    literal,
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
        given = NOTHING_KNOWN if argument.star == '*' else _as_table(argument.value, view)
        if argument.keyword is None:
            found = merged(found, given)
        else:
            found = tuple(entered(each, argument.keyword, given) for each in found)
    return found


def _as_table(node: Expression, view: View) -> Alternatives:
    """What `dict` makes of its argument: a dict, pairs, or two lists that are zipped."""
    if isinstance(node, facts.Call) and view.symbol(node.function) == Library('builtins.zip') and not node.unpacks:
        lists = [_items(evaluate(each.value, view)) for each in node.arguments]
        if len(lists) == 2 and lists[0] is not None and lists[1] is not None:
            return _of_pairs(list(zip(lists[0], lists[1], strict=False)))
    given = evaluate(node, view)
    items = _items(given)
    if items is None:
        return given
    pairs = [_items(each) for each in items]
    return _of_pairs([(each[0], each[1]) for each in pairs if each is not None and len(each) == 2]) if None not in pairs else NOTHING_KNOWN


def _items(of: Alternatives) -> tuple[Alternatives, ...] | None:
    row = of[0] if len(of) == 1 else None
    return row.items if isinstance(row, Row) else None


def _of_pairs(pairs: list[tuple[Alternatives, Alternatives]]) -> Alternatives:
    table: Known | Unknown = Table(())
    for key, value in pairs:
        name = literal(key)
        if not isinstance(name, (str, int)):
            return NOTHING_KNOWN
        table = entered(table, name, value)
    return (table,)


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
