"""Names for bytes, and bytes that tell whether they are still what was written."""

from __future__ import annotations

from hashlib import blake2b

DIGEST = 16
"""The length of a digest, in bytes."""


def digest(*parts: bytes) -> bytes:
    """A short name for some bytes."""
    made = blake2b(digest_size=DIGEST)
    for part in parts:
        made.update(len(part).to_bytes(8, 'little'))
        made.update(part)
    return made.digest()


def sealed(data: bytes) -> bytes:
    """Some bytes behind their digest."""
    return digest(data) + data


def opened(data: bytes) -> bytes | None:
    """The bytes that `sealed` was given; None if they are others by now."""
    return data[DIGEST:] if data[:DIGEST] == digest(data[DIGEST:]) else None
