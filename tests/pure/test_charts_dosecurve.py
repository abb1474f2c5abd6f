"""Dose and occupancy as a curve: named, clamped when shown, and its numbers those of the table."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.curves import CURVES, curves_of
from journal.charts.dosecurve import SIZES, Dose, DoseCurve, dose_curve, falls
from journal.taper.curve_steps import at, dense_line, equal_steps
from journal.taper.occupancy import occupancy

from .charting import NASTY, assert_known_classes, assert_texts_are_clear, parse, texts

STRIATUM = curves_of("citalopram")[0]


def data(most="20", now=None, curve=STRIATUM, name="Citalopram") -> DoseCurve:
    most = Decimal(most)
    return DoseCurve(
        name,
        curve.label,
        tuple(Dose(*found) for found in dense_line(most, curve)),
        tuple(Dose(*found) for found in equal_steps(most, curve)),
        None if now is None else Dose(*at(Decimal(now), curve)),
    )


@pytest.mark.parametrize("size", SIZES)
def test_it_works(size):
    chart = dose_curve(data(now="5"), size)
    assert texts(chart.svg).count("75 %") == 1
    assert "now 5 mg, about 57 %" in texts(chart.svg)
    assert "Sørensen 2022, striatum" in chart.note and "group average" in chart.note
    assert "about 75 %" in chart.description and "Sørensen 2022, striatum" in chart.description
    assert_known_classes(chart.svg)


def test_the_title_says_what_the_first_and_the_last_step_take_off():
    assert dose_curve(data()).title == "The first 4 mg take off about 2 points, the last 4 mg about 53"


def test_the_steps_are_those_of_the_table_of_the_field_notes():
    """Occupancy of citalopram 20, 10 and 5 mg: 75.2, 68.1 and 57.3 %."""
    shares = {mg: percent for mg, percent in equal_steps(Decimal(20), STRIATUM, steps=4)}
    assert round(shares[Decimal(20)], 1) == Decimal("75.2")
    assert round(shares[Decimal(10)], 1) == Decimal("68.1")
    assert round(shares[Decimal(5)], 1) == Decimal("57.3")
    assert shares[Decimal(0)] == 0


def test_what_is_shown_is_at_most_100_and_the_sums_go_on():
    [amygdala] = [curve for curve in curves_of("desvenlafaxine") if curve.region == "amygdala"]
    most = Decimal(10_000)
    assert occupancy(most, amygdala) > 100
    chart = dose_curve(data(most, curve=amygdala))
    assert "100 %" in texts(chart.svg)
    assert not any("10" in text and text.endswith("%") and text != "100 %" for text in texts(chart.svg))


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: f"{curve.drug}-{curve.region}")
@pytest.mark.parametrize("most", ["0.01", "1.25", "37.5", "225", "99999"])
@pytest.mark.parametrize("share", [None, "0.02", "0.5", "1"])
@pytest.mark.parametrize("size", SIZES)
def test_its_texts_lie_clear_of_each_other(curve, most, share, size):
    now = None if share is None else Decimal(most) * Decimal(share)
    assert_texts_are_clear(dose_curve(data(most, now, curve), size).svg)


@pytest.mark.parametrize("name", NASTY)
def test_any_name_is_drawn(name):
    parse(dose_curve(data(name=name)).svg)


def test_the_same_numbers_give_the_same_bytes():
    assert dose_curve(data(now="7")).svg == dose_curve(data(now="7")).svg


@given(st.sampled_from(CURVES), st.decimals("0.01", "1000", places=2))
def test_the_table_adds_up_and_each_step_takes_off_at_least_as_much_as_the_one_before(curve, most):
    """Of exact shares never less; of whole percents by at most a point less."""
    steps = [Dose(*found) for found in equal_steps(most, curve)]
    points = falls(steps)
    assert sum(points) == steps[0].shown
    exact = [occupancy(Fraction(most) * n / 5, curve) for n in range(5, -1, -1)]
    off = [before - after for before, after in pairwise(exact)]
    assert off == sorted(off)
    assert all(later >= earlier - 1 for earlier, later in pairwise(points))
