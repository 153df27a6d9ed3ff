"""A sample suits every parameter class: the task is built with it, writes it into its id, and reads it back."""

from __future__ import annotations

import datetime
import enum
import inspect
import operator
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import gokart
import gokart.parameter
import luigi
import luigi.parameter
import pytest
from luigi import date_interval

from pytest_gokart.parameters.samples import Sampler, Unsampled, sample
from pytest_gokart.parameters.sources import Sources, gather
from tests.pytest_gokart.newer import lacks, needs


class Metric(enum.Enum):
    MSE = 'mse'
    MAE = 'mae'


@dataclass(frozen=True)
class Options:
    """As projects write what a SerializableParameter holds."""

    name: str
    rate: float
    sizes: list[int]
    metric: Metric
    mode: Literal['fast', 'slow']
    since: datetime.date | None = None
    extra: dict[str, int] = field(default_factory=dict)

    def gokart_serialize(self) -> str:
        return f'{self.name}|{self.rate}|{self.sizes[0]}|{self.metric.name}|{self.mode}'

    @classmethod
    def gokart_deserialize(cls, text: str) -> Options:
        name, rate, size, metric, mode = text.split('|')
        return cls(name, float(rate), [int(size)], Metric[metric], mode)  # type: ignore[arg-type]


class SampledLoad(gokart.TaskOnKart):  # type: ignore[type-arg]
    grape: Any = luigi.Parameter()


_P: Any = luigi
_G: Any = gokart
BETWEEN = {'var_type': int, 'min_value': 3, 'max_value': 5}

PARAMETERS: dict[str, list[Any]] = {
    'Parameter': [_P.Parameter()],
    'IntParameter': [_P.IntParameter()],
    'FloatParameter': [_P.FloatParameter()],
    'BoolParameter': [_P.BoolParameter(), _P.BoolParameter(parsing='explicit')],
    'NumericalParameter': [
        _P.NumericalParameter(**BETWEEN),
        _P.NumericalParameter(**BETWEEN, left_op=operator.lt),
        _P.NumericalParameter(var_type=int, min_value=3, max_value=4, left_op=operator.lt, right_op=operator.le),
        _P.NumericalParameter(var_type=int, min_value=-7, max_value=-5),
        _P.NumericalParameter(var_type=float, min_value=0.0, max_value=1.0, left_op=operator.lt),
        _P.NumericalParameter(var_type=float, min_value=0.0, max_value=1e-300, left_op=operator.lt),
        _P.NumericalParameter(var_type=float, min_value=1e308, max_value=float('inf'), left_op=operator.lt),
        _P.NumericalParameter(var_type=float, min_value=float('-inf'), max_value=-2.5, right_op=operator.le),
        _P.NumericalParameter(var_type=float, min_value=2.0, max_value=2.0, right_op=operator.le),
        _P.NumericalParameter(var_type=int, min_value=2.5, max_value=3.5),
    ],
    'ChoiceParameter': [
        _P.ChoiceParameter(choices=['b', 'a']),
        _P.ChoiceParameter(choices=[3, 2], var_type=int),
        _P.ChoiceParameter(choices=[0.5], var_type=float),
        _P.ChoiceParameter(choices=[True, False], var_type=bool),
    ],
    'ChoiceListParameter': [
        _P.ChoiceListParameter(choices=['b', 'a']),
        _P.ChoiceListParameter(choices=['a,b', 'c']),
        _P.ChoiceListParameter(choices=[1, 2], var_type=int),
    ],
    'EnumParameter': [_P.EnumParameter(enum=Metric)],
    'EnumListParameter': [_P.EnumListParameter(enum=Metric)],
    'ListParameter': [
        _P.ListParameter(),
        _P.ListParameter(schema={'type': 'array', 'items': {'type': 'number', 'minimum': 3, 'maximum': 10}, 'minItems': 2}),
        _P.ListParameter(schema={'type': 'array', 'items': {'enum': ['red', 'white']}, 'uniqueItems': True, 'minItems': 2}),
        _P.ListParameter(schema={'prefixItems': [{'type': 'string'}, {'type': 'boolean'}], 'minItems': 2}),
        _P.ListParameter(
            schema={'$schema': 'http://json-schema.org/draft-07/schema#', 'items': [{'const': 3}, {'type': 'null'}], 'minItems': 2}
        ),
    ],
    'TupleParameter': [_P.TupleParameter(), _P.TupleParameter(schema={'items': {'type': 'integer'}, 'minItems': 1})],
    'DictParameter': [
        _P.DictParameter(),
        _P.DictParameter(schema={'type': 'object', 'patternProperties': {'.*': {'type': 'string', 'enum': ['web', 'staging']}}}),
        _P.DictParameter(
            schema={
                'type': 'object',
                'required': ['day', 'depth', 'inner'],
                'additionalProperties': False,
                'properties': {
                    'day': {'type': 'string', 'format': 'date', 'pattern': r'^\d{4}-\d\d-\d\d$'},
                    'depth': {'type': 'integer', 'exclusiveMinimum': 4, 'multipleOf': 5},
                    'inner': {'$ref': '#/definitions/inner'},
                },
                'definitions': {'inner': {'oneOf': [{'type': 'null'}, {'type': 'boolean'}]}},
            }
        ),
    ],
    'DateParameter': [_P.DateParameter(), _P.DateParameter(interval=7), _P.DateParameter(start=datetime.date(2030, 5, 5), interval=3)],
    'MonthParameter': [_P.MonthParameter(), _P.MonthParameter(interval=5)],
    'YearParameter': [_P.YearParameter(), _P.YearParameter(interval=3)],
    'DateHourParameter': [_P.DateHourParameter(), _P.DateHourParameter(interval=7)],
    'DateMinuteParameter': [_P.DateMinuteParameter(), _P.DateMinuteParameter(interval=7)],
    'DateSecondParameter': [_P.DateSecondParameter(), _P.DateSecondParameter(interval=7)],
    'DateIntervalParameter': [_P.DateIntervalParameter()],
    'TimeDeltaParameter': [_P.TimeDeltaParameter()],
    'PathParameter': [_P.PathParameter(), _P.PathParameter(exists=True), _P.PathParameter(absolute=True)],
    'TaskParameter': [_P.TaskParameter()],
    'OptionalParameter': [_P.OptionalParameter()],
    'OptionalStrParameter': [_P.OptionalStrParameter()],
    'OptionalIntParameter': [_P.OptionalIntParameter()],
    'OptionalFloatParameter': [_P.OptionalFloatParameter()],
    'OptionalBoolParameter': [_P.OptionalBoolParameter()],
    'OptionalDictParameter': [_P.OptionalDictParameter()],
    'OptionalListParameter': [_P.OptionalListParameter()],
    'OptionalTupleParameter': [_P.OptionalTupleParameter()],
    'OptionalPathParameter': [_P.OptionalPathParameter(), _P.OptionalPathParameter(exists=True)],
    'OptionalNumericalParameter': [_P.OptionalNumericalParameter(**BETWEEN)],
    'OptionalChoiceParameter': [_P.OptionalChoiceParameter(choices=['b', 'a'])],
    'TaskInstanceParameter': [_G.TaskInstanceParameter(), _G.TaskInstanceParameter(expected_type=SampledLoad)],
    'ListTaskInstanceParameter': [_G.ListTaskInstanceParameter(), _G.ListTaskInstanceParameter(expected_elements_type=SampledLoad)],
    'ExplicitBoolParameter': [_G.ExplicitBoolParameter()],
}
NEWER: dict[str, tuple[Any, ...]] = {'StrParameter': (_P,), 'SerializableParameter': (_G, Options), 'ZonedDateSecondParameter': (_G,)}
CASES = [
    *(pytest.param(each, id=f'{name}-{place}') for name, found in PARAMETERS.items() for place, each in enumerate(found)),
    *(
        pytest.param(None if lacks(name) else getattr(module, name)(*arguments), id=name, marks=needs(name))
        for name, (module, *arguments) in NEWER.items()
    ),
]


def test_every_parameter_class_of_luigi_and_gokart_is_tried() -> None:
    found = {
        name
        for module in (luigi.parameter, gokart.parameter)
        for name, made in vars(module).items()
        if inspect.isclass(made) and issubclass(made, luigi.Parameter) and not name.startswith('_') and made.__module__ == module.__name__
    }
    assert found == {*PARAMETERS, *(name for name in NEWER if not lacks(name))}


def task_with(parameter: Any, name: str = 'value', annotation: Any = None) -> Any:
    members: dict[str, Any] = {name: parameter, '__module__': __name__}
    if annotation is not None:
        members['__annotations__'] = {name: annotation}
    return type(_G.TaskOnKart)('Task', (gokart.TaskOnKart,), members)


@pytest.mark.parametrize('parameter', CASES)
@pytest.mark.parametrize('name', ['value', 'end_date', 'max_size', 'column_names', 'model_path'])
def test_a_sample_builds_the_task_and_comes_back_from_its_text(parameter: Any, name: str) -> None:
    owner = task_with(parameter, name)
    value = sample(owner, name, parameter)
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        built = owner(**{name: value})
        text = built.to_str_params()[name]
        assert isinstance(text, str)
        assert parameter.normalize(parameter.parse(text)) == value
        again = owner(**{name: parameter.parse(text)})
    assert again.task_id == built.task_id
    assert value is not None


@pytest.mark.parametrize('parameter', CASES)
def test_a_sample_is_always_the_same(parameter: Any) -> None:
    owner = task_with(parameter)
    assert parameter.serialize(sample(owner, 'value', parameter)) == parameter.serialize(sample(owner, 'value', parameter))


@pytest.mark.parametrize(
    ('parameter', 'expected'),
    [
        (_P.ChoiceParameter(choices=['b', 'a', 'c']), 'a'),
        (_P.EnumParameter(enum=Metric), Metric.MSE),
        (_P.NumericalParameter(**BETWEEN), 4),
        (_P.DateIntervalParameter(), date_interval.Date(2020, 1, 1)),  # type: ignore[no-untyped-call]
        (_P.TimeDeltaParameter(), datetime.timedelta(days=1)),
    ],
)
def test_samples_are_plain(parameter: Any, expected: object) -> None:
    assert sample(task_with(parameter), 'value', parameter) == expected


@pytest.mark.parametrize(
    ('parameter', 'name', 'expected'),
    [
        (_P.Parameter(), 'start_date', '2020-01-01'),
        (_P.Parameter(), 'end_date', '2020-01-02'),
        (_P.Parameter(), 'date_file_path', 'sample.pkl'),
        (_P.Parameter(), 'target_month', '2020-01'),
        (_P.Parameter(), 'date_format', '%Y-%m-%d'),
        (_P.Parameter(), 'grape', 'sample'),
        (_P.DateParameter(), 'start_date', datetime.date(2020, 1, 1)),
        (_P.DateParameter(), 'end_date', datetime.date(2020, 1, 2)),
        (_P.MonthParameter(), 'until', datetime.date(2020, 2, 1)),
        (_P.YearParameter(), 'endYear', datetime.date(2021, 1, 1)),
        (_P.DateHourParameter(), 'to', datetime.datetime(2020, 1, 1, 1)),
        (_P.IntParameter(), 'year', 2020),
        (_P.ListParameter(), 'dates', ('2020-01-01',)),
        (_P.DictParameter(), 'model_kwargs', {}),
    ],
)
def test_names_say_what_suits(parameter: Any, name: str, expected: object) -> None:
    assert sample(task_with(parameter, name), name, parameter) == expected


@pytest.mark.parametrize(
    ('parameter', 'annotation', 'expected'),
    [
        (_P.ListParameter(), list[int], (1,)),
        pytest.param(_P.ListParameter(), 'luigi.Parameter[list[int]]', (1,), marks=needs('a generic Parameter')),
        (_P.ListParameter(), 'list[float]', (0.5,)),
        (_P.ListParameter(), 'list[int] | None', (1,)),
        (_P.ListParameter(), tuple[int, float], (1, 0.5)),
        (_P.DictParameter(), dict[str, int], {'sample': 1}),
        (_P.Parameter(), Literal['red', 'white'], 'red'),
        (_P.ListParameter(), 'list[OnlyForTypeCheckers]', ('sample',)),
        (_P.ListParameter(), list[datetime.date], ('sample',)),  # luigi could not write it
    ],
)
def test_annotations_say_what_suits(parameter: Any, annotation: Any, expected: object) -> None:
    assert sample(task_with(parameter, 'value', annotation), 'value', parameter) == expected


# --- classes of the project's own --------------------------------------------------------------------------------------


class Separated(luigi.Parameter):
    def parse(self, x: str) -> tuple[int, ...]:
        return tuple(int(each) for each in x.split('/'))

    def serialize(self, x: tuple[int, ...]) -> str:
        return '/'.join(map(str, x))


class OnlyReads(luigi.Parameter):
    """As many a project's class is: it does not read what it writes."""

    def parse(self, x: str) -> list[int]:
        return [int(each) for each in x.split(',')]


class Even(luigi.IntParameter):
    def normalize(self, x: int) -> int:
        if x % 2:
            raise ValueError(f'{x} is odd')
        return x


class Size(luigi.Parameter):
    @classmethod
    def _parser_kwargs(cls, param_name: str, task_name: str | None = None) -> dict[str, object]:
        return {'choices': ['S', 'M']}

    def parse(self, x: str) -> str:
        if x not in ('S', 'M'):
            raise ValueError(f'no size {x}')
        return x


class Range(luigi.DateParameter):
    def parse(self, s: str) -> Any:
        day: Any = super()
        return day.parse(s)


class Grape(luigi.Parameter):
    def normalize(self, x: str) -> str:
        if x != 'riesling':
            raise ValueError(f'unknown grape {x}')
        return x


@pytest.mark.parametrize(
    ('parameter', 'expected'),
    [
        (Separated(), (1,)),
        (OnlyReads(), [1]),
        (Even(), 0),
        (Size(), 'S'),
        (Range(), datetime.date(2020, 1, 1)),
        (type('JustANewName', (luigi.IntParameter,), {})(), 1),
    ],
)
def test_a_class_of_the_project_s_own_is_answered_by_what_it_reads(parameter: Any, expected: object) -> None:
    assert sample(task_with(parameter), 'value', parameter) == expected


class Empty(enum.Enum):
    pass


class Odd:
    def __init__(self, grape) -> None:  # type: ignore[no-untyped-def]
        self.grape = grape


@pytest.mark.parametrize(
    ('parameter', 'reason'),
    [
        (Grape(), "it does not take the text 'sample': ValueError: unknown grape sample"),
        (_P.EnumParameter(enum=Empty), 'Empty has no members'),
        (_P.ChoiceParameter(choices=[]), 'it has no choices'),
        (_P.NumericalParameter(var_type=int, min_value=5, max_value=3), r'no value was found for int in \[5, 3\)'),
        (
            _P.ListParameter(schema={'type': 'array', 'items': {'type': 'string', 'pattern': '^zz[0-9]{7}$'}, 'minItems': 1}),
            'ValidationError',
        ),
    ],
)
def test_what_cannot_be_made_up_says_why(parameter: Any, reason: str) -> None:
    with pytest.raises(Unsampled, match=reason):
        sample(task_with(parameter), 'value', parameter)


@needs('SerializableParameter')
def test_an_object_that_cannot_be_made_up_says_why() -> None:
    parameter = _G.SerializableParameter(Odd)
    with pytest.raises(Unsampled, match='Odd needs grape, which has no default and no annotation'):
        sample(task_with(parameter), 'value', parameter)


# --- pydantic, attrs and plain classes ---------------------------------------------------------------------------------


@needs('SerializableParameter')
def test_a_pydantic_model_is_made_within_its_constraints() -> None:
    pydantic = pytest.importorskip('pydantic')
    members = {
        '__annotations__': {'grape': str, 'vintage': int, 'share': float, 'metric': Metric, 'inner': Any, 'name': str},
        'vintage': pydantic.Field(ge=1900, le=2100),
        'share': pydantic.Field(gt=0, lt=1),
        'inner': None,
        'name': pydantic.Field(min_length=9),
        'gokart_serialize': lambda self: self.model_dump_json(),
        'gokart_deserialize': classmethod(lambda cls, text: cls.model_validate_json(text)),
        '__module__': __name__,
    }
    parameter = _G.SerializableParameter(type('Model', (pydantic.BaseModel,), members))
    value: Any = sample(task_with(parameter), 'value', parameter)
    assert value.metric is Metric.MSE
    assert (value.vintage, len(value.name)) == (1901, 9)


# --- tasks -------------------------------------------------------------------------------------------------------------


class Abstract(gokart.TaskOnKart):  # type: ignore[type-arg]
    def requires(self) -> Any:
        raise NotImplementedError


class Concrete(Abstract):
    load: Any = gokart.TaskInstanceParameter(expected_type=SampledLoad)
    loads: Any = gokart.ListTaskInstanceParameter(expected_elements_type=SampledLoad)
    day: Any = luigi.DateParameter()

    def requires(self) -> Any:
        return self.load


class Chicken(gokart.TaskOnKart):  # type: ignore[type-arg]
    egg: Any = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)


class Egg(gokart.TaskOnKart):  # type: ignore[type-arg]
    chicken: Any = gokart.TaskInstanceParameter(expected_type=Chicken)


Chicken.egg.expected_type = Egg


class Node(gokart.TaskOnKart):  # type: ignore[type-arg]
    parent: Any = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)


class Leaf(Node):
    parent: Any = luigi.IntParameter(default=0)


Node.parent.expected_type = Node


class Mixin:
    """A type of task that is no task class."""


class Fussy(gokart.TaskOnKart, Mixin):  # type: ignore[type-arg]
    grape: Any = Grape()


def test_a_task_is_built_with_samples_of_its_own() -> None:
    parameter = _G.TaskInstanceParameter(expected_type=Abstract)
    value: Any = sample(task_with(parameter), 'value', parameter)
    assert isinstance(value, Concrete)
    assert (value.load.grape, value.day) == ('sample', datetime.date(2020, 1, 1))
    assert value.loads == (value.load,)


def test_an_annotation_narrows_the_type_of_a_task() -> None:
    one, many = _G.TaskInstanceParameter(), _G.ListTaskInstanceParameter()
    assert isinstance(sample(task_with(one, 'value', SampledLoad), 'value', one), SampledLoad)
    assert [type(each) for each in sample(task_with(many, 'value', list[SampledLoad]), 'value', many)] == [SampledLoad]  # type: ignore[attr-defined]
    assert type(sample(task_with(one, 'value', gokart.TaskOnKart[int]), 'value', one)) is gokart.TaskOnKart


@needs('a generic TaskInstanceParameter')
def test_the_annotation_of_a_parameter_narrows_the_type_of_a_task() -> None:
    one = _G.TaskInstanceParameter()
    assert isinstance(sample(task_with(one, 'value', gokart.TaskInstanceParameter[SampledLoad]), 'value', one), SampledLoad)


def test_a_subclass_ends_a_recursion() -> None:
    parameter = _G.TaskInstanceParameter(expected_type=Node)
    value: Any = sample(task_with(parameter), 'value', parameter)
    assert isinstance(value.parent, Leaf)


def test_a_recursion_without_end_is_said() -> None:
    parameter = _G.TaskInstanceParameter(expected_type=Chicken)
    with pytest.raises(Unsampled, match='Chicken needs Egg needs Chicken, and so on without end'):
        sample(task_with(parameter), 'value', parameter)


def test_what_a_task_lacks_is_said_with_every_way_to_give_it() -> None:
    found = Sampler(Sources('')).complete(task_with(_G.TaskInstanceParameter(expected_type=Mixin), 'wine'))
    (problem,) = found.problems
    assert problem.message.startswith('Task.wine (TaskInstanceParameter) has no value, and none can be made up: Fussy.grape (Grape) has no')
    assert f'[tool.pytest-gokart.parameters."{__name__}.Fussy"]` with `grape = ...`' in problem.message
    assert "{'wine': a task}` (for this class alone)" in problem.message


def test_a_sample_task_takes_what_is_given_for_its_class() -> None:
    parameter = _G.TaskInstanceParameter(expected_type=Fussy)
    sources = gather('', hook=lambda task_class: [{'grape': 'riesling'} if task_class is Fussy else None])
    value: Any = Sampler(sources).sample(task_with(parameter), 'value', parameter)
    assert value.grape == 'riesling'


def test_an_existing_path_is_that_of_the_class(tmp_path: Path) -> None:
    parameter = _P.PathParameter(exists=True)
    assert sample(task_with(parameter), 'table', parameter) == Path(__file__)
    assert sample(task_with(parameter), 'data_dir', parameter) == Path(__file__).parent
