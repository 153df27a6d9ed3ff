"""Which values gokart refuses for a task parameter.

As gokart.parameter.TaskInstanceParameter and ListTaskInstanceParameter of gokart 1.12.2: `_warn_on_wrong_param_type` demands an instance
of the expected type, of TaskOnKart if there is none; a list is gone through, so that a text or a dict fails on its first letter or key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Library, is_library
from gokart_lint.wiring.alternatives import Alternatives, Instance, Kind, Plain, Row, Several, Table, is_task_class
from gokart_lint.wiring.annotations import derives, is_unrelated
from gokart_lint.wiring.telling import listed, short
from gokart_lint.wiring.values import evaluate

if TYPE_CHECKING:
    from gokart_lint.facts import Expression
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.project.symbols import Unknown
    from gokart_lint.wiring.alternatives import Known
    from gokart_lint.wiring.values import View

_JUDGES = frozenset({'normalize', '_warn_on_wrong_param_type', '__set__', '__get__', 'serialize'})
_ITERATORS = ('builtins.map', 'builtins.filter', 'builtins.zip', 'builtins.reversed', 'builtins.enumerate')
_EMPTY = (Row(()), Several(()))
_STRUCTURAL = frozenset({'typing.Protocol', 'typing_extensions.Protocol'})


def expected(parameter: Parameter) -> Class | Library | None:
    """The class whose instances a task parameter takes; None if the text does not show it."""
    if not parameter.holds_tasks or parameter.call.unpacks or _judges_by_itself(parameter):
        return None
    if parameter.expected_type is None:
        return None if parameter.may_expect_elsewhere else Library(vocabulary.TASK_ON_KART)
    found = parameter.expected_class()
    if isinstance(found, Class):
        return found if _is_nominal(found) else None
    return found if isinstance(found, Library) and not found.name.startswith(('builtins.', 'typing.')) else None


def _judges_by_itself(parameter: Parameter) -> bool:
    ancestors = () if parameter.custom is None else parameter.custom.ancestors
    own = [each for each in ancestors if isinstance(each, Class) and each.full_name != parameter.library_class]
    return any(not _JUDGES.isdisjoint(each.own_methods) for each in own)


def _is_nominal(wanted: Class) -> bool:
    """Whether only classes that derive from a class count as it: no protocol, no virtual subclasses."""
    own = [each for each in wanted.ancestors if isinstance(each, Class)]
    hooks = any('__subclasshook__' in each.own_methods or '__instancecheck__' in each.own_methods for each in own)
    metaclasses = [each.resolve_header(base.value) for each in own for base in each.facts.bases if base.keyword == 'metaclass']
    is_virtual = 'register' in wanted.module.facts.called
    return not (hooks or is_virtual or wanted.library_names & _STRUCTURAL) and all(is_library(each, 'abc.ABCMeta') for each in metaclasses)


def refused(value: Alternatives, wanted: Class | Library, *, many: bool) -> str | None:
    """What a value is, if gokart takes none of the values that it may be for one task of a class, or for `many` of them."""
    alternatives = tuple(each for each in value if each not in _EMPTY) or value if many else value  # a loop may leave a list empty
    said = [_refused_list(each, wanted) if many else _refused_task(each, wanted) for each in alternatives]
    names = [each for each in said if each is not None]
    return listed(dict.fromkeys(names), 'or') if names and len(names) == len(said) else None


def _refused_task(value: Known | Unknown, wanted: Class | Library) -> str | None:
    if isinstance(value, Plain):
        return value.text
    if isinstance(value, Kind):
        return _told_class(value)
    if isinstance(value, (Row, Several)):
        return 'a list'
    if isinstance(value, Table):
        return 'a dict'
    if isinstance(value, Instance) and _is_no_instance(value, wanted):
        return short(value.cls)
    return None


def _refused_list(value: Known | Unknown, wanted: Class | Library) -> str | None:
    if isinstance(value, Plain):
        return None if value.value == '' else value.text
    if isinstance(value, Kind):
        return _told_class(value)
    if isinstance(value, Instance):
        return f'one {short(value.cls)}' if _is_itself(value.cls) else None
    if isinstance(value, Table):
        return 'a dict' if value.entries else None
    items = value.items if isinstance(value, Row) else (value.element,) if isinstance(value, Several) else ()
    found = (refused(item, wanted, many=False) for item in items)
    said = next((each for each in found if each is not None), None)
    return None if said is None else f'a list with {said}'


def _told_class(value: Kind) -> str | None:
    return f'the class {short(value.cls)}' if _is_itself(value.cls) else None


def _is_itself(cls: Class | Library) -> bool:
    """Whether a name of a class means what its class statement says: a decorator may put anything in its place."""
    return isinstance(cls, Library) or cls.is_fully_known


def _is_no_instance(task: Instance, wanted: Class | Library) -> bool:
    if isinstance(wanted, Library) and not is_task_class(wanted):
        return False
    cls = task.cls
    if not _is_itself(cls):
        return False
    if task.exact:
        return derives(cls, wanted) is False
    below = cls.subclasses if isinstance(cls, Class) else ()  # a task of several bases may count as both
    return is_task_class(wanted) and is_unrelated(cls, wanted) and all(derives(each, wanted) is False for each in below)


def unwritable(node: Expression, view: View) -> str | None:
    """What an expression is, if gokart goes through it as a list of tasks but cannot write it into the key of the task."""
    if isinstance(node, facts.Comprehension) and node.kind == 'generator':
        return 'a generator'
    if not isinstance(node, facts.Call):
        return None
    symbol = view.symbol(node.function)
    if isinstance(symbol, Library) and symbol.name in _ITERATORS:
        return f'a {short(symbol)} object'
    if isinstance(node.function, facts.Attribute) and node.function.name == 'values' and not node.arguments:
        of = evaluate(node.function.value, view)
        return 'a view of a dict' if all(isinstance(each, Table) for each in of) else None
    return None
