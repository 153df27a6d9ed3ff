"""What mypy's daemon must be told, since it checks again only what it knows to rest on a change."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from mypy.nodes import MDEF, SymbolTableNode, TypeInfo, Var
from mypy.server.trigger import make_wildcard_trigger
from mypy.types import LiteralType

from gokart_lint.mypy import names
from gokart_lint.mypy.collecting import TAG

if TYPE_CHECKING:
    from gokart_lint.mypy.collecting import Own

_SHOWN = '_gokart_lint_wiring'


def depend(api: Any, info: TypeInfo, own: Own) -> None:
    """Check a class again when one of those changes whose parameters it has. The file of the class must be the current one."""
    others = [base.fullname for base in info.mro[1:] if not names.of_library(base) and base.fullname != 'builtins.object']
    for fullname in (*others, *own.copies, *(config for config, _ in own.configured if config)):
        api.add_plugin_dependency(make_wildcard_trigger(fullname), info.fullname)


def show(info: TypeInfo, api: Any) -> None:
    """Let a change of what the metadata says be seen: the daemon compares names and types, so it becomes the type of a name."""
    if not api.options.fine_grained_incremental:
        return
    said = hashlib.sha256(json.dumps(info.metadata.get(TAG, {}), sort_keys=True).encode()).hexdigest()
    node = Var(_SHOWN, LiteralType(said, api.named_type('builtins.str')))
    node.info = info
    node._fullname = f'{info.fullname}.{_SHOWN}'
    info.names[_SHOWN] = SymbolTableNode(MDEF, node, plugin_generated=True)
