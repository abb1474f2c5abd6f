"""A chart as a file: svg or png to keep, csv for its numbers; what their addresses ask for, and an ETag of the data."""

import dataclasses
import hashlib

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from journal.exchange.csv_out import csv_bytes
from journal.queries.overview import UnknownName
from journal.queries.period import BadPeriod
from journal.views.charts.pages import Asked, ChartPage
from journal.views.errors import BadAddress
from tapertrack import __version__

TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
SIZES = ("wide", "compact")


def chart_file(page: ChartPage):
    """A view ``(request, kind)`` that gives the chart as a file. Nothing to show yet is a 404."""

    def etag(request, kind: str) -> str:
        if kind not in TYPES:
            raise Http404
        request.chart = size_asked(request), _data(page, request)
        return etag_of(kind, *request.chart)

    @require_safe
    @condition(etag_func=etag)
    def view(request, kind: str):
        size, data = request.chart
        drawings = page.drawings()
        if kind == "csv":
            body = csv_bytes(*drawings.table(data))
        else:
            sheet = drawings.sheet(data, size, standalone=True)
            body = sheet.png() if kind == "png" else sheet.chart().svg
        response = HttpResponse(body, content_type=TYPES[kind])
        file_name = f"tapertrack-{page.name}-{data.first}-{data.last}.{kind}"
        response["Content-Disposition"] = content_disposition_header(kind == "csv", file_name)
        return response

    view.__doc__ = f"The {page.name} chart as a file: svg, png or csv. ``size``: wide or compact."
    return view


def _data(page: ChartPage, request):
    try:
        asked: Asked = page.asked(request)
    except (BadPeriod, UnknownName) as error:
        raise BadAddress(str(error)) from error
    if asked.data is None:
        raise Http404
    return asked.data


def etag_of(kind: str, size: str, data) -> str:
    """Changes when anything that is drawn does: the data itself is what it is made of.

    So does it with the version, for the drawing may differ. Sets are sorted first: the order inside one is another
    in each process.
    """
    fields = ((field.name, getattr(data, field.name)) for field in dataclasses.fields(data))
    drawn = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in fields}
    what = f"{__version__} {kind} {size} {drawn!r}"
    return '"' + hashlib.sha256(what.encode()).hexdigest()[:32] + '"'


def size_asked(request) -> str:
    """The size that the address names. Raises BadAddress."""
    size = request.GET.get("size", SIZES[0])
    if size not in SIZES:
        raise BadAddress("The size can be wide or compact.")
    return size
