"""Which files will be read whole, told from the words of their imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gokart_lint.project.foreseeing import foreseen
from gokart_lint.reading import syntax
from tests.rules.harness import findings

TASKS = b'import gokart\n'


@pytest.mark.parametrize(
    'text',
    [
        b'import app.tasks\n',
        b'import os, app.tasks as t\n',
        b'from app import tasks\n',
        b'from . import tasks\n',
        b'from .tasks import Load\n',
        b'from app import (\n    other,\n    tasks,  # a comment\n)\n',
        b'def f():\n    from app.tasks import *\n',
        b'if x:\n\timport app.tasks\r\n',
        b'from app import other, \\\n    tasks\nimport tasks\n',
    ],
)
def test_an_import_of_a_file_with_tasks(text: bytes) -> None:
    assert foreseen([('/p/app/tasks.py', TASKS), ('/p/a.py', text)]) == {'/p/app/tasks.py', '/p/a.py'}


def test_through_others_and_packages() -> None:
    files = [
        ('/p/app/__init__.py', b'from .tasks import Load\n'),
        ('/p/app/tasks.py', TASKS),
        ('/p/a.py', b'import app\n'),
        ('/p/b.py', b'from a import x\n'),
        ('/p/c.py', b'import os\n# import tasks\n'),
    ]
    assert foreseen(files) == {'/p/app/__init__.py', '/p/app/tasks.py', '/p/a.py', '/p/b.py'}
    assert foreseen([('/p/c.py', b'import os\n'), ('/p/b.py', b'import c\n')]) == set()


def test_no_file_is_parsed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f'app/m{number}.py': f'from app.m{number + 1} import Load\n' for number in range(30)}
    files['app/m30.py'] = 'import gokart\n\n\nclass Load(gokart.TaskOnKart):\n    rerun = True\n'
    parsed = []
    parse = syntax.parse

    def counted(text: str) -> ast.Module:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(syntax, 'parse', counted)
    assert len(findings(tmp_path, {'app/__init__.py': '', **files}, 'GK301')) == 1
    assert len(parsed) == len(files) + 1
