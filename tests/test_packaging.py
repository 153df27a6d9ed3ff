"""What people install is whole, and what the other files of the repository say about it is true."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import gokart_lint
from compatibility.cells import CELLS

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope='module')
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp('dist')
    command = [sys.executable, '-m', 'hatchling', 'build', '--target', 'wheel', '--directory', str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [path] = folder.iterdir()
    with zipfile.ZipFile(path) as opened:
        yield opened


@pytest.fixture(scope='module')
def metadata(wheel: zipfile.ZipFile) -> Message:
    [name] = [name for name in wheel.namelist() if name.endswith('.dist-info/METADATA')]
    return email.message_from_bytes(wheel.read(name))


def test_the_wheel_holds_every_module_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if '.dist-info/' not in name}
    assert packed == {
        path.relative_to(ROOT).as_posix()
        for package in ('gokart_lint', 'pytest_gokart')
        for path in (ROOT / package).rglob('*')
        if path.is_file() and '__pycache__' not in path.parts
    }
    assert {'gokart_lint/py.typed', 'pytest_gokart/py.typed'} <= packed


def test_the_wheel_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    assert any(name.endswith('.dist-info/licenses/LICENSE') for name in wheel.namelist())


def test_the_version_is_said_once(metadata: Message) -> None:
    assert metadata['Version'] == gokart_lint.__version__


def test_the_extras_bring_what_their_front_end_needs(metadata: Message) -> None:
    required = metadata.get_all('Requires-Dist', [])
    assert set(metadata.get_all('Provides-Extra', [])) == {'all', 'mypy', 'pytest'}
    assert names(required, 'pytest') == {'gokart', 'luigi', 'networkx', 'pytest'}
    assert names(required, 'mypy') == {'mypy'}
    assert names(required, 'all') == {'gokart', 'luigi', 'mypy', 'networkx', 'pytest'}


def test_a_plain_installation_brings_no_gokart(metadata: Message) -> None:
    plain = [line for line in metadata.get_all('Requires-Dist', []) if 'extra ==' not in line]
    assert not {'gokart', 'luigi', 'mypy', 'pandas', 'pytest'} & {name(line) for line in plain}


def test_every_oldest_version_is_tried_in_a_cell_of_the_compatibility_matrix(metadata: Message) -> None:
    pins = [Requirement(pin) for cell in CELLS if 'oldest' in cell.name for pin in cell.pins if '==' in pin]
    bounds = {each.name: each for each in map(Requirement, metadata.get_all('Requires-Dist', [])) if each.name != 'gokart-lint'}
    assert set(bounds) == {each.name for each in pins}
    for name, bound in bounds.items():
        [oldest] = bound.specifier
        assert oldest.operator == '>=', name
        assert min(Version(exact.version) for each in pins if each.name == name for exact in each.specifier) == Version(oldest.version), (
            name
        )


def test_every_supported_python_is_tried_in_a_cell_of_the_compatibility_matrix(metadata: Message) -> None:
    supported = {found for each in metadata.get_all('Classifier', []) for found in re.findall(r'Python :: (3\.\d+)$', each)}
    assert supported == {cell.python for cell in CELLS}


@pytest.mark.parametrize(
    ('command', 'file'), [('validate-manifest', '.pre-commit-hooks.yaml'), ('validate-config', '.pre-commit-config.yaml')]
)
def test_pre_commit_understands_our_files(command: str, file: str) -> None:
    subprocess.run([sys.executable, '-m', 'pre_commit', command, file], cwd=ROOT, check=True)


def test_the_pre_commit_hooks_call_commands_that_exist() -> None:
    from gokart_lint.cli import main

    text = (ROOT / '.pre-commit-hooks.yaml').read_text()
    assert re.findall(r'^- id: (.+)$', text, re.MULTILINE) == ['gokart-lint', 'gokart-lint-fix', 'gokart-lint-stale']
    for entry in re.findall(r'^  entry: (.+)$', text, re.MULTILINE):
        script, command, *options = entry.split()
        assert entry_points(group='console_scripts', name=script)
        assert set(options) <= {option for parameter in main.commands[command].params for option in parameter.opts}


def names(required: list[str], extra: str) -> set[str]:
    """The distributions that an extra adds."""
    return {name(line) for line in required if line.endswith(f"extra == '{extra}'")}


def name(requirement: str) -> str:
    """The distribution that a requirement names."""
    found = re.match(r'[\w.-]+', requirement)
    assert found
    return found.group()
