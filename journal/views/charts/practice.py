"""Practices before and after: what skills did to distress, as means."""

from django.urls import reverse

from journal.charts.data import LEAST_PRACTICES, PracticeData, SkillChange
from journal.queries.period import period_from
from journal.queries.practices import practices
from journal.views.charts.pages import DEFAULT_DAYS, Asked, ChartPage, Choice, Drawings, exact_query

NONE = (
    "No practice is on record in this period. To begin, open a skill under Coping, practise it, and note how "
    f"distressed you were before and after. From {LEAST_PRACTICES} such practices on, a skill is drawn here."
)


def _asked(request) -> Asked:
    period = period_from(request.user, request.GET, DEFAULT_DAYS)
    data = practices(request.user, period)
    link = Choice("Coping skills", reverse("coping"))
    if data.drawn:
        return Asked(period, data, query=exact_query(period), after=_others(data), links=[link])
    if not data.skills:
        return Asked(period, empty=NONE, action=link)
    few = f"No skill has {LEAST_PRACTICES} practices with distress before and after in this period. "
    return Asked(period, empty=few + " ".join(_others(data)), action=link)


def _others(data: PracticeData) -> list[str]:
    """The skills that are not drawn, and how often they were practised."""
    if not data.others:
        return []
    told = ", ".join(f"{skill.name} ({_times(skill)})" for skill in data.others)
    return [f"Too few practices with both ratings to draw: {told}."]


def _times(skill: SkillChange) -> str:
    times = "once" if skill.times == 1 else f"{skill.times:,} times"
    if skill.n == skill.times:
        return times
    return f"{times}, {skill.n or 'none'} with both"


def _drawings() -> Drawings:
    from journal.charts.practice import practice_sheet, practice_table

    return Drawings(practice_sheet, practice_table)


PAGE = ChartPage(
    "practice",
    "Practices before and after",
    "Mean distress before and after each coping skill",
    _asked,
    _drawings,
)
