"""What was planned at the time, beside what was taken: the agreed plans of a medication as one line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from journal.analysis.agreed import agreed_words
from journal.analysis.doses import dose_on
from journal.analysis.series import Span
from journal.charts.model import Dose, PlannedData
from journal.charts.theme import day_text
from journal.models import DoseTaken, Medication, TaperPlan
from journal.queries.agreed import Version, agreed_of, ever_agreed, versions_of
from journal.queries.doses import coverage_of
from journal.queries.entries import entry_days
from journal.queries.medications import steps_of
from journal.queries.overview import dose_changes

AFTER = dt.timedelta(28)
"""So long a plan that was gone through to its end is followed."""
ONE_DAY = dt.timedelta(1)


def planned_of(
    owner, medication: Medication, today: dt.date, first: dt.date | None = None, last: dt.date | None = None
) -> PlannedData | None:
    """Planned and taken from ``first`` to ``last``, by default all of it; None where no plan was ever agreed.

    Six queries, however long the record. ``last`` is at most the last day that ``last_day`` gives.
    """
    plans = list(ever_agreed(owner).filter(medication=medication))
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
