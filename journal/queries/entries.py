"""Days: which have a record, what one day holds, and the one place that writes it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, FilteredRelation, Prefetch, Q, Sum
from django.utils import timezone

from journal.catalogue.symptoms import SYMPTOMS
from journal.models import DailyEntry, DoseTaken, Medication, Product, Rating, Symptom
from journal.models.deleted import Deleted, delete_with_undo
from journal.queries.doses import DoseDue, due_on
from journal.queries.measures import PRIVATE_SYMPTOM
from journal.queries.products import products_by_medication
from journal.taper.taken import TakenAs, taken_as
from journal.taper.words import day_words

STILL_UP_UNTIL = 4
"""The hour up to which "today" may still mean yesterday to somebody who has not slept."""


# -- days of a period ---------------------------------------------------------------------------------------------


def entry_days(owner, first: dt.date, last: dt.date) -> set[dt.date]:
    """The days from ``first`` to ``last`` on which anything was recorded, a dose included. One query."""
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by()
    doses = DoseTaken.objects.of(owner).filter(date__range=(first, last)).order_by()
    return set(entries.values_list("date", flat=True).union(doses.values_list("date", flat=True)))


@dataclass(frozen=True)
class Burden:
    """The mean of a day's symptom ratings, and of how many."""

    mean: Decimal
    n: int


def burden(owner, first: dt.date, last: dt.date) -> dict[dt.date, Burden]:
    """The burden of each day, days without a rating absent. One query.

    Thoughts of suicide are no part of it: they are for help at once, not for an average.
    """
    days = (
        Rating.objects.of(owner)
        .filter(entry__date__range=(first, last))
        .exclude(symptom__builtin=PRIVATE_SYMPTOM)
        .order_by("entry__date")
        .values_list("entry__date")
        .annotate(Sum("severity"), Count("pk"))
    )
    # A sum of tenths: rounding what the database adds gives the exact sum back, and so the exact mean.
    return {day: Burden(round(total, 1) / n, n) for day, total, n in days}


# -- one day ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SymptomOfDay:
    """One symptom with its rating of the day and of the day before; None is not rated."""

    symptom: Symptom
    severity: Decimal | None
    yesterday: Decimal | None

    @property
    def is_red_flag(self) -> bool:
        """The way to help stands beside it."""
        return self.symptom.builtin in SYMPTOMS and SYMPTOMS[self.symptom.builtin].red_flag


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
    """Everything that is recorded, or could be, on one date. An entry that does not exist yet is a blank one."""

    owner: object
    date: dt.date
    entry: DailyEntry
    yesterday: DailyEntry
    symptoms: tuple[SymptomOfDay, ...]
    doses: tuple[DoseOfDay, ...]
    due: tuple[DoseDue, ...]

    @property
    def is_blank(self) -> bool:
        """Nothing was recorded for this date."""
        return self.entry.pk is None and not any(dose.taken for dose in self.doses)

    @property
    def off(self) -> list[DoseDue]:
        """Medications of which a pattern has none on this day, with nothing recorded either."""
        return [dose for dose in self.due if dose.is_off_day and not dose.taken]


@dataclass(frozen=True)
class Dose:
    """What the person says about one dose; ``mg`` and ``taken_mg`` as in ``DoseTaken``."""

    status: str
    mg: Decimal
    time: dt.time | None
    taken_mg: Decimal | None = None


@dataclass(frozen=True)
class Record:
    """What a form says about a day. What is not in here was not asked; None (or "") was asked and left blank."""

    fields: dict[str, Decimal | str | None]
    ratings: dict[int, Decimal | None]
    doses: dict[int, Dose | None]


def day_of(owner, day: dt.date, *, lock=False) -> Day:
    """The record of ``day``. Five queries, four without a medication, one more where a dose is not taken mg for mg.

    ``lock`` (inside a transaction) holds the entry until the end of it, for what is about to be compared and written.
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
    return Day(
        owner=owner,
        date=day,
        entry=entry,
        yesterday=yesterday,
        symptoms=_symptoms(owner, entry, yesterday),
        doses=_doses(due, taken[day], taken[before], products or {}),
        due=tuple(due),
    )


def entry_of(owner, day: dt.date) -> DailyEntry | None:
    """The entry of ``day`` with its ratings at hand; None where there is none. Two queries."""
    ratings = Prefetch("ratings", Rating.objects.of(owner).select_related("symptom").order_by("symptom__position"))
    return DailyEntry.objects.of(owner).filter(date=day).prefetch_related(ratings).first()


def doses_of(owner, first: dt.date, last: dt.date):
    """What was recorded of doses from ``first`` to ``last``, each with its medication, in the order of these."""
    doses = DoseTaken.objects.of(owner).filter(date__range=(first, last)).select_related("medication")
    return doses.order_by("medication__created", "medication__pk")


def _symptoms(owner, entry: DailyEntry, before: DailyEntry) -> tuple[SymptomOfDay, ...]:
    """Those that are tracked, then those put away that were rated on this very day: nothing recorded is hidden."""
    symptoms = (
        Symptom.objects.of(owner)
        .annotate(
            here=FilteredRelation("ratings", condition=Q(ratings__entry=entry.pk or 0)),
            there=FilteredRelation("ratings", condition=Q(ratings__entry=before.pk or 0)),
        )
        .filter(Q(tracked=True) | Q(here__isnull=False))
        .annotate(severity=F("here__severity"), yesterday=F("there__severity"))
        .order_by("-tracked", "position", "pk")
    )
    return tuple(SymptomOfDay(symptom, symptom.severity, symptom.yesterday) for symptom in symptoms)


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


# -- writing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Saved:
    """What became of a day: whether nothing stands there now, and the entry that went because it was emptied."""

    is_blank: bool
    deleted: Deleted | None = None


def save_day(day: Day, record: Record) -> Saved:
    """Write what differs from ``day``, which was loaded with a lock in the same transaction.

    An entry that holds nothing is no entry: none is made for a blank form, and one that was emptied is deleted, as it
    was before, with undo.
    """
    fields = {name: value for name, value in record.fields.items() if value != getattr(day.entry, name)}
    stored = {found.symptom.pk: found.severity for found in day.symptoms}
    ratings = {pk: severity for pk, severity in record.ratings.items() if severity != stored[pk]}
    doses = {pk: dose for pk, dose in record.doses.items() if dose != _as_dose(day, pk)}
    if not (fields or ratings or doses):
        return Saved(day.is_blank)
    entry = day.entry
    rated = any(severity is not None for severity in {**stored, **ratings}.values())
    if rated or any(fields.get(name, getattr(entry, name)) not in (None, "") for name in DailyEntry.HOLDS):
        _save_doses(day, doses)
        _save_entry(entry, fields)
        _save_ratings(entry, ratings)
        return Saved(is_blank=False)
    cleared = [dose.taken for dose in day.doses if dose.taken and doses.get(dose.medication.pk, dose.taken) is None]
    deleted = delete_entry(day.owner, entry, cleared) if entry.pk else None
    _save_doses(day, doses)
    left = {found.medication.pk: found.taken for found in day.doses} | doses
    return Saved(not any(left.values()), deleted)


def delete_entry(owner, entry: DailyEntry, doses: Iterable[DoseTaken]) -> Deleted | None:
    """Delete the entry of a day with its ratings, and ``doses`` of that day; it can be undone. None: it is gone."""
    label = f"Entry for {day_words(entry.date, timezone.localdate())}"
    return delete_with_undo(owner, entry, label, also=doses)


def _save_entry(entry: DailyEntry, fields) -> None:
    for name, value in fields.items():
        setattr(entry, name, value)
    names = [*fields, "updated"]
    if entry.pk:
        entry.save(update_fields=names)
    else:  # the same day, sent twice at once, is still one day
        DailyEntry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["owner", "date"], update_fields=names
        )


def _save_ratings(entry: DailyEntry, ratings: dict[int, Decimal | None]) -> None:
    cleared = [pk for pk, severity in ratings.items() if severity is None]
    if cleared:
        Rating.objects.of(entry.owner).filter(entry=entry, symptom__in=cleared).delete()
    Rating.objects.bulk_create(
        [Rating(entry=entry, symptom_id=pk, severity=value) for pk, value in ratings.items() if value is not None],
        update_conflicts=True,
        unique_fields=["entry", "symptom"],
        update_fields=["severity"],
    )


def _as_dose(day: Day, medication: int) -> Dose | None:
    taken = next(found.taken for found in day.doses if found.medication.pk == medication)
    return Dose(taken.status, taken.mg, taken.time, taken.taken_mg) if taken else None


def _save_doses(day: Day, doses: dict[int, Dose | None]) -> None:
    cleared = [pk for pk, dose in doses.items() if dose is None]
    if cleared:
        DoseTaken.objects.of(day.owner).filter(date=day.date, medication__in=cleared).delete()
    record_doses(day.date, {pk: dose for pk, dose in doses.items() if dose is not None})


def record_doses(date: dt.date, doses: dict[int, Dose]) -> None:
    """Write what was taken on ``date``, by the key of a medication whose owner was checked. One query."""
    DoseTaken.objects.bulk_create(
        [
            DoseTaken(
                medication_id=pk, date=date, status=dose.status, mg=dose.mg, taken_mg=dose.taken_mg, time=dose.time
            )
            for pk, dose in doses.items()
        ],
        update_conflicts=True,
        unique_fields=["medication", "date"],
        update_fields=["status", "mg", "taken_mg", "time"],
    )


# -- which day it is ----------------------------------------------------------------------------------------------


def still_up(now: dt.datetime | None = None) -> dt.date | None:
    """Yesterday, before 4 in the morning of the person's own clock; None later in the day."""
    here = timezone.localtime(now)
    return here.date() - dt.timedelta(1) if here.hour < STILL_UP_UNTIL else None
