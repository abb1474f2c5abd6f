"""What the calendar of a year is made of. No matplotlib, no Django."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from journal.analysis.levels import Mean, mean_of
from journal.analysis.series import Span

from .model import Better

MONTHS_SHOWN = 12


def first_shown(first: date, last: date) -> date:
    """The first day of ``first`` to ``last`` that twelve rows of months, ending with the last, have room for."""
    number = last.year * 12 + last.month - 1 - (MONTHS_SHOWN - 1)
    return max(first, date(number // 12, number % 12 + 1, 1)) if number >= 12 else first


@dataclass(frozen=True)
class Month:
    """One row: the days of ``span`` are shown, of ``days`` that the month has."""

    span: Span
    days: int

    @property
    def number(self) -> int:
        """1 to 12."""
        return self.span.first.month

    @property
    def year(self) -> int:
        """The year."""
        return self.span.first.year

    @property
    def starts_year(self) -> bool:
        """Whether it is a January."""
        return self.number == 1


@dataclass(frozen=True)
class YearData:
    """One measure by day from ``first`` to ``last``, twelve months at most; ``better`` "up" where 10 is best.

    ``doses``: the mg that began on a day, of ``medication`` (named where the person takes several). ``record``: its
    first and last day; a day inside without a value is missing, one outside is none of it.
    """

    first: date
    last: date
    name: str
    better: Better
    values: Mapping[date, Decimal | Fraction]
    doses: Mapping[date, Decimal]
    record: Span | None
    medication: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a chart's period ends before it begins")

    @property
    def months(self) -> list[Month]:
        """The rows, the earliest first."""
        found, day = [], self.first
        while day <= self.last:
            days = calendar.monthrange(day.year, day.month)[1]
            end = min(day.replace(day=days), self.last)
            found.append(Month(Span(day, end), days))
            if end == date.max:
                break
            day = end + timedelta(1)
        return found

    def mean(self, month: Month) -> Mean | None:
        """The mean of the days of a row; None where none has a value."""
        return mean_of(self.values, month.span)

    @property
    def whole(self) -> Mean | None:
        """The mean of all days that are shown."""
        return mean_of(self.values, Span(self.first, self.last))

    def is_missing(self, day: date) -> bool:
        """Whether this day lies in the record and has no value."""
        return day not in self.values and self.record is not None and day in self.record
