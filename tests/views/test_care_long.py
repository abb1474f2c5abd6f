"""Care with more in it than fits on a page; and homework that a page says nothing of, or that is gone."""

import datetime as dt
import re

import pytest

from journal import access
from journal.models import Appointment, Homework, HomeworkStep, SupportPerson
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
TASKS, REVIEW, PEOPLE = "/care/homework/", "/care/homework/review/", "/care/people/"


def words(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def tasks(owner, n, **fields):
    return Homework.objects.bulk_create(Homework(owner=owner, text=f"Task {k:03}", **fields) for k in range(n))


def test_it_works_open_tasks_come_a_page_at_a_time(as_alice, alice):
    tasks(alice, 65)
    tasks(alice, 3, put_away=True)
    for n in range(3):
        page = as_alice.get(f"{TASKS}?page={n + 1}").content.decode()
        shown = {k for k in range(65) if f"How it went: Task {k:03}" in page}
        assert shown == set(range(30 * n, min(30 * n + 30, 65)))
    assert as_alice.get(f"{TASKS}?page=4").status_code == 400


def test_an_answer_leads_back_to_its_page_of_the_list(as_alice, alice):
    rows = tasks(alice, 65)
    for place, page in ((0, ""), (29, ""), (30, "?page=2"), (64, "?page=3")):
        task = Homework.objects.of(alice).order_by("created", "pk")[place]
        response = as_alice.post(f"{TASKS}{task.pk}/result/", {"result": "done", "from": "list"})
        assert response.url == f"{TASKS}{page}#task-{task.pk}"
    step = HomeworkStep.objects.create(homework=rows[40], text="s")
    response = as_alice.post(f"{TASKS}{rows[40].pk}/result/{step.pk}/", {"result": "done", "from": "list"})
    assert response.url == f"{TASKS}?page=2#task-{rows[40].pk}"


def test_looking_back_comes_a_page_at_a_time_of_the_same_time(as_alice, alice):
    tasks(alice, 120)
    page = as_alice.get(f"{REVIEW}?days=all").content.decode()
    assert page.count("Not said yet how it went") == 100
    assert "?days=all&amp;page=2" in page
    assert words(as_alice, f"{REVIEW}?days=all&page=2").count("Not said yet how it went") == 20


def test_appointments_to_come_are_capped_and_the_rest_is_told(as_alice, alice):
    Appointment.objects.bulk_create(
        Appointment(owner=alice, kind="therapist", date=TODAY + dt.timedelta(n), name=f"N{n:03}") for n in range(53)
    )
    text = words(as_alice, "/care/appointments/")
    assert "And 3 more, later ones." in text
    assert ("N049" in text, "N050" in text) == (True, False)
    Appointment.objects.filter(name__gt="N049").delete()
    assert "later ones" not in words(as_alice, "/care/appointments/")


def people(owner, n, **fields):
    return SupportPerson.objects.bulk_create(
        SupportPerson(owner=owner, name=f"P{k:03}", position=k, **fields) for k in range(n)
    )


def test_people_come_a_page_at_a_time_and_can_be_moved_over_its_end(as_alice, alice):
    rows = people(alice, 101)
    first, second = (as_alice.get(f"{PEOPLE}?page={n}").content.decode() for n in (1, 2))
    assert ("P099" in first, "P100" in first, "P100" in second) == (True, False, True)
    assert [page.count("disabled") for page in (first, second)] == [1, 1]  # the very first up, the very last down
    response = as_alice.post(f"{PEOPLE}{rows[100].pk}/", {"do": "up"})
    assert response.url == f"{PEOPLE}#move-{rows[100].pk}"
    response = as_alice.post(f"{PEOPLE}{rows[100].pk}/", {"do": "down"})
    assert response.url == f"{PEOPLE}?page=2#move-{rows[100].pk}"


@pytest.mark.parametrize(("n", "more"), [(30, ""), (33, "And 3 more on your list")])
def test_where_help_is_shown_the_first_few_stand(as_alice, alice, n, more):
    people(alice, n, in_crisis=True)
    for path in ("/help-now/", "/care/safety-plan/"):
        text = words(as_alice, path)
        assert ("P029" in text, "P030" in text) == (True, False)
        assert ("more on your list" in text) == bool(more)
        assert more in text
    assert ("and 3 more." in words(as_alice, "/care/safety-plan/edit/")) == bool(more)


# --- homework -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("depth", "sentence"), [(4, ""), (5, "1 smaller step is not"), (50, "46 smaller steps are not")]
)
def test_steps_that_are_too_deep_to_be_shown_are_told_in_number(as_alice, alice, depth, sentence):
    [task] = tasks(alice, 1)
    parent = None
    for n in range(depth):
        parent = HomeworkStep.objects.create(homework=task, parent=parent, text=f"s{n}", position=n)
    for path in (TASKS, f"{TASKS}{task.pk}/", REVIEW):
        text = words(as_alice, path)
        assert ("not shown" in text) == bool(sentence)
        assert sentence in text


def test_a_line_written_twice_is_one_step(as_alice, alice):
    [task] = tasks(alice, 1)
    for _ in range(2):
        as_alice.post(f"{TASKS}{task.pk}/smaller/", {"lines": "a\na\nb\n a "})
    assert list(task.steps.values_list("text", "position")) == [("a", 0), ("b", 1)]


def test_what_a_page_does_not_send_stays_as_it_is(as_alice, alice):
    visit = Appointment.objects.create(owner=alice, kind="therapist", date=TODAY)
    [task] = tasks(alice, 1, why="w", when="at noon", by=TODAY, note="my words", given=visit, result="done")
    step = HomeworkStep.objects.create(homework=task, text="s", when="first")
    before = list(Homework.objects.values()) + list(HomeworkStep.objects.values())
    for path in ("", "edit/", f"step/{step.pk}/"):
        assert as_alice.post(f"{TASKS}{task.pk}/{path}", {}).status_code == 302
        assert list(Homework.objects.values()) + list(HomeworkStep.objects.values()) == before
    as_alice.post(f"{TASKS}{task.pk}/edit/", {"why": "", "by": "", "given": ""})
    task.refresh_from_db()
    assert (task.why, task.by, task.given, task.when) == ("", None, None, "at noon")


@pytest.mark.parametrize(
    ("end", "sent"),
    [("", {"note": "n"}), ("edit/", {"why": "w"}), ("result/", {"result": "done"}), ("away/", {"away": "yes"})],
)
def test_a_task_deleted_while_its_page_was_open_stays_deleted(as_alice, alice, monkeypatch, end, sent):
    [task] = tasks(alice, 1)

    def found_then_deleted(request, pk):
        row = access.own_homework(request, pk)
        Homework.objects.filter(pk=pk).delete()
        return row

    monkeypatch.setattr("journal.views.homework.own_homework", found_then_deleted)
    assert as_alice.post(f"{TASKS}{task.pk}/{end}", sent).status_code == 404
    assert not Homework.objects.exists()


@pytest.mark.parametrize(("end", "sent"), [("step/", {"text": "n"}), ("result/", {"result": "done"})])
def test_so_does_a_step(as_alice, alice, monkeypatch, end, sent):
    [task] = tasks(alice, 1)
    step = HomeworkStep.objects.create(homework=task, text="s")

    def found_then_deleted(request, homework, pk):
        row = access.own_homework_step(request, homework, pk)
        HomeworkStep.objects.filter(pk=pk).delete()
        return row

    monkeypatch.setattr("journal.views.homework.own_homework_step", found_then_deleted)
    assert as_alice.post(f"{TASKS}{task.pk}/{end}{step.pk}/", sent).status_code == 404
    assert not HomeworkStep.objects.exists()
