"""Faults of parameters that luigi keeps silent about: the task is built, and holds something else than was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from gokart_lint.vocabulary import TASK_ON_KART_PARAMETERS
from pytest_gokart.resolution import places
from pytest_gokart.resolution.births import Birth
from pytest_gokart.resolution.labels import described
from pytest_gokart.resolution.problem_construction import positional, trailing_comma
from pytest_gokart.resolution.problems import Finding
from pytest_gokart.resolution.text_values import instead
from pytest_gokart.wording import with_article

ADDRESS = re.compile(r' at 0x[0-9a-fA-F]{4,}')
_PLAIN = (str, int, float, bool, type(None))


def landed_in_gokart(parent: Any, birth: Birth) -> Finding | None:
    """Positional arguments of a task that went to gokart's own parameters; its workspace handed on by position is meant."""
    finding = positional(type(birth.task), birth.args, birth.kwargs, parent)
    return finding._replace(at=birth.at) if finding else None


class Declared:
    """What the class of a task declares, looked at once."""

    def __init__(self, cls: Any) -> None:
        self.cls = cls
        self.own = [(name, parameter) for name, parameter in cls.get_params() if name not in TASK_ON_KART_PARAMETERS]

    def faults(self) -> Iterator[Finding]:
        """Faults of the class itself: a comma behind a parameter, one parameter under two names."""
        import luigi

        for base in self.cls.__mro__:
            for name, value in vars(base).items() if not _is_library(base) else ():
                if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], luigi.Parameter):
                    yield trailing_comma(base, name)
        for name, other in self._shared:
            message = f'{self.cls.__name__}.{name} and {self.cls.__name__}.{other} are one parameter object, and hold one value'
            yield Finding('shared', f'{message}\nGive each name a parameter of its own.', places.of_attribute(self.cls, other))

    @cached_property
    def _shared(self) -> list[tuple[str, str]]:
        """luigi 3.8 keeps a value under the name that the parameter itself knows, older ones under each name."""
        import luigi

        names: dict[int, str] = {}
        pairs = []
        for name, parameter in self.own:
            first = names.setdefault(id(parameter), name)
            if first != name and hasattr(luigi.Parameter, '__set_name__'):
                pairs.append((first, name))
        return pairs

    @cached_property
    def typed(self) -> list[tuple[str, Any]]:
        """Parameters whose values luigi takes as they are, or makes None of, without a look at the type."""
        import luigi

        kinds = (luigi.BoolParameter, luigi.IntParameter, luigi.FloatParameter, luigi.NumericalParameter)
        return [(name, parameter) for name, parameter in self.own if isinstance(parameter, kinds) and _is_library(type(parameter))]

    @cached_property
    def loose(self) -> list[tuple[str, Any]]:
        """Parameters whose values go into the key by their own text."""
        import gokart
        import luigi

        by_text = [parameter for _, parameter in self.own if type(parameter).serialize is luigi.Parameter.serialize]
        serializable = getattr(gokart, 'SerializableParameter', ())  # since gokart 1.8
        by_text += [parameter for _, parameter in self.own if isinstance(parameter, serializable)]
        return [(name, parameter) for name, parameter in self.own if parameter.significant and parameter in by_text]

    def held(self, task: Any, given: Mapping[str, Any] | None) -> Iterator[Finding]:
        """Faults of the values that one task holds."""
        values = task.param_kwargs
        for name, parameter in self.typed:
            if name not in values:
                continue  # the class was given it after the task was built
            written = parameter._default if given is None or name not in given else given[name]
            reason = _silently_wrong(parameter, written, values[name])
            if reason:
                is_default = given is None or name not in given
                subject = f'the default of {self.cls.__name__}.{name}' if is_default else f'{self.cls.__name__}.{name}'
                at = places.of_attribute(self.cls, name) if is_default else None
                yield Finding('default' if is_default else 'value', f'{subject} is {reason}', at)
        for name, parameter in self.loose:
            value = values.get(name)
            if type(value) not in _PLAIN and ADDRESS.search(_text(parameter, value)):
                message = (
                    f'the key of {self.cls.__name__} holds an address of memory: {described(value)} for {name!r} has no text of its own'
                )
                hint = (
                    'It is another one in each run, so no result is ever found again. Pass plain values, or a gokart.SerializableParameter.'
                )
                yield Finding('key', f'{message}\n{hint}')

    def unhashable(self, task: Any) -> str | None:
        """The parameter that keeps luigi from finding a task again, so that each call builds another, equal one."""
        for name, _ in self.own:
            try:
                hash(task.param_kwargs.get(name))
            except TypeError:
                return str(name)
        return None


def _silently_wrong(parameter: Any, written: Any, value: Any) -> str:
    import luigi

    kind = type(parameter).__name__
    if isinstance(parameter, luigi.BoolParameter):
        lost = value is None and written is not None and written != ''
        return f'{described(written)}: {with_article(kind)} makes None of it without a word\nWrite True or False.' if lost else ''
    if isinstance(value, str) or (isinstance(value, float) and isinstance(parameter, luigi.IntParameter) and not value.is_integer()):
        hint = instead(parameter, value)
        kept = f'{described(value)}: {with_article(kind)} keeps it as it is, and only text from outside is turned into a number'
        return f'{kept}\n{hint}' if hint else kept
    if isinstance(parameter, luigi.NumericalParameter) and value is not None:
        try:
            parameter.parse(value)  # type: ignore[no-untyped-call]
        except (TypeError, ValueError) as error:
            return f'{described(value)}, out of its range: luigi checks text from outside alone ({error})'
    return ''


def _is_library(cls: type) -> bool:
    return cls.__module__.partition('.')[0] in ('gokart', 'luigi')


def _text(parameter: Any, value: Any) -> str:
    try:
        return str(parameter.serialize(value))
    except Exception:
        return ''


def without_super(cls: Any) -> Finding:
    """luigi.Task.__init__ sets `task_id` last."""
    hint = 'Call super().__init__(*args, **kwargs) first.'
    message = f'{cls.__name__}.__init__() does not call super().__init__(), so the task has no parameters and no key'
    return Finding('init', f'{message}\n{hint}', places.of_method(cls, '__init__'))
