"""Small and large records for the tests of the summary's facts."""

import datetime as dt
from decimal import Decimal

from journal.catalogue.summary import Length, Reader
from journal.models import DailyEntry, DoseStep, DoseTaken, Rating
from journal.queries.period import Period
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.model import Summary
from tests.conftest import TODAY, make_medication, make_symptom

EVERYTHING = Period(TODAY - dt.timedelta(400), TODAY)


def ago(days: int) -> dt.date:
    """So many days before today."""
    return TODAY - dt.timedelta(days)


def last_days(days: int) -> Period:
    """The last so many days, today included."""
    return Period(ago(days - 1), TODAY)


def summary_of(owner, period: Period = EVERYTHING, made_on: dt.date = TODAY, **chosen) -> Summary:
    """The summary as chosen: for a prescriber, and brief, unless told otherwise."""
    return build(owner, period, Choices(**chosen), made_on)


def rate(owner, symptom, first: int, values, **fields) -> None:
    """One value a day from ``first`` days ago on; None is not rated. ``fields`` are those of the entry."""
    for number, value in enumerate(values):
        entry, _ = DailyEntry.objects.get_or_create(owner=owner, date=ago(first - number), defaults=fields)
        if value is not None:
            Rating.objects.create(entry=entry, symptom=symptom, severity=Decimal(str(value)))


def large(owner, days: int, medications: int = 1, steps: int = 3, symptoms: int = 3) -> None:
    """So many days up to yesterday, each rated; of each medication so many dose steps, the days between them alike."""
    first = TODAY - dt.timedelta(days)
    dates = [first + dt.timedelta(number) for number in range(days)]
    tracked = [make_symptom(owner, f"Symptom {n}", builtin="", position=n) for n in range(symptoms)]
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=owner, date=date, mood=5 + n % 3, sleep_hours=4 + n % 4) for n, date in enumerate(dates)
    )
    Rating.objects.bulk_create(
        Rating(entry=entry, symptom=symptom, severity=(n * (place + 3)) % 8)
        for n, entry in enumerate(entries)
        for place, symptom in enumerate(tracked)
    )
    for number in range(medications):
        medication = make_medication(owner, f"Medicine {number}")
        apart = max(1, (days - 2) // steps)
        DoseStep.objects.bulk_create(
            DoseStep(
                medication=medication,
                starts_on=first + dt.timedelta(1 + apart * place + number % apart),
                mg=Decimal(steps - place),
                kind="reduction" if place else "start",
            )
            for place in range(steps)
        )
        DoseTaken.objects.bulk_create(
            DoseTaken(medication=medication, date=date, status="planned", mg=1) for date in dates[::3]
        )


READERS = tuple(Reader)
LENGTHS = tuple(Length)
