"""Calendar weeks of daily values, counted by the database: what ten years cost is so many weeks, not so many days."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, Count, F, Func, IntegerField, Max, Min, Q, Sum, When
from django.db.models.functions import Coalesce

from journal.analysis.numbers import exact_sum
from journal.analysis.series import Span, Week, week_of
from journal.models import DailyEntry, Measurement, Rating
from journal.queries.measures import DailyMeasure


class WeekNumber(Func):
    """The number of the week, from Monday, of a date: weeks since that of 1 January of the year 1, a Monday."""

    output_field = IntegerField()
    arity = 1

    def as_sqlite(self, compiler, connection, **context):
        days = "CAST(julianday(%(expressions)s) - 1721425.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=f"({days} / 7)")

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="((%(expressions)s - DATE '0001-01-01') / 7)")


def weekly_of(owner, first: dt.date, last: dt.date, measures: Iterable[DailyMeasure]) -> dict[str, list[Week]]:
    """Per measure its weeks with a value from ``first`` to ``last``, as `calendar_weeks` makes them of `daily_of`.

    At most three queries, each with a row for a week (and for each number of check-ins that a day is the mean of).
    Exact, as `means` is.
    """
    measures = list(measures)
    weeks = _Weeks(Span(first, last), [measure.key for measure in measures])
    fields = [measure.key for measure in measures if measure.symptom is None and measure.measure is None]
    if fields:
        for row in _of_entries(owner, first, last, fields):
            for name in fields:
                places = DailyEntry._meta.get_field(name).decimal_places
                weeks.add(name, row, f"_{name}", row["of"] if name == "mood" else 0, places)
    by_symptom = {measure.symptom: measure.key for measure in measures if measure.symptom is not None}
    if by_symptom:
        ratings = Rating.objects.of(owner).filter(entry__date__range=(first, last), symptom__in=by_symptom).order_by()
        ratings = ratings.annotate(week=WeekNumber("entry__date")).values("week", "symptom_id", "readings")
        columns = _columns("", Coalesce("total", "severity"), Q(origin=Rating.Origin.CARRIED))
        for row in ratings.annotate(**columns):
            weeks.add(by_symptom[row["symptom_id"]], row, "", row["readings"], 1)
    by_measure = {measure.measure: measure.key for measure in measures if measure.measure is not None}
    if by_measure:
        values = Measurement.objects.of(owner).filter(entry__date__range=(first, last), measure__in=by_measure)
        values = values.order_by().annotate(week=WeekNumber("entry__date")).values("week", "measure_id")
        for row in values.annotate(**_columns("", F("value"), Q(carried=True))):
            weeks.add(by_measure[row["measure_id"]], row, "", 0, 3)
    return weeks.found()


def _of_entries(owner, first: dt.date, last: dt.date, fields: list[str]):
    """A row for each week and each number of check-ins ("of"; 0: rated for the day) that a day's mood is made of."""
    timed = Q(mood__isnull=True, timed_moods__gt=0)
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by()
    entries = entries.annotate(week=WeekNumber("date"), of=Case(When(timed, then=F("timed_moods")), default=0))
    columns = {}
    for name in fields:
        value = Case(When(timed, then=F("timed_mood")), default=F("mood")) if name == "mood" else F(name)
        columns |= _columns(f"_{name}", value, Q(carried__contains=f" {name} "))
    return entries.values("week", "of").annotate(**columns)


def _columns(name: str, value, carried: Q) -> dict:
    return {
        f"sum{name}": Sum(value),
        f"n{name}": Count(value),
        f"low{name}": Min(value),
        f"high{name}": Max(value),
        f"carried{name}": Count(value, filter=carried),
    }


class _Weeks:
    """Adds up rows of ``_columns`` exactly, and makes weeks of them."""

    def __init__(self, period: Span, keys: Iterable[str]):
        self.period = period
        self.by_key: dict[str, dict[int, tuple]] = {key: {} for key in keys}

    def add(self, key: str, row: dict, name: str, of: int, places: int) -> None:
        """Add a row whose values are sums of ``of`` check-ins each; 0: values of their own, with so many decimals."""
        if not (n := row[f"n{name}"]):
            return
        total, low, high = (exact_sum(row[f"{what}{name}"], places) for what in ("sum", "low", "high"))
        total = Fraction(total)
        if of:
            total, low, high = total / of, _mean(low, of), _mean(high, of)
        weeks = self.by_key[key]
        if row["week"] in weeks:
            total_, low_, high_, n_, carried_ = weeks[row["week"]]
            total, low, high, n = total + total_, min(low_, low), max(high_, high), n + n_
            weeks[row["week"]] = total, low, high, n, row[f"carried{name}"] + carried_
        else:
            weeks[row["week"]] = total, low, high, n, row[f"carried{name}"]

    def found(self) -> dict[str, list[Week]]:
        return {
            key: [
                week_of(number, self.period, total / n, low, high, n, carried)
                for number, (total, low, high, n, carried) in sorted(weeks.items())
            ]
            for key, weeks in self.by_key.items()
        }


def _mean(total: Decimal, of: int) -> Decimal:
    mean = Fraction(total) / of
    return Decimal(mean.numerator) / mean.denominator
