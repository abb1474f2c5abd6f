"""Readings that have a time, over the day and between doses, in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import ExtractHour

from journal.analysis.numbers import exact_sum
from journal.analysis.times import ENOUGH, Doses, TimedMean, by_hours_since, by_part
from journal.models import CheckIn, DoseStep, DoseTaken, Medication, Reading
from journal.queries.doses import pattern_of
from journal.queries.measures import MOOD, DailyMeasure, symptom_measures
from journal.queries.period import Period
from journal.taper.history import parts_on


@dataclass(frozen=True)
class TimesRow:
    """One measure and its mean in each column; None where there is no reading."""

    measure: DailyMeasure
    means: tuple[TimedMean | None, ...]

    @property
    def n(self) -> int:
        """How many readings stand behind the row."""
        return sum(mean.n for mean in self.means if mean)


@dataclass(frozen=True)
class BetweenDoses:
    """What was read how long after the last dose of one medication."""

    medication: Medication
    rows: tuple[TimesRow, ...]


def times_of_day(owner, period: Period) -> list[TimesRow]:
    """Mood and each symptom that was read in a check-in, by part of the day. Three queries.

    The database adds by the hour, at most 24 sums a symptom.
    """
    check_ins = CheckIn.objects.of(owner).filter(entry__date__range=(period.first, period.last), mood__isnull=False)
    moods = check_ins.order_by().annotate(hour=ExtractHour("time")).values_list("hour")
    hours: dict[int | None, list[tuple]] = {None: list(moods.annotate(Sum("mood"), Count("pk")))}
    readings = Reading.objects.of(owner).filter(check_in__entry__date__range=(period.first, period.last))
    of_symptoms = readings.order_by().annotate(hour=ExtractHour("check_in__time")).values_list("symptom", "hour")
    for symptom, *of_hour in of_symptoms.annotate(Sum("severity"), Count("pk")):
        hours.setdefault(symptom, []).append(tuple(of_hour))
    rows = [TimesRow(one, by_part(_exact(hours.get(one.symptom, ())))) for one in (MOOD, *symptom_measures(owner))]
    return [row for row in rows if row.n]


def _exact(hours: Iterable[tuple]) -> list[tuple[int, Decimal, int]]:
    """Sums of tenths, as the database adds them, exact again."""
    return [(hour, exact_sum(total), n) for hour, total, n in hours]


def between_doses(owner, period: Period) -> list[BetweenDoses]:
    """The same by the hours since the last dose, for medications with enough of them. One query without such doses.

    A medication that is taken several times a day is left out for as long as it is: one time a day is known of it.
    """
    before = period.first - dt.timedelta(1)
    doses: dict[int, list[DoseTaken]] = {}
    for dose in DoseTaken.objects.of(owner).filter(date__range=(before, period.last)).order_by("date"):
        doses.setdefault(dose.medication_id, []).append(dose)
    timed = {key: rows for key, rows in doses.items() if any(row.time and row.mg for row in rows)}
    if not timed:
        return []
    measures = (MOOD, *symptom_measures(owner))
    values = _values(owner, period)
    split = _split_days(owner, timed)
    found = []
    for medication in Medication.objects.of(owner).filter(pk__in=timed).order_by("created", "pk"):
        rows = [row for row in timed[medication.pk] if row.date not in split.get(medication.pk, ())]
        known = Doses(
            {row.date: row.time for row in rows if row.time and row.mg}, {row.date for row in rows if not row.mg}
        )
        since = {at: known.since(at) for at in {at for of_one in values.values() for at, _ in of_one}}
        table = [
            TimesRow(
                one,
                by_hours_since(
                    (since[at], value) for at, value in values.get(one.symptom, ()) if since[at] is not None
                ),
            )
            for one in measures
        ]
        shown = tuple(row for row in table if row.n >= ENOUGH)
        if shown:
            found.append(BetweenDoses(medication, shown))
    return found


def _values(owner, period: Period) -> dict[int | None, list[tuple[dt.datetime, Decimal]]]:
    """Every reading of the period with its time, by the key of its symptom, moods under None. Two queries."""
    found: dict[int | None, list[tuple[dt.datetime, Decimal]]] = {}
    check_ins = CheckIn.objects.of(owner).filter(entry__date__range=(period.first, period.last), mood__isnull=False)
    for day, time, mood in check_ins.order_by().values_list("entry__date", "time", "mood"):
        found.setdefault(None, []).append((dt.datetime.combine(day, time), mood))
    readings = Reading.objects.of(owner).filter(check_in__entry__date__range=(period.first, period.last)).order_by()
    for symptom, day, time, severity in readings.values_list(
        "symptom", "check_in__entry__date", "check_in__time", "severity"
    ):
        found.setdefault(symptom, []).append((dt.datetime.combine(day, time), severity))
    return found


def _split_days(owner, timed: dict[int, list[DoseTaken]]) -> dict[int, set[dt.date]]:
    """The days of each medication on which its dose was meant to be taken in several parts. Two queries."""
    steps = DoseStep.objects.of(owner).filter(medication__in=timed).prefetch_related("parts").order_by("starts_on")
    patterns: dict[int, list] = {}
    for step in steps:
        patterns.setdefault(step.medication_id, []).append(pattern_of(step))
    found: dict[int, set[dt.date]] = {}
    for key, rows in timed.items():
        for row in rows:
            in_force = [pattern for pattern in patterns.get(key, ()) if pattern.starts_on <= row.date]
            if in_force and len(parts_on(in_force[-1], row.date)) > 1:
                found.setdefault(key, set()).add(row.date)
    return found
