"""GK107 where `requires()` fills its dict in a loop, takes a part of it out again, or hands on a list of tasks."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_keys_that_a_loop_gives(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi

        NAMES = ('train', 'test')


        class A(gokart.TaskOnKart):
            n = luigi.IntParameter(default=1)


        class Loop(gokart.TaskOnKart):
            def requires(self):
                tasks = {}
                for name in NAMES:
                    tasks[name] = A()
                for i in range(3):
                    print(i)
                return tasks

            def run(self):
                self.dump((self.load('train'), self.load('valid')))  # expect GK107@50


        class Named(gokart.TaskOnKart):
            def requires(self):
                tasks = {'all': A()}
                for name, n in [('a', 1), ('b', 2)]:
                    tasks[f'{name}_data'] = A(n=n)
                tasks.setdefault('all', A())
                tasks.pop('a_data', None)
                del tasks['all']
                return tasks

            def run(self):
                self.dump((self.load('b_data'), self.load('a_data'), self.load('all')))  # expect GK107@51, GK107@72


        class Zipped(gokart.TaskOnKart):
            def requires(self):
                return dict(zip(NAMES, [A(), A(n=2)]))

            def run(self):
                self.dump((self.load('test'), self.load('tests')))  # expect GK107@49


        class Listed(gokart.TaskOnKart):
            sources = gokart.ListTaskInstanceParameter(expected_elements_type=A)

            def requires(self):
                return self.sources

            def run(self):
                self.dump((self.load(), self.load('sources')))  # expect GK107@43


        class Filled(gokart.TaskOnKart):
            numbers = luigi.ListParameter()
            flag = luigi.BoolParameter()

            def requires(self):
                tasks = {}
                for number in self.numbers:
                    tasks[f'n{number}'] = A(n=number)
                for name in NAMES:
                    if self.flag:
                        break
                    tasks[name] = A()
                return tasks

            def run(self):
                self.dump((self.load('n1'), self.load('valid'), self.load('train')))


        class Chosen(gokart.TaskOnKart):
            flag = luigi.BoolParameter()

            def requires(self):
                tasks = {name: A() for name in NAMES}
                if self.flag:
                    tasks.pop('train')
                valid = tasks.pop('test')
                tasks['valid'] = valid
                return tasks

            def run(self):
                self.dump((self.load('valid'), self.load('train'), self.load('test')))
        """,
        'GK107',
    )
    assert found[0].message == (
        "Loop.run asks for self.load('valid'), but requires() gives only 'train', 'test': use one of them, or add 'valid' to requires()"
    )
    assert found[-1].message == (
        "Listed.run asks for self.load('sources'), but requires() gives a list: "
        "let it return a dict with 'sources', or take the item by its place"
    )
