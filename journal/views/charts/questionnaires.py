"""Questionnaires over time: totals and other scores given now and then, each on its own scale, under the dose."""

from django.urls import reverse

from journal.catalogue.questionnaires import QUESTIONNAIRES
from journal.queries.detail import MEASURE, MOST_SCORES, QUESTIONNAIRE, Scored, scores
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
    "A questionnaire has a total once all its questions are answered."
)


def _asked(request) -> Asked:
    query = request.GET
    period = charted_period(request.user, query, DEFAULT_DAYS)
    pairs = [(name, slug) for name in (QUESTIONNAIRE, MEASURE) for slug in query.getlist(name)]
    is_chosen = QUESTIONNAIRE in query or MEASURE in query
    found = scores(request.user, period, pairs if is_chosen else None)
    chosen = [one.asked for one in found.chosen]
    return Asked(
        period,
        found.data,
        empty=NONE,
        action=Choice("Questionnaires", reverse("questionnaires")),
        query=exact_query(period, *chosen),
        choose=f"What to show, {MOST_SCORES} at most",
        choices=_choices(request, found.others, chosen) if len(found.others) > 1 else (),
        keep=chosen if is_chosen else (),
        doses=dose_row_of(found.data) if found.data else "",
        links=_links(found.others),
    )


def _choices(request, others: tuple[Scored, ...], chosen: list[tuple[str, str]]) -> list[Choice]:
    """A link for each score that adds it to the drawing, or takes it out; without any the first ones are drawn."""
    choices = []
    for one in others:
        is_drawn = one.asked in chosen
        pairs = [pair for pair in chosen if pair != one.asked] if is_drawn else [*chosen, one.asked]
        if len(pairs) > MOST_SCORES:
            pairs = [*pairs[1:MOST_SCORES], one.asked]
        named = {name: [slug for of, slug in pairs if of == name] for name in (QUESTIONNAIRE, MEASURE)}
        url = address(
            request,
            drop=tuple(name for name, slugs in named.items() if not slugs),
            **{name: slugs for name, slugs in named.items() if slugs},
        )
        choices.append(Choice(one.score.name, url, is_drawn))
    return choices


def _links(others: tuple[Scored, ...]) -> list[Choice]:
    """To the questionnaires whose totals could be drawn."""
    slugs = [one.asked[1] for one in others if one.asked[0] == QUESTIONNAIRE]
    return [Choice(f"All of the {QUESTIONNAIRES[slug].name}", reverse("questionnaire", args=[slug])) for slug in slugs]


def _drawings() -> Drawings:
    from journal.charts.scores import scores_sheet, scores_table

    return Drawings(scores_sheet, scores_table)


PAGE = ChartPage(
    "questionnaires",
    "Questionnaires over time",
    "Totals, scores and other numbers of your own, under the dose",
    _asked,
    _drawings,
    rules=("before-the-taper",),
    own_measures=True,
)
