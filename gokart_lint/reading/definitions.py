"""What both readers do alike with definitions: qualified names, and the sorting of a class body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from gokart_lint import facts
from gokart_lint.facts import Expression, Span, Statement
from gokart_lint.walking import flattened


class Definitions:
    """The classes of one file as they are found, and the place that the reader has got to."""

    def __init__(self) -> None:
        self.classes: list[facts.Class] = []
        self._scope: list[str] = []

    def qualname(self, name: str) -> str:
        """The qualified name of something that is defined at the current place."""
        return f'{self._scope[-1]}.{name}' if self._scope else name

    @contextmanager
    def inside(self, scope: str) -> Iterator[None]:
        """While the body of a class (`A`) or function (`f.<locals>`) is read."""
        self._scope.append(scope)
        try:
            yield
        finally:
            self._scope.pop()

    def add_class(
        self,
        place: int,
        at: Span,
        name_at: Span,
        name: str,
        decorators: tuple[Expression, ...],
        bases: tuple[facts.Argument, ...],
        body: Sequence[Statement],
    ) -> str:
        """Put a class before those inside it, which `place` counts. Returns its qualified name."""
        flat = list(flattened(body))
        definitions = (facts.Assign, facts.Define, facts.Import, facts.DefineClass)
        made = facts.Class(
            at,
            name_at,
            name,
            self.qualname(name),
            decorators,
            bases,
            tuple(each for each in flat if isinstance(each, facts.Assign)),
            tuple(each.function for each in flat if isinstance(each, facts.Define)),
            tuple(each for each in flat if isinstance(each, facts.Import)),
            facts.encode_body(tuple(each for each in body if not isinstance(each, definitions))),
        )
        self.classes.insert(place, made)
        return made.qualname


def bindings(module: str, alias: str | None) -> Iterator[tuple[str, str]]:
    """What `import module as alias` binds: pairs of module and bound name. `import a.b` binds `a`, and `a.b` for who asks for it."""
    if alias is not None:
        yield module, alias
        return
    top = module.partition('.')[0]
    yield top, top
    if module != top:
        yield module, module


def unquoted(node: Expression, parse: Callable[[str, Span], Expression | None]) -> Expression:
    """An annotation with the expression inside a string in place of the string: `'list[A]'` says what `list[A]` says."""

    def within(inner: Expression) -> Expression:
        return unquoted(inner, parse)

    if isinstance(node, facts.Constant) and isinstance(node.value, str):
        return parse(node.value, node.at) or node
    if isinstance(node, facts.Subscript):
        return facts.Subscript(node.at, within(node.value), within(node.index))
    if isinstance(node, facts.Collection):
        return facts.Collection(node.at, node.kind, tuple(map(within, node.items)))
    if isinstance(node, facts.Operation):
        return facts.Operation(node.at, node.kind, node.operators, tuple(map(within, node.operands)))
    return node


def derivations(module: facts.Module) -> tuple[str, ...]:
    """In short, which names classes of a module derive from: the last name of each base, `*` for a base that is no name, and
    `new=old` for each name that an import or an assignment gives to another one."""
    found: dict[str, None] = {}
    assignments = [*module.assignments, *(each for a_class in module.classes for each in a_class.assignments)]
    for a_class in module.classes:
        found.update({_last_name(base.value) or '*': None for base in a_class.bases if not base.keyword})
    for each in module.imports:
        if each.name is not None and each.bound != each.name:
            found[f'{each.bound}={each.name}'] = None
    for assignment in assignments:
        old = None if assignment.value is None else _last_name(assignment.value)
        if old is not None:
            found.update({f'{target.name}={old}': None for target in assignment.targets if isinstance(target, facts.Name)})
    return tuple(sorted(found))


def _last_name(node: Expression) -> str | None:
    node = node.value if isinstance(node, facts.Subscript) else node
    return node.name if isinstance(node, (facts.Name, facts.Attribute)) else None


def is_type_checking(test: Expression) -> bool:
    """Whether a branch is for type checkers alone."""
    return isinstance(test, (facts.Name, facts.Attribute)) and test.name == 'TYPE_CHECKING'
