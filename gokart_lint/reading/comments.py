"""The comments that suppress findings, and those that state types."""

from __future__ import annotations

import math
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence

from gokart_lint import facts
from gokart_lint.facts import Span
from gokart_lint.reading.line_ends import LineEnds, tokens
from gokart_lint.reading.text import Lines

_TELLING = re.compile(r'#\s*(?:noqa\b|flake8\s*:|ruff\s*:|gokart-lint\s*:|type:\s*(?!ignore\b))', re.IGNORECASE)


def has_telling(text: str) -> bool:
    """Whether a text may hold such a comment: most hold none, and need not be looked through."""
    return _TELLING.search(text) is not None


def tokenized(lines: Lines) -> Iterator[tuple[Span, str]]:
    """All comments of a text that Python reads, with their places."""
    for token in tokens(lines):
        if token.type == tokenize.COMMENT:
            (line, start), (_, end) = token.start, token.end
            yield Span(line, start + 1, line, end + 1), token.string


def telling(
    comments: Iterable[tuple[Span, str]], lines: Lines, body: Sequence[facts.Statement], classes: Sequence[facts.Class]
) -> Iterator[facts.Comment]:
    """The suppressing and typing ones of some comments of a module."""
    first_code = _first_code_line(body, classes)
    ends = LineEnds(lines)
    for at, comment in comments:
        if _TELLING.search(comment):
            stands_alone = not lines.line(at.line)[: at.column - 1].strip()
            yield facts.Comment(at, comment, stands_alone and at.line < first_code, ends.first_line(at))


def _first_code_line(body: Sequence[facts.Statement], classes: Sequence[facts.Class]) -> float:
    """The line of the first statement behind the module's docstring, with its decorators."""
    for index, statement in enumerate(body):
        if index == 0 and isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Constant):
            continue
        if isinstance(statement, facts.Define):
            decorators = statement.function.decorators
        else:
            decorators = classes[0].decorators if isinstance(statement, facts.DefineClass) else ()
        return min([statement.at.line, *(decorator.at.line for decorator in decorators)])
    return math.inf
