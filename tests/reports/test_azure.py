"""Azure's logging commands, read as the agent of Azure Pipelines reads a line."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gokart_lint.reports import render
from tests.reports.harness import finding, outcome

TOKENS = {'%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%AZP25': '%'}
"""What the agent puts back, the percent sign last."""
PREFIX = '##vso['


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Area and event, properties and data of the first command in a line: the agent looks no further than its first bracket."""
    start = line.index(PREFIX) + len(PREFIX)
    end = line.index(']', start)
    name, _, properties = line[start:end].partition(' ')
    pairs = (pair.partition('=') for pair in properties.split(';') if pair)
    return name, {key: unescaped(value) for key, _, value in pairs}, unescaped(line[end + 1 :])


def unescaped(text: str) -> str:
    for token, meant in TOKENS.items():
        text = text.replace(token, meant)
    return text


def test_a_finding_is_an_issue_of_the_build() -> None:
    assert render('azure', outcome(finding(), finding((1, 2, 3, 4), path='src/b.py', code='GK900', message='葡萄'))).split('\n') == [
        '##vso[task.logissue type=error;sourcepath=a.py;linenumber=2;columnnumber=7;code=GK101;]no expected_type',
        '##vso[task.logissue type=error;sourcepath=src/b.py;linenumber=1;columnnumber=2;code=GK900;]葡萄',
    ]
    assert render('azure', outcome()) == ''


def test_what_would_end_a_command_is_escaped() -> None:
    line = render('azure', outcome(finding(path='a;b]c%3B.py', message='100%25\r\n##vso[task.complete result=Failed;]%0A')))
    assert line == (
        '##vso[task.logissue type=error;sourcepath=a%3Bb%5Dc%AZP253B.py;linenumber=2;columnnumber=7;code=GK101;]'
        '100%AZP2525%0D%0A##vso[task.complete result=Failed;]%AZP250A'
    )


@given(
    st.text(st.characters(exclude_categories=['Cs'])),
    st.text(st.characters(exclude_categories=['Cs'], exclude_characters='/\\\0'), min_size=1),
)
def test_the_agent_reads_what_was_meant(message: str, name: str) -> None:
    line = render('azure', outcome(finding(message=message, path=f'src/{name}x')))
    assert '\n' not in line
    assert '\r' not in line
    event, properties, data = read(line)
    assert (event, properties['sourcepath'], properties['code']) == ('task.logissue', f'src/{name}x', 'GK101')
    assert data == message


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / '.git').mkdir()
    (tmp_path / 'jobs').mkdir()
    found = outcome(finding(), finding(path=str(tmp_path / 'b.py')), finding(path='/elsewhere/c.py'), folder=tmp_path / 'jobs')
    paths = [read(line)[1]['sourcepath'] for line in render('azure', found).split('\n')]
    assert paths == ['jobs/a.py', 'b.py', '/elsewhere/c.py']
