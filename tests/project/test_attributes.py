"""What the classes below a class have that it has not."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.project.attributes import defined_below
from tests.project.building import load, module

TASKS = """\
import gokart
import luigi
import luigi.util
from mixins import Mixin

class Source(gokart.TaskOnKart):
    copied = luigi.IntParameter()

class Base(gokart.TaskOnKart):
    pass

class Alone(gokart.TaskOnKart):
    pass

@luigi.util.inherits(Source)
class Heir(Mixin, Base):
    constant = 1
    declared = luigi.IntParameter()

    class Nested:
        pass

    def method(self):
        self.assigned = 1

class Template(gokart.TaskOnKart):
    pass

class OfNobodyKnows(unknown(), Template):
    pass

class Dynamic(gokart.TaskOnKart):
    pass

class ByName(Dynamic):
    def run(self):
        for name in 'ab':
            setattr(self, name, 1)
"""
MIXINS = """\
import luigi

class Deep:
    from_deep = 1

class Mixin(Deep):
    def from_mixin(self):
        self.assigned_there = 1
"""


def below(folder: Path, name: str) -> frozenset[str] | None:
    project = load(folder, {'tasks.py': TASKS, 'mixins.py': MIXINS})
    found = module(project, folder, 'tasks.py').class_named(name)
    assert found is not None
    return defined_below(found)


def test_an_heir_has_what_its_body_its_mixins_its_methods_and_its_decorators_give(tmp_path: Path) -> None:
    found = below(tmp_path, 'Base')
    assert found is not None
    expected = {
        'constant',
        'declared',
        'Nested',
        'method',
        'assigned',
        'from_deep',
        'from_mixin',
        'assigned_there',
        'copied',
        'clone_parent',
    }
    assert expected <= found
    assert 'workspace_directory' not in found


def test_nothing_stands_below(tmp_path: Path) -> None:
    assert below(tmp_path, 'Alone') == frozenset()


def test_an_heir_that_may_have_anything(tmp_path: Path) -> None:
    assert below(tmp_path, 'Template') is None
    assert below(tmp_path, 'Dynamic') is None
