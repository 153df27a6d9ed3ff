"""From two revisions to verdicts: what changed in the code of each task, what moved its key, and what that means for its old result."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from gokart_lint.bodies.idling import always_raises
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.symbols import UNKNOWN
from gokart_lint.settings import Settings
from gokart_lint.staleness.acceptance import accepted_fingerprints, is_suppressed
from gokart_lint.staleness.bumping import bump
from gokart_lint.staleness.caching import keyed_by_code, never_cached
from gokart_lint.staleness.comparing import Comparison, Difference, Place
from gokart_lint.staleness.fingerprints import fingerprint
from gokart_lint.staleness.graph import Graph, Sure
from gokart_lint.staleness.keys import Move, moves
from gokart_lint.staleness.outputs import Outputs, file_moves
from gokart_lint.staleness.own_files import is_test
from gokart_lint.staleness.pairing import Pairs
from gokart_lint.staleness.requiring import requirements
from gokart_lint.staleness.revisions import Compared, absolute
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.touched import Names, touched
from gokart_lint.staleness.verdicts import Judged, Kind, Reason, Verdict, Where
from gokart_lint.wiring.constructions import constructions


class Change(msgspec.Struct, frozen=True):
    """What happened to one task: to its code, to its key, and to the place of its output."""

    code: tuple[Difference, ...] = ()
    key: tuple[Move, ...] = ()
    file: tuple[Move, ...] = ()
    is_new: bool = False
    doubt: str = ''
    """Why its code cannot be compared."""


class Judge:
    """Judges the tasks of one comparison. `folder` is what paths are shown relative to; `with_fixes` looks for fixes too."""

    def __init__(self, compared: Compared, settings: Settings, folder: str, *, with_fixes: bool = False) -> None:
        self._with_fixes = with_fixes
        self._compared = compared
        self._settings = settings
        self._root = root = absolute(settings.root)
        self.classes: dict[str, Class] = {}
        self._folder = folder
        self._before, self._after = Side(compared.base), Side(compared.head)
        self._graph = Graph(compared.head.project, root)
        self._broken = {
            path: f'{self._shown(path)} cannot be read in {side.title}: {side.unreadable[path].reason}'
            for side in (compared.base, compared.head)
            for path in sorted(compared.changed & side.unreadable.keys())
        }
        self._changes: dict[Class, Change] = {}
        self._moved: dict[Class, Sure] = {}
        self._because: dict[Class, Class] = {}

    def judge(self) -> Judged:
        """All verdicts, the worst first, then in the order of the files."""
        before, after = self._affected(self._before), self._affected(self._after)
        pairs = Pairs(before, after)
        comparison = Comparison(self._before, self._after, pairs.same)
        for task in after:
            self._changes[task] = self._change(comparison, pairs.old_of.get(task), task)
        self._spread()
        verdicts = {task: self._verdict(task, self._changes[task]) for task in self._changes if not task.is_abstract}
        found = {task: verdict for task, verdict in verdicts.items() if verdict is not None}
        if self._with_fixes:
            stale = [task for task, verdict in found.items() if verdict.kind is Kind.STALE]
            found.update({task: msgspec.structs.replace(found[task], fix=bump(task, stale)) for task in stale})
        found.update(self._moved_alone(found))
        found.update(self._above(found))
        order = list(Kind)
        ordered = sorted([*found.values(), *self._lost(pairs.gone)], key=lambda each: (order.index(each.kind), each.where.path, each.at))
        compared = self._compared
        return Judged(tuple(ordered), compared.base.title, compared.head.title, len(compared.changed), self._notes(), compared.warnings)

    # --- which tasks, and what happened to them ---

    def _affected(self, side: Side) -> list[Class]:
        """The tasks of pipelines that a change can reach, and those that a changed file builds."""
        found = []
        for path, names in self._touched.items():
            if not is_test(path, self._root):
                found += [
                    task for task in side.tasks([path]) if task.qualname.partition('.')[0] in names or task.full_name in self._rebuilt
                ]
        others = {path for path in self._rebuilt.values() if path not in self._touched}
        return found + [task for task in side.tasks(others) if task.full_name in self._rebuilt]

    @cached_property
    def _touched(self) -> Names:
        others = {*self._compared.base.other_files, *self._compared.head.other_files}
        names = sorted({os.path.basename(path) for path in others})
        return dict(sorted(touched(self._before, self._after, self._compared.changed, names).items()))

    @cached_property
    def _rebuilt(self) -> dict[str, str]:
        """The tasks that changed files build, with their files: with other values than before, perhaps."""
        found: dict[str, str] = {}
        for side in (self._before, self._after):
            for path in sorted(self._compared.changed):
                module = None if is_test(path, self._root) else side.project.module(path)
                for each in () if module is None else constructions(side.project).in_module(module):
                    if isinstance(each.cls, Class):
                        found[each.cls.full_name] = each.cls.module.path
        return found

    def _change(self, comparison: Comparison, old: Class | None, new: Class) -> Change:
        if old is None and new.module.path in self._broken:
            return Change(key=(Move(self._broken[new.module.path], Sure.MAYBE),))
        if old is None:
            return Change(key=(Move('the task is new', after=Place(new.module.path, new.facts.name_at)),), is_new=True)
        required = requirements(comparison, old, new)
        code = (*comparison.differences(old, new), *required.differences)
        rebuilt = {old.full_name, new.full_name} & self._rebuilt.keys()
        key = (*moves(comparison, old, new, rebuilt=bool(rebuilt)), *required.moves, *_code_moves(new, code))
        doubt = ''
        if code and UNKNOWN in new.ancestors:
            doubt = 'one of its bases is not known, which may have other methods'
        if code and (broken := self._broken_behind(old, new)):
            doubt = self._broken[broken]
        return Change(code, key, tuple(file_moves(comparison, old, new)), doubt=doubt)

    def _broken_behind(self, old: Class, new: Class) -> str | None:
        """A file that cannot be read on one side, and that a task imports."""
        for path in self._broken:
            if old.module.path in self._before.reaching([path]) or new.module.path in self._after.reaching([path]):
                return path
        return None

    def _spread(self) -> None:
        """A moved key moves the keys of all that need the task."""
        pending = []
        for task, change in self._changes.items():
            self._moved[task] = max((move.sure for move in change.key), default=Sure.NO)
            if self._moved[task] and not change.is_new:  # whoever needs a new task requires something else than before
                pending.append(task)
        while pending:
            task = pending.pop(0)
            for above, sure in self._graph.needed_by(task).items():
                level = min(self._moved[task], sure)
                if level > self._moved.get(above, Sure.NO):
                    self._moved[above] = level
                    self._because[above] = task
                    pending.append(above)

    # --- verdicts ---

    def _verdict(self, task: Class, change: Change) -> Verdict | None:
        own = max((move.sure for move in (*change.key, *change.file)), default=Sure.NO)
        if not change.code:
            if own is Sure.YES:
                return self._made(Kind.RECOMPUTED, task, self._of_moves(change))
            return self._made(Kind.UNKNOWN, task, self._of_moves(change)) if own is Sure.MAYBE and _has_result(task) else None
        if not _has_result(task):
            return self._made(Kind.RECOMPUTED, task, self._of_moves(change)) if own is Sure.YES else None
        if (cause := never_cached(task, self._settings.cache_off_parameters)) is not None:
            return self._made(Kind.RECOMPUTED, task, [Reason(cause), *self._of_code(change)])
        level = max((move.sure for move in change.file), default=Sure.NO)
        if Outputs(task).holds_key:
            level = max(level, self._moved[task])
        if level is Sure.YES:
            return self._made(Kind.RECOMPUTED, task, [*self._of_moves(change), *self._inherited(task), *self._of_code(change)])
        if change.doubt or level is Sure.MAYBE:
            doubt = [Reason(change.doubt)] if change.doubt else [*self._of_moves(change), *self._inherited(task)]
            return self._made(Kind.UNKNOWN, task, [*doubt, *self._of_code(change)])
        if self._may_move_unseen(task):
            doubt = [Reason('it may need a task whose key moved: what it requires does not show in the text')]
            return self._made(Kind.UNKNOWN, task, [*doubt, *self._of_code(change)])
        return self._stale(task, change)

    def _stale(self, task: Class, change: Change) -> Verdict:
        now = fingerprint(self._after, task)
        accepted = accepted_fingerprints(task)
        reasons = self._of_code(change)
        if Outputs(task).holds_key and self._moved[task]:
            reasons += [Reason(f'for some of its results only: {each.text}') for each in (*self._of_moves(change), *self._inherited(task))]
        elif self._moved[task]:
            reasons.append(Reason('its key moved, but the name of its output does not hold the key (use_unique_id=False)'))
        if now in accepted:
            return self._made(Kind.ACCEPTED, task, [Reason(accepted[now] or 'accepted without a reason'), *reasons], now)
        if is_suppressed(task, self._settings):
            return self._made(Kind.ACCEPTED, task, [Reason('a comment or the settings suppress it'), *reasons], now)
        if accepted:
            reasons.append(Reason('what was accepted as the same result was an earlier state of its code'))
        return self._made(Kind.STALE, task, reasons, now)

    def _may_move_unseen(self, task: Class) -> bool:
        certain = (each for each, sure in self._moved.items() if sure >= Sure.SOME and each is not task)
        moved = {each for each in certain if each not in self._changes or not self._changes[each].is_new}
        moved -= set(self._graph.all_above(task)) if moved else set()
        return bool(moved) and self._graph.may_need_unseen(task, moved)

    def _above(self, found: dict[Class, Verdict]) -> dict[Class, Verdict]:
        """Those that stand on a stale result."""
        served: dict[Class, list[Reason]] = {}
        for task, verdict in found.items():
            if verdict.kind is Kind.STALE:
                for above in self._graph.all_above(task):
                    served.setdefault(above, []).append(Reason(f'it stands on the old result of {task.name}', after=self._where(task)))
        made = {}
        for task, reasons in served.items():
            if task not in found:
                made[task] = self._made(Kind.SERVED, task, reasons)
            elif found[task].kind is not Kind.STALE:
                made[task] = msgspec.structs.replace(found[task], reasons=(*found[task].reasons, *reasons))
        return made

    def _moved_alone(self, found: dict[Class, Verdict]) -> dict[Class, Verdict]:
        """Those whose key moved with that of a task that they need."""
        rest = {task: sure for task, sure in self._moved.items() if sure >= Sure.SOME and task not in found and task in self._because}
        return {task: self._made(Kind.DOWNSTREAM, task, list(self._inherited(task))) for task in rest if not task.is_abstract}

    def _lost(self, gone: Iterable[Class]) -> Iterator[Verdict]:
        """Tasks of a file that cannot be read any more."""
        for task in gone:
            path = task.module.path
            if path in self._compared.head.unreadable and path in self._broken:
                yield self._made(Kind.UNKNOWN, task, [Reason(self._broken[path])], above=False)

    def _made(self, kind: Kind, task: Class, reasons: list[Reason], now: str = '', *, above: bool = True) -> Verdict:
        self.classes[_dotted(task)] = task
        downstream = tuple(_dotted(each) for each in self._graph.all_above(task)) if above else ()
        return Verdict(kind, _dotted(task), self._where(task), tuple(reasons), downstream, now)

    # --- reasons ---

    def _of_code(self, change: Change) -> list[Reason]:
        return [Reason(each.text, self._place(each.before), self._place(each.after)) for each in change.code]

    def _of_moves(self, change: Change) -> list[Reason]:
        return [Reason(each.reason, self._place(each.before), self._place(each.after)) for each in (*change.key, *change.file)]

    def _inherited(self, task: Class) -> Iterator[Reason]:
        way, current = [], task
        while current in self._because and self._because[current] not in way:
            current = self._because[current]
            way.append(current)
        if way:
            level = '' if self._moved[task] is Sure.YES else ' for some of its results' if self._moved[task] is Sure.SOME else ', perhaps'
            text = f'the key of {way[0].name} moved{level}' + ''.join(f', because that of {each.name} did' for each in way[1:])
            yield Reason(text, after=self._where(way[-1]))

    def _notes(self) -> tuple[str, ...]:
        compared = self._compared
        both = sorted(compared.changed & compared.base.unreadable.keys() & compared.head.unreadable.keys())
        unread = tuple(f'{self._shown(path)}: it cannot be read on either side, so its tasks are not judged' for path in both)
        locks = sorted({*compared.base.other_files, *compared.head.other_files})
        changed = tuple(f'{self._shown(path)} changed: installed packages are not followed' for path in locks if _is_lock(path))
        return (*compared.notes, *unread, *changed)

    # --- places ---

    def _where(self, task: Class) -> Where:
        return Where(self._shown(task.module.path), task.facts.name_at)

    def _place(self, place: Place | None) -> Where | None:
        return None if place is None else Where(self._shown(place.path), place.at)

    def _shown(self, path: str) -> str:
        below = f'{self._folder.rstrip("/")}/'
        return path[len(below) :] if path.startswith(below) else path


def _dotted(task: Class) -> str:
    return f'{task.module.name}.{task.qualname}' if task.module.name else task.qualname


def _has_result(task: Class) -> bool:
    """Whether a task makes something of its own: not one that only hands on what it requires."""
    method = task.method('run')
    return method is UNKNOWN or (isinstance(method, Method) and not always_raises(method))


def _code_moves(task: Class, code: Iterable[Difference]) -> Iterator[Move]:
    """The key of a task that is keyed by its code moves with its own methods, though not with what they call."""
    if not keyed_by_code(task):
        return
    for each in code:
        place = each.after
        if place is not None and place.at is not None and any(_holds(method, place) for method in task.methods()):
            yield Move('serialized_task_definition_check is on, so its code is part of its key', Sure.YES, each.before, place)
            return


def _holds(method: Method, place: Place) -> bool:
    at = method.function.at
    return method.owner.module.path == place.path and place.at is not None and at.line <= place.at.line <= at.end_line


def _is_lock(path: str) -> bool:
    name = os.path.basename(path)
    return name.endswith(('.lock', '-lock.json', 'requirements.txt')) or name in ('pylock.toml', 'pdm.lock')
