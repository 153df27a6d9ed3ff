"""The parameters of a live task class: which are the project's own, which lack a value, and what luigi would take for the others."""

from __future__ import annotations

import warnings
from collections.abc import Container, Mapping
from contextlib import suppress
from typing import Any

from pytest_gokart.parameters.sampling.acceptance import is_library


def parameters(task_class: Any) -> dict[str, Any]:
    """All parameters by name, in luigi's order (luigi.task.Task.get_params of luigi 3.8.1)."""
    return dict(task_class.get_params())


def own_parameters(task_class: Any) -> dict[str, Any]:
    """Those that the project declares: all but those of gokart.TaskOnKart and other classes of the libraries."""
    return {name: each for name, each in parameters(task_class).items() if not is_library(_home(task_class, name))}


def _home(task_class: type, name: str) -> type | None:
    return next((each for each in task_class.__mro__ if name in vars(each)), None)


def missing(task_class: Any, given: Mapping[str, object]) -> dict[str, Any]:
    """The parameters that have no value by `given`, luigi's configuration, their defaults or the class itself.

    luigi's configuration must be the project's. What it gives that does not parse is not missing: that is for building the task to say.
    """
    filled = set(given) | _filled_in(task_class, given).keys()
    return {name: each for name, each in parameters(task_class).items() if name not in filled and not _has_value(task_class, name, each)}


def _has_value(task_class: Any, name: str, parameter: Any) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            return bool(parameter.has_task_value(task_class.get_task_family(), name))
        except Exception:  # what the configuration says does not parse
            return True


def _filled_in(task_class: Any, given: Mapping[str, object]) -> dict[str, object]:
    """What the class adds by itself before luigi looks, as gokart.config_params.inherits_config_params of gokart 1.12.2 does.

    Such an override changes the keywords that it is handed. luigi's own method leaves them alone and is not called: it warns but once.
    """
    import luigi

    if task_class.get_param_values.__func__ is luigi.Task.get_param_values.__func__:  # type: ignore[attr-defined]
        return {}
    keywords = dict(given)
    warned = set(getattr(task_class, '_unconsumed_params', ()))
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        with suppress(Exception):  # something is missing: that is what is being found out
            task_class.get_param_values(task_class.get_params(), (), keywords)
    getattr(task_class, '_unconsumed_params', set()).intersection_update(warned)
    return {name: value for name, value in keywords.items() if name not in given}


def held_values(task_class: Any, names: Container[str], given: Mapping[str, object]) -> dict[str, object]:
    """What a task built with `given` holds under some names; those that luigi could not make are left out.

    gokart reads the section [TaskOnKart] over what luigi found (gokart.task.TaskOnKart._add_configuration of gokart 1.12.2).
    """
    filled = {**given, **_filled_in(task_class, given)}
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        with suppress(Exception):  # building the task will say why
            getattr(task_class, '_add_configuration', _nothing)(filled, 'TaskOnKart')
        for name, parameter in parameters(task_class).items():
            if name in names:
                try:
                    value = filled[name] if name in filled else parameter.task_value(task_class.get_task_family(), name)
                    found[name] = parameter.normalize(value)
                except Exception:  # likewise
                    continue
    return found


def _nothing(keywords: dict[str, object], section: str) -> None:
    """A plain luigi task has no section of its base class."""
