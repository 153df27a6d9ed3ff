"""Blocks of generated source that know nothing of gokart: functions, plain classes, imports that a body needs.

A block is a list of lines without line ends. A line may end in a mark, MARK and a code: that is where a fault is planted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from string import Template

from benchmarks.phrases import COLUMNS, COMMENTS, DOCSTRINGS, KEYS, STATEMENTS, WORDS

Block = list[str]
MARK = '\0'

IMPORTS = (
    (r'\blogger\b', 'import logging'),
    (r'\bunittest\.', 'import unittest'),
    (r'@dataclass\b', 'from dataclasses import dataclass'),
    (r'\bMagicMock\b', 'from unittest.mock import MagicMock'),
    (r'\bgokart\.', 'import gokart'),
    (r'\bluigi\.', 'import luigi'),
    (r'\bnp\.', 'import numpy as np'),
    (r'\bpd\.', 'import pandas as pd'),
)


def indented(lines: Sequence[str]) -> Block:
    """One level deeper; empty lines stay empty."""
    return [f'    {line}' if line else '' for line in lines]


def filled(rng: Random, text: str) -> Block:
    """A phrase with columns, a key, a number and a word put in."""
    a, b = rng.sample(COLUMNS, 2)
    words = {'a': a, 'b': b, 'k': rng.choice(KEYS), 'n': rng.randrange(2, 90), 'w': rng.choice(WORDS)}
    return Template(text).substitute(words).splitlines()


def statements(rng: Random, count: int) -> Block:
    """So many statements, some under a comment."""
    lines: Block = []
    for phrase in rng.sample(STATEMENTS, count):
        if rng.random() < 0.25:
            lines.append(rng.choice(COMMENTS))
        lines += filled(rng, phrase)
    return lines


def function(rng: Random, header: str, start: Sequence[str] = (), *, size: int) -> Block:
    """A function that works on `frame` after the lines of `start`, and returns it."""
    docstring = [f'"""{rng.choice(DOCSTRINGS)}"""'] if rng.random() < 0.5 else []
    return [header, *indented([*docstring, *start, *statements(rng, size), 'return frame'])]


def module_function(rng: Random, name: str) -> Block:
    """A function of a helper module: a frame, a number, a frame."""
    header = rng.choice(
        (
            f'def {name}(frame, limit=0):',
            f'def {name}(frame: pd.DataFrame, limit: int = 0) -> pd.DataFrame:',
            f'def {name}(\n    frame: pd.DataFrame,\n    limit: float = 0.0,\n) -> pd.DataFrame:',
        )
    )
    first = filled(rng, "frame = frame[frame['$a'] >= limit]")
    return [*header.splitlines()[:-1], *function(rng, header.splitlines()[-1], first, size=rng.randrange(3, 7))]


def schema(rng: Random, name: str, base: str) -> Block:
    """A class that is no task, with methods that use their instance."""
    fields = rng.sample(COLUMNS, 4)
    lines = ['@dataclass', f'class {name}({base}):' if base else f'class {name}:', f'    """{rng.choice(DOCSTRINGS)}"""', '']
    lines += [f'    {field}: float = {rng.randrange(100)}.0' for field in fields]
    lines += ['', '    def total(self) -> float:', f'        return self.{fields[0]} + self.{fields[1]} * self.{fields[2]}', '']
    lines += [
        '    @classmethod',
        '    def from_row(cls, row):',
        f'        return cls(**{{name: row[name] for name in {tuple(fields)!r}}})',
        '',
    ]
    return [*lines, *indented(function(rng, 'def apply(self, frame):', [f"frame['total'] = frame['{fields[3]}'] * self.total()"], size=3))]


def imports(lines: Sequence[str], own: Sequence[str] = ()) -> Block:
    """What the body names of libraries, then what it names of the project itself, then the logger."""
    text = '\n'.join(lines)
    found = [statement for pattern, statement in IMPORTS if re.search(pattern, text)]
    standard = [line for line in found if re.match(r'import (logging|unittest)|from (dataclasses|unittest)', line)]
    groups = [
        standard,
        [line for line in found if line not in standard],
        sorted(set(own), key=lambda line: (line.startswith('from .'), line)),
    ]
    block = [line for group in groups if group for line in (*group, '')]
    return [*block, 'logger = logging.getLogger(__name__)', ''] if re.search(r'\blogger\b', text) else block


def assembled(docstring: str, own: Sequence[str], blocks: Sequence[Block]) -> Block:
    """A whole module: docstring, imports, blocks two lines apart."""
    body = [line for block in blocks for line in ('', *block, '')]
    return [f'"""{docstring}"""', '', *imports(body, own), *body[:-1]]
