"""What the pytest plugin costs a project that has nothing to do with gokart: the same session with it and without, in turn.

    python -m benchmarks.pytest_startup --rounds 15

The project is the one of `benchmarks.lint` with the word gokart taken out, and one test. `testpaths` names the folder of that test, so
that the plugin alone looks at the other files. A run counts only if it ends well and imports nothing of gokart.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.measuring import Cost, median, run

LIMIT = 0.020  # seconds of CPU
SETTINGS = '[tool.pytest.ini_options]\ntestpaths = ["only_this"]\n'
TEST = """import sys

def test_nothing_is_imported():
    word = 'go' + 'kart'  # in one piece, it would start a search
    assert sys.modules.keys().isdisjoint([word, f'{word}_lint', 'luigi', 'libcst', 'networkx', 'pandas', 'msgspec'])
"""
QUIET = [word for name in ('cacheprovider', 'hypothesispytest', 'pytest_cov', 'xdist') for word in ('-p', f'no:{name}')]
"""Other plugins cost more, and not the same each time."""
COMPILED = {'PYTHONDONTWRITEBYTECODE': ''}
"""As after any first session: Python compiles nothing."""
SESSIONS = {
    'without (-p no:gokart)': ['-p', 'no:gokart'],
    'with': [],
    'with, one file is named': ['only_this/test_it.py'],
}


class Refused(Exception):
    """A run that did not do its work."""


def main() -> int:
    """The command line: 0 if the plugin stays below the limit, 1 if not, 2 if a run did not do its work."""
    parser = argparse.ArgumentParser(description='Measure what the pytest plugin costs a project without gokart.')
    parser.add_argument('--rounds', type=int, default=15)
    parser.add_argument('--files', type=int, default=300)
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix='gokart-lint-bench-') as scratch:
            lines = written(Path(scratch), arguments.files)
            costs = measured(Path(scratch), arguments.rounds)
    except Refused as refused:
        print(f'refused: {refused}', file=sys.stderr)
        return 2
    print(f'{platform.platform()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}')
    print(f'{arguments.files} files, {lines} lines; medians of {arguments.rounds} rounds\n')
    return report(costs)


def written(folder: Path, files: int) -> int:
    """Write the project. Gives its lines."""
    project = generate(files)
    project.files = {path: text.replace('gokart', 'gacart') for path, text in project.files.items()}
    project.write(folder)
    (folder / 'only_this').mkdir()
    (folder / 'only_this/test_it.py').write_text(TEST)
    (folder / 'pyproject.toml').write_text(SETTINGS)
    return project.lines


def measured(folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """The costs of each session, the sessions in turn, after one round that is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in SESSIONS}
    for number in range(rounds + 1):
        for name, arguments in SESSIONS.items():
            done = run(
                [sys.executable, '-m', 'pytest', '-q', *QUIET, *arguments], folder, {**COMPILED, 'PYTHONPYCACHEPREFIX': f'{folder}/.pyc'}
            )
            if done.status or '1 passed' not in done.output:
                raise Refused(f'{name}: {done.output}{done.errors}')
            if number:
                costs[name].append(done.cost)
    return costs


def report(costs: dict[str, list[Cost]]) -> int:
    """Print the table and the verdict."""
    base, *others = costs
    print('| session | CPU, ms | more than without | least and most of that in a round |\n|---|---|---|---|')
    print(f'| {base} | {1000 * median(costs[base]).cpu:.0f} | | |')
    for name in others:
        more = differences(costs[name], costs[base])
        spread = f'{1000 * min(more):.0f} to {1000 * max(more):.0f}'
        print(f'| {name} | {1000 * median(costs[name]).cpu:.0f} | {1000 * middle(more):.1f} | {spread} |')
    difference = middle(differences(costs['with'], costs[base]))
    met = difference <= LIMIT
    print(f'\n{"met" if met else "NOT MET"}: {difference * 1000:.1f} ms more CPU, {LIMIT * 1000:.0f} ms allowed')
    return 0 if met else 1


def differences(costs: Sequence[Cost], others: Sequence[Cost]) -> list[float]:
    """How much more CPU each round took, in seconds."""
    return [one.cpu - other.cpu for one, other in zip(costs, others, strict=True)]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return sorted(values)[len(values) // 2]


if __name__ == '__main__':
    sys.exit(main())
