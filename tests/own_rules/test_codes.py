"""The codes of own rules wherever codes stand: settings, options, comments, reports, fixes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.own_rules.projects import NAMED, TASKS, Project, rule, write

FOUND = ('tasks.py', 4, 'ACME001')
OTHER = rule('ACME102', 'Cherry', 'opt_in=True')
BOTH = TASKS + TASKS.replace('Banana', 'Cherry')
URL = 'https://wiki.acme.example/1'
FIXING = '''\
"""A class that is called Banana."""

from gokart_lint.findings import Edit, Fix
from gokart_lint.rules.registry import Report, rule


@rule('ACME001', 'no-banana', fixable='safe')
def check(module, settings):
    for each in module.facts.classes:
        if each.name == 'Banana':
            yield Report(each.name_at, 'Banana says nothing', Fix('Call it RipeFruit', [Edit(each.name_at, 'RipeFruit')], safe=True))
'''
OF_CONFIGURATION = '''\
"""A section that is called Banana."""
from gokart_lint.facts import Span
from gokart_lint.rules.registry import Report, configuration_rule


@configuration_rule('ACME001', 'no-banana-section', url='https://wiki.acme.example/2')
def check(file, project, settings):
    for section in file.sections:
        if section.name == 'Banana':
            yield Report(Span(section.line, 1, section.line, 1), 'no bananas')
'''


@pytest.fixture
def project(home: Path) -> Project:
    write(home, {'pyproject.toml': NAMED, 'my_rules.py': rule(more=f'url={URL!r}') + OTHER, 'tasks.py': BOTH})
    return Project(home)


def codes(project: Project, settings: str = '', *arguments: str) -> set[str]:
    write(project.folder, {'pyproject.toml': f'{NAMED}{settings}\n'})
    return {code for _, _, code in project.check(*arguments)}


@pytest.mark.parametrize(
    ('settings', 'expected'),
    [
        ('', {'ACME001'}),
        ("extend-select = ['ACME']", {'ACME001', 'ACME102'}),
        ("extend-select = ['ACME1']", {'ACME001', 'ACME102'}),
        ("select = ['ACME102']", {'ACME102'}),
        ("select = ['ALL']", {'ACME001', 'ACME102', 'GK308'}),
        ("select = ['GK']", {'GK308'}),
        ("ignore = ['ACME0']", set()),
        ("select = ['ACME']\nignore = ['ACME001']", {'ACME102'}),
        ("per-file-ignores = { 'tasks.py' = ['ACME'] }", set()),
        ("per-file-ignores = { 'tests/**' = ['ACME001'] }", {'ACME001'}),
    ],
)
def test_settings(settings: str, expected: set[str], project: Project) -> None:
    assert codes(project, settings) == expected


@pytest.mark.parametrize(
    ('arguments', 'expected'),
    [
        (('--select', 'ACME'), {'ACME001', 'ACME102'}),
        (('--extend-select', 'ACME1,GK308'), {'ACME001', 'ACME102', 'GK308'}),
        (('--ignore', 'ACME001'), set()),
    ],
)
def test_options(arguments: tuple[str, ...], expected: set[str], project: Project) -> None:
    assert codes(project, '', *arguments) == expected


@pytest.mark.parametrize(
    ('code', 'hint'),
    [('ACM', "; did you mean 'ACME'?"), ('ACME003', "; did you mean 'ACME001'?"), ('no-chery', "; did you mean 'ACME102'?"), ('A', '')],
)
def test_an_unknown_code_is_answered_with_the_nearest(code: str, hint: str, project: Project) -> None:
    said = f"unknown rule '{code}'{hint} (`gokart-lint rules` lists them)"
    assert project.trouble('check', '--select', code) == f'Error: --select: {said}'
    assert project.trouble('explain', code) == f'Error: {said}'
    write(project.folder, {'pyproject.toml': f"{NAMED}ignore = ['{code}']"})
    assert project.trouble() == f'Error: FILE: [tool.gokart-lint] ignore: {said}'


@pytest.mark.parametrize(
    'mark', ['noqa: ACME001', 'noqa: E501, ACME001', 'gokart-lint: ignore[ACME001] ripe', 'gokart-lint: ignore[ACME]', 'noqa']
)
def test_a_comment_suppresses(mark: str, project: Project) -> None:
    write(project.folder, {'tasks.py': TASKS.replace('[str]):', f'[str]):  # {mark}')})
    assert project.check() == []


def test_a_comment_speaks_for_the_file(project: Project) -> None:
    write(project.folder, {'tasks.py': '# gokart-lint: ignore-file[ACME001]\n' + TASKS})
    assert project.check() == []


def test_a_comment_that_suppresses_nothing_is_reported_and_removed(project: Project) -> None:
    idle = TASKS.replace('Banana', 'Apple')
    marked = idle.replace('[str]):', '[str]):  # noqa: E501, ACME001').replace("'yellow')", "'yellow')  # gokart-lint: ignore[ACME0]")
    write(project.folder, {'tasks.py': marked})
    assert project.check() == [('tasks.py', 4, 'GK901'), ('tasks.py', 6, 'GK901')]
    assert project.check('--ignore', 'ACME001') == []  # a rule that did not run may need it
    assert project.run('check', '--fix').returncode == 0
    assert (project.folder / 'tasks.py').read_text() == idle.replace('[str]):', '[str]):  # noqa: E501')


def test_a_code_of_no_rule_in_a_comment_of_ours_is_reported(project: Project) -> None:
    write(
        project.folder,
        {'tasks.py': TASKS.replace('Banana', 'Apple').replace('[str]):', '[str]):  # gokart-lint: ignore[ACNE001]  # noqa: ACNE001')},
    )
    assert project.check() == [('tasks.py', 4, 'GK901')]


def test_explain_and_rules_tell_of_them(project: Project) -> None:
    page = project.run('explain', 'acme001').stdout
    assert page == (
        'ACME001 no-banana\n\nA class that is called Banana.\n\nRuns by default. No fix: the right answer is yours.\n'
        'Suppress one with `# noqa: ACME001` or `# gokart-lint: ignore[ACME001] reason`.\n'
        f"It comes from rules = ['my_rules'] (my_rules).\n{URL}\n"
    )
    last = project.run('rules').stdout.splitlines()[-2:]
    assert [line.split()[:3] for line in last] == [['ACME001', 'no-banana', 'default'], ['ACME102', 'no-cherry', 'opt-in']]
    listed = {each['code']: each for each in json.loads(project.run('rules', '--output-format', 'json').stdout)}
    assert (listed['ACME001']['url'], listed['ACME102']['url'], listed['ACME001']['provider']) == (URL, None, "rules = ['my_rules']")
    assert project.run('settings').stdout.splitlines()[-2] == 'rules = ["my_rules"]'
    assert project.run('settings').stdout.splitlines()[-1].endswith('GK901, ACME001')


def test_examples_of_the_module_are_on_the_page(project: Project) -> None:
    write(project.folder, {'my_rules.py': rule() + "\nBAD = 'class Banana: ...'\n\nGOOD = {'a.py': 'class A: ...', 'b.py': 'B = 1'}\n"})
    page = project.run('explain', 'ACME001').stdout
    assert 'Reported\n\n    class Banana: ...\n\nRight\n\n    # a.py\n    class A: ...\n\n    # b.py\n    B = 1\n' in page


def test_reports_name_them_and_link_only_to_a_page_of_theirs(project: Project) -> None:
    def run(*arguments: str) -> str:
        return project.run('check', '--extend-select', 'ACME', *arguments).stdout

    assert {each['code']: each['url'] for each in json.loads(run('--output-format', 'json'))} == {'ACME001': URL, 'ACME102': None}
    assert '::error title=gokart-lint (ACME001),file=tasks.py,line=4' in run('--output-format', 'github')
    assert '1  ACME001  no-banana\n1  ACME102  no-cherry\n' in run('--statistics')
    [sarif] = json.loads(run('--output-format', 'sarif'))['runs']
    rules = sarif['tool']['driver']['rules']
    assert [rules[each['ruleIndex']]['id'] for each in sarif['results']] == ['ACME001', 'ACME102']
    first, second = rules[-2:]
    assert (first['helpUri'], first['shortDescription']['text'], first['defaultConfiguration']['enabled']) == (
        URL, 'A class that is called Banana.', True,
    )  # fmt: skip
    assert 'helpUri' not in second
    urls = [json.loads(line)['url'] for line in run('--output-format', 'jsonl').splitlines()]
    assert urls == [URL, None]
    codes = [each['code'] for each in json.loads(run('--output-format', 'rdjson'))['diagnostics']]
    assert codes == [{'value': 'ACME001', 'url': URL}, {'value': 'ACME102'}]
    markdown = run('--output-format', 'markdown')
    assert '[ACME001 no-banana][ACME001]' in markdown
    assert f'[ACME001]: {URL}' in markdown
    assert ' ACME102 no-cherry ' in markdown
    assert '[ACME102]' not in markdown
    assert URL in run('--output-format', 'junit')
    assert second['defaultConfiguration']['enabled'] is False


def test_a_fix_is_applied(project: Project) -> None:
    write(project.folder, {'my_rules.py': FIXING, 'tasks.py': TASKS})
    done = project.run('check', '--fix')
    assert (done.returncode, done.stderr) == (0, 'Fixed 1 finding in 1 file (ACME001 1).\n')
    assert 'class RipeFruit(gokart' in (project.folder / 'tasks.py').read_text()


def test_a_rule_for_configuration_files(project: Project) -> None:
    main = TASKS + "\nif __name__ == '__main__':\n    gokart.add_config('conf.ini')\n    gokart.run()\n"
    write(project.folder, {'my_rules.py': OF_CONFIGURATION, 'tasks.py': main, 'conf.ini': '[Banana]\nrerun = False\n'})
    assert project.check() == [('conf.ini', 1, 'ACME001')]


def test_other_commands_do_not_mind_their_codes(project: Project) -> None:
    write(project.folder, {'pyproject.toml': f"{NAMED}select = ['ACME', 'NOWHERE001']\n"})
    assert 'not in a git repository' in project.run('stale').stderr
    assert "unknown rule 'NOWHERE001'" in project.trouble()
