"""A base class on which type checkers that read no plugins find missing, unknown and wrong parameters."""

from typing import TypeVar

import gokart
import luigi
from typing_extensions import dataclass_transform  # `typing` has it from Python 3.11

T = TypeVar('T')


@dataclass_transform(
    eq_default=False,
    order_default=False,
    kw_only_default=True,
    field_specifiers=(
        luigi.Parameter,
        luigi.StrParameter,
        luigi.IntParameter,
        luigi.FloatParameter,
        luigi.BoolParameter,
        luigi.NumericalParameter,
        luigi.DateParameter,
        luigi.MonthParameter,
        luigi.YearParameter,
        luigi.DateHourParameter,
        luigi.DateMinuteParameter,
        luigi.DateSecondParameter,
        luigi.DateIntervalParameter,
        luigi.TimeDeltaParameter,
        luigi.ListParameter,
        luigi.TupleParameter,
        luigi.DictParameter,
        luigi.EnumParameter,
        luigi.EnumListParameter,
        luigi.ChoiceParameter,
        luigi.ChoiceListParameter,
        luigi.PathParameter,
        luigi.TaskParameter,
        luigi.OptionalParameter,
        luigi.OptionalStrParameter,
        luigi.OptionalIntParameter,
        luigi.OptionalFloatParameter,
        luigi.OptionalBoolParameter,
        luigi.OptionalListParameter,
        luigi.OptionalTupleParameter,
        luigi.OptionalDictParameter,
        luigi.OptionalPathParameter,
        luigi.OptionalChoiceParameter,
        luigi.OptionalNumericalParameter,
        gokart.TaskInstanceParameter,
        gokart.ListTaskInstanceParameter,
        gokart.ExplicitBoolParameter,
        gokart.SerializableParameter,
        gokart.ZonedDateSecondParameter,
    ),
)
class CheckedTask(gokart.TaskOnKart[T]):
    """Derive from this in the place of gokart.TaskOnKart."""
