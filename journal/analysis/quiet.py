"""The rate without a change: how often the rule of a rise fires where no dose changed. No Django.

docs/analysis.md states the rule in words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .responses import LONGEST, WEEK, Rise
from .scaled import Scaled


@dataclass(frozen=True)
class Quiet:
    """Of ``stretches`` stretches of ``days`` days without a change, side by side, ``rises`` had a rise."""

    days: int
    rises: int
    stretches: int


def quiet(
    scaled: Scaled, change_days: Iterable[date], last: date, lengths: Iterable[int], better: str = "down"
) -> tuple[Quiet, ...]:
    """How often the rule fires without a change, for each length of a stretch, the shortest first.

    ``change_days``: of all medications. Only a whole stretch counts, and only where the rule can be applied.
    """
    sign = -1 if better == "up" else 1
    runs = list(_runs(scaled, sorted(set(change_days)), last))
    found = []
    for days in sorted(set(lengths)):
        rises = stretches = 0
        for first, end in runs:
            for start in range(first, end - days + 2, days):
                rise = Rise(scaled, start, start + days - 1, sign)
                stretches += rise.is_known
                rises += rise.onset is not None
        found.append(Quiet(days, rises, stretches))
    return tuple(found)


def _runs(scaled: Scaled, changes: list[date], last: date) -> Iterator[tuple[int, int]]:
    """First and last day (ordinals) on which stretches can lie: each begins after a week to compare with.

    From the first rated day to the first change, and from day 28 of each change to the next one.
    """
    if not scaled.values:
        return
    days = [day.toordinal() for day in changes if day <= last]
    ends = [*days, last.toordinal() + 1]
    yield scaled.first + WEEK, ends[0] - 1
    for change, following in pairwise(ends):
        yield change + LONGEST, following - 1
