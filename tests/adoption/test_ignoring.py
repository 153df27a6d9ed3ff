"""`--add-ignores`: a comment for each finding, and afterwards a clean run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gokart_lint.rules.registry import Rule, rules_of_check
from tests.adoption.commanding import HEAD, check, tasks, write

RULES = [rule for rule in rules_of_check() if rule.code not in ('GK900', 'GK901')]
WHY = ('--add-ignores', '--reason', 'from before')


def ignored(folder: Path, text: str, *options: str) -> str:
    """A module after the comments are written, which must leave it clean and its code as it was."""
    path = write(folder, 'tasks.py', text)
    before = path.read_bytes()
    said = check(folder, *WHY, *options)
    assert (said.status, said.found) == (0, []), said
    assert ast.dump(ast.parse(path.read_bytes())) == ast.dump(ast.parse(before))
    after = path.read_bytes()
    assert check(folder, *options).status == 0
    assert check(folder, *WHY, *options).err == ''
    assert path.read_bytes() == after
    return after.decode()


@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.code)
def test_of_every_rule_the_bad_example_is_clean_afterwards_and_stays_so(tmp_path: Path, rule: Rule) -> None:
    trees = {}
    for name, text in rule.bad_files.items():
        write(tmp_path, name, '').write_text(text, encoding='utf-8')
        trees[name] = ast.dump(ast.parse(text)) if name.endswith('.py') else ''
    options = ('--extend-select', rule.code)
    assert rule.code in {code for _, _, code in check(tmp_path, *options).found}
    shown = check(tmp_path, *WHY, *options, '--diff')
    assert {name: (tmp_path / name).read_text(encoding='utf-8') for name in rule.bad_files} == rule.bad_files
    said = check(tmp_path, *WHY, *options)
    assert (said.status, said.found) == (0, []), said
    assert said.err == shown.err.replace('Would ignore', 'Ignored').replace('; 0 findings would be left', '')
    assert check(tmp_path, *options).status == 0
    after = {name: (tmp_path / name).read_text(encoding='utf-8') for name in rule.bad_files}
    assert after != rule.bad_files
    assert {name: ast.dump(ast.parse(text)) if name.endswith('.py') else '' for name, text in after.items()} == trees
    assert check(tmp_path, *WHY, *options).err == ''
    assert {name: (tmp_path / name).read_text(encoding='utf-8') for name in rule.bad_files} == after


def test_the_comment_stands_behind_the_line(tmp_path: Path) -> None:
    text = tasks('A').replace('rerun = True', 'rerun = True   ')
    assert ignored(tmp_path, text) == tasks('A').replace('rerun = True', 'rerun = True  # gokart-lint: ignore[GK301] from before')


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        ('# kept', '# kept  # gokart-lint: ignore[GK301] from before'),
        ('# noqa: E501', '# noqa: E501  # gokart-lint: ignore[GK301] from before'),
        ('# noqa: E501 it is long', '# noqa: E501 it is long  # gokart-lint: ignore[GK301] from before'),
        ('# type: ignore[misc]', '# type: ignore[misc]  # gokart-lint: ignore[GK301] from before'),
        ('# see #12', '# see #12  # gokart-lint: ignore[GK301] from before'),
        ('#gokart-lint:ignore[GK303]', '# gokart-lint: ignore[GK303, GK301] from before'),
        ('# gokart-lint: ignore[GK303] old', '# gokart-lint: ignore[GK303, GK301] old; from before'),
        ('# gokart-lint: ignore[gk303, GK304] from before', '# gokart-lint: ignore[gk303, GK304, GK301] from before'),
        ('# gokart-lint: ignore[GK303]  # noqa: E501', '# gokart-lint: ignore[GK303, GK301] from before  # noqa: E501'),
        ('# x  # gokart-lint: ignore[GK303] y', '# x  # gokart-lint: ignore[GK303, GK301] y; from before'),
    ],
)
def test_a_comment_that_stands_there_grows(tmp_path: Path, before: str, after: str) -> None:
    text = tasks('A').replace('rerun = True', f'rerun = True  {before}')
    assert ignored(tmp_path, text, '--ignore', 'GK901') == text.replace(before, after)


def test_several_findings_of_a_line_share_a_comment(tmp_path: Path) -> None:
    text = tasks('A').replace('rerun = True', 'rerun = True; now = luigi.Parameter(default=str(datetime.datetime.now()))')
    assert 'now()))  # gokart-lint: ignore[GK301, GK303] from before\n' in ignored(tmp_path, text)


def test_statements_of_many_lines(tmp_path: Path) -> None:
    text = (
        HEAD
        + """

@luigi.util.requires(
    luigi.Task,
)
class A(
    gokart.TaskOnKart[str],
):
    dep = (
        gokart.TaskInstanceParameter(
            description='x',
        )
    )

    def run(
        self,
    ):
        for x in range(3):  # a loop
            self.dump(x + 1)
"""
    )
    after = ignored(tmp_path, text.replace('import luigi\n', 'import luigi\nimport luigi.util\n'), '--select', 'GK')
    assert 'TaskInstanceParameter(  # gokart-lint: ignore[GK101] from before\n' in after


@pytest.mark.parametrize(
    ('line', 'after'),
    [
        ('rerun = \\\n        True', 'rerun = \\\n        True  # gokart-lint: ignore[GK301] from before'),
        ('rerun = True; x = """\n"""', 'rerun = True; x = """\n"""  # gokart-lint: ignore[GK301] from before'),
        ("rerun = True; x = f'''{1}\n {2}\n'''", "rerun = True; x = f'''{1}\n {2}\n'''  # gokart-lint: ignore[GK301] from before"),
        ('rerun = True; x = """#\\\n""" + \\\n        "y"  # z', '        "y"  # z  # gokart-lint: ignore[GK301] from before'),
        ('rerun = True;', 'rerun = True;  # gokart-lint: ignore[GK301] from before'),
    ],
)
def test_a_line_that_goes_on_gets_its_comment_where_it_ends(tmp_path: Path, line: str, after: str) -> None:
    assert after in ignored(tmp_path, tasks('A').replace('rerun = True', line))


def test_a_hidden_input_inside_a_string_of_many_lines(tmp_path: Path) -> None:
    text = tasks('A').replace('rerun = True', 'x = 1').replace("'wine'", 'f"""\n{datetime.datetime.now()}\n# {datetime.date.today()}\n"""')
    assert ignored(tmp_path, text).endswith('""")  # gokart-lint: ignore[GK304] from before\n')


@pytest.mark.parametrize(
    'change',
    [
        lambda data: data.replace(b'\n', b'\r\n'),
        lambda data: data.replace(b'\n', b'\r'),
        lambda data: b'\xef\xbb\xbf' + data,
        lambda data: data.rstrip(b'\n'),
        lambda data: data.replace(b'    ', b'\t'),
        lambda data: (
            b'# coding: cp932\n' + data.replace(b'wine', '葡萄酒'.encode('cp932')).replace(b'True', 'True  # 再実行'.encode('cp932'))
        ),
    ],
    ids=['crlf', 'cr', 'bom', 'no end', 'tabs', 'cp932'],
)
def test_bytes_beside_the_comment_stay(tmp_path: Path, change: object) -> None:
    before = change(tasks('A', 'B').encode())  # type: ignore[operator]
    path = tmp_path / 'tasks.py'
    path.write_bytes(before)
    assert check(tmp_path, *WHY).status == 0
    assert path.read_bytes().count(b'  # gokart-lint: ignore[GK301] from before') == 2
    assert path.read_bytes().replace(b'  # gokart-lint: ignore[GK301] from before', b'') == before
    assert check(tmp_path).status == 0


def test_a_reason_that_the_encoding_cannot_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / 'tasks.py'
    before = b'# coding: ascii\n' + tasks('A').encode()
    path.write_bytes(before)
    said = check(tmp_path, '--add-ignores', '--reason', '古い')
    assert (said.status, said.found, path.read_bytes()) == (1, [('tasks.py', 9, 'GK301')], before)
    assert 'ascii, the encoding of the file, cannot hold the new text' in said.err


@pytest.mark.parametrize(('end', 'sign'), [('\n', '#'), ('\r\n', ';')])
def test_in_configuration_files_it_stands_above(tmp_path: Path, end: str, sign: str) -> None:
    write(tmp_path, 'tasks.py', HEAD + '\n\nclass Train(gokart.TaskOnKart[int]):\n    n = luigi.IntParameter()\n')
    path = tmp_path / 'luigi.cfg'
    text = f'[Trian]\nn = 1\n\n[Train]\n{sign} gokart-lint: ignore[GK101] old\nm = 1\nn = 2\n  3\nnn: 4\n'
    path.write_bytes(text.replace('\n', end).encode())
    options = ('--select', 'GK408')
    assert len(check(tmp_path, *options).found) == 3
    assert check(tmp_path, *WHY, *options).status == 0
    word = '# gokart-lint: ignore[GK408] from before\n'
    after = text.replace('[Trian]', f'{word}[Trian]').replace('nn:', f'{word}nn:')
    after = after.replace(f'{sign} gokart-lint: ignore[GK101] old', '# gokart-lint: ignore[GK101, GK408] old; from before')
    assert path.read_bytes().decode() == after.replace('\n', end)
    path.write_bytes(path.read_bytes().replace(b'[Train]', b'[Tarin]'))
    assert {code for _, _, code in check(tmp_path, *options).found} == set()  # the last section that a task has is gone
    path.write_bytes(path.read_bytes() + f'[Train]{end}mm = 1{end}'.encode())
    assert len(check(tmp_path, *options).found) == 2  # the comment at the head speaks for its section alone
    assert (tmp_path / 'tasks.py').read_text().count('gokart-lint') == 0


def test_what_cannot_be_read_and_idle_suppressions_are_never_ignored(tmp_path: Path) -> None:
    broken = write(tmp_path, 'broken.py', 'import gokart\nclass A(:\n')
    idle = write(tmp_path, 'idle.py', tasks('A').replace('rerun = True', 'x = 1  # noqa: GK301'))
    texts = broken.read_bytes(), idle.read_bytes()
    write(tmp_path, 'tasks.py', tasks('B'))
    said = check(tmp_path, *WHY)
    assert (said.status, [(name, code) for name, _, code in said.found]) == (1, [('broken.py', 'GK900'), ('idle.py', 'GK901')])
    assert said.err == 'Ignored 1 finding in 1 file (GK301 1).\n'
    assert (broken.read_bytes(), idle.read_bytes()) == texts


@pytest.mark.parametrize(
    ('options', 'message'),
    [
        (['--add-ignores'], '--add-ignores needs a --reason'),
        (['--add-ignores', '--reason', ' \n'], '--add-ignores needs a --reason'),
        (['--add-ignores', '--reason', 'x # noqa'], '--reason must not hold a suppression of its own'),
        (['--add-ignores', '--reason', 'x # gokart-lint: ignore'], '--reason must not hold a suppression of its own'),
        (['--add-ignores', '--reason', 'x', '--fix'], '--add-ignores cannot be combined with --fix'),
        (['--add-ignores', '--reason', 'x', '--update-baseline'], '--add-ignores cannot be combined with'),
        (['--reason', 'x'], '--reason needs --add-ignores'),
    ],
)
def test_wrong_use(tmp_path: Path, options: list[str], message: str) -> None:
    path = write(tmp_path, 'tasks.py', tasks('A'))
    said = check(tmp_path, *options)
    assert (said.status, said.out, path.read_text()) == (2, '', tasks('A'))
    assert message in said.err


def test_a_reason_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, 'tasks.py', tasks('A'))
    assert check(tmp_path, '--add-ignores', '--reason', ' see\n #12\x85 of   ours ').status == 0
    assert '# gokart-lint: ignore[GK301] see #12 of ours\n' in (tmp_path / 'tasks.py').read_text()
    assert check(tmp_path).status == 0


def test_only_what_is_chosen(tmp_path: Path) -> None:
    write(tmp_path, 'a.py', tasks('A'))
    write(tmp_path, 'b.py', tasks('B'))
    assert check(tmp_path, *WHY, 'a.py', '--ignore', 'GK301').err == ''
    assert check(tmp_path, *WHY, 'a.py').err == 'Ignored 1 finding in 1 file (GK301 1).\n'
    assert check(tmp_path).found == [('b.py', 8, 'GK301')]


def test_standard_input_comes_out_with_its_comments(tmp_path: Path) -> None:
    said = check(tmp_path, *WHY, '--stdin-filename', 'tasks.py', '-', stdin=tasks('A'))
    assert (said.status, said.out) == (0, tasks('A').replace('rerun = True', 'rerun = True  # gokart-lint: ignore[GK301] from before'))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ('line', 'found'),
    [
        ('rerun = (\n        True\n    )  # gokart-lint: ignore[GK301] old', 0),
        ('x, rerun = (\n        1,\n    ), True\n    y = (\n        1\n    )  # gokart-lint: ignore[GK301] old', 1),
    ],
)
def test_behind_a_closing_bracket_it_speaks_for_all_lines_of_it(tmp_path: Path, line: str, found: int) -> None:
    """Formatters put a comment there when they break a line."""
    write(
        tmp_path,
        'tasks.py',
        tasks('A').replace('rerun = True', line.replace('x, rerun = (', 'rerun = True; x = (').replace('), True', ')')),
    )
    assert len(check(tmp_path, '--select', 'GK301').found) == found
