"""The calls of those bodies of a module that hold a word."""

from __future__ import annotations

from pathlib import Path

from gokart_lint.project.calls import calls, calls_near
from gokart_lint.walking import dotted
from tests.project.building import load, module

TEXT = """
import gokart

class A(gokart.TaskOnKart[int]):
    n = make(switch=1)

    @decorated(switch=2)
    def run(self, other=make(3)):
        def inner():
            return make(switch=4)
        self.dump(inner())

    def requires(self):
        return make(5)


def function():
    return make(**{'switch': 6})


def without():
    return make(7)


make(switch=8)
"""


def test_the_calls_near_a_word(tmp_path: Path) -> None:
    found = module(load(tmp_path, {'tasks.py': TEXT}), tmp_path, 'tasks.py')
    near = {site.call.at for site in calls_near(found, 'switch')}
    text = TEXT.lstrip('\n').splitlines()
    assert [each.call.at for each in calls_near(found, 'switch')] == [each.call.at for each in calls(found) if each.call.at in near]
    left_out = [text[site.call.at.line - 1].strip() for site in calls(found) if site.call.at not in near]
    assert left_out == ['return make(5)', 'return make(7)']


def test_the_scope_of_a_function_is_one(tmp_path: Path) -> None:
    found = module(load(tmp_path, {'tasks.py': TEXT}), tmp_path, 'tasks.py')
    method = found.classes[0].own_methods['run']
    assert method.scope is method.scope
    assert method.scope.assigned.keys() == {'self', 'other'}
    assert {dotted(each) for each in method.scope.called} == {'self.dump', 'inner'}
