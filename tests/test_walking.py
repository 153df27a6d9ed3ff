"""Going through facts: everything once, in the order of the text, and nothing of another scope."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from gokart_lint import facts
from gokart_lint.reading.module import read
from gokart_lint.walking import blocks, children, compound, dotted, everything, flattened, own_attribute, own_expressions, statements, walk


def module(text: str) -> facts.Module:
    found = read(text.encode())
    assert isinstance(found, facts.Module)
    return found


def expression(text: str) -> facts.Expression:
    found = module(f'{text}\n').body[0]
    assert isinstance(found, facts.Evaluate)
    return found.value


def names(found: object) -> str:
    assert not isinstance(found, str)
    return ' '.join(node.name for node in found if isinstance(node, facts.Name))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('a', 'a'),
        ('a.b.c', 'a'),
        ('a(b, *c, d=e, **f)', 'a b c e f'),
        ('a[b]', 'a b'),
        ('a[b:c, d:]', 'a b c d'),
        ('(a, [b, *c], {d})', 'a b c d'),
        ('{a: b, **c}', 'a b c'),
        ('a + b < c and not d', 'a b c d'),
        ('a if b else c', 'a b c'),
        ('[a for b in c if d for e in f]', 'a b c d e f'),
        ('{a: b for c in d}', 'a b c d'),
        ('lambda a, b=c: d', 'd'),
        ('(a := b)', 'a b'),
        ("f'{a}{b:{c}}'", 'a b c'),
        ('a(b(c(d)))', 'a b c d'),
        ('a or b or c or d', 'a b c d'),
        ('-a ** b', 'a b'),
        ('1', ''),
        ('...', ''),
        ('(yield a)', 'a'),
    ],
)
def test_walk(text: str, expected: str) -> None:
    assert names(walk(expression(text))) == expected


def test_children_are_only_the_next_level() -> None:
    assert [type(node).__name__ for node in children(expression('a.b(c[d], e=f)'))] == ['Attribute', 'Subscript', 'Name']


STATEMENTS = """
a = b = c
d: e = f
g += h
if i:
    j
elif k:
    l
else:
    m
for n in o:
    p
else:
    q
while r:
    s
with t as u, v:
    w
try:
    x
except y as z:
    aa
else:
    ab
finally:
    ac
match ad:
    case ae.A if af:
        ag
del ah, ai
assert aj, ak
@al
def an(ao=ap) -> aq:
    ar
    def at():
        au
raise av from aw
class ax(ay):
    az
"""


def test_everything() -> None:
    block = module(f'def f():\n{STATEMENTS}'.replace('\n', '\n    ') + '\n').functions[0].body
    own = [
        'a',
        'b',
        'c',
        'd',
        'f',
        'g',
        'h',
        'i',
        'j',
        'k',
        'l',
        'm',
        'n',
        'o',
        'p',
        'q',
        'r',
        's',
        't',
        'u',
        'v',
        'w',
        'x',
        'y',
        'aa',
        'ab',
        'ac',
        'ad',
        'ae',
        'af',
        'ag',
        'ah',
        'ai',
        'aj',
        'ak',
        'al',
        'ap',
    ]
    # a `with` tells its values before its targets; handlers come with the header of their `try`
    assert set(names(everything(block, nested=False)).split()) == {*own, 'av', 'aw'}
    assert set(names(everything(block)).split()) == {*own, 'ar', 'au', 'av', 'aw'}
    assert len(names(everything(block)).split()) == len(own) + 4


def test_statements() -> None:
    block = module(f'def f():\n{STATEMENTS}'.replace('\n', '\n    ') + '\n').functions[0].body
    kinds = [type(each).__name__ for each in statements(block)]
    assert len(kinds) == 27
    assert [type(each).__name__ for each in flattened(block)] == [
        kind for kind in kinds if kind not in ('Branch', 'Loop', 'With', 'Try', 'Match')
    ]
    assert [len(blocks(each)) for each in block if blocks(each)] == [2, 2, 2, 1, 4, 1]
    assert [each.qualname for each in statements(block) if isinstance(each, facts.DefineClass)] == ['f.<locals>.ax']


@pytest.mark.parametrize(
    ('text', 'expected'), [('a', 'a'), ('a.b.c', 'a.b.c'), ('a().b', None), ('a[0]', None), ('1', None), ('(a).b', 'a.b'), ('"a".b', None)]
)
def test_dotted(text: str, expected: str | None) -> None:
    assert dotted(expression(text)) == expected


@pytest.mark.parametrize(
    ('text', 'self_name', 'expected'),
    [
        ('self.a', 'self', 'a'),
        ('cls.a', 'cls', 'a'),
        ('self.a.b', 'self', None),
        ('self', 'self', None),
        ('other.a', 'self', None),
        ('self.a()', 'self', None),
    ],
)
def test_own_attribute(text: str, self_name: str, expected: str | None) -> None:
    assert own_attribute(expression(text), self_name) == expected


def test_the_order_is_that_of_the_text() -> None:
    """Of real files: an expression never comes before one that starts earlier."""
    for path in sorted(Path(sysconfig.get_paths()['stdlib']).glob('asyncio/*.py')):
        found = read(path.read_bytes())
        assert isinstance(found, facts.Module)
        functions = [*found.functions, *(method for each in found.classes for method in each.methods)]
        for statement in (each for block in (found.body, *(function.body for function in functions)) for each in statements(block)):
            for top in own_expressions(statement):
                nodes = [node for node in walk(top) if not isinstance(node, facts.Text)]
                places = [(node.at.line, node.at.column) for node in nodes if not any(node is part for part in _text_parts(top))]
                assert places == sorted(places)


def _text_parts(top: facts.Expression) -> list[facts.Expression]:
    return [part for node in walk(top) if isinstance(node, facts.Text) for part in walk(node)]


def test_compound_expressions_are_those_of_everything_that_hold_others() -> None:
    for path in sorted(Path(sysconfig.get_paths()['stdlib']).glob('asyncio/*.py')):
        found = read(path.read_bytes())
        assert isinstance(found, facts.Module)
        for function in [*found.functions, *(method for each in found.classes for method in each.methods)]:
            holding = [node for node in everything(function.body, nested=False) if children(node)]
            expected = sorted((node.at, type(node).__name__) for node in holding)
            assert sorted((node.at, type(node).__name__) for node in compound(function.body) if children(node)) == expected
