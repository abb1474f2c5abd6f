"""Hours slept, as they are written, shown and sent back."""

from decimal import Decimal

import pytest

from journal.analysis.numbers import hours_text
from journal.forms.entry import SleepField


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ("0", "0 h"),
        ("0.01", "0 h 01"),
        ("5.5", "5 h 30"),
        ("6.25", "6 h 15"),
        ("7.99", "7 h 59"),
        ("8", "8 h"),
        ("24", "24 h"),
    ],
)
def test_hours_are_written_as_people_say_them(hours, text):
    assert hours_text(Decimal(hours)) == text


def test_every_value_that_can_be_stored_can_be_sent_back():
    """To the minute it was shown in; that what was not touched stays as it is, is the form's rule."""
    field = SleepField()
    for hundredths in range(2401):
        stored = Decimal(hundredths) / 100
        assert abs(field.clean(field.prepare_value(stored)) - stored) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("7 h 30", "7.5"),
        ("7:30", "7.5"),
        ("7,5", "7.5"),
        ("7h", "7"),
        (" 6  h  15 ", "6.25"),
        ("7 h 30", "7.5"),
        ("", None),
    ],
)
def test_what_is_typed_anew_is_taken_as_typed(typed, hours):
    assert SleepField().clean(typed) == (None if hours is None else Decimal(hours))
