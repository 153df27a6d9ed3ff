"""What names mean: through imports, aliases, re-exports, star imports, fallbacks and circles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.building import load, meaning, module, told

A = '# gokart\nclass A: ...\nclass B: ...\n_hidden = 1\ndef f(): ...\n'


def resolved(folder: Path, files: dict[str, str], name: str, file: str = 'main.py') -> str:
    return meaning(module(load(folder, files), folder, file), name, folder)


@pytest.mark.parametrize(
    ('text', 'name', 'expected'),
    [
        ('import a', 'a', 'module a.py'),
        ('import a', 'a.A', 'class a.py:A'),
        ('import a as b', 'b.A', 'class a.py:A'),
        ('from a import A', 'A', 'class a.py:A'),
        ('from a import A as B', 'B', 'class a.py:A'),
        ('from a import f', 'f', 'function a.py:f'),
        ('from a import f\nfrom a import f', 'f', 'function a.py:f'),
        ('import a\nimport a', 'a.A', 'class a.py:A'),
        ('from a import nothing', 'nothing', 'unknown'),
        ('import a', 'a.nothing', 'unknown'),
        ('import a', 'a.print', 'unknown'),
        ('from a import A\nfrom c import A', 'A', 'unknown'),
        ('if x:\n    from a import A\nelse:\n    from a import A', 'A', 'class a.py:A'),
        ('try:\n    from a import A\nexcept ImportError:\n    A = None', 'A', 'class a.py:A'),
        ('try:\n    import numpy as np\nexcept ImportError:\n    np = None', 'np.array', 'numpy.array'),
        ('try:\n    from a import A\nexcept ImportError:\n    class A: ...', 'A', 'unknown'),
        ('from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import A', 'A', 'class a.py:A'),
        ('X = 1', 'X', 'value main.py:2'),
        ('X = None', 'X', 'value main.py:2'),
        ('X: int', 'X', 'unknown'),
        ('X = 1\nX = 2', 'X', 'unknown'),
        ('X = 1\nX += 1', 'X', 'unknown'),
        ('import a\nX = a.A', 'X', 'class a.py:A'),
        ('import a\nX = Y = a', 'Y.A', 'class a.py:A'),
        ('import a\nX, Y = a.A, 1', 'X', 'unknown'),
        ('X = Y\nY = X', 'X', 'value main.py:3'),
        ('X = X', 'X', 'value main.py:2'),
        ("import os\nX = os.environ['HOME']", 'X', 'value main.py:3'),
        ('import os\nX = os.environ', 'X', 'os.environ'),
        ('def f(): ...\nclass f: ...', 'f', 'unknown'),
        ('from a import *', 'A', 'class a.py:A'),
        ('from a import *', '_hidden', 'unknown'),
        ('from a import *', 'print', 'builtins.print'),
        ('from a import *\nfrom c import *', 'A', 'class c.py:A'),
        ('from c import *\nfrom a import *', 'A', 'class a.py:A'),
        ('from a import *\nclass A: ...', 'A', 'class main.py:A'),
        ('from a import *\nfrom numpy import *', 'A', 'class a.py:A'),
        ('from numpy import *', 'A', 'unknown'),
        ('from numpy import *', 'print', 'unknown'),
        ('from gokart import *\nfrom luigi import *', 'IntParameter', 'luigi.IntParameter'),
        ('from gokart import *', 'print', 'builtins.print'),
        ('from listed import *', '_Listed', 'class listed.py:_Listed'),
        ('from listed import *', 'Not', 'unknown'),
        ('from chain import *', 'A', 'class a.py:A'),
        ('from chain import *\nfrom c import *', 'A', 'class c.py:A'),
        ('from c import *\nfrom round_one import *', 'Two', 'class round_two.py:Two'),
        ('from round_one import *\nfrom c import *', 'Nothing', 'unknown'),
        ('from empty_star import *\nfrom a import *', 'B', 'class a.py:B'),
        ('from a import *\nfrom empty_star import *', 'B', 'class a.py:B'),
        ('print = 1', 'print', 'value main.py:2'),
        ('', 'print', 'builtins.print'),
        ('', '__name__', 'builtins.__name__'),
        ('', 'nothing', 'unknown'),
        ('import pkg', 'pkg.Exported', 'class pkg/base.py:Base'),
        ('import pkg', 'pkg.base.Base', 'class pkg/base.py:Base'),
        ('import pkg.base', 'pkg.base.Base', 'class pkg/base.py:Base'),
        ('import pkg.base\nimport pkg', 'pkg.Exported', 'class pkg/base.py:Base'),
        ('import pkg.base as pb', 'pb.Base', 'class pkg/base.py:Base'),
        ('from pkg import base', 'base.Base', 'class pkg/base.py:Base'),
        ('from pkg import Exported', 'Exported', 'class pkg/base.py:Base'),
        ('from pkg.sub import Up', 'Up', 'class pkg/base.py:Base'),
        ('from pkg.sub import deep', 'deep.Deep', 'class pkg/sub/deep.py:Deep'),
        ('from pkg import *', 'Exported', 'class pkg/base.py:Base'),
        ('from pkg import same', 'same', 'function pkg/__init__.py:same'),
        ('import pkg.same', 'pkg.same.x', 'value pkg/same.py:2'),
        ('from space.tasks import A', 'A', 'class space/tasks.py:A'),
        ('from space import tasks', 'tasks.A', 'class space/tasks.py:A'),
        ('import space.tasks', 'space.tasks.A', 'class space/tasks.py:A'),
        ('import circle_one', 'circle_one.Two', 'class circle_two.py:Two'),
        ('from circle_two import One', 'One', 'class circle_one.py:One'),
        ('from circle_one import Lost', 'Lost', 'unknown'),
        ('from broken import Load', 'Load', 'unknown'),
        ('import broken', 'broken.Load', 'unknown'),
        ('from plain import Thing', 'Thing', 'unread plain.Thing'),
        ('from a import A', 'A.Inner', 'unknown'),
        ('from outer import Outer', 'Outer.Inner', 'class outer.py:Outer.Inner'),
        ('type X = int', 'X', 'unknown'),
        ('class X[T]: ...', 'X', 'class main.py:X'),
    ],
)
def test_meaning(text: str, name: str, expected: str, tmp_path: Path) -> None:
    files = {
        'a.py': A,
        'c.py': '# gokart\nclass A: ...\n',
        'chain.py': '# gokart\nfrom a import *\n',
        'empty_star.py': '# gokart\nfrom c import *\n',
        'listed.py': "# gokart\n__all__ = ['_Listed']\nclass _Listed: ...\nclass Not: ...\n",
        'round_one.py': '# gokart\nfrom round_two import *\nclass One: ...\n',
        'round_two.py': '# gokart\nfrom round_one import *\nclass Two: ...\n',
        'circle_one.py': '# gokart\nfrom circle_two import Two, Lost\nclass One: ...\n',
        'circle_two.py': '# gokart\nfrom circle_one import One, Lost\nclass Two: ...\n',
        'outer.py': '# gokart\nclass Outer:\n    class Inner: ...\n',
        'broken.py': '# gokart\nclass Load(:\n',
        'plain.py': 'class Thing: ...\n',
        'pkg/__init__.py': '# gokart\nfrom .base import Base as Exported\ndef same(): ...\n',
        'pkg/base.py': '# gokart\nclass Base: ...\n',
        'pkg/same.py': '# gokart\nx = 1\n',
        'pkg/sub/__init__.py': 'from .. import Exported as Up\nfrom . import deep\n',
        'pkg/sub/deep.py': 'from ..base import Base\nclass Deep(Base): ...\n',
        'space/tasks.py': A,
        'main.py': f'# gokart\n{text}\n',
    }
    assert resolved(tmp_path, files, name) == expected


def test_script_folders_have_their_own_modules(tmp_path: Path) -> None:
    files = {
        'one/tasks.py': A,
        'one/main.py': 'import tasks\n',
        'two/tasks.py': A,
        'two/main.py': 'import tasks\n',
        'main.py': '# gokart\nimport tasks\n',
    }
    project = load(tmp_path, files)
    assert meaning(module(project, tmp_path, 'one/main.py'), 'tasks.A', tmp_path) == 'class one/tasks.py:A'
    assert meaning(module(project, tmp_path, 'two/main.py'), 'tasks.A', tmp_path) == 'class two/tasks.py:A'
    assert meaning(module(project, tmp_path, 'main.py'), 'tasks.A', tmp_path) == 'tasks.A'


def test_a_deep_chain_of_re_exports(tmp_path: Path) -> None:
    files = {f'm{number}.py': f'from m{number + 1} import A as A\n' for number in range(60)}
    assert resolved(tmp_path, {**files, 'm60.py': A}, 'A', 'm0.py') == 'class m60.py:A'


def test_the_answer_does_not_depend_on_who_asks_first(tmp_path: Path) -> None:
    files = {
        'a.py': '# gokart\nfrom b import *\nclass A: ...\n',
        'b.py': '# gokart\nfrom c import *\nclass B: ...\n',
        'c.py': '# gokart\nfrom a import *\nclass C: ...\n',
    }
    answers = set()
    for order in ('abc', 'cba', 'bca'):
        project = load(tmp_path, files)
        asked = {f'{file}.{name}': meaning(module(project, tmp_path, f'{file}.py'), name, tmp_path) for file in order for name in 'ABCD'}
        answers.add(tuple(sorted(asked.items())))
    assert len(answers) == 1
    assert dict(answers.pop())['a.C'] == 'class c.py:C'


def test_names_in_functions(tmp_path: Path) -> None:
    text = """
        # gokart
        import a
        Base = a.A
        glob = 1

        def f(given, *rest, key=None):
            import a as local
            from a import B as imported
            once = local.A
            twice = local.A
            twice = local.B
            generic = a.A
            class Inner: ...
            def g(): ...
            for loop in given: ...
            with given as context: ...
            try: ...
            except E as error: ...
            (walrus := local.A)
            [comprehended for comprehended in given]
            again = again
            global glob
            glob = a.A
            match given:
                case [captured]: ...
            del given
    """
    found = module(load(tmp_path, {'a.py': A, 'main.py': text}), tmp_path, 'main.py')
    scope = found.scope_of('f.<locals>.x')
    assert scope is not None
    meanings = {
        'local.A': 'class a.py:A',
        'imported': 'class a.py:B',
        'once': 'class a.py:A',
        'twice': 'unknown',
        'generic': 'class a.py:A',
        'Inner': 'class main.py:f.<locals>.Inner',
        'g': 'function main.py:f.<locals>.g',
        'given': 'unknown',
        'rest': 'unknown',
        'key': 'unknown',
        'loop': 'unknown',
        'context': 'unknown',
        'error': 'unknown',
        'walrus': 'class a.py:A',
        'captured': 'unknown',
        'again': 'unknown',
        'glob': 'value main.py:4',
        'Base': 'class a.py:A',
        'a.B': 'class a.py:B',
        'print': 'builtins.print',
        'nothing': 'unknown',
    }
    assert {name: told(found.resolve_name(name, scope), tmp_path) for name in meanings} == meanings


def test_subclasses_are_found_by_whatever_name_they_call_their_base(tmp_path: Path) -> None:
    files = {
        'base.py': 'import gokart\nclass Base(gokart.TaskOnKart): ...\nclass Other(gokart.TaskOnKart): ...\n',
        'plain.py': 'from base import Base\nclass Plain(Base): ...\n',
        'renamed.py': 'from base import Base as B\nclass Renamed(B): ...\n',
        'dotted.py': 'import base as b\nclass Dotted(b.Base): ...\n',
        'starred.py': 'from base import *\nclass Starred(Base): ...\n',
        'assigned.py': 'import base\nX = base.Base\nY = X\nclass Assigned(Y): ...\n',
        'exported.py': 'from assigned import Y as Z\n',
        'reexported.py': 'from exported import Z\nclass Reexported(Z[int]): ...\n',
        'deep.py': 'from plain import Plain\nclass Deep(Plain): ...\n',
        'deeper.py': 'import deep\ndef f():\n    class Deeper(deep.Deep): ...\n',
        'mixed.py': 'from base import Base\nclass Mixin: ...\nclass Mixed(Mixin, Base): ...\n',
        'unrelated.py': 'from base import Other\nclass Base: ...\nclass Unrelated(Base): ...\nclass OfOther(Other): ...\n',
        'same.py': 'import base\nclass Base(base.Base): ...\nclass Same(Base): ...\n',
    }
    found = module(load(tmp_path, files), tmp_path, 'base.py').class_named('Base')
    assert found is not None
    assert [each.name for each in found.subclasses] == [
        'Assigned', 'Deep', 'Deeper', 'Dotted', 'Mixed', 'Plain', 'Reexported', 'Renamed', 'Base', 'Same', 'Starred',
    ]  # fmt: skip
