"""A night from clock to clock: how long it was, across midnight and when the clocks change. No Django."""

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from journal.analysis.numbers import round_half_up

LONGEST = Decimal(18)
"""Hours in bed from which on the two times are asked about: more likely, they are the wrong way round."""


def hours_in_bed(bed: time, wake: time, woke_on: date, zone: tzinfo) -> Decimal:
    """Hours that went by from ``bed`` to ``wake`` on ``woke_on``, to 0.01; bed is the last time before it that the
    clock said so, on the same day or the one before. The same time twice is no night: 0.

    In the night when the clocks go forward an hour less goes by, when they go back an hour more. A time that the clock
    shows twice is the first of them; one that it leaves out is as far from midnight as if it had not.
    """
    if bed == wake:
        return Decimal(0)
    went_on = woke_on if bed < wake else woke_on - timedelta(1)
    start, end = (datetime.combine(day, at, zone) for day, at in ((went_on, bed), (woke_on, wake)))
    # Zone-aware datetimes of one zone are subtracted by the clock on the wall: the offsets say what really went by.
    went_by = end.replace(tzinfo=None) - start.replace(tzinfo=None) - (end.utcoffset() - start.utcoffset())
    return round_half_up(Decimal(int(went_by.total_seconds())) / 3600, 2)
