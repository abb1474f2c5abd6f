"""Days with and without a factor, and what was rated on them: seven queries at most, whatever the number of days."""

import datetime as dt

from django.db.models import Count, Q

from journal.analysis.comparison import SHORT_NIGHT, day_after
from journal.charts.comparing import ComparisonsData
from journal.models import DailyEntry, DoseTaken, Measurement, Practice
from journal.queries.measures import DailyMeasure, daily_of
from journal.queries.period import Period

ALCOHOL, EXERCISE = "alcohol", "exercise"


def comparisons(owner, period: Period, measure: DailyMeasure) -> ComparisonsData:
    """What is needed to compare the days of ``period`` by each factor. What held the day before may lie before it."""
    values = daily_of(owner, period.first, period.last, [measure])[measure.key].values
    sides = factor_sides(owner, period.first, period.last)
    return ComparisonsData(period.first, period.last, measure.name, measure.better, values, sides)


def factor_sides(owner, first: dt.date, last: dt.date) -> dict[str, dict[dt.date, bool]]:
    """By factor (``analysis.comparison.FACTORS``) and day whether it held; absent where not known. Four queries.

    A short night is known from hours slept, alcohol and exercise from the day's own amount, 0 included, a missed dose
    from what was recorded of any medication. A day without a practice is one with an entry and no practice.
    """
    before = first - dt.timedelta(1)
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by("date")
    nights = dict(entries.values_list("date", "sleep_hours"))
    practices = Practice.objects.of(owner).filter(date__range=(first, last)).order_by()
    practised = set(practices.values_list("date", flat=True).distinct())
    amounts: dict[str, dict[dt.date, bool]] = {ALCOHOL: {}, EXERCISE: {}}
    rows = Measurement.objects.of(owner).filter(measure__builtin__in=amounts, entry__date__range=(before, last))
    for builtin, day, value in rows.order_by("entry__date").values_list("measure__builtin", "entry__date", "value"):
        amounts[builtin][day] = value > 0
    return {
        "missed": day_after(_missed(owner, before, last)),
        "alcohol": _within(day_after(amounts[ALCOHOL]), first, last),
        "sleep": {day: hours < SHORT_NIGHT for day, hours in nights.items() if hours is not None},
        "practice": {day: day in practised for day in sorted(practised | nights.keys())},
        "exercise": _within(amounts[EXERCISE], first, last),
    }


def _missed(owner, first: dt.date, last: dt.date) -> dict[dt.date, bool]:
    """By day with a dose recorded whether one was missed. The days before ``last`` only: it is about the day after."""
    doses = DoseTaken.objects.of(owner).filter(date__gte=first, date__lt=last).order_by("date").values("date")
    counted = doses.annotate(missed=Count("pk", filter=Q(status=DoseTaken.Status.MISSED)))
    return {day: missed > 0 for day, missed in counted.values_list("date", "missed")}


def _within(days: dict[dt.date, bool], first: dt.date, last: dt.date) -> dict[dt.date, bool]:
    return {day: held for day, held in days.items() if first <= day <= last}
