"""Which file a module name means, in every layout that repositories have."""

from __future__ import annotations

import pytest

from gokart_lint.facts import Import, Span
from gokart_lint.project.names import Modules

AT = Span(1, 1, 1, 1)
FLAT = ['/r/app/__init__.py', '/r/app/tasks.py', '/r/app/sub/__init__.py', '/r/app/sub/deep.py', '/r/main.py', '/r/tests/test_app.py']
SRC = ['/r/src/app/__init__.py', '/r/src/app/tasks.py', '/r/tests/test_app.py', '/r/tests/helpers.py', '/r/setup.py']
NAMESPACE = ['/r/src/company/app/tasks.py', '/r/src/company/lib/__init__.py', '/r/src/company/lib/base.py', '/r/main.py']
MONOREPO = [
    '/r/one/src/one/__init__.py', '/r/one/src/one/tasks.py', '/r/two/two/__init__.py', '/r/two/two/tasks.py', '/r/two/run.py',
    '/r/shared/shared/__init__.py',
]  # fmt: skip
SCRIPTS = ['/r/a/main.py', '/r/a/tasks.py', '/r/b/main.py', '/r/b/tasks.py', '/r/main.py']
TWINS = ['/r/x/app/__init__.py', '/r/x/app/a.py', '/r/y/app/__init__.py', '/r/y/app/a.py', '/r/z/main.py', '/r/x/main.py']


def modules(files: list[str], *roots: str) -> Modules:
    return Modules(files, roots or ('/r', '/r/src'))


@pytest.mark.parametrize(
    ('files', 'name', 'importer', 'found'),
    [
        (FLAT, 'app', '/r/main.py', '/r/app/__init__.py'),
        (FLAT, 'app.tasks', '/r/main.py', '/r/app/tasks.py'),
        (FLAT, 'app.sub.deep', '/r/app/tasks.py', '/r/app/sub/deep.py'),
        (FLAT, 'app.tasks', '/r/tests/test_app.py', '/r/app/tasks.py'),
        (FLAT, 'tasks', '/r/app/sub/deep.py', None),  # no implicit relative imports in Python 3
        (FLAT, 'tasks', '/r/main.py', None),
        (FLAT, 'app.nothing', '/r/main.py', None),
        (FLAT, 'numpy', '/r/main.py', None),
        (FLAT, '', '/r/main.py', None),
        (SRC, 'app.tasks', '/r/tests/test_app.py', '/r/src/app/tasks.py'),
        (SRC, 'src.app.tasks', '/r/tests/test_app.py', '/r/src/app/tasks.py'),
        (SRC, 'helpers', '/r/tests/test_app.py', '/r/tests/helpers.py'),
        (SRC, 'helpers', '/r/src/app/tasks.py', None),
        (SRC, 'tests.helpers', '/r/tests/test_app.py', '/r/tests/helpers.py'),
        (NAMESPACE, 'company.app.tasks', '/r/main.py', '/r/src/company/app/tasks.py'),
        (NAMESPACE, 'company.lib', '/r/src/company/app/tasks.py', '/r/src/company/lib/__init__.py'),
        (NAMESPACE, 'company.lib.base', '/r/main.py', '/r/src/company/lib/base.py'),
        (NAMESPACE, 'company', '/r/main.py', None),
        (MONOREPO, 'one.tasks', '/r/two/run.py', '/r/one/src/one/tasks.py'),
        (MONOREPO, 'two.tasks', '/r/two/run.py', '/r/two/two/tasks.py'),
        (MONOREPO, 'shared', '/r/one/src/one/tasks.py', '/r/shared/shared/__init__.py'),
        (SCRIPTS, 'tasks', '/r/a/main.py', '/r/a/tasks.py'),
        (SCRIPTS, 'tasks', '/r/b/main.py', '/r/b/tasks.py'),
        (SCRIPTS, 'tasks', '/r/main.py', None),
        (SCRIPTS, 'a.tasks', '/r/main.py', '/r/a/tasks.py'),
        (SCRIPTS, 'main', '/r/a/tasks.py', '/r/a/main.py'),
        (TWINS, 'app.a', '/r/x/main.py', '/r/x/app/a.py'),
        (TWINS, 'app.a', '/r/x/app/a.py', '/r/x/app/a.py'),
        (TWINS, 'app.a', '/r/y/app/__init__.py', '/r/y/app/a.py'),
        (TWINS, 'app.a', '/r/z/main.py', None),
        (['/r/app.py', '/r/app/__init__.py', '/r/m.py'], 'app', '/r/m.py', '/r/app/__init__.py'),
        (['/r/vendor/gokart/__init__.py', '/r/vendor/gokart/task.py', '/r/m.py'], 'gokart.task', '/r/m.py', None),
        (['/r/gokart/__init__.py', '/r/gokart/task.py', '/r/m.py'], 'gokart.task', '/r/m.py', '/r/gokart/task.py'),
        (['/r/scripts/luigi.py', '/r/scripts/m.py'], 'luigi', '/r/scripts/m.py', '/r/scripts/luigi.py'),
        (['/r/scripts/luigi.py', '/r/m.py'], 'luigi', '/r/m.py', None),
        (['/elsewhere/tasks.py', '/elsewhere/m.py'], 'tasks', '/elsewhere/m.py', '/elsewhere/tasks.py'),
        (['/r/my-tasks.py', '/r/m.py'], 'my-tasks', '/r/m.py', None),
    ],
)
def test_find(files: list[str], name: str, importer: str, found: str | None) -> None:
    assert modules(files).find(name, importer) == found


@pytest.mark.parametrize(
    ('module', 'level', 'importer', 'found'),
    [
        ('', 1, '/r/app/tasks.py', '/r/app/__init__.py'),
        ('tasks', 1, '/r/app/__init__.py', '/r/app/tasks.py'),
        ('sub.deep', 1, '/r/app/tasks.py', '/r/app/sub/deep.py'),
        ('', 2, '/r/app/sub/deep.py', '/r/app/__init__.py'),
        ('tasks', 2, '/r/app/sub/deep.py', '/r/app/tasks.py'),
        ('', 1, '/r/app/sub/__init__.py', '/r/app/sub/__init__.py'),
        ('nothing', 1, '/r/app/tasks.py', None),
        ('tasks', 9, '/r/app/tasks.py', None),
        ('main', 3, '/r/app/sub/deep.py', '/r/main.py'),
    ],
)
def test_relative(module: str, level: int, importer: str, found: str | None) -> None:
    assert modules(FLAT).find_relative(module, level, importer) == found


@pytest.mark.parametrize(
    ('files', 'file', 'name'),
    [
        (FLAT, '/r/app/sub/deep.py', 'app.sub.deep'),
        (FLAT, '/r/app/__init__.py', 'app'),
        (FLAT, '/r/main.py', 'main'),
        (FLAT, '/r/tests/test_app.py', 'tests.test_app'),
        (SRC, '/r/src/app/tasks.py', 'app.tasks'),
        (NAMESPACE, '/r/src/company/app/tasks.py', 'company.app.tasks'),
        (MONOREPO, '/r/one/src/one/tasks.py', 'one.tasks'),
        (SCRIPTS, '/r/a/tasks.py', 'a.tasks'),
        (['/elsewhere/tasks.py'], '/elsewhere/tasks.py', 'tasks'),
    ],
)
def test_name(files: list[str], file: str, name: str) -> None:
    assert modules(files).name(file) == name


@pytest.mark.parametrize(
    ('found', 'importer', 'files'),
    [
        (Import(AT, 'app.sub.deep', None, 'app'), '/r/main.py', {'/r/app/__init__.py', '/r/app/sub/__init__.py', '/r/app/sub/deep.py'}),
        (Import(AT, 'app', 'tasks', 'tasks'), '/r/main.py', {'/r/app/__init__.py', '/r/app/tasks.py'}),
        (Import(AT, 'app.tasks', '*', '*'), '/r/main.py', {'/r/app/tasks.py'}),
        (Import(AT, '', 'deep', 'deep', 1), '/r/app/sub/__init__.py', {'/r/app/sub/__init__.py', '/r/app/sub/deep.py'}),
        (Import(AT, 'numpy', 'array', 'array'), '/r/main.py', set()),
    ],
)
def test_targets(found: Import, importer: str, files: set[str]) -> None:
    assert set(modules(FLAT).targets(found, importer)) == files


def test_the_order_of_files_does_not_matter() -> None:
    for files in (TWINS, SCRIPTS, MONOREPO):
        one, other = modules(files), modules(files[::-1])
        for name in ('app.a', 'tasks', 'a.tasks', 'one.tasks', 'shared'):
            for importer in files:
                assert one.find(name, importer) == other.find(name, importer)
