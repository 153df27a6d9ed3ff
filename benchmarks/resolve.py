"""What it costs to resolve a pipeline, beside gokart's own walks over the same tree in the same run.

    python -m benchmarks.resolve --rounds 5

Each walk is a process of its own; its figure is the median of the CPU seconds after the imports. Where gokart's walk does not end, or
not within a minute, a smaller tree of the same shape is measured too. The goals are ratios to gokart's unique id of 10,000 tasks.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.goals import Goal

ROOT = Path(__file__).parent.parent
OURS, UNIQUE_ID, TREE = 'pytest-gokart', 'make_unique_id()', 'make_task_info_tree()'


class Case(NamedTuple):
    """A tree, how many tasks it has, and who walks it."""

    shape: str
    size: int
    tasks: int
    walks: tuple[str, ...]


CASES = (
    Case('Wide', 10_000, 10_001, (OURS, UNIQUE_ID)),
    Case('Wide', 1_000, 1_001, (OURS, UNIQUE_ID, TREE)),
    Case('Chain', 10_000, 10_000, (OURS,)),
    Case('Chain', 150, 150, (OURS, UNIQUE_ID, TREE)),
    Case('Links', 1_000, 1_002, (OURS,)),
    Case('Links', 100, 102, (OURS, UNIQUE_ID)),
    Case('Ladder', 200, 403, (OURS,)),
    Case('Ladder', 10, 23, (OURS, UNIQUE_ID)),
    Case('Ladder', 12, 27, (OURS, UNIQUE_ID)),
)
LIMITS = {('Wide', 10_000): 0.30, ('Chain', 10_000): 0.30, ('Links', 1_000): 0.03, ('Ladder', 200): 0.015}
"""Of what gokart takes for the unique id of 10,000 tasks, which is some seven seconds: so two seconds, two, a fifth and a tenth."""


def main() -> int:
    """The command line: 0 if all goals are met, 1 if not, 2 if a walk did not do its work."""
    parser = argparse.ArgumentParser(description='Measure the walk over a tree of tasks against those of gokart.')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--one', nargs=3, metavar=('SHAPE', 'SIZE', 'WALK'), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        shape, size, walk = arguments.one
        print(*walked(shape, int(size), walk))
        return 0
    try:
        return compared(arguments.rounds)
    except subprocess.CalledProcessError as error:
        print(f'refused: {error}\n{error.stderr[-2000:]}', file=sys.stderr)
        return 2


def walked(shape: str, size: int, walk: str) -> tuple[float, int]:
    """CPU seconds of one walk, and how many tasks it saw (0 if it does not say)."""
    import gokart.tree.task_info_formatter as formatter

    from benchmarks import trees
    from pytest_gokart.resolution.resolving import resolve
    from pytest_gokart.values import Row

    cls: Any = getattr(trees, shape)
    resolve(cls, Row({'size': 1}))  # the imports that it puts off
    begin = time.process_time()
    seen = 0
    if walk == OURS:
        resolution = resolve(cls, Row({'size': size}))
        assert not resolution.problems, resolution.problems
        seen = len(resolution.tasks)
    elif walk == UNIQUE_ID:
        cls(size=size).make_unique_id()
    else:
        formatter.make_task_info_tree(cls(size=size))
    return time.process_time() - begin, seen


def compared(rounds: int) -> int:
    """Run all walks in turn, and print the medians and the goals."""
    costs: dict[tuple[Case, str], list[float]] = {}
    print(f'load before: {os.getloadavg()[0]:.2f}', file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix='pytest-gokart-bench-') as scratch:
        for _ in range(rounds):
            for case in CASES:
                for walk in case.walks:
                    costs.setdefault((case, walk), []).append(measured(case, walk, scratch))
    medians = {key: statistics.median(values) for key, values in costs.items()}
    print('\n'.join(table(medians)))
    goals = judged(medians)
    print('\n'.join(['', '| goal | limit | measured | |', '|---|---|---|---|']))
    for goal in goals:
        print(f'| {goal.name} | {goal.limit} | {goal.measured} | {"met" if goal.met else "NOT MET"} |')
    print(f'load after: {os.getloadavg()[0]:.2f}', file=sys.stderr)
    return 0 if all(goal.met for goal in goals) else 1


def measured(case: Case, walk: str, scratch: str) -> float:
    """One walk in a process of its own, in an empty folder; it counts only if it saw every task."""
    command = [sys.executable, '-m', 'benchmarks.resolve', '--one', case.shape, str(case.size), walk]
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    done = subprocess.run(command, cwd=scratch, env=environment, check=True, capture_output=True, text=True)
    seconds, seen = done.stdout.split()
    if walk == OURS and int(seen) != case.tasks:
        raise subprocess.CalledProcessError(1, command, stderr=f'{seen} of {case.tasks} tasks')
    return float(seconds)


def table(medians: Mapping[tuple[Case, str], float]) -> Sequence[str]:
    """A row for each tree; gokart's walks as times of ours."""
    lines = [f'| tree | tasks | {OURS} | {UNIQUE_ID} | {TREE} |', '|---|---|---|---|---|']
    for case in CASES:
        ours = medians[case, OURS]
        others = [
            f'{medians[case, walk]:.2f} s, x {medians[case, walk] / ours:.1f}' if walk in case.walks else '-' for walk in (UNIQUE_ID, TREE)
        ]
        lines.append(f'| {case.shape.lower()} {case.size} | {case.tasks} | {ours:.3f} s | {" | ".join(others)} |')
    return lines


def judged(medians: Mapping[tuple[Case, str], float]) -> Sequence[Goal]:
    """The promises of the plugin."""
    unit = medians[CASES[0], UNIQUE_ID]
    goals = []
    for case in CASES:
        limit = LIMITS.get((case.shape, case.size))
        if limit is not None:
            ratio = medians[case, OURS] / unit
            goals.append(
                Goal(
                    f'{case.shape.lower()} {case.size}: CPU of the unique id of wide 10000',
                    f'<= {limit:.3f}',
                    f'{ratio:.3f}',
                    ratio <= limit,
                )
            )
    return goals


if __name__ == '__main__':
    sys.exit(main())
