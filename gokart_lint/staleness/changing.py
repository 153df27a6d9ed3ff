"""What statements give a name of a module its value, or change what it holds."""

from __future__ import annotations

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.module import Module, names_in
from gokart_lint.walking import statements


def giving(module: Module, name: str) -> list[Statement]:
    """The statements of a module that give one of its names its value, or change what it holds."""
    return [each for each in module.facts.body if _gives(each, name)]


def _gives(statement: Statement, name: str) -> bool:
    for each in statements([statement]):
        if isinstance(each, facts.Assign) and any(name in names_in(_root(target)) for target in each.targets):
            return each.value is not None
        if isinstance(each, (facts.Import, facts.Define)) and name == (
            each.bound if isinstance(each, facts.Import) else each.function.name
        ):
            return True
        if isinstance(each, facts.Loop) and each.target is not None and name in names_in(each.target):
            return True
        if isinstance(each, facts.With) and any(context.target and name in names_in(context.target) for context in each.contexts):
            return True
        value = each.value if isinstance(each, facts.Evaluate) else None
        function = value.function if isinstance(value, facts.Call) else None
        if isinstance(function, facts.Attribute) and isinstance(function.value, facts.Name) and function.value.name == name:
            return True
    return False


def declares_global(function: facts.Function, name: str) -> bool:
    """Whether a function says `global name`, so that it may give the module's name another value."""
    if b'global' not in function.code:  # most bodies need no decoding
        return False
    return any(isinstance(each, facts.Plain) and each.word == 'global' and name in each.names for each in statements(function.body))


def _root(target: Expression) -> Expression:
    while isinstance(target, (facts.Subscript, facts.Attribute)):
        target = target.value
    return target
