"""The running mean, the spells that it never crosses, gaps and weeks."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.series import (
    Span,
    bars_from_change,
    calendar_weeks,
    dose_spells,
    first_and_latest,
    is_sparse,
    missing_runs,
    recorded,
    running_mean,
)

MONDAY = date(2026, 6, 1)


def day(number: int) -> date:
    return MONDAY + timedelta(number)


def series(text: str) -> dict[date, Decimal | None]:
    """'3 . 4.5' -> values of day 0, 1, 2; a point is a day without a value."""
    return {day(n): None if word == "." else Decimal(word) for n, word in enumerate(text.split())}


def numbers(spans: list[Span]) -> list[tuple[int, int]]:
    return [((s.first - MONDAY).days, (s.last - MONDAY).days) for s in spans]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], [(0, 29)]),
        ([10], [(0, 9), (10, 29)]),
        ([10, 20], [(0, 9), (10, 19), (20, 29)]),
        ([10, 14], [(0, 13), (14, 29)]),  # held 4 days: joins the one before
        ([10, 15], [(0, 9), (10, 14), (15, 29)]),  # held 5 days: stands for itself
        ([10, 11, 12], [(0, 11), (12, 29)]),
        ([28], [(0, 27), (28, 29)]),  # the latest dose is still being held: never short
        ([-20, 2], [(0, 1), (2, 29)]),  # the first one began long before the period
        ([-1, 2], [(0, 29)]),  # 3 days in all: joins the one after
        ([-1, 2, 12], [(0, 11), (12, 29)]),
        ([0, 10], [(0, 9), (10, 29)]),
        ([30, 40], [(0, 29)]),  # after the period
    ],
)
def test_a_dose_held_under_five_days_joins_its_neighbour(changes, expected):
    assert numbers(dose_spells([day(n) for n in changes], Span(day(0), day(29)))) == expected


@given(st.lists(st.integers(-10, 50), max_size=12))
def test_spells_cover_the_period_without_overlap(changes):
    spells = dose_spells([day(n) for n in changes], Span(day(0), day(39)))
    assert spells[0].first == day(0) and spells[-1].last == day(39)
    assert all((b.first - a.last).days == 1 for a, b in pairwise(spells))


def test_a_narrow_plot_breaks_at_the_first_and_the_latest_change_only():
    spells = dose_spells([day(n) for n in (10, 20, 30)], Span(day(0), day(39)))
    assert numbers(first_and_latest(spells)) == [(0, 9), (10, 29), (30, 39)]


def means(text: str, changes: list[int] | None = None) -> list[dict[int, str]]:
    values = series(text)
    period = Span(day(0), max(values))
    spells = dose_spells([day(n) for n in changes or []], period)
    return [
        {(d - MONDAY).days: f"{float(mean):g}" for d, mean in stretch}
        for stretch in running_mean(values, period, spells)
    ]


def test_the_mean_looks_three_days_both_ways():
    # day 3 sees all seven; day 0 sees days 0-3; day 6 sees days 3-6
    [stretch] = means("1 2 3 4 5 6 7")
    assert stretch == {0: "2.5", 1: "3", 2: "3.5", 3: "4", 4: "4.5", 5: "5", 6: "5.5"}


def test_two_values_make_no_mean():
    assert means("4 4") == []
    assert means("4 . 4") == []
    assert means("4 4 4") == [{0: "4", 1: "4", 2: "4"}]


def test_the_mean_never_looks_across_a_dose_change():
    # 0 until the change, 6 from it on: a mean that looked across would climb before the change
    before, after = means("0 0 0 0 0 6 6 6 6 6", [5])
    assert set(before.values()) == {"0"} and set(after.values()) == {"6"}


def test_one_or_two_missing_days_are_passed_over():
    [stretch] = means("2 2 2 . . 2 2 2")
    assert list(stretch) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_three_missing_days_break_the_line():
    assert [list(s) for s in means("2 2 2 . . . 2 2 2")] == [[0, 1, 2], [6, 7, 8]]


def test_a_run_of_missing_days_over_a_change_breaks_too():
    assert [list(s) for s in means("2 2 2 2 2 2 . . . 4 4 4", [7])] == [[0, 1, 2, 3, 4, 5], [9, 10, 11]]


def test_a_line_begins_and_ends_on_a_day_with_a_value():
    assert [list(s) for s in means(". 2 2 2 2 .")] == [[1, 2, 3, 4]]


values = st.lists(st.none() | st.integers(0, 100).map(lambda n: Decimal(n) / 10), min_size=1, max_size=60)


@given(values, st.lists(st.integers(-8, 60), max_size=8))
def test_every_mean_equals_a_slow_plain_one(listed, changes):
    data = {day(n): v for n, v in enumerate(listed)}
    period = Span(day(0), day(len(listed) - 1))
    spells = dose_spells([day(n) for n in changes], period)
    got = {d: mean for stretch in running_mean(data, period, spells) for d, mean in stretch}
    for d, mean in got.items():
        spell = next(s for s in spells if d in s)
        near = [data.get(d + timedelta(k)) for k in range(-3, 4) if d + timedelta(k) in spell]
        near = [Fraction(v) for v in near if v is not None]
        assert len(near) >= 3
        assert abs(Fraction(mean) - sum(near) / len(near)) < Fraction(1, 10**20)
    for stretch in running_mean(data, period, spells):
        assert len({next(i for i, s in enumerate(spells) if d in s) for d, _ in stretch}) == 1
        assert data[stretch[0][0]] is not None and data[stretch[-1][0]] is not None


@given(values)
def test_nothing_is_drawn_in_a_run_of_three_missing_days(listed):
    data = {day(n): v for n, v in enumerate(listed)}
    period = Span(day(0), day(len(listed) - 1))
    drawn = {d for stretch in running_mean(data, period, [period]) for d, _ in stretch}
    for run in missing_runs(recorded(data, period), period):
        if run.days >= 3:
            assert not any(d in run for d in drawn)


def test_missing_runs():
    have = [day(n) for n in (1, 2, 5)]
    assert numbers(missing_runs(have, Span(day(0), day(7)))) == [(0, 0), (3, 4), (6, 7)]
    assert numbers(missing_runs([], Span(day(0), day(3)))) == [(0, 3)]
    assert missing_runs([day(0)], Span(day(0), day(0))) == []


def test_missing_is_none_absent_or_not_a_number():
    data = {day(0): None, day(1): float("nan"), day(2): Decimal("NaN"), day(3): 0.1, day(9): Decimal(3)}
    assert recorded(data, Span(day(0), day(5))) == {day(3): Decimal("0.1")}


@pytest.mark.parametrize(
    ("text", "sparse"),
    [
        ("1 1 1 1", False),
        ("1 . 1 1", False),  # 3 of 4
        ("1 . . 1", True),
        (". . . . 1 1 1", False),  # days before the first value do not count
        (". .", False),
        ("1", False),
    ],
)
def test_fewer_than_three_of_four_days_is_sparse(text, sparse):
    assert is_sparse(series(text), Span(day(0), day(len(text.split()) - 1))) is sparse


def test_bars_are_counted_from_the_change_and_need_three_values():
    data = series("1 . 1 . 1 . . 3 . 3 . . . . 5 5 5 . . 5 .")
    period = Span(day(0), day(20))
    bars = bars_from_change(data, period, dose_spells([day(9)], period))
    # days 0-6: three values; 7-8: one; from the change on day 9: 9-15 has 3, 5, 5; 16-20 has two
    assert [(b.first, b.last, b.n, f"{b.mean:.2f}") for b in bars] == [
        (day(0), day(6), 3, "1.00"),
        (day(9), day(15), 3, "4.33"),
    ]


def test_calendar_weeks_run_from_monday_and_end_with_the_period():
    data = series("1 2 3 4 5 6 7 8 . 2")
    weeks = calendar_weeks(data, Span(day(2), day(9)))
    assert [(w.first, w.last, w.mean, w.low, w.high, w.n) for w in weeks] == [
        (day(2), day(6), 5, 3, 7, 5),
        (day(7), day(9), 5, 2, 8, 2),
    ]


def test_a_week_without_a_value_is_not_there():
    assert [w.first for w in calendar_weeks({day(0): 1, day(20): 2}, Span(day(0), day(20)))] == [day(0), day(14)]
