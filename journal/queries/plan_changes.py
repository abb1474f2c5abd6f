"""What happens to a plan: proposed, agreed, set aside, planned again; and how one takes the place of another.

Every change of an agreed plan makes a new one and leaves the old one in the history as it was. Each is one transaction.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from journal.models import Discussed, DoseStep, Medication, PlannedStep, TaperPlan
from journal.models.profile import one_at_a_time
from journal.queries.medications import delete_step
from journal.taper.layout import LaidOut, Row, stored
from journal.taper.pace import RULE

Status, Change = TaperPlan.Status, TaperPlan.Change


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
    rows = [(row.date, row.stored, row.take) for row in laid.rows[1:]]
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
    lock(plan)
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


def lock(plan: TaperPlan) -> None:
    """Behind the person's lock, so that two presses of a button change the plan once.

    Raises CannotChange where it is not the agreed one any more.
    """
    if _as_it_is_now(plan).status != Status.AGREED:
        raise CannotChange("This plan was changed meanwhile. Open the one that is agreed now.")


def _end_agreed(owner, medication: Medication, status: str, today: dt.date) -> None:
    agreed = TaperPlan.objects.of(owner).filter(medication=medication, status=Status.AGREED)
    agreed.update(status=status, ended_on=today)


# -- one in the place of another ---------------------------------------------------------------------------------------


def can_take_back(plan: TaperPlan) -> bool:
    """Whether the change that made this plan can be taken back: it is agreed, and the one before is there."""
    before = plan.replaces
    return bool(plan.status == Status.AGREED and plan.change and before and before.status == Status.REPLACED)


def take_back(plan: TaperPlan, label: str) -> TaperPlan:
    """Undo the change that made this plan: the plan before is agreed again, and the dose step kept with it goes."""
    with transaction.atomic():
        lock(plan)
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
        lock(plan)
        _end_agreed(plan.medication.owner, plan.medication, Status.REPLACED, today)
        made = _keep(plan.medication, laid, settings, Status.AGREED)
        _follows(made, plan, Change.REPLAN, today)
        discuss(made, settings.discussed, today)
        return made


def changed(
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
