"""A run that is killed while it writes: `python -m benchmarks.killing` tries every step of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gokart_lint import atomic

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='it kills forks of itself')
def test_nothing_is_ever_half_done() -> None:
    command = [sys.executable, '-m', 'benchmarks.killing', '--kills', '4']
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
    assert (done.returncode, done.stderr) == (0, ''), done.stdout
    assert 'check: killed at 4 of' in done.stdout
    assert 'fix: killed at 4 of' in done.stdout


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / 'tasks.py'
    old = [
        tmp_path / name for name in ('tasks.py.12-0123abcd.tmp', 'tasks.py.tmp', 'tasks.py.12-0123abcd.tmp.py', 'other.py.1-0123abcd.tmp')
    ]
    new = tmp_path / 'tasks.py.7-0123abcd.tmp'  # another run may be about to finish it
    for path in (*old, new):
        path.touch()
    for path in old:
        os.utime(path, (time.time() - 3600,) * 2)
    atomic.write(file, b'x')
    assert sorted(tmp_path.iterdir()) == sorted([file, new, *old[1:]])
