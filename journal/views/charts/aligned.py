"""Dose steps aligned: what one measure did after each change of a dose, all of them from the same day 0."""

from journal.analysis.titles import in_sentence
from journal.queries.aligned import AlignedChanges, aligned_changes
from journal.queries.period import ALL, charted_period
from journal.queries.responses import response_measures
from journal.views.charts.measures import measure_asked, measure_choices, medication_choices
from journal.views.charts.pages import Asked, ChartPage, Drawings, carried_on, exact_query, medication_asked


def _asked(request) -> Asked:
    query = request.GET
    if not any(query.get(name) for name in ("days", "from", "to")):
        query = {"days": ALL}
    period = charted_period(request.user, query)
    measures = response_measures(request.user)
    symptoms = [measure for measure in measures if measure.symptom is not None]
    found = aligned_changes(request.user, period, symptoms, measure_asked(request, measures), medication_asked(request))
    exact = [("measure", found.measure.key)]
    exact += [("medication", str(found.medication.pk))] if found.medication else []
    empty = _missing(found)
    return Asked(
        period,
        None if empty else found.data,
        empty=empty,
        query=exact_query(period, *exact),
        choose="What is drawn",
        choices=measure_choices(request, measures, found.measure),
        others_of="Whose dose changes",
        others=medication_choices(request, found.medications, found.medication),
        keep=carried_on(request),
    )


def _missing(found: AlignedChanges) -> str:
    """What is not there yet for a drawing; blank where there is something to draw."""
    if not found.data.responses:
        none = "There is no dose on record up to these days."
        if found.medication:
            none = f"There is none of {found.medication.name} in these days."
        return f"Each change of a dose is laid on the same day here. {none}"
    if not found.data.values:
        name = in_sentence(found.measure.name)
        return f"There are dose changes in these days, but no value of {name} from a week before the first of them on."
    return ""


def _drawings() -> Drawings:
    from journal.charts.aligned import aligned_sheet, aligned_table, changes_table

    return Drawings(aligned_sheet, aligned_table, second=("Change by change", changes_table))


PAGE = ChartPage(
    "aligned",
    "Dose changes, side by side",
    "What one symptom or mood did after each change, all counted from the same day",
    _asked,
    _drawings,
    rules=("week-before", "three-day-mean", "window", "rise", "peak", "return", "without-a-change"),
)
