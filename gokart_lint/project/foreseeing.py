"""Which files concern a task although they do not name gokart, told from the words of their imports before anything is parsed.

Whatever imports a file with tasks is needed whole in the end. A first reading that only asked for its imports would parse it twice. A
word too much costs little, and what this misses is read when the imports are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath

MENTION = re.compile(rb'gokart|luigi|LUIGI_CONFIG|GK\d')
_IMPORT = re.compile(rb'^[ \t]*(?:from[ \t]+([\w. \t]+)import\b[ \t]*(\([^)]*\)|[^\n#]*)|import[ \t]+([^\n#]*))', re.MULTILINE)
_WORD = re.compile(rb'[^\W\d]\w*')


def foreseen(contents: Iterable[tuple[str, bytes]]) -> set[str]:
    """The files that mention gokart, and those that seem to import one of them, directly or through others. Takes path and content."""
    names: dict[str, bytes] = {}
    importers: dict[bytes, list[str]] = defaultdict(list)
    pending: list[str] = []
    for path, data in contents:
        names[path] = _own_name(path)
        for word in _imported_words(data):
            importers[word].append(path)
        if MENTION.search(data):
            pending.append(path)
    found = set(pending)
    while pending:
        for importer in importers.pop(names[pending.pop()], ()):
            if importer not in found:
                found.add(importer)
                pending.append(importer)
    return found


def _own_name(path: str) -> bytes:
    """The word that an import of a file says: its name, or that of its package."""
    place = PurePath(path)
    return (place.parent.name if place.name == '__init__.py' else place.stem).encode('utf-8', 'surrogateescape')


def _imported_words(data: bytes) -> set[bytes]:
    return {word for found in _IMPORT.findall(data) for part in found for word in _WORD.findall(part)}
