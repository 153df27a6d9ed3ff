"""Which luigi configuration files a project names, what stands in them, and that luigi and gokart themselves read the same."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gokart_lint import facts
from gokart_lint.project.classes import Class
from gokart_lint.project.configuration.alone import configuration_alone
from gokart_lint.project.configuration.file import File, parse
from gokart_lint.project.configuration.lookup import Configuration
from gokart_lint.project.configuration.naming import may_configure
from gokart_lint.project.derivations import Derivations
from gokart_lint.project.families import family
from gokart_lint.project.names import Modules
from gokart_lint.project.project import Project
from gokart_lint.project.stamps import stamp
from gokart_lint.reading.module import read

PARAM = '[Fetch]\nurl = http://example.com\n'


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip('\n'), encoding='utf-8')


def project(folder: Path, files: Mapping[str, str], luigi_config: Sequence[str] = ()) -> Project:
    """A project on disk, linked."""
    write(folder, files)

    def facts_of(path: str) -> facts.Module:
        said = read(Path(path).read_bytes())
        assert isinstance(said, facts.Module), said
        return said

    paths = sorted(str(path) for path in folder.rglob('*.py'))
    configuring = [path for path in paths if may_configure(Path(path).read_bytes())]
    modules = Modules(paths, [str(folder)])
    return Project(modules, facts_of, paths, Derivations({}), root=str(folder), luigi_config=luigi_config, configuring=configuring)


def configuration(folder: Path, files: Mapping[str, str], luigi_config: Sequence[str] = ()) -> Configuration:
    found = project(folder, files, luigi_config).configuration
    paths = sorted(str(path) for path in folder.rglob('*.py'))
    alone = configuration_alone(paths, str(folder), [str(folder)], luigi_config)
    assert (alone.files, alone.set_in_code, alone.unclear) == (found.files, found.set_in_code, found.unclear)
    return found


def names(found: Configuration, folder: Path) -> list[str]:
    return [os.path.relpath(file.path, folder) for file in found.files]


def run(folder: Path, code: str, **environment: str) -> object:
    """What a program prints as JSON, run for real in a folder."""
    done = subprocess.run(
        [sys.executable, '-W', 'ignore', '-c', dedent(code)],
        cwd=folder,
        env={**os.environ, 'PYTHONPATH': os.pathsep.join([str(folder), os.environ.get('PYTHONPATH', '')]), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


# --- which files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'code',
    [
        "import gokart\ngokart.add_config('./conf/param.ini')",
        "from gokart import add_config\nadd_config('conf/param.ini')",
        "from gokart import add_config as load\nload('conf/param.ini')",
        "from gokart.utils import add_config\nadd_config(file_path='conf/param.ini')",
        "import luigi\nluigi.configuration.add_config_path('conf/param.ini')",
        "import luigi.configuration as config\nconfig.add_config_path('conf/param.ini')",
        "from luigi import configuration\nconfiguration.LuigiConfigParser.add_config_path('conf/param.ini')",
        "from luigi.configuration import LuigiConfigParser\nLuigiConfigParser.add_config_path('conf/param.ini')",
        "import luigi\nluigi.configuration.LuigiConfigParser.instance().read('conf/param.ini')",
        "import luigi\nluigi.configuration.get_config().read(['conf/param.ini'])",
        "import os\nos.environ['LUIGI_CONFIG_PATH'] = 'conf/param.ini'",
        "from os import environ\nenviron.setdefault('LUIGI_CONFIG_PATH', 'conf/param.ini')",
        "import os\nos.putenv('LUIGI_CONFIG_PATH', 'conf/param.ini')",
        "import os\nos.environ.update({'LUIGI_CONFIG_PATH': 'conf/param.ini'})",
        "import os\nos.environ.update(LUIGI_CONFIG_PATH='conf/param.ini')",
        "import gokart\nPATH = 'conf/param.ini'\n\ndef main():\n    gokart.add_config(PATH)",
        "import gokart\n\nclass Main:\n    PATH = 'conf/param.ini'\n    gokart.add_config(PATH)",
        "import gokart\n\nclass Main:\n    def run(self):\n        path = 'conf/' 'param.ini'\n        gokart.add_config(path)",
        "import gokart\n\ndef main():\n    def inner():\n        gokart.add_config('conf/param.ini')\n    inner()",
        "import gokart\nNAME = 'param'\ngokart.add_config(f'./conf/{NAME}.ini')",
        "import gokart, os\ngokart.add_config(os.path.join(os.path.dirname(__file__), 'conf', 'param.ini'))",
        "import gokart\nfrom os.path import dirname, join\ngokart.add_config(join(dirname(__file__), 'conf/param.ini'))",
        "import gokart, os\ngokart.add_config(os.path.join(os.getcwd(), 'conf', 'param.ini'))",
        "import gokart\nfrom pathlib import Path\ngokart.add_config(str(Path(__file__).parent / 'conf' / 'param.ini'))",
        "import gokart, pathlib\ngokart.add_config((pathlib.Path(__file__).resolve().parents[0] / 'conf/param.ini').as_posix())",
        "import gokart\nfrom pathlib import Path\ngokart.add_config(str(Path.cwd().joinpath('conf', 'param.ini')))",
        "import gokart\nfor path in ['conf/param.ini']:\n    gokart.add_config(path)",
        "import gokart\nif __name__ == '__main__':\n    gokart.add_config('./conf/param.ini')\n    gokart.run()",
        "import luigi\nluigi.configuration.get_config().add_config_path('conf/param.ini')",
        "import luigi\n\ndef f():\n    if it := luigi.configuration.get_config():\n        it.read('conf/param.ini')",
        "import gokart\nfrom pathlib import Path\ngokart.add_config(Path(__file__).with_name('conf').joinpath('param.ini'))",
        "import gokart, os\ngokart.add_config((path := 'conf') + os.sep + 'param.ini')",
        "import os\nprint(dict(os.environ, LUIGI_CONFIG_PATH='conf/param.ini'))",
        "import gokart\nwith open('x'):\n    assert gokart.add_config('conf/param.ini') is None",
    ],
)
def test_forms_that_name_a_file(tmp_path: Path, code: str) -> None:
    found = configuration(tmp_path, {'main.py': code, 'conf/param.ini': PARAM})
    assert names(found, tmp_path) == ['conf/param.ini']
    assert not found.is_open, found.unclear
    assert found.gives('Fetch', 'url') is True
    assert found.gives('Fetch', 'date') is False


@pytest.mark.parametrize(
    'code',
    [
        'import gokart, sys\ngokart.add_config(sys.argv[1])',
        "import gokart, os\ngokart.add_config(os.environ['CONFIG'])",
        "import gokart, os\ngokart.add_config(os.getenv('CONFIG', 'conf/param.ini'))",
        "import gokart\n\ndef main(path='conf/param.ini'):\n    gokart.add_config(path)",
        "import gokart\nPATH = 'conf/param.ini'\n\ndef choose(path):\n    global PATH\n    PATH = path\n\ngokart.add_config(PATH)",
        "import gokart\npath = 'conf/'\npath += 'param.ini'\ngokart.add_config(path)",
        "import gokart\npath = 'conf/param.ini'\nwith open(path) as path:\n    gokart.add_config(*path)",
        "import gokart\n\ndef f():\n    for x in ['conf/param.ini', 'x']:\n        with open(x) as x:\n            gokart.add_config(x)",
        "import gokart\ngokart.add_config('conf/%s.ini' % 'param')",
        "import gokart\ngokart.add_config('conf/missing.ini')",
        'import gokart\ngokart.add_config()',
        "import gokart\ngokart.add_config(*['conf/param.ini'])",
        'import gokart\ngokart.add_config(None)',
        "import gokart\na, b = 'conf/param.ini', 1\ngokart.add_config(a)",
        "import gokart, os\ngokart.add_config(os.environ.get('A') or 'conf/param.ini')",
        "import gokart\nfrom pathlib import Path\ngokart.add_config(Path('conf', name='param.ini'))",
        "import gokart\nfrom pathlib import Path\ngokart.add_config(Path(__file__).parents[-1] / 'conf')",
        "import luigi\nluigi.configuration.get_config().set('Fetch')",
        'import luigi\nluigi.configuration.get_config().read_dict(values)',
        "import luigi\nluigi.configuration.get_config()['Fetch'] = {**values}",
        "import gokart\ngokart.add_config('/etc/passwd')",
        "import gokart\ngokart.add_config('../../../../../../etc/passwd')",
        'import gokart\npath = path\ngokart.add_config(path)',
        "import gokart\na = b\nb = a\n\ndef main():\n    a = b\n    b = a + 'x'\n    gokart.add_config(b)",
        "import luigi\nluigi.configuration.get_config().read_string('[Fetch]')",
        'import luigi\nsetup(luigi.configuration.get_config())',
        'import luigi\n\ndef config():\n    return luigi.configuration.get_config()',
        'import luigi\n\nclass A:\n    def f(self):\n        self.config = luigi.configuration.get_config()',
        'import luigi, sys\nluigi.configuration.get_config().set(sys.argv[1], "url", "x")',
        "import os, sys\nos.environ['LUIGI_CONFIG_PATH'] = sys.argv[1]",
    ],
)
def test_what_the_text_does_not_show_makes_it_open(tmp_path: Path, code: str) -> None:
    found = configuration(tmp_path, {'main.py': code, 'conf/param.ini': '[Other]\n'})
    assert found.is_open
    assert found.unclear[0].module == str(tmp_path / 'main.py')
    assert found.gives('Fetch', 'url') is None
    assert found.gives('Fetch', 'date') is None


def test_what_others_do_is_no_configuration(tmp_path: Path) -> None:
    code = """
        import os
        import gokart
        import luigi
        from logging import config
        from pyramid import Configurator

        config.fileConfig('conf/logging.ini')
        set([1]); redis.set('a', 'b'); Configurator().add_config
        path = os.environ.get('LUIGI_CONFIG_PATH', 'conf/none.ini')
        luigi.configuration.get_config().get('core', 'x', None)
        luigi.configuration.get_config().getint('core', 'x')
    """
    found = configuration(tmp_path, {'main.py': code, 'conf/logging.ini': '[loggers]\nkeys = %(x)s\n'})
    assert found == Configuration(consulted=found.consulted)
    assert found.gives('Fetch', 'url') is False


def test_both_sides_of_a_choice_are_taken(tmp_path: Path) -> None:
    code = """
        import gokart

        def main(production):
            if production:
                path = 'a.ini'
            else:
                path = 'b.ini'
            gokart.add_config(path)
            gokart.add_config('c.ini' if production else 'd.ini')
    """
    files = {f'{name}.ini': f'[Fetch]\n{name} = 1\n' for name in 'abcd'}
    found = configuration(tmp_path, {'main.py': code, **files})
    assert names(found, tmp_path) == ['a.ini', 'b.ini', 'c.ini', 'd.ini']
    assert not found.is_open
    assert [found.gives('Fetch', name) for name in 'abcde'] == [True] * 4 + [False]


def test_own_files_of_luigi_and_of_the_settings(tmp_path: Path) -> None:
    files = {'luigi.cfg': '[A]\nx = 1\n', 'client.cfg': '[A]\nx = 2\n', 'luigi.toml': '[A]\ny = 1\n', 'conf/x.conf': '[A]\nz = 1\n'}
    found = configuration(tmp_path, files, ['conf/x.conf'])
    assert names(found, tmp_path) == ['client.cfg', 'luigi.cfg', 'luigi.toml', 'conf/x.conf']
    assert not found.is_open
    assert [(os.path.basename(file.path), key.value) for file, key in found.keys(['A'], 'x')] == [('client.cfg', '2'), ('luigi.cfg', '1')]
    missing = configuration(tmp_path, {}, ['conf/none.cfg'])
    assert missing.is_open
    assert missing.unclear[0].reason == 'conf/none.cfg is no file of the project'


def test_luigi_cfg_beside_the_code_that_runs_tasks(tmp_path: Path) -> None:
    files = {'jobs/a/main.py': 'import gokart\ngokart.run()\n', 'jobs/luigi.cfg': '[A]\nx = 1\n', 'other/luigi.cfg': '[A]\ny = 1\n'}
    found = configuration(tmp_path, files)
    assert names(found, tmp_path) == ['jobs/luigi.cfg']
    assert not found.is_open


def test_relative_paths_start_at_the_root_and_above_the_caller(tmp_path: Path) -> None:
    code = "import gokart\ngokart.add_config('conf/param.ini')\n"
    files = {
        'jobs/a/main.py': code,
        'jobs/conf/param.ini': PARAM,
        'conf/param.ini': '[Fetch]\ndate = 1\n',
        'jobs/b/conf/param.ini': '[B]\nx=1',
    }
    found = configuration(tmp_path, files)
    assert names(found, tmp_path) == ['conf/param.ini', 'jobs/conf/param.ini']
    assert found.gives('Fetch', 'url')
    assert found.gives('Fetch', 'date')
    assert found.gives('B', 'x') is False


def test_a_constant_of_another_module(tmp_path: Path) -> None:
    files = {
        'paths.py': "import luigi, os\nHERE = os.path.dirname(__file__)\nPARAM = os.path.join(HERE, 'conf', 'param.ini')\n",
        'main.py': 'import gokart\nfrom paths import PARAM as WHERE\ngokart.add_config(WHERE)\n',
        'other.py': 'import gokart\nimport paths\ngokart.add_config(paths.PARAM)\n',
        'conf/param.ini': PARAM,
    }
    found = configuration(tmp_path, files)
    assert names(found, tmp_path) == ['conf/param.ini']
    assert not found.is_open


def test_without_a_root_nothing_is_known(tmp_path: Path) -> None:
    assert Project(Modules([], []), lambda _: None, [], Derivations({})).configuration.gives('A', 'x') is None


# --- values that code sets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    'code',
    [
        "import luigi\nluigi.configuration.get_config().set('Fetch', 'url', 'x')",
        "from luigi.configuration import get_config\nconfig = get_config()\n\ndef main():\n    config.set('Fetch', 'url', value())",
        "import luigi\n\ndef f():\n    it = luigi.configuration.LuigiConfigParser.instance()\n    it.set(section='Fetch', option='url')",
        "import luigi\nluigi.configuration.get_config()['Fetch'] = {'url': 'x'}",
        "import luigi\nconfig = luigi.configuration.get_config()\nconfig['Fetch']['url'] = 'x'",
        "import luigi\nluigi.configuration.get_config().read_dict({'Fetch': {'url': 'x'}})",
        "import luigi\nfor name in ('url', 'other'):\n    luigi.configuration.get_config().set('Fetch', name, 'x')",
    ],
)
def test_forms_that_set_a_value(tmp_path: Path, code: str) -> None:
    found = configuration(tmp_path, {'main.py': code})
    assert not found.is_open, found.unclear
    assert ('Fetch', 'url') in {(each.section, each.key) for each in found.set_in_code}
    assert found.gives('Fetch', 'url') is True
    assert found.gives('Fetch', 'date') is False


def test_a_parser_of_another_module(tmp_path: Path) -> None:
    files = {
        'settings.py': 'import luigi\nCONFIG = luigi.configuration.get_config()\n',
        'main.py': "import luigi\nfrom settings import CONFIG\nCONFIG.set('Fetch', 'url', 'x')\n",
    }
    assert configuration(tmp_path, files).gives('Fetch', 'url') is True


# --- what a file says -------------------------------------------------------------------------------------------------

FILES = {
    'plain.ini': '[A]\nx = 1\ny: 2\nz=3 = 4\n\n[B]\nX = $%{}\n',
    'comments.ini': '# top\n; top\n[A]  ; no comment\nx = 1 # part of it\n  # a comment\n  y\n[B]\n;x = 1\n',
    'continued.ini': '[A]\nx = [\n  1,\n\n  2,\n  ]\n\n\ny =\n  z = 3\n  [B]\nlast = 1\n',
    'interpolated.ini': '[DEFAULT]\nroot = ${HOME}/data\n[A]\nx = %(root)s/a\nformat = %(asctime)s %d\nenv = ${NO_SUCH_VARIABLE}\n',
    'names.ini': '[space.Task]\nMixedCase = 1\nmixedcase = 2\nwith-dash = 3\n[a]b]\nk = v\n[ spaced ]\nk k = v\n[日本]\n鍵 = 値\n',
    'indented.ini': '  [A]\n  x = 1\n    more\n  y = 2\n [B]\n z = 1\n',
    'line_ends.ini': '[A]\r\nx = 1\r\n  2\r\n[B]\ry = 3\r',
    'empty.ini': '',
    'default_twice.ini': '[DEFAULT]\na = 1\n[A]\nx=1\n[DEFAULT]\nb = 2\n',
    'no_end.ini': '[A]\nx = 1',
    'form_feed.ini': '[A]\nx = 1\x0c\ny\x0b = 2\x1c\n',
}
BROKEN = {
    'same_section.ini': ('[A]\nx = 1\n[B]\n[A]\ny = 1\n', 4, 'section [A] stands here again, first in line 1'),
    'same_key.ini': ('[A]\nx = 1\ny = 2\nx = 3\n', 4, "key 'x' stands in section [A] again, first in line 2"),
    'same_default.ini': ('[DEFAULT]\nx = 1\n[DEFAULT]\nx = 3\n', 4, "key 'x' stands in section [DEFAULT] again, first in line 2"),
    'no_section.ini': ('# a\n\nx = 1\ny = 2\n[A]\nz = 1\n', 3, 'the line stands before any [section]'),
    'byte_order_mark.ini': ('\ufeff[A]\nx = 1\n', 1, 'the line stands before any [section]'),
    'no_value.ini': ('[A]\nx\ny = 1\n', 2, 'the line is no `key = value`'),
    'no_key.ini': ('[A]\n= 1\n', 2, 'there is no key before the `=`'),
    'unclosed.ini': ('[A\nx = 1\n', 1, 'the line stands before any [section]'),
}


def said(file: File) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for section in file.sections:
        found.setdefault(section.name, {}).update({key.name: key.value for key in section.keys})
    return found


def test_luigi_reads_the_same(tmp_path: Path) -> None:
    """Sections, keys and raw values of every file, and which files it refuses, against luigi's own parser."""
    for name, text in {**FILES, **{name: text for name, (text, _, _) in BROKEN.items()}}.items():
        (tmp_path / name).write_bytes(text.encode())
    real = run(
        tmp_path,
        """
        import configparser, json, os
        from luigi.configuration import LuigiConfigParser
        found = {}
        for name in sorted(os.listdir('.')):
            if name.endswith('.ini'):
                parser = LuigiConfigParser()
                try:
                    parser.read([name])
                except configparser.Error as error:
                    found[name] = None
                else:
                    found[name] = {section: dict(keys) for section, keys in parser._sections.items()}
                    if parser.defaults() or '[DEFAULT]' in open(name).read():
                        found[name]['DEFAULT'] = dict(parser.defaults())
        print(json.dumps(found))
        """,
    )
    assert isinstance(real, dict)
    for name in FILES:
        file = parse(name, 'ini', (tmp_path / name).read_bytes())
        assert not file.problems, name
        assert said(file) == real[name], name
    assert [name for name in BROKEN if real[name] is not None] == []


@pytest.mark.parametrize('name', BROKEN)
def test_what_luigi_refuses_is_a_problem_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, reason = BROKEN[name]
    found = configuration(tmp_path, {'main.py': f"import gokart\ngokart.add_config('{name}')", name: text})
    (problem,) = found.files[0].problems
    assert (problem.line, problem.reason) == (line, reason)
    assert found.is_open
    assert (found.unclear[0].module, found.unclear[0].at.line) == (str(tmp_path / name), line)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / 'luigi.cfg').write_bytes('[A]\nx = あ\n'.encode('cp932'))
    found = configuration(tmp_path, {})
    assert [(each.line, each.reason) for each in found.files[0].problems] == [(2, 'it is not UTF-8')]
    assert found.gives('A', 'x') is None


PIECES = [
    '[A]',
    '[B]',
    '[DEFAULT]',
    '[',
    ']',
    'x',
    'y',
    '=',
    ':',
    '#',
    ';',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n',
    '\n  ',
    '%(z)s',
    '\r',
    '\x0c',
    '\u3000',
    '\x85',
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(''.join))
@example('[A]\nx = 1\n\n  y\nz\n  w')
def test_any_text_is_read_as_configparser_does(text: str) -> None:
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    file = parse('a.ini', 'ini', text.encode())
    try:
        parser.read_string(text.replace('\r\n', '\n').replace('\r', '\n'))
    except configparser.Error as error:
        lines = {line for line, *_ in getattr(error, 'errors', [])} or {getattr(error, 'lineno', 0)}
        assert lines <= {problem.line for problem in file.problems}
    else:
        assert not file.problems
        own = said(file)
        assert own.pop('DEFAULT', {}) == dict(parser.defaults())
        assert own == {name: {key: parser.get(name, key, raw=True) for key in parser._sections[name]} for name in parser.sections()}  # type: ignore[attr-defined]


def test_lines_of_an_ini_file() -> None:
    file = parse('a.ini', 'ini', FILES['continued.ini'].encode())
    assert [(section.name, section.line) for section in file.sections] == [('A', 1)]
    assert [(key.name, key.line) for key in file.sections[0].keys] == [('x', 2), ('y', 9), ('last', 12)]


TOML = '''
title = """
[NotATable]
x = 1
"""
[Fetch]  # [comment]
url = "a # b = [c]"
"quoted key" = [
  1, # ]
  { a = 1 },
]
deep.er = 1
text = \'\'\'
[Nor]
this = 'one'
\'\'\'
[Fetch.table]
inner = 1
["space.Task"]
'x' = "\\""
[a . "b.c"]
y = 1
[[many]]
z = 1
'''


def test_lines_of_a_toml_file() -> None:
    file = parse('a.toml', 'toml', TOML.lstrip('\n').encode())
    assert [(section.name, section.line) for section in file.sections] == [('Fetch', 5), ('space.Task', 18), ('a', 20)]
    assert [(key.name, key.line) for key in file.sections[0].keys] == [
        ('url', 6),
        ('quoted key', 7),
        ('deep', 11),
        ('text', 12),
        ('table', 16),
    ]
    assert [(key.name, key.line, key.value) for key in file.sections[1].keys] == [('x', 19, '"')]
    assert [(key.name, key.line, key.value) for key in file.sections[2].keys] == [('b.c', 20, {'y': 1})]
    assert [(each.line, each.reason) for each in file.problems] == [
        (1, "'title' is no table, and luigi reads only tables at the top"),
        (22, "'many' is no table, and luigi reads only tables at the top"),
    ]


@pytest.mark.parametrize(
    ('text', 'line'), [('[A]\nx = 1\nx = 2\n', 3), ('[A]\nx =\n', 2), ('[A\n', 1), ('[A]\nx = """\n', 2), ('[A]\nx = ' + '[' * 20_000, 1)]
)
def test_a_toml_file_that_is_none(text: str, line: int) -> None:
    file = parse('a.toml', 'toml', text.encode())
    assert not file.sections
    assert [each.line for each in file.problems] == [line]


# --- what a task is given ---------------------------------------------------------------------------------------------

TASKS = """
    import gokart
    import luigi


    class Plain(gokart.TaskOnKart):
        written = luigi.Parameter()
        with_dashes = luigi.Parameter()
        half_with_dashes = luigi.Parameter()
        Cased = luigi.Parameter()
        missing = luigi.Parameter()
        by_default = luigi.Parameter()
        by_default_dashes = luigi.Parameter()
        by_gokart = luigi.Parameter()
        by_gokart_dashes = luigi.Parameter()
        set_by_code = luigi.Parameter()
        from_two_files = luigi.Parameter()
        empty = luigi.Parameter()
        __private = luigi.Parameter()


    class Child(Plain):
        own = luigi.Parameter()


    class Spaced(gokart.TaskOnKart):
        task_namespace = 'space'
        x = luigi.Parameter()
        y = luigi.Parameter()


    class Bare(gokart.TaskOnKart):
        by_default = luigi.Parameter()


    class Common(luigi.Config):
        x = luigi.Parameter()
        by_gokart = luigi.Parameter()
"""
MAIN = """
    import gokart
    import luigi

    gokart.add_config('./conf/param.ini')
    luigi.configuration.get_config().set('Plain', 'set_by_code', 'x')
    import tasks
"""
VALUES = """
    [DEFAULT]
    by_default = 1
    by-default-dashes = 1

    [TaskOnKart]
    by_gokart = 1
    by-gokart-dashes = 1
    own = 1

    [Plain]
    written = 1
    with-dashes = 2
    cased = 4
    from_two_files = 5
    empty =
    _Plain__private = 1

    [Spaced]
    x = 1

    [space.Spaced]
    y = 1

    [Common]
    x = 1
"""


def test_tasks_are_given_what_luigi_gives_them(tmp_path: Path) -> None:
    found = project(tmp_path, {'tasks.py': TASKS, 'main.py': MAIN, 'conf/param.ini': VALUES, 'luigi.cfg': '[Plain]\nfrom_two_files = 6\n'})
    real = run(
        tmp_path,
        """
        import json, main, luigi, tasks
        found = {}
        for name, task in vars(tasks).items():
            if isinstance(task, type):
                names = [each for each, parameter in task.get_params() if parameter._default is luigi.parameter._no_value]
                for missing in names:
                    others = {each: 'given' for each in names if each != missing}
                    try:
                        task(**others)
                        found[f'{name}.{missing}'] = True
                    except luigi.parameter.MissingParameterException:
                        found[f'{name}.{missing}'] = False
        print(json.dumps(found))
        """,
    )
    module = found.module(str(tmp_path / 'tasks.py'))
    assert module is not None
    given = {}
    for task in module.classes:
        for parameter in task.parameters:
            name = parameter if not parameter.startswith('__') else f'_Plain{parameter}'
            given[f'{task.name}.{name}'] = found.configuration.gives(family(task), name)
    assert not found.configuration.is_open
    assert given == real
    assert {True, False} == set(given.values())


def test_the_section_of_gokart_gives_over_defaults_alone(tmp_path: Path) -> None:
    """Attributes of TaskOnKart and of the very class, without dashes, and no parameter that has no default."""
    tasks = """
        import gokart
        import luigi

        class Base(gokart.TaskOnKart):
            inherited = luigi.Parameter(default='no')

        class Task(Base):
            own = luigi.Parameter(default='no')
            own_dashes = luigi.Parameter(default='no')
            shared = luigi.Parameter(default='no')
    """
    values = """
        [DEFAULT]
        shared = yes
        [TaskOnKart]
        own = yes
        own-dashes = yes
        inherited = yes
        workspace_directory = yes
    """
    found = configuration(tmp_path, {'tasks.py': tasks, 'luigi.cfg': values})
    names = ['inherited', 'own', 'own_dashes', 'shared', 'workspace_directory']
    real = run(tmp_path, f'import json, tasks; print(json.dumps([getattr(tasks.Task(), name) == "yes" for name in {names}]))')
    assert real == [False, True, False, True, True]
    assert [found.gives('TaskOnKart', name) for name in names] == [True, True, False, True, True]
    assert [found.gives('Task', name) for name in names] == [False] * 5


def test_toml_is_given_as_luigi_gives_it(tmp_path: Path) -> None:
    pytest.importorskip('toml')
    write(
        tmp_path,
        {
            'tasks.py': TASKS,
            'luigi.toml': '[Spaced]\nx = "1"\n["space.Spaced"]\ny = "1"\n[TaskOnKart]\nx = "1"\n[Bare]\nby-default = "1"\n',
        },
    )
    found = project(tmp_path, {})
    real = run(
        tmp_path,
        """
        import json, luigi, tasks
        def gives(task, **others):
            try:
                task(**others)
                return True
            except luigi.parameter.MissingParameterException:
                return False
        print(json.dumps([gives(tasks.Spaced, y='a'), gives(tasks.Spaced, x='a'), gives(tasks.Bare)]))
        """,
        LUIGI_CONFIG_PARSER='toml',
    )
    gives = found.configuration.gives
    assert [gives('space.Spaced', 'x'), gives('space.Spaced', 'y'), gives('Bare', 'by_default')] == real


@pytest.mark.parametrize(
    ('body', 'expected'),
    [
        ('class A(gokart.TaskOnKart): pass', 'A'),
        ("class B(gokart.TaskOnKart):\n    task_namespace = 'b'\n\nclass A(B): pass", 'b.A'),
        ("class B(gokart.TaskOnKart):\n    task_namespace = 'b'\n\nclass A(B):\n    task_namespace = None", 'A'),
        ('class A(gokart.TaskOnKart):\n    task_namespace = __name__', None),
        ("luigi.namespace('x')\n\nclass A(gokart.TaskOnKart): pass", None),
        ("luigi.auto_namespace(scope=__name__)\n\nclass A(gokart.TaskOnKart):\n    task_namespace = 'a'", 'a.A'),
        ("class A(gokart.TaskOnKart):\n    @classmethod\n    def get_task_family(cls):\n        return 'B'", None),
        ('class A(Missing, gokart.TaskOnKart): pass', None),
        ('class A(luigi.Config): pass', 'A'),
        ("class A(gokart.TaskOnKart):\n    def task_namespace(self):\n        return 'a'", None),
    ],
)
def test_families(tmp_path: Path, body: str, expected: str | None) -> None:
    found = project(tmp_path, {'tasks.py': f'import gokart\nimport luigi\n\n{body}\n'})
    module = found.module(str(tmp_path / 'tasks.py'))
    assert module is not None
    task = next(each for each in module.classes if each.name == 'A')
    assert isinstance(task, Class)
    assert family(task) == expected
    if expected is None:
        assert found.configuration.gives(family(task), 'x') is None


# --- what a stored answer rests on ------------------------------------------------------------------------------------


def test_every_change_of_a_consulted_file_changes_the_stamp(tmp_path: Path) -> None:
    files = {'jobs/main.py': "import gokart\ngokart.add_config('conf/param.ini')\n", 'conf/param.ini': PARAM}
    found = project(tmp_path, files)
    before, is_open, consulted = found.consulted, found.configuration.is_open, found.consulted
    assert (before, is_open) == ((), False)
    below = {str(Path(path).relative_to(tmp_path)) for path in consulted}
    assert below == {'client.cfg', 'luigi.cfg', 'luigi.toml', 'conf/param.ini', 'jobs/conf/param.ini'}
    stamps = [stamp(consulted)]
    for changed in ({'conf/param.ini': ''}, {'conf/param.ini': f'{PARAM}#'}, {'luigi.cfg': ''}, {'jobs/conf/param.ini': PARAM}):
        write(tmp_path, changed)
        stamps.append(stamp(consulted))
    (tmp_path / 'luigi.cfg').unlink()
    stamps.append(stamp(consulted))
    assert len(set(stamps)) == len(stamps)
    assert project(tmp_path, {}).configuration.consulted == consulted


@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='no pipes among the files of this system')
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / 'luigi.cfg')
    assert configuration(tmp_path, {}).files == ()
