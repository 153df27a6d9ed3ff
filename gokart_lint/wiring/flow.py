"""What the names of a function may be at each of its statements, and what the function returns.

A reading of the statements in order: branches are read apart and brought together, a loop is read until nothing new comes of it, and
a list or dict that leaves the reader's sight (handed to a function, bound to a second name) is no longer known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts
from gokart_lint.facts import Span, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Method
from gokart_lint.project.module import names_in
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import FunctionSymbol, Library, Unknown, Value
from gokart_lint.walking import everything, own_expressions, statements, walk
from gokart_lint.wiring.alternatives import (
    NOTHING_KNOWN,
    Alternatives,
    Kind,
    Known,
    Row,
    Several,
    Table,
    elements,
    held,
    is_container,
    united,
    unpacked,
)
from gokart_lint.wiring.filling import WRITES, assigned, deleted, held_by, written
from gokart_lint.wiring.values import Names, View, evaluate, method_names

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.project import Project

_READS = frozenset({'clone', 'copy', 'count', 'debug', 'get', 'index', 'info', 'items', 'keys', 'load', 'values', 'warning'})
_MOST_ROUNDS = 12


class Flow:
    """One reading of a block: `states` holds what is seen at each statement that can be reached, by its place."""

    def __init__(self, view: View, block: Iterable[Statement]) -> None:
        self.view = view
        self.states: dict[Span, tuple[Statement, View]] = {}
        self._returned: list[Alternatives] = []
        self._leaving: list[list[Names]] = []  # for each loop around, the names at its `break` and `continue`
        self.end = self._block(block, view.names)
        if self.end is not None:
            self._returned.append(NOTHING_KNOWN)

    @property
    def returned(self) -> Alternatives:
        """What a call of the function gives."""
        return united(*self._returned) or NOTHING_KNOWN

    def _block(self, block: Iterable[Statement], names: Names | None) -> Names | None:
        """The names behind a block; None if its end cannot be reached."""
        for statement in block:
            if names is None:
                break
            names = self._statement(statement, names)
        return names

    def _statement(self, statement: Statement, names: Names) -> Names | None:
        view = View(self.view.place, names)
        view = view.seeing(_walruses(statement, view))
        self.states[statement.at] = (statement, view)
        names = {**view.names, **_out_of_sight(statement, view)}
        view = View(self.view.place, names)
        if isinstance(statement, facts.Assign):
            return assigned(statement, view)
        if isinstance(statement, facts.Evaluate):
            return {**names, **written(statement.value, view)}
        if isinstance(statement, facts.Return):
            self._returned.append(NOTHING_KNOWN if statement.value is None else evaluate(statement.value, view))
            return None
        if isinstance(statement, facts.Raise):
            return None
        if isinstance(statement, facts.Plain):
            return self._plain(statement, names)
        if isinstance(statement, facts.Delete):
            return deleted(statement, view)
        if isinstance(statement, (facts.Import, facts.Define, facts.DefineClass)):
            return _rebound(statement, names)
        return self._compound(statement, view)

    def _plain(self, statement: facts.Plain, names: Names) -> Names | None:
        if statement.word in ('break', 'continue'):
            if self._leaving:
                self._leaving[-1].append(names)
            return None
        return {**names, **dict.fromkeys(statement.names, NOTHING_KNOWN)}

    def _compound(self, statement: Statement, view: View) -> Names | None:
        names = view.names
        if isinstance(statement, facts.Branch):
            return _either(self._block(statement.then, names), self._block(statement.otherwise, names))
        if isinstance(statement, facts.Loop):
            return self._loop(statement, view)
        if isinstance(statement, facts.With):
            bound = {name: NOTHING_KNOWN for each in statement.contexts if each.target is not None for name in names_in(each.target)}
            return self._block(statement.body, {**names, **bound}) or {**names, **bound}  # a context may swallow what was raised
        if isinstance(statement, facts.Try):
            return self._try(statement, names)
        if isinstance(statement, facts.Match):
            ends = [self._block(case.body, {**names, **dict.fromkeys(case.names, NOTHING_KNOWN)}) for case in statement.cases]
            return _either(names, *ends)
        return names

    def _loop(self, statement: facts.Loop, view: View) -> Names | None:
        first = self._round(statement, view)
        head = _widened(view.names, _either(view.names, *first) or view.names)
        second = _either(head, *self._round(statement, View(view.place, head))) or head
        restless = {name: NOTHING_KNOWN for name in second if second[name] != head.get(name)}
        end: Names = {**second, **restless}
        if restless:
            self._round(statement, View(view.place, end))
        if restless or any(end[name] != before for name, before in view.names.items()):
            end = _round_by_round(statement, view) or end
        return self._block(statement.otherwise, end)

    def _round(self, statement: facts.Loop, view: View) -> list[Names]:
        """The names at every end of one reading of a loop's body."""
        names = view.names
        if statement.target is not None:
            within = elements(evaluate(statement.subject, view))
            if isinstance(statement.subject, facts.Collection) and any(is_container(each) for each in within):
                held = (name for item in statement.subject.items for name in held_by(item))
                names, within = {**names, **dict.fromkeys(held, NOTHING_KNOWN)}, NOTHING_KNOWN
            names = {**names, **unpacked(statement.target, within)}
        self._leaving.append([])
        end = self._block(statement.body, names)
        ends = self._leaving.pop()
        return ends if end is None else [*ends, end]

    def _try(self, statement: facts.Try, names: Names) -> Names | None:
        end = self._block(statement.body, names)
        between = _either(names, end) or names
        often: dict[str, Alternatives] = {}
        for name in _bound_in(statement.body):  # a handler may start behind any of several assignments
            often[name] = NOTHING_KNOWN if name in often else between.get(name, NOTHING_KNOWN)
        ends = [self._block(statement.otherwise, end)]
        for handler in statement.handlers:
            caught = {**between, **often, **({handler.name: NOTHING_KNOWN} if handler.name else {})}
            ends.append(self._block(handler.body, caught))
        behind = _either(*ends)
        if not statement.cleanup:
            return behind
        after = self._block(statement.cleanup, behind if behind is not None else {**between, **often})
        return None if behind is None else after


def _round_by_round(statement: facts.Loop, view: View) -> Names | None:
    """The names behind a loop that goes through a few values in order, and does nothing else; None if it is not so simple."""
    subject = evaluate(statement.subject, view) if statement.target is not None else ()
    row = subject[0] if len(subject) == 1 else None
    if statement.target is None or not isinstance(row, Row) or len(row.items) > _MOST_ROUNDS or _leaves(statement.body):
        return None
    said = statement.subject.items if isinstance(statement.subject, facts.Collection) else ()
    if any(name in view.names for item in said for name in held_by(item)):
        return None
    names: Names = view.names
    for item in row.items:
        end = Flow(View(view.place, {**names, **unpacked(statement.target, item)}), statement.body).end
        if end is None:
            return None
        names = end
    return names


def _leaves(block: Iterable[Statement]) -> bool:
    return any(
        isinstance(each, (facts.Return, facts.Try)) or getattr(each, 'word', '') in ('break', 'continue') for each in statements(block)
    )


# --- single statements ---


def _rebound(statement: Statement, names: Names) -> Names:
    """The names behind an import or a definition, which are found through the scope."""
    gone = ''
    if isinstance(statement, facts.Import):
        gone = statement.bound
    elif isinstance(statement, facts.Define):
        gone = statement.function.name
        inner = (each for each in statements(statement.function.body) if isinstance(each, facts.Plain))
        names = {**names, **{name: NOTHING_KNOWN for each in inner for name in each.names}}
    elif isinstance(statement, facts.DefineClass):
        gone = statement.qualname.rpartition('.')[2]
    return {name: value for name, value in names.items() if name != gone}


def _walruses(statement: Statement, view: View) -> Names:
    found: dict[str, Alternatives] = {}
    for expression in own_expressions(statement):
        for node in walk(expression):
            if isinstance(node, facts.Walrus):
                found.update(unpacked(node.target, evaluate(node.value, view)))
    return found


def _out_of_sight(statement: Statement, view: View) -> Names:
    """The names of lists and dicts that something which a statement calls or defines may change."""
    containers = {name for name, value in view.names.items() if any(is_container(each) for each in value)}
    if not containers:
        return {}
    found: set[str] = set()
    called: set[int] = set()
    for expression in own_expressions(statement):
        for node in walk(expression):
            if isinstance(node, facts.Attribute) and isinstance(node.value, facts.Name) and id(node) not in called:
                found |= containers & {node.value.name}  # `tasks.update`, to be called elsewhere
            elif isinstance(node, facts.Call):
                called.add(id(node.function))
                found |= containers.intersection(
                    _handed_over(node, view, isinstance(statement, facts.Evaluate) and node is statement.value)
                )
    if isinstance(statement, facts.Define):
        found |= {node.name for node in everything(statement.function.body) if isinstance(node, facts.Name)} & containers
    return dict.fromkeys(found, NOTHING_KNOWN)


def _handed_over(call: facts.Call, view: View, is_statement: bool) -> Iterator[str]:
    function = call.function
    if isinstance(function, facts.Attribute):
        kept = function.name in _READS or (function.name in WRITES and is_statement)
        if isinstance(function.value, facts.Name) and not kept:
            yield function.value.name
    else:
        symbol = view.symbol(function)
        kept = isinstance(symbol, Library) and symbol.name.startswith('builtins.')
    if not kept and not any(isinstance(each, Kind) for each in evaluate(function, view)):
        yield from (argument.value.name for argument in call.arguments if isinstance(argument.value, facts.Name))


def _bound_in(block: Iterable[Statement]) -> Iterator[str]:
    for statement in statements(block):
        if isinstance(statement, facts.Assign):
            yield from (name for target in statement.targets for name in names_in(target))


# --- names ---


def _either(*many: Names | None) -> Names | None:
    """The names where several ways meet; a name that one way does not bind is what the others make it."""
    found: dict[str, Alternatives] | None = None
    for names in many:
        if names is None:
            continue
        if found is None:
            found = dict(names)
        elif names is not found:
            for name, value in names.items():
                found[name] = united(found[name], value) if name in found else value
    return found


def _widened(before: Names, after: Names) -> Names:
    """The names at the head of a loop: a list or dict that grows in its body is of any length."""
    return {name: value if value == before.get(name) else united(*map(_of_any_length, value)) for name, value in after.items()}


def _of_any_length(value: Known | Unknown) -> Alternatives:
    if isinstance(value, Table):
        return (Table((), held(value)),)
    if isinstance(value, Row):
        return (Several(elements((value,))),)
    return (value,)


# --- functions ---


@remembered
def flows(project: Project) -> Flows:
    """What the functions of a project return."""
    return Flows()


class Flows:
    """What the functions of a project return, and what the names of its modules are, each worked out once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Span], Alternatives] = {}

    def of_global(self, symbol: Value) -> Alternatives:
        """What a name of a module is."""
        return self._once(symbol.module, symbol.expression.at, lambda: evaluate(symbol.expression, View(Place(symbol.module))))

    def returned_by(self, called: FunctionSymbol | Method, view: View) -> Alternatives:
        """What a function or method returns, whatever it is given."""
        function = called.function
        if isinstance(called, Method):
            place = Place(called.owner.module, called.scope, called.owner, called)
            return self._once(place.module, function.at, lambda: _returned(function, View(place, method_names(called))))
        if function.decorators:
            return NOTHING_KNOWN
        place = _place_of(called, view.place)
        names = dict.fromkeys((formal.name for formal in function.formals), NOTHING_KNOWN)
        return self._once(place.module, function.at, lambda: _returned(function, View(place, names)))

    def _once(self, module: Module, at: Span, find: Callable[[], Alternatives]) -> Alternatives:
        key = (module.path, at)
        if key not in self._found:
            self._found[key] = NOTHING_KNOWN  # for a function that calls itself
            self._found[key] = find()
        return self._found[key]


def _place_of(called: FunctionSymbol, here: Place) -> Place:
    """The place of a function's body: inside the function that calls it, if it is defined there."""
    inner = here.scope is not None and called.function.qualname.startswith(f'{here.scope.function.qualname}.<locals>.')
    outer = here.scope if inner and called.module is here.module else None
    return Place(called.module, called.module.scope(called.function, outer))


def _returned(function: facts.Function, view: View) -> Alternatives:
    if function.is_async or any(isinstance(node, facts.Yield) for node in everything(function.body, nested=False)):
        return NOTHING_KNOWN
    return Flow(view, function.body).returned
