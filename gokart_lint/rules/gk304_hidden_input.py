"""A run that reads what the cache key does not hold.

## What it does

Reports what the `run()` of a task reads of the world, itself or through the methods, functions, classes and constants of the project that
it uses, in other files too. The message shows the way: `Train.run -> features.scale() -> os.environ['X']`.

- the clock: `datetime.now()`, `date.today()`, `time.time()`, `pd.Timestamp.now()`
- the environment: `os.environ['X']`, `os.getenv('X')`, the name of the machine or the user
- a random source of its own: `uuid4()`, `secrets`, `random.Random()` and `numpy.random.default_rng()` without a seed
- a file or folder of a literal local path: `open('x.csv')`, `pd.read_csv('x.csv')`, `Path('x').read_text()`, `glob('data/*')`
- a value of a `luigi.Config`, or of luigi's configuration

A read in another file is reported where the code of the task leaves its own file.

## Why is this bad

gokart finds a result by the class name, the significant parameters and the dependencies. What `run()` reads otherwise is in none of them:
the file, the variable or the day changes, and the old result is served for ever.

## What is left alone

- what reaches only a log, how a logger is set up, a warning, an error or an assertion, and the difference of two clock values, also in
  an object that times the work (`with Timer('load'):`)
- what stands in for an argument, where the caller gives that: `today = today or date.today()`
- the functions of `random` and `numpy.random` themselves, which gokart seeds before each run, and sources that are given a seed
- files whose path is not all literal: it comes from a parameter, a function or a loop; files under `/tmp`, and those that the same
  function names in an earlier call, as it does when it writes them, or that another function of the task says to write
- files elsewhere, networks and databases: reading them is what loading tasks are for
- writes: `open('x', 'w')`, `os.environ['X'] = '1'`
- a task with its own `complete()`, with a parameter that turns the cache off (setting `cache-off-parameters`), or whose `output()` reads
  the clock or the environment likewise

## Fix

Make what is read a parameter, so that it is part of the key, and read it where the pipeline is built.

## See also

GK303 for defaults of parameters, GK305 for parameters that are not part of the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint import world
from gokart_lint.bodies.hidden_inputs import Hidden, hidden_inputs
from gokart_lint.bodies.journeys import travellers
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
from datetime import date

import gokart


class CountDays(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(date.today().toordinal())
"""

GOOD = """\
import gokart
import luigi


class CountDays(gokart.TaskOnKart[int]):
    day: luigi.DateParameter = luigi.DateParameter()

    def run(self):
        self.dump(self.day.toordinal())
"""

_WHAT = {
    world.CLOCK: ('reads the clock', 'make the time a parameter, such as a luigi.DateParameter, and give it where the pipeline is built'),
    world.ENVIRONMENT: ('reads the environment', 'make the value a parameter and read it where the pipeline is built'),
    world.RANDOM: (
        'draws from a source that gokart does not seed',
        'make the value a parameter, or draw it from a source whose seed is one',
    ),
    world.FILE: ('reads the file {path!r}', 'make the path a parameter, and give a file with other content another path'),
    world.FOLDER: ('reads the folder {path!r}', 'make the files that are read a parameter'),
    world.CONFIGURATION: (
        'reads a configuration',
        'make the value a parameter; gokart.inherits_config_params copies those of a luigi.Config',
    ),
}


@rule('GK304', 'hidden-input')
def check(module: Module, settings: Settings) -> Iterator[Report]:
    """Each read once, for the first task that reaches it."""
    told: set[object] = set()
    for each in travellers(module, lambda looked: bool(looked.reads)):
        for hidden in hidden_inputs(each, module, settings.cache_off_parameters):
            key = (hidden.at, hidden.read.code.module.path, hidden.read.node.at)
            if key not in told:
                told.add(key)
                yield Report(hidden.at, _message(each, hidden))


def _message(each: Class, hidden: Hidden) -> str:
    what, advice = _WHAT[hidden.read.kind]
    what = what.format(path=(hidden.path or '').removeprefix('__file__/'))
    return f'{hidden.trail} {what}, and the cache key of {each.name} does not hold it: {advice}'
