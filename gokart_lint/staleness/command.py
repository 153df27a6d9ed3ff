"""The command `stale`: from what the command line says to the text of the report, and the files that --fix and --accept change."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from gokart_lint import atomic
from gokart_lint.checking import at_ease
from gokart_lint.findings import Fix
from gokart_lint.fixing import apply
from gokart_lint.reading.text import Undecodable, decode
from gokart_lint.settings import Settings
from gokart_lint.staleness.acceptance import acceptance
from gokart_lint.staleness.judging import Judge
from gokart_lint.staleness.revisions import WORKING_TREE, Reader, absolute
from gokart_lint.staleness.showing import Shown, render
from gokart_lint.staleness.side import Side
from gokart_lint.staleness.verdicts import Judged, Kind, Verdict


class WrongUse(ValueError):
    """What the command line asks for cannot be done."""


class Request(msgspec.Struct, frozen=True):
    """What the command line says."""

    paths: tuple[Path, ...] = ()
    base: str | None = None
    head: str | None = None
    output_format: str = 'full'
    everything: bool = False
    fix: bool = False
    accept: tuple[str, ...] = ()
    reason: str = ''
    colour: bool = False


class Answer(msgspec.Struct, frozen=True):
    """The report, whether a stale result is left, what to warn of, and what was changed."""

    text: str
    stale: bool
    warnings: tuple[str, ...]
    done: tuple[str, ...]


def answer(
    request: Request, settings: Settings, *, cache_dir: Path | None, jobs: int = 1, progress: Callable[[int, int], None] | None = None
) -> Answer:
    """Compare, change what is asked for, and report. Raises RepositoryError, DiscoveryError and WrongUse."""
    if (request.fix or request.accept) and request.head:
        raise WrongUse('--fix and --accept change the working tree, so they cannot be combined with --head')
    if request.accept and not request.reason.strip():
        raise WrongUse('--accept needs a --reason: whoever reads the class must know why its result is the same')
    messages: list[str] = []
    with at_ease():
        run = _Run(request, settings, cache_dir, jobs, progress)
        judged = run.judged
        if request.accept:
            messages += run.accept(request.accept, request.reason)
        if request.fix:
            messages += run.fix()
        if messages:
            run = _Run(request, settings, cache_dir, jobs, progress)
            judged = run.judged
        shown = Shown(judged, Path.cwd(), run.line, request.colour, request.everything)
        text = render(request.output_format, shown)
    return Answer(text, bool(judged.of(Kind.STALE)), judged.warnings, tuple(messages))


class _Run:
    """One comparison."""

    def __init__(
        self, request: Request, settings: Settings, cache_dir: Path | None, jobs: int, progress: Callable[[int, int], None] | None
    ) -> None:
        reader = Reader(settings, cache_dir=cache_dir, jobs=jobs, progress=progress)
        compared = reader.compare(request.base, request.head)
        self._sides = {'-': Side(compared.base), '+': Side(compared.head)}
        with_fixes = request.fix or request.output_format == 'json'
        self.judge = Judge(compared, settings, str(Path.cwd()).replace(os.sep, '/'), with_fixes=with_fixes)
        for path in request.paths:
            wanted = absolute(path)
            if not os.path.lexists(wanted) and not any(_is_in(each, wanted) for each in (*compared.base.entries, *compared.head.entries)):
                raise WrongUse(f'{path}: no such file or folder, in neither revision')
        self.judged = _within(self.judge.judge(), [absolute(path) for path in request.paths])
        self.is_disk = compared.head.title == WORKING_TREE

    def line(self, path: str, number: int) -> str | None:
        """The text of a line; the sign before the path says of which side."""
        return self._sides[path[0]].line(absolute(Path(path[1:])), number)

    def accept(self, names: Sequence[str], reason: str) -> list[str]:
        """Write the acceptance of some stale tasks."""
        edits: dict[str, list[Fix]] = defaultdict(list)
        messages = []
        for name in names:
            found = [each for each in self.judged.of(Kind.STALE) if each.task == name or each.task.endswith(f'.{name}')]
            if len(found) != 1:
                raise WrongUse(self._not_one(name, found))
            task = self.judge.classes[found[0].task]
            line = self._sides['+'].line(task.module.path, task.facts.name_at.line)
            edit = acceptance(task, line, found[0].fingerprint, reason)
            edits[task.module.path].append(Fix(f'Accept {name}', (edit,), safe=True))
            messages.append(f'{found[0].where.path}: accepted the state of {found[0].name} ({found[0].fingerprint})')
        return [*messages, *_write(edits)]

    def _not_one(self, name: str, found: Sequence[Verdict]) -> str:
        if found:
            return f'--accept {name}: several stale tasks are called so: {", ".join(each.task for each in found)}'
        other = [each for each in self.judged.verdicts if each.name == name.rpartition('.')[2]]
        if other:
            return f'--accept {name}: it is {other[0].kind.value}, and only what is stale can be accepted'
        stale = ', '.join(each.name for each in self.judged.of(Kind.STALE)) or 'none'
        return f'--accept {name}: no stale task is called so; stale are: {stale}'

    def fix(self) -> list[str]:
        """Move the key of every stale task that can be moved."""
        edits: dict[str, list[Fix]] = defaultdict(list)
        messages = []
        for each in self.judged.of(Kind.STALE):
            path = absolute(Path(each.where.path))
            if each.fix is None:
                messages.append(f'{each.where}: no version parameter could be bumped or added in {each.name}; do it by hand')
            else:
                edits[path].append(each.fix)
                messages.append(f'{each.where}: {each.fix.message}')
        return [*messages, *_write(edits)]


def _within(judged: Judged, paths: Sequence[str]) -> Judged:
    """The verdicts on tasks in some files and folders; no path means all."""
    if not paths:
        return judged
    kept = []
    for each in judged.verdicts:
        path = absolute(Path(each.where.path))
        if any(_is_in(path, wanted) for wanted in paths):
            kept.append(each)
    return msgspec.structs.replace(judged, verdicts=tuple(kept))


def _is_in(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith(f'{wanted.rstrip("/")}/')


def _write(edits: dict[str, list[Fix]]) -> list[str]:
    """Change files; what could not be changed is said."""
    messages = []
    for path, fixes in sorted(edits.items()):
        try:
            source = decode(Path(path).read_bytes())
            text = source.text
            for fix in _without_twins(fixes):
                text = apply(text, [fix])
            atomic.write(Path(path), source.encode(text))
        except (OSError, Undecodable, UnicodeEncodeError) as error:
            messages.append(f'{path}: it could not be changed: {error}')
    return messages


def _without_twins(fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes from the end of the file to its start, so that none moves the place of the next, each edit once."""
    edits = sorted({edit for fix in fixes for edit in fix.edits}, key=lambda edit: edit.at, reverse=True)
    return [Fix('', (edit,), safe=True) for edit in edits]
