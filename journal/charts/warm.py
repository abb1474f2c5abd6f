"""Loads matplotlib before the first request needs it (about half a second)."""

from datetime import date, timedelta
from decimal import Decimal


def warm_up() -> None:
    """Imports the drawing code and draws one small chart of each kind, so that fonts are read.

    Made for a thread that starts when the server listens. Set MPLCONFIGDIR to a writable folder
    before: else matplotlib reads all fonts again at each start.
    """
    from .model import DoseChange, OverviewData, Strip, TodayData
    from .overview import overview
    from .today import today

    last = date(2020, 1, 31)
    days = [last - timedelta(n) for n in range(60)]
    steps = (DoseChange(days[-1], Decimal(20), "start"), DoseChange(days[20], Decimal("12.5"), "reduction"))
    values = {day: Decimal(n % 7) for n, day in enumerate(days)}
    strips = (Strip("mood", "Mood", values, "up"), Strip("anxiety", "Anxiety", values))
    for size in ("wide", "compact"):
        overview(OverviewData(days[-1], last, "Warm", steps, strips, frozenset(days)), size)
        today(TodayData(last, "Warm", steps, values, frozenset(days)), size)
