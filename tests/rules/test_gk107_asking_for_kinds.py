"""GK107 beside `isinstance`: code that asks what its input is takes keys as they come, code that asks about its data does not."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked
from tests.rules.test_gk107_unknown_load_key import LIBRARY


def test_a_kind_of_data_is_no_kind_of_input(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        LIBRARY
        + """
class Tokens(Base):
    size = luigi.IntParameter(default=3)

    def requires(self):
        return {'text': A()}

    def run(self):
        texts = self.load('texts')  # expect GK107@27
        if len(texts) > self.size:
            texts = choice(texts, size=self.size)
        if isinstance(texts[0], str):
            texts = list(texts)
        self.dump(texts)


class Sized(Base):
    size = luigi.Parameter()

    def requires(self):
        return {'text': A()}

    def run(self):
        if isinstance(self.size, str) or isinstance(3, int):
            self.dump(self.load('texts'))  # expect GK107@33
""",
        'GK107',
    )


def test_a_kind_of_input(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        LIBRARY
        + """
class OfAll(Base):
    def requires(self):
        return A()

    def run(self):
        loaded = self.load()
        if isinstance(loaded, dict):
            self.dump(self.load('a'))


class Renamed(Base):
    def requires(self):
        return A()

    def run(self):
        targets = self.input()
        found = targets
        if isinstance(found, dict):
            self.dump(self.load('a'))


class Kept(Base):
    def requires(self):
        return A()

    def run(self):
        self.targets = self.input()
        if isinstance(self.targets, dict):
            self.dump(self.load('a'))


class Given(Base):
    def requires(self):
        return A()

    def run(self, targets=None):
        if isinstance(targets or self.requires(), dict):
            self.dump(self.load('a'))


class InLoop(Base):
    def requires(self):
        return A()

    def run(self):
        for each in self.load():
            if isinstance(each, int):
                self.dump(self.load('a'))
""",
        'GK107',
    )
