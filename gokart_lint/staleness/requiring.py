"""Whether `requires()` gives other tasks than before: the key holds their keys in order, but not the names that they stand under."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gokart_lint import facts
from gokart_lint.project.calls import Place as CodePlace
from gokart_lint.project.classes import Class, Method
from gokart_lint.staleness.comparing import Comparison, Difference
from gokart_lint.staleness.graph import Sure
from gokart_lint.staleness.keys import Move, argument_moves
from gokart_lint.staleness.reach import reach_of
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.targets import Code
from gokart_lint.walking import everything, flattened, statements
from gokart_lint.wiring.alternatives import Alternatives, Instance, Row, Table
from gokart_lint.wiring.constructions import Construction, constructions
from gokart_lint.wiring.flow import flows
from gokart_lint.wiring.values import View


class Requirements(msgspec.Struct, frozen=True):
    """What became of `requires()`: why the key moved, and what changed without moving it."""

    moves: tuple[Move, ...] = ()
    differences: tuple[Difference, ...] = ()


def requirements(comparison: Comparison, old: Class, new: Class) -> Requirements:
    """Compare what two revisions of a task require."""
    differences = comparison.differences(old, new, ('requires',))
    if not differences:
        return Requirements()
    first = differences[0]
    unclear = Move(f'what it requires may be another task: {first.text}', Sure.MAYBE, first.before, first.after)
    was, is_now = _returned(comparison.before, old), _returned(comparison.after, new)
    if was is None or is_now is None:
        return Requirements((unclear,), tuple(differences))
    moved = list(_moved(comparison, was, is_now, first))
    if moved:
        return Requirements(tuple(moved))
    built = [list(_built(side, task)) for side, task in ((comparison.before, old), (comparison.after, new))]
    if len(built[0]) != len(built[1]):
        return Requirements((unclear,), tuple(differences))
    for one, other in zip(*built, strict=True):
        if not _same_class(comparison, one.cls, other.cls):
            return Requirements((unclear,), tuple(differences))
        moved += [_of_child(move, other) for move in argument_moves(comparison, one, other)]
    if moved:
        return Requirements(tuple(moved), () if any(move.sure is Sure.YES for move in moved) else tuple(differences))
    several = len({name for _, name in is_now}) < len(is_now)
    if several and not (_only_returns(old) and _only_returns(new)):  # two tasks of one class may have changed places
        return Requirements((unclear,), tuple(differences))
    if any(_chooses(side, task) for side, task in ((comparison.before, old), (comparison.after, new))):
        return Requirements((unclear,), tuple(differences))
    renamed = [key for key, _ in was] != [key for key, _ in is_now]
    return Requirements((), tuple(differences) if renamed or _leaves_values(old) or _leaves_values(new) else ())


def _only_returns(task: Class) -> bool:
    """Whether what `requires()` builds stands in the order in which it is given: all of it in one statement."""
    method = task.method('requires')
    return isinstance(method, Method) and len(method.function.body) == 1 and isinstance(method.function.body[0], facts.Return)


def _chooses(side: Side, task: Class) -> bool:
    """Whether what `requires()` reaches goes several ways, so that the same tasks may be given under other conditions."""
    for piece in reach_of(side, task, ('requires',)).pieces:
        if isinstance(piece, Code):
            body = piece.function.body
            if any(isinstance(each, (facts.Branch, facts.Loop, facts.Match, facts.Try)) for each in statements(body)):
                return True
            if any(isinstance(node, (facts.Conditional, facts.Comprehension)) for node in everything(body)):
                return True
    return False


def _leaves_values(task: Class) -> bool:
    """Whether `requires()` leaves values on the task (`self.x = ...`), which other methods may read."""
    method = task.method('requires')
    body = method.function.body if isinstance(method, Method) else ()
    assigned = (target for each in flattened(body) if isinstance(each, facts.Assign) for target in each.targets)
    return any(isinstance(target, facts.Attribute) for target in assigned)


Given = tuple[str | int | None, Class]


def _returned(side: Side, task: Class) -> list[Given] | None:
    """The tasks that `requires()` gives, in order, each with its key; None where the text does not show them all."""
    method = task.method('requires')
    if not isinstance(method, Method):
        return None
    view = View(CodePlace(method.owner.module, method.scope, method.owner, method))
    return _flattened(flows(side.project).returned_by(method, view), None)


def _flattened(alternatives: Alternatives, key: str | int | None) -> list[Given] | None:
    if len(alternatives) != 1:
        return None
    [value] = alternatives
    if isinstance(value, Instance) and isinstance(value.cls, Class):
        return [(key, value.cls)]
    parts: list[list[Given] | None]
    if isinstance(value, Row):
        parts = [_flattened(item, place) for place, item in enumerate(value.items)]
    elif isinstance(value, Table) and not value.rest:
        parts = [_flattened(held, name) for name, held in value.entries]
    else:
        return None
    return None if None in parts else [pair for part in parts if part is not None for pair in part]


def _moved(comparison: Comparison, was: list[Given], is_now: list[Given], first: Difference) -> Iterator[Move]:
    """The classes that came, went or changed places."""
    same = [_same_class(comparison, one[1], other[1]) for one, other in zip(was, is_now, strict=False)]
    if len(was) == len(is_now) and all(same):
        return
    old, new = ', '.join(each.name for _, each in was) or 'nothing', ', '.join(each.name for _, each in is_now) or 'nothing'
    yield Move(f'it requires {new}, it was {old}', Sure.YES, first.before, first.after)


def _same_class(comparison: Comparison, one: object, other: object) -> bool:
    if isinstance(one, Class) and isinstance(other, Class):
        return comparison.is_same_task(one, other)
    return one == other


def _built(side: Side, task: Class) -> Iterator[Construction]:
    """The constructions in everything that `requires()` reaches, in order."""
    for piece in reach_of(side, task, ('requires',)).pieces:
        if isinstance(piece, Code):
            whole = piece.function.at
            for each in constructions(side.project).in_module(piece.module):
                at = each.call.at
                if (whole.line, whole.column) <= (at.line, at.column) and (at.end_line, at.end_column) <= (
                    whole.end_line,
                    whole.end_column,
                ):
                    yield each


def _of_child(move: Move, site: Construction) -> Move:
    name = site.cls.name if isinstance(site.cls, Class) else site.cls.name.rpartition('.')[2]
    return msgspec.structs.replace(move, reason=f'requires() builds {name}: {move.reason}')
