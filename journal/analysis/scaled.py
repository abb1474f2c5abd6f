"""A daily series as whole numbers over one common divisor: sums and comparisons are exact, and quick over years."""

from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import lcm

from .numbers import exact
from .series import Series

REACH = 3  # a 3-day mean is of d-2 .. d
LEAST_OF_REACH = 2  # of which so many have a value


class Scaled:
    """The values of ``values``, each times ``scale``: a tenth is 1 where all are tenths, so that ties are ties.

    Any run of days is summed in one subtraction. Missing days have no value and no count
    (nor has what is not a number).
    """

    def __init__(self, values: Series) -> None:
        # What is not a number does not equal itself.
        known = {day: value for day, value in values.items() if value is not None and value == value}
        ratios = {day.toordinal(): exact(value).as_integer_ratio() for day, value in known.items()}
        self.scale = lcm(*{under for _, under in ratios.values()})
        self.values: dict[int, int] = {day: over * (self.scale // under) for day, (over, under) in ratios.items()}
        self.first = min(self.values, default=0)
        self.last = max(self.values, default=-1)
        days = range(self.first, self.last + 1)
        self._sums = [0, *accumulate(self.values.get(day, 0) for day in days)]
        self._counts = [0, *accumulate(int(day in self.values) for day in days)]

    def total(self, first: int, last: int) -> tuple[int, int]:
        """The sum and the number of the values on the days (ordinals) from ``first`` to ``last``, both included."""
        start = min(max(first - self.first, 0), len(self._sums) - 1)
        end = min(max(last + 1 - self.first, start), len(self._sums) - 1)
        return self._sums[end] - self._sums[start], self._counts[end] - self._counts[start]

    def mean(self, total: int, n: int) -> Fraction:
        """The mean of ``n`` values that sum to ``total``, on the series' own scale."""
        return Fraction(total, n * self.scale)

    def at(self, day: date) -> int | None:
        """The scaled value of one day; None where it is missing."""
        return self.values.get(day.toordinal())
