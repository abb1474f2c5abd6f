"""What helps: by skill, how often it was practised and what became of distress, in all and by what it was about."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from journal.analysis.practice import CHANGE_SAID, SHOWN_FROM
from journal.analysis.rules import RULES
from journal.queries.period import ALL, BadPeriod
from journal.queries.practices import practices, practices_period
from journal.views.charts.kept import content_key
from journal.views.charts.pages import drawn, exact_query, length_links
from journal.views.charts.practice import PAGE
from journal.views.shared import bad_period

TITLE = "What helps"


@require_safe
def what_helps(request):
    """The chart of practices, then each skill in words; the whole record unless the address names a period."""
    key = content_key(request, "what_helps", "page")  # before the record is read
    try:
        period = practices_period(request.user, request.GET, ALL)
    except BadPeriod as error:
        return bad_period(request, TITLE, error)
    data = practices(request.user, period)
    context = {
        "title": TITLE,
        "period": period,
        "lengths": length_links(request, period),
        "data": data,
        "shown_from": SHOWN_FROM,
        "why_not_the_distance": CHANGE_SAID,
        "rule": RULES["what-helps"],
        "query": exact_query(period),
    }
    if data.drawn:
        context |= drawn(PAGE, data, key)
    return render(request, "journal/coping/what_helps.html", context)
