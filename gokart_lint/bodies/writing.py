"""Whether the code behind a task's `run` may write its output, as far as the text does not rule it out."""

from __future__ import annotations

from collections.abc import Iterable

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.frames import Frame, is_defined_once
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import Library
from gokart_lint.walking import children, everything, own_expressions, statements

_WRITERS = frozenset({'dump', 'output', 'run'})
_LOOKING = frozenset({f'builtins.{name}' for name in ('hasattr', 'id', 'isinstance', 'print', 'repr', 'str', 'type')})
"""What may be given a task without handing it on."""
_REACHING = frozenset({f'builtins.{name}' for name in ('eval', 'exec', 'locals', 'vars')})
"""What reaches the names of the function that calls it."""
_HARMLESS_DECORATORS = frozenset({'contextlib.contextmanager', 'functools.cache', 'functools.lru_cache'})


def may_write(concrete: Class, run: Method) -> bool:
    """Whether `run` of a concrete class dumps, uses `self.output()`, hands `self` or a bound method on, or does what is not known."""
    is_plain = run.kind == 'instance' and run.self_name != '' and is_defined_once(run)
    if not is_plain or any(isinstance(node, facts.Yield) for node in everything(run.function.body, nested=False)):
        return True
    frame, search = Frame(concrete, run), _Search()
    if any(True for _ in frame.assigning('run')) or search.method(frame):
        return True
    after = concrete.method('on_success')  # luigi calls it behind run
    if after is not None and (not isinstance(after, Method) or search.method(Frame(concrete, after))):
        return True
    return any(_handles_events(method) and search.method(Frame(concrete, method)) for method in concrete.methods())


class _Search:
    """Goes through `run` and every method that it reaches, each once."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, facts.Span]] = set()

    def method(self, frame: Frame) -> bool:
        if frame.key in self.seen:
            return False
        self.seen.add(frame.key)
        return self.block(frame.method.function.body, frame)

    def block(self, block: Iterable[Statement], frame: Frame) -> bool:
        return any(self.statement(statement, frame) for statement in statements(block))

    def statement(self, statement: Statement, frame: Frame) -> bool:
        if isinstance(statement, facts.DefineClass):
            return True  # its methods may use the `self` around them
        if isinstance(statement, facts.Assign):
            targets = any(self.target(target, frame) for target in statement.targets)
            return targets or (statement.value is not None and self.expression(statement.value, frame))
        if any(self.expression(node, frame) for node in own_expressions(statement)):
            return True
        return isinstance(statement, facts.Define) and self.block(statement.function.body, frame)

    def target(self, target: Expression, frame: Frame) -> bool:
        name = frame.own(target)
        return name in _WRITERS if name is not None else self.expression(target, frame)

    def expression(self, node: Expression, frame: Frame) -> bool:
        if frame.is_self(node):
            return True
        if isinstance(node, facts.Call):
            return self.call(node, frame)
        if isinstance(node, facts.Attribute) and (frame.own(node) is not None or frame.above(node) is not None):
            return self.member(node, frame, called=False)
        shown = (part for part in children(node) if not (isinstance(node, facts.Text) and frame.is_self(part)))
        return any(self.expression(part, frame) for part in shown)

    def call(self, node: facts.Call, frame: Frame) -> bool:
        function = node.function
        symbol = frame.resolve(function) if isinstance(function, (facts.Name, facts.Attribute)) else None
        name = symbol.name if isinstance(symbol, Library) else ''
        if name in _REACHING or (isinstance(symbol, Class) and symbol in frame.concrete.ancestors):
            return True
        if isinstance(function, facts.Attribute) and (frame.own(function) is not None or frame.above(function) is not None):
            if self.member(function, frame, called=True):
                return True
        elif self.expression(function, frame):
            return True
        given = (argument.value for argument in node.arguments)
        return any(self.expression(value, frame) for value in given if not (name in _LOOKING and frame.is_self(value)))

    def member(self, node: facts.Attribute, frame: Frame, *, called: bool) -> bool:
        """Whether `self.x` or `super().x` may write."""
        name = node.name
        if name in _WRITERS:
            return True
        if frame.own(node) is not None and (name in frame.concrete.parameters or name in vocabulary.TASK_ON_KART_PARAMETERS):
            return False
        found = frame.find(node)
        if isinstance(found, Frame):
            return self.helper(found, called=called)
        if found is None and name in vocabulary.READERS:
            return not called
        if name in vocabulary.PLAIN_ATTRIBUTES:
            return False
        return called or self.attribute(name, frame)

    def helper(self, found: Frame, *, called: bool) -> bool:
        if found.kind in ('static', 'class'):
            return False
        if found.kind == 'decorated' and not _is_only_wrapped(found.method):
            return True
        return self.method(found) if called or found.kind == 'property' else True

    def attribute(self, name: str, frame: Frame) -> bool:
        """Whether `self.x`, which no method and no parameter explains, may be a way to write: what is assigned to it tells."""
        assigned = list(frame.assigning(name))
        if not assigned and frame.class_value(name) is None:
            return True
        return any(self.method(place) for place, _ in assigned)


def _handles_events(method: Method) -> bool:
    """Whether luigi calls a method on some event, such as the success of a task."""
    calls = (node.function for node in method.function.decorators if isinstance(node, facts.Call))
    return any(isinstance(function, facts.Attribute) and function.name == 'event_handler' for function in calls)


def _is_only_wrapped(method: Method) -> bool:
    """Whether all decorators of a method call it and do nothing else."""
    symbols = (method.owner.resolve(node.function if isinstance(node, facts.Call) else node) for node in method.function.decorators)
    return all(isinstance(symbol, Library) and symbol.name in _HARMLESS_DECORATORS for symbol in symbols)
