"""What every rule must have: a page, examples that the real command judges as the page says, and tests of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gokart_lint.rules.registry import Rule, all_rules

TESTS = Path(__file__).parent
RULES = all_rules()
CHECKED = tuple(rule for rule in RULES if rule.command == 'check')


@pytest.fixture(scope='module')
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The codes that the real command reports on each example, with the rules that are on by default and the example's own. Each
    example is a project of its own."""
    folder = tmp_path_factory.mktemp('examples')
    codes: dict[str, set[str]] = {}
    for rule in RULES:
        for kind, files in (('bad', rule.bad_files), ('good', rule.good_files)):
            home = folder / f'{rule.code}_{kind}'
            home.mkdir()
            for name, text in files.items():
                (home / name).write_text(text, encoding='utf-8')
            codes[home.name] = _codes(home, rule)
    return codes


def _codes(folder: Path, rule: Rule) -> set[str]:
    command = [sys.executable, '-m', 'gokart_lint', 'check', '.', '--no-cache', '--output-format', 'json', '--extend-select', rule.code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {finding['code'] for finding in json.loads(done.stdout)}


@pytest.mark.parametrize('rule', CHECKED, ids=lambda rule: rule.code)
def test_the_bad_example_is_reported_by_this_rule_alone(rule: Rule, judged: dict[str, set[str]]) -> None:
    assert judged[f'{rule.code}_bad'] == {rule.code}


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_no_rule_reports_the_good_example(rule: Rule, judged: dict[str, set[str]]) -> None:
    assert judged[f'{rule.code}_good'] == set()


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_page_and_tests(rule: Rule) -> None:
    for heading in ('## What it does', '## Why is this bad'):
        assert heading in rule.documentation
    module = rule.module.__name__.rpartition('.')[2]
    if rule.code not in ('GK306', 'GK900', 'GK901'):  # tests/staleness, tests/test_checking.py and tests/test_suppressions.py have them
        assert (TESTS / f'test_{module}.py').is_file()
