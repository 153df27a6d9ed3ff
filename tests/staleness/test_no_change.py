"""Edits that change the text and not the meaning: none of them may be called a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, commit, judge, kinds, write

BEFORE = (
    HEAD
    + '''
from logging import getLogger

import helpers
from helpers import LIMIT, Scaler, scale

logger = getLogger(__name__)


class Train(gokart.TaskOnKart[float]):
    """Trains."""

    rate: luigi.FloatParameter = luigi.FloatParameter(default=0.5)

    def requires(self):
        return Load(size=3)

    def run(self):
        data = self.load()
        scaled = [scale(each, limit=LIMIT) for each in data]
        total = sum(scaled) + self.offset
        self.dump(self._fit(total, rate=self.rate))

    @property
    def offset(self):
        return helpers.offset(1, 2)

    @staticmethod
    def _fit(total, *, rate):
        if total > 3:
            return total * rate
        scaler = Scaler()
        return scaler.apply(total)


class Load(gokart.TaskOnKart[list]):
    size = luigi.IntParameter()

    def run(self):
        self.dump(list(range(self.size)))
'''
)
HELPERS = '''
LIMIT = 3


def scale(x, limit):
    """Scale one."""
    return min(x, limit) / limit


def offset(a, b):
    return a - b


class Scaler:
    factor = 2

    def apply(self, x):
        return self._double(x) + self.factor

    def _double(self, x):
        return 2 * x

    def unused(self):
        return 1


def nobody_calls_this():
    return 1
'''

EDITS = {
    'a comment': ('tasks.py', '        data = self.load()', '        # loads\n        data = self.load()  # here'),
    'a docstring': ('tasks.py', '"""Trains."""', '"""Trains a model.\n\n    At length.\n    """'),
    'a docstring of a helper': ('helpers.py', '"""Scale one."""', "'''Scale.'''"),
    'no docstring': ('helpers.py', '    """Scale one."""\n', ''),
    'formatting': (
        'tasks.py',
        '[scale(each, limit=LIMIT) for each in data]',
        '[\n            scale(each, limit=LIMIT)\n            for each in data\n        ]',
    ),
    'parentheses': ('tasks.py', 'total * rate', '(total * rate)'),
    'quotes': ('tasks.py', 'if total > 3:', 'if (total > 3):'),
    'annotations': ('tasks.py', 'def _fit(total, *, rate):', 'def _fit(total: float, *, rate: float) -> float:'),
    'an annotated local': ('tasks.py', 'data = self.load()', 'data: list = self.load()'),
    'an annotation alone': ('tasks.py', '        data = self.load()', '        data: list\n        data = self.load()'),
    'an annotated parameter': ('tasks.py', 'rate: luigi.FloatParameter = luigi', 'rate = luigi'),
    'the style of an import': ('tasks.py', 'helpers.offset(1, 2)', '__import_offset(1, 2)'),
    'a renamed local': ('tasks.py', 'data', 'rows'),
    'a renamed loop variable': ('tasks.py', 'scale(each, limit=LIMIT) for each in', 'scale(row, limit=LIMIT) for row in'),
    'a renamed argument of a helper': ('helpers.py', 'def offset(a, b):\n    return a - b', 'def offset(x, y):\n    return x - y'),
    'an argument by keyword': ('tasks.py', 'scale(each, limit=LIMIT)', 'scale(x=each, limit=LIMIT)'),
    'arguments by position': ('tasks.py', 'scale(each, limit=LIMIT)', 'scale(each, LIMIT)'),
    'keywords in another order': ('tasks.py', 'scale(each, limit=LIMIT)', 'scale(limit=LIMIT, x=each)'),
    'a keyword alone in its call': ('tasks.py', 'self._fit(total, rate=self.rate)', 'self._fit(rate=self.rate, total=total)'),
    'through the class': ('tasks.py', 'self._fit(total', 'Train._fit(total'),
    'a new log line': ('tasks.py', '        total = sum', "        logger.info('n %s', len(scaled))\n        total = sum"),
    'print': ('tasks.py', '        total = sum', '        print(len(scaled))\n        total = sum'),
    'the task log': ('tasks.py', '        total = sum', "        self.task_log['n'] = len(scaled)\n        total = sum"),
    'a timing': ('tasks.py', '        total = sum', "        n = len(scaled)\n        logger.info(f'{n} rows')\n        total = sum"),
    'a log under an if': ('tasks.py', '        total = sum', '        if scaled:\n            logger.debug(scaled)\n        total = sum'),
    'dead code behind return': (
        'tasks.py',
        '            return total * rate\n',
        '            return total * rate\n            total = 0\n',
    ),
    'dead code under if False': ('tasks.py', '        total = sum', '        if False:\n            data = []\n        total = sum'),
    'an unused local': ('tasks.py', '        total = sum', '        unused = 5\n        total = sum'),
    'an unused nested function': ('tasks.py', '        total = sum', '        def f():\n            return 1\n\n        total = sum'),
    'pass': ('tasks.py', '        total = sum', '        pass\n        total = sum'),
    'return None at the end': ('tasks.py', 'rate=self.rate))\n', 'rate=self.rate))\n        return None\n'),
    'a type checking block': ('tasks.py', '        total = sum', '        if TYPE_CHECKING:\n            data = 1\n        total = sum'),
    'an unused helper': ('helpers.py', 'def nobody_calls_this():\n    return 1', 'def nobody_calls_this():\n    return 2'),
    'an unused method of a helper': ('helpers.py', 'def unused(self):\n        return 1', 'def unused(self):\n        return 2'),
    'a new helper': ('helpers.py', 'def offset', 'def new():\n    return 1\n\n\ndef offset'),
    'a new unused constant': ('helpers.py', 'LIMIT = 3', 'LIMIT = 3\nOTHER = 4'),
    'an annotated constant': ('helpers.py', 'LIMIT = 3', 'LIMIT: int = 3'),
    'an import more': ('helpers.py', 'LIMIT = 3', 'import os\n\nLIMIT = 3'),
    'all': ('helpers.py', 'LIMIT = 3', "__all__ = ['LIMIT', 'scale']\nLIMIT = 3"),
    'the name of the logger': ('tasks.py', 'logger', 'log'),
    'a cast': ('tasks.py', 'data = self.load()', 'data = cast(list, self.load())'),
    'a task of the same module': ('tasks.py', 'Load(size=3)', 'Load(\n            size=3,\n        )'),
    'a local in requires': ('tasks.py', '        return Load(size=3)', '        loaded = Load(size=3)\n        return loaded'),
    'static made of instance method': (
        'helpers.py',
        '    def _double(self, x):',
        '    @staticmethod\n    def _double(x):',
    ),
}


@pytest.mark.parametrize('edit', EDITS)
def test_it_is_no_change(edit: str, tmp_path: Path) -> None:
    name, old, new = EDITS[edit]
    files = {'tasks.py': BEFORE, 'helpers.py': HELPERS}
    assert old in files[name]
    text = files[name].replace(old, new)
    if edit == 'the style of an import':
        text = text.replace('import helpers\n', 'from helpers import offset as __import_offset\n')
    if edit == 'a type checking block':
        text = text.replace('from logging', 'from typing import TYPE_CHECKING\nfrom logging')
    if edit == 'a cast':
        text = text.replace('from logging', 'from typing import cast\nfrom logging')
    if edit == 'static made of instance method':
        text = text.replace('self._double(x)', 'Scaler._double(x)')
    after = {**files, name: text}
    assert kinds(tmp_path, files, after) == {}


def test_a_helper_that_is_moved_and_renamed(tmp_path: Path) -> None:
    moved = 'def squeeze(x, limit):\n    return min(x, limit) / limit\n'
    after = {
        'tasks.py': BEFORE.replace('LIMIT, Scaler, scale', 'LIMIT, Scaler\nfrom features.scaling import squeeze').replace(
            'scale(each', 'squeeze(each'
        ),
        'helpers.py': HELPERS.replace('def scale(x, limit):\n    """Scale one."""\n    return min(x, limit) / limit\n', ''),
        'features/__init__.py': '',
        'features/scaling.py': moved,
    }
    assert kinds(tmp_path, {'tasks.py': BEFORE, 'helpers.py': HELPERS}, after) == {}


def test_a_constant_that_is_moved_and_renamed(tmp_path: Path) -> None:
    after = {
        'tasks.py': BEFORE.replace('LIMIT, ', '')
        .replace('import helpers', 'import helpers\nfrom limits import MOST')
        .replace('LIMIT', 'MOST'),
        'helpers.py': HELPERS.replace('LIMIT = 3', ''),
        'limits.py': 'MOST = 3\n',
    }
    assert kinds(tmp_path, {'tasks.py': BEFORE, 'helpers.py': HELPERS}, after) == {}


def test_methods_in_another_order_and_a_renamed_one(tmp_path: Path) -> None:
    fit = BEFORE[BEFORE.index('    @staticmethod') : BEFORE.index('\n\nclass Load')]
    text = BEFORE.replace(fit, '').replace('    def requires(self)', f'{fit}\n    def requires(self)').replace('_fit', '_estimate')
    assert text != BEFORE
    assert kinds(tmp_path, {'tasks.py': BEFORE, 'helpers.py': HELPERS}, {'tasks.py': text}) == {}


def test_a_method_that_is_moved_to_a_base_or_a_mixin(tmp_path: Path) -> None:
    before = """
        class Train(gokart.TaskOnKart):
            def run(self):
                self.dump(self.step(1))

            def step(self, x):
                return x + 1
    """
    after = """
        class Stepping:
            def step(self, x):
                return x + 1


        class Train(Stepping, gokart.TaskOnKart):
            def run(self):
                self.dump(self.step(1))
    """
    assert kinds(tmp_path, before, after) == {}


def test_tests_and_files_that_no_task_reaches(tmp_path: Path) -> None:
    files = {
        'tasks.py': BEFORE,
        'helpers.py': HELPERS,
        'tests/test_tasks.py': HEAD + '\n\nclass Fake(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n',
        'other.py': 'X = 1\n',
        'README.md': 'a',
    }
    after = {'tests/test_tasks.py': files['tests/test_tasks.py'].replace('dump(1)', 'dump(2)'), 'other.py': 'X = 2\n', 'README.md': 'b'}
    assert kinds(tmp_path, files, after) == {}


def test_a_module_that_is_read_by_relative_import(tmp_path: Path) -> None:
    files = {
        'app/__init__.py': '',
        'app/tasks.py': BEFORE.replace('from helpers', 'from app.helpers').replace('import helpers', 'from app import helpers'),
        'app/helpers.py': HELPERS,
    }
    after = {'app/tasks.py': files['app/tasks.py'].replace('from app.helpers', 'from .helpers').replace('from app import', 'from . import')}
    assert kinds(tmp_path, files, after) == {}


def test_two_edits_that_take_each_other_back(tmp_path: Path) -> None:
    commit(tmp_path, {'tasks.py': BEFORE, 'helpers.py': HELPERS})
    commit(tmp_path, {'helpers.py': HELPERS.replace('LIMIT = 3', 'LIMIT = 4')})
    write(tmp_path, {'helpers.py': HELPERS})
    assert judge(tmp_path, 'HEAD~1').verdicts == ()
    assert [each.name for each in judge(tmp_path, 'HEAD').verdicts] == ['Train']
