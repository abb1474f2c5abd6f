"""A daily series and what may be drawn through it.

A series is `Mapping[date, Decimal | int | float | None]`: a day that is absent or None is missing.
Missing is never nought and never bridged; a mean never looks across a dose change. Periods are
inclusive at both ends.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from .numbers import exact

REACH = 3  # the running mean looks at d-3 .. d+3
LEAST = 3  # and needs this many values, as does a weekly bar
SHORT_HOLD = 5  # a dose held for fewer days joins its neighbour
LONG_GAP = 3  # as many missing days in a row break a line and are marked
LONG_PERIOD = 400  # more days than this are shown as weeks
SPARSE = (3, 4)  # values on fewer than 3 of 4 days: weekly bars, no running mean

Series = Mapping[date, Decimal | int | float | None]
Point = tuple[date, Decimal]


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Week:
    """The values of one stretch of up to seven days. `mean`, `low`, `high` on the series' scale.

    `carried`: how many of the `n` were taken over from the day before, where that is known.
    """

    first: date
    last: date
    mean: Decimal | Fraction
    low: Decimal
    high: Decimal
    n: int
    carried: int = 0


class _Recorded(dict):
    """What `recorded` gave for a period: nothing more is to be done to it for the same one."""

    period: Span | None = None


def recorded(values: Series, period: Span) -> dict[date, Decimal]:
    """The values inside the period, in order of days, without the missing ones."""
    if type(values) is _Recorded and values.period == period:
        return values
    if period.days < len(values):
        days = (period.first + timedelta(n) for n in range(period.days))
        inside = [(day, values[day]) for day in days if values.get(day) is not None]
    else:
        first, last = period.first, period.last
        inside = [(d, v) for d, v in values.items() if v is not None and first <= d <= last]
        inside.sort(key=lambda item: item[0])
    found = _Recorded(
        (day, value if type(value) is Decimal else _decimal(value))
        for day, value in inside
        if value == value  # not a number is missing, too
    )
    found.period = period
    return found


def _decimal(value) -> Decimal:
    value = exact(value)
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / value.denominator


def missing_runs(have: Collection[date], period: Span) -> list[Span]:
    """Every run of days of the period that are not in `have`, earliest first."""
    inside = sorted({day.toordinal() for day in have if period.first <= day <= period.last})
    edges = [period.first.toordinal() - 1, *inside, period.last.toordinal() + 1]
    return [
        Span(date.fromordinal(before + 1), date.fromordinal(after - 1))
        for before, after in pairwise(edges)
        if after - before > 1
    ]


def dose_spells(change_days: Iterable[date], period: Span) -> list[Span]:
    """The period cut at each dose change, as far as a line breaks there.

    `change_days` are the days on which another dose began, the ones before the period included:
    they say how long the first dose shown had been held. A dose held for fewer than 5 days joins
    the one before it (the first one joins the one after). The dose of the last day is still being
    held and the one before the first known change began at some unknown time: neither is short.
    """
    changes = sorted(set(change_days))
    inside = [day for day in changes if period.first < day <= period.last]
    if not inside:
        return [period]
    earlier = [day for day in changes if day <= period.first]
    first_is_short = bool(earlier) and (inside[0] - earlier[-1]).days < SHORT_HOLD
    starts = [period.first]
    for position, day in enumerate(inside):
        is_last = position == len(inside) - 1
        held = None if is_last else (inside[position + 1] - day).days
        joins_before = held is not None and held < SHORT_HOLD
        if not joins_before and not (position == 0 and first_is_short):
            starts.append(day)
    ends = [start - timedelta(1) for start in starts[1:]] + [period.last]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def first_and_latest(spells: list[Span]) -> list[Span]:
    """The spells of a narrow plot (under 300 px): cut only at the first and the latest change."""
    if len(spells) <= 3:
        return spells
    return [spells[0], Span(spells[1].first, spells[-2].last), spells[-1]]


def running_mean(values: Series, period: Span, spells: list[Span]) -> list[list[Point]]:
    """Stretches of (day, mean of the days d-3 .. d+3 on the same spell), 3 values at least.

    A stretch ends with its spell and at a run of 3 or more missing days; one or two missing days
    inside it are passed over. It begins and ends on a day with a value. The mean is exact
    wherever a tie could be (a Decimal quotient that ends).
    """
    points = recorded(values, period)
    origin = period.first.toordinal()
    days = [date.fromordinal(origin + number) for number in range(period.days)]
    silent = bytearray(period.days + 1)
    for run in missing_runs(points, period):
        if run.days >= LONG_GAP:
            start = run.first.toordinal() - origin
            silent[start : start + run.days] = b"\1" * run.days
    total, count = Decimal(0), 0
    totals, counts = [total], [count]  # running sums: any window is one subtraction
    for day in days:
        value = points.get(day)
        if value is not None:
            total += value
            count += 1
        totals.append(total)
        counts.append(count)
    stretches: list[list[Point]] = []
    for spell in spells:
        first, last = spell.first.toordinal() - origin, spell.last.toordinal() - origin
        open_stretch: list[Point] = []
        kept = 0  # length of the open stretch up to its last day with a value
        for day in range(first, last + 2):
            low, high = max(first, day - REACH), min(last, day + REACH) + 1
            enough = day <= last and counts[high] - counts[low] >= LEAST
            if not enough or silent[day]:
                if kept:
                    stretches.append(open_stretch[:kept])
                open_stretch, kept = [], 0
                continue
            has_value = counts[day + 1] > counts[day]
            if open_stretch or has_value:
                mean = (totals[high] - totals[low]) / (counts[high] - counts[low])
                open_stretch.append((days[day], mean))
                kept = len(open_stretch) if has_value else kept
    return stretches


def is_sparse(values: Series, period: Span) -> bool:
    """Whether there are values on fewer than 3 of 4 days between its first and last value."""
    points = recorded(values, period)
    if len(points) < 2:
        return False
    days = list(points)
    part, whole = SPARSE
    return len(points) * whole < part * Span(days[0], days[-1]).days


def bars_from_change(values: Series, period: Span, spells: list[Span]) -> list[Week]:
    """A mean per seven days counted from each change, 3 values at least: for sparse series."""
    points = recorded(values, period)
    bars = []
    for spell in spells:
        start = spell.first
        while start <= spell.last:
            end = min(start + timedelta(6), spell.last)
            week = _week(points, start, end)
            if week and week.n >= LEAST:
                bars.append(week)
            start = end + timedelta(1)
    return bars


def calendar_weeks(values: Series, period: Span, carried: Collection[date] = ()) -> list[Week]:
    """Mean (exact), lowest and highest day of each week from Monday that has a value, within the period.

    `queries.weeks` has the database count the same; `carried`: the days whose value was taken over from the day before.
    """
    weeks: dict[int, list[date]] = {}
    points = recorded(values, period)
    for day in points:
        weeks.setdefault((day.toordinal() - 1) // 7, []).append(day)  # day 1 was a Monday
    found = []
    for number, days in weeks.items():
        of_days = [values[day] for day in days]
        plain = sum((value for value in of_days if type(value) is Decimal), Decimal(0))  # far quicker than fractions
        others = sum(Fraction(exact(value)) for value in of_days if type(value) is not Decimal)
        mean = (Fraction(plain) + others) / len(days)
        low, high = min(points[day] for day in days), max(points[day] for day in days)
        found.append(week_of(number, period, mean, low, high, len(days), sum(day in carried for day in days)))
    return found


def week_of(number: int, period: Span, mean: Fraction, low: Decimal, high: Decimal, n: int, carried: int = 0) -> Week:
    """A calendar week by its number (`WeekNumber` of the database), as far as it lies in the period."""
    first, last = date.fromordinal(7 * number + 1), date.fromordinal(7 * number + 7)
    return Week(max(first, period.first), min(last, period.last), mean, _in_tenths(low), _in_tenths(high), n, carried)


def _in_tenths(value: Decimal) -> Decimal:
    """A rating of 4.0 and a mean of check-ins that is 4 are written alike, whichever of them was met first."""
    tenths = round(value, 1)
    return tenths if tenths == value else value


def _week(points: dict[date, Decimal], first: date, last: date) -> Week | None:
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    week = [points[day] for day in days if day in points]
    if not week:
        return None
    return Week(first, last, sum(week) / len(week), min(week), max(week), len(week))
