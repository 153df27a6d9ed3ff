"""The parameter classes: what the values of each are, what a construction may be given for them, and where the class says so.

Three types matter: the *value* that `self.x` is, what a construction *accepts*, and the *natural* value that class and arguments say by
themselves. Read off gokart 1.12.2 (`gokart.parameter`) and luigi 3.8.1 (`luigi.parameter`): list parameters turn lists into tuples, the
dates take what their `normalize` understands, and a path parameter makes a path of a text.
"""

from __future__ import annotations

from mypy.nodes import FuncDef, TypeInfo
from mypy.types import AnyType, Instance, NoneType, TupleType, Type, TypedDictType, TypeType, UnionType, get_proper_type

from gokart_lint.mypy import names
from gokart_lint.mypy.types import Types, element, is_unknown, optional, seen_as, union, unknown

TYPE_ARGUMENTS = {
    'task': 'expected_type',
    'task list': 'expected_elements_type',
    'enum': 'enum',
    'enum list': 'enum',
    'choice': 'var_type',
    'choice list': 'var_type',
    'number': 'var_type',
    'serializable': 'object_type',
}
"""Which argument of a declaration names the class of the values, by kind."""

SEVERAL = frozenset({'list', 'enum list', 'choice list', 'task list'})
"""The kinds whose values hold several: whatever is given arrives as a tuple."""

_PLAIN = {
    'str': 'builtins.str',
    'int': 'builtins.int',
    'float': 'builtins.float',
    'bool': 'builtins.bool',
    'number': 'builtins.float',
    'date': 'datetime.date',
    'datetime': 'datetime.datetime',
    'date interval': 'luigi.date_interval.DateInterval',
    'timedelta': 'datetime.timedelta',
    'path': 'pathlib.Path',
}


def is_optional(info: TypeInfo) -> bool:
    """Whether a parameter class takes None, and has None as its default."""
    return info.has_base(names.OPTIONAL_MIXIN) or any(
        base.fullname.startswith('luigi.parameter.Optional') for base in info.mro if base.fullname in names.KINDS
    )


def refuses_none(info: TypeInfo) -> bool:
    """Whether a parameter of tasks checks its value as gokart's do, whatever its annotation says (`_warn_on_wrong_param_type`)."""
    symbol = info.get('_warn_on_wrong_param_type')
    return symbol is not None and isinstance(symbol.node, FuncDef) and symbol.node.info.fullname.startswith('gokart.')


def has_implied_default(info: TypeInfo) -> bool:
    """Whether a declaration without `default=` has one (`BoolParameter.__init__`, `OptionalParameterMixin.__init__` of luigi 3.8.1).

    The optional choices and numbers of luigi 3.8 have a constructor of their own, whose `default` is none; before, it took `*args`.
    """
    if names.parameter_class(info) == 'luigi.parameter.BoolParameter':
        return True
    if not is_optional(info):
        return False
    first = next((base for base in info.mro if '__init__' in base.names and names.of_library(base)), None)
    if first is None or first.fullname == names.OPTIONAL_MIXIN:
        return True
    constructor = first.names['__init__'].node
    return not (isinstance(constructor, FuncDef) and 'default' in constructor.arg_names)


def natural(info: TypeInfo, given: Type | None, types: Types) -> Type:
    """The value that a parameter class has by itself; `given` is the class that the declaration names for its values."""
    own = _of_own_class(info, types)
    if own is None:
        kind = names.KINDS.get(names.parameter_class(info) or '', 'any')
        own = _of_kind(kind, given, types)
    return optional(own) if is_optional(info) else own


def _of_kind(kind: str, given: Type | None, types: Types) -> Type:
    if kind in ('number', 'choice', 'enum', 'serializable'):
        return given if given is not None else types.instance(_PLAIN[kind]) if kind in _PLAIN else unknown()
    if kind in _PLAIN:
        return types.instance(_PLAIN[kind])
    if kind == 'task':
        return given if given is not None else types.instance(names.TASK_ON_KART)
    if kind == 'task list':
        return types.list_of(given if given is not None else types.instance(names.TASK_ON_KART))
    if kind in SEVERAL:
        return types.tuple_of(given if given is not None else unknown())
    if kind == 'dict':
        return types.instance('builtins.dict', unknown(), unknown())
    if kind == 'task class':
        task = get_proper_type(types.instance(names.TASK))
        return TypeType.make_normalized(task) if isinstance(task, Instance) else unknown()
    return unknown()


def _of_own_class(info: TypeInfo, types: Types) -> Type | None:
    """What the project's own parameter class says of its values: the return type of its `parse`, or the type argument of its base."""
    is_of_tasks = names.KINDS.get(names.parameter_class(info) or '') in ('task', 'task list')  # checked by gokart, whatever parses it
    for base in info.mro:
        if base.fullname in names.KINDS or names.of_library(base) or is_of_tasks:
            break
        parse = base.names.get('parse')
        if parse is not None and isinstance(parse.node, FuncDef):
            returned = getattr(parse.node.type, 'ret_type', None)
            if returned is None or is_unknown(returned):
                return unknown()
            return _without_variables(returned, info)
    known = types.info(names.parameter_class(info) or '')
    if known is None or info is known or not known.type_vars:
        return None
    return _said_by_base(info, known, types)


def _said_by_base(info: TypeInfo, known: TypeInfo, types: Types) -> Type | None:
    from mypy.typevars import fill_typevars_with_any

    mapped = seen_as(fill_typevars_with_any(info), known)
    if mapped is None or not mapped.args or is_unknown(mapped.args[0]):
        return None
    if known.fullname == names.PARAMETER and str(mapped.args[0]) == 'builtins.str':
        return None  # what luigi's type variable is when nobody says
    return descriptor_value(mapped, types)


def _without_variables(found: Type, info: TypeInfo) -> Type:
    from mypy.erasetype import erase_typevars

    return erase_typevars(found) if info.type_vars else found


def descriptor_value(found: Instance, types: Types) -> Type:
    """What `self.x` is for a parameter of some type, as the `__get__` of its class says (luigi 3.8)."""
    parameter = types.info(names.PARAMETER)
    mapped = seen_as(found, parameter)
    if mapped is None or not mapped.args:
        return natural(found.type, None, types)
    held = mapped.args[0]
    if found.type.has_base(names.OPTIONAL_PATH):  # luigi calls it an optional text; `PathParameter.normalize` makes a path of it
        return optional(types.instance('pathlib.Path'))
    if is_unknown(held):
        held = natural(found.type, None, types)
    elif found.type.has_base('luigi.parameter.ChoiceListParameter'):
        held = types.tuple_of(held)
    if found.type.has_base(names.OPTIONAL_MIXIN):
        mixin = seen_as(found, types.info(names.OPTIONAL_MIXIN))
        if mixin is not None and mixin.args:
            held = mixin.args[0]
        return optional(held)
    return held


def accepted(info: TypeInfo, value: Type, types: Types) -> Type:
    """What a construction may be given for a parameter of some value."""
    known = names.parameter_class(info) or ''
    return _accepted(known, names.KINDS.get(known, 'any'), value, types)


def _accepted(known: str, kind: str, value: Type, types: Types) -> Type:
    proper = get_proper_type(value)
    if isinstance(proper, UnionType):
        return union(_accepted(known, kind, item, types) for item in proper.items)
    if isinstance(proper, NoneType | AnyType):
        return value
    if kind in SEVERAL:
        if isinstance(proper, TupleType):
            return union([value, types.list_of(unknown())])
        held = element(value, types)
        return value if held is None else union([types.several(held), *([] if _is_sequence(proper) else [value])])
    if kind == 'dict' and not isinstance(proper, TypedDictType):
        mapping = seen_as(proper, types.info('typing.Mapping'))
        return value if mapping is None else types.mapping(*mapping.args)
    if known in names.DATE_INTERVALS:
        return union([value, types.instance(names.DATE_INTERVALS[known])])
    if kind == 'datetime' and not known.startswith('gokart.'):
        return union([value, types.instance('datetime.date')])
    if kind == 'path':
        return union([value, types.instance('builtins.str')])
    return value


def _is_sequence(found: Type) -> bool:
    return isinstance(found, Instance) and found.type.has_base('typing.Sequence')
