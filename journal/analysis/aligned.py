"""Responses laid over each other: every dose change on day 0, every mean minus the week before it. No Django.

Numbers are exact, on the series' own scale and in its own direction: of mood, up stays up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import floor

from .numbers import exact
from .responses import LEAST_OF_REACH, REACH, WEEK, Response
from .series import Series

FIRST, LAST = -WEEK, 27
"""The days that are laid over each other, counted from the day of the change."""
LEAST_OF_MIDDLE = 4
"""So many values a day has before it has a middle half."""

Numbered = dict[int, Fraction]


@dataclass(frozen=True)
class Aligned:
    """One change: its 3-day means and its days, by day from -7 to 27, each minus the mean of the week before.

    ``means`` of the week before look at its own days alone, those from day 0 on at the window alone: no mean looks
    across the change. A day that is absent is missing.
    """

    response: Response
    means: Numbered
    days: Numbered

    @property
    def end(self) -> int | None:
        """The last day with a mean from day 0 on; None where there is none."""
        return max((day for day in self.means if day >= 0), default=None)


def stretches(numbered: Numbered) -> list[list[tuple[int, Fraction]]]:
    """(day, value) in runs of days one after another; one that ends on day -1 goes no further."""
    runs: list[list[tuple[int, Fraction]]] = []
    for day in sorted(numbered):
        if runs and runs[-1][-1][0] == day - 1 and day != 0:
            runs[-1].append((day, numbered[day]))
        else:
            runs.append([(day, numbered[day])])
    return runs


def aligned(values: Series, response: Response) -> Aligned | None:
    """This response as it is laid over the others; None without a baseline, for then there is nothing to subtract."""
    base, start = response.baseline, response.change.day
    if base is None:
        return None
    days: Numbered = {}
    for number in range(FIRST, (response.window.last - start).days + 1):
        value = values.get(start + timedelta(number))
        if value is not None:
            days[number] = Fraction(exact(value)) - base
    means = {day: mean - base for day, mean in response.m3.items()}
    for number in range(FIRST, 0):
        near = [days[one] for one in range(max(FIRST, number - REACH + 1), number + 1) if one in days]
        if len(near) >= LEAST_OF_REACH:
            means[number] = sum(near, Fraction(0)) / len(near)
    return Aligned(response, means, days)


@dataclass(frozen=True)
class Middle:
    """The middle half of ``n`` values: a quarter of them lie below ``low``, a quarter above ``high``."""

    low: Fraction
    high: Fraction
    n: int


def middle_half(lines: Iterable[Aligned]) -> dict[int, Middle]:
    """The middle half of the means on each day; a day on which fewer than four have one is absent."""
    by_day: dict[int, list[Fraction]] = {}
    for line in lines:
        for day, mean in line.means.items():
            by_day.setdefault(day, []).append(mean)
    found = {}
    for day in sorted(by_day):
        values = sorted(by_day[day])
        if len(values) >= LEAST_OF_MIDDLE:
            low, high = (_quantile(values, Fraction(part, 4)) for part in (1, 3))
            found[day] = Middle(low, high, len(values))
    return found


def _quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Between the two values nearest to it, as far along as it lies; ``values`` in their order."""
    place = share * (len(values) - 1)
    below = floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])
