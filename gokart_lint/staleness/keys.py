"""What moves the key of a task by itself, as gokart 1.12 makes it: the name of its class and its significant parameters, in order.

`TaskOnKart._make_hash_id` hashes the keys of what `requires()` gives, the significant parameters with their values, and the class name.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.project.classes import Class
from gokart_lint.project.parameters import Parameter
from gokart_lint.staleness.building import built
from gokart_lint.staleness.comparing import Comparison, Difference, Place
from gokart_lint.staleness.configured import configured
from gokart_lint.staleness.forms import REFERENCE, Shape
from gokart_lint.staleness.graph import Sure
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.surroundings import Surroundings
from gokart_lint.staleness.targets import Default, Entry, Global, Member
from gokart_lint.wiring.constructions import Construction

_BEHIND_A_NAME: Shape = ('value', REFERENCE)
_MAKERS = ('make_unique_id', '_make_hash_id', 'to_str_params', 'get_task_family')


class Move(msgspec.Struct, frozen=True):
    """One reason why a key is another one, and for how many results it holds."""

    reason: str
    sure: Sure = Sure.YES
    before: Place | None = None
    after: Place | None = None


def moves(comparison: Comparison, old: Class, new: Class, *, rebuilt: bool) -> Iterator[Move]:
    """Why the key of a task is another one, apart from those of the tasks that it needs. `rebuilt`: a changed file builds it."""
    if old.name != new.name:
        yield Move(f'the class is called {new.name}, it was {old.name}', before=_place(old), after=_place(new))
    for difference in comparison.differences(old, new, _MAKERS):
        yield Move(f'its key is made in another way: {difference.text}', Sure.MAYBE, difference.before, difference.after)
    before, after = _significant(old), _significant(new)
    for name in before.keys() - after.keys():
        yield Move(f'the parameter {before[name].name} is gone', _certainty(before[name]), before=_declared(before[name]))
    for name in after.keys() - before.keys():
        yield Move(f'the parameter {after[name].name} is new', _certainty(after[name]), after=_declared(after[name]))
    common = [name for name in after if name in before]
    if common != [name for name in before if name in after]:
        yield Move(f'the parameters stand in another order: {", ".join(common)}', before=_place(old), after=_place(new))
    for name in common:
        yield from _parameter_moves(comparison, new, before[name], after[name])
    yield from _configured_moves(comparison, old, new)
    if rebuilt:
        yield from _building_moves(comparison, old, new)


def _significant(task: Class) -> dict[str, Parameter]:
    """The parameters that are, or may be, part of the key, by the name that Python gives them, in gokart's order."""
    return {parameter.attribute: parameter for parameter in task.parameters.values() if parameter.significant is not False}


def _certainty(parameter: Parameter) -> Sure:
    return Sure.YES if parameter.significant else Sure.MAYBE


def _parameter_moves(comparison: Comparison, task: Class, old: Parameter, new: Parameter) -> Iterator[Move]:
    name, places = new.name, (_declared(old), _declared(new))
    if old.library_class != new.library_class or bool(old.custom) is not bool(new.custom):
        yield Move(f'the parameter {name} is of another class, which may write its value in another way', Sure.MAYBE, *places)
    if (old.significant is None) is not (new.significant is None):
        yield Move(f'the parameter {name} may be significant or not', Sure.MAYBE, *places)
    was, is_now = Default(old), Default(new)
    if _is_same_member(new, was.value, is_now.value):
        return
    if was.value is None or is_now.value is None:  # whoever built the task had to give it, and a key holds what was given
        if _hides_default(old) is not _hides_default(new):
            yield Move(f'the default of {name} may be another one', Sure.MAYBE, *places)
        return
    found = comparison.pairs(was, is_now, (name,))
    if not found:
        return
    left = _left_out(comparison.after, task, new.name)
    if left is not Sure.NO:
        sure = left if any(each.change for each in found) else Sure.MAYBE
        yield Move(f'the default of {found[0].text}' if found[0].change else f'the default of {name} is another one', sure, *places)


def _hides_default(parameter: Parameter) -> bool:
    return parameter.call.unpacks or parameter.custom is not None


def _is_same_member(parameter: Parameter, one: facts.Expression | None, other: facts.Expression | None) -> bool:
    """Whether an enum parameter gets the member of one name; luigi writes names into the key, not values (`EnumParameter.serialize`)."""
    if parameter.library_class != 'luigi.EnumParameter' or parameter.custom is not None:
        return False
    return isinstance(one, facts.Attribute) and isinstance(other, facts.Attribute) and one.name == other.name


def _left_out(side: Side, task: Class, name: str) -> Sure:
    """For how many of the task's results a default counts: not for those that are built with a value."""
    sites = built(side.project, side.root, task)
    if not sites:
        return Sure.YES
    if any(each.unpacks and each.argument(name) is None for each in sites):
        return Sure.MAYBE
    without = [each for each in sites if each.argument(name) is None and each.given(name) is None]
    return Sure.YES if len(without) == len(sites) else Sure.SOME if without else Sure.NO


def _configured_moves(comparison: Comparison, old: Class, new: Class) -> Iterator[Move]:
    """Other values from a configuration class."""
    before, after = configured(old), configured(new)
    for name in sorted(before.keys() & after.keys() & new.parameters.keys()):
        if new.parameters[name].significant is not False:
            found = comparison.pairs(Default(before[name]), Default(after[name]), (f'{after[name].owner.name}.{after[name].name}',))
            if found:
                sure = Sure.YES if found[0].change else Sure.MAYBE
                yield Move(f'{name} comes from {found[0].text}', sure, _declared(before[name]), _declared(after[name]))


# --- what it is built with ---


def _building_moves(comparison: Comparison, old: Class, new: Class) -> Iterator[Move]:
    """Other values at the places that build the task."""
    after = built(comparison.after.project, comparison.after.root, new)
    before = built(comparison.before.project, comparison.before.root, old)
    if not after or len(before) != len(after):
        return
    found = [argument_moves(comparison, one, other) for one, other in zip(before, after, strict=True)]
    moved = [each for each in found if any(move.sure is Sure.YES for move in each)]
    if moved:
        first = moved[0][0]
        yield msgspec.structs.replace(first, sure=Sure.YES if len(moved) == len(found) else Sure.SOME)


def argument_moves(comparison: Comparison, one: Construction, other: Construction) -> list[Move]:
    """The significant parameters that a task is built with another value of."""
    if not isinstance(other.cls, Class) or not isinstance(one.cls, Class):
        return []
    found = []
    for name, parameter in other.cls.parameters.items():
        if parameter.significant is False or name not in one.cls.parameters:
            continue
        old, new = one.argument(name), other.argument(name)
        if old is not None and new is not None and not parameter.holds_tasks:
            if _is_same_member(parameter, old.value, new.value):
                continue
            difference = _other_value(comparison, one, old, other, new)
            if difference is not None:
                sure = Sure.YES if difference.change else Sure.MAYBE
                text = f'it is built with another {difference.text}'
                found.append(Move(text, sure, difference.before, difference.after))
        elif (old is None) is not (new is None) and not one.unpacks and not other.unpacks and not one.is_clone and not other.is_clone:
            sure = _differs_from_default(comparison, other, new, parameter)
            if sure is not Sure.NO:
                given = 'it is built with' if old is None else 'it is no longer built with'
                found.append(Move(f'{given} {name}', sure, _call_place(one), _call_place(other)))
    return found


def _differs_from_default(comparison: Comparison, site: Construction, given: facts.Argument | None, parameter: Parameter) -> Sure:
    """Whether a value that is given is another one than the default."""
    default = Default(parameter).value
    if given is None or default is None:
        return Sure.MAYBE
    owner = Surroundings(parameter.owner.module, owner=parameter.owner)
    one, other = _shown(comparison.after, default, owner), _shown(comparison.after, _inlined(given.value, site), _around(site))
    if one is None or other is None:
        return Sure.MAYBE
    return Sure.NO if one == other else Sure.YES


def _shown(side: Side, node: facts.Expression, around: Surroundings) -> Shape | None:
    """The shape of a value that the text shows, perhaps behind names; None for one that is worked out."""
    form = side.form_of_expression(node, around)
    while [line.shape for line in form.lines] == [_BEHIND_A_NAME] and isinstance(form.references[0].target, (Global, Member, Entry)):
        form = side.form(form.references[0].target, frozenset())
    shapes = tuple(line.shape for line in form.lines)
    return None if form.references or _is_local(shapes) else shapes


def _is_local(shape: object) -> bool:
    """Whether a shape holds a local value."""
    return isinstance(shape, tuple) and (shape[:1] == ('local',) or any(_is_local(each) for each in shape))


def _other_value(
    comparison: Comparison, one: Construction, old: facts.Argument, other: Construction, new: facts.Argument
) -> Difference | None:
    before = comparison.before.form_of_expression(_inlined(old.value, one), _around(one))
    after = comparison.after.form_of_expression(_inlined(new.value, other), _around(other))
    found = comparison.differing(before, after, _call_place(one), _call_place(other))
    return None if found is None else msgspec.structs.replace(found, way=(str(new.keyword), *found.way))


def _inlined(node: facts.Expression, site: Construction) -> facts.Expression:
    """The expression behind a local name that is assigned once."""
    if isinstance(node, facts.Name) and site.view.place.is_local(node.name):
        return site.view.place.assigned(node.name) or node
    return node


def _around(site: Construction) -> Surroundings:
    place = site.view.place
    frame = Frame(place.owner, place.method) if place.method is not None and place.owner is not None else None
    return Surroundings(place.module, place.scope, owner=place.owner if place.scope is None else None, frame=frame)


# --- places ---


def _place(task: Class) -> Place:
    return Place(task.module.path, task.facts.name_at)


def _declared(parameter: Parameter) -> Place:
    return Place(parameter.owner.module.path, parameter.assignment.at)


def _call_place(site: Construction) -> Place:
    return Place(site.view.place.module.path, site.call.at)
