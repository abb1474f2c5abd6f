"""A chart as a file: svg or png to keep, csv for its numbers; what their addresses ask for, and an ETag of the data."""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from journal.exchange.csv_out import csv_bytes
from journal.views.errors import BadAddress
from tapertrack import __version__

TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
SIZES = ("wide", "compact")

Drawings = Mapping[str, Callable]


def chart_file(name: str, asked: Callable, drawings: Callable[[], Drawings]):
    """A view ``(request, kind)`` that gives the chart called ``name`` as a file.

    ``asked(request)`` gives the frozen data that the address asks for, with ``first`` and ``last``, or raises
    BadAddress or Http404. ``drawings()`` gives ``svg(data, size)`` as text, ``png(data, size)`` as bytes and
    ``table(data)`` as (headers, rows); it is called late, for matplotlib takes its time.
    """

    def etag(request, kind: str) -> str:
        if kind not in TYPES:
            raise Http404
        request.chart = size_asked(request), asked(request)
        return etag_of(kind, *request.chart)

    @require_safe
    @condition(etag_func=etag)
    def view(request, kind: str):
        size, data = request.chart
        draw = drawings()
        body = csv_bytes(*draw["table"](data)) if kind == "csv" else draw[kind](data, size)
        response = HttpResponse(body, content_type=TYPES[kind])
        file_name = f"tapertrack-{name}-{data.first}-{data.last}.{kind}"
        response["Content-Disposition"] = content_disposition_header(kind == "csv", file_name)
        return response

    view.__doc__ = f"The {name} chart as a file: svg, png or csv. ``size``: wide or compact."
    return view


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


def medication_asked(request) -> int | None:
    """The key of the medication that the address names, None where it names none. Raises BadAddress."""
    medication = request.GET.get("medication", "")
    if medication and not (medication.isascii() and medication.isdigit() and len(medication) < 19):
        raise BadAddress("“medication” is a number in this address.")
    return int(medication) if medication else None
