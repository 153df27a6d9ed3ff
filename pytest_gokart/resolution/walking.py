"""The walk over a tree of tasks: a loop with a stack of its own, each task once, children before what requires them.

A recursive walk ends at Python's own limit some hundreds of levels down, and one that forgets where it was takes twice as long for each
level of a ladder.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from pytest_gokart.resolution import places, problem_graph
from pytest_gokart.resolution.asking import Answer, ask_again, ask_requires
from pytest_gokart.resolution.births import Births
from pytest_gokart.resolution.identities import Identities, Key, key_of
from pytest_gokart.resolution.labels import label, text_of
from pytest_gokart.resolution.problem_construction import given_to
from pytest_gokart.resolution.problem_identity import twins
from pytest_gokart.resolution.problem_parameters import Declared, without_super
from pytest_gokart.resolution.problems import Finding
from pytest_gokart.resolution.reporting import Report
from pytest_gokart.values import Place, Step


class Node:
    """A task of the tree with the first way to it. `sound`: `requires()` of it and of all below can be trusted."""

    __slots__ = ('asked', 'at', 'children', 'depth', 'is_open', 'key', 'parent', 'since', 'sound', 'task', 'todo')

    def __init__(self, task: Any, key: Key, parent: Node | None, at: Place | None) -> None:
        self.task = task
        self.key = key
        self.parent = parent
        self.at = at
        self.depth: int = parent.depth + 1 if parent else 1
        self.children: list[Node] = []
        self.todo: Iterator[tuple[Any, Place | None]] = iter(())
        self.asked: list[Key] | None = None
        self.is_open = True
        self.sound = True
        self.since = 0.0

    def chain(self) -> tuple[Step, ...]:
        """The tasks from the pipeline to this one. Where no line of the project built one, the class is that makes gokart build it."""
        nodes: list[Node] = [self]
        while nodes[-1].parent is not None:
            nodes.append(nodes[-1].parent)
        return tuple(Step(label(node.task), node.at or places.of_requires(type((node.parent or node).task))) for node in reversed(nodes))


class Walk:
    """One walk. `order` has the nodes that were walked, children first."""

    def __init__(self, births: Births, identities: Identities, report: Report, *, beyond: bool) -> None:
        self.order: list[Node] = []
        self._births = births
        self._identities = identities
        self._report = report
        self._beyond = beyond
        self._nodes: dict[Key, Node] = {}
        self._backward: dict[tuple[Node, Node], Place | None] = {}
        self._levels = problem_graph.Levels()
        self._declared: dict[Any, Declared] = {}
        self._waited: set[Any] = set()

    def run(self, root: Any, at: Place | None = None) -> None:
        stack = [self._open(root, None, at)]
        while stack:
            node = stack[-1]
            for task, place in node.todo:
                child = self._next(node, task, place)
                if child is not None:
                    stack.append(child)
                    break
            else:
                self._close(stack.pop())
        self._report_cycles()

    def way_to(self, name: str) -> tuple[Step, ...]:
        """The tasks from the pipeline to the first one of a class, by its name; none if it is not in the tree."""
        return next((node.chain() for node in self._nodes.values() if type(node.task).__name__ == name), ())

    def _next(self, node: Node, task: Any, at: Place | None) -> Node | None:
        """The node of a child, if it has to be walked first."""
        key = key_of(task)
        known = self._nodes.get(key)
        if known is None:
            if type(task) in self._levels.ended or self._are_too_many(node):
                node.sound = False
                return None
            child = self._open(task, node, at)
            node.children.append(child)
            return child
        if known.task is not task:
            self._report.add(twins(known.task, task, self._births), node.chain)
        if known.is_open:
            self._backward[node, known] = at or places.of_requires(type(node.task))
            node.sound = False
        node.children.append(known)
        return None

    def _are_too_many(self, node: Node) -> bool:
        if len(self._nodes) < problem_graph.MOST_TASKS:
            return False
        message = f'there are more than {problem_graph.MOST_TASKS} tasks, and those behind were not looked at\nDoes the tree end?'
        self._report.add([Finding('endless', message)], node.chain)
        return True

    def _open(self, task: Any, parent: Node | None, at: Place | None) -> Node:
        node = Node(task, key_of(task), parent, at)
        self._nodes[node.key] = node
        endless = self._levels.enter(task)
        if endless is not None:
            self._report.add([endless], node.chain)
        elif not hasattr(task, 'task_id'):
            self._report.add([without_super(type(task))], node.chain)
        elif id(task) not in self._births.unfinished:
            self._check(node)
            self._take(node, ask_requires(task, self._births))
            return node
        node.sound = False
        return node

    def _check(self, node: Node) -> None:
        """Faults of the parameters, once for a class what is of the class."""
        task, births = node.task, self._births
        cls = type(task)
        declared = self._declared.get(cls)
        if declared is None:
            declared = self._declared[cls] = Declared(cls)
            self._report.add(declared.faults(), node.chain)
        birth = births.known.get(id(task))
        self._report.add(declared.held(task, given_to(cls, birth.args, birth.kwargs) if birth else None), node.chain)
        name = declared.unhashable(task)
        if name is not None:
            self._report.note(f'{cls.__name__}.{name} holds a value that luigi cannot look up, so each call builds another, equal task')

    def _take(self, node: Node, answer: Answer) -> None:
        births = self._births
        if answer.refusal and self._beyond and node.parent is None:
            self._report.note(answer.refusal)
        else:
            self._report.add(answer.findings, node.chain)
        for given, kept in births.swapped:
            self._report.add(twins(kept, given, births), node.chain)
        births.swapped.clear()
        here, known = births.here, births.known
        built = [(task, here.get(id(task)) or known.get(id(task))) for task in answer.tasks]
        node.todo = iter([(task, birth.at if birth else None) for task, birth in built])
        node.sound = not answer.failed and not answer.findings and id(node.task) not in births.misplaced
        node.asked = None if answer.failed else [key_of(task) for task in answer.tasks]
        node.since = time.perf_counter()

    def _close(self, node: Node) -> None:
        node.sound = node.sound and all(child.sound for child in node.children)
        if node.asked is not None:
            answer = ask_again(node.task, node.asked, node.since, self._births, self._waited)
            self._births.swapped.clear()
            self._report.add(answer.findings, node.chain)
            node.sound = node.sound and not answer.failed
            self._identify(node, answer)
        node.is_open = False
        self._levels.leave(node.task)
        self.order.append(node)

    def _identify(self, node: Node, answer: Answer) -> None:
        import gokart

        if node.sound and isinstance(node.task, gokart.TaskOnKart):
            try:
                self._identities.identify(node.task, node.key, answer.tasks)
            except Exception as error:
                message = f'{type(node.task).__name__} has no unique id: {text_of(error)}'
                self._report.add([Finding('identity', message, places.raised_at(error))], node.chain)
                node.sound = False

    def _report_cycles(self) -> None:
        if not self._backward:
            return
        tasks = [node.task for node in self._nodes.values()]  # in the order in which the walk met them
        edges = [(node.task, child.task) for node in self._nodes.values() for child in node.children]
        for cycle in problem_graph.cycles(tasks, edges, [(node.task, target.task) for node, target in self._backward]):
            nodes = [self._nodes[key_of(task)] for task in cycle.tasks]
            ring = tuple(
                Step(label(child.task), self._edge_at(node, child)) for node, child in zip(nodes, [*nodes[1:], nodes[0]], strict=True)
            )
            chain = (*nodes[0].chain(), *ring)
            self._report.add([Finding('cycle', cycle.message, ring[-1].at)], lambda chain=chain: chain)  # type: ignore[misc]

    def _edge_at(self, node: Node, child: Node) -> Place | None:
        """The line that built a task of a cycle: on the way down where its parent did, on the way back where that was built."""
        back = self._backward.get((node, child))
        birth = self._births.known.get(id(child.task))
        return back or (child.at if child.parent is node else None) or (birth.at if birth else None)
