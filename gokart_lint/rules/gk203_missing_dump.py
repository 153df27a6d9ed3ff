"""A `run()` that never dumps a result.

## What it does

Reports a `run()` of a task class that on no path calls `self.dump(...)` or writes through `self.output()`: not itself, and in none of the
methods that it reaches through `self` or `super()`. Each concrete class is judged with the methods that it really has, so a `run()` that
stands in a base is reported there, once, for the first class that misses a dump.

## Why is this bad

gokart asks for the output to learn whether a task is complete (`TaskOnKart.complete()`, gokart 1.12). Without a dump the file is never
there: the task runs again in every pipeline that needs it, and its work is thrown away each time. Whatever requires it never runs: luigi
says "Unfulfilled dependency at run time", and `gokart.build()` tries it again and again without an end. That holds for
`def run(self): pass` too.

## What is left alone

- A `run()` that calls `super().run()`, that hands `self` or a bound method to something else (`fit_model(self)`, `map(self.load, keys)`),
  or that calls what the text does not show. Only an f-string and functions such as `isinstance` and `print` may look at `self`.
- A `run()` that yields tasks, and one that only raises.
- Abstract tasks, a class with a `complete()` of its own, and one with a base or decorator that is not known.
- A base that has its subclasses dump, or that they all give a `run()` where its own does nothing.
- A class whose `output()` may be there without a dump: that of a dependency (`return self.input()`), an empty list, a target that is not
  made by gokart, or one with `use_unique_id=False`.

## Fix

End `run()` with `self.dump(...)`. A task that only brings others together dumps a constant: `self.dump('done')`.

## See also

`GK207` for an `output()` that is the input, `GK208` for a `dump` that is misspelt.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.bodies.idling import always_raises, does_nothing
from gokart_lint.bodies.outputs import OWN, given_output
from gokart_lint.bodies.writing import may_write
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class, Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    names: luigi.ListParameter = luigi.ListParameter()

    def run(self):
        self._count(self.names)

    @staticmethod
    def _count(names: list[str]) -> int:
        return len(names)
"""

GOOD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    names: luigi.ListParameter = luigi.ListParameter()

    def run(self):
        self.dump(self._count(self.names))

    @staticmethod
    def _count(names: list[str]) -> int:
        return len(names)
"""


@rule('GK203', 'missing-dump')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each `run()` of the module that leaves a concrete class without a dump."""
    for owner in module.classes:
        run = owner.own_methods.get('run')
        if run is None or always_raises(run):
            continue
        missing = next(iter(_without_dump(owner, run)), None)
        if missing is not None:
            whose = f'{owner.name}.run' if missing is owner else f'{owner.name}.run, which {missing.name} inherits,'
            yield Report(
                run.function.name_at,
                f'{whose} never dumps, so {missing.name} is never complete and nothing can load it: end run() with self.dump(...)',
            )


def _without_dump(owner: Class, run: Method) -> Iterable[Class]:
    """The concrete classes that run a method in vain."""
    heirs = [each for each in owner.downwards() if each.is_task and each.method('run') is run]
    in_vain = {each: _is_in_vain(each, run) for each in heirs}
    is_hook = does_nothing(run)
    for each in heirs:
        is_template = any(not in_vain.get(heir, not is_hook) for heir in each.subclasses if not heir.is_abstract)
        if in_vain[each] and not is_template:
            yield each


def _is_in_vain(each: Class, run: Method) -> bool:
    if each.is_abstract or not each.is_fully_known or each.method('complete') is not None or each.may_be_rewritten:
        return False
    return given_output(each) == OWN and not may_write(each, run)
