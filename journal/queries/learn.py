"""The person's own curve, for the page on the last milligrams."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from journal.catalogue.curves import CURVES, Curve, curves_of
from journal.models import DoseStep, Medication
from journal.taper.curve_steps import is_plain

WITH_A_CURVE = frozenset(curve.drug for curve in CURVES)


@dataclass(frozen=True)
class OwnCurve:
    """A medication with a curve: the first that the catalogue has. ``most``: the highest dose on record, mg a day.

    ``now`` is the dose of today, 0 after a stop.
    """

    medication: Medication
    curve: Curve
    most: Decimal
    now: Decimal

    @property
    def others(self) -> tuple[Curve, ...]:
        """The curves of other regions of the brain."""
        return tuple(curve for curve in curves_of(self.medication.drug) if curve != self.curve)


def own_curve(owner, today: dt.date) -> OwnCurve | None:
    """Of the medications with a curve the one that is taken now, or was taken last; None without one. One query.

    One whose highest dose is outside the range in which the curve shows its shape is left out.
    """
    steps = DoseStep.objects.of(owner).filter(medication__drug__in=WITH_A_CURVE, starts_on__lte=today)
    by_medication: dict[int, list[DoseStep]] = {}
    for step in steps.select_related("medication").order_by("starts_on"):
        by_medication.setdefault(step.medication_id, []).append(step)
    taken = [found for found in by_medication.values() if is_plain(max(step.mg for step in found), _curve(found))]
    if not taken:
        return None
    steps = max(taken, key=lambda found: (found[-1].mg > 0, found[-1].starts_on, found[-1].pk))
    medication = steps[-1].medication
    most = max(step.mg for step in steps)
    return OwnCurve(medication, _curve(steps), most, steps[-1].mg)


def _curve(steps: list[DoseStep]) -> Curve:
    """The first curve of the medication whose steps these are."""
    return curves_of(steps[0].medication.drug)[0]
