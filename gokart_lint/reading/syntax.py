"""Is a text Python at all, what does it import, and is it shallow enough to be read by recursion?

Python's own parser answers that for a fortieth of what libcst takes. A text that the running Python refuses may be of a newer one,
which libcst reads; brackets deeper than any Python takes, and chains of thousands of operators, would crash libcst's parser (a stack
overflow in 1.9.0), so they are refused here.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate

from gokart_lint.facts import Import, Span

MAX_BRACKETS = 200  # CPython's own limit, MAXLEVEL of its tokenizer
MAX_DEPTH = 500
LONG_CHAIN = 250  # operators of a formula, which is then one operation of many operands
_LONG = 2 * MAX_DEPTH  # characters: a nest of that depth takes more
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert)  # they hold no other statements
_BLOCKS = (ast.stmt, ast.excepthandler, ast.match_case)
_MAX_CHAIN = 2 * MAX_DEPTH
_NESTING = re.compile(
    r'''(?s:""".*?"""|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*)'''
    r'|[()\[\]{},;\n.+\-*/%@&|^<>~]|\b(?:not|lambda|if|and|or|in|is|await)\b'
)

_NESTED_TEXTS = re.compile(r"""(?:[fFtT][rR]?["']+\{){50}""")  # one in the other: libcst takes seconds for two hundred


class NotPython(Exception):
    """A text that does not parse. `newer` is true if a newer Python than the running one might read it."""

    def __init__(self, reason: str, line: int = 1, column: int = 1, *, newer: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = Span(line, column, line, column + 1)
        self.newer = newer


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let code that is nested up to MAX_DEPTH be gone through: libcst's generator takes some ten frames a level."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 40 * MAX_DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def parse(text: str) -> ast.Module:
    """The tree of a text, as the running Python reads it. Raises NotPython."""
    if text.startswith('\ufeff'):  # a second byte order mark: ast.parse of a str passes over it
        raise NotPython('invalid non-printable character U+FEFF')
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            return ast.parse(text)
    except SyntaxError as error:
        raise NotPython(error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1), newer=_is_shallow(text)) from None
    except (RecursionError, MemoryError):
        raise NotPython(f'its code is nested deeper than {MAX_DEPTH} levels') from None
    except ValueError as error:
        raise NotPython(str(error)) from None


def imports(tree: ast.Module, text: str) -> Iterator[Import]:
    """Everything that the tree of a text imports, at module level or inside functions. Raises NotPython for one that is nested too deep."""
    ends = _line_ends(text)
    pending: list[tuple[ast.AST, int]] = [(node, 0) for node in reversed(tree.body)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, ast.Import):
            yield from (Import(_span(node), alias.name, None, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(_span(node), node.module or '', alias.name, alias.name, node.level) for alias in node.names)
        elif isinstance(node, _SIMPLE):
            if depth > MAX_DEPTH or ends[node.end_lineno or node.lineno] - ends[node.lineno - 1] >= _LONG:
                _check_depth(node, depth)
        else:
            if depth > MAX_DEPTH or not _has_short_head(node, ends):
                _check_depth(node, depth)
            for block in ('finalbody', 'orelse', 'handlers', 'cases', 'body'):
                inner = getattr(node, block, None)
                if isinstance(inner, list):
                    pending += [(each, depth + 1) for each in reversed(inner)]


def _has_short_head(node: ast.AST, ends: list[int]) -> bool:
    """Whether what stands before the first statement inside a statement is too short for a nest, decorators included."""
    body: list[ast.stmt] = getattr(node, 'body', [])
    decorators: list[ast.expr] = getattr(node, 'decorator_list', [])
    line: int | None = decorators[0].lineno if decorators else getattr(node, 'lineno', None)
    return bool(body) and line is not None and ends[body[0].lineno] - ends[line - 1] < _LONG


def _line_ends(text: str) -> list[int]:
    """How many characters stand up to the end of each line, as Python counts lines; 0 for the line before the first."""
    if '\r' in text:
        text = text.replace('\r\n', '\n').replace('\r', '\n')
    return [0, *accumulate(len(line) + 1 for line in text.split('\n'))]


def _check_depth(statement: ast.AST, depth: int) -> None:
    """Go down where a nest may be: not into what stands on one line and is short. Decorators stand above their statement's first line."""
    if depth > MAX_DEPTH:
        raise _too_deep(statement)
    if _is_short(statement) and not getattr(statement, 'decorator_list', None):
        return
    pending: list[tuple[ast.AST, int]] = [(statement, depth)]
    while pending:
        node, level = pending.pop()
        if level > MAX_DEPTH:
            raise _too_deep(statement)
        for child in chain(node) or ast.iter_child_nodes(node):
            if not isinstance(child, _BLOCKS) and not _is_short(child):
                pending.append((child, level + 1))


def _is_short(node: ast.AST) -> bool:
    line = getattr(node, 'lineno', None)
    return line is not None and line == node.end_lineno and node.end_col_offset - node.col_offset < _LONG  # type: ignore[attr-defined]


def chain(node: ast.AST) -> list[ast.expr]:
    """The operands of `a + b - c ...` where they are so many that nobody can go down link by link: generated formulas are."""
    operands: list[ast.expr] = []
    while isinstance(node, ast.BinOp):
        operands.append(node.right)
        node = node.left
    return [node, *reversed(operands)] if len(operands) >= LONG_CHAIN and isinstance(node, ast.expr) else []


def _too_deep(node: ast.AST) -> NotPython:
    span = _span(node)
    return NotPython(f'its code is nested deeper than {MAX_DEPTH} levels', span.line, span.column)


def _span(node: ast.AST) -> Span:
    line, column = getattr(node, 'lineno', 1), getattr(node, 'col_offset', 0)
    return Span(line, column + 1, getattr(node, 'end_lineno', None) or line, (getattr(node, 'end_col_offset', None) or column) + 1)


def _is_shallow(text: str) -> bool:
    """Whether libcst may read a text: neither its brackets nor a chain of its operators nest too deep."""
    if _NESTED_TEXTS.search(text):
        return False
    depth = chain = 0
    for found in _NESTING.finditer(text):
        sign = found.group()
        if sign in ('(', '[', '{'):
            depth += 1
        elif sign in (')', ']', '}'):
            depth = max(depth - 1, 0)
        if sign in (',', ';') or (sign == '\n' and depth == 0):
            chain = 0
        elif sign != '\n' and sign[0] != '#':
            chain += 1
        if depth > MAX_BRACKETS or chain > _MAX_CHAIN:
            return False
    return True
