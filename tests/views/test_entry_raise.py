"""/entries/<day>/: an event of the day becomes a question for the next appointment, and stops being one."""

import pytest

from journal.models import Deleted, LifeEvent, Question
from journal.models.deleted import delete_with_undo, undo
from tests.conftest import TODAY, make_entry

pytestmark = pytest.mark.usefixtures("clock")
DAY = f"/entries/{TODAY}/"
TICKED = {"event-illness": "on", "event-illness-text": "a fever", "event-illness-raise": "on"}


def save(client, **sent):
    response = client.post(DAY, {name.replace("_", "-"): value for name, value in sent.items()})
    assert response.status_code == 302
    return response


def texts(owner):
    return [question.text for question in Question.objects.of(owner).filter(asked_on=None)]


@pytest.fixture
def raised(as_alice, alice):
    as_alice.post(DAY, TICKED)
    return Question.objects.of(alice).get()


def test_it_works(as_alice, alice, raised):
    assert (raised.text, raised.event) == ("Illness: a fever", LifeEvent.objects.of(alice).get())
    page = as_alice.get(DAY).content.decode()
    assert page.split('id="id_event-illness-raise"')[1].split(">")[0].count("checked") == 1
    assert f"/entries/{TODAY}/#events" in as_alice.get("/care/").content.decode()


def test_saving_again_makes_no_second_one(as_alice, alice, raised):
    save(as_alice, **TICKED)
    assert texts(alice) == ["Illness: a fever"]


def test_it_can_be_raised_later_and_without_a_line(as_alice, alice):
    save(as_alice, event_travel="on")
    assert texts(alice) == []
    save(as_alice, event_travel="on", event_travel_raise="on")
    assert texts(alice) == ["Travel"]


def test_it_follows_the_line_until_the_person_gave_it_words_of_its_own(as_alice, alice, raised):
    save(as_alice, **TICKED | {"event-illness-text": "a cold"})
    assert texts(alice) == ["Illness: a cold"]
    Question.objects.update(text="My own words")
    save(as_alice, **TICKED | {"event-illness-text": "flu"})
    assert texts(alice) == ["My own words"]


@pytest.mark.parametrize(
    "sent",
    [
        {"event-illness": "on", "event-illness-text": "a fever", "event-illness-raise": ""},
        {"event-illness": "", "event-illness-text": "", "event-illness-raise": ""},
        {"event-illness": "", "event-illness-text": "a fever", "event-illness-raise": "on"},
    ],
)
def test_the_tick_or_the_event_taken_away_takes_the_question_back(as_alice, alice, raised, sent):
    save(as_alice, mood="5", **sent)
    assert texts(alice) == []
    assert undo(Deleted.objects.of(alice).get())
    assert texts(alice) == ["Illness: a fever"]


def test_a_day_that_is_emptied_keeps_no_question_of_its_event(as_alice, alice, raised):
    save(as_alice, **dict.fromkeys(TICKED, ""))
    assert not LifeEvent.objects.of(alice).exists()
    assert texts(alice) == []


def test_a_tick_without_the_event_raises_nothing(as_alice, alice):
    save(as_alice, mood="5", event_illness_raise="on")
    assert texts(alice) == []


def test_a_page_from_before_the_tick_was_there_leaves_it(as_alice, alice, raised):
    save(as_alice, event_illness="on", event_illness_text="a fever", notes="more")
    assert texts(alice) == ["Illness: a fever"]


def test_the_note_and_an_event_are_two_questions(as_alice, alice):
    save(as_alice, notes="The note", **{"raise": "on"} | TICKED)
    assert sorted(texts(alice)) == ["Illness: a fever", "The note"]
    save(as_alice, notes="The other note", **{"raise": "on"} | TICKED)
    assert sorted(texts(alice)) == ["Illness: a fever", "The other note"]


def test_a_question_that_was_asked_is_left_alone(as_alice, alice, raised):
    Question.objects.update(asked_on=TODAY)
    save(as_alice, **TICKED | {"event-illness-raise": ""})
    assert Question.objects.of(alice).count() == 1


def test_a_deleted_day_gives_the_question_its_event_back(alice, as_alice, raised):
    delete_with_undo(alice, alice.entries.get(), "the day")
    raised.refresh_from_db()
    assert raised.event is None
    assert undo(Deleted.objects.of(alice).get())
    raised.refresh_from_db()
    assert raised.event == LifeEvent.objects.of(alice).get()


def test_somebody_elses_event_is_not_raised(as_bob, alice, bob):
    LifeEvent.objects.create(entry=make_entry(alice), kind="illness", text="hers")
    save(as_bob, **TICKED)
    assert Question.objects.get().owner == bob
