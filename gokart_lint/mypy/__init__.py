"""The mypy plugin: `plugins = ["gokart_lint.mypy"]` type-checks the wiring of task parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gokart_lint import __version__ as __version__  # mypy looks for it here: what an older version cached is not used

if TYPE_CHECKING:
    from mypy.plugin import Plugin


def plugin(version: str) -> type[Plugin]:
    """What mypy asks a plugin module for; `version` is mypy's own."""
    from gokart_lint.mypy.hooks import GokartPlugin  # a module called `plugin` would take the place of this function

    return GokartPlugin
