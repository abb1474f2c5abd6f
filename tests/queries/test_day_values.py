"""The day's value is its own rating, else the exact mean of its check-ins; and means of these are exact."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journal.analysis.series import Span
from journal.models import CheckIn, DailyEntry, Rating, Reading
from journal.models.derived import refresh_days
from journal.queries.entries import burden
from journal.queries.measures import MOOD, DailyMeasure, daily_values, means
from tests.conftest import TODAY, make_entry, make_symptom, person

TENTHS = st.integers(0, 100).map(lambda n: Decimal(n) / 10)
DAYS = st.lists(
    st.tuples(st.none() | TENTHS, st.lists(TENTHS, max_size=7), st.none() | TENTHS, st.lists(TENTHS, max_size=7)),
    min_size=1,
    max_size=6,
)


def exactly(own, timed):
    """By the rule, and by nothing of the journal's."""
    if own is not None:
        return Fraction(own)
    return sum(map(Fraction, timed)) / len(timed) if timed else None


def write(owner, symptom, days):
    for number, (own, timed, mood, moods) in enumerate(days):
        entry = DailyEntry.objects.create(owner=owner, date=TODAY - dt.timedelta(number), mood=mood)
        if own is not None:
            Rating.objects.create(entry=entry, symptom=symptom, severity=own)
        for minute in range(max(len(timed), len(moods))):
            felt = moods[minute] if minute < len(moods) else None
            check_in = CheckIn.objects.create(entry=entry, time=dt.time(9, minute), mood=felt)
            if minute < len(timed):
                Reading.objects.create(check_in=check_in, symptom=symptom, severity=timed[minute])
    refresh_days(owner, list(DailyEntry.objects.of(owner).values_list("pk", flat=True)))


class ExactMeans(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(DAYS)
    def test_by_the_rule(self, days):
        owner = person("hypatia")
        symptom = make_symptom(owner)
        write(owner, symptom, days)
        first = TODAY - dt.timedelta(len(days) - 1)
        measure = DailyMeasure("zaps", "Zaps", "down", symptom=symptom.pk)
        values = daily_values(owner, first, TODAY, [measure, MOOD])
        found = means(owner, [Span(first, TODAY), Span(TODAY, TODAY)], [measure, MOOD])
        for key, pick in (("zaps", lambda day: day[:2]), ("mood", lambda day: day[2:])):
            expected = {
                TODAY - dt.timedelta(number): value
                for number, day in enumerate(days)
                if (value := exactly(*pick(day))) is not None
            }
            assert {day: Fraction(value) for day, value in values[key].items()} == expected
            mean = found[key][0]
            assert (mean.value if mean else None) == (sum(expected.values()) / len(expected) if expected else None)
            assert (mean.n if mean else 0) == len(expected)
            alone = found[key][1]
            assert (alone.value if alone else None) == expected.get(TODAY)
        burdens = {day: found.mean for day, found in burden(owner, first, TODAY).items()}
        assert burdens == {day: Fraction(value) for day, value in values["zaps"].items()}


@pytest.mark.django_db
def test_an_own_rating_wins_and_leaves_its_place_again(alice):
    zaps = make_symptom(alice)
    entry = make_entry(alice)
    check_in = CheckIn.objects.create(entry=entry, time=dt.time(9))
    Reading.objects.create(check_in=check_in, symptom=zaps, severity=4)
    refresh_days(alice, [entry.pk])
    rating = Rating.objects.get()
    assert (rating.origin, rating.value, rating.readings) == ("check_ins", 4, 1)
    updated = DailyEntry.objects.get().updated
    rating.delete()
    Rating.objects.create(entry=entry, symptom=zaps, severity=9)
    refresh_days(alice, [entry.pk])
    assert [(r.origin, r.value) for r in Rating.objects.all()] == [("own", 9)]
    assert DailyEntry.objects.get().updated == updated  # what is worked out is no change by the person


@pytest.mark.django_db
def test_refreshing_costs_the_same_for_any_number_of_days(alice, django_assert_num_queries):
    zaps = make_symptom(alice)
    write(alice, zaps, [(None, [Decimal(1), Decimal(2)], None, [Decimal(3)])] * 60)
    few = list(DailyEntry.objects.of(alice).values_list("pk", flat=True)[:5])
    every = list(DailyEntry.objects.of(alice).values_list("pk", flat=True))
    for keys in (few, every):
        with django_assert_num_queries(5):
            refresh_days(alice, keys)
