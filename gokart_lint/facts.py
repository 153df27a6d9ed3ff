"""What one Python file says, as frozen values: the pivot between the text and everything that judges it.

`reading/` is the only maker of these values. Every line and column counts from 1, columns in characters, as editors show them.
A file's facts depend on its content alone, so they are cached by content and sent between processes as bytes (`encode`, `decode`).
Function bodies stay encoded until somebody asks for them (`Function.body`): most functions of a project are never judged.
"""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, TypeAlias

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """From the first character (`line`, `column`) to just behind the last one (`end_line`, `end_column`)."""

    line: int
    column: int
    end_line: int
    end_column: int


class _Node(msgspec.Struct, frozen=True, array_like=True, tag=True):
    at: Span

    CHILDREN: ClassVar[tuple[str, ...]] = ()
    """The fields that hold expressions, in source order."""


# --- Expressions ----------------------------------------------------------------------------------------------------


class Name(_Node, frozen=True):
    name: str


class Attribute(_Node, frozen=True):
    value: Expression
    name: str

    CHILDREN = ('value',)

    @property
    def name_at(self) -> Span:
        """Where the name behind the dot stands."""
        end = self.at
        return Span(end.end_line, end.end_column - len(self.name), end.end_line, end.end_column)


class Constant(_Node, frozen=True):
    """A literal None, bool, int, float or str (adjacent strings joined)."""

    value: None | bool | int | float | str


class Text(_Node, frozen=True):
    """An f-string or t-string: its literal pieces and its expressions, in order."""

    parts: tuple[Expression, ...]

    CHILDREN = ('parts',)


class Argument(msgspec.Struct, frozen=True, array_like=True):
    """One argument of a call or of a class header: positional, `keyword=value`, `*value` (star `*`) or `**value` (star `**`)."""

    at: Span
    value: Expression
    keyword: str | None = None
    star: str = ''


class Call(_Node, frozen=True):
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


class Subscript(_Node, frozen=True):
    value: Expression
    index: Expression

    CHILDREN = ('value', 'index')


class Slice(_Node, frozen=True):
    bounds: tuple[Expression, ...]

    CHILDREN = ('bounds',)


class Collection(_Node, frozen=True):
    """A tuple, list or set display; `kind` is the type's name."""

    kind: str
    items: tuple[Expression, ...]

    CHILDREN = ('items',)


class Mapping(_Node, frozen=True):
    """A dict display; a key of None stands for `**value`."""

    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]

    CHILDREN = ('keys', 'values')


class Operation(_Node, frozen=True):
    """Arithmetic, comparison, boolean and unary operators. `kind` is 'arithmetic', 'comparison', 'boolean' or 'unary'."""

    kind: str
    operators: tuple[str, ...]
    operands: tuple[Expression, ...]

    CHILDREN = ('operands',)


class Conditional(_Node, frozen=True):
    """`then if test else otherwise`."""

    test: Expression
    then: Expression
    otherwise: Expression

    CHILDREN = ('then', 'test', 'otherwise')


class Clause(msgspec.Struct, frozen=True, array_like=True):
    """`for target in iterable if conditions` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]


class Comprehension(_Node, frozen=True):
    """`kind` is 'list', 'set', 'dict' or 'generator'; a dict has two elements, key and value."""

    kind: str
    elements: tuple[Expression, ...]
    clauses: tuple[Clause, ...]


class Lambda(_Node, frozen=True):
    parameters: tuple[str, ...]
    value: Expression

    CHILDREN = ('value',)


class Star(_Node, frozen=True):
    """`*value` in a display or on the left of an assignment."""

    value: Expression

    CHILDREN = ('value',)


class Walrus(_Node, frozen=True):
    target: Expression
    value: Expression

    CHILDREN = ('target', 'value')


class Yield(_Node, frozen=True):
    value: Expression | None
    delegates: bool = False

    CHILDREN = ('value',)


class Await(_Node, frozen=True):
    value: Expression

    CHILDREN = ('value',)


class Opaque(_Node, frozen=True):
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

# --- Statements -----------------------------------------------------------------------------------------------------


class Evaluate(_Node, frozen=True):
    """An expression that stands as a statement."""

    value: Expression


class Assign(_Node, frozen=True):
    """`targets = value`, `target: annotation = value`, `target += value` (operator `+`). An annotation alone has no value."""

    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None = None
    operator: str = ''


class Return(_Node, frozen=True):
    value: Expression | None


class Raise(_Node, frozen=True):
    error: Expression | None
    cause: Expression | None = None


class Branch(_Node, frozen=True):
    """`if test: then else: otherwise`; an `elif` is a Branch in `otherwise`."""

    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


class Loop(_Node, frozen=True):
    """`for target in subject`, or `while subject` (no target)."""

    target: Expression | None
    subject: Expression
    body: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


class Context(msgspec.Struct, frozen=True, array_like=True):
    value: Expression
    target: Expression | None = None


class With(_Node, frozen=True):
    contexts: tuple[Context, ...]
    body: tuple[Statement, ...]


class Handler(msgspec.Struct, frozen=True, array_like=True):
    """`except error as name:`."""

    error: Expression | None
    name: str | None
    body: tuple[Statement, ...]


class Try(_Node, frozen=True):
    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    otherwise: tuple[Statement, ...] = ()
    cleanup: tuple[Statement, ...] = ()


class Case(msgspec.Struct, frozen=True, array_like=True):
    """One `case` of a match: the names that its pattern binds, the values that it compares with, its guard and its body."""

    names: tuple[str, ...]
    values: tuple[Expression, ...]
    guard: Expression | None
    body: tuple[Statement, ...]


class Match(_Node, frozen=True):
    subject: Expression
    cases: tuple[Case, ...]


class Delete(_Node, frozen=True):
    targets: tuple[Expression, ...]


class Assert(_Node, frozen=True):
    test: Expression
    message: Expression | None = None


class Plain(_Node, frozen=True):
    """A statement of one word: `pass`, `break`, `continue`, or `global` and `nonlocal` with their names."""

    word: str
    names: tuple[str, ...] = ()


class Import(_Node, frozen=True):
    """`import module`, `from module import name`, each name an Import of its own.

    `module` is as written without the leading dots, whose number is `level`; `name` is None for `import module`, `*` for a star
    import. `bound` is the name that the import binds here. `typing_only` marks one under `if TYPE_CHECKING:`.
    """

    module: str
    name: str | None
    bound: str
    level: int = 0
    typing_only: bool = False


class Define(_Node, frozen=True):
    """A `def` inside a function."""

    function: Function


class DefineClass(_Node, frozen=True):
    """A `class` inside a function; the class itself stands in `Module.classes` under its qualified name."""

    qualname: str


class Alias(_Node, frozen=True):
    """`type name = value` (PEP 695)."""

    name: str
    value: Expression


Statement: TypeAlias = (
    Evaluate
    | Assign
    | Return
    | Raise
    | Branch
    | Loop
    | With
    | Try
    | Match
    | Delete
    | Assert
    | Plain
    | Import
    | Define
    | DefineClass
    | Alias
)

# --- Definitions ----------------------------------------------------------------------------------------------------


class Formal(msgspec.Struct, frozen=True, array_like=True):
    """A formal parameter of a function. `kind` is '/', '' (either way), 'keyword', '*' or '**'."""

    at: Span
    name: str
    kind: str = ''
    annotation: Expression | None = None
    default: Expression | None = None


class Function(msgspec.Struct, frozen=True, array_like=True):
    """A function or method. `at` starts at its `def` (decorators stand before it) and ends with its body."""

    at: Span
    name_at: Span
    name: str
    qualname: str
    decorators: tuple[Expression, ...]
    formals: tuple[Formal, ...]
    returns: Expression | None
    is_async: bool
    code: bytes
    """The body, encoded."""

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements of the body, without its docstring."""
        return decode_body(self.code)


class Class(msgspec.Struct, frozen=True, array_like=True):
    """A class statement, wherever it stands. `at` starts at its `class`; `qualname` is Python's (`f.<locals>.A`)."""

    at: Span
    name_at: Span
    name: str
    qualname: str
    decorators: tuple[Expression, ...]
    bases: tuple[Argument, ...]
    """Positional bases and keywords such as `metaclass=`."""
    assignments: tuple[Assign, ...]
    """All assignments of the class body in order, also those under `if`, `try` and `with`."""
    methods: tuple[Function, ...]
    imports: tuple[Import, ...]
    code: bytes
    """The other statements of the class body, encoded."""

    @property
    def scope(self) -> str:
        """The qualified name of the class or function around it, '' at module level."""
        outer = self.qualname.rpartition('.')[0]
        return outer.removesuffix('.<locals>')

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements of the class body that are neither assignments nor definitions."""
        return decode_body(self.code)


class Comment(msgspec.Struct, frozen=True, array_like=True):
    """A comment that suppresses findings. `heads_file`: it stands alone on a line before any code."""

    at: Span
    text: str
    heads_file: bool = False


class Module(msgspec.Struct, frozen=True, array_like=True):
    """What one file says.

    `imports`, `assignments` and `functions` are those of the module's own scope (also under `if`, `try` and `with`); `classes` are
    all of the file. `code` is the rest of the module's statements, encoded, with the structure around them. `called` holds the last
    names of everything that the file calls, so that a search for the callers of a class decodes few bodies.
    """

    imports: tuple[Import, ...] = ()
    assignments: tuple[Assign, ...] = ()
    classes: tuple[Class, ...] = ()
    functions: tuple[Function, ...] = ()
    comments: tuple[Comment, ...] = ()
    called: frozenset[str] = frozenset()
    code: bytes = b''

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements of the module that are neither imports nor definitions, with the branches around them."""
        return decode_body(self.code) if self.code else ()


class Unreadable(msgspec.Struct, frozen=True, array_like=True):
    """Why a file gives no facts, and where."""

    at: Span
    reason: str


_body_encoder = msgspec.msgpack.Encoder()
_body_decoder = msgspec.msgpack.Decoder(tuple[Statement, ...])
_module_decoder = msgspec.msgpack.Decoder(Module)


def encode_body(statements: tuple[Statement, ...]) -> bytes:
    """The bytes that `decode_body` reads back."""
    return _body_encoder.encode(statements)


@lru_cache(maxsize=256)
def decode_body(code: bytes) -> tuple[Statement, ...]:
    """The statements that `encode_body` was given."""
    return _body_decoder.decode(code)


def encode(module: Module) -> bytes:
    """The bytes that `decode` reads back."""
    return _body_encoder.encode(module)


def decode(data: bytes) -> Module:
    """The facts that `encode` was given. Raises msgspec.DecodeError or msgspec.ValidationError for other bytes."""
    return _module_decoder.decode(data)
