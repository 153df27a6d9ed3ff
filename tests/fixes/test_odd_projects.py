"""The promises about `--fix`, on projects in every form that files have, and on the examples of all rules in such forms.

`python -m benchmarks.fixes` tries thousands.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fixes import keeps_meaning, tried_on
from benchmarks.odd_modules import disguised, project
from gokart_lint.rules.registry import Rule, rules_of_check

SLOWLY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@SLOWLY
@given(st.randoms(use_true_random=False))
def test_odd_projects(rng: Random) -> None:
    for tried in tried_on(project(rng)):
        keeps_meaning(tried)


@pytest.mark.parametrize('rule', [rule for rule in rules_of_check() if rule.fixable], ids=lambda rule: rule.code)
def test_the_examples_of_rules_in_odd_forms(rule: Rule) -> None:
    for number in range(4):
        safe, every = tried_on(disguised(rule.bad_files, Random(number)))
        assert {**safe.fixed.applied, **every.fixed.applied}.keys() >= {rule.code}
