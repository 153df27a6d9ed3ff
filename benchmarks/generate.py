"""Writes a gokart project of any size, the same for the same seed, with faults whose places are known.

    python -m benchmarks.generate FOLDER --files 300 --share 0.33 --seed 1

`FOLDER/planted.json` lists what was planted. Everything else in the project is meant to be right, however odd it looks.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.blocks import MARK, Block, assembled, module_function, schema
from benchmarks.phrases import AREAS, DIVISIONS, DOCSTRINGS, KEYS, THINGS, TOPICS, VERBS
from benchmarks.pipelines import pipeline, unit_test
from benchmarks.tasks import Module, Named, Planter, Task, alias_task, plain_task, template_task

ROOT = 'shop'
LINES = 218
PYPROJECT = '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.8"\n\n[tool.gokart-lint]\n'
CORE = '''class ProjectTask(gokart.TaskOnKart[T], Generic[T]):
    """The first of the bases: every result says which version of the code made it."""

    version = luigi.IntParameter(default=1)


class FrameTask(ProjectTask[pd.DataFrame]):
    """表を1つ出力するタスク。"""

    fail_on_empty_dump = True


class TransformTask(FrameTask):
    """A template: subclasses say what becomes of the one table that they are given."""

    source = gokart.TaskInstanceParameter(expected_type=gokart.TaskOnKart)

    def requires(self):
        return self.source

    def run(self):
        self.dump(self._run(self.load()))

    @staticmethod
    def _run(source):
        raise NotImplementedError'''
CANARY = f'''import os{MARK}F401


class Canary:
    """Each peer must find the fault that is planted here for it; the class is no task, so gokart-lint must not."""

    rerun = True{MARK}CANARY'''


class Planted(NamedTuple):
    """One fault: its code, its file below the project's folder, its line."""

    code: str
    path: str
    line: int


@dataclass
class Package:
    """One package of the project, as far as it is written."""

    dotted: str
    prefix: str
    task_files: int = 0
    other_files: int = 0
    exports: list[Named] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def folder(self) -> str:
        return self.dotted.replace('.', '/')


@dataclass
class Project:
    """What is written so far: text by path, and what was planted in it."""

    files: dict[str, str] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    lines: int = 0

    def add(self, path: str, lines: Sequence[str]) -> None:
        """Add a file; the marks of its lines become entries of the list."""
        self.planted += [Planted(line.partition(MARK)[2], path, number) for number, line in enumerate(lines, 1) if MARK in line]
        self.files[path] = ''.join(f'{line.partition(MARK)[0]}\n' for line in lines)
        self.lines += len(lines)

    def write(self, folder: Path) -> None:
        """Write all files and the list."""
        listed = [planted._asdict() for planted in self.planted]
        for path, text in {**self.files, 'pyproject.toml': PYPROJECT, 'planted.json': json.dumps(listed, indent=1) + '\n'}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding='utf-8', newline='\n')


def generate(files: int = 300, share: float = 1 / 3, seed: int = 1, density: float = 0.25) -> Project:
    """A project of so many files, this share of them with tasks, this share of the tasks with one fault."""
    return Generator(files, max(5, round(files * share)), Random(seed), density).run()


class Generator:
    """Plans the packages, then writes them one after the other; each file takes its part of the lines that are left."""

    def __init__(self, files: int, task_files: int, rng: Random, density: float) -> None:
        self.project = Project()
        self.rng = rng
        self.files = files
        self.planter = Planter(density, Random(rng.random()))
        self.keywords = Planter(density / 16, Random(rng.random()))
        self.packages = self._planned(files, task_files)

    def run(self) -> Project:
        """Write it all."""
        core = f'{ROOT}.core'
        bases = [Named(name, f'{core}.base') for name in ('ProjectTask', 'FrameTask', 'TransformTask')]
        self._write(f'{ROOT}/__init__.py', ['"""Forecasts for a chain of shops."""'])
        self._write(f'{ROOT}/core/__init__.py', exporting('What all packages share.', core, bases))
        self._write(f'{ROOT}/canary.py', ['"""A file with faults for other linters."""', '', *CANARY.splitlines()])
        self._write_core(Module(f'{core}.base', self.rng), bases)
        for division in dict.fromkeys(package.dotted.rpartition('.')[0] for package in self.packages):
            self._write_division(division, [package for package in self.packages if package.dotted.startswith(f'{division}.')], bases)
        return self.project

    def _planned(self, files: int, task_files: int) -> list[Package]:
        count = max(1, (task_files - 1) // 5)
        places = [(DIVISIONS[number // len(AREAS) % len(DIVISIONS)], AREAS[number % len(AREAS)]) for number in range(count)]
        packages = [Package(f'{ROOT}.{division}.{area}', division.title() + area.title()) for division, area in places]
        others = files - task_files - 3 - len({division for division, _ in places}) - count
        if others < count or count > len(DIVISIONS) * len(AREAS):
            raise ValueError(f'{files} files cannot hold {task_files} with tasks beside their packages')
        for number in range(task_files - 1):
            packages[number % count].task_files += 1
        for number in range(others):
            packages[number % count].other_files += 1
        return packages

    def _write(self, path: str, lines: Sequence[str]) -> None:
        self.project.add(path, lines)

    def _target(self) -> int:
        """How many lines the next file should have, so that the whole comes out right."""
        left = self.files - len(self.project.files)
        return int((self.files * LINES - self.project.lines) / left * self.rng.uniform(0.75, 1.25 if left > 5 else 1.0))

    def _fill(self, path: str, module: Module, blocks: list[Block], more: Callable[[int], list[Block]]) -> None:
        target = self._target()
        number = 0
        while sum(len(block) + 2 for block in blocks) + 8 < target:
            blocks += more(number)
            number += 1
        self._write(path, assembled(self.rng.choice(DOCSTRINGS), module.own_imports, blocks))

    def _write_core(self, module: Module, bases: list[Named]) -> None:
        module.own_imports.append('from typing import Generic, TypeVar')
        blocks = [["T = TypeVar('T')"], CORE.splitlines()]
        self._fill(f'{ROOT}/core/base.py', module, blocks, lambda number: [module_function(self.rng, f'shared_step_{number:02}')])

    def _write_division(self, division: str, packages: list[Package], bases: list[Named]) -> None:
        foreign: list[Task] = []
        for package in packages:
            self._write_package(package, bases, foreign)
            foreign += [task for task in package.tasks if not task.dependencies]
        exported = [export for package in packages for export in package.exports]
        lines = [f'from .{package.dotted.rpartition(".")[2]} import {export.name}' for package in packages for export in package.exports]
        names = [f"    '{export.name}'," for export in exported]
        self._write(
            f'{division.replace(".", "/")}/__init__.py', ['"""Everything of this division."""', '', *lines, '', '__all__ = [', *names, ']']
        )

    def _write_package(self, package: Package, bases: list[Named], foreign: list[Task]) -> None:
        own_bases = self._write_bases(package, bases)
        helpers = self._write_helpers(package)
        for number in range(package.task_files - 2):
            self._write_tasks(package, number, [*bases[1:], *own_bases], foreign)
        module = self._module(package, 'pipeline')
        wired = Named(f'{package.prefix}Pipeline', module.dotted)
        blocks = [pipeline(module, wired.name, package.tasks, self.keywords)]
        self._fill(f'{package.folder}/pipeline.py', module, blocks, lambda number: [module_function(self.rng, f'_report_{number:02}')])
        package.exports = [*own_bases, *package.tasks, wired]
        for number in range(helpers, package.other_files):
            self._write_tests(package, number)
        self._write(f'{package.folder}/__init__.py', exporting(f'{package.prefix}: 特徴量と予測。', package.dotted, package.exports))

    def _module(self, package: Package, name: str) -> Module:
        return Module(f'{package.dotted}.{name}', self.rng, self.rng.choice(('bare', 'bare', 'descriptor', 'value')))

    def _write_bases(self, package: Package, bases: list[Named]) -> list[Named]:
        module = self._module(package, 'base')
        first, second = (Named(f'{package.prefix}{kind}', module.dotted) for kind in ('Task', 'ModelTask'))
        blocks = [
            [
                f'class {first.name}({module.refer(bases[1])}):',
                '    """三段目の基底クラス。"""',
                '',
                f"    {self.rng.choice(KEYS)}_prefix = 's-'",
            ],
            [f'class {second.name}({first.name}):', '    """The fourth of the bases."""', '', '    folds = luigi.IntParameter(default=5)'],
        ]
        self._fill(f'{package.folder}/base.py', module, blocks, lambda number: [module_function(self.rng, f'base_step_{number:02}')])
        return [first, second]

    def _write_helpers(self, package: Package) -> int:
        """Files without tasks: functions, and plain classes that derive from each other. Two thirds of the package's others."""
        count = package.other_files - package.other_files // 3
        for number in range(count):
            module = Module(f'{package.dotted}.helpers_{number:02}', self.rng)

            def more(step: int, number: int = number) -> list[Block]:
                if step % 3 == 2:
                    name = f'{package.prefix}Schema{number:02}{step:02}'
                    return [schema(self.rng, name, '' if step == 2 else f'{package.prefix}Schema{number:02}{step - 3:02}')]
                return [module_function(self.rng, f'step_{number:02}_{step:02}')]

            self._fill(f'{package.folder}/helpers_{number:02}.py', module, [], more)
        return count

    def _write_tasks(self, package: Package, number: int, bases: list[Named], foreign: list[Task]) -> None:
        name = f'{TOPICS[number % len(TOPICS)]}_tasks' + (f'_{number:02}' if number >= len(TOPICS) else '')
        module = self._module(package, name)
        templates = number > 0 and self.rng.random() < 0.2

        def more(step: int) -> list[Block]:
            if step % 2 == 1 and self.rng.random() < 0.6:
                return [module_function(self.rng, f'adjust_{number:02}_{step:02}')]
            task, blocks = self._task(package, module, bases, foreign, templates)
            package.tasks.append(task)
            return blocks

        self._fill(f'{package.folder}/{name}.py', module, [], more)

    def _task(self, package: Package, module: Module, bases: list[Named], foreign: list[Task], templates: bool) -> tuple[Task, list[Block]]:
        number = len(package.tasks)
        name = f'{VERBS[number % len(VERBS)]}{package.prefix}{THINGS[(number // len(VERBS) + number) % len(THINGS)]}'
        if templates:
            return template_task(module, name, bases[1], package.tasks, self.planter)
        if package.tasks and self.rng.random() < 0.05:
            return alias_task(module, name, package.tasks)
        base = self.rng.choice((None, bases[0], bases[2], bases[2], bases[3]))
        helper = Named(f'step_00_{number % 2:02}', f'{package.dotted}.helpers_00', exported=False)
        return plain_task(module, name, base, helper, package.tasks, foreign, self.planter)

    def _write_tests(self, package: Package, number: int) -> None:
        module = Module(f'{package.dotted}.test_{number:02}', self.rng)
        tasks: Iterator[Task] = iter(self.rng.sample(package.tasks, len(package.tasks)))

        def more(step: int) -> list[Block]:
            task = next(tasks, None)
            return [unit_test(module, self.rng, task)] if task else [module_function(self.rng, f'frame_{step:02}')]

        self._fill(f'{package.folder}/test_{number:02}.py', module, [], more)


def exporting(docstring: str, package: str, exports: Sequence[Named]) -> Block:
    """The `__init__.py` of a package that re-exports what its modules define."""
    lines = [f'from .{export.module.removeprefix(f"{package}.")} import {export.name}' for export in exports]
    return [f'"""{docstring}"""', '', *lines, '', '__all__ = [', *(f"    '{export.name}'," for export in exports), ']']


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description='Write a gokart project with planted faults.')
    parser.add_argument('folder', type=Path)
    parser.add_argument('--files', type=int, default=300)
    parser.add_argument('--share', type=float, default=1 / 3, help='of the files, how many hold tasks')
    parser.add_argument('--density', type=float, default=0.25, help='of the tasks, how many hold a fault')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    try:
        project = generate(arguments.files, arguments.share, arguments.seed, arguments.density)
    except ValueError as error:
        parser.error(str(error))
    project.write(arguments.folder)
    print(f'{len(project.files)} files, {project.lines} lines, {len(project.planted)} faults in {arguments.folder}')


if __name__ == '__main__':
    main()
