"""The names of gokart and luigi as mypy knows them: by the module that defines them, not by the package that exports them."""

from __future__ import annotations

from mypy.nodes import TypeInfo

from gokart_lint import vocabulary

TASK = 'luigi.task.Task'
TASK_ON_KART = 'gokart.task.TaskOnKart'
CONFIG = 'luigi.task.Config'
TARGET = 'gokart.target.TargetOnKart'

PARAMETER = 'luigi.parameter.Parameter'
OPTIONAL_MIXIN = 'luigi.parameter.OptionalParameterMixin'
OPTIONAL_PATH = 'luigi.parameter.OptionalPathParameter'
NO_VALUE = 'luigi.parameter._NoValueType'
FROZEN_DICT = 'luigi.freezing.FrozenOrderedDict'
DATE_INTERVALS = {
    'luigi.parameter.MonthParameter': 'luigi.date_interval.Month',
    'luigi.parameter.YearParameter': 'luigi.date_interval.Year',
}

LIBRARIES = frozenset({'gokart', 'luigi'})


def _defined(exported: str) -> str:
    package, _, name = exported.partition('.')
    return f'{package}.parameter.{name}'


KINDS = {_defined(name): kind for name, kind in vocabulary.PARAMETERS.items()}
"""The kind of value of each parameter class, as `vocabulary.PARAMETERS`."""

EXPECTED_TYPE = {_defined(name): keyword for name, keyword in vocabulary.EXPECTED_TYPE_KEYWORD.items()}


def is_task(info: TypeInfo) -> bool:
    """Whether a class is a task, of gokart or of luigi alone, or a luigi.Config."""
    return info.has_base(TASK)


def is_gokart_task(info: TypeInfo) -> bool:
    return info.has_base(TASK_ON_KART)


def is_parameter(info: TypeInfo) -> bool:
    return info.has_base(PARAMETER)


def of_library(info: TypeInfo) -> bool:
    """Whether gokart or luigi itself defines a class."""
    return info.module_name.partition('.')[0] in LIBRARIES


def parameter_class(info: TypeInfo) -> str | None:
    """The nearest parameter class of gokart or luigi that a class is or derives from."""
    return next((base.fullname for base in info.mro if base.fullname in KINDS), None)


def mangled(name: str, owner: TypeInfo) -> str:
    """The name that Python gives an attribute of a class body: `_Train__version` for `__version` in `Train`."""
    return f'_{owner.name.lstrip("_")}{name}' if is_private(name) else name


def is_private(name: str) -> bool:
    return name.startswith('__') and not name.endswith('__')
