"""Planned and taken: the drawing on a page, and as a file."""

import datetime as dt
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from journal.models import Medication
from journal.queries.agreed import ever_agreed
from journal.queries.doses import steps_in
from journal.queries.overview import choose_medication
from journal.queries.period import Period, period_within
from journal.queries.planned import last_day, planned_of
from journal.queries.plans import agreed_now
from journal.views.charts.kept import kept, key_of
from journal.views.charts.pages import Asked, ChartPage, Choice, Drawings, drawn, exact_query, medication_asked
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
    data = replace(data, last=near_end(data, today))
    return drawn(PAGE, data) | {"query": urlencode({"medication": medication.pk, "to": data.last})}


def near_end(whole, today) -> dt.date:
    """The last day that is drawn unless another is asked for: not so far ahead that what was taken is a sliver."""
    return min(whole.last, max(today, whole.first) + max(today - whole.first, AHEAD))


def _asked(request) -> Asked:
    """What the address asks for: by default the plan of the medication whose dose changed last, not too far ahead.

    Raises BadPeriod or BadAddress with a sentence.
    """
    today = timezone.localdate()
    planned = _planned_medications(request.user)
    medication = _medication(request, today, planned)
    whole = planned_of(request.user, medication, today) if medication else None
    if whole is None:
        return _without_plan(medication, today, planned)
    everything = Period(whole.first, whole.last)
    period = period_within(request.GET, Period(whole.first, near_end(whole, today)), last_day(whole))
    data = whole
    if period != everything:
        data = planned_of(request.user, medication, today, period.first, period.last)
    keep = [("medication", str(medication.pk))]
    links = [Choice("The plans of this medication", reverse("medication", args=[medication.pk]))]
    if period != everything:
        links.insert(0, Choice("Show the whole plan", f"?{exact_query(everything, *keep)}"))
    return Asked(
        period,
        data,
        query=exact_query(period, *keep),
        keep=keep,
        links=links,
        **_choices(planned, medication),
    )


def _without_plan(medication: Medication | None, today, planned: list[Medication]) -> Asked:
    """Nothing to show, and where a plan is laid out."""
    whose = f"for {medication.name}" if medication else "yet"
    if medication:
        action = Choice("Lay out a plan", reverse("planner", args=[medication.pk]))
    else:
        action = Choice("Medications", reverse("medications"))
    empty = f"No plan was agreed {whose}. Once one is, it is drawn here beside what was taken."
    return Asked(Period(today, today), empty=empty, action=action, **_choices(planned, medication))


def _choices(planned: list[Medication], medication: Medication | None) -> dict:
    """A link for each medication that has an agreed plan, where there are several."""
    others = [one for one in planned if one != medication]
    if not others:
        return {}
    choices = [Choice(one.name, f"?{urlencode({'medication': one.pk})}", one == medication) for one in planned]
    return {"choose": "Medication", "choices": choices}


def _planned_medications(owner) -> list[Medication]:
    """Those for which a plan was ever agreed, in their order. One query."""
    of_plans = ever_agreed(owner).prefetch_related(None).values("medication")
    return list(Medication.objects.of(owner).filter(pk__in=of_plans).order_by("created", "pk"))


def _medication(request, today, planned: list[Medication]) -> Medication | None:
    """The one that was asked for; else of those with a plan the one whose dose changed last; else that of all."""
    key = medication_asked(request)
    if key is not None:
        found = Medication.objects.of(request.user).filter(pk=key).first()
        if found is None:
            raise BadAddress("That medication is not on your list.")
        return found
    steps = steps_in(request.user, today.min, today)
    return choose_medication({one: steps[one] for one in planned if one in steps} or steps, None) or next(
        iter(planned), None
    )


def _drawings() -> Drawings:
    from journal.charts.planned import planned_sheet, planned_table

    return Drawings(planned_sheet, planned_table)


PAGE = ChartPage(
    "planned",
    "Planned and taken",
    "The plan beside what was taken, day by day",
    _asked,
    _drawings,
    has_lengths=False,
)
