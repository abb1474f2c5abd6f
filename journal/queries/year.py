"""What the calendar of a year draws: one measure by day, and the days on which a dose began."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Min

from journal.analysis.doses import changes
from journal.analysis.series import Span
from journal.charts.year_data import YearData, first_shown
from journal.models import DailyEntry, Medication
from journal.queries.doses import steps_in
from journal.queries.measures import DailyMeasure, daily_of
from journal.queries.overview import choose_medication, dose_changes
from journal.queries.period import Period


@dataclass(frozen=True)
class Year:
    """The drawing's data; ``medication`` is whose doses begin in it, of ``medications``."""

    data: YearData
    medication: Medication | None
    medications: tuple[Medication, ...]


def year_of(owner, period: Period, measure: DailyMeasure, medication: int | None = None) -> Year:
    """At most twelve months, ending with that of the last day of ``period``, in four queries at most.

    ``medication`` is a key; None takes the one whose dose changed last. Raises UnknownName.
    """
    history = steps_in(owner, dt.date.min, period.last)
    main = choose_medication(history, medication)
    began = changes(dose_changes(history[main])) if main else []
    ends = DailyEntry.objects.of(owner).aggregate(first=Min("date"), last=Max("date"))
    first = first_shown(period.first, period.last)
    if ends["first"]:  # months before the record are no rows
        first = max(first, min(ends["first"], period.last))
    data = YearData(
        first=first,
        last=period.last,
        name=measure.name,
        better=measure.better,
        values=daily_of(owner, first, period.last, [measure])[measure.key].values,
        doses={change.day: change.mg for change in began if first <= change.day <= period.last},
        record=Span(ends["first"], ends["last"]) if ends["first"] else None,
        medication=main.name if main and len(history) > 1 else "",
    )
    return Year(data, main, tuple(history))
