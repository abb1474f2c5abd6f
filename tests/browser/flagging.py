"""What the browser tests of red flags do alike: a page about today, and the panel on it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_offline_logging import day, day_url, switch_on
from tests.conftest import make_entry, make_medication, make_step, make_symptom

THRESHOLDS = {"suicidal-thoughts": (0, 1), "akathisia": (6, 7), "confusion": (6, 7)}


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "color_scheme": getattr(request, "param", "light")}


def panel(page):
    return page.locator("dialog.flag-dialog")


def close(page):
    panel(page).get_by_role("button", name="Close").last.click()
    expect(panel(page)).to_have_count(0)


def told(page):
    return panel(page).locator("[data-flag-state]")


def rows(page) -> list[str]:
    return [text.replace("\u00a0", " ") for text in panel(page).locator("[data-flag-rows] > li").all_inner_texts()]


@pytest.fixture
def symptoms(alice):
    return {slug: make_symptom(alice, slug.title(), builtin=slug) for slug in THRESHOLDS}


@pytest.fixture
def diazepam(alice):
    medication = make_medication(alice, "Diazepam", drug="diazepam", drug_class="benzodiazepine")
    make_step(medication, day(60), 10, "start")
    return medication


@pytest.fixture
def here(page, live_server, signed_in, alice, symptoms, diazepam, watch):
    """Alice, signed in, with a page about today."""
    watch.expect_errors("404", "401", "400", "403", "503", "net::ERR")
    make_entry(alice, day(20), notes="Long ago")
    signed_in(alice)
    page.goto(day_url(live_server))
    return page


@pytest.fixture
def cut_off(here, live_server, context):
    """The same without a connection, on the blank pages that her phone keeps."""
    switch_on(here, live_server)
    context.set_offline(True)
    here.goto(day_url(live_server))
    expect(here.get_by_text("This is a blank page that this device keeps")).to_be_visible()
    return here


def back_on_line(page, live_server, context):
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(f"{live_server.url}/")


def choose(page, field, value):
    page.locator(f"input[name={field}][value='{value}']").evaluate(
        """(field) => { field.checked = true; field.dispatchEvent(new Event("change", { bubbles: true })); }"""
    )


def tick(page, event):
    page.locator(f"#id_event-{event}").evaluate(
        """(field) => { field.checked = true; field.dispatchEvent(new Event("change", { bubbles: true })); }"""
    )
