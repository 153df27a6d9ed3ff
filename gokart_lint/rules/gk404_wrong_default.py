"""A default that the parameter's type cannot hold.

## What it does

Reports a default, given by keyword or by position, that is no value of its parameter: `IntParameter(default='3')`,
`BoolParameter(default='no')`, `DateParameter(default='2024-01-01')`, `ListParameter(default='a')`, `EnumParameter(default='A', enum=E)`,
`ChoiceParameter` and `ChoiceListParameter` with a default outside their choices, `NumericalParameter` with one outside its range, and
`None` for every typed parameter that is not optional. A default that a constant of the class or of a module gives counts as well.

## Why is this bad

luigi parses what comes from the command line and from configuration files, but never a default, and checks the type of hardly any (luigi
3.8, `Parameter._value_iterator`). `'3'` stays a text: `self.n + 1` fails in `run()`, and `self.flag`, which `BoolParameter` made None out
of `'no'`, is false for another reason than it seems. The same value from the command line has another type, and so another cache key.
Dates, enums, choices and tasks raise as soon as the task is built without the parameter, which may be in production alone.

## What is left alone

- `luigi.Parameter`, which is used for values of all types, also with `default=None`.
- `BoolParameter(default='true')`: luigi reads it. `FloatParameter(default=1)`, `ListParameter(default=[])`, `TupleParameter(default=[])`.
- A default that is computed, and a class of the project's own that parses or checks values by itself.

## Fix

Give a value of the type, or take the optional form of the parameter: `luigi.OptionalIntParameter(default=None)`. luigi has none for dates
and enums; `class OptionalDateParameter(luigi.parameter.OptionalParameterMixin, luigi.DateParameter)` with `expected_type = datetime.date`
makes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.project.defaults import fault_of
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class CountWords(gokart.TaskOnKart[int]):
    text: luigi.StrParameter = luigi.StrParameter()
    least: luigi.IntParameter = luigi.IntParameter(default='3')
    lower: luigi.BoolParameter = luigi.BoolParameter(default='no')

    def run(self):
        self.dump(self._count(self.text, self.least, self.lower))

    @staticmethod
    def _count(text, least, lower):
        words = text.lower().split() if lower else text.split()
        return sum(len(word) >= least for word in words)
"""

GOOD = """\
import gokart
import luigi


class CountWords(gokart.TaskOnKart[int]):
    text: luigi.StrParameter = luigi.StrParameter()
    least: luigi.IntParameter = luigi.IntParameter(default=3)
    lower: luigi.BoolParameter = luigi.BoolParameter(default=False)

    def run(self):
        self.dump(count(self.text, self.least, self.lower))


def count(text: str, least: int, lower: bool) -> int:
    words = text.lower().split() if lower else text.split()
    return sum(len(word) >= least for word in words)
"""


@rule('GK404', 'wrong-default')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The defaults that are no values of their parameters."""
    for each in module.classes:
        for parameter in each.own_parameters.values():
            fault = fault_of(parameter)
            if fault is not None:
                yield Report(fault.at, f'{each.name}.{parameter.name} defaults to {fault.said}, {fault.why}: {fault.instead}')
