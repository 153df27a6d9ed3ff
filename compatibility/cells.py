"""What is tried together: one cell is one Python with some versions pinned; what is not pinned is the newest that there is."""

from __future__ import annotations

from dataclasses import dataclass

PLUGIN = ('tests/pytest_gokart',)
TYPES = ('tests/mypy',)
LINTER = ('tests/rules', 'tests/project', 'tests/reading', 'tests/wiring', 'tests/reports', 'tests/test_checking.py', 'tests/test_cli.py')
TEST_REQUIREMENTS = (
    'pytest-xdist',
    'hypothesis',
    'jsonschema',
    'markdown-it-py',
    'mypy',
    'pandas',
    'polars',
    'pydantic',
    'scikit-learn',
    'toml',
    'xmlschema',
)
"""What the tests import beside the project and its extra `pytest`."""
QUIET = 'google-api-core<2.26'
"""gokart imports it; later ones warn of the age of Python 3.10 at import, and projects among the tests make errors of warnings."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One environment, and the tests that run in it."""

    name: str
    python: str
    pins: tuple[str, ...] = ()
    tests: tuple[str, ...]
    newest: bool = False
    """No test may be skipped here for want of a newer gokart or luigi."""


CELLS = (
    Cell(
        name='oldest',
        python='3.10',
        pins=('pytest==8.0.0', 'gokart==1.6.0', 'luigi==3.6.0', 'networkx==3.0', QUIET),
        tests=PLUGIN,
    ),
    Cell(name='pytest-8.4', python='3.11', pins=('pytest==8.4.2', 'gokart==1.10.3', 'luigi==3.7.3'), tests=PLUGIN),
    Cell(name='pytest-9.0', python='3.11', pins=('pytest==9.0.0', 'gokart==1.12.0', 'luigi==3.8.0'), tests=PLUGIN),
    Cell(name='newest', python='3.12', tests=(*PLUGIN, *LINTER), newest=True),
    Cell(name='python-3.10', python='3.10', pins=(QUIET,), tests=(*PLUGIN, *LINTER), newest=True),
    Cell(name='python-3.13', python='3.13', tests=(*PLUGIN, *LINTER), newest=True),
    Cell(
        name='linter-oldest',
        python='3.10',
        pins=('click==8.1.0', 'libcst==1.8.4', 'msgspec==0.19.0', 'rich==13.0.0', 'tomli==2.0.0', QUIET),
        tests=LINTER,
    ),
    Cell(
        name='mypy-oldest',
        python='3.10',
        pins=('mypy==1.20.0', 'gokart==1.12.0', 'luigi==3.8.1', QUIET),
        tests=TYPES,
    ),
)
