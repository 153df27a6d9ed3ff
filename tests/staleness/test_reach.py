"""What else a result depends on: what a helper is handed, what is logged on the way, however things are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, Files, kinds

HANDED = """
class Base(gokart.TaskOnKart):
    seed = luigi.IntParameter(default=1, significant=False)
    SIZE = 3

    def make(self):
        return 1

    def idle(self):
        return 2


def fit(task):
    task.dump(task.make() + task.SIZE + task.seed)


class Train(Base):
    def run(self):
        fit(self)


class Other(Base):
    def run(self):
        self.dump(9)
"""


@pytest.mark.parametrize(('old', 'new'), [('return 1', 'return 5'), ('SIZE = 3', 'SIZE = 4'), ('default=1', 'default=2')])
def test_what_a_helper_uses_of_the_task_that_it_is_handed(old: str, new: str, tmp_path: Path) -> None:
    assert kinds(tmp_path, HANDED, HANDED.replace(old, new)) == {'Train': 'stale'}


def test_what_no_helper_uses_of_it_is_dead(tmp_path: Path) -> None:
    assert kinds(tmp_path, HANDED, HANDED.replace('return 2', 'return 5')) == {}


LOGGED = """
class Train(gokart.TaskOnKart):
    def run(self):
        model = make()
        history = fitted(model)
        self.task_log['history'] = model.fit(1)
        print(history)
        self.dump(model)


class Report(gokart.TaskOnKart):
    def run(self):
        self.task_log['report'] = [1, 2]
        self.dump(self.task_log['report'])


def fitted(model):
    score = model.train_once(1)
    print(score)
"""


@pytest.mark.parametrize(
    ('old', 'new', 'stale'),
    [
        ('model.fit(1)', 'model.fit(2)', 'Train'),
        ('train_once(1)', 'train_once(2)', 'Train'),
        ('[1, 2]', '[1, 3]', 'Report'),
    ],
)
def test_what_is_logged_may_do_something_on_the_way(old: str, new: str, stale: str, tmp_path: Path) -> None:
    before = LOGGED.replace('class Train', 'from library import make\n\n\nclass Train')
    assert kinds(tmp_path, before, before.replace(old, new)) == {stale: 'stale'}


@pytest.mark.parametrize(
    ('imported', 'used'),
    [
        ('import lib', 'lib.inner.scale(1)'),
        ('import lib as l', 'l.inner.scale(1)'),
        ('import lib.inner', 'lib.inner.scale(1)'),
        ('from lib import inner as i', 'i.scale(1)'),
        ('from lib import scale', 'scale(1)'),
        ('from lib import scale as s', 's(1)'),
        ('from lib import *', 'scale(1)'),
        ('from lib.star import *', 'scale(1)'),
        ('from lib import alias', 'alias(1)'),
        ('import lib', 'lib.Scaler().go()'),
    ],
)
def test_however_it_is_imported(imported: str, used: str, tmp_path: Path) -> None:
    files: Files = {
        'lib/__init__.py': 'from lib import inner\nfrom lib.inner import scale, Scaler\nfrom lib.inner import scale as alias\n',
        'lib/star.py': 'from lib.inner import *\n',
        'lib/inner.py': 'def scale(x):\n    return x + 1\n\n\nclass Scaler:\n    def go(self):\n        return scale(2)\n',
        'tasks.py': f'{HEAD}{imported}\n\n\nclass Train(gokart.TaskOnKart):\n    def run(self):\n        self.dump({used})\n',
    }
    inner = files['lib/inner.py']
    assert inner is not None
    assert kinds(tmp_path, files, {'lib/inner.py': inner.replace('x + 1', 'x + 2')}) == {'Train': 'stale'}


def test_an_import_inside_a_method(tmp_path: Path) -> None:
    text = f'{HEAD}class Train(gokart.TaskOnKart):\n    def run(self):\n        from lib import scale as s\n\n        self.dump(s(1))\n'
    files: Files = {'lib.py': 'def scale(x):\n    return x + 1\n', 'tasks.py': text}
    assert kinds(tmp_path, files, {'lib.py': 'def scale(x):\n    return x + 2\n'}) == {'Train': 'stale'}


def test_a_global_that_a_function_gives_a_value(tmp_path: Path) -> None:
    task = 'class A(gokart.TaskOnKart):\n    def run(self):\n        self.dump(X)\n'
    before = f'X = [1]\n\n\ndef setup():\n    global X\n    X = [2]\n\n\nsetup()\n\n\n{task}'
    assert kinds(tmp_path, before, before.replace('[2]', '[3]')) == {'A': 'stale'}


def test_a_value_that_requires_leaves_on_the_task(tmp_path: Path) -> None:
    before = """
        class Load(gokart.TaskOnKart):
            def run(self):
                self.dump(1)


        class Train(gokart.TaskOnKart):
            def requires(self):
                self.size = 3
                return Load()

            def run(self):
                self.dump(self.size)
    """
    assert kinds(tmp_path, before, before.replace('= 3', '= 4')) == {'Train': 'stale'}


KEYED = """
def double(x):
    return 2 * x


class Train(gokart.TaskOnKart):
    serialized_task_definition_check = True

    def run(self):
        self.dump(double(1))
"""


@pytest.mark.parametrize(('old', 'new', 'kind'), [('double(1)', 'double(3)', 'recomputed'), ('2 * x', '3 * x', 'stale')])
def test_a_task_that_is_keyed_by_its_own_code(old: str, new: str, kind: str, tmp_path: Path) -> None:
    assert kinds(tmp_path, KEYED, KEYED.replace(old, new)) == {'Train': kind}


BUILT_OTHERWISE = """
class Encoder:
    def __init__(self, size):
        self.size = size

    def encode(self, value):
        return self._one(value)

    def _one(self, value):
        return value % self.size

    def unused(self):
        return 1

    @classmethod
    def default(cls):
        return cls.of(8)

    @classmethod
    def of(cls, size):
        return cls(size=size)


class Wide(Encoder):
    def _one(self, value):
        return super()._one(value) + 5


class Encode(gokart.TaskOnKart):
    def run(self):
        encoder = Wide.default()
        self.dump(encoder.encode(3))
"""


@pytest.mark.parametrize(('old', 'new'), [('% self.size', '// self.size'), ('+ 5', '+ 6'), ('of(8)', 'of(9)')])
def test_the_methods_of_an_instance_that_a_class_method_makes(old: str, new: str, tmp_path: Path) -> None:
    assert kinds(tmp_path, BUILT_OTHERWISE, BUILT_OTHERWISE.replace(old, new)) == {'Encode': 'stale'}


def test_what_nothing_calls_of_it_is_dead(tmp_path: Path) -> None:
    assert kinds(tmp_path, BUILT_OTHERWISE, BUILT_OTHERWISE.replace('return 1', 'return 2')) == {}
