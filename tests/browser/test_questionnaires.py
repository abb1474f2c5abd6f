"""A questionnaire on a phone: large targets, the keyboard, no script, a connection that goes, two tabs; and a look."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.catalogue.obstacles import AREAS
from journal.models import MonthlyLook, Question, QuestionnaireResponse
from tests.browser.conftest import axe_problems, until

pytestmark = pytest.mark.django_db(transaction=True)
AT_LIST = re.compile(r"/questionnaires/phq-9/$")


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "service_workers": "block", **getattr(request, "param", {})}


@pytest.fixture
def phq(page, live_server, signed_in, alice, watch):
    watch.expect_errors("401", "503", "net::ERR")
    signed_in(alice)
    page.goto(f"{live_server.url}/questionnaires/phq-9/{timezone.localdate()}/")
    return page


def answer(page, number, words):
    """The label is what a finger meets."""
    page.locator("fieldset.answers").nth(number - 1).locator(".answer", has_text=words).click()


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def answers(alice):
    return QuestionnaireResponse.objects.of(alice).values_list("answers", flat=True).get()


SMALL = {"viewport": {"width": 320, "height": 640}}


@pytest.mark.parametrize("browser_context_args", [SMALL], ids=["small"], indirect=True)
def test_every_answer_is_large_enough_on_a_small_phone(phq):
    boxes = [one.bounding_box() for one in phq.locator(".answer").all()]
    assert len(boxes) == 10 * 5
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    assert phq.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    "browser_context_args", [{}, {"java_script_enabled": False}], ids=["", "no-script"], indirect=True
)
def test_it_is_filled_in_with_taps_and_taken_back_to_blank(phq, alice):
    for number in range(1, 10):
        answer(phq, number, "Several days" if number < 9 else "Not at all")
    answer(phq, 2, "More than half the days")
    answer(phq, 3, "Not answered")
    save(phq)
    expect(phq).to_have_url(AT_LIST, timeout=20_000)
    assert answers(alice) == [1, 2, None, 1, 1, 1, 1, 1, 0]
    assert "no total, 8 of 9 answered" in phq.locator(".flash").inner_text().replace("\u00a0", " ")


def test_with_the_keyboard_alone(phq, alice):
    phq.locator("[name=item-1]").first.focus()
    for key in ("ArrowRight", "ArrowRight", "Tab", "ArrowRight"):
        phq.keyboard.press(key)
    assert axe_problems(phq) == []
    phq.keyboard.press("Enter")
    expect(phq).to_have_url(AT_LIST, timeout=20_000)
    assert answers(alice)[:3] == [1, 0, None]


def test_a_connection_that_goes_loses_nothing(phq, alice, context):
    """It waits on the phone, and is sent once when there is one again."""
    answer(phq, 1, "Nearly every day")
    context.set_offline(True)
    save(phq)
    expect(phq.locator("#savebar-state")).to_contain_text("No connection. Kept on this phone")
    assert not QuestionnaireResponse.objects.of(alice).exists()
    context.set_offline(False)
    phq.reload()
    expect(phq.get_by_role("radio", name="Nearly every day").first).to_be_checked(timeout=20_000)
    until(phq, QuestionnaireResponse.objects.of(alice).exists)
    assert answers(alice) == [3, *[None] * 8]


def test_a_draft_is_there_after_the_page_was_lost(phq):
    answer(phq, 4, "Nearly every day")
    expect(phq.locator("#savebar-state")).to_contain_text("kept on this phone")
    phq.reload()
    expect(phq.locator("fieldset.answers").nth(3).get_by_role("radio", name="Nearly every day")).to_be_checked()


def test_the_same_question_in_two_tabs_is_asked_about(phq, alice, context, live_server):
    other = context.new_page()
    other.goto(phq.url)
    answer(other, 1, "Several days")
    save(other)
    expect(other).to_have_url(AT_LIST, timeout=20_000)
    answer(phq, 1, "Nearly every day")
    answer(phq, 2, "Not at all")
    save(phq)
    expect(phq.locator(".error")).to_contain_text(
        "saved elsewhere as Several days. Save again to keep Nearly every day."
    )
    save(phq)
    expect(phq).to_have_url(AT_LIST, timeout=20_000)
    assert answers(alice)[:3] == [3, 0, None]


def test_a_thought_becomes_a_question_by_one_tap(page, live_server, signed_in, alice, watch):
    signed_in(alice)
    month = f"{timezone.localdate():%Y-%m}"
    page.goto(f"{live_server.url}/care/getting-in-the-way/{month}/")
    page.get_by_label("A thought, if you like, Sleep").fill("The short nights")
    page.get_by_role("button", name="Ask my therapist about Sleep").click()
    expect(page.locator(".flash")).to_contain_text("on your list for your therapist")
    assert page.url.endswith(f"/{month}/")
    assert Question.objects.of(alice).get().text == "The short nights"
    assert MonthlyLook.objects.of(alice).get().thoughts == {"sleep": "The short nights"}
    page.get_by_label("A thought, if you like, Support").fill("Sam knows")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile("/care/getting-in-the-way/$"), timeout=20_000)
    assert set(MonthlyLook.objects.of(alice).get().thoughts) == {"sleep", "support"} <= set(AREAS)
