"""Damaged real sources: each gives facts or a reason why there are none, soon. `python -m benchmarks.fuzz` reads a hundred thousand."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import gokart
import pytest

from benchmarks.mutations import each_mutation, mutated, sources
from gokart_lint import facts
from gokart_lint.reading.module import survey
from gokart_lint.reading.syntax import deep_recursion

ROOT = Path(__file__).parent.parent.parent
FOLDERS = [Path(gokart.__file__).parent, ROOT / 'examples', ROOT / 'gokart_lint']


@pytest.fixture(scope='module')
def pool() -> list[bytes]:
    return sources(FOLDERS)


def test_damaged_sources_give_facts_or_a_reason(pool: list[bytes]) -> None:
    outcomes = {True: 0, False: 0}
    for number in range(300):
        data = mutated(pool, 0, number)
        started = time.process_time()
        said = survey(data, full=True)
        assert time.process_time() - started < 2 + 1e-4 * len(data), f'number {number}: {len(data)} bytes'
        if said.unreadable is None:
            assert said.encoded is not None
            with deep_recursion():
                facts.decode(said.encoded)
        else:
            assert said.unreadable.reason
            assert (said.imports, said.encoded) == ((), None)
        outcomes[said.unreadable is None] += 1
    assert min(outcomes.values()) > 50


def test_each_mutation_takes_any_bytes() -> None:
    for mutation in each_mutation():
        for data in (b'', b'\n', b'x', b'\xff\0', b'a = 1\r\n'):
            assert isinstance(mutation(data, b'', Random(1)), bytes)


def test_what_breaks_the_reader_is_counted_and_kept(tmp_path: Path) -> None:
    """A reader that raises on one input and dies on another one."""
    breaking = (
        'import os, sys\nimport gokart_lint.reading.module as module\nfrom benchmarks import fuzz\nreal, seen = module.survey, []\n'
        'def survey(data, *, full):\n    seen.append(data)\n    if len(seen) == 3: raise KeyError("k")\n    if len(seen) == 6: os.abort()\n'
        '    return real(data, full=full)\nmodule.survey = survey\nsys.exit(fuzz.main())\n'
    )
    (tmp_path / 'breaking.py').write_text(breaking)
    command = [sys.executable, str(tmp_path / 'breaking.py'), '--inputs', '8', '--seed', '0', '--keep', str(tmp_path / 'kept')]
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment, timeout=120)
    assert done.returncode == 1, done.stderr
    kept = [tmp_path / 'kept' / f'0-{number}.py' for number in (2, 5)]
    assert f"{kept[0]}: KeyError: 'k'\n{kept[1]}: the process ended with status -6\n" in done.stdout
    assert all(path.is_file() for path in kept)
