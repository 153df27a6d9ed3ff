"""The names inside one function: what it imports, defines and assigns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Symbol
from gokart_lint.walking import compound, dotted, statements

if TYPE_CHECKING:
    from gokart_lint.project.module import Module


_ALIASES = (facts.Name, facts.Attribute, facts.Subscript)
_BINDING = frozenset({facts.Assign, facts.Loop, facts.With, facts.Delete, facts.Try, facts.Match})


class _Said:
    """What the statements of a function bind: imports by the name that they bind, functions of which the last counts, classes, the names
    that `global` and `nonlocal` make those of an outer scope, and values."""

    def __init__(self) -> None:
        self.imports: dict[str, list[facts.Import]] = defaultdict(list)
        self.functions: dict[str, facts.Function] = {}
        self.classes: set[str] = set()
        self.elsewhere: set[str] = set()
        self.values: dict[str, list[Expression | None]] = defaultdict(list)


class Scope:
    """One function of a module. `outer` is the scope of the function around it, if any."""

    def __init__(self, module: Module, function: facts.Function, outer: Scope | None = None) -> None:
        self.module = module
        self.function = function
        self.outer = outer
        self._following: set[str] = set()

    @cached_property
    def _said(self) -> _Said:
        """What the statements bind: one look at all of them."""
        found = _Said()
        for formal in self.function.formals:
            found.values[formal.name].append(None)
        for statement in statements(self.function.body):
            if isinstance(statement, facts.Import):
                found.imports[statement.bound].append(statement)
            elif isinstance(statement, facts.Define):
                found.functions[statement.function.name] = statement.function
            elif isinstance(statement, facts.DefineClass):
                found.classes.add(statement.qualname.rpartition('.')[2])
            elif isinstance(statement, facts.Plain):
                found.elsewhere.update(statement.names)
            elif type(statement) in _BINDING:
                for name, value in _bound_by(statement):
                    found.values[name].append(value)
        return found

    @cached_property
    def assigned(self) -> dict[str, list[Expression | None]]:
        """Every name that the function binds, with the values assigned to it; None for a value that is no plain expression."""
        found = self._said.values
        for name, value in self._expressions[0]:
            found[name].append(value)
        return found

    @property
    def called(self) -> Sequence[Expression]:
        """What the function calls, each name or chain of attributes once; functions inside are left out."""
        return self._expressions[1]

    @cached_property
    def _expressions(self) -> tuple[list[tuple[str, Expression]], list[Expression]]:
        """What is bound by `:=`, and what is called: one look at all expressions for both."""
        bound: list[tuple[str, Expression]] = []
        called: dict[object, Expression] = {}
        for node in compound(self.function.body):
            if isinstance(node, facts.Call):
                called.setdefault(dotted(node.function) or node.at, node.function)
            elif isinstance(node, facts.Walrus):
                bound += [(name, node.value) for name in names_in(node.target)]
        return bound, list(called.values())

    @cached_property
    def _bound(self) -> frozenset[str]:
        """Every name that the function binds in whatever way: the others, which are most, need no further look."""
        said = self._said
        return frozenset((*self._imported, *said.classes, *said.elsewhere, *said.functions, *self.assigned))

    @cached_property
    def _imported(self) -> frozenset[str]:
        return frozenset(name.partition('.')[0] for name in self._said.imports)

    @cached_property
    def _plain(self) -> frozenset[str]:
        """The names that hold a value and are no other name for anything, which are most of those that are bound."""
        said = self._said
        other = {*self._imported, *said.classes, *said.elsewhere, *said.functions}
        return frozenset(name for name in self.assigned if name not in other and not isinstance(self.single_value(name), _ALIASES))

    def resolve(self, name: str) -> Symbol | None:
        """What a dotted name means here; None if the function does not bind it."""
        head = name.partition('.')[0]
        if head not in self._bound:
            return None
        if head in self._plain:
            return UNKNOWN
        said, parts = self._said, name.split('.')
        for count in range(len(parts), 0, -1):
            if found := said.imports.get('.'.join(parts[:count])):
                symbols = [self.module.imported(each) for each in found]
                agreed = symbols[0] if all(symbol == symbols[0] for symbol in symbols) else UNKNOWN
                return self.module.project.member(agreed, parts[count:])
        if head in said.elsewhere:
            return None
        inner = self.module.class_named(f'{self.function.qualname}.<locals>.{head}')
        if inner is not None:
            return self.module.project.member(inner, parts[1:])
        if head in said.functions:
            return FunctionSymbol(self.module, said.functions[head]) if len(parts) == 1 else UNKNOWN
        if head not in self.assigned:
            return None
        alias = self.single_value(head)
        if not isinstance(alias, _ALIASES) or head in self._following:
            return UNKNOWN
        self._following.add(head)
        try:
            return self.module.project.member(self.module.aliased(alias, self), parts[1:])
        finally:
            self._following.discard(head)

    def single_value(self, name: str) -> Expression | None:
        """The one expression that a name is assigned in this function, if it is assigned once."""
        values = self.assigned.get(name, [])
        return values[0] if len(values) == 1 else None


def _bound_by(statement: facts.Statement) -> list[tuple[str, Expression | None]]:
    """The names that a statement binds, with the value where the whole value goes to the one name."""
    if isinstance(statement, facts.Assign):
        if statement.value is None:
            return []
        found: list[tuple[str, Expression | None]] = []
        for target in statement.targets:
            value = statement.value if isinstance(target, facts.Name) and not statement.operator else None
            found += [(name, value) for name in names_in(target)]
        return found
    targets: list[Expression | None] = []
    if isinstance(statement, facts.Loop):
        targets = [statement.target]
    elif isinstance(statement, facts.With):
        targets = [context.target for context in statement.contexts]
    elif isinstance(statement, facts.Delete):
        targets = list(statement.targets)
    names = [name for target in targets if target is not None for name in names_in(target)]
    if isinstance(statement, facts.Try):
        names += [handler.name for handler in statement.handlers if handler.name]
    elif isinstance(statement, facts.Match):
        names += [name for case in statement.cases for name in case.names]
    return [(name, None) for name in names]
