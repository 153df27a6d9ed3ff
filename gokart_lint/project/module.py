"""One file of a project, and what the names in it mean."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library, Symbol, Value
from gokart_lint.walking import dotted, statements

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.project import Project
    from gokart_lint.project.scopes import Scope

Binding = facts.Import | facts.Assign | facts.Function | facts.Class


class Module:
    """A file that was read. `path` is absolute, `name` dotted as the project imports it."""

    def __init__(self, project: Project, path: str, name: str, said: facts.Module) -> None:
        self.project = project
        self.path = path
        self.name = name
        self.facts = said
        self._resolving: set[str] = set()
        self._memo: dict[str, Symbol] = {}
        self._starring: set[str] = set()
        self._scopes: dict[str, Scope | None] = {}
        self._of_functions: dict[tuple[facts.Span, Scope | None], Scope] = {}

    @cached_property
    def classes(self) -> tuple[Class, ...]:
        """All classes of the file, those inside functions and classes too, in order."""
        from gokart_lint.project.classes import Class

        return tuple(Class(self, found) for found in self.facts.classes)

    def take_apart(self) -> None:
        """Leave nothing of the module, its classes and its functions: whoever still holds one holds an empty one."""
        for part in (*self.__dict__.get('classes', ()), *self._of_functions.values(), self):
            part.__dict__.clear()

    def class_named(self, qualname: str) -> Class | None:
        """The class with a qualified name; None if there is none, or several that differ."""
        found = self._by_qualname.get(qualname, ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_qualname(self) -> dict[str, list[Class]]:
        found: dict[str, list[Class]] = defaultdict(list)
        for each in self.classes:
            found[each.qualname].append(each)
        return found

    @cached_property
    def _bindings(self) -> dict[str, list[Binding]]:
        found: dict[str, list[Binding]] = defaultdict(list)
        for each in self.facts.imports:
            found[each.bound].append(each)
        for assignment in self.facts.assignments:
            for target in assignment.targets:
                if isinstance(target, facts.Name):
                    found[target.name].append(assignment)
                else:
                    for name in names_in(target):
                        found[name].append(facts.Assign(assignment.at, (), None))
        for function in self.facts.functions:
            found[function.name].append(function)
        for each_class in self.facts.classes:
            if not each_class.scope:
                found[each_class.name].append(each_class)
        return found

    def scope_of(self, qualname: str) -> Scope | None:
        """The function around something with a qualified name, whatever classes are between."""
        around = qualname.rpartition('.<locals>.')[0]
        if around not in self._scopes:
            self._scopes[around] = self._scope(around) if around else None
        return self._scopes[around]

    def scope(self, function: facts.Function, outer: Scope | None = None) -> Scope:
        """The scope of a function, always the same one: what it binds is worked out once. `outer` is that of the function around it."""
        from gokart_lint.project.scopes import Scope

        key = (function.at, outer)
        if key not in self._of_functions:
            self._of_functions[key] = Scope(self, function, outer)
        return self._of_functions[key]

    def _scope(self, qualname: str) -> Scope | None:
        outer = self.scope_of(qualname)
        functions = [*self.facts.functions, *(method for found in self.facts.classes for method in found.methods)]
        if outer is not None:
            functions += [each.function for each in statements(outer.function.body) if isinstance(each, facts.Define)]
        return next((self.scope(function, outer) for function in functions if function.qualname == qualname), None)

    def resolve(self, node: Expression, scope: Scope | None = None) -> Symbol:
        """What an expression means: a name or a chain of attributes, with or without `[...]` behind a class."""
        if isinstance(node, facts.Subscript):
            found = self.resolve(node.value, scope)
            return found if not isinstance(found, Value) else UNKNOWN
        name = dotted(node)
        return UNKNOWN if name is None else self.resolve_name(name, scope)

    def resolve_name(self, name: str, scope: Scope | None = None) -> Symbol:
        """What a dotted name means, inside a function (`scope`) or at module level."""
        while scope is not None:
            if (found := scope.resolve(name)) is not None:
                return found
            scope = scope.outer
        return self.global_name(name)

    def global_name(self, name: str) -> Symbol:
        """What a dotted name means at module level."""
        if name not in self._memo:
            if name in self._resolving:
                return UNKNOWN
            self._resolving.add(name)
            try:
                self._memo[name] = self._global_name(name)
            finally:
                self._resolving.discard(name)
        return self._memo[name]

    def _global_name(self, name: str) -> Symbol:
        parts = name.split('.')
        for count in range(len(parts), 0, -1):  # `import a.b` binds `a.b` for us, so the longest name comes first
            bindings = self._bindings.get('.'.join(parts[:count]))
            if bindings:
                return self.project.member(self._agreed(bindings), parts[count:])
        starred = self._from_star_imports(parts[0])
        if starred is not None:
            return self.project.member(starred, parts[1:])
        if hasattr(builtins, parts[0]):
            return self.project.member(Library(f'builtins.{parts[0]}'), parts[1:])
        return UNKNOWN

    def _agreed(self, bindings: list[Binding]) -> Symbol:
        """The meaning that all bindings of a name agree on; `X = None` beside an import is a fallback for a missing package."""
        found: list[Symbol] = []
        for binding in _standing(bindings):
            symbol = self._meaning(binding)
            is_fallback = isinstance(symbol, Value) and isinstance(symbol.expression, facts.Constant) and symbol.expression.value is None
            if not (is_fallback and len(bindings) > 1) and symbol not in found:
                found.append(symbol)
        return found[0] if len(found) == 1 else UNKNOWN

    def meaning_before(self, said: facts.Class) -> Symbol:
        """What the name of a module-level class means just before its statement: `from library import Train; class Train(Train)`."""
        bindings = [each for each in self._bindings[said.name] if each.at < said.at]
        found = self._agreed(bindings) if bindings else self._from_star_imports(said.name)
        return UNKNOWN if found is None else found

    def _meaning(self, binding: Binding) -> Symbol:
        if isinstance(binding, facts.Import):
            return self.imported(binding)
        if isinstance(binding, facts.Function):
            return FunctionSymbol(self, binding)
        if isinstance(binding, facts.Class):
            return self.class_named(binding.qualname) or UNKNOWN
        if binding.value is None or binding.operator:
            return UNKNOWN
        if dotted(binding.value) is None and not isinstance(binding.value, facts.Subscript):
            return Value(self, binding.value)
        alias = self.aliased(binding.value)
        return alias if alias is not UNKNOWN else Value(self, binding.value)

    def aliased(self, value: Expression, scope: Scope | None = None) -> Symbol:
        """What a name means that is assigned a name: `Base = gokart.TaskOnKart[int]` is the class, `x = os.environ['X']` no module."""
        from gokart_lint.project.classes import Class

        found = self.resolve(value, scope)
        is_generic = isinstance(found, Class) or (
            isinstance(found, Library) and (vocabulary.library_base(found.name) is not None or found.name in vocabulary.PARAMETERS)
        )
        return found if is_generic or not isinstance(value, facts.Subscript) else UNKNOWN

    def imported(self, found: facts.Import) -> Symbol:
        """What an import binds."""
        modules = self.project.modules
        file = modules.of_import(found, self.path)
        if found.name is None:
            return self.project.module_symbol(file) if file else Library(vocabulary.canonical(found.module))
        if file is not None:
            member = self.project.member(self.project.module_symbol(file), [found.name])
            if member is not UNKNOWN:
                return member
        below = modules.submodule(found.module, found.name, found.level, self.path)
        if below is not None:
            return self.project.module_symbol(below)
        if file is not None or found.level:
            return UNKNOWN
        return Library(vocabulary.canonical(f'{found.module}.{found.name}'))

    def _from_star_imports(self, name: str) -> Symbol | None:
        """The meaning of a name that only star imports can give; UNKNOWN if one of them cannot be looked into, None if none gives it.

        The last one that gives it wins. One that cannot be looked into is not thought to give what a project's own module gives too.
        """
        unclear = False
        for found in reversed(self.facts.imports):
            if found.name != '*':
                continue
            file = self.project.modules.of_import(found, self.path)
            module = self.project.module(file) if file else None
            if module is not None:
                symbol = module.starred(name)
                if symbol is not None and symbol is not UNKNOWN:
                    return symbol
                unclear = unclear or symbol is UNKNOWN
            elif found.module in ('gokart', 'luigi') and vocabulary.exports(f'{found.module}.{name}'):
                return Library(f'{found.module}.{name}')
            elif file is None and found.module not in ('gokart', 'luigi'):
                unclear = True
        return UNKNOWN if unclear else None

    def starred(self, name: str) -> Symbol | None:
        """What `from module import *` gives under a name; None if nothing."""
        is_public = not name.startswith('_') if self._listed is None else name in self._listed
        if not is_public or name in self._starring:
            return None
        if name in self._bindings:
            return self.global_name(name)
        self._starring.add(name)
        try:
            return self._from_star_imports(name)
        finally:
            self._starring.discard(name)

    @cached_property
    def _listed(self) -> frozenset[str] | None:
        """What `__all__` lists; None without one, or if it is not a literal that stands alone."""
        bindings = self._bindings.get('__all__', ())
        value = bindings[0].value if len(bindings) == 1 and isinstance(bindings[0], facts.Assign) else None
        if not isinstance(value, facts.Collection) or 'extend' in self.facts.called or 'append' in self.facts.called:
            return None
        names = [item.value for item in value.items if isinstance(item, facts.Constant)]
        return frozenset(map(str, names)) if len(names) == len(value.items) else None

    def binds(self, name: str) -> bool:
        """Whether the module gives a name to those who import it."""
        return name in self._bindings or any(found.name == '*' for found in self.facts.imports)

    @cached_property
    def rebinds_globals(self) -> bool:
        """Whether a function may give a new value to a name of the module."""
        functions = (*self.facts.functions, *(method for each in self.facts.classes for method in each.methods))
        return any(isinstance(each, facts.Plain) and each.word == 'global' for function in functions for each in statements(function.body))

    def own_member(self, name: str) -> Symbol:
        """What `module.name` means from outside."""
        if not self.binds(name):
            return UNKNOWN
        found = self.global_name(name)
        return UNKNOWN if isinstance(found, Library) and found.name.startswith('builtins.') else found


def _standing(bindings: list[Binding]) -> list[Binding]:
    """Some bindings of a name without those that a class of that name derives from, and so replaces."""
    for each in reversed(bindings):
        if isinstance(each, facts.Class) and any(dotted(_unsubscripted(base.value)) == each.name for base in each.bases):
            return [other for other in bindings if other.at >= each.at]
    return bindings


def _unsubscripted(node: Expression) -> Expression:
    return node.value if isinstance(node, facts.Subscript) else node


def names_in(target: Expression) -> Iterator[str]:
    """The plain names that an assignment target binds."""
    if isinstance(target, facts.Name):
        yield target.name
    elif isinstance(target, facts.Collection):
        for item in target.items:
            yield from names_in(item)
    elif isinstance(target, facts.Star):
        yield from names_in(target.value)
