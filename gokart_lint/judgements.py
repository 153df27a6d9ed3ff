"""What earlier runs found in each file, and what that rested on, so that a run judges again only what a change may concern.

Files are judged a few at a time, and the project forgets its modules in between: what the findings of these files rest on is then what
was asked of the project meanwhile (`project.ledger`). They hold as long as these files say the same and the questions have the same
answers. A new or a vanished file may change what any import means, so that everything is judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gokart_lint.findings import Finding
from gokart_lint.project.ledger import KINDS, Ledger, Question, seal
from gokart_lint.project.loading import Loaded
from gokart_lint.project.sealing import digest
from gokart_lint.project.stamps import stamp
from gokart_lint.project.store import Entry, Store

Found = dict[str, tuple[Finding, ...]]
"""The findings of some files, by absolute path."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Files that were judged together. `files` and `questions` are what their findings rested on, by their places in `Kept`."""

    found: Found
    files: tuple[int, ...]
    questions: tuple[int, ...]


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """All that is kept: the files and what they said, the questions with digests of their answers, and what was found.

    `names` stands for the set of all files, `states` for what the questions of each kind are answered from.
    """

    names: bytes
    states: dict[str, bytes]
    files: tuple[tuple[str, bytes], ...]
    questions: tuple[tuple[Question, bytes], ...]
    batches: tuple[Batch, ...]


_decoder = msgspec.msgpack.Decoder(Kept)
_paths_decoder = msgspec.msgpack.Decoder(tuple[str, ...])


class Judgements:
    """The findings that still hold, and those that a run adds. `key` stands for the rules, the settings and our own code."""

    def __init__(self, store: Store, key: bytes, loaded: Loaded) -> None:
        self._store = store
        self._key = digest(b'judgements', key)
        self._loaded = loaded
        self._now = {path: _says(entry, loaded.project.holds(path)) for path, entry in loaded.entries.items()}
        self._places = {path: place for place, path in enumerate(self._now)}
        self._questions: dict[tuple[Question, bytes], int] = {}
        self._batches: list[Batch] = []
        self.found: Found = {}
        kept = self._load()
        if kept is not None and kept.names == loaded.names:
            self._take_over(kept)

    def _load(self) -> Kept | None:
        consulted = self._store.result(self._key)
        data = None if consulted is None else self._store.result(digest(self._key, stamp(_paths_decoder.decode(consulted))))
        return None if data is None else _decoder.decode(data)

    def _take_over(self, kept: Kept) -> None:
        same = [self._now.get(path) == said for path, said in kept.files]
        pending = [batch for batch in kept.batches if all(same[place] for place in batch.files)]
        states = self._states()
        asked = {place for batch in pending for place in batch.questions}
        asked = {place for place in asked if kept.states.get(kept.questions[place][0][0]) != states[kept.questions[place][0][0]]}
        changed = {place for place in asked if seal(self._loaded.project.ask(kept.questions[place][0])) != kept.questions[place][1]}
        for batch in pending:
            if changed.isdisjoint(batch.questions):
                self.found |= batch.found
                files = (self._places[kept.files[place][0]] for place in batch.files)
                self._add(batch.found, files, (kept.questions[place] for place in batch.questions))

    def _states(self) -> dict[str, bytes]:
        return {kind: self._loaded.project.state(kind) for kind in KINDS}

    def add(self, found: Found, rested_on: Ledger) -> None:
        """Keep what was found in some files that were judged together."""
        if not rested_on.everything and rested_on.files <= self._places.keys():
            self._add(found, map(self._places.__getitem__, rested_on.files), rested_on.questions.items())

    def _add(self, found: Found, files: Iterable[int], questions: Iterable[tuple[Question, bytes]]) -> None:
        numbered = (self._questions.setdefault(question, len(self._questions)) for question in questions)
        self._batches.append(Batch(found, tuple(files), tuple(numbered)))

    def save(self, consulted: Sequence[str]) -> None:
        """Write all down. `consulted` are the paths beside the Python files that it rests on."""
        kept = Kept(self._loaded.names, self._states(), tuple(self._now.items()), tuple(self._questions), tuple(self._batches))
        self._store.save_result(self._key, msgspec.msgpack.encode(consulted))
        self._store.save_result(digest(self._key, stamp(consulted)), msgspec.msgpack.encode(kept))


def _says(entry: Entry, is_held: bool) -> bytes:
    """A short name for what a file says, and whether the project holds its facts: another file may make it concern a task."""
    state = b'!' if entry.unreadable is not None else b'+' if is_held else b'-'
    return state + entry.digest
