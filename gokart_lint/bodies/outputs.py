"""What `output()` of a concrete task class gives: targets of its own, those of its dependencies, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.frames import Frame, is_defined_once
from gokart_lint.facts import Expression
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import names_in
from gokart_lint.project.parameters import pairs
from gokart_lint.project.symbols import Library
from gokart_lint.walking import everything, flattened


class Given(Enum):
    """What one value is. A display counts as OWN if one of its targets is: all must exist for the task to be complete."""

    OWN = auto()
    """A target whose name holds the key of the task."""
    INPUT = auto()
    """A target, or several, of the dependencies."""
    TASK = auto()
    """A dependency itself."""
    NOTHING = auto()
    """No target at all: such a task is always complete."""
    UNKNOWN = auto()


Kinds = frozenset[Given]

OWN, INPUT, TASK = frozenset({Given.OWN}), frozenset({Given.INPUT}), frozenset({Given.TASK})
NOTHING, UNKNOWN = frozenset({Given.NOTHING}), frozenset({Given.UNKNOWN})

_PARTS = frozenset({'copy', 'get', 'items', 'pop', 'values'})
_FILLERS = frozenset({'append', 'extend', 'insert', 'setdefault', 'update'})
_KEEPERS = frozenset({
    'builtins.dict', 'builtins.iter', 'builtins.list', 'builtins.next', 'builtins.reversed', 'builtins.set', 'builtins.sorted',
    'builtins.tuple', 'copy.copy', 'copy.deepcopy', 'gokart.utils.flatten', 'luigi.flatten', 'luigi.task.flatten',
})  # fmt: skip
"""Functions that give their first argument back, or a part of it."""


def given_output(concrete: Class) -> Kinds:
    """What the returns of `output()` give, for an instance of a concrete class."""
    found = concrete.method('output')
    if found is None:
        return OWN
    return _Reader().method(Frame(concrete, found)) if isinstance(found, Method) else UNKNOWN


class _Reader:
    """Follows values through the names and methods of one class. What leads back to itself is unknown."""

    def __init__(self) -> None:
        self.following: set[object] = set()

    def method(self, frame: Frame) -> Kinds:
        body = frame.method.function.body
        is_plain = frame.kind in ('instance', 'property') and not frame.method.function.is_async
        if (
            not is_plain
            or not is_defined_once(frame.method)
            or frame.key in self.following
            or any(isinstance(node, facts.Yield) for node in everything(body, nested=False))
        ):
            return UNKNOWN
        self.following.add(frame.key)
        returns = [each for each in flattened(body) if isinstance(each, facts.Return)]
        found = _union(NOTHING if each.value is None else self.value(each.value, frame, {}) for each in returns)
        self.following.discard(frame.key)
        return found or NOTHING

    def value(self, node: Expression, frame: Frame, names: dict[str, Kinds]) -> Kinds:
        """What an expression gives; `names` are those that comprehensions around it bind."""
        if isinstance(node, facts.Constant):
            return NOTHING if node.value is None else UNKNOWN
        if isinstance(node, facts.Name):
            return names[node.name] if node.name in names else self.name(node.name, frame)
        if isinstance(node, facts.Attribute):
            return self.attribute(node, frame)
        if isinstance(node, facts.Call):
            return self.call(node, frame, names)
        if isinstance(node, (facts.Walrus, facts.Star, facts.Subscript)):
            return self.value(node.value, frame, names)
        if isinstance(node, facts.Conditional):
            return self.value(node.then, frame, names) | self.value(node.otherwise, frame, names)
        if isinstance(node, (facts.Collection, facts.Mapping)):
            return _together(self.value(each, frame, names) for each in (node.items if isinstance(node, facts.Collection) else node.values))
        if isinstance(node, facts.Operation):
            operands = [self.value(each, frame, names) for each in node.operands]
            return {'boolean': _union, 'arithmetic': _together}.get(node.kind, lambda _: UNKNOWN)(operands)
        return self.comprehension(node, frame, names) if isinstance(node, facts.Comprehension) else UNKNOWN

    def comprehension(self, node: facts.Comprehension, frame: Frame, names: dict[str, Kinds]) -> Kinds:
        inner = dict(names)
        for clause in node.clauses:
            inner.update(dict.fromkeys(names_in(clause.target), self.value(clause.iterable, frame, inner)))
        return _together([self.value(node.elements[-1], frame, inner)])

    def name(self, name: str, frame: Frame) -> Kinds:
        """What a local name holds: all values that it is assigned, and all that is put into them."""
        values = frame.scope.assigned.get(name)
        if not values or (frame.key, name) in self.following:
            return UNKNOWN
        self.following.add((frame.key, name))
        whole = [self.value(value, frame, {}) for value in values if value is not None]
        parts = [self.part(target, value, name, frame) for target, value in _unpacked(name, frame)]
        assigned = _union([*whole, *parts, UNKNOWN if len(whole) + len(parts) < len(values) else frozenset()])
        filled = [self.value(value, frame, {}) for value in _put_into(name, frame)]
        self.following.discard((frame.key, name))
        return _together([assigned, *filled]) if filled else assigned

    def part(self, target: Expression, value: Expression, name: str, frame: Frame) -> Kinds:
        """What a name among others is given: of the inputs any is one, of a display with a target of its own any may be that."""
        alone = dict(pairs(target, value)).get(name)
        kinds = self.value(value if alone is None else alone, frame, {})
        return kinds if alone is not None or kinds in (INPUT, TASK) else UNKNOWN

    def attribute(self, node: facts.Attribute, frame: Frame) -> Kinds:
        name = frame.own(node)
        if name is None:
            return UNKNOWN
        parameter = frame.concrete.parameters.get(name)
        if parameter is not None:
            return TASK if parameter.holds_tasks else UNKNOWN
        found = frame.find(node)
        if isinstance(found, Frame):
            return self.method(found) if found.kind == 'property' else UNKNOWN
        key = (frame.concrete, name)
        if key in self.following:
            return UNKNOWN
        self.following.add(key)
        kinds = _union(
            self.value(assign.value, place, {})
            if assign.value is not None and len(assign.targets) == 1 and place.own(assign.targets[0])
            else UNKNOWN
            for place, assign in frame.assigning(name)
        )
        self.following.discard(key)
        return kinds or UNKNOWN

    def call(self, node: facts.Call, frame: Frame, names: dict[str, Kinds]) -> Kinds:
        function = node.function
        symbol = frame.resolve(function)
        if isinstance(symbol, Library) and symbol.name in _KEEPERS:
            return _together(self.value(argument.value, frame, names) for argument in node.arguments if argument.keyword != 'key')
        if not isinstance(function, facts.Attribute):
            return UNKNOWN
        if frame.own(function) is not None or frame.above(function) is not None:
            return self.own_method(node, function, frame)
        held = self.value(function.value, frame, names)
        if function.name == 'output':
            return INPUT if held == TASK else UNKNOWN
        if function.name not in _PARTS:
            return UNKNOWN
        return _union([held, *(self.value(argument.value, frame, names) for argument in node.arguments[1:])])

    def own_method(self, node: facts.Call, function: facts.Attribute, frame: Frame) -> Kinds:
        """What `self.x(...)` or `super().x(...)` gives."""
        found = frame.find(function)
        if isinstance(found, Frame):
            return self.method(found)
        if found is not None:
            return UNKNOWN
        if function.name in vocabulary.TARGET_MAKERS:
            return OWN if _holds_key(node, function.name) else UNKNOWN
        return {'input': INPUT, 'requires': TASK, 'output': OWN}.get(function.name, UNKNOWN)


def _holds_key(node: facts.Call, maker: str) -> bool:
    """Whether a target is surely made with the key of the task in its name."""
    given = node.keyword('use_unique_id') or node.positional(vocabulary.TARGET_MAKERS[maker].index('use_unique_id'))
    if given is None:
        return not node.unpacks
    return isinstance(given.value, facts.Constant) and given.value.value is True


def _unpacked(name: str, frame: Frame) -> Iterable[tuple[Expression, Expression]]:
    """The assignments that give a local name a part of what they assign."""
    for statement in flattened(frame.method.function.body):
        if isinstance(statement, facts.Assign) and statement.value is not None and not statement.operator:
            for target in statement.targets:
                if isinstance(target, facts.Collection) and name in names_in(target):
                    yield target, statement.value


def _put_into(name: str, frame: Frame) -> Iterable[Expression]:
    """What a method puts into the dict or list that a local name holds."""
    body = frame.method.function.body
    for statement in flattened(body):
        if (
            isinstance(statement, facts.Assign)
            and statement.value is not None
            and any(_is_item_of(target, name) for target in statement.targets)
        ):
            yield statement.value
    for node in everything(body):
        if isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute) and node.function.name in _FILLERS:
            holder = node.function.value
            if isinstance(holder, facts.Name) and holder.name == name and node.arguments:
                yield node.arguments[-1].value


def _is_item_of(target: Expression, name: str) -> bool:
    return isinstance(target, facts.Subscript) and isinstance(target.value, facts.Name) and target.value.name == name


def _union(kinds: Iterable[Kinds]) -> Kinds:
    return frozenset(kind for each in kinds for kind in each)


def _together(kinds: Iterable[Kinds]) -> Kinds:
    """What a display of some values gives."""
    parts = [each for each in kinds if each != NOTHING]
    if OWN in parts:
        return OWN
    return parts[0] if parts and all(each == parts[0] for each in parts) and len(parts[0]) == 1 else UNKNOWN if parts else NOTHING
