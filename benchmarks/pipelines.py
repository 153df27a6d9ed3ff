"""Generated code that builds tasks: pipelines and unit tests."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.blocks import MARK, Block, indented, statements
from benchmarks.phrases import DOCSTRINGS, Parameter
from benchmarks.tasks import FRAME, Module, Planter, Task, parameter_line


def variable(task: Task) -> str:
    """The local name of an instance: LoadRows becomes load_rows."""
    return ''.join(f'_{letter.lower()}' if letter.isupper() else letter for letter in task.name).lstrip('_')


def construction(module: Module, task: Task, values: dict[str, str], planter: Planter | None = None) -> Block:
    """`name = Task(...)`; the task parameters come from local variables of an earlier call."""
    arguments = [
        f'{each.name}=[{variable(each.given)}]' if each.many else f'{each.name}={variable(each.given)}' for each in task.dependencies
    ]
    arguments += [f'{parameter.name}={values[parameter.name]}' for parameter in task.required]
    if planter and planter.deal(('GK301',)):
        arguments.append(f'rerun=True,{MARK}GK301')
    if len(arguments) < 3 and not any(MARK in argument for argument in arguments):
        return [f'{variable(task)} = {module.refer(task)}({", ".join(arguments)})']
    lines = [argument if MARK in argument else f'{argument},' for argument in arguments]
    return [f'{variable(task)} = {module.refer(task)}(', *indented(lines), ')']


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """The tasks and all that they are given, each after what it is given."""
    found: dict[Task, None] = {}

    def visit(task: Task) -> None:
        if task not in found:
            for dependency in task.dependencies:
                visit(dependency.given)
            found[task] = None

    for task in tasks:
        visit(task)
    return list(found)


def pipeline(module: Module, name: str, tasks: Sequence[Task], planter: Planter) -> Block:
    """A pipeline that builds every task of a package and requires those that no other one is given."""
    built = in_order(tasks)
    parameters: dict[str, Parameter] = {parameter.name: parameter for task in built for parameter in task.required}
    values = {parameter: f'self.{parameter}' for parameter in parameters}
    given = {dependency.given for task in built for dependency in task.dependencies}
    leaves = [task for task in built if task not in given]
    lines = [line for task in built for line in construction(module, task, values, planter)]
    lines += ['return {', *indented([f"'{variable(task)}': {variable(task)}," for task in leaves]), '}']
    head = [f'class {name}({FRAME}):', f'    """{module.rng.choice(DOCSTRINGS)}"""', '']
    head += [f'    {parameter_line(module, parameter, required=True)}' for parameter in parameters.values()]
    return [
        *head,
        *([''] if head[-1] else []),
        '    def requires(self):',
        *indented(indented(lines)),
        '',
        '    def run(self):',
        "        self.dump('done')",
    ]


def unit_test(module: Module, rng: Random, task: Task) -> Block:
    """The usual test of a task: `load` and `dump` are replaced, `run` is called."""
    built = in_order([task])
    values = {parameter.name: parameter.example for each in built for parameter in each.required}
    lines = [line for each in built for line in construction(module, each, values)]
    name = variable(task)
    lines += [
        f'{name}.load = MagicMock(return_value=self.frame())',
        f'{name}.dump = MagicMock()',
        f'{name}.run()',
        f'{name}.dump.assert_called()',
    ]
    frame = ["frame = pd.DataFrame({'store_id': [1, 2], 'amount': [10.0, 20.0], 'price': [3.0, 4.0]})", *statements(rng, 3), 'return frame']
    head = [f'class Test{task.name}(unittest.TestCase):', '    @staticmethod', '    def frame():', *indented(indented(frame)), '']
    return [*head, '    def test_run(self):', *indented(indented(lines))]
