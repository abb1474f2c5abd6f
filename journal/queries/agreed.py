"""The plans that were agreed, and when each of them was in force."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from journal.analysis.agreed import Agreed
from journal.charts.model import DoseChange
from journal.models import TaperPlan

Change = TaperPlan.Change
LEAD = dt.timedelta(7)
"""So long before its first step at the latest the first plan begins, with the dose that was taken then."""


@dataclass(frozen=True)
class Version:
    """An agreed plan while it was in force: from ``first`` until before ``end``, None while it is agreed."""

    plan: TaperPlan
    first: dt.date
    end: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether it was in force on this day."""
        return self.first <= day and (self.end is None or day < self.end)

    @property
    def doses(self) -> list[DoseChange]:
        """The doses that it planned while it was in force: on its first day the one in force by then, then its steps.

        In mg that would really be taken, as what was taken is.
        """
        steps = list(self.plan.steps.all())
        behind = [step for step in steps if step.starts_on <= self.first]
        begin = behind[-1].dose if behind else self.plan.from_mg
        later = [step for step in steps if step.starts_on > self.first and self.holds(step.starts_on)]
        return [DoseChange(self.first, begin), *(DoseChange(step.starts_on, step.dose) for step in later)]


def agreed_plans(owner) -> dict[int, list[TaperPlan]]:
    """All plans that were ever agreed, with their steps, by the key of their medication. Two queries."""
    found: dict[int, list[TaperPlan]] = {}
    for plan in ever_agreed(owner):
        found.setdefault(plan.medication_id, []).append(plan)
    return found


def ever_agreed(owner) -> QuerySet[TaperPlan]:
    """The plans that were agreed at some time, with their steps: one set aside before that was never in force."""
    plans = TaperPlan.objects.of(owner).exclude(status=TaperPlan.Status.PROPOSED)
    return plans.filter(agreed_on__isnull=False).prefetch_related("steps")


def versions_of(plans: Iterable[TaperPlan]) -> list[Version]:
    """One medication's agreed plans as they were in force, one after another, with days between them or none.

    A plan counts from the day on which it was agreed or changed, though that was written down later: whatever was
    agreed before it ends there. One that was in force for no whole day (agreed and held on one day) is left out.
    """
    found: list[Version] = []
    for plan in sorted(plans, key=lambda plan: (plan.ended_on or dt.date.max, _begun(plan), plan.pk)):
        first, end = _begun(plan), plan.ended_on
        steps = list(plan.steps.all())
        if not found and steps and plan.change not in {Change.BACK, Change.REPLAN}:
            first = min(first, steps[0].starts_on - LEAD)
        if end is not None and end <= first:
            continue
        earlier = [version for version in found if version.first < first]
        found = [replace(one, end=min(one.end or first, first)) for one in earlier] + [Version(plan, first, end)]
    return found


def _begun(plan: TaperPlan) -> dt.date:
    """The day from which the plan says what is planned. One of the history that was agreed again begins then."""
    return max(plan.agreed_on, plan.changed_on or plan.agreed_on)


def agreed_of(plan: TaperPlan, plans: Iterable[TaperPlan]) -> Agreed:
    """When this plan was first agreed, and what was changed on the way to it. ``plans``: all of the medication."""
    by_key = {one.pk: one for one in plans}
    changes: list[tuple[str, dt.date]] = []
    one: TaperPlan | None = plan
    while one is not None and one.change and one.changed_on >= plan.agreed_on:
        changes.append((one.change, one.changed_on))
        one = by_key.pop(one.replaces_id, None)  # each once, whatever an import brought
    return Agreed(plan.agreed_on, plan.agreed_with, tuple(reversed(changes)))
