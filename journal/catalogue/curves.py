"""Dose and occupancy: the named curves. Each is a group average; one person can lie far from it.

A curve says about how much of the serotonin transporter is occupied at a daily dose, for one drug in one region of the
brain: ``emax * dose / (ed50 + dose)``. It carries the name of its parameter set everywhere, for the sets differ.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """One fitted curve. ``emax`` in % (above 100 in some fits), ``ed50`` in mg a day: half of ``emax`` at that dose."""

    key: str
    drug: str
    region: str
    emax: Decimal
    ed50: Decimal
    source: str

    @property
    def label(self) -> str:
        """As people read it: "Sørensen 2022, striatum"."""
        return f"Sørensen 2022, {self.region}"


# drug: ((region, emax in %, ed50 in mg), ...) as the paper's fits are given.
_SORENSEN_2022 = {
    "citalopram": (("striatum", "83.98", "2.33"),),
    "escitalopram": (
        ("dorsal raphe", "89.57", "2.72"),
        ("thalamus", "78.67", "2.10"),
        ("caudate", "75.35", "0.66"),
        ("putamen", "69.32", "1.22"),
    ),
    "fluoxetine": (("striatum", "86.12", "1.89"),),
    "paroxetine": (("striatum", "97.14", "5.60"),),
    "sertraline": (("striatum", "92.01", "7.72"),),
    "desvenlafaxine": (
        ("striatum", "100.22", "16.11"),
        ("amygdala", "106.43", "11.57"),
        ("midbrain", "99.46", "10.92"),
        ("thalamus", "100.11", "21.17"),
    ),
    "duloxetine": (("thalamus", "90.75", "6.27"),),
    "venlafaxine": (("striatum", "90.07", "5.80"),),
    "vortioxetine": (("raphe", "102.24", "4.68"),),
}

CURVES: tuple[Curve, ...] = tuple(
    Curve(f"sorensen-2022-{region.replace(' ', '-')}", drug, region, Decimal(emax), Decimal(ed50), "sorensen_2022")
    for drug, rows in _SORENSEN_2022.items()
    for region, emax, ed50 in rows
)


def curves_of(drug: str) -> tuple[Curve, ...]:
    """The curves of the drug with this slug; none for most drugs."""
    return tuple(curve for curve in CURVES if curve.drug == drug)


def curve_named(drug: str, key: str) -> Curve | None:
    """The curve of this drug with this key ("sorensen-2022-striatum"); None when there is none."""
    return next((curve for curve in curves_of(drug) if curve.key == key), None)
