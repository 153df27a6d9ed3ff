"""docs/pytest.md shows real output: its programs are written to disk, pytest runs on them, and what it prints is what the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.pytest_gokart.newer import cases
from tests.pytest_gokart.sessions import Run, run

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / 'docs' / name for name in ('pytest.md', 'pytest.ja.md')]
READMES = [ROOT / name for name in ('README.md', 'README.ja.md')]
_BLOCK = re.compile(r'^(?P<indent> *)```(?P<kind>\w+)\n(?P<text>.*?)^ *```$', re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r'^_{3,} (?:ERROR at setup of )?(?P<item>\S+\.(?:requires(?:\[.*?\])?|pipelines)) _{3,}$', re.MULTILINE)
_SAVED = """\
Train 00000000000000000000000000000000
  data: Clean 00000000000000000000000000000001 limit=20
    data: Load d4ba150b62b83f8fc670ddaaea924336 name=all
"""
"""The snapshot of the page's pipeline as it was when the limit was another one."""


class Page(NamedTuple):
    """The programs by their file names, which stand in their first lines, and the output that is shown."""

    programs: dict[str, str]
    shown: list[str]


def page(path: Path) -> Page:
    blocks = [_dedented(found) for found in _BLOCK.finditer(path.read_text(encoding='utf-8'))]
    programs = {text.split('\n', 1)[0].removeprefix('# '): text for kind, text in blocks if kind in ('python', 'ini', 'toml')}
    return Page(programs, [text for kind, text in blocks if kind == 'text'])


def _dedented(found: re.Match[str]) -> tuple[str, str]:
    return found['kind'], ''.join(line.removeprefix(found['indent']) for line in found['text'].splitlines(keepends=True))


def steady(output: str) -> str:
    """Output without what differs from run to run: versions, percentages, the marks before what an assertion says."""
    text = re.sub(r'^gokart: \S+, luigi [\d.]+', 'gokart: VERSION, luigi VERSION', output, flags=re.MULTILINE)
    text = re.sub(r'^([\w/.]+ [.F]+|\S+::.*? (?:PASSED|FAILED|ERROR)) +\[ *\d+%\]$', r'\1', text, flags=re.MULTILINE)
    return re.sub(r'^E {7}', '', text, flags=re.MULTILINE)


def told(output: str) -> dict[str, str]:
    """What is printed of each pipeline that fails."""
    failures = re.split(r'^=+ (?:gokart notes|PASSES|short test summary info) =+$', output, flags=re.MULTILINE)[0].partition('\n=====')[2]
    parts = _ITEM.split(re.sub(r'^=.*\n', '', failures, flags=re.MULTILINE))
    return dict(zip(parts[1::2], (each.lstrip('\n') for each in parts[2::2]), strict=True))


def run_at_80_columns(folder: Path, *arguments: str) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv('COLUMNS', '80')
        return run(folder, '-p', 'no:cacheprovider', '--color=no', *arguments)


@pytest.fixture(scope='module')
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What pytest prints of the right programs of the page, and of the wrong ones."""
    folder = tmp_path_factory.mktemp('page').resolve()
    programs = page(PAGES[0]).programs
    _write(folder, {name: text for name, text in programs.items() if not name.startswith('wrong/')})
    _write(folder, {'tests/__gokart_snapshots__/test_tasks/test_tree.txt': _SAVED})
    right = run_at_80_columns(folder, '-v')
    _write(folder, programs)
    wrong = run_at_80_columns(folder, '-v', 'wrong')
    assert not (folder / 'resources').exists()
    failed = {name for name, outcome in right.results.items() if outcome != 'PASSED'}
    assert failed == {'shop.py::ShopPipeline::requires[audit=True]', 'tests/test_tasks.py::test_tree'}, right.output
    return steady(right.output), steady(wrong.output)


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')


def test_what_the_page_shows_is_printed(printed: tuple[str, str]) -> None:
    for shown in page(PAGES[0]).shown:
        assert any(steady(shown) in each for each in printed), shown


def test_the_page_shows_all_that_is_printed_of_its_failures(printed: tuple[str, str]) -> None:
    failures = told(printed[1])
    assert len(failures) == sum(name.startswith('wrong/') and name.endswith('.py') for name in page(PAGES[0]).programs)
    shown = page(PAGES[0]).shown
    assert {item: text for item, text in failures.items() if text not in shown} == {}


def test_both_languages_have_the_same_programs_and_output() -> None:
    assert page(PAGES[0]) == page(PAGES[1])


@pytest.mark.parametrize('example', cases(['wine', 'wine_before'], {'wine': 'a generic TaskInstanceParameter'}))
def test_the_readme_shows_what_is_printed_of_the_examples(example: str, tmp_path: Path) -> None:
    folder = tmp_path.resolve() / example
    shutil.copytree(ROOT / 'examples' / example, folder, ignore=shutil.ignore_patterns('resources', '__pycache__', '.*_cache'))
    output = steady(run_at_80_columns(folder).output)
    for readme in READMES:
        text = readme.read_text(encoding='utf-8')
        [shown] = re.findall(rf'^```console\n\$ cd examples/{example} && pytest\n(.*?)^```$', text, re.MULTILINE | re.DOTALL)
        for part in re.split(r'^\.\.\.\n', shown, flags=re.MULTILINE):
            assert steady(part) in output
