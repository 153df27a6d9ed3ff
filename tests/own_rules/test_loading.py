"""Rules that the settings name: where they are found, and what importing them leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gokart_lint import own_rules
from gokart_lint.settings import Settings
from tests.own_rules.projects import NAMED, TASKS, Project, rule, write

FOUND = ('tasks.py', 4, 'ACME001')


@pytest.mark.parametrize(
    ('named', 'files'),
    [
        ('my_rules', {'my_rules.py': rule()}),
        ('my_rules', {'src/my_rules.py': rule()}),
        ('tools.lint.no_banana', {'tools/lint/no_banana.py': rule()}),
        ('tools.lint', {'tools/__init__.py': '', 'tools/lint/__init__.py': '', 'tools/lint/no_banana.py': rule()}),
        ('tools', {'tools/lint/deep/no_banana.py': rule()}),
        ('tools', {'tools/__init__.py': 'from tools.rules import check_Banana', 'tools/rules.py': rule()}),
        ('tools', {'tools/__init__.py': rule(), 'tools/__main__.py': 'raise SystemExit("not to be run")'}),
        ('tools', {'tools/a.py': rule(), 'tools/.hidden/b.py': 'raise ValueError', 'tools/not-a-name.py': 'raise ValueError'}),
    ],
    ids=['module', 'in-src', 'dotted', 'package', 'folders', 're-exported', 'init', 'odd-names'],
)
def test_a_name_is_a_module_or_a_package(named: str, files: dict[str, str], home: Path) -> None:
    write(home, {'pyproject.toml': f"[tool.gokart-lint]\nrules = ['{named}']\n", 'tasks.py': TASKS, **files})
    assert Project(home).check() == [FOUND]


def test_the_folder_of_the_settings_counts_and_not_the_working_directory(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': rule(), 'below/tasks.py': TASKS})
    assert Project(home / 'below').check() == [FOUND]
    write(home, {'else/pyproject.toml': NAMED, 'else/my_rules.py': rule('ACME002'), 'below/pyproject.toml': '[tool.gokart-lint]'})
    assert Project(home / 'below').check() == []
    assert Project(home / 'below').check('--config', '../else/pyproject.toml') == [('tasks.py', 4, 'ACME002')]


def test_src_of_the_settings_counts(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED + "src = ['lib']", 'lib/my_rules.py': rule(), 'tasks.py': TASKS})
    assert Project(home).check() == [FOUND]


def test_a_module_may_hold_several_rules_each_with_its_page(home: Path) -> None:
    page = '"""A class that is called Cherry.\n\n    Where:\n\n        Indented.\n    """'
    second = rule('ACME002', 'Cherry').partition('"""\n\n')[2].replace('settings):', f'settings):\n    {page}')
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': rule() + second, 'tasks.py': TASKS + TASKS.replace('Banana', 'Cherry')})
    project = Project(home)
    assert {code for _, _, code in project.check()} == {'ACME001', 'ACME002'}
    listed = {each['code']: each['summary'] for each in json.loads(project.run('rules', '--output-format', 'json').stdout)}
    assert (listed['ACME001'], listed['ACME002']) == ('A class that is called Banana', 'A class that is called Cherry')
    assert 'Where:\n\n    Indented.\n\nRuns' in project.run('explain', 'no-cherry').stdout


def test_a_rule_that_two_modules_hold_is_one(home: Path) -> None:
    write(home, {'pyproject.toml': "[tool.gokart-lint]\nrules = ['mine', 'yours', 'yours.no_banana']", 'tasks.py': TASKS})
    write(home, {'mine.py': 'from yours.no_banana import check_Banana', 'yours/no_banana.py': rule()})
    assert Project(home).check() == [FOUND]
    assert "from rules = ['mine']" in Project(home).run('explain', 'ACME001').stdout


def test_a_rule_may_use_modules_beside_it(home: Path) -> None:
    shared = rule().replace("'Banana'", 'NAME').replace('from gokart_lint', 'from forbidden import NAME\nfrom gokart_lint', 1)
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': shared, 'forbidden.py': "NAME = 'Banana'", 'tasks.py': TASKS})
    assert Project(home).check() == [FOUND]


def test_what_a_module_prints_is_no_part_of_a_report(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': rule() + "print('loaded')\n", 'tasks.py': TASKS})
    assert Project(home).check() == [FOUND]
    assert Project(home).run('check').stderr == 'loaded\n'


def test_nothing_else_of_the_project_is_imported_and_nothing_is_left_behind(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': rule(), 'tasks.py': 'raise SystemExit("imported")\n' + TASKS})
    program = (
        'import sys\nfrom pathlib import Path\nfrom gokart_lint.own_rules import own_codes\n'
        'from gokart_lint.settings import load_settings\n'
        'before = list(sys.path), sys.dont_write_bytecode\n'
        'settings = load_settings(Path.cwd(), own_codes=own_codes)\n'
        'assert dict(own_codes(settings)) == {"ACME001": "no-banana"}\n'
        'assert before == (sys.path, sys.dont_write_bytecode)\n'
        'assert not {"tasks", "gokart", "luigi", "importlib.metadata"} & set(sys.modules)\n'
    )
    done = subprocess.run([sys.executable, '-c', program], cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Project(home).check('--no-cache') == [('tasks.py', 5, 'ACME001')]
    assert list(home.rglob('*.pyc')) == []


def test_a_run_without_own_rules_imports_nothing_for_them(home: Path) -> None:
    write(home, {'tasks.py': TASKS})
    program = (
        'import sys\nfrom gokart_lint.cli import main\n'
        'try:\n    main(["check"])\nexcept SystemExit as done:\n    assert not done.code\n'
        'assert "gokart_lint.rules.registry" not in sys.modules if sys.argv[1:] else True\n'
        'assert not {"importlib.metadata", "gokart_lint.own_rules.loading"} & set(sys.modules)\n'
    )
    for again in ((), ('again',)):  # the second run is answered from the cache
        done = subprocess.run([sys.executable, '-c', program, *again], cwd=home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_without_own_rules_there_are_none(tmp_path: Path) -> None:
    assert own_rules.own_rules(Settings(root=tmp_path)) == own_rules.OwnRules()
