"""Red flags: what a page gets, to look for them itself."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from journal.catalogue.flag_rules import FLAG_RULES
from journal.models import (
    DoseTaken,
    FlagRaised,
    SupportPerson,
)
from journal.views import flags as views
from tests.conftest import TODAY, make_entry, make_medication, make_plan
from tests.flagging import YESTERDAY, back, diazepam, entry_url, page_data, rated_symptoms, said

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def symptoms(alice):
    return rated_symptoms(alice)


def test_a_page_gets_the_rules_and_what_it_needs(as_alice, alice, symptoms):
    medication = diazepam(alice)
    make_plan(medication, [(back(3), 5), (back(2), 0)], agreed_on=back(20))
    make_medication(alice)
    DoseTaken.objects.create(medication=medication, date=YESTERDAY, status="missed", mg=0)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=YESTERDAY, reading=9)
    for url in (entry_url(), f"{entry_url()}check-in/"):
        data = page_data(as_alice, url)
        assert [rule["rule"] for rule in data["rules"]] == list(FLAG_RULES)
        assert data["day"] == TODAY.isoformat() and data["symptoms"][str(symptoms["akathisia"].pk)] == "akathisia"
        assert data["names"]["suicidality"] == "suicidal-thoughts"
        assert data["doses"] == {
            str(medication.pk): {
                "name": "Diazepam", "stops": [[back(2).isoformat(), ""]], "none": [YESTERDAY.isoformat()],
            }
        }  # fmt: skip
        assert data["shown"] == [["akathisia", 7.0, None, TODAY.isoformat()]] and data["told"] == []
        page = said(as_alice.get(url))
        assert 'id="flag-data" type="application/json"' in page and '<template id="flag-panel">' in page
        assert page.index("js/flags.js") < page.index("js/drafts.js")


def test_a_step_page_knows_what_is_stopped(as_alice, alice):
    medication, other = diazepam(alice), make_medication(alice)
    assert page_data(as_alice, reverse("step_new", args=[medication.pk]))["stopping"] == str(medication.pk)
    assert page_data(as_alice, reverse("step_new", args=[other.pk]))["doses"].keys() == {str(medication.pk)}


def test_a_blank_page_carries_nothing_that_was_recorded(as_alice, alice, symptoms):
    medication = diazepam(alice)
    SupportPerson.objects.create(owner=alice, name="Sam Sixpence", phone="0123")
    DoseTaken.objects.create(medication=medication, date=YESTERDAY, status="missed", mg=0)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7)
    for url in ("/entries/offline/", "/entries/offline/check-in/"):
        page = as_alice.get(url)
        data = page.context["flags"]["data"]
        assert (data["day"], data["shown"], data["told"]) == ("", [], [])
        assert data["doses"][str(medication.pk)]["none"] == []
        assert "Sam Sixpence" not in said(page) and "Life at risk: call 999" in said(page)
        assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize(
    "broken",
    ["queries.shown_on", "queries.symptoms_for_page", "queries.doses_for_page", "own_help", "told_in", "as_data"],
)
def test_an_error_in_what_the_page_gets_prevents_no_page_and_no_save(as_alice, alice, monkeypatch, caplog, broken):
    medication = diazepam(alice)

    def fails(*args, **kwargs):
        raise RuntimeError

    place, _, name = broken.rpartition(".")
    monkeypatch.setattr(getattr(views, place) if place else views, name, fails)
    step, phq_9 = reverse("step_new", args=[medication.pk]), f"/questionnaires/phq-9/{TODAY}/"
    for url in (entry_url(), f"{entry_url()}check-in/", step, phq_9, "/entries/offline/", "/entries/offline/check-in/"):
        page = as_alice.get(url)
        assert page.status_code == 200, url
        assert (page.context["flags"] is None) == (b"flag-data" not in page.content), url
    assert as_alice.post(entry_url(), {"mood": "99"}).status_code == 422
    assert as_alice.post(f"{entry_url()}check-in/", {"mood": "99"}).status_code == 422
    assert as_alice.post(step, {"mg": "much"}).status_code == 422
    assert as_alice.post(phq_9, {"item-1": "99"}).status_code == 422
    assert as_alice.post(entry_url(), {"mood": "4"})["Location"] == "/"
    assert "could not be told what the red flags are" in caplog.text


def test_a_blank_page_does_not_ask_for_anybodys_own_help(as_alice, monkeypatch):
    monkeypatch.setattr(views, "own_help", lambda owner: 1 / 0)
    assert as_alice.get("/entries/offline/").context["flags"]["own"] is None


@pytest.mark.parametrize(
    ("stop", "told"),
    [(77, []), (9, []), (8, [8]), (0, [0]), (-8, [-8]), (-60, [-8])],
)
def test_a_blank_page_carries_a_plans_stop_only_where_it_is_near(as_alice, alice, stop, told):
    medication = diazepam(alice)
    make_plan(medication, [(TODAY + dt.timedelta(stop), 0)], agreed_on=back(90))
    data = as_alice.get("/entries/offline/").context["flags"]["data"]
    stops = [[(TODAY + dt.timedelta(days)).isoformat(), ""] for days in told]
    assert data["doses"][str(medication.pk)]["stops"] == stops


def test_the_page_for_several_days_knows_what_stands_beside_them(as_alice, alice, symptoms):
    medication = diazepam(alice)
    make_entry(alice, back(20))
    for days in (3, 8, 9):
        DoseTaken.objects.create(medication=medication, date=back(days), status="missed", mg=0)
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=back(2), reading=7)
    data = page_data(as_alice, "/entries/catch-up/")
    assert data["day"] == "" and data["symptoms"][str(symptoms["akathisia"].pk)] == "akathisia"
    assert data["doses"][str(medication.pk)]["none"] == [back(8).isoformat(), back(3).isoformat()]
    assert data["shown"] == [["akathisia", 7.0, None, back(2).isoformat()]]


def test_the_page_for_several_days_that_is_shown_again_keeps_what_was_shown(as_alice, alice):
    make_entry(alice, back(20))
    rows = [["akathisia", 8, None, back(days).isoformat()] for days in (1, 3)]
    form = {f"{YESTERDAY}-notes": "x", f"{YESTERDAY}-forgotten": "on", "flags": json.dumps(rows)}
    page = as_alice.post("/entries/catch-up/", form)
    assert page.status_code == 422
    assert sorted(page.context["flags"]["data"]["told"]) == sorted(rows)
