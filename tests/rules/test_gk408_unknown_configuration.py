"""GK408: sections and keys of luigi's configuration files that name nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from gokart_lint.checking import check
from gokart_lint.settings import Settings
from tests.rules.harness import assert_marked, findings

TASKS = """
    import gokart
    import luigi
    from luigi.util import inherits, requires
    from elsewhere import Foreign, foreign_decorator, foreign_parameter

    luigi_extra = luigi.IntParameter()


    class Base(gokart.TaskOnKart[int]):
        depth = luigi.IntParameter(default=3)


    class Train(Base):
        learning_rate: luigi.FloatParameter = luigi.FloatParameter(default=0.1)
        __version = luigi.IntParameter(default=1)
        limit = 3


    class Spaced(Base):
        task_namespace = 'wine'
        size = luigi.IntParameter(default=3)


    @inherits(Train)
    class Heir(gokart.TaskOnKart[int]):
        own = luigi.IntParameter(default=1)


    class Settings(luigi.Config):
        host = luigi.Parameter(default='h')


    class lower_settings(luigi.Config):
        port = luigi.IntParameter(default=1)


    class Plain(luigi.Task):
        n = luigi.IntParameter(default=1)


    class 学習(Base):
        n = luigi.IntParameter(default=1)
"""


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'tasks.py': TASKS,
            'luigi.cfg': """
                # names of tasks
                [Train]
                depth = 5
                learning_rat = 0.5  ; # expect GK408@1
                Depth = 5  ; # expect GK408@1
                learning-rate_ = 5  ; # expect GK408@1
                __version = 2  ; # expect GK408@1
                limit = 3  ; # expect GK408@1
                host: h  ; # expect GK408@1

                [Trian] # expect GK408@1
                depth = 5

                [train] # expect GK408@1
                depth = 5

                [Spaced] # expect GK408@1
                size = 3

                [wine.Spaced]
                sizes = 3  ; # expect GK408@1

                [wein.Spaced] # expect GK408@1
                [wine.Train] # expect GK408@1

                [RemovedTask] # expect GK408@1
                a = 1

                [Heir]
                depht = 1  ; # expect GK408@1

                [Settings]
                hosts = h  ; # expect GK408@1

                [Plain]
                workspace_directory = x  ; # expect GK408@1

                [学習]
                m = 1  ; # expect GK408@1

                [TaskOnKart]
                workspace-directory = x  ; # expect GK408@1
                workspace_directori = x  ; # expect GK408@1
            """,
        },
        'GK408',
    )


def test_right_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'tasks.py': TASKS,
            'more.py': """
                import gokart
                import luigi
                from luigi.configuration import get_config
                from elsewhere import Foreign, LibraryTask, foreign_decorator, foreign_parameter
                import library.tasks
                from tasks import Base

                class HalfKnown(Foreign, Base):
                    pass

                class Decorating(Base):
                    made = foreign_parameter()

                @foreign_decorator
                class Decorated(Base):
                    pass

                class Quiet(Base):
                    ignore_unconsumed = {'extra'}

                class Switch(Base):
                    own_switch = luigi.BoolParameter(default=False)

                def host():
                    return get_config().get('Database', 'host'), library.tasks.OtherLibraryTask
            """,
            'luigi.cfg': """
                [DEFAULT]
                anything = 1
                [core]
                default-scheduler-host = h
                [scheduler]
                [worker]
                [retcode]
                [resources]
                gpu = 1
                [loggers]
                keys = root
                [handler_console]
                [logger_root]
                [execution_summary]
                [pytest]
                [database]
                host = h
                [Database]
                host = h
                [LibraryTask]
                n = 1
                [OtherLibraryTask]
                n = 1
                [HalfKnown]
                n = 1
                [Decorating]
                made = 1
                [Decorated]
                n = 1
                [Quiet]
                extra = 1
                [Train]
                depth = 5
                learning-rate = 0.3
                _Train__version = 2
                workspace_directory = %(root)s/x
                root = /data
                rerun = true
                [wine.Spaced]
                size = 3
                depth = 4
                [Heir]
                own = 1
                depth = 1
                learning_rate = 0.5
                [Settings]
                host = h
                [lower_settings]
                port = 1
                [学習]
                n = 3
                [TaskOnKart]
                workspace_directory = ./resources
                own_switch = true
            """,
        },
        'GK408',
    )


def test_a_file_that_names_no_task_is_none_of_ours(tmp_path: Path) -> None:
    assert findings(tmp_path, {'tasks.py': TASKS, 'luigi.cfg': '[Trian]\ndepth = 1\n[core]\nx = 1\n'}, 'GK408') == []


def test_names_that_are_made_as_the_program_runs(tmp_path: Path) -> None:
    cfg = '[Train]\ndepth = 1\n[Model1]\ndepth = 1\n'
    makers = {
        'type': "from tasks import Base\nmodels = [type(f'Model{n}', (Base,), {}) for n in range(3)]\n",
        'family': "from tasks import Base\nclass A(Base):\n    @classmethod\n    def get_task_family(cls):\n        return 'Model1'\n",
    }
    for name, maker in makers.items():
        assert findings(tmp_path / name, {'tasks.py': TASKS, 'maker.py': maker, 'luigi.cfg': cfg}, 'GK408') == []
    plain = 'from tasks import Base\nkind = type(Base)\n'
    assert len(findings(tmp_path / 'plain', {'tasks.py': TASKS, 'maker.py': plain, 'luigi.cfg': cfg}, 'GK408')) == 1


def test_a_switch_of_namespaces_makes_the_families_of_classes_unknown(tmp_path: Path) -> None:
    files = {
        'tasks.py': dedent(TASKS).replace("import gokart\n", "import gokart\nluigi_module = __import__('luigi')\n", 1),
        'spaces.py': "import luigi\nluigi.namespace('x')\nimport tasks\n",
        'luigi.cfg': '[TaskOnKart]\nrerun = true\n[x.Train]\ndepht = 1\n[Train]\ndepht = 1\n[Gone]\n',
    }
    assert [each.at.line for each in findings(tmp_path, files, 'GK408')] == [7]


def test_toml(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'tasks.py': TASKS,
            'luigi.toml': """
                [Train]
                depth = 5
                depht = 5 # expect GK408@1
                learning-rate = 5 # expect GK408@1

                ["wine.Spaced"]
                size = 3

                [Trian] # expect GK408@1
                depth = 5
            """,
        },
        'GK408',
    )


def test_files_that_the_code_and_the_settings_name(tmp_path: Path) -> None:
    wrong = '[Train]\ndepht = 1\n'
    files = {
        'tasks.py': TASKS,
        'main.py': "import gokart\ngokart.add_config('./conf/param.ini')\n",
        'conf/param.ini': wrong,
        'conf/other.ini': wrong,
        'conf/nobody.ini': wrong,
    }
    found = findings(tmp_path, files, 'GK408', luigi_config=('conf/other.ini',))
    assert [Path(each.path).name for each in found] == ['other.ini', 'param.ini']


def test_messages(tmp_path: Path) -> None:
    cfg = """
        [Train]
        depht = 1
        qqqqq = 1
        __version = 1
        [Trian]
        [train]
        [Spaced]
        [Zzzzzzzz]
        [TaskOnKart]
        workspace-directory = x
    """
    assert [each.message for each in findings(tmp_path, {'tasks.py': TASKS, 'luigi.cfg': cfg}, 'GK408')] == [
        "Train has no parameter 'depht', so that luigi never reads this value: did you mean 'depth'?",
        "Train has no parameter 'qqqqq', so that luigi never reads this value: correct it, or remove it",
        "Train has no parameter '__version', so that luigi never reads this value: did you mean '_Train__version'?",
        'section [Trian] names no task or luigi.Config class, so that luigi never reads it: did you mean [Train]?',
        'section [train] names no task or luigi.Config class, so that luigi never reads it: did you mean [Train]?',
        'section [Spaced] names no task or luigi.Config class, so that luigi never reads it: did you mean [wine.Spaced]?',
        'section [Zzzzzzzz] names no task or luigi.Config class, so that luigi never reads it: correct it, or remove it',
        "no task has a parameter 'workspace-directory', so that gokart never reads this value: did you mean 'workspace_directory'?",
    ]


# --- runs: what is covered, suppressed and remembered ---

CFG = '[Train]\ndepht = 1\n'


def project(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text).lstrip('\n'), encoding='utf-8')
    return folder


def codes(folder: Path, *paths: str, cache: Path | None = None, **settings: object) -> list[tuple[str, int, str]]:
    chosen = Settings(root=folder, select=('GK408', 'GK901'), **settings)  # type: ignore[arg-type]
    found = check([folder / path for path in paths], chosen, cache_dir=cache).findings
    return [(Path(each.path).name, each.at.line, each.code) for each in found]


def test_only_a_run_on_a_folder_that_holds_the_file_judges_it(tmp_path: Path) -> None:
    folder = project(tmp_path, {'src/tasks.py': TASKS, 'luigi.cfg': CFG, 'src/luigi.cfg': CFG, 'main.py': "import gokart\ngokart.add_config('src/luigi.cfg')\n"})
    wrong = ('luigi.cfg', 2, 'GK408')
    assert codes(folder, '.') == [wrong, wrong]
    assert codes(folder, 'src') == [wrong]
    assert codes(folder, 'src/tasks.py', 'main.py') == []
    assert codes(folder, '.', extend_exclude=('src/*.cfg',)) == [wrong]
    assert codes(folder, '.', per_file_ignores=(('*.cfg', ('GK4',)),)) == []


def test_the_cache_tells_runs_on_folders_from_runs_on_files(tmp_path: Path) -> None:
    folder = project(tmp_path / 'p', {'tasks.py': TASKS, 'luigi.cfg': CFG})
    cache = tmp_path / 'cache'
    assert codes(folder, 'tasks.py', cache=cache) == []
    assert codes(folder, '.', cache=cache) == [('luigi.cfg', 2, 'GK408')]
    assert codes(folder, '.', cache=cache) == [('luigi.cfg', 2, 'GK408')]
    (folder / 'luigi.cfg').write_text('[Train]\ndepth = 1\n', encoding='utf-8')
    assert codes(folder, '.', cache=cache) == []
    assert codes(folder, 'tasks.py', cache=cache) == []


def test_comments_above_a_line_and_at_the_head(tmp_path: Path) -> None:
    cfg = """
        [Train]
        # noqa: GK408
        depht = 1
        ; gokart-lint: ignore[GK408] the old name
        dehpt = 1
        # noqa: GK101
        tdeph = 1
        htped = 1  # noqa: GK408
    """
    assert codes(project(tmp_path / 'a', {'tasks.py': TASKS, 'luigi.cfg': cfg}), '.') == [('luigi.cfg', 7, 'GK408'), ('luigi.cfg', 8, 'GK408')]
    assert codes(project(tmp_path / 'b', {'tasks.py': TASKS, 'luigi.cfg': f'# gokart-lint: ignore-file[GK408]\n{CFG}'}), '.') == []
    assert codes(project(tmp_path / 'c', {'tasks.py': TASKS, 'luigi.toml': '[Train]\n# noqa\ndepht = 1\n'}), '.') == []


def test_the_command_shows_the_line_and_fixes_around_it(tmp_path: Path) -> None:
    project(tmp_path, {'tasks.py': TASKS, 'luigi.cfg': CFG})

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, '-m', 'gokart_lint', 'check', '.', '--no-cache', '--select', 'GK408,GK405', *options]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 'luigi.cfg:2:1: GK408' in run().stdout
    assert '2 | depht = 1\n  | ^^^^^\n' in run().stdout
    assert [each['code'] for each in json.loads(run('--output-format', 'json').stdout)].count('GK408') == 1
    fixed = run('--fix')
    assert fixed.returncode == 1
    assert 'luigi.cfg:2:1: GK408' in fixed.stdout
    assert (tmp_path / 'luigi.cfg').read_text(encoding='utf-8') == CFG
