"""/care/: for now, the questions to raise."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Deleted, Question
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
    assert as_alice.post(f"/care/questions/{question.pk}/", {}).status_code == 422
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
