"""What earlier runs found out, on disk: by content, so that it holds whatever happens to file times and branches.

Two processes may use one store at once, and a killed one leaves nothing half-written: every file is written beside its place and moved
there whole, what is read is checked, and what does not hold is as if it were not there. A store that cannot be written is no error.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from gokart_lint import __version__, atomic, facts
from gokart_lint.facts import Unreadable
from gokart_lint.project.mentions import Said
from gokart_lint.project.packs import Slot, packed, slots, taken
from gokart_lint.project.sealing import digest, opened, sealed

_FORMAT = 7
_PACK = '.pack'
_WORTH_PACKING = 16  # contents
_HOUR, _WEEK = 3600, 7 * 24 * 3600  # seconds

Reference = tuple[str, str | None, int]
"""An import in short: module, name (None for `import module`, `*`), leading dots."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is known of one file without its facts.

    `names_gokart`: the text mentions gokart, luigi or one of our codes. `configures`: it may name luigi
    configuration files. `derivations` are
    those of `facts.Module`, once the facts were read. `targets` are the project files that it imports, as places in
    the sorted list of paths that the index was made for.
    """

    changed: int
    size: int
    digest: bytes
    names_gokart: bool
    configures: bool
    imports: tuple[Reference, ...]
    derivations: tuple[str, ...] = ()
    unreadable: Unreadable | None = None
    targets: tuple[int, ...] | None = None


class Index(msgspec.Struct, frozen=True, array_like=True):
    """The entries of all files by path. `names` stands for the set of paths and roots that `targets` were resolved in."""

    names: bytes
    entries: dict[str, Entry]


_index_decoder = msgspec.msgpack.Decoder(Index)
_mentions_decoder = msgspec.msgpack.Decoder(dict[bytes, Said])
_encoder = msgspec.msgpack.Encoder()


def environment() -> bytes:
    """What changes the meaning of everything stored: our version and format, and the versions that read the code."""
    return f'{_FORMAT} {__version__} {sys.version_info[:2]} {_libcst_version()} {code_version("reading", "facts")}'.encode()


def code_version(*folders: str) -> str:
    """The times of some of our own files, so that code under work is not answered from what it found before."""
    here = Path(__file__).parent.parent
    return repr(
        sorted(
            (entry.name, entry.stat().st_mtime_ns) for name in folders for entry in os.scandir(here / name) if entry.name.endswith('.py')
        )
    )


def _libcst_version() -> str:
    from importlib.util import find_spec  # importlib.metadata would cost more than the rest of a warm run

    found = find_spec('libcst')
    folder = Path(found.origin).parent.parent if found and found.origin else Path()
    return next((name for name in sorted(os.listdir(folder)) if name.startswith('libcst-')), '') if found else ''


class Store:
    """A folder of what is known. `folder` None remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = None if folder is None else folder / digest(environment()).hex()[:12]
        self._top = folder

    def index(self) -> Index | None:
        data = self._load('index')
        try:
            return None if data is None else _index_decoder.decode(data)
        except msgspec.MsgspecError:
            return None

    def save_index(self, index: Index) -> None:
        self._save('index', _encoder.encode(index))

    @cached_property
    def _contents(self) -> set[str]:
        try:
            return set() if self._folder is None else set(os.listdir(self._folder / 'facts'))
        except OSError:
            return set()

    @cached_property
    def _packed(self) -> dict[bytes, Slot]:
        """The contents whose facts stand together with others."""
        return slots((self._folder or Path()) / 'facts' / name for name in sorted(self._contents) if name.endswith(_PACK))

    def has_facts(self, content: bytes) -> bool:
        """Whether the facts of a content were there when the run began, or were put there since."""
        return content in self._packed or content.hex() in self._contents

    def facts(self, content: bytes) -> facts.Module | None:
        """The facts of a file whose content has a digest."""
        slot = self._packed.get(content)
        data = self._load(f'facts/{content.hex()}') if slot is None else taken(slot)
        try:
            return None if data is None else facts.decode(data)
        except msgspec.MsgspecError:
            return None

    def save_facts(self, encoded: Mapping[bytes, bytes]) -> set[bytes]:
        """Keep the facts of some contents. Returns the contents whose facts are there now."""
        if len(encoded) < _WORTH_PACKING:
            saved = {content for content, each in encoded.items() if self._save(f'facts/{content.hex()}', each)}
            self._contents.update(content.hex() for content in saved)
            return saved
        name = f'facts/{digest(*encoded).hex()}{_PACK}'
        if self._folder is None or not self._write(name, packed(encoded)):
            return set()
        self._packed.update(slots([self._folder / name]))
        return set(encoded)

    def mentions(self) -> dict[bytes, Said]:
        """The names that files say, by the digests of their contents."""
        data = self._load('mentions')
        try:
            return {} if data is None else _mentions_decoder.decode(data)
        except msgspec.MsgspecError:
            return {}

    def save_mentions(self, mentions: dict[bytes, Said]) -> None:
        self._save('mentions', _encoder.encode(mentions))

    def result(self, key: bytes) -> bytes | None:
        """What a whole run gave, by everything that it depended on."""
        return self._load(f'results/{key.hex()}')

    def save_result(self, key: bytes, data: bytes) -> None:
        self._save(f'results/{key.hex()}', data)

    def tidy(self) -> None:
        """Remove what no run has needed for a week, and what other versions left."""
        if self._folder is None or self._top is None or not self._is_due():
            return
        oldest = time.time() - _WEEK
        kept = [*_children(self._folder / 'facts'), *_children(self._folder / 'results')]
        left_by_killed_runs = [path for path in (*_children(self._folder), *kept) if path.suffix == '.tmp']
        unused = [path for path in kept if _changed(path) < oldest]
        for path in (*unused, *(path for path in left_by_killed_runs if _changed(path) < time.time() - _HOUR)):
            with suppress(OSError):
                path.unlink()
        for path in _children(self._top):
            if path != self._folder and path.is_dir() and _changed(path) < oldest:
                shutil.rmtree(path, ignore_errors=True)

    def _is_due(self) -> bool:
        """Once a day at the most. Facts that are used are touched then, not at every use."""
        mark = (self._folder or Path()) / 'tidied'
        if _changed(mark) > time.time() - _WEEK / 7:
            return False
        self._save('tidied', b'')
        return True

    def keep(self, contents: list[bytes]) -> None:
        """Mark facts as in use, before `tidy`."""
        if self._folder is None or _changed(self._folder / 'tidied') > time.time() - _WEEK / 7:
            return
        packs = {slot.pack for content in contents if (slot := self._packed.get(content))}
        for path in (*packs, *(self._folder / 'facts' / content.hex() for content in contents)):
            with suppress(OSError):
                os.utime(path)

    def _load(self, name: str) -> bytes | None:
        if self._folder is None:
            return None
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        return opened(data)

    def _save(self, name: str, data: bytes) -> bool:
        return self._write(name, sealed(data))

    def _write(self, name: str, data: bytes) -> bool:
        if self._folder is None or self._top is None:
            return False
        path = self._folder / name
        try:
            if not path.parent.is_dir():
                self._top.mkdir(parents=True, exist_ok=True)  # what is there hides from git before there is anything to hide
                (self._top / '.gitignore').write_text('# made by gokart-lint\n*\n', encoding='utf-8')
                path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, data, durable=False)
        except OSError:
            return False
        return True


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
