"""A plan as one person lives with it on a phone: laid out, agreed, confirmed, held, back up, planned again, printed."""

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect
from pypdf import PdfReader

from journal.models import CalendarFeed, DoseStep, PlannedStep, Product, TaperPlan
from journal.taper.plan_words import METHODS
from journal.taper.schedule import Method
from tests.browser.conftest import PHONE
from tests.browser.test_journey import Phone
from tests.conftest import make_medication, make_step, person

EQUAL, PERCENT, BANDED = (METHODS[way] for way in (Method.EQUAL_MG, Method.PERCENT_CURRENT, Method.BANDED))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "color_scheme": getattr(request, "param", "light")}


@pytest.fixture
def medication(db):
    """Erin has taken 20 mg of citalopram for two months, and has tablets of 10 mg that may be halved."""
    medication = make_medication(person("erin"), "Citalopram", drug="citalopram", drug_class="ssri")
    make_step(medication, timezone.localdate() - dt.timedelta(60), 20, "start")
    Product.objects.create(medication=medication, form="tablet", mg=10, divides="halves")
    return medication


def day(number: int) -> str:
    """So many days from today, as a date field takes it."""
    return (timezone.localdate() + dt.timedelta(number)).isoformat()


def words(iso: str) -> str:
    date = dt.date.fromisoformat(iso)
    year = "" if date.year == timezone.localdate().year else f" {date.year}"
    return f"{date.day} {date:%B}{year}"


def days_pass(days: int) -> None:
    """Everything that was recorded and planned lies so many days further back."""
    for rows in (DoseStep, PlannedStep):
        for row in rows.objects.order_by("starts_on"):
            rows.objects.filter(pk=row.pk).update(starts_on=row.starts_on - dt.timedelta(days))


def fill(page, letter: str, method: str, **fields: str) -> None:
    """One alternative: its way, then the fields by their label."""
    page.locator(".planner-which label", has_text=f"Plan {letter}").click()
    group = page.get_by_role("group", name=f"Plan {letter}")
    group.get_by_label("Method").select_option(label=method)
    for label, value in fields.items():
        group.get_by_label(label.replace("_", " "), exact=True).and_(page.locator(":visible")).fill(value)


def tap(phone, *taps) -> int:
    """Press one after the other, (role, name) each; how many it took."""
    for role, name in taps:
        phone.press(name, role)
    return len(taps)


@pytest.mark.parametrize("browser_context_args", ["light", "dark"], indirect=True)
def test_the_life_of_a_plan(signed_in, live_server, medication, watch):
    phone = Phone(signed_in(medication.owner), live_server.url)
    lay_out_two(phone, medication)
    compare(phone)
    agree(phone)
    confirm(phone)
    hold(phone)
    go_back_up(phone)
    plan_again(phone)
    read_it_back(phone, medication)
    assert phone.problems == []


def lay_out_two(phone, medication):
    page = phone.page
    page.set_default_timeout(8000)
    page.goto(f"{phone.url}/medications/{medication.pk}/")
    phone.press("Plan a taper", "link")
    expect(page.get_by_text("The steps will stand here")).to_be_visible()
    phone.look()
    fill(page, "A", EQUAL, Each_step="5", Every="14", First_step_on=day(5))
    result = page.locator("#result")
    expect(result.get_by_role("table")).to_be_visible()  # nothing was pressed
    expect(result).to_contain_text("1 and a half tablets of 10 mg")
    expect(page.get_by_role("button", name="Save as proposed")).to_be_visible()
    phone.look()
    fill(
        page,
        "B",
        PERCENT,
        Each_step="25",
        Last_dose_before_0="5",
        Every="21",
        First_step_on=day(5),
    )
    expect(page.get_by_role("button", name="Save both as proposed")).to_be_visible()
    expect(result.locator(".plan-b")).to_have_count(1)
    phone.look()
    assert not TaperPlan.objects.exists()
    phone.press("Save both as proposed")
    expect(page).to_have_url(re.compile(rf"/medications/{medication.pk}/#plans"))
    expect(page.get_by_text("are kept as proposed")).to_be_visible()
    phone.look()
    assert TaperPlan.objects.filter(status="proposed").count() == 2


def compare(phone):
    page = phone.page
    page.get_by_role("link", name=re.compile("^5 mg each step, every 14 days")).click()
    expect(page.get_by_text("Nothing is agreed yet.")).to_be_visible()
    phone.look()
    page.get_by_role("link", name=re.compile("^Lay it beside")).click()
    expect(page.locator("#result .plan-letter")).to_have_text(["A", "B"])
    expect(page.locator("#result .plan-a table")).to_be_visible()
    expect(page.locator("#result .plan-b table")).to_be_hidden()
    page.locator(".planner-see label", has_text="Plan B").click()
    expect(page.locator("#result .plan-b table")).to_be_visible()
    phone.look()


def agree(phone):
    page = phone.page
    page.goto(f"{phone.url}/")
    expect(page.get_by_text("Next step", exact=False)).to_have_count(0)
    page.goto(f"{phone.url}/plans/{TaperPlan.objects.get(method='equal-mg').pk}/")
    phone.press("We agreed on this plan", "link")
    phone.look()
    phone.press("Keep as agreed")
    expect(page.get_by_text("Write with whom you agreed on it").first).to_be_visible()
    phone.look()
    page.get_by_label("With whom").fill("Dr Okafor")
    phone.press("Keep as agreed")
    expect(page.get_by_text("Agreed with Dr Okafor on")).to_be_visible()
    phone.look()
    page.goto(f"{phone.url}/")
    said = f"Next step 15 mg on {words(day(5))}, if you and your prescriber still agree"
    expect(page.get_by_text(said)).to_be_visible()
    phone.look()
    page.get_by_text(said).click()
    expect(page.get_by_role("heading", name="Next step")).to_be_visible()


def confirm(phone):
    days_pass(5)
    phone.page.reload()
    phone.press("Confirm 15 mg", "link")
    phone.look()
    phone.press("I take 15 mg")
    expect(phone.page.get_by_text("Kept: 15 mg from")).to_be_visible()
    phone.look()
    assert medication_steps() == [(20, "start"), (15, "reduction")]


def medication_steps():
    return [(float(step.mg), step.kind) for step in DoseStep.objects.order_by("starts_on")]


def hold(phone):
    days_pass(3)
    phone.page.reload()
    assert tap(phone, ("link", "Hold"), ("button", "1 week")) == 2
    expect(phone.page.get_by_text(f"Holding for 1 week. Next: 10 mg on {words(day(14 - 3 + 7))}.")).to_be_visible()
    phone.look()
    assert medication_steps()[-1] == (15, "hold")
    page = phone.page
    phone.press("Undo")
    expect(page.get_by_text("Taken back. The plan is as it was before.")).to_be_visible()
    assert medication_steps() == [(20, "start"), (15, "reduction")]
    phone.look()
    assert tap(phone, ("link", "Hold"), ("button", "1 week")) == 2
    page.get_by_role("link", name="the plan", exact=True).click()
    expect(page.get_by_text("An earlier plan, until")).to_be_visible()
    phone.look()


def go_back_up(phone):
    days_pass(2)
    page = phone.page
    page.goto(f"{phone.url}/plans/{TaperPlan.objects.get(status='agreed').pk}/")
    assert tap(phone, ("link", "Go back up"), ("button", re.compile("^20.mg, taken from"))) == 2
    expect(page.get_by_text(f"Kept: 20 mg from today, back up. Next: 15 mg on {words(day(14))}")).to_be_visible()
    phone.look()
    assert medication_steps()[-1] == (20, "reinstatement")


def plan_again(phone):
    days_pass(1)
    page = phone.page
    page.reload()
    phone.press("Plan again", "link")
    expect(page.get_by_role("heading", name="Plan again from 20 mg")).to_be_visible()
    phone.look()
    phone.press("Use this plan")
    expect(page.get_by_text("Planned again from 20 mg.")).to_be_visible()
    phone.look()
    assert TaperPlan.objects.get(status="agreed").change == "replan"
    assert TaperPlan.objects.filter(status="replaced").count() == 3


def read_it_back(phone, medication):
    page = phone.page
    page.goto(f"{phone.url}/medications/{medication.pk}/")
    kinds = page.locator(".dose-history tbody > tr:first-child .kind")
    assert [text.strip(" ,\n") for text in kinds.all_inner_texts()] == ["Start", "Reduction", "Hold", "Back up"]
    assert page.locator("#plans li").count() == 5  # agreed, proposed, and three earlier ones
    phone.look()
    page.goto(f"{phone.url}/summary/?days=90")
    expect(page.locator("main")).to_contain_text("Citalopram 20 mg since")
    for said in ("15 mg", "back up"):
        expect(page.locator("main")).to_contain_text(said)
    phone.look()
    page.goto(f"{phone.url}/trends/?days=90")
    page.get_by_text("The numbers as a table").first.click()
    expect(page.get_by_role("table").first).to_contain_text("15")
    phone.look()
    calendar_says_the_same(phone)


def calendar_says_the_same(phone):
    """The calendar's own file: the agreed plan's days and no others, no name in any title; dead once switched off."""
    page = phone.page
    page.goto(f"{phone.url}/calendar/")
    phone.press(re.compile("^Make"))
    phone.look()
    address = page.locator("input[readonly]").input_value()
    events = Calendar.from_ical(page.request.get(address).body()).walk("VEVENT")
    days = {event.decoded("DTSTART") for event in events if "RRULE" not in event}
    planned = TaperPlan.objects.get(status="agreed").steps.all()
    assert days == {step.starts_on for step in planned}
    assert not any("Citalopram" in str(event["SUMMARY"]) for event in events)
    CalendarFeed.objects.all().delete()
    assert page.request.get(address).status == 404


# -- without JavaScript -----------------------------------------------------------------------------------------------


def test_without_javascript_the_button_works_it_out(browser, live_server, client, medication):
    client.force_login(medication.owner)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en-GB")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/medications/{medication.pk}/plan/")
    fill(page, "A", EQUAL, Each_step="5", Every="14")
    page.get_by_role("button", name="Work it out").last.click()
    expect(page.get_by_text("Say on which day the first step is.").first).to_be_visible()
    fill(page, "A", EQUAL, First_step_on=day(5))
    page.get_by_role("button", name="Work it out").last.click()
    expect(page.locator("#result table tbody")).to_have_count(5 + len({day(5 + 14 * n)[:4] for n in range(4)}))
    expect(page.locator("#result")).to_contain_text("1 and a half tablets of 10 mg")
    assert not TaperPlan.objects.exists()
    page.get_by_role("button", name="Save as proposed").click()
    expect(page.get_by_text("is kept as proposed")).to_be_visible()
    assert TaperPlan.objects.get().steps.count() == 4
    context.close()


def test_back_from_elsewhere_everything_typed_is_there_and_worked_out(signed_in, live_server, medication, watch):
    page = signed_in(medication.owner)
    page.goto(f"{live_server.url}/medications/{medication.pk}/plan/")
    fill(page, "A", EQUAL, Each_step="5", Every="14", First_step_on=day(5))
    expect(page.locator("#result table")).to_be_visible()
    page.goto(f"{live_server.url}/more/")
    page.go_back()
    expect(page.locator("#result table")).to_be_visible()
    typed = [page.input_value(f"#id_a-{name}") for name in ("method", "step_mg", "every", "start")]
    assert typed == ["equal-mg", "5", "14", day(5)]
    page.reload()
    assert page.input_value("#id_a-step_mg") == ""


# -- on paper ---------------------------------------------------------------------------------------------------------


def printed(page) -> list[str]:
    """The text of each A4 page that the printer would make of this page."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def open_planner(page, live_server, medication):
    page.goto(f"{live_server.url}/medications/{medication.pk}/plan/")


def test_two_plans_of_a_dozen_steps_are_one_page(signed_in, live_server, medication, watch):
    page = signed_in(medication.owner)
    open_planner(page, live_server, medication)
    fill(page, "A", EQUAL, Or_how_many="12", Every="28", First_step_on=day(5))
    fill(
        page,
        "B",
        PERCENT,
        Each_step="20",
        Last_dose_before_0="1.8",
        Every="28",
        First_step_on=day(5),
    )
    expect(page.locator("#result .plan-b")).to_have_count(1)
    sheets = printed(page)
    assert len(sheets) == 1
    text = " ".join(sheets[0].split())
    assert "12 equal steps in mg" in text and "20 % of the present dose" in text
    assert "tablet" in text
    assert "Save" not in text and "Help now" not in text
    phone_sized = page.viewport_size
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len(printed(page)) == 1
    page.set_viewport_size(phone_sized)


def test_a_plan_of_35_steps_is_one_page(signed_in, live_server, medication, watch):
    DoseStep.objects.update(mg=40)
    Product.objects.update(mg=5)
    page = signed_in(medication.owner)
    open_planner(page, live_server, medication)
    fill(page, "A", BANDED, Bands="20:2, 10:1, 0:0.5", Every="14", First_step_on=day(5))
    expect(page.locator("#result .plan-table")).to_be_visible()
    rows = page.locator("#result .plan-table .from").count()
    assert rows == 40
    assert len(printed(page)) == 1
    fill(page, "A", BANDED, Bands="20:2, 5:1, 0:0.5")
    expect(page.locator("#result .plan-table .from")).to_have_count(35)
    sheets = printed(page)
    assert len(sheets) == 1
    phone_text = " ".join(sheets[0].split())
    assert "0.5" in phone_text
    page.get_by_role("button", name="Save as proposed").click()
    expect(page.get_by_text("is kept as proposed")).to_be_visible()
    sheets = printed(page)
    assert len(sheets) == 1  # the page of one plan, too
    assert "Delete" not in sheets[0]
