"""What gokart-lint costs, beside other linters on the same files in the same run.

    python -m benchmarks.lint --rounds 5

The tools run in turn (A B C A B C ...); the figures are medians of the CPU seconds of each command with all its processes. A peer
that does not find the fault planted for it, or a gokart-lint that fails, ends the run: what reads nothing is fast.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.goals import Goal, compared, judged
from benchmarks.measuring import Cost, median, spread
from benchmarks.steps import Refused, Step, Subject, own_steps, peer_steps, python_step

ROOT = Path(__file__).parent.parent
OWN = ROOT / 'gokart_lint'
PEERS = ROOT / '.venv-bench' / 'bin' / 'python'
MISSING = """{python} is missing: `make bench` makes it, or
    python3 -m venv {folder} && {python} -m pip install -r benchmarks/requirements.txt"""


def main() -> int:
    """The command line: 0 if all goals are met, 1 if not, 2 if the run is refused."""
    arguments = parsed()
    try:
        with tempfile.TemporaryDirectory(prefix='gokart-lint-bench-') as scratch:
            return measured(arguments, Path(scratch))
    except Refused as refused:
        print(f'refused: {refused}', file=sys.stderr)
        return 2


def parsed() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description='Measure gokart-lint against other linters.')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--files', type=int, default=300, help='of the project that all tools read')
    parser.add_argument('--large', type=int, default=3000, help='files of the project that gokart-lint alone reads; 0 for none')
    parser.add_argument('--share', type=float, default=1 / 3, help='of the files, how many hold tasks')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--peers', type=Path, default=PEERS, metavar='PYTHON', help='of the environment that holds the peers')
    only = parser.add_mutually_exclusive_group()
    only.add_argument('--peers-only', action='store_true', help='leave gokart-lint out')
    only.add_argument('--no-peers', action='store_true', help='gokart-lint alone')
    return parser.parse_args()


def measured(arguments: argparse.Namespace, scratch: Path) -> int:
    """Write the projects, run the rounds, print the tables."""
    if not arguments.no_peers and not arguments.peers.is_file():
        raise Refused(MISSING.format(python=arguments.peers, folder=arguments.peers.parent.parent))
    subjects = list(written(arguments, scratch))
    print(conditions(arguments, subjects), flush=True)
    compileall.compile_dir(OWN, quiet=1)  # as pip compiles what it installs, the peers among it
    rounds(list(steps(arguments, [write(scratch / 'warm-up', 30, 1 / 3, arguments.seed)])), 1)
    costs = rounds(list(steps(arguments, subjects)), arguments.rounds)
    print(f'\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}\n')
    print(table(costs))
    if arguments.peers_only:
        return 0
    goals = [*judged(costs, arguments.files, arguments.large), *compared(subjects)]
    print(f'\n{goals_table(goals)}')
    return 0 if all(goal.met for goal in goals) else 1


def written(arguments: argparse.Namespace, scratch: Path) -> Iterator[Subject]:
    """The projects that are linted."""
    yield write(scratch / str(arguments.files), arguments.files, arguments.share, arguments.seed)
    if arguments.large and not arguments.peers_only:
        yield write(scratch / str(arguments.large), arguments.large, arguments.share, arguments.seed)


def write(folder: Path, files: int, share: float, seed: int) -> Subject:
    """Generate one project."""
    try:
        project = generate(files, share, seed)
    except ValueError as error:
        raise Refused(str(error)) from None
    project.write(folder / 'project')
    return Subject(folder, files, project.lines, project.planted)


def steps(arguments: argparse.Namespace, subjects: Sequence[Subject]) -> Iterator[Step]:
    """One round: every tool on the first project, then gokart-lint on the others."""
    yield python_step(subjects[0])
    for subject in subjects if not arguments.peers_only else ():
        yield from own_steps(subject)
        if subject is subjects[0] and not arguments.no_peers:
            yield from peer_steps(subject, arguments.peers)
    if arguments.peers_only:
        yield from peer_steps(subjects[0], arguments.peers)


def rounds(round_: Sequence[Step], count: int) -> dict[Step, list[Cost]]:
    """Run the steps in turn, so many times."""
    costs: dict[Step, list[Cost]] = {step: [] for step in round_}
    for number in range(1, count + 1):
        for step in round_:
            progress(f'round {number} of {count}: {step.name}, {step.subject.files} files')
            costs[step].append(step.run())
    progress('')
    return costs


def progress(text: str) -> None:
    """One line that the next one replaces, on a terminal."""
    if sys.stderr.isatty():
        print(f'\r\033[K{text}', end='', file=sys.stderr, flush=True)


def conditions(arguments: argparse.Namespace, subjects: Sequence[Subject]) -> str:
    """What was measured where, for whoever reads the tables later."""
    sizes = '; '.join(f'{subject.files} files, {subject.lines:,} lines, {len(subject.planted)} faults' for subject in subjects)
    own = '' if arguments.peers_only else f', {versions(Path(sys.executable), ("gokart-lint", "libcst", "msgspec", "click"))}'
    peers = '' if arguments.no_peers else f'\nPeers: {versions(arguments.peers, ("flake8", "fixit", "ruff", "libcst"))}'
    machine = f'{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start'
    what = f'{arguments.rounds} rounds. Projects: {sizes}; {arguments.share:.0%} of the files with tasks.'
    return f'{what}\nPython {platform.python_version()}{own}{peers}\n{machine}'


def versions(python: Path, names: Sequence[str]) -> str:
    """The versions of distributions in an environment."""
    code = 'import sys; from importlib.metadata import version; print(*(f"{name} {version(name)}" for name in sys.argv[1:]), sep=", ")'
    found = subprocess.run([python, '-c', code, *names], capture_output=True, text=True, check=False)
    if found.returncode:
        raise Refused(f'{python} does not hold {", ".join(names)}: {found.stderr.strip().splitlines()[-1]}')
    return found.stdout.strip()


def table(costs: dict[Step, list[Cost]]) -> str:
    """The medians, in Markdown."""
    lines = ['| files | what | CPU s | from - to | wall s | MB |', '|---|---|---|---|---|---|']
    for step, each in costs.items():
        cost, (least, most) = median(each), spread(each)
        figures = f'{cost.cpu:.3f} | {least:.3f} - {most:.3f} | {cost.wall:.3f} | {cost.memory / 1e6:.0f}'
        lines.append(f'| {step.subject.files if step.reads else "-"} | {step.name} | {figures} |')
    return '\n'.join(lines)


def goals_table(goals: Sequence[Goal]) -> str:
    """What was aimed at, and whether it is so, in Markdown."""
    lines = ['| goal | limit | measured | |', '|---|---|---|---|']
    return '\n'.join(
        lines + [f'| {goal.name} | {goal.limit} | {goal.measured} | {"met" if goal.met else "**not met**"} |' for goal in goals]
    )


if __name__ == '__main__':
    sys.exit(main())
