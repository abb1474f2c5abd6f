"""Small multiples: every symptom in a panel of its own, eight at once."""

from journal.views.charts.pages import ChartPage, Drawings
from journal.views.charts.rated import rated_asked

AT_ONCE = 8
"""Panels in one picture; the page links to the next ones."""


def _asked(request):
    return rated_asked(request, AT_ONCE, width=147, least=1.1)  # one panel of a phone


def _drawings() -> Drawings:
    from journal.charts.multiples import multiples_sheet, multiples_table

    return Drawings(multiples_sheet, multiples_table)


PAGE = ChartPage(
    "multiples",
    "All symptoms",
    "Every symptom side by side, on one scale",
    _asked,
    _drawings,
    rules=("rose-most", "before-the-taper", "running-mean"),
)
