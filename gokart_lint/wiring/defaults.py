"""Whether a task can be built without a parameter, as far as its declaration goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.defaults import default_of
from gokart_lint.walking import statements

if TYPE_CHECKING:
    from gokart_lint.project.parameters import Parameter

_NONE_BY_ITSELF = frozenset({'luigi.OptionalChoiceParameter', 'luigi.OptionalNumericalParameter'})
_GIVING = frozenset({
    '__init__', '__new__', '__call__', '__set_name__', '_default', '_get_value', '_get_value_from_config', '_value_iterator',
    'has_task_value', 'task_value',
})  # fmt: skip
"""What a project's own parameter class may give a default with."""


def is_certain(parameter: Parameter) -> bool:
    """Whether a class body declares a parameter once, under no condition."""
    owner = parameter.owner
    if any(each == parameter.assignment for top in owner.facts.body for each in statements([top]) if each is not top):
        return False
    said = [each for each in owner.facts.assignments if each.value is not None for target in each.targets if _binds(target, parameter.name)]
    return len(said) == 1


def _binds(target: facts.Expression, name: str) -> bool:
    if isinstance(target, facts.Collection):
        return any(_binds(item, name) for item in target.items)
    return isinstance(target, facts.Name) and target.name == name


def has_default(parameter: Parameter) -> bool | None:
    """Whether a declaration gives a default (luigi 3.8.1, gokart 1.12.2); None if the text does not show it.

    `BoolParameter()` is False and `OptionalParameter()` is None by itself; `ExplicitBoolParameter()`, `OptionalChoiceParameter()` and
    `OptionalNumericalParameter()` have none.
    """
    call = parameter.call
    if call.keyword('default') is not None:
        return True
    if call.unpacks or _may_give_its_own(parameter):
        return None
    if default_of(parameter) is not None:
        return True
    return _has_by_itself(parameter.library_class)


def _has_by_itself(library_class: str) -> bool | None:
    if library_class not in vocabulary.PARAMETERS:
        return None
    is_optional = library_class.startswith('luigi.Optional') and library_class not in _NONE_BY_ITSELF
    return is_optional or library_class == 'luigi.BoolParameter'


def _may_give_its_own(parameter: Parameter) -> bool:
    if parameter.custom is None:
        return False
    classes = (each for each in parameter.custom.ancestors if isinstance(each, Class) and each.full_name != parameter.library_class)
    is_known = all(isinstance(each, Class) or _is_of_luigi(each) for each in parameter.custom.ancestors)
    return not is_known or any(not _GIVING.isdisjoint((*each.own_methods, *each.own_attributes)) for each in classes)


def _is_of_luigi(ancestor: object) -> bool:
    name = getattr(ancestor, 'name', '')
    return name in vocabulary.PARAMETERS or name in vocabulary.INERT_BASES
