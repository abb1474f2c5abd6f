"""Questionnaires over time: scores given now and then, each on its own scale, under the dose."""

from django.urls import reverse

from journal.queries.detail import MOST_SCORES, scores
from journal.queries.period import charted_period
from journal.views.charts.pages import (
    DEFAULT_DAYS,
    Asked,
    ChartPage,
    Choice,
    Drawings,
    address,
    dose_row_of,
    exact_query,
)

NONE = (
    "No questionnaire or other score is on record in this period. "
    "A score of a questionnaire can be kept as a measure of your own, and entered on the daily page."
)


def _asked(request) -> Asked:
    query = request.GET
    period = charted_period(request.user, query, DEFAULT_DAYS)
    found = scores(request.user, period, query.getlist("measure") if "measure" in query else None)
    chosen = [measure.slug for measure in found.chosen]
    named = [("measure", slug) for slug in chosen]
    return Asked(
        period,
        found.data,
        empty=NONE,
        action=Choice("Measures", reverse("measures")),
        query=exact_query(period, *named),
        choose=f"What to show, {MOST_SCORES} at most",
        choices=_choices(request, found.measures, chosen) if len(found.measures) > 1 else (),
        keep=named if "measure" in query else (),
        doses=dose_row_of(found.data) if found.data else "",
    )


def _choices(request, measures, chosen: list[str]) -> list[Choice]:
    """A link for each score that adds it to the drawing, or takes it out; without any the first ones are drawn."""
    choices = []
    for measure in measures:
        is_drawn = measure.slug in chosen
        keys = [key for key in chosen if key != measure.slug] if is_drawn else [*chosen, measure.slug]
        if len(keys) > MOST_SCORES:
            keys = [*keys[1:MOST_SCORES], measure.slug]
        url = address(request, measure=keys) if keys else address(request, drop=("measure",))
        choices.append(Choice(measure.name, url, is_drawn))
    return choices


def _drawings() -> Drawings:
    from journal.charts.scores import scores_sheet, scores_table

    return Drawings(scores_sheet, scores_table)


PAGE = ChartPage(
    "questionnaires",
    "Questionnaires over time",
    "Scores and other numbers of your own, under the dose",
    _asked,
    _drawings,
    rules=("before-the-taper",),
    own_measures=True,
)
