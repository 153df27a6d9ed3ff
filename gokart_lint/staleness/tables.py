"""Dicts whose whole content shows, and what code asks of them: one entry, or the entry that some value names.

`LIMITS['train']` depends on one entry alone. `MODELS[kind]` depends on none that is new: no old result was made with it.
"""

from __future__ import annotations

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.staleness.changing import declares_global, giving
from gokart_lint.staleness.factories import Pair, fillings
from gokart_lint.staleness.registries import registered
from gokart_lint.staleness.targets import Entry, Global, Held, Lookup, Member, Target


def entry_of(table: Target, index: Expression) -> Entry | None:
    """The entry of a table that a constant names."""
    if not isinstance(index, facts.Constant):
        return None
    return next((each for each in entries(table) if each.name == repr(index.value)), None)


def lookup_of(table: Target) -> Lookup | None:
    """A table of which any entry may be taken; None for what is no table."""
    found = entries(table)
    return Lookup(found[0].table, found) if found else None


def entries(table: Target) -> tuple[Entry, ...]:
    """The entries of a dict whose whole content shows, each under a constant of its own; none for all else."""
    if not isinstance(table, (Global, Member, Held, Entry)):
        return ()
    pairs = _pairs(table)
    names = [repr(key.value) for key, _ in pairs if isinstance(key, facts.Constant)]
    more = [each for each in registered(table.module) if each.registry == table.name] if isinstance(table, Global) else []
    names += [each.key for each in more if each.key is not None]
    values = [*(value for _, value in pairs), *(each.value for each in more)]
    if len(set(names)) != len(values):
        return ()
    return tuple(Entry(table, name, each) for name, each in zip(names, values, strict=True))


def _pairs(table: Global | Member | Held | Entry) -> list[Pair]:
    """The keys and values of a dict display, and of the statements that add to it one by one; none for what is no such dict."""
    if isinstance(table, Held):
        return list(fillings(table.owner)[table.name].pairs)
    value, *more = _statements(table)
    pairs: list[Pair] = []
    if isinstance(value, facts.Mapping):
        pairs = list(zip(value.keys, value.values, strict=True))
    elif not (isinstance(value, facts.Call) and getattr(value.function, 'name', '') == 'dict' and not value.arguments):
        return []
    for each in more:
        if not (isinstance(each, facts.Assign) and isinstance(each.targets[0], facts.Subscript) and len(each.targets) == 1):
            return []
        target = each.targets[0]
        if each.operator or each.value is None or not isinstance(target.value, facts.Name):
            return []
        pairs.append((target.index, each.value))
    return pairs


def _statements(table: Global | Member | Entry) -> list[Expression | Statement | None]:
    """The value that a table starts with, and the statements that change it; None as the value if it has no plain one."""
    if isinstance(table, Entry):
        return [table.value]
    if isinstance(table, Member):
        return [table.owner.own_attributes[table.name].value]
    if any(declares_global(function, table.name) for function in table.module.facts.functions):
        return [None]
    given = giving(table.module, table.name)
    first = given[0] if given else None
    is_plain = isinstance(first, facts.Assign) and not first.operator and isinstance(first.targets[0], facts.Name)
    return [first.value if isinstance(first, facts.Assign) and is_plain else None, *given[1:]]
