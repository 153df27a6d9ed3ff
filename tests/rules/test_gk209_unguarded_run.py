from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked, findings

HEAD = """
import sys
from typing import TYPE_CHECKING

import gokart
import gokart as gk
import luigi
from gokart import build, run as start
from luigi.interface import build as luigi_build


class Train(gokart.TaskOnKart[int]):
    def run(self):
        self.dump(1)


"""


def test_runs_at_import(tmp_path: Path) -> None:
    found = assert_marked(
        tmp_path,
        HEAD
        + """
gokart.run()  # expect GK209@1
gk.run(['--local-scheduler'])  # expect GK209@1
result = build(Train())  # expect GK209@10
start()  # expect GK209@1
luigi.build([Train()], local_scheduler=True)  # expect GK209@1
luigi_build([Train()])  # expect GK209@1
print(len(luigi.run()))  # expect GK209@11

if len(sys.argv) > 1:
    gokart.run()  # expect GK209@5
elif __name__ == 'tasks':
    gokart.run()  # expect GK209@5
else:
    gokart.run()  # a module that is imported has its own name

if __name__ == '__main__' or True:
    gokart.run()  # expect GK209@5

if __name__ == '__main__':
    pass
else:
    gokart.run()  # expect GK209@5

if __name__ != '__main__':
    gokart.run()  # expect GK209@5

if not __name__ == '__main__':
    gokart.run()  # expect GK209@5

try:
    gokart.run()  # expect GK209@5
except SystemExit:
    gokart.run()  # expect GK209@5
finally:
    gokart.run()  # expect GK209@5

with open('log') as file:
    gokart.run()  # expect GK209@5

for name in ('a', 'b'):
    build(Train())  # expect GK209@5

while True:
    gokart.run()  # expect GK209@5
    break

values = [build(Train()) for _ in range(3)]  # expect GK209@11
value = build(Train()) if len(values) else None  # expect GK209@9
other = values and build(Train())  # expect GK209@20

match len(sys.argv):
    case 1:
        gokart.run()  # expect GK209@9

match __name__:
    case '__main__':
        gokart.run()
    case _:
        gokart.run()  # expect GK209@9


class Holder:
    data = build(Train())  # expect GK209@12

    if True:
        more = build(Train())  # expect GK209@16

    class Inner:
        data = build(Train())  # expect GK209@16

    def method(self, default=build(Train())):  # expect GK209@30
        pass


class Based(list if build(Train()) else tuple):  # expect GK209@21
    pass


def function(default=build(Train())):  # expect GK209@22
    pass


def decorate(value):
    return lambda made: made


@decorate(build(Train()))  # expect GK209@11
def decorated():
    pass


@decorate(build(Train()))  # expect GK209@11
class Decorated:
    pass


if True:
    def late(default=build(Train())):  # expect GK209@22
        pass

    class Late:
        data = build(Train())  # expect GK209@16
""",
        'GK209',
    )
    assert found[0].message == ("gokart.run() runs a pipeline whenever this module is imported: call it under if __name__ == '__main__':")
    assert found[2].message.startswith('build() runs a pipeline')


def test_guarded_and_not_reached(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        HEAD
        + """
IS_MAIN = __name__ == '__main__'


def main():
    gokart.run()
    inner = lambda: build(Train())

    class Local:
        data = build(Train())


async def serve():
    build(Train())


class Holder:
    def method(self):
        gokart.run()

    @staticmethod
    def start():
        luigi.build([])

    if __name__ == '__main__':
        data = build(Train())


late = lambda: gokart.run()
table = {'run': gokart.run, 'build': build}
main()

if TYPE_CHECKING:
    gokart.run()

if False:
    gokart.run()

while False:
    gokart.run()

if __name__ == '__main__':
    gokart.run()
    for _ in range(2):
        build(Train())

    class OnlyHere:
        data = build(Train())

    def only_here(value=build(Train())):
        pass

if '__main__' == __name__:
    gokart.run()

if __name__ == '__main__' and len(sys.argv) > 1:
    gokart.run()

if len(sys.argv) > 1 and (TYPE_CHECKING or __name__ == '__main__'):
    gokart.run()

if len(sys.argv) > 3:
    if __name__ == '__main__':
        gokart.run()

if len(sys.argv) > 3:
    pass
elif __name__ == '__main__':
    gokart.run()

if __name__ != '__main__':
    pass
else:
    gokart.run()

if not __name__ != '__main__':
    gokart.run()

if __name__ in ('__main__', '__mp_main__'):
    gokart.run()

if __name__ not in {'__main__'}:
    pass
else:
    gokart.run()

if __name__.endswith('__main__'):
    gokart.run()

if __name__ == '__live_coding__':
    gokart.run()

if IS_MAIN:
    gokart.run()

if __name__ == '__main__':
    try:
        with open('log'):
            gokart.run()
    except SystemExit:
        pass

__name__ == '__main__' and gokart.run()
__name__ != '__main__' or gokart.run()
value = build(Train()) if __name__ == '__main__' else None

match __name__:
    case '__main__':
        gokart.run()


class Runner:
    def run(self):
        return 1

    def build(self):
        return 2


runner = Runner()
runner.run()
runner.build()
Runner().run()
""",
        'GK209',
    )


def test_names_that_are_not_gokarts(tmp_path: Path) -> None:
    files = {
        'builders.py': """
            import gokart


            def build(task):
                return gokart.build(task)
            """,
        'subprocesses.py': """
            import gokart
            from subprocess import run

            from builders import build

            run(['ls'])
            build(gokart.TaskOnKart())
            unknown.run()
            """,
        'pack/__main__.py': 'import gokart\n\ngokart.run()\n',
    }
    assert findings(tmp_path, files, 'GK209') == []


def test_behind_an_early_end(tmp_path: Path) -> None:
    files = {
        'leaves.py': "import sys\nimport gokart\n\nif __name__ != '__main__':\n    sys.exit('a program')\ngokart.run()\n",
        'raises.py': "import gokart\n\nif __name__ != '__main__':\n    raise ImportError('a program')\ngokart.run()\n",
        'otherwise.py': "import gokart\n\nif __name__ == '__main__':\n    pass\nelse:\n    raise ImportError\ngokart.run()\n",
        'may.py': 'import sys\nimport gokart\n\nif len(sys.argv) > 2:\n    sys.exit()\ngokart.run()  # expect GK209@1\n',
    }
    assert_marked(tmp_path, files, 'GK209')


def test_through_modules(tmp_path: Path) -> None:
    files = {
        'flow/__init__.py': 'import gokart as kart\nfrom luigi import build\n',
        'flow/main.py': 'from flow import kart, build\n\nkart.run()  # expect GK209@1\nbuild([])  # expect GK209@1\n',
        'flow/star.py': 'from gokart import *\n\nbuild(TaskOnKart())  # expect GK209@1\n',
    }
    assert_marked(tmp_path, files, 'GK209')
