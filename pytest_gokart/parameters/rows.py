"""The rows of values that a pipeline is resolved with: the project's own first, then its branches, pair by pair.

A row leaves out what luigi finds by itself, in its configuration or as a default, so that the pipeline is built as the project builds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_gokart.parameters import declared, origins
from pytest_gokart.parameters.domains import domains, is_made_up, told
from pytest_gokart.parameters.pairing import cover
from pytest_gokart.parameters.samples import Sampler
from pytest_gokart.parameters.sources import Given
from pytest_gokart.values import Problem, Row

if TYPE_CHECKING:
    from pytest_gokart.parameters.sources import Sources


@dataclass(frozen=True)
class Rows:
    """The rows, one at least. `cut` counts the pairs of values (values, if one parameter branches) that the limit keeps from being tried.

    With problems, the one row lacks values or holds wrong ones: it is not to be built, the problems are what is to say.
    """

    rows: tuple[Row, ...]
    cut: int = 0
    problems: tuple[Problem, ...] = ()


def rows_for(task_class: type, sources: Sources, limit: int) -> Rows:
    """The rows of a pipeline, `limit` at most, the same in every process.

    To be called while luigi's configuration is that of the project (`sources.config_files`) and nothing may run: samples of task
    parameters are built. No method of the pipeline itself is called.
    """
    sampler = Sampler(sources)
    given = sampler.complete(task_class)
    told_origins = _origins(task_class, given, sources)
    first = Row(given.values, '', told_origins)
    if given.problems:
        return Rows((first,), 0, given.problems)
    branching = domains(task_class, given, sampler)
    found = cover([len(values) for values in branching.values()], limit)
    rows = [first, *(_row(first, _changes(branching, places), task_class) for places in found.rows[1:])]
    return Rows(tuple(_with_own_labels(rows)), found.untried)


def _origins(task_class: Any, given: Given, sources: Sources) -> dict[str, str]:
    """Where each value is from: of all of the project's own parameters, and of those of the libraries that somebody gave."""
    found = dict(given.origins)
    missing = declared.missing(task_class, given.values) if given.problems else ()
    for name, parameter in declared.own_parameters(task_class).items():
        if name not in found and name not in missing:
            found[name] = origins.found_by_luigi(task_class, name, parameter, sources)
    return found


def _changes(branching: Mapping[str, tuple[object, ...]], places: tuple[int, ...]) -> dict[str, object]:
    return {name: values[place] for (name, values), place in zip(branching.items(), places, strict=True) if place}


def _row(first: Row, changes: Mapping[str, object], task_class: Any) -> Row:
    known = declared.parameters(task_class)
    label = ', '.join(f'{name}={told(known[name], value)}' for name, value in changes.items())
    branches = {name: origins.SAMPLE if is_made_up(known[name], value) else origins.BRANCH for name, value in changes.items()}
    return Row({**first.values, **changes}, label, {**first.origins, **branches}, beyond=True)


def _with_own_labels(rows: list[Row]) -> list[Row]:
    """The rows, each with a label of its own: two long values may be told alike."""
    count: dict[str, int] = {}
    found = []
    for row in rows:
        count[row.label] = count.get(row.label, 0) + 1
        suffix = f' #{count[row.label]}' if count[row.label] > 1 else ''
        found.append(Row(row.values, f'{row.label}{suffix}', row.origins, beyond=row.beyond))
    return found
