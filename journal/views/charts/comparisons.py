"""Days with and without a factor: one measure, compared by everything that days can be told apart by."""

from journal.analysis.comparison import LEAST_DAYS
from journal.queries.comparisons import comparisons
from journal.queries.period import ALL, charted_period
from journal.queries.responses import response_measures
from journal.views.charts.measures import measure_asked, measure_choices
from journal.views.charts.pages import Asked, ChartPage, Drawings, carried_on, exact_query

EMPTY = f"A comparison takes {LEAST_DAYS} days with and {LEAST_DAYS} days without, each of them rated."


def _asked(request) -> Asked:
    period = charted_period(request.user, _with_days(request.GET))
    measures = response_measures(request.user)
    measure = measure_asked(request, measures) or measures[0]
    data = comparisons(request.user, period, measure)
    return Asked(
        period,
        data if data.has_enough else None,
        empty=EMPTY,
        query=exact_query(period, ("measure", measure.key)),
        choose="What to compare",
        choices=measure_choices(request, measures, measure),
        keep=carried_on(request),
        below=data,
    )


def _with_days(query) -> dict:
    """What the address asks for; everything on record where it names no days. Comparisons take many."""
    named = {name: query.get(name, "") for name in ("days", "from", "to")}
    return named if any(value.strip() for value in named.values()) else {"days": ALL}


def _drawings() -> Drawings:
    from journal.charts.comparisons import comparisons_sheet, comparisons_table

    return Drawings(comparisons_sheet, comparisons_table)


PAGE = ChartPage(
    "comparisons",
    "Days with and without",
    "After a missed dose, alcohol or a short night, and on days with a practice or exercise",
    _asked,
    _drawings,
    rules=("comparison", "burden"),
    below="journal/trends/_comparisons.html",
)
