"""Generated gokart tasks: their parameters, what they require, how they run, and the faults that are planted in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.blocks import MARK, Block, filled, function, indented, statements
from benchmarks.phrases import DEPENDENCIES, DOCSTRINGS, PARAMETERS, Parameter

FAULTS = ('GK101', 'GK201', 'GK203', 'GK301')
FRAME = 'gokart.TaskOnKart[pd.DataFrame]'
ROWS = "frame = pd.DataFrame({'store_id': [1, 2, 3], 'month': ['2024-04'] * 3, 'amount': [10.0, 20.0, 30.0], 'price': [1.0, 2.0, 3.0]})"


@dataclass(frozen=True)
class Named:
    """A class or function, the module that defines it, and whether the packages above it export it too."""

    name: str
    module: str
    exported: bool = True


@dataclass(frozen=True)
class Dependency:
    """A task parameter: its name, the class that it expects, and the task that the pipeline gives."""

    name: str
    expected: Named
    given: Task
    many: bool = False


@dataclass(frozen=True, eq=False)
class Task(Named):
    """What a construction of the task must pass. Equal by name and module, as every Named is."""

    base: Named | None = None
    dependencies: tuple[Dependency, ...] = ()
    required: tuple[Parameter, ...] = ()


@dataclass
class Module:
    """A module that is being written: how it names what stands elsewhere, and which parameter style it keeps to."""

    dotted: str
    rng: Random
    style: str = 'bare'
    own_imports: list[str] = field(default_factory=list)
    known: dict[Named, str] = field(default_factory=dict)

    def refer(self, to: Named) -> str:
        """The expression that names it here; imports it, the first time in one of the usual ways."""
        if to.module == self.dotted:
            return to.name
        if to not in self.known:
            statement, self.known[to] = self.rng.choice(self._ways(to))
            self.own_imports.append(statement)
        return self.known[to]

    def _ways(self, to: Named) -> list[tuple[str, str]]:
        package, _, module = to.module.rpartition('.')
        ways = [(f'from {to.module} import {to.name}', to.name), (f'from {to.module} import {to.name} as _{to.name}', f'_{to.name}')]
        ways += [(f'from {package} import {to.name}', to.name)] if to.exported else []
        if package == self.dotted.rpartition('.')[0]:
            ways += [(f'from .{module} import {to.name}', to.name), (f'from . import {module}', f'{module}.{to.name}')]
        elif package.count('.') > 1 and to.exported:
            ways.append((f'from {package.rpartition(".")[0]} import {to.name}', to.name))
        return ways


@dataclass
class Planter:
    """Deals out faults: this share of the tasks, every code as often as the others."""

    density: float
    rng: Random
    dealt: Counter[str] = field(default_factory=Counter)

    def deal(self, possible: Sequence[str]) -> str:
        """The code to plant, or nothing."""
        if self.rng.random() >= self.density:
            return ''
        code = min(possible, key=lambda each: self.dealt[each])
        self.dealt[code] += 1
        return code


# --- Parameters ----------------------------------------------------------------------------------------------------------


def parameter_line(module: Module, parameter: Parameter, *, required: bool) -> str:
    """The declaration of a plain parameter, in the style of its module."""
    call = f'luigi.{parameter.kind}'
    value = parameter.example if module.rng.random() < 0.2 and not parameter.extra else f'default={parameter.example}'
    arguments = ', '.join(part for part in ('' if required else value, parameter.extra) if part)
    annotation = {'descriptor': f': {call}', 'value': f': {parameter.type}', 'bare': ''}[module.style]
    return f'{parameter.name}{annotation} = {call}({arguments})'


def dependency_line(module: Module, dependency: Dependency, *, fault: str) -> str:
    """The declaration of a task parameter; with GK101 the expected type is left out, whatever the annotation says."""
    kind, keyword = (
        ('ListTaskInstanceParameter', 'expected_elements_type') if dependency.many else ('TaskInstanceParameter', 'expected_type')
    )
    expected = module.refer(dependency.expected) if fault != 'GK101' or module.style == 'descriptor' else ''
    value = f'list[{FRAME}]' if dependency.many else FRAME
    annotation = {'descriptor': f': gokart.{kind}[{expected}]', 'value': f': {value}', 'bare': ''}[module.style]
    if fault == 'GK101':
        return f'{dependency.name}{annotation} = gokart.{kind}(){MARK}GK101'
    return f'{dependency.name}{annotation} = gokart.{kind}({keyword}={expected})'


def choose_dependencies(module: Module, earlier: Sequence[Task], foreign: Sequence[Task]) -> tuple[Dependency, ...]:
    """None to three tasks that stand before this one, now and then one of another package."""
    rng = module.rng
    candidates = [*earlier, *rng.sample(foreign, min(1, len(foreign)))]
    count = min(len(candidates), rng.choice((0, 1, 1, 1, 2, 2, 3)))
    given = rng.sample(candidates, count)
    if count == 1 and rng.random() < 0.1:
        return (Dependency('sources', given[0], given[0], many=True),)
    names = rng.sample(DEPENDENCIES, count)
    return tuple(
        Dependency(name, task.base if task.base and rng.random() < 0.15 else task, task) for name, task in zip(names, given, strict=True)
    )


# --- What a task requires and loads --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wiring:
    """`requires()` as lines, and the expressions that load each dependency (or one that loads all of them into a tuple)."""

    requires: tuple[str, ...]
    loads: tuple[str, ...]
    together: bool = False


def wiring(rng: Random, dependencies: Sequence[Dependency]) -> Wiring:
    """One of the usual forms: one task, a dict, a tuple, or gokart's own default."""
    names = [dependency.name for dependency in dependencies]
    by_name = tuple(f"self.load('{name}')" for name in names)
    forms = [Wiring((), by_name)]
    if len(names) == 1:
        forms = [Wiring(_requires(f'self.{names[0]}'), ('self.load()',))] * 2 + ([] if dependencies[0].many else forms)
    elif names:
        forms.append(Wiring(_requires('{' + ', '.join(f"'{name}': self.{name}" for name in names) + '}'), by_name))
        forms.append(Wiring(_requires('dict(' + ', '.join(f'{name}=self.{name}' for name in names) + ')'), by_name))
        forms.append(Wiring(_requires(', '.join(f'self.{name}' for name in names)), ('self.load()',), together=True))
    return rng.choice(forms)


def _requires(value: str) -> tuple[str, ...]:
    return ('def requires(self):', f'    return {value}', '')


def loading(names: Sequence[str], loads: Wiring) -> Block:
    """Every dependency into a local variable of its name."""
    if loads.together:
        return [f'{", ".join(names)} = {loads.loads[0]}']
    return [f'{name} = {load}' for name, load in zip(names, loads.loads, strict=True)]


def first_frame(dependencies: Sequence[Dependency]) -> Block:
    """The variable `frame` out of the loaded dependencies."""
    if not dependencies:
        return [ROWS]
    if dependencies[0].many:
        return [f'frame = pd.concat(list({dependencies[0].name}), ignore_index=True)']
    lines = [f'frame = {dependencies[0].name}.copy()']
    return lines + [
        f"frame = frame.merge({other.name}, on='store_id', how='left', suffixes=('', '_{other.name}'))" for other in dependencies[1:]
    ]


# --- run ------------------------------------------------------------------------------------------------------------------


@dataclass
class Body:
    """What stands in a class: the run, its helper in the class, and the helper of the module."""

    run: Block
    helper: Block = field(default_factory=list)
    before: Block = field(default_factory=list)


def inline_run(rng: Random, dependencies: Sequence[Dependency], parameters: Sequence[Parameter], loads: Wiring) -> Body:
    """GK201: the run works on what it loads."""
    lines = loading([dependency.name for dependency in dependencies], loads) + first_frame(dependencies)
    for parameter in parameters:
        lines += [f'{parameter.name} = self.{parameter.name}', *filled(rng, parameter.use)]
    lines += [*filled(rng, "frame = frame[frame['$a'] > $n]"), *statements(rng, 3), 'self.dump(frame)']
    return Body([f'def run(self):{MARK}GK201', *indented(lines)])


def imported_run(module: Module, helper: Named, dependency: Dependency, parameters: Sequence[Parameter], loads: Wiring) -> Body:
    """The run hands its work to a function of a helper module, and only logs most of its parameters."""
    logged = [f"logger.info('{parameter.name}: %s', self.{parameter.name})" for parameter in parameters if parameter.name != 'limit']
    limit = ', limit=self.limit' if len(logged) < len(parameters) else ''
    lines = [*loading([dependency.name], loads), *logged, f'self.dump({module.refer(helper)}({dependency.name}{limit}))']
    return Body(['def run(self):', *indented(lines)])


def delegated_run(
    module: Module, task: str, dependencies: Sequence[Dependency], parameters: Sequence[Parameter], loads: Wiring, fault: str
) -> Body:
    """The run loads, calls one function and dumps; with GK203 it forgets to dump."""
    rng = module.rng
    names = [dependency.name for dependency in dependencies]
    place = rng.choice(('static', 'static', 'class', 'module'))
    helper = f'_make_{"".join(f"_{c.lower()}" if c.isupper() else c for c in task).strip("_")}' if place == 'module' else '_make'
    start = first_frame(dependencies) + [line for parameter in parameters for line in filled(rng, parameter.use)]
    inputs = [*names, *(parameter.name for parameter in parameters)]
    header = f'def {helper}({", ".join(["cls", *inputs] if place == "class" else inputs)}):'
    lines = function(rng, header, start, size=rng.randrange(3, 7))

    inline = not loads.together and not fault and rng.random() < 0.5
    arguments = [*(loads.loads if inline else names), *(f'{parameter.name}=self.{parameter.name}' for parameter in parameters)]
    call = f'{"" if place == "module" else "self."}{helper}({", ".join(arguments)})'
    before = [] if inline else loading(names, loads)
    if fault == 'GK203':
        run = [f'def run(self):{MARK}GK203', *indented([*before, f'result = {call}', "logger.info('made %s', result)"])]
    else:
        run = [rng.choice(('def run(self):', 'def run(self) -> None:')), *indented([*before, f'self.dump({call})'])]
    decorator = {'static': ['@staticmethod'], 'class': ['@classmethod'], 'module': []}[place]
    return Body(run, before=lines) if place == 'module' else Body(run, [*decorator, *lines])


# --- Whole tasks ----------------------------------------------------------------------------------------------------------


def plain_task(
    module: Module, name: str, base: Named | None, helper: Named, earlier: Sequence[Task], foreign: Sequence[Task], planter: Planter
) -> tuple[Task, list[Block]]:
    """A task with parameters and a run of its own."""
    rng = module.rng
    dependencies = choose_dependencies(module, earlier, foreign)
    parameters = rng.sample(PARAMETERS, rng.choice((0, 1, 1, 2, 3)))
    required = {parameter for parameter in parameters if rng.random() < 0.6 and parameter.kind != 'BoolParameter'}
    fault = planter.deal(FAULTS if dependencies else FAULTS[1:])
    loads = wiring(rng, dependencies)
    if fault == 'GK201':
        body = inline_run(rng, dependencies, parameters, loads)
    elif fault != 'GK203' and len(dependencies) == 1 and not dependencies[0].many and rng.random() < 0.3:
        body = imported_run(module, helper, dependencies[0], parameters, loads)
    else:
        body = delegated_run(module, name, dependencies, parameters, loads, fault if fault == 'GK203' else '')

    lines = [f'class {name}({module.refer(base) if base else FRAME}):', f'    """{rng.choice(DOCSTRINGS)}"""', '']
    lines += [f'    rerun = True{MARK}GK301'] if fault == 'GK301' else []
    for number, dependency in enumerate(dependencies):
        lines.append(f'    {dependency_line(module, dependency, fault=fault if number == 0 else "")}')
    lines += [f'    {parameter_line(module, parameter, required=parameter in required)}' for parameter in parameters]
    lines += [''] if lines[-1] else []
    if rng.random() < 0.25:
        lines += ['    def output(self):', f"        return self.make_target('{name.lower()}/data.pkl')", '']
    lines += indented([*loads.requires, *body.run, *([''] if body.helper else []), *body.helper])
    needed = tuple(parameter for parameter in parameters if parameter in required)
    task = Task(name, module.dotted, base=base, dependencies=dependencies, required=needed)
    return task, [block for block in (body.before, lines) if block]


def template_task(module: Module, name: str, base: Named, earlier: Sequence[Task], planter: Planter) -> tuple[Task, list[Block]]:
    """A task that fills in `_run` of a base, and so needs to name neither gokart nor luigi."""
    lines = [f'class {name}({module.refer(base)}):', f'    """{module.rng.choice(DOCSTRINGS)}"""', '']
    lines += [f'    rerun = True{MARK}GK301', ''] if planter.deal(('GK301',)) else []
    lines += ['    @staticmethod', *indented(function(module.rng, 'def _run(source):', ['frame = source.copy()'], size=4))]
    given = module.rng.choice(earlier)
    return Task(name, module.dotted, base=base, dependencies=(Dependency('source', given, given),)), [lines]


def alias_task(module: Module, name: str, earlier: Sequence[Task]) -> tuple[Task, list[Block]]:
    """A task that stands for another one: no run, and right so."""
    given = module.rng.choice(earlier)
    dependency = Dependency('source', given, given)
    lines = [f'class {name}(gokart.TaskOnKart):', f'    """{module.rng.choice(DOCSTRINGS)}"""', '']
    lines += [f'    {dependency_line(module, dependency, fault="")}', '', '    def requires(self):', '        return self.source', '']
    return Task(name, module.dotted, dependencies=(dependency,)), [[*lines, '    def output(self):', '        return self.input()']]
