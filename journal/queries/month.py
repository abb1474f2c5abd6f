"""A month of days for the calendar, and its entries as a list."""

import calendar
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count
from django.db.models.functions import Substr

from journal.catalogue.scales import band_of
from journal.catalogue.symptoms import PRIVATE
from journal.models import DailyEntry, DoseTaken, ForgottenDay, LifeEvent, Rating
from journal.queries.entries import Burden, burden, doses_of
from journal.queries.entry_words import event_name
from journal.queries.later import later

SEVERE = 7
NOTE_BEGINS = 160
"""So much of a note is read for the list: its beginning, not 20,000 characters a day."""


@dataclass(frozen=True)
class DayCell:
    """One day of the month: ``burden`` is None where no symptom was rated, ``entry`` None where only a dose stands.

    ``events`` are the names of what happened; ``is_forgotten``: the person said that they do not remember the day.
    ``worst`` is what was severe though the mean is not: a symptom's name and its value.
    """

    date: dt.date
    is_today: bool
    is_future: bool
    burden: Burden | None = None
    entry: DailyEntry | None = None
    doses: tuple[DoseTaken, ...] = field(default=())
    events: tuple[str, ...] = field(default=())
    is_forgotten: bool = False
    worst: tuple[str, Decimal] | None = None

    @property
    def has_record(self) -> bool:
        """Something was recorded on this day."""
        return self.entry is not None or bool(self.doses)

    @property
    def later(self) -> str:
        """That it was written or changed on a later day; else blank."""
        return later(self.entry)


@dataclass(frozen=True)
class Month:
    """``weeks`` begin on Monday, with None for a day of another month; ``recorded`` begins with the latest."""

    first: dt.date
    last: dt.date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    recorded: tuple[DayCell, ...]
    previous: dt.date | None
    following: dt.date | None

    @property
    def has_events(self) -> bool:
        """Whether a day has the mark of an event."""
        return any(cell.events for cell in self.recorded)

    @property
    def has_forgotten(self) -> bool:
        """Whether a day has the mark of one that is not remembered."""
        return any(cell and cell.is_forgotten for week in self.weeks for cell in week)


def month_of(owner, first: dt.date, today: dt.date, earliest: dt.date) -> Month:
    """The month that begins on ``first``, whose days run from ``earliest`` to ``today``. Six queries."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).defer("notes")
    entries = entries.annotate(note_begins=Substr("notes", 1, NOTE_BEGINS), timed=Count("check_ins"))
    by_day = {entry.date: entry for entry in entries}
    doses: dict[dt.date, list[DoseTaken]] = {}
    for dose in doses_of(owner, first, last):
        doses.setdefault(dose.date, []).append(dose)
    burdens = burden(owner, first, last)
    events = _events(owner, first, last)
    forgotten = ForgottenDay.objects.of(owner).filter(date__range=(first, last))
    forgotten = set(forgotten.values_list("date", flat=True)) - {*by_day, *doses}
    worst = _worst(owner, first, last)

    def cell(number: int) -> DayCell | None:
        if not number:
            return None
        day = first.replace(day=number)
        return DayCell(
            date=day,
            is_today=day == today,
            is_future=day > today,
            burden=burdens.get(day),
            entry=by_day.get(day),
            doses=tuple(doses.get(day, ())),
            events=tuple(events.get(day, ())),
            is_forgotten=day in forgotten,
            worst=_worst_beside(burdens.get(day), worst.get(day)),
        )

    weeks = tuple(tuple(cell(number) for number in week) for week in _weeks(first))
    before, after = first - dt.timedelta(1), last + dt.timedelta(1)
    return Month(
        first=first,
        last=last,
        weeks=weeks,
        recorded=tuple(day for week in reversed(weeks) for day in reversed(week) if day and day.has_record),
        previous=before.replace(day=1) if before >= earliest else None,
        following=after if after <= today else None,
    )


def _worst(owner, first: dt.date, last: dt.date) -> dict[dt.date, tuple[str, Decimal]]:
    """The severest symptom of each day on which one was severe. One query."""
    severe = Rating.objects.of(owner).filter(entry__date__range=(first, last), severity__gte=SEVERE)
    rows = severe.exclude(symptom__builtin=PRIVATE).order_by("severity", "-symptom__position", "-symptom__pk")
    return {day: (name, value) for day, name, value in rows.values_list("entry__date", "symptom__name", "severity")}


def _worst_beside(found: Burden | None, worst: tuple[str, Decimal] | None) -> tuple[str, Decimal] | None:
    """The worst where the mean does not say it: a mean of many can be mild on an unbearable day."""
    return worst if found and worst and found.n > 1 and band_of(worst[1]).index > band_of(found.mean).index else None


def _events(owner, first: dt.date, last: dt.date) -> dict[dt.date, list[str]]:
    """The names of what happened, by day. One query."""
    found: dict[dt.date, list[str]] = {}
    rows = LifeEvent.objects.of(owner).filter(entry__date__range=(first, last)).order_by("pk")
    for day, kind in rows.values_list("entry__date", "kind"):
        found.setdefault(day, []).append(event_name(kind))
    return found


def _weeks(first: dt.date) -> list[list[int]]:
    """The day numbers of the month by week from Monday, 0 for days of other months."""
    return calendar.Calendar(calendar.MONDAY).monthdayscalendar(first.year, first.month)
