"""Where values come from: hook, pyproject.toml, luigi's configuration, default, sample; what is given wrongly is said with its place."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import gokart
import luigi
import pytest

from pytest_gokart import hookspecs
from pytest_gokart.parameters.origins import found_by_luigi, sampled
from pytest_gokart.parameters.samples import Sampler
from pytest_gokart.parameters.sources import Given, Sources, gather
from pytest_gokart.parameters.tables import SettingsError, read
from tests.project.building import load, write
from tests.pytest_gokart.newer import lacks, needs


class Metric(enum.Enum):
    MSE = 'mse'
    MAE = 'mae'


class Wine:
    def __init__(self, grape: str) -> None:
        self.grape = grape

    def gokart_serialize(self) -> str:
        return f'{{"grape": "{self.grape}"}}'

    @classmethod
    def gokart_deserialize(cls, text: str) -> Wine:
        import json

        return cls(json.loads(text)['grape'])


class SourceLoad(gokart.TaskOnKart):  # type: ignore[type-arg]
    grape: Any = luigi.Parameter(default='riesling')


class SourceTrain(gokart.TaskOnKart):  # type: ignore[type-arg]
    n: Any = luigi.IntParameter()
    share: Any = luigi.FloatParameter(default=0.1)
    flag: Any = luigi.BoolParameter()
    day: Any = luigi.DateParameter(default=datetime.date(2019, 1, 1))
    metric: Any = luigi.EnumParameter(enum=Metric, default=Metric.MSE)
    names: Any = luigi.ListParameter(default=())
    options: Any = luigi.DictParameter(default={})
    title: Any = luigi.Parameter(default='')
    maybe: Any = luigi.OptionalIntParameter(default=1)
    size: Any = luigi.NumericalParameter(var_type=int, min_value=0, max_value=9, default=1)
    if not lacks('SerializableParameter'):
        wine: Any = gokart.SerializableParameter(Wine, default=Wine('silvaner'))
    load_task: Any = gokart.TaskInstanceParameter(expected_type=SourceLoad, default=SourceLoad())
    loads: Any = gokart.ListTaskInstanceParameter(expected_elements_type=SourceLoad, default=[])
    __version = luigi.IntParameter(default=1)


NAME = f'{__name__}.SourceTrain'


def toml(folder: Path, text: str) -> Sources:
    write(folder, {'pyproject.toml': f'[project]\nname = "x"\n\n[tool.pytest-gokart.parameters."{NAME}"]\n{dedent(text)}'})
    return gather(str(folder))


def messages(given: Given) -> list[str]:
    return [problem.message for problem in given.problems]


# --- the hook ----------------------------------------------------------------------------------------------------------


def test_the_nearest_answer_of_the_hook_wins_name_by_name() -> None:
    answers = [None, {'n': 3}, {'n': 4, 'title': 'far'}]
    given = gather('', hook=lambda task_class: answers if task_class is SourceTrain else ()).given(SourceTrain)
    assert given.values == {'n': 3, 'title': 'far'}
    assert given.origins == dict.fromkeys(('n', 'title'), 'pytest_gokart_parameters in conftest.py')
    assert gather('', hook=lambda task_class: answers if task_class is SourceTrain else ()).given(SourceLoad) == Given()


class Near:
    @staticmethod
    def pytest_gokart_parameters(task_class: type) -> dict[str, object]:
        return {'n': 3}


class Far:
    @staticmethod
    def pytest_gokart_parameters() -> dict[str, object]:
        return {'n': 4, 'title': 'far'}


def test_pytest_gives_the_answers_of_the_hook_in_this_order() -> None:
    manager = pytest.PytestPluginManager()
    manager.add_hookspecs(hookspecs)
    manager.register(Far())
    manager.register(Near())  # pytest reads the conftest.py of a deeper folder later
    given = gather('', hook=lambda task_class: manager.hook.pytest_gokart_parameters(task_class=task_class)).given(SourceTrain)
    assert given.values == {'n': 3, 'title': 'far'}


def test_the_hook_comes_before_pyproject(tmp_path: Path) -> None:
    sources = toml(tmp_path, 'n = 1\ntitle = "here"\n')
    given = gather(sources.root, hook=lambda _: [{'n': 2}]).given(SourceTrain)
    assert given.values == {'n': 2, 'title': 'here'}
    assert given.origins['title'] == 'pyproject.toml:6'


@pytest.mark.parametrize(
    ('answer', 'said'),
    [
        ({'m': 1}, "SourceTrain has no parameter 'm'"),
        ({'naems': ()}, "SourceTrain has no parameter 'naems'; did you mean 'names'?"),
        ({'workspace_dir': 'x'}, "SourceTrain has no parameter 'workspace_dir'; did you mean 'workspace_directory'?"),
        ({'n': '3'}, "SourceTrain.n, an IntParameter, does not take the text '3': luigi would read it as 3"),
        ({'n': 1.5}, "does not take 1.5: ValueError: invalid literal for int() with base 10: '1.5'"),
        ({'size': 9}, 'does not take 9: ValueError: 9 is not in the set of int in [0, 9)'),
        ({'flag': 'yes'}, "does not take the text 'yes': luigi would turn it into None"),
        ({'metric': 'MSE'}, "does not take the text 'MSE': AttributeError"),
        ({'maybe': 'x'}, "does not take the text 'x'"),
        ({'title': 3}, 'is not of type string'),
        ({'names': {1, 2}}, 'does not take a set: TypeError'),
        ({'load_task': SourceLoad}, 'does not take the class SourceLoad'),
        ({'load_task': 3}, 'does not take 3: '),
        ([1], 'must give a dict from names to values, or None, not a list'),
    ],
)
def test_a_wrong_answer_of_the_hook_is_said(answer: object, said: str) -> None:
    (message,) = messages(gather('', hook=lambda _: [answer]).given(SourceTrain))
    assert message.startswith('pytest_gokart_parameters in conftest.py')
    assert said in message


def test_right_answers_of_the_hook_are_taken() -> None:
    values = {
        'n': 3,
        'share': 1,
        'flag': True,
        'maybe': None,
        'load_task': SourceLoad(grape='x'),
        'loads': [SourceLoad()],
        'size': 8,
        'rerun': True,
    }
    given = gather('', hook=lambda _: [values]).given(SourceTrain)
    assert (given.values, given.problems) == (values, ())


def test_a_hook_that_raises_is_said_with_its_line() -> None:
    def hook(task_class: type) -> list[object]:
        raise KeyError('grape')

    (problem,) = gather('', hook=hook).given(SourceTrain).problems
    assert problem.message == "pytest_gokart_parameters in conftest.py raised KeyError: 'grape'"
    assert str(problem.at) == f'{__file__}:{hook.__code__.co_firstlineno + 1}'


# --- pyproject.toml ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('line', 'name', 'expected'),
    [
        ('n = 3', 'n', 3),
        ('n = "3"', 'n', 3),
        ('share = 1', 'share', 1.0),
        ('flag = "true"', 'flag', True),
        ('day = 2020-02-03', 'day', datetime.date(2020, 2, 3)),
        ('day = "2020-02-03"', 'day', datetime.date(2020, 2, 3)),
        ('metric = "MAE"', 'metric', Metric.MAE),
        ('names = ["a", "b"]', 'names', ('a', 'b')),
        ('names = "[1]"', 'names', (1,)),
        ('options = { a = [1] }', 'options', {'a': (1,)}),
        ('title = "3"', 'title', '3'),
        ('maybe = ""', 'maybe', None),
        ('load_task = { type = "SourceLoad", params = { grape = "x" } }', 'load_task', SourceLoad(grape='x')),
        ('loads = [{ type = "SourceLoad", params = { grape = "x" } }]', 'loads', [SourceLoad(grape='x')]),
        ('_SourceTrain__version = 2', '_SourceTrain__version', 2),
        ('rerun = true', 'rerun', True),
    ],
)
def test_a_value_of_pyproject_is_read_as_the_parameter_reads_it(tmp_path: Path, line: str, name: str, expected: object) -> None:
    given = toml(tmp_path, line).given(SourceTrain)
    assert messages(given) == []
    assert given.values == {name: expected}
    assert type(given.values[name]) is type(expected) or name == 'options'
    assert given.origins == {name: 'pyproject.toml:5'}


@needs('SerializableParameter')
def test_a_table_makes_an_object(tmp_path: Path) -> None:
    value: Any = toml(tmp_path, 'wine = { grape = "riesling" }').given(SourceTrain).values['wine']
    assert value.grape == 'riesling'


def test_all_wrong_values_of_pyproject_are_said_with_their_lines(tmp_path: Path) -> None:
    given = toml(
        tmp_path,
        """\
        share = 0.5
        naems = []
        n = 1.5
        metric = "MEA"
        title = { a = 1 }
        """,
    ).given(SourceTrain)
    assert given.values == {'share': 0.5}
    holder = 'SourceTrain.metric, an EnumParameter,'
    assert messages(given) == [
        "SourceTrain has no parameter 'naems'; did you mean 'names'?",
        "SourceTrain.n, an IntParameter, does not take 1.5: ValueError: invalid literal for int() with base 10: '1.5'",
        f"{holder} does not take the text 'MEA': ValueError: Invalid enum value - could not be parsed",
        'SourceTrain.title, a Parameter, does not take a dict: Parameter "title" with value "{\'a\': 1}" is not of type string.',
    ]
    assert [str(problem.at) for problem in given.problems] == [f'pyproject.toml:{line}' for line in (6, 7, 8, 9)]


def test_a_table_that_names_no_class_is_said(tmp_path: Path) -> None:
    (problem,) = toml(tmp_path, 'n = 1').misnamed(['tests.pytest_gokart.test_sources.SourceTrainer', 'other.SourceLoad'])
    assert problem.message == f'[tool.pytest-gokart.parameters."{NAME}"] names no task class; did you mean \'{NAME}er\'?'
    assert str(problem.at) == 'pyproject.toml:4'
    assert toml(tmp_path, 'n = 1').misnamed([NAME]) == ()


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        ('[tool.pytest-gokart]\nparameter = {}', "pyproject.toml: [tool.pytest-gokart] parameter: unknown key; did you mean 'parameters'?"),
        ('[tool]\npytest-gokart = 1', 'pyproject.toml: tool.pytest-gokart must be a table, not 1'),
        ('[tool.pytest-gokart]\nparameters = 1', 'pyproject.toml: tool.pytest-gokart.parameters must hold one table a class, not 1'),
        (
            '[tool.pytest-gokart.parameters.app.tasks.Train]\nn = 1',
            'pyproject.toml: [tool.pytest-gokart.parameters."app"] must name a class with its module, in quotes, '
            'as in [tool.pytest-gokart.parameters."app.tasks.Train"]',
        ),
        ('[tool.pytest-gokart.parameters.Train]\nn = 1', 'as in [tool.pytest-gokart.parameters."module.Train"]'),
        ('[tool.pytest-gokart.parameters]\n"a.B" = 1', 'expected a table, [tool.pytest-gokart.parameters."a.B"], not 1'),
        ('[tool.pytest-gokart', 'pyproject.toml: it is not valid TOML: '),
    ],
)
def test_a_wrong_setting_is_said(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, {'pyproject.toml': text})
    with pytest.raises(SettingsError) as caught:
        read(str(tmp_path))
    assert said in str(caught.value)


def test_other_forms_of_the_table_are_read(tmp_path: Path) -> None:
    write(tmp_path, {'pyproject.toml': '[tool.pytest-gokart]\nparameters = { "a.B" = { n = 1 } }\n'})
    assert read(str(tmp_path))['a.B'].values == {'n': 1}
    assert str(read(str(tmp_path))['a.B'].place('n')) == 'pyproject.toml:1'
    write(tmp_path, {'pyproject.toml': '[tool.other]\n'})
    assert read(str(tmp_path)) == {}
    assert read(str(tmp_path / 'nowhere')) == {}


# --- luigi's configuration files ---------------------------------------------------------------------------------------

PROJECT = {
    'luigi.cfg': '[core]\nlocal_scheduler = true\n\n[SourceTrain]\nn = 1\n',
    'conf/param.ini': '[DEFAULT]\ntitle = x\n\n[SourceTrain]\nn = 2\n\n[TaskOnKart]\nshare = 0.5\nworkspace_directory = here\n',
    'conf/base.toml': '[SourceTrain]\nshare = 0.3\n',
    'conf/other.ini': '[SourceTrain]\nn = 3\n',
    'main.py': """\
        import gokart
        from luigi.configuration import get_config

        if __name__ == '__main__':
            gokart.add_config('conf/param.ini')
            gokart.add_config('conf/base.toml')
            get_config().set('SourceLoad', 'grape', 'silvaner')
            gokart.run()
        """,
}


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Sources]:
    configuration = load(tmp_path.resolve(), PROJECT).configuration

    def gathered(*luigi_config: str) -> Sources:
        return gather(str(tmp_path.resolve()), configuration=configuration, luigi_config=luigi_config)

    return gathered


def files(sources: Sources) -> list[str]:
    return [sources.shown(path) for path in sources.config_files]


def origin(sources: Sources, name: str) -> str:
    return found_by_luigi(SourceTrain, name, getattr(SourceTrain, name), sources)


def test_the_files_are_those_that_the_code_loads(project: Callable[..., Sources], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv('LUIGI_CONFIG_PATH', raising=False)
    assert files(project()) == ['luigi.cfg', 'conf/param.ini', 'conf/base.toml']
    monkeypatch.setenv('LUIGI_CONFIG_PATH', 'conf/other.ini')
    assert files(project()) == ['conf/other.ini', 'luigi.cfg', 'conf/param.ini', 'conf/base.toml']


def test_the_option_stands_in_their_place(project: Callable[..., Sources], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('LUIGI_CONFIG_PATH', 'conf/param.ini')
    sources = project('conf/other.ini', './luigi.cfg')
    assert files(sources) == ['conf/other.ini', 'luigi.cfg']
    assert origin(sources, 'n') == 'luigi.cfg:5'


def test_the_option_must_name_files(project: Callable[..., Sources]) -> None:
    with pytest.raises(SettingsError, match=r'gokart_luigi_config: conf/nowhere\.ini: it cannot be read: No such file'):
        project('conf/nowhere.ini')


def test_the_last_line_that_luigi_reads_is_told(project: Callable[..., Sources], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv('LUIGI_CONFIG_PARSER', raising=False)
    sources = project()
    assert origin(sources, 'n') == 'conf/param.ini:5'
    assert origin(sources, 'title') == 'conf/param.ini:2'
    assert origin(sources, 'share') == 'conf/param.ini:8'
    assert origin(sources, 'flag') == 'its default'
    monkeypatch.setenv('LUIGI_CONFIG_PARSER', 'toml')
    assert origin(sources, 'share') == 'conf/base.toml:2'
    assert origin(sources, 'title') == 'its default'


def test_a_sample_says_where_the_code_sets_the_value(project: Callable[..., Sources]) -> None:
    assert sampled(SourceLoad, 'grape', project()) == 'a sample; main.py:7 sets it when the project runs'
    assert sampled(SourceTrain, 'n', project()) == 'a sample'


def test_what_the_code_does_not_show_is_said(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    project = load(folder, {'main.py': 'import gokart, sys\ngokart.add_config(sys.argv[1])\n'})
    [told] = gather(str(folder), configuration=project.configuration).unclear
    assert told == (
        'main.py:2: `gokart.add_config(sys.argv[1])` loads a luigi configuration file whose path is computed: '
        "what it gives is unknown here; name the files in pytest's setting gokart_luigi_config"
    )


def test_samples_come_last(tmp_path: Path) -> None:
    sources = toml(tmp_path, 'title = "x"')
    found = Sampler(gather(sources.root, hook=lambda _: [{'share': 0.5}])).complete(SourceTrain)
    assert found.values == {'share': 0.5, 'title': 'x', 'n': 1}
    assert found.origins == {'share': 'pytest_gokart_parameters in conftest.py', 'title': 'pyproject.toml:5', 'n': 'a sample'}
