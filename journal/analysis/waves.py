"""Waves and windows of better days, by a stated rule. A description of ratings, never a diagnosis.

``m3`` of a day is the mean of it and the two days before, where at least two of the three were rated. A wave: three
days or more in a row with m3 worse than the mean of the days before the taper, by at least 1.0 and by at least one
standard deviation of those days. A window: three days or more in a row, after a wave, with m3 worse by less than 0.5.
A day without m3 ends either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Literal

from .numbers import exact
from .scaled import LEAST_OF_REACH, REACH
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


def three_day_mean(values: Series, day: date) -> Fraction | None:
    """m3 of ``day``; None where fewer than two of the three days have a value."""
    found = [values.get(day - timedelta(back)) for back in range(REACH)]
    rated = [Fraction(exact(value)) for value in found if value is not None]
    return sum(rated) / len(rated) if len(rated) >= LEAST_OF_REACH else None


def wave_at(values: Series, before: Iterable, last: date, better: str = "down") -> Span | None:
    """The wave that is still going on on ``last``, from its first day; None when there is none.

    ``before``: the values of the days before the taper, at least seven of them (else None). ``better`` "up": 10 is
    best.
    """
    measure = _Measure.of(before, better)
    if measure is None:
        return None
    first = last
    while measure.kind(values, first) == "wave":
        first -= timedelta(1)
    days = (last - first).days
    return Span(first + timedelta(1), last) if days >= LEAST_DAYS else None


def spells(values: Series, before: Iterable, first: date, last: date, better: str = "down") -> tuple[Spell, ...]:
    """All waves, and the windows after the first of them, from ``first`` to ``last`` in order of days.

    ``before`` as in ``wave_at``: with too few of them there are none.
    """
    measure = _Measure.of(before, better)
    rated = [day for day, value in values.items() if value is not None]
    if measure is None or not rated:
        return ()
    start, end = max(first, min(rated)), min(last, max(rated) + timedelta(REACH - 1))
    days = [start + timedelta(number) for number in range((end - start).days + 1)]
    found: list[Spell] = []
    for kind, run in groupby(days, key=lambda day: measure.kind(values, day)):
        run = list(run)
        if len(run) >= LEAST_DAYS and (kind == "wave" or (kind == "window" and found)):
            found.append(Spell(kind, Span(run[0], run[-1]), run[-1] == last))
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

    def kind(self, values: Series, day: date) -> str:
        """What m3 of this day counts for: "wave", "window", or neither (blank, as without m3)."""
        found = three_day_mean(values, day)
        if found is None:
            return ""
        worse = self.sign * (found - self.mean)
        # Squared, so that no root is taken and a tie is a tie.
        if worse >= LEAST_WORSE and worse**2 >= self.variance:
            return "wave"
        return "window" if worse < NEAR else "between"
