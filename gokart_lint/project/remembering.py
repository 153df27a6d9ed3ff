"""Answers that are kept as long as what they are about: with the module, class or project that a function is asked of."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Owner = TypeVar('Owner')
Rest = ParamSpec('Rest')
Answer = TypeVar('Answer')

KEPT = '_remembered'


def remembered(function: Callable[Concatenate[Owner, Rest], Answer]) -> Callable[Concatenate[Owner, Rest], Answer]:
    """Keep what a function answers on its first argument, by the others, which must be hashable and given by position."""

    @wraps(function)
    def answered(owner: Owner, /, *rest: Rest.args, **named: Rest.kwargs) -> Answer:
        kept: dict[Any, Answer] = vars(owner).setdefault(KEPT, {})
        key = (function, rest)
        if key not in kept:
            kept[key] = function(owner, *rest, **named)
        return kept[key]

    return answered
