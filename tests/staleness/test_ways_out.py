"""Bumping a version, accepting a result, suppressing a finding: what is written, and that it helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from gokart_lint.settings import Settings
from gokart_lint.staleness.command import Answer, Request, WrongUse, answer
from tests.staleness.histories import HEAD, commit, judge, kinds, texts, write


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(folder: Path, **given: object) -> Answer:
    return answer(Request(**given), Settings(root=folder), cache_dir=None)  # type: ignore[arg-type]


def fixed(folder: Path, before: str, old: str, new: str) -> str:
    """The file after --fix, which must leave nothing stale."""
    assert old in before
    commit(folder, {'tasks.py': before})
    write(folder, {'tasks.py': before.replace(old, new)})
    done = run(folder, fix=True)
    assert not done.stale, (done.text, (folder / 'tasks.py').read_text(encoding='utf-8'))
    return (folder / 'tasks.py').read_text(encoding='utf-8')


def task(*lines: str, name: str = 'Train', base: str = 'gokart.TaskOnKart') -> str:
    inner = ''.join(f'    {line}\n' if line else '\n' for line in lines)
    return f'\n\nclass {name}({base}):\n{inner}    def run(self):\n        self.dump(1)\n'


BUMPS = {
    'version = luigi.IntParameter(default=1)': 'version = luigi.IntParameter(default=2)',
    '__version = luigi.IntParameter(default=9)': '__version = luigi.IntParameter(default=10)',
    '_ver = luigi.IntParameter(3)': '_ver = luigi.IntParameter(4)',
    'version: luigi.IntParameter = luigi.IntParameter(default=1)': 'version: luigi.IntParameter = luigi.IntParameter(default=2)',
    "data_version = luigi.Parameter(default='v1.9')": "data_version = luigi.Parameter(default='v1.10')",
    "version = luigi.Parameter(default='2024-01')": "version = luigi.Parameter(default='2024-02')",
}


@pytest.mark.parametrize('line', BUMPS)
def test_a_version_is_counted_one_further(line: str, tmp_path: Path) -> None:
    before = HEAD + task(line, '')
    after = fixed(tmp_path, before, 'dump(1)', 'dump(2)')
    assert after == before.lstrip('\n').replace(line, BUMPS[line]).replace('dump(1)', 'dump(2)')


OTHER = task('version: luigi.IntParameter = luigi.IntParameter(default=7)', '', name='Other').replace('dump(1)', 'dump(3)')
CLASS = 'class Train(gokart.TaskOnKart):\n'
ADDED = {
    'no form known': (
        'import gokart\n' + task(),
        f'import luigi\nimport gokart\n\n\n{CLASS}    __version = luigi.IntParameter(default=1)\n\n    def run(self):\n',
    ),
    'behind a docstring': (
        HEAD + task('"""Trains."""', ''),
        'class Train(gokart.TaskOnKart):\n    """Trains."""\n\n    __version = luigi.IntParameter(default=1)\n\n    def run(self):\n',
    ),
    'behind the parameters': (
        HEAD + task('a = luigi.IntParameter(', '    default=1,', ')', 'LIMIT = 3', ''),
        '    a = luigi.IntParameter(\n        default=1,\n    )\n    __version = luigi.IntParameter(default=1)\n    LIMIT = 3\n',
    ),
    'before a decorated method': (
        HEAD + task('@property', 'def x(self):', '    return 1', ''),
        'class Train(gokart.TaskOnKart):\n    __version = luigi.IntParameter(default=1)\n\n    @property\n    def x(self):\n',
    ),
    'the form of the module': (
        HEAD + OTHER + task(),
        f'{CLASS}    version: luigi.IntParameter = luigi.IntParameter(default=1)\n\n    def run(self):\n',
    ),
    'the way in which the module names it': (
        'import gokart\nfrom luigi import IntParameter\n' + task('a = IntParameter(default=1)', ''),
        '    a = IntParameter(default=1)\n    __version = IntParameter(default=1)\n\n',
    ),
    'an inherited version that others share': (
        HEAD + task('version = luigi.IntParameter(default=4)', '', name='Base').replace('dump(1)', 'dump(3)') + task(base='Base'),
        'class Train(Base):\n    version = luigi.IntParameter(default=5)\n\n    def run(self):\n',
    ),
}


@pytest.mark.parametrize('form', ADDED)
def test_a_version_is_added_in_the_form_of_the_project(form: str, tmp_path: Path) -> None:
    before, expected = ADDED[form]
    after = fixed(tmp_path, before, 'dump(1)', 'dump(2)')
    assert expected in after
    compile(after, 'tasks.py', 'exec')


def test_the_form_of_other_modules(tmp_path: Path) -> None:
    other = HEAD + task('_ver = luigi.IntParameter(default=1)', '', name='Other')
    commit(tmp_path, {'other.py': other, 'tasks.py': HEAD + task()})
    write(tmp_path, {'tasks.py': HEAD + task().replace('dump(1)', 'dump(2)')})
    assert not run(tmp_path, fix=True).stale
    assert '    _ver = luigi.IntParameter(default=1)\n\n    def run' in (tmp_path / 'tasks.py').read_text()


def test_one_version_of_a_base_serves_all_that_are_stale(tmp_path: Path) -> None:
    base = HEAD + task('version = luigi.IntParameter(default=4)', '', name='Base')
    before = base + '\n\nclass One(Base):\n    pass\n\n\nclass Two(Base):\n    pass\n'
    after = fixed(tmp_path, before, 'dump(1)', 'dump(2)')
    assert after == before.lstrip('\n').replace('default=4', 'default=5').replace('dump(1)', 'dump(2)')


def test_what_cannot_be_fixed_is_said(tmp_path: Path) -> None:
    before = HEAD + '\n\nclass Train(gokart.TaskOnKart): run = lambda self: self.dump(1)\n'
    commit(tmp_path, {'tasks.py': before})
    write(tmp_path, {'tasks.py': before + task('version = luigi.IntParameter(default=compute())', '')})
    commit(tmp_path, {})
    write(tmp_path, {'tasks.py': before + task('version = luigi.IntParameter(default=compute())', '').replace('dump(1)', 'dump(2)')})
    done = run(tmp_path, fix=True)
    assert done.stale
    assert 'tasks.py:8: no version parameter could be bumped or added in Train; do it by hand' in done.done


def test_line_ends_and_encoding_stay(tmp_path: Path) -> None:
    text = ('# coding: cp932\n' + HEAD.lstrip() + task('"""学習"""', 'version = luigi.IntParameter(default=1)', '')).replace('\n', '\r\n')
    commit(tmp_path, {})
    (tmp_path / 'tasks.py').write_bytes(text.encode('cp932'))
    commit(tmp_path, {})
    (tmp_path / 'tasks.py').write_bytes(text.replace('dump(1)', 'dump(2)').encode('cp932'))
    assert not run(tmp_path, fix=True).stale
    assert (tmp_path / 'tasks.py').read_bytes() == text.replace('dump(1)', 'dump(2)').replace('default=1', 'default=2').encode('cp932')


# --- Acceptance -------------------------------------------------------------------------------------------------------

TWO = HEAD + task() + task(name='Other')


def accepted(folder: Path, before: str = TWO, name: str = 'Train', reason: str = 'only faster') -> str:
    commit(folder, {'tasks.py': before})
    write(folder, {'tasks.py': before.replace('dump(1)', 'dump(2)')})
    run(folder, accept=(name,), reason=reason)
    return (folder / 'tasks.py').read_text(encoding='utf-8')


def test_an_acceptance_stands_on_the_class(tmp_path: Path) -> None:
    text = accepted(tmp_path)
    [line] = [line for line in text.splitlines() if 'same-result' in line]
    now = line.partition('[')[2].partition(']')[0]
    assert line == f'class Train(gokart.TaskOnKart):  # gokart-lint: same-result[{now}] only faster'
    found = {each.name: each for each in judge(tmp_path).verdicts}
    assert {name: verdict.kind.value for name, verdict in found.items()} == {'Other': 'stale', 'Train': 'accepted'}
    assert found['Train'].fingerprint == now
    assert texts(found['Train'])[0] == 'only faster'


def test_it_expires_with_the_next_change(tmp_path: Path) -> None:
    text = accepted(tmp_path)
    write(tmp_path, {'tasks.py': text.replace('class Train', '# a comment is none\nclass Train')})
    assert {each.name: each.kind.value for each in judge(tmp_path).verdicts}['Train'] == 'accepted'
    write(tmp_path, {'tasks.py': text.replace('dump(2)', 'dump(3)')})
    [verdict] = [each for each in judge(tmp_path).verdicts if each.name == 'Train']
    assert verdict.kind.value == 'stale'
    assert texts(verdict)[-1] == 'what was accepted as the same result was an earlier state of its code'
    run(tmp_path, accept=('tasks.Train',), reason='again')
    again = (tmp_path / 'tasks.py').read_text()
    assert again.count('same-result') == 1
    assert '] again\n' in again


def test_it_stands_above_or_behind_a_wide_header_too(tmp_path: Path) -> None:
    text = accepted(tmp_path)
    mark = text[text.index('  # gokart-lint') : text.index('only faster') + len('only faster')]
    above = text.replace(mark, '').replace('class Train', f'{mark.strip()}\nclass Train')
    write(tmp_path, {'tasks.py': above})
    assert {each.name: each.kind.value for each in judge(tmp_path).verdicts}['Train'] == 'accepted'
    wide = text.replace(mark, '').replace('class Train(gokart.TaskOnKart):', f'class Train(\n    gokart.TaskOnKart,\n):{mark}')
    write(tmp_path, {'tasks.py': wide})
    assert {each.name: each.kind.value for each in judge(tmp_path).verdicts}['Train'] == 'accepted'


def test_it_stands_behind_another_comment(tmp_path: Path) -> None:
    text = accepted(tmp_path, TWO.replace('class Train(gokart.TaskOnKart):', 'class Train(gokart.TaskOnKart):  # noqa: D101'))
    assert 'class Train(gokart.TaskOnKart):  # noqa: D101  # gokart-lint: same-result[' in text
    assert {each.name: each.kind.value for each in judge(tmp_path).verdicts}['Train'] == 'accepted'


def test_what_stands_on_an_accepted_result_is_well(tmp_path: Path) -> None:
    before = HEAD + task() + task('def requires(self):', '    return Train()', '', name='Report').replace('dump(1)', 'dump(5)')
    commit(tmp_path, {'tasks.py': before})
    write(tmp_path, {'tasks.py': before.replace('dump(1)', 'dump(2)')})
    assert {each.name: each.kind.value for each in judge(tmp_path).verdicts} == {'Train': 'stale', 'Report': 'served stale input'}
    assert not run(tmp_path, accept=('Train',), reason='x').stale
    assert {each.name: each.kind.value for each in judge(tmp_path).verdicts} == {'Train': 'accepted'}


@pytest.mark.parametrize(
    ('given', 'message'),
    [
        ({'accept': ('Nobody',), 'reason': 'x'}, '--accept Nobody: no stale task is called so; stale are: Train, Other'),
        ({'accept': ('Train',)}, '--accept needs a --reason'),
        ({'accept': ('Train',), 'reason': ' '}, '--accept needs a --reason'),
        ({'fix': True, 'head': 'HEAD'}, '--fix and --accept change the working tree'),
    ],
)
def test_wrong_use(given: dict[str, object], message: str, tmp_path: Path) -> None:
    commit(tmp_path, {'tasks.py': TWO})
    write(tmp_path, {'tasks.py': TWO.replace('dump(1)', 'dump(2)')})
    with pytest.raises(WrongUse, match=message.replace('(', r'\(')):
        run(tmp_path, **given)


# --- Suppressions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize('comment', ['# noqa: GK306', '# gokart-lint: ignore[GK306] known', '# noqa', '# gokart-lint: ignore'])
def test_a_comment_suppresses_it(comment: str, tmp_path: Path) -> None:
    before = HEAD + task().replace('):\n    def', f'):  {comment}\n    def')
    assert kinds(tmp_path, before, before.replace('dump(1)', 'dump(2)')) == {'Train': 'accepted'}


@pytest.mark.parametrize('settings', [{'ignore': ('GK306',)}, {'per_file_ignores': (('tasks.py', ('GK3',)),)}])
def test_the_settings_suppress_it(settings: dict[str, object], tmp_path: Path) -> None:
    before = HEAD + task()
    assert kinds(tmp_path, before, before.replace('dump(1)', 'dump(2)'), **settings) == {'Train': 'accepted'}


def test_a_word_for_another_rule_does_not(tmp_path: Path) -> None:
    before = HEAD + task().replace('):\n    def', '):  # noqa: GK301\n    def')
    assert kinds(tmp_path, before, before.replace('dump(1)', 'dump(2)')) == {'Train': 'stale'}
