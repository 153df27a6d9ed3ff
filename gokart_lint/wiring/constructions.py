"""Where the project builds its tasks, and what each task parameter is given there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression, Statement
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.remembering import remembered
from gokart_lint.project.symbols import Library, Value
from gokart_lint.walking import compound, dotted, own_expressions, statements
from gokart_lint.wiring.alternatives import NOTHING_KNOWN, Alternatives, Instance, Kind, is_container, is_task_class, united, unpacked
from gokart_lint.wiring.class_attributes import names_of_classes
from gokart_lint.wiring.flow import Flow
from gokart_lint.wiring.values import View, built_by, calls_in, evaluate, member, method_names, receiver

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.project.project import Project


class Construction(msgspec.Struct, frozen=True, eq=False):
    """A call that builds a task of a class, or (`exact` false) of one below it.

    A call that may build tasks of several classes is a construction of each. `source` is what is cloned, if the call is
    `task.clone(...)`. `alone`: all that the call may build is known.
    """

    cls: Class | Library
    exact: bool
    call: facts.Call
    view: View
    source: Alternatives = ()
    alone: bool = True

    @property
    def is_clone(self) -> bool:
        return bool(self.source)

    @property
    def unpacks(self) -> bool:
        """Whether `*args` or `**kwargs` may give parameters that the text does not show."""
        return self.call.unpacks

    def argument(self, name: str) -> facts.Argument | None:
        """The argument that is given as `name=...`."""
        return self.call.keyword(name)

    def given(self, name: str) -> Alternatives | None:
        """What a parameter gets here: None if nothing is given, so that its default or a configuration file counts."""
        argument = self.argument(name)
        if argument is not None:
            return evaluate(argument.value, self.view)
        if self.unpacks:
            return NOTHING_KNOWN
        found = [_copied(each, name, self.view) for each in self.source]
        some = [each for each in found if each is not None]
        return united(*some) if some else None

    def hands_on(self, parameter: Parameter) -> bool:
        """Whether a parameter gets here what the same parameter of another task holds, so that nothing new is said about it."""
        argument = self.argument(parameter.name)
        if argument is None:
            return not self.unpacks and _have(self.source, parameter.name, parameter)
        node = argument.value
        return isinstance(node, facts.Attribute) and _have(evaluate(node.value, self.view), node.name, parameter)


def _have(tasks: Alternatives, name: str, parameter: Parameter) -> bool:
    of_classes = [each.cls if isinstance(each, Instance) else None for each in tasks]
    return bool(tasks) and all(isinstance(each, Class) and each.parameters.get(name) is parameter for each in of_classes)


def _copied(source: object, name: str, view: View) -> Alternatives | None:
    """What `clone` takes from a task for a parameter that it is not given."""
    if not isinstance(source, Instance) or not isinstance(source.cls, Class):
        return NOTHING_KNOWN
    if name in source.cls.parameters:
        return member(source, name, view)
    return None if source.cls.is_fully_known else NOTHING_KNOWN


@remembered
def constructions(project: Project) -> Constructions:
    """Where the tasks of a project are built."""
    return Constructions(project)


class Constructions:
    """All constructions of a project; a module is only gone through when its own are asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._by_module: dict[str, tuple[Construction, ...]] = {}

    def in_module(self, module: Module) -> tuple[Construction, ...]:
        """The constructions of task classes that stand in a module, in order."""
        if module.path not in self._by_module:
            found: dict[tuple[facts.Span, Class | Library], Construction] = {}
            for call, view in _calls(module):
                for each in _built(call, view):
                    found.setdefault((call.at, each.cls), each)
            self._by_module[module.path] = tuple(sorted(found.values(), key=lambda each: each.call.at))
        return self._by_module[module.path]

    def in_method(self, method: Method) -> Iterator[Construction]:
        """The constructions that stand in a method."""
        around = method.function.at
        for each in self.in_module(method.owner.module):
            at = each.call.at
            if (around.line, around.column) <= (at.line, at.column) and (at.end_line, at.end_column) <= (
                around.end_line,
                around.end_column,
            ):
                yield each

    def sites(self, module: Module) -> Iterator[tuple[Construction, ...]]:
        """The calls of a module that build tasks of known classes and nothing else: for each call a construction of every class."""
        for _, together in groupby(self.in_module(module), key=lambda each: each.call.at):
            found = tuple(together)
            if all(each.alone for each in found):
                yield found

    def of(self, *classes: Class) -> Iterator[Construction]:
        """The constructions of some classes in the whole project, in the order of its files."""
        wanted = set(classes)
        homes = {each.module.path for each in classes}  # where `self.clone(...)` and `cls(...)` name no class
        for path in sorted({*self._project.mentions.files(each.name for each in classes), *homes}):
            module = self._project.module(path)
            if module is not None:
                yield from (each for each in self.in_module(module) if each.cls in wanted)

    def given(self, parameter: Parameter) -> list[Alternatives]:
        """What the project passes for a parameter, once for each construction that passes something."""
        sites = (each for each in self.of(*self._holders(parameter)) if not each.hands_on(parameter))
        found = (each.given(parameter.name) for each in sites)
        return [given for given in found if given is not None]

    def _holders(self, parameter: Parameter) -> list[Class]:
        """The classes that have a parameter: its own, those below, and those that `luigi.util.requires` and its like copy it to."""
        found: list[Class] = []
        pending = [parameter.owner]
        while pending:
            each = pending.pop()
            if each in found or each.parameters.get(parameter.name) is not parameter:
                continue
            found.append(each)
            pending += each.subclasses
            modules = (self._project.module(path) for path in self._project.mentions.files_decorating([each.name]))
            pending += [other for module in modules if module is not None for other in module.classes]
        return found


def _built(call: facts.Call, view: View) -> Iterator[Construction]:
    built = built_by(call, view)
    kinds = [each for each in built if isinstance(each, Kind) and is_task_class(each.cls)]
    if not kinds:
        return
    source: Alternatives = ()
    if isinstance(call.function, facts.Attribute) and call.function.name == 'clone':
        source = receiver(call.function, view)
    for each in kinds:
        yield Construction(each.cls, each.exact, call, view, source, alone=len(kinds) == len(built))


# --- all calls of a module, each with what is seen there ---


def _calls(module: Module) -> Iterator[tuple[facts.Call, View]]:
    top = View(Place(module))
    yield from _of_block(module.facts.body, top)
    for function in module.facts.functions:
        yield from _of_function(function, top)
    for each in module.classes:
        yield from _of_class(each)


def _of_class(found: Class) -> Iterator[tuple[facts.Call, View]]:
    around, inside = View(Place(found.module, found.outer_scope)), View(Place(found.module, None, found))
    for node in (*found.facts.decorators, *(base.value for base in found.facts.bases)):
        yield from calls_in(node, around)
    yield from _of_class_body(found, inside)
    for function in found.facts.methods:
        method = Method(found, function)
        yield from _of_signature(function, inside)
        yield from _of_block(function.body, View(Place(found.module, method.scope, found, method), method_names(method)))


def _of_class_body(found: Class, inside: View) -> Iterator[tuple[facts.Call, View]]:
    conditional = {each.at for top in found.facts.body for each in statements([top])}
    names: dict[str, Alternatives] = {}
    for statement in sorted((*found.facts.assignments, *found.facts.body), key=lambda each: each.at):
        view = inside.seeing(names)
        yield from _of_block((statement,), view)
        if isinstance(statement, facts.Assign) and statement.value is not None:
            is_plain = not statement.operator and statement.at not in conditional and _may_build((statement,), view.place)
            value = evaluate(statement.value, view) if is_plain else NOTHING_KNOWN
            for name, bound in (pair for target in statement.targets for pair in unpacked(target, value).items()):
                names.pop(name, None)
                if all(isinstance(each, (Instance, Kind)) for each in bound):
                    names[name] = bound


def _of_function(function: facts.Function, around: View) -> Iterator[tuple[facts.Call, View]]:
    """The calls of a function that is no method; `around` is what the code around it may see when it is called."""
    yield from _of_signature(function, around)
    place = around.place
    scope = place.module.scope(function, place.scope)
    names = dict.fromkeys((formal.name for formal in function.formals), NOTHING_KNOWN)
    yield from _of_block(function.body, View(Place(place.module, scope, place.owner, place.method), {**around.names, **names}))


def _of_signature(function: facts.Function, around: View) -> Iterator[tuple[facts.Call, View]]:
    defaults = (formal.default for formal in function.formals if formal.default is not None)
    for node in (*function.decorators, *defaults):
        yield from calls_in(node, around)


def _of_block(block: tuple[Statement, ...], view: View) -> Iterator[tuple[facts.Call, View]]:
    if not _may_build(block, view.place):
        return
    for statement, seen in Flow(view, block).states.values():
        if isinstance(statement, facts.Define):
            if seen.place.scope is not None:  # else one under an `if` of the module or of a class, which holds it itself
                yield from _of_function(statement.function, _captured(statement.function, seen))
            continue
        for node in own_expressions(statement):
            yield from calls_in(node, seen)


def _may_build(block: tuple[Statement, ...], place: Place) -> bool:
    """Whether something in a block may be a construction: most functions build nothing, and need no reading in order."""
    if any(isinstance(statement, facts.Define) for statement in statements(block)):
        return True
    if place.scope is not None and block is place.scope.function.body:
        called = iter(place.scope.called)
    else:
        called = (node.function for node in compound(block) if isinstance(node, facts.Call))
    return any(_may_mean_class(function, place) for function in called)


def _may_mean_class(node: Expression, place: Place) -> bool:
    """Whether a called expression may be a task class; an attribute of a local name is none that `evaluate` could tell."""
    if not isinstance(node, (facts.Name, facts.Attribute)):
        return True
    if isinstance(node, facts.Attribute):
        if node.name in ('clone', '__class__') or _may_be_class_attribute(node, place):
            return True
        name = dotted(node)
        if name is None or place.is_local(name.partition('.')[0]):
            return False
    elif place.is_local(node.name):
        return True
    symbol = place.resolve(node)
    return isinstance(symbol, Value) or is_task_class(symbol)


def _may_be_class_attribute(node: facts.Attribute, place: Place) -> bool:
    """Whether `self.x` may be what a class body says; the classes below, whose files are many, are asked for no method that there is."""
    owner, held = place.owner, node.value
    if owner is None or (isinstance(held, facts.Name) and (place.method is None or held.name != place.method.self_name)):
        return False
    if isinstance(held, facts.Attribute) and held.name != '__class__':
        return False
    is_method = node.name in vocabulary.TASK_METHODS or owner.project_method(node.name) is not None
    return not is_method and node.name in names_of_classes(owner)


def _captured(function: facts.Function, view: View) -> View:
    """What a nested function sees of the one around it when it is called: names that are bound once, and no list that may still grow."""
    bound = {} if view.place.scope is None else view.place.scope.assigned
    own = view.place.module.scope(function).assigned
    kept = {
        name: value
        for name, value in view.names.items()
        if name not in own and len(bound.get(name, ())) <= 1 and not any(is_container(each) for each in value)
    }
    return View(view.place, {**dict.fromkeys((*view.names, *bound), NOTHING_KNOWN), **kept})
