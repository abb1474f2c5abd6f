"""How readings that have a time lie over the day, and between two doses. Plain sums; no Django.

A time of day is the person's own clock, and so are the hours between two of them: in the night of a clock change they
are an hour out, which no part of the day and no band here is fine enough to show.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

ENOUGH = 10
"""Fewer readings than this say nothing about the hours between doses."""


@dataclass(frozen=True)
class Part:
    """A part of the day, from the hour ``first`` up to, not including, the hour ``end``."""

    name: str
    first: int
    end: int


PARTS = (Part("Night", 0, 5), Part("Morning", 5, 12), Part("Afternoon", 12, 17), Part("Evening", 17, 24))
SINCE_DOSE = ((0, 4), (4, 8), (8, 12), (12, 24), (24, None))
"""Bands of whole hours since the last dose, each up to, not including, its end."""


@dataclass(frozen=True)
class TimedMean:
    """The exact mean of ``n`` readings."""

    value: Fraction
    n: int


def by_part(hours: Iterable[tuple[int, Decimal, int]]) -> tuple[TimedMean | None, ...]:
    """The mean in each part of the day, None where there is no reading.

    ``hours`` are (hour, the sum of its readings, their number); an hour may come several times.
    """
    sums = [[Fraction(0), 0] for _ in PARTS]
    for hour, total, n in hours:
        place = next(index for index, part in enumerate(PARTS) if part.first <= hour < part.end)
        sums[place][0] += Fraction(total)
        sums[place][1] += n
    return tuple(_mean(total, n) for total, n in sums)


def by_hours_since(pairs: Iterable[tuple[timedelta, Decimal]]) -> tuple[TimedMean | None, ...]:
    """The mean in each band of hours since the last dose, of (time since the dose, reading)."""
    sums = [[Fraction(0), 0] for _ in SINCE_DOSE]
    for since, value in pairs:
        place = next(index for index, (_, end) in enumerate(SINCE_DOSE) if end is None or since < timedelta(hours=end))
        sums[place][0] += Fraction(value)
        sums[place][1] += 1
    return tuple(_mean(total, n) for total, n in sums)


class Doses:
    """When one medication was taken, as far as that is known.

    ``taken`` are the days with a dose whose time is known. ``missed`` are days on which it is known that none was
    taken. Of any other day nothing is known: there may have been a dose at any hour of it.
    """

    def __init__(self, taken: Mapping[date, time], missed: Collection[date] = ()):
        self.times: Sequence[datetime] = sorted(datetime.combine(day, at) for day, at in taken.items())
        self.known = set(taken) | set(missed)

    def since(self, at: datetime) -> timedelta | None:
        """How long before ``at`` the last dose was; None where that is not known.

        It is known only when every day since is: a dose without a time may have come between.
        """
        place = bisect_right(self.times, at)
        if not place:
            return None
        last = self.times[place - 1]
        days = (at.date() - last.date()).days
        if any(last.date() + timedelta(day) not in self.known for day in range(1, days + 1)):
            return None
        return at - last


def _mean(total: Fraction, n: int) -> TimedMean | None:
    return TimedMean(total / n, n) if n else None
