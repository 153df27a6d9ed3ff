"""Files that Python cannot read and that hold pipelines all the same: without a word they would be no items, and the session green.

Nothing is known of such a file but its text. What looks broken and is not is left alone: templates, scripts for Python 2, other people's
code, and what was broken on purpose for a test.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from gokart_lint.reading import text
from pytest_gokart.values import BrokenFile, Place

if TYPE_CHECKING:
    from gokart_lint.project.loading import Loaded
    from gokart_lint.project.store import Reference
    from pytest_gokart.finding.homes import Homes

_OTHERS = frozenset({
    '_vendor', 'boilerplate', 'cookiecutter', 'fixtures', 'skeleton', 'skeletons', 'template', 'templates', 'test_data', 'testdata',
    'third_party', 'thirdparty', 'vendor', 'vendored',
})  # fmt: skip
"""Folders that hold templates, other people's code, or what tests read."""

_QUOTED = re.compile(r'(?s:""".*?"""|\'{3}.*?\'{3})|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\n]*')
_IMPORT = re.compile(r'^[ \t]*(?:from[ \t]+[\w.]+[ \t]+import[ \t]*(?:\([^)]*|.*)|import[ \t].*)', re.MULTILINE)
_BASES = re.compile(r'^[ \t]*class[ \t]+\w+[ \t]*(?:\[[^]]*\][ \t]*)?\(([^)]*)', re.MULTILINE)
_PLACEHOLDER = re.compile(
    r'\{\{-?\s*[\w.]+.*?\}\}|\{%|<%|\$\{?\w'  # of jinja and cookiecutter, mako, string.Template
    r'|^[ \t]*(?:class|def|from|import)[ \t]+[{<]'
    r'|^[%!]\w',  # a command of IPython
    re.MULTILINE,
)
_EXCEPT = re.compile(rb'^[ \t]*except[ \t]+(?:[\w.]+|\([^)]*\))[ \t]*,[ \t]*\w+[ \t]*:', re.MULTILINE)
_PYTHON_2 = re.compile(
    r'^[ \t]*(?:print|exec)[ \t]+["\w]|^[ \t]*print[ \t]*>>'
    r'|^[ \t]*except[ \t]+(?:[\w.]+|\([^)]*\))[ \t]*,[ \t]*\w+[ \t]*:|^[ \t]*raise[ \t]+[\w.]+[ \t]*,'
    r'|<>|`|\b\d+[lL]\b|\bur"|\b(?:xrange|unicode|basestring|raw_input|iteritems|has_key)\('
    r'|^[ \t]*(?:import|from)[ \t]+(?:urllib2|cPickle|ConfigParser|StringIO|Queue)\b',
    re.MULTILINE,
)


def broken_files(
    loaded: Loaded, homes: Homes, is_test: Callable[[str], bool], tasks: Iterable[str], patterns: Sequence[str]
) -> Iterator[BrokenFile]:
    """The files with pipelines that Python cannot read.

    `is_test` tells the files that do not count, `tasks` are the full names of the project's task classes, `patterns` those of pipelines.
    """
    names = {each.rpartition('.')[2] for each in tasks}
    for path, why in loaded.unreadable.items():
        if is_test(path) or _is_elsewhere(loaded.project.below_root(path)):
            continue
        source = _source(path)
        if source is not None and (_is_readable(source) or _is_for_others(_code(source))):
            continue
        is_named = any(fnmatchcase(name, pattern) for name in homes.taken_from(path) for pattern in patterns)
        if is_named or (source is not None and _defines_tasks(_code(source), names)):
            yield BrokenFile(Place(path, why.at.line), why.reason, _line(source or b'', why.at.line))


def is_for_python_2(path: str, imports: Iterable[Reference]) -> bool:
    """Whether a file is a script for Python 2 that our reader took for one of Python 3.14, where `except A, b:` means something else."""
    if any(module.partition('.')[0] == 'gokart' for module, _, _ in imports):
        return False
    source = _source(path)
    return source is not None and _EXCEPT.search(source) is not None and not _is_readable(source)


def _source(path: str) -> bytes | None:
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError:
        return None


def _is_elsewhere(path: str) -> bool:
    """Whether a file, given relative to the root, stands among templates, other people's code, or what tests read."""
    folders = path.split('/')[:-1]
    return not _OTHERS.isdisjoint(folders) or any('{' in folder for folder in folders)


def _line(source: bytes, number: int) -> str:
    """A line to show; none of a text that cannot be decoded."""
    try:
        return text.Lines(text.decode(source).text).line(number).strip()
    except (text.Undecodable, IndexError):
        return ''


def _is_readable(source: bytes) -> bool:
    """Whether Python itself reads what our own reader gave up on, such as a sum of thousands of terms."""
    try:
        code = text.decode(source).text
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            compile(code, '<file>', 'exec', dont_inherit=True)
    except (text.Undecodable, SyntaxError, ValueError):
        return False
    except (RecursionError, MemoryError):
        pass  # that is this process's affair: nobody knows
    return True


def _code(source: bytes) -> str:
    """The text without comments and without what stands in quotes; only ASCII matters."""
    return _QUOTED.sub(lambda found: '' if found.group().startswith('#') else '""', source.decode('ascii', 'replace'))


def _is_for_others(code: str) -> bool:
    """Whether a text is right for another reader: a template, IPython, or a Python 2, which never had gokart."""
    return bool(_PLACEHOLDER.search(code)) or (not _imports(code, {'gokart'}) and bool(_PYTHON_2.search(code)))


def _defines_tasks(code: str, tasks: Collection[str]) -> bool:
    """Whether a class derives from something, where gokart or luigi is imported or a base has the name of a task of the project."""
    bases = _words(_BASES.findall(code))
    return bool(bases) and (_imports(code, {'gokart', 'luigi'}) or not bases.isdisjoint(tasks))


def _imports(code: str, names: set[str]) -> bool:
    return not names.isdisjoint(_words(_IMPORT.findall(code)))


def _words(texts: list[str]) -> set[str]:
    return {word for each in texts for word in re.findall(r'\w+', each)}
