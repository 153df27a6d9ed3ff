"""What a method takes from its instance, and who takes the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place, expressions
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import dotted, everything, statements, walk

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

_SEES_EVERYTHING = frozenset({'super', '__class__', 'locals', 'vars', 'eval', 'exec'})


def reads(method: Method) -> tuple[facts.Attribute, ...] | None:
    """Each `self.x` that a method reads, in source order; None if it uses `self` in any other way, or may."""
    name, body = method.self_name, method.function.body
    deep = list(all_statements(body))
    if not name or any(isinstance(each, facts.DefineClass) or name in _bound(each) for each in deep):
        return None
    written = {id(target) for each in deep for target in targets(each)}
    found, bare = [], 0
    for node in everything(body):
        if isinstance(node, facts.Attribute) and isinstance(node.value, facts.Name) and node.value.name == name:
            if id(node) in written:
                return None
            found.append(node)
            bare -= 1
        elif isinstance(node, facts.Name):
            if node.name in _SEES_EVERYTHING:
                return None
            bare += node.name == name
        elif isinstance(node, facts.Lambda) and name in node.parameters:
            return None
    return None if bare else tuple(found)


def names(method: Method) -> frozenset[str]:
    """Every name that the code of a method mentions or binds, at any depth."""
    body = method.function.body
    found = {formal.name for formal in method.function.formals}
    for node in everything(body):
        if isinstance(node, facts.Name):
            found.add(node.name)
        elif isinstance(node, facts.Lambda):
            found.update(node.parameters)
    for each in all_statements(body):
        found.update(_bound(each))
    return frozenset(found)


class Mention(msgspec.Struct, frozen=True, eq=False):
    """One `value.name` somewhere, and its call if it is called at once.

    `instance_of` is the class of the method whose `self` the value is. `of_class` is the class whose attribute it is as far as the text
    shows: that of `self` or `super()`, or one that is named or built there.
    """

    node: facts.Attribute
    place: Place
    call: facts.Call | None
    instance_of: Class | None
    of_class: Class | None


def mentions(module: Module, name: str) -> Iterator[Mention]:
    """Every attribute of a name that a module mentions, once each."""
    seen: set[facts.Span] = set()
    for expression, place in expressions(module):
        for node, call in _attributes(expression, name):
            if node.at not in seen:
                seen.add(node.at)
                instance_of = _instance_of(node.value, place)
                yield Mention(node, place, call, instance_of, instance_of or _of_class(node.value, place))


@remembered
def called_anywhere(project: Project, name: str) -> tuple[Mention, ...]:
    """Every call of an attribute of a name in all modules of a project."""
    modules = (project.module(path) for path in project.mentions.files([name]))
    return tuple(found for module in modules if module is not None for found in mentions(module, name) if found.call is not None)


def asks_by_name(module: Module, name: str) -> bool:
    """Whether a module reaches for an attribute by its name as a text: `getattr(task, 'name')`."""
    if not module.facts.called & {'getattr', 'methodcaller', 'attrgetter'}:
        return False
    return any(isinstance(node, facts.Constant) and node.value == name for found, _ in expressions(module) for node in walk(found))


def _attributes(expression: Expression, name: str) -> Iterator[tuple[facts.Attribute, facts.Call | None]]:
    called: set[int] = set()
    for node in walk(expression):
        if isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute) and node.function.name == name:
            called.add(id(node.function))
            yield node.function, node
        elif isinstance(node, facts.Attribute) and node.name == name and id(node) not in called:
            yield node, None


def _instance_of(value: Expression, place: Place) -> Class | None:
    method = place.method
    if method is None or method.kind == 'class' or not isinstance(value, facts.Name) or value.name != method.self_name:
        return None
    own = place.scope is not None and place.scope.function is method.function
    return method.owner if own or place.scope is None or value.name not in place.scope.assigned else None


def _of_class(value: Expression, place: Place) -> Class | None:
    if isinstance(value, facts.Call) and dotted(value.function) == 'super':
        return place.owner
    symbol = place.resolve(value.function if isinstance(value, facts.Call) else value)
    return symbol if isinstance(symbol, Class) else None


def all_statements(block: Iterable[Statement]) -> Iterator[Statement]:
    """Each statement of a function, those of the functions inside it too."""
    for statement in statements(block):
        yield statement
        if isinstance(statement, facts.Define):
            yield from all_statements(statement.function.body)


def targets(statement: Statement) -> Iterator[Expression]:
    """What a statement assigns to or deletes, the items of a tuple too."""
    if isinstance(statement, (facts.Assign, facts.Delete)):
        pending = list(statement.targets)
    elif isinstance(statement, facts.Loop):
        pending = [statement.target] if statement.target is not None else []
    elif isinstance(statement, facts.With):
        pending = [context.target for context in statement.contexts if context.target is not None]
    else:
        return
    while pending:
        target = pending.pop()
        yield target
        if isinstance(target, facts.Collection):
            pending += target.items
        elif isinstance(target, facts.Star):
            pending.append(target.value)


def _bound(statement: Statement) -> Iterator[str]:
    """The names that a statement binds otherwise than through an expression."""
    if isinstance(statement, facts.Define):
        yield statement.function.name
        yield from (formal.name for formal in statement.function.formals)
    elif isinstance(statement, facts.Import):
        yield statement.bound.partition('.')[0]
    elif isinstance(statement, facts.Try):
        yield from (handler.name for handler in statement.handlers if handler.name)
    elif isinstance(statement, facts.Match):
        yield from (name for case in statement.cases for name in case.names)
    elif isinstance(statement, facts.Plain):
        yield from statement.names
