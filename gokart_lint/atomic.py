"""Writing a file so that whoever reads it, at whatever moment and after whatever crash, sees the old one or the new one, whole."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

_TEMPORARY = re.compile(r'\.\d+-[0-9a-f]{8}\.tmp')
_LONGEST = 60  # seconds: no write takes so long, so that an older temporary file is that of a killed run


def write(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace what a path holds. Permissions and links stay; a device or a pipe is written to as it is. Raises OSError.

    `durable` waits for the disk, so that a power cut leaves no empty file, and looks for what killed runs left beside the file; a cache
    can do without either.
    """
    target = os.path.realpath(path)
    try:
        status: os.stat_result | None = os.stat(path)  # not of the target: the name that Linux gives for a pipe leads nowhere
    except FileNotFoundError:
        status = None
    if status is not None and not stat.S_ISREG(status.st_mode):
        with open(path, 'wb') as device:
            device.write(data)
        return
    if durable:
        _sweep(target)
    # a number alone would meet the file of a killed run: in a container every run has the same process id
    beside = f'{target}.{os.getpid()}-{os.urandom(4).hex()}.tmp'
    try:
        _write_new(beside, data, status, durable)
        os.replace(beside, target)
    except BaseException:  # a Ctrl-C leaves no temporary file either
        with suppress(OSError):
            os.unlink(beside)
        raise


def _write_new(path: str, data: bytes, like: os.stat_result | None, durable: bool) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, 'O_BINARY', 0), 0o666)
    with open(handle, 'wb') as file:
        file.write(data)
        file.flush()
        if durable:
            os.fsync(handle)
    if like is not None:
        with suppress(OSError, AttributeError):  # no other owner may be given, or none exists (Windows)
            os.chown(path, like.st_uid, like.st_gid)
        os.chmod(path, stat.S_IMODE(like.st_mode))


def _sweep(target: str) -> None:
    """Remove the temporary files for a path that killed runs left beside it."""
    folder, name = os.path.split(target)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_ours = entry.name.startswith(name) and _TEMPORARY.fullmatch(entry.name, len(name))
            if is_ours and time.time() - entry.stat(follow_symlinks=False).st_mtime > _LONGEST:
                os.unlink(entry.path)
