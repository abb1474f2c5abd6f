"""Readings over the day and between doses: exact means, n beside each, nothing where there is nothing."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.analysis.times import PARTS, SINCE_DOSE, Doses, TimedMean, by_hours_since, by_part

DAY = dt.date(2026, 11, 22)


def at(day=0, hour=0, minute=0):
    return dt.datetime.combine(DAY + dt.timedelta(day), dt.time(hour, minute))


def test_the_parts_are_the_day():
    assert [hour for part in PARTS for hour in range(part.first, part.end)] == list(range(24))
    assert [low for low, _ in SINCE_DOSE[1:]] == [end for _, end in SINCE_DOSE[:-1]]


def test_a_mean_is_exact_and_says_of_how_many():
    night, morning, afternoon, evening = by_part([(5, Decimal("1"), 1), (11, Decimal("6.1"), 2), (23, Decimal(0), 2)])
    assert morning == TimedMean(Fraction(71, 30), 3)
    assert evening == TimedMean(Fraction(0), 2)
    assert night is None and afternoon is None


@pytest.mark.parametrize(("hour", "part"), [(0, 0), (4, 0), (5, 1), (11, 1), (12, 2), (16, 2), (17, 3), (23, 3)])
def test_an_hour_belongs_to_the_part_that_begins_with_it(hour, part):
    assert [mean is not None for mean in by_part([(hour, Decimal(5), 1)])].index(True) == part


def test_nothing_is_never_zero():
    assert by_part([]) == (None,) * 4
    assert by_hours_since([]) == (None,) * 5


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 100), st.integers(1, 9)), max_size=40))
def test_all_parts_together_are_all_readings(hours):
    means = [mean for mean in by_part((hour, Decimal(tenths) / 10, n) for hour, tenths, n in hours) if mean]
    assert sum(mean.n for mean in means) == sum(n for *_, n in hours)
    assert sum(mean.value * mean.n for mean in means) == Fraction(sum(tenths for _, tenths, _ in hours), 10)


@pytest.mark.parametrize(
    ("minutes", "band"),
    [(0, 0), (239, 0), (240, 1), (479, 1), (480, 2), (719, 2), (720, 3), (1439, 3), (1440, 4), (9999, 4)],
)
def test_each_band_begins_with_its_hour(minutes, band):
    means = by_hours_since([(dt.timedelta(minutes=minutes), Decimal(3))])
    assert [mean is not None for mean in means].index(True) == band


def test_hours_count_from_the_last_dose():
    doses = Doses({DAY: dt.time(8), DAY + dt.timedelta(1): dt.time(9)})
    assert doses.since(at(0, 8)) == dt.timedelta(0)
    assert doses.since(at(0, 20)) == dt.timedelta(hours=12)
    assert doses.since(at(1, 8, 59)) == dt.timedelta(hours=24, minutes=59)
    assert doses.since(at(1, 9)) == dt.timedelta(0)


def test_before_the_first_dose_that_is_known_nothing_is():
    assert Doses({DAY: dt.time(8)}).since(at(0, 7, 59)) is None
    assert Doses({}).since(at(0, 7)) is None


def test_a_day_of_which_nothing_is_known_may_have_had_a_dose():
    assert Doses({DAY: dt.time(8)}).since(at(1, 7)) is None
    assert Doses({DAY: dt.time(8)}).since(at(0, 23, 59)) is not None


def test_over_a_missed_dose_the_hours_run_on():
    missed = {DAY + dt.timedelta(1)}
    assert Doses({DAY: dt.time(8)}, missed).since(at(1, 20)) == dt.timedelta(hours=36)
    assert Doses({DAY: dt.time(8)}, missed).since(at(2, 1)) is None


def test_the_hours_are_those_of_the_persons_clock():
    """Also in the night in which it goes back: nobody reads 25 hours off a clock."""
    night = dt.date(2026, 10, 24)
    doses = Doses({night: dt.time(22)}, {night + dt.timedelta(1)})
    assert doses.since(dt.datetime(2026, 10, 25, 8)) == dt.timedelta(hours=10)
