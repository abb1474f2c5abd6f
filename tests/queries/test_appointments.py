"""Which appointments are to come, what is offered for an agenda, and how long ago the last one was."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.models import Appointment, Question, Rating
from journal.queries.appointments import (
    agenda,
    last_seen,
    next_one,
    not_said_yet,
    one_before,
    past,
    rated_lately,
    soon,
    to_come,
)
from tests.conftest import TODAY, make_entry, make_symptom

pytestmark = pytest.mark.usefixtures("clock")


def visit(owner, days=0, kind="prescriber", **fields):
    return Appointment.objects.create(owner=owner, kind=kind, date=TODAY + dt.timedelta(days), **fields)


def test_it_works(alice, bob):
    late, early = visit(alice, 9), visit(alice, 2)
    before = visit(alice, -3)
    visit(bob, 1)
    assert list(to_come(alice, TODAY)) == [early, late]
    assert list(past(alice, TODAY)) == [before]


def test_one_of_today_is_to_come_until_it_is_said_how_it_went(alice):
    today = visit(alice, time=dt.time(8))
    assert list(to_come(alice, TODAY)) == [today]
    for held in (True, False):
        Appointment.objects.update(held=held)
        assert list(to_come(alice, TODAY)) == []
        assert list(past(alice, TODAY)) == [today]


def test_one_without_a_time_stands_first_on_its_day(alice):
    timed, whole = visit(alice, 1, time=dt.time(0, 1)), visit(alice, 1)
    assert list(to_come(alice, TODAY)) == [whole, timed]


@pytest.mark.parametrize(("days", "is_soon"), [(0, True), (14, True), (15, False)])
def test_soon_is_within_14_days(alice, days, is_soon):
    visit(alice, days)
    assert bool(soon(alice, TODAY, {})) is is_soon
    assert next_one(alice, TODAY, {}).days == days


def test_its_questions_are_those_for_that_person_and_for_anybody(alice):
    visit(alice, 1, "therapist")
    assert next_one(alice, TODAY, {"therapist": 2, "": 3, "prescriber": 50}).questions == 5


def test_seen_is_what_took_place_and_nothing_else(alice):
    visit(alice, -35, held=True)
    visit(alice, -20, held=False)
    visit(alice, -10)
    visit(alice, -3, "other", name="Maria", held=True)
    found = [(one.whom, one.days) for one in last_seen(alice, TODAY)]
    assert found == [("your prescriber", 35), ("Maria", 3)]


def test_the_latest_past_one_waits_for_a_word_and_older_ones_do_not(alice):
    visit(alice, -20)
    assert not_said_yet(alice, TODAY).date == TODAY - dt.timedelta(20)
    visit(alice, -2, "therapist", held=True)
    assert not_said_yet(alice, TODAY) is None


def test_since_the_last_one_counts_to_the_day_of_this_one(alice):
    visit(alice, -40, held=True)
    visit(alice, -4, "therapist", held=True)
    visit(alice, -2, held=None)
    assert one_before(alice, visit(alice, 5)).days == 45


def test_somebody_else_is_known_by_name(alice):
    visit(alice, -9, "other", name="Physio", held=True)
    assert one_before(alice, visit(alice, 5, "other", name="Dentist")) is None
    assert one_before(alice, visit(alice, 5, "other", name="Physio")).days == 14


def test_an_agenda_is_in_parts_and_numbered_through(alice, bob):
    for kind, whom in (
        ("request", "prescriber"),
        ("question", ""),
        ("question", "prescriber"),
        ("side-effect", ""),
        ("topic", ""),
    ):
        Question.objects.create(owner=alice, text=f"{kind} {whom}", kind=kind, whom=whom)
    Question.objects.create(owner=alice, text="hers", whom="therapist")
    Question.objects.create(owner=alice, text="asked", asked_on=TODAY)
    Question.objects.create(owner=bob, text="his")
    parts = agenda(alice, visit(alice, 1))
    assert [(part.title, len(part.questions), part.first) for part in parts] == [
        ("Questions", 2, 1),
        ("Side effects", 1, 3),
        ("Requests", 1, 4),
        ("To talk about", 1, 5),
    ]


# --- side effects -----------------------------------------------------------------------------------------------


def rate(owner, symptom, values):
    """``values`` by days ago."""
    for ago, value in values.items():
        date = TODAY - dt.timedelta(ago)
        entry = owner.entries.filter(date=date).first() or make_entry(owner, date)
        Rating.objects.create(entry=entry, symptom=symptom, severity=Decimal(str(value)))


def test_side_effects_and_what_is_new_are_offered_with_their_figures(alice):
    rate(alice, make_symptom(alice, "Nausea", kind="side_effect"), {0: 3, 5: "6.5", 27: 0})
    rate(alice, make_symptom(alice, "Zaps", kind="new"), {1: 8})
    make_entry(alice, TODAY - dt.timedelta(9))
    first, second = rated_lately(alice, TODAY, [])
    assert (first.name, first.fact) == ("Zaps", "rated on 1 of 5 days with an entry in the last 28, highest 8")
    assert (second.name, second.days, second.of, second.highest) == ("Nausea", 3, 5, Decimal("6.5"))


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ({"kind": "known"}, {0: 9}),
        ({"kind": ""}, {0: 9}),
        ({"kind": "new"}, {28: 9}),
        ({"kind": "new"}, {0: 0, 3: 0}),
        ({"kind": "new", "builtin": "suicidal-thoughts"}, {0: 9}),
        ({"kind": "side_effect", "builtin": "suicidal-thoughts"}, {0: 9}),
    ],
)
def test_what_is_not_offered(alice, fields, values):
    """Known before, not said, rated too long ago, never above 0; and thoughts of suicide, ever."""
    rate(alice, make_symptom(alice, "Something", **fields), values)
    assert rated_lately(alice, TODAY, []) == []


def test_what_is_on_the_agenda_is_not_offered_again(alice):
    rate(alice, make_symptom(alice, "Nausea", kind="new"), {0: 3})
    appointment = visit(alice, 1)
    [offered] = rated_lately(alice, TODAY, [])
    Question.objects.create(owner=alice, text=offered.question, kind="side-effect")
    assert rated_lately(alice, TODAY, agenda(alice, appointment)) == []
