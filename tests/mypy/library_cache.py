"""A cache of mypy that knows gokart, luigi and what they import, and no project: it makes a small program cost one second, not seven."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

from mypy import api

PYPROJECT = """\
[tool.mypy]
plugins = ["gokart_lint.mypy"]
show_error_codes = true
pretty = false
namespace_packages = true
explicit_package_bases = true
enable_error_code = ["redundant-expr"]
disable_error_code = ["import-untyped"]
"""
_LIBRARIES = 'import gokart\nimport gokart.parameter\nimport luigi\nimport luigi.util\n'


def seed(cache: Path) -> None:
    """Make a folder the cache of a run that has seen the libraries alone; mypy itself throws it away where the settings are others."""
    shutil.copytree(_made(), cache)


@functools.cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / 'pyproject.toml').write_text(PYPROJECT, encoding='utf-8')
    (folder / 'libraries.py').write_text(_LIBRARIES, encoding='utf-8')
    before = Path.cwd()
    os.chdir(folder)
    try:
        printed, complaints, status = api.run(['--cache-dir', 'cache', 'libraries.py'])
    finally:
        os.chdir(before)
    assert status == 0, printed + complaints
    return folder / 'cache'
