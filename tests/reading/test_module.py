"""One file to its facts: everything that Python's grammar has, and nothing that ends in a crash."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import msgspec
import pytest

from gokart_lint import facts, walking
from gokart_lint.facts import Span
from gokart_lint.reading.module import read, read_with_libcst, survey


def module(text: str | bytes) -> facts.Module:
    found = read(text.encode() if isinstance(text, str) else text)
    assert isinstance(found, facts.Module), found
    return found


def value(text: str) -> facts.Expression:
    """The facts of an expression."""
    statement = module(f'{text}\n').body[0]
    assert isinstance(statement, facts.Evaluate)
    return statement.value


def bare(node: object) -> object:
    """A node without its places, as nested tuples."""
    if isinstance(node, msgspec.Struct):
        return (type(node).__name__, *(bare(getattr(node, name)) for name in node.__struct_fields__ if name not in ('at', 'code')))
    return tuple(map(bare, node)) if isinstance(node, tuple) else node


# --- what comes back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize('path', sorted(Path(sysconfig.get_paths()['stdlib']).glob('asyncio/*.py'))[::4], ids=lambda path: path.name)
def test_decoded_facts_are_the_encoded_ones(path: Path) -> None:
    found = module(path.read_bytes())
    encoded = facts.encode(found)
    assert facts.decode(encoded) == found
    assert facts.encode(facts.decode(encoded)) == encoded
    for each in (*found.functions, *(method for cls in found.classes for method in cls.methods)):
        assert facts.encode_body(each.body) == each.code
        assert list(walking.everything(each.body)) is not None


@pytest.mark.parametrize(
    'literal',
    [
        '9223372036854775807',
        '9223372036854775808',
        '-9223372036854775808',
        '-9223372036854775809',
        '1e400',
        '-1e400',
        '0.0',
        '-0.0',
        '1e-400',
        '10**400',
        '"\\ud800"',
        '"\\0"',
        '"𝔘"',
        '1_000',
        '0xff',
    ],
)
def test_literals_come_back(literal: str) -> None:
    found = module(f'x = {literal}\n')
    assert facts.decode(facts.encode(found)) == found
    assert module(f'x = {literal}\n') == read_with_libcst(f'x = {literal}\n')


@pytest.mark.parametrize('data', [b'', b'x', b'\xff' * 20, msgspec.msgpack.encode([1, 2]), msgspec.msgpack.encode({})])
def test_other_bytes_are_no_facts(data: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        facts.decode(data)


# --- expressions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('None', ('Constant', None)),
        ("'a' 'b'", ('Constant', 'ab')),
        ("'a' f'{b}c' 'd'", ('Text', (('Constant', 'a'), ('Name', 'b'), ('Constant', 'cd')))),
        ("f'{{{a}}}'", ('Text', (('Constant', '{'), ('Name', 'a'), ('Constant', '}')))),
        ("f'{a:{b}}'", ('Text', (('Name', 'a'), ('Name', 'b')))),
        (r"f'\n{a}' rf'\d'", ('Text', (('Constant', '\n'), ('Name', 'a'), ('Constant', r'\d')))),
        ("f'{a=}'", ('Text', (('Constant', 'a='), ('Name', 'a')))),
        ("b'a'", ('Opaque', 'bytes')),
        ('...', ('Opaque', 'ellipsis')),
        ('3j', ('Opaque', 'complex')),
        ('-1', ('Constant', -1)),
        ('- -1', ('Constant', 1)),
        ('not a', ('Operation', 'unary', ('not',), (('Name', 'a'),))),
        ('a[1]', ('Subscript', ('Name', 'a'), ('Constant', 1))),
        ('a[1,]', ('Subscript', ('Name', 'a'), ('Collection', 'tuple', (('Constant', 1),)))),
        ('a[1:, b]', ('Subscript', ('Name', 'a'), ('Collection', 'tuple', (('Slice', (('Constant', 1),)), ('Name', 'b'))))),
        ('a < b <= c', ('Operation', 'comparison', ('<', '<='), (('Name', 'a'), ('Name', 'b'), ('Name', 'c')))),
        ('{**a, b: c}', ('Mapping', (None, ('Name', 'b')), (('Name', 'a'), ('Name', 'c')))),
        ('(a := b)', ('Walrus', ('Name', 'a'), ('Name', 'b'))),
        ('lambda a, /, *b, c=1, **d: e', ('Lambda', ('a', 'b', 'c', 'd'), ('Name', 'e'))),
        ('a if b else c', ('Conditional', ('Name', 'b'), ('Name', 'a'), ('Name', 'c'))),
        ('{a: b for c in d}', ('Comprehension', 'dict', (('Name', 'a'), ('Name', 'b')), (('Clause', ('Name', 'c'), ('Name', 'd'), ()),))),
    ],
)
def test_expressions(text: str, expected: object) -> None:
    assert bare(value(text)) == expected


def test_arguments_are_in_the_order_of_the_text() -> None:
    call = value('f(a, *b, c=d, *e, **g)')
    assert isinstance(call, facts.Call)
    assert [(bare(each.value), each.keyword, each.star) for each in call.arguments] == [
        (('Name', 'a'), None, ''),
        (('Name', 'b'), None, '*'),
        (('Name', 'd'), 'c', ''),
        (('Name', 'e'), None, '*'),
        (('Name', 'g'), None, '**'),
    ]
    assert bare(call.positional(0)) == ('Argument', ('Name', 'a'), None, '')
    assert call.positional(1) is call.positional(2) is None
    assert bare(call.keyword('c')) == ('Argument', ('Name', 'd'), 'c', '')
    assert call.unpacks


@pytest.mark.parametrize(
    ('annotation', 'expected'),
    [
        ("'A'", ('Name', 'A')),
        ("' list[A] '", ('Subscript', ('Name', 'list'), ('Name', 'A'))),
        ("list['A']", ('Subscript', ('Name', 'list'), ('Name', 'A'))),
        ("'A' | None", ('Operation', 'arithmetic', ('|',), (('Name', 'A'), ('Constant', None)))),
        ("'a b'", ('Constant', 'a b')),
        ("''", ('Constant', '')),
        ("'('", ('Constant', '(')),
        ("'\\0'", ('Constant', '\0')),
        ("'(' * 300", ('Operation', 'arithmetic', ('*',), (('Constant', '('), ('Constant', 300)))),
    ],
)
def test_annotations_in_strings(annotation: str, expected: object) -> None:
    found = module(f'x: {annotation}\n').assignments[0]
    assert bare(found.annotation) == expected
    assert found.annotation is not None
    assert {node.at for node in walking.walk(found.annotation) if isinstance(node, facts.Name) and node.name == 'A'} <= {
        found.annotation.at
    } | {node.at for node in walking.walk(found.annotation)}


# --- definitions -------------------------------------------------------------------------------------------------------


def test_qualified_names_and_where_classes_stand() -> None:
    found = module("""
class A:
    class B:
        def f(self):
            class C:
                def g(self): ...
            def h():
                class D: ...
    if x:
        class E: ...
def f():
    class G: ...
    async def i():
        class H: ...
try:
    class I: ...
finally:
    class J: ...
class K: ...
""")
    assert [each.qualname for each in found.classes] == [
        'A', 'A.B', 'A.B.f.<locals>.C', 'A.B.f.<locals>.h.<locals>.D', 'A.E', 'f.<locals>.G', 'f.<locals>.i.<locals>.H', 'I', 'J', 'K',
    ]  # fmt: skip
    assert [each.scope for each in found.classes][:5] == ['', 'A', 'A.B.f', 'A.B.f.<locals>.h', 'A']
    assert found.classes[2].methods[0].qualname == 'A.B.f.<locals>.C.g'
    assert [each.qualname for each in found.functions] == ['f']
    assert [bare(each) for each in found.functions[0].body if isinstance(each, facts.DefineClass)] == [('DefineClass', 'f.<locals>.G')]


def test_a_class_body_is_sorted_out() -> None:
    found = module("""
class A(B, metaclass=M):
    '''Docstring.'''
    import a
    x = 1
    if y:
        z: int = 2
        def f(self): ...
    try:
        w = 3
    except E:
        from b import c
    @property
    def g(self) -> int: ...
    print(x)
    v: str
""").classes[0]
    assert [target.name for each in found.assignments for target in each.targets if isinstance(target, facts.Name)] == ['x', 'z', 'w', 'v']
    assert [each.name for each in found.methods] == ['f', 'g']
    assert [each.bound for each in found.imports] == ['a', 'c']
    assert [type(each).__name__ for each in found.body] == ['Branch', 'Try', 'Evaluate']
    assert [bare(each) for each in found.bases] == [('Argument', ('Name', 'B'), None, ''), ('Argument', ('Name', 'M'), 'metaclass', '')]


@pytest.mark.parametrize(
    ('body', 'kinds'),
    [
        ("'doc'", []),
        ("'doc'; x = 1", ['Assign']),
        ("'doc' 'more'\n    x", ['Evaluate']),
        ("f'doc'", ['Evaluate']),
        ("b'doc'", ['Evaluate']),
        ("('doc')", []),
        ("x\n    'doc'", ['Evaluate', 'Evaluate']),
        ("'doc'.x", ['Evaluate']),
    ],
)
def test_docstrings_are_left_out(body: str, kinds: list[str]) -> None:
    for text in (
        f'def f():\n    {body}\n',
        f'class A:\n    def f(self):\n        {body}\n'.replace('\n    x', '\n        x').replace("\n    'doc'", "\n        'doc'"),
    ):
        for found in (module(text), read_with_libcst(text)):
            assert isinstance(found, facts.Module)
            function = [*found.functions, *(method for each in found.classes for method in each.methods)][0]
            assert [type(each).__name__ for each in function.body] == kinds, text


def test_imports() -> None:
    found = module("""
import a, b.c, d.e as f
from g import (h, i as j,)
from . import k
from ...l.m import *
if TYPE_CHECKING:
    import n
    if x:
        import o
elif y:
    import p
else:
    import q
if t.TYPE_CHECKING:
    import r
try:
    import s
except ImportError:
    s = None
def f():
    import u
    if TYPE_CHECKING:
        import v
""")
    assert [(each.module, each.name, each.bound, each.level, each.typing_only) for each in found.imports] == [
        ('a', None, 'a', 0, False),
        ('b', None, 'b', 0, False),
        ('b.c', None, 'b.c', 0, False),
        ('d.e', None, 'f', 0, False),
        ('g', 'h', 'h', 0, False),
        ('g', 'i', 'j', 0, False),
        ('', 'k', 'k', 1, False),
        ('l.m', '*', '*', 3, False),
        ('n', None, 'n', 0, True),
        ('o', None, 'o', 0, True),
        ('p', None, 'p', 0, False),
        ('q', None, 'q', 0, False),
        ('r', None, 'r', 0, True),
        ('s', None, 's', 0, False),
    ]
    inner = [each for each in walking.statements(found.functions[0].body) if isinstance(each, facts.Import)]
    assert [(each.module, each.typing_only) for each in inner] == [('u', False), ('v', True)]


def test_formals() -> None:
    found = module('def f(a, /, b: int = 1, *c: str, d, e=2, **g) -> T: ...\n').functions[0]
    assert [(each.name, each.kind, bare(each.annotation), bare(each.default)) for each in found.formals] == [
        ('a', '/', None, None),
        ('b', '', ('Name', 'int'), ('Constant', 1)),
        ('c', '*', ('Name', 'str'), None),
        ('d', 'keyword', None, None),
        ('e', 'keyword', None, ('Constant', 2)),
        ('g', '**', None, None),
    ]
    assert bare(found.returns) == ('Name', 'T')


def test_match() -> None:
    statement = module(
        'match a:\n    case [b, *c] | {"k": d, **e} | F(g, h=1) as i if j: k\n    case L.M | None | -1: ...\n    case _: ...\n'
    ).body[0]
    assert isinstance(statement, facts.Match)
    first, second, third = statement.cases
    assert (set(first.names), first.guard is not None) == ({'b', 'c', 'd', 'e', 'g', 'i'}, True)
    assert [bare(each) for each in first.values] == [('Constant', 'k'), ('Name', 'F'), ('Constant', 1)]
    assert [bare(each) for each in second.values] == [('Attribute', ('Name', 'L'), 'M'), ('Constant', -1)]
    assert (third.names, third.values) == ((), ())


# --- newer syntax, on every Python -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'text',
    [
        'class A[T](Base[T]): x = 1\n',
        'class A[T: (int, str) = int, *Ts, **P]: ...\n',
        'def f[T](x: T) -> T: ...\n',
        'type X[T] = list[T]\n',
        'def f():\n    type X = int\n',
        'class A:\n    type X = int\n',
        'x = f"{a["b"]}"\n',
        "x = f'{a!r:{'>'}}'\n",
        'x = f"{\n    a  # why\n}"\n',
        'x = t"{a!r:>{b}}c"\n',
        'try: ...\nexcept A, B: ...\n',
        'try: ...\nexcept* (A, B) as e: ...\n',
        'x[*a] = 1\n',
        'def f(*args: *Ts): ...\n',
        'with (a as b, c as d,): ...\n',
        'match x:\n    case {"a": 1, **b}: ...\n',
        'async def f():\n    return [x async for x in y]\n',
        'type = 1\nmatch = type\ncase = match\nprint(type, match[0])\n',
        'for x in *a, b: ...\n',
        'def f():\n    return *a, b\n',
        'x = (yield)\n',
        'lambda: (yield)\n',
        '@(a := b)\ndef f(): ...\n',
        '@a[0].b\nclass A: ...\n',
        'x = (a := 1, b := 2)\n',
        'f"{x!r}" f"{x = }"\n',
        'a: int\na.b: int = 1\n',
        'nonlocal_ = 1\nasync def f():\n    async with a: ...\n    await b\n',
        'x = 1if 2else 3\n',
        'print(*a, b=1, *c, **d)\n',
        'del (a), [b, c]\n',
        'global x\n',
    ],
)
def test_newer_syntax(text: str) -> None:
    found = module(text)
    assert facts.decode(facts.encode(found)) == found
    said = survey(text.encode(), full=True)
    assert said.unreadable is None
    assert said.encoded is not None
    assert facts.decode(said.encoded) == found


def test_generic_classes_say_what_others_say() -> None:
    new, old = (
        module('class A[T](Base[T], x=1):\n    def f[U](self, a: U = 1) -> T: ...\n').classes[0],
        module('class A(Base[T], x=1):\n    def f(self, a: U = 1) -> T: ...\n').classes[0],
    )
    assert bare(new) == bare(old)
    assert (new.name_at, new.methods[0].name_at) == (Span(1, 7, 1, 8), Span(2, 9, 2, 10))


# --- comments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('text', 'comments'),
    [
        ('x = 1  # noqa\n', [(1, 8, False)]),
        ('# noqa: GK1\nx = 1\n', [(1, 1, True)]),
        ('"""Doc."""\n# noqa: GK1\nimport a\n', [(2, 1, True)]),
        ('import a\n# noqa\n', [(2, 1, False)]),
        ('#!/usr/bin/python\n# coding: utf-8\n# gokart-lint: ignore[GK1] why\n\nx = 1\n', [(3, 1, True)]),
        ('@a  # noqa\n# noqa\ndef f(): ...\n', [(1, 5, False), (2, 1, False)]),
        ('# noqa\n@a\nclass A: ...\n', [(1, 1, True)]),
        ('# noqa\n', [(1, 1, True)]),
        ('x = """\n# noqa\n"""\n', []),
        ("x = '# noqa'  # NoQA:E501\n", [(1, 15, False)]),
        ('# a comment\n', []),
        ('# nonoqa, noqa_not\n', []),
        ('# see # noqa: GK1\n', [(1, 1, True)]),
        ('x = [  # noqa\n  1,  # gokart-lint: ignore[GK1]\n]\n', [(1, 8, False), (2, 7, False)]),
        ('あ = 1  # noqa 理由\n', [(1, 8, False)]),
        ('x = 1  # noqa\r\ny = 2  # noqa\r\n', [(1, 8, False), (2, 8, False)]),
        ('x = 1  # noqa\ry = 2  # noqa\r', [(1, 8, False), (2, 8, False)]),
        ('x = 1\n\x0c\ny = 2  # noqa\n', [(3, 8, False)]),
        ('if x:\n    # noqa\n    y\n', [(2, 5, False)]),
        ('x = 1  # noqa', [(1, 8, False)]),
        ('x = 1 \\\n  + 2  # noqa\n', [(2, 8, False)]),
        ('# type: ignore  # flake8: noqa\n', [(1, 1, True)]),
        ('def f(): ...\n    # noqa, indented as nothing is\n', [(2, 5, False)]),
        ('class A[T]: ...  # noqa\n', [(1, 18, False)]),
    ],
)
def test_comments(text: str, comments: list[tuple[int, int, bool]]) -> None:
    for found in (module(text), read_with_libcst(text)):
        assert isinstance(found, facts.Module)
        assert [(each.at.line, each.at.column, each.heads_file) for each in found.comments] == comments
        assert all(each.at.end_column == each.at.column + len(each.text) for each in found.comments)
