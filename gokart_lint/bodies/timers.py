"""Objects that keep the moment when something began, to say later how long it took."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.bodies.code import of_method
from gokart_lint.bodies.instance_use import all_statements, mentions, targets
from gokart_lint.bodies.logs import Logs
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.mentions import files_with
from gokart_lint.walking import everything, walk


def only_times(name: str, method: Method) -> bool:
    """Whether what a method assigns to `self.x` is read nowhere else but in logs and to take it from another value.

    That of a task may be read nowhere at all. Another object may be a result itself, with all that it holds: it must be a timer.
    """
    owner = method.owner
    family = (owner, *owner.subclasses)
    others = {each.function.at: each for one in family for each in one.methods() if each.function is not method.function}
    uses = [is_timing for each in others.values() for is_timing in _uses(name, each)]
    if owner.is_luigi_task:
        return all(uses)
    return bool(uses) and all(uses) and not _is_read_outside(name, owner)


def _uses(name: str, method: Method) -> Iterator[bool]:
    """For each `.x` that a method reads, whether it does so only to log it or to take it from another value."""
    body = method.function.body
    logs = Logs(of_method(method))
    free = {id(target) for statement in all_statements(body) for target in targets(statement)}
    nodes = list(everything(body))
    timing: set[int] = set()
    for node in nodes:
        if isinstance(node, facts.Operation) and node.operators == ('-',):
            timing.update(map(id, node.operands))
        elif isinstance(node, facts.Call) and logs.is_log(node):
            timing.update(map(id, walk(node)))
    for node in nodes:
        if isinstance(node, facts.Attribute) and node.name == name and id(node) not in free:
            yield id(node) in timing


def _is_read_outside(name: str, owner: Class) -> bool:
    """Whether code of other classes may read `timer.x`; a moment cannot be called."""
    family = {owner, *owner.subclasses, *owner.ancestors}
    modules = (owner.module.project.module(path) for path in files_with(owner.module.project, name))
    return any(
        found.call is None and found.place.owner not in family and (found.of_class is None or found.of_class in family)
        for module in dict.fromkeys((owner.module, *modules))
        if module is not None
        for found in mentions(module, name)
    )
