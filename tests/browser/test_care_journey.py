"""From a bad night to what was agreed: a note is flagged, a skill practised, the agenda printed, the visit recorded."""

import datetime as dt
import io
import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from journal.models import Appointment, Practice, Question, Skill
from tests.browser.conftest import PHONE, axe_problems
from tests.browser.test_nothing_lost import rate, save
from tests.conftest import make_entry, make_medication, make_plan, make_step, make_symptom

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Awake since two. Is it the dose, or the worry about it?"
NIGHT, MORNING, AFTER = dt.time(22, 10), dt.time(7, 40), dt.time(11)


class Screens:
    """What is wrong with the screens that were reached: axe-core, a first heading too many, a page that is too wide."""

    def __init__(self, page):
        self.page = page
        self.problems: list[str] = []

    def look(self):
        """The screen as it is now."""
        self.problems += axe_problems(self.page)
        if self.page.locator("h1").count() != 1:
            self.problems.append(f"{self.page.url} has {self.page.locator('h1').count()} first headings")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.problems.append(f"{self.page.url} is {wide} px too wide")


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "color_scheme": getattr(request, "param", "light"), "viewport": PHONE}


@pytest.fixture
def tonight():
    """It is ten at night in London, and time goes on from there."""
    today = dt.datetime.now(dt.UTC).date()
    with time_machine.travel(dt.datetime.combine(today, NIGHT, tzinfo=dt.UTC)) as clock:
        yield clock


@pytest.fixture
def record(alice, tonight):
    """A plan that is agreed, a side effect that is rated, a visit of five weeks ago, and one tomorrow."""
    alice.profile.time_zone = "UTC"
    alice.profile.save()
    today = timezone.localdate()
    medication = make_medication(alice)
    make_step(medication, today - dt.timedelta(30), 20, "start")
    make_plan(medication, [(today + dt.timedelta(20), 15)])
    symptom = make_symptom(alice, "Nausea", kind="side_effect", builtin="nausea")
    for days in (1, 2):
        make_entry(alice, today - dt.timedelta(days), {symptom: 5})
    skill = Skill.objects.create(owner=alice, name="Box breathing", slug="box-breathing", builtin="box-breathing")
    for days in (3, 5, 8, 9):
        Practice.objects.create(skill=skill, date=today - dt.timedelta(days), before=7, after=6)
    visits = [(-35, True, "To stay at 20 mg for now."), (1, None, "")]
    for days, held, agreed in visits:
        Appointment.objects.create(
            owner=alice,
            kind="prescriber",
            name="Dr Okafor",
            date=today + dt.timedelta(days),
            time=dt.time(10, 20),
            held=held,
            agreed=agreed,
        )
    return today


@pytest.mark.parametrize("browser_context_args", ["light", "dark"], indirect=True)
def test_from_a_bad_night_to_what_was_agreed(signed_in, live_server, watch, alice, record, tonight):
    page = signed_in(alice)
    page.clock.install(time=timezone.now())  # the device says when a practice ended, so its clock is the server's
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1 }")
    screens = Screens(page)

    # At night: a note, flagged.
    page.goto(f"{live_server.url}/entries/{record}/")
    page.locator("#id_notes").fill(NOTE)
    page.get_by_text("Raise this at my next appointment").last.click()
    page.get_by_role("button", name="Save").last.click()
    page.wait_for_url(f"{live_server.url}/")
    expect(page.locator("main")).to_contain_text("1 question on your list")
    screens.look()

    # Still at night: a skill is practised with its pacer, as on four nights before, with distress before and after.
    page.goto(f"{live_server.url}/coping/box-breathing/practise/")
    rate(page, "before", "8")
    screens.look()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator("[data-word]")).to_have_text("Breathe in", timeout=10_000)
    screens.look()
    page.get_by_role("button", name="Stop here", exact=True).click()
    expect(page.get_by_role("heading", name="How is it now?")).to_be_focused()
    rate(page, "after", "5")
    screens.look()
    save(page).click()
    page.wait_for_url(f"{live_server.url}/coping/box-breathing/")
    expect(page.locator("main")).to_contain_text("saved")
    screens.look()
    tonights = Practice.objects.of(alice).get(date=record)
    assert (tonights.before, tonights.after) == (8, 5)

    # What helps has enough of them now to show a change.
    page.goto(f"{live_server.url}/coping/what-helps/")
    expect(page.locator("main")).to_contain_text("Practised 5 times.")
    expect(page.get_by_role("heading", name="Box breathing")).to_be_visible()
    said = "change −1, median of 5. Practice by practice from 3 lower to 1 lower."
    expect(page.locator("main")).to_contain_text(said)
    screens.look()

    # In the morning: from Today to the agenda, a side effect with one tap, and paper.
    tonight.move_to(dt.datetime.combine(record + dt.timedelta(1), MORNING, tzinfo=dt.UTC))
    page.goto(live_server.url)
    page.get_by_role("link", name=re.compile("Dr Okafor, prescriber")).click()
    expect(page.locator("main")).to_contain_text(NOTE)
    expect(page.locator("main")).to_contain_text("36 days since the last one")
    expect(page.locator("main")).to_contain_text("To stay at 20 mg for now.")
    page.get_by_role("button", name=re.compile("Put on the agenda.*Nausea")).click()
    expect(page.locator("main")).to_contain_text("Nausea: rated on 2 of 3 days with an entry")
    screens.look()
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(paper.pages[0].extract_text().split())
    assert len(paper.pages) == 1
    for words in ("Dr Okafor, prescriber", "Awake since two.", "Nausea: rated on 2 of 3 days", "Agreed today"):
        assert words in text
    for words in ("Put on the agenda", "Add to the agenda", "Help now"):
        assert words not in text

    # After the visit: what was asked, what was said to it, what was agreed, the plan and the next one.
    tonight.move_to(dt.datetime.combine(record + dt.timedelta(1), AFTER, tzinfo=dt.UTC))
    page.goto(f"{live_server.url}/care/")
    screens.look()
    page.get_by_role("link", name=re.compile("^Agenda")).click()
    page.get_by_role("link", name="Say how it went").click()
    screens.look()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Choose whether it took place.")
    screens.look()
    page.get_by_label("It took place", exact=True).check()
    page.get_by_label("What was agreed").fill("Two more weeks at 20 mg, then we speak.")
    page.get_by_label("A taper plan that came of it").select_option(index=1)
    page.get_by_label(NOTE, exact=True).check()
    page.get_by_label(f"What was said to “{NOTE}”").fill("Hard to tell apart. A diary of both helps.")
    page.get_by_label("Day of the next one").fill((record + dt.timedelta(15)).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Two more weeks at 20 mg, then we speak.")
    expect(page.locator("main")).to_contain_text("Hard to tell apart.")
    screens.look()

    # Care knows it all.
    page.goto(f"{live_server.url}/care/")
    expect(page.locator("main")).to_contain_text(re.compile(r"Last seen your prescriber\s+today"))
    expect(page.locator("main")).to_contain_text("in 2\u00a0weeks")
    screens.look()
    asked = Question.objects.of(alice).get(asked_on__isnull=False)
    assert (asked.text, asked.asked_on) == (NOTE, record + dt.timedelta(1))
    assert asked.appointment.plan is not None
    page.goto(f"{live_server.url}/care/appointments/")
    screens.look()
    assert screens.problems == []


@pytest.mark.parametrize("browser_context_args", ["light", "dark"], indirect=True)
def test_two_hundred_questions_are_a_good_page_and_good_paper(signed_in, live_server, watch, alice, record):
    Question.objects.bulk_create(
        Question(owner=alice, text="x" * 500 if n % 50 == 0 else f"Question {n} about something", kind=kind)
        for n, kind in zip(range(200), Question.Kind.values * 50, strict=False)
    )
    page, screens = signed_in(alice), None
    screens = Screens(page)
    visit = Appointment.objects.of(alice).get(held=None)
    Appointment.objects.of(alice).update(name="W" * 100, place="p" * 200)
    for path in (f"/care/appointments/{visit.pk}/", f"/care/appointments/{visit.pk}/after/", "/care/"):
        page.goto(live_server.url + path)
        screens.look()
    page.goto(f"{live_server.url}/care/appointments/{visit.pk}/")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(one.extract_text().split()) for one in paper.pages)
    assert "Question 199 about something" in text
    assert "Agreed today" in text
    assert len(paper.pages) <= 8
    assert screens.problems == []


def test_an_event_is_raised_beside_its_line(signed_in, live_server, watch, alice, record):
    page = signed_in(alice)
    page.goto(f"{live_server.url}/entries/{record}/")
    tick = page.locator("#id_event-illness-raise")
    expect(tick).to_be_hidden()
    page.locator(".chip", has_text="Illness").click()
    page.locator("#id_event-illness-text").fill("a fever")
    tick.check()
    screens = Screens(page)
    screens.look()
    page.get_by_role("button", name="Save").last.click()
    page.wait_for_url(f"{live_server.url}/")
    assert Question.objects.of(alice).get().text == "Illness: a fever"
    assert screens.problems == []
