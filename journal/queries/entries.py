"""Days: which have a record, and what one day holds. ``queries.save_day`` writes it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, FilteredRelation, Prefetch, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from journal.analysis.numbers import exact_sum
from journal.catalogue import symptoms as catalogue
from journal.catalogue.symptoms import PRIVATE
from journal.models import (
    DailyEntry,
    DoseTaken,
    LifeEvent,
    Measurement,
    Medication,
    Product,
    Question,
    Rating,
    Symptom,
)
from journal.queries.care import questions_of_day
from journal.queries.doses import DoseDue, due_on
from journal.queries.products import products_by_medication
from journal.queries.raw import raw_days
from journal.queries.symptoms import key_in
from journal.queries.tracked import TrackedMeasure, measures_of
from journal.taper.taken import TakenAs, taken_as

STILL_UP_UNTIL = 4
"""The hour up to which "today" may still mean yesterday to somebody who has not slept."""


# -- days of a period ---------------------------------------------------------------------------------------------


def entry_days(owner, first: dt.date, last: dt.date) -> set[dt.date]:
    """The days from ``first`` to ``last`` on which anything was recorded, a dose included. One query."""
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by()
    doses = DoseTaken.objects.of(owner).filter(date__range=(first, last)).order_by()
    return set(raw_days(entries.values_list("date").union(doses.values_list("date"))))


@dataclass(frozen=True)
class Burden:
    """The mean of a day's symptom ratings, of how many, and how many of these were carried from the day before."""

    mean: Fraction
    n: int
    carried: int = 0


def burden(owner, first: dt.date, last: dt.date) -> dict[dt.date, Burden]:
    """The burden of each day, days without a rating absent. One query.

    Thoughts of suicide are no part of it: they are for help at once, not for an average.
    """
    ratings = Rating.objects.of(owner).exclude(symptom__builtin=PRIVATE)
    # A day may hold ratings of its own and means of several check-ins: those of as many readings are added up together.
    of_days = ratings.filter(entry__date__range=(first, last)).order_by().values_list("entry__date", "readings")
    rows = of_days.annotate(
        sum=Sum(Coalesce("total", "severity")),
        count=Count("pk"),
        carried=Count("pk", filter=Q(origin=Rating.Origin.CARRIED)),
    )
    sums: dict[dt.date, tuple[Fraction, int, int]] = {}
    for day, readings, total, n, carried in rows:
        so_far = sums.get(day, (Fraction(0), 0, 0))
        exactly = Fraction(exact_sum(total)) / (readings or 1)
        sums[day] = so_far[0] + exactly, so_far[1] + n, so_far[2] + carried
    return {day: Burden(total / n, n, carried) for day, (total, n, carried) in sums.items()}


# -- one day ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SymptomOfDay:
    """One symptom with its rating of the day and of the day before; None is not rated."""

    symptom: Symptom
    rating: Rating | None
    before: Rating | None

    @property
    def severity(self) -> Decimal | None:
        """What was rated for the day itself, carried or not."""
        return self.rating.severity if self.rating and self.rating.origin != Rating.Origin.CHECK_INS else None

    @property
    def is_carried(self) -> bool:
        """Whether the day's rating was carried from the day before."""
        return bool(self.rating) and self.rating.origin == Rating.Origin.CARRIED

    @property
    def yesterday(self) -> Decimal | Fraction | None:
        """The value of the day before, wherever it comes from."""
        return self.before.value if self.before else None

    @property
    def builtin(self) -> catalogue.Symptom | None:
        """What the catalogue says of it, for a built-in one."""
        return catalogue.SYMPTOMS.get(self.symptom.builtin)

    @property
    def is_red_flag(self) -> bool:
        """The way to help stands beside it."""
        return bool(self.builtin) and self.builtin.red_flag

    @property
    def carry(self) -> Decimal | None:
        """What "same as yesterday" fills in: what was rated for the day before, never a red flag."""
        there = self.before and self.before.origin != Rating.Origin.CHECK_INS and not self.is_red_flag
        return self.before.severity if there else None


@dataclass(frozen=True)
class MeasureOfDay:
    """One measure with its value on the day and on the day before; None is not recorded."""

    tracked: TrackedMeasure
    value: Decimal | None
    yesterday: Decimal | Fraction | None
    carry: Decimal | None
    is_carried: bool = False


@dataclass(frozen=True)
class DoseOfDay:
    """One medication on the day: ``due`` mg (0: nothing to take), and what was recorded on it and the day before.

    ``plan`` is what the medication's steps mean on the day; None where nothing was due, but something was recorded.
    ``products`` as in ``DoseDue``.
    """

    medication: Medication
    plan: DoseDue | None
    taken: DoseTaken | None
    yesterday: DoseTaken | None
    products: tuple[Product, ...] = ()

    @property
    def due(self) -> Decimal:
        """Mg of tablets that are due."""
        return self.plan.mg_today if self.plan else Decimal(0)

    @property
    def how(self) -> str:
        """When to take what, where that is more than the amount."""
        return self.plan.how if self.plan else ""

    @property
    def taken_as(self) -> TakenAs | None:
        """In what an amount that was taken is told: as it was recorded, else as the step is; None: mg of tablets."""
        taken = self.taken
        if taken and taken.mg and taken.status == taken.Status.OTHER:
            return taken_as(taken.mg, taken.taken_mg, [product.plain() for product in self.products])
        return self.plan.taken_as if self.plan else None


@dataclass(frozen=True)
class Day:
    """Everything that is recorded, or could be, on one date. An entry that does not exist yet is a blank one.

    ``question`` is the open one that the note was flagged as, ``raised`` those that events were, by their kind.
    """

    owner: object
    date: dt.date
    entry: DailyEntry
    yesterday: DailyEntry
    measures: tuple[MeasureOfDay, ...]
    symptoms: tuple[SymptomOfDay, ...]
    doses: tuple[DoseOfDay, ...]
    due: tuple[DoseDue, ...]
    events: dict[str, LifeEvent]
    question: Question | None
    raised: dict[str, Question]

    @property
    def is_blank(self) -> bool:
        """Nothing was recorded for this date."""
        return self.entry.pk is None and not any(dose.taken for dose in self.doses)

    @property
    def explained(self) -> list[SymptomOfDay]:
        """The symptoms of which the catalogue says what they are, and who lists them."""
        return [found for found in self.symptoms if found.builtin]

    @property
    def off(self) -> list[DoseDue]:
        """Medications of which a pattern has none on this day, with nothing recorded either."""
        return [dose for dose in self.due if dose.is_off_day and not dose.taken]


def day_of(owner, day: dt.date, *, lock=False, asked: Iterable[str] = ()) -> Day:
    """The record of ``day``. Nine queries, a few less on the first days, one more for doses not taken mg for mg.

    ``lock`` (inside a transaction) holds the entry until the end of it, for what is about to be compared and written.
    ``asked`` has the names of fields that a page asked for, perhaps some time ago: what is theirs and was put away
    meanwhile is in the record all the same.
    """
    before = day - dt.timedelta(1)
    entries = DailyEntry.objects.of(owner).filter(date__in=(before, day))
    by_day = {entry.date: entry for entry in (entries.select_for_update() if lock else entries)}
    entry = by_day.get(day) or DailyEntry(owner=owner, date=day)
    yesterday = by_day.get(before) or DailyEntry(owner=owner, date=before)
    taken: dict[dt.date, dict[int, DoseTaken]] = {day: {}, before: {}}
    other = False
    for dose in doses_of(owner, before, day):
        taken[dose.date][dose.medication_id] = dose
        other = other or dose.taken_mg is not None
    products = products_by_medication(owner) if other else None
    due = due_on(owner, day, taken[day], products)
    names = set(asked)
    question, raised = questions_of_day(owner, entry) if entry.pk else (None, {})
    return Day(
        owner=owner,
        date=day,
        entry=entry,
        yesterday=yesterday,
        measures=tuple(_measures(owner, entry, yesterday, names)),
        symptoms=_symptoms(owner, entry, yesterday, names),
        doses=_doses(due, taken[day], taken[before], products or {}),
        due=tuple(due),
        events={event.kind: event for event in LifeEvent.objects.of(owner).filter(entry=entry)} if entry.pk else {},
        question=question,
        raised=raised,
    )


def entry_of(owner, day: dt.date) -> DailyEntry | None:
    """The entry of ``day`` with its ratings at hand; None where there is none. Two queries."""
    ratings = Prefetch("ratings", Rating.objects.of(owner).select_related("symptom").order_by("symptom__position"))
    return DailyEntry.objects.of(owner).filter(date=day).prefetch_related(ratings).first()


def doses_of(owner, first: dt.date, last: dt.date):
    """What was recorded of doses from ``first`` to ``last``, each with its medication, in the order of these."""
    doses = DoseTaken.objects.of(owner).filter(date__range=(first, last)).select_related("medication")
    return doses.order_by("medication__created", "medication__pk")


def _measures(owner, entry: DailyEntry, before: DailyEntry, names: set[str]) -> Iterator[MeasureOfDay]:
    """Those that are on, and those that are not but hold a value on this very day, or were asked for by name."""
    keys = [one.pk for one in (entry, before) if one.pk]
    found: dict[tuple[int, str], Measurement] = {}
    if keys:
        values = Measurement.objects.of(owner).filter(entry__in=keys).select_related("measure")
        found = {(value.entry_id, value.measure.slug): value for value in values}
    for tracked in measures_of(owner):
        if tracked.column:
            one = _of_column(tracked, entry, before)
        else:
            here, there = found.get((entry.pk, tracked.slug)), found.get((before.pk, tracked.slug))
            yesterday = there.value if there else None
            one = MeasureOfDay(tracked, here.value if here else None, yesterday, yesterday, bool(here) and here.carried)
        asked = {tracked.field, *NIGHT} if tracked.column == "sleep_hours" else {tracked.field}
        held = one.value is not None or (NIGHT & asked and any(getattr(entry, name) for name in NIGHT))
        if tracked.is_on or held or asked & names:
            yield one


NIGHT = {"bed_time", "wake_time"}
"""What belongs to the hours slept, and goes with them."""


def _of_column(tracked: TrackedMeasure, entry: DailyEntry, before: DailyEntry) -> MeasureOfDay:
    column = tracked.column
    own = getattr(before, column)
    mood = column == "mood"
    return MeasureOfDay(
        tracked,
        value=getattr(entry, column),
        yesterday=before.day_mood if mood else own,
        carry=own,
        is_carried=column in entry.carried_names,
    )


def _symptoms(owner, entry: DailyEntry, before: DailyEntry, names: set[str]) -> tuple[SymptomOfDay, ...]:
    """Those that are tracked, then those put away that were rated on this very day, or were asked for by name."""
    asked = [key for name in names if (key := key_in(name)) is not None]
    symptoms = (
        Symptom.objects.of(owner)
        .annotate(
            here=FilteredRelation("ratings", condition=Q(ratings__entry=entry.pk or 0)),
            there=FilteredRelation("ratings", condition=Q(ratings__entry=before.pk or 0)),
        )
        .filter(Q(tracked=True) | Q(here__isnull=False) | Q(pk__in=asked))
        .annotate(**{f"{when}_{name}": F(f"{when}__{name}") for when in ("here", "there") for name in _RATED})
        .order_by("-tracked", "position", "pk")
    )
    return tuple(SymptomOfDay(one, _rated(one, "here"), _rated(one, "there")) for one in symptoms)


_RATED = ("severity", "origin", "total", "readings")


def _rated(symptom: Symptom, when: str) -> Rating | None:
    """The rating whose columns were read beside the symptom's own, as ``here_severity`` and so on."""
    columns = {name: getattr(symptom, f"{when}_{name}") for name in _RATED}
    return None if columns["severity"] is None else Rating(symptom=symptom, **columns)


def _doses(
    due: list[DoseDue],
    today: dict[int, DoseTaken],
    yesterday: dict[int, DoseTaken],
    products: Mapping[int, Sequence[Product]],
) -> tuple[DoseOfDay, ...]:
    """Doses that are due, then those that were recorded although nothing was due."""
    planned = {dose.medication: dose for dose in due if dose.is_due}
    medications = dict.fromkeys([*planned, *(dose.medication for dose in today.values())])
    return tuple(
        DoseOfDay(
            medication=one,
            plan=planned.get(one),
            taken=today.get(one.pk),
            yesterday=yesterday.get(one.pk),
            products=planned[one].products if one in planned else tuple(products.get(one.pk, ())),
        )
        for one in medications
    )


# -- which day it is ----------------------------------------------------------------------------------------------


def still_up(now: dt.datetime | None = None) -> dt.date | None:
    """Yesterday, before 4 in the morning of the person's own clock; None later in the day."""
    here = timezone.localtime(now)
    return here.date() - dt.timedelta(1) if here.hour < STILL_UP_UNTIL else None
