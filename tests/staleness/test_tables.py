"""Dicts that are written out: what an old result can depend on is the entries that it could have asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, judged, kinds, texts

MODELS = """
class Small:
    def fit(self, x):
        return x


class Large:
    def fit(self, x):
        return x * 2


KINDS = {'small': Small, 'large': Large}
LIMITS = {
    'train': {'rows': 10, 'columns': 2},
    'test': {'rows': 5},
}
SHOWN = {'a': 1, 'b': 2}


class Registry:
    kinds = {'small': Small}

    @classmethod
    def of(cls, kind):
        return cls.kinds[kind]()


def make(kind):
    if kind not in KINDS:
        raise ValueError(f'{kind!r} is none of {list(KINDS)}')
    return KINDS[kind]()
"""
TASKS = (
    HEAD
    + """
import models
from models import LIMITS, Registry, make


class Train(gokart.TaskOnKart):
    kind = luigi.Parameter()

    def run(self):
        rows = LIMITS['train']['rows']
        assert rows, 'no rows'
        self.dump((make(self.kind).fit(3), rows, Registry.of(self.kind), [name for name in models.SHOWN]))
"""
)
FILES = {'tasks.py': TASKS, 'models.py': MODELS}

NO_CHANGE = {
    'a kind more': ("'large': Large}", "'large': Large, 'huge': type}"),
    'kinds in another order': ("{'small': Small, 'large': Large}", "{'large': Large, 'small': Small}"),
    'another entry': ("'test': {'rows': 5}", "'test': {'rows': 6}"),
    'an entry more': ("'test': {'rows': 5}", "'test': {'rows': 5}, 'all': {}"),
    'another entry within': ("'columns': 2", "'columns': 3"),
    'no other entry': ("    'test': {'rows': 5},\n", ''),
    'a kind more in a class': ("kinds = {'small': Small}", "kinds = {'small': Small, 'large': Large}"),
    'the words of an error': ('is none of', 'is not one of'),
}
CHANGES = {
    'an entry': ("'rows': 10", "'rows': 11", "Train.run -> LIMITS['train']['rows']  10 -> 11"),
    'a kind': ("'large': Large}", "'large': Small}", "Train.run -> models.make() -> KINDS['large'] -> "),
    'a kind less': (", 'large': Large}", '}', "Train.run -> models.make() -> KINDS['large']  removed"),
    'the code of a kind': ('x * 2', 'x * 3', "Train.run -> models.make() -> KINDS['large'] -> Large -> Large.fit()  2 -> 3"),
    'an entry more of what is walked': ("{'a': 1, 'b': 2}", "{'a': 1, 'b': 2, 'c': 3}", 'Train.run -> SHOWN'),
    'another error': ('raise ValueError', 'raise KeyError', 'Train.run -> models.make()  ValueError -> KeyError'),
    'a refusal less': ('kind not in KINDS', "kind not in ('large',)", 'Train.run -> models.make()'),
    'a table that a loop fills': (
        '\n\nclass Registry',
        '\nfor name in SHOWN:\n    KINDS[name] = Large\n\n\nclass Registry',
        'Train.run -> models.make() -> KINDS',
    ),
}


@pytest.mark.parametrize('edit', NO_CHANGE)
def test_what_no_old_result_asked_for_is_no_change(edit: str, tmp_path: Path) -> None:
    old, new = NO_CHANGE[edit]
    assert MODELS.count(old) == 1
    assert kinds(tmp_path, FILES, {'models.py': MODELS.replace(old, new)}) == {}


@pytest.mark.parametrize('edit', CHANGES)
def test_what_an_old_result_may_have_asked_for_is_a_change(edit: str, tmp_path: Path) -> None:
    old, new, text = CHANGES[edit]
    assert MODELS.count(old) == 1
    verdict = judged(tmp_path, FILES, {'models.py': MODELS.replace(old, new)})['Train']
    assert verdict.kind.value == 'stale'
    assert any(each.startswith(text) for each in texts(verdict)), texts(verdict)


ASKING = {
    'get': 'models.KINDS.get(self.kind, models.Small)',
    'in': 'models.KINDS[self.kind] if self.kind in models.KINDS else None',
    'values': '[each for each in models.KINDS.values()]',
    'an argument': 'len(models.KINDS)',
    'a copy': '{**models.KINDS}',
    'a table of its own': "dict(models.KINDS)['small']",
}


@pytest.mark.parametrize('asking', ASKING)
def test_a_new_entry_may_matter_to_who_takes_more_than_an_entry(asking: str, tmp_path: Path) -> None:
    tasks = TASKS.replace('make(self.kind).fit(3), rows', f'{ASKING[asking]}, rows')
    after = MODELS.replace("'large': Large}", "'large': Large, 'huge': type}")
    assert kinds(tmp_path, {**FILES, 'tasks.py': tasks}, {'models.py': after}) == {'Train': 'stale'}


def test_a_new_entry_matters_where_its_absence_was_caught(tmp_path: Path) -> None:
    asked = """
    if kind not in KINDS:
        raise ValueError(f'{kind!r} is none of {list(KINDS)}')
    return KINDS[kind]()
"""
    caught = """
    try:
        return KINDS[kind]()
    except KeyError:
        return Small()
"""
    assert asked in MODELS
    before = MODELS.replace(asked, caught)
    after = before.replace("'large': Large}", "'large': Large, 'huge': type}")
    assert kinds(tmp_path, {**FILES, 'models.py': before}, {'models.py': after}) == {'Train': 'stale'}


def test_the_words_of_an_error_matter_where_it_is_caught(tmp_path: Path) -> None:
    before = """
        class Train(gokart.TaskOnKart):
            def run(self):
                try:
                    if self.input() is None:
                        raise ValueError('nothing')
                except ValueError as error:
                    self.dump(str(error))
    """
    assert kinds(tmp_path, before, before.replace("'nothing'", "'none'")) == {'Train': 'stale'}
    assert kinds(tmp_path / 'own', _OWN, _OWN.replace('code=1', 'code=2')) == {'Train': 'stale'}


_OWN = """
class Odd(Exception):
    def __init__(self, code):
        self.code = code


class Train(gokart.TaskOnKart):
    def run(self):
        if self.input() is None:
            raise Odd(code=1)
        self.dump(1)
"""


def test_a_table_in_place_of_a_constant(tmp_path: Path) -> None:
    before = 'ROWS = 10\n\n\nclass Train(gokart.TaskOnKart):\n    def run(self):\n        self.dump(ROWS)\n'
    after = before.replace('ROWS = 10', "LIMITS = {'rows': 10}").replace('dump(ROWS)', "dump(LIMITS['rows'])")
    assert kinds(tmp_path / 'same', before, after) == {}
    assert kinds(tmp_path / 'other', before, after.replace('10', '11')) == {'Train': 'stale'}


def test_what_is_no_plain_table_is_taken_whole(tmp_path: Path) -> None:
    for place, table in enumerate(("{'a': 1, **more()}", 'dict(a=1, b=2)', "{KEY: 1, 'a': 1}", "{'a': 1, 'a': 2}")):
        before = f"""
            KEY = 'k'
            TABLE = {table}


            class Train(gokart.TaskOnKart):
                def run(self):
                    self.dump(TABLE['a'])
        """
        after = before.replace('1', '7', 1)
        assert kinds(tmp_path / str(place), before, after) == {'Train': 'stale'}, table


REGISTRIES = """
MODELS = {}
STEPS = []
LIMITS = dict()
LIMITS['low'] = 1
LIMITS['high'] = 9


def register(name):
    def inner(cls):
        MODELS[name] = cls
        return cls
    return inner


def step(function):
    STEPS.append(function)
    return function


@register('small')
class Small:
    def fit(self, x):
        return x


@register('large')
class Large:
    def fit(self, x):
        return x * 2


@step
def first(x):
    return x + 1


def second(x):
    return x + 2


class Chosen(gokart.TaskOnKart):
    kind = luigi.Parameter()

    def run(self):
        self.dump(MODELS[self.kind]().fit(1))


class OnlySmall(gokart.TaskOnKart):
    def run(self):
        self.dump(Small().fit(1))


class OneEntry(gokart.TaskOnKart):
    def run(self):
        self.dump((MODELS['large']().fit(1), LIMITS['low']))


class EachStep(gokart.TaskOnKart):
    def run(self):
        self.dump([each(1) for each in STEPS])


class Limited(gokart.TaskOnKart):
    kind = luigi.Parameter()

    def run(self):
        self.dump(LIMITS[self.kind])


class Names(gokart.TaskOnKart):
    def run(self):
        self.dump(sorted(MODELS))
"""
FILLED: dict[str, tuple[str, str, set[str]]] = {
    'a registered class': ('return x\n', 'return -x\n', {'Chosen', 'OnlySmall'}),
    'another registered class': ('x * 2', 'x * 3', {'Chosen', 'OneEntry'}),
    'a registered function': ('x + 1', 'x + 9', {'EachStep'}),
    'what is not registered': ('x + 2', 'x + 9', set()),
    'a new entry': ('@step\n', "@register('new')\nclass New:\n    def fit(self, x):\n        return 5\n\n\n@step\n", {'Names'}),
    'a new step': ('def second', '@step\ndef second', {'EachStep'}),
    'a value that is put in later': ("LIMITS['low'] = 1", "LIMITS['low'] = 2", {'Limited', 'OneEntry'}),
    'a new value that is put in later': ("LIMITS['low'] = 1", "LIMITS['new'] = 5\nLIMITS['low'] = 1", set()),
    'another name of the registry': ('MODELS', 'KINDS', set()),
    'another way to fill it': ('MODELS[name] = cls', 'MODELS[name] = cls()', {'Chosen', 'OnlySmall', 'OneEntry', 'Names'}),
}


@pytest.mark.parametrize('edit', FILLED)
def test_what_decorators_and_later_statements_put_in(edit: str, tmp_path: Path) -> None:
    old, new, stale = FILLED[edit]
    assert old in REGISTRIES
    assert kinds(tmp_path, REGISTRIES, REGISTRIES.replace(old, new)) == dict.fromkeys(stale, 'stale')


FACTORY = """
def alpha(x):
    return x + 1


def beta(x):
    return x + 2


class Factory:
    def __init__(self):
        self._models = dict()
        self._models['alpha'] = alpha
        try:
            import lightgbm
            self._models['lgbm'] = lightgbm.LGBMClassifier
        except ImportError:
            pass

    def get(self, key):
        if key in self._models:
            return self._models[key]
        raise RuntimeError(f'{key} {list(self._models.keys())}')

    def register(self, key, model):
        self._models[key] = model

    def names(self):
        return list(self._models)


def get(key):
    return Factory().get(key)


class Chosen(gokart.TaskOnKart):
    kind = luigi.Parameter()

    def run(self):
        self.dump(get(self.kind)(3))


class Names(gokart.TaskOnKart):
    def run(self):
        self.dump(Factory().names())
"""
NEW_TRY = """
        try:
            import catboost
            self._models['cat'] = catboost.CatBoostClassifier
        except ImportError:
            pass

    def get("""
ENTRY = "        self._models['alpha'] = alpha\n"
BOTH = {'Chosen', 'Names'}
MADE: dict[str, tuple[str, str, set[str]]] = {
    'code behind an entry': ('x + 1', 'x + 9', BOTH),
    'code behind none': ('x + 2', 'x + 9', set()),
    'a new entry': (ENTRY, f"{ENTRY}        self._models['beta'] = beta\n", {'Names'}),
    'a new entry that may be missing': ('\n    def get(', NEW_TRY, {'Names'}),
    'an entry for another': (ENTRY, ENTRY.replace('= alpha', '= beta'), BOTH),
    'an entry that goes': (ENTRY, '', BOTH),
    'another class of a library': ('LGBMClassifier', 'LGBMRegressor', BOTH),
    'another way to write it': ('self._models = dict()\n' + ENTRY, "self._models = {'alpha': alpha}\n", set()),
    'another name of the dict': ('_models', '_kinds', set()),
    'another key': ('return self._models[key]', 'return self._models[key.lower()]', {'Chosen'}),
    'a result in place of an error': ('raise RuntimeError', 'return RuntimeError', {'Chosen'}),
}


@pytest.mark.parametrize('edit', MADE)
def test_what_a_factory_is_filled_with(edit: str, tmp_path: Path) -> None:
    old, new, stale = MADE[edit]
    assert old in FACTORY
    assert kinds(tmp_path, FACTORY, FACTORY.replace(old, new)) == dict.fromkeys(stale, 'stale')


@pytest.mark.parametrize(
    ('old', 'new'),
    [
        ('self._models = dict()', "kind = alpha\n        self._models = dict()\n        self._models['x'] = kind"),
        ("self._models['alpha'] = alpha", "self._models['a' + 'lpha'] = alpha"),
        ('        try:', '        self._models.pop(1, None)\n        try:'),
        ('            pass', "            self._models['lgbm'] = None"),
        ('class Chosen', 'class Other(Factory):\n    pass\n\n\nclass Chosen'),
        ('self._models', 'self.models'),
    ],
)
def test_a_factory_that_does_more_is_read_as_it_stands(old: str, new: str, tmp_path: Path) -> None:
    before = FACTORY.replace(old, new)
    assert before != FACTORY
    assert kinds(tmp_path, before, before.replace('\n    def get(', NEW_TRY)) == dict.fromkeys(BOTH, 'stale')
    assert kinds(tmp_path / 'changed', before, before.replace('x + 1', 'x + 9')) == dict.fromkeys(BOTH, 'stale')
