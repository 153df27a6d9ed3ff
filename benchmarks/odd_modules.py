"""Small gokart projects in every form that files have: encodings, line ends, tabs, comments in odd places, all styles of parameters.

Each is real code: it can be imported, and its tasks can be built. They are what the fixes are tried on (`benchmarks/fixes.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

Files = dict[str, bytes]

_CLASSES = ('Load', 'Train', '葡萄', 'Predict', '学習', 'Wine', 'Évaluer')
_COMMENTS = (
    *(
        '# コメント',
        '# a, b) = (c',
        '# keep "this"',
        '# noqa',
        '# noqa: E501',
        '# noqa: E501, GK309',
        '# noqa: GK204  # stays',
        '# ten',
    ),
    *('# gokart-lint: ignore[GK205] reason', '# gokart-lint: ignore[GK309, GK110]', '# type: ignore', '# ソ表', '# noqa: GK101, E501'),
)
_HEADS = (
    'import gokart\nimport luigi\n',
    'import gokart, luigi\n',
    'import gokart; import luigi\n',
    '"""A module."""\nimport luigi\nimport gokart\n',
    '"""A module."""; import gokart\nimport luigi  # the engine\n',
    "'''A\nmodule.\n'''\nfrom __future__ import annotations\n\nimport gokart\nimport luigi\n",
    'try:\n    import gokart\nfinally:\n    import luigi\n',
    'import \\\n    gokart\nimport luigi\n',
    '\x0c\nimport gokart\n\x0cimport luigi\n',
    '#!/usr/bin/env python\n# a comment\n\n\nimport luigi\nimport gokart\n\n',
    'import typing\nimport gokart\nimport luigi\nfrom typing import Any\n',
    'if True:\n    import gokart\n    import luigi\nimport enum\n',
)
_PLAIN = (
    'luigi.IntParameter()',
    'luigi.IntParameter(default=3)',
    'luigi.Parameter()',
    'luigi.Parameter(default=3)',
    "luigi.Parameter('a')",
    'luigi.ListParameter(default=[1])',
    'luigi.ListParameter()',
    'luigi.DictParameter(default={})',
    'luigi.BoolParameter()',
    "luigi.ChoiceParameter(choices=['a', 'b'], default='a')",
    'luigi.ChoiceParameter(choices=(1, 2), var_type=int)',
    'luigi.OptionalParameter(default=None)',
    'luigi.DateParameter()',
    "luigi.IntParameter(\n        default=3,  # three\n        description='''a\n        b''',\n    )",
    'luigi.IntParameter(  # 三\n        3\n    )',
    'luigi. IntParameter (default = 3,)',
    '(luigi.IntParameter(default=3))',
    'luigi.IntParameter \\\n        (default=3)',
)
_TASK = (
    'gokart.TaskInstanceParameter({})',
    'gokart.TaskInstanceParameter(significant=False{})',
    'gokart.TaskInstanceParameter(  # 依存\n        significant=True,  # a\n    {})',
    'gokart.TaskInstanceParameter(\n        {}\n    )',
    'gokart.TaskInstanceParameter(expected_type=None{})',
    'gokart.TaskInstanceParameter \\\n        ({})',
)
_USES = (
    'self.{0}',
    'self.{0} if self.{0} else 1',
    '(self.{0}, self.{0})',
    '[self.{0} for _ in range(2)]',
    'str(\n            self.{0},  # 読\n        )',
)
_SIGNATURES = (
    ('self, x', 'x={}'),
    ('self,x,y=1', '{}'),
    ('self, x, /', '{}'),
    ('self, *, x', 'x={}'),
    ('self, x, *more', '{}, 2, 3'),
    ('self, x: int, y: int = 2', '{}, y=3,'),
    ('self, x, **more', '{}, z=1'),
    ('self,  # the task\n        x,  # what it holds\n    ', '{},  # ひとつ\n        '),
    ('\n        self,\n        x,\n        *,\n        y=1,\n    ', '\n            {},\n            y=2\n        '),
)


class _Writer:
    """One module as it is written."""

    def __init__(self, rng: Random, known: Sequence[str]) -> None:
        self.rng = rng
        self.known = list(known)
        """The task classes that can be named, those of other modules with their module."""
        self.own: list[str] = []
        self.lines: list[str] = []

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def comment(self, share: float = 0.2) -> str:
        return f'{self.rng.choice((" ", "  ", ""))}{self.rng.choice(_COMMENTS)}' if self.chance(share) else ''

    def put(self, text: str, share: float = 0.2) -> None:
        self.lines.append(text + self.comment(share))
        if self.chance(0.05):
            self.lines.append(f'    {self.rng.choice(_COMMENTS)}')

    def task(self, number: int) -> None:
        """One task class, with the classes above for what it needs."""
        name = f'{self.rng.choice(_CLASSES)}{number}'
        nested = self.chance(0.1)
        begin = len(self.lines)
        for _ in range(self.rng.choice((0, 0, 0, 1))):
            self.put('@(lambda cls: cls)')
        base = self.rng.choice(('gokart.TaskOnKart', 'gokart.TaskOnKart[int]', '\n    gokart.TaskOnKart,  # 基\n', *self.own[-1:]))
        self.put(f'class {name}({base}):')
        if self.chance(0.3):
            self.put('    """文書."""' if self.chance(0.5) else '    """A\n    task."""', 0)
        tasks = [self.task_parameter(f'dep{place}') for place in range(self.rng.choice((0, 1, 1, 2)))] if self.known else []
        plain = [self.parameter(f'{self.rng.choice(("n", "数", "rate"))}{place}') for place in range(self.rng.randint(0, 3))]
        if self.chance(0.1):
            self.put('    __version = luigi.IntParameter(default=1)')
        self.requires(tasks)
        self.run(plain)
        if nested:
            self.lines[begin:] = [f'class Outer{number}:', *('    ' + line.replace('\n', '\n    ') for line in self.lines[begin:])]
        else:
            self.own.append(name)
            self.known.append(name)
        self.lines += [''] * self.rng.randint(0, 2)

    def parameter(self, name: str) -> str:
        value = self.rng.choice(_PLAIN)
        if self.chance(0.2):
            self.put(f'    {name}: int = {value}')
        elif self.chance(0.1):
            self.put(f'    {name} = {value}; other_{name} = {self.rng.choice(_PLAIN)}')
        elif self.chance(0.1):
            self.put(f'    if True:\n        {name} = {value}')
        elif self.chance(0.05):
            self.put(f'    {name} = alias_{name} = {value}')
        elif self.chance(0.1):
            self.put(f'    {name} = {value}  # type: int', 0.3)
        elif self.chance(0.1):
            self.put(f'    {name} = \\\n        {value}')
        else:
            self.put(f'    {name}{self.rng.choice((" = ", "=", "  =  "))}{value}', 0.3)
        return name

    def task_parameter(self, name: str) -> str:
        other = self.rng.choice(self.known)
        many = self.chance(0.2)
        call = self.rng.choice(_TASK)
        if many:
            call = call.replace('TaskInstance', 'ListTaskInstance').replace('expected_type', 'expected_elements_type')
        given = self.rng.choice(('', '', f'expected_{"elements_" if many else ""}type={other}'))
        given = '' if 'type=None' in call else given
        call = call.format(f', {given}' if given and 'significant=False' in call else given)
        annotation = self.rng.choice(('', '', f': list[{other}]' if many else f': {other}', f": '{other}'" if not many else ''))
        self.put(f'    {name}{annotation} = {call}', 0.3)
        return name

    def requires(self, tasks: list[str]) -> None:
        if not tasks:
            return
        each = self.rng.choice((
            f'return self.{tasks[0]}',
            f'return dict({", ".join(f"{name}=self.{name}" for name in tasks)})',
            'return {' + ', '.join(f"'{name}': self.{name}" for name in tasks) + '}  # 辞書',
            f'return [self.{tasks[0]}]',
            '',
        ))  # fmt: skip
        if each:
            name = self.rng.choice(('requires', 'requires', 'requires', 'require', 'requiers'))
            self.put(f'    def {name}(self):{self.rng.choice((" ", chr(10) + "        "))}{each}', 0.1)

    def run(self, plain: list[str]) -> None:
        form = self.rng.choice(('inline', 'delegate', 'delegate', 'delegate', 'none', 'silent', 'misspelt'))
        if form == 'none':
            self.put('    pass')
        elif form == 'silent':
            self.put('    def run(self): pass')
        elif form == 'misspelt':
            self.put('    def runs(self):\n        self.dump(1)')
        elif form == 'inline':
            self.put('    def run(self):\n        total = 0')
            self.put('        for each in range(3): total += each; self.dump(total)')
        else:
            self.delegate(plain)

    def delegate(self, plain: list[str]) -> None:
        signature, call = self.rng.choice(_SIGNATURES)
        instance = self.rng.choice(('self', 'self', 'self', 'タスク'))
        uses = [self.rng.choice(_USES).format(self.rng.choice(plain)) for _ in range(self.rng.randint(0, 2))] if plain else []
        total = self.rng.choice(('x', 'len(str(x))', '[x, x]'))
        given = call.format(self.rng.choice(('1', '2 + 1', 'self.load() if False else 3')))
        run = f'    def run(self):\n        self.dump(self._fit({given}))'
        decorator = self.rng.choice(('', '', '', f'    {self.rng.choice(_COMMENTS)}\n'))
        lines = [f'{decorator}    def _fit({signature}):', '        """Fit."""', *(f'        y_{n} = {use}' for n, use in enumerate(uses))]
        fit = '\n'.join([*lines, '        for each in range(3): print(end=str(each)[:0])', f'        return {total}'])
        for text in (run, fit.replace('self', instance)) if self.chance(0.7) else (fit, run):
            self.put(text)


def disguised(files: Mapping[str, str], rng: Random) -> Files:
    """Real files in other forms; only the indentation is as it was, where there may be text that it belongs to."""
    return {name: saved(text, rng, indents='\t' not in text and '"""' not in text.partition('class ')[2]) for name, text in files.items()}


def project(rng: Random) -> Files:
    """One to three modules, each of which may import those before it."""
    files: Files = {}
    known: list[str] = []
    for number in range(rng.choice((1, 1, 2, 3))):
        writer = _Writer(rng, known)
        head = rng.choice(_HEADS) + ''.join(f'import {name[:-3]}\n' for name in files)
        for place in range(rng.randint(1, 4)):
            writer.task(place)
        files[f'm{number}.py'] = saved(head + '\n'.join(writer.lines) + '\n', rng)
        known += [f'm{number}.{name}' for name in writer.own]
    return files


def saved(text: str, rng: Random, *, indents: bool = True) -> bytes:
    """The text as a file: indented, ended and encoded in one of the ways that Python reads."""
    if indents and rng.random() < 0.25:
        unit = rng.choice(('\t', '  ', '        ', ' '))
        text = re.sub(r'^(?:    )+', lambda found: unit * (len(found.group()) // 4), text, flags=re.MULTILINE)
    if rng.random() < 0.1:
        text = re.sub(r'\n(?=class |@)', '\n\x0c', text)
    text = text.rstrip('\n') if rng.random() < 0.2 else text
    encoding = rng.choice(('', '', '', '', 'utf-8', 'cp932', 'euc-jp', 'latin-1'))
    if encoding:
        shebang, rest = text.split('\n', 1) if text.startswith('#!') else ('', text)
        text = f'{shebang}{chr(10) if shebang else ""}# -*- coding: {encoding} -*-\n{rest}'
    text = _ended(text, rng)
    try:
        return (b'\xef\xbb\xbf' if encoding in ('', 'utf-8') and rng.random() < 0.15 else b'') + text.encode(encoding or 'utf-8')
    except UnicodeEncodeError:
        return text.replace(f'coding: {encoding}', 'coding: utf-8').encode()


def _ended(text: str, rng: Random) -> str:
    kind = rng.choice(('\n', '\n', '\n', '\r\n', '\r', 'mixed'))
    if kind == 'mixed':
        return re.sub('\n', lambda found: rng.choice(('\n', '\r\n')), text)
    return text.replace('\n', kind)
