"""A pipeline that runs when its module is imported.

## What it does

Reports `gokart.run()`, `gokart.build(...)`, `luigi.run()` and `luigi.build(...)` where importing the file calls them: at module level, in
a class body, in a decorator, or as the default of an argument, outside functions and `if __name__ == '__main__':`.

## Why is this bad

Whoever imports the module for one of its tasks, a test, `pytest --gokart`, a notebook, or another pipeline, runs the pipeline: it reads
its sources, writes its results, and `gokart.run()` and `luigi.run()` take the arguments of the other program for their own.

## What is left alone

- Calls inside functions, methods and lambdas, whoever calls these.
- Any form of the guard: `'__main__' == __name__`, more behind an `and`, `elif`, the `else` of `if __name__ != '__main__':`, a name that
  holds the comparison, `match __name__:`, and what stands behind `if __name__ != '__main__': sys.exit()`.
- `if TYPE_CHECKING:` and other branches that never run.
- A `__main__.py`: it is only ever run as a program.

## Fix

Move the call into a function, and call that under `if __name__ == '__main__':`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.project.importing import runs_at_import
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import dotted

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class CountWine(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(178)


gokart.build(CountWine())
"""

GOOD = """\
import gokart


class CountWine(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(178)


if __name__ == '__main__':
    gokart.build(CountWine())
"""


@rule('GK209', 'unguarded-run')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each call that runs a pipeline when the module is imported."""
    if module.path.endswith('/__main__.py'):
        return
    for call in runs_at_import(module):
        yield Report(
            call.at,
            f"{dotted(call.function)}() runs a pipeline whenever this module is imported: call it under if __name__ == '__main__':",
        )
