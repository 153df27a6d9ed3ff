"""Run every line that a conformance program marks as right, on real gokart. `python running_programs.py PROGRAM...`, in an empty folder."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class _WithoutFaults(ast.NodeTransformer):
    """Takes the wrong statements out of a program."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt) and not isinstance(node, ast.ClassDef) and '# wrong: ' in self._lines[node.lineno - 1]:
            return ast.copy_location(ast.Return(ast.List([], ast.Load())) if isinstance(node, ast.Return) else ast.Pass(), node)
        return super().generic_visit(node)


def right_statements(path: Path) -> tuple[ast.Module, list[tuple[str, ast.stmt]]]:
    """A program without its faults, and its right statements with the class or function that each stands in."""
    text = path.read_text(encoding='utf-8')
    lines = text.split('\n')
    tree = ast.fix_missing_locations(_WithoutFaults(lines).visit(ast.parse(text)))
    return tree, [(place, each) for place, each in _statements(tree, '') if '# right: ' in lines[each.lineno - 1]]


def _statements(tree: ast.AST, place: str) -> Iterator[tuple[str, ast.stmt]]:
    for each in ast.iter_child_nodes(tree):
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            yield from _statements(each, place or each.name)
        elif isinstance(each, ast.stmt):
            yield place, each


def run(path: Path) -> int:
    """Run them, with the tasks that they speak of built and their results made."""
    tree, statements = right_statements(path)
    names: dict[str, Any] = {'__name__': path.stem}
    exec(compile(tree, str(path), 'exec'), names)
    load, clean = names['Load'](path='a.csv'), names['Clean'](rows=1)
    load.dump(['b', 'a'])
    clean.dump(['c'])
    given = dict(data=load, cleaned=clean)
    names.update(path='a.csv', number=3, load=load, clean=clean)
    selves = {'Annotated': names['Annotated'](**given, spare=names['Limited']()), 'Bare': names['Bare'](**given, parts=[load])}
    for owner, statement in statements:
        if not isinstance(statement, ast.Return):
            exec(compile(ast.Module([statement], []), f'{path}:{statement.lineno}', 'exec'), {**names, 'self': selves.get(owner)})
    assert selves['Annotated'].requires() == given
    return len(statements)


if __name__ == '__main__':
    sys.path.insert(0, str(Path(sys.argv[1]).parent))
    importlib.import_module('luigi').configuration.get_config().set('Configured', 'rows', '10')
    for program in map(Path, sys.argv[1:]):
        folder = Path(program.stem)
        folder.mkdir()
        os.chdir(folder)
        print(program.stem, run(program))
        os.chdir('..')
