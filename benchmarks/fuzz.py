"""Feeds the reader with damaged real sources: each must give facts or a reason why there are none, soon, and never anything else.

    python -m benchmarks.fuzz --inputs 100000

An input is a source and what happened to it, both told by its number (`benchmarks/mutations.py`). They run in a process of their own, so
that a crash of a native parser or an endless loop is one more thing that is counted: its input is kept, and the next one is read. With
`--rules`, all rules judge those that can be read, which takes ten times as long.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import FOLDER
from benchmarks.mutations import mutated, sources

ROOT = Path(__file__).parent.parent
OWN = ROOT / 'gokart_lint'
PATIENCE = 60  # seconds of CPU time, after which the process is ended
SLOW, SLOW_A_BYTE = 1.0, 3e-5  # seconds of CPU time: libcst takes 1e-5 a byte


class Failure(NamedTuple):
    """An input that gave neither facts nor a reason."""

    number: int
    what: str


class Tally(NamedTuple):
    """How far a process has got: the number of the input that it began with last, how many gave facts, and how many a reason."""

    number: int
    facts: int = 0
    none: int = 0


def main() -> int:
    """The command line: 0 if every input gave facts or a reason, 1 if not."""
    arguments = parsed()
    if arguments.worker:
        return worked(arguments)
    started, facts, none, failures = time.monotonic(), 0, 0, []
    for tally, failed in runs(arguments):
        facts, none, failures = facts + tally.facts, none + tally.none, [*failures, *failed]
    seconds, total = time.monotonic() - started, arguments.inputs
    print(
        f'{total:,} inputs in {seconds:.0f} s, {total / seconds:.0f} a second: {facts:,} gave facts, {none:,} a reason why there are none'
    )
    keep(arguments, failures)
    return 1 if failures else 0


def parsed() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description='Feed the reader with damaged sources.')
    parser.add_argument('--inputs', type=int, default=100_000)
    parser.add_argument('--first', type=int, default=0, help='the number of the first input, to see one again')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--rules', action='store_true', help='let all rules judge what can be read')
    parser.add_argument(
        '--keep', type=Path, default=Path(tempfile.gettempdir(), 'gokart-lint-fuzz'), help='where inputs that fail are kept'
    )
    parser.add_argument('--sources', type=Path, nargs='*', default=[FOLDER, ROOT / 'examples', OWN], help='folders of real Python files')
    parser.add_argument('--worker', type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def runs(arguments: argparse.Namespace) -> Iterator[tuple[Tally, list[Failure]]]:
    """Processes that read, one after the other: the next one begins behind the input that ended the one before."""
    first, end = arguments.first, arguments.first + arguments.inputs
    with tempfile.TemporaryDirectory(prefix='gokart-lint-fuzz-') as scratch:
        while first < end:
            told = Path(scratch, 'told')
            options = ['--worker', str(told), '--first', str(first), '--inputs', str(end - first), '--seed', str(arguments.seed)]
            options += ['--rules'] if arguments.rules else []
            command = [sys.executable, sys.argv[0], *options, '--sources', *map(str, arguments.sources)]
            status = subprocess.run(command, env={**os.environ, 'PYTHONPATH': str(ROOT)}, check=False).returncode
            tally = Tally(*map(int, told.read_text().split()))
            found = [Failure(*json.loads(line)) for line in told.with_suffix('.failures').read_text().splitlines()]
            first = tally.number + 1
            yield tally, found if status == 0 else [*found, Failure(tally.number, f'the process ended with status {status}')]


def keep(arguments: argparse.Namespace, failures: list[Failure]) -> None:
    """Say which inputs failed, and keep them as files."""
    pool = sources(arguments.sources) if failures else []
    for failure in failures:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        kept = arguments.keep / f'{arguments.seed}-{failure.number}.py'
        kept.write_bytes(mutated(pool, arguments.seed, failure.number))
        print(f'{kept}: {failure.what}')


# --- The process that reads -------------------------------------------------------------------------------------------


def worked(arguments: argparse.Namespace) -> int:
    """Read a range of inputs. Says before each one how far it has got, so that one that ends the process is known."""
    faulthandler.enable()
    pool, gives_facts = sources(arguments.sources), judge(arguments.rules)
    counts = [0, 0]
    with arguments.worker.open('wb', buffering=0) as told, arguments.worker.with_suffix('.failures').open('w', buffering=1) as failures:
        for number in range(arguments.first, arguments.first + arguments.inputs):
            told.seek(0)
            told.write(b'%12d %12d %12d' % (number, counts[1], counts[0]))
            data = mutated(pool, arguments.seed, number)
            started = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(started) + PATIENCE, resource.RLIM_INFINITY))
            try:
                counts[gives_facts(data)] += 1
            except Exception as error:
                failures.write(json.dumps([number, f'{type(error).__name__}: {error}']) + '\n')
            if (spent := time.process_time() - started) > SLOW + SLOW_A_BYTE * len(data):
                failures.write(json.dumps([number, f'it took {spent:.1f} s for {len(data):,} bytes']) + '\n')
        told.seek(0)
        told.write(b'%12d %12d %12d' % (number, counts[1], counts[0]))
    return 0


def judge(rules: bool) -> Callable[[bytes], bool]:
    """What says of an input whether it gave facts. Any exception is a fault."""
    if not rules:
        from gokart_lint import facts
        from gokart_lint.reading.module import survey
        from gokart_lint.reading.syntax import deep_recursion

        def read(data: bytes) -> bool:
            said = survey(data, full=True)
            if said.unreadable is None:
                assert said.encoded is not None
                with deep_recursion():  # as in every run
                    facts.decode(said.encoded)
            return said.unreadable is None

        return read
    from gokart_lint.checking import check
    from gokart_lint.settings import Settings

    path = ROOT / 'benchmarks' / 'damaged.py'  # no such file is there
    settings = Settings(root=path.parent, select=('ALL',))
    return lambda data: not any(found.code == 'GK900' for found in check([path], settings, overlay={path: data}).findings)


if __name__ == '__main__':
    sys.exit(main())
