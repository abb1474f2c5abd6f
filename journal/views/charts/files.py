"""A chart as a file: svg or png to keep, csv for its numbers; what their addresses ask for, and an ETag of the version.

Whether a chart is unchanged is asked of one row (`kept.content_key`): the record itself is not read then.
"""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from journal.exchange.csv_out import csv_bytes
from journal.queries.overview import UnknownName
from journal.queries.period import BadPeriod
from journal.views.charts.kept import content_key, kept
from journal.views.charts.pages import Asked, ChartPage
from journal.views.errors import BadAddress

TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
SIZES = ("wide", "compact")


def chart_file(page: ChartPage):
    """A view ``(request, kind)`` that gives the chart as a file. Nothing to show yet is a 404."""

    def etag(request, kind: str) -> str | None:
        if kind not in TYPES:
            raise Http404
        if request.headers.get("If-None-Match", "").strip() == "*":
            _data(page, request)  # "if there is any": of an address that is wrong there is none, as without the header
        request.chart_key = content_key(request, page.name, kind, size_asked(request))
        return f'"{request.chart_key}"' if request.chart_key else None

    @require_safe
    @condition(etag_func=etag)
    def view(request, kind: str):
        body, name = kept(request.chart_key, lambda: _made(page, request, kind))
        response = HttpResponse(body, content_type=TYPES[kind])
        response["Content-Disposition"] = content_disposition_header(kind == "csv", name)
        response["Cache-Control"] = "private, no-cache"  # the browser may keep it, and asks each time
        return response

    view.__doc__ = f"The {page.name} chart as a file: svg, png or csv. ``size``: wide or compact."
    return view


def _made(page: ChartPage, request, kind: str) -> tuple[bytes | str, str]:
    """The file and its name."""
    data = _data(page, request)
    drawings = page.drawings()
    if kind == "csv":
        from journal.charts.table import file_rows

        headers, rows = drawings.table(data)
        body = csv_bytes(headers, file_rows(headers, rows))
    else:
        sheet = drawings.sheet(data, size_asked(request), standalone=True)
        body = sheet.png() if kind == "png" else sheet.chart().svg
    return body, f"tapertrack-{page.name}-{data.first}-{data.last}.{kind}"


def _data(page: ChartPage, request):
    try:
        asked: Asked = page.asked(request)
    except (BadPeriod, UnknownName) as error:
        raise BadAddress(str(error)) from error
    if asked.data is None:
        raise Http404
    return asked.data


def size_asked(request) -> str:
    """The size that the address names. Raises BadAddress."""
    size = request.GET.get("size", SIZES[0])
    if size not in SIZES:
        raise BadAddress("The size can be wide or compact.")
    return size
