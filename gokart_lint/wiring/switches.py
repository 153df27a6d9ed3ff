"""Where a module turns on one of TaskOnKart's switches (`rerun`, `serialized_task_definition_check`): in a class, or for one task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Span
from gokart_lint.project.calls import Place, Site, calls_near
from gokart_lint.project.classes import Class
from gokart_lint.project.constants import constant
from gokart_lint.project.parameters import pairs, parameter_class
from gokart_lint.project.symbols import Library, Symbol, Value, is_library
from gokart_lint.walking import dotted

if TYPE_CHECKING:
    from gokart_lint.project.module import Module

_TAKE_DEFAULT_FIRST = frozenset({'luigi.Parameter', 'luigi.BoolParameter', 'luigi.OptionalBoolParameter', 'gokart.ExplicitBoolParameter'})


class TurnedOn(msgspec.Struct, frozen=True):
    """A switch that is on: for every task of a class (`always`), or for one that is built here."""

    at: Span
    task: str
    always: bool


def turned_on(module: Module, switch: str) -> Iterator[TurnedOn]:
    """The places of a module that turn a switch on."""
    for each in module.classes:
        if switch in each.own_attributes and (task := _task_with_body(each, switch)):
            yield from _in_class(each, switch, task)
    for site in calls_near(module, switch):
        given = _given(site, switch)
        if given is not None and (built := _built(site)) is not None:
            yield TurnedOn(given, built, always=False)


# --- class bodies ---


def _task_with_body(each: Class, switch: str) -> str:
    """The name of the task class that a class body speaks for: its own, or for a mixin that of a task which takes the switch from it."""
    if each.is_task:
        return each.name
    heirs = (heir for heir in each.subclasses if heir.is_task and _giver(heir, switch) is each)
    return next((heir.name for heir in heirs), '')


def _giver(task: Class, switch: str) -> Class | None:
    """The class of the project that a task takes an attribute from."""
    for each in task.ancestors:
        if not isinstance(each, Class):
            if is_library(each, *vocabulary.INERT_BASES):
                continue
            return None
        if switch in each.own_attributes or each.full_name == vocabulary.TASK_ON_KART:
            return each
    return None


def _in_class(each: Class, switch: str, task: str) -> Iterator[TurnedOn]:
    place = Place(each.module, None, each)
    for assignment in each.facts.assignments:
        if assignment.value is None or assignment.operator:
            continue
        for target in assignment.targets:
            for name, value in pairs(target, assignment.value):
                if name != switch:
                    continue
                if isinstance(value, facts.Call):
                    given = _default(each, value)
                    if given is not None and _is_true(given.value, place):
                        yield TurnedOn(given.at, task, always=True)
                elif (found := constant(value, place)) is not None and found.value:
                    yield TurnedOn(assignment.at, task, always=True)


def _default(each: Class, call: facts.Call) -> facts.Argument | None:
    library_class, custom = parameter_class(each.resolve(call.function))
    if not library_class:
        return None
    own_order = custom is not None and any('__init__' in base.own_methods for base in custom.ancestors if isinstance(base, Class))
    return call.keyword('default') or (call.positional(0) if library_class in _TAKE_DEFAULT_FIRST and not own_order else None)


def _is_true(node: Expression, place: Place) -> bool:
    """Whether luigi.BoolParameter.normalize (luigi 3.8) makes True of a value: of `True` and of the text 'true', and of nothing else."""
    found = constant(node, place)
    return found is not None and str(found.value).lower() == 'true'


# --- constructions ---


def _given(site: Site, switch: str) -> Span | None:
    """Where a call is given the switch, if it is on there."""
    given = site.call.keyword(switch)
    if given is not None:
        return given.at if _is_true(given.value, site.place) else None
    for argument in site.call.arguments:
        if argument.star != '**':
            continue
        if isinstance(argument.value, facts.Call) and is_library(site.place.resolve(argument.value.function), 'builtins.dict'):
            inner = argument.value.keyword(switch)
            if inner is not None and _is_true(inner.value, site.place):
                return inner.at
        elif isinstance(argument.value, facts.Mapping):
            for key, value in zip(argument.value.keys, argument.value.values, strict=True):
                if isinstance(key, facts.Constant) and key.value == switch and _is_true(value, site.place):
                    return Span(key.at.line, key.at.column, value.at.end_line, value.at.end_column)
    return None


def _built(site: Site) -> str | None:
    """What a call builds, if that is a gokart task: the name of its class, or of the task that is cloned."""
    function, place = site.call.function, site.place
    if isinstance(function, facts.Attribute):
        if function.name == 'clone' and (receiver := _task(function.value, place)) is not None:
            return _cloned(site, receiver)
        if function.name in ('clone_parent', 'clone_parents') and _is_self(function.value, place):
            return _parent(place)
        if function.name == '__init__':
            return _initialized(function.value, site)
    if is_library(place.resolve(function), 'functools.partial'):
        first = site.call.positional(0)
        return None if first is None else _task_class(first.value, place)
    return _task_class(function, place)


def _cloned(site: Site, receiver: str) -> str | None:
    other = site.call.keyword('cls') or site.call.positional(0)
    if other is None:
        return None if any(argument.star == '*' for argument in site.call.arguments) else receiver
    is_none = isinstance(other.value, facts.Constant) and other.value.value is None
    return receiver if is_none else _task_class(other.value, site.place)


def _parent(place: Place) -> str | None:
    """The first gokart task that `self.clone_parent()` and `self.clone_parents()` of luigi.util (3.8) build."""
    owner = place.owner
    if owner is None:
        return None
    calls = (node for node in owner.facts.decorators if isinstance(node, facts.Call))
    inheriting = (node for node in calls if is_library(owner.resolve(node.function), *vocabulary.INHERITING_DECORATORS))
    parents = (_task_class(argument.value, Place(owner.module, owner.outer_scope)) for node in inheriting for argument in node.arguments)
    return next((parent for parent in parents if parent is not None), None)


def _initialized(node: Expression, site: Site) -> str | None:
    """The class whose `__init__` hands a keyword on to the one of its base."""
    owner, method = site.place.owner, site.place.method
    if owner is None or not owner.is_task or method is None or method.function.name != '__init__':
        return None
    calls_super = isinstance(node, facts.Call) and is_library(site.place.resolve(node.function), 'builtins.super')
    return owner.name if calls_super or _task_class(node, site.place) is not None else None


def _task_class(node: Expression, place: Place) -> str | None:
    """The name of the gokart task class that an expression means, if it does."""
    owner, method = place.owner, place.method
    if owner is not None and owner.is_task and method is not None and method.self_name:
        own = {'class': method.self_name, 'instance': f'{method.self_name}.__class__'}.get(method.kind)
        if own is not None and dotted(node) == own:
            return owner.name
        if isinstance(node, facts.Call) and is_library(place.resolve(node.function), 'builtins.type') and len(node.arguments) == 1:
            return owner.name if _is_self(node.arguments[0].value, place) else None
    symbol: Symbol = place.resolve(node)
    if isinstance(symbol, Class):
        return symbol.name if symbol.is_task else None
    if isinstance(symbol, Library) and vocabulary.library_base(symbol.name) == vocabulary.TASK_ON_KART:
        return symbol.name.rpartition('.')[2]
    return None


def _is_self(node: Expression, place: Place) -> bool:
    method = place.method
    return isinstance(node, facts.Name) and method is not None and method.kind == 'instance' and node.name == method.self_name


def _task(node: Expression, place: Place) -> str | None:
    """The name of the gokart task that an expression holds: `self`, `Train(...)`, a name assigned one, or a task parameter of `self`."""
    if isinstance(node, facts.Walrus):
        return _task(node.value, place)
    if isinstance(node, facts.Call):
        if is_library(place.resolve(node.function), 'builtins.super'):
            return place.owner.name if place.owner is not None and place.owner.is_task else None
        return _task_class(node.function, place)
    if isinstance(node, facts.Attribute) and _is_self(node.value, place) and place.owner is not None:
        parameter = place.owner.parameters.get(node.name)
        return node.name if parameter is not None and parameter.is_task else None
    return _named_task(node, place) if isinstance(node, facts.Name) else None


def _named_task(node: facts.Name, place: Place) -> str | None:
    seen: set[str] = set()
    while not _is_self(node, place):
        if node.name in seen:
            return None
        seen.add(node.name)
        if not place.is_local(node.name):
            symbol = place.resolve(node)
            return _task(symbol.expression, Place(symbol.module)) if isinstance(symbol, Value) else None
        value = place.assigned(node.name)
        if not isinstance(value, facts.Name):
            return None if value is None else _task(value, place)
        node = value
    return place.owner.name if place.owner is not None and place.owner.is_task else None
