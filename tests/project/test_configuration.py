"""Which luigi configuration files a project names, what stands in them, and that luigi and gokart themselves read the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gokart_lint.project.configuration.lookup import Configuration
from gokart_lint.project.derivations import Derivations
from gokart_lint.project.names import Modules
from gokart_lint.project.project import Project
from gokart_lint.project.stamps import stamp
from tests.project.configured import configuration, names, project, write

PARAM = '[Fetch]\nurl = http://example.com\n'


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


# --- what a stored answer rests on --------------------------------------------------------------------------------------


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
