"""A `requires()` that does work.

## What it does

Reports what `requires()` of a task does beside naming tasks, itself or through the methods and functions of the project that it calls:

- `self.load(...)`, `self.dump(...)`, and `load` or `dump` of a target, such as `self.dep.output().load()`
- a file that is opened, with `open`, `pd.read_csv`, `Path.read_text` and their like
- a read of an object store, a database or a network: `boto3`, `google.cloud`, `pd.read_sql`, `requests.get`
- `run()` of a task, `gokart.build`, `gokart.run`, `luigi.build` and `luigi.run`

What is done in another file is reported where the code of the task leaves its own file.

## Why is this bad

luigi calls `requires()` whenever it looks at the graph, many times for one run, and gokart calls it for each cache key. Work there is done
again each time, in the wrong process, and fails before the pipeline begins; the dependencies change with what is read, and no tool can
tell them without it. `self.load()` asks for outputs that need not be there yet.

## What is left alone

- `self.input()`, `complete()` and `exists()`
- a constant of the module, which is read once when the module is imported
- objects that the text does not show

## Fix

Move the work into a task that is required, or give what is read as a parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary, world
from gokart_lint.bodies.journeys import Looked, Stop, journey, travellers
from gokart_lint.bodies.showing import shown
from gokart_lint.project.classes import Class
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.bodies.code import Code
    from gokart_lint.facts import Expression
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('red')


class Train(gokart.TaskOnKart[str]):
    def requires(self):
        with open('wines.txt') as file:
            return [LoadWine() for line in file if line.strip()]

    def run(self):
        self.dump(self.load())
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    name: luigi.Parameter = luigi.Parameter()

    def run(self):
        self.dump(self.name)


class TrainPipeline(gokart.TaskOnKart[str]):
    names: luigi.ListParameter = luigi.ListParameter()

    def requires(self):
        return [LoadWine(name=name) for name in self.names]

    def run(self):
        self.dump('done')
"""

_WORK = {
    world.FILE: 'opens a file',
    world.NETWORK: 'reads from the network',
    world.DATABASE: 'reads a database',
    world.STORE: 'reads an object store',
}
_RESULTS = vocabulary.LOADS | {'dump'}
_DOING = _RESULTS | {'run'}
_TARGETS = frozenset({'input', 'output'})
_MOST_STEPS = 30  # between a target and the call that gives it


@rule('GK206', 'requires-does-work')
def check(module: Module, settings: Settings) -> Iterator[Report]:
    """Each piece of work once, for the first task that reaches it."""
    told: set[object] = set()
    for each in travellers(module, _may_work):
        requires = each.project_method('requires') if each.is_task else None
        for stop in () if requires is None else journey(each, requires, for_value=False):
            for node, way, what in () if stop.at_import else _work(stop):
                at = stop.place(node, module)
                if at is not None and (at, node.at) not in told:
                    told.add((at, node.at))
                    trail = ' -> '.join([*stop.trail, way])
                    yield Report(at, f'{trail} {what} while luigi asks what {each.name} needs: {_advice(what)}')


def _may_work(looked: Looked) -> bool:
    """Whether a piece of code may do what `_work` tells of; of a `run()` only the call is told."""
    method = looked.code.place.method
    if method is not None and method.function.name == 'run':
        return False
    return any(read.kind in _WORK for read in looked.reads) or any(_may_do(call.function, code) for call, code in looked.calls)


def _may_do(function: Expression, code: Code) -> bool:
    return code.library_name(function) in vocabulary.RUNNERS or (isinstance(function, facts.Attribute) and function.name in _DOING)


def _advice(what: str) -> str:
    if what == 'runs a task':
        return 'return the task, and luigi runs it'
    return 'do it in a task that is required, or give what it tells as a parameter'


def _work(stop: Stop) -> Iterator[tuple[Expression, str, str]]:
    """What a piece of code does beside naming tasks, as a message shows it; what a `run()` that it calls does, is said by the call."""
    if any(part.removesuffix('()').endswith('.run') for part in stop.trail):
        return
    for read in stop.looked.reads:
        if read.kind in _WORK:
            yield read.node, read.shown, _WORK[read.kind]
    for call, code in stop.looked.calls:
        what = _of_call(call, code, stop)
        if what:
            yield call, f'{shown(call.function)}()', what


def _of_call(call: facts.Call, code: Code, stop: Stop) -> str:
    function = call.function
    if code.library_name(function) in vocabulary.RUNNERS:
        return 'runs a task'
    if not isinstance(function, facts.Attribute):
        return ''
    is_own = stop.frame is not None and (stop.frame.own(function) is not None or stop.frame.above(function) is not None)
    if is_own and stop.frame is not None and stop.frame.concrete.is_task:
        if function.name == 'run':
            return 'runs a task'
        if function.name in _RESULTS and stop.frame.find(function) is None:
            return 'dumps a result' if function.name == 'dump' else 'loads a result'
    if function.name in ('load', 'dump') and _is_target(function.value, code):
        return 'dumps a result' if function.name == 'dump' else 'loads a result'
    return 'runs a task' if function.name == 'run' and _is_task(function.value, code) else ''


def _is_target(node: Expression, code: Code) -> bool:
    """Whether a value is what `input()` or `output()` of something gives, or a part of it."""
    for _ in range(_MOST_STEPS):
        if isinstance(node, facts.Call):
            if not isinstance(node.function, facts.Attribute):
                return False
            if node.function.name in _TARGETS:
                return not code.library_name(node.function)
            node = node.function.value
        elif (origin := code.origin(node)) is not None:
            node, code = origin
        elif isinstance(node, facts.Subscript):
            node = node.value
        else:
            return False
    return False


def _is_task(node: Expression, code: Code) -> bool:
    """Whether a value is a task: one that is built there, or a task parameter."""
    name, method = code.own(node), code.place.method
    if name is not None and method is not None:
        parameter = method.owner.parameters.get(name)
        return parameter is not None and parameter.is_task
    made, place = code.origin(node) or (node, code)
    symbol = place.resolve(made.function) if isinstance(made, facts.Call) else None
    return isinstance(symbol, Class) and symbol.is_luigi_task
