"""The states that a repository can be in: each is handled, or said in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from gokart_lint.repository import Repository, RepositoryError
from gokart_lint.settings import Settings
from gokart_lint.staleness.revisions import Reader
from tests.staleness.histories import HEAD, commit, git, judge, texts, write

TASK = (
    HEAD
    + """
from helpers import LIMIT


class Train(gokart.TaskOnKart):
    def run(self):
        self.dump({} + LIMIT)
"""
)
FILES = {'tasks.py': TASK.format(1), 'helpers.py': 'LIMIT = 3\n'}


def names(folder: Path, base: str | None = None, head: str | None = None) -> list[tuple[str, str]]:
    return [(each.name, each.kind.value) for each in judge(folder, base, head).verdicts]


def test_a_clean_tree_has_nothing_to_tell(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    assert names(tmp_path) == []


def test_staged_and_unstaged_changes_count(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    write(tmp_path, {'helpers.py': 'LIMIT = 4\n'})
    assert names(tmp_path) == [('Train', 'stale')]
    git(tmp_path, 'add', '-A')
    assert names(tmp_path) == [('Train', 'stale')]


def test_a_new_file_that_git_does_not_track_yet(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    write(tmp_path, {'limits.py': 'LIMIT = 4\n', 'tasks.py': TASK.format(1).replace('helpers', 'limits')})
    assert texts(judge(tmp_path).verdicts[0]) == ['Train.run -> LIMIT  3 -> 4']


def test_a_file_that_git_ignores_is_on_neither_side(tmp_path: Path) -> None:
    commit(tmp_path, {**FILES, '.gitignore': 'local.py\n'})
    write(tmp_path, {'local.py': TASK.format(2)})
    assert names(tmp_path) == []


def test_the_default_base_is_where_the_branch_left_main(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    git(tmp_path, 'switch', '-q', '-c', 'topic')
    commit(tmp_path, {'tasks.py': TASK.format(2)})
    git(tmp_path, 'switch', '-q', 'main')
    commit(tmp_path, {'helpers.py': 'LIMIT = 9\n'})
    git(tmp_path, 'switch', '-q', 'topic')
    [verdict] = judge(tmp_path).verdicts
    assert texts(verdict) == ['Train.run  1 -> 2']


def test_a_merge_of_the_default_branch_brings_nothing_of_its_own(tmp_path: Path) -> None:
    commit(tmp_path, {**FILES, 'other.py': TASK.format(5).replace('Train', 'Other')})
    git(tmp_path, 'switch', '-q', '-c', 'topic')
    commit(tmp_path, {'tasks.py': TASK.format(2)})
    git(tmp_path, 'switch', '-q', 'main')
    commit(tmp_path, {'other.py': TASK.format(6).replace('Train', 'Other')})
    git(tmp_path, 'switch', '-q', 'topic')
    git(tmp_path, 'merge', '-q', '--no-edit', 'main')
    assert names(tmp_path) == [('Train', 'stale')]


def test_two_revisions_beside_a_dirty_tree(tmp_path: Path) -> None:
    first = commit(tmp_path, FILES)
    second = commit(tmp_path, {'tasks.py': TASK.format(2)})
    third = commit(tmp_path, {'tasks.py': None, 'more/tasks.py': TASK.format(2), 'more/helpers.py': 'LIMIT = 3\n'})
    write(tmp_path, {'helpers.py': 'LIMIT = 99\n', 'more/tasks.py': 'broken('})
    assert names(tmp_path, first, second) == [('Train', 'stale')]
    assert names(tmp_path, second, third) == [('Train', 'recomputed')]
    assert names(tmp_path, second, 'HEAD~1') == []


def test_a_folder_of_a_repository_can_be_the_project(tmp_path: Path) -> None:
    top = tmp_path / 'repository'
    commit(top, {f'services/shop/{name}': text for name, text in FILES.items()} | {'lib.py': 'X = 1\n'})
    folder = top / 'services' / 'shop'
    write(folder, {'helpers.py': 'LIMIT = 4\n', 'new.py': 'Y = 1\n'})
    assert names(folder) == [('Train', 'stale')]


def test_names_with_blanks_and_japanese(tmp_path: Path) -> None:
    commit(tmp_path, {'学習 用/tasks.py': TASK.format(1).replace('Train', '学習'), '学習 用/helpers.py': 'LIMIT = 3\n'})
    write(tmp_path, {'学習 用/helpers.py': 'LIMIT = 4\n'})
    assert names(tmp_path) == [('学習', 'stale')]


def test_a_renamed_module(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    git(tmp_path, 'mv', 'tasks.py', 'pipeline.py')
    assert names(tmp_path) == [('Train', 'recomputed')]
    git(tmp_path, 'mv', 'helpers.py', 'limits.py')
    write(tmp_path, {'pipeline.py': TASK.format(1).replace('helpers', 'limits')})
    [verdict] = judge(tmp_path).verdicts
    assert texts(verdict) == ['its module is pipeline, it was tasks, and the output path holds it']


# --- What does not parse ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize('broken_first', [True, False])
def test_a_file_of_tasks_that_does_not_parse_on_one_side(tmp_path: Path, broken_first: bool) -> None:
    states = [TASK.format(1), f'{TASK.format(2)}\n  broken(']
    first, second = reversed(states) if broken_first else states
    commit(tmp_path, {**FILES, 'tasks.py': first})
    write(tmp_path, {'tasks.py': second})
    [verdict] = judge(tmp_path).verdicts
    assert (verdict.name, verdict.kind.value) == ('Train', 'unknown')
    assert 'tasks.py cannot be read in' in texts(verdict)[0]


@pytest.mark.parametrize('broken_first', [True, False])
def test_a_helper_that_does_not_parse_on_one_side(tmp_path: Path, broken_first: bool) -> None:
    states = ['LIMIT = 3\n', 'LIMIT = (\n']
    first, second = reversed(states) if broken_first else states
    commit(tmp_path, {**FILES, 'helpers.py': first})
    write(tmp_path, {'helpers.py': second})
    assert names(tmp_path) == [('Train', 'unknown')]


def test_a_file_that_parses_on_neither_side_is_noted(tmp_path: Path) -> None:
    commit(tmp_path, {**FILES, 'helpers.py': 'LIMIT = (\n'})
    write(tmp_path, {'helpers.py': 'LIMIT = ((\n'})
    found = judge(tmp_path)
    assert found.verdicts == ()
    assert found.notes == ('helpers.py: it cannot be read on either side, so its tasks are not judged',)


# --- Submodules, locks ------------------------------------------------------------------------------------------------


def test_a_submodule_is_named_and_not_followed(tmp_path: Path) -> None:
    commit(tmp_path / 'lib', {'helpers.py': 'LIMIT = 3\n'})
    top = tmp_path / 'top'
    commit(top, FILES)
    git(top, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', str(tmp_path / 'lib'), 'vendor')
    commit(top, {})
    commit(top / 'vendor', {'helpers.py': 'LIMIT = 4\n'})
    found = judge(top)
    assert found.verdicts == ()
    assert found.notes == ('vendor: a submodule whose commit changed; its code is not followed',)


def test_a_lock_file_is_noted(tmp_path: Path) -> None:
    commit(tmp_path, {**FILES, 'poetry.lock': 'pandas 1\n'})
    write(tmp_path, {'poetry.lock': 'pandas 2\n'})
    found = judge(tmp_path)
    assert (found.verdicts, found.notes) == ((), ('poetry.lock changed: installed packages are not followed',))


# --- What cannot be compared ------------------------------------------------------------------------------------------


def complaint(folder: Path, base: str | None = None) -> str:
    with pytest.raises(RepositoryError) as error:
        judge(folder, base)
    return str(error.value)


def test_no_repository(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert complaint(tmp_path) == f'{tmp_path}: not in a git repository, so there is no earlier revision to compare with'


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, 'init', '-q', '-b', 'main')
    write(tmp_path, FILES)
    assert complaint(tmp_path).startswith('there is no commit yet, so nothing can have become stale')


def test_the_first_commit_has_none_before_it(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    assert complaint(tmp_path, 'HEAD~1') == "unknown revision 'HEAD~1'"


def test_no_default_branch(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    git(tmp_path, 'branch', '-m', 'work')
    assert 'no default branch is known' in complaint(tmp_path)
    assert names(tmp_path, 'HEAD') == []


def test_the_default_branch_of_the_remote_comes_first(tmp_path: Path) -> None:
    commit(tmp_path / 'far', FILES)
    git(tmp_path / 'far', 'branch', '-m', 'trunk')
    git(tmp_path, 'clone', '-q', str(tmp_path / 'far'), 'near')
    commit(tmp_path / 'near', {'tasks.py': TASK.format(2)})
    assert names(tmp_path / 'near') == [('Train', 'stale')]


def test_a_shallow_clone_says_what_to_fetch(tmp_path: Path) -> None:
    far = tmp_path / 'far'
    commit(far, FILES)
    git(far, 'switch', '-q', '-c', 'topic')
    commit(far, {'tasks.py': TASK.format(2)})
    git(far, 'switch', '-q', 'main')
    commit(far, {'helpers.py': 'LIMIT = 4\n'})
    git(tmp_path, 'clone', '-q', '--depth', '1', '--no-single-branch', '--branch', 'topic', f'file://{far}', 'near')
    said = complaint(tmp_path / 'near')
    assert said.startswith('no merge base of origin/main and HEAD is known; this clone is shallow: fetch the history first')
    assert 'this clone is shallow' in complaint(tmp_path / 'near', 'HEAD~1')
    git(tmp_path / 'near', 'fetch', '-q', '--unshallow')
    assert names(tmp_path / 'near') == [('Train', 'stale')]


def test_histories_that_have_nothing_in_common(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    git(tmp_path, 'switch', '-q', '--orphan', 'other')
    commit(tmp_path, FILES, 'another start')
    assert complaint(tmp_path) == 'no merge base of main and HEAD is known; they have no history in common, so give --base'


def test_an_option_is_no_revision(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    assert complaint(tmp_path, '--all') == "unknown revision '--all'"


# --- The cache --------------------------------------------------------------------------------------------------------


def test_only_changed_files_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path, {**FILES, **{f'other_{number}.py': TASK.format(number).replace('Train', f'T{number}') for number in range(9)}})
    write(tmp_path, {'helpers.py': 'LIMIT = 4\n'})
    read: list[bytes] = []
    from gokart_lint.reading import module

    survey = module.survey

    def counted(data: bytes, *, full: bool) -> module.Survey:
        read.append(data)
        return survey(data, full=full)

    monkeypatch.setattr(module, 'survey', counted)
    settings = Settings(root=tmp_path)
    counts = []
    for _ in range(2):
        read.clear()
        compared = Reader(settings, cache_dir=tmp_path / '.gokart-lint-cache', jobs=1, progress=None).compare(None, None)
        assert len(compared.changed) == 1
        counts.append(len(read))
    assert counts[0] >= 12
    assert counts[1] <= 2  # the one that changed: for what it imports, and in full


def test_the_index_stays_that_of_the_disk(tmp_path: Path) -> None:
    from gokart_lint.project.store import Store

    commit(tmp_path, FILES)
    write(tmp_path, {'helpers.py': 'LIMIT = 4\n'})
    cache = tmp_path / '.gokart-lint-cache'
    Reader(Settings(root=tmp_path), cache_dir=cache, jobs=1, progress=None).compare(None, None)
    index = Store(cache).index()
    assert index is not None
    assert sorted(Path(path).name for path in index.entries) == ['helpers.py', 'tasks.py']


def test_the_top_of_a_repository_is_found_from_below(tmp_path: Path) -> None:
    commit(tmp_path, {'a/b/c.py': 'X = 1\n'})
    assert Repository(str(tmp_path / 'a' / 'b')).top == str(tmp_path)
