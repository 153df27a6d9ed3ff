"""Every two values of two parameters meet in a row, in few rows, and always in the same ones."""

from __future__ import annotations

from itertools import combinations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_gokart.parameters.pairing import cover

SIZES = st.lists(st.integers(1, 5), max_size=7)
NO_LIMIT = 10**9


def pairs(rows: tuple[tuple[int, ...], ...]) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    return {pair for row in rows for pair in combinations(enumerate(row), 2)}


def all_pairs(sizes: list[int]) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    values = [[(place, value) for value in range(size)] for place, size in enumerate(sizes)]
    return {(a, b) for one, other in combinations(values, 2) for a in one for b in other}


@given(SIZES)
def test_without_a_limit_every_pair_is_tried(sizes: list[int]) -> None:
    rows, untried = cover(sizes, NO_LIMIT)
    assert untried == 0
    assert pairs(rows) == all_pairs(sizes)
    assert {(place, value) for row in rows for place, value in enumerate(row)} == {
        (place, value) for place, size in enumerate(sizes) for value in range(size)
    }


@given(SIZES, st.integers(0, 20))
def test_a_limit_is_kept_and_what_is_left_out_is_counted(sizes: list[int], limit: int) -> None:
    rows, untried = cover(sizes, limit)
    assert 1 <= len(rows) <= max(limit, 1)
    assert len(set(rows)) == len(rows) <= prod(sizes)
    assert rows[0] == (0,) * len(sizes)
    assert all(0 <= value < size for row in rows for value, size in zip(row, sizes, strict=True))
    if len(sizes) > 1:
        assert untried == len(all_pairs(sizes) - pairs(rows))
    else:
        assert untried == sum(sizes) - len(rows) if sizes else untried == 0


@given(SIZES, st.integers(1, 20))
def test_every_row_tries_something_new(sizes: list[int], limit: int) -> None:
    rows, _ = cover(sizes, limit)
    if len(sizes) > 1:
        assert all(pairs(rows[: count + 1]) > pairs(rows[:count]) for count in range(1, len(rows)))


@given(SIZES, st.integers(1, 20))
def test_the_rows_are_always_the_same(sizes: list[int], limit: int) -> None:
    assert cover(sizes, limit) == cover(tuple(sizes), limit)


@pytest.mark.parametrize(
    ('sizes', 'most'),
    [([], 1), ([3], 3), ([2] * 3, 4), ([2] * 10, 11), ([2] * 10 + [4] * 5, 26), ([2] * 20, 17), ([3] * 4, 9), ([3] * 13, 21), ([7, 6], 42)],
)
def test_the_rows_are_few(sizes: list[int], most: int) -> None:
    assert len(cover(sizes, NO_LIMIT).rows) <= most


def test_many_values_cost_no_more_than_the_limit_allows() -> None:
    rows, untried = cover([100_000, 100_000, 2], 16)
    assert len(rows) == 16
    assert untried == 100_000**2 + 4 * 100_000 - len(pairs(rows))
