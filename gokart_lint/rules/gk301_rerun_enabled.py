"""A task that always runs again, and deletes its result first.

## What it does

Reports `rerun` where it is turned on in the code: `rerun = True` in the body of a task class (or of a mixin that a task takes it from),
`rerun = luigi.BoolParameter(default=True)`, and `rerun=True` where a task is built, with `Train(rerun=True)` or with
`self.clone(Train, rerun=True)`.

## Why is this bad

With `rerun` on, `TaskOnKart.complete()` (gokart 1.12) removes every output of the task and answers that it is not complete. Another run
that shares the workspace may be reading that very file: it fails, or reads half of a new one. A second look at the same pipeline
computes everything again, and because the key of the task stays as it was, nothing below the task notices the new result.

## What is left alone

`rerun=False`, a value that is computed or handed on (`rerun=self.rerun`, `rerun=args.force`), a parameter of that name in a class that is
no gokart task, and what a configuration file or the command line says: turning it on for one run, by hand, is what it is for.

## Fix

Remove it. To have a task run again because its code changed, give it a version parameter and change its default; to run one again once,
say so on the command line: `--Train-rerun`.

## See also

`GK302` for the other switch that throws results away, `GK309` for a file that several values share.
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
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    url: luigi.Parameter = luigi.Parameter()
    rerun = True

    def run(self):
        self.dump(download(self.url))


def download(url: str) -> str:
    return url
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    url: luigi.Parameter = luigi.Parameter()
    version: luigi.IntParameter = luigi.IntParameter(default=2)

    def run(self):
        self.dump(download(self.url))


def download(url: str) -> str:
    return url
"""

_WHY = 'a result that another run may be reading: remove it, and change a version parameter to have the task run again'


@rule('GK301', 'rerun-enabled')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Every place that turns `rerun` on."""
    for found in turned_on(module, 'rerun'):
        if found.always:
            yield Report(found.at, f'{found.task}.rerun is on, so every run first deletes {_WHY}')
        else:
            yield Report(found.at, f'rerun=True makes this {found.task} delete {_WHY}')
