"""The rules as text: the table of `gokart-lint rules`, the page of `gokart-lint explain`, and the pages of docs/rules."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent

import msgspec

from gokart_lint.reports import url
from gokart_lint.reports.plain import BOLD, painted
from gokart_lint.rules.registry import Rule


def table(rules: Sequence[Rule], *, colour: bool = False) -> str:
    """One line a rule: code, name, when it runs, which fixes it has, what it is about."""
    rows = [(rule.code, rule.name, _runs(rule, 'default'), rule.fixable or '-', rule.summary) for rule in rules]
    rows.insert(0, ('code', 'name', 'runs', 'fix', 'reports'))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ['  '.join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows]
    return '\n'.join([painted(lines[0], BOLD, colour), *lines[1:]])


def table_as_json(rules: Sequence[Rule]) -> str:
    """The same as a list of objects, with the whole page of each rule."""
    rows = [
        {
            'code': rule.code,
            'name': rule.name,
            'summary': rule.summary,
            'opt_in': rule.opt_in,
            'fixable': rule.fixable or None,
            'explanation': rule.documentation,
            'url': url(rule.code, [rule]) or None,
            'provider': rule.provider or None,
        }
        for rule in rules
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode()


def page(rule: Rule, *, colour: bool = False) -> str:
    """All about one rule."""
    suppression = (
        '' if rule.code.startswith('GK9') else f'\nSuppress one with `# noqa: {rule.code}` or `# gokart-lint: ignore[{rule.code}] reason`.'
    )
    parts = [painted(f'{rule.code} {rule.name}', BOLD, colour), rule.documentation]
    for heading, program in (('Reported', rule.bad), ('Right', rule.good)):
        if program:
            parts += [painted(heading, BOLD, colour), indent(program.rstrip(), '    ')]
    provider = f'\nIt comes from {rule.provider} ({rule.module.__name__}).' if rule.provider else ''
    parts.append(f'{_when(rule)}{suppression}{provider}\n{url(rule.code, [rule])}'.rstrip())
    return '\n\n'.join(parts)


def markdown(rule: Rule) -> str:
    """The page of a rule in docs/rules."""
    examples = f'## Example\n\n```python\n{rule.bad.rstrip()}\n```\n\nUse instead:\n\n```python\n{rule.good.rstrip()}\n```'
    head = f'<!-- made by `make docs` from {_source(rule)} -->\n# {rule.code} {rule.name}'
    return f'{head}\n\n{rule.documentation}\n\n{examples}\n\n{_when(rule)}\n'


def markdown_index(rules: Sequence[Rule]) -> str:
    """The table of all rules in docs/rules."""
    rows = [f'| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.summary} | {_runs(rule, "yes")} | {rule.fixable} |' for rule in rules]
    head = '<!-- made by `make docs` -->\n# Rules\n\n| code | name | reports | by default | fix |\n|---|---|---|---|---|'
    return '\n'.join([head, *rows, ''])


def _runs(rule: Rule, by_default: str) -> str:
    return rule.command if rule.command != 'check' else 'opt-in' if rule.opt_in else by_default


def _when(rule: Rule) -> str:
    runs = 'Runs only if it is selected (opt-in).' if rule.opt_in else 'Runs by default.'
    if rule.command != 'check':
        runs = f'Found by `gokart-lint {rule.command}`, not by `gokart-lint check`.'
    return f'{runs} {f"Fix: {rule.fixable}." if rule.fixable else "No fix: the right answer is yours."}'


def _source(rule: Rule) -> str:
    return rule.module.__name__.replace('.', '/') + '.py'
