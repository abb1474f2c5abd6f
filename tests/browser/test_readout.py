"""The read-out of a chart: by keys, by mouse, by finger; in both drawings; and nothing is lost without script."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.models import CheckIn
from tests.browser.conftest import DESKTOP, PHONE, axe_problems
from tests.conftest import make_entry, make_medication, make_step, make_symptom, person

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = 60


@pytest.fixture
def nora(db):
    """Nora has 60 days of mood and brain zaps; none of 5 days ago; her dose changed 20 days ago."""
    nora = person("nora")
    zaps, today = make_symptom(nora), timezone.localdate()
    medication = make_medication(nora)
    make_step(medication, today - dt.timedelta(DAYS), 75, "start")
    make_step(medication, today - dt.timedelta(20), 60)
    for ago in range(DAYS):
        if ago != 5:
            entry = make_entry(nora, today - dt.timedelta(ago), {zaps: ago % 10}, mood=6)
            if ago == 7:
                CheckIn.objects.create(entry=entry, time=dt.time(8), mood=6)
    return nora


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, **getattr(request, "param", {})}


LOOKS = [
    {"viewport": DESKTOP, "color_scheme": "light"},
    {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
]
both = pytest.mark.parametrize("browser_context_args", LOOKS, ids=["wide-light", "compact-dark"], indirect=True)


def line_of(page):
    return page.locator("[data-readout] p")


def day_field(page):
    return page.get_by_role("slider", name="Day")


def said(ago: int) -> str:
    day = timezone.localdate() - dt.timedelta(ago)
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def marked(page) -> float:
    """Where the ink line stands in the drawing that is seen, as a share of its width."""
    return page.evaluate(
        """() => {
          const line = [...document.querySelectorAll(".chart-day")].find((one) => one.offsetParent);
          const frame = line.parentElement.getBoundingClientRect();
          const box = line.getBoundingClientRect();
          return (box.left + box.width / 2 - frame.left) / frame.width;
        }"""
    )


def plot(page) -> tuple[float, float]:
    """Left and right end of the days in the drawing that is seen."""
    return page.evaluate(
        """() => {
          const one = [...document.querySelectorAll("[data-left]")].find((plot) => plot.offsetParent);
          return [Number(one.dataset.left), Number(one.dataset.right)];
        }"""
    )


def place(page, ago: int, days: int) -> float:
    left, right = plot(page)
    return left + (right - left) * (days - ago - 0.5) / days


def drawing(page):
    return page.locator("[data-left]:visible").first


@both
def test_by_keys(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    expect(line_of(page)).to_contain_text("Point at the drawing")
    assert not page.locator(".chart-day:visible").count()
    day_field(page).focus()
    expect(line_of(page)).to_have_text(re.compile(rf"^\s*{said(0)} · 60 mg, day 20 · mood 6\.0 · brain zaps 0\.0\s*$"))
    pressed = {"ArrowLeft": 1, "ArrowDown": 2, "ArrowRight": 1, "PageDown": 8, "PageUp": 1, "Home": 29}
    for keys, ago in pressed.items():
        page.keyboard.press(keys)
        expect(line_of(page)).to_contain_text(said(ago))
        assert marked(page) == pytest.approx(place(page, ago, 30), abs=0.003)
        value = day_field(page).get_attribute("aria-valuetext")
        assert value == " ".join(line_of(page).inner_text().split())
    page.keyboard.press("End")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(line_of(page)).to_contain_text("60 mg, day 15 · no entry")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    expect(line_of(page)).not_to_contain_text("check-in")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(line_of(page)).to_contain_text("1 check-in")
    link = page.get_by_role("link", name="Open this day")
    assert link.get_attribute("href") == f"/entries/{timezone.localdate() - dt.timedelta(7)}/"
    assert axe_problems(page) == []


@both
def test_by_pointing(signed_in, live_server, nora, watch, browser_context_args):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    drawing(page).scroll_into_view_if_needed()
    frame = drawing(page).bounding_box()
    before = frame["y"]
    for ago in (10, 29, 3):
        x, y = frame["x"] + frame["width"] * place(page, ago, 30), frame["y"] + 180
        if browser_context_args.get("has_touch"):
            page.touchscreen.tap(x, y)
        else:
            page.mouse.move(x, y)
        expect(line_of(page)).to_contain_text(said(ago))
        assert day_field(page).input_value() == str(29 - ago)
        assert marked(page) == pytest.approx(place(page, ago, 30), abs=0.003)
    assert drawing(page).bounding_box()["y"] == before  # nothing jumps under the pointer


def test_pointing_beside_the_days_takes_the_nearest(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    drawing(page).scroll_into_view_if_needed()
    frame = drawing(page).bounding_box()
    page.mouse.move(frame["x"] + 1, frame["y"] + 180)
    expect(line_of(page)).to_contain_text(said(29))
    page.mouse.move(frame["x"] + frame["width"] - 1, frame["y"] + 180)
    expect(line_of(page)).to_contain_text(said(0))


def test_it_is_where_it_was_after_the_back_button(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    day_field(page).focus()
    page.keyboard.press("PageDown")
    expect(line_of(page)).to_contain_text(said(7))
    page.get_by_role("link", name="Open this day").click()
    page.wait_for_url("**/entries/**")
    page.go_back()
    shown = int(day_field(page).input_value())
    expect(line_of(page)).to_contain_text(said(29 - shown))
    assert marked(page) == pytest.approx(place(page, 29 - shown, 30), abs=0.003)


def test_over_400_days_it_speaks_of_weeks(signed_in, live_server, nora, watch):
    for number in range(400, 420):
        make_entry(nora, timezone.localdate() - dt.timedelta(number), mood=4)
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=all")
    day_field(page).focus()
    expect(line_of(page)).to_contain_text("Week from Mon")
    expect(page.get_by_role("link", name="Open this day")).to_be_hidden()
    last = int(day_field(page).get_attribute("max"))
    page.keyboard.press("PageDown")
    assert day_field(page).input_value() == str(last - 4)
    page.keyboard.press("Home")
    expect(line_of(page)).to_contain_text("mood 4.0")


def test_the_data_of_the_page_is_what_is_said(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    rows = json.loads(page.locator("#readout-overview").inner_text())
    day_field(page).focus()
    page.keyboard.press("Home")
    for row in rows:
        assert " ".join(line_of(page).inner_text().split()) == f"{row[2]} · {row[3]}"
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False}], ids=["no-script"], indirect=True)
def test_without_script_the_table_has_it(signed_in, live_server, nora):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    assert not day_field(page).is_visible()
    assert not page.locator("[data-readout]").is_visible()
    page.get_by_text("The numbers as a table").first.click()
    assert page.locator(".chart-table").first.get_by_role("row").count() == 31


@pytest.mark.parametrize("browser_context_args", [{"forced_colors": "active"}], ids=["forced"], indirect=True)
def test_in_forced_colours_the_line_is_seen(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    width = page.evaluate("getComputedStyle(document.querySelector('.chart-compact-only .chart-day')).borderLeftWidth")
    assert float(width.removesuffix("px")) >= 1


@pytest.mark.parametrize("browser_context_args", [{"viewport": {"width": 640, "height": 400}}], indirect=True)
def test_at_twice_the_size_nothing_runs_out_of_the_page(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    day_field(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(line_of(page)).to_contain_text(said(1))


def test_on_paper_there_is_the_drawing_and_what_it_says(signed_in, live_server, nora, watch):
    page = signed_in(nora)
    page.goto(f"{live_server.url}/trends/?days=30")
    page.emulate_media(media="print")
    for gone in ("[data-readout]", ".chart-day-field", ".chart-files", ".chart-table", ".trends-drawn", ".segments"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.locator(".chart:visible").count() >= 1
    expect(page.get_by_role("heading", name="What followed each dose change")).to_be_visible()
