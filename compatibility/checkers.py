"""The type checkers that are compared, and how each is asked which lines it complains of."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

Places = frozenset[tuple[str, int]]
"""Files and lines."""


class Failed(Exception):
    """A checker did not run to its end."""


@dataclass(frozen=True)
class Checker:
    """One type checker. `command` is what to run in the folder of the programs, `read` finds the errors in what that prints."""

    name: str
    program: str
    command: tuple[str, ...]
    read: Callable[[str], set[tuple[str, int]]]

    def path(self) -> str | None:
        """Where it is installed: beside the Python that runs, or on PATH."""
        own = Path(sys.executable).parent / self.program
        return str(own) if own.is_file() else shutil.which(self.program)

    def errors(self, folder: Path) -> Places:
        """The lines of the programs in a folder that it reports an error on."""
        if self.program == 'mypy':
            printed = _printed(folder, [sys.executable, '-m', 'mypy', *self.command])
        else:
            printed = _printed(folder, [self.path() or self.program, *self.command])
        found = self.read(printed)
        if not found:
            raise Failed(f'{self.name} reported nothing:\n{printed}')
        return frozenset(found)

    def version(self) -> str:
        if self.program == 'mypy':
            return version('mypy')
        told = re.search(r'\d+(\.\w+)+', _printed(Path.cwd(), [self.path() or self.program, '--version']))
        return told[0] if told else ''


def _printed(folder: Path, command: Sequence[str]) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode not in (0, 1):
        raise Failed(f'{" ".join(command)}: status {done.returncode}\n{done.stdout}\n{done.stderr}')
    return done.stdout


def _in_lines(printed: str) -> set[tuple[str, int]]:
    found = re.findall(r'^([\w./-]+):(\d+)(?::\d+)?: error\b', printed, re.MULTILINE)
    return {(Path(path).name, int(line)) for path, line in found}


def _in_json_of_basedpyright(printed: str) -> set[tuple[str, int]]:
    reported = json.loads(printed)['generalDiagnostics']
    return {(Path(each['file']).name, each['range']['start']['line'] + 1) for each in reported if each['severity'] == 'error'}


def _in_json_of_pyrefly(printed: str) -> set[tuple[str, int]]:
    return {(Path(each['path']).name, each['line']) for each in json.loads(printed)['errors'] if each['severity'] == 'error'}


PLUGIN = Checker('mypy with the plugin', 'mypy', ('--no-pretty', '.'), _in_lines)
CHECKERS = (
    PLUGIN,
    Checker('mypy alone', 'mypy', ('--no-pretty', '--config-file=', '.'), _in_lines),
    Checker('basedpyright', 'basedpyright', ('--outputjson', '--pythonpath', sys.executable, '.'), _in_json_of_basedpyright),
    Checker(
        'pyrefly',
        'pyrefly',
        ('check', '--python-interpreter-path', sys.executable, '--output-format', 'json', '.'),
        _in_json_of_pyrefly,
    ),
    Checker('ty', 'ty', ('check', '--python', sys.prefix, '--output-format', 'concise', '.'), _in_lines),
)
