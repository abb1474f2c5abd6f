"""The form of a product shows what the chosen form needs; the calendar's address is copied with one press."""

import pytest

from journal.models import Product
from journal.queries.calendar import make_feed, token_of
from tests.conftest import make_medication, person

pytestmark = pytest.mark.django_db(transaction=True)

FIELDS = {
    "Tablet": {"May it be divided?"},
    "Capsule": set(),
    "Liquid": {"In how many ml", "Finest mark of the syringe"},
    "Drops": {"In how many ml", "Drops in 1 ml", "Factor, if it counts otherwise"},
    "Beads, counted": set(),
}
SPECIAL = set().union(*FIELDS.values())


def shown(page):
    return {label for label in SPECIAL if page.locator("label, legend", has_text=label).first.is_visible()}


def test_the_fields_follow_the_form(signed_in, live_server, watch):
    erin = person("erin")
    medication = make_medication(erin)
    page = signed_in(erin)
    page.goto(f"{live_server.url}/medications/{medication.pk}/products/")
    assert shown(page) == set()
    for form, fields in FIELDS.items():
        page.get_by_label(form, exact=True).check()
        assert shown(page) == fields, form

    page.get_by_label("Drops", exact=True).check()
    page.get_by_label("Strength").fill("40")
    page.get_by_label("Drops in 1 ml").fill("20")
    page.get_by_label("Factor").fill("0.8")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/medications/{medication.pk}/")
    assert Product.objects.get().drops_per_ml == 20


def test_what_was_left_in_a_field_that_went_out_of_view_is_pointed_out(signed_in, live_server, watch):
    erin = person("erin")
    medication = make_medication(erin)
    page = signed_in(erin)
    page.goto(f"{live_server.url}/medications/{medication.pk}/products/?form=drops&mg=40&drops_per_ml=20")
    page.get_by_label("Tablet", exact=True).check()
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("goes with drops only. Leave this blank.").first.is_visible()
    assert shown(page) == {"May it be divided?", "Drops in 1 ml"}


def test_the_address_is_copied(signed_in, live_server, watch):
    erin = person("erin")
    token = token_of(make_feed(erin))
    page = signed_in(erin)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/calendar/")
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}/calendar/{token}.ics"
