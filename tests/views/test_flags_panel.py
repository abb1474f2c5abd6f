"""Red flags: the panel, and the person's own record of it."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal.models import (
    DoseTaken,
    FlagRaised,
    SafetyPlan,
    SupportPerson,
)
from journal.summary.page import LEFT_OUT
from journal.views import flags as views
from tests.conftest import TODAY, make_plan
from tests.flagging import (
    YESTERDAY,
    back,
    check_in,
    diazepam,
    entry_url,
    is_help,
    open_help,
    raised,
    rate,
    rated_symptoms,
    said,
    step_to,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def symptoms(alice):
    return rated_symptoms(alice)


# -- the panel --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["", "XX"])
def test_without_a_country_no_number_is_invented(as_alice, alice, symptoms, country):
    alice.profile.country = country
    alice.profile.save()
    page = said(open_help(as_alice, rate(as_alice, symptoms["suicidal-thoughts"], 4)))
    assert "call your local emergency number" in page and "findahelpline.com" in page
    assert "tel:" not in page and "sms:" not in page
    assert ("Choose your country" in page) == (not country)
    assert ("We have no number for your country." in page) == bool(country)
    assert "call-row-first" not in page


def test_a_country_without_lines_has_its_emergency_number(as_alice, alice, symptoms):
    alice.profile.country = "CA"
    alice.profile.save()
    page = said(open_help(as_alice, rate(as_alice, symptoms["suicidal-thoughts"], 4)))
    assert 'href="tel:911"' in page and "findahelpline.com" in page and "Samaritans" not in page


def test_the_persons_own_people_are_there_and_nobody_elses(as_alice, alice, bob, symptoms):
    SupportPerson.objects.create(owner=alice, name="Sam <b>", role="brother", phone="0123")
    SupportPerson.objects.create(owner=bob, name="Rob", phone="0456")
    SafetyPlan.objects.create(owner=bob, own_ways="Walk")
    page = said(open_help(as_alice, rate(as_alice, symptoms["suicidal-thoughts"], 4)))
    assert "Sam &lt;b&gt;" in page and "Rob" not in page


@pytest.mark.parametrize("url", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\x00", "x", ""])
def test_close_leads_only_to_a_page_of_ours(as_alice, symptoms, url):
    rate(as_alice, symptoms["akathisia"], 9)
    page = as_alice.get("/help-now/noticed/", {"next": url})
    assert page.context["close_url"] == "/"
    assert as_alice.get("/help-now/noticed/", {"next": "/care/?a=1"}).context["close_url"] == "/care/?a=1"


def test_with_nothing_noticed_it_leads_on(as_alice):
    assert as_alice.get("/help-now/noticed/?next=/care/")["Location"] == "/care/"
    assert as_alice.post("/help-now/noticed/").status_code == 405


def test_what_waited_for_over_a_week_is_not_shown_any_more(as_alice, alice, symptoms, clock):
    rate(as_alice, symptoms["akathisia"], 9)
    clock.shift(dt.timedelta(9))
    assert as_alice.get("/help-now/noticed/")["Location"] == "/" and raised(alice) == []


def test_a_medication_that_is_deleted_meanwhile_is_no_error(as_alice, alice):
    medication = diazepam(alice)
    assert is_help(step_to(as_alice, medication))
    medication.delete()
    assert as_alice.get("/help-now/noticed/")["Location"] == "/"


# -- the person's own record ------------------------------------------------------------------------------------------


def test_the_record_is_the_persons_own_and_each_can_be_deleted(as_alice, alice, bob):
    medication = diazepam(alice, name="Diazepam <i>")
    mine = FlagRaised.objects.create(owner=alice, rule="suicidal-thoughts", date=TODAY, reading=Decimal("4"))
    FlagRaised.objects.create(owner=alice, rule="missed-doses", date=TODAY, medication=medication)
    FlagRaised.objects.create(owner=alice, rule="a-rule-of-old", date=YESTERDAY)
    FlagRaised.objects.create(owner=bob, rule="confusion", date=TODAY, reading=9)
    page = said(as_alice.get("/care/flags/"))
    assert "You rated thoughts of suicide or self-harm at 4." in page and "Diazepam &lt;i&gt;" in page
    assert "A rule that is not in use any more." in page and "confusion" not in page
    assert "Shown 22 November 2026, 12:00" in page
    alice.profile.clock = "12"
    alice.profile.save()
    assert "12:00 p.m." in said(as_alice.get("/care/flags/")) and ".." not in said(as_alice.get("/care/flags/"))
    url = reverse("flag_delete", args=[mine.pk])
    assert "at 4." in said(as_alice.get(url)) and FlagRaised.objects.filter(pk=mine.pk).exists()
    after = as_alice.post(url, follow=True)
    assert "Deleted from this list." in said(after) and not FlagRaised.objects.filter(pk=mine.pk).exists()
    as_alice.post(re.search(r'action="(/entries/deleted/\d+/undo/)"', after.content.decode())[1])
    assert FlagRaised.objects.of(alice).get(pk=mine.pk).reading == 4


def test_an_empty_record_says_so(as_alice):
    assert "Nothing stands here." in said(as_alice.get("/care/flags/"))


def test_of_very_many_the_latest_stand_there(as_alice, alice):
    FlagRaised.objects.bulk_create(
        FlagRaised(owner=alice, rule="akathisia", date=TODAY, reading=7) for _ in range(views.LISTED + 5)
    )
    page = said(as_alice.get("/care/flags/"))
    assert page.count("You rated inner restlessness at 7.</p>") == views.LISTED and "These are the latest." in page


def test_nothing_of_it_is_on_the_summary(as_alice, alice):
    before = as_alice.get("/summary/").context["page"]
    FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7)
    after = as_alice.get("/summary/").context["page"]
    assert (before["left_out"], after["left_out"]) == ("", LEFT_OUT)
    assert after | {"left_out": ""} == before


def test_it_costs_the_same_whatever_stands_in_the_record(as_alice, alice, symptoms):
    medication = diazepam(alice)
    plan = make_plan(medication, [(back(50), 5)], agreed_on=back(60))
    check_in(as_alice, symptoms["akathisia"], 2, time="07:00")
    costs = []
    for number in (2, 200):
        for step in range(number):
            plan.steps.get_or_create(starts_on=TODAY + dt.timedelta(step), defaults={"mg": 5})
            FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=1)
        DoseTaken.objects.filter(date=TODAY).delete()
        DoseTaken.objects.get_or_create(medication=medication, date=YESTERDAY, status="missed", mg=0)
        with CaptureQueriesContext(connection) as page:
            as_alice.get(entry_url())
        with CaptureQueriesContext(connection) as save:
            check_in(as_alice, symptoms["akathisia"], 5, time=f"08:{number % 60:02}")
        costs.append((len(page), len(save)))
    assert costs[0] == costs[1]
