"""The hooks that a conftest.py can answer."""

from __future__ import annotations

from collections.abc import Mapping

import pytest


@pytest.hookspec
def pytest_gokart_parameters(task_class: type) -> Mapping[str, object] | None:
    """The values that a task class is built with when its wiring is checked: by name, as its constructor takes them.

    Asked for every pipeline, and for every task class that a value for a task parameter is made of. None and names that are left out mean
    no opinion: pyproject.toml, the luigi configuration, the default and at last a sample give those. Values are Python objects, not text
    to parse. If several conftest.py files answer, the nearest to the task's file wins, name by name; one that stands with pipelines of its
    own answers for those alone. A name that is no parameter of the
    class, or a value that its parameter refuses, fails the item::

        def pytest_gokart_parameters(task_class):
            if task_class.__name__ == 'WinePipeline':
                return {'grape': 'riesling', 'vintage': datetime.date(2020, 1, 1)}
    """
