"""Many symptoms from the database: their order, and weeks that equal those added up by hand."""

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.analysis.columns import added
from journal.analysis.series import Span
from journal.models import DailyEntry, Rating
from journal.queries.measures import charted_symptoms, daily_of
from journal.queries.overview import UnknownName
from journal.queries.period import Period
from journal.queries.rated import blocks_of, rated
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.pure.many import blocks_in

pytestmark = pytest.mark.usefixtures("clock")


def day(ago: int) -> dt.date:
    return TODAY - dt.timedelta(ago)


def ratings(owner, days: int, names=("A", "B", "C"), seed: int = 1) -> None:
    """Ratings over ``days`` with gaps; some the mean of three check-ins, whose thirds must stay exact."""
    chance = random.Random(seed)
    symptoms = [make_symptom(owner, name, builtin="", position=n) for n, name in enumerate(names)]
    entries = DailyEntry.objects.bulk_create([DailyEntry(owner=owner, date=day(n), mood=5) for n in range(days)])
    made = []
    for entry in entries:
        for symptom in symptoms:
            kind = chance.random()
            if kind < 0.2:
                continue
            total = Decimal(chance.randint(0, 300)) / 10
            if kind < 0.4:
                nearest = (total / 3).quantize(Decimal("0.1"))
                made.append(Rating(entry=entry, symptom=symptom, severity=nearest, total=total, readings=3,
                                   origin="check_ins"))  # fmt: skip
            else:
                made.append(Rating(entry=entry, symptom=symptom, severity=(total / 3).quantize(Decimal("0.1"))))
    Rating.objects.bulk_create(made)


@pytest.mark.parametrize(("anchor", "days"), [(0, 7), (3, 7), (40, 28), (-5, 7), (400, 84)])
def test_blocks_are_those_of_the_days_and_exact(alice, anchor, days):
    ratings(alice, 60)
    measures = charted_symptoms(alice)
    first, last = day(55), day(2)
    found = blocks_of(alice, first, last, measures, day(anchor), days)
    daily = daily_of(alice, first, last, measures)
    assert found == {m.key: blocks_in(daily[m.key].values, Span(first, last), day(anchor), days) for m in measures}
    assert any(isinstance(piece.total, Fraction) for pieces in found.values() for piece in pieces)


def test_the_days_and_the_weeks_give_the_same_levels(alice):
    ratings(alice, 430)
    medication = make_medication(alice)
    make_step(medication, day(500), 20, "start")
    make_step(medication, day(100), 10)
    short = rated(alice, Period(day(390), TODAY)).data
    long = rated(alice, Period(day(429), TODAY)).data
    assert not short.is_long and long.is_long
    assert all(one.values and not one.blocks for one in short.symptoms)
    assert all(one.blocks and not one.values for one in long.symptoms)
    assert [one.levels.now for one in short.symptoms] == [one.levels.now for one in long.symptoms]
    assert all(one.levels.before.days == 90 for one in short.symptoms)
    assert long.anchor == day(100)
    for one in long.symptoms:
        whole = one.levels.whole
        assert (added(b.total for b in one.blocks), sum(b.n for b in one.blocks)) == (
            whole.value * whole.n, whole.n
        )  # fmt: skip


def test_it_takes_as_many_queries_for_one_symptom_as_for_forty_and_for_a_year_as_for_three(alice, bob):
    ratings(alice, 30, ["A"])
    ratings(bob, 30, [f"S{n}" for n in range(40)])
    found = []
    for owner, first in ((alice, day(29)), (bob, day(29)), (bob, day(1000))):
        with CaptureQueriesContext(connection) as queries:
            rated(owner, Period(first, TODAY), size=8)
        found.append(len(queries))
    assert found == [7, 7, 7]


def test_in_order_of_change_and_those_that_cannot_be_compared_after_them(alice):
    medication = make_medication(alice)
    make_step(medication, day(120), 20, "start")
    make_step(medication, day(40), 10)
    rose, fell, late = (make_symptom(alice, name, builtin="") for name in ("Rose", "Fell", "Late"))
    make_symptom(alice, "Never", builtin="")
    for ago in range(80):
        new = {late: 9} if ago < 10 else {}
        make_entry(alice, day(ago), {rose: 3 if ago < 40 else 1, fell: 1 if ago < 40 else 3} | new)
    found = rated(alice, Period(day(89), TODAY))
    assert [one.name for one in found.data.symptoms] == ["Rose", "Fell", "Late"]
    assert [m.name for m in found.chosen] == ["Rose", "Fell", "Late"] and len(found.symptoms) == 4
    assert found.data.highest == 9 and found.data.since == "the first reduction"
    named = rated(alice, Period(day(89), TODAY), ["never", "late", "never"])
    assert [one.name for one in named.data.symptoms] == ["Late", "Never"]
    assert named.data.symptoms[0].levels.whole.value == Fraction(9)


def test_parts(alice):
    symptoms = [make_symptom(alice, f"S{n:02}", builtin="") for n in range(10)]
    make_entry(alice, TODAY, {symptom: 10 - n for n, symptom in enumerate(symptoms)})
    period = Period(day(9), TODAY)
    second = rated(alice, period, part=2, size=8).data
    assert [one.name for one in second.symptoms] == ["S08", "S09"]
    assert (second.part, second.parts, second.highest) == (2, 2, 10)
    assert rated(alice, period, part=99, size=8).data == second


def test_nothing_rated_gives_no_data_and_somebody_elses_symptom_is_unknown(alice, bob):
    make_symptom(bob, "His", builtin="")
    make_symptom(alice, "Hers", builtin="")
    assert rated(alice, Period(day(9), TODAY)).data is None
    assert rated(alice, Period(day(9), TODAY), [""]).data is None
    with pytest.raises(UnknownName):
        rated(alice, Period(day(9), TODAY), ["his"])
