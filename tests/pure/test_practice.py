"""The two medians of practising a skill."""

import statistics
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.practice import SHOWN_FROM, change, half_text, median

tenths = st.integers(0, 100).map(lambda tenth: Decimal(tenth) / 10)


def counted(*figures):
    return Counter(Decimal(str(figure)) for figure in figures)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([7], "7"),
        ([4, 7], "5.5"),
        ([7, 4, 4], "4"),
        ([0, 0, 0, 10], "0"),
        ([6.3, 6.4], "6.35"),
        ([1, 2, 3, 4], "2.5"),
    ],
)
def test_median(figures, expected):
    assert median(counted(*figures)) == Decimal(expected)


@given(st.lists(tenths, min_size=1, max_size=60))
def test_median_agrees_with_the_plain_list(figures):
    assert median(Counter(figures)) == statistics.median(figures)


def test_no_figures_have_no_median():
    with pytest.raises(ValueError, match="no figures"):
        median({})


@pytest.mark.parametrize("n", [0, 1, SHOWN_FROM - 1])
def test_a_change_is_not_shown_before_five(n):
    assert change(counted(*[7] * n), counted(*[4] * n)) is None


def test_a_change_is_shown_from_five_on():
    found = change(counted(7, 7, 8, 6, 7), counted(4, 5, 4, 3, 4))
    assert (found.before, found.after, found.n) == (7, 4, 5)
    assert found.words == "distress 7 to 4, median of 5"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7", "7"),
        ("6.5", "6.5"),
        ("6.35", "6.5"),
        ("6.2", "6"),
        ("6.25", "6.5"),
        ("6.75", "7"),
        ("0", "0"),
        ("10", "10"),
    ],
)
def test_halves_are_shown(value, text):
    assert half_text(Decimal(value)) == text
