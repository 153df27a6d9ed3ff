"""What comes back from load() and input(), and what may be dumped."""

import gokart
import luigi


class Numbers(gokart.TaskOnKart[int]):
    n = luigi.IntParameter()


class Text(gokart.TaskOnKart[str]): ...


class Pair(gokart.TaskOnKart[int]):
    values: list[int] = luigi.ListParameter()
    options = luigi.DictParameter(default={})

    def requires(self):
        return dict(numbers=Numbers(n=1), text=Text())

    def run(self):
        reveal_type(self.load('numbers'))  # R: int
        reveal_type(self.load()['text'])  # R: str
        reveal_type(self.input()['numbers'])  # R: gokart.target.TargetOnKart
        self.load('words')  # E: gokart-load-key
        self.input()['words']  # E: gokart-load-key
        self.values.append(1)  # E: attr-defined
        self.options['a'] = 1  # E: index
        self.values + [1]  # E: operator
        found = []
        found.append(self.load('numbers'))
        self.dump('1')  # E: call-overload
        self.dump('1', 'key')  # E: call-overload
        self.dump(1)


class One(gokart.TaskOnKart[int]):
    numbers = gokart.TaskInstanceParameter(expected_type=Numbers)
    text = gokart.TaskInstanceParameter(expected_type=Text)
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Numbers)

    def requires(self):
        return self.numbers

    def run(self):
        reveal_type(self.numbers)  # R: loading_shapes.Numbers
        reveal_type(self.load())  # R: int
        reveal_type(self.load(self.parts))  # R: list[int]
        self.load(self.text)  # E: gokart-load-task


class Default(gokart.TaskOnKart[int]):
    numbers = gokart.TaskInstanceParameter(expected_type=Numbers)
    text = gokart.TaskInstanceParameter(expected_type=Text)
    n = luigi.IntParameter()

    def run(self):
        reveal_type(self.load('numbers'))  # R: int
        reveal_type(self.load('text'))  # R: str
        reveal_type(self.clone(Numbers))  # R: loading_shapes.Numbers
        self.clone(Numbers, m=1)  # E: call-arg
        self.clone(Numbers, n='1')  # E: arg-type
        self.clone(Pair)  # E: call-arg


class Tuple(gokart.TaskOnKart[int]):
    def requires(self):
        return Numbers(n=1), Text()

    def run(self):
        number, text = self.load()
        reveal_type(number)  # R: int
        reveal_type(text)  # R: str


def build() -> None:
    task = Numbers(n=1)
    task = Text()
    print(task)
    given = {'n': 1, 'rerun': True}
    Numbers(**given)
    gokart.build(Numbers)  # E: call-overload
    reveal_type(gokart.build(Numbers(n=1)))  # R: int
