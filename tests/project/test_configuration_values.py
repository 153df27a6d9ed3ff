"""What a task is given by the configuration of a project, as luigi gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gokart_lint.project.classes import Class
from gokart_lint.project.families import family
from tests.project.configured import configuration, project, run, write

TASKS = """
    import gokart
    import luigi


    class Plain(gokart.TaskOnKart):
        written = luigi.Parameter()
        with_dashes = luigi.Parameter()
        half_with_dashes = luigi.Parameter()
        Cased = luigi.Parameter()
        missing = luigi.Parameter()
        by_default = luigi.Parameter()
        by_default_dashes = luigi.Parameter()
        by_gokart = luigi.Parameter()
        by_gokart_dashes = luigi.Parameter()
        set_by_code = luigi.Parameter()
        from_two_files = luigi.Parameter()
        empty = luigi.Parameter()
        __private = luigi.Parameter()


    class Child(Plain):
        own = luigi.Parameter()


    class Spaced(gokart.TaskOnKart):
        task_namespace = 'space'
        x = luigi.Parameter()
        y = luigi.Parameter()


    class Bare(gokart.TaskOnKart):
        by_default = luigi.Parameter()


    class Common(luigi.Config):
        x = luigi.Parameter()
        by_gokart = luigi.Parameter()
"""
MAIN = """
    import gokart
    import luigi

    gokart.add_config('./conf/param.ini')
    luigi.configuration.get_config().set('Plain', 'set_by_code', 'x')
    import tasks
"""
VALUES = """
    [DEFAULT]
    by_default = 1
    by-default-dashes = 1

    [TaskOnKart]
    by_gokart = 1
    by-gokart-dashes = 1
    own = 1

    [Plain]
    written = 1
    with-dashes = 2
    cased = 4
    from_two_files = 5
    empty =
    _Plain__private = 1

    [Spaced]
    x = 1

    [space.Spaced]
    y = 1

    [Common]
    x = 1
"""


def test_tasks_are_given_what_luigi_gives_them(tmp_path: Path) -> None:
    found = project(tmp_path, {'tasks.py': TASKS, 'main.py': MAIN, 'conf/param.ini': VALUES, 'luigi.cfg': '[Plain]\nfrom_two_files = 6\n'})
    real = run(
        tmp_path,
        """
        import json, main, luigi, tasks
        found = {}
        for name, task in vars(tasks).items():
            if isinstance(task, type):
                names = [each for each, parameter in task.get_params() if parameter._default is luigi.parameter._no_value]
                for missing in names:
                    others = {each: 'given' for each in names if each != missing}
                    try:
                        task(**others)
                        found[f'{name}.{missing}'] = True
                    except luigi.parameter.MissingParameterException:
                        found[f'{name}.{missing}'] = False
        print(json.dumps(found))
        """,
    )
    module = found.module(str(tmp_path / 'tasks.py'))
    assert module is not None
    given = {}
    for task in module.classes:
        for parameter in task.parameters:
            name = parameter if not parameter.startswith('__') else f'_Plain{parameter}'
            given[f'{task.name}.{name}'] = found.configuration.gives(family(task), name)
    assert not found.configuration.is_open
    assert given == real
    assert {True, False} == set(given.values())


def test_the_section_of_gokart_gives_over_defaults_alone(tmp_path: Path) -> None:
    """Attributes of TaskOnKart and of the very class, without dashes, and no parameter that has no default."""
    tasks = """
        import gokart
        import luigi

        class Base(gokart.TaskOnKart):
            inherited = luigi.Parameter(default='no')

        class Task(Base):
            own = luigi.Parameter(default='no')
            own_dashes = luigi.Parameter(default='no')
            shared = luigi.Parameter(default='no')
    """
    values = """
        [DEFAULT]
        shared = yes
        [TaskOnKart]
        own = yes
        own-dashes = yes
        inherited = yes
        workspace_directory = yes
    """
    found = configuration(tmp_path, {'tasks.py': tasks, 'luigi.cfg': values})
    names = ['inherited', 'own', 'own_dashes', 'shared', 'workspace_directory']
    real = run(tmp_path, f'import json, tasks; print(json.dumps([getattr(tasks.Task(), name) == "yes" for name in {names}]))')
    assert real == [False, True, False, True, True]
    assert [found.gives('TaskOnKart', name) for name in names] == [True, True, False, True, True]
    assert [found.gives('Task', name) for name in names] == [False] * 5


def test_toml_is_given_as_luigi_gives_it(tmp_path: Path) -> None:
    pytest.importorskip('toml')
    write(
        tmp_path,
        {
            'tasks.py': TASKS,
            'luigi.toml': '[Spaced]\nx = "1"\n["space.Spaced"]\ny = "1"\n[TaskOnKart]\nx = "1"\n[Bare]\nby-default = "1"\n',
        },
    )
    found = project(tmp_path, {})
    real = run(
        tmp_path,
        """
        import json, luigi, tasks
        def gives(task, **others):
            try:
                task(**others)
                return True
            except luigi.parameter.MissingParameterException:
                return False
        print(json.dumps([gives(tasks.Spaced, y='a'), gives(tasks.Spaced, x='a'), gives(tasks.Bare)]))
        """,
        LUIGI_CONFIG_PARSER='toml',
    )
    gives = found.configuration.gives
    assert [gives('space.Spaced', 'x'), gives('space.Spaced', 'y'), gives('Bare', 'by_default')] == real


@pytest.mark.parametrize(
    ('body', 'expected'),
    [
        ('class A(gokart.TaskOnKart): pass', 'A'),
        ("class B(gokart.TaskOnKart):\n    task_namespace = 'b'\n\nclass A(B): pass", 'b.A'),
        ("class B(gokart.TaskOnKart):\n    task_namespace = 'b'\n\nclass A(B):\n    task_namespace = None", 'A'),
        ('class A(gokart.TaskOnKart):\n    task_namespace = __name__', None),
        ("luigi.namespace('x')\n\nclass A(gokart.TaskOnKart): pass", None),
        ("luigi.auto_namespace(scope=__name__)\n\nclass A(gokart.TaskOnKart):\n    task_namespace = 'a'", 'a.A'),
        ("class A(gokart.TaskOnKart):\n    @classmethod\n    def get_task_family(cls):\n        return 'B'", None),
        ('class A(Missing, gokart.TaskOnKart): pass', None),
        ('class A(luigi.Config): pass', 'A'),
        ("class A(gokart.TaskOnKart):\n    def task_namespace(self):\n        return 'a'", None),
    ],
)
def test_families(tmp_path: Path, body: str, expected: str | None) -> None:
    found = project(tmp_path, {'tasks.py': f'import gokart\nimport luigi\n\n{body}\n'})
    module = found.module(str(tmp_path / 'tasks.py'))
    assert module is not None
    task = next(each for each in module.classes if each.name == 'A')
    assert isinstance(task, Class)
    assert family(task) == expected
    if expected is None:
        assert found.configuration.gives(family(task), 'x') is None
