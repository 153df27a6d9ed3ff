"""Write docs/rules from the rules. `python docs/make_rules.py`, or `make docs`."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.reports.reference import markdown, markdown_index
from gokart_lint.rules.registry import all_rules

FOLDER = Path(__file__).parent / 'rules'


def pages() -> dict[str, str]:
    """The text of every page by its file name."""
    rules = all_rules()
    return {'README.md': markdown_index(rules), **{f'{rule.code}.md': markdown(rule) for rule in rules}}


if __name__ == '__main__':
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob('*.md'):
        stale.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding='utf-8')
