"""What was deleted in the last 30 days, and putting it back whole."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core import serializers
from django.urls import reverse

from journal.models import (
    Activity,
    Appointment,
    DailyEntry,
    Deleted,
    DosePart,
    DoseStep,
    DoseTaken,
    Homework,
    LifeEvent,
    Medication,
    Practice,
    Question,
    Rating,
    Skill,
    Symptom,
    TaperPlan,
)
from journal.models.deleted import delete_with_undo, undo
from tests.conftest import NOON, TODAY, make_entry, make_medication, make_plan, make_step, make_symptom

LIST = "/entries/deleted/"
EVERYTHING = (
    *(Activity, Appointment, DailyEntry, DosePart, DoseStep, DoseTaken, Homework, LifeEvent, Medication, Practice),
    *(Question, Rating, Skill, Symptom, TaperPlan),
)

pytestmark = pytest.mark.usefixtures("clock")


def url(deleted):
    return reverse("undo", args=[deleted.pk])


def record():
    """Every row of the record, as it is stored."""
    return [json.loads(serializers.serialize("json", model.objects.order_by("pk"))) for model in EVERYTHING]


def whole_record(owner) -> dict:
    """Something of everything that can be deleted, by name."""
    medication = make_medication(owner, since=dt.date(2020, 2, 29))
    step = make_step(medication, dt.date(2026, 1, 1), "1.5", "start", note="سيرترالين 😀 <b>")
    DosePart.objects.create(step=step, day=1, when="morning", mg=Decimal("0.5"))
    DosePart.objects.create(step=step, day=1, when="night", mg=Decimal(1))
    make_step(medication, dt.date(2026, 2, 1), 1)
    DoseTaken.objects.create(medication=medication, date=TODAY, status="late", mg=1, time=dt.time(9, 30))
    symptom, other = make_symptom(owner), make_symptom(owner, "Worry", builtin="")
    entry = make_entry(owner, ratings={symptom: "4.3", other: 0}, mood=Decimal("6.7"), notes="a day")
    make_entry(owner, TODAY - dt.timedelta(1), ratings={symptom: 2})
    skill = Skill.objects.create(owner=owner, name="Walk", slug="walk")
    practice = Practice.objects.create(skill=skill, date=TODAY, time=dt.time(14, 20), before=7, after=4)
    event = LifeEvent.objects.create(entry=entry, kind="illness", text="a fever")
    plan = make_plan(medication, [(TODAY, 1)])
    visit = Appointment.objects.create(owner=owner, kind="prescriber", date=TODAY, held=True, agreed="Hold.", plan=plan)
    Homework.objects.create(owner=owner, text="A walk", given=visit)
    Activity.objects.create(owner=owner, text="A walk", practice=practice)
    asked = {"asked_on": TODAY, "appointment": visit, "answer": "It is."}
    question = Question.objects.create(owner=owner, text="Is liquid an option?", **asked)
    for source in ({"entry": entry}, {"practice": practice}, {"event": event}):
        Question.objects.create(owner=owner, text="Why?", **source)
    return {
        "appointment": visit,
        "medication": medication,
        "step": step,
        "symptom": symptom,
        "entry": entry,
        "skill": skill,
        "practice": practice,
        "question": question,
    }


def test_it_works(as_alice, alice):
    deleted = delete_with_undo(alice, make_entry(alice), "Entry for 22 November")
    text = as_alice.get(LIST).content.decode()
    assert "Entry for 22 November" in text
    assert "kept until" in text
    assert "22\u00a0December" in text
    assert url(deleted) in text

    response = as_alice.post(url(deleted), follow=True)
    assert response.redirect_chain == [(reverse("entries"), 302)]
    assert "Entry for 22 November: put back as it was." in response.content.decode()
    assert not Deleted.objects.exists()


def test_an_empty_list_says_so(as_alice):
    assert "Nothing was deleted in the last 30 days." in as_alice.get(LIST).content.decode()


@pytest.mark.parametrize(
    "name", ["medication", "step", "symptom", "entry", "skill", "practice", "question", "appointment"]
)
def test_everything_comes_back_exactly_as_it_was(alice, clock, name):
    thing = whole_record(alice)[name]
    before = record()
    clock.move_to(NOON + dt.timedelta(days=3))  # nothing may be stamped with the day of the undo
    deleted = delete_with_undo(alice, thing, name)
    assert record() != before
    assert undo(deleted)
    assert record() == before


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("medication", "medications"),
        ("symptom", "symptoms"),
        ("entry", "entries"),
        ("skill", "coping"),
        ("practice", "coping"),
        ("question", "care"),
        ("appointment", "appointments"),
    ],
)
def test_undo_leads_to_where_the_thing_is(as_alice, alice, name, page):
    deleted = delete_with_undo(alice, whole_record(alice)[name], name)
    assert as_alice.post(url(deleted)).url == reverse(page)


def test_undo_of_a_step_leads_to_its_medication(as_alice, alice):
    step = whole_record(alice)["step"]
    deleted = delete_with_undo(alice, step, "step")
    assert as_alice.post(url(deleted)).url == reverse("medication", args=[step.medication_id])


def test_what_stands_beside_it_is_left_alone(alice):
    kept = whole_record(alice)
    delete_with_undo(alice, kept["step"], "step")
    assert DoseStep.objects.count() == 1
    assert DosePart.objects.count() == 0
    assert DoseTaken.objects.count() == 1
    assert Rating.objects.count() == 3


def test_a_new_entry_in_its_place_stays(as_alice, alice):
    deleted = delete_with_undo(alice, make_entry(alice, notes="old"), "Entry for 22 November")
    make_entry(alice, notes="new")
    before = record()
    response = as_alice.post(url(deleted))
    assert response.status_code == 409
    assert "“Entry for 22 November” cannot be put back as things are." in response.content.decode()
    assert record() == before
    assert Deleted.objects.count() == 1


def test_a_new_step_on_its_day_stays(alice):
    medication = make_medication(alice)
    step = make_step(medication, TODAY, 10, "start")
    DosePart.objects.create(step=step, day=1, mg=10)
    deleted = delete_with_undo(alice, step, "step")
    make_step(medication, TODAY, 20, "start")
    assert not undo(deleted)
    assert [step.mg for step in DoseStep.objects.all()] == [20]
    assert not DosePart.objects.exists()


def test_once_the_new_one_is_gone_the_old_one_can_come_back(as_alice, alice):
    deleted = delete_with_undo(alice, make_entry(alice, notes="old"), "Entry")
    make_entry(alice, notes="new").delete()
    assert as_alice.post(url(deleted)).status_code == 302
    assert DailyEntry.objects.get().notes == "old"


@pytest.mark.django_db(transaction=True)
def test_a_step_does_not_come_back_without_its_medication(as_alice, alice):
    medication = make_medication(alice)
    step = delete_with_undo(alice, make_step(medication, TODAY, 10), "step")
    whole = delete_with_undo(alice, medication, "medication")
    assert as_alice.post(url(step)).status_code == 409
    assert not DoseStep.objects.exists()

    assert as_alice.post(url(whole)).status_code == 302
    assert as_alice.post(url(step)).status_code == 302
    assert DoseStep.objects.count() == 1


def test_a_second_undo_finds_nothing(as_alice, alice):
    deleted = delete_with_undo(alice, make_entry(alice), "Entry")
    address = url(deleted)
    assert as_alice.post(address).status_code == 302
    assert as_alice.post(address).status_code == 404
    assert DailyEntry.objects.count() == 1


@pytest.mark.parametrize(("days", "there"), [(0, True), (29, True), (30, True), (31, False)])
def test_it_can_be_undone_for_30_days(as_alice, alice, clock, days, there):
    deleted = delete_with_undo(alice, make_entry(alice), "Entry of old")
    clock.move_to(NOON + dt.timedelta(days=days))
    as_alice.force_login(alice)
    assert ("Entry of old" in as_alice.get(LIST).content.decode()) is there
    assert as_alice.post(url(deleted)).status_code == (302 if there else 404)
    assert DailyEntry.objects.count() == there


def test_after_30_days_anybodys_next_deletion_throws_it_away(alice, bob, clock):
    delete_with_undo(alice, make_entry(alice), "hers, old")
    delete_with_undo(bob, make_entry(bob), "his, old")
    clock.move_to(NOON + dt.timedelta(days=31))
    delete_with_undo(alice, make_entry(alice), "hers, new")
    assert {row.label for row in Deleted.objects.all()} == {"hers, new"}


def test_somebody_elses_is_not_there(as_bob, client, alice):
    deleted = delete_with_undo(alice, make_entry(alice), "Entry of Alice")
    assert as_bob.post(url(deleted)).status_code == 404
    assert "Entry of Alice" not in as_bob.get(LIST).content.decode()
    assert client.post(url(deleted)).status_code == 302
    assert client.get(LIST).status_code == 302
    assert not DailyEntry.objects.exists()


def test_undo_is_never_a_get(as_alice, alice):
    deleted = delete_with_undo(alice, make_entry(alice), "Entry")
    assert as_alice.get(url(deleted)).status_code == 405
    assert not DailyEntry.objects.exists()


def test_a_long_label_is_cut_and_an_odd_one_is_only_text(as_alice, alice):
    delete_with_undo(alice, make_entry(alice), "<script>alert(1)</script>" + "x" * 300)
    text = as_alice.get(LIST).content.decode()
    assert "<script>alert" not in text
    assert len(Deleted.objects.get().label) == 200


def test_a_long_history_comes_back_whole(alice):
    medication = make_medication(alice)
    days = [TODAY - dt.timedelta(number) for number in range(1000)]
    DoseTaken.objects.bulk_create(
        DoseTaken(medication=medication, date=day, status="planned", mg=Decimal("0.037")) for day in days
    )
    deleted = delete_with_undo(alice, medication, "medication")
    assert DoseTaken.objects.count() == 0
    assert undo(deleted)
    assert DoseTaken.objects.filter(mg=Decimal("0.037")).count() == 1000


def test_query_counts_do_not_grow(as_alice, alice, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    delete_with_undo(alice, make_entry(alice), "Entry")
    with CaptureQueriesContext(connection) as few:
        as_alice.get(LIST)
    for _ in range(50):
        delete_with_undo(alice, make_entry(alice), "Entry")
    with django_assert_num_queries(len(few)):
        as_alice.get(LIST)


def test_a_second_press_finds_nothing_and_spoils_nothing(alice):
    """Both requests had the row in hand before either deleted it."""
    medication = make_medication(alice)
    make_step(medication, TODAY, 20, "start")
    first, second = (Medication.objects.get(pk=medication.pk) for _ in range(2))
    kept = delete_with_undo(alice, first, "Venlafaxine")
    assert delete_with_undo(alice, second, "Venlafaxine") is None
    assert undo(kept)
    assert DoseStep.objects.of(alice).count() == 1


def test_a_symptom_comes_back_though_one_of_its_days_has_gone(alice):
    zaps = make_symptom(alice)
    days = [TODAY - dt.timedelta(n) for n in range(3)]
    entries = [make_entry(alice, day, {zaps: 3}, mood=5) for day in days]
    kept = delete_with_undo(alice, zaps, "Brain zaps")
    entries[0].delete()
    entries[1].delete()
    make_entry(alice, days[1], mood=9)
    assert undo(kept)
    assert [(rating.entry.date, rating.entry.mood) for rating in Rating.objects.order_by("entry__date")] == [
        (days[2], 5),
        (days[1], 9),
        (days[0], None),
    ]


def test_an_entry_of_nothing_but_a_deleted_symptom_is_no_entry(as_alice, alice):
    zaps, ache = make_symptom(alice), make_symptom(alice, "Headache", builtin="headache")
    make_entry(alice, TODAY, {zaps: 3})
    make_entry(alice, TODAY - dt.timedelta(1), {zaps: 3, ache: 1})
    make_entry(alice, TODAY - dt.timedelta(2), {zaps: 3}, notes="x")
    as_alice.post(f"/symptoms/{zaps.pk}/delete/")
    assert [entry.date for entry in DailyEntry.objects.order_by("-date")] == [
        TODAY - dt.timedelta(1),
        TODAY - dt.timedelta(2),
    ]
    make_entry(alice, TODAY, mood=2)
    assert undo(Deleted.objects.get())
    assert Rating.objects.filter(symptom__name="Brain zaps").count() == 3
    assert DailyEntry.objects.get(date=TODAY).mood == 2


@pytest.mark.parametrize("source", ["practice", "event", "entry", "appointment"])
def test_a_question_comes_back_without_a_source_that_has_gone(alice, source):
    """Its words are the person's: they are not refused because what they came from is no more."""
    kept = whole_record(alice)
    mine = Question.objects.of(alice).exclude(**{source: None}).get()
    deleted = delete_with_undo(alice, mine, "question")
    if source == "event":
        LifeEvent.objects.of(alice).delete()
    else:
        delete_with_undo(alice, kept[source], source)
    assert undo(deleted)
    back = Question.objects.of(alice).get(pk=mine.pk)
    assert (back.text, getattr(back, source)) == (mine.text, None)


def test_a_link_that_was_made_anew_meanwhile_stays(alice):
    kept = whole_record(alice)
    deleted = delete_with_undo(alice, kept["appointment"], "visit")
    other = Appointment.objects.create(owner=alice, kind="therapist", date=TODAY)
    Question.objects.filter(pk=kept["question"].pk).update(appointment=other)
    assert undo(deleted)
    kept["question"].refresh_from_db()
    assert kept["question"].appointment == other


def test_what_was_deleted_by_an_earlier_version_gives_its_question_its_note_back(alice):
    entry = make_entry(alice, notes="Why?")
    question = Question.objects.create(owner=alice, text="Why?", entry=entry)
    deleted = delete_with_undo(alice, entry, "the day")
    rows = json.loads(deleted.rows)
    del rows[0]["links"]
    rows[0]["questions"] = [question.pk]
    deleted.rows = json.dumps(rows)
    deleted.save()
    assert undo(deleted)
    question.refresh_from_db()
    assert question.entry.notes == "Why?"
