"""Rounding and writing numbers: halves up from the exact value, a true minus."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.numbers import (
    count_text,
    mg_text,
    percent_text,
    rating_text,
    round_half_up,
    signed_percent_text,
    signed_rating_text,
)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Decimal("2.65"), 1, "2.7"),  # a float 2.65 lies below the half and would give 2.6
        (2.65, 1, "2.7"),  # a float is taken as it is written
        (Fraction(53, 20), 1, "2.7"),
        (Decimal("2.6499999999999999999999999999"), 1, "2.6"),
        (Decimal("-2.65"), 1, "-2.7"),
        (Fraction(-53, 20), 1, "-2.7"),
        (Decimal("-0.04"), 1, "0.0"),
        (Fraction(-1, 100), 1, "0.0"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("1.5"), 0, "2"),
        (Fraction(5, 2), 0, "3"),
        (7, 1, "7.0"),
        (Decimal("0.0005"), 3, "0.001"),
    ],
)
def test_halves_go_up_from_the_exact_value(value, places, expected):
    assert str(round_half_up(value, places)) == expected


@given(st.fractions(-1000, 1000), st.integers(0, 3))
def test_rounding_is_never_off_by_more_than_half(value, places):
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2) / 10**places


@given(st.decimals(-1000, 1000, places=4), st.integers(0, 3))
def test_decimals_and_fractions_round_alike(value, places):
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert round_half_up(value, places) == round_half_up(Fraction(value), places) == expected


@pytest.mark.parametrize(
    ("mg", "expected"),
    [
        ("0.037", "0.037"),
        ("12.500", "12.5"),
        ("1800", "1,800"),
        ("1800.000", "1,800"),
        ("10000", "10,000"),
        ("0", "0"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.1", "0.1"),
    ],
)
def test_doses_are_written_as_on_a_box(mg, expected):
    assert mg_text(Decimal(mg)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("-30", "−30.0"), ("-27.45", "−27.5"), ("12.5", "+12.5"), ("0", "0.0"), ("-0.04", "0.0"), ("-100", "−100.0")],
)
def test_changes_carry_their_sign_and_one_decimal(value, expected):
    assert signed_percent_text(Decimal(value)) == expected
    assert signed_rating_text(Decimal(value)) == expected


def test_ratings_have_one_decimal_and_percents_none():
    assert rating_text(2) == "2.0"
    assert rating_text(Fraction(53, 20)) == "2.7"
    assert percent_text(Decimal("69.5")) == "70"


def test_nothing_is_written_as_a_dash():
    assert {f(None) for f in (rating_text, mg_text, percent_text, signed_percent_text)} == {"–"}


@pytest.mark.parametrize(("count", "text"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1800, "1,800")])
def test_how_many(count, text):
    assert count_text(count) == text
