"""Bases on bases, with mixins between."""

from typing import Generic, TypeVar

import gokart
import luigi

T = TypeVar('T')


class Plus:
    m = luigi.IntParameter()
    gone = luigi.IntParameter()


class MorePlus(Plus):
    gone = 3


class Layer0(gokart.TaskOnKart[T]):
    a: int = luigi.IntParameter()


class Layer1(Layer0[int], MorePlus):
    b: luigi.StrParameter = luigi.StrParameter()


class Layer2(Layer1):
    b = luigi.StrParameter()


class Layer3(Layer2):
    c: list[int] = luigi.ListParameter()
