"""Where two revisions of a task part: pairs of pieces are compared from the task's own methods down, and the way there is kept."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator

import msgspec

from gokart_lint.facts import Span
from gokart_lint.project.classes import Class
from gokart_lint.staleness.forms import Form, Shape
from gokart_lint.staleness.reach import ROOTS, Reach, reach, reach_of
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.targets import Default, Entry, External, Global, Held, Key, Lookup, Member, Target, Task

MOST = 5  # differences of one task


class Place(msgspec.Struct, frozen=True):
    """A place of one revision: an absolute path and a span; no span for a file that is not Python."""

    path: str
    at: Span | None = None


class Difference(msgspec.Struct, frozen=True):
    """One thing that changed: the way from the task to it, what it was and is where that fits a line, and where on both sides."""

    way: tuple[str, ...]
    before: Place | None
    after: Place | None
    change: str = ''

    @property
    def text(self) -> str:
        """`Train.run -> features.scale() -> LIMIT  3 -> 5`."""
        return ' -> '.join(self.way) + (f'  {self.change}' if self.change else '')


class Comparison:
    """Compares pieces of two sides. `same_task` says whether two task classes are one, at two times."""

    def __init__(self, before: Side, after: Side, same_task: Callable[[Class, Class], bool]) -> None:
        self.before = before
        self.after = after
        self._same_task = same_task

    def differences(self, old: Class, new: Class, names: Iterable[str] = ROOTS) -> list[Difference]:
        """What changed in what two revisions of a task reach from some of their methods."""
        names = tuple(names)
        before, after = reach_of(self.before, old, names), reach_of(self.after, new, names)
        walk = _Walk(self, before.attributes | after.attributes)
        more = sorted((before.roots.keys() | after.roots.keys()) - set(names))
        for name in (*names, *more):
            way = (f'{new.name}.{name}',)
            one, other = before.roots.get(name, ()), after.roots.get(name, ())
            if len(one) == len(other):
                for pair in zip(one, other, strict=True):
                    walk.compare(*pair, way)
            elif name in names:
                walk.add(way, one[0] if one else None, other[0] if other else None, _presence(one, other))
        found = [*walk.found, *self._files(new, (before, after))]
        return list({(each.way[-1], each.change, each.before, each.after): each for each in found}.values())[:MOST]

    def pairs(self, one: Target, other: Target, way: tuple[str, ...]) -> list[Difference]:
        """What changed between two pieces that are no task's methods."""
        live = reach(self.before, [one]).attributes | reach(self.after, [other]).attributes
        walk = _Walk(self, live)
        walk.compare(one, other, way)
        return walk.found

    def differing(self, one: Form, other: Form, before: Place, after: Place) -> Difference | None:
        """The first difference between two forms that stand for themselves, and all behind them."""
        live = frozenset[str]()
        for side, form in ((self.before, one), (self.after, other)):
            live |= form.attributes | reach(side, [each.target for each in form.references]).attributes
        for was, is_now in zip(one.lines, other.lines, strict=True):
            if was.shape != is_now.shape:
                return Difference((), before, after, _small_change(was.shape, is_now.shape))
        walk = _Walk(self, live)
        for old, new in zip(one.references, other.references, strict=False):
            walk.compare(old.target, new.target, (_title(new.target),))
        return walk.found[0] if walk.found else None

    def is_same_task(self, one: Class, other: Class) -> bool:
        return self._same_task(one, other)

    # --- files beside the code ---

    def _files(self, task: Class, reached: tuple[Reach, Reach]) -> Iterator[Difference]:
        """The changed files of the repository that either side opens by a literal path."""
        sides = self.before, self.after
        changed = self.before.revision.other_files.keys() | self.after.revision.other_files.keys()
        for path in sorted(changed):
            openers = [_opener(side, path, each) for side, each in zip(sides, reached, strict=True)]
            opener = openers[1] or openers[0]
            old, new = (side.revision.other_files.get(path) for side in sides)
            if opener is not None and not _says_the_same(path, old, new):
                way = (f'{task.name}.run', *([] if opener == f'{task.name}.run()' else [opener]), posixpath.basename(path))
                yield Difference(way, None if old is None else Place(path), None if new is None else Place(path))


def _opener(side: Side, path: str, reached: Reach) -> str | None:
    """The piece of code that names a file, as seen from its own folder or one above, or by the end of its path alone."""
    for text, target in reached.texts.items():
        plain = posixpath.normpath(text.replace('\\', '/')).lstrip('./')
        if '.' not in plain or not f'/{path}'.endswith(f'/{plain}') or isinstance(target, External):
            continue
        meant = side.opened(text, target.module.path) or side.opened(plain, target.module.path)
        if meant in (None, path):
            return target.title
    return None


class _Walk:
    """One way through pairs of pieces. A pair that is being compared further up is taken to be equal: then the rest decides."""

    def __init__(self, comparison: Comparison, live: frozenset[str]) -> None:
        self.comparison = comparison
        self.live = live
        self.found: list[Difference] = []
        self._seen: set[tuple[Key, Key]] = set()

    def compare(self, one: Target, other: Target, way: tuple[str, ...]) -> None:
        """Note what differs between two pieces and behind them."""
        pair = (one.key, other.key)
        if pair in self._seen or len(self.found) >= MOST:
            return
        self._seen.add(pair)
        if _sort(one) != _sort(other) or isinstance(one, (External, Task)):
            if not self._is_same(one, other):
                self.add(way, one, other, f'{_title(one)} -> {_title(other)}')
            return
        if isinstance(one, Lookup) and isinstance(other, Lookup):
            self._compare_entries(one, other, way)
            return
        old, new = self.comparison.before.form(one, self.live), self.comparison.after.form(other, self.live)
        if [line.shape for line in old.lines] != [line.shape for line in new.lines]:
            self._note(one, other, old, new, way)
            return
        if len(old.references) != len(new.references):
            self.add(way, one, other, '')
            return
        for was, is_now in zip(old.references, new.references, strict=True):
            target = is_now.target
            if isinstance(target, (External, Task)) or isinstance(was.target, (External, Task)):
                if not self._is_same(was.target, target):
                    change = f'{_title(was.target)} -> {_title(target)}'
                    self.found.append(Difference(way, _place(one, was.at), _place(other, is_now.at), change))
                continue
            self.compare(was.target, target, (*way, _title(target)))

    def _compare_entries(self, one: Lookup, other: Lookup, way: tuple[str, ...]) -> None:
        """An entry that is new was asked for by no old result."""
        now = {each.name: each for each in other.entries}
        for entry in one.entries:
            if entry.name in now:
                self.compare(entry, now[entry.name], (*way[:-1], now[entry.name].title))
            else:
                self.add((*way[:-1], entry.title), entry, None, 'removed')

    def add(self, way: tuple[str, ...], one: Target | None, other: Target | None, change: str) -> None:
        self.found.append(Difference(way, _place(one), _place(other), change))

    def _is_same(self, one: Target, other: Target) -> bool:
        if isinstance(one, Task) and isinstance(other, Task):
            return self.comparison.is_same_task(one.cls, other.cls)
        return isinstance(one, External) and one == other

    def _note(self, one: Target, other: Target, old: Form, new: Form, way: tuple[str, ...]) -> None:
        for was, is_now in zip(old.lines, new.lines, strict=False):
            if was.shape != is_now.shape:
                change = _small_change(was.shape, is_now.shape) if len(old.lines) == len(new.lines) else ''
                self.found.append(Difference(way, _place(one, was.at), _place(other, is_now.at), change))
                return
        more = (new.lines if len(new.lines) > len(old.lines) else old.lines)[min(len(old.lines), len(new.lines))]
        longer_is_new = len(new.lines) > len(old.lines)
        before = _place(one) if longer_is_new else _place(one, more.at)
        self.found.append(Difference(way, before, _place(other, more.at) if longer_is_new else _place(other)))


def _sort(target: Target) -> type:
    """A value is a value, whether a module or a class holds it."""
    return Global if isinstance(target, (Global, Member, Held, Default, Entry)) else type(target)


def _presence(before: tuple[Target, ...], after: tuple[Target, ...]) -> str:
    return 'removed' if not after else '' if before else 'new'


def _title(target: Target) -> str:
    return target.name.removeprefix('? ').removeprefix('builtins.') if isinstance(target, External) else target.title


def _place(target: Target | None, at: Span | None = None) -> Place | None:
    if target is None or isinstance(target, External):
        return None
    return Place(target.module.path, at or target.at)


def _small_change(one: Shape, other: Shape) -> str:
    """`3 -> 5` for two lines that differ in one literal, else ''."""
    leaves = list(_leaves(one, other))
    return leaves[0] if len(leaves) == 1 else ''


def _leaves(one: object, other: object) -> Iterator[str]:
    if one == other:
        return
    if isinstance(one, tuple) and isinstance(other, tuple):
        if one[:1] == other[:1] == ('constant',):
            yield f'{_short(one[2])} -> {_short(other[2])}'
            return
        if one[:2] == other[:2] == ('operation', one[1] if len(one) > 1 else None) or len(one) == len(other):
            for was, is_now in zip(one, other, strict=False):
                yield from _leaves(was, is_now)
            return
    yield ''


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f'{text[:37]}...'


def _says_the_same(path: str, old: bytes | None, new: bytes | None) -> bool:
    """Whether two states of a file say the same: line ends and, in JSON, layout do not matter."""
    if old is None or new is None:
        return old is new
    if path.endswith('.json'):
        try:
            return bool(json.loads(old) == json.loads(new))
        except ValueError:
            pass
    return [line.rstrip() for line in old.splitlines()] == [line.rstrip() for line in new.splitlines()]
