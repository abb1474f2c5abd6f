"""A period cut into columns of days, weeks or several weeks, and what a series is in each.

Weeks are counted from the latest dose change, both ways: no column looks across that change, and where doses change
weekly across none. Without a change they are counted back from the last day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .numbers import Decimal, exact
from .series import LEAST, Span

WEEK = 7
STEPS = (1, WEEK, 4 * WEEK, 12 * WEEK, 52 * WEEK)  # days a column, the finest that is wide enough
PAPER_STEPS = (1, WEEK, 2 * WEEK, 4 * WEEK, 12 * WEEK, 52 * WEEK)


@dataclass(frozen=True)
class Piece:
    """The values of one symptom from ``first`` to ``last``: how many, their exact sum, the lowest and the highest.

    The sum is a Decimal where all of them are, which adds up many times as fast as a Fraction.
    """

    first: date
    last: date
    total: Decimal | Fraction
    n: int
    low: Decimal
    high: Decimal


def anchor_of(latest_change: date | None, last: date) -> date:
    """The day that weeks are counted from, both ways."""
    return latest_change or last + timedelta(1)


def columns(period: Span, days: int, anchor: date) -> list[Span]:
    """The period in columns of ``days``, one beginning at ``anchor``; in order.

    A rest of fewer than 3 days at an end of the period joins the column beside it.
    """
    first, last, at = period.first.toordinal(), period.last.toordinal(), anchor.toordinal()
    starts = list(range(first + (at - first) % days, last + 1, days))
    if not starts or starts[0] != first:
        starts.insert(0, first)
    if days > 1 and len(starts) > 1 and last - starts[-1] + 1 < LEAST:
        starts.pop()
    if days > 1 and len(starts) > 1 and starts[1] - first < LEAST:
        starts.pop(1)
    ends = [start - 1 for start in starts[1:]] + [last]
    return [Span(date.fromordinal(a), date.fromordinal(b)) for a, b in zip(starts, ends, strict=True)]


def column_days(days: int, room: float, least: float, steps: Sequence[int] = STEPS) -> int:
    """How many days a column has: the fewest of ``steps`` whose columns are ``least`` wide in ``room``."""
    return next((step for step in steps if room * step >= least * days), steps[-1])


def day_pieces(values: Mapping[date, object]) -> list[Piece]:
    """A piece for each day that has a value, in order of days."""
    found = []
    for day in sorted(values):
        if values[day] is not None:
            value = exact(values[day])
            found.append(Piece(day, day, value, 1, value, value))
    return found


def added(totals: Iterable[Decimal | Fraction]) -> Fraction:
    """The exact sum of tenths and of means of check-ins together."""
    plain, fractions = Decimal(0), Fraction(0)
    for total in totals:
        if type(total) is Decimal:
            plain += total
        else:
            fractions += total
    return Fraction(plain) + fractions


def column_means(pieces: Iterable[Piece], spans: Sequence[Span]) -> list[Fraction | None]:
    """The exact mean in each column; None under 3 values, in a column of a single day without one.

    ``pieces`` in order of days, each inside one column.
    """
    means: list[Fraction | None] = []
    waiting = iter(pieces)
    piece = next(waiting, None)
    for span in spans:
        totals, n = [], 0
        while piece and piece.first <= span.last:
            if piece.first >= span.first:
                totals.append(piece.total)
                n += piece.n
            piece = next(waiting, None)
        means.append(added(totals) / n if n >= min(LEAST, span.days) else None)
    return means
