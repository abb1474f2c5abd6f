"""What is before and what is now, the same on every page of trends: stretches of the whole record."""

import datetime as dt

from django.db.models import Min

from journal.analysis.doses import changes, turning_points
from journal.analysis.levels import Compared, compared
from journal.models import DailyEntry
from journal.queries.period import Period


def compared_in(owner, medications, period: Period) -> Compared:
    """The stretches to compare when ``period`` is looked at. One query.

    ``medications``: the dose changes of each, all of the record up to the period's last day.
    """
    medications = list(medications)
    reduction, _ = turning_points(medications, dt.date.min, period.last)
    known = [one.day for steps in medications for one in changes(steps, period.last) if one.before is not None]
    entries = DailyEntry.objects.of(owner).filter(date__lte=period.last)
    first_entry = entries.aggregate(first=Min("date"))["first"]
    return compared(reduction, known, first_entry, period.first, period.last)
