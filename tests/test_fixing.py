"""Edits to one text, rounds over files, and what reaches the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gokart_lint import atomic, fixing
from gokart_lint.checking import Checked
from gokart_lint.facts import Span
from gokart_lint.findings import Edit, Finding, Fix
from gokart_lint.reading.text import Lines, decode


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit(Span(line, column, end_line, end_column), text)


def fix(*edits: Edit, safe: bool = True) -> Fix:
    return Fix('Mend it', edits, safe)


# --- One text ---------------------------------------------------------------------------------------------------------


def test_edits_are_made_whatever_their_order() -> None:
    fixes = [fix(edit(2, 1, 2, 4, 'TWO')), fix(edit(1, 1, 1, 4, 'ONE'), edit(3, 1, 3, 1, '> '))]
    assert fixing.apply('one\ntwo\nthree\n', fixes) == fixing.apply('one\ntwo\nthree\n', fixes[::-1]) == 'ONE\nTWO\n> three\n'


def test_of_two_that_meet_the_upper_one_is_made_and_the_other_not_even_in_part() -> None:
    fixes = [fix(edit(1, 3, 1, 6, 'X'), edit(2, 1, 2, 2, 'Y')), fix(edit(1, 1, 1, 4, 'Z'))]
    assert fixing.apply('abcdef\ng\n', fixes) == 'Zdef\ng\n'


def test_two_that_touch_wait_for_each_other() -> None:
    assert fixing.apply('abcd', [fix(edit(1, 1, 1, 3, '1')), fix(edit(1, 3, 1, 5, '2'))]) == '1cd'


def test_an_insertion_that_two_findings_need_is_made_once() -> None:
    fixes = [fix(edit(1, 1, 1, 1, 'import a\n'), edit(line, 1, line, 2, 'y')) for line in (1, 2)]
    assert (
        fixing.apply('z\nx\nx\n', [fix(edit(1, 1, 1, 1, 'import a\n'), edit(line, 1, line, 2, 'y')) for line in (2, 3)])
        == 'import a\nz\ny\ny\n'
    )
    assert fixing.apply('x\nx\n', fixes).count('import a') == 1


def test_different_insertions_at_one_place_wait_for_each_other() -> None:
    assert fixing.apply('x\n', [fix(edit(1, 1, 1, 1, 'b\n')), fix(edit(1, 1, 1, 1, 'a\n'))]) == 'a\nx\n'


def test_a_fix_whose_own_edits_overlap_is_not_made() -> None:
    assert fixing.apply('abcd', [fix(edit(1, 1, 1, 3, '1'), edit(1, 2, 1, 4, '2'))]) == 'abcd'


@pytest.mark.parametrize(('text', 'end'), [('a\r\nb\r\n', '\r\n'), ('a\rb\r', '\r'), ('a\nb\n', '\n'), ('ab', '\n')])
def test_inserted_lines_end_as_the_file_does(text: str, end: str) -> None:
    assert fixing.apply(text, [fix(edit(1, 1, 1, 1, 'x\ny\r\nz'))]) == f'x{end}y{end}z{text}'


def test_only_real_line_ends_count() -> None:
    assert fixing.apply('a\x0cb\u2028c\x85d\x1ce\nx\n', [fix(edit(2, 1, 2, 2, 'y'))]) == 'a\x0cb\u2028c\x85d\x1ce\ny\n'


def test_columns_count_characters() -> None:
    assert fixing.apply('葡萄酒 = 1\n', [fix(edit(1, 7, 1, 8, '2'))]) == '葡萄酒 = 2\n'


@pytest.mark.parametrize(
    ('text', 'at', 'after'),
    [
        ('x = 1  # c\ny\n', (1, 8, 1, 11), 'x = 1\ny\n'),
        ('x = 1\t# c\r\ny\r\n', (1, 7, 1, 10), 'x = 1\r\ny\r\n'),
        ('    # c\ny\n', (1, 5, 1, 8), 'y\n'),
        ('a\n    # c\r\ny\n', (2, 5, 2, 8), 'a\ny\n'),
        ('a\n# c', (2, 1, 2, 4), 'a\n'),
        ('a  # c', (1, 4, 1, 7), 'a'),
        ('# c', (1, 1, 1, 4), ''),
        ('a, b\nc\n', (1, 2, 1, 4), 'ab\nc\n'),
        ('a\nb\n\nc\n', (2, 1, 3, 1), 'a\n\nc\n'),
        ('a\nb\nc\n', (2, 1, 3, 2), 'a\n'),
        ('a\nb', (2, 1, 3, 1), 'a\n'),
    ],
)
def test_a_deletion_leaves_no_blanks_and_no_empty_line(text: str, at: tuple[int, int, int, int], after: str) -> None:
    assert fixing.apply(text, [fix(edit(*at, ''))]) == after


@pytest.mark.parametrize(
    ('text', 'at', 'new', 'after'),
    [
        ('f(\n  a,  # why\n  b\n)\n', (2, 3, 3, 3), '', 'f(\n  # why\n  b\n)\n'),
        ('f(a, # why\r\n    # and\r\n\tb)', (1, 3, 3, 2), '*, ', 'f(# why\r\n    # and\r\n\t*, b)'),
        ('f(a="#",\r b)', (1, 3, 2, 2), '', 'f(b)'),
        ("f(a='''#\n''', # why\nb)\n", (1, 3, 3, 1), '', 'f(# why\nb)\n'),
        ('a\n# c\nb\n', (2, 1, 2, 4), '', 'a\nb\n'),
    ],
)
def test_a_comment_inside_what_is_replaced_stays(text: str, at: tuple[int, int, int, int], new: str, after: str) -> None:
    assert fixing.apply(text, [fix(edit(*at, new))]) == after


@pytest.mark.parametrize(
    ('text', 'column', 'after'),
    [
        ('\t\tx\n', 3, '\t\t@y\n\t\tx\n'),
        ('  x\n', 3, '  @y\n  x\n'),
        ('\x0c x\r', 3, '\x0c @y\r\x0c x\r'),
        ('\tax\n', 3, '\ta@y\n  x\n'),
    ],
)
def test_a_line_that_is_put_in_is_indented_like_its_neighbour(text: str, column: int, after: str) -> None:
    assert fixing.apply(text, [fix(edit(1, column, 1, column, '@y\n  '))]) == after


@given(
    st.text('ab\n\r \u3042', max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.text('xy', max_size=3)), max_size=6),
)
def test_whatever_the_fixes_are_the_order_that_they_come_in_does_not_matter(text: str, edits: list[tuple[int, int, str]]) -> None:
    lines = Lines(text)
    fixes = []
    for one, other, new in edits:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        fixes.append(fix(Edit(lines.span(start, end), new)))
    assert fixing.apply(text, fixes) == fixing.apply(text, fixes[::-1])


# --- Files ------------------------------------------------------------------------------------------------------------

Rule = Callable[[str], list[tuple[str, Fix]]]


def replacing(code: str, old: str, new: str, *, safe: bool = True) -> Rule:
    """A rule that reports a word and replaces it."""

    def rule(text: str) -> list[tuple[str, Fix]]:
        lines, found, start = Lines(text), [], text.find(old)
        while start >= 0:
            found.append((code, fix(Edit(lines.span(start, start + len(old)), new), safe=safe)))
            start = text.find(old, start + len(old))
        return found

    return rule


class Files:
    """A folder of files and rules that judge them as `checking` would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rules: list[Rule] = []

    def write(self, name: str, data: bytes) -> Path:
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def check(self, overlay: Mapping[Path, bytes]) -> Checked:
        findings = []
        for path in sorted(self.folder.glob('*.py')):
            text = decode(overlay[path] if path in overlay else path.read_bytes()).text
            for rule in self.rules:
                for code, mending in rule(text):
                    findings.append(Finding(path.name, mending.edits[0].at, code, 'name', 'message', mending))
        return Checked(findings=tuple(findings), files=tuple(path.name for path in sorted(self.folder.glob('*.py'))), warnings=())

    def fix(self, *rules: Rule, unsafe: bool = False, parses: Callable[[bytes], bool] = lambda data: True) -> fixing.Fixed:
        self.rules = list(rules)
        return fixing.fix(self.check, self.folder, unsafe=unsafe, parses=parses)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_rounds_go_on_until_nothing_changes(files: Files) -> None:
    path = files.write('a.py', b'one\n')
    fixed = files.fix(replacing('GK101', 'one', 'two'), replacing('GK102', 'two', 'three'))
    assert (fixed.before, fixed.after) == ({path: b'one\n'}, {path: b'three\n'})
    assert (fixed.found, fixed.checked.findings, fixed.applied) == (1, (), {'GK101': 1, 'GK102': 1})
    assert path.read_bytes() == b'one\n'
    assert fixing.write(fixed) == ()
    assert path.read_bytes() == b'three\n'


def test_unsafe_fixes_only_on_demand(files: Files) -> None:
    path = files.write('a.py', b'one\n')
    assert files.fix(replacing('GK101', 'one', 'two', safe=False)).after == {}
    assert files.fix(replacing('GK101', 'one', 'two', safe=False), unsafe=True).after == {path: b'two\n'}


def test_what_never_settles_is_said_and_bounded(files: Files) -> None:
    files.write('a.py', b'a\n')
    fixed = files.fix(lambda text: replacing('GK101', 'a', 'b')(text) or replacing('GK102', 'b', 'a')(text))
    assert fixed.messages == (f'after {fixing.MAX_ROUNDS} rounds the fixes of GK101 still find something to change',)
    assert fixed.after == {}


def test_a_result_that_does_not_parse_is_thrown_away_and_the_rule_named(files: Files) -> None:
    path = files.write('a.py', b'one two\n')
    other = files.write('b.py', b'one\n')
    fixed = files.fix(replacing('GK101', 'one', '1'), replacing('GK102', 'two', '!'), parses=lambda data: b'!' not in data)
    assert fixed.after == {path: b'1 two\n', other: b'1\n'}
    assert fixed.messages == ('a.py: the fix of GK102 was not made: the file would no longer parse',)
    assert [finding.code for finding in fixed.checked.findings] == ['GK102']
    assert fixed.applied == {'GK101': 2}


def test_alone_it_is_said_once(files: Files) -> None:
    files.write('a.py', b'two\n')
    assert len(files.fix(replacing('GK102', 'two', '!'), parses=lambda data: b'!' not in data).messages) == 1


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        (b'\xef\xbb\xbfone\r\nx\r\n', b'\xef\xbb\xbf2\r\n3\r\nx\r\n'),
        ('# coding: shift_jis\none  # 葡萄\n'.encode('shift_jis'), '# coding: shift_jis\n2\n3  # 葡萄\n'.encode('shift_jis')),
        (b'# coding: latin-1\rone \xe9\r', b'# coding: latin-1\r2\r3 \xe9\r'),
    ],
)
def test_encoding_mark_and_line_ends_stay(files: Files, before: bytes, after: bytes) -> None:
    path = files.write('a.py', before)
    assert files.fix(replacing('GK101', 'one', '2\n3')).after == {path: after}


def test_a_text_that_the_encoding_cannot_hold_is_not_written(files: Files) -> None:
    files.write('a.py', b'# coding: latin-1\none\n')
    fixed = files.fix(replacing('GK101', 'one', '葡萄'))
    assert fixed.after == {}
    assert fixed.messages == ('a.py: the fix of GK101 was not made: iso8859-1, the encoding of the file, cannot hold the new text',)


def test_a_file_that_vanishes_before_it_is_mended_is_said(files: Files) -> None:
    path = files.write('a.py', b'one\n')

    def vanishing(text: str) -> list[tuple[str, Fix]]:
        path.unlink()
        return replacing('GK101', 'one', '1')(text)

    fixed = files.fix(vanishing)
    assert fixed.after == {}
    assert fixed.messages == ('a.py: the fix of GK101 was not made: No such file or directory',)


def test_a_file_can_become_empty(files: Files) -> None:
    path = files.write('a.py', b'one\n')
    assert files.fix(replacing('GK101', 'one', '')).after == {path: b''}


def test_the_diff_is_one_that_patch_takes(files: Files) -> None:
    files.write('a.py', b'x\none\r\nlast')
    files.write('b.py', b'one')
    fixed = files.fix(replacing('GK101', 'one', '1'))
    assert fixing.diff(fixed, files.folder) == (
        '--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n x\n-one\r\n+1\r\n last\n\\ No newline at end of file\n'
        '--- b.py\n+++ b.py\n@@ -1 +1 @@\n-one\n\\ No newline at end of file\n+1\n\\ No newline at end of file\n'
    )


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(files: Files) -> None:
    path = files.write('a.py', b'one\n')
    fixed = files.fix(replacing('GK101', 'one', '1'))
    path.write_bytes(b'mine\n')
    assert fixing.write(fixed) == (f'{path}: it was changed by somebody else meanwhile and is left as it is',)
    assert path.read_bytes() == b'mine\n'


def test_one_that_vanished_is_said_and_the_others_are_written(files: Files) -> None:
    gone, other = files.write('a.py', b'one\n'), files.write('b.py', b'one\n')
    fixed = files.fix(replacing('GK101', 'one', '1'))
    gone.unlink()
    assert fixing.write(fixed) == (f'{gone}: it could not be written: No such file or directory',)
    assert other.read_bytes() == b'1\n'


# --- The disk ---------------------------------------------------------------------------------------------------------


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / 'file.py', tmp_path / 'link.py'
    file.write_bytes(b'old')
    file.chmod(0o750)
    link.symlink_to('file.py')
    atomic.write(link, b'new')
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode), link.is_symlink()) == (b'new', 0o750, True)
    assert sorted(tmp_path.iterdir()) == [file, link]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / 'usual').write_bytes(b'')
    atomic.write(tmp_path / 'new', b'data', durable=False)
    assert (tmp_path / 'new').read_bytes() == b'data'
    assert (tmp_path / 'new').stat().st_mode == (tmp_path / 'usual').stat().st_mode


@pytest.mark.parametrize('error', [OSError('no space'), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(handle: int) -> None:
        raise error

    (tmp_path / 'a').write_bytes(b'old')
    monkeypatch.setattr(os, 'fsync', fail)
    with pytest.raises(type(error)):
        atomic.write(tmp_path / 'a', b'new')
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [('a', b'old')]


def test_a_device_stays_a_device() -> None:
    atomic.write(Path(os.devnull), b'data')
    assert not stat.S_ISREG(os.stat(os.devnull).st_mode)
