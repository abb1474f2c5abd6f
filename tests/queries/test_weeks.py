"""The weeks that the database counts are those that the days give, exactly, and so is all that is drawn of them."""

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journal.analysis.series import Span, Week, calendar_weeks
from journal.charts.overview import overview as drawing
from journal.charts.table import overview_table
from journal.exchange.csv_out import csv_bytes
from journal.models import CheckIn, DailyEntry, Measurement, Rating, Reading
from journal.models.derived import refresh_days
from journal.queries.measures import ENTRY_MEASURES, MOOD, DailyMeasure, charted_symptoms, daily_of
from journal.queries.overview import overview
from journal.queries.period import Period
from journal.queries.tracked import add_measure
from journal.queries.weeks import weekly_of
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom, person

MONDAY = dt.date(2026, 11, 2)


def fill(owner, chance: random.Random, days: int) -> list[DailyMeasure]:
    """Days with holes, ratings of their own, carried ones, and means of one to seven check-ins."""

    def tenths():
        return Decimal(chance.randint(0, 100)) / 10

    symptoms = [make_symptom(owner, f"Symptom {n}", builtin="") for n in range(2)]
    weight = add_measure(owner, "Weight", kind="amount", unit="kg")
    entries = []
    for ago in range(days):
        if chance.random() < 0.3:
            continue
        mood = tenths() if chance.random() < 0.5 else None
        sleep = Decimal(chance.randint(0, 2400)) / 100 if chance.random() < 0.5 else None
        carried = " mood sleep_hours " if chance.random() < 0.2 else ""
        date = TODAY - dt.timedelta(ago)
        entries.append(DailyEntry(owner=owner, date=date, mood=mood, sleep_hours=sleep, carried=carried))
    entries = DailyEntry.objects.bulk_create(entries)
    origins = [Rating.Origin.OWN, Rating.Origin.CARRIED]
    Rating.objects.bulk_create(
        Rating(entry=entry, symptom=symptom, severity=tenths(), origin=chance.choice(origins))
        for entry in entries
        for symptom in symptoms
        if chance.random() < 0.4
    )
    Measurement.objects.bulk_create(
        Measurement(
            entry=e, measure=weight, value=Decimal(chance.randint(0, 99999)) / 1000, carried=chance.random() < 0.1
        )
        for e in entries
        if chance.random() < 0.3
    )
    check_ins = CheckIn.objects.bulk_create(
        CheckIn(entry=entry, time=dt.time(minute), mood=tenths() if chance.random() < 0.7 else None)
        for entry in entries
        for minute in range(chance.choice([0, 0, 1, 3, 7]))
    )
    Reading.objects.bulk_create(
        Reading(check_in=one, symptom=symptom, severity=tenths())
        for one in check_ins
        for symptom in symptoms
        if chance.random() < 0.7
    )
    refresh_days(owner, [entry.pk for entry in entries])
    return [*ENTRY_MEASURES, *charted_symptoms(owner), DailyMeasure("weight", "Weight", "", measure=weight.pk)]


def from_days(owner, first, last, measures) -> dict[str, list[Week]]:
    daily = daily_of(owner, first, last, measures)
    return {key: calendar_weeks(of.values, Span(first, last), of.carried) for key, of in daily.items()}


class TestBothWays(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.randoms(use_true_random=False), st.integers(1, 60), st.integers(0, 10), st.integers(0, 10))
    def test_weeks(self, chance, days, early, late):
        owner = person("alice")
        measures = fill(owner, chance, days)
        first, last = TODAY - dt.timedelta(days + 3 - early), TODAY - dt.timedelta(late)
        if first > last:
            first, last = last, first
        found = weekly_of(owner, first, last, measures)
        weeks = {key: list(of) for key, of in found.items()}
        assert weeks == from_days(owner, first, last, measures)
        days = daily_of(owner, first, last, measures)
        assert [repr(w.low) for of in weeks.values() for w in of if w.n == 1 and w.mean.denominator == 1] == [
            repr(w.low)
            for of in from_days(owner, first, last, measures).values()
            for w in of
            if w.n == 1 and w.mean.denominator == 1
        ]
        assert {key: sum(week.n for week in of) for key, of in weeks.items()} == {
            key: len(of.values) for key, of in days.items()
        }


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("steps", [(), (900, 400, 10), (300, 290)])
@pytest.mark.usefixtures("clock")
def test_what_is_drawn_is_the_same_to_the_byte(alice, seed, steps):
    fill(alice, random.Random(seed), 700)
    medication = make_medication(alice)
    for n, ago in enumerate(steps):
        make_step(medication, TODAY - dt.timedelta(ago), 20 - 2 * n)
    period = Period(TODAY - dt.timedelta(650), TODAY)
    daily, weekly = overview(alice, period).data, overview(alice, period, weekly=True).data
    assert not any(strip.values for strip in weekly.strips) and all(strip.weeks for strip in weekly.strips)
    for size in ("wide", "compact", "print"):
        assert drawing(daily, size) == drawing(weekly, size)
    assert overview_table(daily) == overview_table(weekly)
    assert csv_bytes(*overview_table(daily)) == csv_bytes(*overview_table(weekly))


def test_by_hand(alice):
    """Mood 4, carried 5, and the mean of 1, 2 and 2 in one week; 7 in the next, which the period cuts."""
    make_entry(alice, MONDAY, mood=4)
    make_entry(alice, MONDAY + dt.timedelta(6), mood=5, carried=" mood ")
    make_entry(alice, MONDAY + dt.timedelta(3), timed_mood=5, timed_moods=3)
    make_entry(alice, MONDAY + dt.timedelta(7), mood=7)
    make_entry(alice, MONDAY + dt.timedelta(10), mood=0)
    first, last = MONDAY - dt.timedelta(20), MONDAY + dt.timedelta(8)
    five_thirds = Decimal(5) / 3
    weeks = weekly_of(alice, first, last, [MOOD])["mood"]
    assert list(weeks) == [
        Week(MONDAY, MONDAY + dt.timedelta(6), Fraction(32, 9), five_thirds, Decimal(5), 3, 1),
        Week(MONDAY + dt.timedelta(7), last, Fraction(7), Decimal(7), Decimal(7), 1, 0),
    ]


@pytest.mark.parametrize("day", [dt.date(1920, 1, 1), dt.date(2000, 2, 29), dt.date(2023, 12, 31), dt.date(2024, 1, 1)])
def test_a_week_begins_on_monday_in_any_year(alice, day):
    make_entry(alice, day, mood=4)
    [week] = weekly_of(alice, day - dt.timedelta(400), day + dt.timedelta(400), [MOOD])["mood"]
    assert week.first == day - dt.timedelta(day.weekday()) and (week.last - week.first).days == 6


def test_nothing_of_somebody_else_and_nothing_at_all(alice, bob):
    symptom = make_symptom(alice)
    make_entry(alice, TODAY, {symptom: 4}, mood=4)
    measure = DailyMeasure("x", "X", "down", symptom=symptom.pk)
    assert weekly_of(bob, TODAY, TODAY, [MOOD, measure]) == {"mood": (), "x": ()}
    assert weekly_of(bob, TODAY, TODAY, []) == {}


@pytest.mark.usefixtures("clock")
def test_a_long_overview_reads_weeks_and_asks_as_often_for_ten_years(alice, bob):
    counts = []
    for owner, days in ((alice, 450), (bob, 1500)):
        fill(owner, random.Random(1), days)
        with CaptureQueriesContext(connection) as queries:
            overview(owner, Period(TODAY - dt.timedelta(days), TODAY), weekly=True)
        counts.append(len(queries))
    assert counts[0] == counts[1]
