"""A base class of all tasks: below it stand all files of the project, which a look at the base alone must not hold in memory."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.rules.registry import rules_of_check
from gokart_lint.settings import Settings
from tests.project.building import load, module

BASE = """
    import gokart
    import luigi


    class ProjectTask(gokart.TaskOnKart):
        version: luigi.IntParameter = luigi.IntParameter(default=1)


    class Template(ProjectTask):
        source: gokart.TaskInstanceParameter = gokart.TaskInstanceParameter(expected_type=ProjectTask)

        def requires(self):
            return self.source

        def run(self):
            self.dump(self._run(self.load()))

        @staticmethod
        def _run(source):
            raise NotImplementedError
    """
HEIRS = 30


def heir(number: int) -> str:
    return f"""
        from base import ProjectTask


        class Task{number}(ProjectTask):
            def run(self):
                self.dump({number})
        """


def reached(folder: Path, base: str) -> int:
    """How many files are held once the rules that are on by default have judged the base."""
    project = load(folder, {'base.py': base, **{f'task_{number}.py': heir(number) for number in range(HEIRS)}})
    judged = module(project, folder, 'base.py')
    for rule in (each for each in rules_of_check() if not each.opt_in):
        list(rule.check(judged, Settings(root=folder)))
    return project.linked


def test_a_base_that_tells_nothing_reaches_nobody(tmp_path: Path) -> None:
    assert reached(tmp_path, BASE) == 1


def test_a_base_that_reads_the_clock_reaches_all(tmp_path: Path) -> None:
    reads = BASE.replace('raise NotImplementedError', 'return source, time.time()').replace(
        'import gokart', 'import time\n\n    import gokart'
    )
    assert reached(tmp_path, reads) == 1 + HEIRS
