"""GK110: two tasks that luigi knows by one name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from tests.rules.harness import assert_marked

TASK = """
import gokart


class Load(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(1)
"""
MARKED = TASK.replace('[int]):', '[int]):  # expect GK110@7')

WRONG: dict[str, Mapping[str, str]] = {
    'two files of a folder': {'a.py': MARKED, 'b.py': MARKED},
    'a package': {'pipe/__init__.py': '', 'pipe/a.py': MARKED, 'pipe/deep/__init__.py': '', 'pipe/deep/b.py': MARKED},
    'a src layout': {
        'src/one/__init__.py': '',
        'src/one/a.py': MARKED,
        'src/two/__init__.py': '',
        'src/two/b.py': MARKED,
        'src/two/main.py': 'from one import a\nfrom two.b import Load\n',
    },
    'folders that one module imports': {'a/x.py': MARKED, 'b/y.py': MARKED, 'main.py': 'import a.x\nfrom b import y\n'},
    'folders that one module imports through others': {
        'a/x.py': MARKED,
        'b/y.py': MARKED,
        'b/z.py': 'from b.y import Load\n',
        'main.py': 'from a.x import Load as A\nfrom b import z\n',
    },
    'a script that imports the other': {
        'a.py': MARKED + "\n\nimport b\n\nif __name__ == '__main__':\n    gokart.run()\n",
        'b.py': MARKED,
    },
    'one namespace, said twice': {
        'a.py': MARKED + "    task_namespace = 'x'\n",
        'b.py': MARKED.replace('class Load', 'class Space:\n    task_namespace = "x"\n\n\nclass Load').replace('(gokart', '(Space, gokart'),
    },
    'an alias as the base': {
        'a.py': MARKED,
        'b.py': """
            from gokart import TaskOnKart as Base


            class Other(Base):
                pass


            class Load(Other):  # expect GK110@7
                def run(self):
                    self.dump(2)
            """,
    },
    'one after the other in a module': {'a.py': MARKED + MARKED.replace('import gokart', '')},
    'classes inside classes': {
        'a.py': """
            import gokart


            class One:
                class Load(gokart.TaskOnKart):  # expect GK110@11
                    pass


            class Load(gokart.TaskOnKart):  # expect GK110@7
                pass
            """,
    },
    'three': {'a.py': MARKED, 'b.py': MARKED, 'c.py': MARKED},
    'a module that is called test.py': {'pipe/__init__.py': '', 'pipe/test.py': MARKED, 'pipe/a.py': MARKED},
    'siblings of one base': {
        'a.py': 'import gokart\n\n\nclass Base(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n',
        'b.py': 'from a import Base\n\n\nclass Load(Base):  # expect GK110@7\n    pass\n',
        'c.py': 'from a import Base\n\n\nclass Load(Base):  # expect GK110@7\n    pass\n',
    },
    'Japanese names': {'a.py': MARKED.replace('Load', '読込'), 'b.py': MARKED.replace('Load', '読込')},
}


@pytest.mark.parametrize('files', WRONG.values(), ids=WRONG)
def test_one_name_for_two_tasks(tmp_path: Path, files: Mapping[str, str]) -> None:
    assert assert_marked(tmp_path, {name: dedent(text) for name, text in files.items()}, 'GK110')


def test_messages(tmp_path: Path) -> None:
    first, second = assert_marked(tmp_path, {'pipe/__init__.py': '', 'pipe/a.py': MARKED, 'pipe/b.py': MARKED}, 'GK110')
    assert first.message == (
        "Load has the family 'Load' of another task (pipe/b.py:4): luigi calls the name ambiguous, and tasks with an explicit output path "
        'share one file; rename one of them, or set task_namespace'
    )
    assert '(pipe/a.py:4)' in second.message


def test_messages_of_many_and_of_one_module(tmp_path: Path) -> None:
    spaced = MARKED + "    task_namespace = 'x'\n"
    found = assert_marked(tmp_path, {'a.py': spaced + spaced.replace('import gokart', ''), 'b.py': spaced}, 'GK110')
    assert "Load has the family 'x.Load' of another task (line 12 and 1 more)" in found[0].message


RIGHT: dict[str, Mapping[str, str]] = {
    'a subclass of the same name': {
        'a.py': TASK,
        'b.py': 'import a\n\n\nclass Load(a.Load):\n    pass\n',
        'c.py': 'from b import Load\n\n\nclass Load(Load):\n    pass\n',
    },
    'a name of a library': {'a.py': 'from redshells.train import Load\n', 'b.py': TASK},
    'other namespaces': {'a.py': TASK, 'b.py': TASK + "    task_namespace = 'b'\n"},
    'a namespace that is not known': {'a.py': TASK, 'b.py': TASK + '    task_namespace = __name__\n'},
    'namespaces that are switched': {
        'a.py': TASK,
        'b.py': TASK.replace('\n\n\nclass', '\nimport luigi\n\nluigi.auto_namespace()\n\n\nclass'),
    },
    'an own family': {'a.py': TASK, 'b.py': TASK + "\n    @classmethod\n    def get_task_family(cls):\n        return 'x'\n"},
    'tests': {'test_a.py': TASK, 'b_test.py': TASK, 'tests/helper.py': TASK, 'conftest.py': TASK, 'test/x.py': TASK, 'a.py': TASK},
    'tests of packages': {'pipe/__init__.py': '', 'pipe/tests/__init__.py': '', 'pipe/tests/x.py': TASK, 'pipe/a.py': TASK},
    'an if': {
        'a.py': f'import sys\nif sys.argv:\n{TASK.replace(chr(10), chr(10) + "    ")}\nelse:\n{TASK.replace(chr(10), chr(10) + "    ")}\n'
    },
    'a fallback': {
        'a.py': TASK,
        'b.py': 'import gokart\n\ntry:\n    from a import Load\nexcept ImportError:\n    class Load(gokart.TaskOnKart):\n        pass\n',
    },
    'functions': {
        'a.py': TASK,
        'b.py': 'import gokart\n\n\ndef make():\n    class Load(gokart.TaskOnKart):\n        pass\n\n    return Load\n',
        'c.py': 'import gokart\n\n\ndef make():\n    class Load(gokart.TaskOnKart):\n        pass\n\n    return Load\n',
    },
    'a function beside it': {'a.py': TASK + '\n\ndef make():\n    class Load(gokart.TaskOnKart):\n        pass\n'},
    'abstract tasks': {
        'a.py': TASK.replace('self.dump(1)', 'raise NotImplementedError'),
        'b.py': TASK.replace('self.dump(1)', 'raise NotImplementedError'),
    },
    'bases without a run': {
        'a.py': 'import gokart\n\n\nclass Base(gokart.TaskOnKart):\n    pass\n\n\nclass A(Base):\n    pass\n',
        'b.py': 'import gokart\n\n\nclass Base(gokart.TaskOnKart):\n    pass\n\n\nclass B(Base):\n    pass\n',
    },
    'scripts side by side': {'one/tasks.py': TASK, 'two/tasks.py': TASK, 'one/main.py': 'from tasks import Load\n'},
    'packages side by side': {
        'examples/one/__init__.py': '',
        'examples/one/a.py': TASK,
        'examples/two/__init__.py': '',
        'examples/two/b.py': TASK,
        'examples/c.py': TASK,
    },
    'packages of two programs': {
        'one/pipe/__init__.py': '',
        'one/pipe/tasks.py': TASK,
        'two/pipe/__init__.py': '',
        'two/pipe/tasks.py': TASK,
    },
    'scripts of one folder': {
        'a.py': TASK + "\n\nif __name__ == '__main__':\n    gokart.run()\n",
        'b.py': TASK + "\n\nif __name__ == '__main__':\n    gokart.run()\n",
        'c.py': TASK,
        'd.py': TASK + '\n\nresult = gokart.build(Load())\n',
    },
    'a test that imports both': {'one/a.py': TASK, 'two/b.py': TASK, 'tests/test_all.py': 'import one.a\nimport two.b\n'},
    'no tasks': {'a.py': 'class Load:\n    pass\n', 'b.py': TASK, 'c.py': TASK.replace('gokart.TaskOnKart[int]', 'dict')},
    'a luigi.Config and a task': {'a.py': 'import luigi\n\n\nclass Load(luigi.Config):\n    x = luigi.Parameter()\n', 'b.py': TASK},
    'a base that is not known': {'a.py': TASK, 'b.py': 'from lib import make\n\n\nclass Load(make()):\n    pass\n'},
    'another spelling': {'a.py': TASK, 'b.py': TASK.replace('Load', 'load')},
    'imports': {'a.py': TASK, 'b.py': 'from a import Load\n', 'c.py': 'from a import *\n\nLoad2 = Load\n'},
    'hidden from luigi': {'a.py': TASK, 'b.py': TASK + '    _visible_in_registry = False\n'},
}


@pytest.mark.parametrize('files', RIGHT.values(), ids=RIGHT)
def test_right_code_that_looks_wrong(tmp_path: Path, files: Mapping[str, str]) -> None:
    assert_marked(tmp_path, files, 'GK110', 'GK900')


def test_one_file_is_judged_with_the_rest_of_the_project(tmp_path: Path) -> None:
    from gokart_lint.checking import check
    from gokart_lint.settings import Settings
    from tests.rules.harness import write

    write(tmp_path, {'a.py': TASK, 'b.py': TASK})
    cache = tmp_path / 'cache'
    for _ in range(2):
        found = check([tmp_path / 'a.py'], Settings(root=tmp_path, select=('GK110',)), cache_dir=cache).findings
        assert [each.code for each in found] == ['GK110']
    (tmp_path / 'b.py').write_text(TASK.replace('Load', 'Other'), encoding='utf-8')
    assert check([tmp_path / 'a.py'], Settings(root=tmp_path, select=('GK110',)), cache_dir=cache).findings == ()
