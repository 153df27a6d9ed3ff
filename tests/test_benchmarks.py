"""The generated project is what benchmarks/lint.py takes it for: the same every time, valid, with its faults where it says."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import Project, generate

# What the line of a planted fault holds, and what the statement at it must lack.
PLACES = {
    'GK101': r'\w+(: .+)? = gokart\.(List)?TaskInstanceParameter\(\)',
    'GK201': r'def run\(self\):',
    'GK203': r'def run\(self\):',
    'GK301': r'rerun = True|rerun=True,',
    'F401': r'import os',
    'CANARY': r'rerun = True',
}


@pytest.fixture(scope='module')
def project() -> Project:
    """As many files as hold every kind of module, dense with faults."""
    return generate(12, density=1.0)


def test_the_same_seed_gives_the_same_project(project: Project) -> None:
    again = generate(12, density=1.0)
    assert again.files == project.files
    assert again.planted == project.planted
    assert generate(12, seed=2, density=1.0).files != project.files


def test_it_has_the_size_that_was_asked_for(project: Project) -> None:
    assert len(project.files) == 12
    assert sum(text.count('\n') for text in project.files.values()) == project.lines
    assert 12 * 150 < project.lines < 12 * 250


def test_every_file_parses_on_old_pythons(project: Project) -> None:
    for path, text in project.files.items():
        ast.parse(text, path, feature_version=(3, 8))


def test_every_kind_of_fault_is_planted(project: Project) -> None:
    assert Counter(planted.code for planted in project.planted).keys() == PLACES.keys()


def test_planted_faults_stand_where_the_list_says(project: Project) -> None:
    for planted in project.planted:
        line = project.files[planted.path].splitlines()[planted.line - 1]
        assert re.fullmatch(PLACES[planted.code], line.strip()), (planted, line)


def test_nothing_else_looks_like_a_planted_fault(project: Project) -> None:
    lines = [line.strip() for text in project.files.values() for line in text.splitlines()]
    for codes in (['GK101'], ['GK301', 'CANARY'], ['F401']):
        pattern = '|'.join(PLACES[code] for code in codes)
        assert sum(1 for line in lines if re.fullmatch(pattern, line)) == sum(planted.code in codes for planted in project.planted)


def test_only_a_run_with_gk203_never_dumps(project: Project) -> None:
    silent = [
        (path, node.lineno)
        for path, text in project.files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == 'run' and 'self.dump' not in ast.unparse(node)
    ]
    assert sorted(silent) == sorted((planted.path, planted.line) for planted in project.planted if planted.code == 'GK203')


def test_no_mark_is_left_in_the_files(project: Project, tmp_path: Path) -> None:
    project.write(tmp_path)
    for path, text in project.files.items():
        assert (tmp_path / path).read_text(encoding='utf-8') == text
        assert '\0' not in text
    listed = json.loads((tmp_path / 'planted.json').read_text(encoding='utf-8'))
    assert listed == [planted._asdict() for planted in project.planted]


def test_without_density_only_the_canaries_are_planted() -> None:
    assert [planted.code for planted in generate(12, density=0).planted] == ['F401', 'CANARY']


def test_too_few_files_are_refused() -> None:
    with pytest.raises(ValueError, match='cannot hold'):
        generate(7)
