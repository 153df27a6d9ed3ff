"""GK105: a keyword that the task has not."""

from __future__ import annotations

from pathlib import Path

from tests.rules.building import assert_as_marked
from tests.rules.harness import assert_marked, findings

TASKS = """
import gokart
import luigi
from luigi.util import inherits, requires


class Train(gokart.TaskOnKart[int]):
    learning_rate = luigi.FloatParameter(default=0.1)
    epochs: int = luigi.IntParameter(default=3)
    __version = luigi.IntParameter(default=1)
    LIMIT = 3

    def helper(self):
        return 1


class Below(Train):
    depth = luigi.IntParameter(default=1)


class Fixed(Train):
    epochs = 5


class Simple(luigi.Task):
    n = luigi.IntParameter(default=1)


class Empty(gokart.TaskOnKart[int]):
    pass


class OwnInit(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)

    def __init__(self, *args, extra=None, **kwargs):
        super().__init__(*args, **kwargs)


@requires(Train)
class Copied(gokart.TaskOnKart[int]):
    pass


@inherits(Train)
class CopiedByLuigi(luigi.Task):
    pass
"""

WRONG = """
def wrong_misspelt():
    return Train(learning_rat=1)  # expect GK105@18


def wrong_of_subclass():
    return Train(depth=1)  # expect GK105@18


def wrong_constant():
    return Train(LIMIT=1)  # expect GK105@18


def wrong_method():
    return Train(helper=1)  # expect GK105@18


def wrong_overridden():
    return Fixed(epochs=1)  # expect GK105@18


def wrong_private():
    return Train(__version=2)  # expect GK105@18


def wrong_gokart_in_luigi():
    return Simple(rerun=True)  # expect GK105@19


def wrong_gokart_misspelt():
    return Empty(workspace_dir='x')  # expect GK105@18


def wrong_nothing_at_all():
    return Empty(x=1)  # expect GK105@18


def wrong_init():
    return OwnInit(extra=3)  # expect GK105@20


def wrong_options():
    options = {'epochs': 3, 'epoch': 4}
    return Train(**options)  # expect GK105@18


def wrong_display():
    return Train(
        **{
            'epochs': 3,
            'epoch': 4,  # expect GK105@13
        }
    )


def wrong_dict():
    return Train(**dict(epochs=3, epoch=4))  # expect GK105@35


def wrong_beside_options(**options):
    return Train(
        **options,
        epoch=3,  # expect GK105@9
    )


def wrong_class_of_two(x=0):
    cls = Train if x else Below
    return cls(epochs=1, epoch=2)  # expect GK105@26


def wrong_loop():
    for cls in [Train, Below]:
        cls(layers=3)  # expect GK105@13


def wrong_nested():
    return Empty(rerun=Train(x=1))  # expect GK105@30


def wrong_copied():
    return Copied(epoch=3)  # expect GK105@19


def wrong_local_class():
    class Local(Train):
        x = 1

    return Local(x=1)  # expect GK105@18


class Pipeline(gokart.TaskOnKart[int]):
    __version = luigi.IntParameter(default=1)

    def requires(self):
        return [Train(learningrate=1)]  # expect GK105@23

    def another(self):
        return Pipeline(__version=2)  # expect GK105@25


def wrong_pipeline():
    return Pipeline().requires()


def wrong_private_inside():
    return Pipeline().another()


def right_one():
    return Train(epochs=1)
"""


def test_what_luigi_does_not_know(tmp_path: Path) -> None:
    found = assert_marked(tmp_path, TASKS + WRONG, 'GK105')
    assert_as_marked(tmp_path / 'tasks.py')
    messages = [each.message for each in found]
    assert "Train has no parameter 'learning_rat': did you mean 'learning_rate'?" in messages
    said = 'the class body says it, but not as a parameter; declare it as one, or remove the argument'
    assert f"Train has no parameter 'LIMIT': {said}" in messages
    assert f"Train has no parameter 'helper': {said}" in messages
    assert f"Fixed has no parameter 'epochs': {said}" in messages
    assert "Train has no parameter '__version': did you mean '_Train__version'?" in messages
    assert "Empty has no parameter 'workspace_dir': did you mean 'workspace_directory'?" in messages
    assert "Empty has no parameter 'x': declare it, or remove the argument" in messages
    assert "Simple has no parameter 'rerun': it has 'n'; declare it, or remove the argument" in messages
    assert "Train or Below has no parameter 'epoch': did you mean 'epochs'?" in messages


def test_clone_drops_what_it_does_not_know(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi


    class Train(gokart.TaskOnKart):
        epochs = luigi.IntParameter(default=3)


    class Pipeline(gokart.TaskOnKart):
        n = luigi.IntParameter(default=3)

        def requires(self):
            yield self.clone(Train, epoch=3)  # expect GK105@33
            yield super().clone(cls=Train, n=3)  # expect GK105@40
            yield self.clone(cls=Train, epochs=3)
            yield self.clone(m=3)


    def f(task):
        return task.clone(Train, epoch=3)
    """
    found = assert_marked(tmp_path, program, 'GK105')
    assert found[0].message == "Train has no parameter 'epoch', and clone drops it without a word: did you mean 'epochs'?"


def test_what_is_not_known_is_left_alone(tmp_path: Path) -> None:
    program = """
    import gokart
    import luigi
    from elsewhere import Base, Meta, Other, decorate, make, options
    from luigi.util import copies, inherits


    class Unknown(Base):
        pass


    class Mixed(Base, gokart.TaskOnKart):
        pass


    class Made(make()):
        pass


    @decorate
    class Decorated(gokart.TaskOnKart):
        pass


    class WithMeta(gokart.TaskOnKart, metaclass=Meta):
        pass


    class New(gokart.TaskOnKart):
        def __new__(cls, *args, **kwargs):
            return super().__new__(cls)


    class Params(gokart.TaskOnKart):
        @classmethod
        def get_params(cls):
            return [*super().get_params(), ('x', luigi.IntParameter(default=1))]


    @inherits(Other)
    class Inherits(gokart.TaskOnKart):
        pass


    @inherits(Decorated)
    class InheritsUnknown(gokart.TaskOnKart):
        pass


    @copies(gokart.TaskOnKart)
    class Copies(gokart.TaskOnKart):
        pass


    class Executed(gokart.TaskOnKart):
        exec('x = luigi.IntParameter(default=1)')


    def f(given, **more):
        Unknown(x=1)
        Mixed(x=1)
        Made(x=1)
        Decorated(x=1)
        WithMeta(x=1)
        New(x=1)
        Params(x=1)
        Inherits(x=1)
        InheritsUnknown(x=1)
        Copies(x=1)
        Executed(x=1)
        given(x=1)
        (given or Mixed)(x=1)
        type(given)(x=1)
        Mixed(**more)
    """
    assert findings(tmp_path, program, 'GK105') == []


def test_through_modules_and_aliases(tmp_path: Path) -> None:
    files = {
        'pkg/__init__.py': 'from .tasks import Train as Exported\n',
        'pkg/base.py': """
            import gokart as gk
            from luigi import IntParameter as Int


            class 土台(gk.TaskOnKart):
                数 = Int(default=1)
            """,
        'pkg/tasks.py': 'from .base import *\n\n\nclass Train(土台):\n    n: Int = Int(default=1)\n',
        'main.py': """
            import pkg

            task = pkg.Exported(n=1, 数=2, m=3)  # expect GK105@31


            async def f():
                from pkg.base import 土台 as B

                return B(n=1)  # expect GK105@14
            """,
    }
    found = assert_marked(tmp_path, files, 'GK105')
    assert [each.message for each in found] == [
        "Train has no parameter 'm': it has '数' and 'n'; declare it, or remove the argument",
        "土台 has no parameter 'n': it has '数'; declare it, or remove the argument",
    ]
