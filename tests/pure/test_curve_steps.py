"""A curve at equal steps: in the range in which it is drawn, its shape is there in whole points."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.curves import CURVES, curves_of
from journal.charts.dosecurve import Dose, falls
from journal.taper.curve_steps import LEAST_PERCENT, equal_steps, is_plain


def points(most: Decimal, curve) -> list[Decimal]:
    return falls([Dose(*found) for found in equal_steps(most, curve)])


@given(st.sampled_from(CURVES), st.decimals(Decimal("0.0001"), 10_000, places=4))
def test_inside_the_range_the_last_step_takes_off_more_than_the_first(curve, most):
    if is_plain(most, curve):
        found = points(most, curve)
        assert found[-1] > found[0]
        assert sum(found) >= LEAST_PERCENT


@pytest.mark.parametrize(
    ("drug", "mg", "plain"),
    [("citalopram", "0.72", False), ("citalopram", "0.74", True), ("citalopram", "60", True),
     ("citalopram", "233", True), ("citalopram", "233.001", False), ("venlafaxine", "375", True),
     ("desvenlafaxine", "400", True), ("sertraline", "200", True), ("venlafaxine", "10000", False),
     ("venlafaxine", "0.01", False)],
)  # fmt: skip
def test_the_range_has_every_dose_that_is_given_and_no_slip_of_the_finger(drug, mg, plain):
    assert is_plain(Decimal(mg), curves_of(drug)[0]) == plain


def test_outside_it_nothing_would_be_seen():
    curve = curves_of("venlafaxine")[0]
    assert points(Decimal(10_000), curve)[:4] == [0, 0, 0, 0]
    assert points(Decimal("0.01"), curve) == [0, 0, 0, 0, 0]
