"""Values that were taken over from the day before: said beside every mean that they are part of."""

from collections.abc import Iterable
from datetime import date, timedelta

from journal.analysis.series import Span, recorded
from journal.analysis.titles import days_text

from .measure import clean
from .model import Strip


def carried_in(strip: Strip, period: Span) -> frozenset[date]:
    """The days of the period whose value was carried; of a series that comes as weeks, the first day of each such."""
    if strip.weeks is not None:
        return frozenset(week.first for week in strip.weeks if week.carried)
    return frozenset(day for day in strip.carried if day in period)


def carried_note(strips: Iterable[Strip], period: Span) -> str:
    """Carried over unchanged from the day before: Mood on 3 of 25 days, Brain zaps on 1 of 20. Blank for none."""
    parts = []
    for strip in strips:
        if strip.weeks is None:
            carried = len(carried_in(strip, period))
            n = len(recorded(strip.values, period)) if carried else 0
        else:
            carried, n = sum(week.carried for week in strip.weeks), sum(week.n for week in strip.weeks)
        if carried:
            of = f"{n:,}" if parts else days_text(n)
            parts.append(f"{clean(strip.name)} on {carried:,} of {of}")
    return f"Carried over unchanged from the day before: {', '.join(parts)}." if parts else ""


def carried_cells(strip: Strip, period: Span, weekly: bool) -> dict[date, str | int]:
    """For the table, by the day of its row: "yes" on a carried day, or how many days of a week were."""
    if strip.weeks is not None:
        return {week.first: week.carried for week in strip.weeks if week.carried}
    days = carried_in(strip, period)
    if not weekly:
        return dict.fromkeys(days, "yes")
    cells: dict[date, int] = {}
    for day in days:
        monday = max(day - timedelta(day.weekday()), period.first)
        cells[monday] = cells.get(monday, 0) + 1
    return cells
