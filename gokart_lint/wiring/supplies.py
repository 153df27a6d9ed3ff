"""Where a parameter that a construction leaves out may get its value: its default, a configuration file, the command line, a decorator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.classes import Class
from gokart_lint.project.families import family
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import is_library
from gokart_lint.walking import everything, walk
from gokart_lint.wiring.defaults import has_default, is_certain
from gokart_lint.wiring.signatures import may_be_set, parameters_of, project_classes

if TYPE_CHECKING:
    from gokart_lint.facts import Expression
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.project.project import Project


def must_be_given(task: Class, parameter: Parameter) -> bool:
    """Whether a task cannot be built without a parameter in the call, as far as the whole project shows."""
    return (
        has_default(parameter) is False
        and is_certain(parameter)
        and not may_be_set(task, parameter.name)
        and parameter.owner in task.ancestors  # else luigi.util.requires or inherits supplies it
        and is_configured(task, parameter) is False
        and not _is_on_command_line(task, parameter)
        and not _is_of_config_class(task, parameter.attribute)
    )


def keeps_default(task: Class, parameter: Parameter) -> bool:
    """Whether a task that is built without a parameter is certain to take the default of its declaration."""
    return (
        has_default(parameter) is True
        and is_certain(parameter)
        and not may_be_set(task, parameter.name)
        and is_configured(task, parameter) is False
        and not _is_on_command_line(task, parameter)
        and not _is_of_config_class(task, parameter.attribute)
    )


def is_configured(task: Class, parameter: Parameter) -> bool | None:
    """Whether luigi's configuration gives a parameter, in the section of its task or the one that `config_path` names."""
    configuration = parameter.owner.module.project.configuration
    name = family(task)
    own = configuration.gives(configuration.section_names if name is None else name, parameter.attribute)
    own = None if own and name is None else own
    given = parameter.call.keyword('config_path')
    if own is not False or given is None:
        return own
    said = _said(given.value)
    section, name = said.get('section'), said.get('name')
    return None if section is None or name is None else configuration.gives(section, name)


def _said(node: Expression) -> dict[str | None, str | None]:
    """The texts of `{'section': ...}` or `dict(section=...)`, as far as they are literals."""
    if isinstance(node, facts.Mapping):
        return {_text(key): _text(value) for key, value in zip(node.keys, node.values, strict=True)}
    if isinstance(node, facts.Call) and isinstance(node.function, facts.Name) and node.function.name == 'dict':
        return {argument.keyword: _text(argument.value) for argument in node.arguments}
    return {}


def _text(node: Expression | None) -> str | None:
    return node.value if isinstance(node, facts.Constant) and isinstance(node.value, str) else None


# --- gokart.config_params ---


def _is_of_config_class(task: Class, name: str) -> bool:
    supplied = _supplied_by_config(task)
    return supplied is None or name in supplied


@remembered
def _supplied_by_config(task: Class) -> frozenset[str] | None:
    """What `@inherits_config_params(Config)` on a class or a base gives (gokart.config_params, 1.12.2); None if that is not known."""
    found: set[str] = set()
    for each in project_classes(task):
        for node in each.facts.decorators:
            if isinstance(node, facts.Call) and is_library(each.resolve_header(node.function), *vocabulary.CONFIG_DECORATORS):
                names = _given_by(each, node)
                if names is None:
                    return None
                found |= names
    return frozenset(found)


def _given_by(each: Class, decorator: facts.Call) -> set[str] | None:
    config = decorator.keyword('config_class') or decorator.positional(0)
    alias = decorator.keyword('parameter_alias') or decorator.positional(1)
    source = None if config is None else each.resolve_header(config.value)
    known = (vocabulary.CONFIG, vocabulary.LUIGI_TASK, *vocabulary.INERT_BASES)
    if not isinstance(source, Class) or not all(isinstance(base, Class) or is_library(base, *known) for base in source.ancestors):
        return None
    is_none = alias is None or (isinstance(alias.value, facts.Constant) and alias.value.value is None)
    others = {} if alias is None else _said(alias.value)
    if not is_none and not others:
        return None
    names = {others.get(name, name) for name in parameters_of(source)}
    return None if None in names else {name for name in names if name is not None}


# --- the command line, where code writes it down ---


def _is_on_command_line(task: Class, parameter: Parameter) -> bool:
    flag = f'--{family(task)}-{parameter.attribute}'.replace('_', '-')
    return any(said == flag or said.startswith(f'{flag}=') for said in task.module.project.standing(_flags))


def _flags(project: Project) -> frozenset[str]:
    """What looks like flags of luigi in the modules that run pipelines, with a dash for each underscore."""
    return frozenset(text.replace('_', '-') for module in project.configuring_modules() for text in _texts(module.facts))


def _texts(said: facts.Module) -> Iterator[str]:
    functions = [*said.functions, *(method for each in said.classes for method in each.methods)]
    blocks = [said.body, *(function.body for function in functions if b'--' in function.code)]
    values = [each.value for each in said.assignments if each.value is not None]
    nodes = [node for block in blocks for node in everything(block)] + [node for value in values for node in walk(value)]
    for node in nodes:
        if isinstance(node, facts.Constant) and isinstance(node.value, str) and '--' in node.value:
            yield from (word for word in node.value.split() if word.startswith('--'))
