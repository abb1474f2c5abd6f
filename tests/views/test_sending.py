"""Forms that a script sends: once saved, acknowledged as often as it takes; and the pages a device keeps for it."""

import datetime as dt
import json
import re
import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from journal.catalogue.guides import GUIDES
from journal.device import account_of
from journal.models import CheckIn, DailyEntry, DoseTaken, Practice, Rating, Receipt
from journal.queries.coping import skill_for
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
URL = f"/entries/{TODAY}/"
UID = "3f0c5a0e-7c1b-4a52-9d0e-0d6c6a7a1f11"
BY_SCRIPT = {"Accept": "application/json"}


def send(client, data, url=URL):
    return client.post(url, data, headers=BY_SCRIPT)


def blank_shown(*names) -> str:
    """What a blank page says that it showed."""
    return json.dumps(dict.fromkeys(names, ""))


# -- the answer ----------------------------------------------------------------------------------------------------


def test_it_works(as_alice, alice):
    response = send(as_alice, {"mood": "5", "uid": UID})
    assert response.json() == {"saved": True, "next": "/"}
    assert DailyEntry.objects.of(alice).get().mood == 5
    assert "Saved." in as_alice.get("/").content.decode()


def test_a_browser_is_led_on_as_ever(as_alice):
    response = as_alice.post(URL, {"mood": "5", "uid": UID}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_what_is_refused_is_the_page_that_says_why(as_alice):
    response = send(as_alice, {"sleep_hours": "25", "uid": UID})
    assert response.status_code == 422 and b"field-wrong" in response.content
    assert not Receipt.objects.exists()


def test_signed_out_it_is_sent_to_sign_in(client, db):
    response = send(client, {"mood": "5", "uid": UID})
    assert response.status_code == 302 and response["Location"].startswith("/accounts/login/")


# -- receipts ------------------------------------------------------------------------------------------------------


def test_the_same_form_is_saved_once_and_acknowledged_twice(as_alice, alice):
    data = {"mood": "5", "uid": UID, "shown": blank_shown("mood")}
    assert send(as_alice, data).json()["saved"]
    DailyEntry.objects.of(alice).update(mood=3)  # changed elsewhere since: the first form has nothing to say on that
    assert send(as_alice, data).json()["saved"]
    assert DailyEntry.objects.of(alice).get().mood == 3
    assert Receipt.objects.of(alice).count() == 1


def test_the_token_is_no_part_of_a_form(as_alice, alice):
    for token in ("one", "other"):
        assert send(as_alice, {"mood": "5", "uid": UID, "csrfmiddlewaretoken": token}).json()["saved"]
    assert Receipt.objects.of(alice).count() == 1


def test_the_same_number_with_other_words_is_another_form(as_alice, alice):
    for mood in ("5", "6"):
        send(as_alice, {"mood": mood, "uid": UID, "shown": json.dumps({"mood": "" if mood == "5" else "5"})})
    assert DailyEntry.objects.of(alice).get().mood == 6
    assert Receipt.objects.of(alice).count() == 2


def test_the_number_of_somebody_else_is_not_known(as_alice, as_bob, alice, bob):
    for browser in (as_alice, as_bob):
        assert send(browser, {"mood": "5", "uid": UID}).json()["saved"]
    assert DailyEntry.objects.of(alice).count() == DailyEntry.objects.of(bob).count() == 1


@pytest.mark.parametrize("uid", ["", "nonsense", "\x00", "😀", "0" * 5000, "٣f0c5a0e-7c1b-4a52-9d0e-0d6c6a7a1f11"])
def test_a_form_without_a_number_is_saved_without_a_receipt(as_alice, alice, uid):
    assert send(as_alice, {"mood": "5", "uid": uid}).json()["saved"]
    assert DailyEntry.objects.of(alice).exists() and not Receipt.objects.exists()


def test_old_receipts_are_thrown_away(as_alice, alice, bob):
    for owner in (alice, bob):
        Receipt.objects.create(owner=owner, uid=uuid.uuid4(), digest="x")
    Receipt.objects.update(at=timezone.now() - dt.timedelta(91))
    send(as_alice, {"mood": "5", "uid": UID})
    assert [str(receipt.uid) for receipt in Receipt.objects.of(alice)] == [UID]
    assert Receipt.objects.of(bob).count() == 1


# -- who is signed in ------------------------------------------------------------------------------------------------


def test_the_account_has_a_name_that_says_nothing(as_alice, as_bob, alice):
    response = as_alice.get("/entries/sending/")
    said = response.json()
    assert said["account"] == account_of(alice) and len(said["account"]) == 16
    assert said["csrf"] and response["Cache-Control"] == "no-store"
    assert said["account"] != as_bob.get("/entries/sending/").json()["account"]
    assert f'content="{said["account"]}"' in as_alice.get("/").content.decode()


def test_signed_out_it_is_401_and_leads_nowhere(client, db):
    response = client.get("/entries/sending/")
    assert response.status_code == 401 and response.json() == {"account": ""}
    assert response["Cache-Control"] == "no-store"


def test_the_token_that_is_given_works(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert send(client, {"mood": "5", "uid": UID}).status_code == 403
    token = client.get("/entries/sending/").json()["csrf"]
    assert send(client, {"mood": "5", "uid": UID, "csrfmiddlewaretoken": token}).json()["saved"]


# -- what came late --------------------------------------------------------------------------------------------------


@pytest.fixture
def late(as_alice, alice):
    """A day was written without a connection; meanwhile the journal went on."""
    zaps = make_symptom(alice)
    names = ("mood", f"symptom-{zaps.pk}")
    return zaps, {"mood": "5", names[1]: "7", "uid": UID, "shown": blank_shown(*names)}


def test_a_symptom_that_was_renamed_meanwhile_is_rated(as_alice, alice, late):
    zaps, data = late
    zaps.name, zaps.slug = "Head zaps", "head-zaps"
    zaps.save()
    assert send(as_alice, data).json()["saved"]
    assert Rating.objects.of(alice).get().severity == 7


def test_a_symptom_that_was_put_away_is_rated_all_the_same(as_alice, alice, late):
    zaps, data = late
    type(zaps).objects.update(tracked=False)
    assert send(as_alice, data).json()["saved"]
    assert Rating.objects.of(alice).get().severity == 7


def test_a_symptom_that_is_gone_is_told_and_not_dropped(as_alice, alice, late):
    zaps, data = late
    zaps.delete()
    response = send(as_alice, data)
    assert response.status_code == 422
    assert "A symptom that was rated 7 is not asked for here any more." in response.content.decode()
    assert not DailyEntry.objects.exists()
    again = {name: text for name, text in data.items() if not name.startswith("symptom")}  # as the page has it now
    assert send(as_alice, again).json()["saved"]


def test_a_page_that_only_showed_it_says_nothing_of_it(as_alice, alice, late):
    zaps, data = late
    data["shown"] = json.dumps({"mood": "", f"symptom-{zaps.pk}": "7"})
    zaps.delete()
    assert send(as_alice, data).json()["saved"]


def test_a_dose_that_is_not_due_on_that_day_is_told(as_alice, alice):
    medication = make_medication(alice)
    name = f"dose-{medication.pk}-status"
    response = send(as_alice, {name: "planned", "uid": UID, "shown": blank_shown(name)})
    assert response.status_code == 422 and "A dose is recorded here" in response.content.decode()
    assert not DoseTaken.objects.exists()


def test_what_differs_from_a_blank_page_is_shown_and_asked(as_alice, alice, late):
    zaps, data = late
    make_entry(alice, ratings={zaps: 2}, mood=5, notes="there already")
    response = send(as_alice, data | {"notes": "", "shown": blank_shown("mood", "notes", f"symptom-{zaps.pk}")})
    assert response.status_code == 422
    assert "saved elsewhere as 2. Save again to keep 7." in response.content.decode()
    assert DailyEntry.objects.get().notes == "there already"


def test_a_day_that_is_still_to_come_is_400_with_a_sentence(as_alice):
    response = send(as_alice, {"mood": "5", "uid": UID}, f"/entries/{TODAY + dt.timedelta(1)}/")
    assert response.status_code == 400 and "still to come" in response.content.decode()


def test_after_the_account_is_deleted_nothing_is_taken(as_alice, alice):
    User.objects.filter(pk=alice.pk).delete()
    assert as_alice.get("/entries/sending/").status_code == 401
    assert send(as_alice, {"mood": "5", "uid": UID}).status_code == 302
    assert not DailyEntry.objects.exists()


# -- the pages that a device keeps -------------------------------------------------------------------------------------

PRACTICES = ["/coping/offline/box-breathing/", "/coping/offline/muscle-relaxation/"]
PAGES = ["/entries/offline/", "/entries/offline/check-in/", "/entries/offline/home/", "/coping/offline/", *PRACTICES]


@pytest.fixture
def full(alice):
    """Something of everything that must not be kept."""
    zaps = make_symptom(alice)
    for back in range(3):
        make_entry(
            alice, TODAY - dt.timedelta(back), {zaps: "8.3"}, mood="6.7", notes="A private note", sleep_hours="4.25"
        )
    medication = make_medication(alice)
    make_step(medication, TODAY - dt.timedelta(30), "37.5", "start")
    DoseTaken.objects.create(medication=medication, date=TODAY, status="other", mg="12.125")
    CheckIn.objects.create(entry=DailyEntry.objects.first(), time="08:15", note="A private line")
    for slug in ("box-breathing", "muscle-relaxation"):
        skill = skill_for(alice, slug)
        skill.notes = "A private way"
        skill.save()
        Practice.objects.create(skill=skill, date=TODAY, before=7, after=4, note="A private practice")
    return medication


@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_has_nothing_that_was_recorded(as_alice, full, path):
    page = re.sub("<svg.*?</svg>", "", as_alice.get(path).content.decode(), flags=re.S)
    for private in ("A private", "8.3", "6.7", "4 h 15", "12.125", "08:15", "Delete this entry"):
        assert private not in page


def test_the_kept_day_asks_for_what_the_person_records(as_alice, full):
    page = as_alice.get(PAGES[0])
    text = page.content.decode()
    assert "Brain zaps" in text and "Venlafaxine 37.5" in text
    shown = json.loads(page.context["form"].shown)
    assert shown and not any(shown.values())


def test_the_kept_day_has_a_medication_on_its_day_off(as_alice, alice):
    medication = make_medication(alice)
    step = make_step(medication, TODAY - dt.timedelta(1), 10, "start", cycle_days=2)
    step.parts.create(day=1, when="", mg=20)
    assert "Venlafaxine" in as_alice.get(PAGES[0]).content.decode()


def test_the_journal_says_which_pages_are_kept(as_alice):
    kept = as_alice.get("/entries/offline/pages/").json()["pages"]
    assert set(PAGES) <= set(kept)
    assert {f"/coping/offline/{slug}/" for slug in GUIDES} <= set(kept)
    assert {as_alice.get(page).status_code for page in kept} == {200}


@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_takes_no_form(as_alice, path):
    assert as_alice.post(path).status_code == 405


@pytest.mark.parametrize(
    ("path", "leads"), [("/entries/today/", f"/entries/{TODAY}/"), ("/entries/now/", f"/entries/{TODAY}/check-in/")]
)
def test_the_home_screen_leads_to_this_very_day(as_alice, path, leads):
    assert as_alice.get(path)["Location"] == leads


def test_the_settings_say_what_is_kept(as_alice):
    page = as_alice.get("/settings/").content.decode()
    assert "Logging without a connection" in page
    assert "Anybody who can open this device can read what it keeps." in page
