"""One symptom in detail: the mood or a symptom on its whole scale, with its check-ins, under the dose."""

from django.urls import reverse

from journal.queries.detail import detail
from journal.queries.measures import BURDEN
from journal.queries.period import charted_period
from journal.views.charts.measures import measure_choices
from journal.views.charts.pages import (
    DEFAULT_DAYS,
    Asked,
    ChartPage,
    Choice,
    Drawings,
    carried_on,
    dose_row_of,
    exact_query,
    measure_key,
)


def _asked(request) -> Asked:
    period = charted_period(request.user, request.GET, DEFAULT_DAYS)
    asked = measure_key(request)
    # The mean of all symptoms is looked at on other pages, and is no symptom.
    found = detail(request.user, period, "" if asked == BURDEN.key and request.GET.get("measure") else asked)
    key, name = found.chosen.key, found.chosen.name
    links = []
    if found.chosen.symptom is not None:
        links.append(Choice(f"{name} on your list", reverse("symptom", args=[found.chosen.symptom])))
    return Asked(
        period,
        found.data,
        empty=f"{name} was not rated in this period.",
        query=exact_query(period, ("symptom", key)),
        choose="What to show",
        choices=measure_choices(request, found.others, found.chosen),
        keep=carried_on(request),
        doses=dose_row_of(found.data) if found.data else "",
        after=[f"Shown first: {found.rule}."] if found.rule else (),
        links=links,
    )


def _drawings() -> Drawings:
    from journal.charts.symptom import symptom_sheet, symptom_table

    return Drawings(symptom_sheet, symptom_table)


PAGE = ChartPage(
    "symptom",
    "One symptom in detail",
    "A symptom or your mood on its whole scale, with each check-in at its hour",
    _asked,
    _drawings,
    rules=("running-mean", "before-the-taper", "rose-most"),
)
