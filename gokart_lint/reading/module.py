"""The whole of one file: bytes in, facts or the reason why there are none out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from gokart_lint import facts
from gokart_lint.facts import Import, Span, Unreadable
from gokart_lint.reading import syntax, text
from gokart_lint.walking import flattened

_SUPPRESSION = re.compile(r'#\s*(?:noqa\b|flake8\s*:|ruff\s*:|gokart-lint\s*:)', re.IGNORECASE)


def outline(data: bytes) -> tuple[Import, ...] | Unreadable:
    """What a file imports anywhere, without reading the rest."""
    try:
        source = text.decode(data)
    except text.Undecodable as error:
        return Unreadable(error.at, error.reason)
    try:
        return syntax.imports(source.text)
    except syntax.NotPython as error:
        found = _read(source.text) if error.newer else None
        if isinstance(found, facts.Module):
            return _all_imports(found)
        return Unreadable(error.at, error.reason)


def read(data: bytes) -> facts.Module | Unreadable:
    """The facts of a file of which `outline` was readable."""
    return _read(text.decode(data).text)


def read_encoded(data: bytes) -> bytes | Unreadable:
    """The facts of a file as bytes, as they are stored and sent between processes."""
    with syntax.deep_recursion():
        found = read(data)
        return found if isinstance(found, Unreadable) else facts.encode(found)


def _read(source: str) -> facts.Module | Unreadable:
    import libcst as cst  # a tenth of a second: only for a file that is really read

    from gokart_lint.reading.expressions import Expressions
    from gokart_lint.reading.positions import Positions
    from gokart_lint.reading.statements import Statements

    with syntax.deep_recursion():
        try:
            tree = cst.parse_module(source)
            positions = Positions(tree, source)
        except cst.ParserSyntaxError as error:
            line, column = error.editor_line, error.editor_column
            return Unreadable(Span(line, column, line, column + 1), error.message.removeprefix('parser error: '))
        except RecursionError:
            return Unreadable(Span(1, 1, 1, 2), f'its code is nested deeper than {syntax.MAX_DEPTH} levels')
        expressions = Expressions(positions)
        statements = Statements(expressions)
        body = statements.block(tree.body)
    flat = list(flattened(body))
    return facts.Module(
        imports=tuple(each for each in flat if isinstance(each, Import)),
        assignments=tuple(each for each in flat if isinstance(each, facts.Assign)),
        classes=tuple(statements.classes),
        functions=tuple(each.function for each in flat if isinstance(each, facts.Define)),
        comments=tuple(_suppressions(positions.comments, positions.lines, _first_code_line(body, statements.classes))),
        called=frozenset(expressions.called),
        code=facts.encode_body(tuple(each for each in body if not isinstance(each, (Import, facts.Define, facts.DefineClass)))),
    )


def _suppressions(comments: Sequence[tuple[Span, str]], lines: text.Lines, first_code: float) -> Iterator[facts.Comment]:
    for at, comment in comments:
        if _SUPPRESSION.search(comment):
            stands_alone = not lines.line(at.line)[: at.column - 1].strip()
            yield facts.Comment(at, comment, stands_alone and at.line < first_code)


def _first_code_line(body: Sequence[facts.Statement], classes: Sequence[facts.Class]) -> float:
    """The line of the first statement behind the module's docstring, with its decorators."""
    for index, statement in enumerate(body):
        if index == 0 and isinstance(statement, facts.Evaluate) and isinstance(statement.value, facts.Constant):
            continue
        if isinstance(statement, facts.Define):
            decorators = statement.function.decorators
        else:
            decorators = classes[0].decorators if isinstance(statement, facts.DefineClass) else ()
        return min(statement.at.line, *(decorator.at.line for decorator in decorators), statement.at.line)
    return math.inf


def _all_imports(module: facts.Module) -> tuple[Import, ...]:
    blocks = [module.imports, *(function.body for function in module.functions)]
    for found in module.classes:
        blocks += [found.imports, *(method.body for method in found.methods)]
    return tuple(each for block in blocks for each in flattened(block) if isinstance(each, Import))
