"""The whole job, as one person does it on a phone: from signing up to the page for the appointment."""

import io
import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import axe_problems

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "four quiet words here"


class Phone:
    """The page, and axe-core on every screen that was reached."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.problems: list[str] = []

    def look(self):
        """The screen as it is now: one heading, no accessibility problem, nothing wider than the phone."""
        expect(self.page.locator("h1")).to_have_count(1)
        self.problems += axe_problems(self.page)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.problems.append(f"{self.page.url} is {wide} px too wide")

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name).first.click()


@pytest.mark.parametrize("browser_context_args", ["light", "dark"], indirect=True)
def test_from_sign_up_to_the_appointment(page, live_server, watch):
    phone = Phone(page, live_server.url)
    sign_up(phone)
    first_run(phone)
    log_today(phone)
    practise(phone)
    raise_a_question(phone)
    see_trends(phone)
    open_the_summary(phone)
    assert phone.problems == []


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "color_scheme": getattr(request, "param", "light")}


def sign_up(phone):
    page = phone.page
    page.goto(phone.url)
    phone.look()
    phone.press("Create a journal", "link")
    phone.look()
    page.get_by_label("User name").fill("carol")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    phone.press("Create a journal")
    expect(page).to_have_url(re.compile("/accounts/recovery-code/"))
    phone.look()
    code = page.locator("main").inner_text()
    assert re.search(r"(?:[A-Z0-9]{5}\s){4}[A-Z0-9]{5}", code), code
    phone.press(re.compile("kept"))
    assert User.objects.get(username="carol").profile.time_zone == "Europe/London"


def first_run(phone):
    page = phone.page
    expect(page).to_have_url(re.compile("/welcome/"))
    phone.look()
    page.get_by_label("Name").fill("Venlafaxine")
    page.get_by_label("Dose a day now").fill("37,5")
    phone.press(re.compile("Continue"))
    phone.look()
    page.get_by_label("Brain zaps").check()
    page.get_by_label("Dizziness").check()
    phone.press(re.compile("Continue"))
    phone.look()
    phone.press(re.compile("Continue|Finish|Done|today", re.I))
    expect(page).to_have_url(re.compile(r"/entries/\d{4}-\d{2}-\d{2}/"))
    phone.look()


def log_today(phone):
    page = phone.page
    page.get_by_label("As planned").check()
    zaps = page.get_by_role("group", name=re.compile("^Brain zaps"))
    zaps.locator("label", has_text="4–6").click()
    phone.look()
    mood = page.get_by_role("group", name=re.compile("^Mood"))
    mood.locator("label", has_text="7–9").click()
    page.get_by_role("textbox", name="Notes").fill("Walked to the river.")
    phone.press("Save")
    expect(page.get_by_role("status").or_(page.get_by_text(re.compile("^Saved"))).first).to_be_visible()
    expect(page).to_have_url(f"{phone.url}/")
    page.wait_for_load_state()
    phone.look()
    entry = User.objects.get(username="carol").entries.get()
    assert (entry.mood, entry.notes) == (8, "Walked to the river.")
    assert entry.ratings.get().severity == 5


def practise(phone):
    page = phone.page
    phone.press("Coping", "link")
    phone.look()
    page.get_by_role("link", name=re.compile("4-7-8")).first.click()
    phone.look()
    page.get_by_role("group", name=re.compile("Before")).locator("label", has_text="7–9").click()
    page.get_by_role("group", name=re.compile("After")).locator("label", has_text="1–3").click()
    phone.press(re.compile("Save|Log"))
    phone.look()
    practice = User.objects.get(username="carol").skills.get().practices.get()
    assert (practice.before, practice.after) == (8, 2)


def raise_a_question(phone):
    page = phone.page
    phone.press("More", "link")
    phone.look()
    page.get_by_role("link", name=re.compile("^Care")).click()
    page.get_by_role("textbox").first.fill("Is there a liquid?")
    phone.press(re.compile("Add|Save|Put"))
    expect(page.get_by_text("Question added.")).to_be_visible()
    phone.look()


def see_trends(phone):
    page = phone.page
    phone.press("Trends", "link")
    expect(page.get_by_role("img").first).to_be_visible()
    phone.look()
    page.get_by_text("The numbers as a table").click()
    expect(page.get_by_role("table")).to_contain_text("37.5")
    phone.look()


def open_the_summary(phone):
    page = phone.page
    phone.press("More", "link")
    page.get_by_role("link", name=re.compile("^Summary")).click()
    phone.look()
    expect(page.get_by_text("Is there a liquid?")).to_be_visible()
    expect(page.get_by_text("Venlafaxine 37.5 mg since")).to_be_visible()
    expect(page.get_by_role("button", name="PDF")).to_be_visible()
    answer = page.request.get(f"{phone.url}/summary.pdf")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    assert "Is there a liquid?" in text
    page.get_by_role("link", name="Help now").first.click()
    phone.look()
