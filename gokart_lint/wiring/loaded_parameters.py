"""Which of its own parameters a task hands to `self.load`: plainly, in a list, by another name, or one by one in a loop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import names_in
from gokart_lint.walking import blocks, children, own_attribute, own_expressions, statements

if TYPE_CHECKING:
    from gokart_lint.project.classes import Method

_Held: TypeAlias = Mapping[str, str | None]  # name: the attribute of `self` that it holds, or an item of; None if that is not known


def loaded_parameters(method: Method) -> Iterator[tuple[str, Expression]]:
    """Each `x` of `self.load(self.x)` in a method with the argument, unless the method may catch what comes of it."""
    body = method.function.body
    caught = {id(each) for part in statements(body) if isinstance(part, facts.Try) for each in _tried(part)}
    held = dict(_held(method))
    for statement in statements(body):
        if id(statement) not in caught:
            for node in own_expressions(statement):
                yield from _in_expression(node, method.self_name, held)


def _tried(statement: facts.Try) -> Iterator[Statement]:
    return statements(blocks(statement)[0]) if statement.handlers else iter(())


def _held(method: Method) -> Iterator[tuple[str, str]]:
    """The names that a method binds once, to `self.x` or to each item of it in turn."""
    assigned = method.scope.assigned
    for name, values in assigned.items():
        if len(values) == 1 and values[0] is not None and (attribute := own_attribute(values[0], method.self_name)) is not None:
            yield name, attribute
    for each in statements(method.function.body):
        if isinstance(each, facts.Loop) and isinstance(each.target, facts.Name) and not _chooses(each):
            attribute = own_attribute(each.subject, method.self_name)
            if attribute is not None and len(assigned.get(each.target.name, ())) == 1:
                yield each.target.name, attribute


def _chooses(loop: facts.Loop) -> bool:
    """Whether a loop may leave out some of the items."""
    return any(isinstance(each, (facts.Branch, facts.Match)) for part in blocks(loop) for each in statements(part))


def _in_expression(node: Expression, self_name: str, held: _Held) -> Iterator[tuple[str, Expression]]:
    if isinstance(node, facts.Lambda):
        held = {**held, **dict.fromkeys(node.parameters)}
    elif isinstance(node, facts.Comprehension):
        held = {**held, **_bound_by(node, self_name)}
    elif isinstance(node, facts.Call) and own_attribute(node.function, self_name) in vocabulary.LOADS:
        given = node.keyword('target') or node.positional(0)
        parts = () if given is None else given.value.items if isinstance(given.value, facts.Collection) else (given.value,)
        for part in parts:
            name = held.get(part.name) if isinstance(part, facts.Name) else own_attribute(part, self_name)
            if name is not None:
                yield name, part
    for part in children(node):
        yield from _in_expression(part, self_name, held)


def _bound_by(node: facts.Comprehension, self_name: str) -> _Held:
    bound: dict[str, str | None] = {}
    for clause in node.clauses:
        bound |= dict.fromkeys(names_in(clause.target))
        if isinstance(clause.target, facts.Name) and not clause.conditions:
            bound[clause.target.name] = own_attribute(clause.iterable, self_name)
    return bound
