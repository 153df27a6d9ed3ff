"""GK203: runs that come from bases, and templates."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_inherited(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        {
            'flow/__init__.py': 'from .base import *\n',
            'flow/base.py': """
                import gokart


                class Root(gokart.TaskOnKart):
                    def run(self):  # expect GK203@9
                        self._run(self.load())

                    def _run(self, data):
                        raise NotImplementedError


                class Template(gokart.TaskOnKart):
                    def run(self):
                        self._run(self.load())

                    def _run(self, data):
                        pass


                class Hook(gokart.TaskOnKart):
                    def run(self):
                        pass


                class Works(gokart.TaskOnKart):
                    def run(self):  # expect GK203@9
                        self.load()


                class RunMixin:
                    def run(self):  # expect GK203@9
                        self.work()


                class Lazy(gokart.TaskOnKart):
                    def run(self):  # expect GK203@9
                        self.work()

                    def work(self):
                        return 1
                """,
            'flow/tasks.py': """
                from typing import Generic, TypeVar

                import gokart

                import flow as f
                from flow import Hook, Lazy, Root as Deep, RunMixin, Template

                T = TypeVar('T')


                class Middle(Generic[T], Deep):
                    pass


                class Dumps(Middle[int]):
                    def _run(self, data):
                        self.dump(data)


                class Forgets(Middle[int]):
                    def _run(self, data):
                        return data


                class ForgetsToo(Middle[int]):
                    def _run(self, data):
                        return self.load()


                class A(Template):
                    def _run(self, data):
                        self.dump(data)


                class B(Hook):
                    def run(self):
                        self.dump(1)


                class C(f.Works):
                    def run(self):
                        self.dump(1)


                class D(RunMixin, gokart.TaskOnKart):
                    def work(self):
                        return 1


                class E(Lazy):
                    def work(self):
                        return 2


                class Super(Lazy):
                    def work(self):
                        self.dump(super().work())

                    def run(self):
                        self.work()


                class AboveSilent(E):
                    def run(self):  # expect GK203@9
                        return super().work()
                """,
        },
        'GK203',
    )
    end = 'is never complete and nothing can load it: end run() with self.dump(...)'
    assert [each.message for each in found] == [
        f'Root.run, which Forgets inherits, never dumps, so Forgets {end}',
        f'Works.run never dumps, so Works {end}',
        f'RunMixin.run, which D inherits, never dumps, so D {end}',
        f'Lazy.run never dumps, so Lazy {end}',
        f'AboveSilent.run never dumps, so AboveSilent {end}',
    ]
    assert all(each.fix is None for each in found)
