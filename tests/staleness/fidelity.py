"""Holds the verdicts against gokart: each edit of a history is run for real, in the workspace that the state before it left.

`python -m tests.staleness.fidelity` prints the table of docs/stale.md. What is wrong there was built in an empty workspace too: a task
is served wrongly if the old workspace gives another value than the empty one.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.staleness.histories import commit, judge
from tests.staleness.wine_history import EDITS, PREPARATION, WINE, Edit, apply

Built = dict[str, dict[str, str]]
_HERE = Path(__file__).parent


class Outcome(NamedTuple):
    """What one edit did: to gokart, in our verdicts, and by `serialized_task_definition_check`."""

    title: str
    wrong: set[str]
    """Served from before although a fresh run gives something else."""
    moved: set[str]
    """With another unique id, or another path."""
    verdicts: dict[str, str]
    checked: set[str]
    """With another unique id under the check, and none without it."""

    @property
    def stale(self) -> set[str]:
        return {name for name, kind in self.verdicts.items() if kind == 'stale'}

    @property
    def warned(self) -> set[str]:
        """Stale, or standing on something stale."""
        return {name for name, kind in self.verdicts.items() if kind in ('stale', 'served stale input')}

    @property
    def recomputed(self) -> set[str]:
        return {name for name, kind in self.verdicts.items() if kind in ('recomputed', 'downstream')}


def outcomes(edits: Sequence[Edit], folder: Path, chosen: Collection[int] | None = None) -> Iterator[Outcome]:
    """Every edit, run and judged; `chosen` are the places of those that are enough."""
    repository, states = folder / 'repository', folder / 'states'
    shutil.copytree(WINE, repository, ignore=shutil.ignore_patterns('resources', '.*', '__pycache__', 'tests'))
    commits = []
    for place, edit in enumerate((PREPARATION, *edits)):
        apply(edit, repository)
        commits.append(commit(repository, {}, edit.title))
        shutil.copytree(repository, states / str(place), ignore=shutil.ignore_patterns('.git'))
    steps = [place + 1 for place in range(len(edits)) if chosen is None or place in chosen]
    needed = sorted({each for step in steps for each in (step - 1, step)})
    fresh = dict(zip(needed, _run([(states / str(each), folder / 'fresh' / str(each)) for each in needed]), strict=True))
    for step in steps:
        shutil.copytree(folder / 'fresh' / str(step - 1), folder / 'old' / str(step))
    again = dict(zip(steps, _run([(states / str(step), folder / 'old' / str(step)) for step in steps]), strict=True))
    for step in steps:
        verdicts = {each.name: each.kind.value for each in judge(repository, commits[step - 1], commits[step]).verdicts}
        yield _outcome(edits[step - 1], fresh[step - 1], fresh[step], again[step], verdicts)


def _outcome(edit: Edit, before: Built, fresh: Built, again: Built, verdicts: dict[str, str]) -> Outcome:
    served = {name for name in again if name in before and before[name]['path'] == again[name]['path']}
    wrong = {name for name in served if again[name]['value'] != fresh[name]['value']}
    moved = {name for name in again if name not in before or before[name]['id'] != again[name]['id'] or name not in served}
    checked = {name for name in set(again) - moved if before[name]['checked_id'] != again[name]['checked_id']}
    return Outcome(edit.title, wrong, moved, verdicts, checked)


def _run(jobs: Sequence[tuple[Path, Path]]) -> list[Built]:
    given = json.dumps([{'folder': str(folder), 'workspace': str(workspace)} for folder, workspace in jobs])
    command = [sys.executable, '-W', 'ignore', str(_HERE / 'live_wine.py')]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[Built] = json.loads(done.stdout.splitlines()[-1])
    return found


# --- The table --------------------------------------------------------------------------------------------------------


def table(found: Sequence[Outcome]) -> str:
    """The outcomes in Markdown, with a line of sums."""
    head = ['edit', 'gokart serves an old value of', '`gokart-lint stale` says', '`serialized_task_definition_check`']
    rows = [[each.title, _names(each.wrong) or '-', _ours(each), _checks(each)] for each in found]
    return '\n'.join(['| ' + ' | '.join(row) + ' |' for row in [head, ['---'] * len(head), *rows]])


def _names(names: set[str]) -> str:
    return ', '.join(sorted(names - {'WinePipeline'}))


def _ours(each: Outcome) -> str:
    parts = [f'stale: {_names(each.stale)}'] if each.stale else []
    if served := _names(each.warned - each.stale):
        parts.append(f'on stale input: {served}')
    if each.recomputed - {'WinePipeline'}:
        parts.append(f'recomputed: {_names(each.recomputed)}')
    alarm = _names(false_alarms(each))
    return '; '.join(parts) + (f' (**false alarm**: {alarm})' if alarm else '') or '-'


def _checks(each: Outcome) -> str:
    missed, idle = _names(each.wrong - each.checked), _names(each.checked - each.wrong)
    parts = [f'**misses** {missed}'] if missed else ['runs them again'] if _names(each.wrong) else []
    if idle:
        parts.append(f'runs for nothing: {idle}')
    return '; '.join(parts) or '-'


def false_alarms(each: Outcome) -> set[str]:
    """What is called stale and is served right."""
    return each.stale - each.wrong


def unsaid(found: Sequence[Outcome]) -> dict[str, set[str]]:
    """The tasks whose key or path moved and which we call nothing, and those that we call recomputed and are not, edit by edit."""
    return {each.title: odd for each in found if (odd := (each.moved ^ each.recomputed) - {'WinePipeline'})}


def sums(found: Sequence[Outcome]) -> str:
    """Both tools in numbers."""
    wrong = sum(len(each.wrong - {'WinePipeline'}) for each in found)
    ours = sum(len((each.wrong & (each.warned | each.recomputed)) - {'WinePipeline'}) for each in found)
    theirs = sum(len((each.wrong & each.checked) - {'WinePipeline'}) for each in found)
    alarms = sum(len(false_alarms(each)) for each in found)
    idle = sum(len(each.checked - each.wrong - {'WinePipeline'}) for each in found)
    alarm = f'{alarms} false alarm' if alarms == 1 else f'{alarms} false alarms'
    return (
        f'{len(found)} edits, {wrong} values served wrongly: `gokart-lint stale` tells of {ours}, with {alarm}; '
        f'`serialized_task_definition_check` runs {theirs} of them again, and {idle} tasks for nothing.'
    )


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as name:
        every = list(outcomes(EDITS, Path(name).resolve()))
    print(table(every))
    print()
    print(sums(every))
