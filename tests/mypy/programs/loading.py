"""What a task loads, in every form of `requires()`."""

import gokart
import luigi

class Number(gokart.TaskOnKart[int]):
    n = luigi.IntParameter(default=1)


class Text(gokart.TaskOnKart[str]):
    n = luigi.IntParameter(default=1)


class Anything(gokart.TaskOnKart):
    pass


class Files(gokart.TaskOnKart[str]):
    def output(self):
        return {'a': self.make_target('a.pkl'), 'b': self.make_target('b.pkl')}


class OneTask(gokart.TaskOnKart[str]):
    def requires(self):
        return Number()

    def run(self):
        reveal_type(self.load())  # R: int
        reveal_type(self.input())  # R: gokart.target.TargetOnKart
        self.load('a')  # E: gokart-load-key


class OneOfFiles(gokart.TaskOnKart[str]):
    def requires(self):
        return Files()

    def run(self):
        self.load('a').upper()
        self.input()['a'].load()
        self.load()['a']


class SelfX(gokart.TaskOnKart[str]):
    dep = gokart.TaskInstanceParameter(expected_type=Number)
    other: Text = gokart.TaskInstanceParameter()

    def requires(self):
        return self.dep

    def run(self):
        reveal_type(self.load())  # R: int
        reveal_type(self.load(self.dep))  # R: int
        self.load(self.other)  # E: gokart-load-task


class Literal_(gokart.TaskOnKart[str]):
    dep = gokart.TaskInstanceParameter(expected_type=Number)
    other: Text = gokart.TaskInstanceParameter()

    def requires(self):
        return {'dep': self.dep, 'text': Text(), 'any': Anything()}

    def run(self):
        reveal_type(self.load('dep'))  # R: int
        reveal_type(self.load('text'))  # R: str
        reveal_type(self.load('any'))  # R: Any
        reveal_type(self.load(target='dep'))  # R: int
        self.load('depp')  # E: gokart-load-key
        self.input()['depp']  # E: gokart-load-key
        self.load()['depp']  # E: gokart-load-key
        reveal_type(self.input()['dep'])  # R: gokart.target.TargetOnKart
        reveal_type(self.load()['text'])  # R: str
        self.load(self.dep)
        self.load(f'{self.dep}')
        inputs = self.input()
        inputs['dep'].load()
        data = self.load()
        data['text'].upper()
        data['dep'].bit_length()
        self.load(self.input()['dep'])
        self.load(self.other)


class Call(gokart.TaskOnKart[str]):
    def requires(self):
        return dict(a=Number(), b=Text())

    def run(self):
        reveal_type(self.load('a'))  # R: int
        reveal_type(self.load('b'))  # R: str
        self.load('c')  # E: gokart-load-key


class Update(gokart.TaskOnKart[str]):
    def requires(self):
        tasks = dict(a=Number())
        tasks['b'] = Text()
        tasks.update({'c': Number()})
        tasks.update(d=Text())
        return tasks

    def run(self):
        reveal_type(self.load('a'))  # R: int
        reveal_type(self.load('b'))  # R: str
        reveal_type(self.load('c'))  # R: int
        reveal_type(self.load('d'))  # R: str
        self.load('e')  # E: gokart-load-key


class UpdateBranch(gokart.TaskOnKart[str]):
    flag = luigi.BoolParameter()

    def requires(self):
        tasks = {'a': Number()}
        if self.flag:
            tasks['b'] = Text()
        else:
            tasks['b'] = Number()
        return tasks

    def run(self):
        reveal_type(self.load('a'))  # R: int
        self.load('b').bit_length()
        self.load('b').upper()
        self.load('e')  # E: gokart-load-key


class Pipe(gokart.TaskOnKart[str]):
    def requires(self):
        return {'a': Number()} | {'b': Text()}

    def run(self):
        reveal_type(self.load('b'))  # R: str
        self.load('c')  # E: gokart-load-key


class Spread(gokart.TaskOnKart[str]):
    def requires(self):
        base = {'a': Number()}
        return {**base, 'b': Text()}

    def run(self):
        reveal_type(self.load('b'))  # R: str
        self.load('c')  # E: gokart-load-key


class List_(gokart.TaskOnKart[str]):
    def requires(self):
        return [Number(), Number()]

    def run(self):
        reveal_type(self.load())  # R: list[int]
        a, b = self.load()
        self.load()[0].bit_length()
        for each in self.load():
            each.bit_length()
        for target in self.input():
            target.load()
        self.input()[0].load()


class Tuple_(gokart.TaskOnKart[str]):
    def requires(self):
        return Number(), Text()

    def run(self):
        a, b = self.load()
        reveal_type(a)  # R: int
        reveal_type(b)  # R: str
        self.load()[1].upper()
        self.input()[0].load()
        first, *rest = self.load()
        first.bit_length()


class Comprehension(gokart.TaskOnKart[str]):
    def requires(self):
        return [Number(n=i) for i in range(3)]

    def run(self):
        reveal_type(self.load())  # R: list[int]
        sum(self.load())
        for each in self.load_generator():
            each.bit_length()


class DictComprehension(gokart.TaskOnKart[str]):
    def requires(self):
        return {f'n{i}': Number(n=i) for i in range(3)}

    def run(self):
        self.load('n1').bit_length()
        self.load()['n2'].bit_length()
        for key, value in self.load().items():
            value.bit_length()


class Branches(gokart.TaskOnKart[str]):
    flag = luigi.BoolParameter()

    def requires(self):
        if self.flag:
            return {'a': Number()}
        return {'a': Number(), 'b': Text()}

    def run(self):
        reveal_type(self.load('a'))  # R: int
        self.load('b').upper()
        self.load('c')  # E: gokart-load-key


class Mixed(gokart.TaskOnKart[str]):
    flag = luigi.BoolParameter()

    def requires(self):
        if self.flag:
            return Number()
        return {'a': Number(), 'b': Text()}

    def run(self):
        self.load('c')
        self.load()


class Super(Call):
    def requires(self):
        tasks = super().requires()
        tasks['c'] = Text()
        return tasks

    def run(self):
        self.load('a').bit_length()
        self.load('c').upper()


class SuperSpread(Call):
    def requires(self):
        return {**super().requires(), 'c': Text()}

    def run(self):
        self.load('a').bit_length()
        self.load('c').upper()


class SuperOr(Call):
    def requires(self):
        return super().requires() | {'c': Text()}

    def run(self):
        self.load('c').upper()


class Default(gokart.TaskOnKart[str]):
    dep = gokart.TaskInstanceParameter(expected_type=Number)
    parts = gokart.ListTaskInstanceParameter(expected_elements_type=Text)

    def run(self):
        reveal_type(self.load('dep'))  # R: int
        reveal_type(self.load('parts'))  # R: list[str]
        reveal_type(self.load(self.dep))  # R: int
        reveal_type(self.load(self.parts))  # R: list[str]
        self.input()['dep'].load()
        self.load()['dep'].bit_length()
        self.load()['parts'][0].upper()
        for each in self.load_generator(self.parts):
            each.upper()
        for target in self.input()['parts']:
            target.load()


class InheritsDefault(Default):
    extra = gokart.TaskInstanceParameter(expected_type=Text)

    def run(self):
        reveal_type(self.load('dep'))  # R: int
        reveal_type(self.load('extra'))  # R: str
