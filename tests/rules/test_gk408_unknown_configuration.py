"""GK408: sections and keys of luigi's configuration files that name nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from tests.rules.harness import assert_marked, findings, write

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
        'tasks.py': dedent(TASKS).replace('import gokart\n', "import gokart\nluigi_module = __import__('luigi')\n", 1),
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
        learning-rate_ = 1
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
        "Train has no parameter 'learning-rate_', and luigi raises KeyError on dashes beside underscores: did you mean 'learning_rate'?",
        "Train has no parameter '__version', so that luigi never reads this value: did you mean '_Train__version'?",
        'section [Trian] names no task or luigi.Config class, so that luigi never reads it: did you mean [Train]?',
        'section [train] names no task or luigi.Config class, so that luigi never reads it: did you mean [Train]?',
        'section [Spaced] names no task or luigi.Config class, so that luigi never reads it: did you mean [wine.Spaced]?',
        'section [Zzzzzzzz] names no task or luigi.Config class, so that luigi never reads it: correct it, or remove it',
        "no task has a parameter 'workspace-directory', so that gokart never reads this value: did you mean 'workspace_directory'?",
    ]


LIVE = """
    import json, sys, warnings
    import luigi

    warnings.simplefilter('ignore')
    sys.path.insert(0, '.')
    from tasks import Train

    parser = luigi.configuration.get_config()
    for text in json.load(sys.stdin):
        parser.clear()
        parser.read_string(text)
        luigi.task_register.Register.clear_instance_cache()
        try:
            task = Train()
            given = [task.depth, task.learning_rate, task._Train__version, task.workspace_directory]
            print('ignored' if given == [3, 0.1, 1, './resources/'] else 'read')
        except Exception as error:
            print(type(error).__name__)
"""
SECTIONS = ('Train', 'train', 'Base', 'TaskOnKart', 'tasks.Train')
LINES = (
    'depth = 7', 'Depth = 7', 'depht = 7', 'learning_rate = 7', 'learning-rate = 7', 'learning-rate_ = 7', 'Learning_Rate = 7',
    '__version = 7', '_Train__version = 7', '-Train--version = 7', 'version = 7', 'workspace_directory = 7', 'workspace-directory = 7',
)  # fmt: skip


def test_luigi_itself_reads_what_is_not_reported(tmp_path: Path) -> None:
    tasks = dedent(TASKS).replace('from elsewhere import Foreign, foreign_decorator, foreign_parameter\n', '')
    texts = [f'[{section}]\n{line}\n' for section in SECTIONS for line in LINES]
    write(tmp_path, {'tasks.py': tasks, 'live.py': LIVE})
    command = [sys.executable, 'live.py']
    done = subprocess.run(command, cwd=tmp_path, input=json.dumps(texts), capture_output=True, text=True, check=True)
    for text, outcome in zip(texts, done.stdout.split(), strict=True):
        found = findings(tmp_path, {'tasks.py': tasks, 'luigi.cfg': f'[Plain]\nn = 1\n{text}'}, 'GK408')
        if found or text.startswith(('[Train]', '[train]')):
            assert bool(found) == (outcome != 'read'), text
        if found and '[Base]' not in text:  # which serves other tasks than the one that is built
            assert ('luigi raises KeyError' in found[0].message) == (outcome == 'KeyError'), text
