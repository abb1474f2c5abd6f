"""A private calendar as an .ics file (RFC 5545): step days, the ends of holds, appointments, and a daily reminder.

Same data, same bytes. What a title may say is decided before: a day without ``medication`` names none, an appointment
without ``who`` nobody.
"""

import datetime as dt
import functools
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass

import icalendar

NAME = "Journal"
STILL_AGREED = "if my prescriber and I still agree"
STEP_TITLE = f"Next step of my plan, {STILL_AGREED}"
HOLD_TITLE = "A hold ends today"
REMINDER_TITLE = "My journal"
VISIT_TITLE = "Appointment"
REMINDER_LASTS = dt.timedelta(minutes=5)
ASK_AGAIN_AFTER = dt.timedelta(hours=12)
YEARS_AHEAD = 20
"""So many years of clock changes are written out; programs know later ones from the zone's name."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """The day of one planned step. ``medication`` and ``dose`` ("9 mg") are "" where titles carry no names."""

    key: int
    day: dt.date
    hold_ends: bool
    stamp: dt.datetime
    medication: str = ""
    dose: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment on ``day``, at ``at`` by the clocks of ``zone`` (an IANA name), all day where no time is known.

    ``stamp`` is when anything of it was last changed. ``who`` ("Dr Okafor, prescriber") and ``place`` are "" where
    titles carry no names.
    """

    key: int
    day: dt.date
    at: dt.time | None
    zone: str
    stamp: dt.datetime
    who: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder every day at ``at`` by the clocks of ``zone`` (an IANA name), from the day of ``stamp`` on."""

    key: int
    at: dt.time
    zone: str
    stamp: dt.datetime


@dataclass(frozen=True, slots=True)
class CalendarData:
    """What one person's calendar holds, the earliest day first."""

    days: tuple[PlannedDay, ...] = ()
    reminder: Reminder | None = None
    visits: tuple[Visit, ...] = ()


def calendar_bytes(data: CalendarData) -> bytes:
    """The .ics file."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//TaperTrack//Journal//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", icalendar.vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(ASK_AGAIN_AFTER))
    for day in data.days:
        calendar.add_component(_all_day(f"step-{day.key}", day, _step_title(day)))
        if day.hold_ends:
            calendar.add_component(_all_day(f"hold-{day.key}", day, _hold_title(day)))
    for zone, year in _zones(data).items():
        calendar.add_component(_time_zone(zone, year - 1))
    for visit in data.visits:
        calendar.add_component(_visit(visit))
    if data.reminder:
        calendar.add_component(_daily(data.reminder, _begins(data.reminder)))
    return calendar.to_ical()


def _zones(data: CalendarData) -> dict[zoneinfo.ZoneInfo, int]:
    """The zones whose clocks the file goes by, each with the first year in which it does. UTC needs no words."""
    times = [_visit_begins(visit) for visit in data.visits if visit.at is not None]
    if data.reminder:
        times.append(_begins(data.reminder))
    found: dict[zoneinfo.ZoneInfo, int] = {}
    for time in times:
        if time.tzinfo != dt.UTC:
            found[time.tzinfo] = min(time.year, found.get(time.tzinfo, time.year))
    return found


def _step_title(day: PlannedDay) -> str:
    return f"{day.medication} {day.dose} from today, {STILL_AGREED}" if day.medication else STEP_TITLE


def _hold_title(day: PlannedDay) -> str:
    return f"{day.medication}: {HOLD_TITLE[0].lower()}{HOLD_TITLE[1:]}" if day.medication else HOLD_TITLE


def _event(uid: str, stamp: dt.datetime, title: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uid}@tapertrack")
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # nobody is busy all day because of it
    return event


def _all_day(uid: str, day: PlannedDay, title: str) -> icalendar.Event:
    event = _event(uid, day.stamp, title)
    event.add("dtstart", day.day)
    return event


# --- appointments and the reminder: hours by the clock on the wall, so that they need their zone -----------------


def _zone(name: str) -> dt.tzinfo:
    """The zone of this name; UTC where that is its name or this machine does not know it."""
    try:
        return dt.UTC if name == "UTC" else zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def _visit_begins(visit: Visit) -> dt.datetime:
    """When an appointment with a time begins, in its zone."""
    return dt.datetime.combine(visit.day, visit.at, tzinfo=_zone(visit.zone))


def _visit(visit: Visit) -> icalendar.Event:
    """An appointment. How long it takes nobody knows: without an end, it ends where it begins, or with the day."""
    event = _event(f"appointment-{visit.key}", visit.stamp, visit.who or VISIT_TITLE)
    event.add("last-modified", visit.stamp.astimezone(dt.UTC))
    event.add("dtstart", visit.day if visit.at is None else _visit_begins(visit))
    if visit.place:
        event.add("location", visit.place)
    return event


def _begins(reminder: Reminder) -> dt.datetime:
    """The first one, in its zone; in UTC where the zone is UTC or this machine does not know it."""
    zone = _zone(reminder.zone)
    return dt.datetime.combine(reminder.stamp.astimezone(zone).date(), reminder.at, tzinfo=zone)


def _daily(reminder: Reminder, begins: dt.datetime) -> icalendar.Event:
    event = _event(f"reminder-{reminder.key}", reminder.stamp, REMINDER_TITLE)
    event.add("dtstart", begins)
    event.add("duration", REMINDER_LASTS)
    event.add("rrule", {"freq": "daily"})
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", REMINDER_TITLE)
    alarm.add("trigger", dt.timedelta(0))
    event.add_component(alarm)
    return event


@functools.lru_cache(maxsize=64)
def _time_zone(zone: zoneinfo.ZoneInfo, year: int) -> icalendar.Timezone:
    """The zone's VTIMEZONE from ``year`` on. (icalendar's own has clocks go forward an hour late.)"""
    first, last = (dt.datetime(y, 1, 1, tzinfo=dt.UTC) for y in (year, year + YEARS_AHEAD))
    # An onset is written by the clocks before it. What is alike but for the day shares one part.
    onsets: dict[tuple, list[dt.datetime]] = {}
    before = first.astimezone(zone)
    begin = before.replace(tzinfo=None)
    onsets[_kind(before.utcoffset(), before)] = [begin]
    for at in _changes(zone, first, last):
        after = at.astimezone(zone)
        wall = (at + before.utcoffset()).replace(tzinfo=None)
        onsets.setdefault(_kind(before.utcoffset(), after), []).append(wall)
        before = after
    component = icalendar.Timezone()
    component.add("tzid", zone.key)
    for (offset_from, offset_to, name, is_summer), days in onsets.items():
        part = icalendar.TimezoneDaylight() if is_summer else icalendar.TimezoneStandard()
        part.add("dtstart", days[0])
        if days[1:]:
            part.add("rdate", days[1:])
        part.add("tzoffsetfrom", offset_from)
        part.add("tzoffsetto", offset_to)
        part.add("tzname", name)
        component.add_component(part)
    return component


def _kind(offset_from: dt.timedelta, after: dt.datetime) -> tuple:
    return offset_from, after.utcoffset(), after.tzname(), bool(after.dst())


def _changes(zone: zoneinfo.ZoneInfo, first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    """The moments, in UTC and to the second, at which the zone's clocks change."""
    a_day, a_second = dt.timedelta(days=1), dt.timedelta(seconds=1)
    here = first
    while here < last:
        low, high = here, here + a_day
        if _clock(low, zone) != _clock(high, zone):
            while high - low > a_second:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _clock(middle, zone) == _clock(here, zone) else (low, middle)
            yield high
        here += a_day


def _clock(at: dt.datetime, zone: zoneinfo.ZoneInfo) -> tuple:
    local = at.astimezone(zone)
    return local.utcoffset(), local.tzname(), local.dst()
