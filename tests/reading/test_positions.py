"""Places: what facts say of real files, against Python's own `ast`, whose UTF-8 columns are converted here by other means."""

from __future__ import annotations

import ast
import random
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from gokart_lint import facts
from gokart_lint.facts import Span
from gokart_lint.reading import syntax
from gokart_lint.reading.module import read_with_ast, read_with_libcst
from gokart_lint.reading.text import Lines, decode

Place = tuple[str, str, tuple[int, ...]]
STANDARD_LIBRARY = Path(sysconfig.get_paths()['stdlib'])
PACKAGES = Path(sysconfig.get_paths()['purelib'])

JAPANESE = """\
# 日本語 𝔘
タスク = '𝔘𝔫𝔦'; 実行(値.読む('キー'), *他)[0].書く(f'あ{い.う(え)!r:>{お}}か') ; x.y
class 学習(基底.タスク[型]):
    名前: 型.整数 = 型.整数(既定値='あ')
    def 実行(self, 引数='い', *, 鍵: 'う' = え()):  # お
        return 'か' + self.名前.値, 引数
"""


def real_files() -> list[Path]:
    found = [*STANDARD_LIBRARY.glob('*.py'), *STANDARD_LIBRARY.glob('*/*.py'), *PACKAGES.glob('*/*.py')]
    return sorted(random.Random(7).sample(sorted(path for path in found if path.stat().st_size < 25_000), 60))


def told(node: object) -> Iterator[Place]:
    """Every call, name, attribute, function and class that facts tell of."""
    if isinstance(node, (facts.Name, facts.Attribute)):
        yield type(node).__name__, node.name, msgspec.structs.astuple(node.at)
    elif isinstance(node, facts.Call):
        yield 'Call', '', msgspec.structs.astuple(node.at)
    elif isinstance(node, (facts.Function, facts.Class)):
        yield type(node).__name__, node.name, msgspec.structs.astuple(node.at)
    if isinstance(node, (facts.Function, facts.Class, facts.Module)):
        yield from told(node.body)
    if isinstance(node, msgspec.Struct):
        node = tuple(getattr(node, field) for field in node.__struct_fields__)
    if isinstance(node, tuple):
        for each in node:
            yield from told(each)


class Truth(ast.NodeVisitor):
    """The same as `ast` tells it, and the places of strings, which may stand for what they say as annotations."""

    def __init__(self, text: str) -> None:
        lines = Lines(text)
        self.lines = [lines.line(number).encode() for number in range(1, len(lines.starts) + 1)]
        self.found: set[Place] = set()
        self.strings: set[tuple[int, ...]] = set()
        self.left_out: set[Place] = set()
        self.counts = self.found
        self.visit(ast.parse(text))

    def place(self, node: ast.AST) -> tuple[int, ...]:
        ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))  # type: ignore[attr-defined]
        return tuple(part for line, column in ends for part in (line, len(self.lines[line - 1][:column].decode()) + 1))

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.JoinedStr) and sys.version_info < (3, 12):
            return  # the places inside are wrong before 3.12
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = node.id if isinstance(node, ast.Name) else node.attr
            self.counts.add((type(node).__name__, name, self.place(node)))
        elif isinstance(node, ast.Call):
            self.counts.add(('Call', '', self.place(node)))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.counts.add(('Class' if isinstance(node, ast.ClassDef) else 'Function', node.name, self.place(node)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.strings.add(self.place(node))
        for field, value in ast.iter_fields(node):
            outer = self.counts
            if (isinstance(node, ast.Lambda) and field == 'args') or field == 'type_params':
                self.counts = self.left_out  # facts do not hold them
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    self.visit(each)
            self.counts = outer


def compare(text: str, read: Callable[[str], facts.Module | facts.Unreadable | None]) -> None:
    with warnings.catch_warnings(), syntax.deep_recursion():
        warnings.simplefilter('ignore')
        truth, module = Truth(text), read(text)
    assert isinstance(module, facts.Module)
    found = set(told(module))
    assert truth.found <= found
    strange = {each for each in found - truth.found - truth.left_out if each[2] not in truth.strings}
    if sys.version_info >= (3, 12):
        assert strange == set()
    for kind, name, (line, column, end_line, end_column) in strange:  # inside f-strings: at least the text must be there
        part = text[Lines(text).offset(line, column) : Lines(text).offset(end_line, end_column)]
        assert part.endswith(name or ')'), (kind, name, part)


@pytest.mark.parametrize('path', real_files(), ids=lambda path: path.name)
def test_real_files(path: Path) -> None:
    text = decode(path.read_bytes()).text
    compare(text, lambda source: read_with_ast(source, syntax.parse(source)) or read_with_libcst(source))


@pytest.mark.parametrize('newline', ['\n', '\r\n', '\r'])
def test_japanese(newline: str) -> None:
    text = JAPANESE.replace('\n', newline)
    compare(text, lambda source: read_with_ast(source, syntax.parse(source)))
    compare(text, read_with_libcst)


def test_every_place_is_where_its_text_is() -> None:
    for read in (read_with_libcst, lambda source: read_with_ast(source, syntax.parse(source))):
        module = read(JAPANESE)
        assert isinstance(module, facts.Module)
        lines = Lines(JAPANESE)

        def text(at: Span, lines: Lines = lines) -> str:
            return JAPANESE[lines.offset(at.line, at.column) : lines.offset(at.end_line, at.end_column)]

        found = module.classes[0]
        assert text(found.name_at) == '学習'
        assert text(found.at).startswith('class 学習(')
        assert text(found.bases[0].at) == '基底.タスク[型]'
        method = found.methods[0]
        assert text(method.name_at) == '実行'
        assert [text(formal.at) for formal in method.formals] == ['self', '引数', '鍵']
        parameter = found.assignments[0]
        assert isinstance(parameter.value, facts.Call)
        assert isinstance(parameter.value.function, facts.Attribute)
        assert text(parameter.value.function.name_at) == '整数'
        assert [text(argument.at) for argument in parameter.value.arguments] == ["既定値='あ'"]


@pytest.mark.parametrize(
    ('text', 'name'),
    [
        ('def f(): pass', 'f'),
        ('async def f(): pass', 'f'),
        ('async  def   f (): pass', 'f'),
        ('def \\\n f(): pass', 'f'),
        ('async \\\n def \\\n f(): pass', 'f'),
        ('class f: pass', 'f'),
        ('class  f(\n  A\n): pass', 'f'),
        ('@a\n@b(\nc)\nclass f: pass', 'f'),
        ('if x:\n  def f(): pass', 'f'),
        ('x = 1; \ndef 関数(): pass', '関数'),
        ('x = 1\n\x0c\ndef f(): pass', 'f'),
        ('class \tf: pass', 'f'),
    ],
)
def test_names_of_definitions(text: str, name: str) -> None:
    for read in (read_with_libcst, lambda source: read_with_ast(source, syntax.parse(source))):
        module = read(text)
        assert isinstance(module, facts.Module)
        places = [*(each.name_at for each in module.functions), *(each.name_at for each in module.classes)]
        at, lines = places[0], Lines(text)
        assert text[lines.offset(at.line, at.column) : lines.offset(at.end_line, at.end_column)] == name
        assert at.end_line == at.line
