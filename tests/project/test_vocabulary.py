"""The names that we know, against the gokart and luigi that are installed."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from gokart_lint import vocabulary

gokart = importlib.import_module('gokart')
luigi = importlib.import_module('luigi')
importlib.import_module('luigi.util')
PACKAGES = {'gokart': gokart, 'luigi': luigi}


def exported(package: ModuleType, base: type) -> Iterator[tuple[str, type]]:
    """The classes that a package exports, by canonical name."""
    for name, value in vars(package).items():
        if inspect.isclass(value) and issubclass(value, base):
            yield f'{package.__name__}.{name}', value


def test_every_parameter_class_is_known() -> None:
    found = {name for package in PACKAGES.values() for name, _ in exported(package, luigi.Parameter)}
    assert found - {'luigi.OptionalParameterMixin'} == set(vocabulary.PARAMETERS)


def test_every_parameter_and_task_class_has_its_canonical_name() -> None:
    for package in PACKAGES.values():
        for base in (luigi.Parameter, luigi.Task):
            for name, value in exported(package, base):
                if value.__name__ not in ('tree_info', 'test_run'):  # gokart's own small tasks, which nothing derives from
                    home = f'{value.__module__}.{value.__qualname__}'
                    assert vocabulary.canonical(home) == vocabulary.canonical(name) == name


@pytest.mark.parametrize(
    'name',
    ['gokart.build', 'gokart.run', 'luigi.build', 'luigi.run', 'gokart.build.build', 'gokart.task.TaskOnKart.run', 'x.y.z', 'gokart'],
)
def test_other_names_stay(name: str) -> None:
    expected = {'gokart.build.build': 'gokart.build'}.get(name, name)
    assert vocabulary.canonical(name) == expected


def test_gokarts_own_parameters() -> None:
    own = dict(gokart.TaskOnKart.get_params())
    assert set(own) == vocabulary.TASK_ON_KART_PARAMETERS
    assert not any(parameter.significant for parameter in own.values())
    assert {name for name in dir(gokart.TaskOnKart) if not name.startswith('_')} <= vocabulary.TASK_MEMBERS


def test_what_the_members_are() -> None:
    task = gokart.TaskOnKart()
    for name in vocabulary.TASK_METHODS - {'load_data_frame'}:
        assert callable(getattr(task, name)), name
    for name in vocabulary.TASK_PROPERTIES:
        assert isinstance(inspect.getattr_static(gokart.TaskOnKart, name), property)
    for name in vocabulary.SETTABLE_ATTRIBUTES:
        assert not callable(getattr(task, name)), name
    for name in vocabulary.GIVEN_ATTRIBUTES:
        assert not hasattr(gokart.TaskOnKart, name)
    given = {name for name in vars(task) if not name.startswith('_Task__')}
    assert given <= vocabulary.TASK_MEMBERS | vocabulary.PRIVATE_ATTRIBUTES


def test_how_task_parameters_call_their_first_argument() -> None:
    for name, keyword in vocabulary.EXPECTED_TYPE_KEYWORD.items():
        parameters = inspect.signature(getattr(gokart, name.rpartition('.')[2]).__init__).parameters
        assert list(parameters)[1] == keyword


def test_target_makers() -> None:
    for name, arguments in vocabulary.TARGET_MAKERS.items():
        assert tuple(inspect.signature(getattr(gokart.TaskOnKart, name)).parameters)[1:] == arguments


def test_methods_that_load() -> None:
    assert {name for name in dir(gokart.TaskOnKart) if name.startswith('load')} == vocabulary.LOADS - {'load_data_frame'}


def test_library_bases() -> None:
    assert vocabulary.library_base('gokart.TaskOnKart') == 'gokart.TaskOnKart'
    for name in ('luigi.Task', 'luigi.WrapperTask', 'luigi.ExternalTask'):
        assert vocabulary.library_base(name) == 'luigi.Task'
        assert issubclass(getattr(luigi, name.partition('.')[2]), luigi.Task)
    assert vocabulary.library_base('luigi.Parameter') is vocabulary.library_base('redshells.train.Nothing') is None
    assert vocabulary.library_base('redshells.data.LoadExistingFile') == 'gokart.TaskOnKart'


@pytest.mark.parametrize(
    'name',
    sorted(vocabulary.INHERITING_DECORATORS | vocabulary.RUNNERS | {'gokart.config_params.inherits_config_params', vocabulary.CONFIG}),
)
def test_what_is_named_exists(name: str) -> None:
    module, _, last = name.rpartition('.')
    assert hasattr(importlib.import_module(module), last)


def test_star_imports() -> None:
    assert vocabulary.exports('gokart.TaskOnKart')
    assert vocabulary.exports('luigi.IntParameter')
    assert not vocabulary.exports('gokart.Nothing')
    for name in [*vocabulary.PARAMETERS, *vocabulary.RUNNERS]:
        package, _, last = name.partition('.')
        public = getattr(PACKAGES[package], '__all__', None) or [each for each in vars(PACKAGES[package]) if not each.startswith('_')]
        assert last in public
