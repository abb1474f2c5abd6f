"""Sleep with mood: hours, how well, and the mood of the day that the night led to."""

from journal.analysis.nights import SHORT, mood_after
from journal.analysis.numbers import rating_text
from journal.analysis.series import Span
from journal.queries.detail import sleep
from journal.queries.period import charted_period
from journal.views.charts.pages import DEFAULT_DAYS, Asked, ChartPage, Drawings, dose_row_of, exact_query


def _asked(request) -> Asked:
    period = charted_period(request.user, request.GET, DEFAULT_DAYS)
    data = sleep(request.user, period)
    return Asked(
        period,
        data,
        empty="No night is on record in this period. Hours slept and how well you slept are asked on the daily page.",
        query=exact_query(period),
        doses=dose_row_of(data) if data else "",
        after=_mood_sentence(data) if data else (),
    )


def _mood_sentence(data) -> list[str]:
    """Mood after short nights and after others, where there are enough days of both."""
    strips = {strip.key: strip.values for strip in data.strips}
    if not {"sleep_hours", "mood"} <= set(strips):
        return []
    found = mood_after(strips["sleep_hours"], strips["mood"], Span(data.first, data.last))
    if found is None:
        return []
    short, others = found
    return [
        f"Mean mood was {rating_text(short.value)} on the {short.n:,} days after a night of under {SHORT} hours, and "
        f"{rating_text(others.value)} on the {others.n:,} days after one of {SHORT} hours or more. "
        "This does not show what causes what."
    ]


def _drawings() -> Drawings:
    from journal.charts.sleep import sleep_sheet, sleep_table

    return Drawings(sleep_sheet, sleep_table)


PAGE = ChartPage(
    "sleep",
    "Sleep with mood",
    "Hours slept, how well, and the mood of the day after",
    _asked,
    _drawings,
    rules=("running-mean", "before-the-taper"),
)
