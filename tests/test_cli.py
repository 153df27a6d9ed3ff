"""The commands as a user types them: what they print where, what they write, and the status that they exit with."""

from __future__ import annotations

import inspect
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gokart_lint import __version__, atomic, checking, cli, console
from gokart_lint.reports.progress import Bar
from gokart_lint.rules.registry import all_rules

CLEAN = """\
import gokart


class Load(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('wine')
"""
RERUN = CLEAN.replace('    def run', '    rerun = True\n\n    def run')
IDLE = CLEAN.replace("'wine')", "'wine')  # noqa: GK301")


def renamed(text: str, name: str) -> str:
    """The same task under a name of its own, for a project that holds several."""
    return text.replace('Load', f'Load{name.upper()}')


BROKEN = 'import gokart\n\nclass Load(:\n'
APART: dict[str, Any] = (
    {'mix_stderr': False} if 'mix_stderr' in inspect.signature(CliRunner).parameters else {}
)  # as click 8.2 does unasked


class Shell:
    """A folder to work in, and the command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def run(self, *arguments: str, stdin: str | bytes = '', **environment: str) -> Result:
        return CliRunner(**APART).invoke(cli.main, arguments, input=stdin, env=environment)

    def check(self, *arguments: str, **given: Any) -> Result:
        return self.run('check', '--no-cache', *arguments, **given)

    def codes(self, *arguments: str) -> list[tuple[str, str]]:
        """File name and code of each finding."""
        found = json.loads(self.check('--output-format', 'json', *arguments).stdout)
        return [(os.path.relpath(each['filename'], self.folder), each['code']) for each in found]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    for name in ('FORCE_COLOR', 'NO_COLOR', 'GOKART_LINT_CACHE_DIR'):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


# --- Exit status and streams ------------------------------------------------------------------------------------------


def test_clean_is_zero(shell: Shell) -> None:
    shell.write('a.py', CLEAN)
    result = shell.check()
    assert (result.exit_code, result.stdout, result.stderr) == (0, 'All clear: 1 file.\n', '')


def test_findings_are_one(shell: Shell) -> None:
    shell.write('a.py', RERUN)
    result = shell.check('--output-format', 'concise')
    assert (result.exit_code, result.stderr) == (1, '')
    assert result.stdout.startswith('a.py:5:5: GK301 ')
    assert result.stdout.endswith('\nFound 1 finding in 1 of 1 file.\n')


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_judged(shell: Shell) -> None:
    shell.write('a.py', BROKEN)
    shell.write('b.py', RERUN)
    shell.write('c.py', '\0')
    assert shell.codes() == [('a.py', 'GK900'), ('b.py', 'GK301'), ('c.py', 'GK900')]


def test_exit_zero_hides_findings_but_no_failure(shell: Shell) -> None:
    shell.write('a.py', RERUN)
    assert shell.check('--exit-zero').exit_code == 0
    assert shell.check('--exit-zero', 'nothing').exit_code == 2


@pytest.mark.parametrize(
    ('arguments', 'message'),
    [
        (['nothing'], 'nothing: no such file or folder'),
        (['--select', 'GK399'], "--select: unknown rule 'GK399'; did you mean 'GK3"),
        (['--config', 'nothing.toml'], 'nothing.toml: it cannot be read: No such file or directory'),
        (['--output-format', 'yaml'], "'yaml' is not one of 'full', 'concise', 'json', 'jsonl', 'github', 'gitlab', 'azure', 'sarif'"),
        (['--jobs', '-1'], '-1 is not in the range'),
        (['--output-file', 'nowhere/report.md'], 'nowhere/report.md: there is no folder nowhere; make it first'),
        (['--output-file', 'report.txt'], 'report.txt: its name does not tell the format. End it in .sarif (sarif)'),
        (['--output-file', 'a.md', '--diff'], '--output-file has no report to write with --diff or --show-files'),
        (['--output-file', 'a.md', '--show-files'], '--output-file has no report to write with --diff or --show-files'),
        (['-', 'a.py'], '"-" cannot be combined with other paths'),
        (['--stdin-filename', 'a.py'], '--stdin-filename needs the path "-"'),
        (['--statistics', '--output-format', 'sarif'], '--statistics has no form for --output-format sarif'),
    ],
)
def test_wrong_use_is_two_with_a_message(shell: Shell, arguments: list[str], message: str) -> None:
    shell.write('a.py', CLEAN)
    result = shell.check(*arguments)
    assert (result.exit_code, result.stdout) == (2, '')
    assert message in result.stderr.replace('\n', ' ')
    assert 'Traceback' not in result.stderr


def test_a_broken_configuration_is_two(shell: Shell) -> None:
    file = shell.write('pyproject.toml', '[tool.gokart-lint]\nslect = []\n')
    result = shell.check()
    assert (result.exit_code, result.stdout) == (2, '')
    assert result.stderr == f"Error: {file}: [tool.gokart-lint] slect: unknown key; did you mean 'select'?\n"


def test_an_interrupt_is_130(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: Any, **keywords: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, 'check', interrupted)
    result = shell.check()
    assert (result.exit_code, result.stdout, result.stderr) == (130, '', 'Interrupted.\n')


def test_a_fault_of_ours_is_two_and_shown(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any, **keywords: Any) -> None:
        raise RuntimeError('impossible')

    monkeypatch.setattr(checking, 'check', broken)
    result = shell.check()
    assert result.exit_code == 2
    assert 'RuntimeError: impossible\nError: gokart-lint itself failed' in result.stderr


def test_a_reader_that_leaves_is_no_fault(shell: Shell) -> None:
    shell.write('a.py', CLEAN + 'x = 1  # noqa: GK301\n' * 3000)
    command = [sys.executable, '-m', 'gokart_lint', 'check', '--no-cache']
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=shell.folder) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b''


def test_a_character_that_the_terminal_lacks_is_spelled_out(shell: Shell) -> None:
    shell.write('a.py', RERUN.replace('rerun = True', "rerun = True; name = '葡萄'"))
    command = [sys.executable, '-m', 'gokart_lint', 'check', '--no-cache']
    done = subprocess.run(command, capture_output=True, cwd=shell.folder, env={**os.environ, 'PYTHONIOENCODING': 'ascii'}, check=False)
    assert (done.returncode, done.stderr) == (1, b'')
    assert b"name = '\\u8461\\u8404'" in done.stdout


def test_a_fresh_start_imports_nothing_heavy(shell: Shell) -> None:
    heavy = {'libcst', 'networkx', 'rich', 'difflib', 'tomllib', 'tempfile', 'xml.etree.ElementTree', 'html'}
    script = f'import sys; before = set(sys.modules); import gokart_lint.cli; print({heavy} & set(sys.modules) - before)'
    assert subprocess.run([sys.executable, '-c', script], capture_output=True, text=True, check=True).stdout == 'set()\n'


# --- What is judged ---------------------------------------------------------------------------------------------------


def test_rules_are_chosen(shell: Shell) -> None:
    shell.write('a.py', RERUN)
    assert shell.codes('--select', 'GK1, GK9') == []
    assert shell.codes('--select', 'GK1', '--select', 'GK3') == [('a.py', 'GK308'), ('a.py', 'GK301')]
    assert shell.codes('--ignore', 'GK3') == []
    shell.write('pyproject.toml', "[tool.gokart-lint]\nselect = ['GK1']\n")
    assert shell.codes() == []
    assert shell.codes('--extend-select', 'GK301') == [('a.py', 'GK301')]


def test_rules_can_be_left_out_in_some_files(shell: Shell) -> None:
    shell.write('tests/a.py', RERUN)
    shell.write('tests/b.py', IDLE)
    shell.write('b.py', RERUN)
    shell.write('pyproject.toml', "[tool.gokart-lint]\nper-file-ignores = { 'tests/**' = ['GK3'] }\n")
    assert shell.codes() == [('b.py', 'GK301')]


def test_comments_suppress(shell: Shell) -> None:
    shell.write('a.py', renamed(RERUN, 'a').replace('rerun = True', 'rerun = True  # noqa: GK301'))
    shell.write('b.py', renamed(RERUN, 'b').replace('rerun = True', 'rerun = True  # gokart-lint: ignore[GK301] a fixture'))
    shell.write('c.py', f'# gokart-lint: ignore[GK301] a fixture\n{renamed(RERUN, "c")}')
    shell.write('d.py', f'# noqa\n{renamed(RERUN, "d")}')
    shell.write('e.py', renamed(IDLE, 'e'))
    assert shell.codes() == [('d.py', 'GK301'), ('e.py', 'GK901')]


def test_files_can_be_shown(shell: Shell) -> None:
    shell.write('a.py', RERUN)
    shell.write('deep/b.py', CLEAN)
    assert (shell.check('--show-files').stdout, shell.check('--show-files').exit_code) == ('a.py\ndeep/b.py\n', 0)
    assert shell.check('--show-files', 'deep').stdout == 'deep/b.py\n'


@pytest.mark.parametrize('jobs', ['0', '1', '2'])
def test_the_number_of_processes_changes_nothing(shell: Shell, jobs: str) -> None:
    for name in 'abcdef':
        shell.write(f'{name}.py', renamed(RERUN, name))
    assert shell.codes('--jobs', jobs) == [(f'{name}.py', 'GK301') for name in 'abcdef']


# --- Reports ----------------------------------------------------------------------------------------------------------


def test_full_is_the_default_and_colourless_in_a_pipe(shell: Shell) -> None:
    shell.write('a.py', RERUN)
    assert '5 |     rerun = True\n  |     ^^^^^^^^^^^^\n' in shell.check().stdout
    assert '\x1b' not in shell.check().stdout
    assert '\x1b' in shell.check(FORCE_COLOR='1').stdout
    assert '\x1b' not in shell.check(FORCE_COLOR='1', NO_COLOR='1').stdout


def test_github_has_nothing_to_say_of_clean_files(shell: Shell) -> None:
    shell.write('a.py', CLEAN)
    assert shell.check('--output-format', 'github').output == ''


def test_a_bar_only_on_a_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert not isinstance(console.bar(), Bar)
    monkeypatch.setattr(sys, 'stderr', Terminal())
    assert isinstance(console.bar(), Bar)


def test_statistics(shell: Shell) -> None:
    shell.write('a.py', renamed(RERUN, 'a'))
    shell.write('b.py', renamed(RERUN, 'b'))
    shell.write('c.py', renamed(IDLE, 'c'))
    lines = shell.check('--statistics').stdout.splitlines()
    assert lines[:2] == ['2  GK301  rerun-enabled', '1  GK901  unused-suppression  (1 with --fix)']
    assert json.loads(shell.check('--statistics', '--output-format', 'json').stdout)[0]['count'] == 2


# --- Fixes ------------------------------------------------------------------------------------------------------------


def test_fix_writes_and_says_so(shell: Shell) -> None:
    path = shell.write('a.py', IDLE)
    other = shell.write('b.py', renamed(RERUN, 'b'))
    result = shell.check('--fix', '--output-format', 'concise')
    assert (path.read_text(), other.read_text()) == (CLEAN, renamed(RERUN, 'b'))
    assert (result.exit_code, result.stderr) == (1, 'Fixed 1 finding in 1 file (GK901 1).\n')
    assert result.stdout.startswith('b.py:5:5: GK301 ')


def test_when_all_is_fixed_the_status_is_zero(shell: Shell) -> None:
    shell.write('a.py', IDLE)
    result = shell.check('--fix')
    assert (result.exit_code, result.stdout) == (0, 'All clear: 1 file.\n')
    assert shell.check('--fix').stderr == ''


def test_fix_keeps_line_ends_and_byte_order_mark(shell: Shell) -> None:
    path = shell.write('a.py', '')
    path.write_bytes(b'\xef\xbb\xbf' + IDLE.replace('\n', '\r\n').encode())
    shell.check('--fix')
    assert path.read_bytes() == b'\xef\xbb\xbf' + CLEAN.replace('\n', '\r\n').encode()


def test_diff_shows_and_writes_nothing(shell: Shell) -> None:
    path = shell.write('a.py', IDLE)
    result = shell.check('--diff')
    assert path.read_text() == IDLE
    assert (result.exit_code, result.stderr) == (1, 'Would fix 1 finding in 1 file (GK901 1); 0 findings would be left.\n')
    assert result.stdout.splitlines()[:2] == ['--- a.py', '+++ a.py']
    assert result.stdout.splitlines()[-2:] == ["-        self.dump('wine')  # noqa: GK301", "+        self.dump('wine')"]


def test_diff_of_clean_files_is_empty(shell: Shell) -> None:
    shell.write('a.py', CLEAN)
    assert (shell.check('--diff').exit_code, shell.check('--diff').stdout) == (0, '')


def test_a_file_that_cannot_be_written_is_two(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: Any, **keywords: Any) -> None:
        raise PermissionError(13, 'Permission denied')

    path = shell.write('a.py', IDLE)
    monkeypatch.setattr(atomic, 'write', refused)
    result = shell.check('--fix')
    assert (result.exit_code, result.stderr) == (2, f'warning: {path}: it could not be written: Permission denied\n')
    assert path.read_text() == IDLE


# --- Standard input ---------------------------------------------------------------------------------------------------


def test_standard_input_is_judged_under_its_name(shell: Shell) -> None:
    shell.write('a.py', CLEAN)
    result = shell.check('-', '--stdin-filename', 'a.py', stdin=RERUN)
    assert result.exit_code == 1
    assert result.stdout.startswith('a.py:5:5: GK301 ')
    assert '5 |     rerun = True' in result.stdout


def test_standard_input_needs_no_name(shell: Shell) -> None:
    assert shell.check('-', '--output-format', 'concise', stdin=RERUN).stdout.startswith('stdin.py:5:5: GK301 ')
    assert shell.check('-', stdin=b'\xff').exit_code == 1


def test_standard_input_can_be_fixed(shell: Shell) -> None:
    path = shell.write('a.py', CLEAN)
    result = shell.check('-', '--fix', '--stdin-filename', 'a.py', stdin=IDLE)
    assert (result.exit_code, result.stdout) == (0, CLEAN)
    assert result.stderr == 'All clear: 1 file.\nFixed 1 finding in 1 file (GK901 1).\n'
    assert path.read_text() == CLEAN
    assert shell.check('-', '--fix', stdin=RERUN).stdout == RERUN
    assert shell.check('-', '--diff', stdin=IDLE).stdout.startswith('--- stdin.py\n+++ stdin.py\n')


# --- The cache --------------------------------------------------------------------------------------------------------


def test_the_cache_stands_beside_the_configuration_or_where_it_is_wanted(shell: Shell) -> None:
    shell.write('pyproject.toml', '[tool.gokart-lint]\n')
    shell.write('deep/a.py', RERUN)
    os.chdir('deep')
    expected = shell.check().stdout
    assert not list(shell.folder.glob('**/.gokart-lint-cache'))
    assert [shell.run('check').stdout for _ in range(2)] == [expected] * 2
    assert list(shell.folder.glob('**/.gokart-lint-cache')) == [shell.folder / '.gokart-lint-cache']
    assert shell.run('check', '--cache-dir', 'one').stdout == shell.run('check', GOKART_LINT_CACHE_DIR='two').stdout == expected
    assert (shell.folder / 'deep' / 'one').is_dir()
    assert (shell.folder / 'deep' / 'two').is_dir()


# --- The other commands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize('name', ['GK301', 'gk301', 'rerun-enabled'])
def test_explain(shell: Shell, name: str) -> None:
    result = shell.run('explain', name)
    assert result.exit_code == 0
    assert result.stdout.startswith('GK301 rerun-enabled\n\n')
    rule = next(rule for rule in all_rules() if rule.code == 'GK301')
    assert rule.documentation in result.stdout
    assert '# noqa: GK301' in result.stdout


def test_explain_of_an_unknown_rule(shell: Shell) -> None:
    result = shell.run('explain', 'rerun-enable')
    assert (result.exit_code, result.stdout) == (2, '')
    assert result.stderr == "Error: unknown rule 'rerun-enable'; did you mean 'GK301'? (`gokart-lint rules` lists them)\n"


def test_rules(shell: Shell) -> None:
    lines = shell.run('rules').stdout.splitlines()
    assert lines[0].split() == ['code', 'name', 'runs', 'fix', 'reports']
    assert [line.split()[:2] for line in lines[1:]] == [[rule.code, rule.name] for rule in all_rules()]
    found = json.loads(shell.run('rules', '--output-format', 'json').stdout)
    assert [each['code'] for each in found] == [rule.code for rule in all_rules()]


def test_settings(shell: Shell) -> None:
    assert shell.run('settings').stdout.startswith(f'# the defaults: no [tool.gokart-lint] here or above; root {shell.folder}\n')
    file = shell.write('pyproject.toml', "[tool.gokart-lint]\nselect = ['GK301']\n")
    lines = shell.run('settings', '--extend-select', 'GK901').stdout.splitlines()
    assert lines[:3] == [f'# from {file}', '[tool.gokart-lint]', 'select = ["GK301"]']
    assert lines[-1] == '# rules that run: GK301, GK901'


def test_version(shell: Shell) -> None:
    assert shell.run('--version').stdout == f'gokart-lint {__version__}\n'
