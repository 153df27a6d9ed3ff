"""What every rule must have: a page, examples that are judged as the page says, and tests of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from gokart_lint.checking import check
from gokart_lint.rules.registry import Rule, all_rules
from gokart_lint.settings import Settings
from tests.rules.harness import write

TESTS = Path(__file__).parent
RULES = all_rules()
CHECKED = tuple(rule for rule in RULES if rule.command == 'check')


@pytest.fixture(scope='module')
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The codes that are reported on each example, with the rules that are on by default and the example's own. Each example is a
    project of its own."""
    folder = tmp_path_factory.mktemp('examples')
    codes: dict[str, set[str]] = {}
    for rule in RULES:
        for kind, files in (('bad', rule.bad_files), ('good', rule.good_files)):
            home = folder / f'{rule.code}_{kind}'
            write(home, files)
            found = check([home], Settings(root=home, extend_select=(rule.code,)))
            codes[home.name] = {finding.code for finding in found.findings}
    return codes


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
