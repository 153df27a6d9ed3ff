"""Where the parameters are used that reach what a task dumps."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.bodies.code import of_method
from gokart_lint.bodies.dependence import bound_to, root_name
from gokart_lint.bodies.frames import Frame
from gokart_lint.bodies.logs import Logs
from gokart_lint.bodies.reach import reached
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import names_in
from gokart_lint.walking import blocks, children, everything, own_expressions, statements


def uses_reaching_dump(concrete: Class) -> tuple[tuple[facts.Attribute, Method], ...]:
    """Each `self.x` of a parameter, in `run` and what it calls, whose value, or the choice that it makes, ends in `self.dump(...)`."""
    run = concrete.project_method('run')
    if run is None:
        return ()
    search = _Search(concrete)
    for method in (run, *reached(concrete)):
        frame = Frame(concrete, method)
        for node in everything(method.function.body):
            if isinstance(node, facts.Call) and _is_dump(node, frame):
                for argument in node.arguments:
                    search.value(argument.value, frame)
                search.frames[frame.key] = frame
    search.choices()
    return tuple(search.found.values())


def _is_dump(node: facts.Call, frame: Frame) -> bool:
    function = node.function
    if not isinstance(function, facts.Attribute) or function.name != 'dump':
        return False
    if frame.own(function) is None and frame.above(function) is None:
        return _is_own_target(function.value, frame)
    return frame.find(function) is None


def _is_own_target(node: Expression, frame: Frame) -> bool:
    """Whether a value is `self.output()` or a part of it."""
    while isinstance(node, facts.Subscript):
        node = node.value
    return isinstance(node, facts.Call) and frame.own(node.function) == 'output'


class _Search:
    """Goes back from values to what they are made of. `names` are the local names met, `frames` the methods, each once."""

    def __init__(self, concrete: Class) -> None:
        self.concrete = concrete
        self.found: dict[facts.Span, tuple[facts.Attribute, Method]] = {}
        self.frames: dict[tuple[str, facts.Span], Frame] = {}
        self.giving: set[tuple[str, facts.Span]] = set()
        self.names: set[tuple[object, str]] = set()

    def value(self, node: Expression, frame: Frame) -> None:
        if isinstance(node, facts.Name):
            self.name(node.name, frame)
        elif isinstance(node, facts.Attribute) and (frame.own(node) is not None or frame.above(node) is not None):
            self.member(node, frame)
        elif not (isinstance(node, facts.Call) and Logs(of_method(frame.method)).is_log(node)):
            for each in children(node):
                self.value(each, frame)

    def name(self, name: str, frame: Frame) -> None:
        key = (frame.key, name)
        if key not in self.names and name != frame.method.self_name:
            self.names.add(key)
            for node in bound_to(name, frame.method.function.body):
                self.value(node, frame)

    def member(self, node: facts.Attribute, frame: Frame) -> None:
        if frame.own(node) is not None and node.name in self.concrete.parameters:
            self.found.setdefault(node.at, (node, frame.method))
            return
        met = frame.find(node)
        if isinstance(met, Frame):
            self.result(met)
        elif met is None and (self.concrete, node.name) not in self.names:
            self.names.add((self.concrete, node.name))
            for place, assignment in frame.assigning(node.name):
                if assignment.value is not None:
                    self.value(assignment.value, place)

    def result(self, frame: Frame) -> None:
        """What a method gives."""
        if frame.key in self.giving:
            return
        self.giving.add(frame.key)
        self.frames[frame.key] = frame
        body = frame.method.function.body
        for statement in statements(body):
            if isinstance(statement, facts.Return) and statement.value is not None:
                self.value(statement.value, frame)
        for node in everything(body, nested=False):
            if isinstance(node, facts.Yield):
                self.value(node, frame)

    # --- choices ---

    def choices(self) -> None:
        """What decides which value a name gets, or which one is dumped or given back."""
        done: set[facts.Span] = set()
        while True:
            pending = [
                (statement, frame)
                for frame in self.frames.values()
                for statement in statements(frame.method.function.body)
                if statement.at not in done and isinstance(statement, (facts.Branch, facts.Loop, facts.Match))
            ]
            deciding = [(statement, frame) for statement, frame in pending if self.decides(statement, frame)]
            if not deciding:
                return
            for statement, frame in deciding:
                done.add(statement.at)
                for node in own_expressions(statement):
                    self.value(node, frame)

    def decides(self, statement: Statement, frame: Frame) -> bool:
        inner = [each for block in blocks(statement) for each in statements(block)]
        return any(self.gives(each, frame) for each in inner)

    def gives(self, statement: Statement, frame: Frame) -> bool:
        """Whether a statement gives a value to what was met."""
        if isinstance(statement, facts.Return) and frame.key in self.giving:
            return True
        if isinstance(statement, facts.Assign):
            return any(self.is_met(name, frame) for target in statement.targets for name in (*names_in(target), root_name(target)))
        calls = (node for node in own_expressions(statement) if isinstance(node, facts.Call))
        return any(
            _is_dump(node, frame) or (isinstance(node.function, facts.Attribute) and self.is_met(root_name(node.function.value), frame))
            for node in calls
        )

    def is_met(self, name: str | None, frame: Frame) -> bool:
        return name is not None and (frame.key, name) in self.names


def first_uses(concrete: Class) -> Iterator[tuple[str, facts.Attribute, Method]]:
    """The first use of each parameter that reaches what the task dumps, in the order of the text."""
    told: set[str] = set()
    for node, method in sorted(uses_reaching_dump(concrete), key=lambda use: (use[1].owner.module.path, use[0].at)):
        if node.name not in told:
            told.add(node.name)
            yield node.name, node, method
