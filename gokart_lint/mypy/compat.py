"""Everything that differs between the versions of mypy."""

from __future__ import annotations

from typing import Any

from mypy.nodes import FuncItem, MypyFile, TypeInfo
from mypy.types import Type, deserialize_type


def revived(data: Any, modules: dict[str, MypyFile]) -> Type:
    """A type from what its `serialize()` gave, in semantic analysis as well as in type checking."""
    found = deserialize_type(data)
    found.accept(_type_fixer(modules))
    return found


def _type_fixer(modules: dict[str, MypyFile]) -> Any:
    try:
        from mypy.modules_state import modules_state
    except ImportError:  # before mypy 1.19
        from mypy.fixup import TypeFixer

        return TypeFixer(modules, allow_missing=True)
    return modules_state.node_fixer.type_fixer if modules_state.node_fixer is not None else None


def enclosing_function(api: Any) -> FuncItem | None:
    """The outermost function whose body is checked at the moment (`CheckerScope`; its method was called `top_function` until mypy 1.15)."""
    scope = api.scope
    found = scope.top_level_function() if hasattr(scope, 'top_level_function') else scope.top_function()
    return found if isinstance(found, FuncItem) else None


def enclosing_class(api: Any) -> TypeInfo | None:
    """The class whose body is checked at the moment: None inside a method."""
    found = api.scope.active_class()
    return found if isinstance(found, TypeInfo) else None


def surrounding_class(api: Any) -> TypeInfo | None:
    """The class whose body or method is checked at the moment."""
    active = enclosing_class(api)
    if active is not None or enclosing_function(api) is None:
        return active
    found = api.scope.enclosing_class()
    return found if isinstance(found, TypeInfo) else None
