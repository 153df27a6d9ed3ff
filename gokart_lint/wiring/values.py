"""Which tasks an expression may be, at its place: what can be told from the text, and UNKNOWN for the rest.

What the names of a function may be at one of its statements is worked out by `flow`; this module reads expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Expression
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library, Symbol, Unknown, Value
from gokart_lint.walking import children, dotted
from gokart_lint.wiring.alternatives import (
    NOTHING_KNOWN,
    Alternatives,
    Instance,
    Kind,
    Known,
    Plain,
    Row,
    Several,
    Table,
    elements,
    entered,
    held,
    instances_of,
    is_task_class,
    joined,
    kinds_of,
    literal,
    merged,
    picked,
    united,
    unpacked,
)
from gokart_lint.wiring.rewriting import is_rewritten

if TYPE_CHECKING:
    from gokart_lint.wiring.flow import Flows

Names: TypeAlias = Mapping[str, Alternatives]


class View(msgspec.Struct, frozen=True, eq=False):
    """A place of the code, and what the local names around it may be there."""

    place: Place
    names: Names = {}

    def seeing(self, names: Names) -> View:
        """The same place where some names are bound otherwise."""
        return View(self.place, {**self.names, **names}) if names else self

    def symbol(self, node: Expression) -> Symbol:
        """The class, function or module that an expression means; UNKNOWN for a local value."""
        name = dotted(node.value if isinstance(node, facts.Subscript) else node)
        return UNKNOWN if name is None or name.partition('.')[0] in self.names else self.place.resolve(node)

    @property
    def flows(self) -> Flows:
        from gokart_lint.wiring.flow import flows  # which follows values itself

        return flows(self.place.module.project)


def evaluate(node: Expression, view: View) -> Alternatives:
    """What an expression may be; never without an alternative."""
    made = _EVALUATORS.get(type(node))
    return NOTHING_KNOWN if made is None else made(node, view) or NOTHING_KNOWN


def inside(node: facts.Comprehension, view: View) -> View:
    """What the elements of a comprehension see."""
    for clause in node.clauses:
        view = view.seeing(unpacked(clause.target, elements(evaluate(clause.iterable, view))))
    return view


def calls_in(node: Expression, view: View) -> Iterator[tuple[facts.Call, View]]:
    """The calls inside an expression, each with what is seen where it stands."""
    if isinstance(node, facts.Call):
        yield node, view
    if isinstance(node, facts.Lambda):
        view = view.seeing(dict.fromkeys(node.parameters, NOTHING_KNOWN))
    parts: Iterable[Expression] = children(node)
    if isinstance(node, facts.Comprehension):
        for clause in node.clauses:
            yield from calls_in(clause.iterable, view)
            view = view.seeing(unpacked(clause.target, elements(evaluate(clause.iterable, view))))
            for condition in clause.conditions:
                yield from calls_in(condition, view)
        parts = node.elements
    for part in parts:
        yield from calls_in(part, view)


# --- names and attributes ---


def _name(node: facts.Name, view: View) -> Alternatives:
    return view.names[node.name] if node.name in view.names else _of_symbol(view.symbol(node), view)


def _attribute(node: facts.Attribute, view: View) -> Alternatives:
    symbol = view.symbol(node)
    if symbol is not UNKNOWN:
        return _of_symbol(symbol, view)
    of = evaluate(node.value, view)
    return kinds_of(of) if node.name == '__class__' else united(*(member(each, node.name, view) for each in of))


def _of_symbol(symbol: Symbol, view: View) -> Alternatives:
    if isinstance(symbol, (Class, Library)):
        return (Kind(symbol),) if is_task_class(symbol) else NOTHING_KNOWN
    if not isinstance(symbol, Value) or symbol.module.rebinds_globals:
        return NOTHING_KNOWN
    found = view.flows.of_global(symbol)
    if isinstance(symbol.expression, facts.Collection) and symbol.expression.kind == 'tuple':
        return found
    return tuple(each if isinstance(each, (Instance, Kind)) else UNKNOWN for each in found)  # any function may change a list or a dict


def member(of: Known | Unknown, name: str, view: View) -> Alternatives:
    """What an attribute of a task may be.

    A task parameter whose expected type is known, a property that returns tasks, or what class bodies say, which the class has too.
    """
    if not isinstance(of, (Instance, Kind)) or not isinstance(of.cls, Class):
        return NOTHING_KNOWN
    parameter = of.cls.parameters.get(name)
    if parameter is None:
        from gokart_lint.wiring.class_attributes import class_attribute  # which follows values itself

        found = class_attribute(of, name)
        return _returned(of, name, view, is_property=True) if found == NOTHING_KNOWN and isinstance(of, Instance) else found
    if isinstance(of, Kind):
        return NOTHING_KNOWN
    expected = parameter.expected_class()
    if not parameter.holds_tasks or not isinstance(expected, (Class, Library)) or not is_task_class(expected):
        return NOTHING_KNOWN
    if not of.exact and any(each.parameters.get(name) is not parameter for each in of.cls.subclasses):
        return NOTHING_KNOWN
    if is_rewritten(of.cls, name):
        return NOTHING_KNOWN
    one = (Instance(expected, exact=False),)
    return (Several(one),) if parameter.is_task_list else one


def method_names(method: Method) -> dict[str, Alternatives]:
    """What the formal parameters of a method are: the first one is the task, or its class."""
    found = dict.fromkeys((formal.name for formal in method.function.formals), NOTHING_KNOWN)
    if method.self_name and is_task_class(method.owner):
        of_class = method.kind == 'class' or method.function.name in ('__new__', '__init_subclass__', '__class_getitem__')
        found[method.self_name] = ((Kind if of_class else Instance)(method.owner, exact=False),)
    return found


# --- calls ---


def _call(node: facts.Call, view: View) -> Alternatives:
    symbol = view.symbol(node.function)
    if isinstance(symbol, FunctionSymbol):
        return view.flows.returned_by(symbol, view)
    if isinstance(symbol, Library) and symbol.name.startswith('builtins.'):
        from gokart_lint.wiring.builtin_calls import called  # which follows values itself

        return called(symbol.name, node, view)
    built = built_by(node, view)
    if built != NOTHING_KNOWN or not isinstance(node.function, facts.Attribute):
        return instances_of(built)
    if is_super(node.function.value, view):
        from gokart_lint.wiring.requirements import returned_above  # which follows values itself

        return returned_above(node.function.name, view)
    found: list[Alternatives] = []
    for each in receiver(node.function, view):
        if isinstance(each, Table):
            found.append(_of_table(each, node, view))
        else:
            found.append(_returned(each, node.function.name, view, is_property=False))
    return united(*found)


def built_by(node: facts.Call, view: View) -> Alternatives:
    """The task classes that a call builds a task of: `A(...)`, `task.clone(A, ...)`, `cls(...)`."""
    function = node.function
    if not isinstance(function, facts.Attribute):
        return evaluate(function, view)
    if function.name == 'clone':
        return _cloned(node, function, view)
    return evaluate(function, view)


def _cloned(node: facts.Call, function: facts.Attribute, view: View) -> Alternatives:
    """What `task.clone(A, ...)` builds: without `A` another task of its own class (luigi.Task.clone, luigi 3.8)."""
    given = node.keyword('cls') or node.positional(0)
    if given is not None and not (isinstance(given.value, facts.Constant) and given.value.value is None):
        return evaluate(given.value, view)
    return NOTHING_KNOWN if any(argument.star == '*' for argument in node.arguments) else kinds_of(receiver(function, view))


def receiver(function: facts.Attribute, view: View) -> Alternatives:
    """What a method is called on; `super()` is the task itself."""
    value, method = function.value, view.place.method
    if method is not None and is_super(value, view):
        return evaluate(facts.Name(value.at, method.self_name), view)
    return evaluate(value, view)


def is_super(node: Expression, view: View) -> bool:
    """Whether an expression in a method is `super()`."""
    return isinstance(node, facts.Call) and view.place.method is not None and view.symbol(node.function) == Library('builtins.super')


def _of_table(table: Table, node: facts.Call, view: View) -> Alternatives:
    method = node.function.name if isinstance(node.function, facts.Attribute) else ''
    if method == 'values':
        return (Several(held(table)),) if table.rest else (Row(tuple(value for _, value in table.entries)),)
    if method == 'items':
        if table.rest:
            return (Several((Row((NOTHING_KNOWN, held(table))),)),)
        return (Row(tuple(((Row(((Plain.of(key),), value)),)) for key, value in table.entries)),)
    if method == 'get':
        value = dict(table.entries).get(literal(first_argument(node, view)))  # type: ignore[arg-type]
        return NOTHING_KNOWN if value is None or table.rest else value
    return (table,) if method == 'copy' else NOTHING_KNOWN


def _returned(of: Known | Unknown, name: str, view: View, *, is_property: bool) -> Alternatives:
    """What a method that the project defines returns, in the class of the task and in all classes below that it may be of."""
    if not isinstance(of, (Instance, Kind)) or not isinstance(of.cls, Class):
        return NOTHING_KNOWN
    found: list[Alternatives] = []
    for each in (of.cls,) if of.exact else (of.cls, *of.cls.subclasses):
        method = each.project_method(name)
        if method is None and not is_property and isinstance(of, Instance):
            from gokart_lint.wiring.requirements import given_by_library  # which follows values itself

            found.append(given_by_library(each, name))
            continue
        if method is None or (method.kind == 'property') is not is_property or method.kind == 'decorated':
            return NOTHING_KNOWN
        if not method.is_abstract:
            found.append(view.flows.returned_by(method, view))
    return united(*found)


def first_argument(node: facts.Call, view: View) -> Alternatives:
    """What the first positional argument of a call may be."""
    given = node.positional(0)
    return NOTHING_KNOWN if given is None else evaluate(given.value, view)


def in_order(alternatives: Alternatives) -> Alternatives:
    """What going through some values in order may give."""
    return tuple(each if isinstance(each, (Row, Several)) else Several(elements((each,))) for each in alternatives)


# --- the other expressions ---


def _collection(node: facts.Collection, view: View) -> Alternatives:
    found: Alternatives = (Row(()),)
    for item in node.items:
        found = joined(found, in_order(evaluate(item.value, view)) if isinstance(item, facts.Star) else (Row((evaluate(item, view),)),))
    return (Several(elements(found)),) if node.kind == 'set' else found


def _mapping(node: facts.Mapping, view: View) -> Alternatives:
    found: Alternatives = (Table(()),)
    for key, value in zip(node.keys, node.values, strict=True):
        given = evaluate(value, view)
        if key is None:
            found = merged(found, given)
        else:
            name = literal(evaluate(key, view))
            found = tuple(entered(each, name, given) for each in found)
    return found


def _comprehension(node: facts.Comprehension, view: View) -> Alternatives:
    element = evaluate(node.elements[-1], inside(node, view))
    if node.kind != 'dict':
        return (Several(element),)
    return (_keyed(node, view) or Table((), element),) if len(node.elements) == 2 else NOTHING_KNOWN


def _keyed(node: facts.Comprehension, view: View) -> Table | None:
    """A dict comprehension over a list of a known length whose keys the text shows."""
    clause = node.clauses[0]
    over = evaluate(clause.iterable, view) if len(node.clauses) == 1 and not clause.conditions else ()
    if len(over) != 1 or not isinstance(over[0], Row):
        return None
    entries: dict[str | int, Alternatives] = {}
    for item in over[0].items:
        seen = view.seeing(unpacked(clause.target, item))
        key = literal(evaluate(node.elements[0], seen))
        if not isinstance(key, (str, int)):
            return None
        entries[key] = evaluate(node.elements[1], seen)
    return Table(tuple(entries.items()))


def _subscript(node: facts.Subscript, view: View) -> Alternatives:
    symbol = view.symbol(node)
    if isinstance(symbol, (Class, Library)):
        return _of_symbol(symbol, view)  # `Base[str]` in `Base[str]()`
    of = evaluate(node.value, view)
    if isinstance(node.index, facts.Slice):
        return tuple(Several(elements((each,))) if isinstance(each, (Row, Several)) else UNKNOWN for each in of)
    key = literal(evaluate(node.index, view))
    return united(*(picked(each, key) or NOTHING_KNOWN for each in of))


def _constant(node: facts.Constant, view: View) -> Alternatives:
    return (Plain.of(node.value),)


def _text(node: facts.Text, view: View) -> Alternatives:
    parts = [literal(evaluate(part, view)) for part in node.parts]
    return (Plain.of(''.join(map(str, parts))),) if all(isinstance(part, str) for part in parts) else NOTHING_KNOWN


def _negative(node: facts.Operation, view: View) -> Alternatives:
    value = literal(evaluate(node.operands[0], view))
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return (Plain.of(-value),) if is_number and node.operators == ('-',) else NOTHING_KNOWN  # type: ignore[operator]


def _conditional(node: facts.Conditional, view: View) -> Alternatives:
    return united(evaluate(node.then, view), evaluate(node.otherwise, view))


def _operation(node: facts.Operation, view: View) -> Alternatives:
    if node.kind == 'boolean' and node.operators == ('or',):
        return united(*(evaluate(operand, view) for operand in node.operands))
    if node.kind == 'arithmetic' and node.operators == ('+',):
        return joined(*(evaluate(operand, view) for operand in node.operands))
    if node.kind == 'arithmetic' and node.operators == ('|',):
        return merged(*(evaluate(operand, view) for operand in node.operands))
    return _negative(node, view) if node.kind == 'unary' else NOTHING_KNOWN


def _walrus(node: facts.Walrus, view: View) -> Alternatives:
    return evaluate(node.value, view)


_EVALUATORS: dict[type, Callable[[Any, View], Alternatives]] = {
    facts.Name: _name,
    facts.Attribute: _attribute,
    facts.Call: _call,
    facts.Subscript: _subscript,
    facts.Collection: _collection,
    facts.Mapping: _mapping,
    facts.Comprehension: _comprehension,
    facts.Conditional: _conditional,
    facts.Operation: _operation,
    facts.Walrus: _walrus,
    facts.Constant: _constant,
    facts.Text: _text,
}
