"""How the tasks that one method builds depend on each other, and which of them get a parameter of the task that builds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from gokart_lint import facts
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import children, everything, own_attribute, own_expressions, statements, walk
from gokart_lint.wiring.arguments import arguments_of
from gokart_lint.wiring.constructions import Construction, constructions
from gokart_lint.wiring.signatures import parameters_of

if TYPE_CHECKING:
    from gokart_lint.project.module import Module

Node: TypeAlias = 'Span | str'  # a construction by its place, a local name, an attribute of the task as `.name`


@remembered
def chains(module: Module) -> Chains:
    """The chains of tasks that the methods of a module build."""
    return Chains(module)


class Chains:
    """The chains of a module; those of a method are worked out when they are asked for."""

    def __init__(self, module: Module) -> None:
        self._made: dict[Span, list[Construction]] = defaultdict(list)
        for each in constructions(module.project).in_module(module):
            self._made[each.call.at].append(each)
        self._by_method: dict[tuple[str, Span], _Chain] = {}

    def passes_on(self, made: Construction, name: str) -> bool:
        """Whether a construction upstream or downstream of one in the same method is given a parameter of the task that builds it."""
        owner, method = made.view.place.owner, made.view.place.method
        if owner is None or method is None:
            return False
        key = (owner.qualname, method.function.at)
        if key not in self._by_method:
            self._by_method[key] = _Chain(owner, method, self._made)
        return self._by_method[key].passes_on(made.call.at, name)


class _Chain:
    """What feeds what in one method."""

    def __init__(self, owner: Class, method: Method, made: dict[Span, list[Construction]]) -> None:
        self._owner = owner
        self._self_name = method.self_name
        self._made = made
        self._feeders: dict[Node, set[Node]] = defaultdict(set)
        self._helpers: set[str] = set()
        self._read(method.function.body)

    def passes_on(self, at: Span, name: str) -> bool:
        upstream = self._all_feeders(at, through_tasks=True)
        if f'.{name}' in upstream or any(self._is_given(each, name) for each in upstream if isinstance(each, Span)):
            return True
        downstream = (each for each in self._feeders if isinstance(each, Span) and at in self._all_feeders(each, through_tasks=True))
        return any(self._is_given(each, name) for each in list(downstream))

    def _is_given(self, at: Span, name: str) -> bool:
        """Whether a construction gets the parameter: from `self`, under its name with a value that is no literal, or perhaps unseen."""
        if f'.{name}' in self._all_feeders(at, through_tasks=False):
            return True
        for made in self._made[at]:
            has_it = isinstance(made.cls, Class) and name in parameters_of(made.cls)
            argument = made.argument(name)
            if arguments_of(made).is_open or (made.is_clone and has_it and argument is None):
                return True
            if argument is not None and not isinstance(argument.value, facts.Constant):
                return True
        return False

    def _all_feeders(self, node: Node, *, through_tasks: bool) -> set[Node]:
        found: set[Node] = set()
        pending = [node]
        while pending:
            for each in self._feeders.get(pending.pop(), ()):
                if each not in found and (through_tasks or isinstance(each, str)):
                    found.add(each)
                    pending.append(each)
        return found

    # --- reading ---

    def _read(self, block: tuple[Statement, ...]) -> None:
        for statement in statements(block):
            for expression in own_expressions(statement):
                self._read_expression(expression)
            for target, value in _flows(statement):
                self._feed(self._written(target), value)
            if isinstance(statement, facts.Define):
                self._read(statement.function.body)
                self._feeders[statement.function.name].update(self._sources_of_body(statement.function.body))

    def _read_expression(self, expression: Expression) -> None:
        for node in walk(expression):
            if isinstance(node, facts.Call) and node.at in self._made:
                for part in children(node):
                    self._feed([node.at], part)
            elif isinstance(node, facts.Comprehension):
                for clause in node.clauses:
                    self._feed(self._written(clause.target), clause.iterable)
            elif isinstance(node, facts.Walrus):
                self._feed(self._written(node.target), node.value)

    def _feed(self, targets: Iterable[Node], value: Expression) -> None:
        sources = set(self._sources(value))
        for target in targets:
            self._feeders[target] |= sources - {target}

    def _sources(self, node: Expression) -> Iterator[Node]:
        """What an expression is made from; what stands inside a construction feeds that, and not the expression."""
        if isinstance(node, facts.Call) and node.at in self._made:
            yield node.at
            return
        attribute = own_attribute(node, self._self_name)
        if attribute is not None:
            yield f'.{attribute}'
            self._enter(attribute)
        elif isinstance(node, facts.Name):
            yield node.name
        else:
            for part in children(node):
                yield from self._sources(part)

    def _written(self, target: Expression) -> Iterator[Node]:
        """The names that an assignment changes: those that it binds, or the one whose part it sets."""
        if isinstance(target, facts.Collection):
            for item in target.items:
                yield from self._written(item)
        elif (attribute := own_attribute(target, self._self_name)) is not None:
            yield f'.{attribute}'
        elif isinstance(target, facts.Name):
            yield target.name
        elif isinstance(target, (facts.Subscript, facts.Attribute, facts.Star)):
            yield from self._written(target.value)

    def _enter(self, attribute: str) -> None:
        """A helper method or property is made from what its body takes from `self`."""
        method = None if attribute in self._helpers else self._owner.project_method(attribute)
        self._helpers.add(attribute)
        if method is None or not method.self_name:
            return
        for node in everything(method.function.body):
            read = own_attribute(node, method.self_name)
            if read is not None and read != attribute:
                self._feeders[f'.{attribute}'].add(f'.{read}')
                self._enter(read)

    def _sources_of_body(self, block: tuple[Statement, ...]) -> Iterator[Node]:
        for statement in statements(block):
            if isinstance(statement, facts.Return) and statement.value is not None:
                yield from self._sources(statement.value)


def _flows(statement: Statement) -> Iterator[tuple[Expression, Expression]]:
    """Each target of a statement with what goes into it; `tasks.append(x)` puts x into tasks."""
    if isinstance(statement, facts.Assign) and statement.value is not None:
        yield from ((target, statement.value) for target in statement.targets)
    elif isinstance(statement, facts.Loop) and statement.target is not None:
        yield statement.target, statement.subject
    elif isinstance(statement, facts.With):
        yield from ((context.target, context.value) for context in statement.contexts if context.target is not None)
    elif isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Call):
        function = statement.value.function
        if isinstance(function, facts.Attribute):
            yield from ((function.value, argument.value) for argument in statement.value.arguments)
