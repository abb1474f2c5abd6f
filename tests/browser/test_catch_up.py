"""Catch-up by keyboard alone, without script, and with a finger."""

import datetime as dt

import pytest
from django.utils import timezone

from journal.models import DailyEntry, ForgottenDay
from tests.browser.conftest import axe_problems
from tests.conftest import make_entry, make_medication, make_step, make_symptom, person

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = """
    [...document.querySelectorAll("main a, main button:not(.visually-hidden), main summary, main label, main .input")]
        .filter((part) => part.checkVisibility({visibilityProperty: true}) && !part.closest(".visually-hidden"))
        .filter((part) => !part.matches(".field > label, .rating-exact > label"))
        .filter((part) => part.getBoundingClientRect().height < 43.9 || part.getBoundingClientRect().width < 43.9)
        .map((part) => part.outerHTML.slice(0, 120))
"""


def day(number: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(number)


@pytest.fixture
def erin(db):
    erin = person("erin")
    make_entry(erin, day(5), mood=5)
    make_symptom(erin)
    make_step(make_medication(erin), day(60), 20, "start")
    return erin


@pytest.fixture
def opened(signed_in, live_server, erin, watch):
    page = signed_in(erin)
    page.goto(f"{live_server.url}/entries/catch-up/")
    return page


def test_by_keyboard_alone(opened, erin):
    page = opened
    page.focus("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == f"{day(1)}-forgotten"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Fill in"
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")  # not rated, 0, 1, 2
    assert page.evaluate("document.activeElement.name") == f"{day(1)}-mood"
    page.focus(f"[name='{day(2)}-forgotten']")
    page.keyboard.press("Space")
    page.focus(f"[name='{day(1)}-sleep_hours']")
    page.keyboard.type("6:30")
    page.keyboard.press("Enter")  # saves, and presses no other button
    page.wait_for_url("**/entries/")
    assert DailyEntry.objects.of(erin).get(date=day(1)).mood == 2
    assert [found.date for found in ForgottenDay.objects.of(erin)] == [day(2)]


def test_open_it_is_accessible_and_every_target_has_44_px(opened):
    page = opened
    page.locator("summary").first.click()
    assert axe_problems(page) == []
    assert page.evaluate(SMALL) == []


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_a_day_is_filled_and_what_is_refused_stays(self, opened, erin):
        page = opened
        page.locator("summary").nth(1).click()
        page.locator(f"label[for='id_{day(2)}-mood_5']").first.click()
        page.fill(f"[name='{day(2)}-sleep_hours']", "25")
        page.fill(f"[name='{day(2)}-notes']", "a quiet day")
        page.get_by_role("button", name="Save").last.click()
        assert "more than a day has" in page.inner_text("main")
        assert page.input_value(f"[name='{day(2)}-notes']") == "a quiet day"
        page.fill(f"[name='{day(2)}-sleep_hours']", "8")
        page.get_by_role("button", name="Save").last.click()
        page.wait_for_url("**/entries/")
        found = DailyEntry.objects.of(erin).get(date=day(2))
        assert (found.mood, found.sleep_hours, found.notes) == (5, 8, "a quiet day")
