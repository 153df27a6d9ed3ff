"""What a task class takes when it is built: the names of its parameters, and whether the text shows them all.

As luigi.task_register.Register.__call__ of luigi 3.8.1, which looks at the parameters of the class before any `__init__` of it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library, is_library
from gokart_lint.walking import flattened, statements, walk

if TYPE_CHECKING:
    from gokart_lint.facts import Expression
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter

_CHANGING = frozenset({'__new__', '__init_subclass__', 'get_param_names', 'get_param_values', 'get_params'})
_COPYING = frozenset({'luigi.util.copies'})
_METACLASSES = ('abc.ABCMeta', 'luigi.task_register.Register')
_NEVER_PARAMETERS = (facts.Constant, facts.Collection, facts.Mapping, facts.Text, facts.Comprehension, facts.Lambda)


@remembered
def is_plain(task: Class) -> bool:
    """Whether luigi builds a class in its usual way, from what the class bodies of the project say."""
    return task.is_fully_known and not any(
        not _CHANGING.isdisjoint((*each.own_methods, *each.own_attributes)) or _has_metaclass(each) or _makes_names(each)
        for each in project_classes(task)
    )


def project_classes(task: Class) -> Iterator[Class]:
    """A class and its bases as far as they are the project's, gokart and luigi themselves left out."""
    for each in task.ancestors:
        if isinstance(each, Class) and each.full_name not in (vocabulary.TASK_ON_KART, vocabulary.LUIGI_TASK):
            yield each


def _has_metaclass(each: Class) -> bool:
    given = [base.value for base in each.facts.bases if base.keyword == 'metaclass']
    return any(not is_library(each.resolve_header(node), *_METACLASSES) for node in given)


def _makes_names(each: Class) -> bool:
    """Whether a class body makes attributes that stand nowhere as names: `locals()[name] = ...`, `exec(...)`, a loop."""
    if any(isinstance(target, facts.Subscript) for said in each.facts.assignments for target in said.targets):
        return True
    for statement in statements(each.facts.body):
        if isinstance(statement, facts.Loop) or (isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Call)):
            return True
    return False


@remembered
def parameters_of(task: Class) -> dict[str, Parameter]:
    """The parameters that the project declares for a class, by the keyword that gives them: `_Train__version` for `__version`."""
    return {each.attribute: each for each in task.parameters.values()}


def is_decided(task: Class, parameter: Parameter) -> bool:
    """Whether no base or decorator that is not known may put something else in the place of a parameter."""
    if parameter.owner not in task.ancestors:
        return task.is_fully_known
    nearer = task.ancestors[: task.ancestors.index(parameter.owner)]
    decorators = (node for each in (*nearer, parameter.owner) if isinstance(each, Class) for node in each.facts.decorators)
    is_kept = all(_is(parameter.owner, node, vocabulary.KEEPING_DECORATORS) for node in decorators)
    return is_kept and all(isinstance(each, Class) for each in nearer)


def filled_by_position(task: Class, count: int) -> frozenset[str] | None:
    """The parameters that so many positional arguments fill, for a task that is not gokart's; None if their order is not known.

    They follow the order in which Python ran the declarations (luigi.Task.get_params).
    """
    found = list(parameters_of(task).values())
    for each in found:
        place = each.call.keyword('positional') or each.call.keyword('is_global')
        if place is not None and not isinstance(place.value, facts.Constant):
            return None
    taken = [each.attribute for each in found if not _only_by_name(each)]
    if count >= len(taken):
        return frozenset(taken)
    return frozenset(taken[:count]) if _is_in_order(task, found) else None


def _only_by_name(parameter: Parameter) -> bool:
    by_name, is_global = parameter.call.keyword('positional'), parameter.call.keyword('is_global')
    is_false = by_name is not None and isinstance(by_name.value, facts.Constant) and not by_name.value.value
    return is_false or (is_global is not None and isinstance(is_global.value, facts.Constant) and bool(is_global.value.value))


def _is_in_order(task: Class, found: list[Parameter]) -> bool:
    classes = list(project_classes(task))
    if any(each.owner not in classes for each in found):
        return False
    if any(sum(isinstance(base, Class) and bool(base.parameters) for base in each.bases) > 1 for each in classes):
        return False
    names = {each.name for each in found}
    others = (said for each in classes for name, said in each.own_attributes.items() if name not in names)
    return all(isinstance(said.value, _NEVER_PARAMETERS) for said in others)


def may_take(task: Class, name: str) -> bool:
    """Whether a class has a parameter of a name, or may have one."""
    copies = [node for each in project_classes(task) for node in each.facts.decorators if _is(each, node, vocabulary.INHERITING_DECORATORS)]
    if name in vocabulary.TASK_ON_KART_PARAMETERS and (task.is_task or task.full_name == vocabulary.TASK_ON_KART or copies):
        return True
    if name.startswith('__') and not name.endswith('__'):
        return False  # Python gives no attribute of a class that name
    return name in parameters_of(task) or _may_be_copied(task, name) or _may_be_declared(task, name) or may_be_set(task, name)


def _is(each: Class, node: Expression, names: frozenset[str]) -> bool:
    symbol = each.resolve_header(node.function if isinstance(node, facts.Call) else node)
    return isinstance(symbol, Library) and symbol.name in names


def _may_be_copied(task: Class, name: str, seen: tuple[Class, ...] = ()) -> bool:
    """Whether a decorator of luigi.util may copy a parameter from a class that is not known through and through."""
    for each in project_classes(task):
        for node in each.facts.decorators:
            if _is(each, node, _COPYING):
                return True
            if not isinstance(node, facts.Call) or not _is(each, node, vocabulary.INHERITING_DECORATORS):
                continue
            for argument in node.arguments:
                source = each.resolve_header(argument.value)
                if not isinstance(source, Class) or argument.star or (source not in seen and _is_doubtful(source, name, (*seen, source))):
                    return True
    return False


def _is_doubtful(source: Class, name: str, seen: tuple[Class, ...]) -> bool:
    return not is_plain(source) or _may_be_copied(source, name, seen) or _may_be_declared(source, name) or may_be_set(source, name)


def _may_be_declared(task: Class, name: str) -> bool:
    """Whether the nearest class body that says a name may make it a parameter: a shared one, or one that a function returns."""
    for each in project_classes(task):
        said = each.own_attributes.get(name)
        if said is not None:
            plain = [target for target in said.targets if isinstance(target, facts.Name)]
            return len(plain) != len(said.targets) or not isinstance(said.value, _NEVER_PARAMETERS)
        if name in each.own_methods or name in _classes_inside(each):
            return False
    return False


def _classes_inside(each: Class) -> tuple[str, ...]:
    return tuple(other.name for other in each.module.classes if other.qualname == f'{each.qualname}.{other.name}')


def may_be_set(task: Class, name: str) -> bool:
    """Whether a module may set an attribute of a class from outside: `Train.name = ...`, `setattr(Train, ...)`."""
    return any(_sets(module, name) for module in dict.fromkeys(each.module for each in project_classes(task)))


def _sets(module: Module, name: str) -> bool:
    targets = (target for each in module.facts.assignments for target in each.targets)
    if any(isinstance(target, facts.Attribute) and target.name == name for target in targets):
        return True
    if 'setattr' not in module.facts.called:
        return False
    calls = (node for each in flattened(module.facts.body) if isinstance(each, facts.Evaluate) for node in walk(each.value))
    return any(isinstance(node, facts.Call) and is_library(module.resolve(node.function), 'builtins.setattr') for node in calls)
