"""What is Python, what it imports, and what is too deep to be read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest

from gokart_lint import facts, walking
from gokart_lint.facts import Span, Unreadable
from gokart_lint.reading.module import read, read_with_libcst, survey
from gokart_lint.reading.syntax import LONG_CHAIN, MAX_DEPTH, NotPython, deep_recursion, imports, parse

DEEP = f'its code is nested deeper than {MAX_DEPTH} levels'


def imported(text: str) -> list[tuple[str, str | None, int]]:
    return [(each.module, each.name, each.level) for each in imports(parse(text), text)]


def test_imports_wherever_they_stand() -> None:
    text = (
        'import a, b.c as d\nfrom e import f, g as h\nfrom . import i\nfrom ..j.k import *\n'
        'if x:\n import l\nelse:\n import m\ntry:\n import n\nexcept E:\n import o\nelse:\n import p\nfinally:\n import q\n'
        'for y in z:\n import r\nelse:\n import s\nwith t:\n import t\nwhile u:\n import u\nmatch v:\n case 1:\n  import v\n'
        'def f():\n import w\n class C:\n  import x\n  async def g(self):\n   import y\n'
    )
    assert imported(text) == [
        ('a', None, 0), ('b.c', None, 0), ('e', 'f', 0), ('e', 'g', 0), ('', 'i', 1), ('j.k', '*', 2),
        *((name, None, 0) for name in 'lmnopqrstuvwxy'),
    ]  # fmt: skip


@pytest.mark.parametrize('text', ['import a\nclass A[T]: import b\n', 'import a\nx = 1\ntype X = int\ndef f():\n  import b\n'])
def test_imports_of_a_newer_python(text: str) -> None:
    said = survey(text.encode(), full=False)
    assert said.unreadable is None
    assert {each.module for each in said.imports} == {'a', 'b'}


@pytest.mark.parametrize(
    ('text', 'at'),
    [
        ('x = (\n', (1, 5)),
        ('x = 1\ny = = 2\n', (2, 5)),
        ("x = 'abc\n", (1, 5)),
        ('if 1:\nx\n', (2, 1)),
        ('if 1:\n  x\n y\n', (3, 3)),
        ('あ = = 1', (1, 5)),
        ('x = 1\r\ny = = 2', (2, 5)),
        ('x = 1\ry = = 2', (2, 5)),
        ('x = {{ cookiecutter.y }} z\n', None),
        ('import {{cookiecutter.name}}.tasks\n', (1, 8)),
        ('{% if x %}\nx = 1\n{% endif %}\n', (1, 2)),
        ('print "x"\n', None),
        ('exec "x" in y\n', None),
        ('raise E, "x"\n', (1, 8)),
        ('x = 0777\n', None),
        ('x = `y`\n', (1, 5)),
        ('x <> y\n', None),
        ('def f((a, b)): pass\n', None),
        ('<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main\n', (1, 1)),
        ('x = $\n', (1, 5)),
        ('x = 1\u2028y = 2\n', None),
        ('\ufeff\ufeffx = 1\n', (1, 1)),  # one is a byte order mark
    ],
)
def test_what_is_no_python(text: str, at: tuple[int, int] | None) -> None:
    found = read(text.encode())
    assert isinstance(found, Unreadable)
    assert found.reason
    assert at is None or (found.at.line, found.at.column) == at
    assert found.at == Span(found.at.line, found.at.column, found.at.line, found.at.column + 1)
    assert survey(text.encode(), full=True) == survey(text.encode(), full=False)
    assert survey(text.encode(), full=False).unreadable == found


@pytest.mark.parametrize(
    'text',
    [
        r"x = 'C:\Users\me'",
        r"x = '\x4'",
        r"x = '\N{no such name}'",
        "x = b'é'",
        f'x = {"1" * 5000}',
        'x = 0777',
        '"\\u12"',
        r'f"{x}\N{no}"',
        r'x = "a" "\U0011ffff"',
    ],
)
def test_a_literal_that_no_python_reads(text: str) -> None:
    """libcst parses them, and fails when it is asked for their value."""
    for source in (text, f'type X = int\n{text}', f'def f[T]():\n    return g({text.removeprefix("x = ")})'):
        assert isinstance(read(source.encode()), Unreadable), source


def test_a_message_and_its_place() -> None:
    with pytest.raises(NotPython) as caught:
        parse('x = 1\ny = (1,\n')
    assert (caught.value.reason, caught.value.at) == ("'(' was never closed", Span(2, 5, 2, 6))


# --- depth ------------------------------------------------------------------------------------------------------------


NESTS: dict[str, Callable[[int], str]] = {
    'brackets': lambda count: '(' * count + '1' + ')' * count,
    'sum': lambda count: '+'.join(['1'] * count),
    'lists': lambda count: '[' * count + ']' * count,
    'not': lambda count: 'not ' * count + '1',
    'minus': lambda count: '-' * count + '1',
    'attributes': lambda count: 'a' + '.b' * count,
    'calls': lambda count: 'a' + '()' * count,
    'subscripts': lambda count: 'a' + '[0]' * count,
    'lambdas': lambda count: 'lambda: ' * count + '1',
    'arguments': lambda count: 'f(' * count + ')' * count,
    'conditions': lambda count: '1 if 1 else ' * count + '1',
    'powers': lambda count: '2**' * count + '2',
    'strings': lambda count: '("a"' + ' "a"' * count + ')',
    'flat': lambda count: '[' + '1,' * count + ']',
    'comparison': lambda count: '<'.join(['1'] * (count + 1)),
}
PLACES = {
    'value': 'x = {}\n',
    'default': 'def f(a={}): pass\n',
    'decorator': '@f({})\ndef g(): pass\n',
    'base': 'class A(f({})): pass\n',
    'with': 'with {}: pass\n',
    'guard': 'match x:\n    case 1 if {}: pass\n',
    'handler': 'try: pass\nexcept f({}): pass\n',
    'annotation': 'x: f({}) = 1\n',
    'lambda': 'x = lambda a={}: 1\n',
    'returned': 'def f():\n    return {}\n',
    'lines': 'x = (\n    {}\n)\n',
    'narrow end': 'x = ({}\n)\n',
    'test': 'if 1: pass\nelif {}:\n    pass\n',
    'lines of a test': 'while (\n    {}\n):\n    pass\n',
    'loop': 'for x in {}:\n    y = 1\n',
    'first decorator': '@f({})\n@a\n@b\ndef g():\n    pass\n',
    'method decorator': 'class A:\n    @f({})\n    def g(self): pass\n',
}


@pytest.mark.parametrize('place', PLACES)
@pytest.mark.parametrize('nest', NESTS)
@pytest.mark.parametrize('count', [150, 3000, 12_000])
def test_nests_end_in_facts_or_in_a_reason(nest: str, place: str, count: int) -> None:
    found = read(PLACES[place].format(NESTS[nest](count)).encode())
    if isinstance(found, Unreadable):
        assert count > 150
        assert nest not in ('strings', 'flat', 'comparison', 'sum')
        return
    with deep_recursion():
        assert facts.decode(facts.encode(found)) == found
        assert list(walking.everything(found.body)) is not None


@pytest.mark.parametrize('count', [LONG_CHAIN - 1, LONG_CHAIN, LONG_CHAIN + 1, MAX_DEPTH, 5000])
def test_a_formula_of_any_length(count: int) -> None:
    """sympy holds some of thousands of terms."""
    text = f'z = (lambda x: {"x*2 - (x + 1) + " * (count // 2)}x)\n'
    found = read(text.encode())
    assert isinstance(found, facts.Module)
    names = [node for node in walking.everything(found.body) if isinstance(node, facts.Name) and node.name == 'x']
    assert len(names) == count // 2 * 2 + 1
    if count < 900:  # both readers say the same
        with deep_recursion():
            assert read_with_libcst(text) == found


@pytest.mark.parametrize('count', [150, 20_000])
@pytest.mark.parametrize('nest', NESTS)
def test_nests_in_code_of_a_newer_python(nest: str, count: int) -> None:
    """libcst overflows the stack of the whole process for some thousand levels."""
    found = read(f'type X = int\nx = {NESTS[nest](count)}\n'.encode())
    flat = ('flat', 'strings', 'comparison') if sys.version_info >= (3, 12) else ('flat',)  # from 3.12 Python itself reads it
    assert isinstance(found, facts.Module) is (count == 150 or nest in flat)


def test_f_strings_in_f_strings_that_do_not_end_take_no_seconds() -> None:
    started = time.process_time()
    assert isinstance(read(('class A(' + "f'{" * 320 + 'x' + "}'" * 319 + '\n').encode()), Unreadable)
    assert time.process_time() - started < 0.3


@pytest.mark.parametrize('kind', ['if 1:', 'for a in b:', 'while a:', 'with a:', 'class A:', 'def f():', 'try:'])
@pytest.mark.parametrize('count', [15, 95, 400])
def test_nested_statements(kind: str, count: int) -> None:
    lines = [f'{" " * depth}{kind}' for depth in range(count)]
    ends = [f'{" " * depth}finally: pass' for depth in reversed(range(count))] if kind == 'try:' else []
    found = read('\n'.join([*lines, ' ' * count + 'pass', *ends, '']).encode())
    assert isinstance(found, Unreadable) is (count == 400), found  # Python's tokenizer takes a hundred levels


def test_a_long_chain_of_elifs() -> None:
    for count, is_read in ((300, True), (5000, False)):
        found = read(('if a: pass\n' + 'elif a: pass\n' * count).encode())
        assert isinstance(found, facts.Module) is is_read


def test_a_deep_nest_has_its_place() -> None:
    found = read(('x = 1\n' * 3 + 'y = a' + '.b' * 2000 + '\n').encode())
    assert found == Unreadable(Span(4, 1, 4, 2), DEEP)


def test_the_recursion_limit_is_given_back() -> None:
    limit = sys.getrecursionlimit()
    with deep_recursion():
        assert sys.getrecursionlimit() >= 40 * MAX_DEPTH
    read(b'x = 1')
    assert sys.getrecursionlimit() == limit


def test_fifty_thousand_lines() -> None:
    found = read(('class A:\n' + '    x = f(1)\n    # comment\n\n    \n\n' * 10_000).encode())
    assert isinstance(found, facts.Module)
    assert len(found.classes[0].assignments) == 10_000
    assert found.classes[0].at == Span(1, 1, 49_997, 13)
