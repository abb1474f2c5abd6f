"""Distress before and after, by skill: exact means, summed by the database."""

from fractions import Fraction

from django.db.models import Count, Q, Sum

from journal.analysis.numbers import exact_sum
from journal.catalogue.skills import SKILLS
from journal.charts.data import PracticeData, SkillChange
from journal.models import Practice
from journal.queries.period import Period


def practices(owner, period: Period) -> PracticeData:
    """The skills practised in ``period``: those with enough practices by mean change, then the rest by how often.

    One query, whatever the number of practices.
    """
    both = Q(before__isnull=False, after__isnull=False)
    rows = (
        Practice.objects.of(owner)
        .filter(date__range=(period.first, period.last))
        .order_by()
        .values("skill", "skill__name", "skill__builtin")
        .annotate(
            times=Count("pk"),
            n=Count("pk", filter=both),
            sum_before=Sum("before", filter=both),
            sum_after=Sum("after", filter=both),
        )
    )
    skills = [_skill(row) for row in rows]
    drawn = sorted((one for one in skills if one.is_drawn), key=lambda one: (one.change, one.name.casefold(), one.n))
    others = sorted((one for one in skills if not one.is_drawn), key=lambda one: (-one.times, one.name.casefold()))
    return PracticeData(period.first, period.last, (*drawn, *others))


def _skill(row: dict) -> SkillChange:
    builtin = SKILLS.get(row["skill__builtin"])
    name = builtin.name if builtin else row["skill__name"]
    n = row["n"]
    if not n:
        return SkillChange(name, row["times"], 0)
    before, after = (Fraction(exact_sum(row[of])) / n for of in ("sum_before", "sum_after"))
    return SkillChange(name, row["times"], n, before, after)
