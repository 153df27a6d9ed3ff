"""`--output-file`: which form a file gets, that the terminal keeps its own, and that a file is there whole or not at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gokart_lint import atomic
from gokart_lint.reports import FORMATS
from gokart_lint.reports.files import destinations
from tests.reports.harness import check

CLEAN = """\
import gokart


class Load(gokart.TaskOnKart[str]):
    def run(self):
        self.dump('葡萄')
"""
RERUN = CLEAN.replace('    def run', '    rerun = True\n\n    def run')


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ('FORCE_COLOR', 'NO_COLOR'):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding='utf-8')


# --- Which form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('text', 'form', 'path'),
    [
        ('report.sarif', 'sarif', 'report.sarif'),
        ('report.SARIF', 'sarif', 'report.SARIF'),
        ('report.sarif.json', 'sarif', 'report.sarif.json'),
        ('report.json', 'json', 'report.json'),
        ('report.jsonl', 'jsonl', 'report.jsonl'),
        ('report.xml', 'junit', 'report.xml'),
        ('report.md', 'markdown', 'report.md'),
        ('gitlab:gl-code-quality.json', 'gitlab', 'gl-code-quality.json'),
        ('concise:report', 'concise', 'report'),
        ('rdjson:./a:b.md', 'rdjson', './a:b.md'),
        ('./a:b.md', 'markdown', './a:b.md'),
        ('葡萄 報告.md', 'markdown', '葡萄 報告.md'),
        (r'C:\out.sarif', 'sarif', r'C:\out.sarif'),
        (r'd:out.json', 'json', r'd:out.json'),
        (r'gitlab:C:\out.json', 'gitlab', r'C:\out.json'),
        ('.json', 'json', '.json'),
    ],
)
def test_the_name_tells_the_form(text: str, form: str, path: str) -> None:
    (found,) = destinations([text])
    assert (found.format, found.path) == (form, Path(path))


FORMS = 'full, concise, json, jsonl, github, gitlab, azure, sarif, rdjson, junit, markdown'
ENDINGS = '.sarif (sarif), .jsonl (jsonl), .json (json), .xml (junit), .md (markdown)'


@pytest.mark.parametrize(
    ('texts', 'message'),
    [
        (
            ['report.txt'],
            f'report.txt: its name does not tell the format. End it in {ENDINGS}, or write FORMAT:PATH, such as "gitlab:report.txt"; '
            f'the formats are {FORMS}.',
        ),
        (['yaml:out.json'], f'yaml:out.json: there is no format \'yaml\' ({FORMS}); a path with a colon begins with "./".'),
        (['Json:out.json'], f'Json:out.json: there is no format \'Json\' ({FORMS}); a path with a colon begins with "./".'),
        (['json:'], 'json: names no file; what is printed follows --output-format.'),
        (['json:-'], 'json:- names no file; what is printed follows --output-format.'),
        (['sarif:.'], '.: it is a folder; name a file in it.'),
        (['nowhere/deep/a.md'], 'nowhere/deep/a.md: there is no folder nowhere/deep; make it first.'),
        (['a.md', 'gitlab:./a.md'], 'a.md is named twice: each report needs a file of its own.'),
    ],
)
def test_what_means_nothing_is_said_at_once(texts: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=f'^{re.escape(message)}$'):
        destinations(texts)


def test_wrong_use_ends_before_anything_is_done() -> None:
    write('a.py', RERUN)
    result = check('--output-file', 'good.md', '--output-file', 'report.txt', '--fix')
    assert (result.exit_code, result.stdout) == (2, '')
    assert "Invalid value for '--output-file': report.txt: its name does not tell the format." in result.stderr
    assert os.listdir() == ['a.py']


# --- What is written --------------------------------------------------------------------------------------------------


def test_the_terminal_keeps_its_own_form() -> None:
    write('a.py', RERUN)
    alone = check('--output-format', 'concise')
    result = check('--output-format', 'concise', '--output-file', 'report.sarif', '--output-file', 'gitlab:quality.json')
    assert (result.exit_code, result.stdout, result.stderr) == (1, alone.stdout, '')
    assert json.loads(Path('report.sarif').read_text())['runs'][0]['results'][0]['ruleId'] == 'GK301'
    assert json.loads(Path('quality.json').read_text())[0]['check_name'] == 'GK301'


@pytest.mark.parametrize('name', FORMATS)
def test_a_file_holds_what_would_be_printed(name: str) -> None:
    write('a.py', RERUN)
    write('b.py', 'import gokart\n\nclass Load(:\n')
    printed = check('--output-format', name)
    written = check('--output-file', f'{name}:out', env={'FORCE_COLOR': '1'})
    assert written.exit_code == printed.exit_code == 1
    assert Path('out').read_bytes().decode() == printed.stdout
    assert 'GK900' in printed.stdout
    assert 'GK301' in printed.stdout


@pytest.mark.parametrize(
    ('name', 'empty'),
    [
        ('full', 'All clear: 1 file.\n'),
        ('concise', 'All clear: 1 file.\n'),
        ('json', '[]\n'),
        ('jsonl', ''),
        ('github', ''),
        ('gitlab', '[]\n'),
        ('azure', ''),
        ('sarif', None),
        ('rdjson', None),
        ('junit', None),
        ('markdown', '<!-- gokart-lint -->\n## gokart-lint: all clear\n\n1 file, no findings.\n'),
    ],
)
def test_without_findings_a_file_is_written_too(name: str, empty: str | None) -> None:
    write('a.py', CLEAN)
    write('out', 'the report of yesterday')
    result = check('--output-file', f'{name}:out')
    assert (result.exit_code, result.stdout) == (0, 'All clear: 1 file.\n')
    text = Path('out').read_text()
    assert text == (check('--output-format', name).stdout if empty is None else empty)


def test_statistics_are_for_the_terminal() -> None:
    write('a.py', RERUN)
    result = check('--statistics', '--output-file', 'report.jsonl')
    assert result.stdout.startswith('1  GK301  rerun-enabled\n')
    assert json.loads(Path('report.jsonl').read_text())['code'] == 'GK301'


def test_what_is_fixed_is_in_no_report() -> None:
    write('a.py', RERUN.replace("'葡萄')", "'葡萄')  # noqa: GK201"))
    assert check('--fix', '--output-file', 'report.jsonl').exit_code == 1
    assert [json.loads(line)['code'] for line in Path('report.jsonl').read_text().splitlines()] == ['GK301']


def test_the_text_of_standard_input_is_reported_to_files(folder: Path) -> None:
    result = check('-', '--fix', '--stdin-filename', 'a.py', '--output-file', 'report.md', input=RERUN)
    assert result.stdout == RERUN
    assert '- 5:5 [GK301 rerun-enabled]' in (folder / 'report.md').read_text()


# --- Whole or not at all ----------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_is_two_and_keeps_no_other_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, data: bytes) -> None:
        if path == Path('refused.md'):
            raise PermissionError(13, 'Permission denied')
        written(path, data)

    written = atomic.write
    monkeypatch.setattr(atomic, 'write', refused)
    write('a.py', RERUN)
    result = check('--output-format', 'concise', '--output-file', 'refused.md', '--output-file', 'report.md', '--exit-zero')
    assert (result.exit_code, result.stderr) == (2, 'Error: refused.md: the report could not be written: Permission denied\n')
    assert result.stdout.startswith('a.py:5:5: GK301 ')
    assert sorted(os.listdir()) == ['a.py', 'report.md']


@pytest.mark.skipif(not os.path.isdir('/proc'), reason='the file system of the kernel, in which nobody may write, is one of Linux')
def test_a_place_that_is_read_only_is_one_message() -> None:
    write('a.py', RERUN)
    result = check('--output-format', 'concise', '--output-file', '/proc/report.md')
    assert result.exit_code == 2
    assert result.stderr.startswith('Error: /proc/report.md: the report could not be written: ')
    assert result.stderr.count('\n') == 1
    assert result.stdout.startswith('a.py:5:5: GK301 ')


def test_an_old_report_stays_whole_when_the_new_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, 'No space left on device')

    write('a.py', RERUN)
    write('report.md', 'the report of yesterday')
    monkeypatch.setattr(os, 'replace', full)
    result = check('--output-file', 'report.md')
    assert (result.exit_code, result.stderr) == (2, 'Error: report.md: the report could not be written: No space left on device\n')
    assert Path('report.md').read_text() == 'the report of yesterday'
    assert sorted(os.listdir()) == ['a.py', 'report.md']


@pytest.mark.skipif(sys.platform == 'win32', reason='Windows has no such name for a pipe')
def test_a_pipe_can_be_written_to() -> None:
    write('a.py', RERUN)
    command = [sys.executable, '-m', 'gokart_lint', 'check', '--no-cache', '--output-file', 'concise:/dev/stderr']
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b'a.py:5:5: GK301 ')


def test_a_reader_that_leaves_takes_no_file_with_it(folder: Path) -> None:
    write('a.py', CLEAN + 'x = 1  # noqa: GK301\n' * 3000)
    command = [sys.executable, '-m', 'gokart_lint', 'check', '--no-cache', '--output-file', 'report.jsonl']
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        process.wait(60)
    assert len((folder / 'report.jsonl').read_text().splitlines()) == 3000
