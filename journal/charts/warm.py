"""Loads matplotlib before the first request needs it (about half a second)."""

import os
import threading
from datetime import date, timedelta
from decimal import Decimal


def warm_up() -> None:
    """Imports the drawing code and draws a small overview and strip in each size, so that fonts are read.

    That is what all charts are made of. Made for a thread that starts when the server listens. Set MPLCONFIGDIR to a
    writable folder before: else matplotlib reads all fonts again at each start.
    """
    from .model import DoseChange, OverviewData, Strip, TodayData
    from .overview import overview, overview_png
    from .today import today

    last = date(2020, 1, 31)
    days = [last - timedelta(n) for n in range(60)]
    steps = (DoseChange(days[-1], Decimal(20), "start"), DoseChange(days[20], Decimal("12.5"), "reduction"))
    values = {day: Decimal(n % 7) for n, day in enumerate(days)}
    strips = (Strip("mood", "Mood", values, "up"), Strip("anxiety", "Anxiety", values))
    data = OverviewData(days[-1], last, "Warm", steps, strips, frozenset(days))
    for size in ("wide", "compact"):
        overview(data, size)
        today(TodayData(last, "Warm", steps, values, frozenset(days)), size)
    overview_png(data, scale=1)


def warm_up_all() -> None:
    """As `warm_up`, and imports what draws each chart that has an address. Needs Django."""
    from journal.views.charts import PAGES

    warm_up()
    for page in PAGES.values():
        page.drawings()


def in_background() -> threading.Thread:
    """`warm_up_all` in a thread of its own. Only a fork waits for it (gunicorn --preload): a child that is born in the
    middle of an import can never make that import itself.
    """
    thread = threading.Thread(target=warm_up_all, name="warm-up", daemon=True)
    thread.start()
    os.register_at_fork(before=lambda: thread is threading.current_thread() or thread.join())
    return thread
