"""What tests of own rules are written with."""

from __future__ import annotations

from pathlib import Path

import pytest

from gokart_lint.testing import assert_marked, findings
from tests.own_rules.projects import TASKS, rule

MARKED = TASKS.replace('[str]):', '[str]):  # expect ACME001@7')


@pytest.fixture(autouse=True)
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules stand where pytest finds modules, not in the projects that are judged."""
    (tmp_path / 'on_path').mkdir()
    (tmp_path / 'on_path' / 'rules_under_test.py').write_text(
        rule() + rule('ACME002', 'Cherry').replace('yield', 'raise'), encoding='utf-8'
    )
    monkeypatch.syspath_prepend(tmp_path / 'on_path')


def test_what_is_marked_must_be_found(home: Path) -> None:
    [found] = assert_marked(home, MARKED, 'ACME001', rules=['rules_under_test'])
    assert found.message == 'Banana says nothing'


@pytest.mark.parametrize(
    'text', [TASKS, MARKED.replace('@7', '@8'), MARKED.replace('Banana', 'Apple'), MARKED.replace('ACME001', 'ACME002')]
)
def test_anything_else_fails(text: str, home: Path) -> None:
    with pytest.raises(AssertionError, match=r'^found '):
        assert_marked(home, text, 'ACME001', rules=('rules_under_test',))


def test_a_rule_that_breaks_fails(home: Path) -> None:
    with pytest.raises(AssertionError, match=r'the rule ACME002 of rules_under_test, .* broke: TypeError'):
        findings(home, TASKS.replace('Banana', 'Cherry'), 'ACME002', rules=('rules_under_test',))


def test_a_code_of_no_rule_fails_rather_than_finds_nothing(home: Path) -> None:
    with pytest.raises(ValueError, match="unknown rule 'ACME003'"):
        findings(home, TASKS, 'ACME003', rules=('rules_under_test',))
