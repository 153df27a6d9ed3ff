"""What one luigi configuration file says: sections, keys, values as they are written, and what luigi could not read, with lines.

The parsers of luigi give no lines and stop at the first fault, so the files are read here. Values are never interpolated: luigi does
that when it takes a value (`BasicInterpolation`, then `${ENV}` from the environment), and the environment of a run is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from gokart_lint.facts import Comment, Span

DEFAULT = 'DEFAULT'
"""The section of an .ini file whose keys every other section of any .ini file has too (configparser, `default_section`)."""

_OPTION = re.compile(r'(?P<name>.*?)\s*[=:]\s*(?P<value>.*)$')
_SUPPRESSION = re.compile(r'noqa|gokart-lint', re.IGNORECASE)
_SECTION = re.compile(r'\[(?P<name>.+)\]')


class Key(msgspec.Struct, frozen=True):
    """One key of a section. `value` is the text of an .ini file with its continuation lines, or what TOML says."""

    name: str
    value: object
    line: int


class Section(msgspec.Struct, frozen=True):
    """One section header and the keys below it, in order; a section that is written twice is two values."""

    name: str
    line: int
    keys: tuple[Key, ...]

    def keys_for(self, parameter: str, *, dashes: bool) -> tuple[Key, ...]:
        """The keys that give a parameter its value; with `dashes` also one that is written with a dash for every underscore."""
        names = {parameter, parameter.replace('_', '-')} if dashes else {parameter}
        return tuple(key for key in self.keys if key.name in names)


class Problem(msgspec.Struct, frozen=True):
    """Why luigi cannot use a file, and at which line. `line` is 1 for the file as a whole."""

    line: int
    reason: str


class File(msgspec.Struct, frozen=True):
    """A configuration file. `kind` is 'ini' or 'toml', by the parser of luigi that reads it; `comments` are those that suppress."""

    path: str
    kind: str
    sections: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: tuple[Comment, ...] = ()


def kind_of(path: str) -> str:
    """Which parser luigi reads a file with: by its extension, and with the default one if that is unknown.

    As luigi.configuration.core.add_config_path of luigi 3.8.1 (`PARSERS`), but that luigi's default may be set in the environment.
    """
    return 'toml' if path.endswith('.toml') else 'ini'


def parse(path: str, kind: str, data: bytes) -> File:
    """A file from its bytes. UTF-8 stands for luigi's encoding, which is that of the locale for .ini files."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return File(path, kind, (), (Problem(data.count(b'\n', 0, error.start) + 1, 'it is not UTF-8'),))
    text = text.replace('\r\n', '\n')
    if kind == 'toml':
        from gokart_lint.project.configuration.toml import toml  # few projects have one

        return replace(toml(path, text), comments=tuple(_comments(text)))
    text = text.replace('\r', '\n')
    return replace(_Ini(path, text).file(), comments=tuple(_comments(text)))


def _comments(text: str) -> Iterator[Comment]:
    """The comments that may suppress findings: each on a line of its own, since behind a value an .ini file has none.

    One right above a section or key speaks for that line, even at the head of the file.
    """
    said = False
    lines = text.split('\n')
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        if words.startswith(('#', ';')):
            column = line.index(words) + 1
            if _SUPPRESSION.search(words):
                below = lines[number].strip() if number < len(lines) else ''
                heads_file = not said and (not below or below.startswith(('#', ';')))
                yield Comment(Span(number, column, number, column + len(words)), f'#{words[1:]}', heads_file)
        else:
            said = said or bool(words)


class _Ini:
    """Reads as configparser does with luigi's settings (luigi.configuration.cfg_parser.LuigiConfigParser of luigi 3.8.1).

    `=` or `:`, whole-line comments with `#` or `;`, values that go on in deeper lines, also over empty ones, and keys whose case counts
    (`optionxform = str`). What makes configparser raise, strictly as luigi uses it, is a Problem, and the reading goes on.
    """

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._lines = text.removesuffix('\n').split('\n') if text else []
        self._problems: list[Problem] = []
        self._sections: list[tuple[str, int, list[tuple[str, list[str], int]]]] = []
        self._seen: dict[tuple[str, str | None], int] = {}

    def file(self) -> File:
        self._read()
        sections = tuple(Section(name, line, tuple(_keys(keys))) for name, line, keys in self._sections)
        return File(self._path, 'ini', sections, tuple(self._problems))

    def _read(self) -> None:
        value: list[str] | None = None  # of the key that deeper lines go on with
        indent = 0
        for number, line in enumerate(self._lines, start=1):
            text = line.strip()
            if text.startswith(('#', ';')):
                continue
            if not text:
                if value is not None:
                    value.append('')
                continue
            own_indent = len(line) - len(line.lstrip())
            if value is not None and own_indent > indent:
                value.append(text)
                continue
            indent = own_indent
            if header := _SECTION.match(text):
                self._start(header['name'], number)
                value = None
            else:
                value = self._key(text, number, value)

    def _start(self, name: str, number: int) -> None:
        if name != DEFAULT:
            self._note_repeat((name, None), number, f'section [{name}] stands here again')
        self._sections.append((name, number, []))

    def _key(self, text: str, number: int, value: list[str] | None) -> list[str] | None:
        """Note a key and return the lines of its value; after a line that is none, the value before it goes on."""
        if not self._sections:
            if not self._problems:
                self._problems.append(Problem(number, 'the line stands before any [section]'))
            return None
        found = _OPTION.match(text)
        if found is None:
            self._problems.append(Problem(number, 'the line is no `key = value`'))
            return value
        name, section = found['name'].rstrip(), self._sections[-1]
        if not name:
            self._problems.append(Problem(number, 'there is no key before the `=`'))
            return None
        self._note_repeat((section[0], name), number, f'key {name!r} stands in section [{section[0]}] again')
        lines = [found['value'].strip()]
        section[2].append((name, lines, number))
        return lines

    def _note_repeat(self, seen: tuple[str, str | None], number: int, what: str) -> None:
        first = self._seen.setdefault(seen, number)
        if first != number:
            self._problems.append(Problem(number, f'{what}, first in line {first}'))


def _keys(keys: list[tuple[str, list[str], int]]) -> Iterator[Key]:
    return (Key(name, '\n'.join(lines).rstrip(), line) for name, lines, line in keys)
