"""Trends: the overview chart, its numbers, and the choice of days and symptoms, all of it in the address."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.charts.model import OverviewData
from journal.queries.overview import Overview, UnknownName
from journal.queries.overview import overview as overview_of
from journal.queries.period import ALL, LENGTHS, BadPeriod, Period, period_from, record_span
from journal.views.chart_files import chart_file, medication_asked
from journal.views.errors import BadAddress
from journal.views.plan_charts import planned_context
from journal.views.shared import bad_period

DEFAULT_DAYS = 90
NEEDED = 3
"""Days with an entry before a line says anything; until then the page says what is missing."""


@require_safe
def trends(request):
    """Dose over mood and symptoms, on one time axis."""
    try:
        period, view = _asked_for(request)
    except BadPeriod as error:
        return bad_period(request, "Trends", error)
    except UnknownName as error:
        raise BadAddress(str(error)) from error
    span = record_span(request.user)
    context = {
        "period": period,
        "view": view,
        "span": span,
        "needed": NEEDED,
        "lengths": length_links(request, period),
        "chips": _chips(request, view),
        "medications": view.medications,
        "whole": _address(request, days=ALL),
        "is_empty": not view.data.entry_days and not view.data.steps,
        "has_record": span is not None,
    }
    if not context["is_empty"]:
        context |= _drawn(request, view)
        if view.medication:
            context |= planned_context(request.user, view.medication, timezone.localdate())
    return render(request, "journal/trends/trends.html", context)


def _drawn(request, view: Overview) -> dict:
    from journal.analysis.series import Span
    from journal.charts.doseline import dose_row
    from journal.charts.overview import overview, overview_table
    from journal.charts.table import table_text

    headers, rows = overview_table(view.data)
    return {
        "wide": overview(view.data, "wide", uid="wide"),
        "compact": overview(view.data, "compact", uid="compact"),
        "dose_row": dose_row(view.data.steps, Span(view.data.first, view.data.last)),
        "headers": headers,
        "rows": table_text(headers, rows),
        "query": _exact_query(view, request),
    }


def _overview_data(request) -> OverviewData:
    try:
        return _asked_for(request)[1].data
    except (BadPeriod, UnknownName) as error:
        raise BadAddress(str(error)) from error


def _overview_drawings() -> dict:
    from journal.charts.overview import overview, overview_png, overview_table

    return {
        "svg": lambda data, size: overview(data, size, standalone=True).svg,
        "png": overview_png,
        "table": overview_table,
    }


overview = chart_file("overview", _overview_data, _overview_drawings)


def _asked_for(request) -> tuple[Period, Overview]:
    """The period and overview that the address names. Raises BadPeriod, UnknownName or BadAddress with a sentence."""
    query = request.GET
    period = period_from(request.user, query, DEFAULT_DAYS)
    symptoms = query.getlist("symptom") if "symptom" in query else None
    return period, overview_of(request.user, period, symptoms, medication_asked(request))


# -- links that keep the rest of the address -------------------------------------------------------------------------


def _address(request, drop=(), **changes) -> str:
    """This page's address with some of its query changed; a period is one choice, so its parts go together."""
    query = request.GET.copy()
    if {"days", "from", "to"} & set(changes):
        drop = (*drop, "days", "from", "to")
    for name in drop:
        query.pop(name, None)
    for name, value in changes.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return f"?{query.urlencode()}"


def length_links(request, period: Period) -> list[dict]:
    """A link for each length of the period that keeps the rest of the address."""
    links = [(str(days), f"{days}", f"{days} days") for days in LENGTHS] + [(ALL, "All", "All")]
    return [
        {"short": short, "long": words, "url": _address(request, days=value), "current": period.length == value}
        for value, short, words in links
    ]


def _chips(request, view: Overview) -> list[dict]:
    """A link for each symptom that adds it to the drawing, or takes it out."""
    chosen = [measure.key for measure in view.chosen]
    chips = []
    for measure in view.symptoms:
        drawn = measure.key in chosen
        keys = [key for key in chosen if key != measure.key] if drawn else [*chosen, measure.key]
        # An empty one says "none" where no name at all would mean "let the rule choose".
        chips.append({"name": measure.name, "url": _address(request, symptom=keys or [""]), "drawn": drawn})
    return chips


def _exact_query(view: Overview, request) -> str:
    """What the files' addresses need: the very days and symptoms that this page draws."""
    query = [("from", view.data.first.isoformat()), ("to", view.data.last.isoformat())]
    query += [("symptom", measure.key) for measure in view.chosen] or [("symptom", "")]
    if request.GET.get("medication"):
        query.append(("medication", request.GET["medication"]))
    return urlencode(query)
