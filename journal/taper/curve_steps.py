"""A curve read off at equal steps, for people to see its shape. Arithmetic, and no plan."""

from decimal import Decimal
from fractions import Fraction

from journal.catalogue.curves import Curve
from journal.taper.occupancy import occupancy, shown

STEPS = 5
"""Into so many equal steps the dose is cut: few enough to read, enough for the shape to be seen."""
DENSE = 100

LEAST_PERCENT = 20
MOST_ED50S = 100
"""The range of doses in which a curve is drawn for a person.

Under 20 % occupied the line is as good as straight: rounded to whole points, the last step may take off no more than
the first. Over 100 times the ED50 the line is flat down to the last step, and the dose is far above any that is given:
375 mg of venlafaxine is 65 times. There a slip of the finger is likelier than a dose.
"""


def equal_steps(most: Decimal, curve: Curve, steps: int = STEPS) -> list[tuple[Decimal, Decimal]]:
    """(mg a day, percent occupied) from ``most`` down to 0 mg in equal steps; percent is what may be shown."""
    return [at(Fraction(most) * number / steps, curve) for number in range(steps, -1, -1)]


def is_plain(most: Decimal, curve: Curve) -> bool:
    """Whether the shape of the curve shows between ``most`` mg a day and 0: see ``LEAST_PERCENT``, ``MOST_ED50S``."""
    return occupancy(most, curve) >= LEAST_PERCENT and most <= MOST_ED50S * curve.ed50


def dense_line(most: Decimal, curve: Curve) -> list[tuple[Decimal, Decimal]]:
    """The same from 0 mg up to ``most``, close enough together for a line."""
    return [at(Fraction(most) * number / DENSE, curve) for number in range(DENSE + 1)]


def at(mg: Fraction | Decimal, curve: Curve) -> tuple[Decimal, Decimal]:
    """(mg a day, percent occupied), to six decimals."""
    return _decimal(Fraction(mg)), _decimal(shown(occupancy(mg, curve)))


def _decimal(number: Fraction) -> Decimal:
    return round(Decimal(number.numerator) / number.denominator, 6)
