"""What a change reaches downstream, through every way in which tasks are wired; and what cannot be known is said as unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, Files, judged, kinds, texts

LOAD = (
    HEAD
    + """
class Load(gokart.TaskOnKart):
    {}

    def run(self):
        self.dump({})
"""
)
FIRST = LOAD.format('a = luigi.IntParameter(default=1)', 1)
CHANGED = LOAD.format('a = luigi.IntParameter(default=1)', 2)
MOVED = LOAD.format('a = luigi.IntParameter(default=2)', 1)

WIRINGS = {
    'requires': 'class T(gokart.TaskOnKart):\n    def requires(self):\n        return Load()\n',
    'a dict': "class T(gokart.TaskOnKart):\n    def requires(self):\n        return {'x': Load(a=self.a)}\n    a = luigi.IntParameter()\n",
    'a comprehension': 'class T(gokart.TaskOnKart):\n    def requires(self):\n        return [Load() for _ in range(3)]\n',
    'a local name': 'class T(gokart.TaskOnKart):\n    def requires(self):\n        made = dict(x=Load())\n        return made\n',
    'a helper': 'def make():\n    return Load()\n\n\nclass T(gokart.TaskOnKart):\n    def requires(self):\n        return make()\n',
    'a clone': 'class T(gokart.TaskOnKart):\n    def requires(self):\n        return self.clone(Load)\n',
    'an expected type': 'class T(gokart.TaskOnKart):\n    x = gokart.TaskInstanceParameter(expected_type=Load)\n',
    'an annotated parameter': (
        'class T(gokart.TaskOnKart):\n    x: gokart.TaskInstanceParameter[Load] = gokart.TaskInstanceParameter(expected_type=Load)\n'
    ),
    'a decorator': 'from luigi.util import requires\n\n\n@requires(Load)\nclass T(gokart.TaskOnKart):\n    pass\n',
    'a construction elsewhere': (
        'class T(gokart.TaskOnKart):\n    x = gokart.TaskInstanceParameter()\n    def run(self):\n        self.dump(1)\n\n\n'
        'class P(gokart.TaskOnKart):\n    def requires(self):\n        return T(x=Load())\n'
    ),
    'a list parameter': (
        'class T(gokart.TaskOnKart):\n    x = gokart.ListTaskInstanceParameter()\n    def run(self):\n        self.dump(1)\n\n\n'
        'class P(gokart.TaskOnKart):\n    def requires(self):\n        return T(x=[Load()])\n'
    ),
    'a base': 'class B(gokart.TaskOnKart):\n    def requires(self):\n        return Load()\n\n\nclass T(B):\n    pass\n',
    'a property': (
        'class T(gokart.TaskOnKart):\n    @property\n    def source(self):\n        return Load()\n\n'
        '    def requires(self):\n        return self.source\n'
    ),
    'an alias': 'import load\n\nSource = load.Load\n\n\nclass T(gokart.TaskOnKart):\n    def requires(self):\n        return Source()\n',
}


@pytest.mark.parametrize('wiring', WIRINGS)
def test_a_stale_result_is_served_on(wiring: str, tmp_path: Path) -> None:
    files: Files = {'load.py': FIRST, 'tasks.py': f'{HEAD}from load import Load\n\n\n{WIRINGS[wiring]}'}
    found = judged(tmp_path, files, {'load.py': CHANGED})
    assert found['Load'].kind.value == 'stale'
    assert found['T'].kind.value == 'served stale input'
    assert 'tasks.T' in found['Load'].downstream


@pytest.mark.parametrize('wiring', WIRINGS)
def test_a_moved_key_moves_those_above(wiring: str, tmp_path: Path) -> None:
    files: Files = {'load.py': FIRST, 'tasks.py': f'{HEAD}from load import Load\n\n\n{WIRINGS[wiring]}'}
    found = kinds(tmp_path, files, {'load.py': MOVED})
    if wiring == 'a dict':  # the only construction gives the value whose default is another one
        assert found == {}
    else:  # `@requires` copies the parameter, so that the key moves by itself
        assert (found['Load'], found['T']) == ('recomputed', 'recomputed' if wiring == 'a decorator' else 'downstream')


def test_a_factory_in_a_third_file(tmp_path: Path) -> None:
    files: Files = {
        'load.py': FIRST,
        'factory.py': 'from load import Load\n\n\ndef make_source():\n    return Load()\n',
        'tasks.py': f'{HEAD}from factory import make_source\n\n\n'
        'class T(gokart.TaskOnKart):\n    def requires(self):\n        return make_source()\n',
    }
    assert kinds(tmp_path, files, {'load.py': CHANGED}) == {'Load': 'stale', 'T': 'served stale input'}


def test_the_tasks_of_tests_are_not_downstream(tmp_path: Path) -> None:
    test = f'{HEAD}from load import Load\n\n\nclass Fake(gokart.TaskOnKart):\n    def requires(self):\n        return Load()\n'
    found = judged(tmp_path, {'load.py': FIRST, 'tests/test_load.py': test}, {'load.py': CHANGED})
    assert found['Load'].downstream == ()


CHAIN = f"""{HEAD}
class A(gokart.TaskOnKart):
    version = luigi.IntParameter(default=1)

    def run(self):
        self.dump(1)


class B(gokart.TaskOnKart):
    def requires(self):
        return A()

    def run(self):
        self.dump(2)


class C(gokart.TaskOnKart):
    def requires(self):
        return B()

    def run(self):
        self.dump(3)
"""


def test_changed_code_above_a_moved_key_is_recomputed(tmp_path: Path) -> None:
    text = CHAIN.replace('default=1', 'default=2').replace('dump(3)', 'dump(4)')
    found = judged(tmp_path, {'tasks.py': CHAIN}, {'tasks.py': text})
    assert {name: verdict.kind.value for name, verdict in found.items()} == {'A': 'recomputed', 'B': 'downstream', 'C': 'recomputed'}
    assert texts(found['C']) == ['the key of B moved, because that of A did', 'C.run  3 -> 4']


def test_a_key_that_moves_above_leaves_what_is_below_stale(tmp_path: Path) -> None:
    text = CHAIN.replace('dump(1)', 'dump(0)').replace(
        'class C(gokart.TaskOnKart):', 'class C(gokart.TaskOnKart):\n    v = luigi.IntParameter(default=1)'
    )
    found = judged(tmp_path, {'tasks.py': CHAIN}, {'tasks.py': text})
    assert {name: verdict.kind.value for name, verdict in found.items()} == {'A': 'stale', 'B': 'served stale input', 'C': 'recomputed'}
    assert texts(found['C']) == ['the parameter v is new', 'it stands on the old result of A']


def test_one_branch_of_two_leaves_some_results_stale(tmp_path: Path) -> None:
    before = (
        CHAIN.replace('return B()', 'return A() if self.deep else D()')
        + '\n\nclass D(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n'
    )
    text = before.replace('default=1', 'default=2').replace('dump(3)', 'dump(4)')
    found = judged(tmp_path, {'tasks.py': before}, {'tasks.py': text})
    assert found['C'].kind.value == 'stale'
    assert texts(found['C'])[-1] == 'for some of its results only: the key of A moved for some of its results'


@pytest.mark.parametrize(
    'requires',
    ['globals()[self.name]()', 'load_all(self)', '[getattr(library, name)() for name in NAMES]', 'self.missing'],
)
def test_what_cannot_be_followed_is_unknown_beside_a_moved_key(requires: str, tmp_path: Path) -> None:
    before = CHAIN.replace('return B()', f'return {requires}').replace(
        'import luigi', 'import luigi\nimport library\nfrom library import load_all, NAMES'
    )
    text = before.replace('default=1', 'default=2').replace('dump(3)', 'dump(4)')
    assert kinds(tmp_path / 'a', {'tasks.py': before}, {'tasks.py': text})['C'] == 'unknown'
    alone = before.replace('dump(3)', 'dump(4)')
    assert kinds(tmp_path / 'b', {'tasks.py': before}, {'tasks.py': alone})['C'] == 'stale'


def test_a_default_that_is_worked_out_is_unknown(tmp_path: Path) -> None:
    before = CHAIN.replace('default=1', 'default=compute(1)').replace('import luigi', 'import luigi\nfrom library import compute, other')
    text = before.replace('compute(1)', 'other(1) + 1').replace('dump(1)', 'dump(0)')
    assert kinds(tmp_path, {'tasks.py': before}, {'tasks.py': text})['A'] == 'unknown'


def test_a_base_that_is_not_known_is_unknown(tmp_path: Path) -> None:
    before = CHAIN.replace('class A(gokart.TaskOnKart)', 'class A(make_base(), gokart.TaskOnKart)')
    assert kinds(tmp_path, {'tasks.py': before}, {'tasks.py': before.replace('dump(1)', 'dump(0)')})['A'] == 'unknown'


def test_a_cycle_ends(tmp_path: Path) -> None:
    before = CHAIN.replace('    version = luigi.IntParameter(default=1)\n', '    def requires(self):\n        return C()\n')
    found = judged(tmp_path, {'tasks.py': before}, {'tasks.py': before.replace('dump(1)', 'dump(0)')})
    assert {name: verdict.kind.value for name, verdict in found.items()} == {
        'A': 'stale',
        'B': 'served stale input',
        'C': 'served stale input',
    }


BRANCHES = """
class Load(gokart.TaskOnKart):
    p = luigi.IntParameter(default=1)

    def run(self):
        self.dump(1)


class Train(gokart.TaskOnKart):
    fast = luigi.BoolParameter()

    def requires(self):
        if self.fast:
            return Load(p=1)
        return [Load(p=i) for i in range(3)][0]

    def run(self):
        self.dump(1)
"""


@pytest.mark.parametrize(('old', 'new'), [('if self.fast', 'if not self.fast'), ('range(3)', 'range(4)')])
def test_the_same_tasks_under_other_conditions_are_unknown(old: str, new: str, tmp_path: Path) -> None:
    assert kinds(tmp_path, BRANCHES, BRANCHES.replace(old, new)) == {'Train': 'unknown'}
