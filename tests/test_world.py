"""The table of what reads the world: each entry against the real module where it is installed, and through the rules that use it."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gokart_lint import world
from tests.rules.harness import findings

NAMES = sorted(world.SOURCES)
OF_RUN = frozenset({world.CLOCK, world.RANDOM, world.ENVIRONMENT, world.FILE, world.FOLDER, world.CONFIGURATION})
OF_DEFAULTS = frozenset({world.CLOCK, world.TIMER, world.RANDOM, world.SEEDED_RANDOM, world.ENVIRONMENT, world.PROCESS})
OF_REQUIRES = frozenset({world.FILE, world.NETWORK, world.DATABASE, world.STORE})
FROM_PYTHON = {'uuid.uuid6': (3, 14), 'uuid.uuid7': (3, 14)}
ONLY_OLDER = frozenset({'pandas.read_gbq', 'sqlalchemy.create_engine().execute'})  # gone with pandas 3 and SQLAlchemy 2
INSTANCES = {
    'fsspec.filesystem': ('memory',),
    'luigi.configuration.get_config': (),
    'redis.from_url': ('redis://localhost',),
    'requests.session': (),
    'sqlalchemy.create_engine': ('sqlite://',),
}
"""The functions that make instances, with arguments that open nothing."""
PARTS = {
    'azure.storage.blob.BlobServiceClient': ('azure.storage.blob.BlobClient', 'azure.storage.blob.ContainerClient'),
    'gspread.authorize': ('gspread.Client',),
    'gspread.service_account': ('gspread.Client',),
    'sqlalchemy.orm.sessionmaker': ('sqlalchemy.orm.Session',),
    'google.cloud.storage.Client': ('google.cloud.storage.Bucket', 'google.cloud.storage.Blob'),
}
"""The classes of what a function or an instance gives, whose methods stand under its name."""


def call_of(name: str) -> str:
    """An expression that makes the read."""
    source = world.SOURCES[name]
    name = name.removeprefix('builtins.')
    maker, is_method, method = name.partition('()')
    given = "'x.csv'" if source.path is not None else "'now'" if source.words else "'%Y'" if name == 'time.strftime' else ''
    made = '' if source.path is not None else "'x.csv'"
    return f'{maker}({made}){method}({given})' if is_method else f'{name}({given})'


def program(names: list[str], body: str) -> str:
    """One class for each name, whose code stands on line 7, 17, 27 and so on."""
    modules = {name.partition('.')[0] for name in names} - {'builtins', 'luigi'}
    head = f'import gokart, luigi, {", ".join(sorted(modules))}\n\n\n'
    classes = [body.format(number=number, call=call_of(name)) for number, name in enumerate(names)]
    return head + ''.join(f'{text}' + '\n' * (10 - text.count('\n')) for text in classes)


def lines_reported(folder: Path, names: list[str], body: str, code: str) -> set[str]:
    return {names[(each.at.line - 4) // 10] for each in findings(folder, {'tasks.py': program(names, body)}, code)}


RUN = 'class T{number}(gokart.TaskOnKart):\n    def run(self):\n        x = {call}\n        self.dump(x)\n'
REQUIRES = 'class T{number}(gokart.TaskOnKart):\n    def requires(self):\n        x = {call}\n        return x\n'
DEFAULT = 'class T{number}(gokart.TaskOnKart):\n    x = luigi.Parameter(default={call})\n    def run(self):\n        self.dump(self.x)\n'


def of_kinds(kinds: frozenset[str]) -> list[str]:
    return [name for name in NAMES if world.SOURCES[name].kind in kinds]


@pytest.mark.parametrize(
    ('body', 'code', 'kinds'), [(RUN, 'GK304', OF_RUN), (REQUIRES, 'GK206', OF_REQUIRES), (DEFAULT, 'GK303', OF_DEFAULTS)]
)
def test_every_entry_is_seen_where_its_kind_matters_and_nowhere_else(tmp_path: Path, body: str, code: str, kinds: frozenset[str]) -> None:
    names = [name for name in NAMES if code != 'GK303' or not name.endswith('.seed')]  # a module that seeds is left alone there
    assert lines_reported(tmp_path, names, body, code) == {name for name in names if world.SOURCES[name].kind in kinds}


def is_installed(name: str) -> bool:
    return name.startswith('builtins.') or importlib.util.find_spec(name.partition('.')[0]) is not None


INSTALLED = [name for name in NAMES if is_installed(name)]
"""The entries that this environment can hold against the real thing; `test_every_entry_is_seen...` takes all of them."""


def arguments(source: world.Source) -> list[world.Argument]:
    return [each for each in (source.path, source.mode, source.unless) if each is not None and each.keyword]


def found(name: str) -> object:
    """What an entry names in the installed modules; skips the test if its package is not installed."""
    maker, is_method, method = name.removeprefix('builtins.').partition('().')
    made = _imported(name if name.startswith('builtins.') else maker)
    if not is_method:
        return made
    if name.startswith('boto3.'):
        pytest.skip('boto3 makes its methods at run time')
    if maker in INSTANCES and callable(made):
        return getattr(made(*INSTANCES[maker]), method, None)
    parts = (made, *map(_imported, PARTS.get(maker, ())))
    return next((getattr(part, method) for part in parts if hasattr(part, method)), None)


def _imported(name: str) -> object:
    parts = name.split('.')
    for count in range(len(parts), 0, -1):
        module = '.'.join(parts[:count])
        try:
            if importlib.util.find_spec(module) is None:
                continue
            value: object = importlib.import_module(module)
        except ImportError:
            continue
        for part in parts[count:]:
            value = getattr(value, part, None)
        return value
    pytest.skip(f'{parts[0]} is not installed')


@pytest.mark.parametrize('name', INSTALLED)
def test_the_name_exists(name: str) -> None:
    if sys.version_info < FROM_PYTHON.get(name, (3,)):
        pytest.skip('newer than this Python')
    value = found(name)
    if value is None and name in ONLY_OLDER:
        pytest.skip('older than what is installed')
    assert callable(value)


@pytest.mark.parametrize('name', [name for name in INSTALLED if arguments(world.SOURCES[name])])
def test_the_arguments_stand_where_the_table_says(name: str) -> None:
    wanted, formals = arguments(world.SOURCES[name]), _formals(found(name))
    if formals is None:
        pytest.skip('written in C, which does not say its arguments')
    assert [formals[each.position] for each in wanted] == [each.keyword for each in wanted]


def _formals(value: object) -> list[str] | None:
    """The names of the formal parameters; None where the real thing, written in C, does not say them."""
    function: Callable[..., object] = value  # type: ignore[assignment]
    try:
        return [name for name in inspect.signature(function).parameters if name != 'self']
    except ValueError:
        return None


def test_gokart_seeds_what_the_table_calls_seeded() -> None:
    import gokart

    class Task(gokart.TaskOnKart[str]):
        pass

    seeded = {method.rpartition('.')[0] for method in Task().fix_random_seed_methods}
    assert {name.rpartition('.')[0] for name in of_kinds(frozenset({world.SEEDED_RANDOM}))} == seeded


def test_makers_are_those_of_the_table() -> None:
    assert 'pathlib.Path' in world.MAKERS
    assert 'builtins.open' not in world.MAKERS
    assert {'time.time', 'time.perf_counter'} < world.CLOCKS
