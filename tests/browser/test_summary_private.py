"""Switching private things on for a summary: with a keyboard, without scripts, and in both colour schemes."""

import datetime as dt

import pytest
from django.utils import timezone

from journal.catalogue.summary import Reader
from journal.models import DailyEntry
from journal.queries.private_choices import switched_on
from tests.browser.conftest import DESKTOP, PHONE, axe_problems
from tests.conftest import person
from tests.planted import plant

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = ("notes", "safety", "flags")


@pytest.fixture
def full(db):
    owner = person("alice")
    plant(owner)
    today = timezone.localdate()
    entry = DailyEntry.objects.of(owner).order_by("-date").first()
    DailyEntry.objects.filter(pk=entry.pk).update(notes="Slept badly, short with Robin, then a walk. " * 30)
    DailyEntry.objects.bulk_create(
        DailyEntry(owner=owner, date=today - dt.timedelta(n + 1), notes=f"Note {n}. {'x' * 300}") for n in range(3)
    )
    return owner


@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 320, "height": 640}], ids=["phone", "desktop", "small"])
def test_it_is_accessible_and_no_wider_than_the_screen(signed_in, live_server, watch, full, size, scheme):
    page = signed_in(full)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for kind in KINDS:
        page.goto(f"{live_server.url}/summary/private/?days=all&kind={kind}")
        assert axe_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_things_are_switched_on_and_all_off_again_without_scripts(browser, live_server, client, full):
    client.force_login(full)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/summary/private/?days=all&kind=safety")
    page.get_by_label("Safety plan, “What makes my home safer”").check()
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_text("Saved. 1 private item is on for the prescriber now.").is_visible()
    assert switched_on(full, Reader.PRESCRIBER) == {"plan:surroundings"}
    page.get_by_role("button", name="Take all off").click()
    assert page.get_by_text("Nothing private is on for the prescriber now.").is_visible()
    assert switched_on(full, Reader.PRESCRIBER) == set()
    context.close()


def test_a_long_note_opens_in_full(signed_in, live_server, watch, full):
    page = signed_in(full)
    page.goto(f"{live_server.url}/summary/private/?days=all")
    page.locator("summary", has_text="All of it").first.click()
    assert page.locator(".private-text").first.is_visible()
