"""How much of its target a dose occupies by a named curve, and which dose occupies so much: the two directions.

``percent = emax * mg / (ed50 + mg)`` and back. Exact fractions in and out: what is *shown* is rounded, and clamped to
100 where a fit goes above it; the sums never are.
"""

from decimal import Decimal
from fractions import Fraction

from journal.catalogue.curves import Curve

Exact = Fraction | Decimal | int
FULL = Fraction(100)


class NoSuchDose(ValueError):
    """No dose occupies so much by this curve. The text says why, for people."""


def occupancy(mg: Exact, curve: Curve) -> Fraction:
    """Per cent occupied at ``mg`` a day; 0 at 0 mg, always under ``curve.emax``. ValueError below 0 mg."""
    dose = Fraction(mg)
    if dose < 0:
        raise ValueError("a dose cannot be below 0 mg")
    return Fraction(curve.emax) * dose / (Fraction(curve.ed50) + dose)


def dose_for(percent: Exact, curve: Curve) -> Fraction:
    """Mg a day that occupy ``percent``. Raises NoSuchDose at or above the curve's maximum, and below 0."""
    wanted, most = Fraction(percent), Fraction(curve.emax)
    if wanted >= most:
        raise NoSuchDose(f"By this curve no dose occupies {float(wanted):g} %: it stays under {curve.emax} %.")
    if wanted < 0:
        raise NoSuchDose("An occupancy cannot be below 0 %.")
    return Fraction(curve.ed50) * wanted / (most - wanted)


def shown(percent: Fraction) -> Fraction:
    """What may be shown of an occupancy: at most 100 %."""
    return min(percent, FULL)
