"""GitLab's Code Quality report, read by the published fields, and its fingerprints over real edits of real files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from gokart_lint.findings import Finding
from gokart_lint.reports import render
from tests.reports.harness import check, finding, outcome


class Lines(msgspec.Struct, forbid_unknown_fields=True):
    begin: int
    end: int


class Location(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    lines: Lines


class Violation(msgspec.Struct, forbid_unknown_fields=True):
    description: str
    check_name: str
    fingerprint: str
    severity: Literal['info', 'minor', 'major', 'critical', 'blocker']
    location: Location


def read(report: str | bytes) -> list[Violation]:
    """GitLab keeps one violation for each fingerprint."""
    found = msgspec.json.decode(report, type=list[Violation])
    return list({each.fingerprint: each for each in found}.values())


def gitlab(*findings: Finding, folder: Path = Path('/work')) -> list[Violation]:
    return read(render('gitlab', outcome(*findings, folder=folder)))


def test_a_finding_is_a_violation() -> None:
    (each,) = gitlab(finding((1, 7, 2, 12), message='葡萄 has none'))
    assert (each.description, each.check_name, each.severity) == ('葡萄 has none', 'GK101', 'major')
    assert each.location == Location('a.py', Lines(1, 2))
    assert '葡萄' in render('gitlab', outcome(finding(message='葡萄 has none')))
    assert render('gitlab', outcome()) == '[]'


@pytest.mark.parametrize(('code', 'severity'), [('GK900', 'blocker'), ('GK203', 'major'), ('GK405', 'minor'), ('GK901', 'info')])
def test_the_severity_says_what_is_at_stake(code: str, severity: str) -> None:
    assert [each.severity for each in gitlab(finding(code=code))] == [severity]


def test_equal_findings_are_not_taken_for_one() -> None:
    found = [finding((1, 7, 1, 8)), finding((1, 7, 1, 8)), finding((2, 7, 2, 8)), finding(path='b.py'), finding(code='GK102')]
    assert len(gitlab(*found)) == 5
    assert gitlab(*found) == gitlab(*found)


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / '.git').write_text('gitdir: ../x')
    (tmp_path / 'jobs').mkdir()
    below = gitlab(finding(), finding(path=str(tmp_path / 'b.py')), finding(path='/elsewhere/c.py'), folder=tmp_path / 'jobs')
    assert [each.location.path for each in below] == ['jobs/a.py', 'b.py', '/elsewhere/c.py']
    above = gitlab(finding(path='jobs/a.py'), folder=tmp_path)
    assert above[0].fingerprint == below[0].fingerprint


# --- Fingerprints -----------------------------------------------------------------------------------------------------

TASKS = """\
import gokart


class Load(gokart.TaskOnKart[list[int]]):
    rerun = True

    def run(self):
        self.dump([n * 2 for n in self.load()])


class Twice(gokart.TaskOnKart[str]):
    rerun = True

    def run(self):
        self.dump('wine')  # noqa: GK101
"""


def fingerprints(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, int]]:
    """What the command reports of a file: code and line by fingerprint."""
    monkeypatch.chdir(folder)
    (folder / 'tasks.py').write_text(text, encoding='utf-8')
    report = check('--output-format', 'gitlab').stdout
    return {each.fingerprint: (each.check_name, each.location.lines.begin) for each in read(report)}


def test_fingerprints_outlive_lines_that_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints(tmp_path, TASKS, monkeypatch)
    assert sorted(code for code, _ in before.values()) == ['GK201', 'GK301', 'GK301', 'GK901']
    moved = fingerprints(tmp_path, TASKS.replace('import gokart\n', 'import os\n\nimport gokart\n\nHERE = os.getcwd()\n'), monkeypatch)
    assert moved == {print_: (code, line + 4) for print_, (code, line) in before.items()}
    indented = fingerprints(tmp_path, TASKS.replace('    rerun', '    if True:\n        rerun', 1), monkeypatch)
    assert indented.keys() == before.keys()


def test_fingerprints_tell_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints(tmp_path, TASKS, monkeypatch)
    more = fingerprints(
        tmp_path,
        f"{TASKS}\n\nclass Thrice(gokart.TaskOnKart[str]):\n    rerun = True\n\n    def run(self):\n        self.dump('')\n",
        monkeypatch,
    )
    assert before.keys() < more.keys()
    assert [more[each] for each in more.keys() - before.keys()] == [('GK301', 19)]
    fewer = fingerprints(tmp_path, TASKS.replace('    rerun = True\n', '', 1), monkeypatch)
    assert fewer.keys() < before.keys()
    assert [before[each] for each in before.keys() - fewer.keys()] == [('GK301', 5)]
