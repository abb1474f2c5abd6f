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
from journal.queries.medications import delete_step, save_step
from journal.queries.plans import doses_before, steps_to_come
from journal.taper.history import Part, Pattern, kind_for, mean_mg
from journal.taper.layout import LaidOut, Row, stored
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
    if way and len(row.made.whens) == len(row.made.parts):
        times = zip(row.made.whens, row.made.parts, strict=True)
        parts = [[when, str(stored(part.mg))] for when, part in times if part.mg]
    return PlannedStep(
        plan=plan,
        starts_on=row.date,
        mg=row.stored,
        made_mg=stored(way.mg) if way else None,
        taken_mg=stored(way.taken_mg) if way and way.taken_mg != way.mg else None,
        take=row.take,
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
def agree(plan: TaperPlan, agreed_with: str, agreed_on: dt.date, today: dt.date) -> TaperPlan:
    """The plan as agreed; the one that was agreed before becomes an earlier one.

    A plan that was agreed already, by now changed or ended, is agreed as a copy: it stays in the history as it was.
    Raises CannotChange where it has gone meanwhile.
    """
    owner = plan.medication.owner
    plan = _as_it_is_now(plan)
    if plan.status == Status.AGREED and plan.agreed_on == agreed_on and plan.agreed_with == agreed_with:
        return plan  # the button was pressed twice
    _end_agreed(owner, plan.medication, Status.REPLACED, today)
    if plan.agreed_on:
        plan = _copied(plan, {step.pk: step.starts_on for step in plan.steps.all()})
    plan.status, plan.ended_on = Status.AGREED, None
    plan.agreed_with, plan.agreed_on = agreed_with, agreed_on
    plan.save(update_fields=["status", "ended_on", "agreed_with", "agreed_on"])
    return plan


@transaction.atomic
def set_aside(plan: TaperPlan, today: dt.date) -> None:
    """Nothing of this plan is said any more; it stays readable."""
    _lock(plan)
    _set_aside(plan, today)


def _set_aside(plan: TaperPlan, today: dt.date) -> None:
    plan.status, plan.ended_on = Status.SET_ASIDE, today
    plan.save(update_fields=["status", "ended_on"])


def _as_it_is_now(plan: TaperPlan) -> TaperPlan:
    """The plan once more, behind the person's lock. Raises CannotChange where it has gone."""
    owner = plan.medication.owner
    one_at_a_time(owner)
    plans = TaperPlan.objects.of(owner).select_related("medication__owner").prefetch_related("steps")
    found = plans.filter(pk=plan.pk).first()
    if found is None:
        raise CannotChange("This plan is not there any more.")
    return found


def _lock(plan: TaperPlan) -> None:
    """Behind the person's lock, so that two presses of a button change the plan once.

    Raises CannotChange where it is not the agreed one any more.
    """
    if _as_it_is_now(plan).status != Status.AGREED:
        raise CannotChange("This plan was changed meanwhile. Open the one that is agreed now.")


def _end_agreed(owner, medication: Medication, status: str, today: dt.date) -> None:
    agreed = TaperPlan.objects.of(owner).filter(medication=medication, status=Status.AGREED)
    agreed.update(status=status, ended_on=today)


# -- living with it ---------------------------------------------------------------------------------------------------


def confirm(step: PlannedStep, steps: Sequence[DoseStep], day: dt.date, move_rest: bool, today: dt.date) -> TaperPlan:
    """Record that the planned dose is taken from ``day`` on; ``move_rest`` moves it there in the plan, too, and the
    later steps by as many days, so that the days between them stay as they were.

    Raises CannotChange where the day has a dose step already, or lies before the last one.
    """
    medication = step.plan.medication
    with transaction.atomic():
        _lock(step.plan)
        kept = record_dose(medication, steps, Pattern(day, step.dose, 1, _parts_of(step)), step.taken_mg)
        late = (day - step.starts_on).days
        if not (move_rest and late):
            return step.plan
        moved = [one for one in step.plan.steps.all() if one.starts_on >= step.starts_on]
        dates = {one.pk: one.starts_on + dt.timedelta(late) for one in moved}
        return _changed(step.plan, Change.MOVE, today, dates, recorded=kept)


def hold(plan: TaperPlan, steps: Sequence[DoseStep], days: int, today: dt.date) -> TaperPlan:
    """Stay at the dose: what is to come comes ``days`` days later, from today on at the earliest.

    The hold itself is recorded as a dose step of today, unless the dose began today; of a pattern over several days as
    one of the day on which it last began anew, so that its days with and without a dose stay where they are.
    """
    taken = _taken(steps, today)
    with transaction.atomic():
        _lock(plan)
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
        return _changed(plan, Change.HOLD, today, dates, held={to_come[0].pk: days}, recorded=kept)


def move(plan: TaperPlan, steps: Sequence[DoseStep], days: int, today: dt.date) -> TaperPlan:
    """Everything to come ``days`` days later, or earlier where that is negative; never before the dose of now began."""
    with transaction.atomic():
        _lock(plan)
        to_come = _to_come(plan, _taken(steps, today))
        _check_reach(to_come, days)
        first = to_come[0].starts_on + dt.timedelta(days)
        since, _ = doses_before(steps, today)
        if since and first <= since:
            raise CannotChange("The next step would come before the dose that is taken now began.")
        dates = {step.pk: step.starts_on + dt.timedelta(days) for step in to_come}
        sooner = min(max(0, -days), to_come[0].held_days)  # what is taken off a hold is no hold any more
        return _changed(plan, Change.MOVE, today, dates, held={to_come[0].pk: -sooner})


def back_up(plan: TaperPlan, steps: Sequence[DoseStep], to: DoseStep, today: dt.date) -> TaperPlan:
    """Take an earlier, higher dose again from today on. The plan's steps below it follow anew, at the plan's own pace:
    as many days apart as it was made with. A plan that has no such pace (one step only), or that begins below that
    dose, is set aside: nobody laid out a way from there.
    """
    with transaction.atomic():
        _lock(plan)
        kept = record_dose(plan.medication, steps, replace(pattern_of(to), starts_on=today), to.taken_mg)
        if not leads_on_from(plan, to.mg):
            _set_aside(plan, today)
            return plan
        planned = list(plan.steps.all())
        to_come, gaps = steps_to_come(planned, to.mg), _gaps(plan, planned)
        dates, day = {}, today
        for step in to_come:
            day += dt.timedelta(gaps[step.pk])
            dates[step.pk] = day
        return _changed(plan, Change.BACK, today, dates, from_mg=to.mg, recorded=kept)


def leads_on_from(plan: TaperPlan, mg: Decimal) -> bool:
    """Whether the plan has steps below this dose, at a pace of its own, and does not begin below it."""
    planned = list(plan.steps.all())
    return bool(mg <= plan.from_mg and steps_to_come(planned, mg) and _gaps(plan, planned))


def can_take_back(plan: TaperPlan) -> bool:
    """Whether the change that made this plan can be taken back: it is agreed, and the one before is there."""
    before = plan.replaces
    return bool(plan.status == Status.AGREED and plan.change and before and before.status == Status.REPLACED)


def take_back(plan: TaperPlan, label: str) -> TaperPlan:
    """Undo the change that made this plan: the plan before is agreed again, and the dose step kept with it goes."""
    with transaction.atomic():
        _lock(plan)
        if not can_take_back(plan):
            raise CannotChange("There is no change of this plan to take back.")
        before = plan.replaces
        if plan.recorded:
            delete_step(plan.recorded, label)
        plan.delete()
        before.status, before.ended_on = Status.AGREED, None
        before.save(update_fields=["status", "ended_on"])
        return before


def replace_by(plan: TaperPlan, laid: LaidOut, settings: Settings, today: dt.date) -> TaperPlan:
    """Plan again from the dose that is taken: ``laid`` takes the place of ``plan``."""
    with transaction.atomic():
        _lock(plan)
        _end_agreed(plan.medication.owner, plan.medication, Status.REPLACED, today)
        made = _keep(plan.medication, laid, settings, Status.AGREED)
        _follows(made, plan, Change.REPLAN, today)
        discuss(made, settings.discussed, today)
        return made


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
    if save_step(medication, fields, parts, there) is None:
        raise CannotChange("There is a dose step on that day already. A day has one step.")
    return DoseStep.objects.of(medication.owner).get(medication=medication, starts_on=dose.starts_on)


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


def _changed(
    plan: TaperPlan,
    change: str,
    today: dt.date,
    dates: dict[int, dt.date],
    held: dict[int, int] | None = None,
    from_mg: Decimal | None = None,
    recorded: DoseStep | None = None,
) -> TaperPlan:
    """A copy of the plan with other dates for some steps, agreed in its place.

    Steps without a new date keep theirs; one that would then stand among those to come is behind already, and left out.
    With ``from_mg`` the way down begins anew from there: nothing stands before it, no hold on it counts any more.
    """
    _end_agreed(plan.medication.owner, plan.medication, Status.REPLACED, today)
    if from_mg is None:
        first = min(dates.values(), default=dt.date.max)
        behind = {step.pk: step.starts_on for step in plan.steps.all() if step.pk not in dates}
        dates = {pk: day for pk, day in behind.items() if day < first} | dates
        days_held = {step.pk: step.held_days + (held or {}).get(step.pk, 0) for step in plan.steps.all()}
    else:
        days_held = {}
    made = _copied(plan, dates, days_held, from_mg)
    _follows(made, plan, change, today, recorded)
    return made


def _copied(
    plan: TaperPlan, dates: dict[int, dt.date], held: dict[int, int] | None = None, from_mg: Decimal | None = None
) -> TaperPlan:
    """An agreed copy of the plan, of the steps in ``dates`` on these days. What was discussed stays discussed.

    ``held``: days of a hold before each step, as in the plan where None.
    """
    made = TaperPlan.objects.create(
        medication=plan.medication,
        name=plan.name,
        method=plan.method,
        settings=plan.settings,
        from_mg=plan.from_mg if from_mg is None else from_mg,
        curve=plan.curve,
        status=Status.AGREED,
        replaces=plan,
        agreed_on=plan.agreed_on,
        agreed_with=plan.agreed_with,
    )
    copies = []
    for step in plan.steps.all():
        if step.pk in dates:
            copy = PlannedStep(plan=made, starts_on=dates[step.pk])
            for name in ("mg", "made_mg", "taken_mg", "take", "parts"):
                setattr(copy, name, getattr(step, name))
            copy.held_days = step.held_days if held is None else held.get(step.pk, 0)
            copies.append(copy)
    PlannedStep.objects.bulk_create(copies)
    rows = Discussed.objects.of(plan.medication.owner).filter(plan=plan)
    Discussed.objects.bulk_create(Discussed(plan=made, rule=row.rule, on=row.on) for row in rows)
    return made


def _follows(made: TaperPlan, plan: TaperPlan, change: str, today: dt.date, recorded: DoseStep | None = None) -> None:
    """Say where a plan comes from; with whom the one before was agreed stays said."""
    plan.status, plan.ended_on = Status.REPLACED, today  # as _end_agreed wrote it
    made.replaces, made.change, made.changed_on, made.recorded = plan, change, today, recorded
    made.agreed_on, made.agreed_with = plan.agreed_on, plan.agreed_with
    made.save(update_fields=["replaces", "change", "changed_on", "recorded", "agreed_on", "agreed_with"])
