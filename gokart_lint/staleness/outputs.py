"""Where the output of a task lies, as far as it decides whether an old file is found again."""

from __future__ import annotations

from collections.abc import Iterator

from gokart_lint import facts
from gokart_lint.bodies.frames import Frame
from gokart_lint.facts import Expression
from gokart_lint.project.calls import Place as CodePlace
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.texts import texts
from gokart_lint.staleness.comparing import Comparison, Place
from gokart_lint.staleness.forms import Form
from gokart_lint.staleness.graph import Sure
from gokart_lint.staleness.keys import Move
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.surroundings import Surroundings
from gokart_lint.vocabulary import TARGET_MAKERS
from gokart_lint.walking import everything

_FILE = 'relative_file_path'


class Outputs:
    """The files that `output()` of a task makes, read from the text."""

    def __init__(self, task: Class) -> None:
        self.task = task
        method = task.method('output')
        self.is_default = method is None
        """Whether `output()` is gokart's own: `<module>/<Class>_<key>.pkl`."""
        self.method = method if isinstance(method, Method) else None
        self._calls = [] if self.method is None else list(_makers(self.method))

    @property
    def uses_module(self) -> bool:
        """Whether a path holds the module of the task."""
        return self.is_default or any(_path(call) is None and not call.unpacks for call in self._calls)

    @property
    def holds_key(self) -> bool:
        """Whether every file has the key in its name."""
        given = (_argument(call, 'use_unique_id') for call in self._calls)
        return not any(isinstance(each, facts.Constant) and each.value is False for each in given)

    @property
    def is_known(self) -> bool:
        """Whether the text shows every target."""
        return self.is_default or bool(self._calls)

    def paths(self) -> list[Expression | None]:
        """How the path of each target is written, None for one that is gokart's own."""
        return [_path(call) for call in self._calls]

    @property
    def shows_paths(self) -> bool:
        """Whether every path is either written or gokart's own."""
        return not any(call.unpacks for call in self._calls)

    def literal(self, node: Expression | None) -> str | None:
        """The path that an expression gives, '' for gokart's own, None for one that the text does not show."""
        if node is None or self.method is None:
            return ''
        found = texts(node, CodePlace(self.method.owner.module, self.method.scope, self.method.owner, self.method))
        return found.values[0] if found.complete and len(found.values) == 1 else None

    def form(self, side: Side, node: Expression) -> Form:
        """What a path says."""
        assert self.method is not None
        frame = Frame(self.task, self.method)
        return side.form_of_expression(node, Surroundings(self.method.owner.module, frame.scope, frame=frame))


def file_moves(comparison: Comparison, old: Class, new: Class) -> Iterator[Move]:
    """Why the output lies somewhere else, whatever the key."""
    was, is_now = Outputs(old), Outputs(new)
    places = Place(old.module.path, old.facts.name_at), Place(new.module.path, new.facts.name_at)
    if old.module.name != new.module.name and was.uses_module and is_now.uses_module:
        yield Move(f'its module is {new.module.name}, it was {old.module.name}, and the output path holds it', Sure.YES, *places)
    changed = comparison.differences(old, new, ('output', *TARGET_MAKERS))
    if not changed:
        return
    if was.is_default is not is_now.is_default and was.is_known and is_now.is_known:
        yield Move('output() makes its path in another way', Sure.YES, changed[0].before, changed[0].after)
        return
    if not (was.shows_paths and is_now.shows_paths) or len(was.paths()) != len(is_now.paths()):
        yield Move(f'output() may lie somewhere else: {changed[0].text}', Sure.MAYBE, changed[0].before, changed[0].after)
        return
    for one, other in zip(was.paths(), is_now.paths(), strict=True):
        yield from _path_moves(comparison, (was, one), (is_now, other), places)
    if was.holds_key is not is_now.holds_key:
        yield Move('the key came into the name of the output, or left it', Sure.YES, changed[0].before, changed[0].after)


def _path_moves(
    comparison: Comparison,
    before: tuple[Outputs, Expression | None],
    after: tuple[Outputs, Expression | None],
    places: tuple[Place, Place],
) -> Iterator[Move]:
    """Why one target lies somewhere else."""
    (was, one), (is_now, other) = before, after
    old, new = was.literal(one), is_now.literal(other)
    if old is not None and new is not None:
        if old != new:
            yield Move(f'the output lies at {new!r}, it was {old!r}', Sure.YES, *places)
    elif one is None or other is None:
        yield Move('output() makes its path in another way', Sure.YES, *places)
    elif (found := comparison.differing(was.form(comparison.before, one), is_now.form(comparison.after, other), *places)) is not None:
        yield Move(f'output() may lie somewhere else: {found.text or "its path is made in another way"}', Sure.MAYBE, *places)


def _makers(method: Method) -> Iterator[facts.Call]:
    for node in everything(method.function.body):
        if isinstance(node, facts.Call) and isinstance(node.function, facts.Attribute) and node.function.name in TARGET_MAKERS:
            yield node


def _path(call: facts.Call) -> Expression | None:
    found = _argument(call, _FILE)
    return None if isinstance(found, facts.Constant) and found.value is None else found


def _argument(call: facts.Call, name: str) -> Expression | None:
    assert isinstance(call.function, facts.Attribute)
    order = TARGET_MAKERS[call.function.name]
    given = call.keyword(name) or (call.positional(order.index(name)) if name in order else None)
    return None if given is None else given.value
