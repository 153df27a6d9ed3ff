"""Bytes to text, as Python itself decodes source, and the places in it."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gokart_lint.facts import Span
from gokart_lint.reading.text import Lines, Source, Undecodable, decode

JAPANESE = '日本語'


@pytest.mark.parametrize(
    ('data', 'text', 'encoding'),
    [
        (b'', '', 'utf-8'),
        (b'x = 1', 'x = 1', 'utf-8'),
        (codecs.BOM_UTF8 + b'x = 1', 'x = 1', 'utf-8'),
        (codecs.BOM_UTF8 + b'# coding: utf-8\n', '# coding: utf-8\n', 'utf-8'),
        (codecs.BOM_UTF8 + b'# coding: utf-8-sig\n', '# coding: utf-8-sig\n', 'utf-8'),
        (b'# coding: utf_8_sig\n', '# coding: utf_8_sig\n', 'utf-8'),
        (JAPANESE.encode(), JAPANESE, 'utf-8'),
        (b'# coding: latin-1\n\xe9', '# coding: latin-1\né', 'iso8859-1'),
        (b'# -*- coding: latin-1 -*-\n\xe9', '# -*- coding: latin-1 -*-\né', 'iso8859-1'),
        (b'# vim: set fileencoding=latin-1 :\n\xe9', '# vim: set fileencoding=latin-1 :\né', 'iso8859-1'),
        (b'#!/usr/bin/python\n# coding: latin-1\n\xe9', '#!/usr/bin/python\n# coding: latin-1\né', 'iso8859-1'),
        (b'\n# coding: latin-1\n\xe9', '\n# coding: latin-1\né', 'iso8859-1'),
        (b'\x0c# coding: latin-1\n\xe9', '\x0c# coding: latin-1\né', 'iso8859-1'),
        (b'#\r# coding: latin-1\r\xe9', '#\r# coding: latin-1\ré', 'iso8859-1'),
        (b'#\r\n# coding: latin-1\r\n\xe9', '#\r\n# coding: latin-1\r\né', 'iso8859-1'),
        (b'# coding: latin-1-unix\n\xe9', '# coding: latin-1-unix\né', 'iso8859-1'),
        (b'# coding: iso_latin_1-dos\n\xe9', '# coding: iso_latin_1-dos\né', 'iso8859-1'),
        (b'# coding: utf-8-unix\n', '# coding: utf-8-unix\n', 'utf-8'),
        (b'# coding: UTF_8-mac\n', '# coding: UTF_8-mac\n', 'utf-8'),
        (f'# coding: cp932\n{JAPANESE}'.encode('cp932'), f'# coding: cp932\n{JAPANESE}', 'cp932'),
        (f'# coding: euc-jp\n{JAPANESE}'.encode('euc-jp'), f'# coding: euc-jp\n{JAPANESE}', 'euc_jp'),
        (f'# coding: iso-2022-jp\n{JAPANESE}'.encode('iso-2022-jp'), f'# coding: iso-2022-jp\n{JAPANESE}', 'iso2022_jp'),
        (b'x = 1\n# coding: nonsense\n', 'x = 1\n# coding: nonsense\n', 'utf-8'),
        (b'\n\n# coding: nonsense\n', '\n\n# coding: nonsense\n', 'utf-8'),
        (b'"""\n# coding: nonsense\n"""', '"""\n# coding: nonsense\n"""', 'utf-8'),
        (b'# coding = nonsense\n', '# coding = nonsense\n', 'utf-8'),
    ],
)
def test_decode(data: bytes, text: str, encoding: str) -> None:
    source = decode(data)
    assert (source.text, source.encoding) == (text, encoding)
    assert source.encode(text) == data


@pytest.mark.parametrize(
    ('data', 'at', 'reason'),
    [
        (
            b'x = "\xff"\n',
            Span(1, 6, 1, 7),
            'byte 0xff is not text in utf-8; save the file in that encoding or declare its own in the first line',
        ),
        (
            b'a\r\nb\rc\n"\xe3\x81',
            Span(4, 2, 4, 3),
            'byte 0xe3 is not text in utf-8; save the file in that encoding or declare its own in the first line',
        ),
        (
            b'# coding: ascii\n\xe9',
            Span(2, 1, 2, 2),
            'byte 0xe9 is not text in ascii; save the file in that encoding or declare its own in the first line',
        ),
        (b'# coding: klingon\n', Span(1, 1, 1, 18), "it declares the unknown encoding 'klingon'"),
        (b'#!x\n# coding: klingon', Span(2, 1, 2, 18), "it declares the unknown encoding 'klingon'"),
        (b'# coding: rot13\n', Span(1, 1, 1, 16), "it declares 'rot13', which is no text encoding"),
        (b'# coding: hex\n', Span(1, 1, 1, 14), "it declares 'hex', which is no text encoding"),
        (codecs.BOM_UTF8 + b'# coding: latin-1\n', Span(1, 1, 1, 18), "it starts with a UTF-8 byte order mark but declares 'latin-1'"),
        (b'a\nb\0', Span(2, 2, 2, 3), 'it holds NUL bytes, so it is no Python source in an encoding that Python reads'),
        ('x = 1'.encode('utf-16'), Span(1, 4, 1, 5), 'it holds NUL bytes, so it is no Python source in an encoding that Python reads'),
        ('あ'.encode('utf-16'), Span(1, 1, 1, 2), 'it holds NUL bytes, so it is no Python source in an encoding that Python reads'),
        (b'# coding: undefined\n', Span(1, 1, 1, 1), 'it is not text in undefined: '),
        (
            b'x = "\xed\xa0\x80"',
            Span(1, 6, 1, 7),
            'byte 0xed is not text in utf-8; save the file in that encoding or declare its own in the first line',
        ),
    ],
)
def test_undecodable(data: bytes, at: Span, reason: str) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(data)
    assert caught.value.at == at
    assert caught.value.reason == reason if not reason.endswith(': ') else caught.value.reason.startswith(reason)


def test_a_codec_that_is_not_made_for_source_code() -> None:
    with pytest.raises(Undecodable, match='not text in punycode'):
        decode(b'# coding: punycode\n')


def test_a_text_that_the_encoding_cannot_hold() -> None:
    with pytest.raises(UnicodeEncodeError):
        decode(b'# coding: latin-1\n').encode(JAPANESE)


@pytest.mark.parametrize(
    ('text', 'newline'), [('', '\n'), ('a', '\n'), ('a\r\nb\n', '\r\n'), ('a\nb\r\n', '\n'), ('a\rb', '\r'), ('\x0ca\u2028b\n', '\n')]
)
def test_newline(text: str, newline: str) -> None:
    assert Source(text, 'utf-8').newline == newline


def test_lines() -> None:
    lines = Lines('a\r\nbc\rd\x0ce\u2028f\x85g\n\nh')
    assert [lines.line(number) for number in range(1, len(lines.starts) + 1)] == ['a', 'bc', 'd\x0ce\u2028f\x85g', '', 'h']
    assert [lines.place(offset) for offset in (0, 1, 3, 5, 6, 14)] == [(1, 1), (1, 2), (2, 1), (2, 3), (3, 1), (4, 1)]
    assert lines.span(3, 5) == Span(2, 1, 2, 3)


@given(st.text(alphabet='ab日𝔘\r\n\x0c\u2028 ', max_size=40))
def test_places_and_offsets_are_each_others_inverse(text: str) -> None:
    lines = Lines(text)
    assert [lines.offset(*lines.place(offset)) for offset in range(len(text) + 1)] == list(range(len(text) + 1))


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    with contextlib.suppress(Undecodable):
        source = decode(data)
        assert source.encode(source.text) == data


@pytest.mark.filterwarnings('ignore')  # some codecs warn
@given(
    st.sampled_from(
        ['ascii', 'cp932', 'euc-jp', 'iso-2022-jp', 'utf-7', 'utf-16', 'idna', 'punycode', 'unicode_escape', 'big5', 'mbcs', 'x', 'utf-8-']
    ),
    st.binary(),
)
def test_any_bytes_in_any_encoding(name: str, data: bytes) -> None:
    with contextlib.suppress(Undecodable):
        assert isinstance(decode(f'# coding: {name}\n'.encode() + data).text, str)
