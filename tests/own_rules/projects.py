"""A project on disk with rules of its own, and the real command over it in a process of its own: what is imported there stays there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

RULE = '''\
"""A class that is called {name}."""

from gokart_lint.rules.registry import Report, rule


@rule({code!r}, 'no-{name_in_code}'{more})
def check_{name}(module, settings):
    for each in module.facts.classes:
        if each.name == {name!r}:
            yield Report(each.name_at, '{name} says nothing')
'''
TASKS = """\
import gokart


class Banana(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('yellow')
"""
NAMED = "[tool.gokart-lint]\nrules = ['my_rules']\n"


def rule(code: str = 'ACME001', name: str = 'Banana', more: str = '') -> str:
    """A module with one rule against classes of a name."""
    return RULE.format(code=code, name=name, name_in_code=name.lower(), more=more and f', {more}')


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')


def install(folder: Path, package: str, version: str, modules: Mapping[str, str], entry_points: str) -> None:
    """A package as pip leaves it: its modules, and beside them its metadata with the entry points."""
    write(folder, modules)
    data = folder / f'{package.replace("-", "_")}-{version}.dist-info'
    write(data, {'METADATA': f'Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n', 'entry_points.txt': entry_points})


class Project:
    """A folder to work in, and the folders of installed packages."""

    def __init__(self, folder: Path, *installed: Path) -> None:
        self.folder = folder
        self.installed = installed

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(map(str, (*self.installed, Path(__file__).parent.parent.parent)))
        kept = {name: value for name, value in os.environ.items() if name not in ('FORCE_COLOR', 'GOKART_LINT_CACHE_DIR')}
        command = [sys.executable, '-m', 'gokart_lint', *arguments]
        return subprocess.run(command, cwd=self.folder, env={**kept, 'PYTHONPATH': path}, capture_output=True, text=True, check=False)

    def check(self, *arguments: str) -> list[tuple[str, int, str]]:
        """Name of the file, line and code of each finding, in a run that succeeds."""
        done = self.run('check', '--output-format', 'json', *arguments)
        assert done.returncode in (0, 1), done.stderr
        return [(os.path.relpath(each['filename'], self.folder), each['location']['row'], each['code']) for each in json.loads(done.stdout)]

    def trouble(self, *arguments: str) -> str:
        """What a run says that cannot be made, with FILE for the settings' own."""
        done = self.run(*arguments or ('check',))
        assert (done.returncode, done.stdout) == (2, ''), done
        return done.stderr.strip().replace(str(self.folder / 'pyproject.toml'), 'FILE').replace(str(self.folder), 'HOME')
