"""`gokart_run`: the real run() of one task, on values that the test gives in place of what its dependencies dumped."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from pytest_gokart import isolation, shapes, standins, storage
from pytest_gokart.shapes import WrongInputs, name_of


class NotRun(Exception):
    """run() of the task would never be called, or did not leave what it promised."""


def run_task(task: Any, inputs: Any, parameters: Mapping[str, Any], folder: Path | None) -> Any:
    """What the task dumped: one value, or by output key. Without a folder its targets are in memory."""
    __tracebackhide__ = True
    place: AbstractContextManager[Any] = storage.in_memory() if folder is None else storage.under(folder)
    with isolation.undone(), place:
        subject = standins.built(task, inputs, parameters) if isinstance(task, type) else task
        _check_is_task(subject, parameters if subject is task else {})
        _forget_tasks()
        with _ids_of_dependencies_by_parameters(subject), _outputs_of_plain_tasks():
            seeded = _seed(subject, inputs, place)
            _clear(subject, seeded)
            _seed_random(subject)
            _run(subject, seeded)
            return _dumped(subject, subject.output())


def _check_is_task(task: Any, parameters: Mapping[str, Any]) -> None:
    import gokart

    if not isinstance(task, gokart.TaskOnKart):
        raise TypeError(f'gokart_run runs a task of gokart or its class, not a {type(task).__name__}')
    if parameters:
        raise TypeError(f'{name_of(task)} is built already: give {", ".join(parameters)} where it is built, or hand gokart_run its class')


def _forget_tasks() -> None:
    """As gokart.build does (gokart.build._reset_register, 1.12.2): dump() looks up every task by name, and tests reuse names."""
    import gokart
    from luigi.task_register import Register

    register: Any = Register
    kept = [
        cls for cls in register._reg if cls.__module__.partition('.')[0] in ('gokart', 'luigi') or issubclass(cls, gokart.PandasTypeConfig)
    ]
    register._reg = kept


@contextmanager
def _ids_of_dependencies_by_parameters(subject: Any) -> Iterator[None]:
    """gokart asks requires() of all above for a unique id (gokart.task.TaskOnKart._make_hash_id, 1.12.2): here of the task alone."""
    import gokart

    original = gokart.TaskOnKart.make_unique_id
    own = subject.task_unique_id

    def make_unique_id(task: Any) -> str:
        if task is subject:
            return original(task)
        return hashlib.md5(f'{task.task_id} {getattr(task, standins.MARK, "")}'.encode(), usedforsecurity=False).hexdigest()

    setattr(gokart.TaskOnKart, 'make_unique_id', make_unique_id)  # noqa: B010 (mypy: a method is no variable)
    subject.task_unique_id = None
    try:
        yield
    finally:
        setattr(gokart.TaskOnKart, 'make_unique_id', original)  # noqa: B010
        subject.task_unique_id = own


@contextmanager
def _outputs_of_plain_tasks() -> Iterator[None]:
    """A task of luigi itself that says nothing of its output (an empty class, in many tests) can be given a value all the same."""
    import gokart.target
    import luigi

    original = luigi.Task.output
    setattr(luigi.Task, 'output', lambda task: gokart.target.make_target(f'{task.task_id}.pkl'))  # noqa: B010
    try:
        yield
    finally:
        setattr(luigi.Task, 'output', original)  # noqa: B010


def _seed(subject: Any, inputs: Any, place: Any) -> dict[str, str]:
    """The inputs put where the dependencies would have dumped them: how the test named each, by path."""
    required = subject.requires()
    seeded: dict[str, tuple[str, Any]] = {}
    problems = []
    for given in shapes.matched(subject, required, inputs):
        try:
            for target, value in shapes.outputs(given):
                problems += _put(given, target, value, seeded)
        except WrongInputs as error:
            problems.append(str(error))
    if problems:
        raise WrongInputs(shapes.message(subject, problems, required))
    return {path: where for path, (where, _) in seeded.items()}


def _put(given: shapes.Given, target: Any, value: Any, seeded: dict[str, tuple[str, Any]]) -> list[str]:
    import gokart.target

    if not isinstance(target, gokart.target.TargetOnKart):
        return [f'{given.where}: {name_of(given.task)} gives a {type(target).__name__}, which is no target of gokart and cannot be filled']
    where, first = seeded.setdefault(target.path(), (given.where, value))
    if not shapes.is_one(first, value):
        return [f'{where} and {given.where} would be one file, {target.path()}: the tasks share an output path']
    store = getattr(target, 'store', None)
    if store is None:
        target.dump(value)
    else:
        store.put(target.path(), value, as_it_is_if_it_must=True)
    return []


def _clear(subject: Any, seeded: Mapping[str, str]) -> None:
    """An earlier run in the same folder does not count. gokart never runs a task whose output is there already."""
    import luigi
    from luigi.task import flatten  # gokart.utils has one of its own since 1.3

    targets: list[Any] = [target for target in flatten(subject.output()) if hasattr(target, 'remove')]  # type: ignore[no-untyped-call]
    own = [target for target in targets if target.path() not in seeded]
    if targets and not own and type(subject).run is not luigi.Task.run:
        raise NotRun(f'{name_of(subject)}.run() never runs: output() is what it requires, so it is complete before it starts')
    for target in own:
        if target.exists():
            target.remove()


def _seed_random(subject: Any) -> None:
    """As gokart does at the start of a task (gokart.task.TaskOnKart._set_random_seed, 1.12.2)."""
    if getattr(subject, 'should_dump_supplementary_log_files', True):
        subject.try_set_seed(list(subject.fix_random_seed_methods), subject._get_random_seed())


def _run(subject: Any, seeded: Mapping[str, str]) -> None:
    """Without the wrappers of the instance: no lock in Redis, and complete() has been answered."""
    __tracebackhide__ = True
    try:
        result = type(subject).run(subject)
    except FileNotFoundError as error:
        if error.filename in seeded:
            raise NotRun(
                f'{name_of(subject)}.run() opens the file of {seeded[error.filename]} itself: gokart_run(..., files=True) makes it'
            ) from error
        raise
    if inspect.isgenerator(result):
        raise NotRun(f'{name_of(subject)}.run() yields tasks, which gokart_run cannot give it: gokart_build runs them')


def _dumped(subject: Any, output: Any) -> Any:
    if isinstance(output, Mapping):
        return {key: _dumped(subject, target) for key, target in output.items()}
    if isinstance(output, list | tuple):
        return [_dumped(subject, target) for target in output] or None
    if not output.exists():
        raise NotRun(f'{name_of(subject)}.run() ended without a dump to {output.path()}')
    return output.load()
