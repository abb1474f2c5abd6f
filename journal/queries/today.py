"""What the Today page shows: the dose and how long it has been held, what is due, and the last 14 days."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q

from journal.catalogue.symptoms import PRIVATE
from journal.charts.model import TodayData
from journal.models import CheckIn, DailyEntry, Medication, Symptom
from journal.models.profile import profile_of
from journal.queries.alone import empty_without
from journal.queries.appointments import Soon, soon
from journal.queries.care import open_counts
from journal.queries.check_ins import CheckInOfDay, last_of, mood_name
from journal.queries.doses import DoseDue, doses_due, from_day, steps_in
from journal.queries.entries import entry_days
from journal.queries.overview import dose_changes
from journal.queries.plans import Upcoming, coming_up
from journal.queries.products import products_by_medication
from journal.queries.questionnaires import Suggestion, suggestion

STRIP_DAYS = 14
CHIPS = 4
"""So many symptoms are offered for a check-in, besides mood; the page behind has them all."""


@dataclass(frozen=True)
class Today:
    """``main`` is the medication whose dose changed last, ``others`` the rest; ``to_take`` all that is due today or was
    taken though it was not; ``off`` what a pattern leaves out today; ``upcoming`` the next step of each agreed plan,
    ``appointments`` those of the next 14 days.

    ``undosed`` is a medication without a dose yet. ``strip`` is None as long as there is nothing to draw.
    ``entry`` is None, too, where there are check-ins and nothing else. ``last`` is the latest of these, ``now`` the
    symptoms that are offered for the next. ``suggestion`` is of a questionnaire; there is none in an empty journal.
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
    appointments: tuple[Soon, ...]
    last: CheckInOfDay | None
    now: tuple[Symptom, ...]
    mood_name: str
    suggestion: Suggestion | None

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
    """The page of ``today``. Eleven queries, twelve on the first days, up to four more with check-ins."""
    first = today - dt.timedelta(STRIP_DAYS - 1)
    steps = steps_in(owner, dt.date.min, today)
    due = doses_due(owner, steps, today, products=products_by_medication(owner))
    main = max(due, key=lambda dose: dose.since, default=None)
    entries = {
        entry.date: entry for entry in DailyEntry.objects.of(owner).filter(date__range=(first, today)).defer("notes")
    }
    entry = entries.get(today)
    symptoms = _symptoms(owner, entry)
    last = last_of(owner, today) if entry else None
    questions = open_counts(owner)
    return Today(
        date=today,
        main=main,
        others=tuple(dose for dose in due if dose is not main),
        to_take=tuple(dose for dose in due if dose.is_due or dose.taken),
        off=tuple(dose for dose in due if dose.is_off_day and not dose.taken),
        undosed=None if due else Medication.objects.of(owner).first(),
        entry=None if last and _is_all_check_ins(owner, entry) else entry,
        rated=sum(symptom.severity is not None for symptom in symptoms),
        tracked=len(symptoms),
        strip=_strip(owner, first, today, main, steps, entries),
        questions=sum(questions.values()),
        upcoming=tuple(coming_up(owner, {dose.medication.pk: dose.mg_a_day for dose in due})),
        appointments=tuple(soon(owner, today, questions)),
        last=last,
        now=tuple(symptom for symptom in symptoms if symptom.builtin != PRIVATE)[:CHIPS],
        mood_name=mood_name(owner),
        suggestion=suggestion(owner, profile_of(owner), today) if due or entries else None,
    )


def _symptoms(owner, entry: DailyEntry | None) -> list[Symptom]:
    """What is tracked, in the person's order, each with what it was rated in ``entry``; None: it was not."""
    here = FilteredRelation("ratings", condition=Q(ratings__entry=entry.pk if entry else 0))
    found = Symptom.objects.of(owner).filter(tracked=True).annotate(here=here)
    return list(found.annotate(severity=F("here__severity")).order_by("position", "pk"))


def _is_all_check_ins(owner, entry: DailyEntry) -> bool:
    """Whether the day itself is not logged yet: it is there for its check-ins."""
    check_ins = CheckIn.objects.of(owner).filter(entry=entry).values("pk")
    return bool(empty_without(owner, DailyEntry.objects.of(owner).filter(pk=entry.pk), check_ins=check_ins))


def _strip(owner, first, today, main: DoseDue | None, steps, entries: dict[dt.date, DailyEntry]) -> TodayData | None:
    days = entry_days(owner, first, today)
    if not main and not days:
        return None
    return TodayData(
        today=today,
        medication=main.medication.name if main else "",
        steps=dose_changes(from_day(steps[main.medication], first)) if main else (),
        mood={day: entry.day_mood for day, entry in entries.items()},
        entry_days=frozenset(days),
        days=STRIP_DAYS,
    )
