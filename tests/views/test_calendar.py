"""The private calendar: its page, its address, and the file behind it."""

import datetime as dt

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journal.models import Appointment, CalendarFeed, PlannedStep
from journal.queries.calendar import make_feed, token_of
from tests.conftest import TODAY, make_medication
from tests.queries.test_calendar import make_plan

PAGE, NEW, OFF = "/calendar/", "/calendar/new/", "/calendar/off/"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def feed(alice):
    make_plan(make_medication(alice), [3, 17])
    return make_feed(alice)


def address(feed):
    return f"/calendar/{token_of(feed)}.ics"


def titles(response):
    return [str(event["summary"]) for event in icalendar.Calendar.from_ical(response.content).events]


# --- the file ---------------------------------------------------------------------------------------------------


def test_it_works_for_whoever_has_the_address(client, feed):
    response = client.get(address(feed))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}
    assert titles(response) == ["Next step of my plan, if my prescriber and I still agree"] * 2


def test_head_and_nothing_that_writes(client, feed):
    assert client.head(address(feed)).status_code == 200
    assert client.post(address(feed)).status_code == 405


def test_no_name_and_no_dose_unless_they_are_turned_on(client, feed):
    PlannedStep.objects.update(held_days=7)
    feed.remind_at = dt.time(20)
    feed.save()
    text = client.get(address(feed)).content.decode()
    assert "enlafaxine" not in text
    assert "mg" not in text
    assert "9" not in "".join(titles(client.get(address(feed))))

    CalendarFeed.objects.update(with_names=True)
    assert "Venlafaxine 9 mg from today, if my prescriber and I still agree" in titles(client.get(address(feed)))


def test_the_reminder_goes_by_the_persons_zone_not_the_readers(feed, as_bob, bob):
    bob.profile.time_zone = "Asia/Tokyo"
    bob.profile.save()
    CalendarFeed.objects.update(remind_at=dt.time(20))
    assert b"DTSTART;TZID=Europe/London:20261122T200000" in as_bob.get(address(feed)).content


def test_today_is_the_owners(client, feed, alice, clock):
    """At noon UTC it is the 23rd on Kiritimati, so that a step of 90 days before the 22nd has gone."""
    PlannedStep.objects.update_or_create(
        plan=alice.medications.get().plans.get(), starts_on=TODAY - dt.timedelta(90), defaults={"mg": 9}
    )
    assert len(titles(client.get(address(feed)))) == 3
    alice.profile.time_zone = "Pacific/Kiritimati"
    alice.profile.save()
    assert len(titles(client.get(address(feed)))) == 2


def test_every_wrong_address_is_answered_alike(client, feed):
    good = token_of(feed)
    feed_of_nobody = CalendarFeed(nonce="never-given-to-anybody")
    wrong = [
        "x",
        good[:-1],
        good + "x",
        good.swapcase(),
        feed.nonce,
        good.replace(".", ":"),
        token_of(feed_of_nobody),
        "%00",
        "%FF.%FF",
        "a" * 5000,
        "..%2F..",
    ]
    answers = {(r.status_code, r.content) for r in [client.get(f"/calendar/{token}.ics") for token in wrong]}
    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1


def test_nothing_is_asked_of_the_database_for_a_token_that_was_not_signed_here(client, feed):
    with CaptureQueriesContext(connection) as queries:
        client.get("/calendar/x.ics")
    assert len(queries) == 0


def test_a_closed_account_has_no_calendar(client, feed, alice):
    alice.is_active = False
    alice.save()
    assert client.get(address(feed)).status_code == 404


def test_an_account_without_a_profile_has_one(client, feed, alice):
    alice.profile.delete()
    assert client.get(address(feed)).status_code == 200


def test_the_cost_does_not_grow(client, feed, alice):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(feed))
        counts.append(len(queries))
        if not number:
            for other in range(50):
                make_plan(make_medication(alice, f"Drug {other}"), range(5))
    assert counts[0] == counts[1] <= 3


# --- the page ---------------------------------------------------------------------------------------------------


def test_before_there_is_one_the_page_offers_to_make_it(as_alice, alice):
    text = as_alice.get(PAGE).content.decode()
    assert "Make a calendar address" in text
    assert ".ics" not in text
    assert not CalendarFeed.objects.exists()

    response = as_alice.post(PAGE, {"make": "1"}, follow=True)
    feed = CalendarFeed.objects.of(alice).get()
    assert f'value="http://testserver{address(feed)}"' in response.content.decode()
    assert f'href="webcal://testserver{address(feed)}"' in response.content.decode()
    assert (feed.remind_at, feed.with_names) == (None, False)


def test_making_it_again_keeps_the_address(as_alice, feed):
    as_alice.post(PAGE, {"make": "1"})
    assert CalendarFeed.objects.get().nonce == feed.nonce


def test_the_page_says_what_is_to_come(as_alice, feed):
    text = as_alice.get(PAGE).content.decode()
    assert "2 step days to come, the next on 25\u00a0November\u00a02026." in text
    PlannedStep.objects.all().delete()
    assert "No step day is to come." in as_alice.get(PAGE).content.decode()


def test_options_are_saved_and_shown(as_alice, feed):
    response = as_alice.post(PAGE, {"remind_at": "8:15 pm", "with_names": "on"})
    assert (response.status_code, response.url) == (302, PAGE)
    feed.refresh_from_db()
    assert (feed.remind_at, feed.with_names) == (dt.time(20, 15), True)
    form = as_alice.get(PAGE).context["form"]
    assert (form["remind_at"].value(), form["with_names"].value()) == (dt.time(20, 15), True)

    as_alice.post(PAGE, {"remind_at": ""})
    feed.refresh_from_db()
    assert (feed.remind_at, feed.with_names) == (None, False)


@pytest.mark.parametrize("typed", ["eight", "25:00", "20", "\x00", "😀", "20:00:00:00"])
def test_a_time_that_is_none_is_explained_and_stays(as_alice, feed, typed):
    response = as_alice.post(PAGE, {"remind_at": typed, "with_names": "on"})
    assert response.status_code == 422
    assert "is not a time. Write it like 14:20." in response.context["form"].errors["remind_at"][0]
    feed.refresh_from_db()
    assert (feed.remind_at, feed.with_names) == (None, False)


def test_the_hint_names_the_persons_own_zone(as_alice, feed):
    assert "Every day at this time in Europe / London" in as_alice.get(PAGE).content.decode()


def test_a_new_address_ends_the_old_one_after_asking(as_alice, client, feed):
    assert "Make a new address?" in as_alice.get(NEW).content.decode()
    assert Client().get(address(feed)).status_code == 200

    as_alice.post(NEW)
    assert Client().get(address(feed)).status_code == 404
    assert Client().get(address(CalendarFeed.objects.get())).status_code == 200


def test_switching_it_off_ends_the_address_after_asking(as_alice, feed):
    assert "Switch your calendar off?" in as_alice.get(OFF).content.decode()
    assert Client().get(address(feed)).status_code == 200

    assert as_alice.post(OFF).url == PAGE
    assert Client().get(address(feed)).status_code == 404
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("path", [PAGE, NEW, OFF])
def test_without_a_feed_nothing_breaks_and_none_is_made(as_alice, path):
    assert as_alice.get(path).status_code in {200, 302}
    assert as_alice.post(path, {"remind_at": "20:00"}).url == PAGE
    assert not CalendarFeed.objects.exists()


def test_somebody_elses_is_not_touched(as_bob, feed):
    for path in (PAGE, NEW, OFF):
        as_bob.get(path)
        as_bob.post(path, {"remind_at": "20:00", "with_names": "on"})
    assert "25\u00a0November" not in as_bob.post(PAGE, {"make": "1"}, follow=True).content.decode()
    feed.refresh_from_db()
    assert (feed.remind_at, feed.with_names) == (None, False)
    assert Client().get(address(feed)).status_code == 200


def test_settings_lead_to_it(as_alice):
    assert f'href="{PAGE}"' in as_alice.get("/settings/").content.decode()


# --- appointments -----------------------------------------------------------------------------------------------


@pytest.fixture
def visits(alice, feed):
    """Of a while ago, of yesterday, called off, and to come."""
    for days, held in ((-91, True), (-90, True), (-1, None), (2, False), (5, None)):
        Appointment.objects.create(
            owner=alice,
            kind="prescriber",
            name="Dr Okafor",
            date=TODAY + dt.timedelta(days),
            time=dt.time(10, 20),
            place="Room 2",
            held=held,
            notes="Said in private",
        )
    return feed


def test_appointments_are_in_the_file_only_where_the_person_chose_so(client, visits):
    assert "Appointment" not in titles(client.get(address(visits)))
    CalendarFeed.objects.update(with_appointments=True)
    assert titles(client.get(address(visits))).count("Appointment") == 3


def test_whom_one_sees_and_where_is_told_only_with_names(client, visits):
    CalendarFeed.objects.update(with_appointments=True)
    text = client.get(address(visits)).content.decode()
    for word in ("Okafor", "prescriber\r", "Room", "private"):
        assert word not in text
    CalendarFeed.objects.update(with_names=True)
    text = client.get(address(visits)).content.decode().replace("\r\n ", "")
    assert "SUMMARY:Dr Okafor\\, prescriber" in text
    assert "LOCATION:Room 2" in text
    assert "private" not in text.replace("CLASS:PRIVATE", "")


def test_the_choice_is_saved_and_shown(as_alice, visits):
    as_alice.post(PAGE, {"with_appointments": "on"})
    visits.refresh_from_db()
    assert (visits.with_appointments, visits.with_names) == (True, False)
    assert as_alice.get(PAGE).context["form"]["with_appointments"].value() is True
    as_alice.post(PAGE, {})
    visits.refresh_from_db()
    assert visits.with_appointments is False


def test_one_more_query_for_any_number_of_appointments(client, visits, alice):
    counts = []
    for with_appointments in (False, True):
        CalendarFeed.objects.update(with_appointments=with_appointments)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(visits))
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1
