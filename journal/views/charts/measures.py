"""The one measure that a chart is about, as an address names it: ``?measure=mood``, ``burden`` or a symptom's slug."""

from collections.abc import Sequence

from journal.models import Medication
from journal.queries.measures import BURDEN, DailyMeasure
from journal.queries.overview import UnknownName
from journal.views.charts.pages import Choice, address, measure_key


def measure_asked(request, measures: Sequence[DailyMeasure]) -> DailyMeasure | None:
    """The measure that the address names, None where it names none. Raises UnknownName."""
    key = measure_key(request)
    if not key:
        return None
    for measure in measures:
        if measure.key == key:
            return measure
    raise UnknownName(f"“{key[:60]}” is not among what you keep an eye on.")


def chosen_name(measure: DailyMeasure) -> str:
    """What it is called where it can be chosen: there burden says what it is."""
    return "Burden (mean of all symptoms)" if measure == BURDEN else measure.name


def measure_choices(request, measures: Sequence[DailyMeasure], drawn: DailyMeasure) -> list[Choice]:
    """A link for each measure that could be drawn instead."""
    return [
        Choice(chosen_name(one), address(request, drop=("symptom",), measure=one.key), one.key == drawn.key)
        for one in measures
    ]


def medication_choices(request, medications: Sequence[Medication], drawn: Medication | None) -> list[Choice]:
    """A link for each medication whose doses could be shown instead; none where there is no choice."""
    if len(medications) < 2:
        return []
    return [Choice(one.name, address(request, medication=one.pk), one == drawn) for one in medications]
