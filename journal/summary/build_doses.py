"""What was taken: each medication of the period with its steps, its missed doses, and what followed each change."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from journal.analysis.doses import Change, changes
from journal.models import DoseStep, DoseTaken, Medication, Product, TaperPlan
from journal.queries.agreed import agreed_of, agreed_plans, versions_of
from journal.queries.doses import DoseCoverage, coverage_of, pattern_of, step_taken_as
from journal.queries.overview import Steps, choose_medication, dose_changes
from journal.queries.period import Period
from journal.queries.plans import steps_to_come
from journal.queries.products import products_by_medication
from journal.queries.responses import Followed
from journal.summary.model import Descent, DoseLine, Planned, TakenMedication
from journal.taper.history import StepRow, history
from journal.taper.products import product_words
from journal.taper.taken import amount_of
from journal.taper.words import parts_text

MOST_COMPARED = 3
"""So many medications have what followed their changes printed, the one whose dose changed last among them."""

FollowedBy = Mapping[Medication, Mapping[dt.date, tuple[Followed, ...]]]
"""By medication and day of the change what each measure did after it."""


def main_of(all_steps: Steps, period: Period) -> Medication | None:
    """The medication that the page is about first: whose dose changed last in the period.

    A start is no change, so that something new does not hide a taper; where nothing changed it is as everywhere.
    """
    latest = {one: change for one, steps in all_steps.items() if (change := _latest_change(steps, period))}
    return max(latest, key=lambda one: latest[one].day, default=None) or choose_medication(all_steps, None)


def in_order(
    those: Sequence[Medication], all_steps: Steps, main: Medication | None, period: Period
) -> tuple[list[Medication], int]:
    """The medications of the period, and of how many of them, the first ones, changes of the dose are compared.

    ``main`` first, then those whose dose changed in the period, the latest first, then the others as they were. None
    is compared where no dose changed.
    """
    latest = {one: _latest_change(all_steps[one], period) for one in those}
    changed = sorted(
        (one for one in those if latest[one] and one != main), key=lambda one: latest[one].day, reverse=True
    )
    ordered = [*([main] if main else []), *changed]
    ordered += [one for one in those if one not in ordered]
    compared = min(MOST_COMPARED, 1 + len(changed)) if changed or (main and latest[main]) else 0
    return ordered, compared


def _latest_change(steps: Sequence[DoseStep], period: Period) -> Change | None:
    found = changes(dose_changes(steps), period.last)
    return next((one for one in reversed(found) if one.before is not None and one.day >= period.first), None)


def medications(
    owner, period: Period, all_steps: Steps, ordered: Sequence[Medication], followed: FollowedBy
) -> tuple[TakenMedication, ...]:
    """The medications in that order. Parts of steps are prefetched. About six queries, however many they are."""
    doses: dict[int, list[DoseTaken]] = {}
    taken = DoseTaken.objects.of(owner).filter(date__range=(period.first, period.last)).order_by("date")
    for dose in taken.only("medication", "date", "status", "mg"):
        doses.setdefault(dose.medication_id, []).append(dose)
    plans = agreed_plans(owner)
    products = products_by_medication(owner)
    return tuple(
        _medication(
            one,
            all_steps[one],
            doses.get(one.pk, []),
            products.get(one.pk, ()),
            plans.get(one.pk, []),
            followed.get(one, {}),
            period,
        )
        for one in ordered
    )


def _medication(
    medication: Medication,
    steps: Sequence[DoseStep],
    doses: list[DoseTaken],
    products: Sequence[Product],
    plans: list[TaperPlan],
    followed: Mapping[dt.date, tuple[Followed, ...]],
    period: Period,
) -> TakenMedication:
    coverage = coverage_of(steps, doses, period.first, period.last)
    shown = [row for row in history(steps, period.last) if row.until is None or row.until >= period.first]
    recorded = {dose.date for dose in doses}
    changed = changes(dose_changes(steps), period.last)
    return TakenMedication(
        name=medication.name,
        drug=medication.drug,
        reason=medication.reason,
        prescriber=medication.prescriber,
        since=medication.since,
        history=medication.history,
        products=tuple(product_words(product.plain()) for product in products if product.in_use),
        lines=tuple(_line(row, coverage, recorded, products, followed, period) for row in shown),
        coverage=coverage,
        mg=changed[-1].mg,
        mg_since=changed[-1].day,
        descent=_descent(changed),
        plan=_planned(plans, changed[-1].mg, period.last),
    )


def _planned(plans: Sequence[TaperPlan], taken: Decimal, day: dt.date) -> Planned | None:
    """What was planned on ``day``, when ``taken`` mg a day were taken."""
    there = [one.plan for one in versions_of(plans) if one.holds(day) and one.plan.agreed_on <= day]
    if not there:
        return None
    plan = there[-1]
    steps = [(step.dose, step.starts_on) for step in plan.steps.all()]
    to_come = [(step.dose, step.starts_on) for step in steps_to_come(list(plan.steps.all()), taken)]
    return Planned(
        agreed=agreed_of(plan, plans),
        next=to_come[0] if to_come else None,
        last=steps[-1] if steps else None,
    )


def _descent(changed: Sequence[Change]) -> Descent | None:
    """From the first time at the highest dose of the record to now; None where that is what is taken now.

    The first time, so that a stop and the way back up count: 75, 0, 75, 50 mg is 2 reductions and 1 increase.
    """
    highest = max(change.mg for change in changed)
    if changed[-1].mg == highest:
        return None
    peak = next(place for place, change in enumerate(changed) if change.mg == highest)
    since = changed[peak + 1 :]
    return Descent(
        mg=highest,
        reductions=sum(change.is_reduction for change in since),
        increases=sum(change.is_increase for change in since),
        first=since[0].day,
        last=since[-1].day,
    )


def _line(
    row: StepRow,
    coverage: DoseCoverage,
    recorded: set[dt.date],
    products: Sequence[Product],
    followed: Mapping[dt.date, tuple[Followed, ...]],
    period: Period,
) -> DoseLine:
    how = step_taken_as(row.step, products)
    first, last = max(row.starts_on, period.first), row.until or period.last
    due = [day for day in coverage.due_days if first <= day <= last]
    return DoseLine(
        row=row,
        parts=parts_text(pattern_of(row.step), amount_of(how)),
        missed=sum(first <= day <= last for day in coverage.missed),
        without_record=sum(day not in recorded for day in due),
        taken_as=how,
        followed=followed.get(row.starts_on, ()),
    )
