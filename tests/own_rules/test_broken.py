"""What is broken in own rules is told by name, and never passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.own_rules.projects import NAMED, TASKS, Project, rule, write

BREAKING = rule().replace('yield Report', "raise ValueError('no')\n            yield Report")
RERUN = TASKS.replace('    def run', '    rerun = True\n\n    def run')


def broken(home: Path, rules: str, named: str = 'my_rules') -> str:
    """What is said of a module of rules, without who names it."""
    write(home, {'pyproject.toml': f"[tool.gokart-lint]\nrules = ['{named}']\n", 'my_rules.py': rules, 'tasks.py': TASKS})
    said = Project(home).trouble()
    start = f"Error: FILE: [tool.gokart-lint] rules: '{named}': "
    assert said.startswith(start)
    return said.removeprefix(start)


@pytest.mark.parametrize(
    ('rules', 'said'),
    [
        ('import nowhere', "my_rules cannot be imported: ModuleNotFoundError: No module named 'nowhere' (HOME/my_rules.py:1)"),
        ('\nraise ValueError("no")', 'my_rules cannot be imported: ValueError: no (HOME/my_rules.py:2)'),
        ('import sys\nsys.exit(0)', 'my_rules cannot be imported: SystemExit: 0 (HOME/my_rules.py:2)'),
        ('def f(:', 'my_rules cannot be imported: SyntaxError: invalid syntax (my_rules.py, line 1)'),
        ('def check(module, settings): ...', 'no rule in HOME/my_rules.py: a function decorated with rule(...) is one'),
        ('', 'no rule in HOME/my_rules.py: a function decorated with rule(...) is one'),
    ],
)
def test_a_module_without_rules(rules: str, said: str, home: Path) -> None:
    assert broken(home, rules) == said


@pytest.mark.parametrize('named', ['nowhere', 'my_rules.below'])
def test_a_module_that_is_not_there(named: str, home: Path) -> None:
    assert broken(home, rule(), named) == f"there is no module '{named}' in HOME or HOME/src, nor among what is installed"


@pytest.mark.parametrize(
    ('code', 'said'),
    [
        ('acme1', "the rule 'acme1' in HOME/my_rules.py: a code consists of capital letters and digits behind them, such as ACME001"),
        ('ACME', "the rule 'ACME' in HOME/my_rules.py: a code consists of capital letters and digits behind them, such as ACME001"),
        (
            'GK101',
            "the rule 'GK101' in HOME/my_rules.py: codes that start with GK are gokart-lint's (GK101 is missing-expected-type); "
            'take letters of your own, such as ACME001',
        ),
        (
            'GKX1',
            "the rule 'GKX1' in HOME/my_rules.py: codes that start with GK are gokart-lint's; take letters of your own, such as ACME001",
        ),
    ],
)
def test_a_code_that_is_none(code: str, said: str, home: Path) -> None:
    assert broken(home, rule(code)) == said


@pytest.mark.parametrize(
    ('old', 'new', 'said'),
    [
        ("'no-banana'", "'No Banana'", "the name 'No Banana' must consist of small letters and digits, with - between words"),
        ("'no-banana'", "'no-banana', fixable='yes'", "fixable must be one of '', 'safe', 'unsafe', 'safe and unsafe', not 'yes'"),
        ('"""A class that is called Banana."""', '', 'it has no page: give its function or its module a docstring'),
    ],
)
def test_a_rule_that_is_incomplete(old: str, new: str, said: str, home: Path) -> None:
    assert broken(home, rule().replace(old, new)) == f"the rule 'ACME001' in HOME/my_rules.py: {said}"


@pytest.mark.parametrize('below', ['tools/broken.py', 'tools/deep/broken.py', 'tools/broken/__init__.py', 'tools/deep/broken/__init__.py'])
def test_one_broken_module_of_a_package_is_enough(below: str, home: Path) -> None:
    write(home, {'pyproject.toml': "[tool.gokart-lint]\nrules = ['tools']\n", 'tools/bananas.py': rule(), below: 'raise SystemExit(0)'})
    name = below.removesuffix('.py').removesuffix('/__init__').replace('/', '.')
    said = f"rules: 'tools': {name} cannot be imported: SystemExit: 0 (HOME/{below}:1)"
    assert Project(home).trouble() == f'Error: FILE: [tool.gokart-lint] {said}'


def test_two_rules_with_one_code_are_both_named(home: Path) -> None:
    write(home, {'pyproject.toml': "[tool.gokart-lint]\nrules = ['mine', 'yours']\n", 'tasks.py': TASKS})
    write(home, {'mine.py': rule(), 'yours/cherries.py': rule(name='Cherry')})
    assert Project(home).trouble() == (
        "Error: FILE: [tool.gokart-lint] rules: 'yours': ACME001 no-cherry of yours.cherries (rules = ['yours']) has the code of "
        "ACME001 no-banana of mine (rules = ['mine']): a code means one rule"
    )


@pytest.mark.parametrize(
    ('value', 'said'),
    [
        ("'my_rules'", "'my_rules' must stand in a list: ['my_rules']"),
        ("['tools/lint.py']", "'tools/lint.py' is no name of a module or package; did you mean 'tools.lint'?"),
        ("['.my_rules']", "'.my_rules' is no name of a module or package; did you mean 'my_rules'?"),
        ("['my-rules']", "'my-rules' is no name of a module or package"),
    ],
)
def test_a_setting_that_names_no_module(value: str, said: str, home: Path) -> None:
    write(home, {'pyproject.toml': f'[tool.gokart-lint]\nrules = {value}\n'})
    assert Project(home).trouble() == f'Error: FILE: [tool.gokart-lint] rules: {said}'


def test_every_command_that_needs_the_rules_tells(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': 'import nowhere', 'tasks.py': TASKS})
    for command in (['rules'], ['explain', 'ACME001'], ['settings'], ['check', '--select', 'GK1'], ['check', '--fix']):
        assert 'my_rules cannot be imported' in Project(home).trouble(*command)
    assert Project(home).run('explain', 'GK101').returncode == 0


# --- while files are judged -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ('line', 'said'),
    [
        ("yield {}['x']", "KeyError: 'x' (HOME/my_rules.py:10)"),
        ('import sys; sys.exit(0); yield', 'SystemExit: 0 (HOME/my_rules.py:10)'),
        ("yield 'no bananas'", "TypeError: it yielded 'no bananas', which is no Report"),
        ('yield Report(each.name_at, 5)', 'ValidationError: Expected `str`, got `int` - at `$.message`'),
        ("yield Report(None, 'x')", 'ValidationError: Expected `array`, got `null` - at `$.at`'),
        ("yield Report(each.name_at, 'x', 'fix')", 'ValidationError: Expected `array | null`, got `str` - at `$.fix`'),
    ],
)
def test_a_rule_that_breaks(line: str, said: str, home: Path) -> None:
    text = rule().replace("yield Report(each.name_at, 'Banana says nothing')", line)
    write(
        home, {'pyproject.toml': NAMED, 'my_rules.py': text, 'tasks.py': RERUN, 'other.py': RERUN, 'well.py': TASKS.replace('Banana', 'A')}
    )
    done = Project(home).run('check', '--output-format', 'concise', '--exit-zero', '--ignore', 'GK110')
    assert done.returncode == 2
    assert [shown.split()[:2] for shown in done.stdout.splitlines()[:-1]] == [['other.py:5:5:', 'GK301'], ['tasks.py:5:5:', 'GK301']]
    assert done.stderr.replace(str(home), 'HOME') == (
        f"Error: other.py: the rule ACME001 of my_rules, from rules = ['my_rules'], broke: {said} (and it broke on 1 other file)\n"
    )


def test_a_check_that_yields_nothing_at_all_has_forgotten_to(home: Path) -> None:
    text = rule().partition('    for each')[0] + '    return None\n'
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': text, 'tasks.py': TASKS})
    assert 'broke: TypeError: it returned None; a check yields its Reports (' in Project(home).run('check').stderr


def test_what_a_broken_rule_may_have_found_is_not_said_to_be_unused(home: Path) -> None:
    text = BREAKING
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': text, 'tasks.py': TASKS.replace('[str]):', '[str]):  # noqa: ACME001')})
    done = Project(home).run('check')
    assert (done.returncode, done.stdout) == (2, 'All clear: 2 files.\n')


def test_what_a_broken_rule_left_out_is_not_remembered(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': BREAKING, 'tasks.py': RERUN})
    assert [Project(home).run('check').returncode for _ in range(2)] == [2, 2]


@pytest.mark.parametrize(('options', 'left'), [(('--fix',), 0), (('--diff',), 1)])
def test_the_fixes_of_the_other_rules_are_made_and_the_status_tells(options: tuple[str, ...], left: int, home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': BREAKING})
    write(home, {'tasks.py': TASKS.replace("'yellow')", "'yellow')  # noqa: GK301")})
    done = Project(home).run('check', *options)
    assert done.returncode == 2
    assert 'Error: tasks.py: the rule ACME001 of my_rules' in done.stderr
    assert (home / 'tasks.py').read_text().count('noqa') == left


def test_a_report_in_json_stays_json(home: Path) -> None:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': BREAKING, 'tasks.py': RERUN})
    done = Project(home).run('check', '--output-format', 'json')
    assert (done.returncode, [each['code'] for each in json.loads(done.stdout)]) == (2, ['GK301'])
