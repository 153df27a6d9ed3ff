"""The real command in a folder, and what it said."""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
from click.testing import CliRunner

from gokart_lint import cli

HEAD = """\
import datetime

import gokart
import luigi
"""
RERUN = """

class {0}(gokart.TaskOnKart[str]):
    rerun = True

    def run(self):
        self.dump('wine')
"""
"""A task with one finding, GK301 on its fourth line."""


APART: dict[str, Any] = {'mix_stderr': False} if 'mix_stderr' in inspect.signature(CliRunner).parameters else {}  # click 8.1


class Said(msgspec.Struct, frozen=True):
    """What a run said: its exit status, its two streams, and the findings of a concise report."""

    status: int
    out: str
    err: str

    @property
    def found(self) -> list[tuple[str, int, str]]:
        """File, line and code of each finding."""
        lines = (re.match(r'(.+?):(\d+):\d+: (GK\d+) ', line) for line in self.out.splitlines())
        return [(line[1], int(line[2]), line[3]) for line in lines if line]


def check(folder: Path, *options: str, stdin: str = '', **environment: str) -> Said:
    """Run `check` without a cache, with a concise report unless another one is asked for."""
    form = [] if '--output-format' in options else ['--output-format', 'concise']
    here = os.getcwd()
    os.chdir(folder)
    try:
        done = CliRunner(**APART).invoke(cli.main, ['check', '--no-cache', *form, *options], input=stdin, env=environment)
    finally:
        os.chdir(here)
    assert 'Traceback' not in done.stderr, done.stderr
    return Said(done.exit_code, done.stdout, done.stderr)


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file, dedented."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dedent(text).encode())
    return path


def tasks(*names: str) -> str:
    """A module with a task of each name, each with one finding."""
    return HEAD + ''.join(RERUN.format(name) for name in names)
