"""What was planned at the time, beside what was taken: the agreed plans of a medication as one line."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from journal.analysis.agreed import Agreed, agreed_words
from journal.analysis.doses import dose_on
from journal.analysis.series import Span
from journal.charts.adherence import Dose, PlannedData
from journal.charts.model import DoseChange
from journal.charts.theme import day_text
from journal.models import DoseTaken, Medication, TaperPlan
from journal.queries.doses import coverage_of
from journal.queries.entries import entry_days
from journal.queries.medications import steps_of
from journal.queries.overview import dose_changes

Change = TaperPlan.Change
LEAD = dt.timedelta(7)
"""So long before its first step at the latest the first plan begins, with the dose that was taken then."""
AFTER = dt.timedelta(28)
"""So long a plan that was gone through to its end is followed."""
ONE_DAY = dt.timedelta(1)


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
    for plan in _ever_agreed(owner):
        found.setdefault(plan.medication_id, []).append(plan)
    return found


def _ever_agreed(owner):
    plans = TaperPlan.objects.of(owner).exclude(status=TaperPlan.Status.PROPOSED)
    return plans.filter(agreed_on__isnull=False).prefetch_related("steps")  # set aside unagreed: never in force


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


# -- the drawing's data -----------------------------------------------------------------------------------------------


def planned_of(
    owner, medication: Medication, today: dt.date, first: dt.date | None = None, last: dt.date | None = None
) -> PlannedData | None:
    """Planned and taken from ``first`` to ``last``, by default all of it; None where no plan was ever agreed.

    Six queries, however long the record. ``last`` is at most the last day that ``last_day`` gives.
    """
    plans = list(_ever_agreed(owner).filter(medication=medication))
    versions = versions_of(plans)
    if not versions:
        return None
    steps = steps_of(owner, medication)
    taken = dose_changes(steps)
    planned = tuple(change for version in versions for change in version.doses)
    first = first or versions[0].first
    last = last or max(first, _whole_until(versions[-1], planned, taken, today))
    until = min(today, last)
    recorded = list(DoseTaken.objects.of(owner).filter(medication=medication, date__range=(first, last)))
    return PlannedData(
        medication=medication.name,
        planned=planned,
        taken=taken,
        doses={dose.date: _dose(dose) for dose in sorted(recorded, key=lambda dose: dose.date)},
        due_days=coverage_of(steps, recorded, first, until).due_days if first <= until else frozenset(),
        entry_days=frozenset(entry_days(owner, first, last)),
        first=first,
        last=last,
        today=today,
        plan=_plan_words(versions, plans),
        without_plan=_without_plan(versions, last),
    )


def last_day(whole: PlannedData) -> dt.date:
    """The last day that may be asked for: today, or the end of the plan where that is to come."""
    return max(whole.last, whole.today)


def _whole_until(version: Version, planned, taken, today: dt.date) -> dt.date:
    """The last day of the whole: of the last planned step, of today, or where both came to their end some days after.

    Of a plan that was set aside, the day before.
    """
    if version.end is not None:
        return version.end - ONE_DAY
    end = planned[-1]
    if end.day >= today:
        return end.day
    now = dose_on(taken, today)
    if now is None or now > end.mg:
        return today
    latest = max(end.day, *(change.day for change in taken if change.day <= today))
    return min(today, latest + AFTER)


def _dose(dose: DoseTaken) -> Dose:
    return Dose(dose.status, dose.mg if dose.status == DoseTaken.Status.OTHER else None)


def _without_plan(versions: Sequence[Version], last: dt.date) -> tuple[Span, ...]:
    """The days after each version on which none was agreed, up to ``last``."""
    following = [version.first for version in versions[1:]] + [last + ONE_DAY]
    return tuple(
        Span(version.end, begun - ONE_DAY)
        for version, begun in zip(versions, following, strict=True)
        if version.end is not None and version.end < begun
    )


def _plan_words(versions: Sequence[Version], plans: Sequence[TaperPlan]) -> str:
    """ "the plan agreed on 20 Sep 2026, held on 3 Oct"; of an earlier one that it did not come from, when that was."""
    now = versions[-1]
    agreed = replace(agreed_of(now.plan, plans), by_whom="")
    words = f"the plan {agreed_words(agreed, lambda day, year: day_text(day, year=year))}"
    if now.end is not None:
        words += f", set aside on {day_text(now.end, year=now.end.year != agreed.on.year)}"
    earlier = {version.plan.agreed_on for version in versions} - {agreed.on}
    if earlier:
        words += f"; before it the plan agreed on {day_text(max(earlier), year=True)}"
    return words
