"""A project of tasks without a pipeline says why it has none; one that says nothing of gokart is told nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.building import write
from tests.pytest_gokart.sessions import run

LIBRARY = {
    'shells/tasks.py': """
        import abc
        import gokart, luigi

        class Load(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)

        class Train(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter()

        class Tune(Train):
            pass

        class Settings(luigi.Config):
            n = luigi.IntParameter(default=1)

        class Base(gokart.TaskOnKart, abc.ABC):
            @abc.abstractmethod
            def make(self): ...

        def make():
            class Inner(gokart.TaskOnKart):
                pass
        """,
    'shells/more/tasks.py': """
        import luigi

        class Fetch(luigi.Task):
            pass
        """,
    'shells/plain.py': 'x = 1\n',
    'tests/test_plain.py': 'def test_plain():\n    pass\n',
}
REASONS = '5 task classes{}2 require no task, 2 need a task, Base is abstract'
SHORT = f'; no pipelines among {REASONS.format(" (")}); luigi configuration: none'
NO_CLASSES = 'gokart: no pipelines, as there are no task classes outside of tests.\n'
LONG = f'gokart: no pipelines among {REASONS.format(": ")}.\nA pipeline is called *Pipeline*, or requires tasks'


@pytest.fixture(scope='module')
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('library')
    write(folder, LIBRARY)
    return folder


@pytest.mark.parametrize(
    ('arguments', 'said'),
    [
        (('--ignore=tests',), (SHORT, LONG)),
        (('--ignore=tests', '-q', '-n', '2'), (LONG,)),
        (('shells/',), (LONG,)),
        (('shells/more',), ('gokart: no pipelines among 1 task class: Fetch requires no task.\n',)),
        ((), (SHORT,)),
        (
            ('--ignore=tests', '-o', 'gokart_pipelines=*Flow Run*'),
            (
                SHORT,
                LONG.replace('*Pipeline*', '*Flow or Run*'),
            ),
        ),
        (('shells/plain.py',), ()),
        (('--no-gokart', 'shells'), ()),
        (('-k', 'nothing', '-o', 'gokart_pipelines=Tune', 'shells', 'tests'), ()),
        (('-o', 'gokart_pipelines=Tune', '-o', 'gokart_paths=shells/more'), ('; no pipelines in gokart_paths, 1 elsewhere; ',)),
    ],
)
def test_why_there_are_no_pipelines(folder: Path, arguments: tuple[str, ...], said: tuple[str, ...]) -> None:
    done = run(folder, '-p', 'no:cacheprovider', *arguments)

    assert not done.results
    for each in said:
        assert each in done.output
    assert done.output.count('no pipelines') == len(said)


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        (
            'import gokart\n\n\ndef build(task):\n    return gokart.build(task)\n',
            NO_CLASSES,
        ),
        ('x = 1\n', ''),
    ],
    ids=['gokart without a task', 'no gokart'],
)
def test_without_task_classes(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, {'tool.py': text})

    done = run(tmp_path, '-p', 'no:cacheprovider', '-q')

    assert done.status == pytest.ExitCode.NO_TESTS_COLLECTED
    assert (said in done.output) if said else ('gokart' not in done.output)


def test_where_tests_may_stand_in_any_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            'pytest.ini': '[pytest]\npython_files = *.py\npython_functions = check_*\npythonpath = .\n',
            'flow.py': """
                import gokart
                from tasks import TestModel

                class APipeline(gokart.TaskOnKart):
                    def requires(self):
                        return TestModel()
                """,
            'tasks.py': """
                import gokart

                class TestModel(gokart.TaskOnKart):
                    pass

                def check_model():
                    assert TestModel
                """,
            'test_flow.py': 'import gokart\n\n\nclass HelpsPipeline(gokart.TaskOnKart):\n    pass\n',
        },
    )

    done = run(tmp_path, '-p', 'no:cacheprovider', '-v')

    assert done.results == {'flow.py::APipeline::requires': 'PASSED', 'tasks.py::check_model': 'PASSED'}
