"""A cached result that would be served although the code behind it changed.

## What it does

`gokart-lint stale` compares two revisions of git. It reports each task whose code changed since the base revision while its cache key did
not: its own and inherited methods that `run()`, `output()`, `load()` or `dump()` reach, and the functions, classes, constants and files
that those use, through any number of the project's modules. The message shows the way to what changed.

## Why is this bad

gokart names a task's output after the class, the significant parameters and the keys of the tasks that it needs; the code is not part of
the name. Where the file of the old code lies in the workspace, the new code never runs: the bug that was mended goes on in production,
and everything downstream is built on it.

## What is left alone

- Comments, docstrings, formatting, annotations, imports written another way, renamed local names, moved or renamed helpers with the same
  body, methods and keyword arguments in another order, lines that only log, code that cannot run, tests.
- A task whose key moved: by a significant parameter that came, went or has another default, a class of another name, another output path,
  or the moved key of a task that it needs.
- What the text does not show: such a task is called unknown, never stale.

## Fix

Bump the version parameter, as below; `gokart-lint stale --fix` does it, and gives a task that has none a version of its own. If the result
is the same (a faster algorithm, a renamed column that is renamed back), say so: `gokart-lint stale --accept Task --reason "..."` writes
`# gokart-lint: same-result[fingerprint] reason` on the class, which holds until its code changes again.

## See also

`GK302` for gokart's own switch against stale results, `GK308` for a task without a version parameter.
"""

from __future__ import annotations

from gokart_lint.rules.registry import rule_of

BAD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self):
        self.dump(178 + 1)  # the base revision said `self.dump(178)`
"""

GOOD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    version: luigi.IntParameter = luigi.IntParameter(default=2)

    def run(self):
        self.dump(178 + 1)
"""

RULE = rule_of('stale', 'GK306', 'stale-cache', fixable='safe')
