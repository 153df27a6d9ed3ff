"""What stands in an expression, and where."""

from __future__ import annotations

from itertools import count
from typing import ClassVar, TypeAlias

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """From the first character (`line`, `column`) to just behind the last one (`end_line`, `end_column`)."""

    line: int
    column: int
    end_line: int
    end_column: int


_tags = count()


# Trees cannot hold themselves, so the garbage collector need not know them; numbers as tags take a third less room than names.
class Node(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=lambda name: next(_tags)):
    at: Span

    CHILDREN: ClassVar[tuple[str, ...]] = ()
    """The fields that hold expressions, in source order."""


class Name(Node, frozen=True):
    name: str


class Attribute(Node, frozen=True):
    value: Expression
    name: str

    CHILDREN = ('value',)

    @property
    def name_at(self) -> Span:
        """Where the name behind the dot stands."""
        end = self.at
        return Span(end.end_line, end.end_column - len(self.name), end.end_line, end.end_column)


class Constant(Node, frozen=True):
    """A literal None, bool, int, float or str (adjacent strings joined)."""

    value: bool | int | float | str | None


class Text(Node, frozen=True):
    """An f-string or t-string: its literal pieces and its expressions, in order."""

    parts: tuple[Expression, ...]

    CHILDREN = ('parts',)


class Argument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One argument of a call or of a class header: positional, `keyword=value`, `*value` (star `*`) or `**value` (star `**`)."""

    at: Span
    value: Expression
    keyword: str | None = None
    star: str = ''


class Call(Node, frozen=True):
    function: Expression
    arguments: tuple[Argument, ...]

    def keyword(self, name: str) -> Argument | None:
        """The argument given as `name=...`."""
        return next((argument for argument in self.arguments if argument.keyword == name), None)

    def positional(self, index: int) -> Argument | None:
        """The positional argument number `index` from 0; None behind a `*` argument too, where positions are unknown."""
        for position, argument in enumerate(a for a in self.arguments if a.keyword is None and a.star != '**'):
            if argument.star:
                return None
            if position == index:
                return argument
        return None

    @property
    def unpacks(self) -> bool:
        """Whether `*args` or `**kwargs` may give arguments that the text does not show."""
        return any(argument.star for argument in self.arguments)


class Subscript(Node, frozen=True):
    value: Expression
    index: Expression

    CHILDREN = ('value', 'index')


class Slice(Node, frozen=True):
    bounds: tuple[Expression, ...]

    CHILDREN = ('bounds',)


class Collection(Node, frozen=True):
    """A tuple, list or set display; `kind` is the type's name."""

    kind: str
    items: tuple[Expression, ...]

    CHILDREN = ('items',)


class Mapping(Node, frozen=True):
    """A dict display; a key of None stands for `**value`."""

    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]

    CHILDREN = ('keys', 'values')


class Operation(Node, frozen=True):
    """Arithmetic, comparison, boolean and unary operators. `kind` is 'arithmetic', 'comparison', 'boolean' or 'unary'.

    Arithmetic has two operands; only a formula of hundreds of them, `a + b - c ...`, has all in one operation.
    """

    kind: str
    operators: tuple[str, ...]
    operands: tuple[Expression, ...]

    CHILDREN = ('operands',)


class Conditional(Node, frozen=True):
    """`then if test else otherwise`."""

    test: Expression
    then: Expression
    otherwise: Expression

    CHILDREN = ('then', 'test', 'otherwise')


class Clause(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`for target in iterable if conditions` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]


class Comprehension(Node, frozen=True):
    """`kind` is 'list', 'set', 'dict' or 'generator'; a dict has two elements, key and value."""

    kind: str
    elements: tuple[Expression, ...]
    clauses: tuple[Clause, ...]


class Lambda(Node, frozen=True):
    parameters: tuple[str, ...]
    value: Expression

    CHILDREN = ('value',)


class Star(Node, frozen=True):
    """`*value` in a display or on the left of an assignment."""

    value: Expression

    CHILDREN = ('value',)


class Walrus(Node, frozen=True):
    target: Expression
    value: Expression

    CHILDREN = ('target', 'value')


class Yield(Node, frozen=True):
    value: Expression | None
    delegates: bool = False

    CHILDREN = ('value',)


class Await(Node, frozen=True):
    value: Expression

    CHILDREN = ('value',)


class Opaque(Node, frozen=True):
    """An expression whose value no part of the suite needs: bytes, `...`, complex numbers, text that UTF-8 cannot hold."""

    kind: str


Expression: TypeAlias = (
    Name
    | Attribute
    | Constant
    | Text
    | Call
    | Subscript
    | Slice
    | Collection
    | Mapping
    | Operation
    | Conditional
    | Comprehension
    | Lambda
    | Star
    | Walrus
    | Yield
    | Await
    | Opaque
)
