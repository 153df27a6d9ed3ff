"""GK304: files that are no hidden input."""

from __future__ import annotations

from pathlib import Path

from tests.rules.harness import assert_marked


def test_files_that_are_no_hidden_input(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import io
        import json
        import os
        import tempfile
        import time
        import uuid
        from glob import glob
        from pathlib import Path

        import gokart
        import luigi
        import pandas as pd
        from somewhere import FOLDER, download, open_model

        OUT = 'out.txt'


        class Files(gokart.TaskOnKart):
            path = luigi.Parameter()
            folder = luigi.PathParameter()

            def run(self):
                a = open(self.path).read()
                b = pd.read_csv(f'data/{self.path}')
                c = (self.folder / 'x.csv').read_text()
                d = glob(os.path.join(self.path, '*.csv'))
                e = open(self.output().path())
                f = pd.read_csv(FOLDER + '/x.csv')
                g = pd.read_csv(self.input()['x'].path())
                h = [open(name).read() for name in self.load()]
                self.dump((a, b, c, d, e, f, g, h))


        class Remote(gokart.TaskOnKart):
            def run(self):
                a = pd.read_csv('gs://bucket/x.csv')
                b = pd.read_csv('https://example.com/x.csv')
                c = pd.read_sql('select 1', self.connection())
                self.dump((a, b, c))


        class Written(gokart.TaskOnKart):
            def run(self):
                with open('a.txt', 'w') as file:
                    file.write('x')
                with open('a.txt') as file:
                    a = file.read()
                Path('b.txt').write_text('x')
                b = Path('b.txt').read_text()
                self.load().to_csv(OUT)
                c = pd.read_csv(OUT)
                download('d.txt')
                d = open('d.txt').read()
                open('e.txt', mode='wb').write(b'x')
                os.makedirs('f', exist_ok=True)
                self.dump((a, b, c, d, os.listdir('f')))


        class Passing(gokart.TaskOnKart):
            def run(self):
                a = open('/tmp/x.txt').read()
                with tempfile.NamedTemporaryFile() as file:
                    b = open(file.name).read()
                c = open(os.path.join(tempfile.mkdtemp(), 'x')).read()
                d = open('/dev/null').read()
                name = f'/tmp/{uuid.uuid4()}.csv'
                self.load().to_csv(name)
                e = pd.read_csv(name)
                other = Path(tempfile.gettempdir()) / f'{time.time()}'
                self.save(os.path.join('/tmp', str(os.getenv('JOB')), 'x'), other)
                self.dump((a, b, c, d, e))


        class NoFiles(gokart.TaskOnKart):
            def run(self):
                a = pd.read_json('{"a": [1]}')
                b = pd.read_csv(io.StringIO('a,b'))
                c = json.loads('[1]')
                d = open_model('x.bin')
                e = os.path.exists('x.txt')
                f = open('x.txt', self.load())
                g = open(0).read(), open('x.txt', **self.load())
                self.dump((a, b, c, d, e, f, g))
        """,
        'GK304',
    )


def test_files_that_another_method_of_the_task_writes(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        """
        import json
        import shutil
        from pathlib import Path

        import gokart
        import pandas as pd


        class Writes(gokart.TaskOnKart):
            NOTES = Path('notes.txt')

            def run(self):
                self._write(self.load())
                self.dump((self._read(), read()))

            def _write(self, frame):
                frame.to_csv('frame.csv')
                self.NOTES.write_text('x')
                with open('x.json', 'w') as file:
                    json.dump({}, file)

            def _read(self):
                return pd.read_csv('frame.csv'), self.NOTES.read_text()


        def read():
            return json.load(open('x.json'))


        class ReadsOnly(gokart.TaskOnKart):
            def run(self):
                self.dump((self._read(), self._copy(), 'frame.csv'))

            def _read(self):
                return pd.read_csv('frame.csv'), check('frame.csv')  # expect GK304@16

            def _copy(self):
                shutil.copy('frame.csv', '/tmp/copy.csv')  # expect GK304@9

            def _unused(self):
                pd.DataFrame().to_csv('frame.csv')


        def check(path):
            return path
        """,
        'GK304',
    )
