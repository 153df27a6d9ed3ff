"""What moves a key, and what does not: the same edits are put to gokart itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, Files, judged, kinds, texts

BEFORE = """
import enum

from app import LIMIT


class Kind(enum.Enum):
    A = 1
    B = 2


class Load(gokart.TaskOnKart):
    size = luigi.IntParameter(default=LIMIT)
    seed = luigi.IntParameter(default=1, significant=False)
    rate = luigi.FloatParameter(default=0.5)
    kind = luigi.EnumParameter(enum=Kind, default=Kind.A)
    __version = luigi.IntParameter(default=1)

    def run(self):
        self.dump(1)


class Split(gokart.TaskOnKart):
    def requires(self):
        return {'a': Load(rate=0.1), 'b': Load(rate=0.2), 'c': Other()}

    def run(self):
        self.dump(2)


class Other(gokart.TaskOnKart):
    def run(self):
        self.dump(3)


class Train(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter(default=Other())

    def output(self):
        return self.make_target('train.pkl')

    def run(self):
        self.dump(4)
"""
SIZE = '    size = luigi.IntParameter(default=LIMIT)\n'
SEED = '    seed = luigi.IntParameter(default=1, significant=False)\n'
RATE = '    rate = luigi.FloatParameter(default=0.5)\n'
TASKS = HEAD + BEFORE
FILES: dict[str, str] = {'tasks.py': TASKS, 'app.py': 'LIMIT = 3\n'}

MOVES = {
    'a bumped version': ('__version = luigi.IntParameter(default=1)', '__version = luigi.IntParameter(default=2)', {'Load', 'Split'}),
    'a new parameter': (
        '    def run(self):\n        self.dump(3)',
        '    x = luigi.IntParameter(default=1)\n\n    def run(self):\n        self.dump(3)',
        {'Other', 'Split', 'Train'},
    ),
    'a parameter that goes': ('    size = luigi.IntParameter(default=LIMIT)\n', '', {'Load', 'Split'}),
    'a renamed parameter': ('    size =', '    length =', {'Load', 'Split'}),
    'a parameter that becomes significant': (', significant=False', '', {'Load', 'Split'}),
    'a parameter that does so no longer': ('default=0.5)', 'default=0.5, significant=False)', {'Load', 'Split'}),
    'another order of parameters': (
        SIZE + SEED + RATE,
        RATE + SEED + SIZE,
        {'Load', 'Split'},
    ),
    'another value at the construction': ("'b': Load(rate=0.2)", "'b': Load(rate=0.3)", {'Split'}),
    'a value that is not the default': ("'b': Load(rate=0.2)", "'b': Load(rate=0.2, size=4)", {'Split'}),
    'another member of an enum': ('default=Kind.A', 'default=Kind.B', {'Load', 'Split'}),
    'one requirement less': (", 'c': Other()", '', {'Split'}),
    'requirements in another order': (
        "{'a': Load(rate=0.1), 'b': Load(rate=0.2), 'c': Other()}",
        "{'c': Other(), 'a': Load(rate=0.1), 'b': Load(rate=0.2)}",
        {'Split'},
    ),
    'another class in a default': ('default=Other())', 'default=Split())', {'Train'}),
}
STAYS = {
    'another value of a member, whose name is the key': ('A = 1', 'A = 3'),
    'the default, said out': ("'b': Load(rate=0.2)", "'b': Load(rate=0.2, size=3)"),
    'another default of an insignificant one': ('default=1, significant', 'default=2, significant'),
    'a description': ('default=0.5)', "default=0.5, description='a rate')"),
    'other keys of the requirements': ("'a': Load(rate=0.1), 'b'", "'x': Load(rate=0.1), 'y'"),
    'a default that every construction overrides': ('rate = luigi.FloatParameter(default=0.5)', 'rate = luigi.FloatParameter(default=0.7)'),
    'an annotated parameter': ('    rate = luigi', '    rate: luigi.FloatParameter = luigi'),
    'the same values otherwise': (
        "return {'a': Load(rate=0.1), 'b': Load(rate=0.2), 'c': Other()}",
        'return dict(a=Load(rate=0.1), b=Load(rate=0.2), c=Other())',
    ),
}


SCRIPT = """
import importlib, json, sys
for name in sys.argv[1:]:
    tasks = importlib.import_module(name)
    made = {'Load': tasks.Load(rate=0.1), 'Split': tasks.Split(), 'Other': tasks.Other(), 'Train': tasks.Train()}
    print(json.dumps({name: task.make_unique_id() for name, task in made.items()}))
"""


@pytest.fixture(scope='module')
def unique_ids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The keys that gokart gives to the tasks after each edit: to each as it is, but to Load as Split builds it."""
    folder = tmp_path_factory.mktemp('ids')
    pairs = {**{name: (old, new) for name, (old, new, _) in MOVES.items()}, **STAYS}
    edits = {'': TASKS, **{name: TASKS.replace(old, new) for name, (old, new) in pairs.items()}}
    modules = {f'tasks_{place}': text for place, text in enumerate(edits.values())}
    for name, text in {'app': FILES['app.py'], **modules}.items():
        (folder / f'{name}.py').write_text(text, encoding='utf-8')
    command = [sys.executable, '-W', 'ignore', '-c', SCRIPT, *modules]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip(edits, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize('edit', MOVES)
def test_a_moved_key_is_told_as_gokart_moves_it(edit: str, tmp_path: Path, unique_ids: dict[str, dict[str, str]]) -> None:
    old, new, moved = MOVES[edit]
    assert old in TASKS
    before, after = unique_ids[''], unique_ids[edit]
    assert {name for name in before if before[name] != after[name]} == moved
    found = kinds(tmp_path, FILES, {'tasks.py': TASKS.replace(old, new)})
    assert {name for name, kind in found.items() if kind in ('recomputed', 'downstream')} == moved
    assert 'stale' not in found.values()


@pytest.mark.parametrize('edit', STAYS)
def test_a_key_that_stays_is_not_called_moved(edit: str, tmp_path: Path, unique_ids: dict[str, dict[str, str]]) -> None:
    old, new = STAYS[edit]
    assert old in TASKS
    assert unique_ids[edit] == unique_ids['']
    expected = {'Split': 'stale'} if edit == 'other keys of the requirements' else {}
    assert kinds(tmp_path, FILES, {'tasks.py': TASKS.replace(old, new)}) == expected


def test_a_moved_key_beside_changed_code_is_recomputed(tmp_path: Path) -> None:
    text = TASKS.replace('self.dump(1)', 'self.dump(9)').replace('default=1)\n\n    def run', 'default=2)\n\n    def run')
    found = judged(tmp_path, FILES, {'tasks.py': text})
    assert {name: verdict.kind.value for name, verdict in found.items()} == {'Load': 'recomputed', 'Split': 'downstream'}
    assert texts(found['Load']) == ['the default of __version  1 -> 2', 'Load.run  1 -> 9']
    assert texts(found['Split']) == ['the key of Load moved']


def test_a_default_behind_a_constant(tmp_path: Path) -> None:
    found = judged(tmp_path, FILES, {'app.py': 'LIMIT = 4\n'})
    assert texts(found['Load']) == ['the default of size -> LIMIT  3 -> 4']


def test_another_module_moves_the_default_path_alone(tmp_path: Path) -> None:
    before: Files = {'a.py': HEAD + ONE.format('1', '1')}
    after: Files = {'a.py': None, 'b.py': HEAD + ONE.format('2', '2')}
    found = judged(tmp_path, before, after)
    assert {name: verdict.kind.value for name, verdict in found.items()} == {'Plain': 'recomputed', 'Named': 'stale'}
    assert texts(found['Plain'])[0] == 'its module is b, it was a, and the output path holds it'


ONE = """
class Plain(gokart.TaskOnKart):
    def run(self):
        self.dump({})


class Named(gokart.TaskOnKart):
    def output(self):
        return self.make_target('named.pkl')

    def run(self):
        self.dump({})
"""


def test_a_moved_file_alone_is_no_staleness(tmp_path: Path) -> None:
    found = kinds(tmp_path, {'a.py': HEAD + ONE.format('1', '1')}, {'a.py': None, 'b.py': HEAD + ONE.format('1', '1')})
    assert found == {'Plain': 'recomputed'}


def test_another_class_name(tmp_path: Path) -> None:
    found = judged(tmp_path, FILES, {'tasks.py': TASKS.replace('Other', 'Another')})
    assert found['Another'].kind.value == 'recomputed'
    assert texts(found['Another']) == ['the class is called Another, it was Other']
    assert {name: verdict.kind.value for name, verdict in found.items()} == {
        'Another': 'recomputed',
        'Split': 'downstream',
        'Train': 'downstream',
    }


def test_a_namespace_is_no_part_of_the_key(tmp_path: Path) -> None:
    text = TASKS.replace('    def run(self):\n        self.dump(3)', "    task_namespace = 'x'\n\n    def run(self):\n        self.dump(5)")
    assert kinds(tmp_path, FILES, {'tasks.py': text})['Other'] == 'stale'


def test_another_output_path(tmp_path: Path) -> None:
    text = TASKS.replace("'train.pkl'", "'model.pkl'").replace('self.dump(4)', 'self.dump(5)')
    found = judged(tmp_path, FILES, {'tasks.py': text})
    assert texts(found['Train'])[0] == "the output lies at 'model.pkl', it was 'train.pkl'"
    assert found['Train'].kind.value == 'recomputed'


def test_a_file_name_without_the_key_is_served_whatever_the_key(tmp_path: Path) -> None:
    pinned = TASKS.replace("'train.pkl')", "'train.pkl', use_unique_id=False)")
    moved = pinned.replace('self.dump(4)', 'self.dump(5)').replace('    data =', '    version = luigi.IntParameter(default=1)\n    data =')
    found = judged(tmp_path, {**FILES, 'tasks.py': pinned}, {'tasks.py': moved})
    assert found['Train'].kind.value == 'stale'
    assert texts(found['Train'])[-1].startswith('its key moved, but the name of its output does not hold the key')


@pytest.mark.parametrize(
    'line',
    [
        'rerun = True',
        'rerun = luigi.BoolParameter(default=True)',
        '_cache_key_x = luigi.Parameter()',
        'at = luigi.Parameter(default=now())',
    ],
)
def test_a_task_that_runs_every_time_is_never_stale(line: str, tmp_path: Path) -> None:
    always = TASKS.replace('class Other(gokart.TaskOnKart):', f'class Other(gokart.TaskOnKart):\n    {line}')
    always = always.replace('import luigi', 'import luigi\nfrom datetime import datetime\n\nnow = datetime.now').replace(
        'default=now()', 'default=datetime.now()'
    )
    assert kinds(tmp_path, {**FILES, 'tasks.py': always}, {'tasks.py': always.replace('dump(3)', 'dump(4)')})['Other'] == 'recomputed'


CONFIGURED = """
from gokart.config_params import inherits_config_params


class Config(luigi.Config):
    size = luigi.IntParameter(default=1)


@inherits_config_params(Config)
class Train(gokart.TaskOnKart):
    size = luigi.IntParameter()

    def run(self):
        self.dump(self.size)
"""


def test_a_default_of_a_configuration_class(tmp_path: Path) -> None:
    found = judged(tmp_path, CONFIGURED, CONFIGURED.replace('default=1', 'default=2').replace('dump(self.size)', 'dump(-self.size)'))
    assert texts(found['Train'])[0] == 'size comes from Config.size  1 -> 2'
    assert found['Train'].kind.value == 'recomputed'


def test_a_task_parameter_that_is_no_part_of_the_key(tmp_path: Path) -> None:
    hidden = TASKS.replace('default=Other())', 'default=Other(), significant=False)\n\n    def requires(self):\n        return []')
    moved = hidden.replace('        self.dump(3)', '        self.dump(3)\n\n    version = luigi.IntParameter(default=1)').replace(
        'dump(4)', 'dump(5)'
    )
    assert kinds(tmp_path, {**FILES, 'tasks.py': hidden}, {'tasks.py': moved})['Train'] == 'stale'


def test_the_last_of_two_classes_of_one_name(tmp_path: Path) -> None:
    one = 'class A(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n'
    before = f'{one}\n\n{one.replace("1", "2")}'
    assert kinds(tmp_path, before, before.replace('dump(2)', 'dump(3)')) == {'A': 'stale'}
