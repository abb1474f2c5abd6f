"""/care/: the next appointment, the questions to raise, and what was asked."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Appointment, Deleted, Practice, Question, Skill
from journal.models.deleted import undo
from journal.queries.care import open_questions
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
WHY = "Is there a liquid for the last steps?"


def ask(owner, text=WHY, **fields):
    return Question.objects.create(owner=owner, text=text, **fields)


def test_it_works(as_alice, alice):
    response = as_alice.post("/care/", {"text": f"  {WHY} "}, follow=True)
    assert response.redirect_chain == [("/care/", 302)]
    assert Question.objects.of(alice).get().text == WHY
    assert WHY in response.content.decode()
    assert "Question added." in response.content.decode()


def test_an_empty_list_says_what_will_be_here(as_alice):
    assert "No open question." in as_alice.get("/care/").content.decode()


def test_open_ones_stand_first_and_asked_ones_with_their_day(as_alice, alice):
    ask(alice, "Asked one", asked_on=dt.date(2026, 11, 3))
    ask(alice, "Open one")
    page = as_alice.get("/care/").content.decode()
    assert page.index("Open one") < page.index("Asked one")
    assert "Asked 3\u00a0November\u00a02026" in page


def test_the_summary_gets_the_open_ones_of_one_person_in_order(alice, bob):
    ask(alice, "First")
    ask(alice, "Done", asked_on=TODAY)
    ask(alice, "Second")
    ask(bob, "Not hers")
    assert [question.text for question in open_questions(alice)] == ["First", "Second"]


def test_the_same_open_question_stands_once(as_alice):
    as_alice.post("/care/", {"text": WHY})
    response = as_alice.post("/care/", {"text": WHY}, follow=True)
    assert "This question is on your list already." in response.content.decode()
    assert Question.objects.count() == 1


def test_a_question_that_was_asked_can_be_raised_anew(as_alice, alice):
    ask(alice, asked_on=TODAY)
    as_alice.post("/care/", {"text": WHY})
    assert Question.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\u200b"])
def test_a_question_needs_words(as_alice, text):
    response = as_alice.post("/care/", {"text": text})
    assert response.status_code == 422
    assert "Write the question first." in response.content.decode()
    assert not Question.objects.exists()


def test_what_is_too_long_is_refused_and_kept(as_alice):
    response = as_alice.post("/care/", {"text": "q" * 501})
    assert response.status_code == 422
    assert "This has 501 characters. 500 fit." in response.content.decode()
    assert "q" * 501 in response.content.decode()
    assert as_alice.post("/care/", {"text": "q" * 500}).status_code == 302
    assert as_alice.post("/care/", {"text": "q" * 100_000}).status_code == 422


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "$\\foo$", "😀", "مرحبا"])
def test_strange_letters_are_kept_as_they_are(as_alice, text):
    as_alice.post("/care/", {"text": text})
    assert Question.objects.get().text == text
    page = as_alice.get("/care/").content.decode()
    assert "<script>alert" not in page


def test_marking_as_asked_twice_keeps_the_first_day(as_alice, alice, clock):
    question = ask(alice)
    for days in (0, 1):
        clock.shift(dt.timedelta(days=days))
        response = as_alice.post(f"/care/questions/{question.pk}/asked/", {"asked": "yes"})
        assert (response.status_code, response.url) == (302, "/care/")
        question.refresh_from_db()
        assert question.asked_on == TODAY


def test_asked_is_the_persons_own_day(as_alice, alice):
    alice.profile.time_zone = "Pacific/Auckland"
    alice.profile.save()
    question = ask(alice)
    as_alice.post(f"/care/questions/{question.pk}/asked/", {"asked": "yes"})
    question.refresh_from_db()
    assert question.asked_on == dt.date(2026, 11, 23)


def test_a_question_can_be_asked_again(as_alice, alice):
    question = ask(alice, asked_on=TODAY)
    for _ in range(2):
        as_alice.post(f"/care/questions/{question.pk}/asked/", {"asked": "no"})
        question.refresh_from_db()
        assert question.asked_on is None


def test_opening_the_address_of_a_button_changes_nothing(as_alice, alice):
    question = ask(alice)
    assert as_alice.get(f"/care/questions/{question.pk}/asked/").status_code == 302
    question.refresh_from_db()
    assert question.asked_on is None


def test_the_words_can_be_changed(as_alice, alice):
    question = ask(alice)
    path = f"/care/questions/{question.pk}/"
    assert WHY in as_alice.get(path).content.decode()
    assert as_alice.post(path, {"text": "A better question"}).status_code == 302
    question.refresh_from_db()
    assert question.text == "A better question"


def test_a_slip_while_changing_keeps_the_old_words(as_alice, alice):
    question = ask(alice)
    for text in ("", "q" * 501):
        assert as_alice.post(f"/care/questions/{question.pk}/", {"text": text}).status_code == 422
    assert as_alice.post(f"/care/questions/{question.pk}/", {}).status_code == 302  # what is not sent stays
    question.refresh_from_db()
    assert question.text == WHY


def test_deleting_asks_first_and_can_be_undone(as_alice, alice):
    question = ask(alice)
    path = f"/care/questions/{question.pk}/delete/"
    page = as_alice.get(path).content.decode()
    assert WHY in page
    assert "Keep it" in page
    assert Question.objects.exists()
    response = as_alice.post(path, follow=True)
    assert "Undo" in response.content.decode()
    assert not Question.objects.exists()
    assert undo(Deleted.objects.of(alice).get())
    assert Question.objects.of(alice).get().text == WHY


def test_somebody_elses_question_is_a_404(as_bob, alice):
    question = ask(alice)
    for page in ("", "asked/", "delete/"):
        path = f"/care/questions/{question.pk}/{page}"
        assert as_bob.get(path).status_code == 404
        assert as_bob.post(path, {"text": "mine", "asked": "yes"}).status_code == 404
    question.refresh_from_db()
    assert (question.text, question.asked_on) == (WHY, None)
    assert WHY not in as_bob.get("/care/").content.decode()


def test_queries_do_not_grow(as_alice, alice, django_assert_num_queries):
    ask(alice)
    ask(alice, asked_on=TODAY)
    with CaptureQueriesContext(connection) as few:
        as_alice.get("/care/")
    for number in range(200):
        ask(alice, f"Question {number}", asked_on=TODAY if number % 2 else None)
    with django_assert_num_queries(len(few)):
        as_alice.get("/care/")


# --- what it is, and whom it is for -----------------------------------------------------------------------------


def test_a_question_says_what_it_is_and_whom_it_is_for(as_alice, alice):
    as_alice.post("/care/", {"text": "Shorter days", "kind": "request", "whom": "therapist"})
    question = Question.objects.of(alice).get()
    assert (question.kind, question.whom) == ("request", "therapist")
    page = as_alice.get("/care/").content.decode()
    assert "For your therapist" in page
    assert "A request, written down" in page


def test_a_topic_is_something_to_talk_about_on_care_and_on_the_agenda(as_alice, alice):
    page = as_alice.get("/care/").content.decode()
    assert "Your summary for a therapist has a list of them." in page
    as_alice.post("/care/", {"text": "Being short with Robin", "kind": "topic", "whom": "therapist"})
    question = Question.objects.of(alice).get()
    assert (question.kind, question.whom) == ("topic", "therapist")
    assert "Something to talk about, written down" in as_alice.get("/care/").content.decode()
    assert 'value="topic"' in as_alice.get(f"/care/questions/{question.pk}/").content.decode()


def test_a_topic_noted_at_an_appointment_is_for_whom_it_is_with(as_alice, alice):
    visit = Appointment.objects.create(owner=alice, kind="therapist", date=TODAY + dt.timedelta(3))
    address = f"/care/appointments/{visit.pk}/"
    shown = as_alice.get(address).content.decode()
    assert re.search(r'value="therapist"[^>]*checked', shown)
    as_alice.post(address, {"text": "Being short with Robin", "kind": "topic", "whom": "therapist"})
    assert ">To talk about</h2>" in as_alice.get(address).content.decode()


@pytest.mark.parametrize(
    ("field", "sentence"), [("kind", "Choose one of these four."), ("whom", "Choose whom it is for from these")]
)
def test_what_is_no_choice_is_explained(as_alice, field, sentence):
    response = as_alice.post("/care/", {"text": WHY, field: "\x00wizard"})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert WHY in response.content.decode()


def test_changing_the_words_alone_keeps_the_rest(as_alice, alice):
    question = ask(alice, kind="side-effect", whom="therapist")
    as_alice.post(f"/care/questions/{question.pk}/", {"text": "Other words"})
    question.refresh_from_db()
    assert (question.text, question.kind, question.whom) == ("Other words", "side-effect", "therapist")
    as_alice.post(f"/care/questions/{question.pk}/", {"text": "Other words", "kind": "request", "whom": ""})
    question.refresh_from_db()
    assert (question.kind, question.whom) == ("request", "")


def test_what_was_said_to_it_can_be_added_later(as_alice, alice):
    question = ask(alice, asked_on=TODAY)
    as_alice.post(f"/care/questions/{question.pk}/", {"text": WHY, "answer": "There is."})
    question.refresh_from_db()
    assert question.answer == "There is."
    assert "There is." in as_alice.get("/care/").content.decode()


def test_asked_again_it_has_no_answer_any_more(as_alice, alice):
    visit = Appointment.objects.create(owner=alice, kind="prescriber", date=TODAY, held=True)
    question = ask(alice, asked_on=TODAY, appointment=visit)
    as_alice.post(f"/care/questions/{question.pk}/asked/", {"asked": "no"})
    question.refresh_from_db()
    assert (question.asked_on, question.appointment) == (None, None)


def test_all_that_was_asked_comes_a_page_at_a_time(as_alice, alice):
    for number in range(60):
        ask(alice, f"Question {number:02}", asked_on=TODAY - dt.timedelta(number))
    page = as_alice.get("/care/").content.decode()
    assert "Question 04" in page
    assert "Question 05" not in page
    assert "All questions that were asked" in page
    assert "Question 49" in as_alice.get("/care/questions/").content.decode()
    assert "Question 59" in as_alice.get("/care/questions/?page=2").content.decode()
    assert as_alice.get("/care/questions/?page=3").status_code == 400


# --- appointments on the page -----------------------------------------------------------------------------------


def visit(owner, days, kind="prescriber", **fields):
    return Appointment.objects.create(owner=owner, kind=kind, date=TODAY + dt.timedelta(days), **fields)


def words(client):
    return client.get("/care/").content.decode().replace("\u00a0", " ")


def test_the_next_appointment_stands_at_the_top_with_its_agenda(as_alice, alice):
    mine = visit(alice, 5, name="Dr Okafor", time=dt.time(10, 20))
    ask(alice)
    page = words(as_alice)
    assert "Friday 27 November at 10:20, in 5 days" in page
    assert "Agenda, 1 to raise" in page
    assert page.index(f"/care/appointments/{mine.pk}/") < page.index("Questions to raise")


def test_it_says_when_each_was_seen_last(as_alice, alice):
    visit(alice, -35, held=True)
    visit(alice, -400, "therapist", held=True)
    page = " ".join(words(as_alice).split())
    assert "Last seen your prescriber 5 weeks ago, on 18 October" in page
    assert "Last seen your therapist 1 year ago, on 18 October 2025" in page


def test_a_past_one_without_a_word_asks_quietly(as_alice, alice):
    mine = visit(alice, -2, name="Dr Okafor")
    assert f"/care/appointments/{mine.pk}/after/" in words(as_alice)
    assert "Last seen" not in words(as_alice)


# --- from a practice --------------------------------------------------------------------------------------------


@pytest.fixture
def practice(alice):
    skill = Skill.objects.create(owner=alice, name="Walk", slug="my-walk")
    return Practice.objects.create(skill=skill, date=TODAY, before=7, after=8, note="It made it worse.\n\nTwice.")


def test_what_was_noted_at_a_practice_becomes_a_question_once(as_alice, alice, practice):
    path = f"/care/questions/from-practice/{practice.pk}/"
    back = f"/coping/practices/{practice.pk}/"
    assert path in as_alice.get(back).content.decode()
    for _ in range(2):
        assert as_alice.post(path).url == back
    question = Question.objects.of(alice).get()
    assert (question.text, question.practice) == ("It made it worse. Twice.", practice)
    assert path not in as_alice.get(back).content.decode()
    page = words(as_alice)
    assert f'href="{back}"' in page
    assert "practising Walk on 22 November" in page


def test_a_practice_without_a_note_is_raised_with_its_figures(as_alice, alice, practice):
    Practice.objects.update(note="")
    as_alice.post(f"/care/questions/from-practice/{practice.pk}/")
    assert Question.objects.of(alice).get().text == "Practising “Walk”: distress 7 before, 8 after"


def test_opening_the_address_raises_nothing_and_somebody_elses_is_a_404(as_alice, as_bob, practice):
    path = f"/care/questions/from-practice/{practice.pk}/"
    assert as_alice.get(path).status_code == 302
    assert as_bob.get(path).status_code == as_bob.post(path).status_code == 404
    assert not Question.objects.exists()


def test_its_question_follows_the_note_as_long_as_it_has_its_words(as_alice, alice, practice):
    as_alice.post(f"/care/questions/from-practice/{practice.pk}/")
    edit = f"/coping/practices/{practice.pk}/"
    as_alice.post(edit, {"date": str(TODAY), "before": "7", "after": "8", "note": "It helped after all."})
    question = Question.objects.of(alice).get()
    assert question.text == "It helped after all."
    as_alice.post(edit, {"date": str(TODAY), "before": "7", "after": "4", "note": ""})
    question.refresh_from_db()
    assert question.text == "Practising “Walk”: distress 7 before, 4 after"
    Question.objects.update(text="Her own words")
    as_alice.post(edit, {"date": str(TODAY), "before": "7", "after": "4", "note": "Once more"})
    question.refresh_from_db()
    assert question.text == "Her own words"


def test_an_asked_question_of_a_practice_stays_as_it_was_asked(as_alice, alice, practice):
    as_alice.post(f"/care/questions/from-practice/{practice.pk}/")
    Question.objects.update(asked_on=TODAY)
    as_alice.post(f"/coping/practices/{practice.pk}/", {"date": str(TODAY), "note": "Something else"})
    assert Question.objects.of(alice).get().text == "It made it worse. Twice."


# --- the page, and what is typed on it ----------------------------------------------------------------------------


def test_the_other_pages_of_care_stand_before_the_questions(as_alice, alice):
    ask(alice)
    page = words(as_alice)
    assert page.index("Next appointment") < page.index("/care/homework/") < page.index("Questions to raise")


def test_the_line_of_the_therapist_leads_to_the_monthly_look(as_alice, alice):
    visit(alice, -9, held=True)
    assert words(as_alice).count("/care/getting-in-the-way/") == 1  # its row
    visit(alice, -9, "therapist", held=True)
    assert words(as_alice).count("/care/getting-in-the-way/") == 2


@pytest.mark.parametrize("where", ["care", "agenda"])
def test_a_question_sent_again_is_there_once_though_it_was_asked_meanwhile(as_alice, alice, where):
    mine = visit(alice, 5)
    path = "/care/" if where == "care" else f"/care/appointments/{mine.pk}/"
    assert "data-keep" in as_alice.get(path).content.decode()
    sent = {"text": WHY, "uid": str(uuid.uuid4())}
    response = as_alice.post(path, sent, headers={"Accept": "application/json"})
    assert response.json() == {"saved": True, "next": path}
    Question.objects.update(asked_on=TODAY)
    as_alice.post(path, sent)
    assert Question.objects.of(alice).count() == 1
    as_alice.post(path, sent | {"uid": str(uuid.uuid4())})  # pressed anew, it is another one
    assert Question.objects.of(alice).count() == 2


def test_what_is_refused_is_kept_as_not_saved(as_alice):
    page = as_alice.post("/care/", {"text": ""}).content.decode()
    assert 'data-keep="unsaved"' in page


def test_changing_a_question_sent_again_does_not_undo_a_later_change(as_alice, alice):
    question = ask(alice)
    path = f"/care/questions/{question.pk}/"
    assert "data-keep" in as_alice.get(path).content.decode()
    sent = {"text": "First words", "uid": str(uuid.uuid4())}
    as_alice.post(path, sent)
    as_alice.post(path, {"text": "Second words", "uid": str(uuid.uuid4())})
    assert as_alice.post(path, sent).status_code == 302
    question.refresh_from_db()
    assert question.text == "Second words"
