"""/care/safety-plan/: six parts in the person's own words."""

import datetime as dt
import json
import uuid

import pytest
from django.test import Client

from journal.catalogue.safety_plan import PARTS
from journal.models import Deleted, SafetyPlan, SupportPerson
from journal.queries.safety import own_help
from tests.conftest import NOON, TODAY
from tests.test_ownership import ALL, address, alices  # noqa: F401 (a fixture)

pytestmark = pytest.mark.usefixtures("clock")
PLAN = "/care/safety-plan/"
EDIT = "/care/safety-plan/edit/"
OFFLINE = "/care/safety-plan/offline/"
NAMES = [part.field for part in PARTS]
BLANK = dict.fromkeys(NAMES, "")


def write(owner, **words):
    return SafetyPlan.objects.create(owner=owner, **words)


def text_of(response):
    return response.content.decode()


def shown(**words):
    """What a page says that it showed."""
    return json.dumps(BLANK | words)


def test_it_works(as_alice, alice):
    words = {name: f"Words for {name}" for name in NAMES}
    response = as_alice.post(EDIT, words | {"shown": shown()}, follow=True)
    assert response.redirect_chain == [(PLAN, 302)]
    plan = SafetyPlan.objects.of(alice).get()
    assert {name: getattr(plan, name) for name in NAMES} == words
    page = text_of(response)
    assert "Safety plan saved." in page
    places = [page.index(f"Words for {name}") for name in NAMES]
    assert places == sorted(places)
    assert "Last changed 22\u00a0November\u00a02026, 12:00" in page


def test_the_parts_are_those_of_the_record_in_order():
    assert tuple(NAMES) == SafetyPlan.PARTS


def test_an_empty_plan_says_what_will_be_here_and_has_the_lines_already(as_alice):
    page = text_of(as_alice.get(PLAN))
    assert "Nothing is written yet" in page and EDIT in page
    assert "call 999" in page and "116 123" in page
    assert "Last changed" not in page


def test_the_form_has_all_parts_with_hints_and_examples(as_alice, alice):
    write(alice, own_ways="Tea")
    page = text_of(as_alice.get(EDIT))
    for part in PARTS:
        assert part.title in page and part.hint in page and f"“{part.example}”" in page
    assert ">\nTea</textarea>" in page
    assert "data-keep" in page


def test_all_parts_are_optional(as_alice, alice):
    assert as_alice.post(EDIT, {"own_ways": "Tea"}).status_code == 302
    assert own_help(alice).written == [(PARTS[1], "Tea")]
    assert "Nothing written here." in text_of(as_alice.get(PLAN))


def test_saving_nothing_makes_nothing(as_alice, alice):
    response = as_alice.post(EDIT, BLANK | {"shown": shown()}, follow=True)
    assert "Nothing is written in your safety plan yet." in text_of(response)
    assert not SafetyPlan.objects.exists() and not Deleted.objects.exists()


def test_a_plan_in_which_nothing_is_left_can_be_put_back(as_alice, alice):
    write(alice, own_ways="Tea", people="Sam")
    response = as_alice.post(EDIT, BLANK | {"shown": shown(own_ways="Tea", people="Sam")}, follow=True)
    assert "Nothing is left in your safety plan." in text_of(response)
    assert not SafetyPlan.objects.exists()
    back = as_alice.post(f"/entries/deleted/{Deleted.objects.of(alice).get().pk}/undo/")
    assert back.url == PLAN
    plan = SafetyPlan.objects.of(alice).get()
    assert (plan.own_ways, plan.people) == ("Tea", "Sam")


def test_saving_what_stands_there_does_not_move_the_date(as_alice, alice, clock):
    write(alice, own_ways="Tea")
    clock.move_to(NOON + dt.timedelta(days=3))
    as_alice.post(EDIT, BLANK | {"own_ways": "Tea\r\n", "shown": shown(own_ways="Tea")})
    assert SafetyPlan.objects.of(alice).get().updated == NOON
    as_alice.post(EDIT, BLANK | {"own_ways": "Coffee", "shown": shown(own_ways="Tea")})
    assert SafetyPlan.objects.of(alice).get().updated == NOON + dt.timedelta(days=3)


def test_people_and_lines_stand_beside_and_are_not_copied(as_alice, alice):
    write(alice, people="One of you", professionals="Dr Okafor")
    SupportPerson.objects.create(owner=alice, name="Sam", role="brother", phone="07700 900123")
    SupportPerson.objects.create(owner=alice, name="Hidden Jo", in_crisis=False, phone="07700 900124")
    page = text_of(as_alice.get(PLAN))
    places = [page.index(one) for one in ("One of you", "Call Sam, brother", "Dr Okafor", "call 999", PARTS[5].title)]
    assert places == sorted(places)
    assert 'href="tel:07700900123"' in page and 'href="sms:07700900123"' in page
    assert "Hidden Jo" not in page
    plan = SafetyPlan.objects.of(alice).get()
    assert (plan.people, plan.professionals) == ("One of you", "Dr Okafor")
    alice.profile.country = ""
    alice.profile.save()
    assert "call your local emergency number" in text_of(as_alice.get(PLAN))


def test_the_parts_name_their_source_and_the_words_are_ours(as_alice, alice):
    write(alice, own_ways="Tea")
    page = text_of(as_alice.get(PLAN))
    assert "B. Stanley and G. K. Brown" in page and "The headings and hints are ours." in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "w" * 300, "\u202eمرحبا", "😀", "a\x00b", "x\r\ny"])
def test_odd_words_are_kept_and_shown_as_text(as_alice, alice, text):
    assert as_alice.post(EDIT, {"own_ways": text}, follow=True).status_code == 200
    assert SafetyPlan.objects.of(alice).get().own_ways == text.replace("\x00", "").replace("\r\n", "\n")
    for path in (PLAN, EDIT, OFFLINE, "/help-now/"):
        assert "<script>alert" not in text_of(as_alice.get(path))


def test_what_is_too_long_is_refused_and_stays(as_alice, alice):
    response = as_alice.post(EDIT, {"own_ways": "y" * 100_000, "people": "Sam"})
    assert response.status_code == 422
    assert "This note has 100,000 characters. 20,000 fit." in text_of(response)
    assert "y" * 100_000 in text_of(response) and "Sam" in text_of(response)
    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"own_ways": 3}', "[" * 100_000, '{"nothing": "x"}'])
def test_a_page_that_cannot_say_what_it_showed_is_taken_all_the_same(as_alice, alice, text):
    assert as_alice.post(EDIT, {"own_ways": "Tea", "shown": text}).status_code == 302
    assert SafetyPlan.objects.of(alice).get().own_ways == "Tea"


# -- two tabs --------------------------------------------------------------------------------------------------


def test_two_tabs_with_different_parts_lose_nothing(as_alice, alice):
    write(alice, own_ways="Tea")
    opened = shown(own_ways="Tea")
    as_alice.post(EDIT, BLANK | {"own_ways": "Tea", "people": "Sam", "shown": opened})
    assert as_alice.post(EDIT, BLANK | {"own_ways": "Tea, and a walk", "shown": opened}).status_code == 302
    plan = SafetyPlan.objects.of(alice).get()
    assert (plan.own_ways, plan.people) == ("Tea, and a walk", "Sam")


@pytest.fixture
def clash(as_alice, alice):
    """One part was changed in two tabs; the second is refused once, with both shown."""
    write(alice, own_ways="Tea")
    opened = shown(own_ways="Tea")
    as_alice.post(EDIT, BLANK | {"own_ways": "First <tab>", "shown": opened})
    response = as_alice.post(EDIT, BLANK | {"own_ways": "Second tab", "people": "Sam", "shown": opened})
    assert response.status_code == 422
    return response


def test_one_part_changed_in_two_tabs_shows_both(clash, alice):
    page = text_of(clash)
    assert "Changed in two places" in page and "the plan was saved elsewhere too" in page
    assert "First &lt;tab&gt;" in page and "Second tab" in page
    assert "saved elsewhere as “First &lt;tab&gt;”" in page
    plan = SafetyPlan.objects.of(alice).get()
    assert (plan.own_ways, plan.people) == ("First <tab>", "")


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("here", "Second tab"), ("there", "First <tab>"), ("both", "First <tab>\n\nSecond tab"), ("", "Second tab")],
)
def test_the_person_chooses(clash, as_alice, alice, choice, kept):
    again = {"own_ways": "Second tab", "people": "Sam", "shown": shown(own_ways="First <tab>")}
    assert as_alice.post(EDIT, BLANK | again | {"choose-own_ways": choice}).status_code == 302
    plan = SafetyPlan.objects.of(alice).get()
    assert (plan.own_ways, plan.people) == (kept, "Sam")


def test_a_part_cleared_elsewhere_is_told(as_alice, alice):
    write(alice, own_ways="", people="Sam")
    response = as_alice.post(
        EDIT, BLANK | {"own_ways": "Mine", "people": "Sam", "shown": shown(own_ways="Tea", people="Sam")}
    )
    assert response.status_code == 422
    assert "cleared elsewhere. Save again to keep “Mine”." in text_of(response)


def test_the_same_form_arriving_twice_is_saved_once(as_alice, alice):
    sent = BLANK | {"own_ways": "Tea", "shown": shown(), "uid": str(uuid.uuid4())}
    json_please = {"HTTP_ACCEPT": "application/json"}
    assert as_alice.post(EDIT, sent, **json_please).json() == {"saved": True, "next": PLAN}
    SafetyPlan.objects.of(alice).update(own_ways="Written since")
    assert as_alice.post(EDIT, sent, **json_please).json() == {"saved": True, "next": PLAN}
    assert SafetyPlan.objects.of(alice).get().own_ways == "Written since"


# -- where it is -----------------------------------------------------------------------------------------------


def test_the_copy_for_a_device_says_when_it_was_kept_and_changes_nothing(as_alice, alice):
    write(alice, own_ways="Tea")
    page = text_of(as_alice.get(OFFLINE))
    assert "as it was at 12:00 on 22\u00a0November\u00a02026." in page and "Tea" in page
    assert "call 999" in page
    assert "<form" not in page and "data-offline" not in page and "csrf" not in page


def test_the_choice_says_what_it_means_on_the_page_and_in_the_settings(as_alice):
    for path in (PLAN, "/settings/"):
        page = " ".join(text_of(as_alice.get(path)).split())
        assert "Keep the plan on this device" in page
        assert "Anybody who can open this device can read them, without signing in" in page


def test_nothing_of_it_is_in_the_summary(as_alice, alice):
    write(alice, **dict.fromkeys(NAMES, "Unmistakable words"))
    for path in ("/summary/", "/summary/?reader=therapist"):
        assert "Unmistakable words" not in text_of(as_alice.get(path))
    assert b"Unmistakable" not in as_alice.get("/summary.pdf").content


def test_it_is_only_their_own(as_bob, alice):
    write(alice, own_ways="Alice’s tea")
    for path in (PLAN, EDIT, OFFLINE, "/help-now/"):
        assert "Alice’s tea" not in text_of(as_bob.get(path))


OF_NOBODY = {"help_now_offline", "shared", "shared_bare", "shared_nothing"}
"""A copy that is nobody's, and what a reader sees of somebody else's summary."""


@pytest.mark.parametrize(("name", "route", "parts"), [pytest.param(*one[:3], id=f"{one[0]}-{one[1]}") for one in ALL])
def test_every_page_has_it_one_tap_away(as_alice, alices, name, route, parts):  # noqa: F811
    response = as_alice.get(address(route, alices))
    is_page = response.status_code != 302 and response.get("Content-Type", "").startswith("text/html")
    if not is_page or response.status_code == 405 or name in OF_NOBODY:
        return
    assert f'href="{PLAN}"' in text_of(response), name


@pytest.mark.parametrize("path", ["/no-such-page/", "/entries/2026-02-30/", f"/entries/{TODAY + dt.timedelta(9)}/"])
def test_pages_that_say_no_have_it_too(as_alice, path):
    response = as_alice.get(path)
    assert response.status_code in (400, 404)
    assert f'href="{PLAN}"' in text_of(response)


def test_signed_out_there_is_no_way_to_it(db):
    for path in ("/", "/help-now/", "/accounts/login/", "/no-such-page/"):
        assert f'href="{PLAN}"' not in text_of(Client().get(path))
