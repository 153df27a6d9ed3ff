"""What the code of a task reaches, followed through its methods and the functions, classes and constants of the project.

Libraries are not followed, nor what the text does not show. Each piece of code is gone through once, the nearest first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import cached_property

import msgspec

from gokart_lint import facts
from gokart_lint.bodies.code import Code, of_function, of_method, of_value
from gokart_lint.bodies.effects import read_in, seen
from gokart_lint.bodies.fallbacks import NOBODY, fallbacks, given, left_out
from gokart_lint.bodies.frames import Frame, is_defined_once
from gokart_lint.bodies.holding import is_super
from gokart_lint.bodies.reads import Read, is_configuration, read
from gokart_lint.bodies.showing import shown
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.parameters import may_be_parameter
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import FunctionSymbol, Library, Unknown, Value
from gokart_lint.walking import walk

_MOST_CODES = 2_000  # pieces of code behind one method
_TELLING = frozenset({facts.Name, facts.Attribute, facts.Call, facts.Subscript, facts.Operation})  # what reads, or leads on
_AT_CONSTRUCTION = ('__init__', '__post_init__')


class Step(msgspec.Struct, frozen=True, eq=False):
    """An expression that leads to other code of the project: to a symbol, to a member of `owner`, or to one of `self` if both are None.

    `target` is what is called, or the expression itself.
    """

    node: Expression
    target: facts.Name | facts.Attribute
    symbol: FunctionSymbol | Value | None = None
    owner: Class | None = None
    name: str = ''

    @property
    def is_constant(self) -> bool:
        """Whether it leads to the value of a name of a module or class."""
        return isinstance(self.symbol, Value) or (self.owner is not None and self.name in self.owner.own_attributes)

    @property
    def shown(self) -> str:
        """The step as a message shows it."""
        return f'{shown(self.node.function)}()' if isinstance(self.node, facts.Call) else shown(self.node)


class Looked:
    """What a piece of code holds. Which of it can change a result is worked out when somebody asks."""

    def __init__(self, code: Code, reads: list[Read], steps: list[Step], calls: list[tuple[facts.Call, Code]]) -> None:
        self.code = code
        self.reads = reads
        self.steps = steps
        self.calls = calls

    @property
    def leads_out(self) -> bool:
        """Whether it leads to more than methods and attributes of the task itself."""
        return any(step.symbol is not None or step.owner is not None for step in self.steps)

    def given(self, names: frozenset[str]) -> Looked:
        """What it holds for a caller that gives some formal parameters, so that what stands in for them is not reached."""
        idle = {at for at, name in fallbacks(self.code).items() if name in names}
        if not idle:
            return self
        reads = [each for each in self.reads if each.node.at not in idle]
        steps = [each for each in self.steps if each.node.at not in idle]
        return Looked(self.code, reads, steps, [each for each in self.calls if each[0].at not in idle])

    def matters(self, node: Expression) -> bool:
        """Whether the value of an expression can change what the code gives; all of the value of a name does."""
        return not self.code.is_function or (type(node), node.at) in self._mattering

    @cached_property
    def _mattering(self) -> frozenset[object]:
        return frozenset((type(node), node.at) for node, _, matters in seen(self.code) if matters)


class Stop(msgspec.Struct, frozen=True, eq=False):
    """A piece of code on the way. `trail` is the way there as a message shows it; `frame` is set in the methods of a class.

    `left` is the way since it left the methods of the task itself: each expression that led on, with the path of its module.
    `at_import` says that the code runs when its module is imported, `given` which optional arguments its caller gives.
    """

    looked: Looked
    frame: Frame | None
    trail: tuple[str, ...]
    module: Module
    left: tuple[tuple[str, facts.Span], ...] = ()
    at_import: bool = False
    given: frozenset[str] = NOBODY

    def place(self, node: Expression, module: Module) -> facts.Span | None:
        """Where a module is told of an expression of the code: there, or where the way left the module; None if another one is told.

        It is the module that holds the method of the task from which the way went elsewhere.
        """
        if self.left and self.left[0][0] != module.path:
            return None
        return node.at if self.module is module else dict(self.left).get(module.path)


class _Target(msgspec.Struct, frozen=True, eq=False):
    """The code behind a step. `is_own`: it belongs to the class that the way began in. `for_value`: only its value counts."""

    key: object
    looked: Looked
    module: Module
    frame: Frame | None = None
    is_own: bool = False
    for_value: bool = True
    at_import: bool = False


def journey(concrete: Class, method: Method, *, for_value: bool) -> Iterator[Stop]:
    """Every piece of code that a method of a class reaches, its own first; `for_value` leaves out what changes no result."""
    name = method.function.name
    first = Frame(concrete, method)
    looked = _of_method(method.owner, name)
    yield from _travel(Stop(looked, first, (f'{concrete.name}.{name}',), method.owner.module), concrete, first.key, for_value)


def journey_of_value(owner: Class, value: Expression) -> Iterator[Stop]:
    """Every piece of code that runs while an expression of a class body is worked out, itself first."""
    looked = look(of_value(owner.module, owner, value))
    later = {node.at for each in walk(value) if isinstance(each, facts.Lambda) for node in walk(each.value)}
    reads = [read for read in looked.reads if read.node.at not in later]
    steps = [step for step in looked.steps if step.node.at not in later and _is_run_at_once(step)]
    yield from _travel(Stop(Looked(looked.code, reads, steps, []), None, (), owner.module, at_import=True), owner, None, for_value=True)


def travellers(module: Module, tells: Callable[[Looked], bool]) -> tuple[Class, ...]:
    """The classes on whose journeys a module may be told of something: its own, and those below them if there is anything to tell.

    `tells` says whether a piece of code holds what a journey looks for. A base class of all tasks seldom does, and the classes below it
    are all files of the project.
    """
    own = module.classes
    if not any(looked.leads_out or tells(looked) for each in own for looked in _own_code(each)):
        return own
    return tuple(dict.fromkeys((*own, *(heir for owner in own for heir in owner.downwards()))))


def _own_code(owner: Class) -> Iterator[Looked]:
    """The methods of a class, and the values that its body gives to attributes."""
    yield from (_of_method(owner, name) for name in owner.own_methods)
    for name, assignment in owner.own_attributes.items():
        if assignment.value is not None and not may_be_parameter(owner, name):
            yield _of_attribute(owner, name)


def _is_run_at_once(step: Step) -> bool:
    """Whether code is run where a step stands, not handed on as a function."""
    return isinstance(step.node, facts.Call) or step.is_constant


def _travel(first: Stop, root: Class, key: object, for_value: bool) -> Iterator[Stop]:
    pending = deque([first])
    known: set[object] = {(key, NOBODY)}
    while pending and len(known) < _MOST_CODES:
        stop = pending.popleft()
        yield stop
        for step in stop.looked.steps:
            target = _target(step, stop.frame, root)
            if target is None:
                continue
            names = given(step.node, target.looked.code, left_out(stop.looked.code, stop.given))
            key = (target.key, names)
            if key in known or (for_value and target.for_value and not stop.looked.matters(step.node)):
                continue
            known.add(key)
            left = () if target.is_own else (*stop.left, (stop.module.path, step.node.at))
            at_import = stop.at_import or target.at_import
            pending.append(Stop(target.looked.given(names), target.frame, (*stop.trail, step.shown), target.module, left, at_import, names))


def _target(step: Step, frame: Frame | None, root: Class) -> _Target | None:
    symbol = step.symbol
    if isinstance(symbol, FunctionSymbol):
        return _Target((symbol.module.path, symbol.function.at), _of_function(symbol.module, symbol.function), symbol.module)
    if isinstance(symbol, Value):
        return _Target(
            (symbol.module.path, symbol.expression.at), _of_value(symbol.module, symbol.expression), symbol.module, at_import=True
        )
    if step.owner is not None:
        return _of_class(step.owner, step.name, root)
    if frame is None or not isinstance(step.target, facts.Attribute):
        return None
    found = _own_method(step.target, frame)
    if found is not None:
        return _of_frame(found, root)
    is_attribute = step.name not in frame.concrete.parameters and frame.own(step.target) is not None
    return _of_class_body(step.name, frame, root) if is_attribute else None


def _of_class(owner: Class, name: str, root: Class) -> _Target | None:
    """`Class.x(...)`: a class method is bound to that class, an instance method to whatever it is given, most likely `self`."""
    method = owner.method(name)
    if not isinstance(method, Method) and name in owner.own_attributes:
        looked = _of_attribute(owner, name)
        return _Target((owner.module.path, looked.code.body[0].at), looked, owner.module, at_import=True)
    if not isinstance(method, Method) or not is_defined_once(method):
        return None
    is_bound = method.kind in ('class', 'static') or owner not in root.ancestors
    return _of_frame(Frame(owner if is_bound else root, method), root)


def _own_method(node: facts.Attribute, frame: Frame) -> Frame | None:
    """The method behind `self.x` and `super().x`, in a class method behind `cls.x`."""
    if frame.kind == 'class' and isinstance(node.value, facts.Name) and node.value.name == frame.method.self_name:
        found = frame.concrete.method(node.name)
        return Frame(frame.concrete, found) if isinstance(found, Method) and is_defined_once(found) else None
    met = frame.find(node)
    return met if isinstance(met, Frame) else None


def _of_frame(frame: Frame, root: Class) -> _Target:
    """A method: one of the task itself may work by itself, whatever becomes of its value."""
    method, is_own = frame.method, frame.concrete is root
    looked = _of_method(method.owner, method.function.name)
    return _Target((*frame.key, frame.concrete), looked, method.owner.module, frame, is_own, not is_own)


def _of_class_body(name: str, frame: Frame, root: Class) -> _Target | None:
    giver, value = frame.class_giver(name), frame.class_value(name)
    if giver is None or value is None or may_be_parameter(giver, name) or any(True for _ in frame.assigning(name)):
        return None
    key = (giver.module.path, value.at)
    return _Target(key, _of_attribute(giver, name), giver.module, is_own=frame.concrete is root, at_import=True)


# --- one piece of code ---


@remembered
def _of_function(module: Module, function: facts.Function) -> Looked:
    return look(of_function(module, function))


@remembered
def _of_value(module: Module, value: Expression) -> Looked:
    return look(of_value(module, None, value))


@remembered
def _of_attribute(owner: Class, name: str) -> Looked:
    value = owner.own_attributes[name].value
    assert value is not None
    return look(of_value(owner.module, owner, value))


@remembered
def _of_method(owner: Class, name: str) -> Looked:
    return look(of_method(owner.own_methods[name]))


def look(code: Code) -> Looked:
    """What one piece of code reads, and where it leads."""
    reads, steps, calls = [], [], []
    covered: dict[int, Expression] = {}  # holds the nodes, so that no other gets their id
    for node, place in read_in(code):
        if type(node) not in _TELLING or (type(node) is facts.Name and not _leads_on(node, place)):
            continue
        if isinstance(node, facts.Call):
            calls.append((node, place))
        if id(node) in covered:
            continue
        if (found := read(node, place)) is not None:
            reads.append(found)
        elif (step := _step(node, place)) is not None:
            steps.append(step)
            covered.update((id(each), each) for each in _chain(step.target))
    return Looked(code, reads, steps, calls)


def _leads_on(name: facts.Name, code: Code) -> bool:
    """Whether a name may mean more than a value of its function or something of a library, as few do."""
    return not code.is_function or not isinstance(code.resolve(name), (Unknown, Library))


def _chain(node: Expression) -> Iterator[Expression]:
    """A chain of attributes from its end to its root."""
    while isinstance(node, facts.Attribute):
        yield node
        node = node.value
    if isinstance(node, facts.Name):
        yield node


def _step(node: Expression, code: Code) -> Step | None:
    called = node.function if isinstance(node, facts.Call) else None
    target = called or node
    if not isinstance(target, (facts.Name, facts.Attribute)):
        return None
    symbol = code.resolve(target)
    if isinstance(symbol, Library) and code.is_function:
        return None
    if isinstance(symbol, FunctionSymbol):
        is_inside = '<locals>' in symbol.function.qualname and symbol.module is code.module
        return None if is_inside else Step(node, target, symbol)
    if isinstance(symbol, Value):
        return Step(node, target, symbol)
    if isinstance(symbol, Class):
        return None if called is None else _construction(Step(node, target, None, symbol))
    if isinstance(node, facts.Name) and (value := code.of_own_body(node)) is not None:
        return Step(node, target, Value(code.module, value))
    if called is None and (giver := code.giver(node)) is not None:
        return Step(node, target, None, giver, target.name)
    return _member(Step(node, target, name=target.name), code) if isinstance(target, facts.Attribute) else None


def _construction(step: Step) -> Step | None:
    made = step.owner
    if made is None or made.is_luigi_task or is_configuration(made):
        return None
    name = next((name for name in _AT_CONSTRUCTION if made.project_method(name) is not None), '')
    return msgspec.structs.replace(step, name=name) if name else None


def _member(step: Step, code: Code) -> Step | None:
    """A method or property of `self`, of a class, or of an object that is made of a class of the project."""
    target = step.target
    if code.own(target) is not None or not isinstance(target, facts.Attribute) or is_super(target.value):
        return step
    owner = code.resolve(target.value)
    if not isinstance(owner, Class):
        made, place = code.origin(target.value) or (target.value, code)
        found = place.resolve(made.function) if isinstance(made, facts.Call) else None
        owner = found if isinstance(found, Class) and not found.is_luigi_task else owner
    if not isinstance(owner, Class) or owner.project_method(target.name) is None:
        return None
    return msgspec.structs.replace(step, owner=owner)
