"""Planned and taken: the drawing on a page, and as a file."""

import datetime as dt
from dataclasses import replace

from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from journal.models import Medication
from journal.queries.doses import steps_in
from journal.queries.overview import choose_medication
from journal.queries.period import Period, period_within
from journal.queries.planned import last_day, planned_of
from journal.queries.plans import agreed_now
from journal.views.charts.kept import kept, key_of
from journal.views.charts.pages import Asked, ChartPage, Drawings, drawn, medication_asked
from journal.views.errors import BadAddress

AHEAD = dt.timedelta(84)
"""So far ahead a page draws at least, else as far as behind: what was taken keeps half of the drawing."""


def planned_context(owner, medication: Medication, today) -> dict:
    """What ``journal/plans/_planned.html`` shows, as ``planned``; {} while no plan of this medication is agreed.

    One query then, else two while its drawing is kept, else nine.
    """
    if not agreed_now(owner, medication):
        return {}
    key = key_of(owner, "planned", "page", medication.pk)  # before the record is read
    drawing = kept(key, lambda: _drawing(owner, medication, today))
    return {"planned": drawing | {"medication": medication}} if drawing else {}


def _drawing(owner, medication: Medication, today) -> dict:
    data = planned_of(owner, medication, today)
    if data is None:
        return {}
    data = replace(data, last=min(data.last, max(today, data.first) + max(today - data.first, AHEAD)))
    return drawn(PAGE, data) | {"query": urlencode({"medication": medication.pk, "to": data.last})}


def _asked(request) -> Asked:
    """What the address asks for: by default the whole plan of the medication whose dose changed last.

    Raises BadPeriod or BadAddress with a sentence, or Http404 where no plan was agreed.
    """
    today = timezone.localdate()
    medication = _medication(request, today)
    whole = planned_of(request.user, medication, today) if medication else None
    if whole is None:
        raise Http404
    everything = Period(whole.first, whole.last)
    period = period_within(request.GET, everything, last_day(whole))
    data = whole
    if period != everything:
        data = planned_of(request.user, medication, today, period.first, period.last)
    return Asked(period, data)


def _medication(request, today) -> Medication | None:
    key = medication_asked(request)
    if key is None:
        return choose_medication(steps_in(request.user, today.min, today), None)
    found = Medication.objects.of(request.user).filter(pk=key).first()
    if found is None:
        raise BadAddress("That medication is not on your list.")
    return found


def _drawings() -> Drawings:
    from journal.charts.planned import planned_sheet, planned_table

    return Drawings(planned_sheet, planned_table)


PAGE = ChartPage(
    "planned", "Planned and taken", "The plan beside what was taken, day by day", _asked, _drawings, has_page=False
)
