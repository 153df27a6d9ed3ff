"""The shape of what a class requires, as types at the place where a method of it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.nodes import FuncDef, TypeInfo
from mypy.types import CallableType, Instance, TupleType, Type, TypedDictType, get_proper_type

from gokart_lint.mypy import compat, names
from gokart_lint.mypy.collecting import TAG
from gokart_lint.mypy.shapes import UNKNOWN, Shape, joined, returned
from gokart_lint.mypy.types import Types, element, is_unknown, seen_as, unknown

if TYPE_CHECKING:
    from mypy.plugin import Plugin

    from gokart_lint.mypy.collecting import Collector
    from gokart_lint.mypy.declarations import Declared


def keep_shapes(info: TypeInfo) -> None:
    """Write the shapes of the methods of a class into its metadata."""
    kept = info.metadata.setdefault(TAG, {})
    for name in ('requires', 'output'):
        symbol = info.names.get(name)
        if symbol is not None and not symbol.plugin_generated:
            kept[name] = returned(symbol.node, info) if isinstance(symbol.node, FuncDef) and symbol.node.body.body else UNKNOWN


class Wiring:
    """What tasks require, for a receiver of some type."""

    def __init__(self, plugin: Plugin, collector: Collector, types: Types) -> None:
        self._plugin = plugin
        self._collector = collector
        self._types = types

    def required(self, task: TypeInfo) -> Shape | None:
        """The shape of `requires()` of a class; None where it is gokart's own, which takes every attribute that holds a task."""
        return self._returned(task, 'requires', 0)

    def _returned(self, task: TypeInfo, method: str, start: int) -> Shape | None:
        """What a method returns that is looked up from some place of the MRO on."""
        for place, base in enumerate(task.mro[start:], start):
            own = self._collector.own(base)
            if own.required and method == 'requires':
                return self._cloned(own.required)
            if names.of_library(base):
                return None if base.fullname == names.TASK_ON_KART else UNKNOWN
            if method in base.names:
                found = base.metadata.get(TAG, {}).get(method, UNKNOWN)
                return self._annotated(base, method) if found == UNKNOWN else self._resolved(found, task, method, place)
        return UNKNOWN

    def _resolved(self, shape: Shape, task: TypeInfo, method: str, place: int) -> Shape:
        """A shape of one class as a class below it has it: `super()` goes on along the MRO of that class."""
        if shape[0] == 'super':
            found = self._returned(task, method, place + 1)
            return ['dict', self.defaults(task)] if found is None and method == 'requires' else found or UNKNOWN
        if shape[0] in ('parent', 'parents'):
            parents = self._collector.own(task.mro[place]).parents
            if not parents or (shape[0] == 'parent' and '0' not in parents):
                return UNKNOWN
            return self._cloned({'0': parents['0']} if shape[0] == 'parent' else parents)
        if shape[0] == 'joined':
            parts = [self._resolved(each, task, method, place) for each in shape[1]]
            return joined(parts) if all(part[0] == 'dict' for part in parts) else UNKNOWN
        if shape[0] == 'dict':
            return ['dict', {key: self._resolved(each, task, method, place) for key, each in shape[1].items()}]
        if shape[0] == 'items':
            return ['items', [self._resolved(each, task, method, place) for each in shape[1]]]
        return shape

    def _annotated(self, base: TypeInfo, method: str) -> Shape:
        """The tasks that an annotation names: the body may say less."""
        node = base.names[method].node
        signature = node.type if isinstance(node, FuncDef) else None
        return self._shape_of(signature.ret_type) if isinstance(signature, CallableType) else UNKNOWN

    def _shape_of(self, annotation: Type) -> Shape:
        result = get_proper_type(annotation)
        if isinstance(result, TupleType):
            return ['items', [self._shape_of(each) for each in result.items]]
        if not isinstance(result, Instance):
            return UNKNOWN
        if names.is_task(result.type):
            return ['type', result.serialize()]
        mapping = seen_as(result, self._types.info('typing.Mapping'))
        if mapping is not None:
            return ['mapping', self._shape_of(mapping.args[1])]
        held = element(result, self._types)
        return UNKNOWN if held is None else ['each', self._shape_of(held)]

    def _cloned(self, required: dict[str, str]) -> Shape:
        """What `clone_parent(s)` make: one clone, a list of them, or a dict of named ones (luigi.util.inherits.__call__ of luigi 3.8.1)."""
        found = {key: self._types.instance(fullname) for key, fullname in required.items()}
        shapes: dict[str, Shape] = {key: UNKNOWN if is_unknown(each) else ['type', each.serialize()] for key, each in found.items()}
        if not any(key.isdigit() for key in shapes):
            return ['dict', shapes]
        return next(iter(shapes.values())) if len(shapes) == 1 else ['items', list(shapes.values())]

    def parameters(self, task: TypeInfo) -> dict[str, Declared]:
        """The parameters of a class by attribute name."""
        return self._collector.parameters(task).by_name

    def has_more_parameters(self, task: TypeInfo) -> bool:
        """Whether a class may have parameters that nobody sees."""
        return self._collector.parameters(task).is_open

    def held(self, task: Type) -> Type:
        """The task that a list of tasks holds, or the task itself."""
        proper = get_proper_type(task)
        if isinstance(proper, Instance) and names.is_task(proper.type):
            return task
        inner = element(proper, self._types)
        return unknown() if inner is None else inner

    def is_gokarts(self, task: TypeInfo, method: str) -> bool:
        """Whether a method of a class is gokart's own."""
        symbol = task.get(method)
        return symbol is not None and symbol.node is not None and symbol.node.fullname == f'{names.TASK_ON_KART}.{method}'

    def defaults(self, task: TypeInfo) -> dict[str, Shape]:
        """What gokart's own `requires()` gives: the task parameters by name (TaskOnKart.make_task_instance_dictionary of gokart 1.12.2)."""
        by_name = self._collector.parameters(task).by_name
        return {name: ['self', name] for name, each in by_name.items() if each.kind in ('task', 'task list')}

    def task(self, leaf: Shape, receiver: Instance) -> Type:
        """The type of one task of a shape."""
        if leaf[0] == 'type':
            return compat.revived(leaf[1], self._plugin._modules or {})
        if leaf[0] == 'self':
            return self.attribute(receiver, leaf[1])
        return unknown()

    def attribute(self, receiver: Instance, name: str) -> Type:
        """The value of a task parameter of a receiver."""
        from mypy.expandtype import expand_type_by_instance

        found = self._collector.parameters(receiver.type).by_name.get(name)
        return unknown() if found is None else expand_type_by_instance(found.value, receiver)

    def output(self, task: Type) -> Type:
        """What loading a task gives: the T of `TaskOnKart[T]`, for a list of tasks a list of it."""
        proper = get_proper_type(task)
        if isinstance(proper, Instance) and names.is_gokart_task(proper.type):
            mapped = seen_as(proper, self._types.info(names.TASK_ON_KART))
            produced = mapped.args[0] if mapped is not None and mapped.args else unknown()
            return produced if self.has_one_output(proper.type) or _is_container(produced, self._types) else unknown()
        held = element(proper, self._types) if isinstance(proper, Instance | TupleType) and _holds_tasks(proper, self._types) else None
        return unknown() if held is None else self._types.list_of(self.output(held))

    def target(self, task: Type) -> Type:
        """What `input()` holds for a task: a target where `output()` is gokart's own."""
        proper = get_proper_type(task)
        if isinstance(proper, Instance) and names.is_gokart_task(proper.type) and proper.type.fullname != names.TASK_ON_KART:
            outputs, one = self.outputs(proper.type), self._types.instance(names.TARGET)
            if outputs is not None and outputs[0] == 'dict' and outputs[1] and all(each == ['target'] for each in outputs[1].values()):
                return self._types.instance('builtins.dict', self._types.instance('builtins.str'), one)
            return one if outputs in (None, ['target']) else unknown()
        return unknown()

    def outputs(self, task: TypeInfo) -> Shape | None:
        """The shape of `output()` of a class; None where it is gokart's own, one target."""
        return self._returned(task, 'output', 0)

    def has_one_output(self, task: TypeInfo) -> bool:
        """Whether a task may have one output, so that loading it gives its T."""
        shape = self.outputs(task)
        return shape is None or shape[0] not in ('dict', 'joined', 'mapping', 'items', 'each')

    def loaded(self, shape: Shape, receiver: Instance, leaf: Any) -> Type:
        """A shape with each task replaced: dicts and lists of one type, a list of several as a tuple with list as its base."""
        if shape[0] == 'dict':
            values = [self.loaded(each, receiver, leaf) for each in shape[1].values()]
            return self._types.instance('builtins.dict', self._types.instance('builtins.str'), _one(values))
        if shape[0] == 'each':
            return self._types.list_of(self.loaded(shape[1], receiver, leaf))
        if shape[0] == 'mapping':
            return self._types.instance('builtins.dict', unknown(), self.loaded(shape[1], receiver, leaf))
        if shape[0] == 'items':
            return self.in_a_row([self.loaded(each, receiver, leaf) for each in shape[1]])
        found: Type = leaf(self.task(shape, receiver))
        return found

    def in_a_row(self, values: list[Type]) -> Type:
        """A list of known length, which may be unpacked."""
        if len({str(each) for each in values}) == 1:
            return self._types.list_of(values[0])
        fallback = get_proper_type(self._types.list_of(unknown()))
        return TupleType(values, fallback) if isinstance(fallback, Instance) else unknown()


def _one(values: list[Type]) -> Type:
    """The type of all values of a dict, if they agree: a union would make right code wrong."""
    return values[0] if len({str(each) for each in values}) == 1 else unknown()


def _is_container(found: Type, types: Types) -> bool:
    """Whether a T speaks of all outputs of a task: a dict, list or tuple of them."""
    proper = get_proper_type(found)
    is_mapping = isinstance(proper, TypedDictType) or seen_as(proper, types.info('typing.Mapping')) is not None
    is_bytes = isinstance(proper, Instance) and proper.type.fullname == 'builtins.bytes'
    return is_mapping or (element(proper, types) is not None and not is_bytes)


def _holds_tasks(found: Instance | TupleType, types: Types) -> bool:
    held = element(found, types)
    proper = get_proper_type(held) if held is not None else None
    return isinstance(proper, Instance) and not is_unknown(proper) and names.is_task(proper.type)
