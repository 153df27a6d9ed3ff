"""A comment that suppresses a finding which is not there.

## What it does

Reports each `GK` code in a `# noqa: ...` or `# gokart-lint: ignore[...]` comment that takes no finding away: the
fault was mended, the comment stands on the wrong line, or the code names no rule. A code of a rule that did not run is left alone,
and so are a bare `# noqa` and the codes of other tools.

## Why is this bad

A comment that suppresses nothing today will suppress the next fault of its kind on that line, and tells every
reader of a fault that is not there.

## Fix

The code is removed, and with the last one the comment. Other codes and other comments on the line stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    rerun = False  # noqa: GK301

    def run(self):
        self.dump('wine')
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    rerun = False

    def run(self):
        self.dump('wine')
"""


@rule('GK901', 'unused-suppression', fixable='safe')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Nothing: only when all rules have run is it known which comments had no use. Whoever runs the rules reports them."""
    return ()
