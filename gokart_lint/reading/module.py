"""The whole of one file: bytes in, facts or the reason why there are none out.

Python's own parser reads what the running Python understands. libcst reads the rest: code of a newer Python (a linter in pre-commit
often runs on an older one than the project), and the few f-strings whose places Python before 3.12 gets wrong. Both give the same facts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

import msgspec

from gokart_lint import facts
from gokart_lint.facts import Import, Span, Unreadable
from gokart_lint.reading import comments, syntax, text
from gokart_lint.reading.definitions import derivations
from gokart_lint.walking import flattened


class Survey(msgspec.Struct, frozen=True, array_like=True):
    """What a file imports anywhere, and its encoded facts if they were asked for; or why it gives neither."""

    imports: tuple[Import, ...] = ()
    encoded: bytes | None = None
    derivations: tuple[str, ...] = ()
    unreadable: Unreadable | None = None


def survey(data: bytes, *, full: bool) -> Survey:
    """Read what a file imports, and in `full` everything else too."""
    with syntax.deep_recursion():
        found = _imports_and_facts(data, full)
        if isinstance(found, Unreadable):
            return Survey(unreadable=found)
        imports, module = found
        return Survey(imports) if module is None else Survey(imports, facts.encode(module), derivations(module))


def read(data: bytes) -> facts.Module | Unreadable:
    """The facts of a file."""
    with syntax.deep_recursion():
        found = _imports_and_facts(data, full=True)
    if isinstance(found, Unreadable):
        return found
    assert found[1] is not None
    return found[1]


def _imports_and_facts(data: bytes, full: bool) -> tuple[tuple[Import, ...], facts.Module | None] | Unreadable:
    try:
        source = text.decode(data).text
        tree = syntax.parse(source)
        imports = tuple(syntax.imports(tree, source))
    except text.Undecodable as error:
        return Unreadable(error.at, error.reason)
    except syntax.NotPython as error:
        newer = read_with_libcst(source) if error.newer else None
        if isinstance(newer, facts.Module):
            return _all_imports(newer), newer
        return Unreadable(error.at, error.reason)
    if not full:
        return imports, None
    module = read_with_ast(source, tree) or read_with_libcst(source)
    return module if isinstance(module, Unreadable) else (imports, module)


def read_with_ast(source: str, tree: ast.Module) -> facts.Module | None:
    """The facts of a tree of the running Python; None if it does not say where everything stands."""
    from gokart_lint.reading.from_ast.columns import Columns, Unsure
    from gokart_lint.reading.from_ast.expressions import Expressions
    from gokart_lint.reading.from_ast.statements import Statements

    columns = Columns(source)
    expressions = Expressions(columns)
    statements = Statements(expressions)
    try:
        body = statements.block(tree.body)
    except Unsure:
        return None
    classes = statements.definitions.classes
    found = comments.tokenized(columns.lines) if comments.has_telling(source) else ()
    return _module(body, classes, expressions.called, comments.telling(found, columns.lines, body, classes))


def read_with_libcst(source: str) -> facts.Module | Unreadable:
    """The facts of a text as libcst reads it."""
    import libcst as cst  # a tenth of a second: only for a file that needs it

    from gokart_lint.reading.from_libcst.expressions import Expressions
    from gokart_lint.reading.from_libcst.positions import Positions
    from gokart_lint.reading.from_libcst.statements import Statements

    try:
        tree = cst.parse_module(source)
        positions = Positions(tree)
    except cst.ParserSyntaxError as error:
        line, column = error.editor_line, error.editor_column
        return Unreadable(Span(line, column, line, column + 1), error.message.removeprefix('parser error: '))
    except RecursionError:
        return Unreadable(Span(1, 1, 1, 2), f'its code is nested deeper than {syntax.MAX_DEPTH} levels')
    except cst.CSTLogicError:  # neighbouring t-strings, in libcst 1.9
        return Unreadable(Span(1, 1, 1, 2), 'libcst does not read its syntax')
    expressions = Expressions(positions)
    statements = Statements(expressions)
    try:
        body = statements.block(tree.body)
    except (SyntaxError, ValueError) as error:  # a literal that no Python reads, such as '\x4', and libcst passes on
        return Unreadable(Span(1, 1, 1, 2), str(error))
    classes = statements.definitions.classes
    return _module(body, classes, expressions.called, comments.telling(positions.comments, positions.lines, body, classes))


def _module(
    body: Sequence[facts.Statement], classes: Sequence[facts.Class], called: set[str], telling: Iterable[facts.Comment]
) -> facts.Module:
    flat = list(flattened(body))
    definitions = (Import, facts.Define, facts.DefineClass)
    return facts.Module(
        imports=tuple(each for each in flat if isinstance(each, Import)),
        assignments=tuple(each for each in flat if isinstance(each, facts.Assign)),
        classes=tuple(classes),
        functions=tuple(each.function for each in flat if isinstance(each, facts.Define)),
        comments=tuple(telling),
        calls=' '.join(sorted(called)),
        code=facts.encode_body(tuple(each for each in body if not isinstance(each, definitions))),
    )


def _all_imports(module: facts.Module) -> tuple[Import, ...]:
    blocks = [module.imports, *(function.body for function in module.functions)]
    for found in module.classes:
        blocks += [found.imports, *(method.body for method in found.methods)]
    return tuple(each for block in blocks for each in flattened(block) if isinstance(each, Import))
