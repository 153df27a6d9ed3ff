"""Texts that suit the name of a parameter: code often reads a date or a path from a plain text."""

from __future__ import annotations

import re

_WORD = re.compile(r'[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+')
_LATER = frozenset({'end', 'to', 'until', 'till', 'stop', 'last', 'max', 'upper', 'high'})
_KINDS = {
    'date': 'date day ymd dt today',
    'time': 'datetime timestamp time',
    'month': 'month ym',
    'year': 'year',
    'week': 'week',
    'file': 'path file filename filepath',
    'directory': 'dir directory folder workspace',
    'url': 'url uri endpoint',
    'extension': 'ext extension',
    'json': 'json',
    'query': 'query sql',
    'zone': 'timezone tz',
    'encoding': 'encoding',
    'mail': 'email mail',
    'host': 'host hostname',
    'number': 'version ver seed num number count size n k rate ratio threshold port limit',
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_TEXTS = {
    'date': ('2020-01-01', '2020-01-02'),
    'time': ('2020-01-01T00:00:00', '2020-01-01T00:00:01'),
    'month': ('2020-01', '2020-02'),
    'year': ('2020', '2021'),
    'week': ('2020-W01', '2020-W02'),
    'file': ('sample.pkl',),
    'url': ('https://example.com/sample',),
    'extension': ('pkl',),
    'json': ('{}',),
    'query': ('SELECT 1',),
    'zone': ('UTC',),
    'encoding': ('utf-8',),
    'mail': ('sample@example.com',),
    'host': ('localhost',),
    'number': ('1', '2'),
}
PLAIN = 'sample'


def words(name: str) -> list[str]:
    """The words of a name in lower case, its plural as its singular."""
    found = [word.lower() for word in _WORD.findall(name)]
    return [word[:-1] if len(word) > 3 and word.endswith('s') and not word.endswith('ss') else word for word in found]


def kind_of(name: str) -> str:
    """What a name stands for ('date', 'file', ...), '' if it does not show it. The last word counts most: a `date_file` is a file."""
    return next((_KIND_OF[word] for word in reversed(words(name)) if word in _KIND_OF), '')


def is_later(name: str) -> bool:
    """Whether a name is that of an end, so that its value must lie behind that of the beginning."""
    return not _LATER.isdisjoint(words(name))


def text_for(name: str) -> str:
    """A text that a parameter of this name may hold."""
    if {'date', 'format'} <= set(words(name)):
        return '%Y-%m-%d'
    texts = _TEXTS.get(kind_of(name), (PLAIN,))
    return texts[-1] if is_later(name) else texts[0]
