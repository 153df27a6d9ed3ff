"""`@inherits_config_params`: what a config holds is handed to the task as it is, so the types of both must agree.

`inherits_config_params.__call__` of gokart 1.12.2 puts the values of the config into the arguments of every construction; nothing parses
them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.errorcodes import ErrorCode
from mypy.meet import is_overlapping_types
from mypy.nodes import TypeInfo
from mypy.subtypes import is_subtype
from mypy.types import Type

from gokart_lint.mypy.types import is_unknown, printed

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Collector, Own

DISAGREES = ErrorCode('gokart-config', 'A parameter that a config gives a value of another type', 'gokart')


def judge(api: Any, info: TypeInfo, own: Own, collector: Collector) -> None:
    """Compare the parameters of a class with those of the configs that it inherits from."""
    by_name = collector.parameters(info).by_name if own.configured else {}
    for fullname, renamed in own.configured:
        config = collector.find(fullname)
        for name, given in collector.parameters(config).by_name.items() if config is not None else ():
            wanted = by_name.get(renamed.get(name, name))
            if wanted is None or config is None or _agree(given.value, wanted.accepts) or _agree(given.value, wanted.value):
                continue
            place = f'"{info.name}.{wanted.name}"'
            message = f'{place} is {printed(wanted.value)}, and "{config.name}.{name}", whose value it gets, is {printed(given.value)}'
            api.fail(message, info.defn, code=DISAGREES)


def _agree(given: Type, wanted: Type) -> bool:
    if is_unknown(given) or is_unknown(wanted):
        return True
    return is_subtype(given, wanted) or is_subtype(wanted, given) or is_overlapping_types(given, wanted)
