"""Files that are judged by this process, or shared out among several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from gokart_lint.judging import File, Judge, Judged, Run

if TYPE_CHECKING:
    from gokart_lint.project.project import Project

_PARALLEL_FROM = 64  # files that concern tasks: below, a second process costs more than it saves

_of_this_process: list[tuple[Judge, Sequence[Sequence[File]]]] = []


def shared_out(
    project: Project, run: Run, groups: Sequence[Sequence[File]], *, jobs: int = 1, progress: Callable[[int, int], None] | None = None
) -> Iterator[Judged]:
    """What is found in groups of files, in their order. `progress(done, total)` is told of the files that are judged.

    Own rules stay in this process: they may remember what they saw.
    """
    total, done = sum(map(len, groups)), 0
    several = jobs > 1 and not run.remembers and sum(project.holds(path) for group in groups for path, _ in group) >= _PARALLEL_FROM
    for judged in _by_processes(project, run, groups, jobs) if several else map(Judge(project, run).judge, groups):
        yield judged
        done += len(judged.found)
        if progress is not None:
            progress(done, total)


def _by_processes(project: Project, run: Run, groups: Sequence[Sequence[File]], jobs: int) -> Iterator[Judged]:
    from concurrent.futures import ProcessPoolExecutor

    from gokart_lint.project.workers import forking, leave_interrupts

    context = forking()
    if context is None:  # the linked project cannot be sent to another process, only be there already
        yield from map(Judge(project, run).judge, groups)
        return
    project.work_out()  # once for all processes
    shared = Judge(project, run), groups
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(leave_interrupts, shared)) as pool:
        yield from pool.map(_judge, range(len(groups)))


def _begin(prepare: Callable[[], None], shared: tuple[Judge, Sequence[Sequence[File]]]) -> None:
    prepare()
    _of_this_process.append(shared)


def _judge(number: int) -> Judged:
    judge, groups = _of_this_process[-1]
    return judge.judge(groups[number])
