"""The overview: dose over mood and the symptoms that rose most, or those that were asked for."""

from journal.queries.overview import Overview
from journal.queries.overview import overview as overview_of
from journal.queries.period import Period, charted_period
from journal.views.charts.occupancy import with_occupancy
from journal.views.charts.pages import DEFAULT_DAYS, Asked, ChartPage, Drawings, exact_query, medication_asked


def view_asked(request) -> tuple[Period, Overview]:
    """The period and overview that the address names. Raises BadPeriod, UnknownName or BadAddress with a sentence."""
    query = request.GET
    period = charted_period(request.user, query, DEFAULT_DAYS)
    symptoms = query.getlist("symptom") if "symptom" in query else None
    view = overview_of(request.user, period, symptoms, medication_asked(request), weekly=True)
    return period, with_occupancy(view, query.get("occupancy", "").strip())


def exact_query_of(request, period: Period, view: Overview) -> str:
    """What the files' addresses need: the very days and symptoms that the page draws."""
    query = [("symptom", measure.key) for measure in view.chosen] or [("symptom", "")]
    if request.GET.get("medication"):
        query.append(("medication", request.GET["medication"]))
    if view.data.occupancy:
        query.append(("occupancy", view.data.occupancy.key))
    return exact_query(period, *query)


def _asked(request) -> Asked:
    period, view = view_asked(request)
    return Asked(period, view.data, query=exact_query_of(request, period, view))


def _drawings() -> Drawings:
    from journal.charts.overview import overview_sheet
    from journal.charts.readout import overview_rows
    from journal.charts.table import overview_table

    return Drawings(overview_sheet, overview_table, readout=overview_rows)


PAGE = ChartPage(
    "overview", "Overview", "Dose over mood and the symptoms that rose most", _asked, _drawings, has_page=False
)
