"""A guided practice in a browser: exact, paused, stopped, still; without script; and finished without a connection."""

import datetime as dt
import re
from statistics import median

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.catalogue.guides import GUIDES, WORDS, Breath, Sequence, Steps, breath, for_the_page
from journal.models import Practice
from tests.browser.conftest import axe_problems, until, until_sent
from tests.browser.pacing import Machine, boundaries, measured, watch
from tests.browser.test_nothing_lost import rate, save, state, stored
from tests.browser.test_offline_logging import switch_on

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "Kept on this phone."
LIMIT = 100  # milliseconds


def url(live_server, slug="box-breathing", query="") -> str:
    return f"{live_server.url}/coping/{slug}/practise/{query}"


@pytest.fixture
def here(page, live_server, signed_in, alice, watch):
    signed_in(alice)
    return page


def word(page):
    return page.locator("[data-word]")


def minutes_of(page):
    return page.get_by_label("How long")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def clock(page) -> None:
    """The pacer's clock stands still from now on, until ``to`` moves it."""
    page.evaluate("() => { window.moment = performance.now(); pacer.now = () => window.moment; }")


def to(page, seconds: float) -> None:
    """The clock goes on by so many seconds."""
    page.evaluate("(ms) => { window.moment += ms; }", seconds * 1000)


def begin(page, seconds: float = 3) -> None:
    button(page, "Begin").click()
    to(page, seconds)


# -- exact -----------------------------------------------------------------------------------------------------------


def test_it_works_and_each_phase_is_there_in_time(here, live_server, browser):
    """Twenty seconds in real time. Five minutes: benchmarks/pacer.py. What a busy machine adds is not the pacer's."""
    machine = Machine(browser)
    here.goto(url(live_server, "breathing-4-7-8", "?in=1.5&hold=1&out=2.5&rest=0.5&minutes=1"))
    timing = breath(1500, 1000, 2500, 500, 11)
    due = [(at, WORDS[kind][0]) for at, _, kind in boundaries(timing) if at < 20_000]
    watch(here)
    button(here, "Begin").click()
    here.wait_for_timeout(23_500)
    found = measured(here, due)
    assert found.words == [what for _, what in due]
    late = machine.late()
    machine.close()
    assert median(found.picture) <= LIMIT
    assert max(abs(error) for error in found.picture) <= LIMIT + late, (late, found.picture)


def test_the_position_is_exact_at_every_moment_of_five_minutes(here, live_server):
    """Asked for any moment, in any order: nothing depends on what was asked before. Both sides of each change."""
    here.goto(url(live_server))
    timings = {slug: guide.timing for slug, guide in GUIDES.items() if isinstance(guide, Breath)}
    for slug, timing in {"an odd one": breath(700, 1300, 2900, 500, 55), **timings}.items():
        pace = {"phases": [{"kind": p.kind, "ms": p.ms} for p in timing.phases], "rounds": timing.rounds}
        due = boundaries(timing)
        script = """([pace, moments]) => {
          const planned = pacer.plan(pace);
          const told = (t) => { const at = pacer.position(planned, t); return [at.round + 1, at.phase.kind, at.into]; };
          return moments.map((t) => [told(t), t ? told(t - 0.001) : null]);
        }"""
        found = here.evaluate(script, [pace, [at for at, _, _ in due]])
        for place, ((at, number, kind), (now, before)) in enumerate(zip(due, found, strict=True)):
            assert now == [number, kind, 0], f"{slug} at {at} ms"
            if before:
                assert before[:2] == [due[place - 1][1], due[place - 1][2]]
        end = here.evaluate("([pace, t]) => pacer.position(pacer.plan(pace), t).state", [pace, timing.total_ms])
        assert end == "done"


@pytest.mark.parametrize(
    "query",
    [
        "", "?holds=no", "?in=4&hold=0&out=8&rest=0&minutes=2", "?in=5,5&out=5.5", "?minutes=7",
        "?in=0.5&out=20&minutes=20", "?in=&hold=&out=&rest=&minutes=", "?holds=no&minutes=3", "?hold=1.5&rest=2",
    ],
)  # fmt: skip
def test_a_kept_page_reads_an_address_as_the_journal_does(here, live_server, query):
    here.goto(url(live_server, "breathing-4-7-8", query))
    script = "() => JSON.parse(document.getElementById('pace').textContent)"
    by_the_journal = here.evaluate(script)
    own = for_the_page(GUIDES["breathing-4-7-8"], GUIDES["breathing-4-7-8"].timing)
    assert here.evaluate("([pace, search]) => pacer.asked(pace, search)", [own, query]) == by_the_journal


@pytest.mark.parametrize("query", ["?in=0", "?in=21&out=x", "?minutes=0", "?minutes=2.5", "?hold=-1", "?in=1e1"])
def test_a_kept_page_leaves_as_it_was_what_cannot_be(here, live_server, query):
    here.goto(url(live_server))
    own = for_the_page(GUIDES["breathing-4-7-8"], GUIDES["breathing-4-7-8"].timing)
    assert here.evaluate("([pace, search]) => pacer.asked(pace, search)", [own, query]) == own


def test_after_a_time_in_the_background_it_is_right_at_once(here, live_server):
    """Nothing ran meanwhile; the next picture is that of the moment."""
    here.goto(url(live_server))
    clock(here)
    begin(here)
    expect(word(here)).to_have_text("Breathe in")
    here.evaluate("() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true }); }")
    here.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    to(here, 16 * 3 + 9.2)
    here.evaluate("() => { Object.defineProperty(document, 'hidden', { value: false, configurable: true }); }")
    here.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    assert word(here).text_content() == "Breathe out"
    assert here.locator("[data-count]").text_content() == "2 of 4"
    assert "Round 4 of 15" in here.locator("[data-left]").text_content()


# -- before, practise, after -----------------------------------------------------------------------------------------


def test_from_before_to_after(here, live_server, alice):
    here.goto(url(live_server))
    expect(here.get_by_text("Distress after")).to_be_hidden()
    rate(here, "before", "8")
    clock(here)
    begin(here, 1)
    expect(word(here)).to_have_text("Ready")
    to(here, 2)
    expect(word(here)).to_have_text("Breathe in")
    assert axe_problems(here) == []
    expect(here.locator(".savebar")).to_be_hidden()
    to(here, 240)
    expect(here.get_by_role("heading", name="How is it now?")).to_be_focused()
    expect(here.locator("[data-done]")).to_have_text("4\u00a0min of practice. Distress before: 8.")
    assert axe_problems(here) == []
    rate(here, "after", "5")
    here.get_by_label("What was it about?").select_option("anxiety")
    here.get_by_label("Note").fill("In the kitchen")
    save(here).click()
    expect(here).to_have_url(re.compile("/coping/box-breathing/$"))
    expect(here.get_by_text("saved.")).to_be_visible()
    done = Practice.objects.of(alice).get()
    assert (done.before, done.after, done.minutes, done.situation, done.note) == (8, 5, 4, "anxiety", "In the kitchen")
    assert done.date == timezone.localdate() and done.time is not None
    assert stored(here, "draft.") == stored(here, "queue.") == {}


@pytest.mark.parametrize(("seconds", "minutes"), [(3.2, ""), (29.9, ""), (30, 1), (60, 1), (60.5, 2), (119, 2)])
def test_stopped_early_what_was_done_counts(here, live_server, seconds, minutes):
    here.goto(url(live_server))
    clock(here)
    begin(here, 3 + seconds)
    expect(word(here)).not_to_have_text("Ready")
    button(here, "Stop here").click()
    expect(minutes_of(here)).to_have_value(str(minutes))
    expect(here.locator("[data-done]")).to_contain_text("of practice. What you did counts.")
    if seconds == 3.2:
        expect(here.locator("[data-done]")).to_contain_text("3\u00a0s of practice.")


def test_stopped_before_it_began_there_is_nothing_to_record(here, live_server):
    here.goto(url(live_server))
    button(here, "Begin").click()
    button(here, "Stop here").click()
    expect(button(here, "Begin")).to_be_visible()
    assert stored(here, "draft.") == {}


def test_a_pause_takes_no_time(here, live_server):
    here.goto(url(live_server))
    clock(here)
    begin(here, 3 + 5)
    expect(word(here)).to_have_text("Hold")
    button(here, "Pause").click()
    expect(word(here)).to_have_text("Paused")
    assert axe_problems(here) == []
    to(here, 600)
    button(here, "Go on").click()
    expect(word(here)).to_have_text("Hold")
    expect(here.locator("[data-count]")).to_have_text("2 of 4")
    to(here, 3)
    expect(word(here)).to_have_text("Breathe out")
    button(here, "Pause").click()
    button(here, "Stop here").click()
    expect(here.locator("[data-done]")).to_contain_text("8\u00a0s of practice.")


def test_muscle_relaxation_goes_through_its_parts(here, live_server):
    here.goto(url(live_server, "muscle-relaxation", "?leave=biceps"))
    clock(here)
    begin(here)
    expect(word(here)).to_have_text("Tense")
    expect(here.locator("[data-how]")).to_have_text("Fists. Close both hands.")
    to(here, 6)
    expect(word(here)).to_have_text("Let go")
    to(here, 15)
    expect(here.locator("[data-how]")).to_have_text("Triceps. Stretch your arms out straight.")
    expect(here.locator("[data-left]")).to_contain_text("Part 2 of 15")
    assert axe_problems(here) == []


def test_grounding_goes_at_ones_own_pace(here, live_server, alice):
    here.goto(url(live_server, "grounding-5-4-3-2-1"))
    button(here, "Begin").click()
    expect(word(here)).to_have_text("5 things you can see")
    expect(button(here, "Back")).to_be_disabled()
    button(here, "Next").click()
    button(here, "Next").click()
    button(here, "Back").click()
    expect(word(here)).to_have_text("4 things you can touch")
    assert axe_problems(here) == []
    for _ in range(3):
        button(here, "Next").click()
    button(here, "Done").click()
    expect(here.locator("[data-done]")).not_to_contain_text("What you did counts")
    save(here).click()
    expect(here).to_have_url(re.compile("/coping/grounding-5-4-3-2-1/$"))
    assert Practice.objects.of(alice).get().minutes is None  # it took a moment


def test_sound_and_vibration_are_off_at_first_and_remembered(here, live_server):
    here.add_init_script("navigator.vibrate = (pattern) => { (window.buzzes ||= []).push(pattern); return true; };")
    here.goto(url(live_server))
    clock(here)
    begin(here)
    expect(word(here)).to_have_text("Breathe in")  # its buzz would be one too many
    for name in ("Sound", "Vibration"):
        switch = button(here, name)
        expect(switch).to_have_attribute("aria-pressed", "false")
        switch.click()
        expect(switch).to_have_attribute("aria-pressed", "true")
        expect(switch).to_contain_text(f"{name}: on")
    to(here, 4)
    expect(word(here)).to_have_text("Hold")
    assert here.evaluate("window.buzzes.length") == 2  # switched on, and held
    here.reload()
    button(here, "Begin").click()
    for name in ("Sound", "Vibration"):
        expect(button(here, name)).to_have_attribute("aria-pressed", "true")


# -- still -----------------------------------------------------------------------------------------------------------


def drawn(page) -> str:
    return page.locator("[data-drawing]").inner_html()


def assert_nothing_moves(page):
    expect(word(page)).to_have_text("Breathe in")
    before = drawn(page)
    assert "<svg" in before and "pacer-dot" not in before
    to(page, 4.5)
    expect(word(page)).to_have_text("Hold")
    expect(page.locator("[data-count]")).to_have_text("1 of 4")
    assert drawn(page) == before


def test_reduced_motion_has_the_still_version(here, live_server):
    here.emulate_media(reduced_motion="reduce")
    here.goto(url(live_server))
    clock(here)
    begin(here)
    assert_nothing_moves(here)


def test_anybody_can_choose_the_still_version(here, live_server):
    here.goto(url(live_server))
    expect(button(here, "Moving drawing")).to_have_attribute("aria-pressed", "true")
    button(here, "Still drawing").click()
    here.reload()
    expect(button(here, "Still drawing")).to_have_attribute("aria-pressed", "true")
    expect(button(here, "Moving drawing")).to_have_attribute("aria-pressed", "false")
    clock(here)
    begin(here)
    assert_nothing_moves(here)


def test_else_the_dot_goes_along_the_breath(here, live_server):
    here.goto(url(live_server))
    clock(here)
    begin(here)
    expect(word(here)).to_have_text("Breathe in")
    dot = here.locator(".pacer-dot")
    places = []
    for _ in range(4):
        here.wait_for_timeout(60)
        places.append([float(n) for n in re.findall(r"[\d.]+", dot.get_attribute("transform"))])
        to(here, 4)
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = places
    assert x1 < x2 < x3 < x4
    assert y1 > y2 == y3 < y4 and y4 == y1


# -- without script, and lost ----------------------------------------------------------------------------------------


def test_without_script_it_is_the_steps_and_a_form(browser, live_server, alice, client):
    client.force_login(alice)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(url(live_server, "breathing-4-7-8"))
    expect(page.get_by_text("Breathe in through your nose for 4.")).to_be_visible()
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    rate(page, "before", "8")
    rate(page, "after", "5")
    minutes_of(page).fill("2")
    save(page).click()
    expect(page).to_have_url(re.compile("/coping/breathing-4-7-8/$"))
    done = Practice.objects.of(alice).get()
    assert (done.before, done.after, done.minutes, done.date) == (8, 5, 2, timezone.localdate())
    context.close()


def test_what_was_done_is_there_after_the_page_was_lost(here, live_server, alice):
    here.goto(url(live_server))
    rate(here, "before", "8")
    clock(here)
    begin(here, 3 + 70)
    expect(word(here)).not_to_have_text("Ready")
    button(here, "Stop here").click()
    expect(state(here)).to_have_text("Not saved yet, kept on this phone")
    here.wait_for_timeout(300)
    here.goto("about:blank")
    here.goto(url(live_server))
    expect(minutes_of(here)).to_have_value("2")
    expect(here.get_by_text("Distress after")).to_be_visible()
    expect(here.locator("[data-done]")).to_contain_text("Practised on")
    expect(here.locator("[data-done]")).to_contain_text("Not saved yet. Distress before: 8.")
    save(here).click()
    expect(here).to_have_url(re.compile("/coping/box-breathing/$"))
    assert Practice.objects.of(alice).get().before == 8


AGE = """(ms) => {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith("taper.draft."))) {
    const draft = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify({ ...draft, at: draft.at - ms, felt: draft.felt - ms }));
  }
}"""


@pytest.mark.parametrize(("minutes", "stands"), [(50, True), (61, False), (24 * 60, False)])
def test_distress_before_stands_for_an_hour_where_nothing_was_done(here, live_server, minutes, stands):
    here.clock.set_fixed_time(timezone.now().replace(hour=12))
    here.goto(url(live_server))
    rate(here, "before", "8")
    expect(state(here)).to_have_text("Not saved yet, kept on this phone")
    here.goto("about:blank")
    here.goto(f"{live_server.url}/coping/")
    here.evaluate(AGE, minutes * 60_000)
    here.goto(url(live_server))
    expect(here.locator("[name=before]:checked")).to_have_attribute("value", "8" if stands else "")
    until(here, lambda: bool(stored(here, "draft.")) == stands)
    if stands:  # looked at again it is no younger
        here.goto(f"{live_server.url}/coping/")
        here.evaluate(AGE, 20 * 60_000)
        here.goto(url(live_server))
        expect(here.locator("[name=before]:checked")).to_have_attribute("value", "")
        until(here, lambda: stored(here, "draft.") == {})


def test_what_was_done_keeps_its_before_however_late_it_is_saved(here, live_server):
    here.goto(url(live_server))
    rate(here, "before", "8")
    clock(here)
    begin(here, 3 + 70)
    button(here, "Stop here").click()
    expect(state(here)).to_have_text("Not saved yet, kept on this phone")
    here.goto(f"{live_server.url}/coping/")
    here.evaluate(AGE, 25 * 60 * 60_000)
    here.goto(url(live_server))
    expect(here.locator("[data-done]")).to_contain_text("Distress before: 8.")


def test_what_is_refused_is_shown_whole(here, live_server):
    here.goto(url(live_server))
    clock(here)
    begin(here, 5)
    button(here, "Stop here").click()
    minutes_of(here).fill("10000")
    save(here).click()
    expect(here.locator(".field-wrong .error")).to_contain_text("“10000” is outside 1 to 600 minutes.")
    expect(here.get_by_text("Distress before")).to_be_visible()
    assert axe_problems(here) == []


# -- without a connection --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", GUIDES)
def test_each_practice_is_finished_without_a_connection_and_sent_later(
    page, live_server, signed_in, alice, context, watch, slug
):
    watch.expect_errors("404", "401", "net::ERR")
    signed_in(alice)
    switch_on(page, live_server)
    context.set_offline(True)
    page.goto(f"{live_server.url}/coping/")
    expect(page.get_by_text("These practices work without one")).to_be_visible()
    assert axe_problems(page) == []
    page.locator(f"a[href='/coping/{slug}/practise/']").click()
    expect(page.get_by_text("This is a blank page that this device keeps")).to_be_visible()
    rate(page, "before", "8")
    clock(page)
    button(page, "Begin").click()
    if isinstance(GUIDES[slug], Steps):
        to(page, 90)
        for _ in range(4):
            button(page, "Next").click()
        button(page, "Done").click()
    else:
        expect(word(page)).to_have_text("Ready")
        to(page, 3 + 64)
        expect(word(page)).not_to_have_text("Ready")
        if isinstance(GUIDES[slug], Sequence):
            expect(page.locator("[data-left]")).to_contain_text("Part 4 of 16")
        button(page, "Stop here").click()
    rate(page, "after", "2")
    page.get_by_label("Note").fill("On the moor")
    save(page).click()
    expect(state(page)).to_contain_text(WAITS)
    expect(page.get_by_text("1 entry waits on this phone to be sent.")).to_be_visible()
    assert not Practice.objects.exists()
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(f"{live_server.url}/")
    until_sent(page, Practice.objects.of(alice))
    done = Practice.objects.of(alice).select_related("skill").get()
    assert (done.skill.builtin, done.before, done.after, done.minutes) == (slug, 8, 2, 2)
    assert (done.date, done.note) == (timezone.localdate(), "On the moor")


def test_a_practice_that_waited_over_midnight_keeps_its_day(page, live_server, signed_in, alice, context, watch):
    """The device's clock stands two days back while it is done; it is sent today."""
    watch.expect_errors("404", "401", "net::ERR")
    signed_in(alice)
    switch_on(page, live_server)
    context.set_offline(True)
    then = timezone.now() - dt.timedelta(days=2)
    page.goto(url(live_server, query="?in=4&out=6&minutes=1"))
    expect(page.locator("[data-in-words]")).to_have_text("in 4, hold 4, out 6, hold 4; 3 times.")
    page.evaluate("(ms) => { Date.now = () => ms; }", int(then.timestamp() * 1000))
    clock(page)
    begin(page, 3 + 54)
    save(page).click()
    expect(state(page)).to_contain_text(WAITS)
    expect(button(page, "Begin")).to_be_visible()
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(f"{live_server.url}/")
    until_sent(page, Practice.objects.of(alice))
    done = Practice.objects.of(alice).get()
    local = timezone.localtime(then)
    assert (done.date, done.time) == (local.date(), local.time().replace(second=0, microsecond=0))


def test_the_connection_coming_back_takes_no_practice_away(page, live_server, signed_in, alice, context, watch):
    """What waited is sent meanwhile; the page is not loaded anew from under somebody who breathes."""
    watch.expect_errors("404", "401", "net::ERR")
    signed_in(alice)
    switch_on(page, live_server)
    context.set_offline(True)
    page.goto(url(live_server))
    clock(page)
    begin(page, 5)
    button(page, "Stop here").click()
    save(page).click()
    expect(state(page)).to_contain_text(WAITS)
    begin(page, 4)
    expect(word(page)).to_have_text("Breathe in")
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, lambda: not stored(page, "queue."))
    page.wait_for_timeout(500)
    expect(word(page)).to_have_text("Breathe in")
    assert Practice.objects.of(alice).count() == 1


def test_back_after_saving_is_a_fresh_practice(here, live_server, alice):
    here.goto(url(live_server))
    rate(here, "before", "8")
    clock(here)
    begin(here, 3 + 70)
    button(here, "Stop here").click()
    here.get_by_label("Note").fill("In the kitchen")
    save(here).click()
    here.wait_for_url("**/coping/box-breathing/")
    here.go_back()
    expect(button(here, "Begin")).to_be_visible()
    here.wait_for_timeout(500)
    assert here.locator("[name=before]:checked").get_attribute("value") == ""
    assert here.locator("[name=note]").input_value() == ""
    assert stored(here, "draft.") == {}
    assert Practice.objects.of(alice).count() == 1
