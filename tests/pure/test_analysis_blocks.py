"""Columns of the level table: tables of cases worked by hand, and what must always hold."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.blocks import back_from, blocks, hidden
from journal.analysis.series import Span


@dataclass(frozen=True)
class Step:
    day: date
    mg: Decimal


FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def steps(*pairs) -> list[Step]:
    return [Step(day(number), Decimal(str(mg))) for number, mg in pairs]


def test_the_real_taper_has_the_columns_of_the_picture():
    doses = [
        Step(date(2012, 8, 13), Decimal(150)),
        Step(date(2012, 9, 25), Decimal(105)),
        Step(date(2012, 11, 12), Decimal(9)),
        Step(date(2012, 11, 19), Decimal(0)),
    ]
    found = blocks([doses], date(2012, 8, 13), date(2013, 4, 8))
    assert [(block.kind, block.span.first, block.span.last) for block in found] == [
        ("before", date(2012, 8, 13), date(2012, 9, 24)),
        ("during", date(2012, 9, 25), date(2012, 11, 18)),
        ("since", date(2012, 11, 19), date(2012, 12, 17)),
        ("since", date(2012, 12, 18), date(2013, 1, 14)),
        ("since", date(2013, 1, 15), date(2013, 2, 11)),
        ("since", date(2013, 2, 12), date(2013, 3, 11)),
        ("since", date(2013, 3, 12), date(2013, 4, 8)),
    ]


@pytest.mark.parametrize(
    ("days", "lengths"),
    [
        (1, [1]),
        (28, [28]),
        (41, [41]),  # a rest of 13 joins
        (42, [14, 28]),  # a rest of 14 stands alone
        (69, [41, 28]),
        (70, [14, 28, 28]),
    ],
)
def test_blocks_are_counted_back_from_the_last_day(days, lengths):
    assert [span.days for span in back_from(FIRST, day(days - 1))] == lengths


def test_one_reduction_has_no_during():
    assert [block.kind for block in blocks([steps((0, 20), (50, 10))], FIRST, day(60))] == ["before", "since"]


def test_an_increase_alone_is_no_taper():
    assert {block.kind for block in blocks([steps((0, 20), (50, 30))], FIRST, day(60))} == {"plain"}


def test_before_looks_back_90_days_at_most():
    assert blocks([steps((0, 20), (200, 10))], FIRST, day(230))[0].span == Span(day(110), day(199))


def test_of_more_than_five_blocks_the_first_two_and_the_last_three_are_kept():
    found = blocks([], FIRST, day(28 * 8 - 1))
    assert [block.span.first for block in found] == [day(0), day(28), day(140), day(168), day(196)]


def test_what_is_not_kept_is_named():
    assert hidden(blocks([], FIRST, day(28 * 8 - 1))) == [Span(day(56), day(139))]
    assert hidden(blocks([], FIRST, day(28 * 5 - 1))) == []


def test_a_second_medication_counts():
    other = steps((0, 5), (30, 4))
    found = blocks([steps((0, 20), (50, 10)), other], FIRST, day(60))
    assert [(block.kind, block.span.first) for block in found] == [
        ("before", day(0)),
        ("during", day(30)),
        ("since", day(50)),
    ]


@given(st.integers(0, 1500), st.lists(st.tuples(st.integers(-40, 1500), st.integers(0, 40)), max_size=12))
def test_blocks_never_overlap_and_the_last_ends_the_period(length, pairs):
    last = day(length)
    found = blocks([sorted(steps(*pairs), key=lambda step: step.day)], FIRST, last)
    assert found[-1].span.last == last
    assert found[0].span.first >= FIRST
    for earlier, later in itertools.pairwise(found):
        assert earlier.span.last < later.span.first
    assert all(block.span.days >= 1 for block in found)
