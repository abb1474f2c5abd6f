"""Waves and windows of better days, by a stated rule. A description of ratings, never a diagnosis.

``m3`` of a day is the mean of it and the two days before, where at least two of the three were rated. A wave: three
days or more in a row with m3 worse than the mean of the days before the taper, by at least 1.0 and by at least one
standard deviation of those days. A window: three days or more in a row, after a wave, with m3 worse by less than 0.5.
A day without m3 ends either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import ceil, isqrt
from typing import Literal

from .numbers import exact
from .scaled import LEAST_OF_REACH, REACH, Scaled
from .series import Series, Span

LEAST_WORSE = 1  # points
NEAR = Fraction(1, 2)  # less than this worse is a better day
LEAST_DAYS = 3  # in a row
LEAST_BEFORE = 7  # rated days before the taper: with fewer there is nothing to compare with


@dataclass(frozen=True)
class Spell:
    """A wave, or a window of better days after one. ``going_on``: it reaches the last day that was looked at."""

    kind: Literal["wave", "window"]
    span: Span
    going_on: bool


def wave_at(values: Series, before: Iterable, last: date, better: str = "down") -> Span | None:
    """The wave that is still going on on ``last``, from its first day; None when there is none.

    ``before``: the values of the days before the taper, at least seven of them (else None). ``better`` "up": 10 is
    best.
    """
    measure = _Measure.of(before, better)
    if measure is None:
        return None
    kind = _Kinds(measure, Scaled(values))
    first = last.toordinal()
    while kind(first) == "wave":
        first -= 1
    days = last.toordinal() - first
    return Span(date.fromordinal(first + 1), last) if days >= LEAST_DAYS else None


def spells(
    values: Series,
    before: Iterable,
    first: date,
    last: date,
    better: str = "down",
    *,
    scaled: Scaled | None = None,
) -> tuple[Spell, ...]:
    """All waves, and the windows after the first of them, from ``first`` to ``last`` in order of days.

    ``before`` as in ``wave_at``: with too few of them there are none. ``scaled``: the values, where they are at
    hand so.
    """
    measure = _Measure.of(before, better)
    scaled = scaled or Scaled(values)
    if measure is None or not scaled.values:
        return ()
    start, end = max(first.toordinal(), scaled.first), min(last.toordinal(), scaled.last + REACH - 1)
    found: list[Spell] = []
    for kind, run in groupby(range(start, end + 1), key=_Kinds(measure, scaled)):
        run = list(run)
        if len(run) >= LEAST_DAYS and (kind == "wave" or (kind == "window" and found)):
            span = Span(date.fromordinal(run[0]), date.fromordinal(run[-1]))
            found.append(Spell(kind, span, span.last == last))
    return tuple(found)


@dataclass(frozen=True)
class _Measure:
    """What a day is compared with: mean and variance of the days before the taper."""

    mean: Fraction
    variance: Fraction
    sign: int

    @classmethod
    def of(cls, before: Iterable, better: str) -> "_Measure | None":
        rated = [Fraction(exact(value)) for value in before if value is not None]
        if len(rated) < LEAST_BEFORE:
            return None
        mean = sum(rated) / len(rated)
        # Of a sample: of n - 1.
        variance = sum((value - mean) ** 2 for value in rated) / (len(rated) - 1)
        return cls(mean, variance, -1 if better == "up" else 1)


class _Kinds:
    """What m3 of a day (an ordinal) counts for: "wave", "window", or neither (blank without m3).

    The sum of the two or three values of an m3 is a whole number, and so is, for each count, the least that is a wave
    and the first that is no window: worked out once, exactly. Years of days then cost one comparison each.
    """

    def __init__(self, measure: _Measure, scaled: Scaled) -> None:
        self._scaled, self._sign = scaled, measure.sign
        self._wave: dict[int, int] = {}
        self._window: dict[int, Fraction] = {}
        for n in range(LEAST_OF_REACH, REACH + 1):
            whole = n * scaled.scale
            level = measure.sign * measure.mean * whole  # worse is higher, on the scale of the sums
            over = _root_up(measure.variance * (whole * level.denominator) ** 2)
            by_spread = ceil(Fraction(over + level.numerator, level.denominator))
            self._wave[n] = max(ceil(level + LEAST_WORSE * whole), by_spread)
            self._window[n] = level + NEAR * whole

    def __call__(self, day: int) -> str:
        total, n = self._scaled.total(day - REACH + 1, day)
        if n < LEAST_OF_REACH:
            return ""
        worse = self._sign * total
        if worse >= self._wave[n]:
            return "wave"
        return "window" if worse < self._window[n] else "between"


def _root_up(value: Fraction) -> int:
    """The least whole number whose square is at least ``value`` (0 or more)."""
    least = ceil(value)
    return isqrt(least - 1) + 1 if least else 0
