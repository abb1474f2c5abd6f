"""The demo person's days into the database."""

from dataclasses import replace
from decimal import Decimal

from journal.catalogue.symptoms import SYMPTOMS as CATALOGUE
from journal.demo.days import SYMPTOMS
from journal.demo.more import MEASURES, WEIGHT
from journal.demo.person import DemoPerson
from journal.demo.record import DemoDay
from journal.models import (
    CheckIn,
    DailyEntry,
    DoseTaken,
    LifeEvent,
    Measure,
    Measurement,
    Medication,
    Rating,
    Reading,
    Symptom,
)
from journal.models.derived import refresh_days
from journal.queries.later import on_its_day
from journal.queries.symptoms import track
from journal.queries.tracked import add_measure, measures_of, rows_for

KINDS = {
    "anxiety": Symptom.Kind.KNOWN,
    "low-mood": Symptom.Kind.KNOWN,
    "insomnia": Symptom.Kind.KNOWN,
    "brain-zaps": Symptom.Kind.NEW,
    "dizziness": Symptom.Kind.NEW,
    "nausea": Symptom.Kind.SIDE_EFFECT,
}
"""What the person says of a symptom; the others they left open."""

DAYS_AT_ONCE = 500


def write_days(owner, person: DemoPerson, medications: list[Medication]) -> None:
    """Every day of ``person`` with all that it holds. Doses go by the medication's place in ``medications``."""
    symptoms = _symptoms(owner)
    made = DailyEntry.objects.bulk_create(_entry(owner, day) for day in person.days)
    entries = list(zip(made, person.days, strict=True))
    Rating.objects.bulk_create(
        Rating(
            entry=entry,
            symptom=symptoms[slug],
            severity=severity,
            origin=Rating.Origin.CARRIED if slug in day.carried_ratings else Rating.Origin.OWN,
        )
        for entry, day in entries
        for slug, severity in day.ratings.items()
    )
    DoseTaken.objects.bulk_create(
        DoseTaken(
            medication=medications[dose.medication], date=day.date, status=dose.status, mg=dose.mg, time=dose.time
        )
        for day in person.days
        for dose in day.doses
    )
    LifeEvent.objects.bulk_create(
        LifeEvent(entry=entry, kind=kind, text=text) for entry, day in entries for kind, text in day.events.items()
    )
    measures = _measures(owner)
    Measurement.objects.bulk_create(
        Measurement(entry=entry, measure=measures[slug], value=value)
        for entry, day in entries
        for slug, value in day.measures.items()
    )
    _write_check_ins(owner, entries, symptoms)


def _entry(owner, day: DemoDay) -> DailyEntry:
    return DailyEntry(
        owner=owner,
        date=day.date,
        mood=day.mood,
        energy=day.energy,
        sleep_hours=day.sleep_hours,
        bed_time=day.bed_time,
        wake_time=day.wake_time,
        sleep_quality=day.sleep_quality,
        function=day.function,
        notes=day.notes,
        carried=f" {' '.join(day.carried)} " if day.carried else "",
        **on_its_day(day.date),
    )


def _symptoms(owner) -> dict[str, Symptom]:
    symptoms = dict(zip(SYMPTOMS, track(owner, [CATALOGUE[slug].name for slug in SYMPTOMS]), strict=True))
    for slug, kind in KINDS.items():
        symptoms[slug].kind = kind
    Symptom.objects.bulk_update(symptoms.values(), ["kind"])
    return symptoms


def _measures(owner) -> dict[str, Measure]:
    """The built-in ones switched on, and the person's own: their weight."""
    wanted = [measure for measure in measures_of(owner) if measure.slug in MEASURES]
    rows = rows_for(owner, [replace(measure, state=Measure.State.ON) for measure in wanted])
    weight = add_measure(
        owner, "Weight", kind=Measure.Kind.AMOUNT, unit="kg", low=Decimal(30), high=Decimal(250), better=""
    )
    return {**rows, WEIGHT: weight}


def _write_check_ins(owner, entries: list[tuple[DailyEntry, DemoDay]], symptoms: dict[str, Symptom]) -> None:
    checked = [(entry, made) for entry, day in entries for made in day.check_ins]
    rows = CheckIn.objects.bulk_create(
        CheckIn(entry=entry, time=made.time, mood=made.mood, note=made.note) for entry, made in checked
    )
    Reading.objects.bulk_create(
        Reading(check_in=row, symptom=symptoms[slug], severity=severity)
        for row, (_, made) in zip(rows, checked, strict=True)
        for slug, severity in made.ratings.items()
    )
    days = list(dict.fromkeys(entry.pk for entry, _ in checked))
    for start in range(0, len(days), DAYS_AT_ONCE):
        refresh_days(owner, days[start : start + DAYS_AT_ONCE])
