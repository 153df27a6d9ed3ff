"""The attributes of a task beyond what its class body declares: what methods put on `self`, and what the classes below a class have."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.project.classes import Ancestor, Class, Method, adds_nothing
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import everything, flattened, own_attribute, walk

_SETTERS = frozenset({'__dict__', '__setattr__', 'exec', 'setattr', 'vars'})
_OF_DECORATORS = ('clone_parent', 'clone_parents', 'requires')
"""What luigi.util adds to a class beside parameters."""


@remembered
def assigned_to_self(concrete: Class) -> frozenset[str]:
    """Every `x` that a method assigns as `self.x`."""
    found: set[str] = set()
    for method in concrete.methods():
        if method.self_name:
            assigned = (each for each in flattened(method.function.body) if isinstance(each, facts.Assign))
            targets = (node for each in assigned for target in each.targets for node in walk(target))
            found.update(name for node in targets if (name := own_attribute(node, method.self_name)) is not None)
    return frozenset(found)


def sets_by_name(method: Method) -> bool:
    """Whether a method may give its task attributes under names that the text does not show."""
    code = method.function.code
    if not any(word.encode() in code for word in _SETTERS):
        return False
    nodes = (node for node in everything(method.function.body) if isinstance(node, (facts.Name, facts.Attribute)))
    return any(node.name in _SETTERS for node in nodes)


def defined_below(base: Class) -> frozenset[str] | None:
    """What the classes below one have, by themselves and from their other bases; None where one of them may have anything."""
    found: set[str] = set()
    for heir in base.subclasses:
        added = [each for each in heir.ancestors if each not in base.ancestors]
        if not all(isinstance(each, Class) or adds_nothing(each) for each in added) or any(map(sets_by_name, heir.methods())):
            return None
        found |= assigned_to_self(heir)
        found.update(each.attribute for each in heir.parameters.values())
        found.update(name for each in added for name in _own_names(each))
    return frozenset(found)


def _own_names(ancestor: Ancestor) -> Iterator[str]:
    if not isinstance(ancestor, Class):
        return
    yield from ancestor.own_attributes
    yield from ancestor.own_methods
    yield from (each.name for each in ancestor.module.classes if each.qualname == f'{ancestor.qualname}.{each.name}')
    if ancestor.facts.decorators:
        yield from _OF_DECORATORS
