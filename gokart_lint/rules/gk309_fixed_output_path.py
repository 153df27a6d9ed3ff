"""An output path that is the same for every value of a parameter.

## What it does

Reports `use_unique_id=False` in `make_target`, `make_large_data_frame_target` or `make_model_target`, where `output()` gives that target,
the task has a `run()`, and the path does not hold one of its significant parameters or task parameters, its own, inherited or copied by
`@inherits` and `@requires`. A path holds a parameter if it is made from it in any way: through an f-string, `format`, `os.path.join`,
local names, properties and other methods of the class, or a branch that the parameter decides. Each concrete class is judged with the
methods that it really has; a target in a base is reported there, once.

## Why is this bad

Without the unique id the path is all that tells one result from another. Every value of the parameter shares one file: the first result
is there, so the task counts as complete for all other values too (`TaskOnKart.complete()`, gokart 1.12), and whoever loads them gets
the first one. A version parameter that the path does not hold changes nothing.

## What is left alone

- A task without a `run()`, or with one that only raises or passes: the file comes from outside, and its path is what it is.
- A parameter with `significant=False`, or whose significance the text does not show, and what `requires()` builds by itself.
- A path that holds `self.make_unique_id()`, `self.task_id`, or anything that the text does not explain: a function that is given `self`,
  `getattr`, a value from a dependency.
- Abstract tasks, a base whose subclasses complete the path, and classes with a base or decorator that is not known.

## Fix

Drop `use_unique_id=False`, or put the parameter into the path: `self.make_target(f'model_{self.n}.pkl', use_unique_id=False)`.

## See also

`GK110` for two classes that share a path because they share a name, `GK301` for `rerun`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gokart_lint import facts, vocabulary
from gokart_lint.bodies.dependence import Dependence, Held, bound, given_back
from gokart_lint.bodies.frames import Frame, is_defined_once
from gokart_lint.bodies.idling import always_raises, does_nothing
from gokart_lint.project.calls import Place
from gokart_lint.project.classes import Class, Method
from gokart_lint.project.constants import constant
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import everything, statements

if TYPE_CHECKING:
    from gokart_lint.project.module import Module
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    year: luigi.IntParameter = luigi.IntParameter()

    def output(self):
        return self.make_target('wine.pkl', use_unique_id=False)

    def run(self):
        self.dump(f'wine of {self.year}')
"""

GOOD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    year: luigi.IntParameter = luigi.IntParameter()

    def output(self):
        return self.make_target(f'wine_{self.year}.pkl', use_unique_id=False)

    def run(self):
        self.dump(f'wine of {self.year}')
"""


_SHOWN = 4  # names in a message


class _Target(NamedTuple):
    """A target with a fixed name in the output of a concrete class, and what its path holds."""

    module: Module
    argument: facts.Argument
    held: Held


@rule('GK309', 'fixed-output-path')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each `use_unique_id=False` of the module that makes several values share a file."""
    if not _says_target(module):  # the classes below a base of all tasks are all files of the project
        return
    found: dict[facts.Span, dict[Class, list[Held]]] = {}
    for each in dict.fromkeys(heir for owner in module.classes for heir in owner.downwards()):
        for target in _fixed_targets(each):
            if target.module is module:
                found.setdefault(target.argument.at, {}).setdefault(each, []).append(target.held)
    for at, classes in found.items():
        for each, held in classes.items():
            names = _missing(each, held)
            is_template = any(_holds(names, classes[heir]) for heir in each.subclasses if heir in classes)
            if names and not is_template:
                yield Report(at, _message(each, names))
                break


def _says_target(module: Module) -> bool:
    """Whether a method of the module may make a target at all, told from the names in its encoded body."""
    return any(
        maker.encode() in method.code for each in module.classes for method in each.facts.methods for maker in vocabulary.TARGET_MAKERS
    )


def _missing(each: Class, held: Iterable[Held]) -> tuple[str, ...]:
    """The parameters that a path does not hold; of a target that is made several times, all that one of its paths does not hold."""
    own = (name for name, parameter in each.parameters.items() if parameter.significant and name not in vocabulary.TASK_ON_KART_PARAMETERS)
    return tuple(name for name in own if not _holds((name,), held))


def _holds(names: Iterable[str], held: Iterable[Held]) -> bool:
    return all(paths is None or paths.issuperset(names) for paths in held)


def _message(each: Class, names: tuple[str, ...]) -> str:
    quoted = [f"'{name}'" for name in names]
    if len(quoted) > _SHOWN:
        quoted = [*quoted[: _SHOWN - 1], f'{len(quoted) - _SHOWN + 1} more parameters']
    listed = ' and '.join(filter(None, [', '.join(quoted[:-1]), quoted[-1]]))
    what = 'it' if len(names) == 1 else 'them'
    return f'{each.name} writes every value of {listed} to one file: put {what} into the path, or drop use_unique_id=False'


def _fixed_targets(each: Class) -> Iterator[_Target]:
    run, output = each.project_method('run'), each.project_method('output')
    if not each.is_task or run is None or output is None or each.is_abstract or not each.is_fully_known:
        return
    if output.kind == 'instance' and is_defined_once(output) and not always_raises(run) and not does_nothing(run):
        yield from _Search(each).method(Frame(each, output), {}, [])


class _Search:
    """Goes through `output()` of a concrete class and every method that it reaches."""

    def __init__(self, concrete: Class) -> None:
        self.dependence = Dependence(concrete)
        self.entered: list[Method] = []

    def method(self, frame: Frame, formals: Mapping[str, Held], tests: list[Held]) -> Iterator[_Target]:
        """The targets with a fixed name; `tests` is what decided that the method is reached."""
        if frame.method in self.entered:
            return
        self.entered.append(frame.method)
        tests = [*tests, self.dependence.tests(frame, formals)]
        called = set()
        idle = _idle(frame.method.function.body)
        for node in everything(frame.method.function.body):
            if isinstance(node, facts.Call):
                called.add(node.function.at)
                maker = _maker(node, frame)
                if node.at in idle:
                    continue
                if maker is not None:
                    yield from self.target(node, maker, frame, formals, tests)
                elif isinstance(found := frame.find(node.function), Frame) and found.kind == 'instance':
                    given = [(argument, self.dependence.of(argument.value, frame, formals)) for argument in node.arguments]
                    yield from self.method(found, bound(found, given), tests)
            elif isinstance(node, facts.Attribute) and node.at not in called:
                found = frame.find(node)
                if isinstance(found, Frame) and found.kind == 'property':
                    yield from self.method(found, {}, tests)
        self.entered.pop()

    def target(self, node: facts.Call, maker: str, frame: Frame, formals: Mapping[str, Held], tests: list[Held]) -> Iterator[_Target]:
        owner = frame.method.owner
        given = node.keyword('use_unique_id') or node.positional(vocabulary.TARGET_MAKERS[maker].index('use_unique_id'))
        path = node.keyword('relative_file_path') or node.positional(0)
        value = None if given is None else constant(given.value, Place(owner.module, frame.scope, owner, frame.method))
        if given is None or value is None or value.value or (path is None and node.unpacks):
            return
        folder = facts.Attribute(node.at, facts.Name(node.at, frame.method.self_name), 'workspace_directory')
        parts = [folder] if path is None else [folder, path.value]
        held = [*tests, *(self.dependence.of(part, frame, formals) for part in parts)]
        yield _Target(owner.module, given, None if None in held else frozenset(name for each in held if each for name in each))


def _idle(block: Iterable[facts.Statement]) -> frozenset[facts.Span]:
    """What is only given to names that never reach the output, such as a target that `output()` looks at."""
    assigned = [each for each in statements(block) if isinstance(each, facts.Assign) and isinstance(each.value, facts.Call)]
    if not assigned:
        return frozenset()
    live = given_back(block)
    names = ((each, [target.name for target in each.targets if isinstance(target, facts.Name)]) for each in assigned)
    return frozenset(
        each.value.at for each, bound in names if each.value is not None and len(bound) == len(each.targets) and live.isdisjoint(bound)
    )


def _maker(node: facts.Call, frame: Frame) -> str | None:
    """Which of gokart's own methods that make a target a call means, also through a local name."""
    function = node.function
    if isinstance(function, facts.Name):
        function = frame.scope.single_value(function.name) or function
    if not isinstance(function, facts.Attribute) or function.name not in vocabulary.TARGET_MAKERS:
        return None
    is_own = frame.own(function) is not None or frame.above(function) is not None
    return function.name if is_own and frame.find(function) is None else None
