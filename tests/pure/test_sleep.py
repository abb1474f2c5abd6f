"""A night from clock to clock."""

import datetime as dt
import zoneinfo
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.sleep import hours_in_bed

LONDON = zoneinfo.ZoneInfo("Europe/London")
DAY = dt.date(2026, 11, 22)


def clock(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


@pytest.mark.parametrize(
    ("bed", "wake", "day", "hours"),
    [
        ("23:00", "07:00", DAY, "8"),
        ("00:30", "07:00", DAY, "6.5"),
        ("22:50", "06:10", DAY, "7.33"),
        ("13:00", "15:30", DAY, "2.5"),
        ("07:00", "23:00", DAY, "16"),
        ("07:00", "06:00", DAY, "23"),
        ("07:00", "07:00", DAY, "0"),
        ("23:59", "00:01", DAY, "0.03"),
        # the clocks go back at 2 on 25 October 2026, forward at 1 on 28 March 2027
        ("23:00", "07:00", dt.date(2026, 10, 25), "9"),
        ("23:00", "07:00", dt.date(2026, 10, 26), "8"),
        ("23:00", "07:00", dt.date(2027, 3, 28), "7"),
        ("03:00", "07:00", dt.date(2027, 3, 28), "4"),
        ("00:30", "01:30", dt.date(2026, 10, 25), "1"),
        # a night over the turn of the year, and one into 29 February
        ("22:00", "06:00", dt.date(2027, 1, 1), "8"),
        ("22:00", "06:00", dt.date(2028, 2, 29), "8"),
    ],
)
def test_hours(bed, wake, day, hours):
    assert hours_in_bed(clock(bed), clock(wake), day, LONDON) == Decimal(hours)


@given(st.times(), st.times(), st.dates(dt.date(1920, 1, 2), dt.date(2100, 1, 1)))
def test_a_night_is_between_nothing_and_a_day_and_an_hour(bed, wake, day):
    hours = hours_in_bed(bed.replace(second=0, microsecond=0), wake.replace(second=0, microsecond=0), day, LONDON)
    assert -1 <= hours <= 25


@given(st.times(), st.times())
def test_without_a_change_of_the_clocks_the_clock_is_right(bed, wake):
    bed, wake = (at.replace(second=0, microsecond=0) for at in (bed, wake))
    minutes = (wake.hour * 60 + wake.minute - bed.hour * 60 - bed.minute) % (24 * 60)
    hours = hours_in_bed(bed, wake, DAY, dt.UTC)
    assert abs(hours * 60 - minutes) <= Decimal("0.3")
