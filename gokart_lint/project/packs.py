"""What is kept of many contents, in one file: to write one file each takes longer than to read the code that they are about.

A pack starts with the digest of its index and how long that is. The index lists the contents, and behind it their data stand in its
order, each after its own digest, so that one is read without the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from gokart_lint.project.sealing import DIGEST, digest, opened, sealed

_HEAD = DIGEST + 8
_MOST_INDEX = 2**24  # bytes: a broken head must not ask for more memory than there is

_index_decoder = msgspec.msgpack.Decoder(list[tuple[bytes, int]])


class Slot(msgspec.Struct, frozen=True):
    """Where the data of a content stand: the pack, and the place and length there in bytes, with their digest."""

    pack: Path
    start: int
    length: int


def packed(contents: Mapping[bytes, bytes]) -> bytes:
    """The pack of the data of some contents."""
    data = [sealed(each) for each in contents.values()]
    index = msgspec.msgpack.encode([(content, len(each)) for content, each in zip(contents, data, strict=True)])
    return b''.join([digest(index), len(index).to_bytes(8, 'little'), index, *data])


def slots(packs: Iterable[Path]) -> dict[bytes, Slot]:
    """Where the data of all contents of some packs stand. A pack that cannot be read holds nothing."""
    found: dict[bytes, Slot] = {}
    for pack in packs:
        try:
            with pack.open('rb') as file:
                index, start = _index(file)
        except (OSError, msgspec.MsgspecError):
            continue
        for content, length in index:
            found[content] = Slot(pack, start, length)
            start += length
    return found


def _index(file: BinaryIO) -> tuple[list[tuple[bytes, int]], int]:
    """The index of a pack, and where its data start."""
    head = file.read(_HEAD)
    length = int.from_bytes(head[DIGEST:], 'little')
    if length > _MOST_INDEX:
        return [], 0
    data = file.read(length)
    if digest(data) != head[:DIGEST]:
        return [], 0
    return _index_decoder.decode(data), _HEAD + length


def taken(slot: Slot) -> bytes | None:
    """The data in a slot; None if they are no longer there."""
    try:
        with slot.pack.open('rb') as file:
            file.seek(slot.start)
            return opened(file.read(slot.length))
    except OSError:
        return None
