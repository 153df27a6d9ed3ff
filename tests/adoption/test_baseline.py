"""`--baseline`: what is known is not said again, and what is new is, however the files change around it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gokart_lint.adoption.content import formless, shortened
from tests.adoption.commanding import HEAD, Said, check, tasks, write

KNOWN = ('--baseline', 'known.json')
UPDATE = (*KNOWN, '--update-baseline')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, 'tasks.py', tasks('A', 'B'))
    assert check(tmp_path, *UPDATE).err == 'known.json knows 2 findings now: 2 new, 0 forgotten.\n'
    return tmp_path


def entries(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / 'known.json').read_text(encoding='utf-8'))['findings']
    return found


def test_what_is_known_does_not_count(folder: Path) -> None:
    assert check(folder, *KNOWN) == Said(0, 'All clear: 1 file.\n', '2 findings known in known.json.\n')
    assert check(folder).status == 1
    write(folder, 'more.py', tasks('C'))
    said = check(folder, *KNOWN)
    assert (said.status, said.found) == (1, [('more.py', 8, 'GK301')])


def test_the_file_has_a_line_for_each_in_order(folder: Path) -> None:
    assert (folder / 'known.json').read_text(encoding='utf-8') == (
        '{\n"version": 1,\n"findings": [\n'
        '{"path":"tasks.py","code":"GK301","in":"A.rerun","content":"rerun=True"},\n'
        '{"path":"tasks.py","code":"GK301","in":"B.rerun","content":"rerun=True"}\n'
        ']\n}\n'
    )


def test_the_same_findings_give_the_same_bytes_and_leave_the_file_alone(folder: Path) -> None:
    before = (folder / 'known.json').stat().st_mtime_ns, (folder / 'known.json').read_bytes()
    assert check(folder, *UPDATE).err == 'known.json knows 2 findings now: 0 new, 0 forgotten.\n'
    assert ((folder / 'known.json').stat().st_mtime_ns, (folder / 'known.json').read_bytes()) == before


def test_an_empty_one(tmp_path: Path) -> None:
    write(tmp_path, 'tasks.py', HEAD)
    assert check(tmp_path, *UPDATE).status == 0
    assert entries(tmp_path) == []
    assert check(tmp_path, *KNOWN).err == ''


@pytest.mark.parametrize(
    ('old', 'new'),
    [
        ('import luigi\n', 'import luigi\n\n\n\ndef f():\n    return 1\n'),
        ('    rerun = True', "    '''A task.'''\n\n    rerun   =   True  # why not"),
        ('    rerun = True', '    rerun = (\n        True\n    )'),
        ('\n', '\r\n'),
        ("self.dump('wine')", "self.dump('beer')"),
    ],
)
def test_lines_that_move_and_what_a_formatter_does(folder: Path, old: str, new: str) -> None:
    path = folder / 'tasks.py'
    path.write_bytes(path.read_text(encoding='utf-8').replace(old, new).encode())
    assert check(folder, *KNOWN).err == '2 findings known in known.json.\n'


CALL = HEAD + '\n\nclass A(gokart.TaskOnKart[str]):\n    dep = {}\n\n    def run(self):\n        self.dump(self.load(self.dep))\n'


@pytest.mark.parametrize(
    'form',
    [
        'gokart.TaskInstanceParameter(\n        description="a task",\n        significant=False,\n    )',
        "gokart.TaskInstanceParameter( description = 'a task' , significant=False )",
        "gokart.TaskInstanceParameter(\n        description='a task',  # which one?\n        significant=False\n    )",
        'gokart . TaskInstanceParameter(description="a task", \\\n significant=False)',
    ],
)
def test_a_call_in_another_form_is_the_same(tmp_path: Path, form: str) -> None:
    write(tmp_path, 'tasks.py', CALL.format("gokart.TaskInstanceParameter(description='a task', significant=False)"))
    assert check(tmp_path, *UPDATE, '--select', 'GK101').status == 0
    write(tmp_path, 'tasks.py', CALL.format(form))
    assert check(tmp_path, *KNOWN, '--select', 'GK101').err == '1 finding known in known.json.\n'


@pytest.mark.parametrize(
    'change',
    [
        ("description='a task'", "description='another task'"),
        ("description='a task'", "description='a  task'"),
        ('class A', 'class Other'),
        ('    dep =', '    other = dep ='),
        ('significant=False', 'significant=not  False'),
    ],
)
def test_another_content_or_another_place_is_new(tmp_path: Path, change: tuple[str, str]) -> None:
    text = CALL.format("gokart.TaskInstanceParameter(description='a task', significant=False)")
    write(tmp_path, 'tasks.py', text)
    assert check(tmp_path, *UPDATE, '--select', 'GK101').status == 0
    write(tmp_path, 'tasks.py', text.replace(*change))
    said = check(tmp_path, *KNOWN, '--select', 'GK101')
    assert (said.status, len(said.found)) == (1, 1)
    assert said.err == '1 of known.json is gone; --update-baseline forgets it.\n'


def test_the_same_twice_is_known_twice_and_no_more(tmp_path: Path) -> None:
    def text(count: int) -> str:
        return HEAD + '\n\nclass A(gokart.TaskOnKart[str]):\n    def run(self):\n' + '        self.dump(datetime.datetime.now())\n' * count

    write(tmp_path, 'tasks.py', text(2))
    assert check(tmp_path, *UPDATE).status == 0
    assert len(entries(tmp_path)) == 2
    assert entries(tmp_path)[0] == entries(tmp_path)[1]
    write(tmp_path, 'tasks.py', text(3))
    assert check(tmp_path, *KNOWN).found == [('tasks.py', 11, 'GK304')]
    write(tmp_path, 'tasks.py', text(1))
    assert check(tmp_path, *KNOWN).err.startswith('1 finding known in known.json.\n1 of known.json is gone;')


def test_what_is_gone_is_told_and_forgotten(folder: Path) -> None:
    write(folder, 'tasks.py', tasks('A'))
    said = check(folder, *KNOWN)
    assert (said.status, said.err.splitlines()) == (
        0,
        ['1 finding known in known.json.', '1 of known.json is gone; --update-baseline forgets it.'],
    )
    assert check(folder, *UPDATE).err == 'known.json knows 1 finding now: 0 new, 1 forgotten.\n'
    assert [each['in'] for each in entries(folder)] == ['A.rerun']


def test_a_run_on_some_files_or_rules_says_nothing_of_the_others(folder: Path) -> None:
    write(folder, 'more.py', tasks('C'))
    write(folder, 'deep/even.py', tasks('D'))
    assert check(folder, *UPDATE).err == 'known.json knows 4 findings now: 2 new, 0 forgotten.\n'
    for options in (['more.py'], ['deep', 'more.py'], ['more.py', '--select', 'GK1'], ['--ignore', 'GK301']):
        said = check(folder, *KNOWN, *options)
        assert (said.status, 'gone' in said.err) == (0, False)
    write(folder, 'more.py', tasks('E'))
    assert check(folder, *UPDATE, 'more.py').err == 'known.json knows 4 findings now: 1 new, 1 forgotten.\n'
    assert check(folder, *UPDATE, 'deep', '--select', 'GK1').err == 'known.json knows 4 findings now: 0 new, 0 forgotten.\n'
    (folder / 'deep/even.py').unlink()
    assert 'gone' not in check(folder, *KNOWN, 'more.py').err
    assert '1 of known.json is gone' in check(folder, *KNOWN, 'deep').err
    assert '1 of known.json is gone' in check(folder, *KNOWN).err


def test_a_file_that_is_renamed_and_a_class_that_moves(folder: Path) -> None:
    (folder / 'tasks.py').rename(folder / 'renamed.py')
    assert check(folder, *KNOWN).err == '2 findings known in known.json.\n'
    assert check(folder, *KNOWN, 'renamed.py').err == '2 findings known in known.json.\n'
    write(folder, 'renamed.py', tasks('A'))
    write(folder, 'other.py', tasks('B'))
    assert check(folder, *KNOWN).status == 0
    assert check(folder, *UPDATE).err == 'known.json knows 2 findings now: 0 new, 0 forgotten.\n'
    assert [(each['path'], each['in']) for each in entries(folder)] == [('other.py', 'B.rerun'), ('renamed.py', 'A.rerun')]


def test_a_copy_is_new(folder: Path) -> None:
    (folder / 'pkg').mkdir()
    (folder / 'pkg/copy.py').write_bytes((folder / 'tasks.py').read_bytes())
    found = [('pkg/copy.py', 8, 'GK301'), ('pkg/copy.py', 15, 'GK301')]
    assert check(folder, *KNOWN, '--ignore', 'GK110').found == found
    assert check(folder, *KNOWN, '--ignore', 'GK110', 'pkg/copy.py').found == found


def test_what_cannot_be_read_is_known_too(folder: Path) -> None:
    write(folder, 'old.py', "import gokart\nprint 'Python 2'\n")
    check(folder, *UPDATE)
    assert check(folder, *KNOWN).err == '3 findings known in known.json.\n'
    write(folder, 'old.py', tasks('C'))
    assert check(folder, *KNOWN).found == [('old.py', 8, 'GK301')]


# --- With other options -----------------------------------------------------------------------------------------------


def test_as_a_setting(tmp_path: Path) -> None:
    write(tmp_path, 'pyproject.toml', '[tool.gokart-lint]\nbaseline = "lint/known.json"\n')
    write(tmp_path, 'src/tasks.py', tasks('A'))
    (tmp_path / 'lint').mkdir()
    assert check(tmp_path).status == 2
    assert check(tmp_path / 'src', '--update-baseline').err.endswith('lint/known.json knows 1 finding now: 1 new, 0 forgotten.\n')
    assert '"path":"../src/tasks.py"' in (tmp_path / 'lint/known.json').read_text(encoding='utf-8')
    assert check(tmp_path) == Said(0, 'All clear: 1 file.\n', '1 finding known in lint/known.json.\n')
    assert check(tmp_path / 'src').status == 0
    assert check(tmp_path, '--no-baseline').status == 1
    assert check(tmp_path, '--baseline', 'none.json').status == 2
    assert check(tmp_path, '--update-baseline', '--baseline', 'own.json').err.startswith('own.json knows 1 finding')


@pytest.mark.parametrize('value', ['1', '""', '["a.json"]', 'true'])
def test_a_setting_that_is_none(tmp_path: Path, value: str) -> None:
    write(tmp_path, 'pyproject.toml', f'[tool.gokart-lint]\nbaseline = {value}\n')
    said = check(tmp_path)
    assert said.status == 2
    assert '[tool.gokart-lint] baseline: it must be the path of a file' in said.err


def test_fixes_are_those_of_what_is_new(tmp_path: Path) -> None:
    idle = 'import gokart\n\nx = 1  # gokart-lint: ignore[GK301] old\n'
    path = write(tmp_path, 'tasks.py', idle)
    check(tmp_path, *UPDATE)
    write(tmp_path, 'tasks.py', idle + 'y = 1  # gokart-lint: ignore[GK301] new\n')
    assert check(tmp_path, *KNOWN, '--diff').out.count('\n-') == 1
    said = check(tmp_path, *KNOWN, '--fix')
    assert (said.status, path.read_text(encoding='utf-8')) == (0, idle + 'y = 1\n')
    assert said.err == 'Fixed 1 finding in 1 file (GK901 1).\n1 finding known in known.json.\n'
    assert check(tmp_path, '--fix').status == 0


def test_comments_are_written_to_what_is_new(folder: Path) -> None:
    write(folder, 'tasks.py', tasks('A', 'B', 'C'))
    assert check(folder, *KNOWN, '--add-ignores', '--reason', 'later').status == 0
    text = (folder / 'tasks.py').read_text(encoding='utf-8')
    assert text == tasks('A', 'B') + tasks('C')[len(HEAD) :].replace('True', 'True  # gokart-lint: ignore[GK301] later')


def test_a_known_finding_that_is_suppressed_is_gone(folder: Path) -> None:
    write(folder, 'tasks.py', tasks('A', 'B').replace('True', 'True  # noqa: GK301'))
    assert check(folder, *KNOWN) == Said(0, 'All clear: 1 file.\n', '2 of known.json are gone; --update-baseline forgets them.\n')


def test_reports_have_what_is_new_alone(folder: Path) -> None:
    write(folder, 'more.py', tasks('C'))
    assert [each['filename'] for each in json.loads(check(folder, *KNOWN, '--output-format', 'json').out)] == [str(folder / 'more.py')]
    counts = json.loads(check(folder, *KNOWN, '--statistics', '--output-format', 'json').out)
    assert [(each['code'], each['count']) for each in counts] == [('GK301', 1)]
    assert check(folder, *KNOWN, '--statistics').out.startswith('1  GK301  rerun-enabled\n')
    assert check(folder, *KNOWN, '--exit-zero').status == 0
    assert check(folder, *KNOWN, '--show-files').out == 'more.py\ntasks.py\n'


def test_standard_input(folder: Path) -> None:
    assert check(folder, *KNOWN, '--stdin-filename', 'tasks.py', '-', stdin=tasks('A', 'B')).status == 0
    assert check(folder, *KNOWN, '--stdin-filename', 'tasks.py', '-', stdin=tasks('A', 'C')).found == [('tasks.py', 15, 'GK301')]


def test_showing_the_files_writes_none(tmp_path: Path) -> None:
    write(tmp_path, 'tasks.py', tasks('A'))
    assert check(tmp_path, *UPDATE, '--show-files').status == 0
    assert not (tmp_path / 'known.json').exists()


# --- What is wrong with the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('data', 'message'),
    [
        (b'', 'it is no baseline of gokart-lint'),
        (b'{"version": 1, "findings": [', 'it is no baseline of gokart-lint'),
        (b'<<<<<<< HEAD\n{}', 'it is no baseline of gokart-lint'),
        (b'[]', 'it is no baseline of gokart-lint'),
        (b'{"findings": []}', 'it is no baseline of gokart-lint'),
        (b'{"version": 1, "findings": [{"path": 1}]}', 'it is no baseline of gokart-lint'),
        (b'{"version": 1, "findings": [{"path": "a", "code": "b", "in": "c", "content": "d", "more": 1}]}', 'it is no baseline'),
        (b'{"version": "1"}', 'it is no baseline of gokart-lint'),
        (b'\xff\xfe', 'it is no baseline of gokart-lint'),
        (b'{"version": 2, "findings": {}}', 'this baseline is of a newer gokart-lint (its version is 2, not 1); update gokart-lint'),
    ],
)
@pytest.mark.parametrize('options', [KNOWN, UPDATE])
def test_a_file_that_is_no_baseline(tmp_path: Path, data: bytes, message: str, options: tuple[str, ...]) -> None:
    write(tmp_path, 'tasks.py', tasks('A'))
    (tmp_path / 'known.json').write_bytes(data)
    said = check(tmp_path, *options)
    assert (said.status, said.out, said.err.count('\n')) == (2, '', 1)
    assert f'known.json: {message}' in said.err
    assert (tmp_path / 'known.json').read_bytes() == data


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = check(tmp_path, *KNOWN)
    assert (said.status, said.out) == (2, '')
    assert said.err == f'Error: {tmp_path}/known.json: there is no such baseline; write it with --update-baseline\n'
    assert 'could not be written' in check(tmp_path, '--baseline', 'nowhere/known.json', '--update-baseline').err
    assert check(tmp_path, '--baseline', '.', '--update-baseline').status == 2


@pytest.mark.parametrize(
    ('options', 'message'),
    [
        (['--update-baseline'], '--update-baseline needs a file'),
        ([*UPDATE, '--fix'], '--update-baseline cannot be combined with --fix'),
        ([*UPDATE, '--diff'], '--update-baseline cannot be combined with --diff'),
        ([*UPDATE, '--base', 'HEAD'], '--update-baseline cannot be combined with --base'),
        ([*KNOWN, '--no-baseline'], '--no-baseline cannot be combined with'),
    ],
)
def test_wrong_use(tmp_path: Path, options: list[str], message: str) -> None:
    said = check(tmp_path, *options)
    assert (said.status, said.out) == (2, '')
    assert message in said.err


def test_a_write_that_fails_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, 'No space left on device')

    before = (folder / 'known.json').read_bytes()
    write(folder, 'more.py', tasks('C'))
    monkeypatch.setattr(os, 'fsync', fail)
    said = check(folder, *UPDATE)
    assert (said.status, sorted(path.name for path in folder.iterdir())) == (2, ['known.json', 'more.py', 'tasks.py'])
    assert said.err.startswith(f'Error: {folder}/known.json: the baseline could not be written: No space left on device')
    assert (folder / 'known.json').read_bytes() == before


def test_whenever_the_process_is_killed_the_file_is_whole(folder: Path) -> None:
    old = (folder / 'known.json').read_bytes()
    write(folder, 'more.py', tasks(*(f'C{number}' for number in range(50))))
    script = (
        'import sys, time; from pathlib import Path; from gokart_lint.adoption import baseline\n'
        'entries = baseline.load(Path("known.json"))\n'
        'many = [*entries, *(baseline.Entry("more.py", "GK301", f"C{n}.rerun", "x") for n in range(20000))]\n'
        'print("ready", flush=True)\n'
        'while True: baseline.save(Path("known.json"), many); baseline.save(Path("known.json"), entries)\n'
    )
    for delay in (0.0, 0.01, 0.03, 0.05, 0.08, 0.13):
        environment = {**os.environ, 'PYTHONPATH': str(Path(__file__).parents[2])}
        with subprocess.Popen([sys.executable, '-c', script], cwd=folder, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout
            assert process.stdout.readline() == b'ready\n'
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        assert len(entries(folder)) in (2, 20002)
        (folder / 'known.json').write_bytes(old)


# --- Contents ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('f( a , b, )', 'f(a,b)'),
        ('x = (\n  f(a)\n)', 'x=f(a)'),
        ('return ((a), (b)[0])', 'return a,b[0]'),
        ('f(a)(b)[c](d)', 'f(a)(b)[c](d)'),
        (')(', ')('),
        ('[a,\n]', '[a]'),
        ('not x', 'not x'),
        ('lambda x : x', 'lambda x:x'),
        ("'a b'", "'a b'"),
        ('"a b"', "'a b'"),
        ('"it\'s"', '"it\'s"'),
        ("f(  # why, 'so'\n  1)", 'f(1)'),
        ("'# no comment'", "'# no comment'"),
        ('# noqa:  GK101', '# noqa: GK101'),
        ('"""a\n b"""', '"""a\n b"""'),
        ("'unfinished", "'unfinished"),
        ('f(a \\\n , b)', 'f(a,b)'),
        ('クラス (値 ,)', 'クラス(値)'),
    ],
)
def test_a_text_without_its_form(text: str, expected: str) -> None:
    assert formless(text) == expected


def test_a_long_text_is_cut_and_still_itself() -> None:
    one, two = 'x' * 500, 'x' * 499 + 'y'
    assert shortened(one) != shortened(two)
    assert len(shortened(one)) < 180
    assert shortened('x' * 160) == 'x' * 160
