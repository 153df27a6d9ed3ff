"""Rules that installed packages bring, and what makes findings old: packages as pip leaves them, found by importlib.metadata."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.own_rules.projects import NAMED, TASKS, Project, install, rule, write

FOUND = ('tasks.py', 4, 'ACME001')
ENTRY = '[gokart_lint.rules]\nacme = acme_rules\n'
BOTH = TASKS + TASKS.replace('Banana', 'Cherry')


@pytest.fixture
def project(home: Path, site: Path) -> Project:
    write(home, {'tasks.py': TASKS})
    return Project(home, site)


def test_an_entry_point_brings_the_rules_of_a_package(project: Project, site: Path) -> None:
    install(site, 'acme-rules', '1.2', {'acme_rules/__init__.py': '', 'acme_rules/bananas.py': rule()}, ENTRY)
    assert project.check() == [FOUND]
    assert 'It comes from acme-rules 1.2 (acme_rules.bananas).\n' in project.run('explain', 'ACME001').stdout
    assert project.check('--ignore', 'ACME') == []


def test_an_archive_on_the_path_brings_its_rules(home: Path, site: Path, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / 'rules.zip', 'w') as archive:
        archive.writestr('acme_rules/__init__.py', rule('ACME002', 'Cherry'))
        archive.writestr('acme_rules/bananas.py', rule())
        archive.writestr('acme_rules-1.dist-info/METADATA', 'Metadata-Version: 2.1\nName: acme-rules\nVersion: 1\n')
        archive.writestr('acme_rules-1.dist-info/entry_points.txt', ENTRY)
    write(home, {'tasks.py': TASKS})
    assert Project(home, tmp_path / 'rules.zip').check() == [FOUND]


def test_other_entry_points_are_none_of_our_business(project: Project, site: Path) -> None:
    install(site, 'acme-rules', '1.2', {'acme_rules.py': 'raise ValueError'}, '[console_scripts]\nacme = acme_rules:main\n')
    assert project.check() == []


def test_a_module_that_the_settings_name_too_is_loaded_once(project: Project, site: Path) -> None:
    install(site, 'acme-rules', '1.2', {'acme_rules.py': rule()}, ENTRY)
    write(project.folder, {'pyproject.toml': "[tool.gokart-lint]\nrules = ['acme_rules']\n"})
    assert project.check() == [FOUND]


@pytest.mark.parametrize(
    ('value', 'module', 'said'),
    [
        (
            'acme_rules',
            'import nowhere',
            "acme_rules cannot be imported: ModuleNotFoundError: No module named 'nowhere' (SITE/acme_rules.py:1)",
        ),
        ('acme_rules', '', 'no rule in SITE/acme_rules.py: a function decorated with rule(...) is one'),
        ('acme_rule', '', "there is no module 'acme_rule' among what is installed"),
        ('acme_rules:check', rule(), "it must name a module or package that holds rules, such as 'acme_rules'"),
        ('acme rules', rule(), "it must name a module or package that holds rules, such as 'acme_rules'"),
    ],
)
def test_a_broken_package_is_named(value: str, module: str, said: str, project: Project, site: Path) -> None:
    install(site, 'acme-rules', '1.2', {'acme_rules.py': module}, f'[gokart_lint.rules]\nacme = {value}\n')
    expected = f"Error: acme-rules 1.2: entry point gokart_lint.rules: acme = '{value}': {said}"
    assert project.trouble().replace(str(site), 'SITE') == expected


def test_two_packages_with_one_code_are_both_named(project: Project, site: Path) -> None:
    install(site, 'acme-rules', '1.2', {'acme_rules.py': rule()}, ENTRY)
    install(site, 'other-rules', '0.1', {'other_rules.py': rule(name='Cherry')}, '[gokart_lint.rules]\nother = other_rules\n')
    said = project.trouble()
    assert 'ACME001 no-banana of acme_rules (acme-rules 1.2)' in said
    assert 'ACME001 no-cherry of other_rules (other-rules 0.1)' in said


# --- the cache --------------------------------------------------------------------------------------------------------


def test_another_rule_makes_new_findings(project: Project, site: Path) -> None:
    write(project.folder, {'tasks.py': BOTH})
    assert project.check() == []
    install(site, 'acme-rules', '1.2', {'acme_rules/__init__.py': '', 'acme_rules/bananas.py': rule()}, ENTRY)
    assert [project.check(), project.check()] == [[FOUND], [FOUND]]
    write(site, {'acme_rules/bananas.py': rule(name='Cherry')})
    assert project.check() == [('tasks.py', 10, 'ACME001')]


def test_a_module_that_a_rule_uses_counts(project: Project, site: Path) -> None:
    text = rule().replace("== 'Banana'", '== NAME').replace('import Report, rule', 'import Report, rule\nfrom names import NAME')
    install(site, 'acme-rules', '1.2', {'acme_rules.py': text, 'names.py': "NAME = 'Banana'"}, ENTRY)
    write(project.folder, {'tasks.py': BOTH})
    assert project.check() == [FOUND]
    write(site, {'names.py': "NAME = 'Cherry'"})
    assert project.check() == [('tasks.py', 10, 'ACME001')]


def test_another_version_counts_though_no_file_looks_changed(project: Project, site: Path) -> None:
    install(site, 'acme-rules', '1.2', {'acme_rules.py': rule()}, ENTRY)
    kept = os.stat(site / 'acme_rules.py')
    assert project.check() == [FOUND]
    write(site, {'acme_rules.py': rule(name='Cherry')})
    os.utime(site / 'acme_rules.py', ns=(kept.st_atime_ns, kept.st_mtime_ns))
    (site / 'acme_rules-1.2.dist-info').rename(site / 'acme_rules-1.3.dist-info')
    write(site / 'acme_rules-1.3.dist-info', {'METADATA': 'Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.3\n'})
    assert project.check() == []


def test_a_rule_of_the_project_that_no_run_judges_counts(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED + "extend-exclude = ['lint']\nsrc = ['lint']", 'lint/my_rules.py': rule(), 'tasks.py': BOTH})
    assert Project(home).check() == [FOUND]
    write(home, {'lint/my_rules.py': rule(name='Cherry')})
    assert Project(home).check() == [('tasks.py', 10, 'ACME001')]


def test_many_files_in_several_processes_give_the_same(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': rule()})
    write(home, {f'p{number}/tasks.py': TASKS for number in range(80)})
    both = [Project(home).check('--no-cache', '--ignore', 'GK110', '--jobs', jobs) for jobs in ('1', '2')]
    assert both[0] == both[1]
    assert len(both[0]) == 80
