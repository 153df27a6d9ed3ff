"""Projects on disk with luigi configuration files, as the linter sees them and as luigi itself does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import dedent

from gokart_lint import facts
from gokart_lint.project.configuration.alone import configuration_alone
from gokart_lint.project.configuration.lookup import Configuration
from gokart_lint.project.configuration.naming import may_configure
from gokart_lint.project.derivations import Derivations
from gokart_lint.project.names import Modules
from gokart_lint.project.project import Project
from gokart_lint.reading.module import read


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip('\n'), encoding='utf-8')


def project(folder: Path, files: Mapping[str, str], luigi_config: Sequence[str] = ()) -> Project:
    """A project on disk, linked."""
    write(folder, files)

    def facts_of(path: str) -> facts.Module:
        said = read(Path(path).read_bytes())
        assert isinstance(said, facts.Module), said
        return said

    paths = sorted(str(path) for path in folder.rglob('*.py'))
    configuring = [path for path in paths if may_configure(Path(path).read_bytes())]
    modules = Modules(paths, [str(folder)])
    return Project(modules, facts_of, paths, Derivations({}), root=str(folder), luigi_config=luigi_config, configuring=configuring)


def configuration(folder: Path, files: Mapping[str, str], luigi_config: Sequence[str] = ()) -> Configuration:
    found = project(folder, files, luigi_config).configuration
    paths = sorted(str(path) for path in folder.rglob('*.py'))
    alone = configuration_alone(paths, str(folder), [str(folder)], luigi_config)
    assert (alone.files, alone.set_in_code, alone.unclear) == (found.files, found.set_in_code, found.unclear)
    return found


def names(found: Configuration, folder: Path) -> list[str]:
    return [os.path.relpath(file.path, folder) for file in found.files]


def run(folder: Path, code: str, **environment: str) -> object:
    """What a program prints as JSON, run for real in a folder."""
    done = subprocess.run(
        [sys.executable, '-W', 'ignore', '-c', dedent(code)],
        cwd=folder,
        env={**os.environ, 'PYTHONPATH': os.pathsep.join([str(folder), os.environ.get('PYTHONPATH', '')]), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
