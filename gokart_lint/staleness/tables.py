"""Dicts that are written out, and what code asks of them: one entry, or the entry that some value names.

`LIMITS['train']` depends on one entry alone. `MODELS[kind]` depends on none that is new: no old result was made with it.
"""

from __future__ import annotations

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.staleness.changing import declares_global, giving
from gokart_lint.staleness.targets import Entry, Global, Lookup, Member, Target


def entry_of(table: Target, index: Expression) -> Entry | None:
    """The entry of a table that a constant names."""
    if not isinstance(index, facts.Constant):
        return None
    return next((each for each in _entries(table) if each.name == repr(index.value)), None)


def lookup_of(table: Target) -> Lookup | None:
    """A table of which any entry may be taken; None for what is no table."""
    found = _entries(table)
    return Lookup(found[0].table, found) if found else None


def _entries(table: Target) -> tuple[Entry, ...]:
    """The entries of a dict display that one statement gives its name, each under a constant of its own; none for all else."""
    value = _value(table)
    if not isinstance(value, facts.Mapping) or not isinstance(table, (Global, Member, Entry)):
        return ()
    names = [repr(key.value) for key in value.keys if isinstance(key, facts.Constant)]
    if len(set(names)) != len(value.keys):
        return ()
    return tuple(Entry(table, name, each) for name, each in zip(names, value.values, strict=True))


def _value(table: Target) -> Expression | None:
    if isinstance(table, Entry):
        return table.value
    if isinstance(table, Member):
        return table.owner.own_attributes[table.name].value
    if not isinstance(table, Global) or any(declares_global(function, table.name) for function in table.module.facts.functions):
        return None
    given = giving(table.module, table.name)
    only = given[0] if len(given) == 1 else None
    is_plain = isinstance(only, facts.Assign) and not only.operator and isinstance(only.targets[0], facts.Name)
    return only.value if isinstance(only, facts.Assign) and is_plain else None
