"""What the tests of doses and products measure with."""

import datetime as dt
from fractions import Fraction

from journal.taper.products import portion_mg


def smallest_unit(products) -> Fraction:
    """The smallest amount that one portion of ``products`` makes, in mg of tablets."""
    return min(portion_mg(product) for product in products)


def every_day(way, first: dt.date):
    """The same way from ``first`` on, to the end of all days."""
    return ((first + dt.timedelta(number), way) for number in range((dt.date.max - first).days + 1))
