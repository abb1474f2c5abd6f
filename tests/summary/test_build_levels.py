"""How it was: means by block, what rose most, strips, what never was, worst days, short nights, other substances."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.analysis.series import LONG_PERIOD, Span, calendar_weeks
from journal.models import CheckIn, DailyEntry, LifeEvent, Measurement, Profile, Rating, Reading
from journal.models.derived import refresh_days
from journal.queries.measures import MOOD
from journal.queries.overview import weekly_strips
from journal.queries.period import Period
from journal.queries.tracked import add_measure, measures_of, rows_for
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.summary.records import LENGTHS, READERS, ago, large, last_days, rate, summary_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def taper(alice):
    """20 mg, from 60 days ago on 15, from 30 days ago on 10."""
    medication = make_medication(alice)
    make_step(medication, ago(300), 20, "start")
    make_step(medication, ago(60), 15)
    make_step(medication, ago(30), 10)
    return medication


def test_each_block_has_its_own_mean(alice, taper):
    rate(alice, make_symptom(alice), 89, [1] * 30 + [2] * 30 + [4, 5] * 15, mood=6)
    made = summary_of(alice, last_days(90))
    assert [(one.kind, one.span.first, one.span.last) for one in made.blocks] == [
        ("before", ago(89), ago(61)),
        ("during", ago(60), ago(31)),
        ("since", ago(30), TODAY),
    ]
    (level,) = made.symptoms
    # 29 days of 1. A day of 1 and 29 of 2. A day of 2, then 15 of 4 and 15 of 5.
    assert [(mean.value, mean.n) for mean in level.means] == [(1, 29), (Fraction(59, 30), 30), (Fraction(137, 31), 31)]
    assert level.change == Fraction(137, 31) - 1
    assert [(one.key, any(one.means)) for one in made.wellbeing] == [
        ("mood", True),
        ("energy", False),
        ("sleep_hours", False),
        ("sleep_quality", False),
        ("function", False),
    ]


def test_a_change_needs_seven_values_in_the_first_and_the_last_block(alice, taper):
    zaps, ache = make_symptom(alice), make_symptom(alice, "Headache", builtin="headache")
    rate(alice, zaps, 89, [1] * 7 + [None] * 76 + [4] * 7)
    rate(alice, ache, 89, [1] * 6 + [None] * 76 + [4] * 8)
    levels = {one.name: one.change for one in summary_of(alice, last_days(90)).symptoms}
    assert levels == {"Brain zaps": 3, "Headache": None}


def test_before_the_taper_is_told_though_the_period_begins_later(alice, taper):
    rate(alice, make_symptom(alice), 89, [1] * 30 + [2] * 30 + [4] * 30)
    made = summary_of(alice, last_days(20))
    assert [(one.kind, one.span.first) for one in made.blocks] == [("before", ago(89)), ("since", ago(19))]
    assert (made.measures[0].before.value, made.measures[0].recent.value) == (1, 4)
    assert (made.symptoms[0].change, made.compared.before) == (3, Span(ago(89), ago(61)))
    assert set(made.strips["brain-zaps"].values) == {ago(days) for days in range(20)}


def test_the_three_that_rose_most_stand_first_then_the_others_by_change(alice, taper):
    changes = {"Nausea": 1, "Worry": 3, "Headache": -1, "Fatigue": 2, "Dizziness": 0, "Sweating": 0.5}
    for name, change in changes.items():
        rate(alice, make_symptom(alice, name, builtin=""), 89, [2] * 30 + [2 + change] * 60)
    made = summary_of(alice, last_days(90))
    assert [one.measure.name for one in made.measures] == ["Worry", "Fatigue", "Nausea"]
    assert [one.name for one in made.symptoms] == ["Worry", "Fatigue", "Nausea", "Sweating", "Dizziness", "Headache"]
    # The highest of three and of the next two; nobody wrote down a mood.
    assert [(one.name, one.value) for one in made.worst] == [
        ("Worry", 5),
        ("Fatigue", 4),
        ("Nausea", 3),
        ("Sweating", Fraction(5, 2)),
        ("Dizziness", 2),
    ]


def test_the_worst_day_is_the_first_of_equals_and_mood_is_worst_where_it_is_lowest(alice):
    zaps, ache = make_symptom(alice), make_symptom(alice, "Headache", builtin="headache")
    for days, severity, mood in ((5, 3, 6), (4, 7, 2), (3, 7, 2), (2, 1, 9)):
        make_entry(alice, ago(days), {zaps: severity, ache: 0}, mood=mood)
    found = [(one.name, one.value, one.day) for one in summary_of(alice).worst]
    assert found == [("Brain zaps", 7, ago(4)), ("Mood", 2, ago(4))]  # a worst day of 0 is none


@pytest.mark.parametrize(
    ("values", "is_never"),
    [
        ([0] * 14, True),
        ([0] * 13, False),
        ([0.9] * 14, True),
        ([0] * 13 + [1], False),
        ([0] * 20 + [6], False),
    ],
)
def test_never_is_two_weeks_of_days_without_a_1(alice, values, is_never):
    rate(alice, make_symptom(alice), 30, values)
    assert summary_of(alice).never == (("Brain zaps",) if is_never else ())


def test_never_takes_the_mean_of_check_ins_as_it_is(alice):
    """Two check-ins of 1.0 and 0.9 are 0.95, kept as 1.0 of a day: under 1 all the same."""
    zaps = make_symptom(alice)
    rate(alice, zaps, 30, [0] * 14)
    entry = make_entry(alice, TODAY)
    for hour, severity in ((8, "1.0"), (20, "0.9")):
        check_in = CheckIn.objects.create(entry=entry, time=f"{hour:02}:00", mood=5)
        Reading.objects.create(check_in=check_in, symptom=zaps, severity=Decimal(severity))
    refresh_days(alice, [entry.pk])
    assert Rating.objects.get(entry=entry).severity == 1
    assert summary_of(alice).never == ("Brain zaps",)


@pytest.mark.parametrize(("highest", "top"), [(3, 3), (3.1, None)])
def test_burden_is_drawn_to_3_unless_a_day_is_higher(alice, highest, top):
    zaps = make_symptom(alice)
    rate(alice, zaps, 20, [1, 2, highest])
    made = summary_of(alice)
    strip = made.strips["burden"]
    assert (strip.top, strip.note, made.burden_of, strip.name) == (top, "mean of 1", 1, "Burden")
    assert summary_of(alice, Period(ago(20), ago(19))).strips["burden"].top == 3


def test_a_strip_of_what_has_a_value_and_of_nothing_else(alice):
    make_entry(alice, ago(3), mood=4, sleep_quality=7)
    assert list(summary_of(alice).strips) == ["mood", "sleep_quality"]
    assert summary_of(alice, last_days(2)).strips == {}


def test_over_400_days_strips_come_as_weeks_as_in_trends(alice):
    large(alice, LONG_PERIOD + 50, symptoms=2)
    made = summary_of(alice, Period(ago(LONG_PERIOD + 40), TODAY))
    assert all(strip.values == {} and strip.weeks for strip in made.strips.values())
    (strip,) = weekly_strips(alice, Period(made.first, made.last), [MOOD], made.compared)
    assert made.strips["mood"] == strip
    burdens = {
        day: sum(Fraction(rating.severity) for rating in ratings) / len(ratings)
        for day in (entry.date for entry in DailyEntry.objects.of(alice))
        if (ratings := list(Rating.objects.of(alice).filter(entry__date=day)))
    }
    assert made.strips["burden"].weeks == tuple(calendar_weeks(burdens, Span(made.first, made.last)))


@pytest.mark.parametrize("on", [False, True])
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("reader", READERS)
def test_ratings_of_suicidal_thoughts_are_in_nothing(alice, taper, reader, length, on):
    Profile.objects.of(alice).update(charts_private=on)
    alice.refresh_from_db()
    zaps = make_symptom(alice)
    dark = make_symptom(alice, "Marked thoughts", builtin="suicidal-thoughts")
    rate(alice, zaps, 89, [1] * 90)
    rate(alice, dark, 89, [0] * 60 + [9] * 30)
    LifeEvent.objects.create(entry=DailyEntry.objects.of(alice).last(), kind="harming-someone", text="Marked words")
    LifeEvent.objects.create(entry=DailyEntry.objects.of(alice).last(), kind="travel", text="Marked words")
    made = summary_of(alice, last_days(90), reader=reader, length=length)
    assert "Marked" not in repr(made) and "harming" not in repr(made)
    assert [one.name for one in made.events] == ["Travel"]
    assert set(made.strips["burden"].values.values()) == {1}
    assert (made.burden_of, made.strips["burden"].before.value, made.strips["burden"].now.value) == (1, 1, 1)
    if length != "brief":
        assert ([one.name for one in made.rated.symptoms], made.rated.highest) == (["Brain zaps"], 1)


def test_short_nights_now_and_before_the_taper(alice, taper):
    for days, hours in ((80, 4.9), (70, 5), (61, 7), (60, 3), (28, 2), (27, 4), (5, 4.5), (1, 8)):
        make_entry(alice, ago(days), sleep_hours=Decimal(str(hours)))
    sleep = summary_of(alice, last_days(90)).sleep
    assert (sleep.short, sleep.nights, sleep.short_before, sleep.nights_before) == (
        3,
        4,
        1,
        3,
    )  # now: since the change 30 days ago


def test_nights_without_hours_say_nothing(alice, taper):
    make_entry(alice, ago(80), sleep_quality=4)
    made = summary_of(alice, last_days(90))
    assert (made.sleep, made.sleep_nights) == (None, 1)


def test_alcohol_and_caffeine_of_the_days_recorded(alice):
    rows = rows_for(alice, [one for one in measures_of(alice) if one.slug in ("alcohol", "caffeine", "exercise")])
    weight = add_measure(alice, "Weight", kind="amount", unit="kg")
    for days, drinks in ((4, 0), (3, 2), (2, 3), (40, 9)):
        entry = make_entry(alice, ago(days))
        Measurement.objects.create(entry=entry, measure=rows["alcohol"], value=drinks)
        Measurement.objects.create(entry=entry, measure=rows["exercise"], value=30)
        Measurement.objects.create(entry=entry, measure=weight, value=70)
    (alcohol,) = summary_of(alice, last_days(30)).substances
    assert (alcohol.name, alcohol.unit, alcohol.n, alcohol.used) == ("Alcohol", "drinks", 3, 2)
    assert (alcohol.mean.value, alcohol.mean.n) == (Fraction(5, 3), 3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ratings=st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=60),
    days=st.integers(1, 80),
    cuts=st.lists(st.integers(1, 70), max_size=4, unique=True),
)
def test_levels_are_the_means_of_the_days_whatever_the_record(alice, ratings, days, cuts):
    alice.medications.all().delete()
    alice.symptoms.all().delete()
    DailyEntry.objects.of(alice).delete()
    medication = make_medication(alice)
    for number, cut in enumerate(sorted({75, *cuts}, reverse=True)):
        make_step(medication, ago(cut), 20 - number, "reduction" if number else "start")
    rate(alice, make_symptom(alice), 70, [None if one is None else Decimal(one) / 10 for one in ratings])
    made = summary_of(alice, last_days(days))
    values = {ago(70 - number): Fraction(one, 10) for number, one in enumerate(ratings) if one is not None}
    for place, block in enumerate(made.blocks):
        inside = [value for day, value in values.items() if day in block.span]
        for level in made.symptoms:
            mean = level.means[place]
            assert (mean.value, mean.n) == (sum(inside) / len(inside), len(inside)) if inside else mean is None
    assert made.blocks[-1].span.last == TODAY
    shown = {day: value for day, value in values.items() if day >= made.first}
    assert bool(made.symptoms) >= bool(shown)
    assert dict(made.strips["brain-zaps"].values if shown else {}) == shown
