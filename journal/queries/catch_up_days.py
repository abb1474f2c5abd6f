"""Several days filled at once: what is asked about each, and the writing of all of them or none."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects

from journal.catalogue.symptoms import SYMPTOMS
from journal.models import DoseTaken, Symptom
from journal.queries.catch_up import forget
from journal.queries.doses import DoseDue, dose_due, from_day, steps_in
from journal.queries.entries import Day, day_of, entry_days
from journal.queries.products import products_by_medication
from journal.queries.save_day import Dose, Record, save_day
from journal.queries.tracked import TrackedMeasure, measures_on

SYMPTOMS_ASKED = 3
MEASURES_ASKED = ("mood", "function", "sleep")
RED_FLAGS = [slug for slug, symptom in SYMPTOMS.items() if symptom.red_flag]


@dataclass(frozen=True)
class Asked:
    """What is asked about each of several days: what the person tracks of this, and the doses due on each day."""

    measures: tuple[TrackedMeasure, ...]
    symptoms: tuple[Symptom, ...]
    doses: Mapping[dt.date, tuple[DoseDue, ...]]


@dataclass(frozen=True)
class Said:
    """What was said about one day; nothing in here is blank. ``doses``: planned or missed, by medication."""

    fields: dict[str, Decimal | str]
    ratings: dict[int, Decimal]
    doses: dict[int, str]


def asked_about(owner, days: Collection[dt.date], also: Iterable[int] = ()) -> Asked:
    """What to ask about ``days``, however many: at most five queries.

    ``also``: symptoms, by key, that a page asked for which was made before they were put in another order.
    """
    measures = {measure.builtin.slug: measure for measure in measures_on(owner) if measure.builtin}
    symptoms = Symptom.objects.of(owner).filter(tracked=True).order_by("position", "pk")
    usual = symptoms.exclude(builtin__in=RED_FLAGS)[:SYMPTOMS_ASKED]
    also = list(also)
    if also:
        usual = symptoms.filter(Q(pk__in=[one.pk for one in usual]) | Q(pk__in=also))
    return Asked(
        measures=tuple(measures[slug] for slug in MEASURES_ASKED if slug in measures),
        symptoms=tuple(usual),
        doses=_due(owner, days),
    )


def _due(owner, days: Collection[dt.date]) -> dict[dt.date, tuple[DoseDue, ...]]:
    """The doses due on each of ``days``: two queries, three where one is not swallowed mg for mg."""
    if not days:
        return {}
    by_medication = steps_in(owner, dt.date.min, max(days))
    matter = [step for steps in by_medication.values() for step in from_day(steps, min(days))]
    prefetch_related_objects(matter, "parts")
    other = any(step.taken_mg is not None for step in matter)
    products = products_by_medication(owner) if other else {}
    found = {}
    for day in days:
        due = []
        for medication, steps in by_medication.items():
            up_to = [step for step in steps if step.starts_on <= day]
            if up_to:
                due.append(dose_due(up_to, day, None, products.get(medication.pk, ())))
        found[day] = tuple(dose for dose in due if dose.is_due)
    return found


def save_days(owner, filled: Mapping[dt.date, Said], forgotten: Collection[dt.date]) -> list[dt.date]:
    """Write what was said about each day, and which are not remembered, or nothing at all.

    To be called in a transaction, under ``one_at_a_time``. Returns the days that have another record by now: where
    there is one, nothing is written. A day that holds just what is said (the same page sent twice) is no such day.
    """
    loaded = {day: day_of(owner, day, lock=True) for day in filled}
    records = {day: _record(loaded[day], said) for day, said in filled.items()}
    taken = [day for day, found in loaded.items() if not found.is_blank and not _says(found, records[day])]
    if forgotten:
        taken += sorted(entry_days(owner, min(forgotten), max(forgotten)) & set(forgotten))
    if taken:
        return taken
    for day, record in records.items():
        save_day(loaded[day], record)
    if forgotten:
        forget(owner, forgotten)
    return []


def _record(day: Day, said: Said) -> Record:
    """The same for the writer of a day: a dose with the mg that were due."""
    doses = {}
    for dose in day.doses:
        status = said.doses.get(dose.medication.pk)
        if status == DoseTaken.Status.MISSED:
            doses[dose.medication.pk] = Dose(status, Decimal(0), None)
        elif status and dose.plan:
            doses[dose.medication.pk] = Dose(status, dose.plan.mg_today, None, dose.plan.taken_mg_today)
    return Record(fields=dict(said.fields), ratings=dict(said.ratings), doses=doses)


def _says(day: Day, record: Record) -> bool:
    """Whether all that ``record`` says stands in ``day`` already."""
    ratings = {found.symptom.pk: found.severity for found in day.symptoms}
    doses = {found.medication.pk: found.taken for found in day.doses if found.taken}
    return (
        all(getattr(day.entry, name) == value for name, value in record.fields.items())
        and all(ratings.get(pk) == value for pk, value in record.ratings.items())
        and all(pk in doses and (doses[pk].status, doses[pk].mg) == (d.status, d.mg) for pk, d in record.doses.items())
    )
