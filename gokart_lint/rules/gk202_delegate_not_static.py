"""A method that does the work of `run()` and needs no instance, but is no static method.

## What it does

Reports an instance method of a task class that its `run()` (its own, an inherited one or that of a subclass) calls, directly or through
other instance methods, and that uses `self` for nothing but parameters, constants of the class and its static or class methods.

## Why is this bad

`Train(data=..., c=1.0)._fit(frame)` needs a task, and with it every required parameter and the whole chain of dependencies, where
`Train._fit(frame, c=1.0)` needs a frame and a number. And nothing keeps an instance method from loading, dumping or reading one more
parameter tomorrow, which no test of today would see.

## What is left alone

- A method that loads, dumps, or uses any other attribute or method of its instance, or hands `self` on.
- A decorated, abstract or overridden method, and one that overrides another: subclasses may need the instance. What a template leaves
  open (`_run` in an abstract base) is filled in by each class, and judged there.
- A method that is passed on (`frame.apply(self._scale)`), not called.
- A method that only puts parameters and literals together, and one that `run` does not reach.

## Fix

Unsafe. The method becomes a `@staticmethod`, the parameters that it reads become keyword arguments of the same name, and each call in the
class gives them: `self._fit(frame)` becomes `self._fit(frame, c=self.c)`. Constants and other static methods are read from the class. No
fix is offered where a name is taken, where the method is called through another object, or where it reads parameters and is called from
another class: the `run()` of a template in a base would have to give them for every task.

## See also

`run-not-delegated` (GK201)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint.bodies.delegates import Delegate, delegates
from gokart_lint.bodies.static_form import made_static
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi
from sklearn.linear_model import LogisticRegression

from wine.data import SplitWine


class TrainModel(gokart.TaskOnKart[LogisticRegression]):
    wine: gokart.TaskInstanceParameter[SplitWine] = gokart.TaskInstanceParameter(expected_type=SplitWine)
    c: luigi.FloatParameter = luigi.FloatParameter(default=1.0)

    def run(self):
        self.dump(self._fit(self.load(self.wine)))

    def _fit(self, wine):
        model = LogisticRegression(C=self.c)
        return model.fit(wine.drop(columns='target'), wine['target'])
"""

GOOD = """\
import gokart
import luigi
from sklearn.linear_model import LogisticRegression

from wine.data import SplitWine


class TrainModel(gokart.TaskOnKart[LogisticRegression]):
    wine: gokart.TaskInstanceParameter[SplitWine] = gokart.TaskInstanceParameter(expected_type=SplitWine)
    c: luigi.FloatParameter = luigi.FloatParameter(default=1.0)

    def run(self):
        self.dump(self._fit(self.load(self.wine), c=self.c))

    @staticmethod
    def _fit(wine, *, c):
        model = LogisticRegression(C=c)
        return model.fit(wine.drop(columns='target'), wine['target'])
"""


@rule('GK202', 'delegate-not-static', fixable='unsafe')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each method of the module's task classes that `run` hands its work to and that needs no instance."""
    for each in module.classes:
        if each.is_task:
            for found in delegates(each):
                yield Report(found.method.function.name_at, _message(found), made_static(found))


def _message(found: Delegate) -> str:
    parameters, constants, methods = (
        list(dict.fromkeys(node.name for node in nodes)) for nodes in (found.parameters, found.constants, found.methods)
    )
    name = f'{found.owner.name}.{found.method.function.name}'
    parts = [_counted(kind, names) for kind, names in (('parameter', parameters), ('constant', constants), ('method', methods)) if names]
    used = f'uses self for nothing but {_listed(parts)}' if parts else 'never uses self'
    advice = 'make it a static method'
    if parameters:
        taken = _listed(parameters) if len(parts) > 1 else 'it' if len(parameters) == 1 else 'them'
        advice += f' that takes {taken} as {"an argument" if len(parameters) == 1 else "arguments"}'
    elif parts:
        advice += ' or a class method'
    return f'{name} {used}: {advice}, so that a test needs no task'


def _counted(kind: str, names: list[str]) -> str:
    return f'the {kind}{"s" if len(names) > 1 else ""} {_listed(names)}'


def _listed(parts: list[str]) -> str:
    return ' and '.join([', '.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
