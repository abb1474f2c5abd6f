"""Planned and taken: the drawing on a page, and as a file."""

import datetime as dt
from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone

from journal.charts.model import PlannedData
from journal.models import Medication
from journal.queries.doses import steps_in
from journal.queries.overview import choose_medication
from journal.queries.period import BadPeriod, Period, period_within
from journal.queries.planned import last_day, planned_of
from journal.queries.plans import agreed_now
from journal.views.chart_files import chart_file, medication_asked
from journal.views.errors import BadAddress

AHEAD = dt.timedelta(84)
"""So far ahead a page draws at least, else as far as behind: what was taken keeps half of the drawing."""


def planned_context(owner, medication: Medication, today) -> dict:
    """What ``journal/plans/_planned.html`` shows, as ``planned``; {} while no plan of this medication is agreed.

    One query then, else seven.
    """
    data = planned_of(owner, medication, today) if agreed_now(owner, medication) else None
    if data is None:
        return {}
    data = replace(data, last=min(data.last, max(today, data.first) + max(today - data.first, AHEAD)))
    from journal.charts.planned import planned_chart, planned_table  # matplotlib: not before somebody looks at a chart
    from journal.charts.table import table_text

    headers, rows = planned_table(data)
    return {
        "planned": {
            "wide": planned_chart(data, "wide", uid="planned"),
            "compact": planned_chart(data, "compact", uid="planned"),
            "headers": headers,
            "rows": table_text(headers, rows),
            "query": urlencode({"medication": medication.pk, "to": data.last}),
            "medication": medication,
        }
    }


def _asked_for(request) -> PlannedData:
    """What the address asks for: by default the whole plan of the medication whose dose changed last.

    Raises BadAddress with a sentence, or Http404 where no plan was agreed.
    """
    today = timezone.localdate()
    medication = _medication(request, today)
    whole = planned_of(request.user, medication, today) if medication else None
    if whole is None:
        raise Http404
    everything = Period(whole.first, whole.last)
    try:
        period = period_within(request.GET, everything, last_day(whole))
    except BadPeriod as error:
        raise BadAddress(str(error)) from error
    if period == everything:
        return whole
    return planned_of(request.user, medication, today, period.first, period.last)


def _medication(request, today) -> Medication | None:
    key = medication_asked(request)
    if key is None:
        return choose_medication(steps_in(request.user, today.min, today), None)
    found = Medication.objects.of(request.user).filter(pk=key).first()
    if found is None:
        raise BadAddress("That medication is not on your list.")
    return found


def _drawings() -> dict:
    from journal.charts.planned import planned_chart, planned_png, planned_table

    return {
        "svg": lambda data, size: planned_chart(data, size, standalone=True).svg,
        "png": planned_png,
        "table": planned_table,
    }


planned = chart_file("planned", _asked_for, _drawings)
