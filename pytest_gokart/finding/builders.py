"""Which tasks build which others: a task that another one builds is a part of that one's pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.project.calls import Place, Site, calls
from gokart_lint.project.classes import Class
from gokart_lint.project.symbols import FunctionSymbol, Library
from gokart_lint.wiring.alternatives import is_task_class
from gokart_lint.wiring.constructions import constructions

if TYPE_CHECKING:
    from gokart_lint.project.project import Project


class Builders:
    """The tasks of a project that build others. What test files build is no part of a pipeline."""

    def __init__(self, project: Project, is_test: Callable[[str], bool]) -> None:
        self._project = project
        self._is_test = is_test
        self._users: dict[tuple[str, facts.Span], set[Class]] = {}

    def build(self, task: Class) -> bool:
        """Whether another task builds one of a class: in its body, in a method, through functions, or by a decorator of luigi.util.

        A task that builds more of its own class, or of a class that it derives from, does not count as another.
        """
        sites = (each for each in constructions(self._project).of(task) if each.exact)
        builders = (owner for each in sites for owner in self._tasks_at(each.view.place))
        return any(task not in owner.ancestors for owner in (*builders, *self._decorated_with(task)))

    def _tasks_at(self, place: Place) -> set[Class]:
        """The tasks that run the code of a place: the one that it stands in, or those that use the function or class around it."""
        if self._is_test(place.module.path):
            return set()
        if place.owner is not None:
            return {place.owner} if is_task_class(place.owner) else self._tasks_using(place.owner, place.owner.facts.at)
        if place.scope is None:
            return set()
        function = _outermost(place)
        return self._tasks_using(FunctionSymbol(place.module, function), function.at)

    def _tasks_using(self, symbol: FunctionSymbol | Class, at: facts.Span) -> set[Class]:
        """The tasks that call a function or make an object of a class, themselves or through others; none calls `main()`."""
        key = symbol.module.path, at
        if key not in self._users:
            self._users[key] = set()  # for functions that call each other
            self._users[key] = {task for place in self._places_using(symbol) for task in self._tasks_at(place)}
        return self._users[key]

    def _places_using(self, symbol: FunctionSymbol | Class) -> Iterator[Place]:
        name = symbol.name if isinstance(symbol, Class) else symbol.function.name
        for path in self._project.mentions.files([name]):
            module = self._project.module(path)
            for site in calls(module) if module is not None else ():
                if _calls(site, symbol):
                    yield site.place

    def _decorated_with(self, task: Class) -> Iterator[Class]:
        """The classes that `@luigi.util.requires(task)` or `@inherits(task)` stands before."""
        for path in self._project.mentions.files_decorating([task.name]):
            module = None if self._is_test(path) else self._project.module(path)
            for other in module.classes if module is not None else ():
                if any(_names(decorator, task, other) for decorator in other.facts.decorators):
                    yield other


def _calls(site: Site, symbol: FunctionSymbol | Class) -> bool:
    """Whether a call is one of a function, of a class, or of a method that a class itself gives (`Factory.make()`)."""
    function = site.call.function
    if site.place.resolve(function) == symbol:
        return True
    return isinstance(symbol, Class) and isinstance(function, facts.Attribute) and site.place.resolve(function.value) is symbol


def _names(decorator: facts.Expression, task: Class, decorated: Class) -> bool:
    if not isinstance(decorator, facts.Call):
        return False
    symbol = decorated.resolve_header(decorator.function)
    if not (isinstance(symbol, Library) and symbol.name in vocabulary.INHERITING_DECORATORS):
        return False
    return any(decorated.resolve_header(argument.value) is task for argument in decorator.arguments)


def _outermost(place: Place) -> facts.Function:
    """The function of the module that a place stands in, through functions inside it."""
    scope = place.scope
    assert scope is not None
    while scope.outer is not None:
        scope = scope.outer
    return scope.function
