"""Parameters: what a class body declares, inherits, hides and copies, as luigi itself sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gokart_lint.project.classes import Class
from gokart_lint.project.parameters import Parameter
from gokart_lint.project.symbols import UNKNOWN
from tests.project.building import load, module, told
from tests.project.conftest import Shop


def read(folder: Path, body: str, header: str = '') -> Class:
    """The class `A` of a module with some class body."""
    lines = ''.join(f'    {line}\n' for line in body.splitlines())
    text = f'import gokart, luigi\nfrom unknown import make, Custom\n{header}\nclass A(gokart.TaskOnKart):\n{lines}'
    found = module(load(folder, {'tasks.py': text}), folder, 'tasks.py').class_named('A')
    assert found is not None
    return found


def kind(parameter: Parameter) -> tuple[str, bool | None]:
    name = parameter.custom.name if parameter.custom else parameter.library_class.rpartition('.')[2]
    return name, parameter.significant


def test_the_parameters_are_luigis(shop: Shop) -> None:
    for name, live in shop.live.items():
        if 'luigi.task.Task' in live['mro']:
            got = {each.attribute: kind(each) for each in shop.read[name].parameters.values()}
            assert got == {key: (value[0], value[1]) for key, value in live['parameters'].items()}, name


@pytest.mark.parametrize(
    'name', ['base.ProjectTask', 'steps.Load', 'steps.Clean', 'steps.Listed', 'steps.First', 'steps.Named', 'steps.Nested', 'late.Late']
)
def test_the_order_is_luigis(name: str, shop: Shop) -> None:
    """Of a chain of single bases: what two bases declare has the order in which Python met them, which no text shows."""
    assert [each.attribute for each in shop.read[f'shop.{name}'].parameters.values()] == list(shop.live[f'shop.{name}']['parameters'])


def test_a_hidden_private_parameter_keeps_its_place_of_its_own(shop: Shop) -> None:
    parameters = shop.read['shop.steps.Constant'].parameters
    assert parameters['__version'].owner.name == 'Constant'
    assert parameters['_ProjectTask__version'].owner.name == 'ProjectTask'
    assert shop.read['shop.steps.Clean'].parameters['__version'].owner.name == 'ProjectTask'


@pytest.mark.parametrize(
    ('body', 'names'),
    [
        ('n = luigi.IntParameter()', ['n']),
        ('n: int = luigi.IntParameter()', ['n']),
        ('n: luigi.IntParameter = luigi.IntParameter()', ['n']),
        ('n = (luigi.IntParameter())', ['n']),
        ('a = b = luigi.IntParameter()', ['a', 'b']),
        ('a, b = luigi.IntParameter(), luigi.Parameter()', ['a', 'b']),
        ('(a, (b, c)) = luigi.IntParameter(), [luigi.Parameter(), 1]', ['a', 'b']),
        ('a, *b = luigi.IntParameter(), luigi.Parameter()', ['a']),
        ('if x:\n    n = luigi.IntParameter()', ['n']),
        ('try:\n    n = luigi.IntParameter()\nexcept E:\n    m = luigi.Parameter()', ['n', 'm']),
        ('with x:\n    n = luigi.IntParameter()', ['n']),
        ('if x:\n    n = luigi.IntParameter()\nelse:\n    n = None', ['n']),
        ('n = luigi.IntParameter()\nif x:\n    n = None', ['n']),
        ('n = luigi.IntParameter()\nn = None', []),
        ('n = luigi.IntParameter()\ndef n(self): ...', []),
        ('def n(self): ...\nn = luigi.IntParameter()', ['n']),
        ('n: int', []),
        ('n: luigi.IntParameter', []),
        ('n = luigi.IntParameter', []),
        ('n = Custom()', []),
        ('n = make(luigi.IntParameter())', []),
        ('n = [luigi.IntParameter()]', []),
        ('luigi.IntParameter()', []),
        ('n.m = luigi.IntParameter()', []),
        ('class n(luigi.IntParameter): ...', []),
        ('def f(self):\n    n = luigi.IntParameter()\n    self.n = luigi.IntParameter()', []),
        ('Kind = luigi.IntParameter\nn = Kind()', ['n']),
        ('n = P()\nm = Q()\no = R()', ['n', 'm', 'o']),
        ('n = luigi.contrib.hdfs.SomeParameter()', ['n']),
        ('n = luigi.Target()', []),
        ('n = luigi.OptionalIntParameter()\nm = luigi.parameter.StrParameter()', ['n', 'm']),
    ],
)
def test_declarations(body: str, names: list[str], tmp_path: Path) -> None:
    header = 'class P(luigi.Parameter): ...\nclass Q(P): ...\nclass Mixin: ...\nclass R(Mixin, gokart.TaskInstanceParameter[int]): ...\n'
    found = read(tmp_path, body, header)
    assert list(found.own_parameters) == list(found.parameters) == names


@pytest.mark.parametrize(
    ('declaration', 'expected'),
    [
        ('gokart.TaskInstanceParameter()', (None, False)),
        ('gokart.TaskInstanceParameter(expected_type=B)', ('class tasks.py:B', False)),
        ('gokart.TaskInstanceParameter(B, significant=False)', ('class tasks.py:B', False)),
        ('gokart.TaskInstanceParameter[B](B)', ('class tasks.py:B', False)),
        ('gokart.TaskInstanceParameter(expected_type=None)', (None, False)),
        ('gokart.TaskInstanceParameter(**options)', (None, True)),
        ('gokart.TaskInstanceParameter(*options)', (None, True)),
        ('gokart.ListTaskInstanceParameter(expected_elements_type=B)', ('class tasks.py:B', False)),
        ('gokart.ListTaskInstanceParameter(B)', ('class tasks.py:B', False)),
        ('gokart.ListTaskInstanceParameter(expected_type=B)', (None, False)),
        ('gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)', ('gokart.TaskOnKart', False)),
        ('gokart.TaskInstanceParameter(expected_type=unknown())', ('unknown', False)),
        ('Passing()', (None, True)),
        ('Plain()', (None, False)),
        ('Plain(expected_type=B)', ('class tasks.py:B', False)),
    ],
)
def test_expected_types(declaration: str, expected: tuple[str | None, bool], tmp_path: Path) -> None:
    header = (
        'class B(gokart.TaskOnKart): ...\n'
        'class Plain(gokart.TaskInstanceParameter): ...\n'
        'class Passing(gokart.TaskInstanceParameter):\n'
        '    def __init__(self, **options):\n        super().__init__(expected_type=B, **options)\n'
    )
    parameter = read(tmp_path, f'dep = {declaration}', header).parameters['dep']
    shown = None if parameter.expected_type is None else told(parameter.expected_class(), tmp_path)
    assert (shown, parameter.may_expect_elsewhere) == expected
    assert parameter.holds_tasks
    if parameter.expected_type is None:
        assert parameter.expected_class() is UNKNOWN


@pytest.mark.parametrize(
    ('declaration', 'significant'),
    [
        ('luigi.Parameter()', True),
        ('luigi.Parameter(significant=True)', True),
        ('luigi.Parameter(significant=False)', False),
        ('luigi.Parameter(significant=FLAG)', None),
        ('luigi.Parameter(**options)', None),
        ('Quiet()', None),
        ('Quiet(significant=True)', True),
        ('Plain()', True),
        ('Mixed()', None),
    ],
)
def test_significant(declaration: str, significant: bool | None, tmp_path: Path) -> None:
    header = (
        'class Plain(luigi.Parameter):\n    def parse(self, x): ...\n'
        'class Quiet(luigi.Parameter):\n    def __init__(self, **options):\n'
        "        options['significant'] = False\n        super().__init__(**options)\n"
        'class Mixed(Custom, luigi.Parameter): ...\n'
    )
    assert read(tmp_path, f'n = {declaration}', header).parameters['n'].significant is significant
