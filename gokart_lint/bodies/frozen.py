"""Uses of list and dict parameters that would change them, which luigi's frozen values do not let happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.classes import Class, Method, adds_nothing
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import Library, is_library
from gokart_lint.walking import blocks, children, dotted, everything, own_expressions, statements

if TYPE_CHECKING:
    from gokart_lint.project.parameters import Parameter

_KINDS = {'list': 'tuple', 'enum list': 'tuple', 'choice list': 'tuple', 'task list': 'tuple', 'dict': 'frozen dict'}
"""What luigi (3.8, `luigi.freezing`) makes of the value of each kind of parameter."""
_OF_TEXTS = frozenset({'list', 'dict'})
"""Kinds whose values are read from JSON, so that everything in them is frozen too."""
_CHANGING = frozenset({'append', 'extend', 'insert', 'remove', 'pop', 'popitem', 'clear', 'sort', 'reverse', 'update', 'setdefault'})
_ASKING = ('builtins.isinstance', 'builtins.hasattr', 'builtins.type')
_LISTS = ('builtins.list', 'builtins.sorted')
_CATCHING = frozenset({'AttributeError', 'TypeError', 'Exception', 'BaseException'})


class Frozen(msgspec.Struct, frozen=True):
    """A parameter's value, or (`inside`) what it holds."""

    parameter: str
    kind: str
    inside: bool = False
    holds_texts: bool = False


class Change(msgspec.Struct, frozen=True):
    """A use that raises: where, of what, and how it would change it ('append()', 'item assignment', '+ with a list')."""

    at: Span
    of: Frozen
    how: str


def changes(owner: Class, method: Method) -> Iterator[Change]:
    """The uses in one method that would change a parameter of every task that runs it."""
    if method.self_name and method.kind not in ('static', 'class'):
        yield from _Reader(owner, method).changes()


class _Reader:
    def __init__(self, owner: Class, method: Method) -> None:
        self.owner = owner
        self.frame = Frame(owner, method)
        self.body = method.function.body
        self.known: dict[str, Frozen | None] = {}
        self.following: set[str] = set()

    def changes(self) -> Iterator[Change]:
        asked = {of.parameter for node in everything(self.body) for of in self.asked(node)}
        found = {change.at: change for change in self.block(self.body) if change.of.parameter not in asked}
        yield from found.values()

    def asked(self, node: Expression) -> Iterator[Frozen]:
        """What the method looks at before it uses it: `isinstance(self.names, list)`."""
        if isinstance(node, facts.Call) and node.arguments and is_library(self.frame.resolve(node.function), *_ASKING):
            of = self.of(node.arguments[0].value)
            if of is not None:
                yield of

    # --- where values are changed ---

    def block(self, block: Iterable[Statement]) -> Iterator[Change]:
        for statement in block:
            if isinstance(statement, facts.Try) and any(_catches(handler.error) for handler in statement.handlers):
                continue
            yield from self.statement(statement)
            if isinstance(statement, facts.Define) and self.frame.method.self_name not in _formals(statement):
                yield from self.block(statement.function.body)
            for inner in blocks(statement):
                yield from self.block(inner)

    def statement(self, statement: Statement) -> Iterator[Change]:
        if isinstance(statement, facts.Delete):
            for target in statement.targets:
                yield from self.item(target, 'item deletion')
        elif isinstance(statement, facts.Assign) and statement.value is not None:
            for target in statement.targets:
                yield from self.item(target, 'item assignment')
            if statement.operator:
                yield from self.joined(statement.targets[0], statement.value, statement.operator, f'{statement.operator}=')
        for node in own_expressions(statement):
            yield from self.expression(node)

    def item(self, target: Expression, how: str) -> Iterator[Change]:
        if isinstance(target, facts.Collection):
            for each in target.items:
                yield from self.item(each, how)
        elif isinstance(target, facts.Subscript) and (of := self.of(target.value)) is not None:
            yield Change(target.at, of, how)

    def expression(self, node: Expression) -> Iterator[Change]:
        if isinstance(node, facts.Lambda) and self.frame.method.self_name in node.parameters:
            return
        if isinstance(node, facts.Attribute) and node.name in _CHANGING and (of := self.of(node.value)) is not None:
            yield Change(node.at, of, f'{node.name}()')
        elif isinstance(node, facts.Operation) and node.operators in (('+',), ('|',)) and len(node.operands) == 2:
            left, right = node.operands
            yield from self.joined(left, right, node.operators[0], node.operators[0])
            yield from self.joined(right, left, node.operators[0], node.operators[0])
        for each in children(node):
            yield from self.expression(each)

    def joined(self, node: Expression, other: Expression, operator: str, shown: str) -> Iterator[Change]:
        """`self.names + ['a']` and `self.options | {'a': 1}`: a tuple adds no list, and a frozen dict no dict."""
        of = self.of(node)
        if of is None or of.inside:
            return
        if of.kind == 'tuple' and operator == '+' and self.is_list(other):
            yield Change(node.at, of, f'{shown} with a list')
        elif of.kind == 'frozen dict' and operator == '|' and self.is_dict(other):
            yield Change(node.at, of, f'{shown} with a dict')

    def is_list(self, node: Expression) -> bool:
        if isinstance(node, (facts.Collection, facts.Comprehension)):
            return node.kind == 'list'
        return isinstance(node, facts.Call) and is_library(self.frame.resolve(node.function), *_LISTS)

    def is_dict(self, node: Expression) -> bool:
        if isinstance(node, facts.Mapping):
            return True
        if isinstance(node, facts.Comprehension):
            return node.kind == 'dict'
        return isinstance(node, facts.Call) and is_library(self.frame.resolve(node.function), 'builtins.dict')

    # --- what an expression is ---

    def of(self, node: Expression) -> Frozen | None:
        """The frozen value that an expression is, if it certainly is one."""
        name = self.frame.own(node)
        if name is not None:
            return self.parameter(name)
        if isinstance(node, facts.Name):
            return self.alias(node.name)
        if isinstance(node, facts.Subscript) and (of := self.of(node.value)) is not None:
            if isinstance(node.index, facts.Slice):
                return of if of.kind == 'tuple' and not of.inside else None
            return msgspec.structs.replace(of, inside=True) if of.holds_texts else None
        return None

    def alias(self, name: str) -> Frozen | None:
        """What a local name is that is given one value and no other."""
        if name in self.following or name in self._bound_inside:
            return None
        values = self.frame.scope.assigned.get(name, [])
        given = [value for value in values if value is not None]
        added = sum(isinstance(each, facts.Assign) and bool(each.operator) and _binds(each, name) for each in statements(self.body))
        if len(given) != 1 or len(values) != 1 + added:
            return None
        self.following.add(name)
        found = self.of(given[0])
        self.following.discard(name)
        return found

    @property
    def _bound_inside(self) -> frozenset[str]:
        """Names that a nested function, a lambda or a comprehension binds, so that they may mean something else there."""
        found: set[str] = set()
        for node in everything(self.body):
            if isinstance(node, facts.Lambda):
                found.update(node.parameters)
            elif isinstance(node, facts.Comprehension):
                found.update(name for clause in node.clauses for name in names_in(clause.target))
        for each in statements(self.body):
            if isinstance(each, facts.Define):
                found.update(_formals(each))
                found.update(name for one in statements(each.function.body) if isinstance(one, facts.Assign) for name in _names(one))
        return frozenset(found)

    def parameter(self, name: str) -> Frozen | None:
        if name not in self.known:
            self.known[name] = _frozen(self.owner, name)
        return self.known[name]


def _frozen(owner: Class, name: str) -> Frozen | None:
    """What `self.name` is in every task that has the methods of a class."""
    tasks = [each for each in owner.downwards() if each.is_luigi_task]
    concrete = [each for each in tasks if not each.is_abstract] or tasks
    kinds = {_kind(each, each.parameters.get(name)) for each in concrete}
    kind = kinds.pop() if len(kinds) == 1 else ''
    if kind not in _KINDS or any(_gives_another(each, name) for each in concrete):
        return None
    return Frozen(name, _KINDS[kind], holds_texts=kind in _OF_TEXTS)


def _kind(task: Class, parameter: Parameter | None) -> str:
    """The kind of a parameter as `vocabulary.PARAMETERS` calls it; '' if the task may have something else under its name."""
    if parameter is None or any(not adds_nothing(each) for each in takewhile(lambda each: each is not parameter.owner, task.ancestors)):
        return ''
    for each in () if parameter.custom is None else parameter.custom.ancestors:
        if isinstance(each, Class) and not {'normalize', '__get__'}.isdisjoint((*each.own_methods, *each.own_attributes)):
            return ''
        if not isinstance(each, (Class, Library)):
            return ''
    return vocabulary.PARAMETERS.get(parameter.library_class, '')


def _gives_another(task: Class, name: str) -> bool:
    """Whether a method gives `self.name` a value of its own, or may."""
    if task.project_method('__getattribute__') is not None:
        return True
    frames = [Frame(task, method) for method in task.methods()]
    if not frames:
        return False
    sets = any('setattr' in frame.method.owner.module.facts.calls and _sets_by_name(frame.method, name) for frame in frames)
    return sets or any(not assign.operator for _, assign in frames[0].assigning(name))


def _sets_by_name(method: Method, name: str) -> bool:
    for node in everything(method.function.body):
        if isinstance(node, facts.Call) and (dotted(node.function) or '').rpartition('.')[2] in ('setattr', '__setattr__'):
            texts = [each.value.value for each in node.arguments if isinstance(each.value, facts.Constant)]
            if name in texts or not any(isinstance(text, str) for text in texts):
                return True
    return False


def _catches(error: Expression | None) -> bool:
    nodes = error.items if isinstance(error, facts.Collection) else (error,)
    return any(node is None or (dotted(node) or '') in _CATCHING for node in nodes)


def _formals(statement: facts.Define) -> frozenset[str]:
    return frozenset(formal.name for formal in statement.function.formals)


def _names(statement: facts.Assign) -> Iterator[str]:
    return (name for target in statement.targets for name in names_in(target))


def _binds(statement: facts.Assign, name: str) -> bool:
    return name in _names(statement)
