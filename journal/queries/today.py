"""What the Today page shows: the dose and how long it has been held, what is due, and the last 14 days."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, FilteredRelation, Q

from journal.charts.model import TodayData
from journal.models import DailyEntry, Medication, Symptom
from journal.queries.care import open_questions
from journal.queries.doses import DoseDue, doses_due, from_day, steps_in
from journal.queries.entries import entry_days
from journal.queries.overview import dose_changes
from journal.queries.plans import Upcoming, coming_up
from journal.queries.products import products_by_medication

STRIP_DAYS = 14


@dataclass(frozen=True)
class Today:
    """``main`` is the medication whose dose changed last, ``others`` the rest; ``to_take`` all that is due today or was
    taken though it was not; ``off`` what a pattern leaves out today; ``upcoming`` the next step of each agreed plan.

    ``undosed`` is a medication without a dose yet. ``strip`` is None as long as there is nothing to draw.
    """

    date: dt.date
    main: DoseDue | None
    others: tuple[DoseDue, ...]
    to_take: tuple[DoseDue, ...]
    off: tuple[DoseDue, ...]
    undosed: Medication | None
    entry: DailyEntry | None
    rated: int
    tracked: int
    strip: TodayData | None
    questions: int
    upcoming: tuple[Upcoming, ...]

    @property
    def steps_due(self) -> list[Upcoming]:
        """Planned steps whose day has come, not confirmed yet."""
        return [one for one in self.upcoming if one.step.starts_on <= self.date]

    @property
    def steps_ahead(self) -> list[Upcoming]:
        """Planned steps that are to come."""
        return [one for one in self.upcoming if one.step.starts_on > self.date]

    @property
    def open_doses(self) -> list[DoseDue]:
        """Doses of today with nothing recorded yet."""
        return [dose for dose in self.to_take if dose.taken is None]

    @property
    def is_done(self) -> bool:
        """Nothing else is due today."""
        return self.entry is not None and not self.open_doses


def today_of(owner, today: dt.date) -> Today:
    """The page of ``today``. Nine queries, ten on the first days."""
    first = today - dt.timedelta(STRIP_DAYS - 1)
    steps = steps_in(owner, dt.date.min, today)
    due = doses_due(owner, steps, today, products=products_by_medication(owner))
    main = max(due, key=lambda dose: dose.since, default=None)
    entries = {
        entry.date: entry for entry in DailyEntry.objects.of(owner).filter(date__range=(first, today)).defer("notes")
    }
    entry = entries.get(today)
    rated, tracked = _rated(owner, entry)
    return Today(
        date=today,
        main=main,
        others=tuple(dose for dose in due if dose is not main),
        to_take=tuple(dose for dose in due if dose.is_due or dose.taken),
        off=tuple(dose for dose in due if dose.is_off_day and not dose.taken),
        undosed=None if due else Medication.objects.of(owner).first(),
        entry=entry,
        rated=rated,
        tracked=tracked,
        strip=_strip(owner, first, today, main, steps, entries),
        questions=open_questions(owner).count(),
        upcoming=tuple(coming_up(owner, {dose.medication.pk: dose.mg_a_day for dose in due})),
    )


def _rated(owner, entry: DailyEntry | None) -> tuple[int, int]:
    """How many of the symptoms that are tracked were rated in ``entry``, and how many are tracked."""
    here = FilteredRelation("ratings", condition=Q(ratings__entry=entry.pk if entry else 0))
    found = Symptom.objects.of(owner).filter(tracked=True).annotate(here=here)
    counts = found.aggregate(rated=Count("here"), tracked=Count("pk"))
    return counts["rated"], counts["tracked"]


def _strip(owner, first, today, main: DoseDue | None, steps, entries: dict[dt.date, DailyEntry]) -> TodayData | None:
    days = entry_days(owner, first, today)
    if not main and not days:
        return None
    return TodayData(
        today=today,
        medication=main.medication.name if main else "",
        steps=dose_changes(from_day(steps[main.medication], first)) if main else (),
        mood={day: entry.mood for day, entry in entries.items()},
        entry_days=frozenset(days),
        days=STRIP_DAYS,
    )
