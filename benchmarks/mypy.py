"""What the mypy plugin costs: mypy over one generated project with it and without, in turn, each with an empty cache.

    python -m benchmarks.mypy --rounds 5

The project is the one of `benchmarks.lint`: 300 modules, a third of them with tasks. mypy skips functions that have no annotation, and
the plugin has those of tasks checked; so mypy with `check_untyped_defs`, which checks them all, and the plugin without that stand
beside the two that the goal compares. A run counts only if it found what it must.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate import generate
from benchmarks.goals import Goal
from benchmarks.lint import OWN, goals_table, progress
from benchmarks.measuring import Cost, median, run, spread

LIMIT = 1.10
FOUND_WITH, FOUND_WITHOUT = 'shop/canary_of_mypy.py:14: error', 'shop/canary_of_mypy.py:18: error'
CANARY = """import gokart
import luigi


class Load(gokart.TaskOnKart[int]):
    n: luigi.IntParameter = luigi.IntParameter()


class Train(gokart.TaskOnKart[int]):
    def requires(self):
        return {'data': Load(n=1)}

    def run(self) -> None:
        self.load('date')


def plain() -> int:
    return 'what mypy finds by itself'
"""
MYPY = '\n[tool.mypy]\nshow_error_codes = true\ndisable_error_code = ["import-untyped"]\n'
PLUGIN = 'plugins = ["gokart_lint.mypy"]\n'


class Way(NamedTuple):
    """One way to run mypy: its settings, and what it must print to count."""

    name: str
    settings: str
    found: tuple[str, ...]


WITHOUT = Way('mypy', MYPY, (FOUND_WITHOUT,))
WITH = Way('mypy with the plugin', MYPY + PLUGIN, (FOUND_WITH, FOUND_WITHOUT))
WAYS = (
    WITHOUT,
    WITH,
    Way('mypy, check_untyped_defs', f'{MYPY}check_untyped_defs = true\n', (FOUND_WITHOUT,)),
    Way('mypy with the plugin, check-bodies = false', f'{WITH.settings}\n[tool.gokart-lint.mypy]\ncheck-bodies = false\n', WITH.found),
)


class Refused(Exception):
    """A run that did not do its work."""


def main() -> int:
    """The command line: 0 if the plugin stays below the limit, 1 if not, 2 if a run did not do its work."""
    parser = argparse.ArgumentParser(description='Measure what the mypy plugin costs.')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--files', type=int, default=300)
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix='gokart-lint-bench-') as scratch:
            return measured(arguments, Path(scratch))
    except Refused as refused:
        print(f'refused: {refused}', file=sys.stderr)
        return 2


def measured(arguments: argparse.Namespace, scratch: Path) -> int:
    """Write the project, run the rounds, print the tables."""
    project = generate(arguments.files, 1 / 3, 1)
    folder = scratch / 'project'
    project.write(folder)
    (folder / 'shop' / 'canary_of_mypy.py').write_text(CANARY)
    compileall.compile_dir(OWN, quiet=1)  # as pip compiles what it installs, mypy among it
    print(conditions(arguments, project.lines), flush=True)
    costs: dict[Way, list[Cost]] = {way: [] for way in WAYS}
    for number in range(arguments.rounds):
        for way in WAYS:
            progress(f'round {number + 1} of {arguments.rounds}: {way.name}')
            costs[way].append(checked(way, folder, scratch / f'{number}-{WAYS.index(way)}'))
    progress('')
    print(f'Load of the machine at the end: {os.getloadavg()[0]:.1f}\n')
    print(table(costs))
    ratio = median(costs[WITH]).cpu / median(costs[WITHOUT]).cpu
    goal = Goal(f'{arguments.files} files, cold: CPU of mypy without the plugin', f'<= {LIMIT:.2f}', f'{ratio:.3f}', ratio <= LIMIT)
    print(f'\n{goals_table([goal])}')
    return 0 if goal.met else 1


def checked(way: Way, folder: Path, cache: Path) -> Cost:
    """One run of mypy with an empty cache."""
    (folder / 'pyproject.toml').write_text(way.settings.lstrip())
    done = run([sys.executable, '-m', 'mypy', '--cache-dir', str(cache), '.'], folder)
    if done.status != 1 or tuple(place for place in (FOUND_WITH, FOUND_WITHOUT) if place in done.output) != way.found:
        raise Refused(f'{way.name} ended with status {done.status}: {(done.output + done.errors).strip()[-400:]}')
    return done.cost


def conditions(arguments: argparse.Namespace, lines: int) -> str:
    """What was measured where."""
    from mypy import nodes

    compiled = 'compiled' if not str(nodes.__file__).endswith('.py') else 'not compiled'
    versions = ', '.join(f'{name} {version(name)}' for name in ('gokart-lint', 'gokart', 'luigi'))
    machine = f'{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start'
    return (
        f'{arguments.rounds} rounds; {arguments.files} files, {lines:,} lines; Python {platform.python_version()}, '
        f'mypy {version("mypy")} ({compiled}), {versions}\n{machine}'
    )


def table(costs: dict[Way, list[Cost]]) -> str:
    """The medians, in Markdown, and what each is of mypy alone."""
    alone = median(costs[WITHOUT]).cpu
    lines = ['| what | CPU s | from - to | of mypy alone | wall s | MB |', '|---|---|---|---|---|---|']
    for way, each in costs.items():
        cost, (least, most) = median(each), spread(each)
        figures = f'{cost.cpu:.2f} | {least:.2f} - {most:.2f} | {cost.cpu / alone:.3f} | {cost.wall:.2f} | {cost.memory / 1e6:.0f}'
        lines.append(f'| {way.name} | {figures} |')
    return '\n'.join(lines)


if __name__ == '__main__':
    sys.exit(main())
