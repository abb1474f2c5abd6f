"""The charts, each with an address of its own: one file a chart, one list of them all."""

from django.http import Http404

from journal.views.charts import (
    aligned,
    comparisons,
    heatmap,
    multiples,
    overview,
    planned,
    practice,
    questionnaires,
    sleep,
    symptom,
    year,
)
from journal.views.charts.files import chart_file
from journal.views.charts.pages import ChartPage, chart_page

PAGES: dict[str, ChartPage] = {
    page.name: page
    for page in (
        overview.PAGE,
        aligned.PAGE,
        symptom.PAGE,
        multiples.PAGE,
        heatmap.PAGE,
        year.PAGE,
        planned.PAGE,
        sleep.PAGE,
        practice.PAGE,
        questionnaires.PAGE,
        comparisons.PAGE,
    )
}
"""In the order in which the trends page offers them."""

_PAGES = {name: chart_page(page) for name, page in PAGES.items() if page.has_page}
_FILES = {name: chart_file(page) for name, page in PAGES.items()}


def page(request, chart: str):
    """The page of a chart."""
    if chart not in _PAGES:
        raise Http404
    return _PAGES[chart](request)


def file(request, chart: str, kind: str):
    """A chart as svg, png or csv."""
    if chart not in _FILES:
        raise Http404
    return _FILES[chart](request, kind)
