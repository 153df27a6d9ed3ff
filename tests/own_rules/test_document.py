"""The example of docs/own-rules.md is run: its files are written, its commands typed, and what they print is compared."""

from __future__ import annotations

import importlib
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_rules.projects import Project, install, write

DOCS = Path(__file__).parent.parent.parent / 'docs'
TEXT = (DOCS / 'own-rules.md').read_text(encoding='utf-8')
FENCE = re.compile(r'^```(\w+)\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text) if found == language]


@pytest.fixture
def example(home: Path) -> Path:
    rules, tasks, tests = blocks(TEXT, 'python')
    [settings] = blocks(TEXT, 'toml')
    write(home, {'pyproject.toml': settings, 'acme_rules.py': rules, 'tasks.py': tasks, 'test_acme_rules.py': tests})
    return home


def test_the_commands_print_what_is_shown(example: Path) -> None:
    [session] = blocks(TEXT, 'console')
    for part in session.split('$ gokart-lint ')[1:]:
        command, _, shown = part.partition('\n')
        done = Project(example).run(*shlex.split(command))
        assert done.stdout + done.stderr == shown


def test_the_tests_of_the_example_pass(example: Path) -> None:
    command = [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-o', 'pythonpath=.', '--rootdir', '.', 'test_acme_rules.py']
    done = subprocess.run(command, cwd=example, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert '2 passed' in done.stdout


def test_the_example_is_typed(example: Path) -> None:
    command = [
        sys.executable,
        '-m',
        'mypy',
        '--strict',
        '--config-file',
        '',
        '--cache-dir',
        str(example.parent / 'cache'),
        'acme_rules.py',
    ]
    done = subprocess.run(command, cwd=example, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_entry_point_is_read(example: Path, site: Path) -> None:
    [table] = re.findall(r'^  \[project\.entry-points\."(.+)"\]\n  (.+)$', TEXT, re.MULTILINE)
    install(
        site, 'acme', '1', {'acme_rules.py': (example / 'acme_rules.py').read_text()}, f'[{table[0]}]\n{table[1].replace(chr(34), "")}\n'
    )
    (example / 'pyproject.toml').unlink()
    (example / 'acme_rules.py').unlink()
    assert Project(example, site).check() == [('tasks.py', 10, 'ACME001')]


def test_what_is_called_stable_is_there() -> None:
    rows = re.findall(r'^\| `(gokart_lint[\w.]*)` \| (.+) \|$', TEXT, re.MULTILINE)
    assert len(rows) == 13
    for name, members in rows:
        owner, _, last = name.rpartition('.')
        found = getattr(importlib.import_module(owner), last) if last[0].isupper() else importlib.import_module(name)
        of_instances = re.findall(r'self\.(\w+) = ', inspect.getsource(found))
        for member in re.findall(r'`(\w+)`', members):
            assert hasattr(found, member) or member in of_instances, f'{name}.{member}'


def test_both_languages_show_the_same_code() -> None:
    japanese = (DOCS / 'own-rules.ja.md').read_text(encoding='utf-8')
    assert FENCE.findall(japanese) == FENCE.findall(TEXT)
    assert re.findall(r'^\| `gokart_lint[\w.]*`', japanese, re.MULTILINE) == re.findall(r'^\| `gokart_lint[\w.]*`', TEXT, re.MULTILINE)
