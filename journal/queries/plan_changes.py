"""What happens to a plan: proposed, agreed, a step confirmed, held, moved, back up, planned again.

Every change of an agreed plan makes a new one and leaves the old one in the history as it was. Each is one transaction.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from django.db import transaction

from journal.models import Discussed, DoseStep, Medication, PlannedStep, TaperPlan
from journal.models.profile import one_at_a_time
from journal.plan_text import whole_in
from journal.queries.doses import pattern_of
from journal.queries.medications import save_step
from journal.queries.plans import steps_to_come
from journal.taper.history import Part, Pattern, kind_for, mean_mg
from journal.taper.layout import TIMES_OF_DAY, LaidOut, Row, stored
from journal.taper.pace import RULE
from journal.taper.schedule import LATEST, PlanError

Status, Change = TaperPlan.Status, TaperPlan.Change
LONGEST_MOVE = 3_660


class CannotChange(ValueError):
    """The plan does not allow it any more. The text says why, in a sentence for the person."""


@dataclass(frozen=True)
class Settings:
    """What a plan is kept with: its name, the planner's fields as they were typed, the notes that were discussed."""

    name: str
    typed: dict
    discussed: tuple[str, ...] = ()


# -- new plans --------------------------------------------------------------------------------------------------------


@transaction.atomic
def propose(medication: Medication, laid: LaidOut, settings: Settings, today: dt.date) -> TaperPlan:
    """Keep a plan as proposed. Kept twice within a press of the button it is one plan."""
    one_at_a_time(medication.owner)
    same = _kept_already(medication, laid, settings)
    if same:
        discuss(same, settings.discussed, today)
        return same
    plan = _keep(medication, laid, settings, Status.PROPOSED)
    discuss(plan, settings.discussed, today)
    return plan


def _kept_already(medication: Medication, laid: LaidOut, settings: Settings) -> TaperPlan | None:
    """The proposed plan that says just the same: the same numbers from the same dose, made of the same."""
    there = TaperPlan.objects.of(medication.owner).filter(
        medication=medication, status=Status.PROPOSED, name=settings.name, from_mg=laid.request.from_mg
    )
    rows = [(row.date, row.stored, row.take[:500]) for row in laid.rows[1:]]
    for plan in there.prefetch_related("steps"):
        steps = [(step.starts_on, step.mg, step.take) for step in plan.steps.all()]
        if plan.settings == settings.typed and steps == rows:
            return plan
    return None


def _keep(medication: Medication, laid: LaidOut, settings: Settings, status: str) -> TaperPlan:
    plan = TaperPlan.objects.create(
        medication=medication,
        name=settings.name,
        method=laid.request.method.value,
        settings=settings.typed,
        from_mg=laid.request.from_mg,
        curve=laid.curve.key if laid.curve else "",
        status=status,
    )
    PlannedStep.objects.bulk_create(_planned_step(plan, row) for row in laid.rows[1:])
    return plan


def _planned_step(plan: TaperPlan, row: Row) -> PlannedStep:
    way = row.made.way if row.made else None
    parts = []
    if way and len(row.made.parts) > 1:
        times = zip(TIMES_OF_DAY[len(row.made.parts)], row.made.parts, strict=True)
        parts = [[when, str(stored(part.mg))] for when, part in times if part.mg]
    return PlannedStep(
        plan=plan,
        starts_on=row.date,
        mg=row.stored,
        made_mg=stored(way.mg) if way else None,
        taken_mg=stored(way.taken_mg) if way and way.taken_mg != way.mg else None,
        take=row.take[:500],
        parts=parts,
        held_days=row.held_days,
    )


@transaction.atomic
def discuss(plan: TaperPlan, rules: Iterable[str], today: dt.date) -> None:
    """Note which pace notes were discussed, and since when; those not among ``rules`` are open again.

    A key that no rule has is passed over.
    """
    owner, rules = plan.medication.owner, set(rules) & RULE.keys()
    one_at_a_time(owner)
    kept = Discussed.objects.of(owner).filter(plan=plan)
    kept.exclude(rule__in=rules).delete()
    there = set(kept.values_list("rule", flat=True))
    Discussed.objects.bulk_create(Discussed(plan=plan, rule=rule, on=today) for rule in sorted(rules - there))


@transaction.atomic
def agree(plan: TaperPlan, agreed_with: str, agreed_on: dt.date, today: dt.date) -> None:
    """Mark as agreed; the plan that was agreed before becomes an earlier one."""
    owner = plan.medication.owner
    one_at_a_time(owner)
    _end_agreed(owner, plan.medication, Status.REPLACED, today, besides=plan)
    plan.status, plan.ended_on = Status.AGREED, None
    plan.agreed_with, plan.agreed_on = agreed_with, agreed_on
    plan.save(update_fields=["status", "ended_on", "agreed_with", "agreed_on"])


@transaction.atomic
def set_aside(plan: TaperPlan, today: dt.date) -> None:
    """Nothing of this plan is said any more; it stays readable."""
    one_at_a_time(plan.medication.owner)
    plan.status, plan.ended_on = Status.SET_ASIDE, today
    plan.save(update_fields=["status", "ended_on"])


def _end_agreed(owner, medication: Medication, status: str, today: dt.date, besides: TaperPlan | None = None) -> None:
    agreed = TaperPlan.objects.of(owner).filter(medication=medication, status=Status.AGREED)
    agreed.exclude(pk=besides.pk if besides else None).update(status=status, ended_on=today)


# -- living with it ---------------------------------------------------------------------------------------------------


def confirm(step: PlannedStep, steps: Sequence[DoseStep], day: dt.date, move_rest: bool, today: dt.date) -> TaperPlan:
    """Record that the planned dose is taken from ``day`` on; ``move_rest`` moves it there in the plan, too, and the
    later steps by as many days, so that the days between them stay as they were.

    Raises CannotChange where the day has a dose step already, or lies before the last one.
    """
    medication = step.plan.medication
    with transaction.atomic():
        one_at_a_time(medication.owner)
        record_dose(medication, steps, Pattern(day, step.dose, 1, _parts_of(step)), step.taken_mg)
        late = (day - step.starts_on).days
        if not (move_rest and late):
            return step.plan
        moved = [one for one in step.plan.steps.all() if one.starts_on >= step.starts_on]
        return _changed(step.plan, Change.MOVE, today, {one.pk: one.starts_on + dt.timedelta(late) for one in moved})


def hold(plan: TaperPlan, steps: Sequence[DoseStep], days: int, today: dt.date) -> TaperPlan:
    """Stay at the dose: what is to come comes ``days`` days later, from today on at the earliest.

    The hold itself is recorded as a dose step of today, unless the dose began today; of a pattern over several days as
    one of the day on which it last began anew, so that its days with and without a dose stay where they are.
    """
    taken = _taken(steps, today)
    with transaction.atomic():
        one_at_a_time(plan.medication.owner)
        to_come = _to_come(plan, taken)
        shift = days + max(0, (today - to_come[0].starts_on).days)
        _check_reach(to_come, shift)
        if taken is not None:
            last = steps[-1]
            day = today - dt.timedelta((today - last.starts_on).days % last.cycle_days)
            if last.starts_on < day:
                record_dose(plan.medication, steps, replace(pattern_of(last), starts_on=day), last.taken_mg)
        dates = {step.pk: step.starts_on + dt.timedelta(shift) for step in to_come}
        return _changed(plan, Change.HOLD, today, dates, held={to_come[0].pk: days})


def move(plan: TaperPlan, steps: Sequence[DoseStep], days: int, today: dt.date) -> TaperPlan:
    """Everything to come ``days`` days later, or earlier where that is negative; never before tomorrow's last step."""
    with transaction.atomic():
        one_at_a_time(plan.medication.owner)
        to_come = _to_come(plan, _taken(steps, today))
        _check_reach(to_come, days)
        first = to_come[0].starts_on + dt.timedelta(days)
        latest = steps[-1].starts_on if steps else None
        if latest and first <= latest:
            raise CannotChange("The next step would come before the dose that is taken now began.")
        dates = {step.pk: step.starts_on + dt.timedelta(days) for step in to_come}
        sooner = min(max(0, -days), to_come[0].held_days)  # what is taken off a hold is no hold any more
        return _changed(plan, Change.MOVE, today, dates, held={to_come[0].pk: -sooner})


def back_up(plan: TaperPlan, steps: Sequence[DoseStep], to: DoseStep, today: dt.date) -> TaperPlan:
    """Take an earlier, higher dose again from today on. The plan's steps below it follow anew, at the plan's own pace:
    as many days apart as it was made with. A plan that has no such pace (one step only) is set aside.
    """
    with transaction.atomic():
        one_at_a_time(plan.medication.owner)
        record_dose(plan.medication, steps, replace(pattern_of(to), starts_on=today), to.taken_mg)
        planned = list(plan.steps.all())
        to_come = steps_to_come(planned, to.mg)
        gaps = _gaps(plan, planned)
        if not to_come or not gaps:
            set_aside(plan, today)
            return plan
        dates, day = {}, today
        for step in to_come:
            day += dt.timedelta(gaps[step.pk])
            dates[step.pk] = day
        return _changed(plan, Change.BACK, today, dates, from_mg=to.mg)


def replace_by(plan: TaperPlan, laid: LaidOut, settings: Settings, today: dt.date) -> TaperPlan:
    """Plan again from the dose that is taken: ``laid`` takes the place of ``plan``."""
    with transaction.atomic():
        one_at_a_time(plan.medication.owner)
        _end_agreed(plan.medication.owner, plan.medication, Status.REPLACED, today)
        made = _keep(plan.medication, laid, settings, Status.AGREED)
        _follows(made, plan, Change.REPLAN, today)
        discuss(made, settings.discussed, today)
        return made


def record_dose(
    medication: Medication, steps: Sequence[DoseStep], dose: Pattern, taken_mg: Decimal | None = None
) -> None:
    """A dose step; it takes the place of a hold that was recorded on its day.

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
    if save_step(medication, fields, parts, there) is None:
        raise CannotChange("There is a dose step on that day already. A day has one step.")


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
    if not -LONGEST_MOVE <= days <= LONGEST_MOVE or to_come[-1].starts_on.year > LATEST.year - 11:
        raise CannotChange(f"A plan can be moved by up to {LONGEST_MOVE:,} days.")


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


def _changed(
    plan: TaperPlan,
    change: str,
    today: dt.date,
    dates: dict[int, dt.date],
    held: dict[int, int] | None = None,
    from_mg: Decimal | None = None,
) -> TaperPlan:
    """A copy of the plan with other dates for some steps, agreed in its place.

    Steps without a new date keep theirs; one that would then stand among those to come is behind already, and left out.
    With ``from_mg`` the way down begins anew from there: nothing stands before it, no hold on it counts any more.
    """
    _end_agreed(plan.medication.owner, plan.medication, Status.REPLACED, today)
    made = TaperPlan.objects.create(
        medication=plan.medication,
        name=plan.name,
        method=plan.method,
        settings=plan.settings,
        from_mg=plan.from_mg if from_mg is None else from_mg,
        curve=plan.curve,
        status=Status.AGREED,
    )
    first = dt.date.min if from_mg is not None else min(dates.values(), default=dt.date.max)
    copies = []
    for step in plan.steps.all():
        if step.pk not in dates and step.starts_on >= first:
            continue
        copy = PlannedStep(plan=made, starts_on=dates.get(step.pk, step.starts_on))
        for name in ("mg", "made_mg", "taken_mg", "take", "parts"):
            setattr(copy, name, getattr(step, name))
        copy.held_days = (step.held_days if from_mg is None else 0) + (held or {}).get(step.pk, 0)
        copies.append(copy)
    PlannedStep.objects.bulk_create(copies)
    _follows(made, plan, change, today)
    discuss(made, Discussed.objects.of(plan.medication.owner).filter(plan=plan).values_list("rule", flat=True), today)
    return made


def _follows(made: TaperPlan, plan: TaperPlan, change: str, today: dt.date) -> None:
    """Say where a plan comes from; with whom the one before was agreed stays said."""
    made.replaces, made.change, made.changed_on = plan, change, today
    made.agreed_on, made.agreed_with = plan.agreed_on, plan.agreed_with
    made.save(update_fields=["replaces", "change", "changed_on", "agreed_on", "agreed_with"])
