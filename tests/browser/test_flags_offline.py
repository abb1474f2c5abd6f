"""Help on the screen without a connection, when it is sent late, and whatever fails."""
# ruff: noqa: F811 (fixtures)

import re

import pytest
from playwright.sync_api import expect

from journal.catalogue.events import URGENT
from journal.models import CheckIn, DailyEntry, DoseTaken, FlagRaised, LifeEvent, Rating, SafetyPlan
from tests.browser.conftest import axe_problems
from tests.browser.flagging import (  # noqa: F401
    THRESHOLDS,
    back_on_line,
    choose,
    close,
    cut_off,
    diazepam,
    here,
    panel,
    rows,
    symptoms,
    tick,
    told,
)
from tests.browser.test_nothing_lost import at_home, save, state
from tests.browser.test_offline_logging import WAITS, day, day_url
from tests.conftest import make_symptom

pytestmark = pytest.mark.django_db(transaction=True)


# -- without a connection ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", THRESHOLDS)
def test_a_reading_without_a_connection(cut_off, live_server, context, alice, symptoms, slug):
    page, (below, at) = cut_off, THRESHOLDS[slug]
    field = f"symptom-{symptoms[slug].pk}"
    choose(page, field, below)
    save(page).click()
    expect(state(page)).to_contain_text(WAITS)
    expect(panel(page)).to_have_count(0)
    page.goto(f"{day_url(live_server)}check-in/")
    choose(page, field, at)
    save(page).click()
    expect(told(page)).to_contain_text(WAITS)
    assert f"at {at}." in rows(page)[0]
    close(page)
    choose(page, field, at)  # the page is there for the next one: the same is silent, a higher one is not
    save(page).click()
    expect(page.get_by_text("3 entries wait")).to_be_visible()
    expect(panel(page)).to_have_count(0)
    choose(page, field, at + 1)
    save(page).click()
    assert f"at {at + 1}." in rows(page)[0]
    close(page)
    back_on_line(page, live_server, context)
    expect(page.get_by_text("4 entries were sent.")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/")  # what was on the screen is not shown again
    assert CheckIn.objects.of(alice).count() >= 2 and DailyEntry.objects.of(alice).filter(date=day()).exists()
    assert [flag.reading for flag in FlagRaised.objects.of(alice).order_by("pk")] == [at, at + 1]


def test_events_and_doses_without_a_connection(cut_off, live_server, context, alice, diazepam):
    page = cut_off
    for back, events in ((0, URGENT), (1, ()), (2, ())):
        page.goto(day_url(live_server, back))
        choose(page, f"dose-{diazepam.pk}-status", "missed")
        for event in events:
            tick(page, event.slug)
        save(page).click()
        expect(panel(page)).to_be_visible()
        found = rows(page)
        if back == 0:  # the blank pages know nothing of yesterday
            assert len(found) == len(URGENT) and not any("Diazepam" in row for row in found)
        else:  # and this device knows what waits on it
            assert [row.startswith("You recorded Diazepam as missed") for row in found] == [True]
        close(page)
    back_on_line(page, live_server, context)
    expect(page.get_by_text("3 entries were sent.")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/")
    assert LifeEvent.objects.of(alice).count() == len(URGENT)
    assert FlagRaised.objects.of(alice).filter(rule="missed-doses").count() == 2


def test_two_weeks_ago_is_silent_without_a_connection_too(cut_off, live_server, symptoms):
    cut_off.goto(day_url(live_server, 14))
    choose(cut_off, f"symptom-{symptoms['akathisia'].pk}", 9)
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    expect(panel(cut_off)).to_have_count(0)


def test_the_connection_comes_back_while_help_is_on_the_screen(cut_off, live_server, context, alice, symptoms):
    choose(cut_off, f"symptom-{symptoms['akathisia'].pk}", 9)
    save(cut_off).click()
    expect(told(cut_off)).to_contain_text(WAITS)
    context.set_offline(False)
    cut_off.evaluate("document.dispatchEvent(new CustomEvent('send'))")
    expect(told(cut_off)).to_have_text("Saved.")
    expect(panel(cut_off)).to_be_visible()
    assert Rating.objects.of(alice).get().severity == 9


def test_what_only_the_journal_notices_leads_to_help_when_it_is_sent(cut_off, live_server, context, alice, diazepam):
    """The day before was recorded elsewhere: this device knows nothing of it."""
    DoseTaken.objects.create(medication=diazepam, date=day(1), status="missed", mg=0)
    choose(cut_off, f"dose-{diazepam.pk}-status", "missed")
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    expect(panel(cut_off)).to_have_count(0)
    back_on_line(cut_off, live_server, context)
    expect(cut_off.get_by_text("You recorded Diazepam as missed")).to_be_visible()
    assert FlagRaised.objects.of(alice).count() == 1


def test_the_panel_has_the_way_to_the_plan_where_that_is_kept(cut_off, live_server, context, alice, symptoms):
    page, field = cut_off, f"symptom-{symptoms['akathisia'].pk}"
    choose(page, field, 8)
    save(page).click()
    expect(panel(page)).to_be_visible()
    page.wait_for_timeout(300)
    expect(panel(page).get_by_role("link", name="My safety plan")).to_be_hidden()
    close(page)
    SafetyPlan.objects.create(owner=alice, own_ways="Tea by the window")
    context.set_offline(False)
    keep_plan(page, live_server)
    context.set_offline(True)
    page.goto(day_url(live_server))
    choose(page, field, 9)
    save(page).click()
    panel(page).get_by_role("link", name="My safety plan").click()
    expect(page.get_by_text("Tea by the window")).to_be_visible()


def keep_plan(page, live_server):
    page.goto(f"{live_server.url}/care/safety-plan/")
    page.get_by_role("button", name="Keep the plan on this device").click()
    expect(page.get_by_text("On: this device keeps your safety plan.")).to_be_visible()


def test_help_for_what_was_sent_late_is_said_at_once_on_a_page_in_use(
    cut_off, live_server, context, alice, diazepam, symptoms
):
    """Somebody writes on another page: it is not taken from under them, and help does not wait for their next save."""
    DoseTaken.objects.create(medication=diazepam, date=day(1), status="missed", mg=0)
    choose(cut_off, f"dose-{diazepam.pk}-status", "missed")
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    cut_off.locator("textarea[name=notes]").fill("In the middle of a sentence")
    expect(state(cut_off)).to_contain_text("Not saved yet")
    context.set_offline(False)
    cut_off.evaluate("document.dispatchEvent(new CustomEvent('send'))")
    expect(cut_off.get_by_role("alert")).to_contain_text("Something in what was sent is a reason to get help now.")
    expect(cut_off.locator("textarea[name=notes]")).to_have_value("In the middle of a sentence")
    assert axe_problems(cut_off) == []
    cut_off.get_by_role("link", name="See what to do").click()
    expect(cut_off.get_by_text("You recorded Diazepam as missed")).to_be_visible()
    cut_off.goto(day_url(live_server))
    expect(cut_off.locator("textarea[name=notes]")).to_have_value("In the middle of a sentence")


def test_plain_restlessness_points_at_the_other_from_severe_on(here, live_server, alice):
    plain = make_symptom(alice, "Restlessness", builtin="restlessness")
    here.reload()
    line = here.get_by_text("There is a symptom for that")
    expect(line).to_be_hidden()
    for value, shown in ((6, False), (7, True), (10, True), (2, False)):
        choose(here, f"symptom-{plain.pk}", value)
        expect(line).to_be_visible(visible=shown)


# -- it never holds up a save --------------------------------------------------------------------------------------

BROKEN = {
    "the script is not there": "**/flags*.js",
    "the panel is not there": "document.getElementById('flag-panel').remove()",
    "the panel is another": "document.getElementById('flag-panel').innerHTML = '<p></p>'",
    "a dialog cannot be opened": "void (HTMLDialogElement.prototype.showModal = () => { throw new Error('no') })",
    "the script fails": "void (window.flags.pressed = () => { throw new Error('no') })",
    "the script was taken away": "window.flags = 5",
    "what it hands over fails": "void (window.flags.pressed = () => ({ say() { throw new Error('no') } }))",
}


@pytest.mark.parametrize("how", BROKEN)
def test_whatever_fails_the_entry_is_saved_and_the_journal_shows_it(here, live_server, alice, symptoms, how):
    if how == "the script is not there":
        here.route(BROKEN[how], lambda route: route.abort())
        here.reload()
    else:
        here.evaluate(BROKEN[how])
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    save(here).click()
    expect(here).to_have_url(re.compile("/help-now/noticed/"))
    expect(here.get_by_role("heading", name="You can talk to someone now")).to_be_visible()
    assert Rating.objects.of(alice).get().severity == 4
    assert axe_problems(here) == []
    here.get_by_role("link", name="Close").last.click()
    at_home(here)


def test_without_room_on_the_device_the_browser_sends_it(here, alice, symptoms):
    here.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full') })")
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    save(here).click()
    expect(here).to_have_url(re.compile("/help-now/noticed/"))
    assert Rating.objects.of(alice).get().severity == 4


def test_a_save_that_is_refused_says_so_and_help_is_not_shown_twice(here, alice, symptoms):
    choose(here, f"symptom-{symptoms['suicidal-thoughts'].pk}", 4)
    here.locator("[name=sleep_hours]").fill("much")
    save(here).click()
    expect(told(here)).to_have_text("Not saved yet. Close this to see what needs a look.")
    close(here)
    expect(here.get_by_text("Not saved yet. One thing needs a look:")).to_be_visible()
    here.locator("[name=sleep_hours]").fill("7")
    save(here).click()
    at_home(here)
    assert FlagRaised.objects.of(alice).get().reading == 4
