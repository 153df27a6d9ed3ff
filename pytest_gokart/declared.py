"""The parameters of a live task class: which are the project's own, which lack a value, and what luigi would take for the others."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_gokart.sampling.acceptance import is_library

if TYPE_CHECKING:
    import luigi


def parameters(task_class: Any) -> dict[str, luigi.Parameter[Any]]:
    """All parameters by name, in luigi's order (luigi.task.Task.get_params of luigi 3.8.1)."""
    return dict(task_class.get_params())


def own_parameters(task_class: Any) -> dict[str, luigi.Parameter[Any]]:
    """Those that the project declares: all but those of gokart.TaskOnKart and other classes of the libraries."""
    return {name: each for name, each in parameters(task_class).items() if not is_library(_home(task_class, name))}


def _home(task_class: type, name: str) -> type | None:
    return next((each for each in task_class.__mro__ if name in vars(each)), None)


def missing(task_class: Any, given: Mapping[str, object]) -> dict[str, luigi.Parameter[Any]]:
    """The parameters that have no value by `given`, luigi's configuration, their defaults or the class itself.

    luigi's configuration must be the project's. What it gives that does not parse is not missing: that is for building the task to say.
    """
    filled = set(given) | _filled_in(task_class, given).keys()
    return {name: each for name, each in parameters(task_class).items() if name not in filled and not _has_value(task_class, name, each)}


def _has_value(task_class: Any, name: str, parameter: luigi.Parameter[Any]) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return bool(parameter.has_task_value(task_class.get_task_family(), name))
        except Exception:  # what the configuration says does not parse
            return True


def _filled_in(task_class: Any, given: Mapping[str, object]) -> dict[str, object]:
    """What the class adds by itself before luigi looks, as gokart.config_params.inherits_config_params of gokart 1.12.2 does.

    Such an override changes the keywords that it is handed; luigi's own method leaves them alone, and is not called, as it warns but once.
    """
    if is_library(inspect.unwrap(task_class.get_param_values).__func__) and not hasattr(task_class, '__wrapped__'):
        return {}
    keywords = dict(given)
    unconsumed = vars(task_class).get('_unconsumed_params')
    remembered = None if unconsumed is None else set(unconsumed)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            task_class.get_param_values(task_class.get_params(), (), keywords)
        except Exception:  # something is missing: that is what is being found out
            pass
    if '_unconsumed_params' in vars(task_class):
        del task_class._unconsumed_params
    if remembered is not None:
        task_class._unconsumed_params = remembered
    return {name: value for name, value in keywords.items() if name not in given}


def held_value(task_class: Any, name: str, given: Mapping[str, object]) -> object:
    """The value that a task built with `given` holds. Raises what luigi raises if the configuration or the default is wrong.

    gokart reads the section [TaskOnKart] over what luigi found (gokart.task.TaskOnKart._add_configuration of gokart 1.12.2).
    """
    parameter = parameters(task_class)[name]
    if name in given:
        return parameter.normalize(given[name])
    filled = dict(_filled_in(task_class, given))
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        if hasattr(task_class, '_add_configuration') and name not in filled:
            task_class._add_configuration(filled, 'TaskOnKart')
        return parameter.normalize(filled[name]) if name in filled else parameter.task_value(task_class.get_task_family(), name)
