"""Waves: spells rated worse than before the taper, by a stated rule. A description of ratings, never a diagnosis.

``m3`` of a day is the mean of it and the two days before, where at least two of the three were rated. A wave: three
days or more in a row with m3 worse than the mean of the days before the taper, by at least 1.0 and by at least one
standard deviation of those days.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from .numbers import exact
from .series import Series, Span

REACH = 3  # m3 looks at d-2 .. d
LEAST_OF_REACH = 2
LEAST_WORSE = 1  # points
LEAST_DAYS = 3  # in a row
LEAST_BEFORE = 7  # rated days before the taper: with fewer there is nothing to compare with


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
    rated = [Fraction(exact(value)) for value in before if value is not None]
    if len(rated) < LEAST_BEFORE:
        return None
    mean = sum(rated) / len(rated)
    variance = sum((value - mean) ** 2 for value in rated) / (len(rated) - 1)
    sign = -1 if better == "up" else 1

    def is_worse(day: date) -> bool:
        found = three_day_mean(values, day)
        if found is None:
            return False
        worse = sign * (found - mean)
        return worse >= LEAST_WORSE and worse**2 >= variance

    first = last
    while is_worse(first):
        first -= timedelta(1)
    days = (last - first).days
    return Span(first + timedelta(1), last) if days >= LEAST_DAYS else None
