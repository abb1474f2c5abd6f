"""What the chart of aligned dose changes draws, and which measure it takes when none is asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from journal.analysis.doses import changes
from journal.analysis.levels import rose_most
from journal.analysis.quiet import quiet
from journal.analysis.responses import WEEK, responses
from journal.analysis.scaled import Scaled
from journal.charts.aligned_data import AlignedData
from journal.models import Medication
from journal.queries.compared import compared_in
from journal.queries.doses import steps_in
from journal.queries.measures import MOOD, DailyMeasure, daily_of, means
from journal.queries.overview import Steps, choose_medication, dose_changes
from journal.queries.period import Period


@dataclass(frozen=True)
class AlignedChanges:
    """The drawing's data; ``measure`` is what is drawn, ``medication`` whose doses, of ``medications`` with changes."""

    data: AlignedData
    measure: DailyMeasure
    medication: Medication | None
    medications: tuple[Medication, ...]


def aligned_changes(
    owner, period: Period, symptoms: Sequence[DailyMeasure], measure: DailyMeasure | None, medication: int | None
) -> AlignedChanges:
    """Every dose change of one medication in ``period``, with its week before and what followed.

    The rules are those of ``queries.responses``, without what else happened in each window. Seven queries at most,
    whatever the years. ``measure`` None takes that of ``symptoms`` which rose most; ``medication`` is a key, None takes
    the one whose dose changed last. Raises UnknownName.
    """
    history = steps_in(owner, dt.date.min, period.last)
    main = choose_medication(history, medication)
    measure = measure or rose_most_of(owner, history, symptoms, period)
    of_main = changes(dose_changes(history[main])) if main else []
    shown = [change for change in of_main if change.before is not None and change.day >= period.first]
    values, found, beside = {}, [], ()
    if shown:
        # All of the record: what the rule finds without a change is looked for in all of it.
        values = daily_of(owner, dt.date.min, period.last, [measure])[measure.key].values
        scaled = Scaled(values)
        found = responses(values, of_main, period.last, measure.better, first=period.first, scaled=scaled)
        known = [
            one.day for steps in history.values() for one in changes(dose_changes(steps)) if one.before is not None
        ]
        lengths = [one.window.days for one in found if one.is_known]
        beside = quiet(scaled, known, period.last, lengths, measure.better)
        since = shown[0].day - dt.timedelta(WEEK)
        values = {day: value for day, value in values.items() if day >= since}
    several = [one for one, steps in history.items() if len(changes(dose_changes(steps))) > 1]
    data = AlignedData(
        first=period.first,
        last=period.last,
        name=measure.name,
        better=measure.better,
        responses=tuple(found),
        values=values,
        medication=main.name if main and len(several) > 1 else "",
        private=measure.private,
        quiet=beside,
    )
    return AlignedChanges(data, measure, main, tuple(several))


def rose_most_of(owner, history: Steps, symptoms: Sequence[DailyMeasure], period: Period) -> DailyMeasure:
    """The symptom whose last 28 days are most above before the taper; mood where none rose. Four queries at most.

    What is private is drawn when the person chooses it, never by a rule.
    """
    symptoms = [measure for measure in symptoms if not measure.private]
    stretches = compared_in(owner, (dose_changes(steps) for steps in history.values()), period)
    found = means(owner, stretches.spans, symptoms)
    rises = rose_most({measure.key: stretches.pair(found[measure.key]) for measure in symptoms})
    if not rises or rises[0].rise <= 0:
        return MOOD
    return next(measure for measure in symptoms if measure.key == rises[0].key)
