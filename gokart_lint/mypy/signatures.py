"""The `__init__` of a task class: what a construction takes, as luigi's metaclass understands it (luigi.task.Task.get_param_values 3.8.1).

gokart's own parameters come first for luigi, so that a positional value lands in `workspace_directory`: the parameters of a gokart task
are keyword-only. A plain luigi task is often built as `Task(date)`.

A private parameter `__version` of `Train` is called `_Train__version` everywhere: Python mangles the name that the class body assigns, and
not the keywords of calls, not even inside the class.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mypy.nodes import ARG_NAMED, ARG_NAMED_OPT, ARG_OPT, ARG_POS, ARG_STAR2, ArgKind, Argument, FuncDef, SymbolNode, TypeInfo, Var
from mypy.plugins.common import add_method_to_class
from mypy.types import CallableType, NoneType, Type

from gokart_lint.mypy import names
from gokart_lint.mypy.declarations import Declared
from gokart_lint.mypy.types import is_unknown, unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Parameters
    from gokart_lint.mypy.configuration import GivenByConfiguration


def own_constructor(info: TypeInfo) -> SymbolNode | None:
    """The project's own `__init__` that a construction reaches first, if there is one."""
    for base in info.mro:
        symbol = base.names.get('__init__')
        if symbol is not None and not symbol.plugin_generated:
            return None if base.fullname == 'builtins.object' or names.of_library(base) else symbol.node
    return None


def add_constructor(api: Any, info: TypeInfo, found: Parameters, given: GivenByConfiguration) -> None:
    """Give a class the constructor that its parameters make."""
    add_method_to_class(api, info.defn, '__init__', list(_arguments(info, found, given)), NoneType())


def with_parameters(own: FuncDef, signature: CallableType, info: TypeInfo, found: Parameters, given: GivenByConfiguration) -> CallableType:
    """What a construction takes where a project has its own `__init__`.

    luigi's metaclass holds the call against the parameters before it reaches `__init__` (luigi.task_register.Register.__call__ 3.8.1).
    """
    signature = signature.with_unpacked_kwargs()  # else mypy looks for the typed dict of `**kwargs: Unpack[...]` in what is made here
    is_closed = ARG_STAR2 not in own.arg_kinds
    named = {name: own_type for name, own_type in zip(signature.arg_names, signature.arg_types, strict=True) if name}
    made = list(_arguments(info, found, given))
    if is_closed:
        made = [each for each in made if each.variable.name in named]
    types = []
    for each in made:
        annotated = named.get(each.variable.name)
        types.append(_found(each) if annotated is None or is_unknown(annotated) else annotated)
    keywords = [None if each.kind == ARG_STAR2 else each.variable.name for each in made]
    return signature.copy_modified(arg_types=types, arg_kinds=[each.kind for each in made], arg_names=keywords)


def _found(argument: Argument) -> Type:
    return argument.type_annotation if argument.type_annotation is not None else unknown()


def _arguments(info: TypeInfo, found: Parameters, given: GivenByConfiguration) -> Iterator[Argument]:
    is_config = info.has_base(names.CONFIG)
    keyword_only = is_config or names.is_gokart_task(info)
    made = []
    for attribute, each in found.by_name.items():
        required = each.required and not is_config and not info.fallback_to_any and not given.may_give(info, attribute)
        made.append(_argument(attribute, each, _kind(required, keyword_only)))
    yield from made
    if found.is_open:
        yield Argument(Var('kwargs', unknown()), unknown(), None, ARG_STAR2)


def _kind(required: bool, keyword_only: bool) -> ArgKind:
    if keyword_only:
        return ARG_NAMED if required else ARG_NAMED_OPT
    return ARG_POS if required else ARG_OPT


def _argument(attribute: str, each: Declared, kind: ArgKind) -> Argument:
    return Argument(Var(attribute, each.accepts), each.accepts, None, kind)
