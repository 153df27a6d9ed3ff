"""What `requires()` of a task class gives: the one answer that every rule about dependencies stands on.

A class is judged as itself: `self` in an inherited `requires()` is a task of that class, and `super()` goes on from there.
"""

from __future__ import annotations

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Statement
from gokart_lint.project.attributes import assigned_to_self, sets_by_name
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library, Symbol, is_library
from gokart_lint.walking import everything, own_expressions, statements, walk
from gokart_lint.wiring.alternatives import (
    NOTHING_KNOWN,
    Alternatives,
    Instance,
    Row,
    Several,
    Table,
    elements,
    is_task_class,
    joined,
    united,
)
from gokart_lint.wiring.flow import Flow
from gokart_lint.wiring.values import View, evaluate, member, method_names

_REQUIRES = 'luigi.util.requires'


@remembered
def requirement(concrete: Class) -> Alternatives:
    """What `requires()` of a task of exactly this class may return; UNKNOWN among it where the text leaves a doubt."""
    if not concrete.is_task or not concrete.is_fully_known or concrete.may_be_rewritten or 'requires' in assigned_to_self(concrete):
        return NOTHING_KNOWN
    return _given(concrete, 'requires', None)


@remembered
def giver(concrete: Class) -> Class | None:
    """The class of the project that gives a task class its `requires()`, as a method or as a decorator; None for gokart's own."""
    for each in concrete.ancestors:
        if not isinstance(each, Class) or each.full_name in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK):
            return None
        if 'requires' in each.own_methods or 'requires' in each.own_attributes or _parents(each, _REQUIRES) is not None:
            return each
    return None


def returned_by(method: Method, concrete: Class) -> Alternatives:
    """What a method gives to a task of exactly one class."""
    function = method.function
    if method.kind not in ('instance', 'class', 'property') or function.is_async or not method.is_defined_once or not method.self_name:
        return NOTHING_KNOWN
    names = dict(method_names(method))
    if method.kind != 'class':
        names[method.self_name] = (Instance(concrete),)
    view = View(Place(method.owner.module, method.scope, method.owner, method), names)
    if any(isinstance(node, facts.Yield) for node in everything(function.body, nested=False)):
        return _yielded(function.body, view)
    return Flow(view, function.body).returned


def returned_above(name: str, view: View) -> Alternatives:
    """What `super().name(...)` gives in a method."""
    method = view.place.method
    if method is None or method.self_name not in view.names:
        return NOTHING_KNOWN
    found: list[Alternatives] = []
    for each in view.names[method.self_name]:
        if not isinstance(each, Instance) or not isinstance(each.cls, Class):
            return NOTHING_KNOWN
        heirs = (each.cls,) if each.exact else (each.cls, *each.cls.subclasses)
        found += [_given(heir, name, method.owner) for heir in heirs]
    return united(*found)


def given_by_library(concrete: Class, name: str) -> Alternatives:
    """What a method of gokart or luigi that the project does not override gives, as far as it gives tasks."""
    if concrete.method(name) is not None:
        return NOTHING_KNOWN
    if name in ('requires', 'make_task_instance_dictionary'):
        return default_requirement(concrete) if concrete.is_task and concrete.is_fully_known else NOTHING_KNOWN
    if name in ('clone_parent', 'clone_parents'):
        parents = next((found for each in concrete.ancestors if isinstance(each, Class) and (found := _parents(each))), None)
        if parents is not None:
            return _cloned(parents[0], single=name == 'clone_parent')
    return NOTHING_KNOWN


def _given(concrete: Class, name: str, behind: Class | None) -> Alternatives:
    """What the method that a class has under a name gives, or the next one behind one of its ancestors."""
    ancestors = concrete.ancestors
    if behind is not None:
        if behind not in ancestors:
            return NOTHING_KNOWN
        ancestors = ancestors[ancestors.index(behind) + 1 :]
    for each in ancestors:
        if isinstance(each, Class) and each.full_name not in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK):
            parents = _parents(each, _REQUIRES) if name == 'requires' else None
            if parents is not None:
                return _cloned(parents[0], single=parents[1] == 1)
            if name in each.own_methods:
                return returned_by(each.own_methods[name], concrete)
            if name in each.own_attributes:
                return NOTHING_KNOWN
        elif not is_library(each, *vocabulary.INERT_BASES):
            break
    return default_requirement(concrete) if name == 'requires' and concrete.is_task and concrete.is_fully_known else NOTHING_KNOWN


# --- luigi.util.requires and luigi.util.inherits ---


def _parents(owner: Class, *names: str) -> tuple[tuple[tuple[str | None, Symbol], ...], int] | None:
    """The tasks that a class decorator of luigi.util is given, by keyword if it has any, and how many stand without one.

    Of several decorators the outermost counts: it is applied last (luigi.util.inherits and requires of luigi 3.8).
    """
    for decorator in owner.facts.decorators:
        if isinstance(decorator, facts.Call) and is_library(
            owner.resolve_header(decorator.function), *(names or vocabulary.INHERITING_DECORATORS)
        ):
            if decorator.unpacks:
                return (), 0
            given = tuple((argument.keyword, owner.resolve_header(argument.value)) for argument in decorator.arguments)
            return given, sum(keyword is None for keyword, _ in given)
    return None


def _cloned(parents: tuple[tuple[str | None, Symbol], ...], *, single: bool) -> Alternatives:
    """What `self.clone_parent()` or `self.clone_parents()` gives."""
    made: list[tuple[str | None, Alternatives]] = [(keyword, _task(symbol)) for keyword, symbol in parents]
    if not made:
        return NOTHING_KNOWN
    if single:
        return made[0][1]
    if made[0][0] is None:
        return (Row(tuple(task for _, task in made)),)
    return (Table(tuple((keyword, task) for keyword, task in made if keyword is not None)),)


def _task(symbol: Symbol) -> Alternatives:
    return (Instance(symbol),) if isinstance(symbol, (Class, Library)) and is_task_class(symbol) else NOTHING_KNOWN


# --- gokart's own requires ---


@remembered
def default_requirement(concrete: Class) -> Alternatives:
    """What TaskOnKart.requires() gives: a dict of all attributes that hold tasks, an empty list without any (gokart 1.12.2).

    What an attribute holds is not always known; one that may hold a task stands among the keys.
    """
    if any(sets_by_name(method) for method in concrete.methods()):
        return NOTHING_KNOWN
    view = View(Place(concrete.module, None, concrete))
    entries: dict[str | int, Alternatives] = dict.fromkeys(sorted(assigned_to_self(concrete)), NOTHING_KNOWN)
    for parameter in concrete.parameters.values():
        if parameter.holds_tasks:
            entries[parameter.attribute] = member(Instance(concrete), parameter.name, view)
        elif vocabulary.PARAMETERS.get(parameter.library_class, 'any') == 'any' or parameter.custom is not None:
            entries[parameter.attribute] = NOTHING_KNOWN
    entries.update(dict.fromkeys((method.function.name for method in concrete.methods() if method.kind == 'property'), NOTHING_KNOWN))
    holders = [parameter for parameter in concrete.parameters.values() if parameter.holds_tasks]
    if not holders:
        return united((Row(()),), (Table(tuple(entries.items())),)) if entries else (Row(()),)
    return (Table(tuple(entries.items())),)


# --- a requires that yields ---


def _yielded(body: tuple[Statement, ...], view: View) -> Alternatives:
    """What a generator gives, as the list that luigi makes of it: of a known length if nothing but plain statements yields."""
    always = {statement.at for statement in body} if not any(isinstance(each, facts.Return) for each in statements(body)) else set()
    found: Alternatives = (Row(()),)
    for statement, seen in Flow(view, body).states.values():
        for node in (each for expression in own_expressions(statement) for each in walk(expression)):
            if not isinstance(node, facts.Yield):
                continue
            given = NOTHING_KNOWN if node.value is None else evaluate(node.value, seen)
            if node.delegates:
                added: Alternatives = (Several(elements(given)),)
            else:
                is_plain = isinstance(statement, facts.Evaluate) and node is statement.value and statement.at in always
                added = (Row((given,)),) if is_plain else (Several(given),)
            found = joined(found, added)
    return found
