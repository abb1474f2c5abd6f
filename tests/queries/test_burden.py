"""Burden: the mean of a day's ratings; what only sounds like it; and what is private, in it and beside it."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.series import Span
from journal.models import CheckIn, Measure, Measurement, Rating, Reading
from journal.models.derived import refresh_days
from journal.queries.measures import (
    BURDEN,
    ENTRY_MEASURES,
    RESERVED,
    DailyMeasure,
    charted_symptoms,
    daily_of,
    means,
    own_key,
    symptom_measures,
)
from journal.queries.responses import NewSymptom, followed_by_measure, response_measures, what_followed
from tests.conftest import TODAY, make_entry, make_symptom
from tests.queries.conftest import EVERYTHING, on

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def three(alice):
    return [make_symptom(alice, name, builtin="") for name in ("Aches", "Nausea", "Worry")]


def burden(owner):
    return daily_of(owner, on(-50), TODAY, [BURDEN])["burden"]


def test_burden_is_the_exact_mean_of_a_days_ratings(alice, three):
    make_entry(alice, on(0), {three[0]: 4, three[1]: 1})
    make_entry(alice, on(1), {three[0]: "0.1", three[1]: "0.1", three[2]: 0})
    make_entry(alice, on(2), mood=5)
    assert burden(alice).values == {on(0): Fraction(5, 2), on(1): Fraction(1, 15)}
    (found,) = means(alice, [Span(on(0), on(9))], [BURDEN])["burden"]
    assert (found.value, found.n, found.days) == ((Fraction(5, 2) + Fraction(1, 15)) / 2, 2, 10)  # each day alike
    assert means(alice, [Span(on(2), on(9)), Span(on(1), on(1))], [BURDEN])["burden"][0] is None


def test_burden_of_days_with_check_ins_is_exact(alice, three):
    entry = make_entry(alice, on(0), {three[0]: 4})
    for hour in range(3):
        check_in = CheckIn.objects.create(entry=entry, time=dt.time(hour))
        Reading.objects.create(check_in=check_in, symptom=three[1], severity=Decimal(1 if hour else 2))
    refresh_days(alice, [entry.pk])
    assert burden(alice).values == {on(0): (4 + Fraction(4, 3)) / 2}
    assert means(alice, [Span(on(0), on(0))], [BURDEN])["burden"][0].value == Fraction(8, 3)


def test_a_burden_was_carried_where_all_of_it_was(alice, three):
    make_entry(alice, on(0), {three[0]: 4, three[1]: 1})
    make_entry(alice, on(1), {three[0]: 4, three[1]: 1})
    Rating.objects.filter(entry__date=on(1)).update(origin="carried")
    Rating.objects.filter(entry__date=on(0), symptom=three[0]).update(origin="carried")
    assert burden(alice).carried == {on(1)}
    assert means(alice, [Span(on(0), on(1))], [BURDEN])["burden"][0].carried == 1


@pytest.mark.parametrize("name", ["Mood", "Burden", "Energy", "Function"])
def test_a_symptom_of_that_name_is_not_the_days_own(alice, venlafaxine, name):
    mine = make_symptom(alice, name, builtin="")
    assert mine.slug == name.lower()
    make_entry(alice, on(0), {mine: 9}, mood=2, energy=3, function=4)
    make_entry(alice, on(1), {mine: 8, make_symptom(alice): 1}, mood=2)
    keys = [one.key for one in response_measures(alice)]
    assert keys == ["mood", "burden", f"{name.lower()}~", "brain-zaps"]
    everything = response_measures(alice)
    daily = daily_of(alice, on(0), on(1), everything)
    assert daily["mood"].values == {on(0): 2, on(1): 2}
    assert daily["burden"].values == {on(0): 9, on(1): Fraction(9, 2)}
    assert daily[f"{name.lower()}~"].values == {on(0): 9, on(1): 8}
    found = means(alice, [Span(on(0), on(1))], everything)
    assert [found[key][0].value for key in keys] == [2, Fraction(27, 4), Fraction(17, 2), 1]
    assert what_followed(alice, EVERYTHING, everything[2]).recent is None


@pytest.mark.parametrize("key", sorted(RESERVED))
def test_a_measure_of_that_name_is_not_the_days_own(alice, three, key):
    """Both as values by day and as means, asked for alone and beside what has its name."""
    entry = make_entry(alice, on(0), {three[0]: 9}, mood=2, energy=3, sleep_hours=4, sleep_quality=5, function=6)
    row = Measure.objects.create(owner=alice, name="Mine", slug=key, kind="amount")
    Measurement.objects.create(entry=entry, measure=row, value=Decimal(70))
    mine = DailyMeasure(own_key(key), "Mine", "down", measure=row.pk)
    assert mine.slug == key
    days_own = {"mood": 2, "energy": 3, "sleep_hours": 4, "sleep_quality": 5, "function": 6, "burden": 9}
    for measures, values in (([mine], {}), ([mine, *ENTRY_MEASURES, BURDEN], days_own)):
        values = values | {f"{key}~": 70}
        daily = daily_of(alice, on(0), on(0), measures)
        assert {name: one.values for name, one in daily.items()} == {n: {on(0): v} for n, v in values.items()}
        assert {n: one[0].value for n, one in means(alice, [Span(on(0), on(0))], measures).items()} == values


# -- what is private --------------------------------------------------------------------------------------------------


@pytest.fixture
def private(alice, three):
    """A rating of 9 every day of what is private, beside one of 1."""
    symptom = make_symptom(alice, "Dark thoughts", builtin="suicidal-thoughts")
    for number in range(-40, 30):
        make_entry(alice, on(number), {three[0]: 1, symptom: 0 if number < 0 else 9})
    return symptom


def switch_on(owner):
    owner.profile.charts_private = True
    owner.profile.save()


def test_what_is_private_is_nowhere_unless_switched_on(alice, venlafaxine, private):
    assert "Dark thoughts" not in {one.name for one in response_measures(alice)}
    assert set(burden(alice).values.values()) == {1}
    assert means(alice, [Span(on(0), on(5))], [BURDEN])["burden"][0].value == 1
    for found in followed_by_measure(alice, EVERYTHING, response_measures(alice)):
        assert all(one.new == () for one in found.changes)
        assert "Dark thoughts" not in repr(found)
    switch_on(alice)
    assert "Dark thoughts" in {one.name for one in charted_symptoms(alice)}
    assert burden(alice).values[on(0)] == 5
    assert means(alice, [Span(on(0), on(5))], [BURDEN])["burden"][0].value == 5
    found = what_followed(alice, EVERYTHING, BURDEN)
    assert found.changes[0].new == (NewSymptom("Dark thoughts", on(0), None),)
    assert found.changes[0].response.peak == 5


def test_the_switch_is_not_for_the_summary_nor_for_anybody_else(alice, bob, private):
    switch_on(alice)
    assert "Dark thoughts" not in {one.name for one in symptom_measures(alice)}
    make_symptom(bob, "Dark thoughts", builtin="suicidal-thoughts")
    assert charted_symptoms(bob) == []


def test_check_ins_never_make_a_value_of_it(alice, private):
    switch_on(alice)
    entry = make_entry(alice, on(-50))
    check_in = CheckIn.objects.create(entry=entry, time=dt.time(9))
    Reading.objects.create(check_in=check_in, symptom=private, severity=9)
    refresh_days(alice, [entry.pk])
    assert on(-50) not in burden(alice).values
