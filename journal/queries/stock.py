"""How long what the person has of a medication lasts: from the count, by the dose steps, and until the next step.

A count stands for the morning of its day: the dose of that day is not taken yet. Since then the steps in force have
used what they say, whatever was recorded. A day's dose is taken as ``DoseDue.made_up`` makes it now.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from django.utils.text import capfirst

from journal.analysis.numbers import mg_text, round_half_up
from journal.catalogue.products import Form
from journal.catalogue.products import Product as Plain
from journal.models import DoseStep, Product
from journal.queries.doses import dose_due
from journal.taper.preparation import Way
from journal.taper.products import NB, ProductError, product_name
from journal.taper.stock import MOST_DAYS, days_left, uses
from journal.taper.words import day_words, mg_words


class CannotSay(ValueError):
    """How much is used on some day is not known. The text is a clause for the person: what cannot be made."""


@dataclass(frozen=True)
class StockWords:
    """What a page says: a line for each product, and whether it is enough until the next step; "" says nothing."""

    lines: tuple[str, ...] = ()
    next_step: str = ""


def stock_words_of(
    steps: Sequence[DoseStep], products: Sequence[Product], today: dt.date, next_step: dt.date | None
) -> StockWords:
    """How long what is in use lasts. ``steps``: the medication's, the earliest first, with their parts.

    ``next_step``: the day of an agreed plan's next step; one that is not to come says nothing. No query.
    """
    in_use = [product for product in products if product.in_use]
    counted = [product for product in in_use if product.stock is not None]
    begun = [step for step in steps if step.starts_on <= today]
    if not in_use or not begun or not begun[-1].mg:
        return StockWords()
    use = _Use(steps, products)
    try:
        left = {plain: _left(rows, use, today) for plain, rows in _alike(counted).items()}
        doses = list(use.from_day(today)) if counted else []
        taken = {plain for way in {id(way): way for _, way in doses}.values() for plain in uses(way)}
        lines = [_line(plain, amount, doses if plain in taken else [], today) for plain, amount in left.items()]
        asked = _until(left, use, next_step, today) if next_step and next_step > today else ""
    except CannotSay as problem:
        return StockWords((f"Cannot be said: {problem}",) if counted else ())
    return StockWords(tuple(lines), asked)


class _Use:
    """What each day takes. Worked out once for each day of a step's pattern."""

    def __init__(self, steps: Sequence[DoseStep], products: Sequence[Product]):
        self.steps, self.products = steps, products
        self.starts = [step.starts_on for step in steps]
        self._known: dict[tuple[int, int], tuple[Way, ...]] = {}

    def on(self, day: dt.date) -> tuple[Way, ...]:
        """The ways that are taken on a day; none before the first step. Raises CannotSay."""
        begun = bisect_right(self.starts, day)
        if not begun:
            return ()
        step = self.steps[begun - 1]
        key = begun, (day - step.starts_on).days % step.cycle_days
        if key not in self._known:
            self._known[key] = self._ways(step, day)
        return self._known[key]

    def _ways(self, step: DoseStep, day: dt.date) -> tuple[Way, ...]:
        due = dose_due([step], day, products=self.products)
        try:
            made = due.made_up()
        except ProductError as error:
            raise CannotSay(str(error).rstrip(".")) from error
        if due.mg_today and not made.is_exact:
            raise CannotSay(f"{mg_words(due.mg_today)} cannot be made with what you have")
        return tuple(taking.way for taking in made.takings)

    def from_day(self, first: dt.date) -> Iterator[tuple[dt.date, Way]]:
        """All that is taken from a day on, as far ahead as is looked."""
        for number in range(min(MOST_DAYS, (dt.date.max - first).days) + 1):
            day = first + dt.timedelta(number)
            for way in self.on(day):
                yield day, way

    def between(self, plain: Plain, first: dt.date, last: dt.date) -> Fraction:
        """How much of a product is used from ``first`` up to the day before ``last``."""
        days = (first + dt.timedelta(number) for number in range((last - first).days))
        return sum((uses(way).get(plain, Fraction(0)) for day in days for way in self.on(day)), Fraction(0))


def _alike(products: Iterable[Product]) -> dict[Plain, list[Product]]:
    """Boxes of the same by what they are, in the order of their counts."""
    found: dict[Plain, list[Product]] = {}
    for product in products:
        found.setdefault(product.plain(), []).append(product)
    return found


def _left(rows: list[Product], use: _Use, today: dt.date) -> Fraction:
    """What is left of boxes of the same this morning: each comes, on its count, to what is left of those before."""
    rows = sorted(rows, key=lambda row: row.stock_on or today)
    left, since = Fraction(0), None
    for row in rows:
        day = min(row.stock_on or today, today)
        if since:
            left = max(Fraction(0), left - use.between(row.plain(), since, day))
        left, since = left + Fraction(row.stock), day
    return max(Fraction(0), left - use.between(rows[0].plain(), since, today))


# -- in words -------------------------------------------------------------------------------------------------------


def _line(plain: Plain, left: Fraction, doses: list[tuple[dt.date, Way]], today: dt.date) -> str:
    """Tablet 20 mg: 14 left, enough for 28 days, to the end of 19 December. ``doses``: none where none takes it."""
    unit = f"{NB}ml" if plain.form in (Form.LIQUID, Form.DROPS) else ""
    said = f"{_name(plain)}: {mg_text(round_half_up(left, 2))}{unit} left"
    if not doses:
        return f"{said}. The dose taken now is made without it"
    until = days_left({plain: left}, doses).until
    if until is None:
        return f"{said}, enough for more than 10 years"
    if until <= today:
        return f"{said}, not enough for today"
    days = (until - today).days
    return f"{said}, enough for {days}{NB}day{'' if days == 1 else 's'}, {_to_the_end(until, today)}"


def _until(left: dict[Plain, Fraction], use: _Use, day: dt.date, today: dt.date) -> str:
    """Enough until the next step on 3 December: yes; no, it lasts to the end of 30 November; or why nobody can say."""
    asked = f"Enough until the next step on {day_words(day, today)}:"
    lasts = days_left(left, takewhile(lambda dose: dose[0] < day, use.from_day(today)))
    if lasts.until:
        short = "it is not enough for today" if lasts.until <= today else f"it lasts {_to_the_end(lasts.until, today)}"
        return f"{asked} no, {short} ({_name(lasts.product)})"
    if lasts.not_counted:
        names = " and ".join(f"“{_name(plain)}”" for plain in lasts.not_counted)
        return f"{asked} cannot be said, because {names} {'was' if len(lasts.not_counted) == 1 else 'were'} not counted"
    return f"{asked} yes"


def _name(plain: Plain) -> str:
    return capfirst(product_name(plain))


def _to_the_end(until: dt.date, today: dt.date) -> str:
    return f"to the end of {day_words(until - dt.timedelta(1), today)}"
