"""/care/appointments/: the list, one with its agenda, adding, changing and deleting."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Appointment, Deleted, Homework, Question, Rating
from journal.models.deleted import undo
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/care/appointments/"
NEW = "/care/appointments/new/"
SENT = {"kind": "prescriber", "name": "Dr Okafor", "date": "2026-12-03", "time": "10:20", "place": "Room 2"}


def visit(owner, days=11, kind="prescriber", **fields):
    return Appointment.objects.create(owner=owner, kind=kind, date=TODAY + dt.timedelta(days), **fields)


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode().replace("\u00a0", " ")


def of(appointment, end=""):
    return f"{LIST}{appointment.pk}/{end}"


def test_it_works(as_alice, alice):
    response = as_alice.post(NEW, SENT)
    mine = Appointment.objects.of(alice).get()
    assert (response.status_code, response.url) == (302, of(mine))
    assert (mine.kind, mine.name, mine.date, mine.time, mine.place, mine.held) == (
        "prescriber",
        "Dr Okafor",
        dt.date(2026, 12, 3),
        dt.time(10, 20),
        "Room 2",
        None,
    )
    text = page(as_alice, of(mine))
    assert "Dr Okafor, prescriber" in text
    assert "Thursday 3 December 2026 at 10:20" in text
    assert "in 11 days" in text
    assert "Dr Okafor, prescriber" in page(as_alice, LIST)


def test_only_whom_and_when_are_needed(as_alice):
    assert as_alice.post(NEW, {"kind": "therapist", "date": "2026-12-03"}).status_code == 302
    response = as_alice.post(NEW, {"time": "10:20", "place": "Room 2"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Choose whom it is with." in text
    assert "Choose the day." in text
    assert 'value="10:20"' in text  # a time without a day stays typed
    assert 'value="Room 2"' in text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("date", "9999-12-31", "9999 is too far ahead. Days up to 5 years from now can be kept."),
        ("date", "2031-11-23", "2031 is too far ahead."),
        ("date", "1800-01-01", "1800 is too long ago. Days from 1920 on can be kept."),
        ("date", "2027-02-29", "February 2027"),
        ("date", "soon", "soon"),
        ("time", "25:00", "is not a time. Write it like 14:20."),
        ("time", "\x00", "is not a time"),
        ("name", "n" * 101, "This has 101 characters. 100 fit."),
        ("place", "p" * 300, "This has 300 characters. 200 fit."),
        ("kind", "wizard", "Choose a prescriber, a therapist or somebody else."),
    ],
)
def test_what_cannot_be_kept_is_explained_and_stays(as_alice, field, typed, sentence):
    response = as_alice.post(NEW, SENT | {field: typed})
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    assert field in ("kind", "time") or typed in text
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("date", ["2031-11-22", "1920-01-01", "2028-02-29", "2026-11-22"])
def test_days_to_come_and_past_ones_are_kept(as_alice, date):
    assert as_alice.post(NEW, SENT | {"date": date}).status_code == 302
    mine = Appointment.objects.get()
    assert as_alice.get(of(mine)).status_code == 200
    assert as_alice.get(LIST).status_code == 200
    assert as_alice.get("/care/").status_code == 200


def test_a_double_press_is_one_appointment(as_alice):
    first, second = (as_alice.post(NEW, SENT) for _ in range(2))
    assert first.url == second.url
    assert Appointment.objects.count() == 1
    as_alice.post(NEW, SENT | {"time": ""})
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "مرحبا", "😀" * 30, "n" * 100])
def test_strange_names_are_kept_as_they_are(as_alice, text):
    as_alice.post(NEW, SENT | {"name": text, "place": text})
    mine = Appointment.objects.get()
    assert (mine.name, mine.place) == (text, text)
    for path in (LIST, of(mine), of(mine, "after/"), of(mine, "edit/"), of(mine, "delete/"), "/care/", "/"):
        assert "<script>alert" not in page(as_alice, path)


def test_a_place_that_is_a_script_is_no_link(as_alice):
    as_alice.post(NEW, SENT | {"place": "javascript:alert(1)"})
    assert 'href="javascript' not in page(as_alice, of(Appointment.objects.get()))


def test_the_list_has_those_to_come_and_those_past(as_alice, alice):
    visit(alice, 20, name="Later")
    visit(alice, 2, name="Sooner")
    visit(alice, -9, name="Seen", held=True, agreed="Stay at this dose.")
    visit(alice, -3, name="Cancelled", held=False)
    visit(alice, -1, name="Unsaid")
    text = page(as_alice, LIST)
    places = [text.index(name) for name in ("Sooner", "Later", "Unsaid", "Cancelled", "Seen")]
    assert places == sorted(places)
    assert "Stay at this dose." in text
    assert "Did not take place" in text
    assert "Not said yet how it went" in text


def test_an_empty_list_says_what_will_be_here(as_alice):
    assert "Your appointments will stand here." in page(as_alice, LIST)


def test_a_long_past_comes_a_page_at_a_time(as_alice, alice):
    Appointment.objects.bulk_create(
        Appointment(owner=alice, kind="therapist", name=f"N{n:03}", date=TODAY - dt.timedelta(n + 1)) for n in range(60)
    )
    assert "N000" in page(as_alice, LIST)
    assert "N059" in page(as_alice, f"{LIST}?page=2")
    for wrong in ("3", "0", "-1", "x", "9" * 400, "%00"):
        assert as_alice.get(f"{LIST}?page={wrong}").status_code == 400


# --- the agenda -------------------------------------------------------------------------------------------------


def ask(owner, text, **fields):
    return Question.objects.create(owner=owner, text=text, **fields)


def test_the_agenda_has_what_is_open_for_that_person_and_for_anybody(as_alice, alice):
    ask(alice, "For her", whom="prescriber", kind="request")
    ask(alice, "For anybody")
    ask(alice, "For the therapist", whom="therapist")
    ask(alice, "Asked", asked_on=TODAY)
    text = page(as_alice, of(visit(alice)))
    assert "For her" in text
    assert "For anybody" in text
    assert "For the therapist" not in text
    assert "Asked" not in text
    assert text.index("Questions") < text.index("Requests")


def test_an_empty_agenda_says_so(as_alice, alice):
    assert "Nothing to raise yet" in page(as_alice, of(visit(alice)))


def test_a_line_is_added_right_there_for_that_person(as_alice, alice):
    mine = visit(alice, kind="therapist")
    assert 'value="therapist"' in page(as_alice, of(mine))
    response = as_alice.post(of(mine), {"text": "Sleep?", "kind": "side-effect", "whom": "therapist"})
    assert (response.status_code, response.url) == (302, of(mine))
    question = Question.objects.of(alice).get()
    assert (question.text, question.kind, question.whom) == ("Sleep?", "side-effect", "therapist")
    assert as_alice.post(of(mine), {"text": ""}).status_code == 422


def test_it_says_how_long_it_is_since_the_last_one_and_what_was_agreed(as_alice, alice):
    visit(alice, -24, held=True, agreed="To stay at 20 mg.")
    text = page(as_alice, of(visit(alice, 11)))
    assert "35 days since the last one" in text
    assert "To stay at 20 mg." in text
    assert "/summary/?from=2026-10-29&amp;to=2026-11-22&amp;reader=prescriber" in text


def test_the_summary_since_then_opens(as_alice, alice):
    visit(alice, -24, held=True)
    for kind in ("prescriber", "therapist"):
        assert as_alice.get(f"/summary/?from=2026-10-29&to=2026-11-22&reader={kind}").status_code == 200


def test_a_symptom_is_put_on_the_agenda_with_one_tap(as_alice, alice):
    symptom = make_symptom(alice, "Nausea", kind="side_effect")
    for days, severity in ((0, 3), (2, 6)):
        entry = make_entry(alice, TODAY - dt.timedelta(days))
        Rating.objects.create(entry=entry, symptom=symptom, severity=Decimal(severity))
    mine = visit(alice)
    path = of(mine, f"side-effect/{symptom.pk}/")
    assert path in page(as_alice, of(mine))
    for _ in range(2):  # a double press
        assert as_alice.post(path).url == of(mine)
    question = Question.objects.of(alice).get()
    assert question.text == "Nausea: rated on 2 of 2 days with an entry in the last 28, highest 6."
    assert (question.kind, question.whom) == ("side-effect", "prescriber")
    text = page(as_alice, of(mine))
    assert question.text in text
    assert path not in text


def test_thoughts_of_suicide_are_never_offered_nor_taken(as_alice, alice):
    symptom = make_symptom(alice, "Thoughts of suicide", builtin="suicidal-thoughts", kind="new")
    make_entry(alice, ratings={symptom: 9})
    mine = visit(alice)
    path = of(mine, f"side-effect/{symptom.pk}/")
    assert path not in page(as_alice, of(mine))
    as_alice.post(path)
    assert not Question.objects.exists()


def test_opening_the_address_of_the_tap_changes_nothing(as_alice, alice):
    symptom = make_symptom(alice, kind="new")
    make_entry(alice, ratings={symptom: 5})
    assert as_alice.get(of(visit(alice), f"side-effect/{symptom.pk}/")).status_code == 302
    assert not Question.objects.exists()


@pytest.mark.parametrize("held", [None, True])
def test_two_hundred_questions_cost_as_much_as_three(as_alice, alice, held):
    mine = visit(alice, 0, held=held)
    fields = {"asked_on": TODAY, "appointment": mine} if held else {}
    costs = []
    for numbers in (range(3), range(3, 200)):
        for number in numbers:
            ask(alice, f"Question {number}", kind=("question", "request", "side-effect")[number % 3], **fields)
        with CaptureQueriesContext(connection) as found:
            text = page(as_alice, of(mine)) + page(as_alice, of(mine, "after/")) + page(as_alice, "/care/")
        costs.append(len(found))
    assert "Question 199" in text
    assert costs[0] == costs[1]


# --- changing and deleting --------------------------------------------------------------------------------------


def test_it_can_be_changed_and_keeps_what_came_of_it(as_alice, alice):
    mine = visit(alice, -3, held=True, agreed="Hold.", notes="Talked.")
    assert as_alice.post(of(mine, "edit/"), SENT | {"date": "2026-11-03"}).url == of(mine)
    mine.refresh_from_db()
    assert (mine.name, mine.date, mine.agreed, mine.notes, mine.held) == (
        "Dr Okafor",
        dt.date(2026, 11, 3),
        "Hold.",
        "Talked.",
        True,
    )
    assert as_alice.post(of(mine, "edit/"), {"date": ""}).status_code == 422
    as_alice.post(of(mine, "edit/"), {})  # what is not sent stays
    mine.refresh_from_db()
    assert (mine.name, mine.place, mine.time) == ("Dr Okafor", "Room 2", dt.time(10, 20))


def test_deleting_asks_first_and_brings_everything_back(as_alice, alice):
    mine = visit(alice, -3, held=True, agreed="Hold for now.")
    question = ask(alice, "Why?", asked_on=TODAY, appointment=mine, answer="Because.")
    text = page(as_alice, of(mine, "delete/"))
    assert "3 words" in text
    assert "1 question, which stays on Care" in text
    response = as_alice.post(of(mine, "delete/"), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Undo" in response.content.decode()
    question.refresh_from_db()
    assert (question.appointment, question.answer) == (None, "Because.")
    assert undo(Deleted.objects.of(alice).get())
    question.refresh_from_db()
    assert question.appointment == mine
    assert Appointment.objects.of(alice).get().agreed == "Hold for now."


@pytest.mark.parametrize(
    ("tasks", "said"), [(1, "1 task, which stays in Homework"), (2, "2 tasks, which stay in Homework")]
)
def test_deleting_says_what_was_set_there_and_stays(as_alice, alice, tasks, said):
    plan = make_plan(make_medication(alice), [(TODAY + dt.timedelta(9), 20)])
    mine = visit(alice, -3, held=True, plan=plan)
    for number in range(tasks):
        Homework.objects.create(owner=alice, text=f"Task {number}", given=mine)
    text = page(as_alice, of(mine, "delete/"))
    assert said in text and "The plan that came of it" in text and "It stays with its medication" in text
    as_alice.post(of(mine, "delete/"))
    assert Homework.objects.of(alice).count() == tasks and type(plan).objects.filter(pk=plan.pk).exists()
    other = page(as_alice, of(visit(alice, -2), "delete/"))
    assert "Homework set there" not in other and "The plan that came of it" not in other


def test_somebody_elses_is_a_404(as_bob, alice):
    mine = visit(alice, held=True, name="Dr Okafor")
    symptom = make_symptom(alice, kind="new")
    for end in ("", "edit/", "delete/", "after/", f"side-effect/{symptom.pk}/"):
        assert as_bob.get(of(mine, end)).status_code == 404
        assert as_bob.post(of(mine, end), SENT | {"held": "yes", "text": "x"}).status_code == 404
    assert "Okafor" not in page(as_bob, LIST)
    assert Appointment.objects.get().name == "Dr Okafor"
    assert not Question.objects.exists()


def test_somebody_elses_symptom_is_a_404(as_alice, alice, bob):
    symptom = make_symptom(bob, kind="new")
    make_entry(bob, ratings={symptom: 9})
    assert as_alice.post(of(visit(alice), f"side-effect/{symptom.pk}/")).status_code == 404


# --- after the visit, paper, and what is typed --------------------------------------------------------------------


def test_the_way_to_what_came_of_it_is_there_before_the_visit_too(as_alice, alice):
    mine = visit(alice, 3)
    page = as_alice.get(f"/care/appointments/{mine.pk}/").content.decode()
    assert re.search(rf'href="/care/appointments/{mine.pk}/after/">After the visit</a>', page)


def test_without_script_it_says_how_it_is_printed(as_alice, alice):
    mine = visit(alice, 3)
    page = as_alice.get(f"/care/appointments/{mine.pk}/").content.decode()
    assert re.search(r"<noscript>.*?Your browser’s Print prints this page\..*?</noscript>", page, re.S)


def test_one_sent_again_is_there_once_though_it_was_changed_meanwhile(as_alice, alice):
    sent = {"kind": "prescriber", "date": "2026-12-01", "uid": str(uuid.uuid4())}
    assert "data-keep" in as_alice.get("/care/appointments/new/").content.decode()
    as_alice.post("/care/appointments/new/", sent)
    mine = Appointment.objects.of(alice).get()
    change = {"kind": "prescriber", "date": "2026-12-02", "uid": str(uuid.uuid4())}
    as_alice.post(f"/care/appointments/{mine.pk}/edit/", change)
    assert as_alice.post("/care/appointments/new/", sent).url == "/care/appointments/"
    assert Appointment.objects.of(alice).get().date == dt.date(2026, 12, 2)
