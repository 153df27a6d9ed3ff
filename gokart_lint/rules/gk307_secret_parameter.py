"""A password or token as an ordinary parameter.

## What it does

Reports a text parameter (`luigi.Parameter`, `StrParameter` and their optional forms) whose name says that it holds a secret, in whole
words of `snake_case` or `camelCase` (`password`, `token`, `secret`, `api_key`, `credential`), and that is significant or publicly visible.

## Why is this bad

A significant parameter is part of the cache key, so a new password computes everything again, and it stands in the name of the task,
`Load_hunter2_91196b96c2`, and with it in the logs, in luigi's summary and in its task history. One that is publicly visible goes to
luigi's scheduler and onto its web page, be it significant or not (`Task.to_str_params` of luigi 3.8).

## What is left alone

- `significant=False` together with a `visibility` that is not public: luigi keeps `PRIVATE` to itself, and hides `HIDDEN` in its pages.
- Numbers, flags, paths, lists, choices and tasks: `max_tokens`, `use_token`, `password_file: luigi.PathParameter`.
- What is about a secret and is none: `secret_name`, `token_path`, `api_key_id`, `password_length`, `token_type`, and the tokens of a
  language model's vocabulary (`pad_token`, `eos_token`).
- Other words: `tokenizer`, `tokens`, `secretary`, `passwordless`.
- A `luigi.Config`: its values are in no key.

## Fix

`luigi.Parameter(significant=False, visibility=luigi.parameter.ParameterVisibility.PRIVATE)`; better still, no parameter at all: read it in
`run()` from where the machine keeps its secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gokart_lint import facts, vocabulary
from gokart_lint.facts import Expression
from gokart_lint.project.symbols import Library
from gokart_lint.rules.registry import Report, rule
from gokart_lint.walking import walk

if TYPE_CHECKING:
    from gokart_lint.project.classes import Class
    from gokart_lint.project.module import Module
    from gokart_lint.project.parameters import Parameter
    from gokart_lint.settings import Settings

BAD = """\
import gokart
import luigi


class LoadWine(gokart.TaskOnKart[str]):
    api_key: luigi.Parameter = luigi.Parameter()

    def run(self):
        self.dump(download(self.api_key))


def download(key: str) -> str:
    return key
"""

GOOD = """\
import gokart
import luigi
from luigi.parameter import ParameterVisibility


class LoadWine(gokart.TaskOnKart[str]):
    api_key: luigi.Parameter = luigi.Parameter(significant=False, visibility=ParameterVisibility.PRIVATE)

    def run(self):
        self.dump(download(self.api_key))


def download(key: str) -> str:
    return key
"""

_TEXTS = frozenset({'luigi.Parameter', 'luigi.StrParameter', 'luigi.OptionalParameter', 'luigi.OptionalStrParameter'})
_SECRETS = frozenset({'password', 'token', 'secret', 'apikey', 'credential', 'credentials'})
_SAYS_SECRET = re.compile('password|token|secret|api|credential', re.IGNORECASE)
_WORDS = re.compile(r'[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+')
_ABOUT = frozenset({
    'arn', 'at', 'bucket', 'class', 'col', 'cols', 'column', 'columns', 'count', 'dim', 'dimension', 'dir', 'directory', 'embedding',
    'embeddings', 'enabled', 'encoding', 'endpoint', 'env', 'environment', 'expiration', 'expires', 'expiry', 'field', 'file',
    'filename', 'folder', 'format', 'freq', 'frequency', 'header', 'host', 'id', 'ids', 'in', 'index', 'kind', 'label', 'len',
    'length', 'level', 'limit', 'location', 'manager', 'max', 'method', 'min', 'mode', 'model', 'name', 'names', 'num', 'number',
    'param', 'parameter', 'path', 'pattern', 'policy', 'pooling', 'position', 'prefix', 'project', 'provider', 'ratio', 'regex',
    'region', 'required', 'rule', 'scope', 'separator', 'service', 'similarity', 'size', 'source', 'split', 'store', 'strategy',
    'suffix', 'threshold', 'timeout', 'ttl', 'type', 'uri', 'url', 'user', 'username', 'var', 'variable', 'vault', 'version', 'vocab',
    'vocabulary',
})  # fmt: skip
"""What a name ends in that is about a secret, and none itself."""
_ASKING = frozenset({'has', 'is', 'needs', 'use', 'with', 'without'})
_OF_VOCABULARY = frozenset({
    'bos', 'cls', 'continuation', 'delimiter', 'end', 'eos', 'first', 'last', 'mask', 'masked', 'max', 'min', 'n', 'next', 'no', 'num',
    'oov', 'pad', 'padding', 'page', 'previous', 'sep', 'separator', 'special', 'split', 'start', 'stop', 'sub', 'target', 'unk',
    'unknown', 'word',
})  # fmt: skip
"""What stands before `token` in the name of a piece of text or a number."""
_NOT_TEXT = frozenset({'bool', 'float', 'int', 'Path', 'list', 'dict', 'tuple'})
_PUBLIC, _KEPT = frozenset({'PUBLIC'}), frozenset({'PRIVATE', 'HIDDEN'})


@rule('GK307', 'secret-parameter')
def check(module: Module, settings: Settings) -> Iterable[Report]:
    """Each parameter of the module's tasks that gives a secret away."""
    seen = set()
    for each in module.classes:
        if not any(_SAYS_SECRET.search(name) for name in each.own_attributes):
            continue
        for parameter in each.own_parameters.values():
            if parameter.call.at not in seen and _is_secret(parameter) and _is_given_away(parameter) and _is_of_task(each):
                seen.add(parameter.call.at)
                yield Report(parameter.call.at, _message(parameter))


def _is_of_task(each: Class) -> bool:
    """Whether a task has the parameter, and no luigi.Config, which luigi itself makes a task of."""
    return any(heir.is_luigi_task and vocabulary.CONFIG not in heir.library_names for heir in each.downwards())


# --- names ---


def _is_secret(parameter: Parameter) -> bool:
    if parameter.library_class not in _TEXTS or not _names_secret(parameter.name):
        return False
    annotation = parameter.annotation
    named = {each.name for each in walk(annotation) if isinstance(each, (facts.Name, facts.Attribute))} if annotation is not None else set()
    return named.isdisjoint(_NOT_TEXT)


def _names_secret(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or words[-1] in _ABOUT or words[0] in _ASKING:
        return False
    for place, word in enumerate(words):
        if word == 'key' and place and words[place - 1] == 'api':
            return True
        if word in _SECRETS and not (word == 'token' and place and words[place - 1] in _OF_VOCABULARY):
            return True
    return False


# --- who sees it ---


def _is_given_away(parameter: Parameter) -> bool:
    """Whether the text leaves no doubt that the value goes into keys and names, or into luigi's pages."""
    return parameter.significant is True or _is_public(parameter) is True


def _is_public(parameter: Parameter) -> bool | None:
    """Whether luigi shows the value; None if the text does not say."""
    given = parameter.call.keyword('visibility') or parameter.call.positional(8)
    if given is not None:
        return _visibility(given.value, parameter)
    if parameter.may_set('visibility'):
        return None
    return True


def _visibility(node: Expression, parameter: Parameter) -> bool | None:
    name = node.name if isinstance(node, facts.Attribute) else ''
    if isinstance(node, facts.Name):
        symbol = parameter.owner.resolve(node)
        name = symbol.name.rpartition('.')[2] if isinstance(symbol, Library) else ''
    return True if name in _PUBLIC else False if name in _KEPT else None


def _message(parameter: Parameter) -> str:
    significant, public = parameter.significant is True, _is_public(parameter) is True
    where = ' and '.join(
        [*(['cache keys, task names and logs'] if significant else []), *(["luigi's scheduler and its pages"] if public else [])]
    )
    missing = [*(['significant=False'] if significant else [])]
    if _is_public(parameter) is not False:
        missing.append('visibility=luigi.parameter.ParameterVisibility.PRIVATE')
    return f'{parameter.owner.name}.{parameter.name} puts a secret into {where}: add {" and ".join(missing)}'
