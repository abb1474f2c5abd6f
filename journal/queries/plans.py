"""Taper plans: what a medication's plans say, what comes next, and the circumstances in which a plan is judged."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.db.models import QuerySet

from journal.analysis.doses import turning_points
from journal.analysis.levels import before_span
from journal.analysis.series import Span
from journal.analysis.waves import wave_at
from journal.catalogue import products as catalogue
from journal.catalogue.drugs import DrugClass
from journal.models import DailyEntry, Discussed, DoseStep, Medication, PlannedStep, Product, TaperPlan
from journal.queries.doses import steps_in
from journal.queries.measures import daily_values, symptom_measures
from journal.queries.overview import dose_changes
from journal.taper.pace import STORED, Dose, Doses, Note, Spell, notes

SPELL_DAYS = 60
"""So many days back a spell that is going on is followed."""
FRESH = 2
"""A spell counts as going on while its last rated day is at most so many days ago."""


@dataclass(frozen=True)
class Upcoming:
    """The next step of an agreed plan. ``previous`` is the dose taken now, None before any."""

    step: PlannedStep
    previous: Decimal | None

    @property
    def plan(self) -> TaperPlan:
        """The plan that it belongs to."""
        return self.step.plan

    @property
    def medication(self) -> Medication:
        """The medication whose plan it is."""
        return self.step.plan.medication


@dataclass(frozen=True)
class Line:
    """One line of a plan: a planned step beside the planned dose before it.

    ``is_past``: the dose taken now is that or less; ``is_next``: it comes next; ``taken_on``: since when that dose was
    taken, None where it was not.
    """

    step: PlannedStep
    planned_before: Decimal
    taken_on: dt.date | None
    is_past: bool
    is_next: bool


def plans_of(owner, medication: Medication) -> list[TaperPlan]:
    """All plans of this medication with their steps: the agreed one first, then proposed ones, then earlier ones.

    Two queries.
    """
    order = [TaperPlan.Status.AGREED, TaperPlan.Status.PROPOSED, TaperPlan.Status.REPLACED, TaperPlan.Status.SET_ASIDE]
    found = TaperPlan.objects.of(owner).filter(medication=medication).prefetch_related("steps")
    return sorted(found, key=lambda plan: (order.index(plan.status), -plan.pk))


def agreed_now(owner, medication: Medication) -> TaperPlan | None:
    """The plan of this medication that is agreed, if there is one."""
    return TaperPlan.objects.of(owner).filter(medication=medication, status=TaperPlan.Status.AGREED).first()


def discussed_rules(owner, plan: TaperPlan) -> frozenset[str]:
    """The keys of the pace notes that the person and their prescriber discussed."""
    return frozenset(Discussed.objects.of(owner).filter(plan=plan).values_list("rule", flat=True))


def steps_to_come(steps: Sequence[PlannedStep], taken: Decimal | None) -> list[PlannedStep]:
    """The planned steps below the dose that is taken now: what is at or above it is behind. All, before any dose."""
    if taken is None:
        return list(steps)
    later = next((place for place, step in enumerate(steps) if step.dose < taken), len(steps))
    return list(steps[later:])


def agreed_steps(owner) -> list[list[PlannedStep]]:
    """The steps of each agreed plan, the earliest first. One query."""
    steps = PlannedStep.objects.of(owner).filter(plan__status=TaperPlan.Status.AGREED)
    steps = steps.select_related("plan__medication").order_by("plan", "starts_on")
    return [list(of_one) for _, of_one in groupby(steps, key=lambda step: step.plan_id)]


def coming_up(owner, taken: Mapping[int, Decimal]) -> list[Upcoming]:
    """The next step of each agreed plan, the nearest first. ``taken``: mg a day now by medication key. One query."""
    found = []
    for of_one in agreed_steps(owner):
        now = taken.get(of_one[0].plan.medication_id)
        found += [Upcoming(step, now) for step in steps_to_come(of_one, now)[:1]]
    return sorted(found, key=lambda upcoming: upcoming.step.starts_on)


def lines_of(plan: TaperPlan, taken: Decimal | None, doses: Sequence[DoseStep] = ()) -> list[Line]:
    """The plan's steps, each beside the dose before it. Only an agreed plan has a next step.

    ``doses``: the medication's dose steps, the earliest first.
    """
    steps = list(plan.steps.all())
    since = {step.mg: step.starts_on for step in doses if step.kind != DoseStep.Kind.HOLD}
    to_come = steps_to_come(steps, taken) if plan.status == TaperPlan.Status.AGREED else []
    before = [plan.from_mg, *(step.mg for step in steps)]
    return [
        Line(
            step=step,
            planned_before=planned_before,
            taken_on=since.get(step.dose) if step not in to_come and plan.agreed_on else None,
            is_past=plan.status == TaperPlan.Status.AGREED and step not in to_come,
            is_next=step in to_come[:1],
        )
        for step, planned_before in zip(steps, before, strict=False)
    ]


@dataclass(frozen=True)
class Known:
    """What the planner knows of the medication and the person before anything is typed.

    ``products``: (key, product) of what the person has. ``history``, ``since`` and ``whens`` as in ``Circumstances``.
    """

    drug: str
    drug_class: DrugClass
    products: tuple[tuple[str, catalogue.Product], ...] = ()
    since: dt.date | None = None
    history: tuple[Dose, ...] = ()
    spell: Spell | None = None
    whens: tuple[str, ...] = ()


def known_of(owner, medication: Medication, steps: Sequence[DoseStep], today: dt.date) -> Known:
    """What the planner can begin with; ``steps`` are this medication's dose steps, the earliest first.

    One query, and those of ``spell_of``.
    """
    since, history = doses_before(steps, today)
    return Known(
        drug=medication.drug,
        drug_class=DrugClass.of(medication.drug_class),
        products=tuple((str(product.pk), product.plain()) for product in in_use(owner, medication)),
        since=since,
        history=history,
        spell=spell_of(owner, today),
        whens=_whens(steps, today),
    )


def in_use(owner, medication: Medication) -> QuerySet[Product]:
    """What the person has of this medication."""
    return Product.objects.of(owner).filter(medication=medication, in_use=True)


def products_in_use(owner, medication: Medication) -> list[catalogue.Product]:
    """The same as plain numbers."""
    return [product.plain() for product in in_use(owner, medication)]


def _whens(steps: Sequence[DoseStep], today: dt.date) -> tuple[str, ...]:
    """The times of day at which the dose of today is taken; () for any time, and for a pattern over several days."""
    begun = [step for step in steps if step.starts_on <= today]
    if not begun or begun[-1].cycle_days != 1:
        return ()
    return tuple(part.when for part in begun[-1].parts.all())


# -- the circumstances ------------------------------------------------------------------------------------------------


def doses_before(steps: Sequence[DoseStep], today: dt.date) -> tuple[dt.date | None, tuple[Dose, ...]]:
    """Since when the dose of today is taken, and what was taken before that, for the pace notes."""
    begun = [step for step in steps if step.starts_on <= today]
    changed = [
        step for place, step in enumerate(begun) if place == 0 or step.mg != begun[place - 1].mg
    ]  # a hold begins nothing
    if not changed:
        return None, ()
    return changed[-1].starts_on, tuple(Dose(Fraction(step.mg), step.starts_on) for step in changed[:-1])


def spell_of(owner, today: dt.date) -> Spell | None:
    """A spell rated worse than before the taper that is going on, of the symptom that has been worse the longest.

    Five queries, one where no dose was ever lowered.
    """
    changes = [dose_changes(steps) for steps in steps_in(owner, dt.date.min, today).values()]
    reduction, _ = turning_points(changes, dt.date.min, today)
    first = DailyEntry.objects.of(owner).order_by("date").values_list("date", flat=True).first() if reduction else None
    before = before_span(reduction, first) if first else None
    if before is None:
        return None
    measures = symptom_measures(owner)
    early = daily_values(owner, before.first, before.last, measures)
    late = daily_values(owner, today - dt.timedelta(SPELL_DAYS), today, measures)
    found: list[tuple[Span, str]] = []
    for measure in measures:
        rated = [day for day, value in late[measure.key].items() if value is not None]
        if rated and (today - max(rated)).days <= FRESH:
            wave = wave_at(late[measure.key], early[measure.key].values(), max(rated), measure.better)
            found += [(wave, measure.name)] if wave else []
    if not found:
        return None
    wave, name = min(found, key=lambda pair: (pair[0].first, pair[1]))
    return Spell(name, wave.first, wave.last)


def notes_for(
    plan: TaperPlan, steps: Sequence[DoseStep], today: dt.date, spell: Spell | None = None
) -> tuple[Note, ...]:
    """The pace notes of a kept plan: of all of it while it is not agreed, of what is to come once it is.

    ``steps`` are the medication's dose steps, the earliest first. Findings count the plan's own steps from 1. A plan
    that is not agreed is judged by what was taken before its first step; a step that is overdue as one of today.
    """
    planned = list(plan.steps.all())
    present, behind, until = plan.from_mg, 0, today
    begun = [step for step in steps if step.starts_on <= today]
    agreed = plan.status == TaperPlan.Status.AGREED
    if agreed and begun:
        present = begun[-1].mg
        behind = len(planned) - len(steps_to_come(planned, present))
    elif planned and not agreed:
        until = min(today, planned[0].starts_on - dt.timedelta(1))
    since, history = doses_before(steps, until)
    doses = [Dose(Fraction(present), since)]
    for step in planned[behind:]:
        day = max(step.starts_on, today) if agreed else step.starts_on
        # What comes to nothing is judged as such, like in the planner.
        doses.append(Dose(Fraction(_made(step)), day, Fraction(step.mg)))
    judged = Doses(doses, history, spell, STORED, start_mg=Fraction(plan.from_mg))
    found = notes(DrugClass.of(plan.medication.drug_class), judged)
    return tuple(_counted_from(note, behind) for note in found)


def _made(step: PlannedStep) -> Decimal:
    return step.mg if step.made_mg is None else step.made_mg


def _counted_from(note: Note, behind: int) -> Note:
    findings = tuple(type(one)(one.number + behind, one.words) for one in note.findings)
    return Note(note.rule, findings)
