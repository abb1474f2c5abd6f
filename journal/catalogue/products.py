"""What a medication comes as: tablet, capsule, liquid, drops, beads; and how it may be divided."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Form(StrEnum):
    """How it is taken, and so how an amount of it is counted: in pieces, in ml, in drops or in beads."""

    TABLET = "tablet"
    CAPSULE = "capsule"
    LIQUID = "liquid"
    DROPS = "drops"
    BEADS = "beads"


class Divides(StrEnum):
    """Into what a tablet may be divided. Only a scored one may be halved; anything else stays whole."""

    WHOLE = "whole"
    HALVES = "halves"
    QUARTERS = "quarters"


@dataclass(frozen=True, slots=True)
class Product:
    """One product.

    ``mg``: in a tablet, a capsule or a bead; of a liquid or drops in ``in_ml`` ml ("10 mg in 5 ml"). ``mark_ml``: the
    finest mark of the syringe that measures a liquid. ``drops_per_ml``: only of drops. ``factor``: mg of this product
    that stand for 1 mg of tablets (citalopram drops 0.8; else 1). ``source``: a key of ``sources``, "" for a product
    that the person typed.
    """

    form: Form
    mg: Decimal
    divides: Divides = Divides.WHOLE
    in_ml: Decimal = Decimal(1)
    mark_ml: Decimal | None = None
    drops_per_ml: int | None = None
    factor: Decimal = Decimal(1)
    source: str = ""
