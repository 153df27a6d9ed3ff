"""The pipelines of a project among the items of a session of pytest, in whatever way it is called."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.project.building import write
from tests.pytest_gokart.sessions import INSTALLED, run

TASKS = """
    import gokart, luigi

    class Load(gokart.TaskOnKart):
        n = luigi.IntParameter(default=1)

    class TestModel(gokart.TaskOnKart):
        data = gokart.TaskInstanceParameter()
    """
SHOP = {
    'pyproject.toml': """
        [tool.pytest.ini_options]
        pythonpath = ["src"]
        testpaths = ["tests"]
        addopts = ["--strict-markers", "--strict-config"]
        xfail_strict = true
        filterwarnings = ["error", "ignore::DeprecationWarning:luigi"]
        """,
    'src/shop/__init__.py': '',
    'src/shop/tasks.py': TASKS,
    'src/shop/pipelines.py': """
        import gokart, luigi
        from shop.tasks import Load, TestModel

        class TestPipeline(gokart.TaskOnKart):
            metric = luigi.ChoiceParameter(choices=['mae', 'rmse'], default='mae')

            def requires(self):
                return TestModel(data=Load() if self.metric == 'mae' else Load(n=2))

        class RedPipeline(gokart.TaskOnKart):
            def requires(self):
                return TestModel()
        """,
    'src/shop/broken.py': 'import gokart\nimport shop.needs\n\nclass BrokenPipeline(gokart.TaskOnKart):\n    pass\n',
    'src/shop/needs.py': 'import gokart, nosuch_module\n',
    'src/shop/unused.py': 'import gokart, nosuch_module\n\nclass Leaf(gokart.TaskOnKart):\n    pass\n',
    'scripts/a/tasks.py': "import gokart\n\nclass Load(gokart.TaskOnKart):\n    folder = 'a'\n",
    'scripts/b/tasks.py': "import gokart\n\nclass Load(gokart.TaskOnKart):\n    folder = 'b'\n",
    **{
        f'scripts/{each}/main.py': f"""
            import gokart, tasks

            class {each.upper()}Pipeline(gokart.TaskOnKart):
                def requires(self):
                    import tasks
                    assert tasks.Load.folder == '{each}'
                    return tasks.Load()

            gokart.build({each.upper()}Pipeline())
            """
        for each in 'ab'
    },
    'build/lib/shop/pipelines.py': 'import gokart\n\nclass CopyPipeline(gokart.TaskOnKart):\n    pass\n',
    'node_modules/x/pipelines.py': 'import gokart\n\nclass CopyPipeline(gokart.TaskOnKart):\n    pass\n',
    'tests/conftest.py': """
        import sys

        def pytest_unconfigure(config):
            heavy = {'gokart', 'luigi', 'libcst', 'networkx', 'gokart_lint', 'msgspec', 'pytest_gokart.items'}
            print('LOADED', *sorted(heavy & set(sys.modules)))
            print('LEFT', *sorted({'tasks', 'main', 'shop'} & set(sys.modules)))
        """,
    'tests/test_shop.py': """
        import luigi
        from luigi.task_register import Register
        from shop.tasks import Load, TestModel

        def test_clears_the_register_and_sets_configuration():
            Register._reg.clear()
            luigi.configuration.get_config().set('Load', 'n', '7')
            luigi.configuration.get_config().set('TestPipeline', 'metric', 'nonsense')
            assert Load().n == 7

        def test_builds_a_task():
            assert TestModel(data=Load()).data.n == 7
        """,
    'tests/test_other.py': 'def test_other(): pass\n',
}
PIPELINES = {
    'scripts/a/main.py::APipeline::requires': 'PASSED',
    'scripts/b/main.py::BPipeline::requires': 'PASSED',
    'src/shop/broken.py::BrokenPipeline::requires': 'ERROR',
    'src/shop/pipelines.py::TestPipeline::requires': 'PASSED',
    "src/shop/pipelines.py::TestPipeline::requires[metric='rmse']": 'PASSED',
    'src/shop/pipelines.py::RedPipeline::requires': 'FAILED',
}
TESTS = {
    'tests/test_other.py::test_other': 'PASSED',
    'tests/test_shop.py::test_clears_the_register_and_sets_configuration': 'PASSED',
    'tests/test_shop.py::test_builds_a_task': 'PASSED',
}


@pytest.fixture(scope='module')
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('shop').resolve()
    write(folder, SHOP)
    return folder


def test_plain_pytest(shop: Path) -> None:
    result = run(shop, '-v', '--junitxml=junit.xml', '-o', 'junit_family=xunit1', '-p', 'no:cacheprovider')
    assert result.results == {**TESTS, **PIPELINES}
    assert list(result.results) == [*TESTS, *PIPELINES]
    assert result.status == 1
    assert re.search(r'^gokart: 1\.\S+, luigi 3\.\S+; 5 pipelines in 4 files; luigi configuration: none$', result.output, re.MULTILINE)
    assert "src/shop/broken.py:2: cannot be imported: ModuleNotFoundError: No module named 'nosuch_module'" in result.output
    assert '  src/shop/needs.py:1: import gokart, nosuch_module' in result.output
    assert "src/shop/pipelines.py:12: TestModel is built without its parameter 'data'" in result.output
    assert 'scripts/a/main.py:9: GK209 gokart.build() runs at import' in result.output
    assert 'LEFT shop' in result.output
    cases = {(each.get('classname'), each.get('name')): each.attrib for each in ET.parse(shop / 'junit.xml').iter('testcase')}
    assert ('scripts.a.main.APipeline', 'requires') in cases
    case = cases['src.shop.pipelines.TestPipeline', "requires[metric='rmse']"]
    assert (case['file'], case['line']) == ('src/shop/pipelines.py', '6')  # counted from 0
    assert not (shop / 'resources').exists()


def test_with_two_workers(shop: Path) -> None:
    result = run(shop, '-v', '-n2', '-p', 'no:cacheprovider')
    assert {name: result.results[name] for name in PIPELINES} == PIPELINES
    assert 'scripts/b/main.py:9: GK209 gokart.build() runs at import' in result.output
    assert 'different tests were collected' not in result.output.lower()


def test_items_are_chosen_by_their_ids(shop: Path) -> None:
    chosen = ["src/shop/pipelines.py::TestPipeline::requires[metric='rmse']", 'src/shop/pipelines.py::RedPipeline', 'scripts/b']
    result = run(shop, '-v', *chosen)
    assert result.results == {
        chosen[0]: 'PASSED',
        'src/shop/pipelines.py::RedPipeline::requires': 'FAILED',
        'scripts/b/main.py::BPipeline::requires': 'PASSED',
    }
    again = run(shop, '--lf', '--collect-only', '-q', '.')
    assert 'src/shop/pipelines.py::RedPipeline::requires' in again.collected
    assert chosen[0] not in again.collected
    missing = run(shop, 'src/shop/pipelines.py::NoPipeline')
    assert missing.status == 4
    assert 'not found' in missing.output


def test_a_file_that_is_named_is_not_imported_as_tests(shop: Path) -> None:
    result = run(shop, '-v', 'src/shop/tasks.py', 'src/shop/pipelines.py', 'scripts/a/main.py')
    assert list(result.results) == [
        'src/shop/pipelines.py::TestPipeline::requires',
        "src/shop/pipelines.py::TestPipeline::requires[metric='rmse']",
        'src/shop/pipelines.py::RedPipeline::requires',
        'scripts/a/main.py::APipeline::requires',
    ]


def test_a_test_file_that_is_named_adds_nothing(shop: Path) -> None:
    result = run(shop, '-v', 'tests/test_other.py')
    assert list(result.results) == ['tests/test_other.py::test_other']
    assert 'LOADED\n' in result.output
    assert 'gokart: ' not in result.output


SELECTIONS = {
    '-m gokart': list(PIPELINES),
    '-m not\tgokart': list(TESTS),
    '-k BPipeline': ['scripts/b/main.py::BPipeline::requires'],
    '--no-gokart': list(TESTS),
    '--ignore=scripts --deselect=src/shop/broken.py': [*TESTS, *(each for each in PIPELINES if 'pipelines.py' in each)],
    '--gokart tests/test_other.py scripts/a': [
        'tests/test_other.py::test_other',
        'scripts/a/main.py::APipeline::requires',
        *(each for each in PIPELINES if 'scripts/a' not in each),
    ],
    'scripts': ['scripts/a/main.py::APipeline::requires', 'scripts/b/main.py::BPipeline::requires'],
    '--import-mode=importlib': [*TESTS, *PIPELINES],
    '-o gokart_paths=scripts/a -o testpaths=': [*(each for each in PIPELINES if 'scripts/a' in each), *TESTS],
    '-o gokart_pipelines=Leaf -o testpaths=. -k unused': ['src/shop/unused.py::Leaf::requires'],
    '-o norecursedirs=scripts': [*TESTS, *(each for each in PIPELINES if 'scripts' not in each)],
}


@pytest.mark.parametrize('arguments', SELECTIONS)
def test_selection(arguments: str, shop: Path) -> None:
    result = run(shop, '--collect-only', '-q', *(each.replace('\t', ' ') for each in arguments.split(' ')))
    assert result.collected == SELECTIONS[arguments]


def test_wrong_settings_stop_the_run(shop: Path) -> None:
    for arguments, message in {
        ('-o', 'gokart_max_branches=many'): "gokart_max_branches: 'many' is no whole number above 0",
        ('-o', 'gokart_luigi_config=nowhere.cfg'): 'nowhere.cfg: it cannot be read',
    }.items():
        result = run(shop, *arguments)
        assert result.status == 4
        assert message in result.output


# --- other projects ---


def test_a_project_without_gokart_pays_nothing(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            'src/app/__init__.py': '',
            'src/app/pipeline.py': 'class MainPipeline: pass\n',
            'conftest.py': SHOP['tests/conftest.py'].replace('gokart', "go' 'kart"),  # the word alone would start a search
            'tests/test_app.py': 'def test_it(): pass\n',
        },
    )
    for arguments in (['-v'], ['-v', 'src', 'tests'], ['-v', '-n2']):
        result = run(tmp_path, *arguments)
        assert result.results == {'tests/test_app.py::test_it': 'PASSED'}
        assert 'LOADED\n' in result.output
        assert 'gokart: ' not in result.output


def test_no_settings_at_all(tmp_path: Path) -> None:
    """A flat project of two files with pytest's own defaults, called in its folder, above it and inside it."""
    write(
        tmp_path,
        {
            'wine/flow.py': """
                import gokart
                from tasks import Load

                class FlowPipeline(gokart.TaskOnKart):
                    def requires(self):
                        return Load()
                """,
            'wine/tasks.py': TASKS,
            'wine/test_tasks.py': """
                from tasks import Load, TestModel
                import flow

                def test_it():
                    assert isinstance(flow.FlowPipeline().requires(), Load)
                """,
            'wine/inner/test_x.py': 'def test_x(): pass\n',
        },
    )
    for folder, prefix in ((tmp_path / 'wine', ''), (tmp_path, 'wine/')):
        result = run(folder, '-v')
        assert result.results == {
            f'{prefix}flow.py::FlowPipeline::requires': 'PASSED',
            f'{prefix}inner/test_x.py::test_x': 'PASSED',
            f'{prefix}test_tasks.py::test_it': 'PASSED',
        }
    assert list(run(tmp_path / 'wine/inner', '-v').results) == ['test_x.py::test_x']
    if INSTALLED:
        without = run(tmp_path / 'wine', '-v', '-p', 'no:gokart')
        assert list(without.results) == ['inner/test_x.py::test_x', 'test_tasks.py::test_it']
        assert 'gokart: ' not in without.output


@pytest.mark.parametrize('mode', ['importlib', 'prepend'])
def test_a_namespace_below_src_that_is_not_on_the_path(mode: str, tmp_path: Path) -> None:
    text = """
        import gokart
        from shops.wine.tasks import Load

        class WinePipeline(gokart.TaskOnKart):
            data = gokart.TaskInstanceParameter(default=Load(), expected_type=Load)

            def requires(self):
                from shops.wine import tasks
                assert tasks.Load is Load
                return tasks.Load()
        """
    write(tmp_path, {'src/shops/wine/flow.py': text, 'src/shops/wine/tasks.py': TASKS, 'tests/test_x.py': 'def test_x(): pass\n'})
    result = run(tmp_path, '-v', f'--import-mode={mode}')
    assert result.results == {'src/shops/wine/flow.py::WinePipeline::requires': 'PASSED', 'tests/test_x.py::test_x': 'PASSED'}


def test_tests_beside_the_code_and_in_it(tmp_path: Path) -> None:
    """Test functions in the file of a pipeline are still collected if the file is named; its tasks are no classes of tests."""
    write(
        tmp_path,
        {
            'app/__init__.py': '',
            'app/flow.py': """
                import gokart

                class TestPipeline(gokart.TaskOnKart):
                    pass

                def test_inline():
                    assert TestPipeline()
                """,
            'app/test_flow.py': 'from app.flow import TestPipeline\n\ndef test_it():\n    assert TestPipeline()\n',
            'pytest.ini': '[pytest]\nfilterwarnings =\n    error\n    ignore::DeprecationWarning:luigi\n',
        },
    )
    named = run(tmp_path, '-v', 'app/flow.py')
    assert named.results == {'app/flow.py::TestPipeline::requires': 'PASSED', 'app/flow.py::test_inline': 'PASSED'}
    plain = run(tmp_path, '-v')
    assert plain.results == {'app/flow.py::TestPipeline::requires': 'PASSED', 'app/test_flow.py::test_it': 'PASSED'}


def test_a_conftest_beside_the_pipelines_answers(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            'pyproject.toml': """
                [tool.pytest.ini_options]
                testpaths = ["tests"]

                [tool.pytest-gokart.parameters."flow.OnePipeline"]
                year = 2021
                """,
            'flow.py': """
                import gokart, luigi

                class OnePipeline(gokart.TaskOnKart):
                    name = luigi.Parameter()
                    year = luigi.IntParameter()

                    def requires(self):
                        assert (self.name, self.year) == ('given', 2021)
                """,
            'conftest.py': """
                def pytest_gokart_parameters(task_class):
                    return {'name': 'given'} if task_class.__name__ == 'OnePipeline' else None
                """,
            'tests/test_x.py': 'def test_x(): pass\n',
        },
    )
    result = run(tmp_path, '-v', '-rP')
    assert result.results['flow.py::OnePipeline::requires'] == 'PASSED', result.output
    assert re.search(r"^name = 'given': pytest_gokart_parameters in conftest\.py$", result.output, re.MULTILINE)
    assert re.search(r'^year = 2021: .*pyproject\.toml:5$', result.output, re.MULTILINE)


def test_a_conftest_answers_for_the_pipelines_that_it_stands_with(tmp_path: Path) -> None:
    """Two folders, each with a conftest.py of its own; one in `tests` answers for all."""
    flow = """
        import gokart, luigi

        class {0}Pipeline(gokart.TaskOnKart):
            name = luigi.Parameter()
            year = luigi.IntParameter()

            def requires(self):
                assert (self.name, self.year) == ('{0}', 2021)
        """
    answer = 'def pytest_gokart_parameters(task_class):\n    return {{"name": "{0}"}}\n'
    files = {f'{each}/flow_{each}.py': flow.format(each) for each in 'ab'} | {f'{each}/conftest.py': answer.format(each) for each in 'ab'}
    everywhere = 'def pytest_gokart_parameters(task_class):\n    return {"year": 2021}\n'
    settings = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n'
    write(tmp_path, {**files, 'tests/conftest.py': everywhere, 'tests/test_x.py': 'def test_x(): pass\n', 'pyproject.toml': settings})
    result = run(tmp_path, '-v')
    assert {name for name, outcome in result.results.items() if outcome != 'PASSED'} == set(), result.output
    assert len(result.results) == 3


def test_a_table_that_names_no_class_stops_the_run(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            'pyproject.toml': '[tool.pytest-gokart.parameters."flow.OnPipeline"]\nyear = 2021\n',
            'flow.py': 'import gokart\n\nclass OnePipeline(gokart.TaskOnKart):\n    pass\n',
        },
    )
    result = run(tmp_path)
    assert result.status == 4
    assert 'flow.OnPipeline' in result.output


def test_more_branches_than_the_limit(tmp_path: Path) -> None:
    flags = '\n'.join(f'    flag_{n} = luigi.BoolParameter(default=False)' for n in range(6))
    reads = ' + '.join(f'self.flag_{n}' for n in range(6))
    text = (
        f'import gokart, luigi\n\nclass ManyPipeline(gokart.TaskOnKart):\n{flags}\n\n    def requires(self):\n        assert {reads} < 9\n'
    )
    write(tmp_path, {'flow.py': text, 'pytest.ini': '[pytest]\ngokart_max_branches = 3\n'})
    result = run(tmp_path, '-v')
    assert len(result.results) == 3
    assert 'are not tried: gokart_max_branches is 3' in result.output


def test_modules_are_not_imported_for_nothing(tmp_path: Path) -> None:
    """Only those that hold pipelines: others may lack a package, or do harm."""
    write(
        tmp_path,
        {
            'flow.py': 'import gokart\n\nclass OnePipeline(gokart.TaskOnKart):\n    pass\n',
            'harm.py': 'import gokart\nopen("harm", "w")\n',
            'leaf.py': 'import gokart\nopen("harm", "w")\n\nclass Leaf(gokart.TaskOnKart):\n    pass\n',
            'python2.py': 'import gokart\nprint "harm"\n',
        },
    )
    assert run(tmp_path, '-v').results == {'flow.py::OnePipeline::requires': 'PASSED'}
    assert not (tmp_path / 'harm').exists()


@pytest.mark.skipif(sys.platform == 'win32', reason='a folder that cannot be read')
def test_no_cache_is_needed(tmp_path: Path) -> None:
    write(tmp_path, {'flow.py': 'import gokart\n\nclass OnePipeline(gokart.TaskOnKart):\n    pass\n'})
    assert run(tmp_path, '-v', '-p', 'no:cacheprovider').results == {'flow.py::OnePipeline::requires': 'PASSED'}
    assert sorted(each.name for each in tmp_path.iterdir() if each.name != '__pycache__') == ['flow.py']
