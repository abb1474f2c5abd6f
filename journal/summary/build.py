"""Build a Summary from the record, in a fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import prefetch_related_objects

from journal.analysis.blocks import Block, blocks
from journal.analysis.doses import Change, changes
from journal.analysis.levels import Mean
from journal.analysis.series import Span
from journal.models import DoseStep, DoseTaken, Medication, Product, Profile, TaperPlan
from journal.models.profile import profile_of
from journal.queries.agreed import agreed_of, agreed_plans, versions_of
from journal.queries.care import open_questions
from journal.queries.coping import practised
from journal.queries.doses import coverage_of, pattern_of, step_taken_as, steps_in
from journal.queries.measures import ENTRY_MEASURES, DailyMeasure, means, symptom_measures
from journal.queries.overview import dose_changes, overview
from journal.queries.period import Period
from journal.queries.plans import steps_to_come
from journal.queries.products import products_by_medication
from journal.summary.model import Descent, DoseLine, Level, Planned, Practised, Reader, Summary, TakenMedication
from journal.taper.history import StepRow, history
from journal.taper.taken import amount_of
from journal.taper.words import parts_text

LEAST = 7
"""Days on each side before a change is printed."""


def build(owner, period: Period, reader: Reader, made_on: dt.date, profile: Profile | None = None) -> Summary:
    """The summary of ``owner``'s record for ``period``. About 18 queries, whatever the length of the record.

    One more where a dose was not swallowed mg for mg of tablets.
    """
    profile = profile or profile_of(owner)
    # A page for others: what is switched on for one's own charts is not on it.
    symptoms = symptom_measures(owner)
    view = overview(owner, period, measures=symptoms, of_record=False)
    history = steps_in(owner, dt.date.min, period.last)
    steps = {one: history[one] for one in view.medications}
    prefetch_related_objects([step for of_one in steps.values() for step in of_one], "parts")
    columns = blocks([dose_changes(of_one) for of_one in steps.values()], period.first, period.last)
    spans = [block.span for block in columns] + [Span(period.first, period.last)]
    found = means(owner, spans, (*ENTRY_MEASURES, *symptoms))
    nights = found["sleep_hours"][-1], found["sleep_quality"][-1]
    return Summary(
        reader=reader,
        paper=profile.paper,
        name=profile.name,
        first=period.first,
        last=period.last,
        made_on=made_on,
        entry_days=len(view.data.entry_days),
        sleep_nights=max((mean.n for mean in nights if mean), default=0),
        medications=_medications(owner, steps, period, view.medication),
        overview=replace(view.data, events=()),
        events=view.data.events,
        blocks=tuple(columns),
        symptoms=_by_change([_level(measure, found[measure.key], columns) for measure in view.symptoms]),
        wellbeing=tuple(_level(measure, found[measure.key], columns) for measure in ENTRY_MEASURES),
        practised=_practised(owner, period),
        questions=tuple(question.text for question in open_questions(owner)),
    )


def _medications(owner, steps, period: Period, main: Medication | None) -> tuple[TakenMedication, ...]:
    """The medications of the period, the one whose dose changed last first."""
    doses: dict[int, list[DoseTaken]] = {}
    for dose in DoseTaken.objects.of(owner).filter(date__range=(period.first, period.last)).order_by("date"):
        doses.setdefault(dose.medication_id, []).append(dose)
    plans = agreed_plans(owner)
    ordered = sorted(steps, key=lambda medication: medication != main)
    other = any(step.taken_mg is not None for of_one in steps.values() for step in of_one)
    products = products_by_medication(owner) if other else {}
    return tuple(
        _medication(one, steps[one], doses.get(one.pk, []), products.get(one.pk, ()), plans.get(one.pk, []), period)
        for one in ordered
    )


def _medication(
    medication: Medication,
    steps: Sequence[DoseStep],
    doses: list[DoseTaken],
    products: Sequence[Product],
    plans: list[TaperPlan],
    period: Period,
) -> TakenMedication:
    coverage = coverage_of(steps, doses, period.first, period.last)
    rows = history(steps, period.last)
    shown = [row for row in rows if row.until is None or row.until >= period.first]
    recorded = {dose.date for dose in doses}
    changed = changes(dose_changes(steps), period.last)
    return TakenMedication(
        name=medication.name,
        reason=medication.reason,
        prescriber=medication.prescriber,
        since=medication.since,
        lines=tuple(_line(row, coverage, recorded, products, period) for row in shown),
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
    """From the highest dose of the record (the last time it was taken) to now; None where nothing went down since."""
    highest = max(change.mg for change in changed)
    peak = max(place for place, change in enumerate(changed) if change.mg == highest)
    since = changed[peak + 1 :]
    if not since:
        return None
    return Descent(
        mg=highest,
        reductions=sum(change.is_reduction for change in since),
        increases=sum(change.is_increase for change in since),
        first=since[0].day,
        last=since[-1].day,
    )


def _line(row: StepRow, coverage, recorded: set[dt.date], products: Sequence[Product], period: Period) -> DoseLine:
    how = step_taken_as(row.step, products)
    first, last = max(row.starts_on, period.first), row.until or period.last
    due = [day for day in coverage.due_days if first <= day <= last]
    return DoseLine(
        row=row,
        parts=parts_text(pattern_of(row.step), amount_of(how)),
        missed=sum(first <= day <= last for day in coverage.missed),
        without_record=sum(day not in recorded for day in due),
        taken_as=how,
    )


def _level(measure: DailyMeasure, found: Sequence[Mean | None], columns: Sequence[Block]) -> Level:
    cells = tuple(found[: len(columns)])
    first, last = cells[0], cells[-1]
    known = len(cells) > 1 and first and last and min(first.n, last.n) >= LEAST
    change = last.value - first.value if known else None
    return Level(measure.key, measure.name, measure.unit, measure.better, cells, change)


def _by_change(levels: list[Level]) -> tuple[Level, ...]:
    """Rated ones only, the largest rise first; those without a change to show come last, by name."""
    rated = [level for level in levels if any(level.means)]
    return tuple(
        sorted(rated, key=lambda level: (level.change is None, -(level.change or Fraction(0)), level.name.casefold()))
    )


def _practised(owner, period: Period) -> tuple[Practised, ...]:
    """What was practised in the period, the most often first."""
    return tuple(
        Practised(
            name=skill.name,
            times=skill.times,
            n=skill.change.n if skill.change else 0,
            before=skill.change.before if skill.change else None,
            after=skill.change.after if skill.change else None,
        )
        for skill in practised(owner, period.first, period.last)
    )
