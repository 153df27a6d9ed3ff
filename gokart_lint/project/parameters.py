"""The parameters of a task class: what each declaration says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.remembering import remembered
from gokart_lint.project.scopes import Scope
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library, Symbol, is_library
from gokart_lint.walking import everything, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class


class Parameter:
    """One declaration `name = SomeParameter(...)` in a class body.

    `library_class` is the canonical name of the nearest parameter class of gokart or luigi; `custom` is the project's own subclass
    of it, if the declaration calls one.
    """

    def __init__(
        self, owner: Class, name: str, assignment: facts.Assign, call: facts.Call, library_class: str, custom: Class | None
    ) -> None:
        self.owner = owner
        self.name = name
        self.assignment = assignment
        self.call = call
        self.library_class = library_class
        self.custom = custom

    @property
    def attribute(self) -> str:
        """The name that Python gives it: `_Train__version` for `__version` in the class `Train`."""
        return self.owner.facts.mangled(self.name)

    @cached_property
    def annotation(self) -> Expression | None:
        """The annotation of the declaration, or of a line `name: annotation` of the same class body."""
        if self.assignment.annotation is not None:
            return self.assignment.annotation
        alone = [each for each in self.owner.facts.assignments if each.value is None and each.annotation is not None]
        found = [each.annotation for each in alone if [getattr(target, 'name', None) for target in each.targets] == [self.name]]
        return found[-1] if found else None

    @property
    def name_at(self) -> facts.Span:
        """Where the declaration names it."""
        names = (name for target in self.assignment.targets for name in plain_names(target))
        return next(each.at for each in names if each.name == self.name)

    @property
    def is_task(self) -> bool:
        """Whether it holds one task."""
        return self.library_class == vocabulary.TASK_PARAMETER

    @property
    def is_task_list(self) -> bool:
        """Whether it holds a list of tasks."""
        return self.library_class == vocabulary.TASK_LIST_PARAMETER

    @property
    def holds_tasks(self) -> bool:
        return self.is_task or self.is_task_list

    @cached_property
    def significant(self) -> bool | None:
        """Whether it is part of the cache key; None if the text does not show it."""
        given = self.call.keyword('significant')
        if given is not None:
            value = given.value
            return value.value if isinstance(value, facts.Constant) and isinstance(value.value, bool) else None
        by_place = not self.holds_tasks and self.call.positional(2) is not None  # luigi.Parameter(default, is_global, significant)
        if by_place or self.may_set('significant'):
            return None
        return True

    @cached_property
    def expected_type(self) -> Expression | None:
        """The expression given as `expected_type` (or `expected_elements_type`), if the declaration itself gives one."""
        given = self.expected_type_argument
        is_none = given is not None and isinstance(given.value, facts.Constant) and given.value.value is None
        return None if given is None or is_none else given.value

    @property
    def expected_type_argument(self) -> facts.Argument | None:
        """The argument for the expected type, be it None: by keyword, or by position if the project's own `__init__` hands that on."""
        word = vocabulary.EXPECTED_TYPE_KEYWORD.get(self.library_class, '')
        place = 0
        if (own := next((method for method in self._custom_methods if method.name == '__init__'), None)) is not None:
            plain = [formal.name for formal in own.formals if formal.kind in ('/', '')][1:]
            if word not in plain and not any(formal.kind == '*' for formal in own.formals):
                return self.call.keyword(word)
            place = plain.index(word) if word in plain else len(plain)
        return self.call.keyword(word) or self.call.positional(place)

    @property
    def may_expect_elsewhere(self) -> bool:
        """Whether an expected type may come from where the declaration does not show it: `**options`, or the project's own subclass."""
        word = vocabulary.EXPECTED_TYPE_KEYWORD.get(self.library_class, '')
        return self.call.unpacks or self._custom_mentions(word) or any(_passes_first(method, word) for method in self._custom_methods)

    def may_set(self, word: str) -> bool:
        """Whether a keyword may be set where the declaration does not show it: by `**options`, or by the project's own subclass."""
        return self.call.unpacks or self._custom_mentions(word)

    @property
    def takes_keywords(self) -> bool:
        """Whether the declaration may be given any keyword that the library's own class takes."""
        makers = [method for method in self._custom_methods if method.name in ('__init__', '__new__')]
        return all(any(formal.kind == '**' for formal in method.formals) for method in makers)

    @property
    def _custom_methods(self) -> list[facts.Function]:
        from gokart_lint.project.classes import Class

        ancestors = () if self.custom is None else self.custom.ancestors
        return [
            method
            for each in ancestors
            if isinstance(each, Class) and each.full_name != self.library_class
            for method in each.facts.methods
        ]

    def expected_class(self) -> Symbol:
        """What the expected type means."""
        return UNKNOWN if self.expected_type is None else self.owner.resolve(self.expected_type)

    def _custom_mentions(self, word: str) -> bool:
        from gokart_lint.project.classes import Class

        if self.custom is None:
            return False
        classes = [each for each in self.custom.ancestors if isinstance(each, Class) and each.full_name != self.library_class]
        if any(_says(method, word) for each in classes for method in each.facts.methods):
            return True
        return any(word in each.own_attributes for each in classes) or not all(
            isinstance(each, Class)
            or (isinstance(each, Library) and (each.name in vocabulary.PARAMETERS or each.name in vocabulary.INERT_BASES))
            for each in self.custom.ancestors
        )


def declared(owner: Class) -> dict[str, Parameter]:
    """The parameters of a class body, in order; a name that is assigned something else later is none."""
    found: dict[str, Parameter] = {}
    for assignment in owner.facts.assignments:
        if assignment.value is None:
            continue
        for target in assignment.targets:
            for name, value in pairs(target, assignment.value):
                made = _parameter(owner, name, assignment, value)
                if made is not None:
                    found[name] = made
                elif name in found and not _may_be_passed_by(owner, assignment):
                    del found[name]
    for name, method in owner.own_methods.items():
        if name in found and found[name].assignment.at < method.function.at:
            del found[name]
    return found


def _may_be_passed_by(owner: Class, assignment: facts.Assign) -> bool:
    """Whether an assignment of a class body stands under `if`, `try` or the like."""
    return any(each is not top and each == assignment for top in owner.facts.body for each in statements([top]))


def pairs(target: Expression, value: Expression) -> list[tuple[str, Expression]]:
    """Each plain name of an assignment with its own value: two for `a, b = 1, 2`."""
    if isinstance(target, facts.Name):
        return [(target.name, value)]
    if isinstance(target, facts.Collection) and isinstance(value, facts.Collection) and len(target.items) == len(value.items):
        return [pair for item, part in zip(target.items, value.items, strict=True) for pair in pairs(item, part)]
    return []


def plain_names(target: Expression) -> Iterator[facts.Name]:
    """The names that an assignment to a target binds in a class body."""
    if isinstance(target, facts.Name):
        yield target
    elif isinstance(target, facts.Collection):
        for item in target.items:
            yield from plain_names(item)


def _parameter(owner: Class, name: str, assignment: facts.Assign, value: Expression) -> Parameter | None:
    if not isinstance(value, facts.Call):
        return None
    called = owner.resolve(value.function)
    if is_library(called, *vocabulary.CASTS) and (inner := value.positional(1)) is not None:
        return _parameter(owner, name, assignment, inner.value)
    library_class, custom = parameter_class(called)
    return Parameter(owner, name, assignment, value, library_class, custom) if library_class else None


@remembered
def may_be_parameter(owner: Class, name: str) -> bool:
    """Whether what a class body gives to a name may be a parameter though it does not say so plainly.

    It makes one under a condition, or calls a function of the project that makes one.
    """
    value = owner.own_attributes[name].value
    calls = [] if value is None else [node for node in walk(value) if isinstance(node, facts.Call)]
    return any(_makes_parameters(owner.resolve(node.function), frozenset()) for node in calls)


def _makes_parameters(symbol: Symbol, seen: frozenset[str]) -> bool:
    if parameter_class(symbol)[0]:
        return True
    if not isinstance(symbol, FunctionSymbol) or symbol.function.qualname in seen:
        return False
    scope = Scope(symbol.module, symbol.function)
    calls = (node for node in everything(symbol.function.body) if isinstance(node, facts.Call))
    seen |= {symbol.function.qualname}
    return any(_makes_parameters(symbol.module.resolve(node.function, scope), seen) for node in calls)


def parameter_class(symbol: Symbol) -> tuple[str, Class | None]:
    """The canonical name of the parameter class that a symbol is or derives from ('' if none), and the project's own subclass."""
    from gokart_lint.project.classes import Class

    if isinstance(symbol, Library):
        is_parameter = symbol.name in vocabulary.PARAMETERS or (
            symbol.name.startswith(('luigi.', 'gokart.')) and symbol.name.endswith('Parameter')
        )
        return (symbol.name if is_parameter else ''), None
    if not isinstance(symbol, Class):
        return '', None
    for each in symbol.ancestors:
        name = each.full_name if isinstance(each, Class) else each.name if isinstance(each, Library) else ''
        if name in vocabulary.PARAMETERS:
            return name, (None if each is symbol else symbol)
    return '', None


def inherited(owner: Class) -> dict[str, Parameter]:
    """All parameters that an instance has from the project, bases first; a constant, method or property hides what a base declares."""
    from gokart_lint.project.classes import Class

    found: dict[str, Parameter] = {}
    for each in reversed(owner.ancestors):
        if not isinstance(each, Class) or each.full_name in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK):
            continue
        for name in (*each.own_attributes, *each.own_methods):
            if (hidden := found.pop(name, None)) is not None and name.startswith('__'):
                found[hidden.attribute] = hidden
        found.update(each.own_parameters)
        for name, parameter in _copied(each).items():
            found.pop(name, None)
            found[name] = parameter
    return found


def _copied(owner: Class) -> dict[str, Parameter]:
    """The parameters that `@luigi.util.requires(A)` and `@luigi.util.inherits(A)` copy onto a class (luigi 3.8.1, `inherits.__call__`).

    A name that the class has already, from its own body or a base, is left alone; of several tasks the first gives it.
    """
    from gokart_lint.project.classes import Class

    found: dict[str, Parameter] = {}
    for decorator in reversed(owner.facts.decorators):  # the lowest is applied first
        if not isinstance(decorator, facts.Call):
            continue
        symbol = owner.resolve_header(decorator.function)
        if not (isinstance(symbol, Library) and symbol.name in vocabulary.INHERITING_DECORATORS):
            continue
        for argument in decorator.arguments:
            source = owner.resolve_header(argument.value)
            if isinstance(source, Class) and source is not owner:
                for parameter in source.parameters.values():
                    if not _has(owner, parameter.attribute):
                        found.setdefault(parameter.attribute, parameter)
    return found


def _has(owner: Class, attribute: str) -> bool:
    """Whether a class has an attribute of its own or inherited, before anything decorates it."""
    from gokart_lint.project.classes import Class

    if attribute in vocabulary.TASK_MEMBERS and vocabulary.TASK_ON_KART in owner.library_names:
        return True
    classes = [each for each in owner.ancestors if isinstance(each, Class)]
    return any(
        attribute in each.own_attributes or attribute in each.own_methods or (each is not owner and attribute in _copied(each))
        for each in classes
    )


def _says(function: facts.Function, word: str) -> bool:
    """Whether a function mentions a keyword argument, a text or a formal parameter of that name, or hands its own keywords on."""
    if any(formal.name == word for formal in function.formals):
        return True
    for node in everything(function.body):
        if isinstance(node, facts.Call) and node.keyword(word):
            return True
        if isinstance(node, facts.Constant) and node.value == word:
            return True
    return False


def _passes_first(function: facts.Function, word: str) -> bool:
    """Whether a method of a parameter class may set the expected type without naming it as a keyword, or judges values by itself."""
    if function.name == '_warn_on_wrong_param_type':
        return True
    for node in everything(function.body):
        if isinstance(node, facts.Attribute) and node.name == word:
            return True
        if isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute) and node.function.name == '__init__':
            is_super = isinstance(node.function.value, facts.Call)
            if node.positional(0 if is_super else 1) is not None:
                return True
    return False
