"""A key that no dependency stands under.

## What it does

Reports a literal key that is asked for with `self.load('k')`, `self.load_generator('k')`, `self.load_data_frame('k')` or
`self.input()['k']`, where `requires()` gives a dict without it, or no dict at all. A loop over literal keys
(`for key in ('train', 'test'): self.load(key)`) asks for each of them.

The dict is followed through `dict(...)`, displays, `update`, `tasks['k'] = ...`, `|`, loops over literals, `super().requires()`, helper
methods and `@requires` of `luigi.util`; all its keys must be literals. Without a `requires()` gokart (1.12, `TaskOnKart.requires`) makes
a dict of the attributes that hold a task, named after them. If `requires()` gives one task, the keys are those of its `output()`:
without an `output()` of its own, or where that is a single target, there are none.

## Why is this bad

`load` fails with KeyError or AssertionError, but only when the task runs: hours into a pipeline, after everything that it depends on.

## What is left alone

- Keys that are computed, and a dict with a key that is: `{f'model_{i}': ... for i in ...}`.
- A key that exists on one way through `requires()`.
- A key that the method looks for (`if 'k' in self.input()`), or asks for inside `try` or `suppress`.
- A class with an `input()` or `load()` of its own, or with a base or decorator that is not known; abstract tasks.
- A `run()` in a base whose subclasses give the `requires()`: each concrete subclass is judged. What a base asks for only if an attribute
  of the class says so is left alone.
- A task without dependencies that the text shows.

## Fix

Use one of the keys, or add the dependency to `requires()`. Where `requires()` gives one task, call `self.load()` without a key.

## See also

`GK108` for `self.load(self.dep)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint.bodies.reach import reached
from gokart_lint.project.attributes import assigned_to_self
from gokart_lint.project.remembering import remembered
from gokart_lint.rules.registry import Report, rule
from gokart_lint.wiring.keys import Offer, offers
from gokart_lint.wiring.loads import KeyUse, key_uses
from gokart_lint.wiring.requirements import giver

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class, Method
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    def requires(self):
        return {'wine': LoadWine()}

    def run(self):
        self.dump(len(self.load('wines')))
"""

GOOD = """\
import gokart


class LoadWine(gokart.TaskOnKart[list[str]]):
    def run(self):
        self.dump(['red', 'white'])


class CountWine(gokart.TaskOnKart[int]):
    def requires(self):
        return {'wine': LoadWine()}

    def run(self):
        self.dump(len(self.load('wine')))
"""

_CALLED = frozenset({'complete', 'on_failure', 'on_success', 'output', 'run'})
"""Methods that luigi calls."""
_SHOWN = 6


@rule('GK107', 'unknown-load-key')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """The keys of the module that some concrete class asks for in vain."""
    for owner in module.classes:
        for method, uses in key_uses(owner):
            heirs = [each for each in owner.downwards() if each.is_task and each.method(method.function.name) is method]
            for use in uses:
                failing = next(iter(_failing(heirs, method, use)), None)
                if failing is not None:
                    yield Report(use.at, _message(failing, method, use))


def _failing(heirs: list[Class], method: Method, use: KeyUse) -> Iterator[Class]:
    """The classes that ask in vain, those left out that are bases of one which does not."""
    in_vain = {each: _is_in_vain(each, method, use) for each in heirs}
    for each in heirs:
        if in_vain[each] and all(in_vain.get(heir, True) for heir in each.subclasses if not heir.is_abstract):
            yield each


def _is_in_vain(each: Class, method: Method, use: KeyUse) -> bool:
    found = _offers(each, use.how)
    if not found or any(use.key in offer.keys for offer in found):
        return False
    if use.tested and (giver(each) not in (None, method.owner) or not use.tested <= each.parameters.keys()):
        return False
    return method.function.name in _CALLED or method in reached(each) or _is_private_to(each, method)


@remembered
def _offers(each: Class, how: str) -> tuple[Offer, ...] | None:
    if each.is_abstract or not each.is_fully_known or each.method(how) is not None or not assigned_to_self(each).isdisjoint((how, 'input')):
        return None
    return offers(each)


def _is_private_to(each: Class, method: Method) -> bool:
    """Whether a method stands in a class that nothing derives from, so that it can only be meant for that class."""
    return method.owner is each and not each.subclasses


def _message(each: Class, method: Method, use: KeyUse) -> str:
    asked = f'self.input()[{use.key!r}]' if use.how == 'input' else f'self.{use.how}({use.key!r})'
    who = f'{method.owner.name}.{method.function.name}' + ('' if method.owner is each else f' of {each.name}')
    found = offers(each) or ()
    none = next((offer for offer in found if offer.has_none), None)
    if none is not None and none.by:
        return (
            f'{who} asks for {asked}, but requires() gives one task, {none.by}, and its output has no keys: '
            f'{_without_key(use)}, or let requires() return a dict with {use.key!r}'
        )
    if none is not None:
        return f'{who} asks for {asked}, but requires() gives a list: let it return a dict with {use.key!r}, or take the item by its place'
    from difflib import get_close_matches  # most runs find nothing

    keys = list(dict.fromkeys(str(key) for offer in found for key in offer.keys))
    by = next((offer.by for offer in found if offer.by), '')
    near = get_close_matches(use.key, keys, n=1)
    added = f'add {use.key!r} to {f"{by}.output" if by else "requires"}()'
    next_step = f'did you mean {near[0]!r}?' if near else f'use one of them, or {added}' if keys else added
    source = f'the output of {by}, the one task that it requires,' if by else 'requires()'
    return f'{who} asks for {asked}, but {source} gives {_listed(keys)}: {next_step}'


def _without_key(use: KeyUse) -> str:
    return 'use self.input() without a key' if use.how == 'input' else f'call self.{use.how}() without a key'


def _listed(keys: list[str]) -> str:
    if not keys:
        return 'no keys'
    shown = [repr(key) for key in keys[:_SHOWN]]
    more = f' and {len(keys) - _SHOWN} more' if len(keys) > _SHOWN else ''
    return f'only {", ".join(shown)}{more}'
