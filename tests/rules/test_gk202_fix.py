"""GK202's fix: a static method with what it read of `self` as arguments, and none where that might do harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gokart_lint.fixing import apply
from tests.rules.harness import findings


def fixed(folder: Path, text: str, **others: str) -> str:
    """The text after the fixes, applied until there is none left."""
    files = {'tasks.py': text, **{f'{name}.py': other for name, other in others.items()}}
    while fixes := [each.fix for each in findings(folder, files, 'GK202') if each.fix is not None and each.path.endswith('tasks.py')]:
        files['tasks.py'] = apply((folder / 'tasks.py').read_text(), fixes)
    return files['tasks.py']


BEFORE = """\
import gokart
import luigi


class Numbers(gokart.TaskOnKart):
    count = luigi.IntParameter(default=4)

    def run(self):
        self.dump(list(range(self.count)))


class Work(gokart.TaskOnKart):
    numbers = gokart.TaskInstanceParameter(expected_type=Numbers, default=Numbers())
    n: luigi.IntParameter = luigi.IntParameter(default=3)
    name = luigi.Parameter(default='x')
    OFFSET = 10

    def run(self):
        numbers = self.load(self.numbers)
        first = self._no_self(numbers)
        second = self._one(numbers, 2)
        third = self._keyword(numbers, scale=2)
        fourth = self._typed(
            numbers,
            5,
        )
        fifth = self._variable(1, *numbers)
        sixth = self._constants(first)
        seventh = self._chain(numbers)
        eighth = [(lambda x: self._only())(x) for x in numbers]
        self.dump([first, second, third, fourth, fifth, sixth, seventh, eighth])

    def _no_self(self, numbers):
        return sum(numbers)

    def _one(self, numbers, times):
        return [number * self.n * times for number in numbers]

    def _keyword(self, numbers, *, scale):
        return f'{self.name}{self.n:03d}' + str(scale * len(numbers))

    def _typed(
        self,  # the task
        numbers: list[int],
        times: int = 1,
    ) -> int:
        def inner(x):
            return x * self.n

        return sum(map(inner, numbers)) * times + len(self.name)

    def _variable(self, first, *rest, last=0):
        return [first, *rest, last, (self.n) + 1]

    def _constants(self, x):
        return self._twice(x) + self.OFFSET

    def _chain(self, numbers):
        return self._link(numbers) + self._link([self.n])

    def _link(self, numbers):
        return max(numbers) + self.n

    def _only(self):
        return len(self.name * self.n)

    @staticmethod
    def _twice(x):
        return x * 2


if __name__ == '__main__':
    print(gokart.build(Work(n=7), log_level=50))
"""

AFTER = """\
import gokart
import luigi


class Numbers(gokart.TaskOnKart):
    count = luigi.IntParameter(default=4)

    def run(self):
        self.dump(list(range(self.count)))


class Work(gokart.TaskOnKart):
    numbers = gokart.TaskInstanceParameter(expected_type=Numbers, default=Numbers())
    n: luigi.IntParameter = luigi.IntParameter(default=3)
    name = luigi.Parameter(default='x')
    OFFSET = 10

    def run(self):
        numbers = self.load(self.numbers)
        first = self._no_self(numbers)
        second = self._one(numbers, 2, n=self.n)
        third = self._keyword(numbers, name=self.name, n=self.n, scale=2)
        fourth = self._typed(
            numbers,
            5, n=self.n, name=self.name,
        )
        fifth = self._variable(1, *numbers, n=self.n)
        sixth = self._constants(first)
        seventh = self._chain(numbers, n=self.n)
        eighth = [(lambda x: self._only(name=self.name, n=self.n))(x) for x in numbers]
        self.dump([first, second, third, fourth, fifth, sixth, seventh, eighth])

    @staticmethod
    def _no_self(numbers):
        return sum(numbers)

    @staticmethod
    def _one(numbers, times, *, n):
        return [number * n * times for number in numbers]

    @staticmethod
    def _keyword(numbers, *, name, n, scale):
        return f'{name}{n:03d}' + str(scale * len(numbers))

    @staticmethod
    def _typed(
        # the task
        numbers: list[int],
        times: int = 1, *, n: int, name,
    ) -> int:
        def inner(x):
            return x * n

        return sum(map(inner, numbers)) * times + len(name)

    @staticmethod
    def _variable(first, *rest, n, last=0):
        return [first, *rest, last, (n) + 1]

    @staticmethod
    def _constants(x):
        return Work._twice(x) + Work.OFFSET

    @staticmethod
    def _chain(numbers, *, n):
        return Work._link(numbers, n=n) + Work._link([n], n=n)

    @staticmethod
    def _link(numbers, *, n):
        return max(numbers) + n

    @staticmethod
    def _only(*, name, n):
        return len(name * n)

    @staticmethod
    def _twice(x):
        return x * 2


if __name__ == '__main__':
    print(gokart.build(Work(n=7), log_level=50))
"""


def test_the_fix(tmp_path: Path) -> None:
    assert fixed(tmp_path, BEFORE) == AFTER
    assert findings(tmp_path, AFTER, 'GK202') == []


def test_the_fixed_program_does_the_same(tmp_path: Path) -> None:
    outputs = []
    for name, text in (('before', BEFORE), ('after', AFTER)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / 'tasks.py').write_text(text)
        done = subprocess.run([sys.executable, 'tasks.py'], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert "[6, [0, 14, 28, 42], 'x0078', 211, [1, 0, 1, 2, 3, 0, 8], 22, 24, [7, 7, 7, 7]]" in outputs[0]


METHOD = """\
import gokart
import luigi


class Train(gokart.TaskOnKart):
    n = luigi.IntParameter(default=1)
    LIMIT = 3

    def run(self):
        self.dump({call})

{method}

    @classmethod
    def _made(cls, x):
        return x
"""


@pytest.mark.parametrize(
    ('call', 'method', 'new_call', 'new_method'),
    [
        ('self._f(1)', 'def _f(self, x): return x + self.n', 'self._f(1, n=self.n)', 'def _f(x, *, n): return x + n'),
        (
            'self._f(1, **{})',
            'def _f(self, x=(1, 2)): return x + self.n',
            'self._f(1, **{}, n=self.n)',
            'def _f(x=(1, 2), *, n): return x + n',
        ),
        ('self._f( )', 'def _f( self ): return 1 + self.n', 'self._f( n=self.n)', 'def _f( *, n ): return 1 + n'),
        ('self._f(x=1)', 'def _f(self: "Train", x): return x + self.n', 'self._f(n=self.n, x=1)', 'def _f(x, *, n): return x + n'),
        ('self._f(1)', 'def _f(self, *x): return x + self.n', 'self._f(1, n=self.n)', 'def _f(*x, n): return x + n'),
        ('self._f(a=1)', 'def _f(self, **x): return len(x)', 'self._f(a=1)', 'def _f(**x): return len(x)'),
        ('self._f(a=1)', 'def _f(self, *, a): return a + 1', 'self._f(a=1)', 'def _f(*, a): return a + 1'),
        ('self._f(1)', 'def _f(self, x): return self._made(x)', 'self._f(1)', 'def _f(x): return Train._made(x)'),
    ],
)
def test_forms_of_formals_and_calls(tmp_path: Path, call: str, method: str, new_call: str, new_method: str) -> None:
    before = METHOD.format(call=call, method=f'    {method}')
    assert fixed(tmp_path, before) == METHOD.format(call=new_call, method=f'    @staticmethod\n    {new_method}')


@pytest.mark.parametrize(
    ('call', 'method'),
    [
        ('self._f(1)', 'def _f(self, n): return n + self.n'),
        ('self._f(1)', 'def _f(self, x):\n        n = x\n        return n + self.n'),
        ('self._f(1)', 'def _f(self, x): return [n + self.n for n in x]'),
        ('self._f(1)', 'def _f(self, x): return map(lambda n: n + self.n, x)'),
        ('self._f(1)', 'def _f(self, x):\n        def n(): return 1\n        return n() + self.n'),
        ('self._f(1)', 'def _f(self, /, x): return x + self.n'),
        ('self._f(1)', 'def _f(self, x, **more): return x + self.n'),
        ('self._f(1)', 'def _f(self, *x: (int)): return x + self.n'),
        ('self._f(x for x in [1])', 'def _f(self, x): return sum(x) + self.n'),
        ('self._f(1)', "def _f(self, x): return f'{self.n=}' + x"),
        ('self._f(1)', 'def _f(self, x, Train=None): return x + self.LIMIT'),
        ('Train._f(self, 1) + self._f(1)', 'def _f(self, x): return x + self.n'),
        ('super()._f(1) + self._f(1)', 'def _f(self, x): return x + self.n'),
    ],
)
def test_no_fix_where_it_might_do_harm(tmp_path: Path, call: str, method: str) -> None:
    [found] = findings(tmp_path, METHOD.format(call=call, method=f'    {method}'), 'GK202')
    assert found.fix is None


OTHERS = {
    'another object': 'from tasks import Train\n\n\ndef use(task):\n    return Train()._f(1) + task._f(2)\n',
    'an unknown object': 'import gokart\n\n\ndef use(task: gokart.TaskOnKart):\n    return task._f(2)\n',
    'a subclass': 'from tasks import Train\n\n\nclass Below(Train):\n    def run(self):\n        self.dump(self._f(2))\n',
    'a subclass through super': 'from tasks import Train\n\n\nclass Below(Train):\n    def run(self):\n        self.dump(super()._f(2))\n',
    'a mixin': 'from tasks import Train\n\n\nclass Mixin:\n    def more(self):\n        return self._f(2)\n\n\n'
    'class Both(Mixin, Train):\n    pass\n',
}


@pytest.mark.parametrize('other', OTHERS.values(), ids=OTHERS.keys())
def test_no_fix_where_others_call_it(tmp_path: Path, other: str) -> None:
    text = METHOD.format(call='self._f(1)', method='    def _f(self, x): return x + self.n')
    [found] = findings(tmp_path, {'tasks.py': text, 'other.py': other}, 'GK202')
    assert found.fix is None


def test_a_method_of_the_same_name_elsewhere_is_no_hindrance(tmp_path: Path) -> None:
    text = METHOD.format(call='self._f(1)', method='    def _f(self, x): return x + self.n')
    other = """
        import gokart


        class Other(gokart.TaskOnKart):
            def run(self):
                self.dump(self._f(self.load()))

            @staticmethod
            def _f(x):
                return x
        """
    assert 'def _f(x, *, n)' in fixed(tmp_path, text, other=other)


def test_the_fix_of_what_a_template_in_another_file_calls(tmp_path: Path) -> None:
    base = """
        import gokart


        class Template(gokart.TaskOnKart):
            def run(self):
                self.dump(self._run(self.load()))

            def _run(self, data):
                raise NotImplementedError
        """
    text = """
        import luigi
        from base import Template


        class Count(Template):
            def _run(self, data):
                return len(data)


        class Scale(Template):
            n = luigi.IntParameter()

            def _run(self, data):
                return data * self.n
        """
    result = fixed(tmp_path, text, base=base)
    assert '    @staticmethod\n    def _run(data):\n        return len(data)' in result
    assert '    def _run(self, data):\n        return data * self.n' in result


@pytest.mark.parametrize(
    ('method', 'below'),
    [
        ('def _f(self, x): return x + self.LIMIT', 'LIMIT = 4'),
        ('def _f(self, x): return self._made(x)', 'OTHER = 4'),
    ],
)
def test_no_fix_where_a_subclass_gives_another_meaning(tmp_path: Path, method: str, below: str) -> None:
    text = METHOD.format(call='self._f(1)', method=f'    {method}') + f'\n\nclass Below(Train):\n    {below}\n'
    [found] = findings(tmp_path, text, 'GK202')
    assert found.fix is None


def test_no_fix_for_a_class_that_has_no_global_name(tmp_path: Path) -> None:
    text = """
        import gokart


        def make():
            class Local(gokart.TaskOnKart):
                LIMIT = 3

                def run(self):
                    self.dump(self._f(1))

                def _f(self, x):
                    return x + self.LIMIT

            return Local
        """
    [found] = findings(tmp_path, text, 'GK202')
    assert found.fix is None
