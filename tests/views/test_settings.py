"""Settings, More and Data."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from journal.models import Profile

URL = "/settings/"
FIELDS = {
    "name": "Alice A.",
    "time_zone": "Europe/Berlin",
    "country": "DE",
    "clock": "12",
    "theme": "dark",
    "paper": "us-letter",
}


def test_it_works(as_alice, alice):
    assert as_alice.get(URL).status_code == 200
    response = as_alice.post(URL, FIELDS)
    assert response.url == URL
    profile = Profile.objects.get(owner=alice)
    assert {name: getattr(profile, name) for name in FIELDS} == FIELDS
    page = as_alice.get(URL).content.decode()
    assert 'data-bs-theme="dark"' in page
    assert "Your settings are saved." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"time_zone": "Mars/Olympus"}, "That is not a time zone."),
        ({"time_zone": ""}, "Choose a time zone."),
        ({"country": "XX"}, "Choose a country from the list"),
        ({"clock": "13"}, "Choose one of these."),
        ({"theme": "pink"}, "Choose one of these."),
        ({"paper": "b5"}, "Choose one of these."),
        ({"name": "x" * 101}, "100 fit"),
        ({"born": "2126-11-23"}, "That day is still to come. Choose today or a day before."),
        ({"born": "1899-12-31"}, "1899 is too long ago. Days from 1900 on can be kept."),
        ({"born": "30 February 1955"}, "30 February 1955"),
        ({"born": "x" * 5000}, "Write it like"),
        ({"born": "\x00🙂"}, "Write it like"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_changes(as_alice, alice, fields, sentence):
    response = as_alice.post(URL, {**FIELDS, **fields})
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "data-bs-theme" not in page
    assert Profile.objects.get(owner=alice).time_zone == "Europe/London"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("1955-03-04", dt.date(1955, 3, 4)),
        ("04.03.1955", dt.date(1955, 3, 4)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("", None),
    ],
)
def test_a_date_of_birth_is_kept_and_shown_again(as_alice, alice, clock, sent, kept):
    assert as_alice.post(URL, {**FIELDS, "born": sent}).status_code == 302
    assert Profile.objects.get(owner=alice).born == kept
    value = f'value="{kept:%Y-%m-%d}"' if kept else 'name="born"'
    assert value in as_alice.get(URL).content.decode()


def test_a_zone_that_is_not_on_the_list_is_kept_until_another_is_chosen(as_alice, alice):
    Profile.objects.filter(owner=alice).update(time_zone="US/Eastern")
    assert 'value="US/Eastern" selected' in as_alice.get(URL).content.decode()
    assert as_alice.post(URL, {**FIELDS, "time_zone": "US/Eastern"}).status_code == 302


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", r"$\foo$", "💊", "عائشة", "a\0b"])
def test_any_name_can_be_kept(as_alice, alice, name):
    assert as_alice.post(URL, {**FIELDS, "name": name}).status_code == 302
    assert Profile.objects.get(owner=alice).name == name.replace("\0", "")
    assert "<script>alert(1)" not in as_alice.get(URL).content.decode()


def test_more_leads_to_everything_without_a_tab(as_alice):
    page = as_alice.get("/more/").content.decode()
    for name in ("medications", "care", "summary", "symptoms", "settings", "data", "help_now", "account_logout"):
        assert reverse(name) in page


def test_settings_lead_to_all_ways_of_signing_in(as_alice):
    page = as_alice.get(URL).content.decode()
    for name in ("account_change_password", "recovery_code", "mfa_index", "data"):
        assert reverse(name) in page


def test_data_leads_to_deleting_the_account(as_alice):
    assert reverse("delete_account") in as_alice.get("/data/").content.decode()


def test_the_pages_are_nobodys(client, db):
    for path in (URL, "/more/", "/data/"):
        assert client.get(path).url.startswith(reverse("account_login"))


def test_an_account_without_a_profile_gets_one(client, django_user_model):
    """createsuperuser makes a person without one."""
    user = django_user_model.objects.create_superuser("root", password="root-has-a-long-password")
    client.force_login(user)
    assert client.get(URL).status_code == 200
    assert client.get("/accounts/recovery-code/").status_code == 200


def test_ratings_of_suicidal_thoughts_are_switched_on_and_off(as_alice, alice):
    page = as_alice.get("/settings/").content.decode()
    assert "Show ratings of suicidal thoughts in my charts and tables" in page
    assert "The summary is not changed by this." in page
    assert "checked" not in re.search(r'<input[^>]*name="charts_private"[^>]*>', page)[0]
    for given, kept in (("on", True), (None, False)):
        data = {"time_zone": "Europe/London", "clock": "24", "paper": "a4"}
        response = as_alice.post("/settings/", data | ({"charts_private": given} if given else {}))
        assert response.status_code == 302
        alice.profile.refresh_from_db()
        assert alice.profile.charts_private is kept
        shown = re.search(r'<input[^>]*name="charts_private"[^>]*>', as_alice.get("/settings/").content.decode())[0]
        assert ("checked" in shown.replace("checkboxinput", "")) is kept
