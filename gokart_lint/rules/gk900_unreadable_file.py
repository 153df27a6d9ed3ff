"""A file that gokart-lint cannot read.

## What it does

Reports a file that is no Python that could be parsed, or that is not text in the encoding that it declares. The
finding stands on the first place that cannot be read. All other files are judged as usual.

## Why is this bad

What cannot be read cannot be judged: tasks in such a file would pass unseen, and whatever imports it would be
judged without knowing them. It is never passed over in silence, and the exit status says so.

## Fix

Mend the syntax or the encoding. A file that is meant to be no Python, a template for instance, can be named in
`extend-exclude`.
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
    def run(self:
        self.dump('wine')
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('wine')
"""


@rule('GK900', 'unreadable-file')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Nothing: a module that reaches the rules was read. Whoever reads the files reports the others."""
    return ()
