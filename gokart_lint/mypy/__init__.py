"""The mypy plugin: `plugins = ["gokart_lint.mypy"]` type-checks the wiring of task parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy.plugin import Plugin


def plugin(version: str) -> type[Plugin]:
    """What mypy asks a plugin module for; `version` is mypy's own."""
    from gokart_lint.mypy.hooks import GokartPlugin

    return GokartPlugin
