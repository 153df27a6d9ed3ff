"""What the documents say is what the code does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from gokart_lint.reports import FORMATS
from gokart_lint.reports.files import ENDINGS
from gokart_lint.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob('*.md'), *ROOT.glob('docs/*.md'), *ROOT.glob('benchmarks/*.md')])


def test_the_rule_pages_are_current() -> None:
    pages = runpy.run_path(str(ROOT / 'docs' / 'make_rules.py'))['pages']()
    written = {page.name: page.read_text(encoding='utf-8') for page in (ROOT / 'docs' / 'rules').glob('*.md')}
    assert written == pages, 'run `make docs`'


@pytest.mark.parametrize('document', DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r'\]\(([^)#]+?)(?:#[^)]*)?\)', document.read_text(encoding='utf-8')):
        if not target.startswith('https://'):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize('name', ['usage.md', 'usage.ja.md'])
def test_every_format_is_explained_with_its_endings(name: str) -> None:
    text = (ROOT / 'docs' / name).read_text(encoding='utf-8')
    rows = {row[1]: row[2] for row in re.finditer(r'^\| `(\w+)` \|.*\| (.*?) ?\|$', text, re.MULTILINE)}
    endings = {each: {ending for ending, form in ENDINGS.items() if form == each} for each in FORMATS}
    assert {each: set(re.findall('`(.+?)`', rows[each])) for each in FORMATS} == endings


@pytest.mark.parametrize('name', ['usage.md', 'usage.ja.md'])
def test_every_setting_and_option_is_explained(name: str) -> None:
    from gokart_lint.cli import main

    text = (ROOT / 'docs' / name).read_text(encoding='utf-8')
    keys = {field.replace('_', '-') for field in Settings.__struct_fields__} - {'root', 'source'}
    options = {option for parameter in main.commands['check'].params for option in parameter.opts if option.startswith('--')}
    assert {key for key in keys if f'\n{key} = ' not in text} == set()
    assert {option for option in options if f'`{option}' not in text} == set()
