"""The `__init__` of a task class: what a construction takes, as luigi's metaclass understands it (luigi.task.Task.get_param_values 3.8.1).

gokart's own parameters come first for luigi, so that a positional value lands in `workspace_directory`: the parameters of a gokart task
are keyword-only. A plain luigi task is often built as `Task(date)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mypy.nodes import ARG_NAMED, ARG_NAMED_OPT, ARG_OPT, ARG_POS, ARG_STAR2, ArgKind, Argument, FuncDef, TypeInfo, Var
from mypy.plugins.common import add_method_to_class
from mypy.types import NoneType

from gokart_lint.mypy import names
from gokart_lint.mypy.declarations import Declared
from gokart_lint.mypy.types import unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Parameters
    from gokart_lint.mypy.configuration import GivenByConfiguration


def own_constructor(info: TypeInfo) -> FuncDef | None:
    """The project's own `__init__` that a construction reaches first, if there is one; what is overloaded or decorated counts as none."""
    for base in info.mro:
        symbol = base.names.get('__init__')
        if symbol is not None and not symbol.plugin_generated:
            is_own = base.fullname != 'builtins.object' and not names.of_library(base)
            return symbol.node if is_own and isinstance(symbol.node, FuncDef) else None
    return None


def has_own_constructor(info: TypeInfo) -> bool:
    for base in info.mro:
        symbol = base.names.get('__init__')
        if symbol is not None and not symbol.plugin_generated:
            return base.fullname != 'builtins.object' and not names.of_library(base)
    return False


def add_constructor(api: Any, info: TypeInfo, found: Parameters, given: GivenByConfiguration) -> None:
    """Give a class the constructor that its parameters make."""
    add_method_to_class(api, info.defn, '__init__', list(_arguments(info, found, given)), NoneType())


def _arguments(info: TypeInfo, found: Parameters, given: GivenByConfiguration) -> Iterator[Argument]:
    is_config = info.has_base(names.CONFIG)
    keyword_only = is_config or names.is_gokart_task(info)
    made = []
    for attribute, each in found.by_name.items():
        required = each.required and not is_config and not info.fallback_to_any and not given.may_give(info, attribute)
        made.append(_argument(attribute, each, _kind(required, keyword_only)))
    if not keyword_only:
        made.sort(key=lambda each: each.kind == ARG_OPT)
    yield from made
    if found.is_open:
        yield Argument(Var('kwargs', unknown()), unknown(), None, ARG_STAR2)


def _kind(required: bool, keyword_only: bool) -> ArgKind:
    if keyword_only:
        return ARG_NAMED if required else ARG_NAMED_OPT
    return ARG_POS if required else ARG_OPT


def _argument(attribute: str, each: Declared, kind: ArgKind) -> Argument:
    return Argument(Var(attribute, each.accepts), each.accepts, None, kind)
