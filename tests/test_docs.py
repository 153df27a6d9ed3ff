"""What the documents say is what the code does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

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
def test_every_setting_and_option_is_explained(name: str) -> None:
    from gokart_lint.cli import main

    text = (ROOT / 'docs' / name).read_text(encoding='utf-8')
    keys = {field.replace('_', '-') for field in Settings.__struct_fields__} - {'root', 'source'}
    options = {option for parameter in main.commands['check'].params for option in parameter.opts if option.startswith('--')}
    assert {key for key in keys if f'\n{key} = ' not in text} == set()
    assert {option for option in options if f'`{option}' not in text} == set()
