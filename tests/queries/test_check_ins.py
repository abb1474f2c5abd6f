"""After any sequence of saving, changing, deleting and undoing, what is derived is what a recomputation gives."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.models import CheckIn, DailyEntry, Deleted, Rating, Reading, Symptom
from journal.models.deleted import delete_with_undo, undo
from journal.models.derived import refresh_days
from journal.queries.check_ins import (
    Said,
    asked_on,
    change_check_in,
    check_ins_of,
    delete_check_in,
    last_of,
    save_check_in,
)
from journal.queries.symptoms import delete_symptom
from tests.conftest import TODAY, make_entry, make_symptom, person

pytestmark = pytest.mark.usefixtures("clock")

NUMBERS = count()
tenths = st.integers(0, 100).map(lambda number: Decimal(number) / 10)
days = st.integers(0, 1).map(lambda number: TODAY - dt.timedelta(number))
which = st.integers(0, 20)
said = st.builds(
    lambda hour, mood, first, second, note: (dt.time(hour), mood, (first, second), note),
    st.integers(0, 3),
    st.none() | tenths,
    st.none() | tenths,
    st.none() | tenths,
    st.sampled_from(["", "x"]),
)
acts = st.one_of(
    st.tuples(st.just("save"), days, said),
    st.tuples(st.just("save"), days, said),
    st.tuples(st.just("change"), which, said),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("own"), days, st.integers(0, 1), tenths),
    st.tuples(st.just("delete day"), days),
    st.tuples(st.just("delete symptom"), which),
    st.tuples(st.just("undo"), which),
    st.tuples(st.just("undo"), which),
)


def words(owner, what) -> Said:
    time, mood, severities, note = what
    symptoms = Symptom.objects.of(owner).order_by("name")
    readings = {symptom.pk: severity for symptom, severity in zip(symptoms, severities, strict=False)}
    return Said(time, mood, readings, note)


def chosen(rows, number):
    rows = list(rows)
    return rows[number % len(rows)] if rows else None


def act(owner, what, *more):
    if what == "save":
        day, form = more[0], words(owner, more[1])
        if not form.is_empty:
            save_check_in(owner, day, form)
    elif what == "change":
        check_in, form = chosen(CheckIn.objects.of(owner), more[0]), words(owner, more[1])
        if check_in and not form.is_empty:
            change_check_in(owner, check_in, form)
    elif what == "delete":
        check_in = chosen(CheckIn.objects.of(owner), more[0])
        if check_in:
            delete_check_in(owner, check_in)
    elif what == "own":
        symptom = chosen(Symptom.objects.of(owner), more[1])
        if symptom:
            entry, _ = DailyEntry.objects.get_or_create(owner=owner, date=more[0])
            origin = {"severity": more[2], "origin": "own", "total": None, "readings": 0}
            Rating.objects.update_or_create(entry=entry, symptom=symptom, defaults=origin)
    elif what == "delete day":
        entry = DailyEntry.objects.of(owner).filter(date=more[0]).first()
        if entry:
            delete_with_undo(owner, entry, "day")
    elif what == "delete symptom":
        symptom = chosen(Symptom.objects.of(owner), more[0])
        if symptom:
            delete_symptom(symptom)
    else:
        deleted = chosen(Deleted.objects.of(owner), more[0])
        if deleted:
            undo(deleted)


def derived(owner):
    return (
        sorted(
            Rating.objects.of(owner)
            .filter(origin="check_ins")
            .values_list("entry__date", "symptom", "severity", "total", "readings")
        ),
        sorted(DailyEntry.objects.of(owner).values_list("date", "timed_mood", "timed_moods")),
    )


def recomputed(owner):
    """The same from scratch, by plain sums."""
    own = set(Rating.objects.of(owner).exclude(origin="check_ins").values_list("entry__date", "symptom"))
    found = defaultdict(list)
    for day, symptom, severity in Reading.objects.of(owner).values_list("check_in__entry__date", "symptom", "severity"):
        found[day, symptom].append(severity)
    ratings = []
    for (day, symptom), values in found.items():
        if (day, symptom) not in own:
            mean = Fraction(sum(values)) / len(values)
            nearest = Decimal(int(mean * 10 + Fraction(1, 2))) / 10
            ratings.append((day, symptom, nearest, sum(values), len(values)))
    moods = defaultdict(list)
    for day, mood in CheckIn.objects.of(owner).filter(mood__isnull=False).values_list("entry__date", "mood"):
        moods[day].append(mood)
    entries = [
        (day, sum(moods[day]) if moods[day] else None, len(moods[day]))
        for day in DailyEntry.objects.of(owner).values_list("date", flat=True)
    ]
    return sorted(ratings), sorted(entries)


@given(st.lists(acts, max_size=12))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_derived_is_what_the_check_ins_say(db, clock, whatever):
    owner = person(f"carol{next(NUMBERS)}")
    for place, name in enumerate(("Ache", "Buzz")):
        make_symptom(owner, name, builtin="", position=place)
    for one in whatever:
        act(owner, *one)
        assert derived(owner) == recomputed(owner), one
        assert not CheckIn.objects.of(owner).filter(mood=None, note="", readings=None).exists(), one
        assert not DailyEntry.objects.of(owner).filter(mood=None, ratings=None, check_ins=None).exists(), one
    User.objects.filter(pk=owner.pk).delete()


def test_refreshing_what_is_fresh_changes_nothing(alice):
    zaps = make_symptom(alice)
    save_check_in(alice, TODAY, Said(dt.time(10), Decimal("3.3"), {zaps.pk: Decimal("6.7")}))
    before = derived(alice)
    refresh_days(alice, [DailyEntry.objects.get().pk])
    assert derived(alice) == before


def test_it_is_only_ones_own(alice, bob):
    save_check_in(alice, TODAY, Said(dt.time(10), Decimal(3)))
    assert check_ins_of(bob, TODAY) == [] and last_of(bob, TODAY) is None
    assert asked_on(bob, TODAY).mood is None


@pytest.mark.parametrize("n", [1, 30])
def test_a_day_costs_the_same_however_much_was_said(alice, n):
    symptoms = [make_symptom(alice, f"S{number}", builtin="") for number in range(n)]
    for number in range(n):
        readings = {symptom.pk: Decimal(4) for symptom in symptoms}
        save_check_in(alice, TODAY, Said(dt.time(10, number), Decimal(3), readings, "x"))
    with CaptureQueriesContext(connection) as queries:
        assert len(check_ins_of(alice, TODAY)) == n
    assert len(queries) == 3
    with CaptureQueriesContext(connection) as queries:
        save_check_in(alice, TODAY, Said(dt.time(11), Decimal(3), {one.pk: Decimal(4) for one in symptoms}))
    assert len(queries) <= 17, [query["sql"][:90] for query in queries]


def test_the_order_is_that_of_the_clock_and_of_the_person(alice):
    second, first = make_symptom(alice, "B", builtin="", position=2), make_symptom(alice, "A", builtin="", position=1)
    readings = {second.pk: Decimal(1), first.pk: Decimal(2)}
    save_check_in(alice, TODAY, Said(dt.time(10), Decimal(3), readings))
    save_check_in(alice, TODAY, Said(dt.time(9), None, readings))
    early, late = check_ins_of(alice, TODAY)
    assert [value.name for value in late.values] == ["Mood", "A", "B"]
    assert [value.words for value in early.values] == ["mild 2", "mild 1"]
    assert last_of(alice, TODAY) == late


def test_an_entry_of_its_own_is_not_touched(alice):
    entry = make_entry(alice, TODAY, notes="x")
    before = entry.updated
    save_check_in(alice, TODAY, Said(dt.time(10), Decimal(3)))
    entry.refresh_from_db()
    assert entry.updated == before
