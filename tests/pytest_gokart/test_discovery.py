"""Which classes are pipelines, and where their modules are imported from, by the text of a project alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from gokart_lint.project.testing import is_test
from pytest_gokart.finding.discovery import decode, encode, find, search
from pytest_gokart.finding.searching import names_gokart
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
    test = flow('from flow import RunModel').replace('Load()', 'RunModel()')
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


# --- where modules are imported from ---

TASKS = 'import gokart\n\nclass Load(gokart.TaskOnKart):\n    pass\n'


def flow(*imports: str) -> str:
    return '\n'.join(
        ['import gokart', *imports, 'class APipeline(gokart.TaskOnKart):', '    def requires(self):', '        return Load()', '']
    )


LAYOUTS: dict[str, tuple[dict[str, str], str, str, list[str]]] = {
    'flat': ({'flow.py': flow('from tasks import Load'), 'tasks.py': TASKS}, 'flow', '', []),
    'package': ({'app/__init__.py': '', 'app/flow.py': flow('from .tasks import Load'), 'app/tasks.py': TASKS}, 'app.flow', '', []),
    'src': (
        {'src/app/__init__.py': '', 'src/app/flow.py': flow('from app.tasks import Load'), 'src/app/tasks.py': TASKS},
        'app.flow',
        'src',
        [],
    ),
    'a src that the project itself names': (
        {
            'src/__init__.py': '',
            'src/app/__init__.py': '',
            'src/app/flow.py': flow('from src.app.tasks import Load'),
            'src/app/tasks.py': TASKS,
        },
        'src.app.flow',
        '',
        [],
    ),
    'a src with __init__.py that the project does not name': (
        {
            'src/__init__.py': '',
            'src/app/__init__.py': '',
            'src/app/flow.py': flow('from app.tasks import Load'),
            'src/app/tasks.py': TASKS,
        },
        'app.flow',
        'src',
        [],
    ),
    'namespace': ({'src/ns/app/flow.py': flow('from ns.app.tasks import Load'), 'src/ns/app/tasks.py': TASKS}, 'ns.app.flow', 'src', []),
    'namespace, relative': ({'ns/app/flow.py': flow('from .tasks import Load'), 'ns/app/tasks.py': TASKS}, 'ns.app.flow', '', []),
    'a folder of scripts': (
        {'scripts/a/flow.py': flow('from tasks import Load'), 'scripts/a/tasks.py': TASKS, 'scripts/b/tasks.py': TASKS},
        'flow',
        'scripts/a',
        [],
    ),
    'scripts beside a package': (
        {
            'app/__init__.py': '',
            'app/tasks.py': TASKS,
            'scripts/helper.py': 'import app.tasks',
            'scripts/flow.py': flow('import helper', 'from app.tasks import Load'),
        },
        'flow',
        'scripts',
        [''],
    ),
    'a folder that is no name': ({'01-wine/flow.py': flow('from tasks import Load'), '01-wine/tasks.py': TASKS}, 'flow', '01-wine', []),
    'two packages side by side': (
        {
            'one/src/one/__init__.py': '',
            'one/src/one/flow.py': flow('from two.tasks import Load'),
            'two/src/two/__init__.py': '',
            'two/src/two/tasks.py': TASKS,
        },
        'one.flow',
        'one/src',
        ['two/src'],
    ),
    'as others import it': (
        {
            'lib/__init__.py': '',
            'lib/flow.py': flow('from .tasks import Load'),
            'lib/tasks.py': TASKS,
            'main.py': 'import gokart\nimport lib.flow',
        },
        'lib.flow',
        '',
        [],
    ),
}


@pytest.mark.parametrize(('files', 'module', 'root', 'folders'), LAYOUTS.values(), ids=LAYOUTS)
def test_homes(files: dict[str, str], module: str, root: str, folders: list[str], tmp_path: Path) -> None:
    (pipeline,) = found(tmp_path, files)
    assert pipeline.module == module
    assert pipeline.root == os.path.normpath(tmp_path / root)
    assert [os.path.relpath(each, tmp_path) for each in pipeline.folders] == [each or '.' for each in folders]


def test_a_folder_on_the_path_is_a_root(tmp_path: Path) -> None:
    write(tmp_path, {'lib/ns/flow.py': flow('from ns.tasks import Load'), 'lib/ns/tasks.py': TASKS})
    (pipeline,) = search(str(tmp_path), roots=[str(tmp_path / 'lib')]).pipelines
    assert (pipeline.module, pipeline.root) == ('ns.flow', f'{tmp_path}/lib')


# --- scripts ---


def test_runs_at_import(tmp_path: Path) -> None:
    files = {
        'flow.py': """
            from luigi import build
            from tasks import *

            class APipeline(gokart.TaskOnKart):
                data = build([])

                def requires(self):
                    return gokart.build(Load())

            if __name__ == '__main__':
                gokart.run()
            elif __name__ == 'flow':
                gokart.run()
            if True:
                print(gokart.build(APipeline()))
            """,
        'tasks.py': f'{TASKS}\ngokart.run()\n',
    }
    (pipeline,) = found(tmp_path, files)
    assert [f'{Path(each.path).name}:{each.line}' for each in pipeline.unguarded] == ['flow.py:5', 'flow.py:13', 'flow.py:15', 'tasks.py:6']


# --- the first look ---


def test_the_word_is_looked_for_in_the_projects_own_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            'a.py': 'import luigi',
            'build/b.py': 'import gokart',
            '.venv/c.py': 'import gokart',
            'env/pyvenv.cfg': '',
            'env/lib/d.py': 'import gokart',
        },
    )
    (tmp_path / 'gone.py').symlink_to(tmp_path / 'nowhere')
    os.mkfifo(tmp_path / 'pipe.py')
    assert not names_gokart(str(tmp_path))
    write(tmp_path, {'data/deep/e.py': '# gokart'})
    assert names_gokart(str(tmp_path))
    assert not names_gokart(str(tmp_path), lambda folder: folder == 'data')


# --- between processes ---


def test_what_was_found_travels(tmp_path: Path) -> None:
    write(tmp_path, {'flow.py': HEAD + CASES['named'], 'luigi.cfg': '[Load]\nn = 3\n'})
    result = search(str(tmp_path))
    assert result.pipelines
    assert result.configuration is not None
    assert result.classes == ('flow.Load', 'flow.WinePipeline')
    assert [each.name for each in result.left_out] == ['Load']
    assert decode(encode(result)) == replace(result, left_out=())


def test_a_second_search_gives_the_same(tmp_path: Path) -> None:
    write(tmp_path / 'project', {'flow.py': HEAD + CASES['a root']})
    first, second = (search(str(tmp_path / 'project'), cache=tmp_path / 'cache') for _ in range(2))
    assert first == second
