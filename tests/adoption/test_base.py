"""`--base`: only what is found on lines or classes that changed since a revision, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from gokart_lint.adoption.changes import lines_touched
from tests.adoption.commanding import HEAD, RERUN, check, tasks, write
from tests.staleness.histories import commit, git

CALLS = HEAD + RERUN.format('A') + '\n\none = A(nmae=1)\ntwo = A(nmae=2)\n'
"""A class with a finding on its line 8, and two calls with one each, on the lines 14 and 15."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with three tasks, whose findings stand on the lines 8, 15 and 22."""
    commit(tmp_path, {'tasks.py': tasks('A', 'B', 'C')})
    return tmp_path


def lines(folder: Path, *options: str, base: str = 'HEAD') -> list[int]:
    """The lines of what is found in tasks.py."""
    return [line for name, line, _ in check(folder, '--base', base, *options).found if name == 'tasks.py']


def edit(folder: Path, old: str, new: str, name: str = 'tasks.py') -> None:
    path = folder / name
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


# --- What counts as changed -------------------------------------------------------------------------------------------


def test_nothing_changed(folder: Path) -> None:
    said = check(folder, '--base', 'HEAD')
    assert (said.status, said.out, said.err) == (0, 'All clear: 1 file.\n', '3 findings where nothing changed since HEAD.\n')
    assert check(folder).status == 1


@pytest.mark.parametrize(
    ('old', 'new', 'found'),
    [
        ('class B', '# about B\nclass B', []),
        ('class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    # about B\n', [16]),
        ('class B', '@staticmethod\nclass B', [16]),
        ('import luigi\n', 'import luigi\nimport os\n', []),
        ("\n    def run(self):\n        self.dump('wine')\n\n\nclass B", '\n\nclass B', [8]),
        (RERUN.format('B'), '', []),
        (RERUN.format('C'), '', []),
        (RERUN.format('A'), '', []),
        (RERUN.format('B'), RERUN.format('B') + RERUN.format('D'), [22]),
        ('\n\n\nclass B', '\n\n\n\nclass B', []),
        (HEAD, HEAD + '\n\ndef f():\n    return 1\n', []),
    ],
)
def test_a_class_counts_when_anything_of_it_changed(folder: Path, old: str, new: str, found: list[int]) -> None:
    edit(folder, old, new)
    assert lines(folder) == found


def test_a_decorator_that_goes_is_a_change_of_its_class(folder: Path) -> None:
    edit(folder, 'class B', '@luigi.util.requires(A)\nclass B')
    commit(folder, {})
    edit(folder, '@luigi.util.requires(A)\n', '')
    assert lines(folder) == [15]


def test_outside_of_classes_it_is_the_line(tmp_path: Path) -> None:
    commit(tmp_path, {'tasks.py': CALLS})
    options = ('--select', 'GK105,GK301')
    assert len(check(tmp_path, *options).found) == 3
    edit(tmp_path, 'nmae=2', 'mane=2')
    assert lines(tmp_path, *options) == [15]
    edit(tmp_path, 'one = A(nmae=1)', 'one = A(\n    nmae=1,\n)')
    assert lines(tmp_path, *options) == [15, 17]


def test_the_working_tree_counts_committed_or_not_tracked_or_not(folder: Path) -> None:
    git(folder, 'switch', '-q', '-c', 'topic')
    edit(folder, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    commit(folder, {})
    edit(folder, 'class C(gokart.TaskOnKart[str]):\n', 'class C(gokart.TaskOnKart[str]):\n    x = 1\n')
    write(folder, 'new.py', tasks('D'))
    (folder / '.gitignore').write_text('hidden.py\n')
    write(folder, 'hidden.py', tasks('E'))
    assert check(folder, '--base', 'main').found == [('new.py', 8, 'GK301'), ('tasks.py', 16, 'GK301'), ('tasks.py', 24, 'GK301')]
    assert check(folder, '--base', 'HEAD').found == [('new.py', 8, 'GK301'), ('tasks.py', 24, 'GK301')]
    assert check(folder, '--base', 'main', 'hidden.py').found == [('hidden.py', 8, 'GK301')]
    git(folder, 'add', '-A')
    assert len(check(folder, '--base', 'HEAD').found) == 2


def test_it_is_the_merge_base_that_counts(folder: Path) -> None:
    git(folder, 'switch', '-q', '-c', 'topic')
    git(folder, 'switch', '-q', 'main')
    edit(folder, 'class A(gokart.TaskOnKart[str]):\n', 'class A(gokart.TaskOnKart[str]):\n    x = 1\n')
    commit(folder, {})
    git(folder, 'switch', '-q', 'topic')
    edit(folder, 'class C(gokart.TaskOnKart[str]):\n', 'class C(gokart.TaskOnKart[str]):\n    x = 1\n')
    said = check(folder, '--base', 'main')
    assert said.found == [('tasks.py', 23, 'GK301')]
    assert said.err == '2 findings where nothing changed since main and HEAD parted.\n'


def test_files_that_are_renamed_or_gone(folder: Path) -> None:
    commit(folder, {'other.py': tasks('X').replace('wine', 'another')})
    git(folder, 'mv', 'tasks.py', '仕事.py')
    git(folder, 'rm', '-q', 'other.py')
    assert check(folder, '--base', 'HEAD').found == []
    edit(folder, 'class C(gokart.TaskOnKart[str]):\n', 'class C(gokart.TaskOnKart[str]):\n    x = 1\n', '仕事.py')
    assert check(folder, '--base', 'HEAD').found == [('仕事.py', 23, 'GK301')]


@pytest.mark.parametrize('name', ['葡萄 酒.py', 'a b.py', "it's.py", 'tab\there.py', 'quo"te.py', 'bräu/b.py', '-x.py'])
def test_names_that_git_quotes(tmp_path: Path, name: str) -> None:
    commit(tmp_path, {name: tasks('A', 'B')})
    assert check(tmp_path, '--base', 'HEAD').found == []
    edit(tmp_path, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n', name)
    assert [line for _, line, _ in check(tmp_path, '--base', 'HEAD').found] == [16]


def test_line_ends_are_no_change(folder: Path) -> None:
    edit(folder, '\n', '\r\n')
    assert lines(folder) == []
    edit(folder, 'class C(gokart.TaskOnKart[str]):\r\n', 'class C(gokart.TaskOnKart[str]):\r\n    x = 1\r\n')
    assert lines(folder) == [23]
    edit(folder, '\r\n', '\r')
    assert lines(folder) == [23]


def test_other_settings_of_git_change_nothing(folder: Path) -> None:
    for key, value in {'diff.noprefix': 'true', 'color.ui': 'always', 'diff.relative': 'true', 'core.quotepath': 'true'}.items():
        git(folder, 'config', key, value)
    (folder / '.gitattributes').write_text('*.py -diff binary\n')
    edit(folder, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    assert lines(folder) == [16]


def test_a_file_that_cannot_be_read_counts_when_anything_of_it_changed(tmp_path: Path) -> None:
    commit(tmp_path, {'old.py': 'import gokart\nclass A(:\n\n\nx = 1\n', 'tasks.py': tasks('A')})
    assert check(tmp_path, '--base', 'HEAD').found == []
    edit(tmp_path, 'x = 1', 'x = 2', 'old.py')
    edit(tmp_path, 'class A(', 'class A((', 'tasks.py')
    assert [(name, code) for name, _, code in check(tmp_path, '--base', 'HEAD').found] == [('old.py', 'GK900'), ('tasks.py', 'GK900')]


def test_configuration_files(tmp_path: Path) -> None:
    code = HEAD + '\n\nclass Train(gokart.TaskOnKart[int]):\n    n = luigi.IntParameter()\n'
    commit(tmp_path, {'tasks.py': code, 'luigi.cfg': '[Train]\nm = 1\nn = 2\n'})
    write(tmp_path, 'luigi.cfg', '[Train]\nm = 1\nn = 2\nnn = 3\n')
    assert check(tmp_path, '--base', 'HEAD', '--select', 'GK408').found == [('luigi.cfg', 4, 'GK408')]


# --- Where the repository is ------------------------------------------------------------------------------------------


def test_from_a_folder_below_and_in_a_project_below(tmp_path: Path) -> None:
    commit(tmp_path, {'app/pyproject.toml': '[tool.gokart-lint]\n', 'app/pkg/tasks.py': tasks('A', 'B')})
    edit(tmp_path, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n', 'app/pkg/tasks.py')
    for below, path in ((tmp_path / 'app/pkg', 'tasks.py'), (tmp_path / 'app', 'pkg/tasks.py'), (tmp_path, 'app/pkg/tasks.py')):
        assert check(below, '--base', 'HEAD').found == [(path, 16, 'GK301')]


def test_links_and_work_trees(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp('elsewhere')
    git(folder, 'worktree', 'add', '-q', str(elsewhere / 'tree'), '-b', 'topic')
    edit(elsewhere / 'tree', 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    assert lines(elsewhere / 'tree', base='main') == [16]
    (elsewhere / 'link').symlink_to(elsewhere / 'tree')
    assert lines(elsewhere / 'link', base='main') == [16]


def test_submodules(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    library = tmp_path_factory.mktemp('library')
    commit(library, {'inner.py': tasks('X', 'Y')})
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', str(library), 'vendor')
    assert len(check(folder, '--base', 'HEAD').found) == 2  # all of it is new
    commit(folder, {})
    assert check(folder, '--base', 'HEAD').found == []
    change = ('class Y(gokart.TaskOnKart[str]):\n', 'class Y(gokart.TaskOnKart[str]):\n    x = 1\n', 'vendor/inner.py')
    edit(folder, *change)
    assert check(folder, '--base', 'HEAD').found == [('vendor/inner.py', 16, 'GK301')]
    commit(folder / 'vendor', {'new.py': tasks('Z')})
    assert [name for name, _, _ in check(folder, '--base', 'HEAD').found] == ['vendor/inner.py', 'vendor/new.py']


def test_a_file_outside_of_the_repository_is_shown_with_a_warning(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = write(tmp_path_factory.mktemp('other'), 'other.py', tasks('X'))
    said = check(folder, '--base', 'HEAD', '.', str(other))
    assert said.found == [(str(other), 8, 'GK301')]
    assert f'is not known, so all is shown: {other}: it is not in the git repository {folder}\n' in said.err


def test_in_a_hook_the_variables_of_git_do_not_mislead(folder: Path) -> None:
    edit(folder, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    (folder / 'below').mkdir()
    said = check(folder / 'below', '--base', 'HEAD', '..', GIT_DIR='.git', GIT_INDEX_FILE='.git/index.lock', GIT_PREFIX='below/')
    assert [line for _, line, _ in said.found] == [16]


# --- With other options -----------------------------------------------------------------------------------------------


def test_fixes_are_those_at_changed_places(tmp_path: Path) -> None:
    idle = 'import gokart\n\nx = 1  # gokart-lint: ignore[GK301] old\n'
    commit(tmp_path, {'tasks.py': idle})
    path = write(tmp_path, 'tasks.py', f'y = 1  # gokart-lint: ignore[GK301] new\n{idle}z = 1  # gokart-lint: ignore[GK301] new\n')
    assert check(tmp_path, '--base', 'HEAD', '--fix').status == 0
    assert path.read_text(encoding='utf-8') == f'y = 1\n{idle}z = 1\n'


def test_comments_are_written_at_changed_places(folder: Path) -> None:
    edit(folder, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    assert check(folder, '--base', 'HEAD', '--add-ignores', '--reason', 'later').status == 0
    assert (folder / 'tasks.py').read_text(encoding='utf-8').count('gokart-lint: ignore') == 1
    assert [line for _, line, _ in check(folder).found] == [8, 23]


def test_a_baseline_and_a_base(folder: Path) -> None:
    check(folder, '--baseline', 'known.json', '--update-baseline')
    edit(folder, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    write(folder, 'new.py', tasks('D'))
    said = check(folder, '--base', 'HEAD', '--baseline', 'known.json')
    assert (said.found, said.err) == ([('new.py', 8, 'GK301')], '3 findings known in known.json.\n')


def test_standard_input_is_compared_as_it_is(folder: Path) -> None:
    changed = tasks('A', 'B', 'C').replace('class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    assert lines(folder, '--stdin-filename', 'tasks.py', '-') == []
    found = check(folder, '--base', 'HEAD', '--stdin-filename', 'tasks.py', '-', stdin=changed).found
    assert found == [('tasks.py', 16, 'GK301')]
    assert len(check(folder, '--base', 'HEAD', '--stdin-filename', 'new.py', '-', stdin=tasks('D')).found) == 1


# --- What cannot be compared ------------------------------------------------------------------------------------------


def complaint(folder: Path, *options: str, **environment: str) -> str:
    said = check(folder, *options, **environment)
    assert (said.status, said.out, said.err.count('\n')) == (2, '', 1), said
    return said.err.removeprefix('Error: ').strip()


def test_no_repository(tmp_path: Path) -> None:
    write(tmp_path, 'tasks.py', tasks('A'))
    assert complaint(tmp_path, '--base', 'main') == (
        f'--base main: {tmp_path}: not in a git repository, so there is no earlier revision to compare with'
    )


@pytest.mark.parametrize('base', ['nothing', '', '--all', 'HEAD~1', 'HEAD:tasks.py'])
def test_an_unknown_revision(folder: Path, base: str) -> None:
    assert complaint(folder, f'--base={base}') == f'--base {base}: unknown revision {base!r}'


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, 'init', '-q', '-b', 'main')
    assert 'unknown revision' in complaint(tmp_path, '--base', 'main')


def test_histories_that_have_nothing_in_common(folder: Path) -> None:
    git(folder, 'switch', '-q', '--orphan', 'other')
    commit(folder, {'tasks.py': tasks('A')}, 'another start')
    assert complaint(folder, '--base', 'main') == ('--base main: no merge base of main and HEAD is known; they have no history in common')


def test_a_shallow_clone_says_what_to_fetch(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    near = tmp_path_factory.mktemp('clone') / 'near'
    git(folder, 'switch', '-q', '-c', 'topic')
    commit(folder, {'more.py': tasks('X')})
    git(folder, 'switch', '-q', 'main')
    commit(folder, {'main.py': tasks('Y')})
    git(near.parent, 'clone', '-q', '--depth', '1', '--no-single-branch', '--branch', 'topic', f'file://{folder}', 'near')
    assert complaint(near, '--base', 'origin/main').startswith(
        '--base origin/main: no merge base of origin/main and HEAD is known; this clone is shallow: fetch the history first'
    )
    assert 'this clone is shallow' in complaint(near, '--base', 'HEAD~1')
    git(near, 'fetch', '-q', '--unshallow')
    assert check(near, '--base', 'origin/main').found == [('more.py', 8, 'GK301')]


def test_without_git(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert 'git is not installed' in complaint(folder, '--base', 'main', PATH=str(tmp_path_factory.mktemp('empty')))


def test_the_command_in_a_process_of_its_own(folder: Path) -> None:
    edit(folder, 'class B(gokart.TaskOnKart[str]):\n', 'class B(gokart.TaskOnKart[str]):\n    x = 1\n')
    command = [sys.executable, '-m', 'gokart_lint', 'check', '--base', 'main', '--output-format', 'concise']
    for _ in range(2):  # the second one is answered from the cache
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.count('tasks.py:16:5: GK301')) == (1, 1)
        assert done.stderr == '2 findings where nothing changed since main.\n'
    shutil.rmtree(folder / '.gokart-lint-cache')
    assert os.listdir(folder / '.git')


# --- Lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('old', 'new', 'touched'),
    [
        ('a b c', 'a b c', []),
        ('a b c', 'a x c', [2]),
        ('a b c', 'a b c d', [4]),
        ('a b c', 'x a b c', [1]),
        ('', 'a', [1]),
        ('a b c d e', 'a x c y e', [2, 4]),
        ('a b c', 'a c', []),
        ('a .b .c d', 'a .b d', [2]),
        ('a .b d', 'a d', [1]),
        ('a .b .c', 'a', [1]),
        ('@x a', 'a', [1]),
        ('@x .a ) b', 'b', [1]),
        ('a .b c', 'a x c', [1, 2]),
        ('a .b c', 'a .x c', [2]),
    ],
)
def test_touched_lines(old: str, new: str, touched: Sequence[int]) -> None:
    """Words stand for lines, a dot for an indentation."""
    before, after = (text.replace(' ', '\n').replace('.', '    ').encode() for text in (old, new))
    found = lines_touched(before, after)
    assert [line for line in range(1, len(new.split()) + 1) if found(line, line)] == list(touched)


def test_a_line_that_went_is_a_change_of_what_is_around_it() -> None:
    assert lines_touched(b'a\nb\nc', b'a\nc')(1, 2)


def test_a_text_that_cannot_be_decoded_is_another_one_altogether() -> None:
    assert lines_touched(b'\xff\n', b'a\n')(1, 1)
