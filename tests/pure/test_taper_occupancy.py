"""Occupancy from a dose and back, to the digit that the reference prints."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.numbers import round_half_up
from journal.catalogue.curves import CURVES, curve_named, curves_of
from journal.taper.occupancy import NoSuchDose, dose_for, occupancy, shown

CITALOPRAM = curve_named("citalopram", "sorensen-2022-striatum")
ESCITALOPRAM = curve_named("escitalopram", "sorensen-2022-dorsal-raphe")

# Table A: occupancy in % from a dose in mg.
FROM_DOSE = [
    *[(CITALOPRAM, *pair) for pair in (
        ("60", "80.8"), ("40", "79.4"), ("20", "75.2"), ("10", "68.1"), ("5", "57.3"), ("2.5", "43.5"), ("1", "25.2"),
    )],
    *[(ESCITALOPRAM, *pair) for pair in (
        ("20", "78.8"), ("10", "70.4"), ("5", "58.0"), ("2.5", "42.9"), ("1", "24.1"), ("0.5", "13.9"),
    )],
]  # fmt: skip

# Table B: the dose in mg that gives an occupancy in %.
FROM_OCCUPANCY = [
    (curve, percent, mg)
    for curve, row in (
        (CITALOPRAM, ("11.67", "5.83", "3.43", "2.12", "1.29", "0.73", "0.31")),
        (ESCITALOPRAM, ("9.73", "5.52", "3.44", "2.19", "1.37", "0.78", "0.34")),
    )
    for percent, mg in zip((70, 60, 50, 40, 30, 20, 10), row, strict=True)
]

curves = st.sampled_from(CURVES)
doses = st.decimals("0.001", "10000", places=3)


@pytest.mark.parametrize(("curve", "mg", "percent"), FROM_DOSE)
def test_occupancy_as_printed(curve, mg, percent):
    assert str(round_half_up(occupancy(Decimal(mg), curve), 1)) == percent


@pytest.mark.parametrize(("curve", "percent", "mg"), FROM_OCCUPANCY)
def test_dose_as_printed(curve, percent, mg):
    assert str(round_half_up(dose_for(percent, curve), 2)) == mg


def test_every_row_of_the_table_is_a_curve():
    assert len(CURVES) == 15
    assert {curve.drug for curve in CURVES} == {
        "citalopram", "escitalopram", "fluoxetine", "paroxetine", "sertraline", "desvenlafaxine", "duloxetine",
        "venlafaxine", "vortioxetine",
    }  # fmt: skip
    assert len({(curve.drug, curve.key) for curve in CURVES}) == 15
    assert [curve.key for curve in curves_of("escitalopram")] == [
        "sorensen-2022-dorsal-raphe", "sorensen-2022-thalamus", "sorensen-2022-caudate", "sorensen-2022-putamen",
    ]  # fmt: skip
    assert curves_of("mirtazapine") == ()
    assert curve_named("citalopram", "sorensen-2022-putamen") is None


@given(doses, curves)
def test_there_and_back_is_exact(mg, curve):
    percent = occupancy(mg, curve)
    assert 0 < percent < curve.emax
    assert dose_for(percent, curve) == mg


@pytest.mark.parametrize("percent", [Decimal("83.98"), 84, 100, 101])
def test_no_dose_reaches_the_maximum(percent):
    with pytest.raises(NoSuchDose, match=r"stays under 83\.98 %"):
        dose_for(percent, CITALOPRAM)


def test_a_fit_above_100_is_clamped_where_it_is_shown_and_nowhere_else():
    curve = curve_named("desvenlafaxine", "sorensen-2022-amygdala")
    percent = occupancy(400, curve)
    assert percent > 103
    assert shown(percent) == 100
    assert dose_for(percent, curve) == 400
    assert shown(Fraction(752, 10)) == Fraction(752, 10)


@pytest.mark.parametrize("call", [lambda: occupancy(-1, CITALOPRAM), lambda: dose_for(-1, CITALOPRAM)])
def test_nothing_is_below_nought(call):
    with pytest.raises(ValueError, match="below 0"):
        call()
