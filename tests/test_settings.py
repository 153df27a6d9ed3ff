"""Where settings come from, how they are layered, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gokart_lint import selection
from gokart_lint.rules.registry import Rule, all_rules
from gokart_lint.settings import Settings, SettingsError, load_settings

RULES = {
    'GK101': 'missing-expected-type',
    'GK102': 'expected-type-mismatch',
    'GK111': 'unforwarded-parameter',
    'GK301': 'rerun-enabled',
    'GK900': 'unreadable-file',
    'GK901': 'unused-suppression',
}
OPT_IN = ('GK111',)
EVERYTHING = """\
[tool.gokart-lint]
select = ['GK1', 'GK301']
ignore = ['GK102']
extend-select = ['GK9']
per-file-ignores = { 'tests/**' = ['GK3'], 'setup.py' = ['ALL'] }
extend-exclude = ['build/']
src = ['lib']
expected-type = 'annotation'
pipeline-names = ['*Flow']
luigi-config = ['conf/luigi.cfg']
cache-off-parameters = ['_nonce*']
"""


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small catalogue, so that these tests do not change when a rule is added."""
    monkeypatch.setattr(selection, 'known_rules', lambda: RULES)


def configured(folder: Path, text: str, **command_line: Any) -> Settings:
    (folder / 'pyproject.toml').write_text(text, encoding='utf-8')
    return load_settings(folder, **{'own_codes': lambda settings: {}, **command_line})


def running(settings: Settings) -> list[str]:
    rules = [SimpleNamespace(code=code, opt_in=code in OPT_IN) for code in RULES]
    return [rule.code for rule in settings.selected(cast(list[Rule], rules))]


def trouble(folder: Path, text: str, **command_line: Any) -> str:
    with pytest.raises(SettingsError) as caught:
        configured(folder, text, **command_line)
    return str(caught.value).replace(str(folder / 'pyproject.toml'), 'FILE')


# --- Where they come from ---------------------------------------------------------------------------------------------


def test_every_key_is_read(tmp_path: Path) -> None:
    assert configured(tmp_path, EVERYTHING) == Settings(
        root=tmp_path,
        source=tmp_path / 'pyproject.toml',
        select=('GK1', 'GK301'),
        ignore=('GK102',),
        extend_select=('GK9',),
        per_file_ignores=(('tests/**', ('GK3',)), ('setup.py', ('ALL',))),
        extend_exclude=('build/',),
        src=('lib',),
        expected_type='annotation',
        pipeline_names=('*Flow',),
        luigi_config=('conf/luigi.cfg',),
        cache_off_parameters=('_nonce*',),
    )


def test_what_is_shown_is_what_is_read(tmp_path: Path) -> None:
    for text in (EVERYTHING, '[tool.gokart-lint]\n'):
        settings = configured(tmp_path, text)
        assert configured(tmp_path, settings.to_toml()) == settings


def test_the_nearest_file_with_the_table_counts(tmp_path: Path) -> None:
    inner = tmp_path / 'package' / 'deep'
    inner.mkdir(parents=True)
    (tmp_path / 'pyproject.toml').write_text("[tool.gokart-lint]\nselect = ['GK1']\n")
    (tmp_path / 'package' / 'pyproject.toml').write_text("[project]\nname = 'p'\ndependencies = ['gokart-lint']\n")
    assert (load_settings(inner).root, load_settings(inner).select) == (tmp_path, ('GK1',))


def test_a_repository_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / 'repository' / '.git').mkdir(parents=True)
    (tmp_path / 'repository' / 'src').mkdir()
    (tmp_path / 'pyproject.toml').write_text("[tool.gokart-lint]\nselect = ['GK1']\n")
    assert load_settings(tmp_path / 'repository' / 'src') == Settings(tmp_path / 'repository')


def test_without_a_table_the_first_project_is_the_root(tmp_path: Path) -> None:
    (tmp_path / '.git').mkdir()
    (tmp_path / 'package' / 'src').mkdir(parents=True)
    (tmp_path / 'package' / 'pyproject.toml').write_text("[project]\nname = 'p'\n")
    assert load_settings(tmp_path / 'package' / 'src') == Settings(tmp_path / 'package')


def test_a_file_that_is_named_counts_alone(tmp_path: Path) -> None:
    (tmp_path / 'pyproject.toml').write_text("[tool.gokart-lint]\nselect = ['GK1']\n")
    (tmp_path / 'other').mkdir()
    (tmp_path / 'other' / 'lint.toml').write_text("[tool.gokart-lint]\nignore = ['GK1']\n")
    file = tmp_path / 'other' / 'lint.toml'
    assert load_settings(tmp_path, Path('other/lint.toml')) == Settings(file.parent, file, ignore=('GK1',))


@pytest.mark.parametrize('text', ['', '[project]\ndependencies = ["gokart-lint"]\n'])
def test_a_file_that_is_named_must_have_the_table(tmp_path: Path, text: str) -> None:
    (tmp_path / 'x.toml').write_text(text)
    with pytest.raises(SettingsError, match=r'x\.toml: it has no table \[tool\.gokart-lint\]'):
        load_settings(tmp_path, Path('x.toml'))


def test_a_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r'x\.toml: it cannot be read: No such file or directory'):
        load_settings(tmp_path, Path('x.toml'))


# --- Which rules run --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('table', 'codes'),
    [
        ('', ['GK101', 'GK102', 'GK301', 'GK900', 'GK901']),
        ("select = ['ALL']", list(RULES)),
        ("select = ['GK1']", ['GK101', 'GK102', 'GK111']),
        ("select = ['GK111']", ['GK111']),
        ("extend-select = ['GK111']", list(RULES)),
        ("ignore = ['GK1']", ['GK301', 'GK900', 'GK901']),
        ("ignore = ['ALL']", []),
        ("ignore = ['ALL']\nextend-select = ['GK3']", ['GK301']),
        ("select = ['GK1']\nignore = ['GK101']", ['GK102', 'GK111']),
        ("select = ['GK101']\nignore = ['GK1']", ['GK101']),
        ("select = ['GK101']\nignore = ['GK101']", []),
        ("select = ['GK3']\nextend-select = ['GK9']\nignore = ['GK900']", ['GK301', 'GK901']),
    ],
)
def test_the_longest_prefix_wins(tmp_path: Path, table: str, codes: list[str]) -> None:
    assert running(configured(tmp_path, f'[tool.gokart-lint]\n{table}\n')) == codes


@pytest.mark.parametrize(
    ('table', 'command_line', 'codes'),
    [
        ("select = ['GK1']\nignore = ['GK101']", {'select': ['GK101', 'GK3']}, ['GK101', 'GK301']),
        ("select = ['GK1']", {'ignore': ['GK101']}, ['GK102', 'GK111']),
        ("select = ['GK101', 'GK301']", {'ignore': ['GK1']}, ['GK301']),
        ("select = ['GK101']", {'ignore': ['GK1']}, []),
        ("select = ['GK3']\nignore = ['GK101']", {'extend_select': ['GK1']}, ['GK101', 'GK102', 'GK111', 'GK301']),
        ("select = ['GK3']\nignore = ['GK1']", {'extend_select': ['GK101']}, ['GK101', 'GK301']),
        ("select = ['GK3']", {'extend_select': ['GK1'], 'ignore': ['GK101']}, ['GK102', 'GK111', 'GK301']),
        ("extend-select = ['GK111']", {'ignore': ['GK9']}, ['GK101', 'GK102', 'GK111', 'GK301']),
    ],
)
def test_the_command_line_lies_over_the_file(tmp_path: Path, table: str, command_line: dict[str, list[str]], codes: list[str]) -> None:
    assert running(configured(tmp_path, f'[tool.gokart-lint]\n{table}\n', **command_line)) == codes


def test_the_real_rules_are_known_by_their_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert selection.known_rules() == {rule.code: rule.name for rule in all_rules()}


# --- Files that a rule does not concern -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('glob', 'path', 'means'),
    [
        ('tests/**', 'tests/a.py', True),
        ('tests/**', 'tests/deep/a.py', True),
        ('tests/**', 'my/tests/a.py', False),
        ('**/tests/**', 'my/tests/a.py', True),
        ('**/tests/**', 'tests/a.py', True),
        ('tests', 'tests/a.py', True),
        ('tests/', 'my/tests/a.py', True),
        ('/tests', 'my/tests/a.py', False),
        ('./tests/*.py', 'tests/a.py', True),
        ('tests/*.py', 'tests/deep/a.py', False),
        ('*.py', 'deep/a.py', True),
        ('__init__.py', 'a/b/__init__.py', True),
        ('src/**/old_*.py', 'src/old_a.py', True),
        ('src/**/old_*.py', 'src/a/b/old_a.py', True),
        ('src/**/old_*.py', 'src/a/b/new_a.py', False),
        ('src/[ab].py', 'src/b.py', True),
        ('../other/*.py', '../other/a.py', True),
    ],
)
def test_globs(tmp_path: Path, glob: str, path: str, means: bool) -> None:
    settings = Settings(tmp_path, per_file_ignores=((glob, ('GK1',)), ('nothing', ('GK2',))))
    assert settings.ignored_in(tmp_path / path) == (('GK1',) if means else ())


# --- A part of the keys of a cache ------------------------------------------------------------------------------------


def test_equal_settings_have_equal_bytes(tmp_path: Path) -> None:
    assert configured(tmp_path, EVERYTHING).encode() == configured(tmp_path, EVERYTHING).encode()
    assert configured(tmp_path, EVERYTHING).encode() != configured(tmp_path, EVERYTHING, ignore=['GK1']).encode()


# --- Wrong ones -------------------------------------------------------------------------------------------------------

LIST = "it must be a list of texts, and 1 is none; did you mean '1'?"


@pytest.mark.parametrize(
    ('line', 'message'),
    [
        ("selct = ['GK1']", "selct: unknown key; did you mean 'select'?"),
        ("extend_select = ['GK1']", "extend_select: unknown key; did you mean 'extend-select'?"),
        ("select = ['GK103']", "select: unknown rule 'GK103'; did you mean 'GK102'? (`gokart-lint rules` lists them)"),
        ("select = ['gk101']", "select: unknown rule 'gk101'; did you mean 'GK101'? (`gokart-lint rules` lists them)"),
        ("ignore = ['rerun-enable']", "ignore: unknown rule 'rerun-enable'; did you mean 'GK301'? (`gokart-lint rules` lists them)"),
        ("ignore = ['E501']", "ignore: unknown rule 'E501' (`gokart-lint rules` lists them)"),
        ("ignore = ['']", "ignore: unknown rule '' (`gokart-lint rules` lists them)"),
        ('select = []', 'select: an empty list would run no rule; leave the key out for the default rules'),
        ("src = 'lib'", "src: 'lib' must stand in a list: ['lib']"),
        ('src = [1]', f'src: {LIST}'),
        ('extend-exclude = 3', 'extend-exclude: it must be a list of texts, not 3'),
        (
            "expected-type = 'anotation'",
            "expected-type: it must be 'expected-type' or 'annotation', not 'anotation'; did you mean 'annotation'?",
        ),
        ('expected-type = [1]', "expected-type: it must be 'expected-type' or 'annotation', not [1]"),
        (
            "per-file-ignores = ['a.py']",
            "per-file-ignores: it must be a table from glob to codes, such as {'tests/**' = ['GK3']}, not ['a.py']",
        ),
        (
            "per-file-ignores = {'a.py' = ['GK11x']}",
            "per-file-ignores: 'a.py': unknown rule 'GK11x'; did you mean 'GK111'? (`gokart-lint rules` lists them)",
        ),
        ("per-file-ignores = {'a.py' = 'GK1'}", "per-file-ignores: 'a.py': 'GK1' must stand in a list: ['GK1']"),
    ],
)
def test_a_wrong_setting_is_named_with_the_nearest_right_one(tmp_path: Path, line: str, message: str) -> None:
    assert trouble(tmp_path, f'[tool.gokart-lint]\n{line}\n') == f'FILE: [tool.gokart-lint] {message}'


def test_a_key_that_is_like_none_is_answered_with_all(tmp_path: Path) -> None:
    assert trouble(tmp_path, '[tool.gokart-lint]\nxyz = 1\n').startswith(
        'FILE: [tool.gokart-lint] xyz: unknown key; the keys are select, ignore,'
    )


def test_the_table_must_be_one(tmp_path: Path) -> None:
    assert trouble(tmp_path, "[tool]\ngokart-lint = 'x'\n") == "FILE: tool.gokart-lint must be a table, not 'x'"


@pytest.mark.parametrize('option', ['select', 'ignore', 'extend_select'])
def test_a_wrong_code_on_the_command_line(tmp_path: Path, option: str) -> None:
    assert trouble(tmp_path, '', **{option: ['GK302']}).startswith(
        f"--{option.replace('_', '-')}: unknown rule 'GK302'; did you mean 'GK30"
    )


@pytest.mark.parametrize(
    ('data', 'line'),
    [
        (b'[tool.gokart-lint]\nselect = [\n\n', 2),
        (b'[tool.gokart-lint]\nselect = GK1\n', 2),
        (b'[tool.gokart-lint]\r\n\r\nselect = "\xff"\r\n', 3),
    ],
)
def test_a_file_that_is_no_toml_is_named_with_the_line(tmp_path: Path, data: bytes, line: int) -> None:
    (tmp_path / 'pyproject.toml').write_bytes(data)
    with pytest.raises(SettingsError, match=rf'pyproject\.toml:{line}: it is not (valid TOML: \w+|UTF-8)'):
        load_settings(tmp_path)
