"""Tasks and task classes that class bodies give to a name, as the rules on constructions see them."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked

_TASKS = """
    import gokart
    import luigi


    class Wine(gokart.TaskOnKart):
        n = luigi.IntParameter()


    class Beer(gokart.TaskOnKart):
        m = luigi.IntParameter(default=1)


    class Count(gokart.TaskOnKart):
        wine = gokart.TaskInstanceParameter(expected_type=Wine)
"""


def test_what_class_bodies_say(tmp_path: Path) -> None:
    files = {
        'tasks.py': _TASKS,
        'pipe.py': """
            import gokart
            from tasks import Beer, Count, Wine


            class Mixin:
                mixed = Wine


            class Base(Mixin, gokart.TaskOnKart):
                chosen = Wine
                fixed: type = Beer
                source = Beer()

                def requires(self):
                    made = [
                        self.fixed(n=1),  # expect GK105@24
                        self.chosen(m=1, n=1, k=1),  # expect GK105@35
                        self.mixed(),  # expect GK104@13
                        Count(wine=self.source),  # expect GK103@19
                        Count(wine=self.fixed()),  # expect GK103@19
                        Count(wine=type(self).fixed()),  # expect GK103@19
                        Base.fixed(n=1),  # expect GK105@24
                    ]
                    return {'made': made}

                @classmethod
                def make(cls):
                    return cls.fixed(n=1)  # expect GK105@26

                def run(self):
                    self.dump(self.load('mad'))  # expect GK107@29


            class Below(Base):
                chosen = Beer
            """,
    }
    assert_marked(tmp_path, files, 'GK103', 'GK104', 'GK105', 'GK107')


def test_what_they_leave_open(tmp_path: Path) -> None:
    files = {
        'tasks.py': _TASKS,
        'elsewhere.py': """
            import pipe
            from tasks import Beer


            def main():
                pipe.Base.replaced = Beer
            """,
        'pipe.py': """
            import gokart
            from library import UnknownMixin, Foreign
            from tasks import Beer, Count, Wine


            class Base(gokart.TaskOnKart):
                chosen = Wine
                replaced = Wine
                assigned = Wine
                foreign = Foreign
                none = None
                said: type
                table = {'a': Beer}
                twice = Wine
                twice = Beer
                looped = Wine
                a, b = Wine, Beer
                hidden = Beer
                if gokart:
                    under_if = Wine
                else:
                    under_if = Beer
                for looped in (Wine, Beer):
                    pass

                def requires(self):
                    self.assigned = Beer
                    return [
                        self.chosen(n=1),
                        self.chosen(m=1),
                        self.replaced(m=1),
                        self.assigned(m=1),
                        self.foreign(k=1),
                        self.none(k=1),
                        self.said(k=1),
                        self.table['a'](k=1),
                        self.twice(n=1),
                        self.looped(n=1),
                        self.a(m=1),
                        self.under_if(m=1),
                        self.hidden(k=1),
                        Count(wine=self.chosen()),
                    ]


            class Below(Base):
                chosen = Beer

                @property
                def hidden(self):
                    return print


            class Unknown(UnknownMixin, gokart.TaskOnKart):
                chosen = Wine

                def requires(self):
                    return self.chosen(k=1)


            class Open(UnknownMixin, Unknown):
                pass
            """,
    }
    assert_marked(tmp_path, files, 'GK103', 'GK104', 'GK105', 'GK107')
