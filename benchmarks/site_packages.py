"""Lints every file of a large installed site-packages: no crash, nothing said about code without tasks, and what it costs.

    python -m benchmarks.site_packages --install

`--install` puts the packages below into `.site-packages` (some 600 MB); without it, the folder is taken as it is. Then each file is read by
itself: the ten that take longest are shown, with what a byte of them takes, so that one that is slow for its size is seen.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import run
from gokart_lint.reading.module import survey

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / '.site-packages'
PACKAGES = ('pandas', 'scikit-learn', 'sympy', 'Django', 'sqlalchemy', 'scipy', 'matplotlib', 'networkx')
SHOWN = 10


class Slow(NamedTuple):
    """What it took to read one file."""

    seconds: float
    size: int
    path: Path


def main() -> int:
    """The command line: 0 if the run ended well and each finding is about a file that Python itself does not read, 1 if not."""
    parser = argparse.ArgumentParser(description='Lint a large site-packages.')
    parser.add_argument('folder', type=Path, nargs='?', default=FOLDER)
    parser.add_argument('--install', action='store_true', help=f'install {", ".join(PACKAGES)} there first')
    parser.add_argument('--jobs', default='1')
    arguments = parser.parse_args()
    if arguments.install:
        pip = [sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', str(arguments.folder)]
        subprocess.run([*pip, *PACKAGES], check=True)
    strange = judged(arguments.folder.resolve(), arguments.jobs)
    slow = sorted(read(arguments.folder), reverse=True)
    typical = sum(each.seconds for each in slow) / sum(each.size for each in slow)
    print(f'\n| CPU s | kB | times the usual for its size ({typical * 1e6:.1f} us a byte) | file |\n|---|---|---|---|')
    for each in slow[:SHOWN]:
        share = each.seconds / (typical * each.size)
        print(f'| {each.seconds:.2f} | {each.size / 1000:.0f} | {share:.1f} | {each.path.relative_to(arguments.folder)} |')
    return 1 if strange else 0


def judged(folder: Path, jobs: str) -> list[dict[str, object]]:
    """Lint all files with all rules, say what it cost and what was found. Returns what should not have been found."""
    options = ['--select', 'ALL', '--jobs', jobs, '--no-cache', '--output-format', 'json']
    done = run([sys.executable, '-m', 'gokart_lint', 'check', str(folder), *options], ROOT, {'PYTHONPATH': str(ROOT)})
    if done.status not in (0, 1):
        sys.exit(f'the run failed with status {done.status}:\n{done.errors}')
    found = json.loads(done.output)
    files = [path for path in folder.rglob('*.py') if path.is_file()]
    lines = sum(path.read_bytes().count(b'\n') for path in files)
    print(f'{len(files):,} files, {lines:,} lines: {done.cost.cpu:.1f} s CPU, {done.cost.wall:.1f} s, {done.cost.memory / 1e6:.0f} MB')
    print(f'findings: {dict(Counter(each["code"] for each in found)) or "none"}')
    strange = [each for each in found if each['code'] != 'GK900' or is_python(Path(each['filename']))]
    for each in strange:
        print(f'{each["filename"]}:{each["location"]["row"]}: {each["code"]} {each["message"]}')
    return strange


def is_python(path: Path) -> bool:
    """Whether Python itself reads a file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return False
    return True


def read(folder: Path) -> Iterator[Slow]:
    """What each file takes to be read by itself."""
    for path in sorted(folder.rglob('*.py')):
        data = path.read_bytes() if path.is_file() else b''
        if data:
            started = time.process_time()
            survey(data, full=True)
            yield Slow(time.process_time() - started, len(data), path)


if __name__ == '__main__':
    sys.exit(main())
