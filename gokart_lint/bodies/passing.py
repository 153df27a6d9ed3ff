"""What the code that `requires()` of a task runs takes from the task, as long as all of it is known."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import names_in
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import UNKNOWN, Library, Value
from gokart_lint.walking import children, own_expressions, statements

_KEEPING = frozenset({'append', 'copy', 'extend', 'get', 'items', 'keys', 'update', 'values'})
_BUILTINS = frozenset({f'builtins.{name}' for name in ('dict', 'enumerate', 'len', 'list', 'range', 'sorted', 'str', 'tuple', 'zip')})
_TASKLESS = frozenset({'collections', 'copy', 'datetime', 'functools', 'itertools', 'json', 'logging', 'math', 'os', 'pathlib', 're'})
"""Packages that make no task that they are not given."""
_OWN = vocabulary.TASK_ON_KART_PARAMETERS | vocabulary.PLAIN_ATTRIBUTES


class Taken(msgspec.Struct, frozen=True):
    """The attributes of `self` that are read, and the calls whose function is no method of `self`, each with its frame."""

    attributes: frozenset[str]
    calls: tuple[tuple[facts.Call, Frame], ...]


@remembered
def taken(concrete: Class, method: Method) -> Taken | None:
    """What a method, and every method that it reaches, takes; None if `self` goes anywhere that the text does not show."""
    search = _Search()
    if not search.method(Frame(concrete, method)):
        return None
    return Taken(frozenset(search.attributes), tuple(search.calls))


class _Search:
    """Each step is false where it meets something that is not known."""

    def __init__(self) -> None:
        self.attributes: set[str] = set()
        self.calls: list[tuple[facts.Call, Frame]] = []
        self.seen: set[tuple[str, facts.Span]] = set()
        self.bound: set[str] = set()

    def method(self, frame: Frame) -> bool:
        if frame.kind not in ('instance', 'property') or not frame.method.self_name or not frame.method.is_defined_once:
            return False
        if frame.key in self.seen:
            return True
        self.seen.add(frame.key)
        return self.block(frame.method.function.body, frame)

    def block(self, block: tuple[Statement, ...], frame: Frame) -> bool:
        return all(self.statement(statement, frame) for statement in statements(block))

    def statement(self, statement: Statement, frame: Frame) -> bool:
        if isinstance(statement, (facts.Define, facts.DefineClass, facts.Delete)):
            return False
        return all(self.expression(node, frame) for node in own_expressions(statement))

    def expression(self, node: Expression, frame: Frame) -> bool:
        if frame.is_self(node) or isinstance(node, (facts.Lambda, facts.Await)):
            return False
        if isinstance(node, facts.Call):
            return self.call(node, frame)
        if isinstance(node, facts.Comprehension):
            self.bound.update(name for clause in node.clauses for name in names_in(clause.target))
        if isinstance(node, facts.Attribute) and (frame.own(node) or frame.above(node)):
            return self.member(node, frame)
        if isinstance(node, (facts.Name, facts.Attribute)):
            return self.is_known(node, frame)
        return all(self.expression(part, frame) for part in children(node))

    def is_known(self, node: facts.Name | facts.Attribute, frame: Frame) -> bool:
        """Whether a name is a local one, a class, a literal or a library's: a name of the module may hold any task."""
        symbol = frame.resolve(node)
        if isinstance(symbol, Value):
            return isinstance(symbol.expression, facts.Constant)
        if symbol is UNKNOWN:
            return isinstance(node, facts.Name) and (node.name in frame.scope.assigned or node.name in self.bound)
        return True

    def call(self, node: facts.Call, frame: Frame) -> bool:
        function = node.function
        if not all(self.expression(argument.value, frame) for argument in node.arguments):
            return False
        if isinstance(function, facts.Attribute):
            if frame.own(function) or frame.above(function):
                if function.name == 'clone':
                    self.calls.append((node, frame))
                    return frame.concrete.method('clone') is None
                found = frame.find(function)
                return isinstance(found, Frame) and self.method(found)
            if function.name in _KEEPING:
                return self.expression(function.value, frame)
        symbol = frame.resolve(function)
        if isinstance(symbol, Library) and (symbol.name in _BUILTINS or symbol.name.partition('.')[0] in _TASKLESS):
            return True
        self.calls.append((node, frame))
        return isinstance(symbol, (Class, Library))

    def member(self, node: facts.Attribute, frame: Frame) -> bool:
        """`self.x`: a parameter, a property that is known, or something of gokart's own."""
        name = node.name
        if name in frame.concrete.parameters:
            self.attributes.add(name)
            return True
        found = frame.find(node)
        if isinstance(found, Frame):
            return found.kind == 'property' and self.method(found)
        if name in _OWN:
            return True
        value = frame.class_value(name)
        return isinstance(value, facts.Constant) and not any(frame.assigning(name))


def built(found: Taken) -> Iterator[Class | Library | None]:
    """The classes that the calls build tasks of; None for a call that may give any task."""
    for call, frame in found.calls:
        node = call.function
        if isinstance(node, facts.Attribute) and node.name == 'clone':
            given = call.keyword('cls') or call.positional(0)
            if given is None:
                yield frame.concrete
                continue
            node = given.value
        symbol = frame.resolve(node)
        yield symbol if isinstance(symbol, (Class, Library)) else None
