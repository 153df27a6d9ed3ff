"""Values: tasks of the wrong class, elements, defaults, and what cannot become part of a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_gokart.values import Row
from tests.pytest_gokart.newer import cases
from tests.pytest_gokart.resolving_cases import Wrong, check_wrong, resolved

CLASSES = """
class A(gokart.TaskOnKart):
    n = luigi.IntParameter(default=1)
class B(gokart.TaskOnKart):
    pass
class Train(gokart.TaskOnKart):
    data = gokart.TaskInstanceParameter(expected_type=A)
class Ensemble(gokart.TaskOnKart):
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=A)
OBJECT = object()
class Kind(enum.Enum):
    RED = 1
    BLUE = 2
class ItsOwn(luigi.DateParameter):
    pass
"""
PIPELINE = """
class Pipeline(gokart.TaskOnKart):
    def requires(self):
        return {'x': %s}  # HERE
"""
HELD = """
class Load(gokart.TaskOnKart):
    x = %s%s
class Pipeline(gokart.TaskOnKart):
    def requires(self):
        return Load(%s)%s
"""

REFUSED_TASKS = {
    'Train(data=B())': 'Train.data is given the task B: the parameter takes a task of class A',
    'Train(data=A)': 'Train.data is given the class A: the parameter takes a task of class A\nBuild it: A(...).',
    'Train(data=None)': 'Train.data is given None: the parameter takes a task of class A',
    'Train(data=[A()])': 'Train.data is given a list: the parameter takes a task of class A\nPass one task',
    "Train(data='a')": "Train.data is given the text 'a'",
    'Train(data=A().output())': 'Train.data is given a SingleFileTarget',
    'Ensemble(parts=[A(), B()])': 'each element a task of class A, and element 1 is the task B',
    'Ensemble(parts=A())': 'Ensemble.parts is given the task A(n=1): the parameter takes a list, each element a task of class A',
    "Ensemble(parts={'k': A()})": 'each element a task of class A\nPass the list of its values.',
    'Ensemble(parts=(A(n=n) for n in range(3)))': 'Ensemble.parts is given a generator',
    'Ensemble(parts=None)': 'Ensemble.parts is given None',
    'Ensemble(parts=[A(), None])': 'and element 1 is None',
    'Ensemble(parts=[[A()]])': 'and element 0 is a list',
}


@pytest.mark.parametrize('construction', REFUSED_TASKS)
def test_no_such_task(construction: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, CLASSES + PIPELINE % construction)
    check_wrong(Wrong('type', REFUSED_TASKS[construction], ''), resolution, tmp_path)
    assert [step.task for step in resolution.problems[0].chain] == ['Pipeline', construction.partition('(')[0]]


@pytest.mark.parametrize(
    'construction',
    [
        'Train(data=A(n=3))',
        'Ensemble(parts=[A(), A(n=2)])',
        'Ensemble(parts=(A(), A(n=2)))',
        'Ensemble(parts=[])',
        '[Train(data=A()), [Train(data=A(n=4))], (A(),)]',
        'A().clone(n=5)',
    ],
)
def test_right_tasks(construction: str, tmp_path: Path) -> None:
    resolution = resolved(tmp_path, CLASSES + PIPELINE % construction)
    assert (resolution.problems, resolution.notes) == ((), ())


DEFAULTS = {
    'gokart.TaskInstanceParameter(default=None)': (
        'type',
        'the default of Load.x is None: the parameter takes a task\nLeave the default out.',
    ),
    "luigi.ChoiceParameter(choices=['b', 'a'], default='c')": (
        'default',
        "the default of Load.x is the text 'c': its choices are 'a', 'b'",
    ),
    "luigi.EnumParameter(enum=Kind, default='RED')": ('key', "(AttributeError: 'str' object has no attribute 'name')\nWrite Kind.RED."),
    "luigi.DateParameter(default='2020-01-01')": ('default', "the default of Load.x is the text '2020-01-01': no value of a DateParameter"),
    "luigi.DateHourParameter(default='2020-01-02T03')": ('default', 'not str)\nWrite datetime.datetime(2020, 1, 2, 3, 0).'),
    'luigi.DateParameter(default=datetime.date.today)': ('default', 'A function is not called here'),
    'luigi.DateSecondParameter(default=lambda: 1)': ('default', 'A function is not called here'),
    "luigi.BoolParameter(default='yes')": ('default', "the default of Load.x is the text 'yes': a BoolParameter makes None of it"),
    "luigi.IntParameter(default='x')": ('default', "the default of Load.x is the text 'x': an IntParameter keeps it as it is"),
    'luigi.IntParameter(default=1.5)': ('default', 'the default of Load.x is 1.5'),
    "luigi.FloatParameter(default='1')": ('default', 'is turned into a number\nWrite 1.0.'),
    'luigi.NumericalParameter(var_type=int, min_value=0, max_value=9, default=12)': (
        'default',
        'the default of Load.x is 12, out of its range',
    ),
    'luigi.DictParameter(default={"a": {1, 2}})': ('key', 'it holds a set, which cannot be written into the key'),
    'luigi.ListParameter(default=[object()])': ('key', 'it holds an object, which cannot be written into the key'),
    'luigi.ListParameter(default=[B()])': ('key', 'it holds the task B, which cannot be written into the key'),
    'luigi.Parameter(default=object())': ('key', "the key of Load holds an address of memory: an object for 'x'"),
}


@pytest.mark.parametrize('parameter', DEFAULTS)
def test_refused_default(parameter: str, tmp_path: Path) -> None:
    kind, words = DEFAULTS[parameter]
    at_parameter = '  # HERE' if 'address' not in words else ''
    resolution = resolved(tmp_path, CLASSES + HELD % (parameter, at_parameter, '', '' if at_parameter else '  # HERE'))
    check_wrong(Wrong(kind, words, ''), resolution, tmp_path)


@pytest.mark.parametrize('parameter', DEFAULTS)
def test_a_refused_default_that_nobody_uses(parameter: str, tmp_path: Path) -> None:
    good = {
        'TaskInstance': 'B()',
        'Choice': "'a'",
        'Enum': 'Kind.RED',
        'Date': 'datetime.date(2020, 1, 1)',
        'Bool': 'True',
        'Int': '1',
        'Float': '1.5',
        'Numerical': '3',
        'Dict': '{}',
        'List': '[]',
        'Parameter': "'a'",
    }
    value = next(value for name, value in good.items() if name in parameter.partition('(')[0])
    resolution = resolved(tmp_path, CLASSES + HELD % (parameter, '', f'x={value}', ''))
    assert (resolution.problems, resolution.notes) == ((), ())


GIVEN = {
    ("luigi.ChoiceParameter(choices=['b', 'a'])", "'c'"): ('value', "Load.x is given the text 'c': its choices are 'a', 'b'"),
    ('luigi.EnumParameter(enum=Kind)', "'RED'"): ('key', "Load.x is given the text 'RED'"),
    ('luigi.EnumParameter(enum=Kind)', "'PINK'"): ('key', "has no attribute 'name')\nWrite Kind.RED or Kind.BLUE."),
    ('luigi.EnumListParameter(enum=Kind)', "['RED']"): ('key', "has no attribute 'name')\nWrite Kind.RED or Kind.BLUE."),
    ('luigi.DateParameter()', "'2020-01-01'"): ('value', "'datetime.date')\nWrite datetime.date(2020, 1, 1)."),
    ('luigi.DateParameter()', "'soon'"): ('value', 'no value of a DateParameter'),
    ('ItsOwn()', "'2020-01-01'"): ('value', 'no value of an ItsOwn'),
    ('luigi.BoolParameter()', "'yes'"): ('value', "Load.x is the text 'yes': a BoolParameter makes None of it"),
    ('luigi.IntParameter()', "'5'"): ('value', "Load.x is the text '5': an IntParameter keeps it as it is"),
    ('luigi.NumericalParameter(var_type=int, min_value=0, max_value=9)', '10'): ('value', 'Load.x is 10, out of its range'),
    ('luigi.DictParameter()', '{"a": A()}'): ('key', 'it holds the task A(n=1), which cannot be written into the key'),
    ('luigi.DictParameter()', '{"a": {"b": [{1}]}}'): ('key', 'it holds a set'),
    ('luigi.ListParameter()', '[{1}]'): ('key', 'cannot be written into the key'),
    ('luigi.Parameter()', 'OBJECT'): ('key', 'holds an address of memory'),
    ('luigi.Parameter()', 'object()'): ('key', 'holds an address of memory'),  # another one at each call, which is not said as well
    ('luigi.IntParameter()', 'lambda: 1'): ('key', 'holds an address of memory: the function <lambda>'),
    ('gokart.SerializableParameter(object_type=A)', '3'): ('key', 'Load.x is given 3: it cannot be written into the key'),
}


@pytest.mark.parametrize('given', cases(GIVEN, {given: 'SerializableParameter' for given in GIVEN if 'Serializable' in given[0]}))
def test_refused_value(given: tuple[str, str], tmp_path: Path) -> None:
    parameter, value = given
    kind, words = GIVEN[given]
    resolution = resolved(tmp_path, CLASSES + HELD % (parameter, '', f'x={value}', '  # HERE'))
    check_wrong(Wrong(kind, words, ''), resolution, tmp_path)


KEPT = [
    ('luigi.IntParameter(default=None)', ''),
    ('luigi.IntParameter(default=1)', 'x=None'),
    ('luigi.IntParameter(default=2.0)', ''),
    ('luigi.FloatParameter(default=1)', ''),
    ('luigi.BoolParameter(default=None)', ''),
    ('luigi.BoolParameter()', "x='true'"),
    ('luigi.OptionalBoolParameter(default=None)', ''),
    ('luigi.OptionalIntParameter(default=None)', ''),
    ('luigi.OptionalParameter(default=None)', ''),
    ('luigi.Parameter(default=None)', ''),
    ('luigi.Parameter(default=datetime.datetime(2020, 1, 1))', ''),
    ('luigi.Parameter(default=Kind.RED)', ''),
    ('luigi.Parameter(default=object(), significant=False)', ''),
    ('luigi.DateParameter(default=None)', ''),
    ('luigi.DateSecondParameter(default=datetime.datetime.now())', ''),
    ('luigi.ListParameter(default=[1, {"a": [2]}])', ''),
    ('luigi.TupleParameter(default=((1, 2), (3, 4)))', ''),
    ('luigi.DictParameter(default={"a": 1})', ''),
    ('luigi.NumericalParameter(var_type=float, min_value=0, max_value=1, default=0.5)', ''),
    ('luigi.TimeDeltaParameter(default=datetime.timedelta(days=1))', ''),
    ('luigi.MonthParameter(default=datetime.date(2020, 1, 1))', ''),
    ('luigi.EnumListParameter(enum=Kind, default=(Kind.RED,))', ''),
    ("luigi.ChoiceListParameter(choices=['a', 'b'], default=('a',))", ''),
    ('gokart.ExplicitBoolParameter(default=True)', ''),
    ('gokart.TaskInstanceParameter(default=A())', ''),
    ('gokart.ListTaskInstanceParameter(default=[A()])', ''),
    ('luigi.TaskParameter(default=A)', ''),
]


@pytest.mark.parametrize('case', KEPT)
def test_right_values(case: tuple[str, str], tmp_path: Path) -> None:
    parameter, given = case
    resolution = resolved(tmp_path, CLASSES + HELD % (parameter, '', given, ''))
    assert (resolution.problems, resolution.notes) == ((), ())


def test_a_value_that_luigi_cannot_look_up_is_said(tmp_path: Path) -> None:
    resolution = resolved(tmp_path, CLASSES + HELD % ('luigi.Parameter(default={})', '', '', ''))
    assert resolution.problems == ()
    assert resolution.notes == ('Load.x holds a value that luigi cannot look up, so each call builds another, equal task',)


def test_two_classes_of_one_name(tmp_path: Path) -> None:
    text = """
        def make():
            class A(gokart.TaskOnKart):
                pass
            return A
        One, Two = make(), make()
        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter(expected_type=One)
        class Pipeline(gokart.TaskOnKart):
            def requires(self):
                return Train(data=Two())
        """
    (problem,) = resolved(tmp_path, text).problems
    assert 'They are two classes: ' in problem.message


def test_a_value_of_the_row_that_the_pipeline_refuses(tmp_path: Path) -> None:
    text = """
        class Pipeline(gokart.TaskOnKart):
            kind = luigi.ChoiceParameter(choices=['a', 'b'])
        """
    (problem,) = resolved(tmp_path, text, row=Row({'kind': 'c'})).problems
    assert (problem.kind, problem.message) == ('value', "Pipeline.kind is given the text 'c': its choices are 'a', 'b'")
