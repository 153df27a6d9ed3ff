"""What each form of comment takes away, and what is said of those that take nothing away."""

from __future__ import annotations

import pytest

from gokart_lint import fixing, suppressions
from gokart_lint.facts import Comment, Span
from gokart_lint.findings import Finding

JUDGED = ('GK101', 'GK301', 'GK901')
CODE = 'x = f()  '


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small catalogue, so that these tests do not change when a rule is added."""
    rules = {'GK101': 'missing-expected-type', 'GK111': 'unforwarded-parameter', 'GK301': 'rerun-enabled', 'GK901': 'unused-suppression'}
    monkeypatch.setattr(suppressions, 'known_rules', lambda: rules)


def finding(code: str = 'GK101', line: int = 1, end_line: int | None = None, noqa_line: int = 0) -> Finding:
    return Finding('a.py', Span(line, 1, end_line or line, 4), code, 'name', 'message', noqa_line=noqa_line)


def comment(text: str, line: int = 1, *, heads_file: bool = False, column: int = len(CODE) + 1) -> Comment:
    column = 1 if heads_file else column
    return Comment(Span(line, column, line, column + len(text)), text, heads_file)


def judge(
    text: str, *findings: Finding, line: int = 1, heads_file: bool = False, judged: tuple[str, ...] = JUDGED
) -> tuple[list[str], list[str]]:
    """The codes that are kept, and the messages of the comments without use."""
    kept, unused = suppressions.apply(findings, [comment(text, line, heads_file=heads_file)], 'a.py', judged)
    return [each.code for each in kept], [each.message for each in unused]


@pytest.mark.parametrize(
    'text',
    [
        '# noqa: GK101',
        '# noqa:GK101',
        '#noqa:GK101',
        '# noqa : GK101',
        '# NOQA: gk101',
        '# noqa: E501,GK101',
        '# noqa: E501, GK101',
        '# noqa: E501 GK101',
        '# noqa: GK101 because it is old',
        '# noqa: GK101 - because it is old',
        '# noqa: GK1',
        '# noqa: GK',
        '# noqa',
        '# noqa because it is old',
        '# type: ignore[attr-defined]  # noqa: GK101',
        '# noqa: E501  # gokart-lint: ignore[GK101]',
        '# gokart-lint: ignore[GK101]',
        '# gokart-lint: ignore[GK101] the class is made at run time',
        '# gokart-lint: ignore[GK1] all of the wiring',
        '# gokart-lint:ignore[ GK101 , GK101 ]',
        '# gokart-lint: ignore[ALL]',
        '# gokart-lint: ignore',
    ],
)
def test_a_comment_suppresses_on_its_line(text: str) -> None:
    assert judge(text, finding()) == ([], [])
    assert judge(text, finding(), line=2)[0] == ['GK101']


@pytest.mark.parametrize(
    'text',
    [
        '# noqa: E501',
        '# noqa: GK301',
        '# see GK101 in the documentation',
        '# gokart-lint: GK101',
        '# gokart-lint: ignore[GK101',
        '# gokart-lint: ignored[GK101]',
        '# gokart-lint: ignore[]',
        '# ruff: noqa',
        '# flake8: noqa',
        '# ruff: noqa: E501',
        '# no noqa: GK101',
    ],
)
def test_other_comments_do_not(text: str) -> None:
    assert judge(text, finding())[0] == ['GK101']


@pytest.mark.parametrize('line', [3, 7, 9])
def test_the_first_line_the_last_line_and_the_line_that_the_finding_names(line: int) -> None:
    assert judge('# noqa: GK101', finding(line=3, end_line=7, noqa_line=9), line=line) == ([], [])


def test_not_the_lines_between() -> None:
    assert judge('# noqa: GK101', finding(line=3, end_line=7), line=5)[0] == ['GK101']


@pytest.mark.parametrize(
    'text',
    [
        '# noqa: GK101',
        '# gokart-lint: ignore[GK101] generated',
        '# gokart-lint: ignore-file[GK101] generated',
        '# flake8: noqa: GK101',
        '# ruff: noqa: E501, GK101',
    ],
)
def test_above_the_code_it_speaks_for_the_file(text: str) -> None:
    assert judge(text, finding(line=40), finding('GK301', line=41), heads_file=True) == (['GK301'], [])


def test_a_file_can_be_taken_out_altogether() -> None:
    assert judge('# gokart-lint: ignore-file', finding(line=40), finding('GK301', line=41), heads_file=True) == ([], [])


@pytest.mark.parametrize('text', ['# gokart-lint: ignore-file[GK101]', '# flake8: noqa: GK101', '# ruff: noqa: GK101'])
def test_what_says_file_speaks_for_it_from_anywhere(text: str) -> None:
    assert judge(text, finding(line=40), line=30) == ([], [])


@pytest.mark.parametrize('text', ['# noqa', '# gokart-lint: ignore', '# ruff: noqa', '# flake8: noqa'])
def test_above_the_code_a_bare_one_says_nothing(text: str) -> None:
    assert judge(text, finding(line=1), finding(line=40), heads_file=True) == (['GK101', 'GK101'], [])


# --- Those without use ------------------------------------------------------------------------------------------------


def test_each_code_without_use_is_a_finding_at_the_comment() -> None:
    text = '# noqa: E501, GK101, GK301'
    _, unused = suppressions.apply([finding('GK301')], [comment(text)], 'a.py', JUDGED)
    assert [(each.code, each.name, each.path, each.at, each.noqa_line) for each in unused] == [
        ('GK901', 'unused-suppression', 'a.py', comment(text).at, 1)
    ]
    assert unused[0].message == '`GK101` suppresses nothing on this line; remove it'


def test_of_a_file_the_message_says_so() -> None:
    assert judge('# gokart-lint: ignore-file[GK101]') == ([], ['`GK101` suppresses nothing in this file; remove it'])


@pytest.mark.parametrize('text', ['# noqa', '# noqa: E501', '# noqa: GK111', '# gokart-lint: ignore[GK111] r', '# noqa: GK1', '# noqa: GK'])
def test_left_alone(text: str) -> None:
    """A bare one, a foreign code, a rule that did not run, and a prefix that covers such a rule."""
    assert judge(text) == ([], [])


@pytest.mark.parametrize('code', ['GK999', 'GK77'])
def test_a_code_that_names_no_rule(code: str) -> None:
    message = f'`{code}` names no rule, so this comment suppresses nothing; remove it or correct it'
    assert judge(f'# noqa: {code}') == judge(f'# gokart-lint: ignore[{code}]') == ([], [message])


def test_a_strange_word_in_our_own_form_names_no_rule() -> None:
    assert judge('# gokart-lint: ignore[E501]')[1] == ['`E501` names no rule, so this comment suppresses nothing; remove it or correct it']


def test_a_prefix_all_of_whose_rules_ran() -> None:
    assert judge('# noqa: GK3') == ([], ['`GK3` suppresses nothing on this line; remove it'])


def test_nothing_is_said_if_the_rule_is_not_selected() -> None:
    assert judge('# noqa: GK101', judged=('GK101',)) == ([], [])


def test_it_cannot_suppress_itself() -> None:
    assert judge('# noqa: GK101, GK901')[1] == [
        '`GK101` suppresses nothing on this line; remove it',
        '`GK901` suppresses nothing on this line; remove it',
    ]
    assert len(judge('# gokart-lint: ignore[GK301]  # noqa')[1]) == 1


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        ('# noqa: GK101', 'x = f()'),
        ('# noqa: GK101, GK301', 'x = f()  # noqa: GK301'),
        ('# noqa: GK301, GK101', 'x = f()  # noqa: GK301'),
        ('# noqa: E501,GK101,GK301 reason', 'x = f()  # noqa: E501,GK301 reason'),
        ('# noqa: GK101 the reason stays', 'x = f()  # the reason stays'),
        ('# noqa: GK101 - the reason stays', 'x = f()  # the reason stays'),
        ('# type: ignore  # noqa: GK101', 'x = f()  # type: ignore'),
        ('# noqa: GK101  # type: ignore', 'x = f()  # type: ignore'),
        ('# one  # noqa: GK101  # two', 'x = f()  # one  # two'),
        ('# gokart-lint: ignore[GK101] with its reason', 'x = f()'),
        ('# gokart-lint: ignore[GK101, GK301] reason', 'x = f()  # gokart-lint: ignore[GK301] reason'),
        ('# gokart-lint: ignore[GK301, GK101] reason', 'x = f()  # gokart-lint: ignore[GK301] reason'),
        ('# gokart-lint: ignore[GK101] reason  # noqa: E501', 'x = f()  # noqa: E501'),
        ('# noqa: E501  # gokart-lint: ignore[GK101] reason', 'x = f()  # noqa: E501'),
    ],
)
def test_the_fix_removes_what_has_no_use(before: str, after: str) -> None:
    _, unused = suppressions.apply([finding('GK301')], [comment(before)], 'a.py', JUDGED)
    assert [each.fix is not None and each.fix.safe for each in unused] == [True]
    fixes = [each.fix for each in unused if each.fix]
    assert fixing.apply(f'{CODE}{before}\ny = 2\n', fixes) == f'{after}\ny = 2\n'


def test_the_fix_takes_a_line_that_held_nothing_else() -> None:
    _, unused = suppressions.apply([], [comment('# noqa: GK101', heads_file=True)], 'a.py', JUDGED)
    assert fixing.apply('# noqa: GK101\nx = 1\n', [each.fix for each in unused if each.fix]) == 'x = 1\n'
