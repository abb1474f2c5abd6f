"""What people type: numbers and days, tables of cases."""

import contextlib
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from journal.forms.fields import HoursField, MgField
from journal.models.base import MOST_MG
from journal.reading import decimal_from, plain_number, two_readings


@pytest.mark.parametrize(
    ("typed", "mg"),
    [
        ("37.5", "37.5"), ("37,5", "37.5"), ("0,125", "0.125"), ("0.125", "0.125"), ("5.905", "5.905"),
        ("12,375", "12.375"), ("37.500", "37.5"), ("1 200", "1200"), ("1\u00a0200", "1200"), ("10000", "10000"),
        ("37.5 mg", "37.5"), ("37.5mg", "37.5"), ("20 MG.", "20"), (" 0 ", "0"),
    ],
)  # fmt: skip
def test_a_dose(typed, mg):
    assert MgField().clean(typed) == Decimal(mg)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,200", "“1,200” can mean two doses. Write 1200 or 1.2."),
        ("1.200", "“1.200” can mean two doses. Write 1200 or 1.2."),
        ("5,905", "“5,905” can mean two doses. Write 5905 or 5.905."),
        ("9,000 mg", "can mean two doses. Write 9000 or 9."),
        ("half a tablet", "is not a number"),
        ("mg", "“mg” is not a number"),
        ("½", "is not a number"),
        ("٣٧", "is not a number"),
        ("NaN", "is not a number"),
    ],
)
def test_no_dose(typed, sentence):
    with pytest.raises(ValidationError, match="|".join([sentence.replace(".", r"\.")])):
        MgField().clean(typed)


@given(st.decimals(min_value=0, max_value=MOST_MG, places=3))
def test_what_the_form_shows_can_be_typed_back(mg):
    """Except where it really has two readings, and then one of the two is the dose."""
    shown = plain_number(mg)
    readings = two_readings(shown, MOST_MG)
    if readings is None:
        assert MgField().clean(shown) == mg
    else:
        assert mg in {Decimal(reading) for reading in readings}


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_refusal(text):
    with contextlib.suppress(ValueError):
        assert decimal_from(text).is_finite()


@pytest.mark.parametrize("typed", ["25", "24:01", "-1"])
def test_hours_that_no_day_has(typed):
    with pytest.raises(ValidationError):
        HoursField().clean(typed)
