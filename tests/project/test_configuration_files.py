"""What a luigi configuration file says, and what luigi refuses."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gokart_lint.project.configuration.file import File, parse
from tests.project.configured import configuration, run

FILES = {
    'plain.ini': '[A]\nx = 1\ny: 2\nz=3 = 4\n\n[B]\nX = $%{}\n',
    'comments.ini': '# top\n; top\n[A]  ; no comment\nx = 1 # part of it\n  # a comment\n  y\n[B]\n;x = 1\n',
    'continued.ini': '[A]\nx = [\n  1,\n\n  2,\n  ]\n\n\ny =\n  z = 3\n  [B]\nlast = 1\n',
    'interpolated.ini': '[DEFAULT]\nroot = ${HOME}/data\n[A]\nx = %(root)s/a\nformat = %(asctime)s %d\nenv = ${NO_SUCH_VARIABLE}\n',
    'names.ini': '[space.Task]\nMixedCase = 1\nmixedcase = 2\nwith-dash = 3\n[a]b]\nk = v\n[ spaced ]\nk k = v\n[日本]\n鍵 = 値\n',
    'indented.ini': '  [A]\n  x = 1\n    more\n  y = 2\n [B]\n z = 1\n',
    'line_ends.ini': '[A]\r\nx = 1\r\n  2\r\n[B]\ry = 3\r',
    'empty.ini': '',
    'default_twice.ini': '[DEFAULT]\na = 1\n[A]\nx=1\n[DEFAULT]\nb = 2\n',
    'no_end.ini': '[A]\nx = 1',
    'form_feed.ini': '[A]\nx = 1\x0c\ny\x0b = 2\x1c\n',
}
BROKEN = {
    'same_section.ini': ('[A]\nx = 1\n[B]\n[A]\ny = 1\n', 4, 'section [A] stands here again, first in line 1'),
    'same_key.ini': ('[A]\nx = 1\ny = 2\nx = 3\n', 4, "key 'x' stands in section [A] again, first in line 2"),
    'same_default.ini': ('[DEFAULT]\nx = 1\n[DEFAULT]\nx = 3\n', 4, "key 'x' stands in section [DEFAULT] again, first in line 2"),
    'no_section.ini': ('# a\n\nx = 1\ny = 2\n[A]\nz = 1\n', 3, 'the line stands before any [section]'),
    'byte_order_mark.ini': ('\ufeff[A]\nx = 1\n', 1, 'the line stands before any [section]'),
    'no_value.ini': ('[A]\nx\ny = 1\n', 2, 'the line is no `key = value`'),
    'no_key.ini': ('[A]\n= 1\n', 2, 'there is no key before the `=`'),
    'unclosed.ini': ('[A\nx = 1\n', 1, 'the line stands before any [section]'),
}


def said(file: File) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for section in file.sections:
        found.setdefault(section.name, {}).update({key.name: key.value for key in section.keys})
    return found


def test_luigi_reads_the_same(tmp_path: Path) -> None:
    """Sections, keys and raw values of every file, and which files it refuses, against luigi's own parser."""
    for name, text in {**FILES, **{name: text for name, (text, _, _) in BROKEN.items()}}.items():
        (tmp_path / name).write_bytes(text.encode())
    real = run(
        tmp_path,
        """
        import configparser, json, os
        from luigi.configuration import LuigiConfigParser
        found = {}
        for name in sorted(os.listdir('.')):
            if name.endswith('.ini'):
                parser = LuigiConfigParser()
                try:
                    parser.read([name])
                except configparser.Error as error:
                    found[name] = None
                else:
                    found[name] = {section: dict(keys) for section, keys in parser._sections.items()}
                    if parser.defaults() or '[DEFAULT]' in open(name).read():
                        found[name]['DEFAULT'] = dict(parser.defaults())
        print(json.dumps(found))
        """,
    )
    assert isinstance(real, dict)
    for name in FILES:
        file = parse(name, 'ini', (tmp_path / name).read_bytes())
        assert not file.problems, name
        assert said(file) == real[name], name
    assert [name for name in BROKEN if real[name] is not None] == []


@pytest.mark.parametrize('name', BROKEN)
def test_what_luigi_refuses_is_a_problem_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, reason = BROKEN[name]
    found = configuration(tmp_path, {'main.py': f"import gokart\ngokart.add_config('{name}')", name: text})
    (problem,) = found.files[0].problems
    assert (problem.line, problem.reason) == (line, reason)
    assert found.is_open
    assert (found.unclear[0].module, found.unclear[0].at.line) == (str(tmp_path / name), line)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / 'luigi.cfg').write_bytes('[A]\nx = あ\n'.encode('cp932'))
    found = configuration(tmp_path, {})
    assert [(each.line, each.reason) for each in found.files[0].problems] == [(2, 'it is not UTF-8')]
    assert found.gives('A', 'x') is None


PIECES = [
    '[A]',
    '[B]',
    '[DEFAULT]',
    '[',
    ']',
    'x',
    'y',
    '=',
    ':',
    '#',
    ';',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n',
    '\n  ',
    '%(z)s',
    '\r',
    '\x0c',
    '\u3000',
    '\x85',
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(''.join))
@example('[A]\nx = 1\n\n  y\nz\n  w')
def test_any_text_is_read_as_configparser_does(text: str) -> None:
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    file = parse('a.ini', 'ini', text.encode())
    try:
        parser.read_string(text.replace('\r\n', '\n').replace('\r', '\n'))
    except configparser.Error as error:
        lines = {line for line, *_ in getattr(error, 'errors', [])} or {getattr(error, 'lineno', 0)}
        assert lines <= {problem.line for problem in file.problems}
    else:
        assert not file.problems
        own = said(file)
        assert own.pop('DEFAULT', {}) == dict(parser.defaults())
        assert own == {name: {key: parser.get(name, key, raw=True) for key in parser._sections[name]} for name in parser.sections()}  # type: ignore[attr-defined]


def test_lines_of_an_ini_file() -> None:
    file = parse('a.ini', 'ini', FILES['continued.ini'].encode())
    assert [(section.name, section.line) for section in file.sections] == [('A', 1)]
    assert [(key.name, key.line) for key in file.sections[0].keys] == [('x', 2), ('y', 9), ('last', 12)]


TOML = '''
title = """
[NotATable]
x = 1
"""
[Fetch]  # [comment]
url = "a # b = [c]"
"quoted key" = [
  1, # ]
  { a = 1 },
]
deep.er = 1
text = \'\'\'
[Nor]
this = 'one'
\'\'\'
[Fetch.table]
inner = 1
["space.Task"]
'x' = "\\""
[a . "b.c"]
y = 1
[[many]]
z = 1
'''


def test_lines_of_a_toml_file() -> None:
    file = parse('a.toml', 'toml', TOML.lstrip('\n').encode())
    assert [(section.name, section.line) for section in file.sections] == [('Fetch', 5), ('space.Task', 18), ('a', 20)]
    assert [(key.name, key.line) for key in file.sections[0].keys] == [
        ('url', 6),
        ('quoted key', 7),
        ('deep', 11),
        ('text', 12),
        ('table', 16),
    ]
    assert [(key.name, key.line, key.value) for key in file.sections[1].keys] == [('x', 19, '"')]
    assert [(key.name, key.line, key.value) for key in file.sections[2].keys] == [('b.c', 20, {'y': 1})]
    assert [(each.line, each.reason) for each in file.problems] == [
        (1, "'title' is no table, and luigi reads only tables at the top"),
        (22, "'many' is no table, and luigi reads only tables at the top"),
    ]


@pytest.mark.parametrize(
    ('text', 'line'), [('[A]\nx = 1\nx = 2\n', 3), ('[A]\nx =\n', 2), ('[A\n', 1), ('[A]\nx = """\n', 2), ('[A]\nx = ' + '[' * 20_000, 1)]
)
def test_a_toml_file_that_is_none(text: str, line: int) -> None:
    file = parse('a.toml', 'toml', text.encode())
    assert not file.sections
    assert [each.line for each in file.problems] == [line]
