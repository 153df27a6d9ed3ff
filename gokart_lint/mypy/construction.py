"""The construction of a task: what mypy's own check of a call does not see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy import errorcodes
from mypy.join import join_type_list
from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    CallExpr,
    DictExpr,
    Expression,
    FuncDef,
    NameExpr,
    Node,
    RefExpr,
    StrExpr,
    TypeInfo,
    Var,
)
from mypy.plugin import CheckerPluginInterface, FunctionContext, FunctionSigContext
from mypy.subtypes import is_subtype
from mypy.types import CallableType, Instance, Type, TypedDictType, get_proper_type

from gokart_lint.mypy import choices, compat, names
from gokart_lint.mypy.declarations import named_class
from gokart_lint.mypy.signatures import own_constructor, with_parameters
from gokart_lint.mypy.tree import Assigned
from gokart_lint.mypy.types import Types, unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Collector
    from gokart_lint.mypy.configuration import GivenByConfiguration


class Construction:
    """Judges `Task(...)`."""

    def __init__(self, collector: Collector, types: Types, given: GivenByConfiguration) -> None:
        self._collector = collector
        self._given = given
        self._types = types
        self._assigned: tuple[Node, Assigned] | None = None

    def signature(self, context: FunctionSigContext) -> CallableType:
        """The constructor for one call: lenient where an error of its own is reported, so that one mistake is one error."""
        signature, call = context.default_signature, context.context
        made = get_proper_type(signature.ret_type)
        if not isinstance(call, CallExpr) or not isinstance(made, Instance):
            return signature
        own = own_constructor(made.type)
        if isinstance(own, FuncDef):
            signature = with_parameters(own, signature, made.type, self._collector.parameters(made.type), self._given)
        elif own is not None:
            return signature
        if any(kind == ARG_POS for kind in call.arg_kinds) and _takes_keywords_only(signature):
            self._report_positional(context.api, call, made.type)
            return _lenient(signature)
        if any(kind == ARG_STAR for kind in call.arg_kinds):
            return _lenient(signature)
        self._judge_choices(context.api, call, made.type)
        return self._with_unpacked(context.api, call, signature)

    def _report_positional(self, api: CheckerPluginInterface, call: CallExpr, task: TypeInfo) -> None:
        own = self._collector.parameters(task).by_name
        parameter = next((name for name in own if name in self._collector.own(task).declared), next(iter(own), 'name'))
        message = f'Too many positional arguments for "{task.name}": the first one lands in "workspace_directory"; write {parameter}=...'
        api.fail(message, call.args[call.arg_kinds.index(ARG_POS)], code=errorcodes.CALL_ARG)

    def _judge_choices(self, api: CheckerPluginInterface, call: CallExpr, task: TypeInfo) -> None:
        choices.judge(api, call, task, self._collector.parameters(task).by_name, self._types)

    # --- **unpacked ---

    def _with_unpacked(self, api: CheckerPluginInterface, call: CallExpr, signature: CallableType) -> CallableType:
        """`Task(**d)`: mypy holds the one value type of `d` against every parameter. Known keys are judged one by one instead."""
        unpacked = [value for kind, value in zip(call.arg_kinds, call.args, strict=True) if kind == ARG_STAR2]
        if not unpacked or any(isinstance(get_proper_type(api.get_expression_type(each)), TypedDictType) for each in unpacked):
            return signature
        known = [self._literal(api, each) for each in unpacked]
        types = list(signature.arg_types)
        for index, name in enumerate(signature.arg_names):
            if name not in call.arg_names:
                types[index] = unknown()
        if all(each is not None for each in known):
            self._judge_keys(api, call, signature, {key: value for each in known if each for key, value in each.items()})
        return signature.copy_modified(arg_types=types)

    def _judge_keys(self, api: CheckerPluginInterface, call: CallExpr, signature: CallableType, given: dict[str, Expression]) -> None:
        task = get_proper_type(signature.ret_type)
        shown = task.type.name if isinstance(task, Instance) else 'task'
        unexpected = [key for key in given if key not in signature.arg_names and ARG_STAR2 not in signature.arg_kinds]
        for key, value in given.items():
            if key not in signature.arg_names:
                if key in unexpected:
                    api.fail(f'Unexpected keyword argument "{key}" for "{shown}"', call, code=errorcodes.CALL_ARG)
                continue
            wanted = signature.arg_types[signature.arg_names.index(key)]
            found = api.get_expression_type(value, wanted)
            if not is_subtype(found, wanted):
                message = f'Argument "{key}" to "{shown}" has incompatible type {_shown(found)}; expected {_shown(wanted)}'
                api.fail(message, call, code=errorcodes.ARG_TYPE)
        for kind, name in zip(signature.arg_kinds, signature.arg_names, strict=True):
            if not unexpected and kind == ARG_NAMED and name not in given and name not in call.arg_names:
                api.fail(f'Missing named argument "{name}" for "{shown}"', call, code=errorcodes.CALL_ARG)

    def _literal(self, api: CheckerPluginInterface, value: Expression) -> dict[str, Expression] | None:
        """The keys and values of a dict that is written out, or of a name that is assigned one and nothing else is done with."""
        if isinstance(value, NameExpr):
            assigned = self._names(api)
            uses = assigned.uses.get(value.node, []) if isinstance(value.node, Var) else []
            single = assigned.single(value) if len(uses) == 1 else None
            return None if single is None else self._literal(api, single)
        if isinstance(value, DictExpr) and all(isinstance(key, StrExpr) for key, _ in value.items):
            return {key.value: each for key, each in value.items if isinstance(key, StrExpr)}
        is_dict = isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) and value.callee.fullname == 'builtins.dict'
        if is_dict and isinstance(value, CallExpr) and all(kind == ARG_NAMED for kind in value.arg_kinds):
            return {name: each for name, each in zip(value.arg_names, value.args, strict=True) if name is not None}
        return None

    def _names(self, api: Any) -> Assigned:
        """The names of the function or module that is checked at the moment."""
        body: Node | None = compat.enclosing_function(api) or getattr(api, 'tree', None)
        assert isinstance(body, Node)
        if self._assigned is None or self._assigned[0] is not body:
            self._assigned = body, Assigned(body)
        return self._assigned[1]

    # --- a name for several tasks ---

    def result(self, context: FunctionContext) -> Type:
        """The task that is built. A name that is assigned tasks of several classes, one after another, may hold all of them."""
        made = context.default_return_type
        found = self._rebound(context.api, context.context)
        return made if found is None else found

    def _rebound(self, api: CheckerPluginInterface, call: object) -> Type | None:
        if compat.enclosing_class(api) is not None or compat.enclosing_function(api) is None:
            return None
        for values in self._names(api).values.values():
            if len(values) > 1 and any(value is call for value in values):
                classes = [_built(value) for value in values]
                if len({str(each) for each in classes}) > 1 and all(each is not None for each in classes):
                    return join_type_list([each for each in classes if each is not None])
        return None


def _built(value: Expression | None) -> Type | None:
    found = get_proper_type(named_class(value.callee)) if isinstance(value, CallExpr) else None
    return found if isinstance(found, Instance) and names.is_task(found.type) else None


def _takes_keywords_only(signature: CallableType) -> bool:
    return bool(signature.arg_kinds) and not any(kind.is_positional(star=True) for kind in signature.arg_kinds)


def _lenient(signature: CallableType) -> CallableType:
    kinds, found = [ARG_STAR, ARG_STAR2], [unknown(), unknown()]
    return signature.copy_modified(arg_kinds=kinds, arg_names=[None, None], arg_types=found)


def _shown(found: Type) -> str:
    from mypy.messages import format_type
    from mypy.options import Options

    return format_type(found, Options())
