"""What the names of a function hold behind a statement that gives them a value, or that changes a list or dict."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.module import names_in
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
    is_container,
    joined,
    literal,
    merged,
    united,
    unpacked,
    without,
)
from gokart_lint.wiring.values import Names, View, evaluate

WRITES = frozenset({'append', 'add', 'extend', 'pop', 'setdefault', 'update'})
"""Methods whose effect on a list or dict is known, where their result is not used."""


def assigned(statement: facts.Assign, view: View) -> Names:
    if statement.value is None:
        return view.names
    value = evaluate(statement.value, view)
    names = dict(view.names)
    if any(is_container(each) for each in value):
        held = [name for name in held_by(statement.value) if name in names]
        if held or len(statement.targets) > 1:  # two names for one list
            value = NOTHING_KNOWN
            names.update(dict.fromkeys(held, NOTHING_KNOWN))
    for target in statement.targets:
        if isinstance(target, facts.Subscript) and isinstance(target.value, facts.Name):
            name, key = target.value.name, literal(evaluate(target.index, view))
            if name in names:
                names[name] = united(tuple(entered(each, key, value) for each in names[name]))
        elif isinstance(target, facts.Name) and statement.operator:
            operate = {'+': joined, '|': merged}.get(statement.operator)
            names[target.name] = NOTHING_KNOWN if operate is None else operate(names.get(target.name, NOTHING_KNOWN), value)
        else:
            names.update(unpacked(target, value))
    return names


def deleted(statement: facts.Delete, view: View) -> Names:
    names = dict(view.names)
    for target in statement.targets:
        if isinstance(target, facts.Subscript) and isinstance(target.value, facts.Name):
            name, key = target.value.name, literal(evaluate(target.index, view))
            names[name] = united(tuple(without(each, key) for each in names.get(name, NOTHING_KNOWN)))
        else:
            inner = target.value if isinstance(target, facts.Subscript) else target
            names.update(dict.fromkeys(names_in(inner), NOTHING_KNOWN))
    return names


def held_by(node: Expression) -> Iterator[str]:
    """The names whose own value, or a part of it, an expression may be."""
    if isinstance(node, facts.Name):
        yield node.name
    elif isinstance(node, (facts.Subscript, facts.Walrus)):
        yield from held_by(node.value)
    elif isinstance(node, facts.Conditional) or (isinstance(node, facts.Operation) and node.kind == 'boolean'):
        parts = (node.then, node.otherwise) if isinstance(node, facts.Conditional) else node.operands
        yield from (name for part in parts for name in held_by(part))


def written(node: Expression, view: View) -> Names:
    """What a list or dict is behind `tasks.append(...)` and its like."""
    if not isinstance(node, facts.Call) or not isinstance(node.function, facts.Attribute) or node.function.name not in WRITES:
        return {}
    if not isinstance(node.function.value, facts.Name) or node.function.value.name not in view.names:
        return {}
    name, method = node.function.value.name, node.function.name
    old = view.names[name]
    given = node.positional(0)
    if method in ('pop', 'setdefault'):
        return {name: _at_key(node, old, view)}
    if method == 'update':
        added = facts.Call(node.at, facts.Name(node.at, 'dict'), node.arguments)
        return {name: merged(old, evaluate(added, view) if view.symbol(added.function) == Library('builtins.dict') else NOTHING_KNOWN)}
    if given is None or len(node.arguments) != 1:
        return {name: NOTHING_KNOWN}
    value = evaluate(given.value, view)
    added_row: Alternatives = value if method == 'extend' else (Row((value,)),)
    if not all(isinstance(each, (Row, Several)) for each in added_row):
        added_row = (Several(elements(added_row)),)
    return {name: joined(old, added_row)}


def _at_key(node: facts.Call, old: Alternatives, view: View) -> Alternatives:
    """A dict behind `tasks.pop(key)` or `tasks.setdefault(key, value)`."""
    given, value = node.positional(0), node.positional(1)
    key = None if given is None else literal(evaluate(given.value, view))
    if isinstance(node.function, facts.Attribute) and node.function.name == 'pop':
        return united(tuple(without(each, key) for each in old))
    new = NOTHING_KNOWN if value is None else evaluate(value.value, view)
    return united(tuple(each if _has(each, key) else entered(each, key, new) for each in old))


def _has(table: Known | Unknown, key: object) -> bool:
    return isinstance(table, Table) and key is not None and key in dict(table.entries)
