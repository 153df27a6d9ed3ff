"""What each type checker says of the programs in `conformance/`: as recorded, and as the pages say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from compatibility import conformance
from compatibility.checkers import CHECKERS, PLUGIN, Checker
from compatibility.conformance_words import JAPANESE, STYLES

RUNNER = Path(__file__).parent / 'running_programs.py'
SAME = '# --- From here on the same in every style'


@pytest.mark.parametrize('checker', CHECKERS, ids=lambda checker: checker.name)
def test_a_checker_says_what_is_recorded(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('GOKART_LINT_MYPY_RAISE', '1')
    if checker.path() is None:
        pytest.skip(f'{checker.program} is not installed: it is in the dependency group dev of pyproject.toml')
    recorded = conformance.read_record()[checker.name]
    assert conformance.measured(checker) == recorded['cells'], (
        f'{checker.version()}, recorded with {recorded["version"]}: run `make checkers`'
    )


def test_the_plugin_finds_every_fault_and_raises_no_alarm() -> None:
    cells = conformance.read_record()[PLUGIN.name]['cells']
    assert {answer for by_style in cells.values() for answer in by_style.values()} == {'found', 'silent'}


@pytest.mark.parametrize('language', conformance.PAGES)
def test_the_pages_show_what_is_recorded(language: str) -> None:
    text = conformance.PAGES[language].read_text(encoding='utf-8')
    shown = conformance.page(text, conformance.read_record(), language)
    assert text == shown, 'run `make checkers`'
    assert text.count('<!-- measured -->\n|') == 1
    code = (conformance.PROGRAMS / 'checked.py').read_text(encoding='utf-8')
    assert f'```python\n# checked.py\n{code}```\n' in text, 'the base on the page is not the one that is tested'


def test_the_styles_differ_in_their_declarations_alone() -> None:
    texts = {style: (conformance.PROGRAMS / f'{style}.py').read_text(encoding='utf-8') for style in STYLES}
    assert len({text.partition(SAME)[2] for text in texts.values()}) == 1
    plain = texts['on_base'].replace('CheckedTask[', 'gokart.TaskOnKart[').replace('\n\nfrom checked import CheckedTask\n', '\n')
    assert plain.partition('\n')[2] == texts['descriptor'].partition('\n')[2]
    bare = re.sub(r'^(    \w+): [^=]+ = ', r'\1 = ', texts['value'], flags=re.MULTILINE).partition('\n')[2]
    assert re.sub(r'\n    data = .*# wrong: an annotation.*', '', bare) == texts['bare'].partition('\n')[2]


def test_every_row_has_its_words() -> None:
    assert {row.partition(': ')[2] for row in conformance.rows()} == set(JAPANESE)


def test_gokart_runs_every_line_that_is_marked_right(tmp_path: Path) -> None:
    programs = [str(conformance.PROGRAMS / f'{style}.py') for style in STYLES]
    done = subprocess.run([sys.executable, str(RUNNER), *programs], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    right = [row for row in conformance.rows() if row.startswith('right: ') and row != conformance.ELSEWHERE]
    inside = ('right: requires() without annotations', 'right: a dump in a body without annotations')  # they run with what they stand in
    assert done.stdout.split('\n')[:-1] == [f'{style} {len(set(right) - set(inside))}' for style in STYLES]


def test_what_the_page_says_of_the_base() -> None:
    recorded = {name: each['cells'] for name, each in conformance.read_record().items()}
    missing = {name: cells['wrong: a missing parameter'] for name, cells in recorded.items()}
    assert {name for name, by_style in missing.items() if by_style['on_base'] == 'missed'} == {'ty'}
    assert {name for name, by_style in missing.items() if by_style['descriptor'] == 'found'} == {PLUGIN.name, 'pyrefly'}
    for row in ('what is optional by its class left out', 'a default given by place', 'a parameter that luigi.cfg gives'):
        alarmed = {name for name, cells in recorded.items() if cells[f'right: {row}']['on_base'] == 'alarm'}
        assert alarmed == {'mypy alone', 'basedpyright', 'pyrefly'}
