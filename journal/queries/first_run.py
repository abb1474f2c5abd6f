"""The first steps: one medication with its present dose, saved once however often it is sent."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from journal.models import DoseStep, Medication, Profile
from journal.queries.medications import kind_of_drug, save_medication, save_step


@dataclass(frozen=True)
class Start:
    """What the first step shows. ``step`` is None while no dose is known."""

    medication: Medication | None = None
    step: DoseStep | None = None
    others: tuple[Medication, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it can be changed here. More than one plain dose has its own page and is not touched."""
        return not self.others


def start_of(owner) -> Start:
    """The medication of the first steps, if there is one. Three queries at most."""
    medications = list(Medication.objects.of(owner))
    if not medications:
        return Start()
    steps = list(DoseStep.objects.of(owner).prefetch_related("parts")[:2])
    plain = len(steps) < 2 and all(
        step.cycle_days == 1 and step.taken_mg is None and not step.parts.all() for step in steps
    )
    if len(medications) > 1 or not plain:
        return Start(others=tuple(medications))
    return Start(medications[0], steps[0] if steps else None)


@transaction.atomic
def save_start(owner, name: str, drug_class: str, mg: Decimal, starts_on: dt.date) -> Medication | None:
    """Keep the medication and its present dose; a second time corrects them. None when more than that is kept.

    The person's profile is the lock: two presses of the button make one medication.
    """
    Profile.objects.of(owner).select_for_update().first()
    start = start_of(owner)
    if not start.is_open:
        return None
    _, drug_class = kind_of_drug(name, drug_class)
    medication = save_medication(owner, {"name": name, "drug_class": drug_class}, start.medication)
    kind = start.step.kind if start.step and start.step.mg else DoseStep.Kind.START
    fields = {"mg": mg, "starts_on": starts_on, "kind": kind if mg else DoseStep.Kind.STOP, "cycle_days": 1}
    save_step(medication, fields, step=start.step)
    return medication


def finish(owner) -> None:
    """The first steps are over, gone through or left out."""
    Profile.objects.of(owner).update(first_run_done=True)
