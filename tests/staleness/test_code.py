"""Edits that change what a task computes, wherever they stand: each is found, with the way to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.staleness.histories import HEAD, Files, judged, kinds, texts

BEFORE = (
    HEAD
    + """
import json
import os
from functools import lru_cache
from pathlib import Path

import app.deep as deep
from app import consts
from app.base import Base, Mixin
from app.helpers import LIMIT, Color, Scaler, Settings, decorated, scale

FACTORS = {'a': 1}
FACTORS['b'] = 2
HERE = Path(__file__).parent

try:
    import fast
except ImportError:
    fast = None

if os.name == 'nt':
    SEP = 'a'
else:
    SEP = 'b'


class Train(Mixin, Base):
    n = luigi.IntParameter(default=1)
    verbose = luigi.IntParameter(default=0, significant=False)
    RATE = 0.1
    KIND = 'kind'
    SORT = 'sort'
    by_name = 'named'

    def run(self):
        x = scale(1, LIMIT)
        x += self.RATE + FACTORS['b'] + self.verbose
        x += Scaler(2).apply(x)
        x += decorated(x)
        x += deep.outer(x)
        x += (lambda y, z=4: y * z)(x)
        key = b'ab'
        label = f'{x!r:>8} {key}'
        y = [i * 2 for i in range(3) if i]
        match x:
            case 1:
                x = 2
            case _:
                x = 3
        with open('queries/main.sql') as file:
            sql = file.read()
        template = (HERE / 'conf' / 'model.json').read_text()
        x += type(self).KIND + self.__class__.SORT + getattr(self, 'by_name')
        self.dump((x, self.size, self._helper(sql), cls_value(), label, y, template, Color.RED, Settings().depth, SEP, fast))

    @property
    def size(self):
        return 7

    @classmethod
    def _helper(cls, x=5):
        return super()._helper(x) + consts.SHIFT

    def dump(self, obj, *args, **kwargs):
        super().dump(obj, *args, **kwargs)


def cls_value():
    def inner(x):
        return x + 1

    return inner(3)
"""
)
HELPERS = """
from dataclasses import dataclass
from enum import Enum

LIMIT = 3


def scale(x, limit, *, power=2):
    return min(x, limit) ** power


def twice(function):
    def wrapped(x):
        return function(function(x))

    return wrapped


@twice
def decorated(x):
    return x + 1


class Parent:
    def apply(self, x):
        return x * self.factor


class Scaler(Parent):
    def __init__(self, factor):
        self.factor = factor


class Color(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Settings:
    depth: int = 4
"""
BASE = """
import gokart


class Root(gokart.TaskOnKart):
    @classmethod
    def _helper(cls, x):
        return str(x) * 2


class Base(Root):
    def output(self):
        return self.make_target('model.pkl')


class Mixin:
    def load(self, *args):
        return super().load(*args)
"""
DEEPEST = """
import math

PI = 3


def inner(x):
    if x > 1:
        return inner(x - 1)
    return math.floor(x) * PI
"""
FILES: dict[str, str] = {
    'tasks.py': BEFORE,
    'app/__init__.py': '',
    'app/helpers.py': HELPERS,
    'app/base.py': BASE,
    'app/consts.py': 'SHIFT = SMALL = "x"\n',
    'app/deep.py': 'from app import deeper\n\n\ndef outer(x):\n    return deeper.middle(x)\n',
    'app/deeper.py': 'from . import deepest as d\n\n\ndef middle(x):\n    return d.inner(x)\n',
    'app/deepest.py': DEEPEST,
    'queries/main.sql': 'SELECT 1\n',
    'conf/model.json': '{"a": 1}\n',
}

EDITS = {
    'its own method': ('tasks.py', 'x = scale(1, LIMIT)', 'x = scale(2, LIMIT)', 'Train.run  1 -> 2'),
    'a constant': ('app/helpers.py', 'LIMIT = 3', 'LIMIT = 5', 'Train.run -> LIMIT  3 -> 5'),
    'a float in place of an int': ('app/helpers.py', 'LIMIT = 3', 'LIMIT = 3.0', 'Train.run -> LIMIT  3 -> 3.0'),
    'a function': ('app/helpers.py', 'min(x, limit)', 'max(x, limit)', 'Train.run -> helpers.scale()  min -> max'),
    'a default': ('app/helpers.py', 'power=2', 'power=3', 'Train.run -> helpers.scale()  2 -> 3'),
    'a decorator': ('app/helpers.py', 'function(function(x))', 'function(x)', 'Train.run -> helpers.decorated() -> helpers.twice()'),
    'no decorator': ('app/helpers.py', '@twice\n', '', 'Train.run -> helpers.decorated()'),
    'an attribute': ('tasks.py', 'RATE = 0.1', 'RATE = 0.2', 'Train.run -> Train.RATE  0.1 -> 0.2'),
    'an inherited method of a helper': (
        'app/helpers.py',
        'x * self.factor',
        'x + self.factor',
        'Train.run -> Scaler -> Parent -> Parent.apply()',
    ),
    'a constructor': ('app/helpers.py', 'self.factor = factor', 'self.factor = -factor', 'Train.run -> Scaler -> Scaler.__init__()'),
    'an attribute through type': ('tasks.py', "KIND = 'kind'", "KIND = 'other'", "Train.run -> Train.KIND  'kind' -> 'other'"),
    'an attribute through the class': ('tasks.py', "SORT = 'sort'", "SORT = 'other'", "Train.run -> Train.SORT  'sort' -> 'other'"),
    'an attribute by its name': ('tasks.py', "by_name = 'named'", "by_name = 'other'", "Train.by_name  'named' -> 'other'"),
    'a dict that is filled': ('tasks.py', "FACTORS['b'] = 2", "FACTORS['b'] = 3", "Train.run -> FACTORS['b']  2 -> 3"),
    'a hidden default': ('tasks.py', 'default=0, sig', 'default=9, sig', 'Train.run -> Train.verbose (significant=False)  0 -> 9'),
    'a lambda': ('tasks.py', 'y * z)', 'y + z)', 'Train.run'),
    'a default of a lambda': ('tasks.py', 'z=4', 'z=5', 'Train.run'),
    'bytes': ('tasks.py', "b'ab'", "b'ac'", 'Train.run'),
    'a conversion': ('tasks.py', '!r:', '!s:', 'Train.run'),
    'a format': ('tasks.py', ':>8', ':<8', "Train.run  '>8' -> '<8'"),
    'a condition of a comprehension': ('tasks.py', 'if i]', 'if not i]', 'Train.run'),
    'a case': ('tasks.py', 'case 1:', 'case 4:', 'Train.run  1 -> 4'),
    'a property': ('tasks.py', 'return 7', 'return 8', 'Train.run -> Train.size()  7 -> 8'),
    'a default of a class method': ('tasks.py', 'x=5', 'x=6', 'Train.run -> Train._helper()  5 -> 6'),
    'a method behind super': ('app/base.py', 'str(x) * 2', 'str(x) * 3', 'Train.run -> Train._helper() -> Root._helper()  2 -> 3'),
    'a constant of two names': ('app/consts.py', '"x"', '"y"', "Train.run -> Train._helper() -> SHIFT  'x' -> 'y'"),
    'a nested function': (
        'tasks.py',
        'return x + 1\n\n    return inner',
        'return x + 2\n\n    return inner',
        'Train.run -> tasks.cls_value()  1 -> 2',
    ),
    'four modules away': (
        'app/deepest.py',
        'PI = 3',
        'PI = 4',
        'Train.run -> deep.outer() -> deeper.middle() -> deepest.inner() -> PI  3 -> 4',
    ),
    'a library function': (
        'app/deepest.py',
        'math.floor',
        'math.ceil',
        'Train.run -> deep.outer() -> deeper.middle() -> deepest.inner()  math.floor -> math.ceil',
    ),
    'a recursive function': ('app/deepest.py', 'x - 1', 'x - 2', 'Train.run -> deep.outer() -> deeper.middle() -> deepest.inner()  1 -> 2'),
    'an enum': ('app/helpers.py', 'RED = 1', 'RED = 3', 'Train.run -> Color.RED  1 -> 3'),
    'a dataclass': ('app/helpers.py', 'depth: int = 4', 'depth: int = 5', 'Train.run -> Settings  4 -> 5'),
    'one way of several': ('tasks.py', "SEP = 'b'", "SEP = 'c'", "Train.run -> SEP  'b' -> 'c'"),
    'an import that is tried': ('tasks.py', 'import fast\n', 'import faster as fast\n', 'Train.run  fast -> faster'),
    'an override of load': ('app/base.py', 'return super().load(*args)', 'return list(super().load(*args))', 'Train.load'),
    'an override of dump': ('tasks.py', 'super().dump(obj,', 'super().dump([obj],', 'Train.run -> Train.dump()'),
    'a query': ('queries/main.sql', 'SELECT 1', 'SELECT 2', 'Train.run -> main.sql'),
    'a file below the module': ('conf/model.json', '1', '2', 'Train.run -> model.json'),
}


@pytest.mark.parametrize('edit', EDITS)
def test_it_is_stale(edit: str, tmp_path: Path) -> None:
    name, old, new, way = EDITS[edit]
    assert old in FILES[name]
    found = judged(tmp_path, FILES, {name: FILES[name].replace(old, new)})
    assert {task: (verdict.kind.value, texts(verdict)[0]) for task, verdict in found.items()} == {'Train': ('stale', way)}


def test_the_places_are_those_of_both_sides(tmp_path: Path) -> None:
    after = {'app/helpers.py': HELPERS.replace('LIMIT = 3', '# a line more\nLIMIT = 5')}
    [reason] = judged(tmp_path, FILES, after)['Train'].reasons
    assert (str(reason.before), str(reason.after)) == ('app/helpers.py:4', 'app/helpers.py:5')


def test_the_layout_of_json_and_line_ends_do_not_matter(tmp_path: Path) -> None:
    assert kinds(tmp_path, FILES, {'conf/model.json': '{\n  "a": 1\n}\n', 'queries/main.sql': 'SELECT 1  \r\n'}) == {}


def test_a_file_that_comes_or_goes(tmp_path: Path) -> None:
    found = judged(tmp_path, FILES, {'queries/main.sql': None})
    assert texts(found['Train']) == ['Train.run -> main.sql']


def test_a_file_of_the_same_ending_is_another_file(tmp_path: Path) -> None:
    files: Files = {**FILES, 'queries/old_main.sql': 'SELECT 1\n'}
    assert kinds(tmp_path, files, {'queries/old_main.sql': 'SELECT 2\n'}) == {}


def test_every_class_that_inherits_the_code_is_judged_and_no_abstract_one(tmp_path: Path) -> None:
    before = """
        class Base(gokart.TaskOnKart):
            def run(self):
                self.dump(self.make(1))

            def make(self, x):
                raise NotImplementedError


        class One(Base):
            def make(self, x):
                return x


        class Two(Base):
            def make(self, x):
                return -x


        class Three(Two):
            def run(self):
                self.dump(3)
    """
    assert kinds(tmp_path, before, before.replace('make(1)', 'make(2)')) == {'One': 'stale', 'Two': 'stale'}


def test_a_task_that_only_hands_on_has_no_result(tmp_path: Path) -> None:
    before = """
        class Load(gokart.TaskOnKart):
            def run(self):
                self.dump(1)


        class Alias(gokart.TaskOnKart):
            def requires(self):
                return Load()

            def output(self):
                target = self.input()
                return target
    """
    assert kinds(tmp_path, before, before.replace('return target', 'return [target]')) == {}


def test_two_differences_are_both_told(tmp_path: Path) -> None:
    after = {'app/helpers.py': HELPERS.replace('LIMIT = 3', 'LIMIT = 5').replace('min(', 'max(')}
    assert texts(judged(tmp_path, FILES, after)['Train']) == ['Train.run -> helpers.scale()  min -> max', 'Train.run -> LIMIT  3 -> 5']


def test_a_method_that_gokart_gave_before(tmp_path: Path) -> None:
    before = 'class A(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n'
    after = f'{before}\n    def load(self, *args):\n        return 1\n'
    found = judged(tmp_path, {'tasks.py': HEAD + before}, {'tasks.py': HEAD + after})
    assert texts(found['A']) == ['A.load  new']


def test_a_default_of_a_parameter_that_a_function_makes_is_no_stale_result(tmp_path: Path) -> None:
    before = """
        def size(default=3):
            return luigi.IntParameter(default=default)


        class Train(gokart.TaskOnKart):
            size = size()

            def run(self):
                self.dump(self.size)
    """
    assert kinds(tmp_path, before, before.replace('default=3', 'default=4')) == {}
