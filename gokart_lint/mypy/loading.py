"""`self.load(...)`, `self.load_generator(...)` and `self.input()`: what comes back, and what was never required."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.errorcodes import ErrorCode
from mypy.nodes import CallExpr, Expression, IndexExpr, ListComprehension, ListExpr, MemberExpr, NameExpr, StarExpr, StrExpr, TupleExpr, Var
from mypy.plugin import MethodContext, MethodSigContext
from mypy.subtypes import is_subtype
from mypy.types import CallableType, Instance, Type, UnionType, get_proper_type

from gokart_lint.mypy import compat, names
from gokart_lint.mypy.collecting import TAG
from gokart_lint.mypy.leaning import UNHELD
from gokart_lint.mypy.shapes import UNKNOWN, Shape, leaves
from gokart_lint.mypy.types import Types, element, is_unknown, union, unknown

if TYPE_CHECKING:
    from gokart_lint.mypy.declarations import Declared
    from gokart_lint.mypy.wiring import Wiring

UNKNOWN_KEY = ErrorCode('gokart-load-key', 'A key that requires() does not have', 'gokart')
NOT_REQUIRED = ErrorCode('gokart-load-task', 'A task that requires() does not have', 'gokart')


class Loading:
    """Follows what a task loads to what it requires."""

    def __init__(self, wiring: Wiring, types: Types) -> None:
        self._wiring = wiring
        self._types = types

    def signature(self, context: MethodSigContext) -> CallableType:
        """`load` of a list of tasks takes whatever holds some (gokart's `_get_input_targets`); it declares `list`, which is invariant."""
        signature = context.default_signature
        if not signature.arg_types:
            return signature
        given = context.args[0][0] if context.args and context.args[0] else None
        if isinstance(given, MemberExpr | NameExpr | IndexExpr) and self._is_of_protocol(context, given):
            return signature.copy_modified(arg_types=[unknown(), *signature.arg_types[1:]])
        first = get_proper_type(signature.arg_types[0])
        items = first.items if isinstance(first, UnionType) else [first]
        is_mixed = isinstance(given, ListComprehension) or (isinstance(given, ListExpr | TupleExpr) and len(given.items) > 1)
        widened = [self._widened(item, is_mixed=is_mixed) for item in items]
        if widened == list(items):
            return signature
        return signature.copy_modified(arg_types=[UnionType.make_union(widened), *signature.arg_types[1:]])

    def _widened(self, item: Type, *, is_mixed: bool) -> Type:
        proper = get_proper_type(item)
        if not isinstance(proper, Instance) or proper.type.fullname != 'builtins.list':
            return item
        if not is_mixed:
            return self._types.instance('typing.Iterable', *proper.args)
        one = self._types.instance(names.TASK_ON_KART)  # tasks of several outputs have no one K, and a list may hold lists
        return self._types.instance('typing.Iterable', union([one, self._types.instance('typing.Iterable', one)]))

    def _is_of_protocol(self, context: MethodSigContext, given: Expression) -> bool:
        """Whether a value, or each of a list, is known by a protocol alone: a task may well be behind it."""
        found = context.api.get_expression_type(given)
        proper = get_proper_type(element(found, self._types) or found)
        return isinstance(proper, Instance) and proper.type.is_protocol

    def load(self, context: MethodContext) -> Type:
        """What a call of `load` gives."""
        return self._result(context, self._wiring.output)

    def input(self, context: MethodContext) -> Type:
        """What a call of `input` gives: targets in the shape of `requires()`."""
        found = self._result(context, self._wiring.target)
        # gokart declares a union that no index is right for: whoever annotates nothing is not held to it
        return unknown() if found is context.default_return_type and _returns_anything(context) else found

    def load_generator(self, context: MethodContext) -> Type:
        """A generator over what `load` would give as a list."""
        receiver = get_proper_type(context.type)
        if isinstance(receiver, Instance):
            self._judge(context, receiver)
        return context.default_return_type

    def _result(self, context: MethodContext, leaf: Any) -> Type:
        receiver = get_proper_type(context.type)
        if not isinstance(receiver, Instance):
            return context.default_return_type
        given = context.args[0][0] if context.args and context.args[0] else None
        shape = self._wiring.required(receiver.type)
        if given is None or _is_none(given):
            if shape is None:
                known = self._wiring.defaults(receiver.type)
                shape = ['dict', known] if known else UNKNOWN
            return self._wiring.loaded(shape, receiver, leaf)
        chosen = self._judge(context, receiver)
        if isinstance(given, ListExpr | TupleExpr) and not any(isinstance(each, StarExpr) for each in given.items):
            return self._wiring.in_a_row([leaf(context.api.get_expression_type(each)) for each in given.items])
        if isinstance(given, ListComprehension):
            held = element(context.api.get_expression_type(given), self._types)
            return context.default_return_type if held is None else self._types.list_of(leaf(held))
        if chosen is not None:
            return self._wiring.loaded(chosen, receiver, leaf)
        found = get_proper_type(context.default_return_type)  # an object is what mypy makes of tasks of several outputs
        is_object = isinstance(found, Instance) and found.type.fullname == 'builtins.object'
        return unknown() if is_object else context.default_return_type

    # --- what is asked for ---

    def _judge(self, context: MethodContext, receiver: Instance) -> Shape | None:
        """The part of the requirements that an argument means; reports what is no part of them."""
        given = context.args[0][0] if context.args and context.args[0] else None
        if isinstance(given, StrExpr):
            return self.entry(context, receiver, given.value, given)
        if given is not None:
            self._judge_tasks(context, receiver, given)
        return None

    def entry(self, context: MethodContext, receiver: Instance, key: str, place: Expression) -> Shape | None:
        """What the requirements hold under a key."""
        shape = self._wiring.required(receiver.type)
        if shape is None:
            self._judge_default(context, receiver, key, place)
            return self._wiring.defaults(receiver.type).get(key)
        if shape[0] == 'mapping':
            inner: Shape = shape[1]
            return inner
        if shape[0] == 'dict':
            if key in shape[1]:
                found: Shape = shape[1][key]
                return found
            self._report_key(context, place, f'"{receiver.type.name}.requires" has no key "{key}"', shape)
        elif shape[0] in ('type', 'self'):
            self._judge_output(context, receiver, shape, key, place)
        elif shape[0] == 'each' or (shape[0] == 'items' and shape[1]):  # an empty list may be what a class below replaces
            message = (
                f'"{receiver.type.name}.requires" returns a list, which has no key "{key}": call load() and take the item by its place'
            )
            context.api.fail(message, place, code=UNKNOWN_KEY)
        return None

    def _judge_default(self, context: MethodContext, receiver: Instance, key: str, place: Expression) -> None:
        """Whether gokart's own `requires()` can give a key: a class that a helper is handed may be any of those below."""
        info, function = receiver.type, compat.enclosing_function(context.api)
        if function is None or function.info is not info or key not in info.metadata.get(TAG, {}).get(UNHELD, ()):
            return
        if info.abstract_attributes or self._wiring.has_more_parameters(info):
            return
        listed = ', '.join(f'"{each}"' for each in self._wiring.defaults(info))
        held = f'its task parameters are {listed}' if listed else 'it has no task parameter'
        context.api.fail(f'"{info.name}" has no task under the key "{key}": {held}', place, code=UNKNOWN_KEY)

    def _judge_output(self, context: MethodContext, receiver: Instance, shape: Shape, key: str, place: Expression) -> None:
        """Whether the one task that is required has outputs under keys of its own, and this key."""
        task = get_proper_type(self._wiring.task(shape, receiver))
        if not isinstance(task, Instance) or not names.is_gokart_task(task.type) or task.type.fullname == names.TASK_ON_KART:
            return
        outputs = self._wiring.outputs(task.type)
        required = f'"{receiver.type.name}.requires" returns one task, "{task.type.name}", whose output'
        if outputs in (None, ['target']) and shape[0] == 'type':
            message = f'{required} has no key "{key}"; call load() without a key'
            context.api.fail(message, place, code=UNKNOWN_KEY)
        elif outputs is not None and outputs[0] == 'dict' and key not in outputs[1] and shape[0] == 'type':
            self._report_key(context, place, f'{required} has no key "{key}"', outputs)

    @staticmethod
    def _report_key(context: MethodContext, place: Expression, start: str, shape: Shape) -> None:
        listed = ', '.join(f'"{each}"' for each in shape[1]) or 'no keys'
        context.api.fail(f'{start}; it has {listed}', place, code=UNKNOWN_KEY)

    def _judge_tasks(self, context: MethodContext, receiver: Instance, given: Expression) -> None:
        """Whether the requirements can hold a task, or each task of a list."""
        if isinstance(given, ListExpr | TupleExpr):
            for each in given.items:
                self._judge_tasks(context, receiver, each)
            return
        parameter = self._own_parameter(receiver, given)
        found = self._wiring.held(context.api.get_expression_type(given) if parameter is None else parameter.value)
        task = get_proper_type(found)
        if not isinstance(task, Instance) or not names.is_gokart_task(task.type):
            return
        if parameter is None and task.type.fullname == names.TASK_ON_KART:
            return
        shape = self._wiring.required(receiver.type)
        if shape is None or shape[0] == 'unknown':
            return
        for leaf in leaves(shape):
            if leaf[0] not in ('type', 'self') or self._may_be(leaf, receiver, task):
                return
            if parameter is not None and leaf == ['self', parameter.name]:
                return
        if parameter is not None:
            message = f'"{receiver.type.name}.requires" does not return "{parameter.name}": add it there to load it'
        else:
            message = f'"{receiver.type.name}.requires" returns no "{task.type.name}": add it there to load it'
        context.api.fail(message, given, code=NOT_REQUIRED)

    def _own_parameter(self, receiver: Instance, given: Expression) -> Declared | None:
        """The task parameter of the receiver that an expression names."""
        if not isinstance(given, MemberExpr):
            return None
        is_own = isinstance(given.expr, NameExpr) and isinstance(given.expr.node, Var) and given.expr.node.is_self
        found = self._wiring.parameters(receiver.type).get(given.name) if is_own else None
        return found if found is not None and found.kind in ('task', 'task list') else None

    def _may_be(self, leaf: Shape, receiver: Instance, task: Type) -> bool:
        """Whether another leaf may be the same task: gokart compares unique ids."""
        found = self._wiring.task(leaf, receiver)
        held = self._wiring.held(found)
        return is_unknown(held) or is_subtype(held, task) or is_subtype(task, held)

    # --- self.input()['key'], self.load()['key'] ---

    def item(self, context: MethodContext) -> Type:
        """`self.input()['key']` and `self.load()['key']`."""
        place = context.context
        if not (isinstance(place, IndexExpr) and isinstance(place.index, StrExpr) and isinstance(place.base, CallExpr)):
            return context.default_return_type
        callee = place.base.callee
        if place.base.args or not isinstance(callee, MemberExpr) or callee.name not in ('input', 'load'):
            return context.default_return_type
        receiver = get_proper_type(context.api.get_expression_type(callee.expr))
        if not isinstance(receiver, Instance) or not self._wiring.is_gokarts(receiver.type, callee.name):
            return context.default_return_type
        found = self.entry(context, receiver, place.index.value, place.index)
        if found is None:
            return context.default_return_type
        leaf = self._wiring.output if callee.name == 'load' else self._wiring.target
        return self._wiring.loaded(found, receiver, leaf)


def _returns_anything(context: MethodContext) -> bool:
    function = compat.enclosing_function(context.api)
    signature = get_proper_type(function.type) if function is not None else None
    return isinstance(signature, CallableType) and is_unknown(signature.ret_type)


def _is_none(given: Expression) -> bool:
    return isinstance(given, NameExpr) and given.fullname == 'builtins.None'
