"""Try every cell and print one table.

    python -m compatibility.matrix
    python -m compatibility.matrix --cell oldest

It is slow, above all the first time. What pytest printed is kept in .venv-compat/<cell>.txt.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compatibility.cells import CELLS, Cell
from compatibility.environments import FOLDER, ROOT, NotInstalled, Unavailable, environment
from tests.pytest_gokart.newer import REASON

PROJECT = ROOT / 'compatibility' / 'project'
SHOWN = ('pytest', 'gokart', 'luigi', 'networkx', 'mypy', 'libcst', 'click', 'msgspec', 'rich')
HEADINGS = ('cell', 'Python', *SHOWN, 'passed', 'failed', 'skipped', '-n 2', 'seconds', '')


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of a cell; `trouble` is empty if all is well."""

    cell: Cell
    versions: tuple[str, ...] = ()
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    parallel: bool = False
    seconds: float = 0
    trouble: str = ''
    missing: str = ''

    def row(self) -> tuple[str, ...]:
        """A line of the table."""
        versions = self.versions or ('',) * len(SHOWN)
        if self.missing or not self.versions:
            return self.cell.name, self.cell.python, *versions, '', '', '', '', '', self.missing or self.trouble
        counts = (str(self.passed), str(self.failed), str(self.skipped), 'same' if self.parallel else 'OTHER', f'{self.seconds:.0f}')
        return self.cell.name, self.cell.python, *versions, *counts, self.trouble


def main() -> int:
    """The command line: 0 if no cell failed, 1 if one did."""
    parser = argparse.ArgumentParser(description='Try the project with old and new versions of what it stands on.')
    parser.add_argument('--cell', action='append', choices=[cell.name for cell in CELLS], help='only this one; may be repeated')
    parser.add_argument('--workers', type=int, default=2)
    arguments = parser.parse_args()
    results = []
    for cell in CELLS:
        if not arguments.cell or cell.name in arguments.cell:
            print(f'{cell.name} ...', file=sys.stderr, flush=True)
            results.append(tried(cell, arguments.workers))
    print(table([HEADINGS, *(result.row() for result in results)]))
    return int(any(result.trouble for result in results))


def tried(cell: Cell, workers: int) -> Result:
    """Run one cell."""
    try:
        python = environment(cell)
    except Unavailable as missing:
        return Result(cell=cell, missing=str(missing))
    except NotInstalled as refused:
        print(refused, file=sys.stderr)
        return Result(cell=cell, trouble='pip could not install it')
    start = time.monotonic()
    report = FOLDER / f'{cell.name}.xml'
    report.unlink(missing_ok=True)
    options = ['-c', 'compatibility/pytest.ini', '--rootdir', '.', '-q', '-n', str(workers), '--tb=short', f'--junitxml={report}']
    done = run(python, ROOT, *options, *cell.tests)
    (FOLDER / f'{cell.name}.txt').write_text(done.stdout + done.stderr, encoding='utf-8')
    parallel = same_in_parallel(python)
    seconds = time.monotonic() - start
    total, failed, skips = counted(report)
    return Result(
        cell=cell,
        versions=tuple(versions(python)),
        passed=total - failed - len(skips),
        failed=failed,
        skipped=len(skips),
        parallel=parallel,
        seconds=seconds,
        trouble=trouble(cell, done.returncode, parallel, skips),
    )


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest in an environment."""
    return subprocess.run([str(python), '-m', 'pytest', *arguments], cwd=folder, capture_output=True, text=True, check=False)


def counted(report: Path) -> tuple[int, int, Sequence[str]]:
    """How many tests there were, how many failed, and why those were skipped that were."""
    if not report.is_file():
        return 0, 0, ()
    suite = ET.parse(report).getroot().find('testsuite')
    assert suite is not None
    skips = [each.get('message', '') for each in suite.iter('skipped')]
    return int(suite.get('tests', 0)), int(suite.get('failures', 0)) + int(suite.get('errors', 0)), skips


def same_in_parallel(python: Path) -> bool:
    """Whether one project has the same items, all passed, in one process and with two workers of pytest-xdist."""
    outcomes = []
    for options in ([], ['-n', '2']):
        done = run(python, PROJECT, '-v', *options)
        outcomes.append((done.returncode, set(re.findall(r'shop\.py::\S+', done.stdout))))
    return outcomes[0] == outcomes[1] and outcomes[0][0] == 0 and len(outcomes[0][1]) > 1


def trouble(cell: Cell, status: int, parallel: bool, skips: Sequence[str]) -> str:
    """What is wrong with a cell, in a few words."""
    if status:
        return f'pytest ended with {status}: .venv-compat/{cell.name}.txt'
    if not parallel:
        return 'other items, or a failure, with pytest-xdist'
    if cell.newest and any(REASON in each for each in skips):
        return 'a test is skipped for a version, with the newest versions'
    return ''


def versions(python: Path) -> Iterator[str]:
    """What is really installed."""
    names = ', '.join(repr(name) for name in SHOWN)
    done = subprocess.run(
        [str(python), '-c', f'from importlib.metadata import version\nfor each in {names}: print(version(each))'],
        capture_output=True,
        text=True,
        check=True,
    )
    yield from done.stdout.split()


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ['| ' + ' | '.join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + ' |' for row in rows]
    return '\n'.join([lines[0], '|' + '|'.join('-' * (width + 2) for width in widths) + '|', *lines[1:]])


if __name__ == '__main__':
    sys.exit(main())
