"""Tasks that luigi takes for one another: by family, or because they differ in insignificant parameters only.

luigi.Task.__eq__ compares the class and the key, the key is made of the family and the significant public parameters, and the unique id
of gokart holds the bare name of the class (luigi 3.8.1; gokart.task.TaskOnKart._make_hash_id, gokart 1.12.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pytest_gokart.resolution import places
from pytest_gokart.resolution.births import Births
from pytest_gokart.resolution.labels import described, label, plain
from pytest_gokart.resolution.problems import Finding
from pytest_gokart.values import Place


def twins(one: Any, other: Any, births: Births) -> Iterator[Finding]:
    """Two equal objects with different values. Tasks from before the walk may know another configuration, and prove nothing."""
    births_of_both = births.known.get(id(one)), births.known.get(id(other))
    if any(birth is None or birth.args for birth in births_of_both):
        return  # what positional arguments do to gokart's own parameters is said by itself
    names = [name for name, value in one.param_kwargs.items() if not _is_same(value, other.param_kwargs.get(name))]
    if names:
        values = ' and '.join(_both(name, one.param_kwargs[name], other.param_kwargs.get(name)) for name in names)
        first, second = (birth.at if birth else None for birth in births_of_both)
        where = f' (also at {first})' if first and first != second else ''
        task = label(other) if label(other) == label(one) else type(other).__name__
        message = f'{task} is built twice{where}, with other values of {values}: luigi takes the two for one'
        hint = 'Only one of them runs. Give both the same value, or make the parameter significant and public.'
        yield Finding('twins', f'{message}\n{hint}', second)


def _both(name: str, one: object, other: object) -> str:
    """A parameter with its two values, if they can be told apart by what is shown of them."""
    first, second = (plain(value) or described(value) for value in (one, other))
    return f'{name!r} ({first} and {second})' if first != second else repr(name)


def _is_same(one: Any, other: Any) -> bool:
    try:
        return one is other or bool(one == other)
    except Exception:
        return True  # such as two arrays: unknown is not different


def families(tasks: Iterable[Any]) -> Iterator[tuple[Any, Finding]]:
    """Different classes of one family, with a task of the second one."""
    first: dict[str, dict[Any, Any]] = {}
    ids: dict[str, dict[Any, set[str]]] = {}
    for task in tasks:
        family = type(task).get_task_family()
        first.setdefault(family, {}).setdefault(type(task), task)
        ids.setdefault(family, {}).setdefault(type(task), set()).add(task.task_id)
    for family, of_class in first.items():
        classes = list(of_class)
        for number, cls in enumerate(classes):
            for other in classes[:number]:
                equal = ids[family][cls] & ids[family][other]
                if equal or not (issubclass(cls, other) or issubclass(other, cls)):
                    yield of_class[cls], _one_family(family, other, cls, bool(equal))


def _one_family(family: str, one: Any, other: Any, equal: bool) -> Finding:
    at = places.of_class(one), places.of_class(other)
    message = f'two classes have the task family {family}: {_named(one, at[0])} and {_named(other, at[1])}'
    if equal:
        effect = 'Tasks of both have one key, so only one of them runs.'
    else:
        effect = 'gokart and luigi cannot tell them apart by name, and once their parameters are equal only one of them runs.'
    if at[0] is not None and at[0] == at[1] and one.__module__ != other.__module__:
        hint = f'It is one file, imported under two names: import it as {one.__module__} or as {other.__module__} everywhere.'
    else:
        hint = 'Give one of them another name, or each a task_namespace (luigi.namespace, luigi.auto_namespace).'
    return Finding('family', f'{message}\n{effect} {hint}', at[1])


def _named(cls: Any, at: Place | None) -> str:
    name = f'{cls.__module__}.{cls.__qualname__}'
    return f'{name} ({at})' if at else name
