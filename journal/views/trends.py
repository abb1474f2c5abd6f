"""Trends: the overview chart, its numbers, and the choice of days and symptoms, all of it in the address."""

import dataclasses
import hashlib
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from journal.exchange.csv_out import csv_bytes
from journal.queries.overview import Overview, UnknownName
from journal.queries.overview import overview as overview_of
from journal.queries.period import ALL, LENGTHS, BadPeriod, Period, period_from, record_span
from journal.views.errors import BadAddress
from journal.views.shared import bad_period
from tapertrack import __version__

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
        "lengths": _length_links(request, period),
        "chips": _chips(request, view),
        "medications": view.medications,
        "whole": _address(request, days=ALL),
        "is_empty": not view.data.entry_days and not view.data.steps,
        "has_record": span is not None,
    }
    if not context["is_empty"]:
        context |= _drawn(request, view)
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


def _etag(request, kind: str) -> str | None:
    """Changes when anything that is drawn does: the data itself is what it is made of.

    So does it with the version, for the drawing may differ. Days are sorted first: the order inside a set is
    another in each process.
    """
    try:
        _, view = _asked_for(request)
    except (BadAddress, BadPeriod, UnknownName):
        return None
    request.overview = view
    drawn = dataclasses.replace(view.data, entry_days=tuple(sorted(view.data.entry_days)))
    what = f"{__version__} {kind} {_size(request)} {drawn!r}"
    return '"' + hashlib.sha256(what.encode()).hexdigest()[:32] + '"'


@require_safe
@condition(etag_func=_etag)
def overview(request, kind: str):
    """The chart as a file: svg or png to keep, csv for its numbers. ``size``: wide or compact."""
    try:
        view = getattr(request, "overview", None) or _asked_for(request)[1]
    except (BadPeriod, UnknownName) as error:
        raise BadAddress(str(error)) from error
    from journal.charts.overview import overview as draw
    from journal.charts.overview import overview_png, overview_table

    if kind == "svg":
        body, content_type = draw(view.data, _size(request), standalone=True).svg.encode(), "image/svg+xml"
    elif kind == "png":
        body, content_type = overview_png(view.data, _size(request)), "image/png"
    elif kind == "csv":
        body, content_type = csv_bytes(*overview_table(view.data)), "text/csv; charset=utf-8"
    else:
        raise Http404
    response = HttpResponse(body, content_type=content_type)
    name = f"tapertrack-overview-{view.data.first}-{view.data.last}.{kind}"
    response["Content-Disposition"] = content_disposition_header(kind == "csv", name)
    return response


def _asked_for(request) -> tuple[Period, Overview]:
    """The period and overview that the address names. Raises BadPeriod, UnknownName or BadAddress with a sentence."""
    query = request.GET
    medication = query.get("medication", "")
    if medication and not (medication.isascii() and medication.isdigit() and len(medication) < 19):
        raise BadAddress("“medication” is a number in this address.")
    period = period_from(request.user, query, DEFAULT_DAYS)
    symptoms = query.getlist("symptom") if "symptom" in query else None
    return period, overview_of(request.user, period, symptoms, int(medication) if medication else None)


def _size(request) -> str:
    size = request.GET.get("size", "wide")
    if size not in {"wide", "compact"}:
        raise BadAddress("The size can be wide or compact.")
    return size


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


def _length_links(request, period: Period) -> list[dict]:
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
