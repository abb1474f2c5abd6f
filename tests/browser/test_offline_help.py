"""Help without a connection: the copy on the device stands in for any page, and holds nothing personal."""

import re

import pytest
from playwright.sync_api import expect

from journal.models import Question
from tests.browser.conftest import axe_problems, until

COPY = "This is the copy kept on this device."


def wait_for_copy(page):
    """Until the worker has everything and is in charge. (The page's policy forbids Playwright's own waiting.)"""
    there = "navigator.serviceWorker.getRegistration().then((found) => !!found && !!found.active)"
    until(page, lambda: page.evaluate(there))


@pytest.fixture
def visited(page, live_server):
    """Somebody who opened the site once, signed out."""
    page.goto(f"{live_server.url}/help-now/")
    wait_for_copy(page)
    return page


def kept_texts(page) -> dict[str, str]:
    """Everything that the device keeps: address -> text."""
    return page.evaluate(
        """async () => {
          const found = {};
          for (const name of await caches.keys()) {
            const store = await caches.open(name);
            for (const request of await store.keys()) {
              found[request.url] = await (await store.match(request)).text();
            }
          }
          return found;
        }"""
    )


@pytest.mark.parametrize("path", ["/help-now/", "/", "/entries/2026-11-22/", "/help-now/?country=GB", "/nowhere/"])
def test_any_page_becomes_the_help_page(visited, live_server, path):
    visited.context.set_offline(True)
    visited.goto(f"{live_server.url}{path}")
    expect(visited.get_by_role("heading", name="Help now")).to_be_visible()
    expect(visited.get_by_text(COPY)).to_be_visible()
    expect(visited.get_by_role("heading", name="When not to wait", exact=True)).to_be_visible()


def test_the_copy_looks_like_the_page_and_has_every_country(visited, live_server):
    visited.context.set_offline(True)
    visited.goto(f"{live_server.url}/help-now/")
    call = visited.locator(".call-row").first
    assert call.evaluate("(row) => getComputedStyle(row).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert visited.locator(".call-row-first").count() == 0  # no number, no button
    visited.get_by_role("heading", name="Choose your country").click()
    expect(visited.get_by_role("link", name="999", exact=True)).to_have_attribute("href", "tel:999")
    expect(visited.get_by_role("link", name="116 123", exact=True)).to_have_attribute("href", "tel:116123")
    assert axe_problems(visited) == []


def test_with_a_connection_again_the_page_comes_back(visited, live_server):
    visited.context.set_offline(True)
    visited.goto(f"{live_server.url}/help-now/")
    visited.context.set_offline(False)
    visited.get_by_role("link", name="Try again").click()
    expect(visited.locator("summary").get_by_text("No country chosen yet")).to_be_visible()
    expect(visited.get_by_text(COPY)).to_have_count(0)


def test_the_copy_itself_claims_no_broken_connection(page, live_server):
    page.goto(f"{live_server.url}/help-now/offline/")
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    expect(page.get_by_text(COPY)).to_be_hidden()


def test_a_page_that_is_not_kept_is_told_from_help_itself(visited, live_server):
    visited.context.set_offline(True)
    note = visited.locator("#no-connection")
    for path, said in (
        ("/help-now/", "No connection."),
        ("/care/", "This page needs a connection. Here is Help now in its place."),
        ("/care/safety-plan/", "Your safety plan and your people are not kept on this device"),
    ):
        visited.goto(f"{live_server.url}{path}")
        expect(note.locator("b:visible")).to_have_count(1)
        expect(note.locator("b:visible")).to_contain_text(said)
        expect(note.get_by_text("can be switched on in Settings")).to_be_visible()
        expect(note.get_by_text("Your safety plan can be kept on this device")).to_be_visible()


def test_nothing_personal_is_kept(page, live_server, signed_in, alice):
    Question.objects.create(owner=alice, text="A private question")
    alice.profile.country = "NZ"
    alice.profile.save()
    signed_in(alice)
    for path in ("/care/", "/coping/", "/help-now/"):
        page.goto(f"{live_server.url}{path}")
    wait_for_copy(page)
    kept = kept_texts(page)
    pages = [address for address in kept if "/static/" not in address]
    assert [re.sub(r"^https?://[^/]+", "", address) for address in pages] == ["/help-now/offline/"]
    text = kept[pages[0]]
    for private in ("alice", "A private question", "call 111", "csrf"):
        assert private not in text


def test_signing_out_clears_the_device_and_the_copy_comes_back(page, live_server, signed_in, alice):
    signed_in(alice)
    page.goto(f"{live_server.url}/help-now/")
    wait_for_copy(page)
    page.goto(f"{live_server.url}/accounts/logout/")
    page.locator("main form").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto(f"{live_server.url}/help-now/")
    wait_for_copy(page)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/care/")
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()


def test_a_form_that_cannot_be_sent_is_left_to_the_browser(page, live_server, signed_in, alice):
    signed_in(alice)
    page.goto(f"{live_server.url}/care/")
    wait_for_copy(page)
    page.reload()
    page.context.set_offline(True)
    page.get_by_label("Something to raise").fill("Kept by the browser")
    page.get_by_role("button", name="Add question").click()
    page.wait_for_timeout(300)
    assert COPY not in page.content()
    page.context.set_offline(False)


def test_close_goes_back_to_where_the_person_was(page, live_server, signed_in, alice, watch):
    signed_in(alice)
    page.goto(f"{live_server.url}/coping/box-breathing/")
    page.get_by_role("link", name="Help now").first.click()
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_role("heading", name="Box breathing")).to_be_visible()


def test_close_leads_home_for_somebody_who_came_from_elsewhere(page, live_server):
    page.goto(f"{live_server.url}/help-now/")
    page.get_by_role("link", name="Close").click()
    expect(page).to_have_url(re.compile(r"/$"))
