"""Asking a task for its `requires()`: once to walk on, once more to see whether it says the same, and with mending when it fails."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from pytest_gokart.resolution import bodies, places, problem_shape
from pytest_gokart.resolution.births import Births
from pytest_gokart.resolution.identities import Key, key_of
from pytest_gokart.resolution.labels import label, text_of
from pytest_gokart.resolution.problem_construction import explained
from pytest_gokart.resolution.problem_exceptions import in_requires, is_refusal
from pytest_gokart.resolution.problem_parameters import ADDRESS, landed_in_gokart
from pytest_gokart.resolution.problems import Finding

_THROWS = 10
_TICK = 1.01  # seconds: the finest clock that a parameter of luigi keeps


class Answer(NamedTuple):
    """The tasks to go on with, and what is wrong. `failed`: it raised, so `tasks` are those it built before and beside that."""

    tasks: list[Any]
    findings: list[Finding]
    failed: bool = False
    refusal: str = ''


def ask(call: Any) -> tuple[Any, BaseException | None]:
    """The outermost frame that belongs to the walk: who builds a task is looked for below it (places.caller)."""
    try:
        return call(), None
    except (Exception, SystemExit) as error:
        return None, error


def ask_requires(task: Any, births: Births) -> Answer:
    """The first look: what `requires()` gives, or all that keeps it from giving anything."""
    births.begin()
    method, error = ask(lambda: task.requires)
    if error is None and not callable(method):
        return Answer([], [problem_shape.no_method(task, method)], failed=True)
    read, error = ask(lambda: _read(task, births)) if error is None else (None, error)
    if read is None or error is not None:
        assert error is not None
        return _failed(task, births, error)
    return Answer(read.tasks, [*_positional(task, births), *read.findings])


def _positional(task: Any, births: Births) -> Iterator[Finding]:
    for birth in births.here.values():
        finding = landed_in_gokart(task, birth) if birth.args else None
        if finding is not None:
            births.misplaced.add(id(birth.task))
            yield finding


def _read(task: Any, births: Births) -> problem_shape.Read:
    value = task.requires()
    return problem_shape.read(task, value, built_some=bool(births.here))


def _failed(task: Any, births: Births, error: BaseException) -> Answer:
    if id(task) in births.doubtful:
        return Answer([], [], failed=True)
    failures = [failure for failure in births.failures if _came_from(error, failure.error)]
    if not failures:
        refusal = f'{type(task).__name__}.requires() refuses it: {text_of(error)}' if is_refusal(error) else ''
        return Answer(_built(births), [in_requires(task, error)], failed=True, refusal=refusal)
    if not any(_is_caused_by(error, failure.error) for failure in failures):  # it was caught, and then something else went wrong
        return Answer(_built(births), [in_requires(task, error)], failed=True)
    births.begin(mending=True)
    read, _ = ask(lambda: _read(task, births))
    births.mending = False
    here = places.of_requires(type(task))  # for what no line of the project builds, as luigi.util.requires does
    found = [finding for failure in births.failures or failures for finding in explained(failure._replace(at=failure.at or here), task)]
    return Answer(_built(births), [*found, *_positional(task, births), *(read.findings if read else ())], failed=True)


def _came_from(error: BaseException | None, cause: BaseException) -> bool:
    while error is not None:
        if error is cause:
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_caused_by(error: BaseException | None, cause: BaseException) -> bool:
    while error is not None and error is not cause:
        error = error.__cause__
    return error is cause


def _built(births: Births) -> list[Any]:
    """What a `requires()` that failed had built, in order, without what could not be finished and what luigi.Config is."""
    import luigi

    unfinished = births.unfinished
    return [birth.task for birth in births.here.values() if id(birth.task) not in unfinished and not isinstance(birth.task, luigi.Config)]


def ask_again(task: Any, before: list[Key], since: float, births: Births, waited: set[Any]) -> Answer:
    """Further looks: gokart asks for `requires()` at every step, and builds for ever if the answer differs."""
    cls = type(task)
    for attempt in range(_attempts(cls, waited)):
        if attempt and bodies.asks(cls, bodies.CLOCK):
            time.sleep(max(0.0, _TICK - (time.perf_counter() - since)))
        births.begin()
        read, error = ask(lambda: _read(task, births))
        if error is not None:
            message = f'{cls.__name__}.requires() gives tasks at the first call, and raises at the second: {text_of(error)}'
            return Answer([], [Finding('unstable', message, places.raised_at(error) or places.of_requires(cls))], failed=True)
        after = [key_of(each) for each in read.tasks]
        if after != before and _counted(after) != _counted(before):
            return Answer([], [*_differing(cls, before, after, read.tasks, births)], failed=True)
    return Answer(read.tasks, [])


def _attempts(cls: Any, waited: set[Any]) -> int:
    """One, but for a class that throws dice some, and for one that looks at the clock, once for the class, one after its next tick."""
    attempts = _THROWS if bodies.asks(cls, bodies.DICE) else 1
    if bodies.asks(cls, bodies.CLOCK) and cls not in waited:
        waited.add(cls)
        return attempts + 1
    return attempts


def _counted(keys: list[Key]) -> Counter[str]:
    """By the text of the key alone, as luigi's scheduler does: luigi.task.externalize makes another class each time."""
    return Counter(text for _, text in keys)


def _differing(cls: Any, before: list[Key], after: list[Key], tasks: list[Any], births: Births) -> Iterator[Finding]:
    """What differs, unless it is an address of memory in the keys, which is said of the tasks themselves (problem_parameters.py)."""
    known = {key_of(birth.task): birth.task for birth in births.known.values()}
    gone = [known[key] for key in before if key not in after and key in known]
    come = [task for key, task in zip(after, tasks, strict=True) if key not in before]
    if gone and [_without_addresses(task) for task in gone] == [_without_addresses(task) for task in come]:
        return
    message = (
        f'{cls.__name__}.requires() gives other tasks at each call: first {_listed(gone)}, then {_listed(come)}{_difference(gone, come)}'
    )
    hint = 'gokart asks often, and a build does not end. Take the value that differs once, as a parameter.'
    yield Finding('unstable', f'{message}\n{hint}', places.of_requires(cls))


def _without_addresses(task: Any) -> tuple[type, dict[str, str]]:
    return type(task), {name: ADDRESS.sub('', text) for name, text in task.to_str_params(only_significant=True).items()}


def _listed(tasks: list[Any]) -> str:
    return ' and '.join([label(task) for task in tasks[:2]]) or 'fewer'


def _difference(gone: list[Any], come: list[Any]) -> str:
    if not gone or not come or type(gone[0]) is not type(come[0]):
        return ''
    one, other = gone[0].to_str_params(), come[0].to_str_params()
    names = [repr(name) for name in one if one[name] != other.get(name)]
    return f' (other {", ".join(names)})' if names else ''
