"""Real runs of pytest on small projects, in processes of their own, with the plugin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple

_OUTCOME = '(?P<outcome>PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)'
_RESULTS = (  # a worker of xdist says the outcome first
    re.compile(rf'^(?P<node>\S+::.*?) {_OUTCOME}(?: +\[ *\d+%\])? *$', re.MULTILINE),
    re.compile(rf'^\[gw\d+\] \[ *\d+%\] {_OUTCOME} (?P<node>\S+::.*?) *$', re.MULTILINE),
)
_COLLECTED = re.compile(r'^\S+::.*$', re.MULTILINE)
_START = 'import sys; del sys.path[0]; import pytest; sys.exit(pytest.main())'
"""As the command `pytest`, which does not put the current folder on sys.path."""
INSTALLED = any(each.value == 'pytest_gokart.plugin' for each in entry_points(group='pytest11'))
_STALE = ('COV_CORE', 'GOKART', 'LUIGI', 'PYTEST', 'PYTHONPATH')


class Run(NamedTuple):
    """How a run ended, what it printed, and the outcome of each item in their order."""

    status: int
    output: str
    results: dict[str, str]

    @property
    def collected(self) -> list[str]:
        """The ids that `--collect-only -q` prints."""
        return [each for each in _COLLECTED.findall(self.output) if not each.startswith(('ERROR ', 'FAILED '))]


def run(folder: Path, *arguments: str) -> Run:
    """Run pytest in a folder, with our plugin whether it is installed as one or not."""
    loaded = [] if INSTALLED else ['-p', 'pytest_gokart.plugin']
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_STALE)}
    command = [sys.executable, '-c', _START, *loaded, '-p', 'no:hypothesispytest', *arguments]
    done = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    results = {found['node']: found['outcome'] for form in _RESULTS for found in form.finditer(output)}
    return Run(done.returncode, output, results)
