"""What a statement does, and the functions that statements make up."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import msgspec

from gokart_lint.facts.expressions import Expression, Node, Span


class Evaluate(Node, frozen=True):
    """An expression that stands as a statement."""

    value: Expression


class Assign(Node, frozen=True):
    """`targets = value`, `target: annotation = value`, `target += value` (operator `+`). An annotation alone has no value."""

    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None = None
    operator: str = ''


class Return(Node, frozen=True):
    value: Expression | None


class Raise(Node, frozen=True):
    error: Expression | None
    cause: Expression | None = None


class Branch(Node, frozen=True):
    """`if test: then else: otherwise`; an `elif` is a Branch in `otherwise`."""

    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


class Loop(Node, frozen=True):
    """`for target in subject`, or `while subject` (no target)."""

    target: Expression | None
    subject: Expression
    body: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


class Context(msgspec.Struct, frozen=True, array_like=True, gc=False):
    value: Expression
    target: Expression | None = None


class With(Node, frozen=True):
    contexts: tuple[Context, ...]
    body: tuple[Statement, ...]


class Handler(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`except error as name:`."""

    error: Expression | None
    name: str | None
    body: tuple[Statement, ...]


class Try(Node, frozen=True):
    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    otherwise: tuple[Statement, ...] = ()
    cleanup: tuple[Statement, ...] = ()


class Case(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One `case` of a match: the names that its pattern binds, the values that it compares with, its guard and its body."""

    names: tuple[str, ...]
    values: tuple[Expression, ...]
    guard: Expression | None
    body: tuple[Statement, ...]


class Match(Node, frozen=True):
    subject: Expression
    cases: tuple[Case, ...]


class Delete(Node, frozen=True):
    targets: tuple[Expression, ...]


class Assert(Node, frozen=True):
    test: Expression
    message: Expression | None = None


class Plain(Node, frozen=True):
    """A statement of one word: `pass`, `break`, `continue`, or `global` and `nonlocal` with their names."""

    word: str
    names: tuple[str, ...] = ()


class Import(Node, frozen=True):
    """`import module`, `from module import name`, each name an Import of its own.

    `module` is as written without the leading dots, whose number is `level`; `name` is None for `import module`, `*` for a star
    import. `bound` is the name that the import binds here. `typing_only` marks one under `if TYPE_CHECKING:`.
    """

    module: str
    name: str | None
    bound: str
    level: int = 0
    typing_only: bool = False


class Formal(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A formal parameter of a function. `kind` is '/', '' (either way), 'keyword', '*' or '**'."""

    at: Span
    name: str
    kind: str = ''
    annotation: Expression | None = None
    default: Expression | None = None


class Function(msgspec.Struct, frozen=True, array_like=True, gc=False):
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


class Define(Node, frozen=True):
    """A `def` inside a function."""

    function: Function


class DefineClass(Node, frozen=True):
    """A `class` inside a function; the class itself stands in `Module.classes` under its qualified name."""

    qualname: str


class Alias(Node, frozen=True):
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

_encoder = msgspec.msgpack.Encoder()


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[tuple[Statement, ...]]:
    """Made when it is first needed: a run that is answered from the cache needs none."""
    return msgspec.msgpack.Decoder(tuple[Statement, ...])


def encode_body(statements: tuple[Statement, ...]) -> bytes:
    """The bytes that `decode_body` reads back."""
    return _encoder.encode(statements)


@lru_cache(maxsize=64)
def decode_body(code: bytes) -> tuple[Statement, ...]:
    """The statements that `encode_body` was given."""
    return _decoder().decode(code)
