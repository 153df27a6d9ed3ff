"""What a task class gets once it is analysed: its constructor, the types of its attributes, and bodies that are checked.

All of it happens in a patch of the semantic analyser, after every name of the import cycle is bound and before anything is type-checked:
in the class hook itself a base may be half done and a name no more than a placeholder.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mypy.nodes import COVARIANT, MDEF, SymbolTableNode, TypeInfo, Var
from mypy.types import Instance, Type, TypeVarType, get_proper_type

from gokart_lint.mypy import bodies, configs, daemon, names, overriding, requiring
from gokart_lint.mypy.declarations import Declared
from gokart_lint.mypy.guarding import guarded
from gokart_lint.mypy.parameters import descriptor_value
from gokart_lint.mypy.signatures import add_constructor, own_constructor
from gokart_lint.mypy.silencing import Silencing
from gokart_lint.mypy.types import Types, is_unknown, unknown
from gokart_lint.mypy.wiring import keep_shapes

if TYPE_CHECKING:
    from mypy.plugin import ClassDefContext

    from gokart_lint.mypy.collecting import Collector, Own
    from gokart_lint.mypy.configuration import GivenByConfiguration
    from gokart_lint.mypy.leaning import Leaning
    from gokart_lint.mypy.settings import PluginSettings

_PRIORITY = 50
"""Behind mypy's own patches, which are sorted by such numbers (mypy.semanal_shared)."""


class TaskClasses:
    """Completes the task classes of a run."""

    def __init__(self, collector: Collector, types: Types, given: GivenByConfiguration, leaning: Leaning, settings: PluginSettings) -> None:
        self.silencing = Silencing()
        self.leaning = leaning
        self._collector = collector
        self._types = types
        self._given = given
        self._settings = settings

    def of_base(self, context: ClassDefContext) -> None:
        """The hook for a class with a task as its base."""
        api: Any = context.api
        info = context.cls.info
        for each in info.mro:
            each.dataclass_transform_spec = None  # luigi 3.8, or a project's base, asks for a dataclass's constructor: ours knows more
        if not hasattr(api, 'schedule_patch'):
            return
        tree, options = api.cur_mod_node, api.options

        def complete(_: ClassDefContext) -> None:
            with api.file_context(tree, options, info):
                self._complete(api, info)

        api.schedule_patch(_PRIORITY, partial(guarded(complete), context))

    def _complete(self, api: Any, info: TypeInfo) -> None:
        if not names.is_task(info):
            return
        self._collector.forget(info)
        own = self._collector.own(info)
        self._collector.keep(info)
        keep_shapes(info)
        daemon.depend(api, info, own)
        _make_covariant(info)
        self._type_attributes(info, own)
        self._add_copied(info, own)
        self._allow_overrides(api, info, own)
        if info.fullname == names.TASK_ON_KART:
            bodies.open_up(api, info)
        if names.of_library(info):
            return
        if own_constructor(info) is None:
            add_constructor(api, info, self._collector.parameters(info), self._given)
        if self._settings.check_bodies:
            bodies.check(api, info, self.silencing)
        for name in self.leaning.left_open(api, info):
            _add_attribute(info, name, unknown())
        requiring.judge(api, info, self._collector, self._types)
        configs.judge(api, info, own, self._collector)
        daemon.show(info, api)

    def _allow_overrides(self, api: Any, info: TypeInfo, own: Own) -> None:
        hidden = {name for name in own.hides if any(base.names.get(name) is not None for base in info.mro[1:])}
        inherited = {name for base in info.mro[1:] for name in self._collector.own(base).declared} if hidden else set()
        overriding.silence(api, info, hidden & inherited, self.silencing)

    def _type_attributes(self, info: TypeInfo, own: Own) -> None:
        for each in own.declared.values():
            symbol = info.names.get(each.name)
            if symbol is None or not isinstance(symbol.node, Var) or names.of_library(info):
                continue
            node = symbol.node
            if not each.annotated:
                node.type, node.is_ready = self.attribute(each), True
            elif node.type is not None and (narrower := self._narrowed(node.type, each)) is not None:
                node.type = narrower

    def attribute(self, each: Declared) -> Type:
        """The type of an attribute without an annotation: a parameter, whose `__get__` gives the value (luigi 3.8), or the value itself."""
        parameter = self._types.info(names.PARAMETER)
        if parameter is None or not parameter.type_vars:
            return each.value
        own = Instance(each.info, [each.value] * len(each.info.type_vars))
        if each.info.has_base(names.OPTIONAL_PATH):
            return Instance(parameter, [each.value])
        if len(each.info.type_vars) <= 1 and descriptor_value(own, self._types) == each.value and not is_unknown(each.value):
            return own
        return Instance(parameter, [each.value])

    def _narrowed(self, annotation: Type, each: Declared) -> Type | None:
        """The type of an annotated attribute whose declaration says more than the annotation."""
        proper = get_proper_type(annotation)
        if isinstance(proper, Instance) and names.is_parameter(proper.type):
            parameter = self._types.info(names.PARAMETER)
            says_it = descriptor_value(proper, self._types) == each.value and not any(is_unknown(given) for given in proper.args)
            says_it = says_it and not proper.type.has_base(names.OPTIONAL_PATH)  # which is a text for mypy
            return None if says_it or parameter is None or not parameter.type_vars else Instance(parameter, [each.value])
        return None if annotation == each.value else each.value

    def _add_copied(self, info: TypeInfo, own: Own) -> None:
        """An attribute for each parameter that `@requires` or `@inherits` brings, and the methods that luigi adds."""
        copied = self._collector.copied(info, own)
        for attribute, each in copied.items():
            _add_attribute(info, attribute, self.attribute(each))
        if own.copies:
            for name in ('clone_parent', 'clone_parents'):
                if info.get(name) is None:
                    _add_attribute(info, name, unknown())


def _make_covariant(info: TypeInfo) -> None:
    """Let a task of ints count as one of floats, and a list of tasks of several outputs be one of tasks: a task is read, not filled.

    gokart's T is invariant for `dump` alone, which only the task itself calls; mypy then takes `[self.number, self.text]` for a list of
    objects, which nothing may be loaded from.
    """
    for place, each in enumerate(info.defn.type_vars):
        if isinstance(each, TypeVarType) and each.variance != COVARIANT:
            info.defn.type_vars[place] = TypeVarType(
                each.name,
                each.fullname,
                each.id,
                each.values,
                each.upper_bound,
                each.default,
                COVARIANT,
                line=each.line,
                column=each.column,
            )


def _add_attribute(info: TypeInfo, name: str, found: Type) -> None:
    node = Var(name, found)
    node.info = info
    node._fullname = f'{info.fullname}.{name}'
    info.names[name] = SymbolTableNode(MDEF, node, plugin_generated=True)
