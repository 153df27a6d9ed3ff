"""Outputs: paths that gokart refuses, and paths that two tasks write to.

Asked for children first, when every unique id below is known, so that nothing recurses (identities.py). A task that cannot be trusted has
a unique id that stands in for its own, so that a wrong extension is found in the same run as what is wrong below it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pytest_gokart.resolution import bodies, places
from pytest_gokart.resolution.identities import Identities
from pytest_gokart.resolution.labels import described, label, text_of
from pytest_gokart.resolution.problem_exceptions import in_output, is_missing_extra, is_refused_path
from pytest_gokart.resolution.problems import Finding

if TYPE_CHECKING:
    from pytest_gokart.resolution.reporting import Report
    from pytest_gokart.resolution.walking import Node

_NAMED = 4


class Outputs:
    """The paths of a tree, each with the tasks that are their own makers."""

    def __init__(self, identities: Identities, report: Report) -> None:
        self._identities = identities
        self._report = report
        self._writers: dict[str, list[Node]] = {}
        self._made: set[tuple[str, Node]] = set()

    def ask(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if not node.sound:
                self._identities.stand_in(node.key)
            for path in self._paths(node):
                writers = self._writers.setdefault(path, [])
                if not writers or writers[-1] is not node:
                    writers.append(node)
        for path, writers in self._writers.items():
            own = self._own_work(path, writers) if len(writers) > 1 else ()
            if len(own) > 1:
                self._report.add([_collision(path, own)], own[-1].chain)

    def _paths(self, node: Node) -> list[str]:
        """The paths of the targets that a task makes itself; those of others it passes on."""
        makers = self._identities.makers
        makers.clear()
        task = node.task
        try:
            found = [(target, _path(target)) for target in _targets(task.output())]
        except (Exception, SystemExit) as error:
            self._failed(node, error)
            return []
        for target, path in found:
            if path is None and not hasattr(target, 'exists') and node.sound:
                message = f'{type(task).__name__}.output() gives {described(target)}, and no target'
                self._report.add([Finding('output', message, places.of_method(type(task), 'output'))], node.chain)
        paths = []
        for target, path in found:
            maker = makers.get(id(target))
            if path is not None and (maker is None or maker[1] is task):
                paths.append(path)
                if maker is not None:
                    self._made.add((path, node))
        return paths

    def _own_work(self, path: str, nodes: list[Node]) -> list[Node]:
        """Those that write: one without a `run()` of its own stands for what is there, and one above another may pass its output on."""
        working = [node for node in nodes if bodies.works(type(node.task))]
        return [node for node in working if (path, node) in self._made or not _is_above(node, nodes)]

    def _failed(self, node: Node, error: BaseException) -> None:
        if is_missing_extra(error):
            self._report.note(f'the output of {type(node.task).__name__} is not looked at, as an extra is not installed: {text_of(error)}')
        elif isinstance(error, RecursionError):
            self._report.note(f'the output of {type(node.task).__name__} is not looked at, as output() calls itself too deep')
        elif node.sound or is_refused_path(error):
            self._report.add([in_output(node.task, error)], node.chain)


def _targets(value: Any) -> Iterator[Any]:
    """As gokart.utils.flatten (gokart 1.12.2)."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple, set)):
        for each in value:
            yield from _targets(each)
    elif value is not None:
        yield value


def _path(target: Any) -> str | None:
    path = getattr(target, 'path', None)
    path = path() if callable(path) else path
    if not isinstance(path, (str, os.PathLike)):
        return None
    path = os.fspath(path)
    return path if '://' in path else os.path.normpath(path)


def _is_above(node: Node, others: list[Node]) -> bool:
    wanted = {id(other) for other in others if other is not node}
    seen: set[int] = set()
    stack = [*node.children]
    while stack:
        child = stack.pop()
        if id(child) in wanted:
            return True
        if id(child) not in seen:
            seen.add(id(child))
            stack += child.children
    return False


def _collision(path: str, writers: Sequence[Node]) -> Finding:
    names = [label(node.task) for node in writers]
    if len(set(names)) < len(names):
        names = [f'{type(node.task).__module__}.{label(node.task)}' for node in writers]
    shown = ', '.join(names[:_NAMED]) + (f' and {len(names) - _NAMED} more' if len(names) > _NAMED else '')
    message = f'{len(writers)} tasks write to one path, {path}: {shown}'
    classes = {type(node.task) for node in writers}
    if len({cls.__name__ for cls in classes}) < len(classes):
        hint = 'The unique id in a path holds the bare name of the class: give one class another name, or another path.'
    else:
        hint = 'The first result is taken for that of all. Leave use_unique_id on, or put what differs into the path.'
    return Finding('path', f'{message}\n{hint}', places.of_method(type(writers[-1].task), 'output'))
