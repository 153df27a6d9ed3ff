"""What `@inherits_config_params(Config)` gives the parameters of a task: values of a configuration class, which then stand in its key."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.parameters import Parameter
from gokart_lint.project.symbols import Library


def configured(task: Class) -> dict[str, Parameter]:
    """The parameters of configuration classes, by the name of the task's parameter that each gives its value."""
    found: dict[str, Parameter] = {}
    for decorator in _decorators(task):
        given = decorator.keyword('config_class') or decorator.positional(0)
        config = task.resolve_header(given.value) if given is not None else None
        if isinstance(config, Class):
            others = _aliases(decorator)
            found.update({others.get(name, name): parameter for name, parameter in config.parameters.items()})
    return found


def _decorators(task: Class) -> Iterator[facts.Call]:
    for each in (found for found in task.ancestors if isinstance(found, Class)):
        for decorator in each.facts.decorators:
            symbol = each.resolve_header(decorator.function) if isinstance(decorator, facts.Call) else None
            if isinstance(decorator, facts.Call) and isinstance(symbol, Library) and symbol.name in vocabulary.CONFIG_DECORATORS:
                yield decorator


def _aliases(decorator: facts.Call) -> dict[str, str]:
    """The names of the task's parameters by those of the configuration's, where they differ."""
    given = decorator.keyword('parameter_alias') or decorator.positional(1)
    if given is None or not isinstance(given.value, facts.Mapping):
        return {}
    pairs = zip(given.value.keys, given.value.values, strict=True)
    return {
        str(key.value): str(value.value) for key, value in pairs if isinstance(key, facts.Constant) and isinstance(value, facts.Constant)
    }
