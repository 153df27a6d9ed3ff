"""The comment of a pull request, rendered by markdown-it: what is shown, and that nothing in a name or message does any harm."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gokart_lint.findings import Finding
from gokart_lint.reports import render
from gokart_lint.reports.markdown import MOST_CHARACTERS, MOST_OPEN
from gokart_lint.reports.plain import harmless
from tests.reports.harness import FIX, UNSAFE, finding, outcome

URL = 'https://github.com/gokart-lint/gokart-lint/blob/main/docs/rules/GK101.md'
NOTHING = '\u200b'


class Page(HTMLParser):
    """What a reader sees: the text of each item and heading, what is code, and the tags that were used."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self.items: list[str] = []
        self.headings: list[str] = []
        self.code: list[str] = []
        self.live = ''
        """The text outside of code and links, where services look for names and numbers."""
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self._open: list[str] = []
        self.feed(MarkdownIt('commonmark').enable(['table', 'strikethrough']).render(report))
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._open.append(tag)
        if tag == 'li':
            self.items.append('')
        if tag in ('h2', 'h3', 'summary'):
            self.headings.append('')
        if tag == 'code':
            self.code.append('')
        if tag == 'a':
            self.links.append(dict(attrs)['href'])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag, texts in (('li', self.items), ('code', self.code)):
            if tag in self._open:
                texts[-1] += data
        if (self._open and self._open[0] in ('h2', 'h3')) or 'summary' in self._open:
            self.headings[-1] += data
        if not {'code', 'a'} & set(self._open):
            self.live += data


def page(*findings: Finding, files: int = 3) -> Page:
    return Page(render('markdown', outcome(*findings, files=files)))


def test_the_whole_report() -> None:
    report = render('markdown', outcome(finding(), finding((9, 1, 9, 2), FIX), finding(fix=UNSAFE, path='src/b.py'), files=40))
    assert report == (
        '<!-- gokart-lint -->\n'
        '## gokart-lint: 3 findings in 2 of 40 files\n'
        '\n'
        '1 can be fixed with `--fix`, 1 more with `--unsafe-fixes`.\n'
        '\n'
        '### `a.py`\n'
        '\n'
        '- 2:7 [GK101 missing-expected-type][GK101] no expected\\_type\n'
        '- 9:1 [GK101 missing-expected-type][GK101] no expected\\_type (`--fix`)\n'
        '\n'
        '### `src/b.py`\n'
        '\n'
        '- 2:7 [GK101 missing-expected-type][GK101] no expected\\_type (`--fix --unsafe-fixes`)\n'
        '\n'
        f'[GK101]: {URL}'
    )
    assert Page(report).links == [URL] * 3
    assert Page(report).headings == ['gokart-lint: 3 findings in 2 of 40 files', 'a.py', 'src/b.py']
    assert Page(report).items[0] == '2:7 GK101 missing-expected-type no expected_type'


def test_clean_files_are_said_to_be_clean() -> None:
    assert render('markdown', outcome(files=40)) == '<!-- gokart-lint -->\n## gokart-lint: all clear\n\n40 files, no findings.'


def test_many_findings_are_folded_by_file() -> None:
    many = [finding((line, 1, line, 2), path=f'{name}.py') for name in ('a&b', '`c`') for line in range(1, MOST_OPEN)]
    shown = page(*many)
    assert shown.headings[1:] == ['a&b.py: 19 findings', '`c`.py: 19 findings']
    assert {'details', 'summary', 'li'} <= shown.tags
    assert len(shown.items) == len(many)
    assert 'details' not in page(*many[:MOST_OPEN]).tags


@pytest.mark.parametrize(
    'text',
    [
        '@octocat and @org/team, a@b.c',
        '#123, o/r#4, GH-5, gh-6, !7, ~label, $8',
        'https://github.com/o/r/issues/1 http://x www.github.com',
        'see https://github.com/o/r/pull/1#issuecomment-2',
        't[a:x:b] :tada:',
        '$x$ and $y$',
    ],
)
def test_nobody_is_called_and_nothing_is_linked(text: str) -> None:
    shown = page(finding(message=text))
    assert shown.live.replace(NOTHING, '').endswith(f'{text}\n\n')
    assert not re.search(r'[@#!~$]\w|GH-\d|://|www\.|:\w+:', shown.live, re.IGNORECASE)


def test_what_stands_between_backticks_is_code() -> None:
    shown = page(finding(message='`@requires(A|B)` and `x_y``<b>` but no ` here *'))
    assert shown.code == ['a.py', '@requires(A|B)', 'x_y', '<b>']
    assert shown.items[0].endswith(f' @requires(A|B) and x_y{NOTHING}<b> but no ` here *')


@pytest.mark.parametrize(
    'path', ['`a`.py', '``.py', 'a b.py ', ' <b>.py', 'a\nb.py', '葡萄/読む.py', '@octocat/#1.py', '[x](y).py', 'a|b.py']
)
def test_any_path_is_a_heading(path: str) -> None:
    assert page(finding(path=path)).headings[1:] == [harmless(path)]
    folded = page(*[finding(path=path)] * (MOST_OPEN + 1))
    assert folded.headings[1:] == [f'{harmless(path)}: 21 findings']


@given(st.text(st.sampled_from('ab1_*`[]()<>&|\\~#@!:/$-+.=" 葡')))
def test_any_message_is_shown_as_it_is(message: str) -> None:
    shown = page(finding(message=message))
    expected = re.sub('`([^`]+)`', r'\1', message)
    assert shown.tags <= {'h2', 'h3', 'ul', 'li', 'a', 'code'}
    assert len(shown.items) == 1
    assert shown.items[0].replace(NOTHING, '').split() == f'2:7 GK101 missing-expected-type {expected}'.split()


@pytest.mark.parametrize(
    ('findings', 'files', 'message'), [(3000, 10, '葡萄' * 20), (3000, 3000, 'x'), (200, 1, '_' * 3000), (70, 70, '<' * 1900)]
)
def test_a_comment_is_never_too_long_and_says_what_it_leaves_off(findings: int, files: int, message: str) -> None:
    many = [finding(path=f'src/{number * files // findings}.py', message=message) for number in range(findings)]
    report = render('markdown', outcome(*many))
    assert MOST_CHARACTERS * 0.9 < len(report) <= MOST_CHARACTERS
    shown = Page(report)
    left = re.search(r'\*\*(\d+) more findings\*\* left off', report)
    assert left
    assert len(shown.items) + int(left[1]) == findings
    assert shown.links == [URL] * len(shown.items)
    assert report.count('<details>') == report.count('</details>') <= files


def test_nothing_is_left_off_where_there_is_room() -> None:
    report = render('markdown', outcome(*[finding()] * 100))
    assert 'left off' not in report
    assert len(Page(report).items) == 100
