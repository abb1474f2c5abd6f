"""Deleting a day: asked first, undone whole."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import DailyEntry, Deleted, DoseTaken
from tests.conftest import TODAY, make_entry, make_medication, make_symptom
from tests.views.test_entry import rows

YESTERDAY = TODAY - dt.timedelta(1)
pytestmark = pytest.mark.usefixtures("clock")


def test_it_works(as_alice, alice):
    taper, zaps = make_medication(alice), make_symptom(alice)
    make_entry(alice, YESTERDAY, {zaps: 1}, mood=6, notes="some words here")
    DoseTaken.objects.create(medication=taper, date=YESTERDAY, status="planned", mg=Decimal("37.5"))
    before = rows(alice)
    page = as_alice.get(reverse("entry_delete", args=[YESTERDAY])).content.decode()
    assert "2 ratings" in page and "Mood 6, Brain zaps 1" in page and "3 words" in page
    assert rows(alice) == before
    response = as_alice.post(reverse("entry_delete", args=[YESTERDAY]), follow=True)
    assert "Entry for 21\u00a0November deleted." in response.content.decode()
    assert not DailyEntry.objects.exists() and not DoseTaken.objects.exists()
    as_alice.post(reverse("undo", args=[Deleted.objects.of(alice).get().pk]))
    assert rows(alice) == before


def test_there_is_nothing_to_delete_on_an_empty_day(as_alice, as_bob, alice):
    make_entry(alice)
    assert as_alice.get(reverse("entry_delete", args=[YESTERDAY])).status_code == 404
    assert as_bob.get(reverse("entry_delete", args=[TODAY])).status_code == 404
    as_bob.post(reverse("entry_delete", args=[TODAY]))
    assert DailyEntry.objects.of(alice).exists()


def test_twice_is_once(as_alice, alice):
    make_entry(alice)
    url = reverse("entry_delete", args=[TODAY])
    assert as_alice.post(url).url == as_alice.post(url).url == "/entries/?month=2026-11"
    assert Deleted.objects.of(alice).count() == 1


def test_the_doses_of_other_days_stay_and_the_page_names_those_that_go(as_alice, alice):
    make_entry(alice, mood=5)
    taper = make_medication(alice)
    DoseTaken.objects.create(medication=taper, date=TODAY, status="missed", mg=0)
    DoseTaken.objects.create(medication=taper, date=YESTERDAY, status="planned", mg=20)
    page = " ".join(as_alice.get(reverse("entry_delete", args=[TODAY])).content.decode().split())
    assert "<dt>Venlafaxine, dose</dt> <dd> missed </dd>" in page
    as_alice.post(reverse("entry_delete", args=[TODAY]))
    assert [dose.date for dose in DoseTaken.objects.all()] == [YESTERDAY]
