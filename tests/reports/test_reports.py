"""How each report looks, and that nothing in a name or a line can break it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gokart_lint.findings import Finding
from gokart_lint.reports import FORMATS, render, statistics
from gokart_lint.rules.registry import all_rules
from tests.reports.harness import FIX, UNSAFE, finding, outcome


def full(*findings: Finding, **given: Any) -> str:
    return render('full', outcome(*findings, **given))


# --- full -------------------------------------------------------------------------------------------------------------


def test_full_shows_place_source_fix_and_next_step() -> None:
    assert full(finding(), finding((1, 7, 1, 8), FIX), finding(fix=UNSAFE, path='b.py')) == (
        'a.py:2:7: GK101 no expected_type\n'
        '  |\n'
        '2 |     x = f()\n'
        '  |       ^^^^^\n'
        '  |\n'
        '  = help: gokart-lint explain GK101\n'
        '\n'
        'a.py:1:7: GK101 no expected_type\n'
        '  |\n'
        '1 | class A:\n'
        '  |       ^\n'
        '  |\n'
        '  = fix available: Name `Load` (--fix)\n'
        '  = help: gokart-lint explain GK101\n'
        '\n'
        'b.py:2:7: GK101 no expected_type\n'
        '  |\n'
        '2 |     x = f()\n'
        '  |       ^^^^^\n'
        '  |\n'
        '  = fix available: Make it static (--fix --unsafe-fixes)\n'
        '  = help: gokart-lint explain GK101\n'
        '\n'
        'Found 3 findings in 2 of 3 files; 1 can be fixed with --fix, 1 more with --unsafe-fixes.'
    )


def shown(source: str, at: tuple[int, int, int, int]) -> list[str]:
    """The lines between the two bars, without the margin."""
    lines = full(finding(at), source=source).split('\n\n')[0].split('\n')
    return [line.partition('|')[2].removeprefix(' ') for line in lines[2:-2]]


@pytest.mark.parametrize(
    ('source', 'at', 'expected'),
    [
        ('\tx = 1', (1, 2, 1, 3), ['    x = 1', '    ^']),
        ('x =\t1', (1, 5, 1, 6), ['x =    1', '       ^']),
        ("葡萄 = f('酒', 1)", (1, 8, 1, 11), ["葡萄 = f('酒', 1)", '         ^^^^']),
        ("x = '\u3000', 1", (1, 10, 1, 11), ["x = '\u3000', 1", '          ^']),
        ("e\u0301 = f('a\u200b')", (1, 6, 1, 7), ["e\u0301 = f('a\\u200b')", '    ^']),
        ("x = '\x1b[31m', 1", (1, 13, 1, 14), ["x = '\\x1b[31m', 1", ' ' * 15 + '^']),
        ('def f(', (1, 7, 1, 8), ['def f(', '      ^']),
        ('x = f(\n    1,\n)', (1, 5, 3, 2), ['x = f(', '    ^^', '    1,', '    ^^', ')', '^']),
        ('x = f()\ny', (1, 5, 2, 1), ['x = f()', '    ^^^']),
        ('a\n\nb', (1, 1, 3, 2), ['a', '^', '', '^', 'b', '^']),
    ],
)
def test_the_carets_stand_under_what_is_meant(source: str, at: tuple[int, int, int, int], expected: list[str]) -> None:
    assert shown(source, at) == expected


def test_a_long_finding_is_cut() -> None:
    lines = shown('\n'.join('abcdefghi'), (1, 1, 9, 2))
    assert lines[:-1] == ['a', '^', 'b', '^', 'c', '^', 'd', '^', 'e', '^']
    assert full(finding((1, 1, 9, 2)), source='\n'.join('abcdefghi')).splitlines()[12] == '. |'


def test_a_long_line_is_cut_around_the_place() -> None:
    text, carets = shown('a' * 5000 + 'b' + 'a' * 5000, (1, 5001, 1, 5002))
    assert len(text) == 162
    assert (text[0], text[carets.index('^')], text[-1]) == ('…', 'b', '…')


def test_without_the_source_the_rest_is_shown() -> None:
    assert full(finding((9, 1, 9, 2)), files=1) == (
        'a.py:9:1: GK101 no expected_type\n  = help: gokart-lint explain GK101\n\nFound 1 finding in 1 of 1 file.'
    )


def test_colours_only_where_they_are_wanted() -> None:
    assert '\x1b' not in full(finding(), finding(fix=FIX))
    assert '\x1b[1ma.py\x1b[0m' in full(finding(), colour=True)


@pytest.mark.parametrize(
    ('findings', 'files', 'line'),
    [
        ((), 40, 'All clear: 40 files.'),
        ((), 1, 'All clear: 1 file.'),
        ((), 0, 'All clear: 0 files.'),
        ((finding(fix=UNSAFE), finding()), 40, 'Found 2 findings in 1 of 40 files; 1 can be fixed with --fix --unsafe-fixes.'),
        ((finding(fix=FIX),), 40, 'Found 1 finding in 1 of 40 files; 1 can be fixed with --fix.'),
    ],
)
def test_the_closing_line(findings: tuple[Finding, ...], files: int, line: str) -> None:
    assert full(*findings, files=files).splitlines()[-1] == render('concise', outcome(*findings, files=files)).splitlines()[-1] == line


# --- concise ----------------------------------------------------------------------------------------------------------


def test_concise_is_one_line_a_finding_whatever_is_in_it() -> None:
    report = render('concise', outcome(finding(), finding(path='a\nb.py', message='no `\x1b[2J`\r\n')))
    assert report.splitlines()[:-1] == ['a.py:2:7: GK101 no expected_type', 'a\\nb.py:2:7: GK101 no `\\x1b[2J`\\r\\n']


# --- json -------------------------------------------------------------------------------------------------------------


def test_json_has_the_shape_of_ruff() -> None:
    assert json.loads(render('json', outcome(finding(), finding(fix=FIX, noqa_line=4, path='/other/b.py')))) == [
        {
            'cell': None,
            'code': 'GK101',
            'name': 'missing-expected-type',
            'message': 'no expected_type',
            'filename': '/work/a.py',
            'location': {'row': 2, 'column': 7},
            'end_location': {'row': 2, 'column': 12},
            'fix': None,
            'noqa_row': 2,
            'url': 'https://github.com/gokart-lint/gokart-lint/blob/main/docs/rules/GK101.md',
        },
        {
            'cell': None,
            'code': 'GK101',
            'name': 'missing-expected-type',
            'message': 'no expected_type',
            'filename': '/other/b.py',
            'location': {'row': 2, 'column': 7},
            'end_location': {'row': 2, 'column': 12},
            'fix': {
                'applicability': 'safe',
                'message': 'Name `Load`',
                'edits': [
                    {'content': 'expected_type=Load', 'location': {'row': 2, 'column': 11}, 'end_location': {'row': 2, 'column': 11}}
                ],
            },
            'noqa_row': 4,
            'url': 'https://github.com/gokart-lint/gokart-lint/blob/main/docs/rules/GK101.md',
        },
    ]


def test_json_says_unsafe_and_an_empty_list() -> None:
    assert json.loads(render('json', outcome(finding(fix=UNSAFE))))[0]['fix']['applicability'] == 'unsafe'
    assert render('json', outcome()) == '[]'


# --- jsonl ------------------------------------------------------------------------------------------------------------


def test_jsonl_has_the_objects_of_json_on_a_line_each() -> None:
    found = outcome(finding(message='葡萄\n\u2028'), finding(fix=FIX), finding(fix=UNSAFE, path='/other/b.py'))
    lines = render('jsonl', found).split('\n')
    assert [json.loads(line) for line in lines] == json.loads(render('json', found))
    assert '葡萄' in lines[0]
    assert render('jsonl', outcome()) == ''


# --- github -----------------------------------------------------------------------------------------------------------


def test_github_commands_are_escaped() -> None:
    report = render('github', outcome(finding(path='a,b:c%.py', message='100%\r\n::error::x'), finding((1, 2, 3, 4))))
    assert report.split('\n') == [
        '::error title=gokart-lint (GK101),file=a%2Cb%3Ac%25.py,line=2,endLine=2,col=7,endColumn=12::100%25%0D%0A::error::x',
        '::error title=gokart-lint (GK101),file=a.py,line=1,endLine=3::no expected_type',
    ]
    assert render('github', outcome()) == ''


def test_github_knows_files_by_where_they_lie_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / '.git').mkdir()
    (tmp_path / 'jobs').mkdir()
    lines = render('github', outcome(finding(), finding(path='../b.py'), folder=tmp_path / 'jobs')).split('\n')
    assert [line.split(',')[1] for line in lines] == ['file=jobs/a.py', 'file=b.py']


# --- sarif ------------------------------------------------------------------------------------------------------------


def sarif(*findings: Finding) -> dict[str, Any]:
    log = json.loads(render('sarif', outcome(*findings)))
    assert (log['version'], len(log['runs'])) == ('2.1.0', 1)
    run: dict[str, Any] = log['runs'][0]
    return run


def test_sarif_describes_every_rule() -> None:
    driver = sarif()['tool']['driver']
    assert [rule['id'] for rule in driver['rules']] == [rule.code for rule in all_rules()]
    assert (driver['name'], sarif()['columnKind'], sarif()['results']) == ('gokart-lint', 'unicodeCodePoints', [])
    for rule in driver['rules']:
        assert rule['help']['text']
        assert rule['shortDescription']['text'].endswith('.')
        assert rule['helpUri'].endswith(f'{rule["id"]}.md')


def test_sarif_results_point_at_rule_and_place() -> None:
    run = sarif(finding(code='GK901', path='src/a b#ü.py', fix=FIX), finding(code='GK900', path='/else/c.py', fix=UNSAFE))
    first, second = run['results']
    assert run['tool']['driver']['rules'][first['ruleIndex']]['id'] == first['ruleId'] == 'GK901'
    artifact = {'uri': 'src/a%20b%23%C3%BC.py', 'uriBaseId': '%SRCROOT%'}
    region = {'startLine': 2, 'startColumn': 7, 'endLine': 2, 'endColumn': 12}
    assert first['locations'] == [{'physicalLocation': {'artifactLocation': artifact, 'region': region}}]
    assert (first['level'], first['message']) == ('error', {'text': 'no expected_type'})
    replacement = {
        'deletedRegion': {'startLine': 2, 'startColumn': 11, 'endLine': 2, 'endColumn': 11},
        'insertedContent': {'text': 'expected_type=Load'},
    }
    changes = [{'artifactLocation': artifact, 'replacements': [replacement]}]
    assert first['fixes'] == [{'description': {'text': 'Name `Load`'}, 'artifactChanges': changes}]
    assert second['locations'][0]['physicalLocation']['artifactLocation'] == {'uri': 'file:///else/c.py'}
    assert second['fixes'][0]['description'] == {'text': 'Make it static (unsafe)'}


# --- all --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize('name', FORMATS)
def test_a_name_that_is_no_text_breaks_no_report(name: str) -> None:
    render(name, outcome(finding(path='a\udc80.py', message='`\udc80`'))).encode()


def test_statistics_count_most_first() -> None:
    findings = [finding(), *[finding(code='GK301', name='rerun-enabled', fix=FIX)] * 10, finding(code='GK102', name='b', fix=UNSAFE)]
    assert statistics.render(outcome(*findings, finding(code='GK102', name='b', fix=FIX))) == (
        '10  GK301  rerun-enabled  (10 with --fix)\n'
        ' 2  GK102  b  (1 with --fix, 1 with --unsafe-fixes)\n'
        ' 1  GK101  missing-expected-type\n'
        'Found 13 findings in 1 of 3 files; 11 can be fixed with --fix, 1 more with --unsafe-fixes.'
    )
    assert json.loads(statistics.render(outcome(*findings), as_json=True))[0] == {
        'code': 'GK301',
        'name': 'rerun-enabled',
        'count': 10,
        'fixable': True,
        'fixable_count': 10,
    }
    assert statistics.render(outcome()) == 'All clear: 3 files.'
