"""How long what there is lasts: days, what ends first, and whether it is enough until a day."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.products import Divides, Form, Product
from journal.taper.preparation import prepare
from journal.taper.stock import MOST_DAYS, days_left, uses
from tests.pure.units import every_day

D = Decimal
DAY = dt.date(2026, 11, 22)
T20 = Product(Form.TABLET, D(20), Divides.HALVES)
T5 = Product(Form.TABLET, D(5), Divides.QUARTERS)
CAPSULE = Product(Form.CAPSULE, D(75))
LIQUID = Product(Form.LIQUID, D(10), in_ml=D(5), mark_ml=D("0.1"))
DROPS = Product(Form.DROPS, D(40), drops_per_ml=20, factor=D("0.8"))
BEADS = Product(Form.BEADS, D("0.25"))


def way(dose, *products):
    return prepare(D(dose), products).ways[0]


def on(days):
    return DAY + dt.timedelta(days)


@pytest.mark.parametrize(
    ("dose", "product", "used"),
    [
        ("40", T20, 2),
        ("10", T20, Fraction(1, 2)),
        ("3.75", T5, Fraction(3, 4)),
        ("150", CAPSULE, 2),
        ("5", LIQUID, Fraction(5, 2)),  # ml
        ("10", DROPS, Fraction(1, 5)),  # four drops of 20 in a ml
        ("2", BEADS, 8),
    ],
)
def test_what_a_dose_takes_from_the_stock(dose, product, used):
    assert uses(way(dose, product)) == {product: used}


@pytest.mark.parametrize(
    ("stock", "dose", "product", "days"),
    [
        ("14", "20", T20, 14),
        ("14", "10", T20, 28),  # halves: what is left over is taken another day
        ("14", "30", T20, 9),
        ("0", "20", T20, 0),
        ("0.5", "20", T20, 0),
        ("0.5", "10", T20, 1),
        ("1", "3.75", T5, 1),
        ("150", "5", LIQUID, 60),
        ("15", "10", DROPS, 75),
    ],
)
def test_days_left(stock, dose, product, days):
    lasts = days_left({product: D(stock)}, every_day(way(dose, product), DAY))
    assert (lasts.days, lasts.until, lasts.product, lasts.not_counted) == (days, on(days), product, ())


def test_what_ends_first_is_named():
    both = way("25", T20, T5)
    lasts = days_left({T20: D(10), T5: D(3)}, every_day(both, DAY))
    assert (lasts.days, lasts.until, lasts.product) == (3, on(3), T5)


def test_what_was_not_counted_is_named_and_runs_short_of_nothing():
    both = way("25", T20, T5)
    lasts = days_left({T20: D(10)}, every_day(both, DAY))
    assert (lasts.days, lasts.product, lasts.not_counted) == (10, T20, (T5,))
    lasts = days_left({}, [(DAY, both), (on(1), both)])
    assert (lasts.days, lasts.until, lasts.product, set(lasts.not_counted)) == (2, None, None, {T20, T5})


def test_a_change_of_dose_is_followed():
    doses = chain([(on(n), way("20", T20)) for n in range(5)], [(on(n), way("10", T20)) for n in range(5, 100)])
    assert days_left({T20: D(8)}, doses).days == 5 + 6


def test_several_amounts_on_one_day_are_one_day():
    halves = [(on(n), way("10", T20)) for n in range(10) for _ in ("morning", "night")]
    lasts = days_left({T20: D("3.5")}, halves)
    assert (lasts.days, lasts.until) == (3, on(3))


def test_days_without_a_dose_take_nothing():
    every_other = [(on(2 * n), way("20", T20)) for n in range(50)]
    lasts = days_left({T20: D(3)}, every_other)
    assert (lasts.days, lasts.until) == (6, on(6))


def test_doses_that_end_before_the_stock_does():
    lasts = days_left({T20: D(100)}, [(on(n), way("20", T20)) for n in range(7)])
    assert (lasts.days, lasts.until, lasts.product) == (7, None, None)
    assert days_left({T20: D(1)}, []).days == 0


def test_it_looks_ahead_so_far_and_not_for_ever():
    lasts = days_left({T20: D(1_000_000)}, every_day(way("20", T20), DAY))
    assert (lasts.days, lasts.until) == (MOST_DAYS, None)
    late = days_left({T20: D(100)}, every_day(way("20", T20), dt.date.max - dt.timedelta(2)))
    assert (late.days, late.until) == (3, None)


@given(st.integers(0, 400), st.sampled_from(["10", "20", "30", "50"]))
def test_a_day_more_is_always_too_much(quarters, dose):
    stock = {T20: D(quarters) / 4}
    lasts = days_left(stock, every_day(way(dose, T20), DAY))
    used = uses(way(dose, T20))[T20]
    assert lasts.days * used <= stock[T20] < (lasts.days + 1) * used
