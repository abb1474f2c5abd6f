"""Dose history: changes in per cent, days held, patterns; tables of cases and what holds for any steps."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.taper.history import Part, Pattern, history, kind_fits, kind_for, mean_mg, mg_on, parts_on

D = dt.date


class Given(NamedTuple):
    starts_on: dt.date
    mg: Decimal
    kind: str = "reduction"


def steps(*pairs):
    return [Given(day, Decimal(mg)) for day, mg in pairs]


# A published taper: dose, days held, change and share of the dose before, both as they are printed.
REAL = [
    (D(2012, 8, 13), "150", 43, None, None),
    (D(2012, 9, 25), "105", 6, "-30.0", 70),
    (D(2012, 10, 1), "73", 7, "-30.5", 70),
    (D(2012, 10, 8), "51", 7, "-30.1", 70),
    (D(2012, 10, 15), "37", 7, "-27.5", 73),
    (D(2012, 10, 22), "25", 7, "-32.4", 68),
    (D(2012, 10, 29), "18", 7, "-28.0", 72),
    (D(2012, 11, 5), "12", 7, "-33.3", 67),
    (D(2012, 11, 12), "9", 7, "-25.0", 75),
    (D(2012, 11, 19), "0", 141, "-100.0", 0),
]


def test_it_works():
    rows = history(steps(*[(day, mg) for day, mg, *_ in REAL]), D(2013, 4, 8))

    assert [row.days_held for row in rows] == [days for *_, days, _, _ in REAL]
    changes = [None if row.change_percent is None else f"{row.change_percent:.1f}" for row in rows]
    assert changes == [change for *_, change, _ in REAL]
    shares = [None if row.percent_of_previous is None else round(row.percent_of_previous) for row in rows]
    assert shares == [part for *_, part in REAL]
    assert [round(row.percent_of_start) for row in rows] == [100, 70, 49, 34, 25, 17, 12, 8, 6, 0]
    assert [row.so_far for row in rows] == [False] * 9 + [True]
    assert rows[0].until == D(2012, 9, 24)
    assert rows[-1].until is None


def test_after_nothing_there_is_no_percentage():
    rows = history(steps((D(2026, 1, 1), "10"), (D(2026, 1, 2), "0"), (D(2026, 1, 3), "5")), D(2026, 1, 3))
    assert [row.change_percent for row in rows] == [None, Decimal(-100), None]
    assert [row.percent_of_previous for row in rows] == [None, Decimal(0), None]
    assert [row.percent_of_start for row in rows] == [Decimal(100), Decimal(0), Decimal(50)]


def test_a_record_that_begins_at_nothing_has_no_share_of_the_start():
    rows = history(steps((D(2026, 1, 1), "0"), (D(2026, 1, 2), "5")), D(2026, 1, 3))
    assert [row.percent_of_start for row in rows] == [None, None]


def test_steps_after_the_last_day_do_not_count():
    rows = history(steps((D(2026, 1, 1), "10"), (D(2026, 2, 1), "8")), D(2026, 1, 31))
    assert [(row.mg, row.days_held, row.so_far) for row in rows] == [(Decimal(10), 31, True)]


def test_the_day_of_the_change_is_held_already():
    assert history(steps((D(2026, 1, 1), "10")), D(2026, 1, 1))[0].days_held == 1


def test_no_steps_no_rows():
    assert history([], D(2026, 1, 1)) == []


amounts = st.decimals("0", "10000", places=3)
some_days = st.dates(D(1990, 1, 1), D(2030, 1, 1))


@given(st.dictionaries(some_days, amounts, max_size=12), some_days, st.randoms())
def test_every_day_since_the_first_step_is_held_once(by_day, until, chance):
    given_steps = steps(*by_day.items())
    chance.shuffle(given_steps)
    rows = history(given_steps, until)

    begun = [day for day in by_day if day <= until]
    assert sum(row.days_held for row in rows) == ((until - min(begun)).days + 1 if begun else 0)
    assert [row.so_far for row in rows] == [False] * (len(rows) - 1) + [True] * bool(rows)
    assert all(row.days_held > 0 for row in rows)


@given(st.dictionaries(some_days, amounts, min_size=1, max_size=12))
def test_change_and_share_of_the_previous_dose_say_the_same(by_day):
    for row in history(steps(*by_day.items()), D(2030, 1, 1)):
        assert (row.change_percent is None) == (row.percent_of_previous is None)
        if row.change_percent is not None:
            assert abs(row.percent_of_previous - 100 - row.change_percent) < Decimal("1e-15")


def part(day, mg, when=""):
    return Part(day, when, Decimal(mg))


@pytest.mark.parametrize(
    ("parts", "cycle", "mean"),
    [
        ([part(1, "0.5", "morning"), part(1, "1", "night")], 1, "1.500"),
        ([part(1, "20")], 2, "10.000"),
        ([part(1, "20")], 3, "6.667"),
        ([part(1, "20"), part(2, "10")], 2, "15.000"),
        ([part(1, "0.001")], 2, "0.001"),
        ([], 1, "0.000"),
    ],
)
def test_mg_a_day_is_the_mean(parts, cycle, mean):
    assert mean_mg(parts, cycle) == Decimal(mean)


def test_what_falls_on_a_day_of_a_pattern():
    start = D(2026, 2, 27)
    turns = Pattern(start, Decimal(15), 2, (part(1, "20"), part(2, "7"), part(2, "3", "night")))
    assert [mg_on(turns, start + dt.timedelta(n)) for n in range(4)] == [20, 10, 20, 10]
    assert [p.when for p in parts_on(turns, D(2026, 2, 28))] == ["", "night"]
    third = Pattern(start, Decimal("6.667"), 3, (part(1, "20"),))
    assert [mg_on(third, start + dt.timedelta(n)) for n in range(4)] == [20, 0, 0, 20]
    plain = Pattern(start, Decimal("37.5"))
    assert mg_on(plain, D(2026, 6, 1)) == Decimal("37.5")
    assert parts_on(plain, D(2026, 6, 1)) == ()


@given(
    st.integers(1, 3).flatmap(
        lambda cycle: st.tuples(st.just(cycle), st.lists(st.tuples(st.integers(1, cycle), amounts), max_size=6))
    ),
    some_days,
    st.integers(0, 400),
)
def test_any_whole_cycle_adds_up_to_its_parts(cycle_and_parts, start, shift):
    cycle, pairs = cycle_and_parts
    parts = tuple(Part(day, "", mg) for day, mg in pairs)
    pattern = Pattern(start, mean_mg(parts, cycle), cycle, parts)
    days = [start + dt.timedelta(shift + n) for n in range(cycle)]
    if parts:
        assert sum(mg_on(pattern, day) for day in days) == sum(p.mg for p in parts)


@pytest.mark.parametrize(
    ("previous", "mg", "highest", "kind"),
    [
        (None, "75", None, "start"),
        (None, "0", None, "stop"),
        ("75", "37.5", None, "reduction"),
        ("75", "75", None, "hold"),
        ("75", "100", None, "increase"),
        ("48", "60", "150", "reinstatement"),
        ("48", "160", "150", "increase"),
        ("0", "5", None, "reinstatement"),
        ("0", "5", "150", "reinstatement"),
        ("9", "0", None, "stop"),
        ("0", "0", None, "hold"),
    ],
)
def test_the_kind_that_is_offered_first(previous, mg, highest, kind):
    numbers = [None if text is None else Decimal(text) for text in (previous, mg, highest)]
    assert kind_for(*numbers) == kind
    assert kind_fits(kind, numbers[0], numbers[1])


@pytest.mark.parametrize(
    ("kind", "previous", "mg", "fits"),
    [
        ("reduction", "48", "60", False),
        ("reduction", "48", "48", False),
        ("reduction", "9", "0", True),
        ("reduction", None, "48", True),
        ("hold", "48", "47", False),
        ("increase", "48", "47", False),
        ("reinstatement", "48", "48", False),
        ("reinstatement", "48", "60", True),
        ("increase", "48", "60", True),
        ("stop", "9", "1", False),
        ("stop", None, "1", False),
        ("start", "9", "12", False),
        ("start", "0", "12", True),
        ("start", None, "0", False),
        ("switch", "9", "12", True),
        ("switch", "9", "0", True),
    ],
)
def test_a_kind_that_contradicts_the_numbers(kind, previous, mg, fits):
    assert kind_fits(kind, None if previous is None else Decimal(previous), Decimal(mg)) is fits


@given(st.none() | amounts, amounts, st.none() | amounts)
def test_what_is_offered_never_contradicts_the_numbers(previous, mg, highest):
    assert kind_fits(kind_for(previous, mg, highest), previous, mg)
