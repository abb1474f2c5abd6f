"""Distress before and after, by skill and by what it was about: exact medians of figures that the database counts."""

from collections import Counter, defaultdict
from dataclasses import replace

from django.db.models import Count, Min

from journal.analysis.practice import order, tally
from journal.catalogue import situations
from journal.catalogue.skills import SKILLS
from journal.charts.data import PracticeData, SituationChange, SkillChange
from journal.models import Practice
from journal.queries.period import ALL, Period, period_from


def practices_period(owner, query, default: str) -> Period:
    """The period that ``query`` names, as ``period_from``; ``default`` is a length ("90", "all") where it names none.

    "all" begins with the first practice where that is before everything else on record. Raises BadPeriod.
    """
    asked = {name: query.get(name, "").strip() for name in ("days", "from", "to")}
    period = period_from(owner, asked if any(asked.values()) else {"days": default})
    if period.length != ALL:
        return period
    first = Practice.objects.of(owner).aggregate(first=Min("date"))["first"]
    return replace(period, first=min(first, period.first)) if first else period


def practices(owner, period: Period) -> PracticeData:
    """The skills practised in ``period``: those with enough practices by median change, then the rest by how often.

    One query. Rows with the same skill, situation and figures come as one with their number: of whole figures at most
    144 a skill and situation, however many practices there are.
    """
    rows = (
        Practice.objects.of(owner)
        .filter(date__range=(period.first, period.last))
        .order_by()
        .values_list("skill", "skill__name", "skill__slug", "skill__builtin", "situation", "before", "after")
        .annotate(n=Count("pk"))
    )
    called: dict[int, tuple[str, str]] = {}
    counted: dict[int, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for key, name, slug, builtin, situation, before, after, n in rows:
        called[key] = (SKILLS[builtin].name if builtin in SKILLS else name, slug)
        counted[key][situation][before, after] += n
    skills = [_skill(*called[key], by_situation) for key, by_situation in counted.items()]
    skills.sort(key=lambda skill: (*order(skill.tally, skill.name), skill.slug))
    return PracticeData(period.first, period.last, tuple(skills))


def _skill(name: str, slug: str, by_situation: dict[str, Counter]) -> SkillChange:
    about = [SituationChange(situation, tally(pairs)) for situation, pairs in by_situation.items()]
    about.sort(key=lambda one: (not one.situation, *order(one.tally, situations.name_of(one.situation))))
    return SkillChange(name, tally(sum(by_situation.values(), Counter())), slug, tuple(about))
