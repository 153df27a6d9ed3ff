"""Whole runs: the same findings however they come about, and every bad input as one finding or one warning."""

from __future__ import annotations

import codecs
import gc
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from gokart_lint.checking import Checked, DiscoveryError, check
from gokart_lint.project import loading
from gokart_lint.project.loading import Loader
from gokart_lint.rules import registry
from gokart_lint.settings import Settings

BAD = 'import gokart\n\n\nclass {name}(gokart.TaskOnKart):\n    rerun = True\n'
BASE = 'import gokart\n\n\nclass Base(gokart.TaskOnKart):\n    pass\n'
PROJECT = {
    'pkg/__init__.py': 'from pkg.base import Base\n',
    'pkg/base.py': BASE,
    'pkg/a.py': 'from pkg import Base\n\n\nclass A(Base):\n    rerun = True\n',
    'pkg/b.py': 'import pkg.a\n\n\nclass B(pkg.a.A):\n    rerun = True  # noqa: GK301\n',
    'pkg/c.py': 'from .b import *\n\n\nclass C(B):\n    serialized_task_definition_check = True\n',
    'main.py': 'import gokart\n\n\nclass Main(gokart.TaskOnKart):\n    dep = gokart.TaskInstanceParameter()\n    rerun = True\n',
    'broken.py': 'import gokart\n\n\nclass Broken(gokart.TaskOnKart:\n    pass\n',
    'other.py': 'import json\n\nprint(json.dumps({}))  # noqa: T201\n',
}
FOUND = {
    ('broken.py', 4, 'GK900'), ('main.py', 5, 'GK101'), ('main.py', 6, 'GK301'), ('pkg/a.py', 5, 'GK301'), ('pkg/c.py', 5, 'GK302'),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (made := tmp_path / 'project').mkdir()
    monkeypatch.chdir(made)
    return made


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def judged(
    folder: Path,
    paths: Sequence[str] = ('.',),
    *,
    cache: Path | None = None,
    jobs: int = 1,
    overlay: Mapping[Path, bytes] | None = None,
    **settings: object,
) -> Checked:
    chosen = Settings(root=folder, **settings)  # type: ignore[arg-type]
    return check([Path(path) for path in paths], chosen, overlay=overlay, cache_dir=cache, jobs=jobs)


def found(checked: Checked) -> set[tuple[str, int, str]]:
    return {(each.path, each.at.line, each.code) for each in checked.findings}


def unreadable(folder: Path, data: bytes) -> tuple[int, int, str]:
    """The one finding of a bad file, beside a task in another file that must be judged all the same."""
    write(folder, {'bad.py': data, 'good.py': BAD.format(name='Good')})
    findings = judged(folder).findings
    assert [(each.path, each.code) for each in findings] == [('bad.py', 'GK900'), ('good.py', 'GK301')]
    at = findings[0].at
    assert findings[0].noqa_line == at.line
    return at.line, at.column, findings[0].message


# --- one answer, many ways to it ----------------------------------------------------------------------------------------


def test_what_is_found(folder: Path) -> None:
    write(folder, PROJECT)
    checked = judged(folder)
    assert found(checked) == FOUND
    assert checked.files == tuple(sorted(PROJECT))
    assert checked.warnings == ()
    assert list(checked.findings) == sorted(checked.findings, key=lambda each: (each.path, each.at, each.code, each.message))


def test_cold_warm_and_with_any_number_of_processes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, '_PARALLEL_FROM', 1)
    write(folder, PROJECT)
    expected = judged(folder)
    for number, jobs in enumerate((1, 1, 2, 2, 3)):
        assert judged(folder, jobs=jobs) == expected
        assert judged(folder, jobs=jobs, cache=tmp_path / f'cache{number % 2}') == expected


def test_a_warm_run_of_the_same_files_judges_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, PROJECT)
    expected = judged(folder, cache=tmp_path)
    monkeypatch.setattr(Loader, 'load', lambda self, *arguments: pytest.fail('the project was linked'))
    assert judged(folder, cache=tmp_path) == expected


def test_every_change_is_seen(folder: Path, tmp_path: Path) -> None:
    """One cache through a row of changes, each compared with a run that knows nothing."""
    write(folder, PROJECT)
    changes: list[dict[str, str | None]] = [
        {'pkg/base.py': 'class Base: ...\n'},
        {'pkg/base.py': BASE},
        {'pkg/__init__.py': ''},
        {'pkg/__init__.py': PROJECT['pkg/__init__.py'], 'broken.py': BAD.format(name='Mended')},
        {'pkg/a.py': None},
        {'a.py': PROJECT['pkg/a.py'], 'pkg/b.py': 'import a\n\n\nclass B(a.A):\n    rerun = True\n'},
        {'new.py': 'from pkg.c import C\n\n\nclass New(C):\n    rerun = True\n'},
        {'pkg/c.py': 'syntax error\n'},
        {'.gitignore': 'new.py\n'},
    ]
    (folder / '.git').mkdir()
    seen = [judged(folder, cache=tmp_path / 'cache')]
    for change in changes:
        for name, text in change.items():
            if text is None:
                (folder / name).unlink()
            else:
                write(folder, {name: text})
        warm = judged(folder, cache=tmp_path / 'cache')
        assert warm == judged(folder)
        assert warm != seen[-1] or change == changes[2]
        seen.append(warm)


def test_a_named_file_is_judged_with_the_whole_repository_in_mind(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    for cache in (None, tmp_path, tmp_path):
        for name in PROJECT:
            checked = judged(folder, [name], cache=cache)
            assert found(checked) == {each for each in FOUND if each[0] == name}
            assert checked.files == (name,)
        assert found(judged(folder, ['pkg', 'main.py'], cache=cache)) == {each for each in FOUND if each[0] != 'broken.py'}


def test_paths_are_shown_as_they_would_be_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, PROJECT)
    for path in ('pkg/a.py', './pkg/../pkg/a.py', str(folder / 'pkg/a.py')):
        assert judged(folder, [path]).files == ('pkg/a.py',)
    monkeypatch.chdir(folder / 'pkg')
    assert judged(folder, ['a.py', str(folder / 'main.py')]).files == (str(folder / 'main.py'), 'a.py')


def test_another_working_directory_has_other_paths(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, PROJECT)
    assert judged(folder, [str(folder / 'pkg')], cache=tmp_path / 'cache').findings[0].path == 'pkg/a.py'
    monkeypatch.chdir(folder / 'pkg')
    assert judged(folder, [str(folder / 'pkg')], cache=tmp_path / 'cache').findings[0].path == 'a.py'


def test_settings_are_part_of_the_question(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    for _ in range(2):
        assert {each[2] for each in found(judged(folder, cache=tmp_path, select=('GK3',)))} == {'GK301', 'GK302'}
        assert {each[2] for each in found(judged(folder, cache=tmp_path, ignore=('GK301',)))} == {'GK101', 'GK302', 'GK900'}
        assert found(judged(folder, cache=tmp_path)) == FOUND


@pytest.mark.parametrize(
    ('ignores', 'left'),
    [
        ((('pkg/*', ('GK301',)),), FOUND - {('pkg/a.py', 5, 'GK301')}),
        ((('*.py', ('GK',)),), set()),
        ((('**', ('ALL',)),), set()),
        ((('broken.py', ('GK900',)),), FOUND - {('broken.py', 4, 'GK900')}),
        ((('pkg/a.py', ('GK302',)), ('pkg/a.py', ('GK3',))), FOUND - {('pkg/a.py', 5, 'GK301')}),
        ((('nothing.py', ('ALL',)),), FOUND),
    ],
)
def test_per_file_ignores(ignores: object, left: object, folder: Path) -> None:
    write(folder, PROJECT)
    assert found(judged(folder, per_file_ignores=ignores)) == left


@pytest.mark.parametrize(
    'settings',
    [{'select': ('GK3',)}, {'select': ('GK3',), 'ignore': ('GK9',)}, {'select': ('GK3',), 'per_file_ignores': (('*.py', ('GK900',)),)}],
)
def test_a_run_that_selects_other_rules_says_what_it_could_not_read(settings: dict[str, Any], folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    said = 'broken.py:4: not judged, since it cannot be read: '
    for _ in range(2):
        checked = judged(folder, cache=tmp_path, **settings)
        assert {each.code for each in checked.findings} == {'GK301', 'GK302'}
        assert [warning[: len(said)] for warning in checked.warnings] == ([said] if len(settings) == 1 else [])


def test_an_overlay_is_judged_in_place_of_the_disk(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    clean = {
        folder / 'main.py': b'import gokart\n',
        folder / 'new.py': BAD.format(name='New').encode(),
        folder / 'broken.py': BASE.encode(),
    }
    for cache in (None, tmp_path, tmp_path):
        assert found(judged(folder, ['.', 'new.py'], overlay=clean, cache=cache)) == {
            ('new.py', 5, 'GK301'), ('pkg/a.py', 5, 'GK301'), ('pkg/c.py', 5, 'GK302'),
        }  # fmt: skip
        assert found(judged(folder, cache=cache)) == FOUND
    changed_base = {folder / 'pkg/base.py': b'class Base: ...\n'}
    assert found(judged(folder, ['pkg'], overlay=changed_base)) == {('pkg/b.py', 5, 'GK901')}


def test_warnings_are_given_by_warm_runs_too(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    assert judged(folder, cache=tmp_path).warnings == ()
    os.mkdir(os.path.join(os.fsencode(folder), b'not-text-\xff'))
    for _ in range(2):
        assert len(judged(folder, cache=tmp_path).warnings) == 1


def test_progress_is_told(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    told: list[tuple[int, int]] = []
    settings = Settings(root=folder)
    check([folder], settings, cache_dir=tmp_path, progress=lambda done, total: told.append((done, total)))
    # first every file for its imports, then those in full that do not name gokart, but import who does; then those that could be read
    read, read_again, judged_now = ([(number, total) for number in range(1, total + 1)] for total in (8, 3, 7))
    assert told == [*read, *read_again, *judged_now]
    check([folder], settings, cache_dir=tmp_path, progress=lambda done, total: told.append((done, total)))
    assert len(told) == 18


def test_a_rule_that_breaks_names_itself_and_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {'main.py': BASE})
    rule = registry.all_rules()[0]

    def broken(module: object, settings: object) -> object:
        raise KeyError('x')

    monkeypatch.setattr(registry, 'all_rules', lambda: (registry.Rule(rule.code, rule.name, rule.summary, broken, rule.module),))  # type: ignore[arg-type]
    checked = judged(folder)
    assert checked.failures == (f"main.py: the rule {rule.code} broke (KeyError: 'x'); please report it with the file",)


# --- caches that fail ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize('damage', ['truncate', 'garbage', 'empty', 'remove', 'folder'])
def test_a_damaged_cache_is_as_good_as_none(damage: str, folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    cache = tmp_path / 'cache'
    expected = judged(folder, cache=cache)
    files = [path for path in cache.rglob('*') if path.is_file()]
    assert len(files) > 5
    for path in files:
        data = path.read_bytes()
        path.unlink()
        if damage == 'folder':
            path.mkdir()
        elif damage != 'remove':
            path.write_bytes({'truncate': data[: len(data) // 2], 'garbage': os.urandom(len(data)), 'empty': b''}[damage])
    write(folder, {'pkg/base.py': f'{BASE}\n'})
    assert judged(folder, cache=cache) == judged(folder, cache=cache) == expected


def test_a_cache_that_cannot_be_made(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    (blocked := tmp_path / 'file').touch()
    for cache in (blocked, blocked / 'below', Path('/proc/nothing'), Path('/dev/null')):
        assert found(judged(folder, cache=cache)) == FOUND


@pytest.mark.skipif(not hasattr(os, 'geteuid') or os.geteuid() != 0, reason='only root can become somebody who may not write')
def test_a_cache_of_somebody_else(folder: Path, tmp_path: Path) -> None:
    write(folder, PROJECT)
    cache = tmp_path / 'cache'
    judged(folder, cache=cache)
    above = [path for path in folder.parents if path.is_relative_to(tempfile.gettempdir()) and path != Path(tempfile.gettempdir())]
    for path in (*folder.rglob('*'), folder, *above):
        path.chmod(0o755)
    for path in cache.rglob('*'):
        os.utime(path, (1, 1))  # old enough to be tidied away
    write(folder, {'pkg/a.py': f'{PROJECT["pkg/a.py"]}\n'})
    child = os.fork()  # all that it needs is imported: somebody else may not read where Python is installed
    if child == 0:
        status = 1
        try:
            os.setuid(65534)
            status = 0 if found(judged(folder, cache=cache)) == FOUND else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# --- bad input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('data', 'line', 'column'),
    [
        (b'x = (\n', 1, 5),
        (b'x = 1\ny = = 2\n', 2, 5),
        (b'# gokart\nclass A(\n', 2, 8),
        (b'x = "\xff"\n', 1, 6),
        (b'x = 1\n\0\n', 2, 1),
        (b'\0' * 100, 1, 1),
        (bytes(range(256)), 1, 1),
        (b'\x7fELF\x02\x01\x01\0\0', 1, 8),
        ('x = 1\n'.encode('utf-16'), 1, 4),
        ('x = 1\n'.encode('utf-16-le'), 1, 2),
        ('x = 1\n'.encode('utf-32'), 1, 3),
        (b'# coding: klingon\nx = 1\n', 1, 1),
        (b'# coding: ascii\nx = "\xe3"\n', 2, 6),
        (codecs.BOM_UTF8 + b'# coding: latin-1\n', 1, 1),
        (codecs.BOM_UTF8 + b'x = = 1', 1, 5),
        (b'x = 1\r\ny = = 2\r\n', 2, 5),
        (b'x = 1\ry = = 2\r', 2, 5),
        (b'\x0c\nx = = 1\n', 2, 5),
        (b'print "hello"\n', 1, 1),
        (b'class {{ cookiecutter.name }}(gokart.TaskOnKart):\n    pass\n', 1, 7),
        (b'import {{ cookiecutter.package }}.tasks\n', 1, 8),
        (b'<<<<<<< HEAD\nx = 1\n', 1, 1),
        (b"x = 'C:\\Users'\n", 1, None),
        (b'x = a' + b'.b' * 50_000 + b'\n', 1, 1),
        (b'x = ' + b'(' * 50_000, 1, None),
        (b'x = ' + b'[' * 5000 + b']' * 5000 + b'\n', 1, None),
        (b'x = ' + b'-' * 100_000 + b'1\n', 1, None),
        (b'if 1: pass\n' + b'elif 1: pass\n' * 20_000, None, None),
        (b'type X = int\nx = a' + b'.b' * 50_000 + b'\n', 1, None),
        (''.join(f'{" " * depth}if x:\n' for depth in range(200)).encode(), 101, None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_finding(data: bytes, line: int | None, column: int | None, folder: Path) -> None:
    got = unreadable(folder, data)
    assert got[0] == line or line is None
    assert got[1] == column or column is None
    assert got[2]
    assert '\n' not in got[2]


@pytest.mark.parametrize(
    'data',
    [
        b'',
        b'\n',
        b'#',
        codecs.BOM_UTF8,
        codecs.BOM_UTF8 + b'x = 1',
        b'# coding: latin-1\nx = "\xe9"\n',
        b'# coding: utf-8-unix\nx = 1\n',
        '# coding: cp932\nx = "日本語"\n'.encode('cp932'),
        b'x = 1\r\ny = 2\r\n',
        b'x = 1\ry = 2',
        b'\x0cx = 1\n\x0c\n',
        b'x = """\x0c\x01"""\n',
        b'class A[T]: ...\n',
        b'type X = int\n',
        b'x = f"{a["b"]}"\n',
        b'x = t"{a}"\n',
        b'try: ...\nexcept* A: ...\n',
        b'try: ...\nexcept A, B: ...\n',
        b'match x:\n    case 1: ...\n',
        b'(x := 1)\n',
        'タスク = "あ"\n'.encode(),
        b'x = 1 if 2 else 3\n' * 50_000,
        b'# comment\n' * 50_000,
        b'x = [' + b'1,\n' * 50_000 + b']\n',
        b'x = """' + b'text\n' * 50_000 + b'"""\n',
        b'x = ' + b'(' * 150 + b'1' + b')' * 150,
        b'x = ' + b'+'.join([b'1'] * 400),
        b'x = ' + b'"a" ' * 10_000,
        b'if 1: pass\n' + b'elif 1: pass\n' * 300,
    ],
    ids=lambda data: repr(data[:30]),
)
def test_what_can_be_read(data: bytes, folder: Path) -> None:
    write(folder, {'odd.py': data, 'odd_task.py': data + b'\nimport gokart\nclass Odd(gokart.TaskOnKart):\n    rerun = True\n'})
    assert [(each.path, each.code) for each in judged(folder).findings] == [('odd_task.py', 'GK301')]


def test_files_that_are_none(folder: Path) -> None:
    write(folder, {'good.py': BAD.format(name='Good'), 'folder.py/inner.py': BAD.format(name='Inner')})
    os.mkfifo(folder / 'pipe.py')
    (folder / 'loop.py').symlink_to('loop.py')
    (folder / 'broken.py').symlink_to('nowhere.py')
    (folder / 'up').symlink_to('..')
    (folder / 'zero.py').symlink_to('/dev/zero')
    assert found(judged(folder)) == {('good.py', 5, 'GK301'), ('folder.py/inner.py', 5, 'GK301')}
    checked = judged(folder, ['broken.py', 'good.py'])
    assert found(checked) == {('good.py', 5, 'GK301')}
    assert [warning.rpartition(': ')[2] for warning in checked.warnings] == ['it vanished while the files were read']


def test_a_file_that_may_not_be_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        folder,
        {
            'secret.py': BASE,
            'good.py': BAD.format(name='Good'),
            'uses.py': 'from secret import Base\n\n\nclass Uses(Base):\n    rerun = True\n',
        },
    )
    real = open

    def guarded(path: str, *arguments: object, **options: object) -> object:
        if str(path).endswith('secret.py'):
            raise PermissionError(13, 'Permission denied')
        return real(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr('builtins.open', guarded)
    for cache in (None, tmp_path, tmp_path):
        checked = judged(folder, cache=cache)
        assert found(checked) == {('good.py', 5, 'GK301'), ('secret.py', 1, 'GK900')}
        assert checked.findings[1].message == 'it cannot be read: Permission denied'
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert found(judged(folder, cache=tmp_path)) == {('good.py', 5, 'GK301'), ('uses.py', 5, 'GK301')}


def test_a_file_that_vanishes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {'gone.py': BASE, 'good.py': BAD.format(name='Good')})
    real = Loader._bytes

    def vanish(self: Loader, path: str) -> object:
        if path.endswith('gone.py'):
            Path(path).unlink(missing_ok=True)
        return real(self, path)

    monkeypatch.setattr(Loader, '_bytes', vanish)
    checked = judged(folder)
    assert (found(checked), checked.files) == ({('good.py', 5, 'GK301')}, ('good.py',))
    assert checked.warnings == (f'{folder}/gone.py: it vanished while the files were read',)


def test_names_that_are_no_text(folder: Path) -> None:
    write(folder, {'good.py': BAD.format(name='Good'), '日本語.py': BAD.format(name='タスク')})
    with open(os.path.join(os.fsencode(folder), b'bad\xff.py'), 'wb') as file:
        file.write(BASE.encode())
    checked = judged(folder)
    assert found(checked) == {('good.py', 5, 'GK301'), ('日本語.py', 5, 'GK301')}
    assert len(checked.warnings) == 1
    with pytest.raises(DiscoveryError, match='a name that is no text'):
        judged(folder, [os.fsdecode(b'bad\xff.py')])


def test_what_does_not_exist(folder: Path) -> None:
    with pytest.raises(DiscoveryError, match='no such file or folder'):
        judged(folder, ['nothing'])
    assert judged(folder) == Checked((), ())


def test_checks_in_one_process_leave_nothing_behind(folder: Path) -> None:
    write(folder, PROJECT)
    left = []
    for _ in range(4):
        judged(folder)
        left.append(len(gc.get_objects()))
    assert left[3] - left[1] < 50
