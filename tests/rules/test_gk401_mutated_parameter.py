from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_changes(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        """
        import gokart
        import luigi
        from gokart import TaskOnKart as Base
        from elsewhere import Unknown
        from luigi.util import inherits


        class Load(Base):
            names = luigi.ListParameter()
            pairs = luigi.TupleParameter(default=())
            options: dict = luigi.DictParameter(default={})
            some = luigi.OptionalListParameter(default=None)
            kinds = luigi.EnumListParameter(enum=object)
            tasks = gokart.ListTaskInstanceParameter()
            choices = luigi.ChoiceListParameter(choices=['a'])

            def requires(self):
                self.tasks.append(1)  # expect GK401@9
                return self.tasks

            def run(self):
                self.names.append('a')  # expect GK401@9
                self.names.extend(['a'])  # expect GK401@9
                self.names.insert(0, 'a')  # expect GK401@9
                first = self.names.pop()  # expect GK401@17
                self.names.sort()  # expect GK401@9
                self.names.reverse()  # expect GK401@9
                self.names.clear()  # expect GK401@9
                self.names[0] = 'a'  # expect GK401@9
                self.names[1:] = []  # expect GK401@9
                self.names[0] += 'a'  # expect GK401@9
                del self.names[0]  # expect GK401@13
                self.names += ['a']  # expect GK401@9
                all_names = self.names + ['a']  # expect GK401@21
                more = ['a'] + self.names  # expect GK401@24
                more = self.names + [x for x in 'ab']  # expect GK401@16
                more = self.names + list(more)  # expect GK401@16
                more = self.names + sorted(more)  # expect GK401@16
                self.pairs.append(1)  # expect GK401@9
                self.some.append(1)  # expect GK401@9
                self.kinds.append(1)  # expect GK401@9
                self.choices.remove('a')  # expect GK401@9
                self.options['a'] = 1  # expect GK401@9
                self.options.update(a=1)  # expect GK401@9
                self.options.pop('a')  # expect GK401@9
                self.options.setdefault('a', 1)  # expect GK401@9
                del self.options['a']  # expect GK401@13
                self.options |= {'a': 1}  # expect GK401@9
                merged = self.options | {'a': 1}  # expect GK401@18
                self.options['a'].append(1)  # expect GK401@9
                self.names[0].append(1)  # expect GK401@9
                self.names[0][1] = 2  # expect GK401@9
                self.names[1:].append(1)  # expect GK401@9
                x, self.names[0] = 1, 2  # expect GK401@12
                for each in first:
                    if each:
                        self.names.append(each)  # expect GK401@17
                list(map(self.names.append, first))  # expect GK401@18
                [self.names.append(each) for each in first]  # expect GK401@10


        class Aliases(Load):
            def run(this):
                names = this.names
                names.append('a')  # expect GK401@9
                names += ['b']  # expect GK401@9
                other = names
                other.sort()  # expect GK401@9
                options = this.options
                options['a'] = 1  # expect GK401@9
                if (seen := this.pairs):
                    seen.pop()  # expect GK401@13

                def inner():
                    this.names.append(1)  # expect GK401@13

            @property
            def path(self):
                return self.names.pop()  # expect GK401@16


        class OnlyLuigi(luigi.Task):
            names = luigi.ListParameter()

            def run(self):
                self.names.append('a')  # expect GK401@9


        class Mixin:
            def add(self):
                self.names.append('a')  # expect GK401@9


        class WithMixin(Mixin, Base):
            names = luigi.ListParameter()


        @inherits(OnlyLuigi)
        class Copied(Base):
            def run(self):
                self.names.append('a')  # expect GK401@9


        class MyList(luigi.ListParameter):
            def parse(self, text):
                return text.split(',')


        class OfUnknown(Unknown, Base):
            names = luigi.ListParameter()

            def run(self):
                self.names.append('a')  # expect GK401@9


        class OfCustom(Base):
            names = MyList()

            def run(self):
                self.names.append('a')  # expect GK401@9
        """,
        'GK401',
    )
    messages = [each.message for each in found]
    advice = 'luigi freezes lists and dicts, so change a copy'
    assert messages[1] == f'Load.names is a tuple, which has no append(): {advice}, list(self.names)'
    assert f'Load.names is a tuple, which allows no + with a list: {advice}, list(self.names)' in messages
    assert f'Load.options is a frozen dict, which allows no item assignment: {advice}, dict(self.options)' in messages
    assert f'Load.options is a frozen dict, which allows no item deletion: {advice}, dict(self.options)' in messages
    assert f'what Load.names holds is frozen and has no append(): {advice}, list(self.names)' in messages


def test_right_code(tmp_path: Path) -> None:
    assert (
        findings(
            tmp_path,
            """
            import gokart
            import luigi
            from elsewhere import Unknown, UnknownParameter

            class Copies(gokart.TaskOnKart):
                names = luigi.ListParameter()
                options = luigi.DictParameter()
                tasks = gokart.ListTaskInstanceParameter()
                count = luigi.IntParameter()
                text = luigi.Parameter()
                anything = UnknownParameter()

                def run(self):
                    names = list(self.names)
                    names.append('a')
                    names += ['b']
                    options = dict(self.options)
                    options['a'] = 1
                    options.update(b=2)
                    more = self.names + ('a',)
                    more = self.names + self.names
                    more = [*self.names, 'a']
                    more.append('b')
                    more = sorted(self.names)
                    more.reverse()
                    more = list(self.names) + ['a']
                    merged = {**self.options, 'k': 1}
                    merged = dict(self.options) | {'a': 1}
                    first = self.names[0]
                    value = self.options['a']
                    value = self.options.get('a')
                    index = self.names.index('a') + self.names.count('a')
                    total = self.names * 2
                    self.names += ('a',)
                    either = self.names or []
                    either.append('a')
                    either = self.names if self.count else []
                    either.append('a')
                    again = self.names
                    again = list(again)
                    again.append('a')
                    filled = []
                    filled.append(self.names)
                    filled.extend(self.names)
                    table = {}
                    table[self.names] = 1
                    table[self.names[0]] = 1
                    self.text.append('a')
                    self.anything.append('a')
                    self.unknown.append('a')
                    self.count += 1
                    self.task_log['a'] = 1
                    for task in self.tasks:
                        task.names.append('a')
                    self.tasks[0].update(1)
                    f = lambda names: names.append('a')
                    [names.append(1) for names in more]

                def helper(self, names):
                    names.append('a')

                @staticmethod
                def static(self):
                    self.names.append('a')

                @classmethod
                def of_class(cls):
                    cls.names.append('a')

                def shadowed(self):
                    def inner(self):
                        self.names.append('a')

                    names = self.names

                    def other(names):
                        names.append('a')


            class Asks(gokart.TaskOnKart):
                names = luigi.ListParameter()
                more = luigi.ListParameter()

                def run(self):
                    if isinstance(self.names, list):
                        self.names.append('a')
                    try:
                        self.more.append('a')
                    except AttributeError:
                        pass


            class Thaws(gokart.TaskOnKart):
                names = luigi.ListParameter()
                more = luigi.ListParameter()
                third = luigi.ListParameter()

                def __init__(self, *args, **kwargs):
                    super().__init__(*args, **kwargs)
                    self.names = list(self.names)
                    setattr(self, 'more', list(self.more))
                    object.__setattr__(self, 'third', [])

                def run(self):
                    self.names.append('a')
                    self.more.append('a')
                    self.third.append('a')


            class Below(Thaws):
                def requires(self):
                    self.names.append('a')


            class Hides(Thaws):
                third = []

                def run(self):
                    self.third.append('a')


            class Base(gokart.TaskOnKart):
                names = luigi.ListParameter()

                def run(self):
                    self.names.append('a')

                def make(self):
                    raise NotImplementedError


            class Overrides(Base):
                @property
                def names(self):
                    return []

                def make(self):
                    return 1


            class Melting(luigi.ListParameter):
                def normalize(self, value):
                    return list(value)


            class OfMelting(gokart.TaskOnKart):
                names = Melting()

                def run(self):
                    self.names.append('a')


            class Config(luigi.Config):
                names = luigi.ListParameter()

                def add(self):
                    self.names.append('a')


            class Plain:
                names = luigi.ListParameter()

                def run(self):
                    self.names.append('a')


            class Between(Unknown, Copies):
                def requires(self):
                    self.names.append('a')


            class FromUnknown(Unknown):
                names = luigi.ListParameter()

                def run(self):
                    self.names.append('a')
            """,
            'GK401',
        )
        == []
    )


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'base.py': 'import gokart\nimport luigi\n\n\nclass Base(gokart.TaskOnKart):\n    names: list = luigi.ListParameter()\n',
        'middle.py': 'from base import Base as Other\n\n\nclass Middle(Other):\n    pass\n',
        'tasks.py': """
            from middle import Middle


            class Train(Middle):
                def run(self):
                    self.names.append('a')  # expect GK401@9
            """,
    }
    assert_marked(tmp_path, files, 'GK401')
