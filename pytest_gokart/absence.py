"""Why a project, or what a run was told of, has no pipelines: a library of tasks has none, and silence would look like a fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from pytest_gokart.wording import counted

if TYPE_CHECKING:
    from pytest_gokart.session import Session
    from pytest_gokart.values import LeftOut, Reason


def in_short(known: Session) -> str:
    """For the header, where nothing is found: `no pipelines among 2 task classes (Load requires no task, Train needs a task)`."""
    where = ' in gokart_paths' if known.has_paths else ''
    elsewhere = 0 if known.found is None else len(known.found.pipelines)
    if where and elsewhere:
        return f'no pipelines{where}, {elsewhere} elsewhere'
    left_out = known.left_out()
    if not left_out:
        return f'no pipelines, as there are no task classes outside of tests{where}'
    return f'no pipelines among {counted(len(left_out), "task class")}{where} ({_reasons(left_out)})'


def at_length(known: Session) -> list[str]:
    """For the end of a run that collected nothing: why, and what would be collected; nothing where no task is concerned."""
    folders = None if known.takes_all else known.arguments
    if known.found is None or known.has_contents(folders):
        return []
    left_out = known.left_out(folders)
    if not left_out:
        return [f'gokart: {in_short(known)}.'] if folders is None else []
    named = ' or '.join(known.patterns)
    return [
        f'gokart: no pipelines among {counted(len(left_out), "task class")}: {_reasons(left_out)}.',
        f'A pipeline is called {named}, or requires tasks, needs none to be built, and is built by no other task.',
        "Other names can be given as `gokart_pipelines` in pytest's settings; a task that needs tasks is then built on samples.",
    ]


def _reasons(left_out: Collection[LeftOut]) -> str:
    """How many for which reason, the most frequent first; one class is named."""
    by_reason: dict[Reason, list[str]] = defaultdict(list)
    for each in left_out:
        by_reason[each.reason].append(each.name)
    ordered = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    return ', '.join(_said(names, reason) for reason, names in ordered)


def _said(names: list[str], reason: Reason) -> str:
    of_one, of_several = reason.value
    return f'{names[0]} {of_one}' if len(names) == 1 else f'{len(names)} {of_several}'
