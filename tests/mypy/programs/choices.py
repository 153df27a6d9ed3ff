"""The choices of a parameter against literals that a construction gives."""

from typing import Literal

import gokart
import luigi

NAMES = ['a', 'b']


class Lowered(luigi.ChoiceParameter):
    """Takes more than its choices."""

    def normalize(self, x):
        return super().normalize(x.lower())


class Spoken(luigi.ChoiceParameter[str]):
    """Takes what its base takes."""


class Chosen(gokart.TaskOnKart[int]):
    word = luigi.ChoiceParameter(choices=['a', 'b'], default='a')
    number = luigi.ChoiceParameter(choices=(1, 2), var_type=int, default=1)
    annotated: luigi.ChoiceParameter[int] = luigi.ChoiceParameter(choices=[1, 2], var_type=int, default=1)
    value: int = luigi.ChoiceParameter(choices=[1, 2], var_type=int, default=1)
    words = luigi.ChoiceListParameter(choices=['a', 'b'], default=())
    numbers: list[int] = luigi.ChoiceListParameter(choices=[1, 2], var_type=int, default=())
    literal: Literal['a', 'b'] = luigi.ChoiceParameter(choices=['a', 'b'], default='a')
    literals: tuple[Literal['a', 'b'], ...] = luigi.ChoiceListParameter(choices=['a', 'b'], default=())
    named = luigi.ChoiceParameter(choices=NAMES, default='a')
    lowered = Lowered(choices=['a', 'b'], default='a')
    spoken = Spoken(choices=['a', 'b'], default='a')
    maybe = luigi.OptionalChoiceParameter(choices=['a', 'b'], default=None)
    signed = luigi.ChoiceParameter(choices=[-1, 1], var_type=int, default=1)


def right(text: str, number: int, several: list[str]) -> None:
    Chosen(word='b', number=2, annotated=2, value=2, words=['a', 'b'], numbers=(1, 2), literal='b', literals=('a',), named='c')
    Chosen(word=text, number=number, words=several)
    Chosen(words=[text, 'a', *several])
    Chosen(lowered='A', spoken='b', maybe=None, signed=5)
    Chosen(maybe='b')
    Chosen(word='a' if number else 'b', words=['a'] * number)


def wrong() -> None:
    Chosen(word='c')  # E: arg-type
    Chosen(number=3)  # E: arg-type
    Chosen(annotated=3)  # E: arg-type
    Chosen(value=3)  # E: arg-type
    Chosen(words=['a', 'c'])  # E: arg-type
    Chosen(words=('c',))  # E: arg-type
    Chosen(numbers=[1, 3])  # E: arg-type
    Chosen(literal='c')  # E: arg-type
    Chosen(literals=['c'])  # E: list-item
    Chosen(spoken='c')  # E: arg-type
    Chosen(maybe='c')  # E: arg-type
    Chosen(word=1)  # E: arg-type
    Chosen(number='1')  # E: arg-type
