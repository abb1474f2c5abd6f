"""What is typed on the pages of Care is not lost: left for another page, without a connection, and sent twice."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.models import Appointment, Homework, Question
from tests.browser.conftest import axe_problems, until_sent
from tests.browser.test_nothing_lost import KEPT, NOT_CAUGHT, save, state, stored

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = re.compile("^No connection. Kept on this phone")


@pytest.fixture
def browser_context_args(browser_context_args):
    return browser_context_args | NOT_CAUGHT


@pytest.fixture
def visit(alice):
    question = Question.objects.create(owner=alice, text="Is it the dose?")
    day = timezone.localdate() - dt.timedelta(1)
    mine = Appointment.objects.create(owner=alice, kind="prescriber", name="Dr Okafor", date=day)
    return mine, question


@pytest.fixture
def here(page, live_server, signed_in, alice, watch):
    watch.expect_errors("net::ERR")
    return signed_in(alice)


def test_what_was_written_after_a_visit_is_there_after_its_day_was_changed(here, live_server, visit):
    mine, question = visit
    after = f"{live_server.url}/care/appointments/{mine.pk}/after/"
    here.goto(after)
    here.get_by_label("What was agreed").fill("Stay at 20 mg.")
    here.locator(f"[name=answer-{question.pk}]").fill("Perhaps.")
    here.locator(f"[name=asked-{question.pk}]").check()
    here.get_by_label("It took place", exact=True).check()
    expect(state(here)).to_have_text(KEPT)
    here.wait_for_timeout(300)  # the last change is kept, too
    here.goto(f"{live_server.url}/care/appointments/{mine.pk}/edit/")
    here.get_by_label("Day", exact=True).fill(str(mine.date - dt.timedelta(1)))
    save(here).click()
    here.wait_for_url(f"{live_server.url}/care/appointments/{mine.pk}/")
    here.goto(after)
    expect(here.get_by_label("What was agreed")).to_have_value("Stay at 20 mg.")
    expect(here.locator(f"[name=answer-{question.pk}]")).to_have_value("Perhaps.")
    expect(here.locator(f"[name=asked-{question.pk}]")).to_be_checked()
    expect(state(here)).to_have_text(KEPT)
    assert axe_problems(here) == []
    save(here).click()
    here.wait_for_url(f"{live_server.url}/care/appointments/{mine.pk}/")
    mine.refresh_from_db()
    question.refresh_from_db()
    assert (mine.held, mine.agreed, question.answer) == (True, "Stay at 20 mg.", "Perhaps.")
    assert stored(here, "draft.") == stored(here, "queue.") == {}


def test_without_a_connection_it_waits_and_the_page_goes_on_showing_it(here, live_server, visit, context):
    mine, _ = visit
    here.goto(f"{live_server.url}/care/appointments/{mine.pk}/after/")
    here.get_by_label("It took place", exact=True).check()
    here.get_by_label("What was agreed").fill("Stay at 20 mg.")
    context.set_offline(True)
    save(here).click()
    expect(state(here)).to_have_text(WAITS)
    expect(here.get_by_label("What was agreed")).to_have_value("Stay at 20 mg.")
    context.set_offline(False)
    until_sent(here, Appointment.objects.filter(pk=mine.pk, agreed="Stay at 20 mg."))


def test_a_question_is_kept_and_asked_once(here, live_server, alice, context):
    here.goto(f"{live_server.url}/care/")
    here.get_by_label("Something to raise").fill("Is there a liquid?")
    expect(state(here)).to_have_text(KEPT)
    here.goto(f"{live_server.url}/care/homework/")
    here.goto(f"{live_server.url}/care/")
    expect(here.get_by_label("Something to raise")).to_have_value("Is there a liquid?")
    assert axe_problems(here) == []
    here.get_by_role("button", name="Add question").dblclick()
    expect(here.locator("main")).to_contain_text("Question added.")
    expect(here.get_by_label("Something to raise")).to_have_value("")
    assert Question.objects.of(alice).count() == 1
    assert stored(here, "draft.") == {}


def test_a_task_that_was_begun_and_how_it_went_are_kept(here, live_server, alice):
    here.goto(f"{live_server.url}/care/homework/new/")
    here.get_by_label("Task").fill("Go outside")
    expect(state(here)).to_have_text(KEPT)
    here.goto(f"{live_server.url}/care/homework/")
    here.goto(f"{live_server.url}/care/homework/new/")
    here.get_by_role("button", name="Add it").click()
    here.wait_for_url(re.compile(r"/care/homework/\d+/$"))
    task = Homework.objects.of(alice).get()
    here.get_by_label("How it went, in your own words").fill("Slow")
    expect(state(here)).to_have_text(KEPT)
    here.reload()
    expect(here.get_by_label("How it went, in your own words")).to_have_value("Slow")
    save(here).click()
    expect(here.locator("main")).to_contain_text("Saved.")
    task.refresh_from_db()
    assert (task.text, task.note) == ("Go outside", "Slow")


def test_an_answer_by_a_slip_is_undone_where_it_was_given(here, live_server, alice):
    tasks = [
        Homework.objects.create(owner=alice, text=f"Task {n}", result="partly", said_on=dt.date(2026, 1, 5))
        for n in range(8)
    ]
    here.goto(f"{live_server.url}/care/homework/")
    here.locator(f"#task-{tasks[5].pk}").get_by_role("button", name="Too much").click()
    undo = here.get_by_role("button", name="Undo")
    expect(undo).to_be_in_viewport()
    assert here.locator(f"#task-{tasks[5].pk} h2").bounding_box()["y"] > undo.bounding_box()["y"] + 44
    assert axe_problems(here) == []
    undo.click()
    expect(here.locator("main")).to_contain_text("As it was before: Done in part, 5 January.")
    tasks[5].refresh_from_db()
    assert (tasks[5].result, tasks[5].said_on) == ("partly", dt.date(2026, 1, 5))
