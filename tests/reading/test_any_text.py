"""Whatever the bytes of a file are, they give facts or a reason."""

from __future__ import annotations

import codecs
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gokart_lint import facts
from gokart_lint.facts import Unreadable
from gokart_lint.reading.module import read, survey


@pytest.mark.parametrize(
    'data',
    [
        b'',
        b'\n',
        b'\r',
        b'\r\n',
        b'#',
        b'\\',
        b'\\\n',
        b'\t',
        b'   ',
        b'\x0c',
        b'\x0c\n',
        b'\x1a',
        b'x=1\n\x1a',
        codecs.BOM_UTF8,
        b'pass',
        b'"""',
        b"'",
        b'\xef\xbb',
        b'\xff\xfe',
        b'x=1;',
        b';',
        b'x = \\\n1',
        b'if 1:\n\tx\n        y\n',
        b'if 1:\n        x\n\ty\n',
        b'@',
        b'def',
        b'class',
        b'import',
        b'from',
        b'x.',
        b'f(',
        b'0_',
        b'1e',
        b'0x',
        b'...',
        b'*',
        b'**',
        b':=',
        b'->',
        b'!',
        b'$',
        b'?',
        b'`',
        b'f"',
        b't"',
        b'rb"',
        b'b"\\x"',
        b'lambda',
        b'yield',
        'x\u2028= 1'.encode(),
        'x\xa0= 1'.encode(),
        '￥'.encode(),
        'タスク＝１'.encode(),
        b'async',
        b'await',
        b'print "x"',
        b'match',
        b'case',
        b'type',
        b'\0',
    ],
)
def test_any_scrap(data: bytes) -> None:
    found = read(data)
    assert isinstance(found, (facts.Module, Unreadable))
    for full in (True, False):
        assert (survey(data, full=full).unreadable is None) is isinstance(found, facts.Module)


PIECES = st.sampled_from(
    [
        'x',
        ' ',
        '\n',
        '    ',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        ':',
        '=',
        ',',
        '.',
        '"',
        "'",
        '"""',
        'f"',
        '\\',
        '#',
        'def f',
        'class A',
        'import a',
        'if x',
        '1',
        '@',
        '*',
        'あ',
        '\r',
        '\x0c',
        '\t',
        'lambda ',
        'type X',
        'match x',
        'noqa',
    ]
)


@given(st.lists(PIECES, max_size=25).map(''.join))
def test_any_text(text: str) -> None:
    found = read(text.encode())
    if isinstance(found, facts.Module):
        assert facts.decode(facts.encode(found)) == found


def test_damaged_files() -> None:
    """A real file with pieces cut out, doubled and replaced."""
    text = Path(random.__file__).read_text(encoding='utf-8')[:6000]
    chance = random.Random(3)
    for _ in range(60):
        start = chance.randrange(len(text))
        end = start + chance.randrange(1, 30)
        damaged = text[:start] + chance.choice(['', text[start:end] * 2, '\0', '}', '"', '\udcff', '\\']) + text[end:]
        found = read(damaged.encode('utf-8', 'surrogateescape'))
        if isinstance(found, Unreadable):
            assert 1 <= found.at.line <= damaged.count('\n') + 2


def test_python_2() -> None:
    for text in (
        'print "x"\n',
        'raise E, "x"\n',
        'x = 0777\n',
        'x = ur"a"\n',
        'exec "x"\n',
        'def f((a, b)): pass\n',
        'x = 10L\n',
        'if a <> b: pass\n',
    ):
        assert isinstance(read(text.encode()), Unreadable), text


def test_the_running_python_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'libcst', None)
    assert isinstance(read(b'class A(gokart.TaskOnKart): ...\n'), facts.Module)
