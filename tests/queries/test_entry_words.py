"""What else goes with an entry, and comes back with it."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.models import CheckIn, LifeEvent, Measure, Measurement, Reading
from journal.models.deleted import delete_with_undo, undo
from journal.models.derived import refresh_days
from journal.queries.entry_words import also_goes
from tests.conftest import make_entry, make_symptom


def clock(time):
    return f"{time:%H:%M}"


@pytest.fixture
def entry(alice):
    entry, zaps = make_entry(alice), make_symptom(alice)
    for hour in (21, 9):
        check_in = CheckIn.objects.create(entry=entry, time=dt.time(hour, 10), mood=4, note="so so")
        Reading.objects.create(check_in=check_in, symptom=zaps, severity=3)
    LifeEvent.objects.create(entry=entry, kind="illness", text="a cold")
    LifeEvent.objects.create(entry=entry, kind="travel")
    weight = Measure.objects.create(owner=alice, name="Weight", slug="weight", kind="amount", unit="kg")
    Measurement.objects.create(entry=entry, measure=weight, value=Decimal("70.500"))
    refresh_days(alice, [entry.pk])
    return entry


def test_check_ins_events_and_measurements_are_named(alice, entry):
    assert also_goes(alice, entry, clock) == [
        ("Check-ins", "2, at 09:10 and 21:10"),
        ("2 events", "Illness; Travel"),
        ("Weight", "70.5\u00a0kg"),
    ]


def test_many_check_ins_are_counted(alice, entry):
    CheckIn.objects.bulk_create(CheckIn(entry=entry, time=dt.time(12, minute)) for minute in range(9))
    assert also_goes(alice, entry, clock)[0] == ("Check-ins", "11, the first at 09:10")


def test_a_plain_entry_has_none_of_them(alice):
    assert also_goes(alice, make_entry(alice), clock) == []


def test_it_takes_three_queries(alice, entry, django_assert_num_queries):
    with django_assert_num_queries(3):
        also_goes(alice, entry, clock)


def test_all_of_it_goes_and_comes_back(alice, entry):
    def rows():
        models = (CheckIn, Reading, LifeEvent, Measurement)
        # (When a row was made is kept to the millisecond.)
        found = [list(model.objects.of(alice).order_by("pk").values()) for model in models]
        return [[{name: row[name] for name in row if name != "created"} for row in rows] for rows in found]

    before = rows()
    deleted = delete_with_undo(alice, entry, "Entry")
    assert not any(rows())
    assert undo(deleted) and rows() == before
