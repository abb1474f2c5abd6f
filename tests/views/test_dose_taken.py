"""A dose at one tap, from Today."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import DailyEntry, DosePart, DoseTaken
from tests.conftest import TODAY, make_medication, make_step

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def taper(alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 11, 13), "37.5", "start")
    return medication


def url(medication, day=TODAY):
    return reverse("dose_taken", args=[day, medication.pk])


def recorded(owner):
    return list(DoseTaken.objects.of(owner).values_list("date", "status", "mg", "time"))


@pytest.mark.parametrize(("status", "mg", "at"), [("planned", "37.5", dt.time(12)), ("missed", "0", None)])
def test_it_works(as_alice, alice, taper, status, mg, at):
    response = as_alice.post(url(taper), {"status": status}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Venlafaxine: " in response.content.decode()
    assert recorded(alice) == [(TODAY, status, Decimal(mg), at)]
    assert not DailyEntry.objects.exists()


def test_twice_is_once(as_alice, alice, taper):
    as_alice.post(url(taper), {"status": "planned"})
    taper.steps.update(mg=40)
    as_alice.post(url(taper), {"status": "planned"})
    assert recorded(alice) == [(TODAY, "planned", Decimal("37.5"), dt.time(12))]


def test_the_time_of_the_tap_stands_beside_it_and_can_be_corrected(as_alice, alice, taper):
    assert "As planned, 12:00" in as_alice.post(url(taper), {"status": "planned"}, follow=True).content.decode()
    day = f"/entries/{TODAY}/"
    dose = f"dose-{taper.pk}"
    page = as_alice.get(day).content.decode()
    assert "dose-timed" in page and 'value="12:00"' in page
    as_alice.post(day, {f"{dose}-status": "planned", f"{dose}-time": "08:40"})
    assert recorded(alice)[0][3] == dt.time(8, 40)
    as_alice.post(day, {f"{dose}-status": "planned", f"{dose}-time": ""})
    assert recorded(alice)[0][3] is None


def test_a_tap_on_an_earlier_day_tells_no_time(as_alice, alice, taper):
    yesterday = TODAY - dt.timedelta(1)
    as_alice.post(reverse("dose_taken", args=[yesterday, taper.pk]), {"status": "planned"})
    assert recorded(alice)[0][3] is None


def test_another_button_on_a_page_left_open_writes_nothing_over(as_alice, alice, taper):
    as_alice.post(f"/entries/{TODAY}/", {f"dose-{taper.pk}-status": "late", f"dose-{taper.pk}-time": "10:30"})
    response = as_alice.post(url(taper), {"status": "missed"})
    assert response["Location"] == f"/entries/{TODAY}/#dose"
    assert "Venlafaxine is recorded already: late." in as_alice.get(f"/entries/{TODAY}/").content.decode()
    assert recorded(alice) == [(TODAY, "late", Decimal("37.5"), dt.time(10, 30))]


def test_another_persons_medication_is_a_404(as_bob, taper):
    assert as_bob.get(url(taper)).status_code == 404
    assert as_bob.post(url(taper), {"status": "planned"}).status_code == 404
    assert not DoseTaken.objects.exists()


def test_it_asks_for_signing_in(client, taper):
    response = client.post(url(taper), {"status": "planned"})
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))
    assert not DoseTaken.objects.exists()


def test_looking_writes_nothing_and_leads_to_the_day(as_alice, taper):
    assert as_alice.get(url(taper)).url == reverse("entry", args=[TODAY])
    assert not DoseTaken.objects.exists()


@pytest.mark.parametrize("status", ["late", "other", "", "doubled", "planned\0", "'; --"])
def test_only_two_answers_fit_one_tap(as_alice, taper, status):
    response = as_alice.post(url(taper), {"status": status})
    assert response.status_code == 400
    assert "The day’s page has the rest." in response.content.decode()
    assert not DoseTaken.objects.exists()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (dt.date(2026, 11, 23), "That day is still to come."),
        (dt.date(1919, 1, 1), "1919 is too long ago."),
        (dt.date(2026, 11, 12), "No dose of Venlafaxine is due on 12\u00a0November."),
    ],
)
def test_a_day_without_a_dose_is_a_400_with_a_sentence(as_alice, taper, day, says):
    response = as_alice.post(url(taper, day), {"status": "planned"})
    assert response.status_code == 400 and says in response.content.decode()
    assert not DoseTaken.objects.exists()


def test_an_off_day_of_a_pattern_has_no_dose(as_alice, alice):
    medication = make_medication(alice)
    step = make_step(medication, TODAY - dt.timedelta(1), 10, "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, mg=20)
    assert as_alice.post(url(medication), {"status": "planned"}).status_code == 400
    as_alice.post(url(medication, TODAY - dt.timedelta(1)), {"status": "planned"})
    assert recorded(alice) == [(TODAY - dt.timedelta(1), "planned", Decimal(20), None)]


def test_a_day_at_nought_has_no_dose(as_alice, alice, taper):
    make_step(taper, dt.date(2026, 11, 20), 0, "stop")
    assert as_alice.post(url(taper), {"status": "missed"}).status_code == 400
