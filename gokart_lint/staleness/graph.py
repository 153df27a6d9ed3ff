"""Which task needs which: seen from the tasks that changed upward, so that the rest of a large project need not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import IntEnum

import msgspec

from gokart_lint import facts
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.module import Module
from gokart_lint.project.project import Project
from gokart_lint.project.symbols import UNKNOWN, FunctionSymbol, Library
from gokart_lint.staleness.building import built
from gokart_lint.staleness.own_files import is_test
from gokart_lint.staleness.targets import Default
from gokart_lint.vocabulary import INHERITING_DECORATORS
from gokart_lint.walking import everything
from gokart_lint.wiring.alternatives import Alternatives, Instance, Row, Several, Table, is_task_class
from gokart_lint.wiring.constructions import constructions
from gokart_lint.wiring.flow import flows
from gokart_lint.wiring.values import View, evaluate


class Sure(IntEnum):
    """How far something holds for the results of a task."""

    NO = 0
    MAYBE = 1
    """The text does not show it."""
    SOME = 2
    """For some of them, and not for others."""
    YES = 3


class Needs(msgspec.Struct, frozen=True):
    """The tasks that one needs, those of which it needs one below, and whether it may need others that the text does not show."""

    tasks: dict[Class, Sure]
    bases: dict[Class, Sure]
    others: bool

    def sure_of(self, task: Class) -> Sure:
        """Whether one certain task is needed."""
        found = [self.tasks.get(task, Sure.NO)]
        for base, sure in self.bases.items():
            if base in task.ancestors:
                found.append(sure if base is task and not task.subclasses else min(sure, Sure.MAYBE))
        return max(found)


class Graph:
    """The dependencies between the tasks of a project."""

    def __init__(self, project: Project, root: str) -> None:
        self._project = project
        self._root = root
        self._needs: dict[Class, Needs] = {}
        self._needed_by: dict[Class, dict[Class, Sure]] = {}

    # --- downward ---

    def needs(self, task: Class) -> Needs:
        """What a task needs, through `requires()`, its task parameters and the decorators that hand parents on."""
        if task not in self._needs:
            found = Needs({}, {}, False)
            for alternatives, certain in self._sources(task):
                unclear = _gather(alternatives, Sure.YES if certain else Sure.SOME, found)
                found = Needs(found.tasks, found.bases, found.others or unclear)
            self._needs[task] = found
        return self._needs[task]

    def _sources(self, task: Class) -> Iterator[tuple[Alternatives, bool]]:
        method = task.method('requires')
        names = {name for name, parameter in task.parameters.items() if parameter.holds_tasks}
        mentions: set[str] = set()
        for cls in _parents(task):
            yield (Instance(cls),), True
        if isinstance(method, Method):
            view = View(Place(method.owner.module, method.scope, method.owner, method))
            found = flows(self._project).returned_by(method, view)
            mentions = {node.name for node in everything(method.function.body) if isinstance(node, facts.Attribute)}
            explained = bool(mentions & names) or bool(mentions & {'clone_parent', 'clone_parents'})
            yield (tuple(_known(each) for each in found) if explained else found), True
        elif method is UNKNOWN and not names:
            yield (UNKNOWN,), True
        for name in sorted(names):
            if isinstance(method, Method) and task.parameters[name].significant is False and name not in mentions:
                continue  # neither its value nor its key is part of the task's
            yield from self._given(task, name)

    def _given(self, task: Class, name: str) -> Iterator[tuple[Alternatives, bool]]:
        """What a task parameter holds: what the project builds the task with, its default, else what it says that it expects."""
        parameter = task.parameters[name]
        sites = [each.given(name) for each in built(self._project, self._root, task)]
        values = [given for given in sites if given is not None]
        default = Default(parameter).value
        if default is not None and len(values) == len(sites) != 0:
            default = None
        if default is not None:
            values.append(evaluate(default, View(Place(parameter.owner.module, None, parameter.owner))))
        for given in values:
            yield given, all(each == given for each in values)
        if not values:
            expected = parameter.expected_class()
            yield ((Instance(expected, exact=False),) if isinstance(expected, Class) else (UNKNOWN,)), True

    # --- upward ---

    def needed_by(self, task: Class) -> dict[Class, Sure]:
        """The tasks that need one directly."""
        if task not in self._needed_by:
            found: dict[Class, Sure] = {}
            pending = self._candidates(task)
            while pending:
                each = pending.pop()
                sure = self.needs(each).sure_of(task)
                if sure and each is not task and each not in found:
                    found[each] = sure
                    pending += [below for below in each.subclasses if not is_test(below.module.path, self._root)]
            in_order = sorted(found, key=lambda each: (each.module.path, each.facts.at))
            self._needed_by[task] = {each: found[each] for each in in_order}
        return self._needed_by[task]

    def _candidates(self, task: Class) -> list[Class]:
        """The tasks whose code, or whose builder's code, names a task or something that gives it."""
        found: dict[Class, None] = {}
        paths, pending, asked = set[str](), [task.name], {task.name}
        while pending:
            name, mentions = pending.pop(), self._project.mentions
            files = {*mentions.files([name]), *mentions.files_decorating([name]), task.module.path} - paths
            paths |= files
            for module in self._modules(files):
                found.update(dict.fromkeys(each for each in module.classes if each.is_task))
                for site in constructions(self._project).in_module(module):
                    if isinstance(site.cls, Class) and any(each.holds_tasks for each in site.cls.parameters.values()):
                        found[site.cls] = None
                new = {function.name for function in module.facts.functions if self._gives(module, function, task)} - asked
                pending += sorted(new)
                asked |= new
        return [each for each in found if not is_test(each.module.path, self._root)]

    def _modules(self, paths: set[str]) -> Iterator[Module]:
        for path in sorted(paths):
            if not is_test(path, self._root) and (module := self._project.module(path)) is not None:
                yield module

    def _gives(self, module: Module, function: facts.Function, task: Class) -> bool:
        if function.decorators:
            return False
        held = Needs({}, {}, False)
        _gather(flows(self._project).returned_by(FunctionSymbol(module, function), View(Place(module))), Sure.YES, held)
        return task in held.tasks

    def all_above(self, task: Class) -> list[Class]:
        """The tasks that need one directly or through others, the nearest first."""
        found: dict[Class, None] = {}
        pending = [task]
        while pending:
            new = [each for each in self.needed_by(pending.pop(0)) if each not in found and each is not task]
            found.update(dict.fromkeys(new))
            pending += new
        return list(found)

    def may_need_unseen(self, task: Class, some: Collection[Class]) -> bool:
        """Whether a task, or one that it needs, may need one of some tasks, though the text does not show it."""
        seen, pending = {task}, [task]
        while pending:
            needs = self.needs(pending.pop())
            if needs.others or any(base in each.ancestors for base in needs.bases for each in some):
                return True
            pending += [each for each in (*needs.tasks, *needs.bases) if each not in seen]
            seen |= needs.tasks.keys() | needs.bases.keys()
        return False


def _parents(task: Class) -> Iterator[Class]:
    """The tasks that `@luigi.util.requires(A)` and `@luigi.util.inherits(A)` name."""
    for each in task.ancestors:
        for decorator in each.facts.decorators if isinstance(each, Class) else ():
            if isinstance(decorator, facts.Call) and isinstance(each, Class):
                symbol = each.resolve_header(decorator.function)
                if isinstance(symbol, Library) and symbol.name in INHERITING_DECORATORS:
                    named = (each.resolve_header(argument.value) for argument in decorator.arguments)
                    yield from (found for found in named if isinstance(found, Class) and is_task_class(found))


def _known(value: object) -> Row | Several | Table | Instance:
    """A value without what is not known of it."""
    if isinstance(value, Row):
        return Row(tuple(tuple(_known(each) for each in item) for item in value.items))
    if isinstance(value, Several):
        return Several(tuple(_known(each) for each in value.element))
    if isinstance(value, Table):
        return Table(tuple((key, tuple(_known(each) for each in held)) for key, held in value.entries), tuple(map(_known, value.rest)))
    return value if isinstance(value, Instance) else Row(())


def _gather(alternatives: Alternatives, sure: Sure, found: Needs) -> bool:
    """Put the tasks of a value where they are found; whether some of it is not known."""
    unclear = False
    sure = sure if len(alternatives) == 1 else min(sure, Sure.SOME)
    for each in alternatives:
        if isinstance(each, Instance):
            if isinstance(each.cls, Class):
                held = found.tasks if each.exact else found.bases
                held[each.cls] = max(held.get(each.cls, Sure.NO), sure)
            elif not each.exact:
                unclear = True  # any task of the library's class, such as gokart.TaskOnKart itself
        elif isinstance(each, (Row, Several, Table)):
            for part in _parts(each):
                unclear = _gather(part, sure, found) or unclear
        else:
            unclear = True
    return unclear


def _parts(value: Row | Several | Table) -> list[Alternatives]:
    if isinstance(value, Row):
        return list(value.items)
    if isinstance(value, Several):
        return [value.element]
    return [*(held for _, held in value.entries), *([value.rest] if value.rest else [])]
