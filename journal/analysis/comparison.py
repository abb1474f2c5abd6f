"""Days with and without a factor: the difference of two means, and how sure it is. No Django.

    sides = {"alcohol": day_after({monday: True, tuesday: False})}
    found = compare(ratings, sides)          # a Comparison for each factor of FACTORS that is in ``sides``

The interval is a moving-block bootstrap (Künsch 1989, ``SOURCE``): whole weeks of the calendar are drawn, since a bad
day tends to follow a bad one and days taken singly would make it too narrow. docs/analysis.md states the rule in words.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from .scaled import Scaled
from .series import Series

LEAST_DAYS = 10  # on each side; nothing is shown with fewer
BLOCK = 7  # days in a row that are drawn together
RESAMPLES = 1_999  # so that the 50th and the 1,950th in order are exactly 2.5 % and 97.5 %
ENDS = (50, 1_950)
SEED = 1989
MOST_DRAWN = 10 * RESAMPLES  # so many are drawn at most, where one side is often empty
SOURCE = "kuensch_1989"  # in catalogue.sources

_PARTS = 1_000_000  # the resamples count in millionths of a point at the finest
_AT_ONCE = 100_000  # blocks that are looked up in one go, for the sake of memory

Sides = Mapping[date, bool]
"""By day whether it is one with the factor; a day that is absent is on neither side."""


@dataclass(frozen=True)
class Factor:
    """What days are told apart by. ``name`` in a row, ``days_with`` and ``days_without`` in a sentence."""

    key: str
    name: str
    days_with: str
    days_without: str


FACTORS = (
    Factor("missed", "Missed dose the day before", "days after a missed dose", "days after doses taken"),
    Factor("alcohol", "Alcohol the day before", "days after alcohol", "days after none"),
    Factor("sleep", "Under 6 hours of sleep", "days after under 6 hours of sleep", "days after 6 hours or more"),
    Factor("practice", "A practice that day", "days with a practice", "days without one"),
    Factor("exercise", "Exercise that day", "days with exercise", "days without"),
)
SHORT_NIGHT = 6  # hours; fewer are a short night


@dataclass(frozen=True)
class Side:
    """The days of one side on which the measure is known: how many, and their exact mean (None without any)."""

    n: int
    mean: Fraction | None


@dataclass(frozen=True)
class Comparison:
    """One factor: days with it beside days without it, and the 95 % interval of the difference, in points.

    ``interval`` is None with fewer than ``LEAST_DAYS`` on a side, and where the days with or without lie so close
    together that hardly a resample has both.
    """

    factor: Factor
    with_it: Side
    without: Side
    interval: tuple[Fraction, Fraction] | None = None

    @property
    def is_enough(self) -> bool:
        """Whether it may be shown."""
        return min(self.with_it.n, self.without.n) >= LEAST_DAYS

    @property
    def difference(self) -> Fraction | None:
        """The mean of the days with it minus that of the days without, exact; None where one is not known."""
        if self.with_it.mean is None or self.without.mean is None:
            return None
        return self.with_it.mean - self.without.mean


def day_after(days: Sides) -> dict[date, bool]:
    """What held the day before, by day."""
    return {day + timedelta(1): held for day, held in days.items() if day < date.max}


def known_sides(values: Series, sides: Mapping[str, Sides]) -> tuple[Comparison, ...]:
    """``compare`` without the intervals: means and how many days there are, which is quick."""
    return _known_sides(Scaled(values), sides)


def compare(values: Series, sides: Mapping[str, Sides]) -> tuple[Comparison, ...]:
    """One comparison for each factor of ``FACTORS`` whose key ``sides`` has, in that order.

    ``values``: ratings 0-10 by day, None or absent where missing. The same input gives the same numbers everywhere.
    """
    scaled = Scaled(values)
    found = _known_sides(scaled, sides)
    shown = [one.factor.key for one in found if one.is_enough]
    ends = dict(zip(shown, intervals(scaled, [sides[key] for key in shown]), strict=True))
    return tuple(replace(one, interval=ends.get(one.factor.key)) for one in found)


def _known_sides(scaled: Scaled, sides: Mapping[str, Sides]) -> tuple[Comparison, ...]:
    return tuple(
        Comparison(factor, _side(scaled, sides[factor.key], held=True), _side(scaled, sides[factor.key], held=False))
        for factor in FACTORS
        if factor.key in sides
    )


def _side(scaled: Scaled, sides: Sides, *, held: bool) -> Side:
    values = [scaled.at(day) for day, side in sides.items() if side is held]
    known = [value for value in values if value is not None]
    return Side(len(known), scaled.mean(sum(known), len(known)) if known else None)


def intervals(scaled: Scaled, sides: Sequence[Sides]) -> list[tuple[Fraction, Fraction] | None]:
    """The 95 % interval of the difference with minus without, for each of ``sides``; all share the same draws.

    The calendar runs from the first to the last rated day. Each resample is as long as it: blocks of ``BLOCK`` days in
    a row, drawn with replacement, the last one cut. One without a day on one side is drawn again.
    """
    days = scaled.last - scaled.first + 1
    if not sides or days < BLOCK:
        return [None] * len(sides)
    import numpy  # takes its time: only once there is something to work out

    # Whole numbers, so that sums are exact in any order: on the series' own scale unless that is finer than need be.
    parts = min(scaled.scale, _PARTS)
    of_day = numpy.zeros((days, 4 * len(sides)), dtype=numpy.int64)  # sum and number with, sum and number without
    for number, of_factor in enumerate(sides):
        for day, held in of_factor.items():
            value = scaled.at(day)
            if value is not None:
                column = 4 * number + (0 if held else 2)
                value = (2 * value * parts + scaled.scale) // (2 * scaled.scale)
                of_day[day.toordinal() - scaled.first, column : column + 2] = value, 1
    drawn = [_Drawn() for _ in sides]
    for sums in _resampled(of_day, numpy):
        for number, of_factor in enumerate(drawn):
            of_factor.add(sums[:, 4 * number : 4 * number + 4])
        if all(of_factor.is_full for of_factor in drawn):
            break
    return [of_factor.ends(parts) for of_factor in drawn]


def _resampled(of_day, numpy) -> Iterator:
    """Sums over resamples of the rows of ``of_day`` (an array of days x columns), some resamples at a time."""
    days, columns = of_day.shape
    blocks, starts = -(-days // BLOCK), days - BLOCK + 1
    so_far = numpy.concatenate([numpy.zeros((1, columns), dtype=numpy.int64), of_day.cumsum(axis=0)])
    whole = so_far[BLOCK:] - so_far[:starts]
    cut = days - BLOCK * (blocks - 1)  # days of the last block
    part = so_far[cut : cut + starts] - so_far[:starts]
    chance = random.Random(SEED)
    at_once = max(1, min(RESAMPLES, _AT_ONCE // blocks))
    for _ in range(-(-MOST_DRAWN // at_once)):
        where = _positions(chance, at_once * blocks, starts, numpy).reshape(at_once, blocks)
        yield whole[where[:, :-1]].sum(axis=1) + part[where[:, -1]]


def _positions(chance: random.Random, count: int, starts: int, numpy):
    """``count`` numbers from 0 to ``starts`` - 1, each from 32 random bits in the order in which they are drawn.

    ``getrandbits`` alone, for its bits are the same in every version of Python; ``randrange`` promises no such thing.
    """
    bits = chance.getrandbits(32 * count).to_bytes(4 * count, "little")
    return ((numpy.frombuffer(bits, dtype="<u4").astype(numpy.uint64) * numpy.uint64(starts)) >> 32).astype(numpy.int64)


class _Drawn:
    """The resamples of one factor: the first ``RESAMPLES`` that have a day on both sides."""

    def __init__(self) -> None:
        self.sums: list = []
        self.n = 0

    @property
    def is_full(self) -> bool:
        return self.n >= RESAMPLES

    def add(self, sums) -> None:
        """More of them, each with sum and number of the days with, then of the days without."""
        good = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)][: RESAMPLES - self.n]
        self.sums.append(good)
        self.n += len(good)

    def ends(self, parts: int) -> tuple[Fraction, Fraction] | None:
        """The two ends, exact; the sums are in so many parts of a point."""
        if not self.is_full:
            return None
        import numpy

        rows = numpy.concatenate(self.sums)
        sizes = rows[:, 0] / rows[:, 1] - rows[:, 2] / rows[:, 3]  # a division rounds alike on every machine
        order = sizes.argsort(kind="stable")
        low, high = (_difference(rows[order[end - 1]], parts) for end in ENDS)
        return low, high


def _difference(row: Iterable, parts: int) -> Fraction:
    total, n, other_total, other_n = map(int, row)
    return Fraction(total, n * parts) - Fraction(other_total, other_n * parts)
