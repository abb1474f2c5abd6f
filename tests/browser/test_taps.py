"""How many taps a day costs, on a phone; and the same jobs by keyboard, and without script."""

import datetime as dt
import re
import time
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from journal.models import CheckIn, DailyEntry, DoseTaken, Rating
from tests.browser.conftest import axe_problems
from tests.conftest import make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["Brain zaps", "Dizziness", "Anxiety", "Irritability", "Nausea", "Headache"]
SLUGS = ["brain-zaps", "dizziness", "anxiety", "irritability", "nausea", "headache"]


@pytest.fixture(autouse=True)
def patience(page):
    page.set_default_timeout(8000)


class Thumb:
    """Taps with a finger, and counts them. What is typed costs no tap, what is scrolled to neither."""

    def __init__(self, page):
        self.page, self.taps, self.started = page, 0, time.monotonic()

    def tap(self, target):
        target.scroll_into_view_if_needed()
        target.tap()
        self.taps += 1
        self.page.wait_for_timeout(350)  # nobody's next tap is sooner

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


@pytest.fixture
def browser_context_args(browser_context_args, request):
    more = getattr(request, "param", {})
    return {**browser_context_args, "has_touch": True, "is_mobile": True, **more}


@pytest.fixture
def usual(alice):
    """Alice on a usual day: one medication, six symptoms, yesterday's entry."""
    today = timezone.localdate()
    medication = make_medication(alice)
    make_step(medication, today - dt.timedelta(9), "37.5", "start")
    symptoms = [
        make_symptom(alice, name, builtin=slug, position=place)
        for place, (name, slug) in enumerate(zip(NAMES, SLUGS, strict=True))
    ]
    yesterday = today - dt.timedelta(1)
    make_entry(
        alice, yesterday, dict(zip(symptoms, (4, 3, 5, 2, 0, 1), strict=True)), mood=5, energy=4, function=6,
        sleep_hours="6.5", sleep_quality=4,
    )  # fmt: skip
    return medication, symptoms


def row(page, name):
    return page.get_by_role("group", name=name, exact=True)


def target(page, name, face):
    return row(page, name).locator(".target").filter(has_text=re.compile(rf"^\s*{re.escape(face)}"))


def check_usual(alice, medication, symptoms):
    entry = DailyEntry.objects.of(alice).get(date=timezone.localdate())
    found = {rating.symptom.name: (rating.severity, rating.origin) for rating in entry.ratings.all()}
    assert found["Brain zaps"] == (Decimal(8), "own")
    assert found["Dizziness"] == (Decimal(3), "carried")
    assert (entry.mood, entry.energy) == (2, 4) and "mood" not in entry.carried_names
    assert "energy" in entry.carried_names
    assert DoseTaken.objects.get(medication=medication, date=entry.date).status == "planned"


def test_a_usual_day_takes_six_taps(page, live_server, signed_in, alice, usual, watch):
    signed_in(alice)
    page.goto(live_server.url)
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="Log today"))
    thumb.tap(page.get_by_role("button", name="Same as yesterday"))
    thumb.tap(page.get_by_role("radio", name="As planned"))
    thumb.tap(target(page, "Mood", "1–3"))
    thumb.tap(target(page, "Brain zaps", "7–9"))
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert thumb.taps <= 6 and thumb.seconds < 30
    check_usual(alice, *usual)


def test_the_first_day_takes_twenty(page, live_server, watch):
    """From the first screen after signing up to the first day saved."""
    page.goto(f"{live_server.url}/accounts/signup/")
    page.fill("#id_username", "carol")
    page.fill("#id_password1", "four quiet words here")
    page.fill("#id_password2", "four quiet words here")
    page.click("main .btn-primary")
    page.click("text=I have kept it")
    thumb = Thumb(page)
    thumb.tap(page.get_by_label("Name"))
    page.keyboard.type("Venlafaxine")
    thumb.tap(page.get_by_label("Dose a day now"))
    page.keyboard.type("37.5")
    go_on = page.locator(".savebar .btn-primary")
    thumb.tap(go_on)  # five symptoms are ticked already
    page.wait_for_url("**/welcome/2/")
    thumb.tap(go_on)
    page.wait_for_url("**/welcome/3/")
    thumb.tap(go_on)
    page.wait_for_url(re.compile("/welcome/4/|/entries/"))
    if "/welcome/" in page.url:
        thumb.tap(go_on)
    page.wait_for_url("**/entries/**")
    thumb.tap(page.get_by_role("radio", name="As planned"))
    for name in ("Mood", "Energy", "What you could do", "How well you slept"):
        thumb.tap(target(page, name, "4–6"))
    tracked = page.locator(".entry-symptoms .entry-item .rating")
    for number in range(tracked.count()):
        thumb.tap(tracked.nth(number).locator(".target").nth(2))
    thumb.tap(page.get_by_role("button", name="15 minutes more"))
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert thumb.taps <= 20, thumb.taps
    carol = User.objects.get(username="carol")
    assert DailyEntry.objects.of(carol).get().ratings.count() == tracked_count(carol)
    assert DailyEntry.objects.of(carol).get().sleep_hours == 8


def tracked_count(owner) -> int:
    return owner.symptoms.filter(tracked=True).count()


def test_a_check_in_takes_three_taps(page, live_server, signed_in, alice, usual, watch):
    signed_in(alice)
    page.goto(live_server.url)
    thumb = Thumb(page)
    thumb.tap(page.locator("main").get_by_role("link", name="Dizziness"))
    thumb.tap(target(page, "Dizziness", "4–6"))
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Kept: dizziness, moderate 5")).to_be_visible()
    assert thumb.taps == 3
    check_in = CheckIn.objects.of(alice).get()
    assert [(r.symptom.name, r.severity) for r in check_in.readings.all()] == [("Dizziness", 5)]
    rating = Rating.objects.of(alice).get(entry__date=timezone.localdate())
    assert (rating.origin, rating.value) == ("check_ins", 5)


def test_by_keyboard_alone(page, live_server, signed_in, alice, usual, watch):
    signed_in(alice)
    page.goto(live_server.url)
    tab_to(page, "Log today")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/**")
    tab_to(page, "Same as yesterday")
    page.keyboard.press("Enter")
    tab_to_field(page, f"dose-{usual[0].pk}-status")
    page.keyboard.press("Space")
    tab_to_field(page, "mood")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")  # 5, 4, 3, 2
    tab_to_field(page, f"symptom-{usual[1][0].pk}")
    for _ in range(4):
        page.keyboard.press("ArrowRight")  # 4, 5, 6, 7, 8
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    check_usual(alice, *usual)


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False}], indirect=True)
def test_without_script(page, live_server, signed_in, alice, usual):
    signed_in(alice)
    page.goto(live_server.url)
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="Log today"))
    thumb.tap(page.get_by_role("button", name="Same as yesterday"))
    expect(page.get_by_text("filled in from yesterday, not saved yet")).to_be_visible()
    thumb.tap(page.get_by_role("radio", name="As planned"))
    thumb.tap(target(page, "Mood", "1–3"))
    thumb.tap(target(page, "Brain zaps", "7–9"))
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Saved.")).to_be_visible()
    check_usual(alice, *usual)
    thumb.tap(page.locator("main").get_by_role("link", name="Dizziness"))
    thumb.tap(target(page, "Dizziness", "4–6"))
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Kept: dizziness, moderate 5")).to_be_visible()


def tab_to(page, name):
    """Tab until what has the focus is called ``name``."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def tab_to_field(page, name):
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"the field {name} cannot be reached by Tab")


def test_every_target_is_large_enough(page, live_server, signed_in, alice, usual, watch):
    """At least 44 px each way, or a line of text, for all that can be pressed on the page of a day."""
    signed_in(alice)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/")
    for summary in page.locator("main summary").all():
        summary.click()
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("main a, main button, main label, main summary, main .input"))
          .filter((one) => one.getClientRects().length && getComputedStyle(one).visibility !== "hidden")
          .filter((one) => !one.classList.contains("visually-hidden") && !one.closest(".field > label"))
          .filter((one) => !(one.tagName === "LABEL" && !one.querySelector("input") && !one.closest(".rating-targets")))
          .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 100)])
          .filter(([box]) => box.height < 44 || box.width < 44)
          .map(([box, html]) => `${Math.round(box.width)} x ${Math.round(box.height)} ${html}`)"""
    )
    assert small == []
    assert axe_problems(page) == []


def test_a_symptom_in_a_hurry(page, live_server, signed_in, alice, usual, watch):
    signed_in(alice)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_text("Add a symptom"))
    page.keyboard.type("vis")
    thumb.tap(page.get_by_role("button", name=re.compile("Visual disturbance")))
    thumb.tap(page.get_by_role("radio", name="New since a dose change"))
    thumb.tap(target(page, "How bad is it?", "4–6"))
    thumb.tap(page.get_by_role("button", name="Another symptom"))
    page.keyboard.type("Cold left hand")
    thumb.tap(page.get_by_role("button", name="Add “Cold left hand” as mine"))
    assert axe_problems(page) == []
    thumb.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("“Visual disturbance”, “Cold left hand” are on your list now.")).to_be_visible()
    visual = alice.symptoms.get(builtin="visual-disturbance")
    assert visual.kind == "new" and Rating.objects.get(symptom=visual).severity == 5
    assert alice.symptoms.filter(name="Cold left hand", builtin="").exists()


@pytest.mark.parametrize("name", ["Mood", "Energy", "Brain zaps", "Dizziness"])
def test_a_tap_lands_on_the_number_it_was_meant_for(page, live_server, signed_in, alice, usual, name):
    """Also where a row is filled in already and its head lies under the bar: nothing moves under the finger."""
    signed_in(alice)
    for below in (1, 6, 12, 20):
        page.goto(f"{live_server.url}/entries/{timezone.localdate()}/")
        page.evaluate("localStorage.clear()")
        page.reload()
        page.get_by_role("button", name="Same as yesterday").tap()
        page.wait_for_timeout(50)
        cell = target(page, name, "7–9")
        bar = page.locator("header.bar").bounding_box()["height"]
        page.evaluate(f"scrollBy(0, {cell.bounding_box()['y'] - bar - below})")
        page.wait_for_timeout(100)
        box = cell.bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(100)
        chosen = row(page, name).locator("input:checked").get_attribute("value")
        assert chosen == "8", f"{below} px under the bar a tap on 7–9 chose {chosen}"


def test_something_urgent_has_help_in_sight(page, live_server, signed_in, alice, usual, watch):
    signed_in(alice)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/")
    page.get_by_text("Something that wants help at once").tap()
    page.get_by_label("A seizure (a fit)", exact=True).tap()
    call = page.locator(".event-urgent .event-help a")
    box, bar = call.bounding_box(), page.locator(".savebar").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= bar["y"]
    page.locator("[name=sleep_hours]").fill("much")  # a slip elsewhere does not hide it
    page.get_by_role("button", name="Save", exact=True).tap()
    panel = page.locator(".flag-dialog")
    expect(panel.get_by_role("link", name="Life at risk: call 999")).to_be_in_viewport()
    panel.get_by_role("button", name="Close").last.tap()
    expect(page.locator("main > .event-help")).to_be_in_viewport()
    assert axe_problems(page) == []


def test_an_added_symptom_can_be_taken_out_and_a_long_name_wraps(page, live_server, signed_in, alice, usual, watch):
    signed_in(alice)
    page.goto(f"{live_server.url}/entries/{timezone.localdate()}/")
    page.get_by_text("Add a symptom").tap()
    page.locator("[name=add-0-name]").press_sequentially("x" * 60)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    target(page, "How bad is it?", "4–6").tap()
    page.get_by_role("button", name="Take this one out").tap()
    target(page, "Mood", "4–6").tap()
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert alice.symptoms.count() == len(NAMES)
