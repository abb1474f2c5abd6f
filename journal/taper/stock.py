"""How long what a person has lasts, if it is taken as laid out. Tablets, capsules, beads; ml of liquids and drops.

A half that is left over is taken another day: parts of tablets are counted as fractions of them. A product that is
not in the stock was not counted. Nothing is said about how long it lasts; it is named instead.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from journal.catalogue.products import Form, Product
from journal.taper.preparation import Way

Stock = Mapping[Product, Decimal | Fraction]
Doses = Iterable[tuple[date, Way]]
"""What is taken on which day, the earliest first; several ways may fall on one day, and it need not end."""

MOST_DAYS = 3660
"""So far ahead is looked, for doses that never end and never use anything up."""


@dataclass(frozen=True, slots=True)
class Lasts:
    """``days``: whole days from the first on that the stock is enough for.

    ``until`` is the first day that it is not enough for, ``product`` what is short then; both None where nothing runs
    short as far as the doses go. ``not_counted``: products taken on these days that are not in the stock.
    """

    days: int
    until: date | None
    product: Product | None
    not_counted: tuple[Product, ...] = ()


def uses(way: Way) -> dict[Product, Fraction]:
    """What ``way`` takes from the stock: tablets (1/2 is a half), capsules, beads; ml of a liquid or of drops."""
    return {portion.product: portion.quantity / _in_stock_unit(portion.product) for portion in way.portions}


def days_left(stock: Stock, doses: Doses) -> Lasts:
    """How many days the stock lasts, and what ends first; of several on one day, what is listed first in the dose."""
    left = {product: Fraction(amount) for product, amount in stock.items()}
    first, days, not_counted = None, 0, {}
    for day, used in _by_day(doses):
        first = first or day
        if (day - first).days >= MOST_DAYS:
            break
        short = [product for product, amount in used.items() if product in left and left[product] < amount]
        if short:
            return Lasts((day - first).days, day, short[0], tuple(not_counted))
        for product, amount in used.items():
            if product in left:
                left[product] -= amount
            else:
                not_counted[product] = True
        days = (day - first).days + 1
    return Lasts(days, None, None, tuple(not_counted))


def _by_day(doses: Doses) -> Iterator[tuple[date, dict[Product, Fraction]]]:
    """What each day takes from the stock, whatever number of ways fall on it."""
    for day, ways in groupby(doses, key=lambda dose: dose[0]):
        used: dict[Product, Fraction] = {}
        for _, way in ways:
            for product, amount in uses(way).items():
                used[product] = used.get(product, Fraction(0)) + amount
        yield day, used


def _in_stock_unit(product: Product) -> int:
    """How many of its quantities make one of what the stock counts: drops are kept in ml."""
    return product.drops_per_ml if product.form is Form.DROPS else 1
