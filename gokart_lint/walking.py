"""Going through expressions and statements of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement

_LEAVES = frozenset({facts.Name, facts.Constant, facts.Opaque})
_HOLDING_BLOCKS = frozenset({facts.Branch, facts.Loop, facts.With, facts.Try, facts.Match})


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression, in source order."""
    return _INSIDE.get(type(node), _in_fields)(node)


def _in_call(node: facts.Call) -> tuple[Expression, ...]:
    return node.function, *[argument.value for argument in node.arguments]


def _in_comprehension(node: facts.Comprehension) -> tuple[Expression, ...]:
    parts = [part for clause in node.clauses for part in (clause.target, clause.iterable, *clause.conditions)]
    return *node.elements, *parts


def _in_mapping(node: facts.Mapping) -> tuple[Expression, ...]:
    pairs = zip(node.keys, node.values, strict=True)
    return tuple([part for pair in pairs for part in pair if part is not None])


def _in_fields(node: Expression) -> tuple[Expression, ...]:
    found: list[Expression] = []
    for field in node.CHILDREN:
        held = getattr(node, field)
        if isinstance(held, tuple):
            found += held
        elif held is not None:
            found.append(held)
    return tuple(found)


# By class, since this is asked of every expression of a project many times.
_INSIDE: dict[type, Callable[[Any], tuple[Expression, ...]]] = {
    **dict.fromkeys(_LEAVES, lambda node: ()),
    facts.Attribute: lambda node: (node.value,),
    facts.Call: _in_call,
    facts.Comprehension: _in_comprehension,
    facts.Mapping: _in_mapping,
    facts.Operation: lambda node: node.operands,
}


def walk(node: Expression) -> Iterator[Expression]:
    """An expression and all expressions inside it, in source order, those of a lambda's body too."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if type(current) not in _LEAVES:
            pending += children(current)[::-1]


def own_expressions(statement: Statement) -> Iterable[Expression]:
    """The expressions that stand directly in a statement: not those of the statements inside it, nor those of nested definitions."""
    if isinstance(statement, facts.Assign):
        return statement.targets if statement.value is None else (*statement.targets, statement.value)
    if isinstance(statement, facts.Evaluate):
        return (statement.value,)
    if isinstance(statement, (facts.Return, facts.Alias)):
        found: Iterable[Expression | None] = (statement.value,)
    elif isinstance(statement, facts.Raise):
        found = (statement.error, statement.cause)
    elif isinstance(statement, facts.Branch):
        found = (statement.test,)
    elif isinstance(statement, facts.Loop):
        found = (statement.target, statement.subject)
    elif isinstance(statement, facts.With):
        found = (part for context in statement.contexts for part in (context.value, context.target))
    elif isinstance(statement, facts.Try):
        found = (handler.error for handler in statement.handlers)
    elif isinstance(statement, facts.Match):
        found = (statement.subject, *(part for case in statement.cases for part in (*case.values, case.guard)))
    elif isinstance(statement, facts.Delete):
        found = statement.targets
    elif isinstance(statement, facts.Assert):
        found = (statement.test, statement.message)
    elif isinstance(statement, facts.Define):
        function = statement.function
        found = (*function.decorators, *(formal.default for formal in function.formals))
    else:
        found = ()
    return (expression for expression in found if expression is not None)


def blocks(statement: Statement) -> tuple[tuple[Statement, ...], ...]:
    """The blocks of statements directly inside a statement of the same scope."""
    if type(statement) not in _HOLDING_BLOCKS:  # most statements
        return ()
    if isinstance(statement, facts.Branch):
        return statement.then, statement.otherwise
    if isinstance(statement, facts.Loop):
        return statement.body, statement.otherwise
    if isinstance(statement, facts.With):
        return (statement.body,)
    if isinstance(statement, facts.Try):
        return statement.body, *(handler.body for handler in statement.handlers), statement.otherwise, statement.cleanup
    if isinstance(statement, facts.Match):
        return tuple(case.body for case in statement.cases)
    return ()


def statements(block: Iterable[Statement]) -> Iterator[Statement]:
    """Each statement of a scope and, behind it, those inside it; nested definitions are not entered."""
    for statement in block:
        yield statement
        if type(statement) in _HOLDING_BLOCKS:
            for inner in blocks(statement):
                yield from statements(inner)


def flattened(block: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of a scope that hold no others, in order, also those under `if`, `try`, `with`, `match` and loops."""
    return (statement for statement in statements(block) if not blocks(statement))


def everything(block: Iterable[Statement], *, nested: bool = True) -> Iterator[Expression]:
    """All expressions of a block, at any depth, in source order; with `nested` also those of functions defined inside."""
    for statement in statements(block):
        for expression in own_expressions(statement):
            if type(expression) in _LEAVES:
                yield expression
            else:
                yield from walk(expression)
        if nested and isinstance(statement, facts.Define):
            yield from everything(statement.function.body)


def compound(block: Iterable[Statement]) -> list[Expression]:
    """The expressions of a block that hold others, at any depth but not in functions defined inside, in no order."""
    found: list[Expression] = []
    pending = [node for statement in statements(block) for node in own_expressions(statement)]
    while pending:
        node = pending.pop()
        if type(node) not in _LEAVES:
            found.append(node)
            pending += children(node)
    return found


def dotted(node: Expression) -> str | None:
    """`a.b.c` for a chain of attributes on a name, else None."""
    if type(node) is facts.Name:
        return node.name
    names: list[str] = []
    while isinstance(node, facts.Attribute):
        names.append(node.name)
        node = node.value
    if not isinstance(node, facts.Name):
        return None
    return '.'.join([node.name, *reversed(names)])


def own_attribute(node: Expression, self_name: str = 'self') -> str | None:
    """`x` for `self.x`, else None."""
    if isinstance(node, facts.Attribute) and isinstance(node.value, facts.Name) and node.value.name == self_name:
        return node.name
    return None
