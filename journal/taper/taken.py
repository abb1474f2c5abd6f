"""Mg as they are swallowed beside mg of tablets: of a product with a factor f, x mg count as x / f mg of tablets.

A dose is kept in mg of tablets; percentages, charts and curves go by that. Beside it stands what is swallowed, None
where it is the same. Both are kept to 0.001, halves up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from journal.analysis.numbers import round_half_up
from journal.catalogue.products import Product
from journal.taper.products import plural
from journal.taper.words import mg_words

PLACES = 3
NEAR = Fraction(2, 1000)
"""The mean of parts that were rounded each may lie so far beside the rounded mean."""


def counted_mg(swallowed: Decimal, factor: Decimal | Fraction) -> Decimal:
    """Mg of tablets that ``swallowed`` mg of a product with this factor count as: 8 mg of drops at 0.8 are 10 mg."""
    return round_half_up(Fraction(swallowed) / Fraction(factor), PLACES)


def swallowed_mg(mg: Decimal, factor: Decimal | Fraction) -> Decimal:
    """The other way: of all amounts that count as ``mg``, the one with the fewest decimals, for that was typed."""
    exact = Fraction(mg) * Fraction(factor)
    rounded = [round_half_up(exact, places) for places in range(PLACES + 1)]
    return next((amount for amount in rounded if counted_mg(amount, factor) == mg), rounded[-1])


@dataclass(frozen=True, slots=True)
class TakenAs:
    """How a dose is swallowed. ``name``: "drops"; "" where no product explains it (a tablet and drops together)."""

    factor: Fraction
    name: str

    def amount(self, mg: Decimal) -> str:
        """A part of the dose: "5 mg (4 mg of drops)"; only its mg of tablets where nobody knows what it is."""
        return amount_words(mg, swallowed_mg(mg, self.factor), self) if self.name else mg_words(mg)

    def swallowed(self, taken_mg: Decimal) -> str:
        """What is swallowed: "8 mg of drops"."""
        return f"{mg_words(taken_mg)} of {self.name}" if self.name else f"{mg_words(taken_mg)} swallowed"


def taken_as(mg: Decimal, taken_mg: Decimal | None, products: Iterable[Product]) -> TakenAs | None:
    """How a dose of ``mg`` is swallowed, of which that is ``taken_mg``; None where the same mg are swallowed.

    ``products`` are what there is, or was, of the medication; the first whose factor explains the dose names it.
    """
    if taken_mg is None:
        return None
    for product in products:
        factor = Fraction(product.factor)
        if factor != 1 and abs(Fraction(taken_mg) / factor - Fraction(mg)) <= NEAR:
            return TakenAs(factor, plural(product.form))
    return TakenAs(Fraction(taken_mg) / Fraction(mg) if mg and taken_mg else Fraction(1), "")


def amount_words(mg: Decimal, taken_mg: Decimal | None, how: TakenAs | None) -> str:
    """A dose: "10 mg (8 mg of drops)"; "10 mg" where the same is swallowed."""
    return mg_words(mg) if how is None or taken_mg is None else f"{mg_words(mg)} ({how.swallowed(taken_mg)})"


def amount_of(how: TakenAs | None) -> Callable[[Decimal], str]:
    """How the parts of a dose are written."""
    return mg_words if how is None else how.amount
