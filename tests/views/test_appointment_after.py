"""/care/appointments/<id>/after/: whether it took place, what was said, agreed and asked, and the next one."""

import datetime as dt
import uuid

import pytest

from journal.models import Appointment, Question
from tests.conftest import TODAY, make_medication, make_plan

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mine(alice):
    return Appointment.objects.create(
        owner=alice, kind="prescriber", name="Dr Okafor", place="Room 2", date=TODAY - dt.timedelta(1)
    )


def path(appointment):
    return f"/care/appointments/{appointment.pk}/after/"


def ask(owner, text="Why?", **fields):
    return Question.objects.create(owner=owner, text=text, **fields)


def test_it_works(as_alice, alice, mine):
    asked, left = ask(alice), ask(alice, "How long?", whom="prescriber")
    sent = {
        "held": "yes",
        "notes": "We talked.\r\nA lot.",
        "agreed": "Stay at 20 mg.",
        f"asked-{asked.pk}": "on",
        f"answer-{asked.pk}": "Because of the winter.",
        f"answer-{left.pk}": "",
    }
    response = as_alice.post(path(mine), sent)
    assert (response.status_code, response.url) == (302, f"/care/appointments/{mine.pk}/")
    mine.refresh_from_db()
    assert (mine.held, mine.notes, mine.agreed, mine.plan) == (True, "We talked.\nA lot.", "Stay at 20 mg.", None)
    asked.refresh_from_db()
    left.refresh_from_db()
    assert (asked.asked_on, asked.appointment, asked.answer) == (mine.date, mine, "Because of the winter.")
    assert (left.asked_on, left.appointment) == (None, None)
    text = as_alice.get(response.url).content.decode()
    for words in ("Stay at 20 mg.", "We talked.", "Because of the winter.", "It took place."):
        assert words in text
    assert "How long?" not in text


def test_it_asks_whether_it_took_place_and_keeps_what_is_typed(as_alice, alice, mine):
    question = ask(alice)
    response = as_alice.post(path(mine), {"agreed": "Stay.", f"answer-{question.pk}": "Yes."})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Choose whether it took place." in text
    assert "Stay." in text
    assert 'value="Yes."' in text
    mine.refresh_from_db()
    assert (mine.held, mine.agreed) == (None, "")


def test_not_taking_place_is_as_good_an_answer(as_alice, mine):
    assert as_alice.post(path(mine), {"held": "no"}).status_code == 302
    mine.refresh_from_db()
    assert mine.held is False
    assert "It did not take place." in as_alice.get(f"/care/appointments/{mine.pk}/").content.decode()


def test_one_that_did_not_take_place_has_nothing_asked_at_it(as_alice, alice, mine):
    question = ask(alice)
    response = as_alice.post(path(mine), {"held": "no", f"asked-{question.pk}": "on"})
    assert response.status_code == 422
    question.refresh_from_db()
    assert question.asked_on is None


def test_one_that_is_to_come_did_not_take_place_yet(as_alice, mine):
    Appointment.objects.update(date=TODAY + dt.timedelta(3))
    response = as_alice.post(path(mine), {"held": "yes"})
    assert response.status_code == 422
    assert "25 November is still to come." in response.content.decode().replace("\u00a0", " ")
    assert as_alice.post(path(mine), {"held": "no"}).status_code == 302  # it was called off


def test_an_answer_alone_marks_it_as_asked(as_alice, alice, mine):
    question = ask(alice)
    as_alice.post(path(mine), {"held": "yes", f"answer-{question.pk}": "Yes."})
    question.refresh_from_db()
    assert (question.asked_on, question.answer) == (mine.date, "Yes.")


def test_a_tick_taken_away_opens_the_question_again(as_alice, alice, mine):
    question = ask(alice, asked_on=mine.date, appointment=mine, answer="Yes.")
    text = as_alice.get(path(mine)).content.decode()
    assert "checked" in text
    assert 'value="Yes."' in text
    as_alice.post(path(mine), {"held": "yes", f"answer-{question.pk}": ""})
    question.refresh_from_db()
    assert (question.asked_on, question.appointment, question.answer) == (None, None, "")


def test_a_question_that_was_not_on_the_page_stays_as_it_is(as_alice, alice, mine):
    question = ask(alice, asked_on=mine.date, appointment=mine)
    as_alice.post(path(mine), {"held": "yes"})
    question.refresh_from_db()
    assert question.appointment == mine


def test_questions_of_other_appointments_and_people_are_not_touched(as_alice, alice, bob, mine):
    other = Appointment.objects.create(owner=alice, kind="prescriber", date=TODAY - dt.timedelta(30), held=True)
    asked = ask(alice, "There", asked_on=other.date, appointment=other)
    his, hers = ask(bob, "His"), ask(alice, "Hers", whom="therapist")
    sent = {"held": "yes"} | {f"asked-{one.pk}": "on" for one in (asked, his, hers)}
    assert as_alice.post(path(mine), sent).status_code == 302
    for question, on in ((asked, other.date), (his, None), (hers, None)):
        question.refresh_from_db()
        assert question.asked_on == on
    assert "His" not in as_alice.get(path(mine)).content.decode()


def test_a_plan_can_be_linked_and_leads_there(as_alice, alice, mine):
    plan = make_plan(make_medication(alice), [(TODAY, 10)])
    as_alice.post(path(mine), {"held": "yes", "plan": plan.pk})
    mine.refresh_from_db()
    assert mine.plan == plan
    assert f'href="/plans/{plan.pk}/"' in as_alice.get(f"/care/appointments/{mine.pk}/").content.decode()


@pytest.mark.parametrize("typed", ["0", "-1", "x", "\x00", "9" * 400, "1e3", "<script>"])
def test_a_plan_that_is_none_is_explained(as_alice, alice, mine, typed):
    make_plan(make_medication(alice), [(TODAY, 10)])
    response = as_alice.post(path(mine), {"held": "yes", "plan": typed})
    assert response.status_code == 422
    assert "Choose one of your own plans" in response.content.decode()


def test_somebody_elses_plan_is_none(as_alice, alice, bob, mine):
    make_plan(make_medication(alice), [(TODAY, 10)])
    his = make_plan(make_medication(bob), [(TODAY, 10)], name="His very own taper")
    assert as_alice.post(path(mine), {"held": "yes", "plan": his.pk}).status_code == 422
    assert "His very own taper" not in as_alice.get(path(mine)).content.decode()
    mine.refresh_from_db()
    assert mine.plan is None


def test_the_next_one_is_given_right_there_and_once(as_alice, alice, mine):
    sent = {"held": "yes", "next_date": "2027-01-05", "next_time": "9:30 am"}
    for _ in range(2):
        assert as_alice.post(path(mine), sent).status_code == 302
    following = Appointment.objects.of(alice).exclude(pk=mine.pk).get()
    assert (following.kind, following.name, following.place) == ("prescriber", "Dr Okafor", "Room 2")
    assert (following.date, following.time, following.held) == (dt.date(2027, 1, 5), dt.time(9, 30), None)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"next_time": "09:30"}, "Choose the day of the next one, too."),
        ({"next_date": "9999-01-01"}, "9999 is too far ahead."),
        ({"next_date": "1800-01-01"}, "1800 is too long ago."),
        ({"next_date": "2026-11-01"}, "The next one comes after this one"),
        ({"next_time": "half past"}, "is not a time"),
        ({"notes": "n" * 20_001}, "20,000 fit"),
        ({"held": "perhaps"}, "Choose one of these two."),
    ],
)
def test_what_cannot_be_kept_is_explained(as_alice, mine, sent, sentence):
    response = as_alice.post(path(mine), {"held": "yes"} | sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Appointment.objects.count() == 1


def test_an_answer_that_is_too_long_is_refused_and_stays(as_alice, alice, mine):
    question = ask(alice)
    response = as_alice.post(path(mine), {"held": "yes", f"answer-{question.pk}": "a" * 1001})
    assert response.status_code == 422
    assert "This has 1,001 characters. 1000 fit." in response.content.decode()
    assert "a" * 1001 in response.content.decode()


def test_two_hundred_questions_are_ticked_in_few_queries(as_alice, alice, mine, django_assert_max_num_queries):
    Question.objects.bulk_create(Question(owner=alice, text=f"Question {n}") for n in range(205))
    sent = {"held": "yes"}
    for pk in Question.objects.values_list("pk", flat=True):
        sent |= {f"asked-{pk}": "on", f"answer-{pk}": "Yes."}
    with django_assert_max_num_queries(25):
        assert as_alice.post(path(mine), sent).status_code == 302
    assert Question.objects.filter(appointment=mine).count() == 200  # the rest waits on Care
    assert as_alice.get(path(mine)).status_code == 200


# --- nothing is written in vain, and nothing is lost ----------------------------------------------------------------


def test_before_the_visit_nothing_of_it_is_asked(as_alice, alice, mine):
    ask(alice, "Why?")
    make_plan(make_medication(alice), [(TODAY, 10)])
    there = as_alice.get(path(mine)).content.decode()
    for words in ("It took place", 'name="agreed"', 'name="plan"', "Why?", 'value="no"'):
        assert words in there
    Appointment.objects.update(date=TODAY + dt.timedelta(1))
    before = as_alice.get(path(mine)).content.decode()
    for words in ("It took place", 'value="yes"', 'name="agreed"', 'name="plan"', "Why?"):
        assert words not in before
    assert "It will not take place" in before
    assert f'href="/care/appointments/{mine.pk}/edit/"' in before


def test_what_was_typed_before_its_day_was_changed_stays_on_the_page(as_alice, alice, mine):
    question = ask(alice, "Why?")
    Appointment.objects.update(date=TODAY + dt.timedelta(3))
    sent = {"held": "yes", "agreed": "Stay at 20 mg.", f"answer-{question.pk}": "Because."}
    response = as_alice.post(path(mine), sent)
    assert response.status_code == 422
    for words in ("Stay at 20 mg.", "Because.", 'data-keep="unsaved"'):
        assert words in response.content.decode()


def test_what_stands_there_already_is_not_wiped_by_a_day_to_come(as_alice, alice, mine):
    mine.agreed, mine.date = "Stay at 20 mg.", TODAY + dt.timedelta(3)
    mine.plan = make_plan(make_medication(alice), [(TODAY, 10)])
    mine.save()
    page = as_alice.get(path(mine)).content.decode()
    assert "Stay at 20 mg." in page
    assert 'name="plan"' in page


def test_calling_it_off_says_why_and_when_the_next_one_is(as_alice, alice, mine):
    Appointment.objects.update(date=TODAY + dt.timedelta(3))
    sent = {"held": "no", "notes": "She is ill.", "next_date": str(TODAY + dt.timedelta(10))}
    assert as_alice.post(path(mine), sent).status_code == 302
    mine.refresh_from_db()
    assert (mine.held, mine.notes, mine.agreed) == (False, "She is ill.", "")
    assert Appointment.objects.of(alice).filter(held=None).get().date == TODAY + dt.timedelta(10)


def test_sent_again_it_does_not_undo_what_was_said_since(as_alice, mine):
    page = as_alice.get(path(mine)).content.decode()
    assert "data-keep" in page
    assert 'name="shown"' in page
    sent = {"held": "yes", "agreed": "First", "uid": str(uuid.uuid4())}
    response = as_alice.post(path(mine), sent, headers={"Accept": "application/json"})
    assert response.json() == {"saved": True, "next": f"/care/appointments/{mine.pk}/"}
    as_alice.post(path(mine), {"held": "yes", "agreed": "Second", "uid": str(uuid.uuid4())})
    assert as_alice.post(path(mine), sent).status_code == 302
    mine.refresh_from_db()
    assert mine.agreed == "Second"
