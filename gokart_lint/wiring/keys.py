"""Which keys the input of a task has: those of the dict that `requires()` gives, or of the `output()` of the one task that it gives."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Unknown
from gokart_lint.walking import flattened
from gokart_lint.wiring.alternatives import Alternatives, Instance, Known, Row, Several, Table
from gokart_lint.wiring.requirements import requirement, returned_by


class Offer(msgspec.Struct, frozen=True):
    """The keys that an input may have on one way through the program. `by` is the one task that `requires()` gives, if it is one;
    `has_none` says that the input is no dict at all."""

    keys: tuple[str | int, ...]
    by: str = ''
    has_none: bool = False


@remembered
def offers(concrete: Class) -> tuple[Offer, ...] | None:
    """What the keys of the input of a task may be; None where the text leaves a doubt."""
    if any(concrete.method(name) is not None for name in ('input', '_get_input_targets')):
        return None
    found: list[Offer] = []
    for each in requirement(concrete):
        more = _offered(each)
        if more is None:
            return None
        found += more
    return tuple(dict.fromkeys(found))


def _offered(each: Known | Unknown) -> list[Offer] | None:
    if isinstance(each, Table):
        return None if each.rest else [Offer(tuple(key for key, _ in each.entries))]
    if isinstance(each, Several) or (isinstance(each, Row) and each.items):
        return [Offer((), has_none=True)]
    if not isinstance(each, Instance) or not isinstance(each.cls, Class):
        return None
    heirs = [each.cls] if each.exact else [heir for heir in each.cls.downwards() if not heir.is_abstract]
    found = [_of_output(heir, each.cls.name) for heir in heirs]
    return [offer for some in found if some is not None for offer in some] if found and None not in found else None


@remembered
def _of_output(task: Class, name: str) -> tuple[Offer, ...] | None:
    """What `output()` of a task gives under keys."""
    if not task.is_fully_known or not task.is_task:
        return None
    output = task.method('output')
    if output is None:
        return (Offer((), name, has_none=True),)
    if not isinstance(output, Method) or output.kind != 'instance' or not output.is_defined_once:
        return None
    if all(_is_one_target(each, output, task) for each in _returns(output)) and any(_returns(output)):
        return (Offer((), name, has_none=True),)
    found: Alternatives = returned_by(output, task)
    if not all(isinstance(each, Table) and not each.rest for each in found):
        return None
    return tuple(Offer(tuple(key for key, _ in each.entries), name) for each in found if isinstance(each, Table))


def _returns(method: Method) -> Iterator[facts.Return]:
    return (each for each in flattened(method.function.body) if isinstance(each, facts.Return))


def _is_one_target(statement: facts.Return, output: Method, task: Class) -> bool:
    """Whether `return self.make_target(...)` stands there, or a name for it."""
    node = statement.value
    if isinstance(node, facts.Name):
        node = output.scope.single_value(node.name)
    function = node.function if isinstance(node, facts.Call) else None
    if not isinstance(function, facts.Attribute) or not isinstance(function.value, facts.Name):
        return False
    is_own = function.value.name == output.self_name and function.name in vocabulary.TARGET_MAKERS
    return is_own and task.method(function.name) is None
