"""Living with an agreed plan: a step confirmed, held, moved, back up. Each is one transaction.

What changes the plan leaves the old one in the history, as ``plan_changes`` does it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from django.db import transaction

from journal.models import DoseStep, Medication, PlannedStep, TaperPlan
from journal.plan_text import whole_in
from journal.queries.doses import pattern_of
from journal.queries.medications import save_step
from journal.queries.plan_changes import CannotChange, Change, changed, lock, set_aside
from journal.queries.plans import doses_before, steps_to_come
from journal.taper.history import Part, Pattern, kind_for, mean_mg
from journal.taper.schedule import LATEST, PlanError

LONGEST_MOVE = 3_660


def confirm(step: PlannedStep, steps: Sequence[DoseStep], day: dt.date, move_rest: bool, today: dt.date) -> TaperPlan:
    """Record that the planned dose is taken from ``day`` on; ``move_rest`` moves it there in the plan, too, and the
    later steps by as many days, so that the days between them stay as they were.

    Raises CannotChange where the day has a dose step already, or lies before the last one.
    """
    medication = step.plan.medication
    with transaction.atomic():
        lock(step.plan)
        kept = record_dose(medication, steps, Pattern(day, step.dose, 1, _parts_of(step)), step.taken_mg)
        late = (day - step.starts_on).days
        if not (move_rest and late):
            return step.plan
        moved = [one for one in step.plan.steps.all() if one.starts_on >= step.starts_on]
        dates = {one.pk: one.starts_on + dt.timedelta(late) for one in moved}
        return changed(step.plan, Change.MOVE, today, dates, recorded=kept)


def hold(plan: TaperPlan, steps: Sequence[DoseStep], days: int, today: dt.date) -> TaperPlan:
    """Stay at the dose: what is to come comes ``days`` days later, from today on at the earliest.

    The hold itself is recorded as a dose step of today, unless the dose began today; of a pattern over several days as
    one of the day on which it last began anew, so that its days with and without a dose stay where they are.
    """
    taken = _taken(steps, today)
    with transaction.atomic():
        lock(plan)
        to_come = _to_come(plan, taken)
        shift = days + max(0, (today - to_come[0].starts_on).days)
        _check_reach(to_come, shift)
        kept = None
        if taken is not None:
            last = steps[-1]
            day = today - dt.timedelta((today - last.starts_on).days % last.cycle_days)
            if last.starts_on < day:
                kept = record_dose(plan.medication, steps, replace(pattern_of(last), starts_on=day), last.taken_mg)
        dates = {step.pk: step.starts_on + dt.timedelta(shift) for step in to_come}
        return changed(plan, Change.HOLD, today, dates, held={to_come[0].pk: days}, recorded=kept)


def move(plan: TaperPlan, steps: Sequence[DoseStep], days: int, today: dt.date) -> TaperPlan:
    """Everything to come ``days`` days later, or earlier where that is negative; never before the dose of now began."""
    with transaction.atomic():
        lock(plan)
        to_come = _to_come(plan, _taken(steps, today))
        _check_reach(to_come, days)
        first = to_come[0].starts_on + dt.timedelta(days)
        since, _ = doses_before(steps, today)
        if since and first <= since:
            raise CannotChange("The next step would come before the dose that is taken now began.")
        dates = {step.pk: step.starts_on + dt.timedelta(days) for step in to_come}
        sooner = min(max(0, -days), to_come[0].held_days)  # what is taken off a hold is no hold any more
        return changed(plan, Change.MOVE, today, dates, held={to_come[0].pk: -sooner})


def leads_on_from(plan: TaperPlan, mg: Decimal) -> bool:
    """Whether the plan has steps below this dose, at a pace of its own, and does not begin below it."""
    planned = list(plan.steps.all())
    return bool(mg <= plan.from_mg and steps_to_come(planned, mg) and _gaps(plan, planned))


def back_up(plan: TaperPlan, steps: Sequence[DoseStep], to: DoseStep, today: dt.date) -> TaperPlan:
    """Take an earlier, higher dose again from today on. The plan's steps below it follow anew, at the plan's own pace:
    as many days apart as it was made with. A plan that has no such pace (one step only), or that begins below that
    dose, is set aside: nobody laid out a way from there.
    """
    with transaction.atomic():
        lock(plan)
        kept = record_dose(plan.medication, steps, replace(pattern_of(to), starts_on=today), to.taken_mg)
        if not leads_on_from(plan, to.mg):
            set_aside(plan, today)
            return plan
        planned = list(plan.steps.all())
        to_come, gaps = steps_to_come(planned, to.mg), _gaps(plan, planned)
        dates, day = {}, today
        for step in to_come:
            day += dt.timedelta(gaps[step.pk])
            dates[step.pk] = day
        return changed(plan, Change.BACK, today, dates, from_mg=to.mg, recorded=kept)


def record_dose(
    medication: Medication, steps: Sequence[DoseStep], dose: Pattern, taken_mg: Decimal | None = None
) -> DoseStep:
    """Keep a dose step, and return it; it takes the place of a hold that was recorded on its day.

    Raises CannotChange where its day has another step, or a later one is there already.
    """
    there = next((step for step in steps if step.starts_on == dose.starts_on), None)
    if there and there.kind != DoseStep.Kind.HOLD:
        raise CannotChange("There is a dose step on that day already. A day has one step.")
    if any(step.starts_on > dose.starts_on for step in steps):
        raise CannotChange("A later dose step is there already. Correct it in the dose history.")
    before = [step.mg for step in steps if step is not there]
    kind = kind_for(before[-1] if before else None, dose.mg, max(before, default=None))
    parts, cycle_days = dose.parts, dose.cycle_days
    if not parts or mean_mg(parts, cycle_days) != dose.mg:
        parts, cycle_days = (), 1  # amounts to 0.001 that do not add up to the dose: the dose is what counts
    fields = {"starts_on": dose.starts_on, "mg": dose.mg, "kind": kind, "cycle_days": cycle_days, "taken_mg": taken_mg}
    step = there or DoseStep(medication=medication)
    if save_step(medication, fields, parts, step) is None:
        raise CannotChange("There is a dose step on that day already. A day has one step.")
    return step


def _parts_of(step: PlannedStep) -> tuple[Part, ...]:
    return tuple(Part(1, when, Decimal(mg)) for when, mg in step.parts)


def _taken(steps: Sequence[DoseStep], today: dt.date) -> Decimal | None:
    begun = [step for step in steps if step.starts_on <= today]
    return begun[-1].mg if begun else None


def _to_come(plan: TaperPlan, taken: Decimal | None) -> list[PlannedStep]:
    to_come = steps_to_come(list(plan.steps.all()), taken)
    if not to_come:
        raise CannotChange("No step of this plan is to come any more.")
    return to_come


def _check_reach(to_come: Sequence[PlannedStep], days: int) -> None:
    if not -LONGEST_MOVE <= days <= LONGEST_MOVE:
        raise CannotChange(f"A plan can be moved by up to {LONGEST_MOVE:,} days.")
    if to_come[-1].starts_on + dt.timedelta(days) > LATEST:
        raise CannotChange(f"The last step would come after {LATEST.year}.")


def _gaps(plan: TaperPlan, steps: Sequence[PlannedStep]) -> dict[int, int]:
    """Days before each step, at least 1, however the plan was held and moved since: those that it was made with.

    Where it does not say, the days between its steps, holds taken out; before the first as many as before the second.
    """
    if len(steps) < 2:
        return {}
    try:
        return dict.fromkeys((step.pk for step in steps), max(1, whole_in("every", plan.settings.get("every", ""))))
    except PlanError:
        between = {}
        for earlier, later in pairwise(steps):
            days = (later.starts_on - earlier.starts_on).days
            between[later.pk] = days - later.held_days if later.held_days < days else days
        return {steps[0].pk: between[steps[1].pk], **between}
