"""Columns of the level table: tables of cases worked by hand, and what must always hold."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.blocks import Block, back_from, blocks, hidden
from journal.analysis.doses import changes, turning_points
from journal.analysis.levels import compared
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


def found(medications, first: date, last: date, entries_from: date = FIRST) -> list[Block]:
    """The blocks of a period in a record that begins with an entry on ``entries_from``."""
    reduction, _ = turning_points(medications, date.min, last)
    _, latest = turning_points(medications, first, last)
    known = [change.day for of_one in medications for change in changes(of_one, last) if change.before is not None]
    first_entry = entries_from if entries_from <= last else None
    return blocks(compared(reduction, known, first_entry, first, last).before, reduction, latest, first, last)


def told(columns: list[Block]) -> list[tuple[str, int, int]]:
    """Kind, first and last day as numbers from ``FIRST``."""
    return [(one.kind, (one.span.first - FIRST).days, (one.span.last - FIRST).days) for one in columns]


TAPER = [
    Step(date(2012, 8, 13), Decimal(150)),
    Step(date(2012, 9, 25), Decimal(105)),
    Step(date(2012, 11, 12), Decimal(9)),
    Step(date(2012, 11, 19), Decimal(0)),
]


def test_the_real_taper_has_the_columns_of_the_picture():
    columns = found([TAPER], date(2012, 8, 13), date(2013, 4, 8), date(2012, 8, 13))
    assert [(block.kind, block.span.first, block.span.last) for block in columns] == [
        ("before", date(2012, 8, 13), date(2012, 9, 24)),
        ("during", date(2012, 9, 25), date(2012, 11, 18)),
        ("since", date(2012, 11, 19), date(2012, 12, 17)),
        ("since", date(2012, 12, 18), date(2013, 1, 14)),
        ("since", date(2013, 1, 15), date(2013, 2, 11)),
        ("since", date(2013, 2, 12), date(2013, 3, 11)),
        ("since", date(2013, 3, 12), date(2013, 4, 8)),
    ]


def test_a_period_after_the_taper_has_before_the_taper_all_the_same():
    columns = found([TAPER], date(2013, 1, 1), date(2013, 4, 8), date(2012, 8, 13))
    assert [(block.kind, block.span.first, block.span.last) for block in columns] == [
        ("before", date(2012, 8, 13), date(2012, 9, 24)),
        ("since", date(2013, 1, 1), date(2013, 1, 14)),
        ("since", date(2013, 1, 15), date(2013, 2, 11)),
        ("since", date(2013, 2, 12), date(2013, 3, 11)),
        ("since", date(2013, 3, 12), date(2013, 4, 8)),
    ]


def test_during_begins_with_the_period_where_the_taper_began_before_it():
    taper = steps((0, 20), (30, 15), (60, 10), (90, 5))
    assert told(found([taper], day(50), day(110))) == [("before", 0, 29), ("during", 50, 89), ("since", 90, 110)]


def test_a_change_on_the_first_day_of_the_period_is_none_in_it():
    taper = steps((0, 20), (30, 15), (60, 10))
    assert told(found([taper], day(60), day(90))) == [("before", 0, 29), ("since", 60, 90)]


def test_where_the_record_begins_later_it_is_before_the_first_change_shown():
    taper = steps((-20, 20), (-5, 15), (20, 10), (40, 5))
    assert told(found([taper], FIRST, day(60))) == [("before", 0, 19), ("during", 20, 39), ("since", 40, 60)]


def test_entries_that_begin_after_every_change_have_no_before():
    taper = steps((-60, 20), (-40, 15), (-30, 10))
    assert told(found([taper], day(-50), day(10))) == [("during", -40, -31), ("since", -30, 10)]


def test_a_period_before_the_taper_and_one_before_the_record():
    taper = steps((0, 20), (100, 10))
    assert told(found([taper], FIRST, day(27))) == [("plain", 0, 27)]
    assert told(found([taper], day(-60), day(-31))) == [("plain", -60, -31)]


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
    assert [block.kind for block in found([steps((0, 20), (50, 10))], FIRST, day(60))] == ["before", "since"]


def test_an_increase_alone_is_no_taper():
    assert {block.kind for block in found([steps((0, 20), (50, 30))], FIRST, day(60))} == {"plain"}


def test_before_looks_back_90_days_at_most():
    assert found([steps((0, 20), (200, 10))], FIRST, day(230))[0].span == Span(day(110), day(199))


def test_of_more_than_five_blocks_the_first_two_and_the_last_three_are_kept():
    columns = found([], FIRST, day(28 * 8 - 1))
    assert [block.span.first for block in columns] == [day(0), day(28), day(140), day(168), day(196)]


def test_what_is_not_kept_is_named():
    assert hidden(found([], FIRST, day(28 * 8 - 1))) == [Span(day(56), day(139))]
    assert hidden(found([], FIRST, day(28 * 5 - 1))) == []


def test_a_second_medication_counts():
    other = steps((0, 5), (30, 4))
    columns = found([steps((0, 20), (50, 10)), other], FIRST, day(60))
    assert told(columns) == [("before", 0, 29), ("during", 30, 49), ("since", 50, 60)]


@given(
    st.integers(-100, 400),
    st.integers(0, 1500),
    st.lists(st.tuples(st.integers(-40, 1500), st.integers(0, 40)), max_size=12),
    st.integers(-30, 400),
)
def test_blocks_never_overlap_and_the_last_ends_the_period(start, length, pairs, entries_from):
    first, last = day(start), day(start + length)
    columns = found([sorted(steps(*pairs), key=lambda step: step.day)], first, last, day(entries_from))
    assert columns[-1].span.last == last
    assert all(block.span.first >= first for block in columns if block.kind != "before")
    assert [block.kind for block in columns].count("before") == (columns[0].kind == "before")
    for earlier, later in itertools.pairwise(columns):
        assert earlier.span.last < later.span.first
    assert all(block.span.days >= 1 for block in columns)
