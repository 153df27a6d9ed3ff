"""Task modules that are broken at random: the plugin may find what it likes in them, but it never fails.

`GOKART_LINT_MYPY_RAISE` lets a fault of the plugin through, and mypy then ends with an INTERNAL ERROR.
"""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
import warnings
from pathlib import Path

from tests.mypy.library_cache import PYPROJECT

PROGRAMS = Path(__file__).parent / 'programs'
SOURCES = ('construction.py', 'declarations.py', 'loading_more.py', 'odd_bodies.py', 'requiring.py', 'around.py')
COUNT = 60
PIECES = (
    'None', '...', '3', "'a'", '[]', '{}', '()', 'self', 'cls', 'lambda: 0', '[x for x in y]', '{**a}', 'luigi',
    'gokart.TaskOnKart',
    'luigi.Parameter()', 'luigi.IntParameter', 'undefined', 'undefined.deeper[0]', '(yield)', '(n := 3)', 'not x', 'f"{x}"',
    'super()', 'self.load', 'type("A", (), {})', 'gokart.TaskInstanceParameter(expected_type=undefined)', 'x if y else z', '-x', 'a < b',
)  # fmt: skip


class Breaker(ast.NodeTransformer):
    """Puts other pieces into a tree, takes statements away, doubles and moves them."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ('body', 'args', 'bases', 'decorator_list', 'keywords', 'elts', 'targets'):
            found = getattr(node, name, None)
            if isinstance(found, list) and len(found) > 1 and self._dice.random() < 0.06:
                place = self._dice.randrange(len(found))
                found[place:place] = [found[place]] if self._dice.random() < 0.5 else []
                if self._dice.random() < 0.5:
                    del found[self._dice.randrange(len(found))]
                if name in ('body', 'bases', 'elts', 'decorator_list'):
                    self._dice.shuffle(found)
        is_value = isinstance(node, ast.expr) and not isinstance(getattr(node, 'ctx', ast.Load()), ast.Store | ast.Del)
        if is_value and self._dice.random() < 0.02:
            piece = self._dice.choice(PIECES)
            return ast.parse(piece, mode='eval').body
        return node


def broken(source: str, dice: random.Random) -> str | None:
    """A module that Python can still parse, or None."""
    try:
        text = ast.unparse(ast.fix_missing_locations(Breaker(dice).visit(ast.parse(source))))
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')  # "'int' object is not callable"
            compile(text, 'broken', 'exec')
    except (SyntaxError, ValueError, TypeError, AttributeError, IndexError):
        return None
    return text


def written(folder: Path, seed: int, count: int) -> None:
    """Write at most so many broken modules."""
    dice = random.Random(seed)
    folder.mkdir(parents=True)
    (folder / 'pyproject.toml').write_text(PYPROJECT)
    for number in range(count):
        text = broken((PROGRAMS / dice.choice(SOURCES)).read_text(encoding='utf-8'), dice)
        if text is not None:
            (folder / f'broken_{number}.py').write_text(text, encoding='utf-8')


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """One run of mypy over all of them, in which a fault of the plugin shows; what mypy cannot begin with is taken away before."""
    command = [sys.executable, '-m', 'mypy', '--cache-dir', os.devnull, '--show-traceback', '.']
    environment = {**os.environ, 'GOKART_LINT_MYPY_RAISE': '1'}
    while True:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if 'errors prevented further checking' not in done.stdout or 'INTERNAL ERROR' in done.stdout + done.stderr:
            return done
        for name in {line.partition(':')[0] for line in done.stdout.splitlines() if ': error:' in line}:
            (folder / name).unlink()


def assert_no_failure(folder: Path, seed: int, count: int) -> None:
    """Break so many modules and check them; enough of them must be of use."""
    written(folder, seed, count)
    done = checked(folder)
    said = done.stdout + done.stderr
    assert 'INTERNAL ERROR' not in said, said[-3000:]
    assert 'Traceback' not in said, said[-3000:]
    assert done.returncode == 1, said[-3000:]
    left = len(list(folder.glob('*.py')))
    assert left > count / 4
    assert f'checked {left} source files' in done.stdout, said[-300:]


def test_no_form_makes_the_plugin_fail(tmp_path: Path) -> None:
    assert_no_failure(tmp_path / 'project', 1, COUNT)
