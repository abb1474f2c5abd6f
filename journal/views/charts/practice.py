"""Practices before and after: what skills did to distress, as medians."""

from django.urls import reverse

from journal.analysis.practice import SHOWN_FROM, Tally
from journal.charts.data import PracticeData
from journal.queries.practices import practices, practices_period
from journal.views.charts.pages import DEFAULT_DAYS, Asked, ChartPage, Choice, Drawings, exact_query

NONE = (
    "No practice is on record in this period. To begin, open a skill under Coping, practise it, and note how "
    f"distressed you were before and after. From {SHOWN_FROM} such practices on, a skill is drawn here."
)


def _asked(request) -> Asked:
    period = practices_period(request.user, request.GET, str(DEFAULT_DAYS))
    data = practices(request.user, period)
    link = Choice("Coping skills", reverse("coping"))
    if data.drawn:
        helps = Choice("What helps, by what it was about", f"{reverse('what_helps')}?{exact_query(period)}")
        return Asked(period, data, query=exact_query(period), after=_others(data), links=[helps, link])
    if not data.skills:
        return Asked(period, empty=NONE, action=link)
    few = f"No skill has {SHOWN_FROM} practices with distress before and after in this period. "
    return Asked(period, empty=few + " ".join(_others(data)), action=link)


def _others(data: PracticeData) -> list[str]:
    """The skills that are not drawn, and how often they were practised."""
    if not data.others:
        return []
    told = ", ".join(f"{skill.name} ({_times(skill.tally)})" for skill in data.others)
    return [f"Too few practices with both ratings to draw: {told}."]


def _times(tally: Tally) -> str:
    times = "once" if tally.times == 1 else f"{tally.times:,} times"
    if tally.n == tally.times:
        return times
    return f"{times}, {tally.n or 'none'} with both"


def _drawings() -> Drawings:
    from journal.charts.practice import practice_sheet, practice_table

    return Drawings(practice_sheet, practice_table)


PAGE = ChartPage(
    "practice",
    "Practices before and after",
    "Median distress before and after each coping skill",
    _asked,
    _drawings,
    rules=("what-helps",),
)
