from __future__ import annotations

from pathlib import Path

from gokart_lint.settings import Settings
from tests.rules.harness import assert_marked, findings, write


def test_without_version(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from abc import ABC, abstractmethod
        from gokart import TaskOnKart as Base
        from luigi.util import inherits, requires
        from gokart.config_params import inherits_config_params


        class Plain(gokart.TaskOnKart[int]):  # expect GK308@7
            n = luigi.IntParameter()
            ver = luigi.IntParameter(default=1)

            def run(self):
                self.dump(1)


        class Constant(Base):  # expect GK308@7
            version = 1

            def run(self):
                self.dump(1)


        class Annotated(Base):  # expect GK308@7
            version: int

            def run(self):
                self.dump(1)


        class Template(Base):
            def run(self):
                self.dump(self._run())

            def _run(self):
                raise NotImplementedError


        class Concrete(Template):  # expect GK308@7
            def _run(self):
                return 1


        class Other(Template):  # expect GK308@7
            def _run(self):
                return 2


        class Marked(ABC, Base):
            @abstractmethod
            def _run(self):
                return 1

            def run(self):
                self.dump(self._run())


        class OfMarked(Marked):  # expect GK308@7
            def _run(self):
                return 1


        class BelowPlain(Plain):  # expect GK308@7
            def run(self):
                self.dump(2)


        class BelowTwice(BelowPlain):
            def helper(self):
                return 1


        class Mixin:
            def run(self):
                self.dump(1)


        class WithMixin(Mixin, Base):  # expect GK308@7
            pass


        @requires(Plain)
        class Requires(Base):  # expect GK308@7
            def run(self):
                self.dump(self.load())


        class Config(luigi.Config):
            n = luigi.IntParameter()


        @inherits_config_params(Config)
        class Configured(Base):  # expect GK308@7
            def run(self):
                self.dump(1)


        class WinePipeline(Base):  # expect GK308@7
            def requires(self):
                return Plain(n=1)

            def run(self):
                self.dump('done')


        def make():
            class Local(Base):  # expect GK308@11
                def run(self):
                    self.dump(1)

            return Local
        """,
        'GK308',
    )
    assert found[0].message == (
        'Plain has no version parameter, so a change of its code leaves its old results in use: '
        'add version: luigi.IntParameter = luigi.IntParameter(default=1)'
    )


def test_right_code(tmp_path: Path) -> None:
    assert (
        findings(
            tmp_path,
            """
            import gokart
            import luigi
            from elsewhere import Unknown, decorate
            from gokart.config_params import inherits_config_params
            from luigi.util import inherits, requires


            class Versioned(gokart.TaskOnKart[int]):
                version = luigi.IntParameter(default=1)

                def run(self):
                    self.dump(1)


            class Private(gokart.TaskOnKart[int]):
                __version: int = luigi.IntParameter(default=1)

                def run(self):
                    self.dump(1)


            class Named(gokart.TaskOnKart[int]):
                data_version = luigi.Parameter(default='1')

                def run(self):
                    self.dump(1)


            class Conditional(gokart.TaskOnKart[int]):
                if Unknown:
                    code_version_2 = luigi.Parameter(default='1')

                def run(self):
                    self.dump(1)


            class Below(Private):
                def run(self):
                    self.dump(2)


            class BelowTwice(Below):
                pass


            class Mixin:
                version = luigi.IntParameter(default=1)


            class WithMixin(Mixin, gokart.TaskOnKart[int]):
                def run(self):
                    self.dump(1)


            @inherits(Versioned)
            class Copied(gokart.TaskOnKart[int]):
                def run(self):
                    self.dump(1)


            @requires(Named)
            class BaseOfCopied(gokart.TaskOnKart[int]):
                pass


            class BelowCopied(BaseOfCopied):
                def run(self):
                    self.dump(1)


            @inherits(Unknown)
            class CopiedUnknown(gokart.TaskOnKart[int]):
                def run(self):
                    self.dump(1)


            class Config(luigi.Config):
                version = luigi.IntParameter(default=1)


            @inherits_config_params(Config)
            class Configured(gokart.TaskOnKart[int]):
                def run(self):
                    self.dump(1)


            @decorate
            class Decorated(gokart.TaskOnKart[int]):
                def run(self):
                    self.dump(1)


            class OfUnknown(gokart.TaskOnKart[int], Unknown):
                def run(self):
                    self.dump(1)


            class FromUnknown(Unknown):
                def run(self):
                    self.dump(1)


            class NoRun(gokart.TaskOnKart[int]):
                def output(self):
                    return self.make_target('x.pkl', use_unique_id=False)


            class Raises(gokart.TaskOnKart[int]):
                def run(self):
                    raise FileNotFoundError('made by hand')


            class Idle(gokart.TaskOnKart[int]):
                def run(self):
                    pass


            class Abstract(gokart.TaskOnKart[int]):
                def run(self):
                    self.dump(self._run())

                def _run(self):
                    raise NotImplementedError


            class OnlyLuigi(luigi.Task):
                def run(self):
                    pass


            class Plain:
                def run(self):
                    return 1
            """,
            'GK308',
        )
        == []
    )


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'base.py': 'import gokart as gk\n\n\nclass Base(gk.TaskOnKart):\n    pass\n',
        'versions.py': 'import luigi\n\n\nclass Versioned:\n    version = luigi.IntParameter(default=1)\n',
        'tasks.py': """
            from base import Base as Other
            from versions import Versioned


            class Train(Other):  # expect GK308@7
                def run(self):
                    self.dump(1)


            class Score(Versioned, Other):
                def run(self):
                    self.dump(1)
            """,
    }
    assert_marked(tmp_path, files, 'GK308')


def test_it_is_off_unless_it_is_selected(tmp_path: Path) -> None:
    write(tmp_path, 'import gokart\n\n\nclass Train(gokart.TaskOnKart):\n    def run(self):\n        self.dump(1)\n')
    assert findings(tmp_path, {}) == []
    assert not Settings(root=tmp_path).selects('GK308', opt_in=True)
