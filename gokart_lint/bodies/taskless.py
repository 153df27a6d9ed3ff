"""Whether a value is surely no task and holds none, as far as the text shows."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.code import Code, of_function, of_method
from gokart_lint.facts import Expression
from gokart_lint.project.symbols import FunctionSymbol, Library
from gokart_lint.walking import everything, statements

_GIVING_PLAIN = frozenset({
    f'builtins.{name}' for name in ('bool', 'float', 'format', 'hash', 'id', 'int', 'len', 'print', 'range', 'repr', 'round', 'str', 'type')
})  # fmt: skip
_TARGETS = frozenset({'input', 'output'})
_MOST_STEPS = 10  # between a value and the functions that make it


def is_no_task(node: Expression, code: Code, steps: int = _MOST_STEPS) -> bool:
    """Whether a value is a literal, something computed or loaded, or a display of such values."""
    if isinstance(node, facts.Collection):
        return all(is_no_task(item, code, steps) for item in node.items)
    if isinstance(node, facts.Mapping):
        return all(is_no_task(value, code, steps) for value in node.values)
    if isinstance(node, facts.Operation):
        return node.kind in ('comparison', 'unary') or all(is_no_task(each, code, steps) for each in node.operands)
    if isinstance(node, facts.Conditional):
        return is_no_task(node.then, code, steps) and is_no_task(node.otherwise, code, steps)
    if isinstance(node, facts.Comprehension):
        return is_no_task(node.elements[-1], code, steps)
    if isinstance(node, facts.Call):
        return _gives_no_task(node, code, steps)
    return isinstance(node, (facts.Constant, facts.Text, facts.Opaque))


def _gives_no_task(node: facts.Call, code: Code, steps: int) -> bool:
    symbol = code.resolve(node.function)
    if isinstance(symbol, Library):
        return symbol.name in _GIVING_PLAIN
    inside = of_function(symbol.module, symbol.function) if isinstance(symbol, FunctionSymbol) else None
    if isinstance(node.function, facts.Attribute):
        name, method = code.own(node.function), code.place.method
        found = None if name is None or method is None else method.owner.method(name)
        if found is None and (node.function.name in _TARGETS or (name in vocabulary.LOADS)):
            return True
        if method is not None and name is not None:
            project = method.owner.project_method(name)
            is_final = project is not None and all(each.method(name) is project for each in method.owner.subclasses)
            inside = of_method(project) if project is not None and is_final and not project.function.decorators else None
    if inside is None or not steps:
        return False
    return all(is_no_task(each, inside, steps - 1) for each in _given(inside))


def _given(code: Code) -> Iterator[Expression]:
    """What a function returns or yields."""
    for statement in statements(code.body):
        if isinstance(statement, facts.Return) and statement.value is not None:
            yield statement.value
    yield from (node.value for node in everything(code.body, nested=False) if isinstance(node, facts.Yield) and node.value is not None)
