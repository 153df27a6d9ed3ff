from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'base.py': """
            import gokart as gk
            import luigi


            class Base(gk.TaskOnKart):
                given = luigi.Parameter()

                def __init__(self, *args, **kwargs):
                    super().__init__(*args, **kwargs)
                    self.state = 1

                def run(self):
                    self.dump(self.hook() + self.nothing)  # expect GK407@38
            """,
        'mixin.py': '# for gokart\nclass Mixin:\n    extra = 1\n\n    def method(self):\n        return self.state\n',
        'middle.py': """
            from base import Base as Other
            from mixin import *


            class Middle(Mixin, Other):
                def hook(self):
                    return self.given + self.extra + self.state + self.method() + self.patched
            """,
        'patch.py': 'from middle import Middle\n\n\ndef patch(task: Middle):\n    task.patched = 1\n',
        'tasks.py': """
            from middle import Middle


            class Train(Middle):
                def requires(self):
                    return self.given, self.extra, self.state, self.hook, self.stat  # expect GK407@68
            """,
        'other.py': 'import gokart\n\n\nclass Unrelated(gokart.TaskOnKart):\n    def run(self):\n        self.nothing = 1\n',
    }
    assert_marked(tmp_path, files, 'GK407')


def test_a_base_that_is_decorated_below(tmp_path: Path) -> None:
    text = """
        import gokart
        import luigi
        from luigi.util import inherits, requires


        class Source(gokart.TaskOnKart):
            copied = luigi.Parameter()


        class Base(gokart.TaskOnKart):
            def run(self):
                self.dump(self.copied + self.clone_parent + self.neither)  # expect GK407@58


        @requires(Source)
        class Below(Base):
            clone_parent = 1
        """
    assert_marked(tmp_path, text, 'GK407')
