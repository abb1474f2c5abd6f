"""The calendar file, read back with a calendar library: days, titles, and a reminder that follows the clocks."""

import datetime as dt
import zoneinfo

import icalendar
import pytest
from dateutil.rrule import rrulestr

from journal.exchange.calendar_out import CalendarData, PlannedDay, Reminder, Visit, calendar_bytes

D = dt.date
STAMP = dt.datetime(2026, 9, 1, 10, 30, 15, 999, tzinfo=dt.UTC)
WITHOUT_NAMES = "Next step of my plan, if my prescriber and I still agree"


def planned(day, key=12, **fields):
    return PlannedDay(key, day, fields.pop("hold_ends", False), STAMP, **fields)


def reminded(zone, at=dt.time(20), stamp=STAMP):
    return CalendarData(reminder=Reminder(3, at, zone, stamp))


def read(data):
    return icalendar.Calendar.from_ical(calendar_bytes(data))


def expanded(event, zone, first, last):
    """The local starts of a recurring event, in the zone that the file itself brings along."""
    begins = event["dtstart"].dt.replace(tzinfo=None)
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=begins)
    return [wall.replace(tzinfo=zone) for wall in rule.between(first, last, inc=True)]


# --- step days --------------------------------------------------------------------------------------------------


def test_it_works():
    calendar = read(CalendarData((planned(D(2026, 12, 3)),)))
    [event] = calendar.events
    assert event["dtstart"].dt == D(2026, 12, 3)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["summary"] == WITHOUT_NAMES
    assert event["uid"] == "step-12@tapertrack"
    assert event["dtstamp"].dt == STAMP.replace(microsecond=0)
    assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
    assert calendar["x-wr-calname"] == "Journal"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in calendar_bytes(CalendarData())


@pytest.mark.parametrize(
    "day",
    [D(2026, 10, 24), D(2026, 10, 25), D(2026, 10, 26), D(2027, 3, 28), D(2027, 3, 29), D(2028, 2, 29), D.max],
)
@pytest.mark.parametrize("zone", ["Europe/London", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati"])
def test_a_day_is_that_day_everywhere(day, zone):
    reminder = reminded(zone).reminder
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n".encode() in calendar_bytes(CalendarData((planned(day),), reminder))


def test_names_only_where_they_are_given():
    [event] = read(CalendarData((planned(D(2026, 12, 3), medication="Venlafaxine", dose="9 mg"),))).events
    assert event["summary"] == "Venlafaxine 9 mg from today, if my prescriber and I still agree"


@pytest.mark.parametrize(
    ("fields", "title"),
    [({}, "A hold ends today"), ({"medication": "Diazepam", "dose": "2 mg"}, "Diazepam: a hold ends today")],
)
def test_the_end_of_a_hold_is_an_event_of_its_own(fields, title):
    step, hold = read(CalendarData((planned(D(2026, 12, 3), hold_ends=True, **fields),))).events
    assert (step["uid"], hold["uid"]) == ("step-12@tapertrack", "hold-12@tapertrack")
    assert (hold["summary"], hold["dtstart"].dt) == (title, D(2026, 12, 3))


def test_nothing_but_the_title_says_anything():
    [event, hold] = read(CalendarData((planned(D(2026, 12, 3), hold_ends=True),))).events
    for each in (event, hold):
        assert set(each) == {"UID", "DTSTAMP", "SUMMARY", "CLASS", "TRANSP", "DTSTART"}


@pytest.mark.parametrize("name", ["a; b, c\\d\nBEGIN:VALARM", "Sertraline 😀" * 9, "سيرترالين", '"x":y^n', "x" * 100])
def test_odd_names_come_back_as_they_are(name):
    data = CalendarData((planned(D(2026, 12, 3), medication=name, dose="9 mg"),))
    [event] = read(data).events
    assert event["summary"].startswith(f"{name} 9 mg from today")
    assert all(len(line) <= 75 for line in calendar_bytes(data).split(b"\r\n"))


def test_the_same_data_are_the_same_bytes():
    data = CalendarData((planned(D(2026, 12, 3)), planned(D(2026, 12, 9), 13)), reminded("Europe/London").reminder)
    assert calendar_bytes(data) == calendar_bytes(data)


def test_an_empty_calendar_is_one():
    assert read(CalendarData()).events == []


# --- the reminder -----------------------------------------------------------------------------------------------


def test_the_reminder():
    [event] = read(reminded("Europe/London")).events
    assert event["summary"] == "My journal"
    assert event["dtstart"].to_ical() == b"20260901T200000"
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert event["rrule"].to_ical() == b"FREQ=DAILY"
    assert event["duration"].dt == dt.timedelta(minutes=5)
    assert event["class"] == "PRIVATE"
    [alarm] = event.alarms.times
    assert alarm.trigger == event["dtstart"].dt
    assert [alarm["description"] for alarm in event.walk("VALARM")] == ["My journal"]


@pytest.mark.parametrize(
    ("zone", "around", "utc_hours"),
    [
        ("Europe/London", D(2026, 10, 25), [19, 20, 20]),
        ("Europe/London", D(2027, 3, 28), [20, 19, 19]),
        ("America/Los_Angeles", D(2026, 11, 1), [3, 4, 4]),
        ("America/Los_Angeles", D(2027, 3, 14), [4, 3, 3]),
        ("America/Los_Angeles", D(2028, 2, 29), [4, 4, 4]),
        ("Africa/Casablanca", D(2027, 2, 7), [19, 20, 20]),
        ("Asia/Kolkata", D(2027, 3, 28), [14, 14, 14]),
    ],
)
def test_it_stays_at_eight_on_both_sides_of_a_clock_change(zone, around, utc_hours):
    calendar = read(reminded(zone))
    [event], [component] = calendar.events, calendar.timezones
    assert component["tzid"] == zone
    first = dt.datetime.combine(around - dt.timedelta(1), dt.time())
    starts = expanded(event, component.to_tz(lookup_tzid=False), first, first + dt.timedelta(3))
    assert [start.time() for start in starts] == [dt.time(20)] * 3
    assert [start.astimezone(dt.UTC).hour for start in starts] == utc_hours


@pytest.mark.parametrize(
    "zone",
    ["Europe/London", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Cairo"],
)
def test_the_zone_in_the_file_agrees_with_the_zone_itself(zone):
    """Each onset is the very moment: a second before it the clocks are still the old ones."""
    [component] = read(reminded(zone)).timezones
    here = zoneinfo.ZoneInfo(zone)
    onsets = 0
    for part in component.subcomponents[1:]:
        dates = [part["dtstart"].dt, *(each.dt for each in part["rdate"].dts)] if "rdate" in part else []
        for wall in dates:
            at = (wall - part["tzoffsetfrom"].td).replace(tzinfo=dt.UTC)
            before = (at - dt.timedelta(seconds=1)).astimezone(here)
            assert (before.utcoffset(), at.astimezone(here).utcoffset()) == (
                part["tzoffsetfrom"].td,
                part["tzoffsetto"].td,
            ), at
            onsets += 1
    assert onsets == (0 if zone == "Asia/Kolkata" else 40)


@pytest.mark.parametrize("zone", ["UTC", "Not/AZone", "../etc/passwd", ""])
def test_a_zone_that_is_none_is_utc(zone):
    calendar = read(reminded(zone))
    assert calendar.events[0]["dtstart"].to_ical() == b"20260901T200000Z"
    assert calendar.timezones == []


def test_it_begins_on_the_persons_own_day():
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    [event] = read(reminded("Pacific/Kiritimati", dt.time(7), late)).events
    assert event["dtstart"].to_ical() == b"20270101T070000"


# --- appointments -----------------------------------------------------------------------------------------------


def visit(day, at=None, zone="Europe/London", **fields):
    return Visit(7, day, at, zone, STAMP, **fields)


def begins(data):
    [event] = read(data).events
    return event["dtstart"]


def test_an_appointment_without_names_says_nothing_of_whom_or_where():
    [event] = read(CalendarData(visits=(visit(D(2026, 12, 3), dt.time(10, 20)),))).events
    assert (event["summary"], event["uid"]) == ("Appointment", "appointment-7@tapertrack")
    assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
    assert "location" not in event


def test_an_appointment_with_names_has_them_escaped():
    place = "Room 3; first floor, left\nring \\ twice"
    data = CalendarData(visits=(visit(D(2026, 12, 3), who="Dr O, “prescriber”; 😀", place=place),))
    [event] = read(data).events
    assert (event["summary"], event["location"]) == ("Dr O, “prescriber”; 😀", place)
    assert b"\nring" not in calendar_bytes(data).replace(b"\\nring", b"")
    assert max(len(line) for line in calendar_bytes(data).split(b"\r\n")) <= 75


def test_an_appointment_without_a_time_is_all_day():
    begin = begins(CalendarData(visits=(visit(D(2028, 2, 29)),)))
    assert (begin.dt, begin.params["VALUE"]) == (D(2028, 2, 29), "DATE")


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Europe/London", D(2026, 10, 24), dt.time(10, 20), "2026-10-24T09:20"),
        ("Europe/London", D(2026, 10, 26), dt.time(10, 20), "2026-10-26T10:20"),
        ("Europe/London", D(2027, 3, 27), dt.time(10, 20), "2027-03-27T10:20"),
        ("Europe/London", D(2027, 3, 29), dt.time(10, 20), "2027-03-29T09:20"),
        ("America/New_York", D(2027, 3, 15), dt.time(9), "2027-03-15T13:00"),
        ("Asia/Kolkata", D(2031, 11, 22), dt.time(0), "2031-11-21T18:30"),
        ("Pacific/Kiritimati", D(2026, 12, 31), dt.time(23, 59), "2026-12-31T09:59"),
        ("UTC", D(2027, 3, 29), dt.time(10, 20), "2027-03-29T10:20"),
        ("Not/AZone", D(2027, 3, 29), dt.time(10, 20), "2027-03-29T10:20"),
    ],
)
def test_an_appointment_is_at_that_hour_by_the_clocks_that_the_file_brings(zone, day, at, utc):
    calendar = read(CalendarData(visits=(visit(day, at, zone),)))
    [event] = calendar.events
    wall = event["dtstart"].dt
    if calendar.timezones:
        [own] = calendar.timezones  # the zone as the file itself describes it
        wall = wall.replace(tzinfo=own.to_tz(lookup_tzid=False))
    assert wall.astimezone(dt.UTC) == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


def test_a_zone_stands_in_the_file_once_and_from_its_first_year_on():
    visits = tuple(visit(D(year, 7, 1), dt.time(9)) for year in (2026, 2031))
    reminder = reminded("Europe/London").reminder
    both = read(CalendarData(visits=visits, reminder=reminder))
    assert len(both.timezones) == 1
    last = read(CalendarData(visits=visits[1:]))
    starts = [part["dtstart"].dt.year for part in last.timezones[0].walk() if "dtstart" in part]
    assert min(starts) == 2030


def test_all_day_needs_no_zone():
    assert not read(CalendarData(visits=(visit(D(2026, 12, 3)),))).timezones
