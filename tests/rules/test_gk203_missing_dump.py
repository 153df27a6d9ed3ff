"""GK203: a `run()` that never dumps."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings


def test_never_dumps(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import json
        import pickle
        from abc import abstractmethod
        from functools import lru_cache
        from logging import getLogger

        import gokart
        import gokart as gk
        import luigi
        from gokart import TaskOnKart as Base, TaskInstanceParameter
        from somewhere import model, write

        logger = getLogger(__name__)


        class Nothing(gokart.TaskOnKart[str]):
            def run(self):  # expect GK203@9
                pass


        class Dots(gk.TaskOnKart):
            def run(self): ...  # expect GK203@9


        class Docstring(Base):
            def run(self):  # expect GK203@9
                '''Run.'''


        class OnlyLogs(Base):
            def run(self) -> None:  # expect GK203@9
                logger.info('done')
                print(self)
                logger.debug(f'{self} is done')


        class Returns(Base):
            def run(self):  # expect GK203@9
                return self.load()


        class OtherDumps(Base):
            path = luigi.Parameter()

            def run(self):  # expect GK203@9
                data = self.load('data')
                with open(self.path, 'wb') as file:
                    pickle.dump(data, file)
                json.dump(data, open('x.json', 'w'))
                model.dump(data)


        class OnInput(Base):
            def run(self):  # expect GK203@9
                self.input()['model'].dump(self.load())


        class Static(Base):
            dep = TaskInstanceParameter()
            ratio = luigi.FloatParameter(default=0.1)
            SCALE = 3

            def requires(self):
                return dict(dep=self.dep)

            def run(self):  # expect GK203@9
                if isinstance(self.dep, Base) and hasattr(self, 'ratio'):
                    self._compute(self.load('dep'), self.ratio, self.SCALE)
                list(map(self._one, [1, 2]))

            @staticmethod
            def _compute(data, ratio, scale):
                return data.dump(ratio * scale)

            @staticmethod
            def _one(x):
                return x


        class ClassMethod(Base):
            def run(self):  # expect GK203@9
                self._compute(self.load())
                ClassMethod._compute(1)

            @classmethod
            def _compute(cls, data):
                return cls._deeper(data)

            @classmethod
            def _deeper(cls, data):
                return data


        class Deep(Base):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self._cache = {}
                self.lines: list[str] = []

            def run(this):  # expect GK203@9
                this._first()
                this.lines.append('x')
                this.task_log['lines'] = this.lines

            def _first(me):
                me._cache['x'] = 1
                return me._second + me.__third() + me._cached()

            @property
            def _second(self):
                return 1

            def __third(self):
                return self._first()

            @lru_cache
            def _cached(self):
                return self.task_id


        class NestedFunctions(Base):
            def run(self, **kwargs):  # expect GK203@9
                def inner(x):
                    return [y for y in self.load() if (lambda z: z)(y)]

                try:
                    with open('x') as file:
                        for _ in file:
                            inner(1)
                except ValueError as error:
                    raise RuntimeError('broken') from error
                finally:
                    logger.info('done')


        class Asynchronous(Base):
            async def run(self):  # expect GK203@15
                await self._wait()

            async def _wait(self):
                return 1


        class Matches(Base):
            kind = luigi.Parameter()

            def run(self):  # expect GK203@9
                match self.kind:
                    case 'a':
                        write(self.load())
                    case _:
                        raise ValueError(self.kind)


        class RaisesSometimes(Base):
            def run(self):  # expect GK203@9
                if not self.load():
                    raise ValueError('nothing')


        class ReturnsBeforeRaise(Base):
            def run(self):  # expect GK203@9
                if self.load():
                    return
                raise ValueError('nothing')


        class OwnOutput(Base):
            def output(self):
                name = 'x.csv'
                return self.make_target(name)

            def run(self):  # expect GK203@9
                write(self.load(), 'x.csv')


        class ManyOutputs(Base):
            def output(self):
                targets = {}
                for key in ['a', 'b']:
                    targets[key] = self._target(key)
                return targets

            def _target(self, key):
                return self.make_target(f'{key}.pkl', use_unique_id=True)

            def run(self):  # expect GK203@9
                self.load()


        class MixedOutputs(Base):
            def output(self):
                return {'in': self.input(), 'own': self.make_model_target('m.zip', model.save, model.load)}

            def run(self):  # expect GK203@9
                self.load()


        class Branches(Base):
            flag = luigi.BoolParameter()

            def output(self):
                if self.flag:
                    return self.make_target('x.csv')
                return super().output()

            def run(self):  # expect GK203@9
                self.load()


        class WrongName(Base):
            def run(self):  # expect GK203@9
                self.save(self.load())

            def save(self, data):
                dump(data)


        class 学習(Base):
            def run(self):  # expect GK203@9
                結果 = self.load()
                return 結果


        @luigi.util.requires(Static)
        class Decorated(Base):
            def run(self):  # expect GK203@9
                self.load()


        def dump(data):
            class Local(Base):
                def run(self):  # expect GK203@13
                    write(data)

            return Local


        class OtherTask(Base):
            def run(self):  # expect GK203@9
                gokart.build(Nothing(), return_value=False)
                self.requires()


        class YieldInside(Base):
            def run(self):  # expect GK203@9
                def numbers():
                    yield 1

                list(numbers())
                list(self._numbers())

            def _numbers(self):
                yield from self.load_generator()
        """,
        'GK203',
    )


def test_fix_by_hand(tmp_path: Path) -> None:
    bad = """
        import gokart


        class Train(gokart.TaskOnKart):
            def run(self):
                self.load()
        """
    assert len(findings(tmp_path, bad, 'GK203')) == 1
    assert findings(tmp_path, bad.replace('self.load()', 'self.dump(self.load())'), 'GK203') == []
