"""Sleep with mood: scales, words, and the two means."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.levels import Mean
from journal.analysis.nights import mood_after
from journal.analysis.series import Span
from journal.charts.model import Strip
from journal.charts.sleep import sleep_sheet, sleep_table

from .charting import FIRST, assert_known_classes, assert_texts_are_clear, day, noise, parse, record, steps, texts

SIZES = ("wide", "compact")
SLEPT = Strip("sleep_hours", "Hours slept", {day(n): Decimal(6) + n % 3 for n in range(60)}, "up")
WELL = Strip("sleep_quality", "Sleep quality", {day(n): Decimal(4 + n % 3) for n in range(60)}, "up")
MOOD = Strip("mood", "Mood", {day(n): Decimal(5 + n % 2) for n in range(60)}, "up")


def drawn(*strips, size="wide", days=60, standalone=False, **more):
    return sleep_sheet(record(days, strips=strips, **more), size, standalone=standalone).chart()


def hours(values) -> Strip:
    return dataclasses.replace(SLEPT, values={day(n): Decimal(str(v)) for n, v in values.items()})


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("strips", [(SLEPT, WELL, MOOD), (SLEPT,), (WELL,), (SLEPT, MOOD)])
def test_only_the_strips_that_have_data(size, strips):
    chart = drawn(*strips, size=size, standalone=True)
    names = {strip.name for strip in (SLEPT, WELL, MOOD)} & set(texts(chart.svg))
    assert names == {strip.name for strip in strips}
    assert_texts_are_clear(chart.svg)
    assert_known_classes(chart.svg)


@pytest.mark.parametrize(
    ("longest", "marks"), [("9.5", "0 4 8 12"), ("12", "0 4 8 12"), ("12.25", "0 4 8 12 16"), ("24", "0 8 16 24")]
)
def test_hours_are_on_0_to_12_and_wider_only_for_a_longer_night(longest, marks):
    svg = drawn(hours({3: 7, 4: longest}), taper=()).svg
    shown = [text for text in texts(svg) if text.isdigit() and len(text) < 3]
    assert sorted(map(int, shown))[1:] == sorted(map(int, marks.split())), "and the nought of the dose"


def test_ratings_are_cut_together_as_in_the_overview():
    assert "Ratings 0–10, shown from 2 to 8." in drawn(SLEPT, WELL, MOOD).note
    bad = dataclasses.replace(WELL, values={day(3): Decimal(1)})
    assert "Ratings 0–10." in drawn(SLEPT, bad, MOOD).note
    assert "Ratings" not in drawn(SLEPT).note


def test_the_note_tells_the_numbers_of_nights():
    note = drawn(hours({n: 7 for n in range(0, 60, 2)}), WELL, MOOD).note
    assert "On record: Hours slept on 30, Sleep quality on 60 of 60 nights." in note
    assert "Each night stands on the day that it led to." in note
    assert "Bars (Hours slept): mean of each week since a change, 3 days at least." in note


@pytest.mark.parametrize(
    ("strips", "title"),
    [
        # record() goes down on day 20 and day 40: before is days 0-19, now days 40-59
        (
            (hours({n: 8 if n < 20 else 6.5 for n in range(60)}),),
            "6.5 hours slept a night in the last 20 days, 8.0 before the first reduction",
        ),
        ((hours({1: 7, 2: 8}),), "7.5 hours slept a night, mean of 2 nights"),
        ((hours({1: 7}),), "7.0 hours slept a night, one night"),
        ((dataclasses.replace(WELL, values={day(1): Decimal(4)}), MOOD), "Sleep quality 4.0, one night"),
    ],
)  # fmt: skip
def test_the_title(strips, title):
    assert drawn(*strips).title == title


def test_the_table_has_each_night_on_its_day():
    data = record(60, strips=(SLEPT, MOOD))
    headers, rows = sleep_table(data)
    assert headers[2] == "Hours slept"
    assert [row[2] for row in rows] == [SLEPT.values[day(n)] for n in range(60)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("days", [1, 30, 3650])
def test_any_period(size, days):
    strips = (
        dataclasses.replace(
            SLEPT, values={d: v + 4 for d, v in noise(days, 3, 1, 0.4).items()} or {day(0): Decimal(5)}
        ),
        dataclasses.replace(MOOD, values=noise(days, 3)),
    )
    svg = drawn(*strips, size=size, days=days, standalone=True, taper=steps((-9, "0.037"), (0, 1800))).svg
    parse(svg)
    assert_texts_are_clear(svg)


# -- mood after short nights ------------------------------------------------------------------
def test_mood_after_by_hand():
    """Ten nights of 5.99 h with moods 0..9 (mean 4.5); eleven of 6 h with mood 5; two nights without a mood, one mood
    without a night, one day outside: none of these count."""
    slept = {day(n): Decimal("5.99") for n in range(10)} | {day(n): Decimal(6) for n in range(10, 21)}
    slept |= {day(30): Decimal(3), day(31): Decimal(9), day(99): Decimal(3)}
    mood = {day(n): Decimal(n) for n in range(10)} | {day(n): Decimal(5) for n in range(10, 21)}
    mood |= {day(32): Decimal(0), day(99): Decimal(0)}
    period = Span(FIRST, day(60))
    assert mood_after(slept, mood, period) == (Mean(Fraction(9, 2), 10, 61), Mean(Fraction(5), 11, 61))
    del mood[day(0)]
    assert mood_after(slept, mood, period) is None, "nine short nights are too few"


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 96), st.integers(0, 100)), max_size=60))
def test_mood_after_against_a_plain_count(rows):
    slept = {day(n): Decimal(quarters) / 4 for n, quarters, _ in rows}
    mood = {day(n): Decimal(tenths) / 10 for n, _, tenths in rows}
    period = Span(day(10), day(90))
    short = [mood[d] for d in slept if d in period and slept[d] < 6]
    rest = [mood[d] for d in slept if d in period and slept[d] >= 6]
    found = mood_after(slept, mood, period)
    assert (found is None) == (len(short) < 10 or len(rest) < 10)
    if found:
        assert [one.value for one in found] == [Fraction(sum(short)) / len(short), Fraction(sum(rest)) / len(rest)]
