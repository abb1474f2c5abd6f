"""A check-in is three taps on a phone, and works with the keyboard and without script."""

import datetime as dt

import pytest
from django.utils import timezone

from journal.models import CheckIn, Reading
from tests.browser.conftest import axe_problems
from tests.conftest import make_symptom, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def frank(db):
    frank = person("frank")
    make_symptom(frank, "Dizziness", builtin="dizziness", position=1)
    make_symptom(frank, "Brain zaps", position=2)
    return frank


def test_three_taps(signed_in, live_server, frank, watch):
    page = signed_in(frank)
    page.goto(live_server.url)
    page.locator(".today-now .chip", has_text="Dizziness").click()
    page.locator(".rating").first.locator(".target", has_text="4–6").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"{live_server.url}/")
    assert "Kept: dizziness, moderate 5" in page.locator(".flash").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("deleted.").wait_for()
    assert not CheckIn.objects.exists()


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, **getattr(request, "param", {})}


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False}], ids=["no-script"], indirect=True)
def test_without_script_a_chip_opens_its_row(signed_in, live_server, frank, watch):
    page = signed_in(frank)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/check-in/?now=dizziness")
    zaps = page.get_by_role("group", name="Brain zaps")
    assert not zaps.is_visible()
    page.locator(".chip", has_text="Brain zaps").click()
    assert zaps.is_visible()
    zaps.locator(".target", has_text="7–9").click()
    page.locator(".chip", has_text="Brain zaps").click()
    assert zaps.is_visible()  # what was chosen is never hidden
    page.locator(".chip", has_text="Note").click()
    page.get_by_label("A line, if you like").fill("At the door")
    page.get_by_text("Other time").click()
    page.get_by_label("Time", exact=True).fill("00:00")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"{live_server.url}/")
    check_in = CheckIn.objects.get()
    assert (check_in.time, check_in.note) == (dt.time(0), "At the door")
    assert [one.severity for one in Reading.objects.all()] == [8]


def test_with_the_keyboard_alone(signed_in, live_server, frank, watch):
    page = signed_in(frank)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/check-in/?now=mood")
    page.locator("summary").focus()
    for key in ("Tab", "ArrowRight", "ArrowRight", "Tab", "Space", "Tab", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    assert CheckIn.objects.get().mood == 1
    assert [(one.symptom.name, one.severity) for one in Reading.objects.all()] == [("Dizziness", 0)]


def test_every_target_is_large_enough_and_open_rows_are_accessible(signed_in, live_server, frank, watch):
    page = signed_in(frank)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/check-in/")
    for chip in page.locator("label.chip").all():
        chip.click()
    page.get_by_text("Other time").click()
    page.locator(".rating").first.locator(".target").nth(2).click()
    assert axe_problems(page) == []
    parts = "a, summary, button, .chip, .target, .check-row, .input, .rating-exact label"
    boxes = [(one, one.bounding_box()) for one in page.locator("main").locator(parts).all() if one.is_visible()]
    assert [one.inner_text() for one, box in boxes if round(box["height"]) < 44] == []
    assert len(boxes) > 20
