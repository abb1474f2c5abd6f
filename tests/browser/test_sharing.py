"""Handing a summary over by a link, in a real browser: the owner's pages, and the reader's."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journal.models import LinkOpening, MadeSummary, SharedLink
from journal.queries import links
from journal.summary import kept as made
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_every_page import LOOKS, NAMES, SMALL, problems_of
from tests.browser.test_offline_help import wait_for_copy
from tests.summary_sample import sample_page

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "three blue kettles"
LONG = "W" * 300


@pytest.fixture
def browser_context_args(browser_context_args, request):
    scheme, size = getattr(request, "param", ("light", PHONE))
    return {**browser_context_args, "color_scheme": scheme, "viewport": size}


@pytest.fixture
def kept(alice):
    lines = [
        "Sections switched on: Chart; Asked today.",
        "Sections switched off: What helped.",
        "Private, switched on: Notes, 2.",
    ]
    return made.keep(alice, sample_page(), dt.date(2012, 8, 13), dt.date(2013, 4, 8), "pdf", lines)


def today():
    return timezone.localdate()


@pytest.mark.parametrize("browser_context_args", LOOKS, ids=NAMES, indirect=True)
def test_the_owners_pages_can_be_read_by_everybody(signed_in, live_server, alice, kept, watch):
    page = signed_in(alice)
    link, ended = links.make_link(kept, today(), PASSPHRASE), links.make_link(kept, today())
    links.end_link(alice, ended)
    links.note_opening(link, "page")
    long = made.keep(alice, sample_page(heading=LONG), kept.first, kept.last, "keep", [LONG])
    paths = ["", *(f"{one.pk}/{end}" for one in (kept, long) for end in ("", "link/", "delete/"))]
    urls = [f"{live_server.url}/summary/made/{path}" for path in paths]
    urls += [f"{live_server.url}/summary/links/{one.pk}/" for one in (link, ended)]
    assert [problem for url in urls for problem in problems_of(page, url)] == []
    MadeSummary.objects.all().delete()
    assert problems_of(page, urls[0]) == []


@pytest.mark.parametrize("browser_context_args", LOOKS, ids=NAMES, indirect=True)
def test_the_readers_pages_can_be_read_by_everybody(page, live_server, kept, watch):
    watch.expect_errors("404", "429")
    link = links.make_link(kept, today())
    locked = links.make_link(kept, today(), PASSPHRASE)
    paths = [f"/s/{links.token_of(one)}/" for one in (link, locked)] + ["/s/nothing-at-all/"]
    assert [problem for path in paths for problem in problems_of(page, live_server.url + path)] == []
    page.goto(f"{live_server.url}{paths[1]}")
    page.get_by_label("Passphrase").fill("a guess")
    page.get_by_role("button", name="Open the summary").click()
    expect(page.get_by_text("That is not the passphrase.").first).to_be_visible()
    for _ in range(60):
        page.request.get(live_server.url + paths[0])
    assert problems_of(page, live_server.url + paths[0]) == []
    expect(page.get_by_text("Wait a minute")).to_be_visible()


@pytest.mark.parametrize("browser_context_args", [("light", SMALL)], ids=["small"], indirect=True)
def test_nothing_is_wider_than_a_small_phone(signed_in, live_server, alice, kept, watch):
    watch.expect_errors("404")
    page = signed_in(alice)
    link, locked = links.make_link(kept, today()), links.make_link(kept, today(), PASSPHRASE)
    long = made.keep(alice, sample_page(heading=LONG), kept.first, kept.last, "keep", [LONG])
    paths = [
        "summary/made/",
        f"summary/made/{long.pk}/",
        f"summary/made/{long.pk}/delete/",
        f"summary/links/{link.pk}/",
    ]
    paths += [f"s/{links.token_of(one)}/" for one in (link, locked)] + ["s/nothing-at-all/"]
    assert [problem for path in paths for problem in problems_of(page, f"{live_server.url}/{path}", axe=False)] == []


def test_made_handed_over_read_and_ended(signed_in, browser, live_server, alice, kept, watch):
    page = signed_in(alice)
    page.goto(f"{live_server.url}/summary/made/{kept.pk}/")
    page.get_by_role("link", name="Make a link").click()
    page.get_by_label("Passphrase, if you want one").fill(PASSPHRASE)
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address to hand over").input_value()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()

    elsewhere = browser.new_context(viewport=DESKTOP)
    reader = elsewhere.new_page()
    reader.goto(address)
    reader.get_by_label("Passphrase").fill(PASSPHRASE)
    reader.get_by_role("button", name="Open the summary").click()
    expect(reader.get_by_text("Shared by the person it is about.")).to_be_visible()
    assert "summary.pdf" in reader.get_by_role("link", name="PDF").get_attribute("href")
    assert reader.evaluate("navigator.serviceWorker.getRegistration().then((found) => !found)")
    assert LinkOpening.objects.count() == 1

    page.reload()
    expect(page.get_by_text("1 time.")).to_be_visible()
    page.get_by_role("button", name="End this link now").click()
    expect(page.get_by_text("You ended this link on")).to_be_visible()
    assert reader.goto(address).status == 404
    expect(reader.get_by_role("heading", name="Nothing to open here")).to_be_visible()
    elsewhere.close()


def test_no_page_of_the_device_stands_in_for_a_shared_summary(page, live_server, kept):
    """Its owner's phone has the help page for when there is no connection; that is no answer here."""
    address = f"{live_server.url}/s/{links.token_of(links.make_link(kept, today()))}/"
    page.goto(f"{live_server.url}/help-now/")
    wait_for_copy(page)
    page.reload()
    page.goto(address)
    expect(page.get_by_text("Read only.")).to_be_visible()
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(address)
    page.context.set_offline(False)


def test_the_summary_is_deleted_and_put_back_with_its_links_ended(signed_in, live_server, alice, kept, watch):
    links.make_link(kept, today())
    page = signed_in(alice)
    page.goto(f"{live_server.url}/summary/made/{kept.pk}/delete/")
    page.get_by_role("button", name="Delete this summary").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("a", has_text="Taper summary for Dr M. Sample")).to_be_visible()
    assert SharedLink.objects.get().revoked_at


def test_a_passphrase_stays_when_the_end_is_chosen_and_enter_makes_the_link(signed_in, live_server, alice, kept, watch):
    page = signed_in(alice)
    page.goto(f"{live_server.url}/summary/made/{kept.pk}/link/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="1 week").click()
    expect(page.get_by_role("button", name="1 week")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Passphrase")).to_have_value(PASSPHRASE)
    page.get_by_label("Passphrase").press("Enter")
    expect(page.get_by_role("heading", name="Link to a summary")).to_be_visible()
    assert SharedLink.objects.get().passphrase
