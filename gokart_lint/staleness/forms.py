"""The form of one piece of code: what it says, without the names, the layout and the order that do not matter.

Two pieces do the same if their lines are equal and what they refer to, in the order of meeting, does the same. Local names are numbers,
keyword arguments of the project's own functions stand at the place of their parameter, and whatever only logs is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Span
from gokart_lint.project.module import names_in
from gokart_lint.project.symbols import Library, is_library
from gokart_lint.staleness.surroundings import SELF, Local, Surroundings, of_class
from gokart_lint.staleness.tables import entry_of, lookup_of
from gokart_lint.staleness.targets import Code, External, Global, Held, Target, Task, Whole

Shape: TypeAlias = tuple[object, ...]

REFERENCE: Shape = ('reference',)


class Line(msgspec.Struct, frozen=True):
    """One statement, or one part of a signature: its shape and where it stands."""

    shape: Shape
    at: Span


class Reference(msgspec.Struct, frozen=True):
    """What a piece of code refers to, and where."""

    target: Target
    at: Span


class Form(msgspec.Struct, frozen=True):
    """The lines of a piece, what it refers to, the attributes that it names and the texts that it holds.

    `hands_on`: it hands its instance to somebody, who may use what it likes of it.
    """

    lines: tuple[Line, ...]
    references: tuple[Reference, ...]
    attributes: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    hands_on: bool = False


class Former:
    """Makes the shapes of expressions. `source` gives the text of a span, for the little that the facts leave out."""

    def __init__(self, around: Surroundings, source: Callable[[Span], str]) -> None:
        self.around = around
        self.source = source
        self.references: list[Reference] = []
        self.attributes: set[str] = set()
        self.texts: set[str] = set()
        self.hands_on = False
        self.catches = False
        """Whether what goes wrong here is caught in the same function, so that an error has a say in the result."""

    def shape(self, node: Expression | None) -> Shape:
        """The shape of an expression."""
        return () if node is None else _SHAPES[type(node)](self, node)

    def shapes(self, nodes: Iterable[Expression | None]) -> Shape:
        return tuple([self.shape(node) for node in nodes])

    def assigned(self, node: Expression) -> Shape:
        """The shape of what is assigned to. Who puts an entry into a dict of a module or a factory needs nothing that is in it."""
        if isinstance(node, facts.Subscript) and self._is_table(node.value):
            return 'entry', self.shape(node.index)
        return self.shape(node)

    def _is_table(self, node: Expression) -> bool:
        if isinstance(node, facts.Name):
            return isinstance(self.around.name(node.name), Global)
        name = self.around.own(node)
        return name is not None and isinstance(self.around.own_member(name), Held)

    def refer(self, target: Target | tuple[Target, ...], at: Span) -> Shape:
        """Note what is referred to."""
        several = target if isinstance(target, tuple) else (target,)
        self.references += [Reference(each, at) for each in several]
        return REFERENCE * len(several)

    # --- names ---

    def _meaning(self, meaning: Local | Target, at: Span) -> Shape:
        return ('local', meaning.number) if isinstance(meaning, Local) else self.refer(meaning, at)

    def _name(self, node: facts.Name) -> Shape:
        meaning = self.around.name(node.name)
        self.hands_on = self.hands_on or meaning == SELF
        frame = self.around.frame
        if meaning == SELF and frame is not None and frame.kind == 'class' and not frame.concrete.is_luigi_task:
            return 'class', self.refer(Whole(frame.concrete), node.at)  # `return cls(...)` makes an instance, whose methods count
        return self._meaning(meaning, node.at)

    def _attribute(self, node: facts.Attribute) -> Shape:
        self.attributes.add(node.name)
        frame = self.around.frame
        if frame is not None and frame.is_super(node.value):
            found = self.around.above(node)
            return ('super', node.name) if found is None else self.refer(found, node.at)
        chain = self.around.chain(node)
        if chain is None and self._is_own_class(node.value):
            return self._own((node.name,), node)
        if chain is None:
            return 'attribute', self.shape(node.value), node.name
        meaning, rest = chain
        if frame is not None and rest and (meaning == SELF or _is_class_of(meaning, self.around)):
            return self._own(rest, node)
        if isinstance(meaning, (Task, Whole)) and rest and (held := of_class(meaning.cls, rest[0])) is not None:
            meaning, rest = held, rest[1:]
        self.attributes.update(rest)
        return ('chain', self._meaning(meaning, node.at), *rest) if rest else self._meaning(meaning, node.at)

    def _is_own_class(self, node: Expression) -> bool:
        """Whether an expression is `type(self)`."""
        if self.around.frame is None or not isinstance(node, facts.Call) or len(node.arguments) != 1:
            return False
        given = node.arguments[0].value
        is_type = is_library(self.around.resolve(node.function), 'builtins.type')
        return is_type and isinstance(given, facts.Name) and self.around.name(given.name) == SELF

    def _own(self, names: tuple[str, ...], node: facts.Attribute) -> Shape:
        self.attributes.update(names)
        if names[0] == '__class__' and len(names) > 1:
            names = names[1:]
        found = self.around.own_member(names[0])
        first = ('own', names[0]) if found is None else self.refer(found, node.at)
        return ('chain', first, *names[1:]) if len(names) > 1 else first

    # --- calls ---

    def _call(self, node: facts.Call) -> Shape:
        mark = len(self.references)
        function = self.shape(node.function)
        called = self.references[-1].target if len(self.references) == mark + 1 and function == REFERENCE else None
        if isinstance(called, External) and called.name in vocabulary.CASTS and len(node.arguments) == 2:
            del self.references[mark:]
            return self.shape(node.arguments[1].value)
        named = node.arguments[1].value if len(node.arguments) > 1 else None
        if called == External('builtins.getattr') and isinstance(named, facts.Constant) and isinstance(named.value, str):
            self.attributes.add(named.value)
        return 'call', function, self._arguments(node.arguments, called)

    def _arguments(self, arguments: tuple[facts.Argument, ...], called: Target | None) -> Shape:
        if any(argument.star for argument in arguments):
            return tuple([(argument.star or argument.keyword or '', self.shape(argument.value)) for argument in arguments])
        places = parameter_places(called) if isinstance(called, Code) else {}
        position = 0
        placed: list[tuple[tuple[int, int, str], Expression]] = []
        for argument in arguments:
            if argument.keyword is None:
                placed.append(((0, position, ''), argument.value))
                position += 1
            else:
                place = places.get(argument.keyword)
                key = (1, 0, argument.keyword) if place is None else (0, place, '')
                placed.append((key, argument.value))
        placed.sort(key=lambda pair: pair[0])
        return tuple([(key, self.shape(value)) for key, value in placed])

    # --- scopes of their own ---

    def _comprehension(self, node: facts.Comprehension) -> Shape:
        names = [name for clause in node.clauses for name in names_in(clause.target)]
        first = self.shape(node.clauses[0].iterable)  # it is worked out outside
        with self.around.binding(dict.fromkeys(names)):
            clauses = [
                (self.shape(each.target), first if place == 0 else self.shape(each.iterable), self.shapes(each.conditions))
                for place, each in enumerate(node.clauses)
            ]
            return node.kind, tuple(clauses), self.shapes(node.elements)

    def _lambda(self, node: facts.Lambda) -> Shape:
        head = self.source(Span(node.at.line, node.at.column, node.value.at.line, node.value.at.column))
        defaults = ''.join(head.split()) if '=' in head or '*' in head else len(node.parameters)
        with self.around.binding(node.parameters):
            return 'lambda', defaults, self.shape(node.value)

    # --- the other expressions ---

    def _constant(self, node: facts.Constant) -> Shape:
        if isinstance(node.value, str):
            self.texts.add(node.value)
        return 'constant', type(node.value).__name__, repr(node.value)

    def _text(self, node: facts.Text) -> Shape:
        parts: list[object] = []
        for part in node.parts:
            parts.append(self.shape(part))
            if not isinstance(part, facts.Constant):
                end = part.at
                behind = self.source(Span(end.end_line, end.end_column, end.end_line, end.end_column + 4)).lstrip()
                parts.append(behind[:2] if behind.startswith('!') else behind[:1])  # `!r`, `:`, `=` or `}`
        return 'text', tuple(parts)

    def _mapping(self, node: facts.Mapping) -> Shape:
        pairs = zip(node.keys, node.values, strict=True)
        return 'mapping', tuple([(self.shape(key), self.shape(value)) for key, value in pairs])

    def _subscript(self, node: facts.Subscript) -> Shape:
        mark = len(self.references)
        value = self.shape(node.value)
        if value == REFERENCE and len(self.references) == mark + 1:
            table = self.references[-1].target
            found = entry_of(table, node.index)
            if found is not None:
                self.references[-1] = Reference(found, node.at)
                return REFERENCE
            if not isinstance(node.index, facts.Constant):
                self._look_up(mark)
        return 'subscript', value, self.shape(node.index)

    def _look_up(self, mark: int) -> None:
        """What was referred to last, if it is a table, is only asked for an entry that must be there."""
        if len(self.references) == mark + 1 and not self.catches:
            found = lookup_of(self.references[mark].target)
            if found is not None:
                self.references[mark] = Reference(found, self.references[mark].at)

    def refusal(self, node: Expression) -> Shape:
        """The shape of a test that only raises if it fails: `kind in MODELS`."""
        if not isinstance(node, facts.Operation) or node.operators not in (('in',), ('not in',)):
            return self.shape(node)
        member = self.shape(node.operands[0])
        mark = len(self.references)
        table = self.shape(node.operands[1])
        if table == REFERENCE:
            self._look_up(mark)
        return 'operation', node.operators, (member, table)

    def error(self, node: Expression | None) -> Shape:
        """The shape of what is raised; the words of a builtin error reach no result."""
        if isinstance(node, facts.Call) and not self.catches:
            symbol = self.around.resolve(node.function)
            if isinstance(symbol, Library) and symbol.name.startswith('builtins.'):
                return self.shape(node.function)
        return self.shape(node)

    def _opaque(self, node: facts.Opaque) -> Shape:
        return 'opaque', node.kind, self.source(node.at)

    def _operation(self, node: facts.Operation) -> Shape:
        return 'operation', node.operators, self.shapes(node.operands)

    def _parts(self, node: Any) -> Shape:
        parts = [getattr(node, field) for field in node.CHILDREN]
        shapes = [self.shapes(part) if isinstance(part, tuple) else self.shape(part) for part in parts]
        return type(node).__name__, getattr(node, 'kind', None) or getattr(node, 'delegates', None), *shapes


_SHAPES: dict[type, Callable[[Former, Any], Shape]] = {
    facts.Name: Former._name,
    facts.Attribute: Former._attribute,
    facts.Constant: Former._constant,
    facts.Text: Former._text,
    facts.Call: Former._call,
    facts.Mapping: Former._mapping,
    facts.Operation: Former._operation,
    facts.Comprehension: Former._comprehension,
    facts.Lambda: Former._lambda,
    facts.Subscript: Former._subscript,
    facts.Opaque: Former._opaque,
    **dict.fromkeys(
        (
            facts.Slice,
            facts.Collection,
            facts.Conditional,
            facts.Star,
            facts.Walrus,
            facts.Yield,
            facts.Await,
        ),
        Former._parts,
    ),
}


def parameter_places(called: Code) -> dict[str, int]:
    """The place of each parameter that may be given by position or keyword, as a call counts them."""
    formals = [formal for formal in called.function.formals if formal.kind in ('/', '')]
    bound = called.method is not None and called.method.kind != 'static'
    return {formal.name: place for place, formal in enumerate(formals[1:] if bound else formals) if formal.kind == ''}


def _is_class_of(meaning: Local | Target, around: Surroundings) -> bool:
    """Whether code names the very class whose method it stands in: `Train._scale(x)` in a method of Train."""
    frame = around.frame
    return frame is not None and isinstance(meaning, (Task, Whole)) and meaning.cls is frame.concrete
