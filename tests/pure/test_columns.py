"""A period in columns, and what a series is in each."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.columns import STEPS, anchor_of, column_days, column_means, columns, day_pieces
from journal.analysis.series import Span

from .charting import day
from .many import blocks_in


def cut(first: int, last: int, days: int, anchor: int) -> list[tuple[int, int]]:
    spans = columns(Span(day(first), day(last)), days, day(anchor))
    return [((span.first - day(0)).days, (span.last - day(0)).days) for span in spans]


@pytest.mark.parametrize(
    ("first", "last", "days", "anchor", "expected"),
    [
        (0, 2, 1, 3, [(0, 0), (1, 1), (2, 2)]),
        (0, 13, 7, 14, [(0, 6), (7, 13)]),  # counted back from the last day
        (0, 16, 7, 17, [(0, 2), (3, 9), (10, 16)]),  # 3 days are a column
        (0, 15, 7, 16, [(0, 8), (9, 15)]),  # 2 days are not: they join the first week
        (0, 20, 7, 7, [(0, 6), (7, 13), (14, 20)]),
        (0, 15, 7, 7, [(0, 6), (7, 15)]),  # and the last one
        (0, 16, 7, 7, [(0, 6), (7, 13), (14, 16)]),
        (0, 1, 7, 1, [(0, 1)]),
        (0, 0, 7, 1, [(0, 0)]),
        (0, 3, 28, 50, [(0, 3)]),
        (0, 40, 28, 12, [(0, 11), (12, 40)]),
    ],
)
def test_columns_are_counted_from_the_anchor_and_a_short_rest_joins(first, last, days, anchor, expected):
    assert cut(first, last, days, anchor) == expected


@given(st.integers(1, 900), st.sampled_from(STEPS), st.integers(-900, 900))
def test_columns_are_the_period_and_begin_at_the_anchor(length, days, anchor):
    spans = cut(0, length - 1, days, anchor)
    assert spans[0][0] == 0 and spans[-1][1] == length - 1
    assert all(b[0] == a[1] + 1 for a, b in pairwise(spans))
    assert all((start - anchor) % days == 0 for start, _ in spans[1:])
    assert all(last - first + 1 >= 3 for first, last in spans) or days == 1 or length < 6


def test_weeks_are_counted_from_the_latest_change_or_back_from_the_last_day():
    assert anchor_of(day(5), day(90)) == day(5)
    assert anchor_of(None, day(90)) == day(91)


@pytest.mark.parametrize(
    ("days", "room", "expected"), [(239, 632, 1), (260, 632, 7), (239, 167, 7), (3650, 632, 28), (36500, 167, 364)]
)
def test_a_column_is_the_finest_that_is_wide_enough(days, room, expected):
    assert column_days(days, room, 2.5) == expected


def test_a_mean_needs_three_values_a_day_one_and_a_short_column_all():
    values = {day(0): Decimal(1), day(1): Decimal(2), day(7): Decimal(3), day(8): Decimal(4), day(9): Decimal("5.5")}
    weeks = columns(Span(day(0), day(13)), 7, day(14))
    assert column_means(day_pieces(values), weeks) == [None, Fraction(25, 6)]
    days = columns(Span(day(0), day(2)), 1, day(3))
    assert column_means(day_pieces(values), days) == [1, 2, None]
    assert column_means(day_pieces(values), [Span(day(0), day(1))]) == [Fraction(3, 2)]


SERIES = st.dictionaries(st.integers(0, 120), st.decimals(0, 10, places=1))


@given(SERIES, st.integers(-50, 200), st.sampled_from([7, 14, 28, 84]))
def test_means_of_weeks_and_of_days_are_the_same_and_plain(found, anchor, step):
    """A column's mean is the plain mean of its days, whether it comes of days or of weeks."""
    period, values = Span(day(0), day(100)), {day(n): value for n, value in found.items()}
    spans = columns(period, step, day(anchor))
    inside = {when: value for when, value in values.items() if when in period}
    by_day = column_means(day_pieces(inside), spans)
    assert by_day == column_means(blocks_in(values, period, day(anchor)), spans)
    for span, mean in zip(spans, by_day, strict=True):
        days = [date.fromordinal(n) for n in range(span.first.toordinal(), span.last.toordinal() + 1)]
        column = [Fraction(inside[when]) for when in days if when in inside]
        assert mean == (sum(column, Fraction(0)) / len(column) if len(column) >= 3 else None)


def test_missing_values_are_not_pieces():
    assert [piece.first for piece in day_pieces({day(1): Decimal(1), day(0): None})] == [day(0) + timedelta(1)]
