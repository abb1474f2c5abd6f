"""The summary: choose the period and the reader, see the page, print it or take it as PDF."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from journal.queries.period import LENGTHS, BadPeriod, Period, period_from, record_span
from journal.summary.build import build
from journal.summary.model import Reader, Summary
from journal.summary.present import present
from journal.views.errors import BadAddress
from journal.views.shared import bad_period

DEFAULT_DAYS = 90


@require_safe
def summary(request):
    """The page as it prints, with the choices beside it."""
    from journal.charts.overview import overview

    try:
        period, reader = _asked_for(request)
    except BadPeriod as error:
        return bad_period(request, "Summary", error)
    made = _build(request, period, reader)
    span = record_span(request.user)
    return render(
        request,
        "journal/summary/summary.html",
        {
            "period": period,
            "reader": reader,
            "readers": [{"value": one.value, "label": one.value.capitalize()} for one in Reader],
            "lengths": LENGTHS,
            "page": present(made),
            "chart": overview(made.overview, "print", uid="summary"),
            "chart_phone": overview(made.overview, "compact", uid="summary"),
            "paper": request.profile.paper,
            "span": span,
            "is_empty": not made.entry_days and not made.medications,
            "query": urlencode({"from": period.first, "to": period.last, "reader": reader.value}),
        },
    )


@require_safe
def pdf(request):
    """The same page as a tagged PDF."""
    from journal.summary.pdf import render_pdf

    try:
        period, reader = _asked_for(request)
    except BadPeriod as error:
        raise BadAddress(str(error)) from error
    body = render_pdf(_build(request, period, reader))
    response = HttpResponse(body, content_type="application/pdf")
    name = f"taper-summary-{period.first}-{period.last}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


def _build(request, period: Period, reader: Reader) -> Summary:
    return build(request.user, period, reader, timezone.localdate(), request.profile)


def _asked_for(request) -> tuple[Period, Reader]:
    """The period and reader that the address names. Raises BadPeriod or BadAddress with a sentence."""
    period = period_from(request.user, request.GET, DEFAULT_DAYS)
    try:
        return period, Reader(request.GET.get("reader", Reader.PRESCRIBER))
    except ValueError as error:
        raise BadAddress("The reader can be prescriber or therapist.") from error
