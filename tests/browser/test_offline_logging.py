"""Logging without a connection: blank pages by choice, a queue that is seen, and each entry once in the journal."""

import datetime as dt
import re
import time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.device import account_of
from journal.models import CheckIn, DailyEntry, Rating
from tests.browser.conftest import axe_problems, until, until_kept
from tests.browser.test_nothing_lost import at_home, rate, save, state, stored, write
from tests.browser.test_offline_help import kept_texts, wait_for_copy
from tests.conftest import make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "Kept on this phone."
ON = "On: this device keeps the blank pages."


def day(back=0) -> dt.date:
    return timezone.localdate() - dt.timedelta(back)


def day_url(live_server, back=0) -> str:
    return f"{live_server.url}/entries/{day(back)}/"


def switch_on(page, live_server):
    page.goto(f"{live_server.url}/settings/")
    wait_for_copy(page)
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_text(ON)).to_be_visible(timeout=20_000)  # many pages, on a busy machine
    page.reload()  # now the worker is in charge
    expect(page.get_by_text(ON)).to_be_visible()


@pytest.fixture
def zaps(alice):
    make_entry(alice, day(20), notes="A private note")
    return make_symptom(alice)


@pytest.fixture
def ready(page, live_server, signed_in, alice, zaps, watch):
    """Alice, who chose to log without a connection."""
    watch.expect_errors("404", "401", "400", "403", "net::ERR")
    medication = make_medication(alice)
    make_step(medication, day(9), "37.5", "start")
    signed_in(alice)
    switch_on(page, live_server)
    return page


def log(page, live_server, back, text):
    """Without a connection: a day is written and saved."""
    page.goto(day_url(live_server, back))
    expect(page.get_by_text("This is a blank page that this device keeps")).to_be_visible()
    write(page, text)
    rate(page, "mood", "5")
    save(page).click()
    expect(state(page)).to_contain_text(WAITS)


def items(page) -> int:
    return len(stored(page, "queue."))


def days_kept(page) -> list[str]:
    return [address for address in kept_texts(page) if "/entries/" in address]


def test_three_days_and_a_check_in(ready, live_server, context, alice, zaps):
    """The network is cut; what is saved waits through a reload; with a network again each is there once."""
    context.set_offline(True)
    for back in (0, 1, 2):
        log(ready, live_server, back, f"{back} days ago")
    expect(ready.locator("h1")).to_have_text(re.compile(str(day(2).day)))
    ready.goto(f"{day_url(live_server)}check-in/")
    rate(ready, "mood", "2")
    save(ready).click()
    expect(state(ready)).to_contain_text(WAITS)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("4 entries wait on this phone to be sent.")).to_be_visible()
    assert axe_problems(ready) == []
    ready.reload()
    assert items(ready) == 4
    ready.goto(day_url(live_server, 1))
    expect(ready.locator("textarea[name=notes]")).to_have_value("1 days ago")  # as it waits
    assert not DailyEntry.objects.filter(date__gte=day(2)).exists()
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("4 entries were sent.")).to_be_visible()
    assert items(ready) == 0
    found = DailyEntry.objects.of(alice).filter(date__gte=day(2)).values_list("date", "mood", "notes")
    assert sorted(found) == sorted((day(back), 5, f"{back} days ago") for back in (0, 1, 2))
    expect(ready.get_by_text("No connection")).to_have_count(0)
    assert [(one.mood, one.entry.date) for one in CheckIn.objects.of(alice)] == [(2, day())]


def press_a_link_while_it_is_sent(page, context, entries, send):
    """``send`` has something sent; meanwhile the safety plan is asked for, which comes after what was sent is there."""
    sending = []

    def slow(route):
        sending.pop().continue_()
        for _ in range(200):
            if entries.exists():
                break
            time.sleep(0.05)
        time.sleep(0.5)  # the page that is left hears of it
        route.continue_()

    def held(route):
        if route.request.method == "POST":
            sending.append(route)
        else:
            route.continue_()

    context.route(re.compile(r"/entries/\d{4}-\d\d-\d\d/$"), held)
    context.route("**/care/safety-plan/", slow)
    send()
    until(page, lambda: sending)
    page.get_by_role("link", name="Safety plan", exact=True).locator("visible=true").first.click()
    expect(page.get_by_role("heading", name="Safety plan", exact=True)).to_be_visible()


def test_what_is_sent_late_takes_nobody_back(ready, live_server, context, alice):
    """The page that somebody chose opens, and says what was sent."""
    context.set_offline(True)
    log(ready, live_server, 0, "on the way out")
    entries = DailyEntry.objects.of(alice).filter(notes="on the way out")
    press_a_link_while_it_is_sent(ready, context, entries, lambda: context.set_offline(False))
    expect(ready.get_by_text("1 entry was sent.")).to_be_visible()


def test_what_is_saved_takes_nobody_back(ready, live_server, context, alice):
    ready.goto(day_url(live_server))
    write(ready, "on the way out")
    entries = DailyEntry.objects.of(alice).filter(notes="on the way out")
    press_a_link_while_it_is_sent(ready, context, entries, save(ready).click)
    ready.go_back()
    expect(ready.locator("textarea[name=notes]")).to_have_value("on the way out")
    expect(state(ready)).to_contain_text("Saved")


def test_a_check_in_waits_and_keeps_its_time(ready, live_server, context, alice):
    context.set_offline(True)
    ready.goto(f"{live_server.url}/")
    ready.get_by_role("link", name="How is it now?").click()
    expect(ready.get_by_role("heading", name="How is it now?")).to_be_visible()
    assert axe_problems(ready) == []
    rate(ready, "mood", "2")
    pressed = timezone.localtime(timezone=ZoneInfo("Europe/London")).replace(second=0, microsecond=0)
    save(ready).click()
    expect(state(ready)).to_contain_text(WAITS)
    expect(ready.get_by_text(re.compile(r"1 entry waits on this phone"))).to_be_visible()
    (item,) = stored(ready, "queue.").values()
    assert f"/entries/{day()}/check-in/" in item and '["mood","2"]' in item
    expect(ready.locator("#id_mood_2")).not_to_be_checked()  # the page is there for the next one
    ready.reload()
    assert items(ready) == 1
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry was sent.")).to_be_visible()
    check_in = CheckIn.objects.of(alice).get()
    assert (check_in.mood, check_in.entry.date) == (2, day())
    at = dt.datetime.combine(day(), check_in.time, pressed.tzinfo)
    assert dt.timedelta(0) <= at - pressed <= dt.timedelta(minutes=1)


def test_the_blank_check_in_of_an_earlier_day_asks_for_the_time(ready, live_server, context, alice):
    context.set_offline(True)
    ready.goto(f"{day_url(live_server, 1)}check-in/")
    expect(ready.get_by_role("heading", name="How was it?")).to_be_visible()
    ready.get_by_label("Time").fill("08:40")
    rate(ready, "mood", "2")
    save(ready).click()
    expect(state(ready)).to_contain_text(WAITS)
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry was sent.")).to_be_visible()
    check_in = CheckIn.objects.of(alice).get()
    assert (check_in.entry.date, check_in.time, check_in.mood) == (day(1), dt.time(8, 40), 2)


def test_an_online_queue_sends_by_itself(ready, live_server, context, alice):
    """The page stays open: the browser says that there is a network, and the page is the real one again."""
    context.set_offline(True)
    log(ready, live_server, 0, "by itself")
    context.set_offline(False)
    expect(ready.get_by_text("This is a blank page that this device keeps")).to_have_count(0)
    expect(state(ready)).to_contain_text("Saved")
    assert DailyEntry.objects.of(alice).get(date=day()).notes == "by itself"


def test_saving_twice_without_a_connection(ready, live_server, context, alice):
    """The second goes on from the first; an untouched one is not sent again."""
    context.set_offline(True)
    log(ready, live_server, 0, "first")
    save(ready).click()
    expect(state(ready)).to_contain_text(WAITS)
    assert items(ready) == 1
    write(ready, "first, and more")
    rate(ready, "energy", "2")
    save(ready).click()
    expect(ready.get_by_text("2 entries wait on this phone")).to_be_visible()
    expect(state(ready)).to_contain_text(WAITS)
    context.set_offline(False)
    expect(state(ready)).to_contain_text("Saved")
    entry = DailyEntry.objects.of(alice).get(date=day())
    assert (entry.notes, entry.mood, entry.energy) == ("first, and more", 5, 2)


def test_what_the_journal_has_is_not_cleared_and_a_difference_is_shown(ready, live_server, context, alice, zaps):
    make_entry(alice, day(2), {zaps: 3}, mood=8, notes="on the laptop", sleep_hours=7)
    context.set_offline(True)
    ready.goto(day_url(live_server, 2))
    rate(ready, "mood", "2")
    save(ready).click()
    expect(state(ready)).to_contain_text(WAITS)
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry was not taken.")).to_be_visible()
    expect(ready.get_by_text("saved elsewhere as 8. Save again to keep 2.").first).to_be_visible()
    assert axe_problems(ready) == []
    posts = []
    ready.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    ready.reload()
    expect(ready.get_by_text("1 entry was not taken.")).to_be_visible()
    assert posts == []  # it is shown, not tried again and again
    ready.get_by_role("button", name=re.compile("^Open")).click()
    expect(ready.locator(".field-wrong .error")).to_contain_text("saved elsewhere as 8. Save again to keep 2.")
    expect(ready.locator("#waiting")).to_be_hidden()
    save(ready).click()
    expect(ready).to_have_url(re.compile("month="))
    entry = DailyEntry.objects.of(alice).get(date=day(2))
    assert (entry.mood, entry.notes, entry.sleep_hours) == (2, "on the laptop", 7)
    assert Rating.objects.of(alice).get().severity == 3
    assert stored(ready, "queue.") == stored(ready, "draft.") == {}


def test_a_device_clock_a_day_off(ready, live_server, context, alice):
    """The day is still to come for the journal: it says so, and the entry is moved to the day that it is about."""
    context.set_offline(True)
    log(ready, live_server, -1, "written by a wrong clock")
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("Not taken: That day is still to come.")).to_be_visible()
    ready.get_by_role("button", name=re.compile("^Another day")).click()
    ready.get_by_label("The day it is about").fill(str(day()))
    assert axe_problems(ready) == []
    ready.get_by_role("button", name="Use this day").click()
    expect(ready.get_by_text("1 entry was sent.")).to_be_visible()
    entry = DailyEntry.objects.of(alice).get(date__gte=day(2))
    assert (entry.date, entry.mood, entry.notes) == (day(), 5, "written by a wrong clock")


def test_a_refused_entry_of_a_day_to_come_stays_in_sight_after_opening(ready, live_server, context):
    context.set_offline(True)
    log(ready, live_server, -1, "still here")
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    ready.get_by_role("button", name=re.compile("^Open")).click()
    expect(ready.get_by_role("heading", name="That day is still to come.")).to_be_visible()
    expect(ready.get_by_text("1 entry was not taken.")).to_be_visible()


def test_a_symptom_renamed_and_one_deleted_meanwhile(ready, live_server, context, alice, zaps):
    context.set_offline(True)
    ready.goto(day_url(live_server))
    rate(ready, f"symptom-{zaps.pk}", "5")
    save(ready).click()
    ready.goto(day_url(live_server, 1))
    write(ready, "one more")
    rate(ready, f"symptom-{zaps.pk}", "8")
    save(ready).click()
    expect(ready.get_by_text("2 entries wait")).to_be_visible()
    type(zaps).objects.update(name="Head zaps", slug="head-zaps")
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("2 entries were sent.")).to_be_visible()
    assert sorted(Rating.objects.of(alice).values_list("severity", flat=True)) == [5, 8]

    context.set_offline(True)
    ready.goto(day_url(live_server, 3))
    rate(ready, f"symptom-{zaps.pk}", "2")
    save(ready).click()
    expect(ready.get_by_text("1 entry waits")).to_be_visible()
    zaps.delete()
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("A symptom that was rated 2 is not asked for here any more.")).to_be_visible()


def test_an_entry_of_an_account_that_was_deleted(ready, live_server, context, alice, bob, signed_in):
    """It is kept, is sent to nobody, and whoever signs in next sees that there is one and nothing of it."""
    context.set_offline(True)
    log(ready, live_server, 0, "to nobody")
    alice.delete()
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry waits on this phone. It is sent after signing in.")).to_be_visible()
    signed_in(bob)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry of another account waits on this device.")).to_be_visible()
    assert "to nobody" not in ready.content()
    assert not DailyEntry.objects.exists()


# -- the choice -----------------------------------------------------------------------------------------------


def test_without_the_choice_it_is_the_help_page_and_it_says_that_there_is_one(page, live_server, signed_in, alice):
    signed_in(alice)
    page.goto(f"{live_server.url}/settings/")
    wait_for_copy(page)
    page.reload()
    page.context.set_offline(True)
    page.goto(day_url(live_server))
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    expect(page.get_by_text("Logging a day without a connection can be switched on in Settings")).to_be_visible()


def test_only_blank_pages_are_kept_and_they_can_be_taken_off(ready, live_server, alice):
    ready.goto(day_url(live_server, 20))
    ready.goto(f"{live_server.url}/entries/")
    kept = kept_texts(ready)
    pages = {re.sub(r"^https?://[^/]+", "", address) for address in kept if "/static/" not in address}
    blank = set(ready.evaluate("fetch('/entries/offline/pages/').then((answer) => answer.json())")["pages"])
    assert {"/entries/offline/", "/entries/offline/check-in/", "/entries/offline/home/", "/coping/offline/"} <= blank
    assert "/help-now/offline/country/" in blank
    assert pages == blank | {"/help-now/offline/"}
    for address, text in kept.items():
        assert "A private note" not in text
        if address.endswith("/help-now/offline/country/"):
            assert "Brain zaps" not in text and "call 999" in text
        if address.endswith("/help-now/offline/"):
            assert "Brain zaps" not in text and account_of(alice) not in text
    ready.goto(f"{live_server.url}/settings/")
    ready.get_by_role("button", name="Take off this device").click()
    expect(ready.get_by_text("Off: this device keeps no blank pages.")).to_be_visible()
    left = [address for address in kept_texts(ready) if "/static/" not in address]
    assert [re.sub(r"^https?://[^/]+", "", address) for address in left] == ["/help-now/offline/"]


def test_every_other_page_is_the_first_one_and_help_stays_help(ready, live_server, context):
    context.set_offline(True)
    for path in ("/trends/", "/care/", "/entries/", "/more/"):
        ready.goto(f"{live_server.url}{path}")
        expect(ready.get_by_role("heading", name="This page needs a connection", level=1)).to_be_visible()
        expect(ready.get_by_role("heading", name="The last days")).to_be_visible()
        assert "Brain zaps" not in ready.content()
    ready.goto(f"{live_server.url}/")
    expect(ready.locator("h1")).to_contain_text(str(day().day))
    ready.goto(f"{live_server.url}/coping/what-helps/")
    expect(ready.get_by_role("heading", name="This page needs a connection", level=1)).to_be_visible()
    ready.goto(f"{live_server.url}/coping/")
    expect(ready.get_by_role("heading", name="Coping", level=1)).to_be_visible()
    ready.goto(f"{live_server.url}/help-now/noticed/")
    expect(ready.get_by_role("heading", name="Help now")).to_be_visible()


def test_help_is_that_of_the_country_and_offers_no_choice_that_is_made(ready, live_server, context):
    context.set_offline(True)
    ready.goto(f"{live_server.url}/help-now/")
    expect(ready.get_by_role("link", name="Life at risk: call 999")).to_be_visible()
    expect(ready.get_by_text("This is the copy kept on this device.")).to_be_visible()
    expect(ready.get_by_text("Your safety plan can be kept on this device")).to_be_visible()
    expect(ready.get_by_text("can be switched on in Settings")).to_be_hidden()
    assert axe_problems(ready) == []
    ready.goto(f"{live_server.url}/care/safety-plan/")
    expect(ready.get_by_text("Your safety plan and your people are not kept on this device")).to_be_visible()
    expect(ready.get_by_role("link", name="Life at risk: call 999")).to_be_visible()


def kept_anew(page, live_server):
    """After the settings the next page keeps everything anew."""
    page.goto(f"{live_server.url}/settings/")
    page.goto(f"{live_server.url}/more/")
    until(page, lambda: '"at":0' not in "".join(stored(page, "offline.").values()))


def test_what_was_saved_is_said_on_a_page_that_is_looked_at(ready, live_server, context):
    """A page that is kept while a sentence waits does not take it, and does not say it ever after."""
    ready.goto(f"{live_server.url}/settings/")
    answer = ready.evaluate(
        """async (day) => {
          const { csrf } = await (await fetch("/entries/sending/")).json();
          const body = new URLSearchParams({ csrfmiddlewaretoken: csrf, mood: "5" });
          await fetch(day, { method: "POST", body, headers: { Accept: "application/json" } });
          const kept = ["/help-now/offline/country/", "/help-now/offline/own/", "/entries/offline/home/"];
          return (await Promise.all(kept.map(async (one) => (await fetch(one)).text()))).join("");
        }""",
        f"/entries/{day()}/",
    )
    assert "Saved." not in answer
    ready.goto(f"{live_server.url}/more/")
    expect(ready.get_by_text("Saved.")).to_be_visible()


def test_a_changed_country_is_in_the_kept_help(ready, live_server, context):
    ready.goto(f"{live_server.url}/settings/")
    ready.get_by_label("Country", exact=True).select_option("NZ")
    save(ready).click()
    expect(ready.get_by_text("Saved").first).to_be_visible()
    kept_anew(ready, live_server)
    context.set_offline(True)
    ready.goto(f"{live_server.url}/help-now/")
    expect(ready.get_by_role("link", name="Life at risk: call 111")).to_be_visible()


def test_the_list_of_what_waits_has_the_clock_of_the_person(ready, live_server, context, alice):
    alice.profile.clock = "12"
    alice.profile.save()
    kept_anew(ready, live_server)
    context.set_offline(True)
    log(ready, live_server, 0, "by the clock of the person")
    ready.get_by_role("button", name="Show it").click()
    expect(ready.locator("#waiting li .quiet")).to_have_text(
        re.compile(r"^Written 1?\d:\d\d\s[ap]\.m\. Waiting to be sent\.$")
    )
    assert (
        state(ready).evaluate("(one) => one.getClientRects()[0].height / parseFloat(getComputedStyle(one).lineHeight)")
        < 2.1
    )


def test_another_account_takes_the_pages_of_the_first_away(ready, live_server, bob, signed_in, context):
    context.clear_cookies()
    signed_in(bob)
    ready.goto(f"{live_server.url}/settings/")
    expect(ready.get_by_role("button", name="Keep on this device")).to_be_visible()
    until(ready, lambda: not days_kept(ready))
    context.set_offline(True)
    ready.goto(day_url(live_server))
    expect(ready.get_by_role("heading", name="Help now")).to_be_visible()


def test_a_new_symptom_is_on_the_blank_page_after_the_next_page(ready, live_server, context, alice):
    make_symptom(alice, "Jaw pain", builtin="")
    ready.goto(f"{live_server.url}/symptoms/")
    ready.goto(f"{live_server.url}/")
    until_kept(ready, "Jaw pain", 2)  # a day and a check-in
    context.set_offline(True)
    ready.goto(day_url(live_server))
    expect(ready.get_by_role("group", name="Jaw pain")).to_be_visible()


# -- signing out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("knows_the_word", [True, False], ids=["clear-site-data", "by-script"])
def test_signing_out_warns_first_and_clears(ready, live_server, context, knows_the_word):
    context.set_offline(True)
    log(ready, live_server, 0, "not sent")
    log(ready, live_server, 1, "not sent either")
    write(ready, "begun")
    ready.wait_for_timeout(400)
    ready.goto("about:blank")
    ready.route("**/entries/sending/", lambda route: route.abort())
    context.route("**/entries/sending/", lambda route: route.abort())  # the worker's requests, too
    context.set_offline(False)
    ready.goto(f"{live_server.url}/more/")
    ready.get_by_role("button", name="Sign out").click()
    expect(ready.get_by_text("2 entries are not sent yet. Signing out takes them off this phone.")).to_be_visible()
    expect(ready.get_by_text("is begun and not saved.")).to_be_visible()
    assert axe_problems(ready) == []
    if not knows_the_word:
        context.route("**/accounts/logout/", without_clear_site_data)
    ready.locator("main form").get_by_role("button", name="Sign out").click()
    expect(ready.get_by_role("link", name="Sign in").first).to_be_visible()
    until(ready, lambda: stored(ready) == {} and not days_kept(ready))


def without_clear_site_data(route):
    """As a browser answers that does not know the word."""
    if route.request.method != "POST":
        return route.continue_()
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
    return route.fulfill(response=answer, headers=headers)


def test_with_nothing_unsent_signing_out_is_one_press(ready, live_server):
    ready.goto(f"{live_server.url}/more/")
    ready.get_by_role("button", name="Sign out").click()
    expect(ready.get_by_role("link", name="Sign in").first).to_be_visible()
    assert stored(ready) == {}


def test_send_now_before_signing_out(ready, live_server, context, alice):
    context.set_offline(True)
    log(ready, live_server, 0, "in time")
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/accounts/logout/")
    expect(ready.get_by_text("1 entry was sent.")).to_be_visible()
    expect(ready.locator("#unsent")).to_be_hidden()
    assert DailyEntry.objects.of(alice).get(date=day()).notes == "in time"


def test_a_session_that_ends_clears_nothing(ready, live_server, context, alice, signed_in):
    context.set_offline(True)
    log(ready, live_server, 0, "kept through it")
    ready.goto("about:blank")
    context.set_offline(False)
    context.clear_cookies()
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry waits on this phone. It is sent after signing in.")).to_be_visible()
    signed_in(alice)
    ready.goto(f"{live_server.url}/")
    expect(ready.get_by_text("1 entry was sent.")).to_be_visible()
    at_home(ready)
    assert DailyEntry.objects.of(alice).get(date=day()).notes == "kept through it"


def test_deleting_the_account_clears_the_device(ready, live_server, context, alice):
    context.set_offline(True)
    log(ready, live_server, -1, "gone with the account")
    ready.goto("about:blank")
    context.set_offline(False)
    ready.goto(f"{live_server.url}/data/delete-account/")
    ready.locator("main form input[type=password]").fill("alice-has-a-long-password")
    ready.get_by_role("button", name="Delete my account").click()
    expect(ready.get_by_text("Your account is deleted")).to_be_visible()
    until(ready, lambda: stored(ready) == {} and not days_kept(ready))


def test_what_is_kept_while_the_choice_is_taken_back_is_taken_off_again(page, live_server, signed_in, alice, watch):
    """Signing out in one tab, while another one keeps the pages."""
    signed_in(alice)
    page.goto(f"{live_server.url}/settings/")
    wait_for_copy(page)
    page.evaluate(
        """() => {
          const put = Cache.prototype.put;
          Cache.prototype.put = async function (...what) {
            const done = await put.apply(this, what);
            await device.forget(); // as the page after signing out does
            return done;
          };
        }"""
    )
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_text("That did not work.")).to_be_visible(timeout=20_000)
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("mine-")] == []
    assert stored(page, "offline.") == {}


def test_of_two_accounts_that_are_kept_the_worker_serves_neither(ready, live_server, context):
    ready.evaluate(
        "caches.open('mine-somebody-else').then((one) => one.put('/entries/offline/home/', new Response('Theirs')))"
    )
    context.set_offline(True)
    ready.goto(f"{live_server.url}/")
    expect(ready.locator("#no-connection")).to_be_visible()
    expect(ready.get_by_text("Theirs")).to_have_count(0)
