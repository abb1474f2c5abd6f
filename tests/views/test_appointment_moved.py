"""An appointment that is moved, told on two pages, or deleted while its page is open; and questions on two agendas."""

import datetime as dt
import html
import re

import icalendar
import pytest

from journal.access import own_appointment
from journal.models import Appointment, Deleted, Question
from journal.models.deleted import delete_with_undo, undo
from journal.queries.appointments import After, plans_to_link, save_after
from journal.queries.calendar import make_feed, set_options, token_of
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
DAY = dt.timedelta(1)


@pytest.fixture
def mine(alice):
    return visit(alice, -3, held=True)


def visit(owner, days=0, kind="prescriber", **fields):
    return Appointment.objects.create(owner=owner, kind=kind, date=TODAY + dt.timedelta(days), **fields)


def ask(owner, text="Why?", **fields):
    return Question.objects.create(owner=owner, text=text, **fields)


def of(appointment, end=""):
    return f"/care/appointments/{appointment.pk}/{end}"


def words(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def shown(response) -> str:
    """What the page says that it showed."""
    return html.unescape(re.search(r'name="shown"\s+value="([^"]*)"', response.content.decode())[1])


# --- moved --------------------------------------------------------------------------------------------------------


def test_it_works_one_that_took_place_moves_with_what_was_asked_there(as_alice, alice, mine):
    there, elsewhere = ask(alice, asked_on=mine.date, appointment=mine), ask(alice, asked_on=mine.date)
    assert as_alice.post(of(mine, "edit/"), {"date": "2026-11-10"}).status_code == 302
    there.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (there.asked_on, elsewhere.asked_on) == (dt.date(2026, 11, 10), mine.date)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"date": "2026-12-24"}, "Choose today or a day before."),
        ({"date": "2026-11-23"}, "Choose today or a day before."),
        ({"date": "2026-11-22", "time": "23:00"}, "You noted that it took place. It is 12:00 now."),
    ],
)
def test_one_that_took_place_is_not_to_come(as_alice, mine, sent, sentence):
    response = as_alice.post(of(mine, "edit/"), sent)
    assert response.status_code == 422
    assert sentence in words(response)
    was = mine.date
    mine.refresh_from_db()
    assert mine.date == was


@pytest.mark.parametrize("held", [None, False])
def test_any_other_can_be_moved_anywhere(as_alice, alice, held):
    mine = visit(alice, -3, held=held)
    assert as_alice.post(of(mine, "edit/"), {"date": "2026-12-24", "time": "23:00"}).status_code == 302


@pytest.mark.parametrize(("time", "status"), [("23:00", 422), ("12:01", 422), ("12:00", 302), (None, 302)])
def test_today_at_eleven_at_night_did_not_take_place_by_noon(as_alice, alice, time, status):
    mine = visit(alice, time=time)
    assert as_alice.post(of(mine, "after/"), {"held": "yes"}).status_code == status
    assert as_alice.post(of(mine, "after/"), {"held": "no"}).status_code == 302


def event_of(client, feed, mine):
    response = client.get(f"/calendar/{token_of(feed)}.ics")
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return next(event for event in found if str(event["uid"]).startswith(f"appointment-{mine.pk}@"))


def test_a_calendar_program_is_told_that_it_moved(as_alice, alice, clock):
    mine, feed = visit(alice, 5, time="10:00"), make_feed(alice)
    set_options(feed, None, False, True)
    before = event_of(as_alice, feed, mine)
    clock.shift(dt.timedelta(hours=1))
    assert event_of(as_alice, feed, mine).to_ical() == before.to_ical()  # nothing changed: the same bytes
    as_alice.post(of(mine, "edit/"), {"time": "11:00"})
    after = event_of(as_alice, feed, mine)
    for name in ("dtstamp", "last-modified"):
        assert after[name].dt - before[name].dt == dt.timedelta(hours=1)


def test_one_deleted_before_it_knew_when_it_was_changed_comes_back(alice, mine):
    kept = delete_with_undo(alice, mine, "visit")
    Deleted.objects.update(rows=re.sub(r'"updated": "[^"]*"', '"x": 1', kept.rows).replace(', "x": 1', ""))
    kept.refresh_from_db()
    assert "updated" not in kept.rows
    assert undo(kept)
    mine.refresh_from_db()
    assert mine.updated == mine.created


# --- two pages ----------------------------------------------------------------------------------------------------


def test_what_a_page_does_not_send_stays_as_it_is(as_alice, alice):
    plan = make_plan(make_medication(alice), [(TODAY, 10)])
    mine = visit(alice, -3, held=True, notes="long notes", agreed="Hold.", plan=plan)
    for sent in ({}, {"held": "yes"}):
        assert as_alice.post(of(mine, "after/"), sent).status_code == 302
        mine.refresh_from_db()
        assert (mine.held, mine.notes, mine.agreed, mine.plan) == (True, "long notes", "Hold.", plan)
    as_alice.post(of(mine, "after/"), {"notes": "", "plan": ""})
    mine.refresh_from_db()
    assert (mine.notes, mine.agreed, mine.plan) == ("", "Hold.", None)


def test_a_stale_page_leaves_alone_what_was_written_on_another(as_alice, alice, mine):
    question = ask(alice)
    page = shown(as_alice.get(of(mine, "after/")))
    as_alice.post(of(mine, "after/"), {"notes": "from the phone", f"answer-{question.pk}": "Yes."})
    stale = {"shown": page, "held": "yes", "notes": "", "agreed": "Hold.", "plan": "", f"answer-{question.pk}": ""}
    assert as_alice.post(of(mine, "after/"), stale).status_code == 302
    mine.refresh_from_db()
    question.refresh_from_db()
    assert (mine.notes, mine.agreed) == ("from the phone", "Hold.")
    assert (question.asked_on, question.answer) == (mine.date, "Yes.")


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("here", "from the laptop"), ("there", "from the phone"), ("both", "from the phone\n\nfrom the laptop")],
)
@pytest.mark.parametrize("name", ["notes", "agreed"])
def test_what_was_changed_on_two_pages_is_shown_and_chosen(as_alice, mine, name, choice, kept):
    page = shown(as_alice.get(of(mine, "after/")))
    as_alice.post(of(mine, "after/"), {name: "from the phone"})
    stale = {"shown": page, "held": "yes", name: "from the laptop"}
    refused = as_alice.post(of(mine, "after/"), stale)
    assert refused.status_code == 422
    for text in ("Changed in two places", "from the phone", "from the laptop"):
        assert text in words(refused)
    mine.refresh_from_db()
    assert getattr(mine, name) == "from the phone"
    again = stale | {"shown": shown(refused), f"choose-{name}": choice}
    assert as_alice.post(of(mine, "after/"), again).status_code == 302
    mine.refresh_from_db()
    assert getattr(mine, name) == kept


def test_an_answer_and_whether_it_took_place_are_chosen_too(as_alice, alice):
    mine, question = visit(alice, -1), ask(alice)
    page = shown(as_alice.get(of(mine, "after/")))
    as_alice.post(of(mine, "after/"), {"held": "yes", f"answer-{question.pk}": "Yes."})
    stale = {"shown": page, "held": "no", f"answer-{question.pk}": "No."}
    refused = words(as_alice.post(of(mine, "after/"), stale))
    for text in ("It took place written here", "It did not written here", "Yes. saved elsewhere", "No. written here"):
        assert (text in refused) == (text != "It took place written here")
    question.refresh_from_db()
    assert question.answer == "Yes."


def test_one_that_did_not_take_place_has_nothing_asked_there_though_the_page_does_not_say_so(as_alice, alice, mine):
    question = ask(alice, asked_on=mine.date, appointment=mine)
    response = as_alice.post(of(mine, "after/"), {"held": "no"})
    assert response.status_code == 422
    assert "Questions are marked as asked here." in words(response)
    assert as_alice.post(of(mine, "after/"), {"held": "no", f"answer-{question.pk}": ""}).status_code == 302


def test_those_that_do_not_fit_on_the_page_count_too(as_alice, alice, mine):
    Question.objects.bulk_create(
        Question(owner=alice, text=f"Question {n}", asked_on=mine.date, appointment=mine) for n in range(201)
    )
    on_page = Question.objects.order_by("created", "pk")[:200]
    sent = {"held": "no"} | {f"answer-{question.pk}": "" for question in on_page}
    assert as_alice.post(of(mine, "after/"), sent).status_code == 422


@pytest.mark.parametrize(
    ("n", "sentence"), [(200, ""), (201, "1 more question does not"), (210, "10 more questions do")]
)
def test_it_says_how_many_do_not_fit_and_where_they_are(as_alice, alice, mine, n, sentence):
    Question.objects.bulk_create(Question(owner=alice, text=f"Question {n}") for n in range(n))
    text = words(as_alice.get(of(mine, "after/")))
    assert ("fit on this page" in text) == bool(sentence)
    assert sentence in text


def test_a_question_asked_somewhere_else_meanwhile_stays_there(alice, bob, mine):
    other = visit(alice, -1, held=True)
    question = ask(alice, asked_on=other.date, appointment=other, answer="There.")
    his = ask(bob)
    save_after(alice, mine, After(asked={question.pk: "Here.", his.pk: "Mine now."}))
    save_after(alice, mine, After(asked={question.pk: None}))
    question.refresh_from_db()
    his.refresh_from_db()
    assert (question.appointment, question.answer, question.asked_on) == (other, "There.", other.date)
    assert (his.asked_on, his.answer) == (None, "")


def test_a_plan_that_is_linked_can_stay_linked_whatever_became_of_it(alice, bob):
    medication = make_medication(alice)
    agreed = make_plan(medication, [(TODAY, 10)])
    over, also_over = (make_plan(medication, [(TODAY, 10)], status="replaced", name=name) for name in ("A", "B"))
    his = make_plan(make_medication(bob), [(TODAY, 10)])
    assert plans_to_link(alice, None) == [agreed]
    assert {plan.pk for plan in plans_to_link(alice, over.pk)} == {agreed.pk, over.pk}
    assert also_over.pk not in {plan.pk for plan in plans_to_link(alice, over.pk)}
    assert plans_to_link(alice, his.pk) == [agreed]


@pytest.mark.parametrize(("end", "sent", "status"), [("edit/", {"name": "Jo"}, 404), ("after/", {"notes": "n"}, 302)])
def test_one_deleted_while_its_page_was_open_stays_deleted(as_alice, mine, monkeypatch, end, sent, status):
    def found_then_deleted(request, pk):
        row = own_appointment(request, pk)
        Appointment.objects.filter(pk=pk).delete()
        return row

    monkeypatch.setattr("journal.views.appointments.own_appointment", found_then_deleted)
    assert as_alice.post(of(mine, end), sent).status_code == status
    assert not Appointment.objects.exists()


# --- the same words on two agendas --------------------------------------------------------------------------------


def test_the_same_question_for_two_people_is_on_both_agendas(as_alice, alice):
    prescriber, therapist = visit(alice, 3), visit(alice, 4, "therapist")
    for one in (therapist, prescriber):
        added = as_alice.post(of(one), {"text": "Can I sleep?", "whom": one.kind}, follow=True)
        assert "Question added." in words(added)
        assert "Can I sleep?" in words(as_alice.get(of(one))).split("Something to raise")[0]
    again = as_alice.post(of(prescriber), {"text": "Can I sleep?", "whom": "prescriber"}, follow=True)
    assert "This question is on your list already." in words(again)
    assert Question.objects.count() == 2


def test_one_for_anybody_is_on_every_agenda_already(as_alice, alice):
    ask(alice, "Can I sleep?")
    mine = visit(alice, 3)
    response = as_alice.post(of(mine), {"text": "Can I sleep?", "whom": "prescriber"}, follow=True)
    assert "This question is on your list already. It is for anybody." in words(response)
    assert Question.objects.count() == 1


def test_one_for_somebody_is_for_anybody_once_that_is_asked_for(as_alice, alice):
    question = ask(alice, "Can I sleep?", whom="therapist")
    response = as_alice.post("/care/", {"text": "Can I sleep?", "whom": ""}, follow=True)
    assert "This question is on your list already. It is for anybody." in words(response)
    question.refresh_from_db()
    assert (question.whom, Question.objects.count()) == ("", 1)


def test_a_side_effect_is_put_on_two_agendas(as_alice, alice):
    prescriber, therapist = visit(alice, 3), visit(alice, 4, "therapist")
    symptom = make_symptom(alice, "Nausea", kind="side_effect")
    make_entry(alice, TODAY, {symptom: 6})
    for one in (therapist, prescriber):
        response = as_alice.post(of(one, f"side-effect/{symptom.pk}/"), follow=True)
        assert "“Nausea” is on the agenda." in words(response)
        assert "Nothing to raise yet" not in words(response)
    assert [question.whom for question in Question.objects.order_by("pk")] == ["therapist", "prescriber"]
