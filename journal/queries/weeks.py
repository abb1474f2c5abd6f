"""Calendar weeks of daily values, counted by the database: what ten years cost is so many weeks, not so many days."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.db.models import BigIntegerField, Case, Count, F, Func, IntegerField, Max, Min, Q, Sum, When
from django.db.models.functions import Coalesce

from journal.analysis.series import Span, Week, week_of
from journal.models import DailyEntry, Measurement, Rating
from journal.queries.measures import ENTRY_MEASURES, DailyMeasure
from journal.queries.raw import raw_rows


class WeekNumber(Func):
    """The number of the week, from Monday, of a date: weeks since that of 1 January of the year 1, a Monday."""

    output_field = IntegerField()
    arity = 1

    def as_sqlite(self, compiler, connection, **context):
        days = "CAST(julianday(%(expressions)s) - 1721425.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=f"({days} / 7)")

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="((%(expressions)s - DATE '0001-01-01') / 7)")


class Thousandths(Func):
    """A number in whole thousandths: exact on both databases, and read without a conversion."""

    output_field = BigIntegerField()
    arity = 1
    template = "CAST(ROUND((%(expressions)s) * 1000) AS BIGINT)"


def weekly_of(owner, first: dt.date, last: dt.date, measures: Iterable[DailyMeasure]) -> dict[str, tuple[Week, ...]]:
    """Per measure its weeks with a value from ``first`` to ``last``, as `calendar_weeks` makes them of `daily_of`.

    Of fields of the entry, symptoms and measures; not of burden. At most three queries, each with a row for a week (and
    for each number of check-ins that a day is the mean of). Exact: everything is kept to a thousandth at most.
    """
    measures = list(measures)
    found = {measure.key: _Found(Span(first, last)) for measure in measures}
    fields = [measure.key for measure in measures if measure in ENTRY_MEASURES]
    if fields:
        places = [DailyEntry._meta.get_field(name).decimal_places for name in fields]
        for week, of, *columns in raw_rows(_of_entries(owner, first, last, fields)):
            for place, name in enumerate(fields):
                one = columns[WIDTH * place : WIDTH * (place + 1)]
                found[name].add(week, of if name == "mood" else 0, places[place], *one)
    by_symptom = {measure.symptom: measure.key for measure in measures if measure.symptom is not None}
    if by_symptom:
        ratings = Rating.objects.of(owner).filter(entry__date__range=(first, last), symptom__in=by_symptom).order_by()
        ratings = ratings.annotate(week=WeekNumber("entry__date")).values("week", "symptom_id", "readings")
        value, carried = Coalesce("total", "severity"), Q(origin=Rating.Origin.CARRIED)
        columns = _columns("", value, carried)
        ratings = ratings.annotate(**columns).values_list("week", "symptom_id", "readings", *columns)
        for week, symptom, of, *one in raw_rows(ratings):
            found[by_symptom[symptom]].add(week, of, 1, *one)
    by_measure = {measure.measure: measure.key for measure in measures if measure.measure is not None}
    if by_measure:
        values = Measurement.objects.of(owner).filter(entry__date__range=(first, last), measure__in=by_measure)
        values = values.order_by().annotate(week=WeekNumber("entry__date")).values("week", "measure_id")
        columns = _columns("", F("value"), Q(carried=True))
        for week, measure, *one in raw_rows(values.annotate(**columns).values_list("week", "measure_id", *columns)):
            found[by_measure[measure]].add(week, 0, 3, *one)
    return {key: of_one.in_order() for key, of_one in found.items()}


def _of_entries(owner, first: dt.date, last: dt.date, fields: list[str]):
    """A row for each week and each number of check-ins ("of"; 0: rated for the day) that a day's mood is made of."""
    timed = Q(mood__isnull=True, timed_moods__gt=0)
    entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by()
    entries = entries.annotate(week=WeekNumber("date"), of=Case(When(timed, then=F("timed_moods")), default=0))
    columns = {}
    for name in fields:
        value = Case(When(timed, then=F("timed_mood")), default=F("mood")) if name == "mood" else F(name)
        columns |= _columns(f"_{name}", value, Q(carried__contains=f" {name} "))
    return entries.values("week", "of").annotate(**columns).values_list("week", "of", *columns)


WIDTH = 5


def _columns(name: str, value, carried: Q) -> dict:
    """What the database counts of one measure in each week: ``WIDTH`` columns."""
    return {
        f"n{name}": Count(value),
        f"carried{name}": Count(value, filter=carried),
        f"sum{name}": Thousandths(Sum(value)),
        f"low{name}": Thousandths(Min(value)),
        f"high{name}": Thousandths(Max(value)),
    }


class _Found:
    """Adds up the rows of one measure exactly, and makes weeks of them."""

    def __init__(self, period: Span):
        self.period = period
        self.weeks: dict[int, tuple] = {}

    def add(self, week: int, of: int, places: int, n: int, carried: int, total, low, high) -> None:
        """Add a row whose values are sums of ``of`` check-ins each; 0: values of their own, with so many decimals."""
        if not n:
            return
        total = Fraction(total, of) if of > 1 else total
        low, high = decimal_of(low, of, places), decimal_of(high, of, places)
        if week in self.weeks:
            total_, low_, high_, n_, carried_ = self.weeks[week]
            self.weeks[week] = total + total_, min(low_, low), max(high_, high), n + n_, carried + carried_
        else:
            self.weeks[week] = total, low, high, n, carried

    def in_order(self) -> tuple[Week, ...]:
        return tuple(
            week_of(number, self.period, Fraction(total, 1000 * n), low, high, n, carried)
            for number, (total, low, high, n, carried) in sorted(self.weeks.items())
        )


@lru_cache(maxsize=4096)  # ratings have a hundred values
def decimal_of(thousandths: int, of: int, places: int) -> Decimal:
    """The mean of ``of`` check-ins whose sum is given; ``of`` 0: the value itself, with its decimals."""
    if of:
        mean = Fraction(thousandths, 1000 * of)
        return Decimal(mean.numerator) / mean.denominator
    return round(Decimal(thousandths).scaleb(-3), places)
