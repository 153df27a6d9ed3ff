"""What is kept of each file: a change judges again what it concerns, and nothing that it concerns is answered from before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.editing import counted, edited
from gokart_lint import checking
from gokart_lint.checking import Checked, check
from gokart_lint.settings import Settings
from gokart_lint.testing import write

FILLERS = 24
FILLER = """
    import gokart


    class Filler{number}(gokart.TaskOnKart):
        def run(self):
            self.dump({number})
    """
BASE = """
    import gokart
    import luigi


    class Base(gokart.TaskOnKart):
        n = luigi.IntParameter(default=1)
    """
HEIR = """
    from pkg.base import Base


    class Heir(Base):
        def run(self):
            self.dump(self.n)
    """
BUILDER = """
    import gokart
    from pkg import Heir


    class Pipeline(gokart.TaskOnKart):
        def requires(self):
            return Heir(other=1)
    """
HELPED = """
    import gokart
    from pkg.helpers import scale


    class Helped(gokart.TaskOnKart):
        def run(self):
            self.dump(scale(1))
    """
FILES = {
    'pkg/__init__.py': 'from pkg.heir import Heir\n',
    'pkg/base.py': BASE,
    'pkg/heir.py': HEIR,
    'pkg/builder.py': BUILDER,
    'pkg/helped.py': HELPED,
    'pkg/helpers.py': 'from pkg.deeper import deep\n\n\ndef scale(x):\n    return deep(x)\n',
    'pkg/deeper.py': 'def deep(x):\n    return x\n',
    'pkg/plain.py': 'LIMIT = 1\n',
    'pkg/main.py': 'import gokart\n\nif __name__ == "__main__":\n    gokart.run()\n',
    'pkg/handed.py': """
        import gokart
        from pkg.heir import Heir


        class Taking(gokart.TaskOnKart):
            task = gokart.TaskInstanceParameter()

            def requires(self):
                return self.task
        """,
    'pkg/giving.py': """
        import gokart
        from pkg.handed import Taking
        from pkg.heir import Heir


        class Giving(gokart.TaskOnKart):
            def requires(self):
                return Taking(task=Heir())
        """,
    'pkg/helped_too.py': HELPED.replace('Helped', 'HelpedToo'),
    'pkg/mixin.py': """
        from pkg.heir import Heir


        class Mixin:
            def run(self):
                yield Heir()
        """,
    'pkg/undefined.py': """
        import gokart


        class Undefined(gokart.TaskOnKart):
            def run(self):
                self.dump(self.made)
        """,
    'pkg/alias.py': 'from pkg.plain import Thing\n',
    'pkg/aliased.py': BUILDER.replace('from pkg import Heir', 'from pkg.alias import Thing').replace('Heir', 'Thing'),
    'pkg/absenting.py': BUILDER.replace('from pkg import Heir', 'from pkg.absent import Absent').replace('Heir', 'Absent'),
    'pkg/needing.py': """
        import gokart
        import luigi


        class Needing(gokart.TaskOnKart):
            n = luigi.IntParameter()

            def run(self):
                self.dump(self.n)


        class NeedingPipeline(gokart.TaskOnKart):
            def requires(self):
                return Needing()
        """,
    'pkg/unread.py': """
        import gokart
        import luigi


        class Unread(gokart.TaskOnKart):
            seldom_read = luigi.IntParameter(default=1)

            def run(self):
                self.dump(1)
        """,
    'pkg/reading.py': """
        from pkg.unread import Unread

        print(Unread().seldom_read)
        """,
    'pkg/twin_a.py': FILLER.format(number='A').replace('FillerA', 'Twin'),
    'pkg/twin_b.py': FILLER.format(number='B').replace('FillerB', 'Twin'),
    'conf/some.ini': '[Needing]\nn = 1\n',
    'pkg/alike.py': FILLER.format(number=1000).replace('Filler1000', 'Alike'),
}
OUTPUT = '\n        def output(self):\n            return self.input()\n'
CLOCK = 'import time\n\n\ndef deep(x):\n    return x, time.time()\n'
READS_N = 'from pkg.heir import Heir\n\n\ndef show(heir: Heir):\n    return heir.n\n'

CONCERNING = """
    import gokart
    import luigi


    class Alike(gokart.TaskOnKart):
        m = luigi.IntParameter()

        def run(self):
            self.dump(self.m)
    """

EDITS: dict[str, tuple[Mapping[str, str], str]] = {
    'a base asks for a parameter': ({'pkg/base.py': BASE.replace('default=1', '')}, '+GK104 pkg/builder.py'),
    'a base is no task any more': ({'pkg/base.py': BASE.replace('gokart.TaskOnKart', 'object')}, '-GK308 pkg/heir.py'),
    'a base has a new method': (
        {'pkg/base.py': BASE + OUTPUT},
        '+GK207 pkg/base.py',
    ),
    'a class below dumps nothing': ({'pkg/heir.py': HEIR.replace('self.dump(self.n)', 'pass')}, '+GK203 pkg/heir.py'),
    'a name is exported from elsewhere': ({'pkg/__init__.py': 'from pkg.other import Heir\n'}, '-GK105 pkg/builder.py'),
    'the helper of a helper reads the clock': ({'pkg/deeper.py': CLOCK}, '+GK304 pkg/helped.py'),
    'a helper does so itself': ({'pkg/helpers.py': CLOCK.replace('deep', 'scale')}, '+GK304 pkg/helped.py'),
    'a file comes to concern tasks': ({'pkg/plain.py': CONCERNING}, '+GK110 pkg/alike.py'),
    'a task is handed over elsewhere': ({'pkg/giving.py': FILES['pkg/giving.py'].replace('task=Heir()', 'task=3')}, '+GK103 pkg/giving.py'),
    'a parameter is not read any more': ({'pkg/reading.py': 'X = 1\n'}, '+GK406 pkg/unread.py'),
    'a configuration file comes': ({'luigi.cfg': '[Needing]\nn = 1\n'}, '-GK104 pkg/needing.py'),
    'code names a configuration file': ({'pkg/main.py': 'import gokart\n\ngokart.add_config("conf/some.ini")\n'}, '-GK104 pkg/needing.py'),
    'code sets a namespace': ({'pkg/main.py': 'import luigi\n\nluigi.namespace("shop")\n'}, '-GK110 pkg/twin_a.py'),
    'a function does so for two tasks': ({'pkg/deeper.py': CLOCK}, '+GK304 pkg/helped_too.py'),
    'a file comes to configure': ({'pkg/plain.py': 'import gokart\n\ngokart.add_config("conf/some.ini")\n'}, '-GK104 pkg/needing.py'),
    'a class comes below': (
        {'pkg/plain.py': 'import gokart\nfrom pkg.mixin import Mixin\n\n\nclass Both(Mixin, gokart.TaskOnKart): ...\n'},
        '+GK205 pkg/mixin.py',
    ),
    'an attribute is set elsewhere': (
        {'pkg/plain.py': 'from pkg.undefined import Undefined\n\nUndefined().made = 1\n'},
        '-GK407 pkg/undefined.py',
    ),
    'what is exported again comes to be a task': (
        {'pkg/plain.py': CONCERNING.replace('Alike', 'Thing').replace('m = luigi.IntParameter()', 'm = luigi.IntParameter(default=1)')},
        '+GK105 pkg/aliased.py',
    ),
    'a file is broken': ({'pkg/heir.py': f'{HEIR}\n    def broken(:\n'}, '+GK900 pkg/heir.py'),
}


def project(folder: Path) -> Settings:
    write(folder, {**{f'fill/task_{number}.py': FILLER.format(number=number) for number in range(FILLERS)}, **FILES})
    return Settings(root=folder, select=('ALL',))


def said(checked: Checked) -> set[str]:
    return {f'{each.code} {Path(each.path).parent.name}/{Path(each.path).name}' for each in checked.findings}


@pytest.fixture(autouse=True, params=['one by one', 'together'])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, '_ALONE', 1000 if request.param == 'one by one' else 0)


@pytest.mark.parametrize('what', EDITS)
def test_what_a_change_concerns_is_judged_again(tmp_path: Path, what: str) -> None:
    settings = project(tmp_path / 'project')
    before = check([settings.root], settings, cache_dir=tmp_path / 'cache')
    files, expected = EDITS[what]
    write(settings.root, files)
    after, judged = counted(lambda: check([settings.root], settings, cache_dir=tmp_path / 'cache'))
    assert after == check([settings.root], settings)
    gained, lost = said(after) - said(before), said(before) - said(after)
    assert expected[1:] in (gained if expected.startswith('+') else lost)
    assert judged < len(FILES) + FILLERS
    write(settings.root, FILES)
    if (settings.root / 'luigi.cfg').exists():
        (settings.root / 'luigi.cfg').unlink()
    assert check([settings.root], settings, cache_dir=tmp_path / 'cache') == before


def test_a_new_file_may_be_what_an_import_means(tmp_path: Path) -> None:
    settings = project(tmp_path / 'project')
    before = check([settings.root], settings, cache_dir=tmp_path / 'cache')
    write(settings.root, {'pkg/absent.py': CONCERNING.replace('Alike', 'Absent')})
    after = check([settings.root], settings, cache_dir=tmp_path / 'cache')
    assert after == check([settings.root], settings)
    assert 'GK105 pkg/absenting.py' in said(after) - said(before)
    (settings.root / 'pkg/absent.py').unlink()
    assert check([settings.root], settings, cache_dir=tmp_path / 'cache') == before


COUNTING = '''
"""A rule that remembers."""

from gokart_lint.rules.registry import Report, rule

_seen = []


@rule('ACME001', 'counted')
def check(module, settings):
    """Each class, with the number of those before."""
    for each in module.classes:
        _seen.append(each)
        yield Report(each.facts.name_at, f'number {len(_seen)}')
'''


def test_own_rules_may_remember_so_that_all_is_judged(tmp_path: Path) -> None:
    settings = project(tmp_path / 'project')
    write(settings.root, {'counting_rules.py': COUNTING})
    own = Settings(root=settings.root, select=('GK1', 'ACME'), rules=('counting_rules',))
    first, judged = counted(lambda: check([own.root], own, cache_dir=tmp_path / 'cache'))
    assert not first.failures
    assert any(each.code == 'ACME001' for each in first.findings)
    write(settings.root, {'pkg/base.py': f'{BASE}\n'})
    assert counted(lambda: check([own.root], own, cache_dir=tmp_path / 'cache'))[1] == judged


def test_other_rules_find_nothing_of_what_was_kept(tmp_path: Path) -> None:
    settings = project(tmp_path / 'project')
    for select in (('GK1',), ('GK3',), ('GK1',)):
        chosen = Settings(root=settings.root, select=select)
        assert check([chosen.root], chosen, cache_dir=tmp_path / 'cache') == check([chosen.root], chosen)
        write(settings.root, {'pkg/base.py': f'{BASE}\n# {select}\n'})


def test_a_part_of_the_project_uses_what_a_run_on_all_of_it_kept(tmp_path: Path) -> None:
    settings = project(tmp_path / 'project')
    check([settings.root], settings, cache_dir=tmp_path / 'cache')
    write(settings.root, {'pkg/base.py': BASE.replace('default=1', '')})
    part, judged = counted(lambda: check([settings.root / 'fill'], settings, cache_dir=tmp_path / 'cache'))
    assert (part, judged) == (check([settings.root / 'fill'], settings), 0)
    whole, judged = counted(lambda: check([settings.root], settings, cache_dir=tmp_path / 'cache'))
    assert whole == check([settings.root], settings)
    assert 0 < judged < FILLERS


@pytest.mark.parametrize('seed', [1, 2])
def test_edits_at_random(tmp_path: Path, seed: int) -> None:
    settings = project(tmp_path / 'project')
    kept, faults = edited(settings.root, tmp_path, 12, seed)
    assert faults == []
    assert kept > 0.1
