"""A pipeline is built and its whole tree of tasks resolved, without running anything; all that is wrong with it is told at once."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_gokart.resolution import places
from pytest_gokart.values import Problem, Row

if TYPE_CHECKING:
    import networkx

    from pytest_gokart.isolation.isolating import BlockedError
    from pytest_gokart.resolution.births import Births
    from pytest_gokart.resolution.reporting import Report
    from pytest_gokart.resolution.walking import Walk

_DEEP = 200  # levels that gokart's own recursion reaches with Python's own limit of 1,000 frames


@dataclass(frozen=True)
class Resolution:
    """What came of it. `tasks` are those of the tree, children before what requires them, so the pipeline is the last one."""

    tasks: tuple[Any, ...]
    edges: tuple[tuple[Any, Any], ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @cached_property
    def graph(self) -> networkx.DiGraph[Any]:
        """Task objects, each with an edge to every task that it requires."""
        import networkx as nx

        graph: networkx.DiGraph[Any] = nx.DiGraph()
        graph.add_nodes_from(reversed(self.tasks))
        graph.add_edges_from(self.edges)
        return graph


def resolve(task_class: type, row: Row, *, exact: bool = False, attempts: Sequence[BlockedError] = ()) -> Resolution:
    """Build a pipeline with the values of a row, and walk all that it requires.

    `exact` keeps the texts of task parameters whole, so that keys and unique ids are those of a real run (guards.py). `attempts` fills
    with what is tried meanwhile although nothing shall run; what the project swallows of it is a problem too.
    """
    return _resolved(lambda: task_class(**row.values), task_class, attempts, beyond=row.beyond, exact=exact)


def resolve_task(task: Any, *, exact: bool = False, attempts: Sequence[BlockedError] = ()) -> Resolution:
    """Walk all that a task requires which is built already."""
    return _resolved(lambda: task, type(task), attempts, beyond=False, exact=exact)


def _resolved(build: Callable[[], Any], task_class: Any, attempts: Sequence[BlockedError], *, beyond: bool, exact: bool) -> Resolution:
    from pytest_gokart.resolution.births import Births
    from pytest_gokart.resolution.guards import guarded
    from pytest_gokart.resolution.identities import Identities
    from pytest_gokart.resolution.problem_outputs import Outputs
    from pytest_gokart.resolution.reporting import Report
    from pytest_gokart.resolution.walking import Walk

    births, identities, report = Births(), Identities(), Report()
    with warnings.catch_warnings(), guarded(births, identities, exact=exact):
        warnings.simplefilter('ignore')  # a project that makes errors of warnings shall hear of luigi's when it runs
        walk = Walk(births, identities, report, beyond=beyond)
        root = _built(build, task_class, births, report, beyond)
        if root is not None:
            walk.run(root, places.of_class(task_class))
            Outputs(identities, report).ask(walk.order)
            _look_over(walk, report)
        _look_at_configuration([type(node.task) for node in walk.order] or [task_class], report)
        _tell_what_was_swallowed(attempts, walk, report)
        tasks = tuple(node.task for node in walk.order)
        edges = tuple((node.task, child.task) for node in walk.order for child in node.children)
        return Resolution(tasks, edges, report.problems, report.notes)


def _built(build: Callable[[], Any], task_class: Any, births: Births, report: Report, beyond: bool) -> Any:
    """The pipeline itself, or nothing to walk on with."""
    from pytest_gokart.resolution.asking import ask
    from pytest_gokart.resolution.labels import text_of
    from pytest_gokart.resolution.problem_construction import explained
    from pytest_gokart.resolution.problem_exceptions import is_refusal
    from pytest_gokart.resolution.problems import Finding

    births.begin()
    root, error = ask(build)
    if error is None:
        return root
    by_itself = [failure.task_class for failure in births.failures] == [task_class]
    if beyond and by_itself and is_refusal(error):
        report.note(f'{task_class.__name__} refuses to be built: {text_of(error)}')
        return None
    failures = [failure._replace(at=failure.at or places.of_class(failure.task_class)) for failure in births.failures]
    found = [finding for failure in failures for finding in explained(failure)]
    report.add(found or [Finding('construction', f'{task_class.__name__} cannot be built: {text_of(error)}', places.raised_at(error))])
    return None


def _look_over(walk: Walk, report: Report) -> None:
    """What only the whole tree shows: families, and the depth."""
    from pytest_gokart.resolution.problem_identity import families

    nodes = {id(node.task): node for node in walk.order}
    whole = [node.task for node in walk.order if hasattr(node.task, 'task_id')]
    for task, finding in families(whole):
        report.add([finding], nodes[id(task)].chain)
    depth = max(node.depth for node in walk.order)
    if depth > _DEEP and not any(problem.kind == 'endless' for problem in report.problems):
        report.note(f'the tree is {depth} tasks deep; gokart makes unique ids by recursion and may reach the limit of Python at the run')


def _tell_what_was_swallowed(attempts: Sequence[BlockedError], walk: Walk, report: Report) -> None:
    from pytest_gokart.resolution.problems import Finding

    said = ' '.join(each.message for each in report.problems)
    for error in attempts:
        if str(error) not in said:
            caller = (error.caller or '').partition('.')[0]
            report.add([Finding('run', str(error), places.raised_at(error))], lambda caller=caller: walk.way_to(caller))  # type: ignore[misc]


def _look_at_configuration(classes: list[Any], report: Report) -> None:
    """Keys and sections that name nothing. A value that does not parse keeps a task and all below it from being built, but hides none."""
    from pytest_gokart.resolution.known_classes import beside
    from pytest_gokart.resolution.problem_configuration import near_misses

    known = dict.fromkeys(classes)
    if any(problem.kind == 'configuration' for problem in report.problems):
        known |= dict.fromkeys(each for cls in classes for each in beside(cls))
    report.add(near_misses(known))
