"""Going through expressions and statements of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gokart_lint import facts
from gokart_lint.facts import Expression, Statement

_LEAVES = frozenset({facts.Name, facts.Constant, facts.Opaque})


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression, in source order."""
    kind = type(node)
    if kind in _LEAVES:  # most nodes
        return ()
    if isinstance(node, facts.Attribute):
        return (node.value,)
    if isinstance(node, facts.Call):
        return node.function, *[argument.value for argument in node.arguments]
    if isinstance(node, facts.Comprehension):
        parts = [part for clause in node.clauses for part in (clause.target, clause.iterable, *clause.conditions)]
        return *node.elements, *parts
    if isinstance(node, facts.Mapping):
        pairs = zip(node.keys, node.values, strict=True)
        return tuple([part for pair in pairs for part in pair if part is not None])
    found: list[Expression] = []
    for field in node.CHILDREN:
        held = getattr(node, field)
        if isinstance(held, tuple):
            found += held
        elif held is not None:
            found.append(held)
    return tuple(found)


def walk(node: Expression) -> Iterator[Expression]:
    """An expression and all expressions inside it, in source order, those of a lambda's body too."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if inner := children(current):
            pending += inner[::-1]


def own_expressions(statement: Statement) -> Iterator[Expression]:
    """The expressions that stand directly in a statement: not those of the statements inside it, nor those of nested definitions."""
    if isinstance(statement, (facts.Evaluate, facts.Return, facts.Alias)):
        found: Iterable[Expression | None] = (statement.value,)
    elif isinstance(statement, facts.Assign):
        found = (*statement.targets, statement.value)
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
        for inner in blocks(statement):
            yield from statements(inner)


def flattened(block: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of a scope that hold no others, in order, also those under `if`, `try`, `with`, `match` and loops."""
    return (statement for statement in statements(block) if not blocks(statement))


def everything(block: Iterable[Statement], *, nested: bool = True) -> Iterator[Expression]:
    """All expressions of a block, at any depth, in source order; with `nested` also those of functions defined inside."""
    for statement in statements(block):
        for expression in own_expressions(statement):
            yield from walk(expression)
        if nested and isinstance(statement, facts.Define):
            yield from everything(statement.function.body)


def dotted(node: Expression) -> str | None:
    """`a.b.c` for a chain of attributes on a name, else None."""
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
