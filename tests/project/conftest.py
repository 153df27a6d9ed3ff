"""The project of many forms, read by us and by Python, once for all tests."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from gokart_lint.project.classes import Class
from tests.project.building import classes, load
from tests.project.pipelines import FILES, Live, live


class Shop(NamedTuple):
    """The classes of the project by their full names, as we read them and as Python made them."""

    read: dict[str, Class]
    live: dict[str, Live]


@pytest.fixture(scope='session')
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp('shop').resolve()
    return Shop(classes(load(folder, FILES)), live(folder))
