"""A month of days for the calendar, and its entries as a list."""

import calendar
import datetime as dt
from dataclasses import dataclass, field

from django.db.models.functions import Substr

from journal.models import DailyEntry, DoseTaken
from journal.queries.entries import Burden, burden, doses_of

NOTE_BEGINS = 160
"""So much of a note is read for the list: its beginning, not 20,000 characters a day."""


@dataclass(frozen=True)
class DayCell:
    """One day of the month: ``burden`` is None where no symptom was rated, ``entry`` None where only a dose stands."""

    date: dt.date
    is_today: bool
    is_future: bool
    burden: Burden | None = None
    entry: DailyEntry | None = None
    doses: tuple[DoseTaken, ...] = field(default=())

    @property
    def has_record(self) -> bool:
        """Something was recorded on this day."""
        return self.entry is not None or bool(self.doses)


@dataclass(frozen=True)
class Month:
    """``weeks`` begin on Monday, with None for a day of another month; ``recorded`` begins with the latest."""

    first: dt.date
    last: dt.date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    recorded: tuple[DayCell, ...]
    previous: dt.date | None
    following: dt.date | None


def month_of(owner, first: dt.date, today: dt.date, earliest: dt.date) -> Month:
    """The month that begins on ``first``, whose days run from ``earliest`` to ``today``. Three queries."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).defer("notes")
    by_day = {entry.date: entry for entry in entries.annotate(note_begins=Substr("notes", 1, NOTE_BEGINS))}
    doses: dict[dt.date, list[DoseTaken]] = {}
    for dose in doses_of(owner, first, last):
        doses.setdefault(dose.date, []).append(dose)
    burdens = burden(owner, first, last)

    def cell(number: int) -> DayCell | None:
        if not number:
            return None
        day = first.replace(day=number)
        return DayCell(day, day == today, day > today, burdens.get(day), by_day.get(day), tuple(doses.get(day, ())))

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


def _weeks(first: dt.date) -> list[list[int]]:
    """The day numbers of the month by week from Monday, 0 for days of other months."""
    return calendar.Calendar(calendar.MONDAY).monthdayscalendar(first.year, first.month)
