"""The demo person's doses: when they changed, and how much of that is felt on a day.

The shape of what is felt is made up to look like a record, not to say how withdrawal goes.
"""

import math
import random
from dataclasses import dataclass, replace
from decimal import Decimal

GRIDS = [Decimal(grid) for grid in ("10", "5", "2.5", "1", "0.5", "0.25", "0.1", "0.05")]
RATIO = (0.85, 0.91)
ROUGH_RATIO = (0.68, 0.74)
LOWEST_SHARE = Decimal("0.06")
SINCE_LAST = 12


@dataclass(frozen=True)
class Change:
    """From day number ``day`` of the record on, ``mg`` a day."""

    day: int
    mg: Decimal
    kind: str
    old: Decimal | None = None


def changes(days: int, start: Decimal, rng: random.Random) -> list[Change]:
    """The dose steps of a record of ``days`` days: a start, reductions, one step back up, holds, at last a stop.

    A week has one reduction; a year has a dozen steps.
    """
    long = days >= 150
    pause = max(26, days // 36) if long else max(14, days // 5)
    day = min(28, max(2, round(days * 0.18)))
    rough, second_hold = (3 if long else 2), 10
    found = [Change(0, start, "start")]
    number = 0
    while day < days:
        number += 1
        old = found[-1].mg
        if old <= start * LOWEST_SHARE:
            found.append(Change(day, Decimal(0), "stop", old))
            break
        mg = reduced(old, rng.uniform(*(ROUGH_RATIO if number == rough else RATIO)))
        found.append(Change(day, mg, "reduction", old))
        if number == rough:
            up = day + min(pause - 1, rng.randint(9, 12))
            found.append(Change(up, _between(mg, old), "reinstatement", mg))
            found.append(Change(up + round(pause * 0.7), found[-1].mg, "hold", found[-1].mg))
            day = found[-1].day + round(pause * 0.8)
        elif number == second_hold:
            found.append(Change(day + pause, mg, "hold", mg))
            day += 2 * pause
        else:
            day += pause + rng.randint(-pause // 6, pause // 6)
    return _settled([change for change in found if change.day < days], days, pause)


def _settled(found: list[Change], days: int, pause: int) -> list[Change]:
    """In a month or more, all of it moved so that the last change is twelve days old: pages then have a "now"."""
    if days < 30:
        return found
    kept = [change for change in found if change.day <= days - SINCE_LAST]
    later = days - SINCE_LAST - kept[-1].day
    if len(kept) == 1 or later > 1.5 * pause:
        return kept
    return [kept[0], *(replace(change, day=change.day + later) for change in kept[1:])]


def reduced(mg: Decimal, ratio: float) -> Decimal:
    """About ``ratio`` of ``mg``, an amount that can be measured, and less than before."""
    grid = _grid(mg)
    return min(round(mg * Decimal(str(round(ratio, 3))) / grid) * grid, mg - grid)


def _between(low: Decimal, high: Decimal) -> Decimal:
    grid = _grid(low)
    middle = round((low + high) / 2 / grid) * grid
    return middle if low < middle <= high else high


def _grid(mg: Decimal) -> Decimal:
    return next((grid for grid in GRIDS if grid <= mg * Decimal("0.06")), GRIDS[-1])


@dataclass(frozen=True)
class Spell:
    """A stretch of feeling worse: when it sets in, when it is at its worst, how it goes."""

    day: int
    size: float
    onset: float
    peak: float
    half: float
    eased_from: int | None = None

    def on(self, day: float) -> float:
        """How much of it is felt on this day."""
        since = day - self.day
        if since < self.onset:
            return 0.0
        if since < self.peak:
            felt = math.sin((since - self.onset + 0.5) / (self.peak - self.onset + 0.5) * math.pi / 2)
        else:
            felt = 0.5 ** ((since - self.peak) / self.half)
        slow = 0.22 * (1 - math.exp(-since / 10)) * math.exp(-since / 60)
        felt = max(felt, slow)
        if self.eased_from is not None and day > self.eased_from + 1:
            felt *= 0.5 ** ((day - self.eased_from - 1) / 4)
        return self.size * felt


def spells(found: list[Change], days: int, rng: random.Random) -> list[Spell]:
    """A spell after each reduction, some hardly felt; now and then one with no dose change at all."""
    ups = [change.day for change in found if change.kind == "reinstatement"]
    made = []
    for change in found:
        if change.kind not in ("reduction", "stop"):
            continue
        share = float((change.old - change.mg) / change.old)
        size = (2.0 + 15 * min(share, 0.35)) * rng.uniform(0.75, 1.25)
        if share < 0.2 and rng.random() < 0.2:
            size *= 0.3
        onset = rng.uniform(1.5, 3.2)
        eased = next((up for up in ups if 0 < up - change.day < 40), None)
        made.append(Spell(change.day, size, onset, onset + rng.uniform(2.5, 5.5), rng.uniform(4, 9), eased))
    for start in range(rng.randint(40, 80), days, 75):
        made.append(Spell(start, rng.uniform(1.2, 2.4), 0, rng.uniform(1.5, 3), rng.uniform(1.5, 4)))
    return made


def dose_on(found: list[Change], day: int) -> Decimal:
    """Mg a day in force on this day of the record."""
    return next(change.mg for change in reversed(found) if change.day <= day)
