"""Marking a question as asked, opening it again, and a long list of them."""

import pytest

from journal.access import own_question
from journal.models import Appointment, Question
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")


def ask(owner, text="Why?", **fields):
    return Question.objects.create(owner=owner, text=text, **fields)


def test_it_works_an_answer_is_not_thrown_away_by_a_page_that_is_older(as_alice, alice):
    visit = Appointment.objects.create(owner=alice, kind="prescriber", date=TODAY, held=True)
    question = ask(alice, asked_on=TODAY, appointment=visit, answer="Because.")
    response = as_alice.post(f"/care/questions/{question.pk}/asked/", {"asked": "no"}, follow=True)
    assert "It stays as asked: there is an answer to it. Clear that first." in response.content.decode()
    assert "Open again." not in response.content.decode()
    question.refresh_from_db()
    assert (question.asked_on, question.appointment, question.answer) == (TODAY, visit, "Because.")


@pytest.mark.parametrize("said", [{"asked": "banana"}, {"asked": ""}, {}, {"asked": "\x00"}, {"asked": "9" * 400}])
def test_anything_else_is_a_sentence(as_alice, alice, said):
    question = ask(alice)
    response = as_alice.post(f"/care/questions/{question.pk}/asked/", said)
    assert response.status_code == 400
    assert "A question can be marked as asked, or opened again, and nothing else." in response.content.decode()
    question.refresh_from_db()
    assert question.asked_on is None


def test_what_was_said_stays_where_a_page_does_not_send_it(as_alice, alice):
    question = ask(alice, asked_on=TODAY, answer="Because.", whom="therapist", kind="request")
    assert as_alice.post(f"/care/questions/{question.pk}/", {"text": "How?"}).status_code == 302
    question.refresh_from_db()
    assert (question.text, question.answer, question.whom, question.kind) == (
        "How?",
        "Because.",
        "therapist",
        "request",
    )


@pytest.mark.parametrize(("end", "sent", "status"), [("", {"text": "How?"}, 404), ("asked/", {"asked": "yes"}, 302)])
def test_one_deleted_while_its_page_was_open_stays_deleted(as_alice, alice, monkeypatch, end, sent, status):
    question = ask(alice)

    def found_then_deleted(request, pk):
        row = own_question(request, pk)
        Question.objects.filter(pk=pk).delete()
        return row

    monkeypatch.setattr("journal.views.care.own_question", found_then_deleted)
    assert as_alice.post(f"/care/questions/{question.pk}/{end}", sent).status_code == status
    assert not Question.objects.exists()


def test_many_open_questions_come_a_page_at_a_time(as_alice, alice):
    """First those for the prescriber, last those for anybody; within a group the oldest first."""
    whom = ["", "therapist", "prescriber"]
    Question.objects.bulk_create(Question(owner=alice, text=f"N{n:03}", whom=whom[n % 3]) for n in range(250))
    pages = [as_alice.get(f"/care/?page={n}").content.decode() for n in (1, 2, 3)]
    assert [page.count('class="question-text"') for page in pages] == [100, 100, 50]
    assert as_alice.get("/care/").content.decode().count('class="question-text"') == 100
    order = [f"N{n:03}" for k in (2, 1, 0) for n in range(k, 250, 3)]
    assert [name for name in order if name in pages[0]] == order[:100]
    assert [name for name in order if name in pages[2]] == order[200:]
    assert "Later" in pages[0]
    assert "Earlier" in pages[2]
    assert as_alice.get("/care/?page=4").status_code == 400
