"""Which classes are pipelines, and where their modules are imported from, by the text of a project alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from gokart_lint.project.testing import is_test
from pytest_gokart.finding.discovery import find
from pytest_gokart.values import Pipeline
from tests.project.building import write

HEAD = """
    import abc
    import gokart
    import luigi
    import luigi.util

    class Load(gokart.TaskOnKart[int]):
        n = luigi.IntParameter(default=1)
"""


def found(folder: Path, files: Mapping[str, str]) -> list[Pipeline]:
    write(folder, files)
    return list(find(str(folder)))


def names(folder: Path, text: str) -> list[str]:
    """The pipelines of one module that begins with HEAD."""
    write(folder, {'flow.py': f'{HEAD}\n{text}'})
    return [each.qualname for each in find(str(folder))]


# Classes that are pipelines have `# found` on the line of their class statement.

CASES = {
    'named': """
    class WinePipeline(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()
    """,
    'named, and built by another one': """
    class Sub_Pipeline(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()

    class MainPipeline(gokart.TaskOnKart):  # found
        def requires(self):
            return Sub_Pipeline()
    """,
    'named, without requirements': """
    class EmptyPipeline(gokart.TaskOnKart):  # found
        pass
    """,
    'named, but no task': """
    class PipelineConfig(luigi.Config):
        pass

    class Pipelines:
        pass
    """,
    'a root': """
    class Train(gokart.TaskOnKart):
        data = gokart.TaskInstanceParameter()

    class RunModel(gokart.TaskOnKart):  # found
        def requires(self):
            return dict(train=Train(data=Load()))
    """,
    'a root of luigi': """
    class All(luigi.WrapperTask):  # found
        def requires(self):
            yield Load()
    """,
    'leaves are no roots': """
    class Lonely(gokart.TaskOnKart):
        pass

    class Passes(gokart.TaskOnKart):
        def requires(self):
            pass

    class Nothing(gokart.TaskOnKart):
        def requires(self):
            return []

    class Empty(gokart.TaskOnKart):
        def requires(self):
            return dict()
    """,
    'handed a task': """
    class Train(gokart.TaskOnKart):
        data = gokart.TaskInstanceParameter()
        others = gokart.ListTaskInstanceParameter()

        def requires(self):
            return self.data
    """,
    'a task by default': """
    class Train(gokart.TaskOnKart):  # found
        data = gokart.TaskInstanceParameter(default=Load())
    """,
    "gokart's own requires() finds tasks": """
    class Train(gokart.TaskOnKart):  # found
        data = Load()

    class Luigi(luigi.Task):
        data = Load()
    """,
    'built by a function that a task calls': """
    def make():
        return inner()

    def inner():
        return Part()

    class Part(gokart.TaskOnKart):
        def requires(self):
            return Load()

    class Whole(gokart.TaskOnKart):  # found
        def requires(self):
            return make()
    """,
    'built by a helper class that a task uses': """
    class Factory:
        def part(self):
            return Part()

    class Part(gokart.TaskOnKart):
        def requires(self):
            return Load()

    class Whole(gokart.TaskOnKart):  # found
        def requires(self):
            return Factory().part()
    """,
    'built by main()': """
    class Report(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()

    def main():
        gokart.build(Report())

    if __name__ == '__main__':
        gokart.build(Report(rerun=True))
        main()
    """,
    'cloned by another one': """
    class Part(gokart.TaskOnKart):
        def requires(self):
            return Load()

    class Whole(gokart.TaskOnKart):  # found
        def requires(self):
            return self.clone(Part)
    """,
    'built by itself': """
    class Day(gokart.TaskOnKart):  # found
        n = luigi.IntParameter(default=3)

        def requires(self):
            return Day(n=self.n - 1) if self.n else Load()

    class Week(gokart.TaskOnKart):  # found
        n = luigi.IntParameter(default=3)

        def requires(self):
            return self.clone(n=self.n - 1) if self.n else Load()
    """,
    'required by a decorator': """
    class Part(gokart.TaskOnKart):
        def requires(self):
            return Load()

    @luigi.util.requires(Part)
    class Whole(gokart.TaskOnKart):  # found
        pass
    """,
    'inherited by a decorator': """
    class Part(gokart.TaskOnKart):
        def requires(self):
            return Load()

    @luigi.util.inherits(Part)
    class Whole(gokart.TaskOnKart):  # found
        def requires(self):
            return self.clone_parent()
    """,
    'abstract': """
    class BasePipeline(gokart.TaskOnKart, abc.ABC):
        def requires(self):
            return self.source()

        @abc.abstractmethod
        def source(self): ...

    class WinePipeline(BasePipeline):  # found
        def source(self):
            return Load()
    """,
    'abstract by convention': """
    class BasePipeline(gokart.TaskOnKart):
        def requires(self):
            return self.source()

        def source(self):
            raise NotImplementedError

    class WinePipeline(BasePipeline):  # found
        def source(self):
            return Load()

    class LibraryPipeline(gokart.TaskOnKart):
        def requires(self):
            raise NotImplementedError()
    """,
    'a hook that nobody needs': """
    class HookPipeline(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()

        def extra(self):
            raise NotImplementedError
    """,
    'a base that lacks what those below have': """
    class Base(gokart.TaskOnKart):
        model = None

        def requires(self):
            return self.model()

    class Mixin(gokart.TaskOnKart):
        def requires(self):
            return Load(n=self.size)

    class Wine(Base):  # found
        model = Load

    class Beer(Mixin):  # found
        size = luigi.IntParameter(default=2)
    """,
    'a base that is a root itself': """
    class Daily(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()

    class Weekly(Daily):  # found
        pass
    """,
    'a named base that is none': """
    class PipelineBase(gokart.TaskOnKart):
        pass

    class WinePipeline(PipelineBase):  # found
        pass
    """,
    'a mixin that is no task': """
    class PipelineMixin:
        def requires(self):
            return Load()

    class Wine(PipelineMixin, gokart.TaskOnKart):  # found
        pass
    """,
    'a forgotten return, and requires that is no method': """
    class Forgets(gokart.TaskOnKart):  # found
        def requires(self):
            Load()

    class Lists(gokart.TaskOnKart):  # found
        requires = [Load()]
    """,
    'the requirements of the base': """
    class Base(gokart.TaskOnKart):
        def requires(self):
            return []

    class Same(Base):
        def requires(self):
            return super().requires()

    class More(Base):  # found
        def requires(self):
            return [*super().requires(), Load()]
    """,
    'classes that no import gives': """
    def make():
        class LocalPipeline(gokart.TaskOnKart):
            pass
        return LocalPipeline

    if __name__ == '__main__':
        class MainPipeline(gokart.TaskOnKart):
            pass
    """,
    'inside a class': """
    class Outer:
        class InnerPipeline(gokart.TaskOnKart):  # found
            pass
    """,
    'defined twice': """
    class TwicePipeline(gokart.TaskOnKart):
        pass

    class TwicePipeline(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()
    """,
    'of a library': """
    import redshells.train

    class MyModel(redshells.train.TrainWord2Vec):
        pass
    """,
    'in Japanese': """
    class 葡萄酒Pipeline(gokart.TaskOnKart):  # found
        def requires(self):
            return Load()
    """,
}


@pytest.mark.parametrize('text', CASES.values(), ids=CASES)
def test_pipelines(text: str, tmp_path: Path) -> None:
    expected = re.findall(r'class (\w+).*# found', text)
    assert expected or '# found' not in text
    assert [each.rpartition('.')[2] for each in names(tmp_path, text)] == expected


def test_of_two_definitions_the_last_one_counts(tmp_path: Path) -> None:
    (pipeline,) = found(tmp_path, {'flow.py': HEAD + CASES['defined twice']})
    lines = (tmp_path / 'flow.py').read_text(encoding='utf-8').splitlines()
    assert '# found' in lines[pipeline.class_at.line - 1]
    assert 'def requires' in lines[pipeline.requires_at.line - 1]


def test_patterns_of_names(tmp_path: Path) -> None:
    write(tmp_path, {'flow.py': HEAD + '    class RunIt(gokart.TaskOnKart):\n        pass\n'})
    assert [each.qualname for each in find(str(tmp_path), patterns=['Run*'])] == ['RunIt']
    assert [each.qualname for each in find(str(tmp_path), patterns=['flow.R*'])] == ['RunIt']
    assert not find(str(tmp_path), patterns=['*Pipeline*', 'other.*'])


def test_requires_of_a_base_is_where_it_is_defined(tmp_path: Path) -> None:
    files = {
        'base.py': 'import gokart\n\nclass Base(gokart.TaskOnKart):\n    def requires(self):\n        return self.make()\n',
        'flow.py': 'from base import Base\n\nclass P_Pipeline(Base):\n    def make(self):\n        return Base()\n',
    }
    (pipeline,) = found(tmp_path, files)
    assert (pipeline.class_at.path, pipeline.class_at.line) == (f'{tmp_path}/flow.py', 3)
    assert (pipeline.requires_at.path, pipeline.requires_at.line) == (f'{tmp_path}/base.py', 4)


def test_what_tests_build_and_hold_does_not_count(tmp_path: Path) -> None:
    root = HEAD + CASES['a root']
    test = 'import gokart\nfrom flow import RunModel\n\nclass A(gokart.TaskOnKart):\n    def requires(self):\n        return RunModel()\n'
    pipelines = found(tmp_path, {'flow.py': root, 'tests/dummies.py': test, 'test_flow.py': test, 'conftest.py': test})
    assert [each.full_name for each in pipelines] == ['flow.RunModel']


def test_files_of_tests() -> None:
    assert all(map(is_test, ['tests/a.py', 'app/tests/b.py', 'test/c.py', 'conftest.py', 'app/conftest.py', 'test_x.py', 'x_test.py']))
    assert not any(map(is_test, ['app/test.py', 'latest/a.py', 'app/testing.py', 'contest.py']))


def test_files_can_be_chosen(tmp_path: Path) -> None:
    flow = 'import gokart\n\nclass APipeline(gokart.TaskOnKart):\n    pass\n'
    write(tmp_path, {'a.py': flow, 'b.py': flow})
    assert [each.module for each in find(str(tmp_path), [str(tmp_path / 'b.py')])] == ['b']


def test_copies_and_other_peoples_code_are_left_out(tmp_path: Path) -> None:
    flow = 'import gokart\n\nclass APipeline(gokart.TaskOnKart):\n    pass\n'
    folders = ['build/lib', 'dist', '.venv/lib', 'node_modules/x', 'env/lib', '.tox/py', 'ignored']
    files = {f'{folder}/flow.py': flow for folder in folders}
    pipelines = found(tmp_path, {'flow.py': flow, **files, 'env/pyvenv.cfg': '', '.gitignore': 'ignored/\n', '.git/HEAD': ''})
    assert [each.class_at.path for each in pipelines] == [f'{tmp_path}/flow.py']


def test_files_that_do_not_parse_hold_nothing(tmp_path: Path) -> None:
    flow = 'import gokart\n\nclass APipeline(gokart.TaskOnKart):\n    pass\n'
    assert (
        len(
            found(
                tmp_path, {'flow.py': flow, 'old.py': 'import gokart\nprint "2"\n', 'template.py': 'import gokart\n{{ cookiecutter.x }}\n'}
            )
        )
        == 1
    )
