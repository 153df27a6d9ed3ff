"""What a class and a whole file say."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from gokart_lint.facts.expressions import Argument, Expression, Span
from gokart_lint.facts.statements import Assign, Function, Import, Statement, decode_body

TYPE_COMMENT = re.compile(r'#\s*type:\s*(?!ignore\b)\S')


class Class(msgspec.Struct, frozen=True, array_like=True, gc=False):
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

    def mangled(self, name: str) -> str:
        """The name that Python gives to one of the class body: `_Train__version` for `__version` in the class `Train`."""
        is_private = name.startswith('__') and not name.endswith('__')
        return f'_{self.name.lstrip("_")}{name}' if is_private else name

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements of the class body that are neither assignments nor definitions."""
        return decode_body(self.code)


class Comment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A comment that suppresses findings, or states a type. `heads_file`: it stands alone on a line before any code.

    `first_line` is the first of the lines that it speaks for beside its own one: they go on in it behind backslashes or in a string, or
    are the brackets that it closes.
    """

    at: Span
    text: str
    heads_file: bool = False
    first_line: int = 0

    @property
    def is_type(self) -> bool:
        """Whether it is the annotation of the assignment before it: `# type: int`."""
        return bool(TYPE_COMMENT.match(self.text))


class Module(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one file says.

    `imports`, `assignments` and `functions` are those of the module's own scope (also under `if`, `try` and `with`); `classes` are
    all of the file. `code` is the rest of the module's statements, encoded, with the structure around them. `calls` holds the last
    names of everything that the file calls, in order and in one text, which takes a tenth of the memory of a set.
    """

    imports: tuple[Import, ...] = ()
    assignments: tuple[Assign, ...] = ()
    classes: tuple[Class, ...] = ()
    functions: tuple[Function, ...] = ()
    comments: tuple[Comment, ...] = ()
    calls: str = ''
    code: bytes = b''

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements of the module that are neither imports nor definitions, with the branches around them."""
        return decode_body(self.code) if self.code else ()

    @property
    def called(self) -> frozenset[str]:
        """The last names of everything that the file calls, so that a search for the callers of a class decodes few bodies."""
        return frozenset(self.calls.split())


class Unreadable(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Why a file gives no facts, and where."""

    at: Span
    reason: str


_encoder = msgspec.msgpack.Encoder()


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[Module]:
    """Made when it is first needed: a run that is answered from the cache needs none."""
    return msgspec.msgpack.Decoder(Module)


def encode(module: Module) -> bytes:
    """The bytes that `decode` reads back."""
    return _encoder.encode(module)


def decode(data: bytes) -> Module:
    """The facts that `encode` was given. Raises msgspec.DecodeError or msgspec.ValidationError for other bytes."""
    return _decoder().decode(data)
