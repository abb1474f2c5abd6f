"""The heat map: every symptom by day, a tint for its severity."""

from journal.views.charts.pages import ChartPage, Drawings
from journal.views.charts.rated import rated_asked


def _drawings() -> Drawings:
    from journal.charts.heatmap import heatmap_sheet, heatmap_table

    return Drawings(heatmap_sheet, heatmap_table, paper="print")


PAGE = ChartPage(
    "heatmap",
    "Heat map",
    "Every symptom by day, the strongest days the darkest",
    rated_asked,
    _drawings,
    rules=("rose-most", "before-the-taper"),
)
