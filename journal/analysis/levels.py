"""Levels: before the taper, now, and what rose most. Means are exact fractions.

Rules and words are those of the vocabulary ("before the taper") and of the chart guide's
section 4 ("before and now").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .numbers import exact
from .scaled import LEAST_OF_REACH, REACH, Scaled
from .series import Series, Span

BEFORE_DAYS = 90  # "before the taper" looks at most this far back
NOW_DAYS = 28
LEAST_TO_RANK = 14  # values on each side before a rise is ranked
LEVEL = 1  # points worse than before the taper, in a 3-day mean, that make a day count


@dataclass(frozen=True)
class Mean:
    """The exact mean `value` of `n` values found on `days` days (n <= days), `carried` of them from the day before."""

    value: Fraction
    n: int
    days: int
    carried: int = 0


@dataclass(frozen=True)
class Rise:
    """How far a series lies above before the taper: `rise` = now - before, in points."""

    key: str
    before: Mean
    now: Mean

    @property
    def rise(self) -> Fraction:
        return self.now.value - self.before.value


@dataclass(frozen=True)
class Level:
    """On ``worse`` of the ``days`` that have a 3-day mean since ``since`` it was 1.0 or more worse than before."""

    worse: int
    days: int
    since: date


def level_since(scaled: Scaled, since: date, last: date, before: Mean, better: str = "down") -> Level | None:
    """How long a series has been worse than before the taper since its last change; None without a 3-day mean.

    The mean of a day is of it and the two before, of days from ``since`` on, where at least two of them have a value.
    """
    sign = -1 if better == "up" else 1
    # Over a common denominator, so that nothing is divided: m3 - before >= 1.
    over, under = before.value.as_integer_ratio()
    start, worse, days = since.toordinal(), 0, 0
    for day in range(start, min(last.toordinal(), scaled.last + REACH - 1) + 1):
        total, n = scaled.total(max(start, day - REACH + 1), day)
        if n >= LEAST_OF_REACH:
            days += 1
            whole = n * scaled.scale
            worse += sign * (total * under - over * whole) >= LEVEL * whole * under
    return Level(worse, days, since) if days else None


def mean_of(values: Series, period: Span) -> Mean | None:
    """The exact mean of the values inside the period; None when there is none."""
    inside = (value for day, value in values.items() if value is not None and value == value and day in period)
    found = [Fraction(exact(value)) for value in inside]
    return Mean(sum(found, Fraction(0)) / len(found), len(found), period.days) if found else None


def mean_in(scaled: Scaled, period: Span) -> Mean | None:
    """The same of a series held in whole numbers, exact also where a day's value is a mean of check-ins."""
    total, n = scaled.total(period.first.toordinal(), period.last.toordinal())
    return Mean(scaled.mean(total, n), n, period.days) if n else None


def before_span(first_reduction: date | None, first: date) -> Span | None:
    """The days before the first reduction from `first` on, at most the 90 nearest to it."""
    if first_reduction is None or first_reduction <= first:
        return None
    start = max(first, first_reduction - timedelta(BEFORE_DAYS))
    return Span(start, first_reduction - timedelta(1))


def now_span(last: date, change: date | None = None, first: date | None = None) -> Span:
    """The last 28 days up to `last`; the days since a `change`, or since the `first` day, when that is nearer."""
    starts = [last - timedelta(NOW_DAYS - 1)]
    starts += [day for day in (change, first) if day is not None and day <= last]
    return Span(max(starts), last)


@dataclass(frozen=True)
class Compared:
    """The stretches whose means are set side by side: `before`, which is before `since`, and `now`.

    `before` is None, and `since` blank, where there is nothing to compare with.
    """

    before: Span | None
    now: Span
    since: str = ""

    @property
    def spans(self) -> list[Span]:
        """Both, or the one there is; `pair` puts what was found for them back in order."""
        return [self.now, self.before] if self.before else [self.now]

    def pair(self, found: Sequence) -> tuple:
        """(before, now) of what was found for `spans`."""
        return (found[1] if self.before else None), found[0]


FIRST_REDUCTION = "the first reduction"
FIRST_SHOWN = "the first change shown"


def compared(
    first_reduction: date | None, change_days: Iterable[date], first_entry: date | None, first: date, last: date
) -> Compared:
    """What is compared of a whole record when the days from `first` to `last` are looked at.

    Before: the days before the first reduction in the record, from its first entry on, at most 90; where the record
    begins later, those before the first of `change_days` that it shows. Now: the last 28 days, none of them before that
    change nor before `first`.
    """
    turns = [(first_reduction, FIRST_REDUCTION)]
    if first_reduction and first_entry:
        turns += [(next((day for day in sorted(change_days) if day > first_entry), None), FIRST_SHOWN)]
    for turn, since in turns if first_entry else ():
        before = before_span(turn, first_entry) if turn and turn <= last else None
        if before:
            return Compared(before, now_span(last, turn, first), since)
    return Compared(None, now_span(last, None, first))


def rose_most(means: Mapping[str, tuple[Mean | None, Mean | None]]) -> list[Rise]:
    """What can be compared, the largest rise first, ties by key; `means`: before the taper and recent, by key.

    Rise = recent minus before, with at least 14 values on each side. Falls are in the list too, at
    its end: a caller takes as many as it has room for. `compared` gives the two stretches.
    """
    found = [
        Rise(key, before, recent)
        for key, (before, recent) in means.items()
        if before and recent and min(before.n, recent.n) >= LEAST_TO_RANK
    ]
    return sorted(found, key=lambda item: (-item.rise, item.key))
