"""GK304: what a function reads only for callers that leave an argument out."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked

FEATURES = """
    import os
    from datetime import date


    def by_or(frame, today=None):
        today = today or date.today()
        return frame, today


    def by_branch(frame, *, today: date | None = None):
        if today is None:
            today = date.today()
        return frame, today


    def by_other_branch(frame, today=None):
        if today is not None:
            return frame, today
        else:
            return frame, this_day()


    def by_conditional(frame, today=None):
        return frame, (today if today else date.today()), (date.today() if today is None else today)


    def this_day():
        return date.today()


    def handed_on(frame, today=None):
        return by_or(frame, today=today)


    def handed_on_when_known(frame, today=None):
        today = today or date(2020, 1, 1)
        return by_or(frame, today)


    def two(first=None, second=None):
        return first or date.today(), second or date.today()


    def always(frame, today=None):
        return frame, today, date.today()


    class Client:
        def __init__(self, project=None):
            self.project = project or os.environ['PROJECT']

        def get(self, since=None):
            return self.project, date.today() if since is None else since
    """


def test_what_stands_in_for_an_argument(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'features.py': FEATURES,
            'tasks.py': """
                from datetime import date

                import gokart
                import luigi
                from features import (
                    Client, always, by_branch, by_conditional, by_or, by_other_branch, handed_on, handed_on_when_known, two
                )


                class Base(gokart.TaskOnKart):
                    day = luigi.DateParameter()
                    options = luigi.DictParameter()


                class Gives(Base):
                    def run(self):
                        a = by_or(self.load(), self.day), by_branch(self.load(), today=self.day), by_conditional(1, self.day)
                        b = by_other_branch(1, self.day), handed_on(1, self.day), handed_on_when_known(1), two(self.day, self.day)
                        c = Client('x').get(since=self.day), Client(project=self.day).get(self.day), by_or(1, **self.options)
                        self.dump((a, b, c, self._own(self.day), self._static(self.day)))

                    def _own(self, day=None):
                        return day or date.today()

                    @staticmethod
                    def _static(day=None):
                        return day or date.today()


                class LeavesOut(Base):
                    def run(self):
                        a = by_or(self.load())  # expect GK304@13
                        b = by_branch(1, today=None)  # expect GK304@13
                        c = by_conditional(1)  # expect GK304@13
                        d = by_other_branch(1)  # expect GK304@13
                        e = two(self.day)  # expect GK304@13
                        f = Client()  # expect GK304@13
                        g = f.get()  # expect GK304@13
                        self.dump((a, b, c, d, e, f, g))


                class HandsNothingOn(Base):
                    def run(self):
                        self.dump(handed_on(self.load()))  # expect GK304@19


                class Both(Base):
                    def run(self):
                        self.dump((by_or(1, self.day), by_or(1)))  # expect GK304@40


                class Always(Base):
                    def run(self):
                        self.dump(always(1, self.day))  # expect GK304@19


                class Own(Base):
                    def run(self):
                        self.dump(self._own())

                    def _own(self, day=None):
                        return day or date.today()  # expect GK304@23
                """,
        },
        'GK304',
    )
