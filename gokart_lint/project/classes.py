"""A class of the project: its bases through any number of modules, its methods, and whether it is a task."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.module import names_in
from gokart_lint.project.scopes import Scope
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library, Symbol, Unknown
from gokart_lint.walking import dotted

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter

Ancestor: TypeAlias = 'Class | Library | Unknown'

_KINDS = {
    'builtins.staticmethod': 'static',
    'builtins.classmethod': 'class',
    'builtins.property': 'property',
    'functools.cached_property': 'property',
}


class Method(msgspec.Struct, frozen=True, eq=False):
    """A method and the class whose body holds it."""

    owner: Class
    function: facts.Function

    @property
    def kind(self) -> str:
        """'static', 'class', 'property', 'instance', or 'decorated' where a decorator may change what it is."""
        if not self.function.decorators:
            return 'instance'
        known = self.owner.kinds
        if self.function.at not in known:
            known[self.function.at] = self._kind()
        return known[self.function.at]

    def _kind(self) -> str:
        found = 'instance'
        for decorator in self.function.decorators:
            symbol = self.owner.resolve(decorator)
            name = symbol.name if isinstance(symbol, Library) else ''
            if name in _KINDS:
                found = _KINDS[name]
            elif name not in vocabulary.ABSTRACT_DECORATORS | vocabulary.KEEPING_METHOD_DECORATORS and found == 'instance':
                found = 'decorated'
        return found

    @property
    def self_name(self) -> str:
        """What the method calls its instance (or class); '' for a static method or one without arguments."""
        first = self.function.formals[0] if self.function.formals else None
        return first.name if first is not None and self.kind != 'static' and first.kind in ('/', '') else ''

    @property
    def scope(self) -> Scope:
        return self.owner.module.scope(self.function, self.owner.outer_scope)

    @property
    def is_defined_once(self) -> bool:
        """Whether the class body gives it one definition: of two, under an `if` for instance, either may be the one that counts."""
        return sum(function.name == self.function.name for function in self.owner.facts.methods) == 1

    @property
    def only_raises(self) -> bool:
        """Whether the body does nothing but raise an exception."""
        return len(self.function.body) == 1 and isinstance(self.function.body[0], facts.Raise)

    @property
    def is_abstract(self) -> bool:
        """Whether it is decorated as abstract or only raises NotImplementedError."""
        for decorator in self.function.decorators:
            symbol = self.owner.resolve(decorator)
            if isinstance(symbol, Library) and symbol.name in vocabulary.ABSTRACT_DECORATORS:
                return True
        if not self.only_raises:
            return False
        statement = self.function.body[0]
        error = statement.error if isinstance(statement, facts.Raise) else None
        name = dotted(error.function if isinstance(error, facts.Call) else error) if error is not None else None
        return name == 'NotImplementedError'


class Class:
    """A class statement and what its names mean."""

    def __init__(self, module: Module, said: facts.Class) -> None:
        self.module = module
        self.facts = said
        self.kinds: dict[facts.Span, str] = {}
        """The kinds of the decorated methods that somebody asked for, by place: they are asked for all the time."""
        self._linearizing = False

    def __repr__(self) -> str:
        return f'<{self.module.name}.{self.qualname}>'

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def qualname(self) -> str:
        return self.facts.qualname

    @cached_property
    def full_name(self) -> str:
        """The dotted module and qualified name, canonical where the class is one of gokart's or luigi's own."""
        return vocabulary.canonical(f'{self.module.name}.{self.qualname}')

    # --- names ---

    @cached_property
    def outer_scope(self) -> Scope | None:
        """The function that the class stands in, whatever classes are between."""
        return self.module.scope_of(self.qualname)

    def resolve(self, node: Expression) -> Symbol:
        """What an expression in the class body means."""
        name = dotted(node.value if isinstance(node, facts.Subscript) else node)
        if name is None:
            return UNKNOWN
        head, _, rest = name.partition('.')
        inner = self.module.class_named(f'{self.qualname}.{head}')
        if inner is not None:
            return self.module.project.member(inner, rest.split('.') if rest else [])
        for found in self.facts.imports:
            if found.bound == head:
                return self.module.project.member(self.module.imported(found), rest.split('.') if rest else [])
        assigned = self._assigned.get(head)
        if assigned is not None and _is_behind(node.at, assigned.at):
            alias = assigned.value
            if alias is None or dotted(alias) is None:
                return UNKNOWN
            return self.module.project.member(self.resolve(alias), rest.split('.') if rest else [])
        return self.module.resolve(node, self.outer_scope)

    def resolve_header(self, node: Expression) -> Symbol:
        """What an expression among the bases or decorators means: they see the body of the class around, the class's own body does not."""
        name = dotted(node.value if isinstance(node, facts.Subscript) else node)
        outer = self.module.class_named(self.qualname.rpartition('.')[0])
        if outer is not None and name is not None and name.partition('.')[0] != self.name:
            return outer.resolve(node)
        if name is not None and not self.facts.scope and name.partition('.')[0] == self.name:
            return self.module.project.member(self.module.meaning_before(self.facts), name.split('.')[1:])
        return self.module.resolve(node, self.outer_scope)

    # --- bases ---

    @cached_property
    def bases(self) -> tuple[Symbol, ...]:
        """What the class derives from, without keywords such as `metaclass=`."""
        return tuple(UNKNOWN if base.star else self.resolve_header(base.value) for base in self.facts.bases if not base.keyword)

    @cached_property
    def ancestors(self) -> tuple[Ancestor, ...]:
        """The class and its bases in Python's method resolution order; a base that is not known stands as UNKNOWN."""
        if self._linearizing:  # it derives from itself, which no Python would run
            return (UNKNOWN,)
        self._linearizing = True
        try:
            lists = [list(_linearized(base)) for base in self.bases]
            return (self, *_merged([*lists, [found[0] for found in lists]]))
        finally:
            self._linearizing = False

    @cached_property
    def library_names(self) -> frozenset[str]:
        """The canonical names of all ancestors that are a library's, or would be if the library were not the project itself."""
        return frozenset(
            each.full_name if isinstance(each, Class) else each.name for each in self.ancestors if isinstance(each, (Class, Library))
        )

    @cached_property
    def is_task(self) -> bool:
        """Whether the class derives from gokart.TaskOnKart."""
        return self.full_name != vocabulary.TASK_ON_KART and any(
            vocabulary.library_base(name) == vocabulary.TASK_ON_KART for name in self.library_names
        )

    @cached_property
    def is_luigi_task(self) -> bool:
        """Whether the class derives from luigi.Task, through gokart or not."""
        return self.full_name != vocabulary.LUIGI_TASK and any(vocabulary.library_base(name) is not None for name in self.library_names)

    @cached_property
    def is_fully_known(self) -> bool:
        """Whether every base is known, and every decorator keeps what the class body says."""
        for each in self.ancestors:
            if isinstance(each, Class):
                decorators = (
                    each.resolve_header(node.function if isinstance(node, facts.Call) else node) for node in each.facts.decorators
                )
                if any(not isinstance(found, Library) or found.name not in vocabulary.KEEPING_DECORATORS for found in decorators):
                    return False
            elif not adds_nothing(each):
                return False
        return True

    @cached_property
    def may_be_rewritten(self) -> bool:
        """Whether something may give the instances other methods than the text shows: a metaclass, or a hook of Python's."""
        bases = (base for each in self.ancestors if isinstance(each, Class) for base in each.facts.bases)
        hooks = ('__init_subclass__', '__getattribute__')
        return any(base.keyword == 'metaclass' for base in bases) or any(self.method(hook) is not None for hook in hooks)

    def derives_from(self, other: Symbol) -> bool | None:
        """Whether the class is `other` or a subclass; None where a base that is not known might be."""
        if other in self.ancestors or (isinstance(other, Library) and other.name in self.library_names):
            return True
        if isinstance(other, Class) and other.full_name in self.library_names and other.full_name.startswith(('gokart.', 'luigi.')):
            return True
        unknown = any(not isinstance(each, Class) and not adds_nothing(each) for each in self.ancestors)
        return None if unknown else False

    @cached_property
    def subclasses(self) -> tuple[Class, ...]:
        """All classes of the project below this one."""
        return self.module.project.subclasses(self)

    def downwards(self) -> Iterator[Class]:
        """The class, then those below it, which are looked for when somebody goes on: below a base of all tasks stand all files."""
        yield self
        yield from self.subclasses

    # --- members ---

    @cached_property
    def own_methods(self) -> dict[str, Method]:
        """The methods of the class body; of several with one name the last."""
        return {function.name: Method(self, function) for function in self.facts.methods}

    @cached_property
    def _assigned(self) -> dict[str, facts.Assign]:
        """The assignments of the class body by name, annotations without a value left out."""
        found = {}
        for assignment in self.facts.assignments:
            if assignment.value is not None:
                found.update({name: assignment for target in assignment.targets for name in names_in(target)})
        return found

    @property
    def own_attributes(self) -> dict[str, facts.Assign]:
        """What the class body assigns, parameters too."""
        return self._assigned

    def method(self, name: str, behind: Class | None = None) -> Method | Unknown | None:
        """The method that an instance would call: UNKNOWN if the text does not show it, None if it is gokart's own or missing.

        With `behind` it is the one that `super()` finds in a method of that class.
        """
        start = 0 if behind is None else self.ancestors.index(behind) + 1
        for each in self.ancestors[start:]:
            if isinstance(each, Class):
                if each.full_name in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK):
                    return None
                if name in each.own_methods:
                    return each.own_methods[name]
                if name in each.own_attributes:
                    return UNKNOWN
            elif not adds_nothing(each):
                return UNKNOWN
        return None

    def project_method(self, name: str) -> Method | None:
        """The method that an instance would call, if the project defines it."""
        found = self.method(name)
        return found if isinstance(found, Method) else None

    def methods(self) -> Iterator[Method]:
        """Each method that an instance has from the project, overridden ones left out."""
        seen: set[str] = set()
        for each in self.ancestors:
            if isinstance(each, Class) and each.full_name not in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK):
                for name, method in each.own_methods.items():
                    if name not in seen:
                        yield method
                seen |= {*each.own_methods, *each.own_attributes}

    @cached_property
    def is_abstract(self) -> bool:
        """Whether an abstract method, or one that only raises NotImplementedError, is its own or inherited and not overridden."""
        return any(method.is_abstract for method in self.methods())

    @cached_property
    def own_parameters(self) -> dict[str, Parameter]:
        """The parameters that the class body declares, by name."""
        from gokart_lint.project.parameters import declared

        return declared(self)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """All parameters that the project declares for the class: its own, inherited and copied ones, gokart's own left out."""
        from gokart_lint.project.parameters import inherited

        return inherited(self)


def _is_behind(later: facts.Span, earlier: facts.Span) -> bool:
    return (later.line, later.column) >= (earlier.end_line, earlier.end_column)


def _linearized(base: Symbol) -> tuple[Ancestor, ...]:
    if isinstance(base, Class):
        return base.ancestors
    if isinstance(base, FunctionSymbol) or not isinstance(base, Library):
        return (UNKNOWN,)
    chain = [base]
    while (below := _LIBRARY_BASES.get(chain[-1].name) or vocabulary.library_base(chain[-1].name)) and below != chain[-1].name:
        chain.append(Library(below))
    return tuple(chain)


_LIBRARY_BASES = {vocabulary.TASK_ON_KART: vocabulary.LUIGI_TASK, vocabulary.LUIGI_TASK: None}


def adds_nothing(ancestor: Ancestor) -> bool:
    """Whether all that an ancestor outside the project brings is gokart's or luigi's own."""
    if not isinstance(ancestor, Library):
        return isinstance(ancestor, Class)
    known = (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK)
    return (
        ancestor.name in known
        or ancestor.name in vocabulary.INERT_BASES
        or vocabulary.LIBRARY_TASKS.get(ancestor.name) == vocabulary.TASK_ON_KART
    )


def _merged(lists: list[list[Ancestor]]) -> list[Ancestor]:
    """Python's C3 merge; where it has no answer (a class statement that Python would refuse), depth first."""
    result: list[Ancestor] = []
    pending = [list(found) for found in lists if found]
    while pending:
        heads = (found[0] for found in pending)
        head = next((head for head in heads if not any(head in found[1:] for found in pending)), pending[0][0])
        result.append(head)
        pending = [rest for found in pending if (rest := [each for each in found if each != head])]
    return result
