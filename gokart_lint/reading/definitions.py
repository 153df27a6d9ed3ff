"""What both readers do alike with definitions: qualified names, and the sorting of a class body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def is_type_checking(test: Expression) -> bool:
    """Whether a branch is for type checkers alone."""
    return isinstance(test, (facts.Name, facts.Attribute)) and test.name == 'TYPE_CHECKING'
