"""Which parameters of a task the value of an expression depends on: what a file name holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.classes import Class
from gokart_lint.project.module import names_in
from gokart_lint.project.parameters import pairs
from gokart_lint.project.symbols import Library, Value, is_library
from gokart_lint.walking import children, everything, own_expressions, statements, walk

Held = frozenset[str] | None
"""Names of parameters; None stands for what the text does not show, which may be all of them."""

EMPTY: frozenset[str] = frozenset()
_ABOUT_THE_CLASS = frozenset(
    {'__class__', '__doc__', '__module__', 'get_task_family', 'get_task_namespace', 'task_family', 'task_namespace'}
)
_FIXED = ('builtins.dict', 'builtins.list', 'builtins.set', 'builtins.str', 'builtins.tuple', 'os.path.', 'pathlib.')
_REACHING = ('builtins.eval', 'builtins.exec', 'builtins.locals', 'builtins.vars')


class Dependence:
    """The parameters behind the values of one concrete class. Where the text leaves a doubt, too many are counted, never too few."""

    def __init__(self, concrete: Class) -> None:
        self.concrete = concrete
        self._following: set[object] = set()

    def of(self, node: Expression, frame: Frame, formals: Mapping[str, Held]) -> Held:
        """What an expression in a method depends on; `formals` says what the arguments of the method hold, None for one not known."""
        if frame.is_self(node):
            return None
        if isinstance(node, facts.Name):
            return self._name(node.name, frame, formals)
        if isinstance(node, facts.Attribute):
            if frame.own(node) is not None or frame.above(node) is not None:
                return self._member(node, frame, ())
            return self.of(node.value, frame, formals)
        if isinstance(node, facts.Call):
            return self._call(node, frame, formals)
        return _union(self.of(each, frame, formals) for each in children(node))

    def tests(self, frame: Frame, formals: Mapping[str, Held]) -> Held:
        """What the branches of a method depend on: a value that decides which path is taken has its own file."""
        return _union(self.of(test, frame, formals) for test in _tests(frame.method.function.body))

    # --- names ---

    def _name(self, name: str, frame: Frame, formals: Mapping[str, Held]) -> Held:
        """All that is ever assigned to a name of the method, and what is put into it; one of the module holds no parameter."""
        key = (frame.key, name)
        if key in self._following:
            return EMPTY
        self._following.add(key)
        held = _union(self.of(node, frame, formals) for node in bound_to(name, frame.method.function.body))
        self._following.discard(key)
        is_formal = any(formal.name == name for formal in frame.method.function.formals)
        return _union([held, formals.get(name) if is_formal else EMPTY])

    # --- calls ---

    def _call(self, node: facts.Call, frame: Frame, formals: Mapping[str, Held]) -> Held:
        function = node.function
        if isinstance(function, facts.Name):
            symbol = frame.resolve(function)
            if is_library(symbol, *_REACHING):
                return None
            if is_library(symbol, 'builtins.type', 'builtins.isinstance') and node.arguments and frame.is_self(node.arguments[0].value):
                return EMPTY
        given = [(argument, self.of(argument.value, frame, formals)) for argument in node.arguments]
        if isinstance(function, facts.Attribute) and (frame.own(function) is not None or frame.above(function) is not None):
            return self._member(function, frame, given)
        return _union([self.of(function, frame, formals), *(held for _, held in given)])

    def _member(self, node: facts.Attribute, frame: Frame, given: Iterable[tuple[facts.Argument, Held]]) -> Held:
        """What `self.x`, or the result of `self.x(...)`, depends on."""
        held = _union(held for _, held in given)
        name = node.name
        if frame.own(node) is not None:
            assigned = self._assigned(name, frame)
            if name in self.concrete.parameters:
                return _union([held, assigned, frozenset({name})])
            if name in vocabulary.TASK_ON_KART_PARAMETERS and not frame.find(node):
                return _union([held, assigned])
        found = frame.find(node)
        if isinstance(found, Frame):
            return self._result(found, list(given))
        if name in _ABOUT_THE_CLASS and found is None:
            return held
        if frame.own(node) is None:
            return None
        giver, value = frame.class_giver(name), frame.class_value(name)
        is_known = any(True for _ in frame.assigning(name)) or (giver is not None and value is not None and _is_fixed(value, giver))
        return _union([held, assigned]) if is_known else None

    def _assigned(self, name: str, frame: Frame) -> Held:
        """What the methods of the class assign to `self.x`."""
        key = (self.concrete, name)
        if key in self._following:
            return EMPTY
        self._following.add(key)
        held = _union(
            self.of(assign.value, place, {}) if assign.value is not None and not assign.operator else None
            for place, assign in frame.assigning(name)
        )
        self._following.discard(key)
        return held

    def _result(self, found: Frame, given: list[tuple[facts.Argument, Held]]) -> Held:
        """What a method or property gives back."""
        if found.kind in ('static', 'class'):
            return _union(held for _, held in given)
        if found.kind == 'decorated' or found.key in self._following:
            return None
        self._following.add(found.key)
        formals = bound(found, given)
        body = found.method.function.body
        values = (node for statement in statements(body) if isinstance(statement, facts.Return) for node in own_expressions(statement))
        yielded = (node for node in everything(body, nested=False) if isinstance(node, facts.Yield))
        held = _union([self.tests(found, formals), *(self.of(node, found, formals) for node in (*values, *yielded))])
        self._following.discard(found.key)
        return held


def bound(found: Frame, given: list[tuple[facts.Argument, Held]]) -> dict[str, Held]:
    """What each formal parameter of a method holds in a call; where stars leave it open, all that the call is given."""
    everything_given = _union(held for _, held in given)
    formals = found.method.function.formals[1:]
    if any(argument.star for argument, _ in given) or any(formal.kind in ('*', '**') for formal in formals):
        return {formal.name: everything_given for formal in formals}
    positional = [held for argument, held in given if argument.keyword is None]
    keywords = {argument.keyword: held for argument, held in given if argument.keyword is not None}
    result: dict[str, Held] = {}
    for index, formal in enumerate(formals):
        if formal.kind != 'keyword' and index < len(positional):
            result[formal.name] = positional[index]
        else:
            result[formal.name] = keywords.get(formal.name, EMPTY)
    return result


def _is_fixed(node: Expression, owner: Class) -> bool:
    """Whether a value in a class body is the same for every instance: no property, function or other descriptor."""
    if isinstance(node, (facts.Name, facts.Attribute)):
        value = owner.own_attributes[node.name].value if isinstance(node, facts.Name) and node.name in owner.own_attributes else None
        if value is not None:
            return value != node and _is_fixed(value, owner)
        return isinstance(owner.resolve(node), (Value, Class))
    if isinstance(node, facts.Call):
        symbol = owner.resolve(node.function)
        is_text = isinstance(node.function, facts.Attribute) and isinstance(node.function.value, (facts.Constant, facts.Text))
        if not is_text and not (isinstance(symbol, Library) and symbol.name.startswith(_FIXED)):
            return False
        return all(_is_fixed(argument.value, owner) for argument in node.arguments)
    return not isinstance(node, facts.Lambda) and all(_is_fixed(each, owner) for each in children(node))


def bound_to(name: str, block: Iterable[Statement]) -> Iterator[Expression]:
    """Every expression of a function that may give a local name its value, or put something into it."""
    for statement in statements(block):
        if isinstance(statement, facts.Assign) and statement.value is not None:
            for target in statement.targets:
                if root_name(target) == name or name in names_in(target):
                    yield dict(pairs(target, statement.value)).get(name, statement.value)
                    if isinstance(target, facts.Subscript):
                        yield target.index
        elif isinstance(statement, facts.Loop) and statement.target is not None and name in names_in(statement.target):
            yield statement.subject
        elif isinstance(statement, facts.With):
            yield from (context.value for context in statement.contexts if context.target is not None and name in names_in(context.target))
        elif isinstance(statement, facts.Match) and any(name in case.names for case in statement.cases):
            yield statement.subject
        elif isinstance(statement, facts.Define) and statement.function.name == name:
            yield from everything(statement.function.body)
        for node in own_expressions(statement):
            yield from _bound_inside(name, node)


def given_back(block: Iterable[Statement]) -> frozenset[str]:
    """The local names of a function whose values can reach what it returns, or what it calls."""
    pending: list[Expression] = [node for node in everything(block, nested=False) if isinstance(node, facts.Yield)]
    for statement in statements(block):
        if isinstance(statement, facts.Return):
            pending += own_expressions(statement)
        elif isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Call):
            pending += (argument.value for argument in statement.value.arguments)
        elif isinstance(statement, facts.Define):
            pending += everything(statement.function.body)
    found: set[str] = set()
    while pending:
        new = {node.name for node in walk(pending.pop()) if isinstance(node, facts.Name)} - found
        found |= new
        pending += (value for name in new for value in bound_to(name, block))
    return frozenset(found)


def _bound_inside(name: str, node: Expression) -> Iterator[Expression]:
    if isinstance(node, facts.Walrus) and name in names_in(node.target):
        yield node.value
    elif isinstance(node, facts.Comprehension):
        yield from (clause.iterable for clause in node.clauses if name in names_in(clause.target))
    elif isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute) and root_name(node.function.value) == name:
        yield from (argument.value for argument in node.arguments)
    for each in children(node):
        yield from _bound_inside(name, each)


def root_name(node: Expression) -> str | None:
    while isinstance(node, (facts.Attribute, facts.Subscript)):
        node = node.value
    return node.name if isinstance(node, facts.Name) else None


def _tests(block: Iterable[Statement]) -> Iterator[Expression]:
    for statement in statements(block):
        if isinstance(statement, facts.Branch):
            yield statement.test
        elif isinstance(statement, (facts.Loop, facts.Match)):
            yield statement.subject
        elif isinstance(statement, facts.Assert):
            yield statement.test


def _union(held: Iterable[Held]) -> Held:
    found: set[str] = set()
    for each in held:
        if each is None:
            return None
        found |= each
    return frozenset(found)
