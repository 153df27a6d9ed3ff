"""Old code under a linter: what is known already is written down, so that only what is new is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from gokart_lint.adoption.narrowing import Narrowing
    from gokart_lint.settings import Settings


class AdoptionError(ValueError):
    """Why what was known before cannot be told from what is new, and what helps."""


class Adopting(msgspec.Struct, frozen=True):
    """What the command line says of old code."""

    add_ignores: bool = False
    reason: str = ''
    baseline: Path | None = None
    no_baseline: bool = False
    update_baseline: bool = False
    base: str | None = None


def narrowing(adopting: Adopting, settings: Settings, folder: Path, paths: Sequence[Path]) -> Narrowing | None:
    """What leaves the known findings of a run out, if any are to be."""
    if adopting.base is None and not adopting.baseline and not adopting.update_baseline and (adopting.no_baseline or not settings.baseline):
        return None
    from gokart_lint.adoption.narrowing import Narrowing

    return Narrowing(adopting, settings, folder, paths)
