"""The task or task class that a class body gives to a name: `model_class = Forest`, `source = Load()`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, adds_nothing
from gokart_lint.project.mentions import files_with
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import statements
from gokart_lint.wiring.alternatives import NOTHING_KNOWN, Alternatives, Instance, Kind, united
from gokart_lint.wiring.rewriting import targets
from gokart_lint.wiring.values import View, evaluate

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.project import Project


def class_attribute(of: Instance | Kind, name: str) -> Alternatives:
    """What an attribute of a task, or of its class, is, if class bodies give it once and nothing else gives it another value."""
    if not isinstance(of.cls, Class):
        return NOTHING_KNOWN
    found = united(*(_of_class(each, name) for each in ((of.cls,) if of.exact else (of.cls, *of.cls.subclasses))))
    return NOTHING_KNOWN if found == NOTHING_KNOWN or _is_set(of.cls.module.project, name) else found


@remembered
def names_of_classes(owner: Class) -> frozenset[str]:
    """The attributes that may be task classes, of a class, those above and those below it."""
    classes = (each for each in (*owner.ancestors, *owner.subclasses) if isinstance(each, Class))
    said = (pair for each in classes for pair in each.own_attributes.items())
    return frozenset(name for name, each in said if isinstance(each.value, (facts.Name, facts.Attribute, facts.Subscript)))


@remembered
def _of_class(task: Class, name: str) -> Alternatives:
    giver = next((each for each in task.ancestors if not adds_nothing(each) or (isinstance(each, Class) and _says(each, name))), None)
    if not isinstance(giver, Class) or not task.is_fully_known or name in giver.own_methods:
        return NOTHING_KNOWN
    said = [each for each in giver.facts.assignments if each.value is not None and _binds(each, name)]
    inside = statements(each for each in giver.facts.body if not isinstance(each, facts.Assign))
    if len(said) != 1 or any(_binds(each, name) for each in inside):
        return NOTHING_KNOWN
    value = said[0].value
    is_plain = len(said[0].targets) == 1 and isinstance(said[0].targets[0], facts.Name) and not said[0].operator
    if value is None or not is_plain:
        return NOTHING_KNOWN
    found = evaluate(value, View(Place(giver.module, None, giver)))
    return found if all(isinstance(each, (Instance, Kind)) for each in found) else NOTHING_KNOWN


def _says(each: Class, name: str) -> bool:
    library = (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK)
    return each.full_name in library or name in each.own_attributes or name in each.own_methods


def _binds(statement: Statement, name: str) -> bool:
    return any(isinstance(target, facts.Name) and target.name == name for target in targets(statement))


@remembered
def _is_set(project: Project, name: str) -> bool:
    """Whether code anywhere gives some object an attribute of that name, or may: then it may be this one."""
    modules = (project.module(path) for path in files_with(project, name))
    return any(module is not None and _sets(module, name) for module in modules)


def _sets(module: Module, name: str) -> bool:
    if not module.facts.called.isdisjoint(('setattr', '__setattr__')):
        return True
    given = (target for each in _statements_saying(module, name) for target in targets(each))
    return any(isinstance(target, facts.Attribute) and target.name == name for target in given)


def _statements_saying(module: Module, name: str) -> Iterator[Statement]:
    yield from _deep(module.facts.body)
    for function in (*module.facts.functions, *(method for each in module.classes for method in each.facts.methods)):
        if name.encode() in function.code:
            yield from _deep(function.body)


def _deep(block: Iterable[Statement]) -> Iterator[Statement]:
    for each in statements(block):
        yield each
        if isinstance(each, facts.Define):
            yield from _deep(each.function.body)
