"""Medications with what is taken of them now; saving a medication and a dose step; what hangs on each."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from journal.catalogue.drugs import DrugClass, find
from journal.models import Deleted, DosePart, DoseStep, DoseTaken, Medication, Product, Profile
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time
from journal.queries.doses import DoseDue, dose_due, due_on, pattern_of, step_taken_as
from journal.taper.history import Part, StepRow, history, kind_fits, kind_for, with_doses_before
from journal.taper.taken import amount_of
from journal.taper.words import mg_words, parts_text

KIND_LABELS = dict(DoseStep.Kind.choices)


@dataclass(frozen=True)
class Listed:
    """A medication in the list; ``due`` is None while it has no dose step."""

    medication: Medication
    due: DoseDue | None
    pattern: str


@dataclass(frozen=True)
class Step:
    """One line of a medication's dose history. ``problem`` says why its kind and its numbers disagree, or "".

    ``swallowed``: "8 mg of drops", where that is not mg for mg of tablets; else "".
    """

    row: StepRow
    pattern: str
    problem: str
    swallowed: str = ""

    @property
    def step(self) -> DoseStep:
        """The step itself."""
        return self.row.step


def medication_list(owner, today: dt.date) -> list[Listed]:
    """All medications, the ones taken now first, then those without a dose, then the ones at 0 mg.

    Four queries, five where something is not swallowed mg for mg.
    """
    due = {dose.medication.pk: dose for dose in due_on(owner, today)}
    found = [
        Listed(medication, dose, dose.pattern if dose else "")
        for medication in Medication.objects.of(owner)
        for dose in [due.get(medication.pk)]
    ]
    return sorted(found, key=lambda listed: 1 if listed.due is None else 2 * (listed.due.mg_a_day == 0))


def steps_of(owner, medication: Medication) -> list[DoseStep]:
    """The medication's steps with their parts, the earliest first. Two queries."""
    steps = DoseStep.objects.of(owner).filter(medication=medication).select_related("medication")
    return list(steps.order_by("starts_on").prefetch_related("parts"))


def step_lines(steps: list[DoseStep], today: dt.date, products: Sequence[Product] = ()) -> list[Step]:
    """The dose history as the page shows it, a step of tomorrow (after a flight to the west) included.

    ``products``: what there is of the medication, which tells how a dose is swallowed.
    """
    until = max([today, *(step.starts_on for step in steps)])
    return [_line(row, products) for row in history(steps, until)]


def _line(row: StepRow, products: Sequence[Product]) -> Step:
    how = step_taken_as(row.step, products)
    return Step(
        row=row,
        pattern=parts_text(pattern_of(row.step), amount_of(how)),
        problem=kind_problem(row.kind, row.previous_mg, row.mg),
        swallowed=how.swallowed(row.step.taken_mg) if how else "",
    )


def current_dose(steps: list[DoseStep], today: dt.date, products: Sequence[Product] = ()) -> DoseDue | None:
    """The dose in force today; None before the first step. ``products`` as in ``step_lines``."""
    begun = [step for step in steps if step.starts_on <= today]
    return dose_due(begun, today, products=products) if begun else None


def kind_problem(kind: str, previous_mg: Decimal | None, mg: Decimal) -> str:
    """Why ``kind`` cannot be said of this change and what could; "" when it fits."""
    if kind_fits(kind, previous_mg, mg):
        return ""
    label = KIND_LABELS[kind]
    if kind == "stop":
        return f"“{label}” means 0\u00a0mg from then on, and this is {mg_words(mg)}."
    if previous_mg is None:
        return f"“{label}” means more than 0\u00a0mg. “{KIND_LABELS['stop']}” would fit."
    if mg > previous_mg:
        compared, fitting = "more than", ["reinstatement", "increase" if previous_mg else "start"]
    elif mg < previous_mg:
        compared, fitting = "less than", ["reduction" if mg else "stop"]
    else:
        compared, fitting = "the same as", ["hold"]
    would = " or ".join(f"“{KIND_LABELS[other]}”" for other in fitting)
    return (
        f"{mg_words(mg)} is {compared} the {mg_words(previous_mg)} before it. "
        f"“{label}” does not fit that; {would} would."
    )


def doses_recorded(owner, medication: Medication) -> int:
    """On how many days something was recorded about taking it."""
    return DoseTaken.objects.of(owner).filter(medication=medication).count()


def names_in_use(owner, besides: Medication | None = None) -> dict[str, Medication]:
    """The person's medications by name in small letters, ``besides`` left out."""
    others = Medication.objects.of(owner).exclude(pk=besides.pk if besides else None)
    return {medication.name.casefold(): medication for medication in others}


# --- writing ------------------------------------------------------------------------------------------------------


def kind_of_drug(name: str, chosen: str = "") -> tuple[str, str]:
    """The catalogue's slug for ``name`` ("" when it is not listed) and the kind of medicine.

    What the person chose stands, except that "not sure" gives way to what the catalogue knows.
    """
    drug = find(name)
    if drug and chosen in {"", DrugClass.NOT_SURE}:
        chosen = drug.drug_class.value
    return (drug.slug if drug else ""), chosen or DrugClass.NOT_SURE.value


@transaction.atomic
def save_medication(owner, fields: dict, medication: Medication | None = None) -> Medication:
    """Add a medication, or correct this one. ``fields`` are name, drug_class, reason, since, prescriber, history.

    The name is looked for once more behind a lock: two presses of a button at the same moment make one medication.
    """
    Profile.objects.of(owner).select_for_update().first()
    if medication is None:
        there = names_in_use(owner).get(fields["name"].casefold())
        if there:
            return there
        medication = Medication(owner=owner)
    for name, value in fields.items():
        setattr(medication, name, value)
    medication.drug, medication.drug_class = kind_of_drug(medication.name, medication.drug_class)
    medication.save()
    return medication


def save_step(
    medication: Medication, fields: dict, parts: tuple[Part, ...] = (), step: DoseStep | None = None
) -> list[DoseStep] | None:
    """Add a dose step or correct this one, its parts with it; None when its day is taken.

    ``fields`` are starts_on, mg, taken_mg, kind, cycle_days, note. What comes back are the other steps whose kind had
    to follow.
    """
    step = step or DoseStep(medication=medication)
    try:
        with transaction.atomic(), kinds_follow(medication.owner, medication.pk, besides=step) as refitted:
            for name, value in fields.items():
                setattr(step, name, value)
            step.save()
            step.parts.all().delete()
            DosePart.objects.bulk_create(
                DosePart(step=step, day=part.day, when=part.when, mg=part.mg) for part in parts
            )
    except IntegrityError:  # the same day was saved from another tab between the form's look and now
        return None
    return refitted


@transaction.atomic
def delete_step(step: DoseStep, label: str) -> tuple[Deleted | None, list[DoseStep]]:
    """Delete it with undo (None when it is gone already), and the steps whose kind had to follow."""
    owner = step.medication.owner
    with kinds_follow(owner, step.medication_id) as refitted:
        deleted = delete_with_undo(owner, step, label)
    return deleted, refitted


@contextmanager
def kinds_follow(owner, medication: int, besides: DoseStep | None = None) -> Iterator[list[DoseStep]]:
    """Around a change of one medication's steps, in a transaction: kinds that the app found follow the new numbers.

    Fills the list it hands out with the steps that have another kind afterwards; never ``besides``, which the person
    has in hand.
    """
    one_at_a_time(owner)
    steps = DoseStep.objects.of(owner).filter(medication=medication)
    found = found_kinds(steps)
    refitted: list[DoseStep] = []
    yield refitted
    refitted += refit_kinds(steps.all(), found - {besides.pk if besides else None})
    DoseStep.objects.bulk_update(refitted, ["kind"])


def found_kinds(steps: Iterable[DoseStep]) -> set[int]:
    """The keys of the saved steps whose kind is just what the numbers give: the app found it, or might have."""
    return {
        step.pk
        for step, previous, highest in with_doses_before(steps)
        if step.pk and step.kind == kind_for(previous, step.mg, highest)
    }


def refit_kinds(steps: Iterable[DoseStep], found: set[int]) -> list[DoseStep]:
    """Give a kind to each of one medication's steps that has none, or one of ``found`` that no longer fits.

    A kind that the person chose against the numbers is theirs and stays; pages say where it does not fit. The steps
    with a new kind, not saved.
    """
    refitted = []
    for step, previous, highest in with_doses_before(steps):
        # Nobody stops at 0 mg: a stop that was found is a hold there, also after a deletion and its undo.
        stopped_before = step.kind == "stop" and previous == 0
        if not step.kind or (step.pk in found and (stopped_before or not kind_fits(step.kind, previous, step.mg))):
            step.kind = kind_for(previous, step.mg, highest)
            refitted.append(step)
    return refitted
