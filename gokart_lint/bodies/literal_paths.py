"""The file that a call names, where the text says all of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gokart_lint import facts
from gokart_lint.bodies.code import Code
from gokart_lint.bodies.reads import Read, read
from gokart_lint.facts import Expression
from gokart_lint.walking import everything, walk

_JOINING = frozenset({'os.path.join', 'pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'luigi.LocalTarget'})
_KEEPING = frozenset({'os.path.abspath', 'os.path.realpath', 'os.path.normpath', 'os.path.dirname', 'os.path.expanduser', 'os.fspath'})
_KEEPING_METHODS = frozenset({'resolve', 'absolute', 'expanduser', 'as_posix', 'format'})
_PARTS = frozenset({'parent', 'path'})
_LOOKING = ('os.path.', 'builtins.print', 'builtins.len')
_LOOKING_METHODS = frozenset({'exists', 'is_file', 'is_dir', 'stat'})
_PASSING = ('/tmp', '/var/tmp', '/dev', '/proc', '/sys')
_WRITING = re.compile(r'(to|save|savez|write|dump|export|download|urlretrieve|copy|copyfile|move|touch)(?![a-z])')
_MOST_STEPS = 30  # between a path and its pieces


def literal_path(node: Expression, code: Code, steps: int = _MOST_STEPS) -> str | None:
    """The text of a path that is made of literals alone, or None."""
    if isinstance(node, facts.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, facts.Name) and node.name == '__file__':
        return node.name
    if not steps:
        return None
    pieces, separator = _pieces(node, code)
    texts = [literal_path(piece, place, steps - 1) for piece, place in pieces]
    found = [text for text in texts if text is not None]
    return separator.join(found) if found and len(found) == len(texts) else None


def _pieces(node: Expression, code: Code) -> tuple[list[tuple[Expression, Code]], str]:
    """What a path is put together from, and what stands between."""
    if (origin := code.origin(node)) is not None:
        return [origin], ''
    if isinstance(node, facts.Text):
        return [(part, code) for part in node.parts], ''
    if isinstance(node, facts.Operation) and node.operators in (('/',), ('+',)):
        return [(each, code) for each in node.operands], '/' if node.operators == ('/',) else ''
    if isinstance(node, facts.Attribute) and node.name in _PARTS:
        return [(node.value, code)], ''
    if not isinstance(node, facts.Call) or any(argument.star or argument.keyword for argument in node.arguments):
        return [], ''
    given = [(argument.value, code) for argument in node.arguments]
    name = code.library_name(node.function)
    if name in _JOINING:
        return given, '/'
    if name in _KEEPING or name == 'builtins.str':
        return given, ''
    if not name and isinstance(node.function, facts.Attribute):
        if node.function.name in _KEEPING_METHODS and not given:
            return [(node.function.value, code)], ''
        if node.function.name == 'joinpath':
            return [(node.function.value, code), *given], '/'
    return [], ''


def file_read(found: Read) -> str | None:
    """The local file or folder that a read takes its data from, as its text; None if that is not known, or was made just before."""
    if found.path is None or found.writes is not False:
        return None
    path = literal_path(found.path, found.code)
    if path is None or not _is_local(path) or _is_made_before(path, found):
        return None
    return path


def _is_local(path: str) -> bool:
    """Whether a text is a local path: no address, no data instead of a path, no place that holds nothing for long."""
    if not path.strip() or '://' in path or '\n' in path or path.lstrip()[0] in '{[<':
        return False
    return not _is_below(path)


def _is_below(path: str) -> bool:
    return any(path == folder or path.startswith(f'{folder}/') for folder in _PASSING)


def is_passing(node: Expression, code: Code) -> bool:
    """Whether an expression puts together the name of a file in a folder for what passes, such as `f'/tmp/{uuid4()}.csv'`."""
    if isinstance(node, facts.Constant):
        return isinstance(node.value, str) and _is_below(node.value)
    if isinstance(node, facts.Text):
        return bool(node.parts) and is_passing(node.parts[0], code)
    if isinstance(node, facts.Operation):
        return node.operators in (('/',), ('+',)) and is_passing(node.operands[0], code)
    if not isinstance(node, facts.Call):
        return False
    name = code.library_name(node.function)
    first = node.positional(0)
    return name.startswith('tempfile.') or (name in _JOINING and first is not None and is_passing(first.value, code))


def _is_made_before(path: str, wanted: Read) -> bool:
    """Whether the same function names the file earlier in a call that may have written it."""
    calls = (node for node in everything(wanted.code.body) if isinstance(node, facts.Call) and node.at < wanted.node.at)
    return any(_may_make(path, call, wanted) for call in calls)


def _may_make(path: str, call: facts.Call, wanted: Read) -> bool:
    code, function = wanted.code, call.function
    name = code.library_name(function)
    if name.startswith(_LOOKING) or name in _JOINING or name in _KEEPING or _holds(call, wanted.node):
        return False
    values = [argument.value for argument in call.arguments]
    earlier = read(call, code)
    if earlier is not None and not earlier.writes:
        values = [value for value in values if value is not earlier.path]
    elif isinstance(function, facts.Attribute) and function.name not in _LOOKING_METHODS:
        values.append(function.value)
    return any(literal_path(node, code) == path for value in values for node in walk(value))


def is_written(path: str, calls: Iterable[tuple[facts.Call, Code]]) -> bool:
    """Whether one of some calls says that it writes a file: `frame.to_csv('x.csv')`, `open('x.csv', 'w')`."""
    return any(literal_path(node, code) == path for call, code in calls for node in _written(call, code))


def _written(call: facts.Call, code: Code) -> Iterator[Expression]:
    """What a call may write to, judged by its name; not what it reads."""
    function = call.function
    name = function.name if isinstance(function, (facts.Name, facts.Attribute)) else ''
    found = read(call, code)
    if (_WRITING.match(name) is None or code.own(function) == 'dump') and not (found is not None and found.writes):
        return
    values = [argument.value for argument in call.arguments]
    if isinstance(function, facts.Attribute):
        values.append(function.value)
    yield from (value for value in values if found is None or found.writes or value is not found.path)


def _holds(outer: facts.Call, inner: Expression) -> bool:
    return any(node is inner for node in walk(outer))
