"""What the lines of a `.gitignore` file match, as git's own dir.c and wildmatch.c (2.39) decide it.

Each folder and file is judged by itself, from the top down: git never looks into a folder that is ignored. pathspec 1.1 judges a file
together with the folders above it, and so takes `*`, `!*/`, `!*.py` (ignore all but Python files) to ignore every folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_CLASSES = {
    'alnum': 'a-zA-Z0-9', 'alpha': 'a-zA-Z', 'blank': r' \t', 'cntrl': r'\x00-\x1f\x7f', 'digit': '0-9', 'graph': '!-~', 'lower': 'a-z',
    'print': ' -~', 'punct': r'!-/:-@\[-`{-~', 'space': r'\s', 'upper': 'A-Z', 'xdigit': '0-9a-fA-F',
}  # fmt: skip
_CLASS = re.compile(r'\[(?P<negated>[!^]?)(?P<items>\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]', re.DOTALL)
_ITEM = re.compile(r'\[:(?P<named>[a-z]+):\]|(?P<low>\\.|[^\\])-(?P<high>\\.|[^\\])|(?P<one>\\.|[^\\])', re.DOTALL)


class _Rule(NamedTuple):
    regex: str
    ignores: bool
    folders_only: bool
    of_names: bool
    """Whether it looks at the last part of a path alone."""


class Ignored:
    """The patterns of one file; of those that match, the last one decides. A line that is no pattern matches nothing."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules = tuple(rule for line in lines if (rule := _rule(line)) is not None)[::-1]
        self._names = _Any(rule.regex for rule in self._rules if rule.of_names)
        self._paths = _Any(rule.regex for rule in self._rules if not rule.of_names)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether a path, relative to the file's folder, is ignored; None if no pattern says anything about it."""
        name = path.rpartition('/')[2]
        if not (self._names.match(name) or self._paths.match(path)):  # most paths are settled here
            return None
        for rule in self._rules:
            if (is_folder or not rule.folders_only) and re.fullmatch(rule.regex, name if rule.of_names else path, re.DOTALL):
                return rule.ignores
        return None

    def covers(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether a path or a folder above it is ignored."""
        parts = path.split('/')
        above = ('/'.join(parts[:count]) for count in range(1, len(parts)))
        return any(self.verdict(folder, is_folder=True) for folder in above) or bool(self.verdict(path, is_folder=is_folder))


def is_pattern(line: str) -> bool:
    """Whether a line could match anything."""
    return _rule(line) is not None


class _Any:
    """Whether one of many expressions matches. Most lines of a `.gitignore` are plain names, and need none: to compile one is slow."""

    def __init__(self, regexes: Iterable[str]) -> None:
        wild = []
        self._plain = set()
        for regex in regexes:
            plain = re.sub(r'\\(.)', r'\1', regex)
            if re.escape(plain) == regex:
                self._plain.add(plain)
            else:
                wild.append(regex)
        self._wild = re.compile('|'.join(wild), re.DOTALL) if wild else None

    def match(self, text: str) -> bool:
        return text in self._plain or (self._wild is not None and self._wild.fullmatch(text) is not None)


def _rule(line: str) -> _Rule | None:
    if line.startswith('#'):
        return None
    pattern = re.sub(r'((?:^|[^\\])(?:\\\\)*(?:\\ )?) +$', r'\1', line)  # blanks at the end count only behind a backslash
    negated = pattern.startswith('!')
    pattern = pattern[1:] if negated else pattern
    folders_only = pattern.endswith('/')
    pattern = pattern[:-1] if folders_only else pattern
    of_names = '/' not in pattern
    regex = _translated(pattern.removeprefix('/'), crosses=of_names)
    return _Rule(regex, not negated, folders_only, of_names) if regex else None


def _translated(pattern: str, *, crosses: bool) -> str:
    """A regular expression, '' for a pattern that matches nothing. Only `**` between slashes crosses them, but in a name there are none."""
    made = []
    place = 0
    while place < len(pattern):
        sign = pattern[place]
        if sign == '*':
            end = place + len(pattern[place:]) - len(pattern[place:].lstrip('*'))
            between_slashes = pattern[place - 1 : place] in ('', '/') and pattern[end : end + 1] in ('', '/')
            if end - place > 1 and between_slashes and not crosses:
                made.append('.*' if end == len(pattern) else '(?:.*/)?')
                place = end + 1
                continue
            made.append('[^/]*')
            place = end
            continue
        found = _CLASS.match(pattern, place) if sign == '[' else None
        if sign == '\\':
            place += 1
        if found is not None:
            made.append(_class(found))
            place = found.end()
        elif sign == '[' or place >= len(pattern):
            return ''
        else:
            made.append('[^/]' if sign == '?' else re.escape(pattern[place]))
            place += 1
    return ''.join(made)


def _class(found: re.Match[str]) -> str:
    items = []
    for item in _ITEM.finditer(found['items']):
        if item['named']:
            items.append(_CLASSES.get(item['named'], ''))
        elif item['one']:
            items.append(re.escape(item['one'][-1]))
        elif item['low'][-1] <= item['high'][-1]:
            items.append(f'{re.escape(item["low"][-1])}-{re.escape(item["high"][-1])}')
    inside = ''.join(items)
    if found['negated']:
        return f'[^/{inside}]'
    return f'(?!/)[{inside}]' if inside else '(?!)'
