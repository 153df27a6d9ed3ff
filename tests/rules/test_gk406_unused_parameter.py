"""GK406: parameters that nothing reads."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi as lg

                class Mixin:
                    def used(self):
                        return self.of_mixin

                class Base(gokart.TaskOnKart[int]):
                    unused_in_base = lg.IntParameter()  # expect GK406@5

                    def run(self):
                        self.dump(self._run())
            """,
            'tasks.py': """
                import argparse
                import gokart as gk
                import luigi
                from base import Base as Root, Mixin
                from luigi import IntParameter

                class A(Root):
                    a = luigi.IntParameter()  # expect GK406@5
                    b: luigi.IntParameter = luigi.IntParameter(default=3)  # expect GK406@5
                    c = luigi.Parameter(significant=False)  # expect GK406@5
                    d, e = IntParameter(), IntParameter()  # expect GK406@5, GK406@8
                    数 = luigi.IntParameter()  # expect GK406@5
                    __private = luigi.IntParameter(default=1)  # expect GK406@5

                    def _run(self):
                        return 3

                class B(Mixin, Root):
                    of_mixin = luigi.IntParameter()
                    assigned = luigi.IntParameter()  # expect GK406@5

                    def _run(self):
                        self.assigned = 3
                        return 3

                class OnlyInAnother(Root):
                    n_of_other = luigi.IntParameter()  # expect GK406@5

                    def _run(self):
                        n_of_other = 3
                        return n_of_other

                class Another(Root):
                    n_of_other = luigi.IntParameter()

                    def _run(self):
                        return self.n_of_other

                class Builder(gk.TaskOnKart[int]):
                    passed = luigi.IntParameter()

                    def requires(self):
                        return A(a=1, b=self.passed), self.clone(B, of_mixin=1, assigned=2)

                class Plain(luigi.Task):
                    of_plain = luigi.IntParameter()  # expect GK406@5

                    def output(self):
                        return luigi.LocalTarget('x')

                class Pipeline(Root):
                    of_pipeline = luigi.IntParameter()  # expect GK406@5

                    def requires(self):
                        return A(a=1)

                class Loud(Root):
                    of_loud = luigi.IntParameter()  # expect GK406@5

                    def _run(self):
                        print(self)
                        return f'{self}'

                def main():
                    parser = argparse.ArgumentParser()
                    return parser.parse_args().of_loud_too
            """,
        },
        'GK406',
    )


def test_right_that_looks_wrong(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        {
            'base.py': """
                import gokart
                import luigi

                class Mixin:
                    def used(self):
                        return self.of_mixin

                class Template(gokart.TaskOnKart[int]):
                    def run(self):
                        self.dump(self.of_template)

                class Abstract(gokart.TaskOnKart[int]):
                    of_abstract = luigi.IntParameter()

                    def run(self):
                        raise NotImplementedError
            """,
            'tasks.py': """
                import gokart
                import luigi
                from base import Mixin, Template
                from elsewhere import Foreign, decorate, helper
                from luigi.util import inherits, requires

                class A(gokart.TaskOnKart[int]):
                    in_run = luigi.IntParameter()
                    in_output = luigi.IntParameter()
                    in_requires = luigi.IntParameter()
                    in_property = luigi.IntParameter()
                    in_lambda = luigi.IntParameter()
                    in_nested = luigi.IntParameter()
                    in_text = luigi.IntParameter()
                    in_match = luigi.IntParameter()
                    in_walrus = luigi.IntParameter()
                    in_except = luigi.IntParameter()
                    in_comprehension = luigi.IntParameter()
                    under_another_name = luigi.IntParameter()
                    added = luigi.IntParameter()
                    of_subclass = luigi.IntParameter()
                    of_outside = luigi.IntParameter()
                    of_dependent = luigi.IntParameter()
                    __version = luigi.IntParameter(default=1)
                    _ver = luigi.IntParameter(default=1)
                    data_version = luigi.IntParameter(default=1)
                    run_id = luigi.Parameter(default='')
                    _cache_key_date = luigi.Parameter(default='')
                    rerun = luigi.BoolParameter()
                    priority = luigi.IntParameter()
                    batched = luigi.IntParameter(batch_method=max)
                    dep = gokart.TaskInstanceParameter()
                    of_class_body = luigi.IntParameter()
                    alias = of_class_body

                    def run(self):
                        def inner():
                            return self.in_nested
                        x = self.in_run, (lambda: self.in_lambda)(), inner(), f'{self.in_text!r}'
                        if (w := self.in_walrus):
                            x += (w,)
                        try:
                            x = [each for each in range(self.in_comprehension)]
                        except ValueError:
                            x = self.in_except
                        match self.in_match:
                            case _:
                                self.dump(x)
                        self.added += 1

                    def output(self):
                        return self.make_target(f'{self.in_output}.pkl')

                    def requires(task):
                        return B(n=task.in_requires), task.under_another_name

                    @property
                    def doubled(self):
                        return 2 * self.in_property

                class Sub(A):
                    def run(self):
                        self.dump(self.of_subclass)

                class B(gokart.TaskOnKart[int]):
                    n = luigi.IntParameter()
                    dep = gokart.TaskInstanceParameter(expected_type=A)

                    def run(self):
                        self.dump(self.n + self.dep.of_dependent)

                class C(Mixin, Template):
                    of_mixin = luigi.IntParameter()
                    of_template = luigi.IntParameter()

                class D(Foreign, gokart.TaskOnKart[int]):
                    n1 = luigi.IntParameter()

                @decorate
                class E(gokart.TaskOnKart[int]):
                    n2 = luigi.IntParameter()

                class F(gokart.TaskOnKart[int]):
                    n3 = luigi.IntParameter()

                    def run(self):
                        self.dump(helper(self))

                class G(gokart.TaskOnKart[int]):
                    n4 = luigi.IntParameter()

                    def run(self):
                        self.dump(getattr(self, 'n' + '4'))

                class H(gokart.TaskOnKart[int]):
                    n5 = luigi.IntParameter()

                    def run(self):
                        self.dump(self.param_kwargs)

                class I(gokart.TaskOnKart[int]):
                    n6 = luigi.IntParameter()

                    def requires(self):
                        return self.clone(A)

                class Cloned(gokart.TaskOnKart[int]):
                    n7 = luigi.IntParameter()

                class Cloning(gokart.TaskOnKart[int]):
                    n7 = luigi.IntParameter()

                    def requires(self):
                        return self.clone(Cloned)

                class Source(gokart.TaskOnKart[int]):
                    n8 = luigi.IntParameter()

                @inherits(Source)
                class Heir(gokart.TaskOnKart[int]):
                    n9 = luigi.IntParameter()

                    def requires(self):
                        return Built(n10=1)

                class Built(gokart.TaskOnKart[int]):
                    n10 = luigi.IntParameter()

                class ByIdentity(luigi.Task):
                    n11 = luigi.IntParameter()

                    def output(self):
                        return luigi.LocalTarget(self.task_id)

                class Settings(luigi.Config):
                    host = luigi.Parameter()

                def outside():
                    task = A()
                    return task.of_outside
            """,
        },
        'GK406',
    )


def test_message(tmp_path: Path) -> None:
    text = """
        import gokart
        import luigi

        class A(gokart.TaskOnKart[int]):
            n = luigi.IntParameter()
            m = luigi.IntParameter(significant=False)
    """
    assert [each.message for each in findings(tmp_path, text, 'GK406')] == [
        'A.n is read by nothing, but every value of it has a cache key, and a run, of its own: read it, or remove it',
        'A.m is read by nothing: read it, or remove it',
    ]
