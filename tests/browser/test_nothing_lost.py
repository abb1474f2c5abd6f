"""Nothing that is typed is lost, and nothing is written twice: drafts, double taps, two tabs, a session that ended,
a server that was killed between saving and answering."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Error, expect

from journal.models import DailyEntry, Receipt
from tests.browser.conftest import axe_problems, until
from tests.conftest import make_entry

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "Not saved yet, kept on this phone"
NOT_CAUGHT = {"service_workers": "block"}  # a worker's requests pass by what the tests do to them
HOME = re.compile(r"^http://[^/]+/$")


@pytest.fixture
def browser_context_args(browser_context_args):
    return browser_context_args | NOT_CAUGHT


def at_home(page):
    """Today is there. (The first chart of a process takes its time.)"""
    expect(page).to_have_url(HOME, timeout=20_000)


def today_url(live_server, back=0) -> str:
    return f"{live_server.url}/entries/{timezone.localdate() - dt.timedelta(back)}/"


def stored(page, start="") -> dict:
    """What lies on the device. (A page that is about to make way for another is asked again.)"""
    script = """(start) => Object.fromEntries(
          Object.entries(localStorage).filter(([key]) => key.startsWith("taper." + start)))"""
    for _ in range(5):
        try:
            return page.evaluate(script, start)
        except Error:
            page.wait_for_load_state()
    return page.evaluate(script, start)


def state(page):
    return page.locator("#savebar-state")


def save(page):
    return page.get_by_role("button", name="Save", exact=True)


def write(page, text):
    page.locator("textarea[name=notes]").fill(text)


def rate(page, name, key):
    """A radio is out of sight: its targets are pressed."""
    page.locator(f"label.target[for=id_{name}_{key}]").click()


@pytest.fixture
def typing(page, live_server, signed_in, alice, watch):
    """Alice has begun to write about today."""
    watch.expect_errors("404", "401", "400", "403", "503", "net::ERR")
    signed_in(alice)
    page.goto(today_url(live_server))
    write(page, "First line\nsecond line")
    rate(page, "mood", "5")
    expect(state(page)).to_have_text(KEPT)
    page.wait_for_timeout(300)  # the second change is kept, too
    return page


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_there_after_the_page_was_lost(typing, live_server, alice):
    typing.goto("about:blank")  # without a question: the device has it
    typing.goto(today_url(live_server))
    expect(typing.locator("textarea[name=notes]")).to_have_value("First line\nsecond line")
    expect(typing.locator("#id_mood_5")).to_be_checked()
    expect(state(typing)).to_have_text(KEPT)
    assert axe_problems(typing) == []
    save(typing).click()
    at_home(typing)
    assert DailyEntry.objects.of(alice).get().notes == "First line\nsecond line"
    assert stored(typing, "draft.") == stored(typing, "queue.") == {}


def test_another_tab_finds_it_too(typing, live_server, context):
    typing.close()
    other = context.new_page()
    other.goto(today_url(live_server))
    expect(other.locator("textarea[name=notes]")).to_have_value("First line\nsecond line")


def test_it_can_be_thrown_away(typing, live_server):
    typing.reload()
    typing.get_by_role("button", name="Throw away").click()
    expect(typing.locator("textarea[name=notes]")).to_have_value("")
    expect(state(typing)).to_have_text("Nothing recorded yet")
    assert stored(typing, "draft.") == {}


def test_undoing_by_hand_leaves_no_draft(typing):
    write(typing, "")
    rate(typing, "mood", "blank")
    expect(typing.locator("#id_mood_blank")).to_be_checked()
    expect(state(typing)).to_have_text("Nothing recorded yet")
    assert stored(typing, "draft.") == {}


def test_a_draft_of_a_day_that_was_saved_elsewhere_shows_both(typing, live_server, alice):
    typing.goto("about:blank")
    make_entry(alice, timezone.localdate(), mood=8, energy=3)
    typing.goto(today_url(live_server))
    expect(typing.locator("#id_mood_5")).to_be_checked()
    expect(typing.locator("#id_energy_3")).to_be_checked()  # not touched here: as it is stored
    save(typing).click()
    expect(typing.get_by_text("saved elsewhere as 8. Save again to keep 5.").first).to_be_visible()
    expect(typing.locator("textarea[name=notes]")).to_have_value("First line\nsecond line")
    save(typing).click()
    at_home(typing)
    entry = DailyEntry.objects.of(alice).get()
    assert (entry.mood, entry.energy, entry.notes) == (5, 3, "First line\nsecond line")
    assert stored(typing) == {}


def test_an_old_draft_is_dropped(typing, live_server):
    typing.evaluate(
        """() => {
          for (const key of Object.keys(localStorage).filter((key) => key.startsWith("taper.draft."))) {
            const draft = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({...draft, at: Date.now() - 31 * 864e5}));
          }
        }"""
    )
    typing.goto("about:blank")
    typing.goto(today_url(live_server))
    expect(typing.locator("textarea[name=notes]")).to_have_value("")
    assert stored(typing, "draft.") == {}


def test_a_full_device_does_not_get_in_the_way(page, live_server, signed_in, alice, watch):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    signed_in(alice)
    page.goto(today_url(live_server))
    write(page, "typed all the same")
    expect(state(page)).to_have_text("Not saved yet")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Today").first.click()
    until(page, lambda: asked)
    assert asked == ["beforeunload"]  # nowhere else is it kept: the browser asks
    save(page).dblclick()
    at_home(page)
    assert DailyEntry.objects.of(alice).get().notes == "typed all the same"


def test_another_account_on_this_device_sees_nothing_of_it(typing, live_server, signed_in, bob, context):
    context.set_offline(True)
    save(typing).click()
    expect(state(typing)).to_contain_text("No connection. Kept on this phone")
    write(typing, "and more that is not for Bob")
    expect(state(typing)).to_have_text(KEPT)
    typing.goto("about:blank")
    context.set_offline(False)
    context.clear_cookies()
    signed_in(bob)
    typing.goto(today_url(live_server))
    expect(typing.get_by_text("1 entry of another account waits on this device.")).to_be_visible()
    expect(typing.locator("textarea[name=notes]")).to_have_value("")
    assert "First line" not in typing.content() and "not for Bob" not in typing.content()
    assert not DailyEntry.objects.exists()
    typing.get_by_role("button", name="Throw away what waits of another account").click()
    typing.get_by_role("button", name="Throw it away").click()
    expect(typing.locator("#waiting")).to_be_hidden()
    assert stored(typing, "queue.") == {}


# -- once, and not twice ------------------------------------------------------------------------------------------


def test_a_double_tap_is_one_submission(typing, alice):
    posts = []
    typing.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    save(typing).dblclick()
    at_home(typing)
    assert len(posts) == 1
    assert DailyEntry.objects.of(alice).count() == Receipt.objects.of(alice).count() == 1


def test_two_tabs_the_second_sees_both_and_chooses(typing, live_server, context, alice):
    second = context.new_page()
    second.goto("about:blank")
    typing.evaluate("localStorage.clear()")  # as on another device
    second.goto(today_url(live_server))
    rate(second, "mood", "8")
    save(typing).click()
    at_home(typing)
    save(second).click()
    expect(second.get_by_text("saved elsewhere as 5. Save again to keep 8.").first).to_be_visible()
    assert DailyEntry.objects.of(alice).get().mood == 5
    rate(second, "mood", "5")
    save(second).click()
    at_home(second)
    entry = DailyEntry.objects.of(alice).get()
    assert (entry.mood, entry.notes) == (5, "First line\nsecond line")


def test_killed_between_saving_and_answering(typing, live_server, alice):
    """The journal has it, the device does not know: it is sent again, and is there once."""
    lost = []

    def lose(route):
        if route.request.method != "POST":
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    typing.route("**/entries/20*/", lose)
    save(typing).click()
    expect(state(typing)).to_contain_text("Kept on this phone")
    assert lost == [200] and DailyEntry.objects.of(alice).count() == 1
    assert len(stored(typing, "queue.")) == 1
    typing.unroute("**/entries/20*/")
    typing.get_by_role("button", name="Send now").click()
    expect(typing.get_by_text("1 entry was sent.")).to_be_visible()
    entry = DailyEntry.objects.of(alice).get()
    assert (entry.mood, entry.notes) == (5, "First line\nsecond line")
    assert Receipt.objects.of(alice).count() == 1
    assert stored(typing) == {}


def test_a_session_that_ended_while_typing(typing, live_server, alice):
    Session.objects.all().delete()
    save(typing).click()
    expect(typing).to_have_url(re.compile(r"/accounts/login/\?next="))
    expect(typing.get_by_text("1 entry waits on this phone. It is sent after signing in.")).to_be_visible()
    assert "First line" not in typing.content()
    typing.locator("[name=login]").fill("alice")
    typing.locator("input[type=password]").fill("alice-has-a-long-password")
    typing.get_by_role("button", name="Sign in", exact=True).click()
    expect(typing).to_have_url(today_url(live_server))
    expect(typing.locator("textarea[name=notes]")).to_have_value("First line\nsecond line")
    expect(state(typing)).to_contain_text("Saved")
    assert DailyEntry.objects.of(alice).get().mood == 5
    assert stored(typing) == {}


def test_a_session_that_ended_before_anything_was_pressed(typing, live_server, client, alice):
    Session.objects.all().delete()
    typing.goto(today_url(live_server))
    expect(typing).to_have_url(re.compile("login"))
    typing.locator("[name=login]").fill("alice")
    typing.locator("input[type=password]").fill("alice-has-a-long-password")
    typing.get_by_role("button", name="Sign in", exact=True).click()
    expect(typing.locator("textarea[name=notes]")).to_have_value("First line\nsecond line")
    expect(state(typing)).to_have_text(KEPT)


def test_a_server_that_is_broken_for_a_while_is_asked_until_it_is_not(typing, live_server, alice):
    broken = lambda route: route.fulfill(status=503) if route.request.method == "POST" else route.continue_()  # noqa: E731
    typing.route("**/entries/20*/", broken)
    save(typing).click()
    expect(state(typing)).to_contain_text("The journal is busy. Kept on this phone.")
    for _ in range(6):
        typing.get_by_role("button", name="Send now").click()
        typing.wait_for_timeout(300)
    typing.get_by_role("button", name="Show it").click()
    expect(typing.get_by_text("The journal could not take it so far; it is tried again.")).to_be_visible()
    typing.unroute("**/entries/20*/")
    typing.get_by_role("button", name="Send now").click()
    expect(typing.locator("#waiting")).to_contain_text("1 entry was sent.")
    assert DailyEntry.objects.of(alice).get().mood == 5


def test_what_was_thrown_away_while_another_was_sent_is_not_sent(typing, live_server, alice):
    """The queue is asked anew before each of what waits in it."""
    typing.route(
        "**/entries/20*/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    save(typing).click()
    expect(state(typing)).to_contain_text("No connection")
    typing.goto(today_url(live_server, 1))
    write(typing, "thrown away")
    save(typing).click()
    expect(state(typing)).to_contain_text("No connection")
    typing.unroute("**/entries/20*/")
    sent = typing.evaluate(
        """async () => {
          const items = queue.mine();
          const flushing = queue.flush();
          queue.drop(items.at(-1));
          return (await flushing).sent.length;
        }"""
    )
    assert sent == 1
    assert DailyEntry.objects.of(alice).get().notes == "First line\nsecond line"


def test_symptoms_that_were_added_and_not_saved_come_back_where_they_can_be_seen(typing, live_server, alice):
    typing.get_by_text("Add a symptom").click()
    typing.locator("[name=add-0-name]").fill("Cold left hand")
    typing.get_by_role("button", name="Another symptom").click()
    typing.locator("[name=add-1-name]").fill("Jaw pain")
    typing.locator("label.target[for=id_add-1-severity_5]").click()
    typing.wait_for_timeout(400)
    typing.reload()
    expect(typing.locator("[name=add-1-name]")).to_be_visible()
    expect(typing.locator("[name=add-1-name]")).to_have_value("Jaw pain")
    expect(typing.locator("#id_add-1-severity_5")).to_be_checked()
    save(typing).click()
    at_home(typing)
    assert sorted(alice.symptoms.values_list("name", flat=True)) == ["Cold left hand", "Jaw pain"]
    assert alice.symptoms.get(name="Jaw pain").ratings.get().severity == 5


def test_what_is_refused_comes_back_with_its_sentence_and_everything_typed(typing, alice):
    typing.locator("[name=sleep_hours]").fill("25")
    save(typing).click()
    expect(typing.locator(".field-wrong .error").first).to_be_visible()
    expect(typing.locator("textarea[name=notes]")).to_have_value("First line\nsecond line")
    expect(state(typing)).to_have_text(KEPT)
    expect(typing.locator("#waiting")).to_be_hidden()
    assert not DailyEntry.objects.exists()
    typing.locator("[name=sleep_hours]").fill("7.5")
    save(typing).click()
    at_home(typing)
    assert DailyEntry.objects.of(alice).get().sleep_hours == dt.timedelta(hours=7.5).total_seconds() / 3600
    assert stored(typing) == {}


def test_without_script_it_is_saved_as_ever(browser, live_server, client, alice):
    client.force_login(alice)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(today_url(live_server))
    write(page, "by hand")
    save(page).click()
    at_home(page)
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert DailyEntry.objects.of(alice).get().notes == "by hand"
    context.close()
