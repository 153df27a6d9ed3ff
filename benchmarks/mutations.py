"""Real sources, and what can happen to them: the same damage for the same seed, so that a number is enough to see an input again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

MOST = 3_000  # bytes of a source: small files, for many of them a second
DEEPEST, WIDEST = 50_000, 100_000

_TOKENS = (
    *'()[]{}:;,.@=*-+~\\#\t\r\n\x0c\0%|&^<>!?$`',
    *('"', "'", '"""', "'''", "f'{", "f'''{x!r:>{", "}'", "rb'", "u'", "t'{x}'", "'\\x4'", "'\\N{'", "'\\ud800'", '\\\n', '\\\r\n', ':='),
    *(' if ', ' else ', ' for x in y ', ' lambda ', ' await ', ' async ', ' yield ', ' not ', ' is ', ' in ', ' from . import * ', ' as '),
    *('\nmatch x:\n case ', '\ntype X = ', '\nclass A[T]: ', '\ndef f(): ', '\n@', '\ntry:\n', '\nexcept* ', '\nwith ', '\nglobal x\n'),
    *(
        '0777',
        '0x',
        '1e999',
        '1_',
        '1__0',
        '9' * 5000,
        '1j',
        '...',
        '->',
        '**',
        '//=',
        '<>',
        '葡萄',
        'ﬁ',
        '𝒙',
        '\u2028',
        '\ufeff',
        '\x85',
        '\xa0',
    ),
    *(
        '# noqa: GK101\n',
        '# gokart-lint: ignore[',
        '# type: int\n',
        '# -*- coding: ',
        '# flake8: noqa\n',
        '\nself.dump(',
        '=gokart.TaskOnKart[',
    ),
)
_ENCODINGS = (
    *(
        'utf-8',
        'utf-8-sig',
        'UTF_8-unix',
        'latin-1',
        'cp932',
        'shift_jis',
        'euc-jp',
        'iso2022_jp',
        'gbk',
        'hz',
        'ascii',
        'cp1252',
        'koi8-r',
    ),
    *('utf-16', 'utf-16-le', 'utf-32', 'utf-7', 'punycode', 'idna', 'unicode_escape', 'raw_unicode_escape', 'undefined', 'rot13', 'base64'),
    *('hex', 'zlib', 'mbcs', 'oem', 'no-such-encoding', 'cp65001', 'charmap', 'utf-8' * 20),
)
_NESTS: tuple[tuple[str, str, str], ...] = (
    *(
        ('(', '', ')'),
        ('[', '', ']'),
        ('{', '', '}'),
        ('{1:', '1', '}'),
        ('f(', '', ')'),
        ('f[', '0', ']'),
        ('(', 'x', ')()'),
        ('x[', '0', ']'),
    ),
    *(
        ('not ', 'x', ''),
        ('-', 'x', ''),
        ('~', 'x', ''),
        ('lambda: ', 'x', ''),
        ('await ', 'x', ''),
        ('x if y else ', 'z', ''),
        ('x ** ', 'x', ''),
    ),
    *(('', 'x', '.a'), ('', 'x', '()'), ('', 'x', '[0]'), ('', 'x', '.a()'), ('', 'x', ' + x'), ('', 'x', ' and x'), ('', 'x', ' < x')),
    *(
        ('', 'x', ', x'),
        ('', 'x', ' = x'),
        ('', "'a'", " 'a'"),
        ('', 'x', '; x'),
        ('x, *', 'x', ''),
        ("f'{", 'x', "}'"),
        ('f"{', "f'{x}'", '}"'),
    ),
    *(
        ('@x\n', 'def f(): pass', ''),
        ('', 'import a', ', a'),
        ('', 'import a', '.a'),
        ('', 'del x', ', x'),
        ('', 'x: y', ' | y'),
        ('\\\n', 'x', ''),
    ),
    *(
        ('', 'if x: pass', '\nelif x: pass'),
        ('', 'try: pass', '\nexcept x: pass'),
        ('if x:', 'pass', ''),
        ('', 'x', ' if x else x'),
        ('*', 'x', ''),
    ),
    *(
        ('(yield ', 'x', ')'),
        ('(x:=', 'x', ')'),
        ('[x for x in ', 'x', ']'),
        ('x for x in ', 'x', ''),
        ('', 'x', ' @ x'),
        ('', '"%s"', ' % x'),
    ),
)
_BLOCKS = ('if x:', 'while x:', 'for x in y:', 'with x:', 'try:', 'def f():', 'async def f():', 'class A:', 'match x:', 'case x:', 'else:')
_WORD = re.compile(rb'\w+|[^\w\s]|\s+')

Mutation = Callable[[bytes, bytes, Random], bytes]


def sources(folders: Sequence[Path]) -> list[bytes]:
    """The small Python files below some folders, each content once, in an order that hangs on nothing but them."""
    found = {path.read_bytes() for folder in folders for path in folder.rglob('*.py') if 0 < path.stat().st_size <= MOST}
    return sorted(found)


def mutated(pool: Sequence[bytes], seed: int, number: int) -> bytes:
    """One input: a source that one to four things have happened to, or now and then nothing."""
    rng = Random(f'{seed} {number}')
    data, other = rng.choice(pool), rng.choice(pool)
    if rng.random() < 0.01:
        return rng.choice(_ENORMOUS)(data, other, rng)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3, 4))):
        data = rng.choice(_USUAL)(data, other, rng)
    return data


# --- What happens often -----------------------------------------------------------------------------------------------


def flip_bytes(data: bytes, other: bytes, rng: Random) -> bytes:
    """Some bytes become others."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def truncate(data: bytes, other: bytes, rng: Random) -> bytes:
    """The end or the beginning is lost."""
    place = rng.randint(0, len(data))
    return data[:place] if rng.random() < 0.7 else data[place:]


def delete(data: bytes, other: bytes, rng: Random) -> bytes:
    """A piece is lost."""
    start, end = _piece(data, rng)
    return data[:start] + data[end:]


def repeat(data: bytes, other: bytes, rng: Random) -> bytes:
    """A piece stands there again, or somewhere else too."""
    (start, end), place = _piece(data, rng), rng.randint(0, len(data))
    return data[:place] + data[start:end] * rng.randint(1, 4) + data[place:]


def swap_lines(data: bytes, other: bytes, rng: Random) -> bytes:
    """Some lines change places."""
    lines = data.splitlines(keepends=True)
    for _ in range(rng.randint(1, 4) if lines else 0):
        one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
    return b''.join(lines)


def insert_tokens(data: bytes, other: bytes, rng: Random) -> bytes:
    """Something that has a meaning for a parser is put in somewhere."""
    for _ in range(rng.randint(1, 3)):
        place = rng.randint(0, len(data))
        data = data[:place] + rng.choice(_TOKENS).encode() + data[place:]
    return data


def replace_words(data: bytes, other: bytes, rng: Random) -> bytes:
    """Some words or signs become ones of another file, or ones that have a meaning."""
    words, others = _WORD.findall(data), _WORD.findall(other)
    for _ in range(rng.randint(1, 5) if words and others else 0):
        words[rng.randrange(len(words))] = rng.choice(others) if rng.random() < 0.6 else rng.choice(_TOKENS).encode()
    return b''.join(words)


def splice(data: bytes, other: bytes, rng: Random) -> bytes:
    """A piece of another file is put in."""
    (start, end), place = _piece(other, rng), rng.randint(0, len(data))
    return data[:place] + other[start:end] + data[place:]


def indent(data: bytes, other: bytes, rng: Random) -> bytes:
    """Some lines move to the right or to the left, by blanks, tabs or form feeds."""
    lines = data.splitlines(keepends=True)
    for _ in range(rng.randint(1, 5) if lines else 0):
        number = rng.randrange(len(lines))
        lines[number] = rng.choice((b' ', b'\t', b'    ', b'\x0c', b' \t', b'')) + lines[number].lstrip(rng.choice((b'', b' ', b' \t')))
    return b''.join(lines)


def end_lines(data: bytes, other: bytes, rng: Random) -> bytes:
    """All lines, or each by itself, end in another way."""
    ends = rng.choice(((b'\r\n',), (b'\r',), (b'\n', b'\r\n', b'\r'), (b'\n', b'\\\n'), (b'\n\x0c',), (b' \t\n',), (b';\n',)))
    return b''.join(line.rstrip(b'\r\n') + rng.choice(ends) for line in data.splitlines(keepends=True))


def encode(data: bytes, other: bytes, rng: Random) -> bytes:
    """The file is saved in another encoding, or declares one."""
    declared, real = rng.choice(_ENCODINGS), rng.choice(_ENCODINGS)
    text = data.decode('utf-8', 'replace')
    head = rng.choice((f'# coding: {declared}\n', f'# -*- coding: {declared} -*-\n', f'#!/x\n# vim: fileencoding={declared}\n', ''))
    try:
        saved = (head + text + rng.choice(('', '\n葡萄 = "葡萄酒"\n', '# é\n'))).encode(declared if rng.random() < 0.7 else real, 'replace')
    except (LookupError, UnicodeError):
        saved = (head + text).encode('utf-8', 'replace')
    return rng.choice((b'', b'', b'\xef\xbb\xbf', b'\xff\xfe', b'\xef\xbb\xbf\xef\xbb\xbf')) + saved


def nul_bytes(data: bytes, other: bytes, rng: Random) -> bytes:
    """NUL bytes get in."""
    place = rng.randint(0, len(data))
    return data[:place] + b'\0' * rng.randint(1, 3) + data[place:]


_USUAL: tuple[Mutation, ...] = (
    *(flip_bytes, truncate, delete, repeat, swap_lines, insert_tokens, insert_tokens, replace_words, replace_words, splice, splice, indent),
    *(end_lines, encode, nul_bytes),
)

# --- What is enormous -------------------------------------------------------------------------------------------------


def nest(data: bytes, other: bytes, rng: Random) -> bytes:
    """An expression that is nested deep, on a line of its own or in place of one, closed or not."""
    before, middle, after = rng.choice(_NESTS)
    depth = _depth(rng)
    nested = before * depth + middle + after * (depth if rng.random() < 0.8 else rng.randint(0, depth))
    return _put(data, nested.encode(), rng)


def nest_mixed(data: bytes, other: bytes, rng: Random) -> bytes:
    """The same with several forms, one inside the other."""
    forms = rng.sample(_NESTS, rng.randint(2, 3))
    inner, depth = forms[0][1], _depth(rng) // len(forms)
    for before, _, after in forms:
        inner = before * depth + inner + after * depth
    return _put(data, inner.encode(), rng)


def nest_blocks(data: bytes, other: bytes, rng: Random) -> bytes:
    """Blocks inside blocks, far deeper than the hundred that Python takes, or a little less."""
    depth = rng.choice((20, 50, 90, 99, 100, 101, 500, 2000))
    heads = rng.sample(_BLOCKS, rng.randint(1, 2))
    lines = [' ' * level + rng.choice(heads) for level in range(depth)]
    return data + b'\n' + '\n'.join([*lines, ' ' * depth + 'x()']).encode()


def widen(data: bytes, other: bytes, rng: Random) -> bytes:
    """A piece stands there thousands of times, on one line or below each other."""
    start, end = _piece(data, rng)
    piece = data[start:end][:200] or b'x'
    piece = piece if rng.random() < 0.5 else piece.replace(b'\n', b' ') + rng.choice((b'', b'; ', b', ', b'\n'))
    return data[:start] + piece * (rng.choice((3_000, 30_000, WIDEST)) // len(piece)) + data[end:]


_ENORMOUS: tuple[Mutation, ...] = (nest, nest, nest_mixed, nest_blocks, widen)


def _depth(rng: Random) -> int:
    return rng.choice((10, 90, 100, 190, 200, 201, 490, 500, 510, 900, 1_000, 1_100, 2_000, 3_000, 6_000, 20_000, DEEPEST))


def _piece(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.choice((1, 2, 5, 20, 100, 500, len(data))))


def _put(data: bytes, new: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = rng.randint(0, len(lines))
    left = rng.choice((b'', b'x = ', b'def f(a=', b'class A(', b'@', b'    return ', b'for x in ', b"x: '", b'f"{'))
    return b''.join([*lines[:place], left, new, b'\n', *lines[place + rng.randint(0, 1) :]])


def each_mutation() -> Iterator[Mutation]:
    """Every mutation once."""
    yield from dict.fromkeys((*_USUAL, *_ENORMOUS))
