"""Types built by name, in semantic analysis as well as in type checking; what cannot be found is Any."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mypy.maptype import map_instance_to_supertype
from mypy.messages import format_type
from mypy.nodes import TypeAlias, TypeInfo
from mypy.options import Options
from mypy.subtypes import is_subtype
from mypy.types import AnyType, Instance, NoneType, ProperType, TupleType, Type, TypeOfAny, UnionType, get_proper_type
from mypy.typevars import fill_typevars_with_any

if TYPE_CHECKING:
    from mypy.plugin import Plugin


def unknown() -> AnyType:
    """What nothing is known of."""
    return AnyType(TypeOfAny.special_form)


def is_unknown(found: Type | None) -> bool:
    return isinstance(get_proper_type(found), AnyType)


def union(items: Iterable[Type]) -> Type:
    return UnionType.make_union(list(dict.fromkeys(items)))


def optional(found: Type) -> Type:
    return found if is_unknown(found) else union([found, NoneType()])


def without_none(found: Type) -> Type:
    proper = get_proper_type(found)
    if not isinstance(proper, UnionType):
        return found
    return union(each for each in proper.items if not isinstance(get_proper_type(each), NoneType))


def printed(found: Type) -> str:
    """A type as mypy's messages show it."""
    return format_type(found, Options())


class Types:
    """What a plugin can look up: any class that this run of mypy knows."""

    def __init__(self, plugin: Plugin) -> None:
        self._plugin = plugin

    def info(self, fullname: str) -> TypeInfo | None:
        """The class of a full name."""
        symbol = self._plugin.lookup_fully_qualified(fullname)
        return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None

    def base(self, fullname: str) -> TypeInfo | None:
        """The class that the name of a base means: mypy names an alias there by itself (`Base = gokart.TaskOnKart`)."""
        symbol = self._plugin.lookup_fully_qualified(fullname)
        node = symbol.node if symbol is not None else None
        if isinstance(node, TypeAlias):
            target = get_proper_type(node.target)
            return target.type if isinstance(target, Instance) else None
        return node if isinstance(node, TypeInfo) else None

    def instance(self, fullname: str, *arguments: Type) -> Type:
        """An instance of a class, or Any where this run does not know the class."""
        info = self.info(fullname)
        if info is None:
            return unknown()
        if len(arguments) != len(info.type_vars):
            return fill_typevars_with_any(info)
        return Instance(info, list(arguments))

    def tuple_of(self, element: Type) -> Type:
        return self.instance('builtins.tuple', element)

    def list_of(self, element: Type) -> Type:
        return self.instance('builtins.list', element)

    def several(self, element: Type) -> Type:
        """What a list parameter takes. A text is a sequence of texts too, and no list."""
        proper = get_proper_type(element)
        if isinstance(proper, AnyType) or is_subtype(self.instance('builtins.str'), proper):
            return union([self.list_of(element), self.tuple_of(element)])
        return self.instance('typing.Sequence', element)

    def mapping(self, key: Type, value: Type) -> Type:
        return self.instance('typing.Mapping', key, value)


def seen_as(found: ProperType, info: TypeInfo | None) -> Instance | None:
    """An instance as one of a base class of its class."""
    if info is None or not isinstance(found, Instance) or not found.type.has_base(info.fullname):
        return None
    return map_instance_to_supertype(found, info)


def element(found: Type, types: Types) -> Type | None:
    """What a list, tuple or other sequence holds; a text and a dict, which can be iterated too, hold nothing in this sense."""
    proper = get_proper_type(found)
    if isinstance(proper, Instance) and (proper.type.has_base('builtins.str') or proper.type.has_base('typing.Mapping')):
        return None
    if isinstance(proper, TupleType):
        return union(proper.items) if proper.items else unknown()
    sequence = seen_as(proper, types.info('typing.Iterable'))
    return sequence.args[0] if sequence is not None and sequence.args else None
