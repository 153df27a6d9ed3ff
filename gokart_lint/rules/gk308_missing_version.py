"""A task that cannot be told that its code changed.

## What it does

Opt-in. Reports a task class with a `run()`, its own or that of an abstract base, without a parameter that has `version` in its name, of
its own or inherited.

## Why is this bad

The key of a result holds the parameters of a task, not its code. Once `run()` computes something else, the old result is still there under
the same key, and everything goes on with it. A version parameter is the switch for that: raise its default with the change, and the task
and all that depends on it are computed anew.

```python
version: luigi.IntParameter = luigi.IntParameter(default=1)
```

## What is left alone

- An abstract task, a `run()` that only raises or does nothing, and a task without a `run()`.
- A class without a `run()` of its own below one that is reported: a version there is one for both.
- A class with a base, a decorator, or a source of `@inherits` that is not known: it may bring one.

## See also

`GK306` for what changed without a new key; `gokart-lint stale` finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.idling import always_raises, does_nothing
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import Symbol, is_library
from gokart_lint.rules.registry import Report, rule

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart


class CountWine(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(178)
"""

GOOD = """\
import gokart
import luigi


class CountWine(gokart.TaskOnKart[int]):
    version: luigi.IntParameter = luigi.IntParameter(default=1)

    def run(self):
        self.dump(178)
"""


@rule('GK308', 'missing-version', opt_in=True)
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each task class of the module that has no version, nor a base with the same `run` that is reported for it."""
    for each in module.classes:
        if _lacks_version(each) and ('run' in each.own_methods or not any(map(_lacks_version, _bases(each)))):
            yield Report(
                each.facts.name_at,
                f'{each.name} has no version parameter, so a change of its code leaves its old results in use: '
                'add version: luigi.IntParameter = luigi.IntParameter(default=1)',
            )


def _bases(each: Class) -> Iterator[Class]:
    return (base for base in each.ancestors[1:] if isinstance(base, Class))


def _lacks_version(each: Class) -> bool:
    if not each.is_task or any(_is_version(name) for name in each.parameters) or not each.is_fully_known:
        return False
    run = each.project_method('run')
    if run is None or each.is_abstract or always_raises(run) or does_nothing(run):
        return False
    return not any(_may_bring_version(source) for source in _sources(each))


def _is_version(name: str) -> bool:
    return 'version' in name.lower()


def _sources(each: Class) -> Iterator[Symbol]:
    """The classes whose parameters a decorator copies onto a class or one of its bases."""
    copying = (*vocabulary.INHERITING_DECORATORS, *vocabulary.CONFIG_DECORATORS, 'luigi.util.copies', 'luigi.util.delegates')
    for owner in each.ancestors:
        for node in owner.facts.decorators if isinstance(owner, Class) else ():
            if isinstance(node, facts.Call) and isinstance(owner, Class) and is_library(owner.resolve_header(node.function), *copying):
                yield from (owner.resolve_header(argument.value) for argument in node.arguments)


def _may_bring_version(source: Symbol) -> bool:
    if not isinstance(source, Class):
        return not is_library(source, vocabulary.TASK_ON_KART)
    is_config = any(is_library(base, vocabulary.CONFIG) for base in source.ancestors)
    return any(_is_version(name) for name in source.parameters) or not (source.is_fully_known or is_config)
