"""`[tool.pytest-gokart.parameters."module.Class"]` of pyproject.toml: values for the parameters of a class, with their lines."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gokart_lint.project import nearness
from pytest_gokart.values import Place

KEY = 'parameters'
TABLE = 'tool.pytest-gokart'


class SettingsError(ValueError):
    """A setting that nobody can follow, with the place where it stands."""


@dataclass(frozen=True)
class Table:
    """What one table gives, as TOML says it, with the line of each key."""

    name: str
    values: Mapping[str, Any]
    at: Place
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        return Place(self.at.path, self.lines.get(key, self.at.line))


def read(root: str) -> Mapping[str, Table]:
    """The tables of the pyproject.toml in a folder, by the class that each names. Raises SettingsError."""
    path = os.path.join(root, 'pyproject.toml')
    try:
        with open(path, 'rb') as file:
            data = file.read()
    except OSError:
        return {}
    if b'pytest-gokart' not in data:  # most projects: not even the parser is imported
        return {}
    tool = _parsed('pyproject.toml', data).get('tool', {})
    tables = tool.get('pytest-gokart', {}) if isinstance(tool, dict) else {}
    if not isinstance(tables, dict):
        raise SettingsError(f'pyproject.toml: {TABLE} must be a table, not {tables!r}')
    for key in tables:
        if key != KEY:
            raise SettingsError(f'pyproject.toml: [{TABLE}] {key}: unknown key{nearest(key, [KEY]) or f"; the only one is {KEY}"}')
    classes = tables.get(KEY, {})
    if not isinstance(classes, dict):
        raise SettingsError(f'pyproject.toml: {TABLE}.{KEY} must hold one table a class, not {classes!r}')
    return {name: _table(name, values, data.decode()) for name, values in classes.items()}


def _parsed(shown: str, data: bytes) -> dict[str, Any]:
    from importlib import import_module

    parser = import_module('tomllib' if sys.version_info >= (3, 11) else 'tomli')
    try:
        parsed: dict[str, Any] = parser.loads(data.decode())
    except (UnicodeDecodeError, parser.TOMLDecodeError) as error:
        raise SettingsError(f'{shown}: it is not valid TOML: {error}') from None
    return parsed


def _table(name: str, values: Any, text: str) -> Table:
    header = f'[{TABLE}.{KEY}."{name}"]'
    if not isinstance(values, dict):
        raise SettingsError(f'pyproject.toml: {TABLE}.{KEY}.{name}: expected a table, {header}, not {values!r}')
    if '.' not in name:
        way = _way(name, values)
        example = f'[{TABLE}.{KEY}."{".".join(way if len(way) > 1 else ("module", name))}"]'
        raise SettingsError(f'pyproject.toml: {header} must name a class with its module, in quotes, as in {example}')
    header_line, lines = _lines(name, values, text)
    return Table(name, values, Place('pyproject.toml', header_line), lines)


def _way(name: str, values: Any) -> list[str]:
    """The dotted name that was meant: without quotes, TOML takes it for a table in a table, down to that of the class."""
    inner = next(iter(values.items()), None)
    return [name, *_way(*inner)] if inner is not None and isinstance(inner[1], dict) else [name]


def _lines(name: str, keys: Mapping[str, Any], text: str) -> tuple[int, dict[str, int]]:
    """The line of a table's header and those of its keys; the parser gives none. Keys that stand elsewhere have the header's."""
    lines = text.splitlines()
    header = next((number for number, line in enumerate(lines, start=1) if 'pytest-gokart' in line), 1)
    inside = False
    found: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if line.lstrip().startswith('['):
            inside = _names_table(line, name)
            header = number if inside else header
        elif inside and (key := re.match(r'\s*["\']?([^"\'=]+?)["\']?\s*=', line)) and key[1] in keys:
            found.setdefault(key[1], number)
    return header, found


def _names_table(line: str, name: str) -> bool:
    try:
        table: Any = _parsed('', line.strip().encode())
    except SettingsError:  # a list that goes on over lines
        return False
    for part in (*TABLE.split('.'), KEY, name):
        table = table.get(part) if isinstance(table, dict) else None
    return table is not None


def nearest(wrong: str, right: Iterable[str]) -> str:
    """A question after the nearest right name, or ''."""
    close = nearness.nearest(wrong, list(right))
    return f'; did you mean {close!r}?' if close else ''
