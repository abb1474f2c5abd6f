"""Practising in writing in a browser: the timer keeps time, and what was written without a connection arrives."""

import pytest
from playwright.sync_api import expect

from journal.catalogue.written import WRITTEN
from journal.models import Practice
from tests.browser.conftest import axe_problems, until, until_sent
from tests.browser.test_nothing_lost import save, state, stored
from tests.browser.test_offline_logging import switch_on

pytestmark = pytest.mark.django_db(transaction=True)

MEASURE = """(seconds) => new Promise((done) => {
  const timer = document.querySelector("[data-timer]");
  timer.dataset.timer = String(seconds / 60);
  let began = 0;
  timer.addEventListener("over", () => done(performance.now() - began), { once: true });
  began = performance.now();
  timer.querySelector("[data-go]").click();
})"""


@pytest.fixture
def at_worry_time(page, live_server, signed_in, alice, watch):
    watch.expect_errors("net::ERR")
    signed_in(alice)
    page.goto(f"{live_server.url}/coping/worry-time/write/")
    return page


def left(page):
    return page.locator("[data-left]")


def test_the_timer_is_exact(at_worry_time):
    """3 seconds by the page's own clock, to 0.1 s; a second that comes late is not added to the next."""
    took = at_worry_time.evaluate(MEASURE, 3)
    assert abs(took - 3000) <= 100, took
    expect(at_worry_time.locator("[data-state]")).to_contain_text("The time is over.")
    expect(left(at_worry_time)).to_have_text("0:00")


def test_fifteen_minutes_with_a_pause(page, live_server, signed_in, alice, watch):
    """By a clock that the test turns: what is left while it runs, while it stands still, and at the end."""
    signed_in(alice)
    page.clock.install()
    page.goto(f"{live_server.url}/coping/worry-time/write/")
    expect(left(page)).to_have_text("15:00")
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(61_000)
    expect(left(page)).to_have_text("13:59")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(600_000)
    expect(left(page)).to_have_text("13:59")
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(838_900)
    expect(left(page)).to_have_text("0:01")
    page.clock.run_for(100)
    expect(left(page)).to_have_text("0:00")
    expect(page.locator("[data-state]")).to_contain_text("The time is over.")
    expect(page.locator("[name=minutes]")).to_have_value("15")


def test_stopped_early_it_begins_anew_and_says_the_minutes(page, live_server, signed_in, alice, watch):
    signed_in(alice)
    page.clock.install()
    page.goto(f"{live_server.url}/coping/worry-time/write/")
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(4 * 60_000)
    page.get_by_role("button", name="Stop here").click()
    expect(left(page)).to_have_text("15:00")
    expect(page.locator("[name=minutes]")).to_have_value("4")
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    page.clock.run_for(60_000)
    expect(left(page)).to_have_text("15:00")


def test_written_without_a_connection_it_is_there_once(at_worry_time, live_server, context, alice):
    page = at_worry_time
    assert axe_problems(page) == []
    context.set_offline(True)
    page.get_by_label("Worry 1").fill("the rent")
    page.locator("label.chip", has_text="Yes, later").first.click()
    page.get_by_label("Where you can do something").fill("Ask on Monday")
    page.locator("label[for=id_before_8]").first.click()
    save(page).click()
    expect(state(page)).to_contain_text("Kept on this phone.")
    assert axe_problems(page) == []
    assert not Practice.objects.exists()
    context.set_offline(False)
    page.goto(f"{live_server.url}/coping/worry-time/")
    until_sent(page, Practice.objects.of(alice))
    kept = Practice.objects.of(alice).get()
    assert kept.said == {"worry-1": "the rent", "worry-1-answer": "Yes, later", "plan": "Ask on Monday"}
    assert kept.before == 8
    assert stored(page, "queue.") == {}
    page.reload()
    expect(page.get_by_text("Ask on Monday")).to_be_visible()


def test_what_is_typed_is_still_there_after_a_slip(page, live_server, signed_in, alice, watch):
    signed_in(alice)
    address = f"{live_server.url}/coping/thought-record/write/"
    page.goto(address)
    page.get_by_label("What happened").fill("The till was loud")
    expect(state(page)).to_contain_text("kept on this phone")
    page.goto(f"{live_server.url}/coping/")
    page.goto(address)
    expect(page.get_by_label("What happened")).to_have_value("The till was loud")
    page.get_by_text("Day, time, what it was about").click()
    page.get_by_label("How long").fill("0")
    save(page).click()
    expect(page.get_by_text("“0” is outside 1 to 600 minutes.").first).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_value("The till was loud")
    assert axe_problems(page) == []
    page.get_by_label("How long").fill("10")
    save(page).click()
    expect(page.get_by_text("saved.").first).to_be_visible()
    assert Practice.objects.of(alice).get().minutes == 10


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_back_and_save_makes_no_second_one(browser, live_server, alice, client, script):
    """With script the form is blank by the way Back; without, the same words saved again are the same practice."""
    client.force_login(alice)
    context = browser.new_context(java_script_enabled=script)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/coping/thought-record/")
    page.get_by_role("link", name="Practise in writing").click()
    page.get_by_label("What happened").fill("The till was loud")
    save(page).click()
    page.wait_for_url("**/coping/thought-record/")
    page.go_back()
    happened = page.get_by_label("What happened")
    if script:
        expect(happened).to_have_value("")
        until(page, lambda: stored(page, "draft.") == {})
    else:
        save(page).click()
    assert Practice.objects.of(alice).count() == 1
    context.close()


@pytest.mark.parametrize("slug", WRITTEN)
def test_each_is_written_on_the_page_that_this_device_keeps_and_sent_later(
    page, live_server, signed_in, alice, context, watch, slug
):
    watch.expect_errors("404", "401", "net::ERR")
    signed_in(alice)
    switch_on(page, live_server)
    context.set_offline(True)
    page.goto(f"{live_server.url}/coping/")
    page.locator(f"a[href='/coping/{slug}/write/']").click()
    expect(page.get_by_text("This is a blank page that this device keeps")).to_be_visible()
    page.locator("label[for=id_before_8]").first.click()
    part = WRITTEN[slug].parts[0].slug
    page.locator(f"[name=said-{part}]").fill("On the moor")
    save(page).click()
    expect(state(page)).to_contain_text("Kept on this phone.")
    assert not Practice.objects.exists()
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(f"{live_server.url}/coping/{slug}/")
    until_sent(page, Practice.objects.of(alice))
    kept = Practice.objects.of(alice).get()
    assert (kept.skill.slug, kept.before, kept.said[part]) == (slug, 8, "On the moor")
    assert kept.time is not None and stored(page, "queue.") == {}
