"""The rows of a pipeline: its own values first, then its branches, only where resolving can read them, and always the same ones."""

from __future__ import annotations

import enum
import functools
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gokart
import luigi
import luigi.parameter
import luigi.util
import pytest
from gokart.config_params import inherits_config_params

from pytest_gokart.parameters.reads import may_read
from pytest_gokart.parameters.rows import Rows, rows_for
from pytest_gokart.parameters.sources import Sources, gather
from tests.pytest_gokart.newer import needs

SAID = Sources('')
_G: Any = gokart
_L: Any = luigi


class Metric(enum.Enum):
    MSE = 'mse'
    MAE = 'mae'


class Load(gokart.TaskOnKart):  # type: ignore[type-arg]
    grape: Any = luigi.Parameter(default='riesling')


class Base(gokart.TaskOnKart):  # type: ignore[type-arg]
    """Reads every parameter of a subclass."""

    def requires(self: Any) -> Any:
        return self.clone(Load)


def labels(task_class: type, limit: int = 16, sources: Sources = SAID) -> list[str]:
    return [row.label for row in rows_for(task_class, sources, limit).rows]


def pipeline(**parameters: Any) -> Any:
    return type(_G.TaskOnKart)('Pipeline', (Base,), {**parameters, '__module__': __name__})


def test_without_branches_there_is_one_row() -> None:
    found = rows_for(pipeline(n=luigi.IntParameter(), name=luigi.Parameter(default='x')), SAID, 16)
    (row,) = found.rows
    assert (row.label, row.values, row.beyond) == ('', {'n': 1}, False)
    assert row.origins == {'n': 'a sample', 'name': 'its default'}
    assert (found.cut, found.problems) == (0, ())


NONE_BY_DEFAULT = needs('the default None of an Optional parameter')


@pytest.mark.parametrize(
    ('parameter', 'expected'),
    [
        (luigi.BoolParameter(), ['', 'x=True']),
        (luigi.BoolParameter(default=True), ['', 'x=False']),
        (_G.ExplicitBoolParameter(), ['', 'x=True']),
        pytest.param(luigi.OptionalBoolParameter(), ['', 'x=False', 'x=True'], marks=NONE_BY_DEFAULT),
        (luigi.ChoiceParameter(choices=['c', 'b', 'a']), ['', "x='b'", "x='c'"]),
        (luigi.ChoiceParameter(choices=['c', 'b', 'a'], default='c'), ['', "x='a'", "x='b'"]),
        (luigi.ChoiceParameter(choices=[1, 2], var_type=int), ['', 'x=2']),
        (luigi.OptionalChoiceParameter(choices=['b', 'a'], default='b'), ['', 'x=None', "x='a'"]),
        (luigi.OptionalChoiceParameter(choices=['b', 'a']), ['', 'x=None', "x='b'"]),
        (luigi.EnumParameter(enum=Metric), ['', 'x=MAE']),
        (luigi.EnumParameter(enum=Metric, default=Metric.MAE), ['', 'x=MSE']),
        (luigi.ChoiceListParameter(choices=['b', 'a'], default=()), ['', 'x=a,b']),
        (luigi.ChoiceListParameter(choices=[1, 2], var_type=int), ['']),
        (luigi.EnumListParameter(enum=Metric), ['', 'x=MSE,MAE']),
        pytest.param(luigi.OptionalParameter(), ['', "x='sample'"], marks=NONE_BY_DEFAULT),
        (luigi.OptionalParameter(default='y'), ['', 'x=None', "x='sample'"]),
        (luigi.OptionalIntParameter(default=1), ['', 'x=None']),
        pytest.param(luigi.OptionalListParameter(), ['', 'x=["sample"]'], marks=NONE_BY_DEFAULT),
        (luigi.OptionalPathParameter(default='here'), ['', 'x=', 'x=sample']),
        (luigi.IntParameter(default=1), ['']),
        (luigi.ListParameter(default=()), ['']),
    ],
)
def test_all_values_are_tried_the_own_one_first(parameter: Any, expected: list[str]) -> None:
    assert [
        label.replace('None', '') if label == 'x=None' and 'x=' in expected else label for label in labels(pipeline(x=parameter))
    ] == expected


def test_pairs_are_tried_and_other_rows_go_beyond() -> None:
    found = rows_for(
        pipeline(a=luigi.BoolParameter(), b=luigi.BoolParameter(), m=luigi.EnumParameter(enum=Metric), n=luigi.IntParameter()), SAID, 16
    )
    rows = found.rows
    assert rows[0].values == {'m': Metric.MSE, 'n': 1}
    assert [row.beyond for row in rows] == [False, *[True] * (len(rows) - 1)]
    whole = [{'a': False, 'b': False, **row.values} for row in rows]
    assert {(row['a'], row['b']) for row in whole} == {(x, y) for x in (False, True) for y in (False, True)}
    assert {(row['a'], row['m']) for row in whole} == {(x, y) for x in (False, True) for y in Metric}
    assert len(rows) == 4
    assert rows[1].origins[rows[1].label.partition('=')[0]] == 'a branch'


def test_a_row_says_which_of_its_values_are_made_up() -> None:
    rows = rows_for(pipeline(x=luigi.OptionalParameter(default='y')), SAID, 16).rows
    assert [(row.label, row.origins['x']) for row in rows] == [('', 'its default'), ('x=None', 'a branch'), ("x='sample'", 'a sample')]


def test_no_more_rows_than_the_limit_and_the_cut_is_counted() -> None:
    many = pipeline(**{f'p{number}': luigi.ChoiceParameter(choices=['a', 'b', 'c', 'd', 'e']) for number in range(3)})
    found = rows_for(many, SAID, 16)
    assert len(found.rows) == 16
    assert found.cut > 0
    assert rows_for(many, SAID, 1000).cut == 0
    assert labels(many, 1) == ['']


def test_rows_that_would_be_told_alike_get_numbers() -> None:
    choices = [f'{"x" * 50}{number}' for number in range(3)]
    assert len(set(labels(pipeline(x=luigi.ChoiceParameter(choices=choices))))) == 3


@pytest.fixture
def config() -> Iterator[Any]:
    parser: Any = _L.configuration.get_config()
    parser.read_dict({'Pipeline': {'full': 'true', 'n': '3', 'metric': 'MAE', 'wrong': 'x'}})
    yield parser
    parser.remove_section('Pipeline')


def test_values_of_the_configuration_come_first_and_are_left_to_luigi(config: Any) -> None:
    task = pipeline(full=luigi.BoolParameter(), n=luigi.IntParameter(), metric=luigi.EnumParameter(enum=Metric))
    found = rows_for(task, SAID, 16).rows
    assert found[0].values == {}
    assert found[0].origins['n'] == "luigi's configuration, or the class itself"
    assert [row.label for row in found] == ['', 'full=False', 'metric=MSE', 'full=False, metric=MSE']
    assert found[1].values == {'full': False}


def test_what_does_not_parse_is_left_to_luigi_too(config: Any) -> None:
    found = rows_for(pipeline(wrong=luigi.IntParameter(), full=luigi.BoolParameter(default=True)), SAID, 16)
    assert [row.label for row in found.rows] == ['', 'full=False']
    assert found.rows[0].values == {}
    assert labels(pipeline(wrong=luigi.BoolParameter(default=True))) == ['']


def test_asking_takes_no_warning_away_from_the_run(config: Any) -> None:
    task = pipeline(n=luigi.IntParameter())
    rows_for(task, SAID, 16)
    with pytest.warns(luigi.parameter.UnconsumedParameterWarning):
        task()


def test_gokart_s_own_section_counts_over_the_others(config: Any) -> None:
    config.read_dict({'TaskOnKart': {'full': 'false'}})
    try:
        assert labels(pipeline(full=luigi.BoolParameter(default=True))) == ['', 'full=True']
    finally:
        config.remove_section('TaskOnKart')


# --- what resolving reads ----------------------------------------------------------------------------------------------


def helper(task: Any) -> Any:
    return task.flag


def wrapped(function: Any) -> Any:
    @functools.wraps(function)
    def wrapper(self: Any) -> Any:
        return function(self)

    return wrapper


class OnlyRun(gokart.TaskOnKart):  # type: ignore[type-arg]
    flag: Any = luigi.BoolParameter()
    other: Any = luigi.BoolParameter()

    def requires(self) -> Any:
        return {'load': Load(grape='x')}

    def run(self) -> None:
        self.dump(self.flag)


class InRequires(OnlyRun):
    def requires(self) -> Any:
        return Load() if self.flag else super().requires()


class InBase(InRequires):
    def requires(self) -> Any:
        return [super().requires(), super(InBase, self).requires()]  # noqa: UP008


class InProperty(OnlyRun):
    @property
    def wine(self) -> Any:
        return [self._wine for _ in range(2)] if [each for each in (1, 2) if self.other] else None

    @functools.cached_property
    def _wine(self) -> Any:
        return f'{self} {isinstance(self, Load)} {type(self).__name__}' and getattr(self, 'flag', None)

    def requires(self) -> Any:
        return Load(grape=self.wine)


class InOutput(OnlyRun):
    def output(self) -> Any:
        return self.make_target(f'{self.flag}.csv')


class InConstructor(OnlyRun):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wine = self.flag


class Partial(OnlyRun):
    def _wine(self, name: str) -> Any:
        return getattr(self, name)

    wine = functools.partialmethod(_wine, 'flag')

    def requires(self) -> Any:
        return self.wine()


class Wrapped(OnlyRun):
    @wrapped
    def requires(self) -> Any:
        return self.flag


class HandedOn(OnlyRun):
    def requires(self) -> Any:
        return helper(self)


class Cloned(OnlyRun):
    def requires(self: Any) -> Any:
        return self.clone(Load)


class Looked(OnlyRun):
    def requires(self) -> Any:
        return [getattr(self, name) for name in ('flag', 'other')]


class Generated(OnlyRun):
    exec('def requires(self): return self.flag')


@_L.util.requires(OnlyRun)
class Decorated(gokart.TaskOnKart):  # type: ignore[type-arg]
    pass


class Default(gokart.TaskOnKart):  # type: ignore[type-arg]
    flag: Any = luigi.BoolParameter()
    load: Any = gokart.TaskInstanceParameter(expected_type=Load)


@pytest.mark.parametrize(
    ('task_class', 'expected'),
    [
        (OnlyRun, set()),
        (InRequires, {'flag'}),
        (InBase, {'flag'}),
        (InProperty, {'flag', 'other'}),
        (InOutput, {'flag'}),
        (InConstructor, {'flag'}),
        (Wrapped, {'flag'}),
        (Default, set()),
    ],
)
def test_only_what_resolving_can_read_makes_branches(task_class: Any, expected: set[str]) -> None:
    read = may_read(task_class)
    assert read is not None
    assert read & {'flag', 'other'} == expected
    branching = {part.partition('=')[0] for label in labels(task_class) if label for part in label.split(', ')}
    assert branching == expected


@pytest.mark.parametrize('task_class', [HandedOn, Cloned, Looked, Generated, Partial, Decorated])
def test_where_the_task_is_handed_on_all_parameters_make_branches(task_class: Any) -> None:
    assert may_read(task_class) is None
    assert len(labels(task_class)) == 4


def test_gokart_s_own_flags_make_no_branches() -> None:
    assert labels(pipeline()) == ['']
    assert labels(pipeline(rerun=luigi.BoolParameter())) == ['', 'rerun=True']


# --- configuration classes ---------------------------------------------------------------------------------------------


class WineConfig(luigi.Config):
    grape: Any = luigi.Parameter(default='silvaner')
    full: Any = luigi.BoolParameter(default=True)


@inherits_config_params(WineConfig, parameter_alias={'full': 'whole'})
class Configured(Base):
    grape: Any = luigi.Parameter()
    whole: Any = luigi.BoolParameter()
    n: Any = luigi.IntParameter()


def _built(task_class: Any, values: Any) -> Any:
    return task_class(**values)


def test_what_a_configuration_class_gives_is_neither_sampled_nor_lost() -> None:
    found = rows_for(Configured, SAID, 16).rows
    assert found[0].values == {'n': 1}
    assert [row.label for row in found] == ['', 'whole=False']
    assert _built(Configured, found[0].values).grape == 'silvaner'


# --- problems ----------------------------------------------------------------------------------------------------------


def test_a_wrong_pipeline_has_one_row_and_all_problems() -> None:
    class Grape(luigi.Parameter):
        def normalize(self, x: str) -> str:
            raise ValueError(f'unknown grape {x}')

    found: Rows = rows_for(pipeline(a=Grape(), b=Grape(), flag=luigi.BoolParameter()), SAID, 16)
    assert [row.label for row in found.rows] == ['']
    assert [problem.message.partition(' ')[0] for problem in found.problems] == ['Pipeline.a', 'Pipeline.b']


def test_only_what_was_given_wrongly_is_said_if_something_was() -> None:
    found = rows_for(pipeline(grape=luigi.Parameter()), gather('', hook=lambda _: [{'grap': 'x'}]), 16)
    assert [problem.message for problem in found.problems] == [
        "pytest_gokart_parameters in conftest.py: Pipeline has no parameter 'grap'; did you mean 'grape'?"
    ]


def test_the_rows_are_the_same_in_every_process(tmp_path: Path) -> None:
    (tmp_path / 'tasks.py').write_text(
        textwrap.dedent("""\
            import enum, json, gokart, luigi
            from pytest_gokart.parameters.rows import rows_for
            from pytest_gokart.parameters.sources import Sources

            class P(gokart.TaskOnKart):
                metric = luigi.ChoiceParameter(choices=['mse', 'mae', 'rmse', 'r2'])
                other = luigi.ChoiceParameter(choices=['w', 'x', 'y', 'z'], default='y')
                full = luigi.BoolParameter()
                task = luigi.TaskParameter()

                def requires(self):
                    return self.clone(gokart.TaskOnKart)

            found = rows_for(P, Sources(''), 9)
            print(json.dumps([[row.label, sorted(map(str, row.values.items()))] for row in found.rows] + [found.cut]))
            """),
        encoding='utf-8',
    )
    said = set()
    for seed in ('1', '2', '3'):
        environment = {**os.environ, 'PYTHONHASHSEED': seed, 'PYTHONPATH': str(Path(__file__).parents[2])}
        done = subprocess.run([sys.executable, 'tasks.py'], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        said.add(done.stdout)
    assert len(said) == 1
    assert len(json.loads(said.pop())) == 10
