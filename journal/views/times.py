"""Check-ins by the time of day, and by the hours since the last dose."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from journal.analysis.times import ENOUGH, PARTS, SINCE_DOSE
from journal.queries.period import BadPeriod, period_from
from journal.queries.times import between_doses, times_of_day
from journal.templatetags.journal import NBSP
from journal.views.charts.pages import DEFAULT_DAYS, length_links
from journal.views.shared import bad_period

TITLE = "By time of day"


@require_safe
def times(request):
    """Two tables of means, for the period that the address names."""
    try:
        period = period_from(request.user, request.GET, DEFAULT_DAYS)
    except BadPeriod as error:
        return bad_period(request, TITLE, error)
    rows = times_of_day(request.user, period)
    context = {
        "title": TITLE,
        "period": period,
        "lengths": length_links(request, period),
        "rows": rows,
        "parts": [(part.name, f"{part.first} to {part.end}") for part in PARTS],
        "doses": between_doses(request.user, period) if rows else [],
        "since": [(f"{low} to {end}{NBSP}h" if end else f"{low}{NBSP}h or more") for low, end in SINCE_DOSE],
        "enough": ENOUGH,
    }
    return render(request, "journal/trends/times.html", context)
