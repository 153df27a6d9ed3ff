"""What a function does only for callers that leave an argument out: `today = today or date.today()`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gokart_lint import facts
from gokart_lint.bodies.code import Code
from gokart_lint.facts import Expression, Span
from gokart_lint.project.remembering import remembered
from gokart_lint.walking import everything, statements, walk

NOBODY: frozenset[str] = frozenset()


def left_out(code: Code, given: frozenset[str]) -> frozenset[str]:
    """The formal parameters that hold None throughout a function whose caller gives some."""
    return frozenset(name for name in _optional(code) - given if len(code.scope.assigned[name]) == 1)


@remembered
def fallbacks(code: Code) -> Mapping[Span, str]:
    """The expressions that are reached only if the caller leaves a formal parameter out, each with its name."""
    names = _optional(code)
    if not names:
        return {}
    return {node.at: name for name, guarded in _guarded(code, names) for node in walk(guarded)}


def given(call: Expression, code: Code, absent: frozenset[str]) -> frozenset[str]:
    """The optional formal parameters that a call gives, or may give. `absent` are names that hold None where the call stands."""
    names = _optional(code)
    if not names or not isinstance(call, facts.Call):
        return NOBODY
    if call.unpacks:
        return names
    formals = code.scope.function.formals
    method = code.place.method
    is_bound = method is not None and method.function is code.scope.function and method.kind != 'static'
    places = [each.name for each in formals if each.kind in ('/', '')][1 if is_bound else 0 :]
    positional = [each for each in call.arguments if each.keyword is None]
    pairs = [*zip(places, positional, strict=False), *((each.keyword, each) for each in call.arguments if each.keyword is not None)]
    return names & {name for name, each in pairs if name and not _holds_none(each.value, absent)}


def _holds_none(node: Expression, absent: frozenset[str]) -> bool:
    return _is_none(node) or (isinstance(node, facts.Name) and node.name in absent)


def _guarded(code: Code, names: frozenset[str]) -> Iterator[tuple[str, Expression]]:
    for statement in statements(code.body):
        if isinstance(statement, facts.Branch):
            name, is_left_out = _asks(statement.test, names)
            if name:
                yield from ((name, node) for node in everything(statement.then if is_left_out else statement.otherwise))
    for node in everything(code.body, nested=False):
        if isinstance(node, facts.Conditional):
            name, is_left_out = _asks(node.test, names)
            if name:
                yield name, node.then if is_left_out else node.otherwise
        elif isinstance(node, facts.Operation) and node.operators[:1] == ('or',):
            name, is_left_out = _asks(node.operands[0], names)
            if name and not is_left_out:
                yield from ((name, each) for each in node.operands[1:])


def _asks(test: Expression, names: frozenset[str]) -> tuple[str, bool]:
    """The formal parameter that a test asks for, and whether it holds if that is left out: `x is None`, `not x`, `x`, `x is not None`."""
    if isinstance(test, facts.Name):
        return (test.name if test.name in names else ''), False
    if not isinstance(test, facts.Operation) or len(test.operators) != 1:
        return '', False
    name = test.operands[0].name if isinstance(test.operands[0], facts.Name) else ''
    if name not in names:
        return '', False
    if test.operators == ('not',):
        return name, True
    if test.operators in (('is',), ('is not',), ('==',), ('!=',)) and _is_none(test.operands[1]):
        return name, test.operators[0] in ('is', '==')
    return '', False


def _optional(code: Code) -> frozenset[str]:
    if not code.is_function:
        return NOBODY
    return frozenset(each.name for each in code.scope.function.formals if _is_none(each.default))


def _is_none(node: Expression | None) -> bool:
    return isinstance(node, facts.Constant) and node.value is None
