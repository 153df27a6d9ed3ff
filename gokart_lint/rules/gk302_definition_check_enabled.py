"""A task whose key changes with every comment in its code.

## What it does

Reports `serialized_task_definition_check` where it is turned on in the code: `serialized_task_definition_check = True` in the body of a
task class (or of a mixin that a task takes it from), a parameter of that name with `default=True`, and
`serialized_task_definition_check=True` where a task is built or cloned.

## Why is this bad

With the switch on, `TaskOnKart.make_unique_id()` (gokart 1.12) puts the source text of the task's methods into its key: `inspect.getsource`
of each, comments, docstrings and blanks as they are. A reworded comment or a run of the formatter gives the task a new key, and with it
every task that requires it: all of them are computed again, and the old results are left behind. What the methods call is not part of
that text, so a change in a helper function, which does change the result, is missed.

## What is left alone

`serialized_task_definition_check=False`, a value that is computed or handed on, a parameter of that name in a class that is no gokart
task, and what a configuration file or the command line says.

## Fix

Remove it, and give the task a version parameter whose default changes when the result does. `gokart-lint stale` tells when that was
forgotten, and looks through the functions that the task calls.

## See also

`GK301` for the other switch that throws results away, `GK308` for a task without a version parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.switches import turned_on

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    serialized_task_definition_check = True

    def run(self):
        self.dump('wine')
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self):
        self.dump('wine')
"""

_SWITCH = 'serialized_task_definition_check'
_WHY = 'a changed comment gives a new key to it and to what requires it: remove it, and change a version parameter when the result changes'


@rule('GK302', 'definition-check-enabled')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Every place that turns `serialized_task_definition_check` on."""
    for found in turned_on(module, _SWITCH):
        if found.always:
            yield Report(found.at, f'{found.task}.{_SWITCH} is on, so {_WHY}')
        else:
            yield Report(found.at, f'this {found.task} is built with {_SWITCH}=True, so {_WHY}')
