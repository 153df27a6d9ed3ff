"""A luigi configuration file in TOML, with the lines that no TOML parser gives."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module

from gokart_lint.project.configuration.file import File, Key, Problem, Section

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r'|\#[^\n]*'
    r'|[A-Za-z0-9_-]+'
    r'|.',
    re.DOTALL,
)
_OPENING, _CLOSING = frozenset('[{'), frozenset(']}')


def toml(path: str, text: str) -> File:
    """The tables of a file as sections, and what stands in them as keys; deeper tables are values.

    As luigi.configuration.toml_parser.LuigiTomlParser of luigi 3.8.1: it keeps each top-level table under its name, so that the section
    of a task with a namespace is `["space.Task"]`, and it breaks on a top-level value that is no table.
    """
    parser = import_module('tomllib' if sys.version_info >= (3, 11) else 'tomli')
    try:
        tables: dict[str, object] = parser.loads(text)
    except parser.TOMLDecodeError as error:
        reason, _, place = str(error).partition(' (at line ')
        line = int(place.partition(',')[0]) if place else text.rstrip().count('\n') + 1
        return File(path, 'toml', (), (Problem(line, f'it is not valid TOML: {reason.removesuffix(" (at end of document)")}'),))
    except RecursionError:
        return File(path, 'toml', (), (Problem(1, 'its values are nested too deeply'),))
    lines: dict[tuple[str, ...], int] = {}
    for way, line in _ways(text):
        for count in (1, 2):
            lines.setdefault(way[:count], line)
    sections, problems = [], []
    for name, table in tables.items():
        line = lines.get((name,), 1)
        if isinstance(table, dict):
            sections.append(Section(name, line, tuple(Key(key, value, lines.get((name, key), line)) for key, value in table.items())))
        else:
            problems.append(Problem(line, f'{name!r} is no table, and luigi reads only tables at the top'))
    return File(path, 'toml', tuple(sections), tuple(problems))


def _ways(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The full name and the line of each table header and each key of a valid text; keys of inline tables are left out."""
    table: tuple[str, ...] = ()
    name: list[str] = []
    reads, depth, line = 'name', 0, 1
    for token in _TOKEN.findall(text):
        if token == '\n' and depth == 0:
            reads, name = 'name', []
        elif reads == 'name' and token == '[' and not name:
            reads, depth = 'header', 0
        elif reads == 'header' and token == ']':
            table = tuple(name)
            yield table, line
            reads = 'rest'
        elif reads == 'name' and token == '=':
            yield (*table, *name), line
            reads = 'rest'
        elif reads == 'rest':
            depth += (token in _OPENING) - (token in _CLOSING)
            depth = max(depth, 0)  # the second bracket behind [[table]]
        elif token[0] in '"\'' or token[0].isalnum() or token[0] in '_-':
            name.append(_unquoted(token))
        line += token.count('\n')


def _unquoted(token: str) -> str:
    if token[0] not in '"\'':
        return token
    parser = import_module('tomllib' if sys.version_info >= (3, 11) else 'tomli')
    return str(parser.loads(f'name = {token}')['name'])
