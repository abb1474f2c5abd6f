"""A spell rated worse than before the taper: the rule by table, and its edges."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.series import Span
from journal.analysis.waves import spells, wave_at

LAST = date(2026, 11, 22)
CALM = ["2"] * 7  # no spread at all: the one point alone decides
SPREAD = ["0", "0", "0", "4", "4", "4", "2"]  # mean 2, standard deviation exactly 2


def ratings(text: str) -> dict[date, Decimal | None]:
    """One word a day, the last one on LAST; "-" is not rated, and so is a day that is not there at all ("_")."""
    words = text.split()
    days = {LAST - timedelta(len(words) - 1 - place): word for place, word in enumerate(words)}
    return {day: None if word == "-" else Decimal(word) for day, word in days.items() if word != "_"}


def first_day(text, before=CALM, better="down"):
    """How many days the spell has lasted on LAST; 0 for none."""
    found = wave_at(ratings(text), [Decimal(value) for value in before], LAST, better)
    assert found is None or found.last == LAST
    return found.days if found else 0


TABLE = [
    ("5 5 5 5 5", 4),  # the first day has only itself: no mean of three
    ("2 2 2 2 2", 0),
    ("2 2 5 5 5", 3),  # m3: 2 2 3 4 5
    ("2 2 2 5 5", 0),  # m3 2 3 4: two days in a row are no spell
    ("3 3 3 3", 3),  # exactly 1.0 worse
    ("2.9 2.9 2.9 2.9 2.9", 0),  # 0.9 worse
    ("3 3 3 2.9", 0),  # the last mean is 2.967
    ("5 5 5 5 5 2 2 2", 0),  # it is over
    ("5 5 5 5 2", 4),  # m3 of the last day is 4: one good day does not end it
    ("5 - 5 5 5", 3),  # the second day has one of two: 5 alone. Third: two of three
    ("5 - 5 - 5 - 5", 0),  # every other day has just one of three
    ("5 5 - - 5 5 5", 0),  # two days parted it: m3 is there again from the second rated day on
    ("5 5 - - 5 5 5 5", 3),
    ("5 5 _ 5 5 5", 5),  # one day without a row is a gap like one not rated
    ("- - - 5 5 5 5", 3),
    ("- - - 5 5 5", 0),
    ("5 5 5 5 -", 4),  # LAST itself is not rated: two of three are
    ("", 0),
]


@pytest.mark.parametrize(("text", "days"), TABLE)
def test_the_rule(text, days):
    assert first_day(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("4 4 4 4", 3),  # exactly one standard deviation worse
        ("3.9 3.9 3.9 3.9", 0),
        ("4 4 4 4.1", 3),
        ("4 4 4 3.9", 0),
    ],
)
def test_it_is_one_standard_deviation_too(text, days):
    assert first_day(text, SPREAD) == days


def test_the_deviation_is_that_of_a_sample():
    """Of n - 1: seven days with 0, 0, 0, 4, 4, 4 and 2 have a variance of 24 / 6 = 4."""
    mean = sum(Fraction(value) for value in SPREAD) / 7
    assert sum((Fraction(value) - mean) ** 2 for value in SPREAD) / 6 == 4


@pytest.mark.parametrize(("text", "days"), [("7 7 7 7", 3), ("7.1 7.1 7.1 7.1", 0), ("9 9 9 9", 0), ("3 3 3 3", 3)])
def test_where_ten_is_best_lower_is_worse(text, days):
    assert first_day(text, ["8"] * 7, "up") == days


@pytest.mark.parametrize(("before", "days"), [(["2"] * 7, 3), (["2"] * 6, 0), ([], 0)])
def test_it_takes_seven_days_to_compare_with(before, days):
    assert first_day("5 5 5 5", before) == days


def test_days_before_that_were_not_rated_do_not_count():
    values = [Decimal(2)] * 6 + [None] * 20
    assert wave_at(ratings("5 5 5 5"), values, LAST) is None
    assert wave_at(ratings("5 5 5 5"), [*values, Decimal(2)], LAST) == Span(LAST - timedelta(2), LAST)


def test_not_rated_is_never_zero():
    """Where 10 is best a zero would be the worst there is."""
    assert first_day("8 - - - 8", ["8"] * 7, "up") == 0
    assert first_day("5 - 5 5 5", CALM) == 3


# -- all spells -------------------------------------------------------------------------------------------------------


def kinds(text, before=CALM, better="down", first=None):
    """ "wave 3-5" for each spell: days counted from the first word; "..." where it is going on."""
    values = ratings(text)
    start = LAST - timedelta(len(text.split()) - 1)
    found = spells(values, [Decimal(value) for value in before], first or start, LAST, better)
    return [
        f"{one.kind} {(one.span.first - start).days}-{(one.span.last - start).days}{'...' if one.going_on else ''}"
        for one in found
    ]


SPELLS = [
    ("2 2 2 2 2 2", []),  # better days are no window before a wave
    ("2 2 5 5 5 5", ["wave 2-5..."]),  # m3 from day 1: 2 3 4 5 5
    ("5 5 5 5 2 2 2 2 2 2", ["wave 1-5", "window 6-9..."]),  # m3 from day 1: 5 5 5 4 3 2 2 2 2
    ("5 5 5 5 2 2 2 2", ["wave 1-5"]),  # two days are no window
    ("5 5 5 5 2 2 2 2 2 5", ["wave 1-5", "window 6-8"]),  # 1.0 worse on the last day
    ("5 5 5 5 2.4 2.4 2.4 2.4 2.4 2.4", ["wave 1-5", "window 6-9..."]),  # day 5 is 3.27
    ("5 5 5 5 2.5 2.5 2.5 2.5 2.5 2.5", ["wave 1-5"]),  # exactly 0.5 worse is neither
    ("5 5 5 - - 5 5 5 5", ["wave 1-3", "wave 6-8..."]),  # days 4 and 5 have one of three
    ("5 5 5 - - - - 2 2 2 2 2", ["wave 1-3", "window 8-11..."]),
    ("5 5 5 - - - -", ["wave 1-3"]),
    ("5 5", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SPELLS)
def test_all_spells_in_order(text, expected):
    assert kinds(text) == expected


def test_spells_where_ten_is_best():
    assert kinds("5 5 5 5 8 8 8 8 8 8", ["8"] * 7, "up") == ["wave 1-5", "window 6-9..."]


def test_spells_need_seven_days_to_compare_with():
    assert kinds("5 5 5 5", ["2"] * 6) == []


def test_a_wide_spread_asks_for_more():
    """One standard deviation is 2: m3 of 3.9 is no wave, and a window is under 2.5 all the same."""
    assert kinds("3.9 3.9 3.9 3.9 2 2 2 2 2", SPREAD) == []
    assert kinds("4 4 4 4 2 2 2 2 2 2", SPREAD) == ["wave 1-3", "window 6-9..."]


def test_spells_begin_with_the_first_day_asked_for():
    assert kinds("5 5 5 5 5 5", first=LAST - timedelta(2)) == ["wave 3-5..."]
    assert kinds("5 5 5 5 5 5", first=LAST - timedelta(1)) == []
