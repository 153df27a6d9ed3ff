"""The reader of Python's own trees and the reader of libcst's say the same, to the column."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest

from gokart_lint import facts
from gokart_lint.reading import syntax
from gokart_lint.reading.module import read_with_ast, read_with_libcst
from gokart_lint.reading.text import decode
from tests.reading.facts_compared import comparable, first_difference

STANDARD_LIBRARY = Path(sysconfig.get_paths()['stdlib'])
# libcst 1.9 loses the blank before the colon of `except (A, B) :`, which stands in webbrowser.py
FILES = sorted(path for path in STANDARD_LIBRARY.glob('[a-d]*.py') if path.name != 'webbrowser.py')

PROGRAM = '''\
"""A docstring."""  # noqa: GK101
# gokart-lint: ignore[GK201] 理由
import a.b, c as d
from . import e
from ..f import (g as h,
    i)
from j import *
if TYPE_CHECKING:
    import k
x: 'list[A]' = (1, 2, *y); z = w = -3
日本語, [q, *r] = f'{あ!r:>{幅}} {b.c(d)[e]}' 'tail' "more", b'bytes' b'more'
del (m), n[1:2, ::3], (o, p)

@dec(1)
@other
class 名前(Base[T], *bases, metaclass=Meta, **kw):
    """doc"""
    a = b = P(default=(yield_ := 3)); c: int
    if x and y and (z or w) or not v: d = ...
    else:
        class Inner: pass
    async def run(self, /, a: int = 1, *args: str, b, c=2, **kwargs) -> 'T':
        """doc"""
        async with a as b, c: await d
        async for i in range(3): continue
        else: pass
        return lambda x, /, *y, z=1, **w: (x, y)
    def generator(self):
        x = yield from self.load('k')  # gokart-lint: ignore[GK203]
        y = yield
        return [i async for i in x if i if y for j in i], {k: v for k, v in z}, {s for s in t}, f(g for g in h), ()
try:
    assert a < b <= c != d is not e not in f, 'm'
except (A, B) as error:
    raise X from error
except C: raise
else: global t
finally:
    while True: break
match command.split():
    case [a, *rest] | {'k': b, **more} | Point(x=0, y=c) as d if e: pass
    case 1 | -2 | 'x' | None | m.N: pass
    case _: pass
x @= y // z ** -w % (u << 1 >> 2 & 3 | 4 ^ ~5)
a if b else c; print(*d, e, **f); g(h)(i)[j, k,].l
big, imaginary, text = 99999999999999999999, 3j, '\\ud800'
'''


def same(source: str) -> None:
    with syntax.deep_recursion():
        tree = syntax.parse(source)
        by_ast, by_libcst = read_with_ast(source, tree), read_with_libcst(source)
        assert isinstance(by_libcst, facts.Module), by_libcst
        if by_ast is None:
            return  # libcst alone knows the places
        assert first_difference(comparable(by_ast), comparable(by_libcst)) == ''


def test_every_kind_of_code() -> None:
    same(PROGRAM)


@pytest.mark.parametrize('newline', ['\r\n', '\r'])
def test_line_ends(newline: str) -> None:
    same(PROGRAM.replace('\n', newline))


@pytest.mark.parametrize('start', range(0, len(FILES), 8))
def test_the_standard_library(start: int) -> None:
    for path in FILES[start : start + 8]:
        same(decode(path.read_bytes()).text)


def test_most_files_need_no_libcst() -> None:
    unsure = [path.name for path in FILES if read_with_ast(text := decode(path.read_bytes()).text, syntax.parse(text)) is None]
    assert len(unsure) <= (3 if sys.version_info < (3, 12) else 0), unsure


def test_what_only_a_newer_python_reads_comes_from_libcst() -> None:
    source = 'type X[T] = list[T]\nclass A[T](Base[T]):\n    def f[U: int](self, x: U) -> T: ...\n'
    found = read_with_libcst(source)
    assert isinstance(found, facts.Module)
    assert [each.name for each in found.classes] == ['A']
    assert found.classes[0].methods[0].formals[1].at == facts.Span(3, 25, 3, 26)
