"""The safety plan: one tap from everywhere, kept on a device by choice only, and nothing typed is lost."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.models import SafetyPlan, SupportPerson
from tests.browser.conftest import DESKTOP, PHONE, axe_problems, until, until_kept
from tests.browser.test_nothing_lost import save, state, stored
from tests.browser.test_offline_help import COPY, kept_texts, wait_for_copy
from tests.browser.test_offline_logging import switch_on

pytestmark = pytest.mark.django_db(transaction=True)
PLAN = "/care/safety-plan/"
KEPT = "The copy that this device keeps"
ON = "On: this device keeps your safety plan."
OFF = "Off: this device keeps nothing of your safety plan."
TEA = "Tea by the window"


@pytest.fixture
def plan(alice):
    SupportPerson.objects.create(owner=alice, name="Sam", role="brother", phone="07700 900123")
    return SafetyPlan.objects.create(owner=alice, own_ways=TEA)


@pytest.fixture
def alices(page, signed_in, alice, plan, watch):
    """Alice's browser; she has a plan."""
    watch.expect_errors("404", "401", "net::ERR")
    return signed_in(alice)


def keep_it(page, live_server, path=PLAN):
    page.goto(f"{live_server.url}{path}")
    wait_for_copy(page)
    page.get_by_role("button", name="Keep the plan on this device").click()
    expect(page.get_by_text(ON)).to_be_visible()
    page.reload()  # now the worker is in charge
    expect(page.get_by_text(ON)).to_be_visible()


@pytest.fixture
def kept(alices, live_server):
    """She chose to keep it on this device."""
    keep_it(alices, live_server)
    return alices


def kept_pages(page) -> set[str]:
    pages = {re.sub(r"^https?://[^/]+", "", address) for address in kept_texts(page)}
    return {path for path in pages if not path.startswith("/static/")}


# -- one tap ---------------------------------------------------------------------------------------------------


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "viewport": getattr(request, "param", PHONE)}


SIZES = [{"width": 320, "height": 640}, {"width": 360, "height": 740}, PHONE, DESKTOP]
OPENED = [
    "/",
    "/care/people/",
    f"/entries/{timezone.localdate()}/",
    "/medications/new/",
    "/welcome/1/",
    "/more/",
    "/no-such-page/",
]


@pytest.mark.parametrize("browser_context_args", SIZES, ids=["320", "360", "390", "1280"], indirect=True)
def test_help_and_the_plan_are_one_tap_each_and_the_bar_stays_one_line(alices, live_server):
    for path in OPENED:
        alices.goto(f"{live_server.url}{path}")
        boxes = []
        for name in ("Help now", "Safety plan"):
            link = alices.get_by_role("link", name=name, exact=True).locator("visible=true").first
            box = link.bounding_box()
            assert box["height"] >= 44 and box["width"] >= 44, (path, name, box)
            assert box["x"] >= 0 and box["x"] + box["width"] <= alices.viewport_size["width"] - 8, (path, name, box)
            boxes.append(box)
        if alices.viewport_size["width"] < 1024:
            bar = alices.locator(".bar-in")
            assert bar.bounding_box()["height"] <= 60, path
            first = alices.locator(".bar-in > a").first.bounding_box()
            assert first["x"] + first["width"] <= boxes[0]["x"], (path, first, boxes)
        assert alices.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    link.click()
    expect(alices.get_by_role("heading", name="Safety plan", exact=True)).to_be_visible()
    alices.go_back()
    alices.get_by_role("link", name="Help now", exact=True).locator("visible=true").first.click()
    expect(alices.get_by_role("heading", name="Help now")).to_be_visible()


# -- on the device, by choice ----------------------------------------------------------------------------------


def test_without_the_choice_nothing_of_it_is_kept(alices, live_server, context):
    for path in (PLAN, "/care/people/", "/help-now/", PLAN):
        alices.goto(f"{live_server.url}{path}")
        wait_for_copy(alices)
    expect(alices.get_by_text(OFF)).to_be_visible()
    assert kept_pages(alices) == {"/help-now/offline/"}
    context.set_offline(True)
    alices.goto(f"{live_server.url}{PLAN}")
    expect(alices.get_by_text(COPY)).to_be_visible()
    expect(alices.get_by_text("My safety plan")).to_be_hidden()
    assert TEA not in alices.content()


def test_by_choice_it_opens_without_a_connection(kept, live_server, context):
    assert kept_pages(kept) == {"/help-now/offline/", "/help-now/offline/own/", "/care/safety-plan/offline/"}
    context.set_offline(True)
    for path in (PLAN, "/care/people/", f"{PLAN}edit/"):
        kept.goto(f"{live_server.url}{path}")
        expect(kept.get_by_text(KEPT)).to_be_visible()
        expect(kept.get_by_text(TEA)).to_be_visible()
    expect(kept.get_by_role("link", name="Call Sam, brother")).to_have_attribute("href", "tel:07700900123")
    expect(kept.get_by_role("link", name="Life at risk: call 999")).to_be_visible()
    assert kept.locator(".call-row-first").evaluate("(row) => getComputedStyle(row).borderTopWidth") != "0px"
    assert axe_problems(kept) == []
    context.set_offline(False)
    kept.get_by_role("link", name="Try again").click()
    expect(kept.get_by_text(ON)).to_be_visible()
    expect(kept.get_by_text(KEPT)).to_have_count(0)


def test_the_help_page_without_a_connection_has_the_plan_the_people_and_the_country(kept, live_server, context):
    context.set_offline(True)
    kept.goto(f"{live_server.url}/help-now/")
    expect(kept.get_by_text(COPY)).to_be_visible()
    expect(kept.get_by_role("link", name="Life at risk: call 999")).to_be_visible()
    expect(kept.get_by_role("link", name="Call Sam, brother")).to_have_attribute("href", "tel:07700900123")
    expect(kept.get_by_text("Your safety plan can be kept on this device")).to_be_hidden()
    expect(kept.get_by_text("can be switched on in Settings")).to_be_visible()
    kept.get_by_text("Read it here").click()
    expect(kept.get_by_text(TEA)).to_be_visible()
    assert axe_problems(kept) == []
    public = next(text for address, text in kept_texts(kept).items() if address.endswith("/help-now/offline/"))
    assert TEA not in public and "07700" not in public
    kept.get_by_role("link", name="My safety plan").click()
    expect(kept.get_by_text(TEA)).to_be_visible()


def test_the_two_choices_know_nothing_of_each_other(alices, live_server, context):
    switch_on(alices, live_server)  # the blank pages
    context.set_offline(True)
    alices.goto(f"{live_server.url}{PLAN}")
    expect(alices.get_by_text(COPY)).to_be_visible()  # help, and no blank page
    context.set_offline(False)
    keep_it(alices, live_server, "/settings/")
    alices.get_by_role("button", name="Take off this device").click()
    expect(alices.get_by_text("Off: this device keeps no blank pages.")).to_be_visible()
    alices.reload()
    expect(alices.get_by_text(ON)).to_be_visible()
    context.set_offline(True)
    alices.goto(f"{live_server.url}{PLAN}")
    expect(alices.get_by_text(TEA)).to_be_visible()
    alices.goto(f"{live_server.url}/entries/")
    expect(alices.get_by_text("This page needs a connection. Here is Help now in its place.")).to_be_visible()
    expect(alices.get_by_role("link", name="My safety plan")).to_be_visible()


def test_taken_off_it_is_gone(kept, live_server, context):
    kept.get_by_role("button", name="Take the plan off this device").click()
    expect(kept.get_by_text(OFF)).to_be_visible()
    assert kept_pages(kept) == {"/help-now/offline/"}
    kept.reload()
    expect(kept.get_by_text(OFF)).to_be_visible()
    context.set_offline(True)
    kept.goto(f"{live_server.url}{PLAN}")
    expect(kept.get_by_text(COPY)).to_be_visible()


def test_taken_off_while_it_is_kept_anew_it_stays_off(kept, live_server, context):
    def slow(route):
        time.sleep(1)
        route.continue_()

    context.route("**/care/safety-plan/offline/", slow)
    kept.reload()  # this page keeps it anew
    kept.get_by_role("button", name="Take the plan off this device").click()
    expect(kept.get_by_text(OFF)).to_be_visible()
    kept.wait_for_timeout(2500)
    assert kept_pages(kept) == {"/help-now/offline/"} and stored(kept, "plan.") == {}


def test_a_change_of_the_plan_and_of_the_people_is_in_the_copy(kept, live_server, context):
    kept.goto(f"{live_server.url}{PLAN}edit/")
    kept.get_by_label("What I do first, by myself").fill("A walk instead")
    with kept.expect_response("**/care/safety-plan/offline/"):
        save(kept).click()
        expect(kept.locator("main")).to_contain_text("A walk instead")
    kept.wait_for_load_state("networkidle")
    kept.goto(f"{live_server.url}/care/people/new/")
    kept.get_by_label("Name").fill("Kit")
    with kept.expect_response("**/care/safety-plan/offline/"):
        save(kept).click()
        expect(kept.get_by_text("Kit is on your list.")).to_be_visible()
    until_kept(kept, "A walk instead", 2)  # the plan, and the page of help with it
    until_kept(kept, "Kit", 2)
    context.set_offline(True)
    kept.goto(f"{live_server.url}{PLAN}")
    expect(kept.get_by_text("A walk instead")).to_be_visible()
    expect(kept.get_by_text("Kit", exact=True)).to_be_visible()
    assert TEA not in kept.content()


def test_another_account_takes_it_away(kept, live_server, bob, signed_in, context):
    context.clear_cookies()
    signed_in(bob)
    kept.goto(f"{live_server.url}/more/")
    until(kept, lambda: kept_pages(kept) == {"/help-now/offline/"} and stored(kept, "plan.") == {})
    context.set_offline(True)
    kept.goto(f"{live_server.url}{PLAN}")
    expect(kept.get_by_text(COPY)).to_be_visible()
    assert TEA not in kept.content()


@pytest.mark.parametrize("knows_the_word", [True, False], ids=["clear-site-data", "by-script"])
def test_signing_out_takes_it_away(kept, live_server, context, knows_the_word):
    if not knows_the_word:

        def without_the_word(route):
            answer = route.fetch(max_redirects=0)
            headers = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
            route.fulfill(response=answer, headers=headers)

        context.route("**/accounts/logout/", without_the_word)
    kept.goto(f"{live_server.url}/accounts/logout/")
    kept.locator("main").get_by_role("button", name="Sign out").click()
    expect(kept.get_by_role("link", name="Sign in").first).to_be_visible()
    until(kept, lambda: stored(kept) == {} and not any(path.startswith("/care/") for path in kept_pages(kept)))
    kept.goto(f"{live_server.url}/help-now/")
    wait_for_copy(kept)
    kept.reload()
    context.set_offline(True)
    kept.goto(f"{live_server.url}{PLAN}")
    expect(kept.get_by_text(COPY)).to_be_visible()
    expect(kept.get_by_text("My safety plan")).to_be_hidden()
    assert TEA not in kept.content()


# -- nothing typed is lost -------------------------------------------------------------------------------------


def test_what_is_typed_stays_and_is_sent_when_there_is_a_connection(alices, live_server, context, alice):
    alices.goto(f"{live_server.url}{PLAN}edit/")
    alices.get_by_label("What makes my home safer").fill("Sam keeps them")
    expect(state(alices)).to_have_text("Not saved yet, kept on this phone")
    alices.reload()
    expect(alices.get_by_label("What makes my home safer")).to_have_value("Sam keeps them")
    context.set_offline(True)
    save(alices).click()
    expect(state(alices)).to_contain_text("Kept on this phone.")
    assert SafetyPlan.objects.of(alice).get().surroundings == ""
    context.set_offline(False)
    alices.goto(f"{live_server.url}/more/")
    expect(alices.get_by_text("was sent.")).to_be_visible()
    found = SafetyPlan.objects.of(alice).get()
    assert (found.own_ways, found.surroundings) == (TEA, "Sam keeps them")
    assert stored(alices, "queue.") == stored(alices, "draft.") == {}


def test_two_tabs_are_shown_beside_each_other(alices, live_server, alice):
    alices.goto(f"{live_server.url}{PLAN}edit/")
    alices.get_by_label("What I do first, by myself").fill("From this tab")
    SafetyPlan.objects.of(alice).update(own_ways="From the other tab")
    save(alices).click()
    expect(alices.get_by_role("heading", name="Changed in two places")).to_be_visible()
    assert axe_problems(alices) == []
    alices.locator(".entry-clashes label", has_text="one after the other").click()
    save(alices).click()
    expect(alices.get_by_text("Safety plan saved.")).to_be_visible()
    assert SafetyPlan.objects.of(alice).get().own_ways == "From the other tab\n\nFrom this tab"
