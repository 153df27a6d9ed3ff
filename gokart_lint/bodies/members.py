"""The names that an instance of a task class may have, from wherever the project's text shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.instance_use import all_statements, targets
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import expressions
from gokart_lint.project.classes import Class, Method, adds_nothing
from gokart_lint.project.mentions import files_with
from gokart_lint.project.module import Module, names_in
from gokart_lint.project.project import Project
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import is_library
from gokart_lint.walking import dotted, everything, own_expressions, statements, walk

_BY_NAME = frozenset(
    {'getattr', 'hasattr', 'setattr', 'delattr', '__setattr__', '__getattribute__', 'attrgetter', 'methodcaller', 'object'}
)
_MAKES_NAMES = frozenset({'exec', 'eval', 'locals', 'vars', 'dir', 'globals', 'setattr', '__setattr__'})
_WORDS = tuple(name.encode() for name in (*_BY_NAME, *_MAKES_NAMES, '__dict__'))
_ANSWERS_ALL = frozenset({'__getattr__', '__getattribute__', '__init_subclass__'})
_FINAL = ('typing.final', 'typing_extensions.final')
_METACLASSES = ('abc.ABCMeta', 'luigi.task_register.Register')


def family(owner: Class) -> frozenset[Class]:
    """The classes whose methods may have an instance of a class, or of one below it, as their `self`."""
    return frozenset(each for one in owner.downwards() for each in one.ancestors if isinstance(each, Class))


@remembered
def members(owner: Class) -> frozenset[str] | None:
    """The names of all attributes that instances of a class, or of one below it, have; None if there may be others.

    What other code assigns to an instance is `assigned_elsewhere`. Private names are as Python mangles them.
    """
    heirs = (owner, *owner.subclasses)
    if any(not adds_nothing(each) for heir in heirs for each in heir.ancestors):
        return None
    found = set(vocabulary.TASK_MEMBERS | vocabulary.PRIVATE_ATTRIBUTES)
    above = [each for each in owner.ancestors if isinstance(each, Class)]
    for each in family(owner):
        given = _own(each)
        if given is None or not (_is_bare(each) if each in above else _is_clear(each)):
            return None
        found |= given
    return frozenset(found)


def plain_members(owner: Class) -> frozenset[str]:
    """Those of the `members` that cost nothing to tell: gokart's own, and the methods and assignments of class bodies."""
    above = [each for each in owner.ancestors if isinstance(each, Class)]
    names = {mangled(name, each) for each in above for name in (*each.own_methods, *each.own_attributes)}
    return frozenset(names | vocabulary.TASK_MEMBERS | vocabulary.PRIVATE_ATTRIBUTES)


def _is_bare(each: Class) -> bool:
    """Whether no decorator or metaclass adds anything to a class."""
    return _has_plain_metaclass(each) and all(is_library(each.resolve_header(node), *_FINAL) for node in each.facts.decorators)


def _has_plain_metaclass(each: Class) -> bool:
    given = [each.resolve_header(base.value) for base in each.facts.bases if base.keyword == 'metaclass']
    return all(is_library(symbol, *_METACLASSES) for symbol in given)


def _is_clear(each: Class) -> bool:
    """Whether the text shows all that decorators add to a class: the parameters of classes of the project."""
    for node in each.facts.decorators:
        if is_library(each.resolve_header(node), *_FINAL):
            continue
        if not isinstance(node, facts.Call) or not is_library(each.resolve_header(node.function), *vocabulary.INHERITING_DECORATORS):
            return False
        if not all(isinstance(source := each.resolve_header(given.value), Class) and source.is_fully_known for given in node.arguments):
            return False
    return _has_plain_metaclass(each)


@remembered
def _own(each: Class) -> frozenset[str] | None:
    """What one class gives to its instances; None if the text does not show all of it."""
    if not _ANSWERS_ALL.isdisjoint((*each.own_methods, *each.own_attributes)):
        return None
    inside = [*each.facts.assignments, *each.facts.body]
    if any(_makes_names(node) for node in everything(inside)):
        return None
    found = {*each.own_methods, *each.own_attributes, *(parameter for parameter in each.parameters)}
    found.update(other.name for other in each.module.classes if other.facts.scope == each.qualname)
    found.update(name for statement in statements(inside) for name in _bound(statement))
    found.update(found_import.bound.partition('.')[0] for found_import in each.facts.imports)
    for function in each.facts.methods:
        assigned = _assigned(Method(each, function))
        if assigned is None:
            return None
        found |= assigned
    return frozenset(mangled(name, each) for name in found)


def mangled(name: str, owner: Class) -> str:
    """The name as Python stores it: `_Train__x` for `__x` in the class `Train`."""
    is_private = name.startswith('__') and not name.endswith('__')
    return f'_{owner.name.lstrip("_")}{name}' if is_private else name


def _bound(statement: Statement) -> Iterator[str]:
    """The names that a statement of a class body binds, annotations alone too."""
    for target in targets(statement):
        yield from names_in(target)
    for node in own_expressions(statement):
        yield from (name for each in walk(node) if isinstance(each, facts.Walrus) for name in names_in(each.target))


def _assigned(method: Method) -> set[str] | None:
    """The attributes that a method assigns to anything, or asks for by name; None if it may assign others."""
    body = method.function.body
    found = {target.name for each in all_statements(body) for target in _given(each) if isinstance(target, facts.Attribute)}
    if not any(word in method.function.code for word in _WORDS):
        return found
    for node in everything(body):
        if isinstance(node, facts.Attribute) and node.name == '__dict__':
            return None
        if isinstance(node, facts.Call) and _last_name(node) in _BY_NAME:
            found.update(_texts(node))
        if _makes_names(node, method):
            return None
    return found


def _given(statement: Statement) -> Iterator[Expression]:
    """What a statement gives a value: `x += 1` and `del x` need an `x` that is there."""
    needs_it = isinstance(statement, facts.Delete) or (isinstance(statement, facts.Assign) and bool(statement.operator))
    return iter(()) if needs_it else targets(statement)


def _makes_names(node: Expression, method: Method | None = None) -> bool:
    """Whether a call may give any name to a class or an instance."""
    if not isinstance(node, facts.Call) or _last_name(node) not in _MAKES_NAMES:
        return False
    if method is not None and _last_name(node) in ('vars', 'dir', 'setattr', '__setattr__'):
        named = _last_name(node) in ('setattr', '__setattr__') and any(True for _ in _texts(node))
        about_self = any(isinstance(given.value, facts.Name) and given.value.name == method.self_name for given in node.arguments)
        return about_self and not named
    return method is None or _last_name(node) in ('exec', 'eval')


def _last_name(node: facts.Call) -> str:
    return node.function.name if isinstance(node.function, (facts.Name, facts.Attribute)) else ''


def _texts(node: facts.Call) -> Iterator[str]:
    values = (given.value.value for given in node.arguments if isinstance(given.value, facts.Constant))
    return (value for value in values if isinstance(value, str))


# --- other code ---


def assigned_elsewhere(owner: Class, name: str) -> bool:
    """Whether other code of the project may give an attribute to an instance of a class: `task.x = 1`, `setattr(Train, 'x', 1)`."""
    project = owner.module.project
    return any(each is None or each in family(owner) for each in _assigners(project, name))


@remembered
def _assigners(project: Project, name: str) -> frozenset[Class | None]:
    """The classes whose instances are given an attribute by that name, in the whole project; None for one that is not known."""
    modules = (project.module(path) for path in files_with(project, name))
    return frozenset(each for module in modules if module is not None for each in _assigners_in(module, name))


def _assigners_in(module: Module, name: str) -> Iterator[Class | None]:
    for block, method in _blocks(module):
        for statement in all_statements(block):
            for target in _given(statement):
                if isinstance(target, facts.Attribute) and target.name == name:
                    is_self = method is not None and dotted(target.value) == method.self_name
                    yield method.owner if is_self and method is not None else None
    if not module.facts.called.isdisjoint(('setattr', '__setattr__')):
        nodes = [node for top, _ in expressions(module) for node in walk(top)]
        sets = [node for node in nodes if isinstance(node, facts.Call) and _last_name(node) in ('setattr', '__setattr__')]
        says = any(isinstance(node, facts.Constant) and node.value == name for node in nodes)
        if says and any(name in (found := list(_texts(node))) or not found for node in sets):
            yield None


def _blocks(module: Module) -> Iterator[tuple[Iterable[Statement], Method | None]]:
    """All bodies of a module, each with the method that it is."""
    yield module.facts.body, None
    for function in module.facts.functions:
        yield function.body, None
    for each in module.classes:
        yield each.facts.body, None
        for method in each.facts.methods:
            yield method.body, Method(each, method)
